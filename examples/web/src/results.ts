// What a search found.
import { type Results, search } from "./api";
import { day, element, find, marked } from "./dom";

type Hit = Results["results"][number];

const section = find("#results");
const title = find("#results-title");
const list = find("#results ol");

export async function show(text: string): Promise<void> {
  section.hidden = text === "";
  if (text === "") {
    return;
  }
  const found = await search(text);
  const question = found.query.showing_results_for ?? text;
  title.textContent = `${found.total.toLocaleString("vi")} kết quả cho “${question}”`;
  list.replaceChildren(...[...found.promoted, ...found.results].map(item));
}

function item(hit: Hit): HTMLElement {
  const passage = hit.highlights.body[0];
  return element(
    "li",
    {},
    element("h3", {}, marked("a", { href: hit.url }, hit.highlights.title)),
    hit.date === null ? null : day(hit.date),
    passage === undefined ? element("p", {}, hit.summary) : marked("p", {}, passage),
  );
}
