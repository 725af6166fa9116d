// A button of the editor waits while Wagtail saves the page by itself: sent side by side, a new page would be made twice,
// or be refused for the address that its own draft has just taken.
(() => {
  const PATIENCE = 10_000; // milliseconds, after which the button does what it did before

  let saving = false;
  let held = null; // the form and the button that was pressed meanwhile
  let timer = 0;

  document.addEventListener("w-autosave:save", () => { saving = true; });
  document.addEventListener("w-autosave:success", ended);
  document.addEventListener("w-autosave:error", ended);
  document.addEventListener("submit", hold, { capture: true });

  function hold(event) {
    if (!saving || !event.target.matches("[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!held) timer = window.setTimeout(release, PATIENCE);
    held = { form: event.target, button: event.submitter };
  }

  function ended() {
    saving = false;
    // What was typed during the saving is saved at once after it, and is to be waited for as well.
    window.setTimeout(() => !saving && release());
  }

  function release() {
    if (!held) return;
    const { form, button } = held;
    window.clearTimeout(timer);
    held = null;
    saving = false;
    if (button) button.disabled = false; // shows its progress; disabled, it would not be sent along
    form.requestSubmit(button);
  }
})();
