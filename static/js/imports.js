// Keeps the page of an import up to date while something goes on; without it the page is loaded again by hand.

const EVERY = 2000; // milliseconds

const progress = document.querySelector("[data-imports-progress]");

function show(now) {
  const bar = progress.querySelector("progress");
  if (bar) {
    bar.max = now.total;
    bar.value = now.done;
  }
  write("[data-imports-done]", now.done);
  write("[data-imports-total]", now.total);
  for (const [outcome, count] of Object.entries(now.counts)) write(`[data-imports-count="${outcome}"]`, count);
}

function write(place, text) {
  const element = progress.querySelector(place);
  if (element) element.textContent = text;
}

async function ask() {
  try {
    const answer = await fetch(progress.dataset.importsProgress, { credentials: "same-origin" });
    if (!answer.ok) return; // logged out, or the import is gone: the page stays as it is
    const now = await answer.json();
    const begins = now.total > 0 && !progress.querySelector("[data-imports-total]");
    if (now.state !== progress.dataset.importsState || begins) return window.location.reload();
    show(now);
  } catch {
    // The server is away for a moment.
  }
  window.setTimeout(ask, EVERY);
}

if (progress) window.setTimeout(ask, EVERY);
