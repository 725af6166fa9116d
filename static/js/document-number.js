// What the number of an official document says is filled in where nothing stands yet, and documents that the register
// may have already are named. Nobody is kept from saving.
document.addEventListener("DOMContentLoaded", () => {
  const number = document.querySelector("[data-number-address]");
  if (!number) return;
  const [kind, issuer, issued] = ["kind", "issuer", "issued_on"].map((name) => document.getElementById(`id_${name}`));

  const said = document.createElement("div");
  said.setAttribute("role", "status");
  said.className = "document-number-said";
  number.closest(".w-field__input").after(said);

  let asked = 0; // an answer that comes late is none
  for (const field of [number, issuer, issued]) field.addEventListener("change", () => ask(fill));
  if (number.value) ask(() => {}); // a page that is opened stays as it was saved

  async function ask(use) {
    const turn = ++asked;
    const year = /^\d{4}/.exec(issued.value)?.[0] ?? "";
    const typed = new URLSearchParams({ number: number.value, issuer: issuer.value, year, page: number.dataset.page });
    const found = await answer(`${number.dataset.numberAddress}?${typed}`);
    if (turn !== asked) return;
    use(found);
    said.innerHTML = found.warning ? `<p class="help-block help-warning">${found.warning}</p>` : ""; // escaped by the server
  }

  async function answer(address) {
    try {
      const response = await fetch(address, { credentials: "same-origin" });
      return response.ok ? await response.json() : {};
    } catch {
      return {}; // the server is away for a moment; it looks once more when the page is saved
    }
  }

  function fill(found) {
    for (const [field, value] of [[kind, found.kind], [issuer, found.issuer]]) {
      if (value && !field.value) field.value = value;
    }
    if (found.number) number.value = found.number;
  }
});
