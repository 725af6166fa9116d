// Tells the site that a result was clicked, and where it stood: the first click of a page view, without any cookie of ours.
// The links are plain ones and lead where they lead with or without this.
const results = document.querySelector("[data-clicks]");
let told = false;

function tell(event) {
  const result = event.target.closest("a[href]") && event.target.closest("[data-position]");
  if (!result || told || event.button > 1) return;
  told = true;
  const { clicks, token } = results.dataset;
  navigator.sendBeacon(clicks, new URLSearchParams({ token, position: result.dataset.position }));
}

results?.addEventListener("click", tell);
results?.addEventListener("auxclick", tell); // the middle button, which opens a tab
