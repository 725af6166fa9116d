// Shows what the server says of the page that is being written, and mends it where the editor clicks. The server gets
// the form as it stands and saves nothing.

(() => {
  const PAUSE = 1200; // milliseconds without a change, after which the text is looked at

  let fixes = {};
  let seen = ""; // the form that was looked at last
  let timer = 0;

  document.addEventListener("DOMContentLoaded", () => {
    const side = document.querySelector("[data-side-panel=writing]");
    const form = document.querySelector("[data-edit-form]");
    if (!side || !form) return;
    const soon = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => !side.hidden && look(side, form), PAUSE);
    };
    for (const change of ["input", "change", "keyup", "click", "paste"]) form.addEventListener(change, soon);
    side.addEventListener("show", () => look(side, form));
    side.addEventListener("click", (event) => onClick(event, soon));
    // A new page that Wagtail has saved by itself gets a panel with another address.
    new MutationObserver(soon).observe(side, { childList: true });
    soon();
  });

  async function look(side, form) {
    const panel = side.querySelector("[data-writing]");
    const values = new FormData(form);
    const texts = [...values].filter(([, value]) => typeof value === "string");
    const asked = `${panel.dataset.writing} ${new URLSearchParams(texts)}`;
    if (asked === seen) return;
    seen = asked;
    try {
      const answer = await fetch(panel.dataset.writing, { method: "POST", body: values });
      if (!answer.ok) throw new Error(answer.statusText);
      const found = await answer.json();
      if (seen !== asked) return; // a later question is on its way
      fixes = found.fixes;
      panel.querySelector("[data-writing-findings]").innerHTML = found.html;
      panel.querySelector("[data-writing-silent]").hidden = true;
    } catch {
      seen = "";
      panel.querySelector("[data-writing-silent]").hidden = false;
    }
  }

  function onClick(event, soon) {
    const fix = fixes[event.target.closest("[data-writing-fix]")?.dataset.writingFix];
    if (!fix) return;
    Object.entries(fix.fields).forEach(([name, text]) => fill(name, text));
    Object.entries(fix.blocks).forEach(([name, blocks]) => blocks.forEach((block) => replace(name, block)));
    soon();
  }

  function fill(name, text) {
    const field = document.querySelector(`[data-edit-form] [name="${CSS.escape(name)}"]`);
    if (!field) return;
    field.value = text;
    for (const change of ["input", "change", "keyup"]) field.dispatchEvent(new Event(change, { bubbles: true }));
  }

  function replace(name, block) {
    const stream = document.getElementById(`${name}-root`)?.rootBlock;
    const index = stream?.children.findIndex((child) => child.id === block.id) ?? -1;
    if (index < 0) return;
    stream.insert(block, index + 1);
    stream.deleteBlock(index);
  }
})();
