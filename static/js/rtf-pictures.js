// The pictures of a document that Word copied. Its HTML only names files that the browser may not read; its RTF, which
// lies in the clipboard beside it, has their bytes in hexadecimal digits, in the same order.

const PICTURE = /\{\\pict(?![a-z])/g;
const OLD = /\\nonshppict\s*$/; // a second copy, for old programs
const KINDS = [
  { word: "\\pngblip", begins: /89504e47/i, type: "image/png" },
  { word: "\\jpegblip", begins: /ffd8ff/i, type: "image/jpeg" },
];

// Blobs in the order of the document, of the pictures that browsers show: metafiles are left out.
export function picturesOf(rtf) {
  return [...groupsOf(rtf)].map(pictureOf).filter(Boolean);
}

function* groupsOf(rtf) {
  const pictures = new RegExp(PICTURE);
  for (let found; (found = pictures.exec(rtf)); ) {
    const end = endOf(rtf, found.index);
    if (!OLD.test(rtf.slice(Math.max(0, found.index - 40), found.index))) yield rtf.slice(found.index, end);
    pictures.lastIndex = end;
  }
}

function endOf(rtf, start) {
  const braces = /[{}]/g;
  braces.lastIndex = start;
  let depth = 0;
  for (let found; (found = braces.exec(rtf)); ) {
    depth += found[0] === "{" ? 1 : -1;
    if (depth === 0) return braces.lastIndex;
  }
  return rtf.length;
}

function pictureOf(group) {
  const kind = KINDS.find(({ word }) => group.includes(word));
  const start = kind ? group.search(kind.begins) : -1;
  return start < 0 ? null : new Blob([bytesOf(group.slice(start, -1))], { type: kind.type });
}

function bytesOf(digits) {
  const text = digits.replace(/[^0-9a-f]+/gi, "");
  const bytes = new Uint8Array(text.length >> 1);
  for (let place = 0; place < bytes.length; place += 1) bytes[place] = parseInt(text.slice(2 * place, 2 * place + 2), 16);
  return bytes;
}
