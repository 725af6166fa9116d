// Tells the site that a result was clicked, and where it stood: the first click of a page view, without any cookie of ours.
// The links are plain ones and lead where they lead with or without this.
let told; // the token of the results that were clicked last: others may have taken their place

function tell(event) {
  const result = event.target.closest("a[href]") && event.target.closest("[data-position]");
  const results = result?.closest("[data-clicks]");
  if (!results || told === results.dataset.token || event.button > 1) return;
  told = results.dataset.token;
  navigator.sendBeacon(results.dataset.clicks, new URLSearchParams({ token: told, position: result.dataset.position }));
}

document.addEventListener("click", tell);
document.addEventListener("auxclick", tell); // the middle button, which opens a tab
