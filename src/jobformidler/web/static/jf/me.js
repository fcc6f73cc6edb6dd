"use strict";
// Min side read aloud by the browser's own voice; without one the button stays hidden.
(() => {
  const button = document.querySelector("[data-listen]");
  if (!button || !("speechSynthesis" in window)) return;
  const label = button.querySelector("span");
  const listen = label.textContent;
  const told = (speaking) => {
    button.setAttribute("aria-pressed", String(speaking));
    label.textContent = speaking ? button.dataset.stop : listen;
  };
  const words = () =>
    [...document.querySelectorAll("main h1, main h2, main p")]
      .filter((node) => node.offsetParent !== null)
      .map((node) => node.innerText.trim().replace(/[.:]?$/, "."))
      .join(" ");
  button.hidden = false;
  button.addEventListener("click", () => {
    if (window.speechSynthesis.speaking) {
      window.speechSynthesis.cancel();
      told(false);
      return;
    }
    const said = new SpeechSynthesisUtterance(words());
    said.lang = "da-DK";
    said.rate = 0.95;
    said.onend = () => told(false);
    told(true);
    window.speechSynthesis.speak(said);
  });
  window.addEventListener("pagehide", () => window.speechSynthesis.cancel());
})();
