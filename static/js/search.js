// The search page without reloading: choices apply at once, results are leafed through in place, and every answer has
// its address, so that links can be shared and the back button goes back. Without it the same form and links do the same.
const PARTS = ["search-options", "search-answer", "search-facets"];
const form = document.getElementById("search-form");
const text = document.getElementById("search-text");
let asked;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(addressOf(form, event.submitter));
});

document.addEventListener("change", (event) => {
  const applies = event.target.form === form && event.target !== text;
  if (applies) go(addressOf(form, document.querySelector("[data-apply]")));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#search-answer a[href^='?']");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  go(link.href, link.matches("[rel~=next], [rel~=prev]"));
});

addEventListener("popstate", () => show(location.href));
document.documentElement.classList.add("searches-at-once");

function go(address, leafing = false) {
  show(address, { leafing, note: () => history.pushState(null, "", address) });
}

// Shows the answer at an address; when that is out of reach, the browser goes there by itself.
async function show(address, { leafing = false, note } = {}) {
  asked?.abort();
  asked = new AbortController();
  const answer = document.getElementById("search-answer");
  answer.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(address, { signal: asked.signal, headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!PARTS.every((id) => fresh.getElementById(id))) throw new Error("no search page");
    note?.();
    put(fresh, leafing);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  }
}

function put(fresh, leafing) {
  const focused = document.activeElement?.id;
  const open = [...document.querySelectorAll("#search-facets details")].map((details) => details.open);
  for (const id of PARTS) document.getElementById(id).replaceWith(fresh.getElementById(id));
  document.querySelectorAll("#search-facets details").forEach((details, place) => (details.open = open[place]));
  document.title = fresh.title;
  text.value = fresh.getElementById("search-text").value;
  const heading = document.getElementById("search-results-title");
  if (leafing) {
    heading?.focus();
    scrollTo(0, 0);
  } else if (focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  document.getElementById("search-status").textContent = heading?.textContent ?? "";
}

function addressOf(form, submitter) {
  const fields = [...new FormData(form)].filter(([name, value]) => value && !(name === "sort" && value === "relevance"));
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  return `${form.action}?${new URLSearchParams(fields)}`;
}
