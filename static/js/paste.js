// Text from before Unicode (.VnTime, VNI-Times) that an editor pastes: the server makes Unicode of it first. Should the
// server not answer, it is pasted as it is.
(() => {
  const address = document.currentScript.dataset.address;
  const config = JSON.parse(document.getElementById("wagtail-config").textContent);

  // A font of that time, a sign that today's Vietnamese has no use for, or marks behind vowels as VNI and Windows-1258
  // write them. The server looks more closely.
  const FONT = /font[^;>]*(\.vn|\bvni[- ])/i;
  const SIGN = /[\u0080-\u009f\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de\u00df\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff]/;
  const MARK = /[aeiouyâêôăơư][âùøûõïáàåãäêéèúìòþ]/i;
  const ours = new WeakSet(); // events that have been here

  document.addEventListener("paste", onPaste, true);

  function onPaste(event) {
    const clipboard = event.clipboardData;
    if (!clipboard || ours.has(event)) return;
    const html = clipboard.getData("text/html");
    const text = clipboard.getData("text/plain");
    const isOwn = html.includes("data-draftjs-conductor-fragment"); // from an editor of ours, in Unicode
    if (isOwn || !(FONT.test(html) || SIGN.test(text) || MARK.test(text))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    repaired(html, text)
      .catch(() => ({ html, text }))
      .then((found) => paste(event.target, found));
  }

  async function repaired(html, text) {
    const answer = await fetch(address, {
      method: "POST",
      headers: { [config.CSRF_HEADER_NAME]: config.CSRF_TOKEN },
      body: new URLSearchParams({ html, text }),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.json();
  }

  function paste(target, { html, text }) {
    if (target.matches("input, textarea")) {
      target.focus();
      document.execCommand("insertText", false, text); // which the editor can undo
      return;
    }
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    clipboardData.setData("text/plain", text);
    const again = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    ours.add(again);
    (target.closest("[contenteditable=true]") ?? target).dispatchEvent(again);
  }
})();
