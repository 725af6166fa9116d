// The agenda of an event by keyboard: Enter goes to the next item, and makes one behind the last; Ctrl+Enter puts one
// in below; Alt with an arrow moves the item. A new item goes on in time as the agenda does so far.
document.addEventListener("DOMContentLoaded", () => {
  const list = document.getElementById("id_agenda-FORMS");
  if (!list) return;
  const add = document.getElementById("id_agenda-ADD");
  const panel = list.closest("[data-agenda-moved]");
  const HALF_AN_HOUR = 30 * 60_000;
  const DAY = 24 * 60 * 60_000;
  const WRITTEN = /^(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d)$/;

  const said = document.createElement("div"); // for those who hear what happens
  said.setAttribute("role", "status");
  said.className = "w-sr-only";
  list.after(said);

  list.addEventListener("keydown", onKey);
  add.addEventListener("click", (event) => {
    if (event.isTrusted) window.setTimeout(() => continueTime(items().at(-1))); // once Wagtail has made it
  });

  function onKey(event) {
    const item = event.target.closest("[data-inline-panel-child]");
    if (!item || !event.target.matches("input")) return;
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault(); // it would save the page
      event.ctrlKey || event.metaKey ? insertBelow(item) : goToNext(item);
    } else if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(item, event.key === "ArrowUp" ? "up" : "down");
      event.target.focus();
    }
  }

  function goToNext(item) {
    const next = items()[items().indexOf(item) + 1];
    next ? field(next, "what").focus() : insertBelow(item);
  }

  function insertBelow(item) {
    const place = items().indexOf(item) + 1;
    add.click();
    const made = items().at(-1);
    for (let steps = items().length - 1 - place; steps > 0; steps--) {
      made.querySelector("[data-inline-panel-child-move-up]").click();
    }
    continueTime(made);
    field(made, "what").focus();
  }

  function move(item, direction) {
    item.querySelector(`[data-inline-panel-child-move-${direction}]`).click();
    const [place, count] = [items().indexOf(item) + 1, items().length];
    said.textContent = panel.dataset.agendaMoved.replace("{place}", place).replace("{count}", count);
  }

  function continueTime(item) {
    const time = field(item, "starts_at");
    if (time.value) return;
    const [last, before] = items().slice(0, items().indexOf(item)).reverse().map((other) => read(field(other, "starts_at")));
    if (last) {
      const step = before && last > before && last - before < DAY / 2 ? last - before : HALF_AN_HOUR;
      time.value = written(new Date(last.getTime() + step));
    } else if (items()[0] === item) {
      time.value = document.getElementById("id_starts_at").value;
    }
  }

  function items() {
    return [...list.querySelectorAll("[data-inline-panel-child]:not(.deleted)")];
  }

  function field(item, name) {
    return item.querySelector(`[name$="-${name}"]`);
  }

  function read(input) {
    const parts = WRITTEN.exec(input.value)?.slice(1).map(Number);
    return parts ? new Date(parts[0], parts[1] - 1, ...parts.slice(2)) : null;
  }

  function written(time) {
    const two = (number) => String(number).padStart(2, "0");
    const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
    return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
  }
});
