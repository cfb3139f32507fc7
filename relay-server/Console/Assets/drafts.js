// What somebody types stays in this tab until it has been sent: a time-out, a lost connection or a closed lid loses nothing.
"use strict";
{
  const kept = (form) => `draft:${location.pathname}${location.search}:${form.getAttribute("data-draft")}`;
  const fields = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const saved = JSON.parse(sessionStorage.getItem(kept(form)) ?? "null");
    if (saved && !form.hasAttribute("data-sent")) {
      let isRestored = false;
      for (const field of fields(form)) {
        const value = saved[`${field.name}=${field.type === "radio" || field.type === "checkbox" ? field.value : ""}`];
        if (value === undefined) continue;
        if (field.type === "radio" || field.type === "checkbox") {
          isRestored ||= field.checked !== value;
          field.checked = value;
        } else {
          isRestored ||= field.value !== value;
          field.value = value;
        }
      }
      const note = form.querySelector("[data-draft-note]");
      if (note && isRestored) note.hidden = false;
    }
    const save = () => {
      const values = {};
      for (const field of fields(form)) {
        const isTicked = field.type === "radio" || field.type === "checkbox";
        values[`${field.name}=${isTicked ? field.value : ""}`] = isTicked ? field.checked : field.value;
      }
      sessionStorage.setItem(kept(form), JSON.stringify(values));
    };
    form.addEventListener("input", save);
    form.addEventListener("change", save);
  }

  // The server says on the page after it what was kept.
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft:") && key.endsWith(`:${done.dataset.draftDone}`)) sessionStorage.removeItem(key);
    }
  }

  // Who signs out leaves nothing behind.
  document.querySelector("form.out")?.addEventListener("submit", () => {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("draft:")) sessionStorage.removeItem(key);
    }
  });

  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

  document.querySelector("[data-focus]")?.focus();
}
