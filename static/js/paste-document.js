// A document that an editor pastes into the body of a page becomes blocks: the server makes them of its HTML, its
// pictures go to the library. Single paragraphs are left to the rich text editor, and to paste.js.

import { picturesOf } from "./rtf-pictures.js";

const texts = JSON.parse(document.getElementById("paste-document").textContent);
const config = JSON.parse(document.getElementById("wagtail-config").textContent);
const PARTS = "h1, h2, h3, h4, h5, h6, table, img, ul, ol, [style*='mso-list']"; // what rich text loses or spoils
const OWN = "data-draftjs-conductor-fragment"; // copied from an editor of ours

window.addEventListener("paste", onPaste, true); // before paste.js, which listens at the document

function onPaste(event) {
  const place = placeOf(event.target);
  if (!place || !event.clipboardData) return;
  const clipboard = contentsOf(event.clipboardData);
  if (clipboard.html.includes(OWN) || !isDocument(clipboard)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  bringIn(clipboard, place);
}

// The stream of blocks and the block in it whose text is pasted into; null in rich text outside of one.
function placeOf(target) {
  const editor = target instanceof Element && target.closest(".public-DraftEditor-content");
  if (!editor) return null;
  for (let element = editor; element; element = element.parentElement) {
    const stream = element.rootBlock;
    if (stream?.blockDef?.childBlockDefsByName?.picture) {
      return { stream, child: stream.children.find((child) => child.element.contains(editor)) };
    }
  }
  return null;
}

// Read at once: the clipboard is closed when the event has passed.
function contentsOf(data) {
  const html = data.getData("text/html");
  return {
    html,
    rtf: data.getData("text/rtf"),
    files: [...data.files].filter((file) => file.type.startsWith("image/")),
    page: new DOMParser().parseFromString(html, "text/html"),
  };
}

function isDocument({ page, files }) {
  const hasText = page.body.textContent.trim() !== "";
  return files.length > 0 && !hasText ? true : hasText && page.body.querySelector(PARTS) !== null;
}

async function bringIn(clipboard, place) {
  const failures = [];
  try {
    await bringPictures(clipboard, failures);
    show(texts.document);
    const html = new Blob([clipboard.page.documentElement.outerHTML], { type: "text/html" });
    const { blocks, notes } = await post(texts.documentAddress, { html });
    insert(blocks, place);
    show([texts.done, ...notes, ...failures].join(" "), notes.length + failures.length ? "warning" : "success");
  } catch (error) {
    show(texts.failed.replace("{reason}", error.message), "error");
  }
}

// Puts the pictures into the library one by one, and their names there into the page.
async function bringPictures({ page, rtf, files }, failures) {
  if (files.length && !page.body.textContent.trim()) page.body.replaceChildren(...files.map(() => page.createElement("img")));
  const images = [...page.body.querySelectorAll("img")];
  const sources = sourcesOf(images, rtf, files);
  const count = sources.filter(Boolean).length;
  let number = 0;
  for (const [place, source] of sources.entries()) {
    if (!source) continue;
    number += 1;
    show(texts.picture.replace("{number}", number).replace("{count}", count));
    try {
      const { id } = await post(texts.pictureAddress, { file: named(source, number), title: titleOf(number) });
      images[place].setAttribute("src", `picture-${id}`);
    } catch (error) {
      images[place].removeAttribute("src");
      failures.push(error.message);
    }
  }
}

// The bytes of each picture, null for one that stays away. Those from elsewhere in the clipboard only if their number
// is right: a picture at a wrong place is worse than none.
function sourcesOf(images, rtf, files) {
  const away = images.filter((image) => !/^(data|https?):/.test(image.getAttribute("src") ?? ""));
  const found = [picturesOf(rtf), files].find((those) => those.length > 0 && those.length === away.length) ?? [];
  return images.map((image) => dataOf(image.getAttribute("src") ?? "") ?? found[away.indexOf(image)] ?? null);
}

function dataOf(address) {
  const found = /^data:(image\/[a-z+.-]+);base64,(.*)$/is.exec(address);
  if (!found) return null;
  const bytes = Uint8Array.from(atob(found[2].replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
  return new Blob([bytes], { type: found[1] });
}

function named(source, number) {
  const kind = source.type.split("/")[1].replace("jpeg", "jpg");
  return new File([source], `anh-${number}.${kind}`, { type: source.type });
}

function titleOf(number) {
  const title = document.querySelector("[name=title]")?.value.trim();
  return title ? `${title.slice(0, 240)} (${number})` : "";
}

async function post(address, values) {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  const answer = await fetch(address, { method: "POST", headers: { [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN }, body });
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(found.error ?? texts.silent);
  return found;
}

// Behind the block that was pasted into, or in its place if it is empty.
function insert(blocks, { stream, child }) {
  const index = stream.children.indexOf(child);
  const start = index < 0 ? stream.children.length : index + 1;
  blocks.forEach((block, place) => stream.insert(block, start + place));
  if (blocks.length && index >= 0 && isEmpty(child)) stream.deleteBlock(index);
}

function isEmpty(child) {
  if (child.type !== "text") return false;
  const { blocks } = JSON.parse(child.block.getValue()) ?? { blocks: [] }; // an editor without any text says null
  return !blocks.some((block) => block.text.trim());
}

function show(text, type = "info") {
  const detail = { clear: true, text, type };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
}
