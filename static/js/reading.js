// What makes an article easier to read and to pass on. All of it goes without: pictures are links, sharing is links.
const article = document.querySelector("[data-reading]");
if (article) {
  textSizes(article.querySelector(".text-sizes"));
  sharing(article);
  pictures(article);
}

// Three sizes of type; the browser remembers the reader's, the site does not.
function textSizes(buttons) {
  if (!buttons) return;
  const root = document.documentElement;
  const set = (size) => {
    if (size) root.dataset.text = size;
    else delete root.dataset.text;
    for (const button of buttons.children) button.setAttribute("aria-pressed", button.value === size);
  };
  set(remembered());
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    set(button.value);
    try {
      localStorage.setItem("text", button.value);
    } catch {} // a browser that keeps nothing
  });
}

function remembered() {
  try {
    return localStorage.getItem("text") ?? "";
  } catch {
    return "";
  }
}

// Where the device has a sheet for sharing, and where it lets an address be copied, there is a button for it.
function sharing(article) {
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  const [share, copy, print] = ["share", "copy", "print"].map((name) => article.querySelector(`[data-do="${name}"]`));
  offer(share, navigator.share, () => navigator.share({ title: document.title, url: address }).catch(() => {}));
  offer(copy, navigator.clipboard, async () => {
    await navigator.clipboard.writeText(address);
    article.querySelector("[data-copied]").textContent = copy.dataset.done;
  });
  offer(print, true, () => window.print());
}

// What is not possible leaves its room to the others.
function offer(button, possible, act) {
  if (!button || !possible) return button?.remove();
  button.hidden = false;
  button.addEventListener("click", act);
}

// A click on a picture shows it alone on the screen, with its caption; the arrow keys lead through the article's pictures.
function pictures(article) {
  const links = [...article.querySelectorAll("a[data-picture]")];
  const box = document.querySelector(".lightbox");
  if (!links.length || !box?.showModal) return;
  const [shown, caption, place] = ["img", "figcaption", "[data-place]"].map((name) => box.querySelector(name));
  let at = 0;

  const show = (number) => {
    at = (number + links.length) % links.length;
    const figure = links[at].closest("figure");
    shown.src = links[at].href;
    shown.alt = figure.querySelector("img").alt;
    caption.textContent = figure.querySelector("figcaption")?.innerText ?? "";
    place.textContent = `${at + 1} / ${links.length}`;
  };
  article.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-picture]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(links.indexOf(link));
    box.showModal();
  });
  for (const [name, step] of [["previous", -1], ["next", 1]]) {
    const button = box.querySelector(`[data-do="${name}"]`);
    button.hidden = links.length < 2;
    button.addEventListener("click", () => show(at + step));
  }
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
}
