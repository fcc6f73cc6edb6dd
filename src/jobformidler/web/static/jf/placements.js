// Pages of placements: printing the sheet, and keeping an opened value in view.
(() => {
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  document.addEventListener("htmx:after:swap", () => {
    const wanted = document.querySelector(".v-panel [autofocus]");
    if (wanted && !wanted.closest(".v-panel").contains(document.activeElement)) wanted.focus();
  });
})();
