"use strict";
// Two minutes before a session ends for lack of use: whoever is writing stays logged in, whoever is not is asked.
// What has been typed stays on the page in any case.
(() => {
  const box = document.querySelector("[data-session]");
  if (!box) return;
  const WARNING = 120;
  let typed = false;
  let asking = false;
  let left = Number(box.dataset.session);
  let asked = Date.now();
  const buttonText = box.querySelector("button");
  const say = (name) => {
    box.querySelector("p").textContent = box.dataset[name];
    buttonText.hidden = name !== "soon";
    box.hidden = false;
  };
  const stay = async () => {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    typed = false;
    asking = true;
    try {
      const answer = await fetch(box.dataset.stay, { method: "POST", redirect: "manual", headers: { "X-CSRFToken": token ? token.value : "" } });
      if (!answer.ok) return say("over");
      left = Number(await answer.text());
      asked = Date.now();
      box.hidden = true;
    } catch {
      say("soon"); // No network right now: the next try comes with the next tick.
    } finally {
      asking = false;
    }
  };
  document.addEventListener("input", () => { typed = true; });
  buttonText.addEventListener("click", stay);
  setInterval(() => {
    const rest = left - (Date.now() - asked) / 1000;
    if (asking) return;
    if (rest <= 0) say("over");
    else if (rest <= WARNING && typed) stay();
    else if (rest <= WARNING) say("soon");
  }, Number(box.dataset.tick || 10) * 1000);
})();
