// The menu on phones: a link that leads to the menu becomes a button that shows it where it is.
const link = document.querySelector(".menu-open");
const menu = document.querySelector(".site-menu");

if (link && menu) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.textContent = link.textContent;
  button.setAttribute("aria-controls", menu.id);

  const show = (open) => {
    button.setAttribute("aria-expanded", open);
    menu.toggleAttribute("data-open", open);
  };
  button.addEventListener("click", () => show(!menu.hasAttribute("data-open")));
  link.replaceWith(button);
  show(location.hash === `#${menu.id}`);

  // On wide screens the lists below an entry open by themselves; Escape shuts them until the reader moves on.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.toggleAttribute("data-closed", true);
    if (menu.hasAttribute("data-open")) {
      show(false);
      button.focus();
    }
  });
  for (const kind of ["pointerover", "focusin"]) {
    menu.addEventListener(kind, () => menu.removeAttribute("data-closed"));
  }
}
