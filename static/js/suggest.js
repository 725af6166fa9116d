// Suggestions while a reader types: an editable combobox with a list, as the ARIA Authoring Practices describe it.
// Without it, or when the suggestions do not come, the form searches as it always did.
const WAIT = 150; // milliseconds without a key
const LEAST = 2; // letters

for (const box of document.querySelectorAll("[data-suggest]")) begin(box, box.querySelector("input[name=q]"));

function begin(box, input) {
  const list = element("ul", { id: `${input.id}-suggestions`, role: "listbox", "aria-label": box.dataset.list, class: "suggestions", hidden: "" });
  const status = element("p", { role: "status", class: "unseen" });
  box.append(list, status);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
    input.setAttribute(name, value);
  }
  const known = new Map(); // what was typed → what was suggested
  let timer, asked, active = -1;

  async function look() {
    const text = input.value.trim();
    if (text.length < LEAST) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      if (!known.has(text)) known.set(text, await fetched(box.dataset.suggest, text, asked.signal));
    } catch {
      return close(); // out of reach, or overtaken by the next letter
    }
    if (text === input.value.trim() && document.activeElement === input) show(known.get(text));
  }

  function show(items) {
    list.replaceChildren(...items.map((item, place) => option(item, `${list.id}-${place}`)));
    status.textContent = items.length ? `${items.length} ${box.dataset.count}` : box.dataset.none;
    open(items.length > 0);
  }

  function open(whether) {
    list.hidden = !whether;
    input.setAttribute("aria-expanded", whether);
    choose(-1);
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    open(false);
  }

  // −1 is the field itself, with what was typed.
  function choose(place) {
    list.children[active]?.removeAttribute("aria-selected");
    active = place;
    const chosen = list.children[active];
    if (!chosen) return input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", chosen.id);
  }

  function move(step) {
    const places = list.children.length + 1; // the field is one of them
    if (list.hidden) look();
    else choose(((active + 1 + step + places) % places) - 1);
    return true;
  }

  function follow(chosen) {
    if (chosen) location.assign(chosen.dataset.url);
    return Boolean(chosen);
  }

  function shut() {
    const wasOpen = !list.hidden;
    close();
    return wasOpen;
  }

  // Each says whether it took the key; what it leaves does what it always does.
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: shut,
    Enter: () => follow(list.children[active]),
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (!event.isComposing && keys[event.key]?.()) event.preventDefault(); // an input method takes its keys first
  });
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // or the field would lose the focus first
  list.addEventListener("click", (event) => follow(event.target.closest("[data-url]")));
}

async function fetched(address, text, signal) {
  const answer = await fetch(`${address}?${new URLSearchParams({ q: text })}`, { signal });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).suggestions;
}

function option(item, id) {
  const made = element("li", { id, role: "option", "data-url": item.url });
  const title = element("span", { class: "suggestion-title" });
  title.innerHTML = item.highlighted; // escaped by the server, but for <mark>
  if (item.also) title.insertAdjacentHTML("beforeend", ` <small>${item.also}</small>`);
  const kind = element("small", { class: "suggestion-kind" });
  kind.textContent = item.type_label;
  made.append(title, " ", kind);
  return made;
}

function element(name, attributes) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
