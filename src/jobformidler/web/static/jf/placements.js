// Pages of placements: printing the sheet, and keeping an opened value in view.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  // An address with "#value" moves the browser's focus there, so the opened panel takes it back.
  const toPanel = () => {
    const wanted = document.querySelector(".v-panel [autofocus]");
    if (wanted && !wanted.closest(".v-panel").contains(document.activeElement)) wanted.focus();
  };
  document.addEventListener("htmx:after:swap", toPanel);
  window.addEventListener("load", () => setTimeout(toPanel, 0));
})();
