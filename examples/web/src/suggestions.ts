// What the reader may be about to type: a list below the box, for mouse and arrow keys (ARIA's combobox).
import { type Suggestion, suggest } from "./api";
import { element, find, marked } from "./dom";

const PAUSE = 150; // milliseconds without a key before the portal is asked

const box = find<HTMLInputElement>("#question");
const list = find("#suggestions");
let asked = new AbortController();
let waiting: number | undefined;

/** Suggest while the reader types; `failed` hears of what goes wrong. */
export function watch(failed: (error: unknown) => void): void {
  box.addEventListener("input", () => {
    forget();
    waiting = window.setTimeout(() => show(box.value.trim()).catch(failed), PAUSE);
  });
  box.addEventListener("keydown", onKey);
  box.addEventListener("blur", close);
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus, and so the list
}

/** Close the list, and ask no more. */
export function forget(): void {
  window.clearTimeout(waiting);
  asked.abort();
  close();
}

async function show(text: string): Promise<void> {
  asked = new AbortController();
  const { signal } = asked;
  try {
    const found = text ? await suggest(text, signal) : [];
    list.replaceChildren(...found.map(option));
    open(found.length > 0);
  } catch (error) {
    if (!signal.aborted) {
      throw error;
    }
  }
}

function option(suggestion: Suggestion, index: number): HTMLElement {
  const made = marked("li", { role: "option", id: `suggestion-${index}`, "aria-selected": "false" }, suggestion.highlighted);
  made.append(" ", element("small", {}, suggestion.type_label));
  made.addEventListener("click", () => window.location.assign(suggestion.url));
  return made;
}

function open(isOpen: boolean): void {
  list.hidden = !isOpen;
  box.setAttribute("aria-expanded", `${isOpen}`);
  box.removeAttribute("aria-activedescendant");
}

function close(): void {
  list.replaceChildren();
  open(false);
}

function onKey(event: KeyboardEvent): void {
  const chosen = list.querySelector<HTMLElement>("[aria-selected=true]");
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault(); // it would empty the box as well
    forget();
  } else if (event.key === "Enter" && chosen) {
    event.preventDefault();
    chosen.click();
  } else if (event.key === "ArrowDown") {
    event.preventDefault();
    choose(chosen, chosen?.nextElementSibling ?? list.firstElementChild);
  } else if (event.key === "ArrowUp") {
    event.preventDefault();
    choose(chosen, chosen?.previousElementSibling ?? list.lastElementChild);
  }
}

function choose(before: Element | null, now: Element | null): void {
  before?.setAttribute("aria-selected", "false");
  now?.setAttribute("aria-selected", "true");
  box.setAttribute("aria-activedescendant", now?.id ?? "");
}
