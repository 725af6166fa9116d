// Elements made of text, which is escaped by being text. Only what the API declares to be safe HTML goes in as such.

type Child = Node | string | null;

/** The one element that a selector names; the page has it, or is not ours. */
export function find<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (found === null) {
    throw new Error(`The page has no ${selector}.`);
  }
  return found;
}

export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    made.setAttribute(attribute, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The same, of what the API calls HTML-escaped text with `<mark>`: `highlights`, `highlighted`. */
export function marked<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string>,
  safeHtml: string,
): HTMLElementTagNameMap[Name] {
  const made = element(name, attributes);
  made.innerHTML = safeHtml;
  return made;
}

export function day(moment: string): HTMLElement {
  const text = new Date(moment).toLocaleDateString("vi-VN", { timeZone: "Asia/Ho_Chi_Minh" });
  return element("time", { datetime: moment }, text);
}

const trouble = find("#trouble");

/** Say what went wrong; "" when it is over. */
export function complain(text: string): void {
  trouble.textContent = text;
  trouble.hidden = text === "";
}
