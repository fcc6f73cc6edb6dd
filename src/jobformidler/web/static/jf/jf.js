"use strict";
// Small helps on top of pages that work without them: search key, drafts, menus, copying, focus on what is missing.
(() => {
  const PREFIX = "jf-draft:";
  const typing = (node) => node.matches("input, textarea, select") || node.isContentEditable;

  // "/" goes to the search field; Escape closes an open menu and returns to its button.
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
      const field = document.querySelector("[data-slash]");
      if (field && field.offsetParent !== null) {
        event.preventDefault();
        field.focus();
        field.select();
      }
    }
    if (event.key === "Escape") {
      const open = document.querySelector("details[data-drop][open]");
      if (open) {
        open.open = false;
        open.querySelector("summary").focus();
      }
    }
  });
  const closeOthers = (target) => {
    for (const menu of document.querySelectorAll("details[data-drop][open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));

  // Drafts: forms marked data-draft="key" are kept in this browser until they are sent. Passwords, files, hidden
  // fields and anything inside data-nodraft are never kept.
  const keeps = (field) => field.name && !field.closest("[data-nodraft]") && !["password", "file", "hidden", "submit", "button"].includes(field.type);
  const keyOf = (form) => PREFIX + form.dataset.draft;
  const fieldsOf = (form) => [...form.elements].filter(keeps);

  const save = (form) => {
    const values = {};
    for (const field of fieldsOf(form)) {
      if (field.type === "checkbox" || field.type === "radio") {
        values[field.name] = values[field.name] || [];
        if (field.checked) values[field.name].push(field.value);
      } else if (field.multiple) values[field.name] = [...field.selectedOptions].map((option) => option.value);
      else values[field.name] = field.value;
    }
    try {
      localStorage.setItem(keyOf(form), JSON.stringify(values));
    } catch {
      return; // Storage is full or switched off: the form still works, so nothing is said.
    }
    const said = form.querySelector("[data-draft-said]");
    if (said) said.textContent = said.dataset.draftSaid;
  };
  const restore = (form) => {
    let values = null;
    try {
      values = JSON.parse(localStorage.getItem(keyOf(form)) || "null");
    } catch {
      values = null;
    }
    if (!values || form.querySelector(".form-error, .form-summary")) return;
    for (const field of fieldsOf(form)) {
      const value = values[field.name];
      if (value === undefined) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = value.includes(field.value);
      else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
      else field.value = value;
    }
    const said = form.querySelector("[data-draft-said]");
    if (said) said.textContent = said.dataset.draftSaid;
  };
  const timers = new WeakMap();
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.dataset.draft === undefined || !keeps(event.target)) return;
    clearTimeout(timers.get(form));
    timers.set(form, setTimeout(() => save(form), 600));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.draft === undefined) return;
    clearTimeout(timers.get(form));
    localStorage.removeItem(keyOf(form));
  });

  // Whatever is new on the page, at load or swapped in: drafts, copy buttons, and focus on the first thing to do.
  const ready = (root) => {
    for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
    for (const button of root.querySelectorAll("[data-copy]")) button.hidden = false;
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
  };
  document.addEventListener("click", async (event) => {
    if (event.target.matches("[data-select]")) event.target.select();
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    field.select();
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
    const said = button.parentElement.querySelector("[data-copied]");
    said.textContent = said.dataset.copied;
  });
  for (const name of ["htmx:after:swap", "htmx:afterSwap"]) {
    document.addEventListener(name, (event) => {
      // The event comes from what was clicked; what was swapped is its target.
      const target = event.detail?.ctx?.target ?? event.target;
      const swapped = target instanceof Element && target.isConnected ? target : document;
      ready(swapped);
      const first = swapped.querySelector("form input:not([type=hidden]), form textarea, form select");
      if (first && swapped !== document && swapped.classList.contains("opened") && !swapped.querySelector("[data-focus]")) first.focus();
    });
  }
  ready(document);
  // Signing out removes drafts: they may hold words about a person.
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-logout]")) return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  });
})();
