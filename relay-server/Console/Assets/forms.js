// What every form of staff and parents has: what is typed stays in this tab until it has been sent (a time-out, a lost connection or a closed lid
// loses nothing), and it is sent once. Without this script forms work all the same.
"use strict";
{
  const keptFor = 12 * 60 * 60 * 1000; // ms: a working day. What is older is not what somebody remembers to have typed.
  const lockedFor = 20_000; // ms: an answer that takes longer may be asked for again
  const showsSendingAfter = 500; // ms
  const person = document.body.dataset.person ?? "";
  const isAnswer = document.querySelector(".error-summary") !== null || document.querySelector("[data-answer]") !== null;

  // Browsers can refuse storage, private windows for one: then nothing is kept, and nothing else is different.
  const storage = {
    read(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {}
    },
    remove(key) {
      try {
        sessionStorage.removeItem(key);
      } catch {}
    },
    drafts() {
      try {
        return Object.keys(sessionStorage).filter((key) => key.startsWith("draft:"));
      } catch {
        return [];
      }
    },
  };

  // The address without what it only says once.
  const here = new URL(location.href);
  for (const once of ["late", "done"]) here.searchParams.delete(once);
  if (new URL(location.href).searchParams.has("late")) history.replaceState(null, "", here);

  // Whoever signs in at the same machine finds nothing of somebody else's. On the sign-in itself nobody is known yet, so everything stays.
  for (const key of storage.drafts()) {
    const draft = storage.read(key);
    if (!draft || Date.now() - draft.at > keptFor || (person !== "" && !key.startsWith(`draft:${person}:`))) storage.remove(key);
  }

  // The server says what was kept; which form that was, this tab knows: the same form of another pupil keeps its draft.
  const sent = storage.read("sent");
  storage.remove("sent");
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    if (sent?.endsWith(`:${done.dataset.draftDone}`)) storage.remove(sent);
  }

  const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
  const kept = (form) => `draft:${person}:${here.pathname}${here.search}:${form.dataset.draft}`;
  const fields = (form) =>
    [...form.elements].filter((field) => field.name && !field.name.startsWith("_") && !["password", "file", "submit", "button"].includes(field.type));
  const named = (field) => `${field.name}=${isTicked(field) ? field.value : ""}`;

  function save(form) {
    const values = {};
    for (const field of fields(form)) values[named(field)] = isTicked(field) ? field.checked : field.value;
    storage.write(kept(form), { at: Date.now(), once: form.elements._once.value, values });
  }

  // Hidden fields come back too: the version that was looked at, so that somebody else's change meanwhile is noticed and not written over.
  function restore(form, draft) {
    let isRestored = false;
    let isOutOfOrder = false;
    form.elements._once.value = draft.once;
    for (const field of fields(form)) {
      const value = draft.values[named(field)];
      if (value === undefined) continue;
      const differs = (isTicked(field) ? field.checked : field.value) !== value;
      if (isTicked(field)) field.checked = value;
      else field.value = value;
      if (!differs) continue;
      if (field.type === "hidden") isOutOfOrder ||= field.dataset.shownBy !== undefined;
      else isRestored = true;
      const fold = field.closest("details");
      if (fold && field.type !== "hidden") fold.open = true;
    }
    // What the server draws from a hidden field it draws again.
    const shownBy = isOutOfOrder ? form.querySelector("[data-shown-by]") : null;
    if (shownBy) {
      form.append(hidden(shownBy.dataset.shownBy, "show"));
      form.submit();
    }
    return isRestored || isOutOfOrder;
  }

  function hidden(name, value) {
    return Object.assign(document.createElement("input"), { type: "hidden", name, value });
  }

  function tell(form) {
    let note = form.querySelector("[data-draft-note]");
    if (!note) {
      note = document.createElement("p");
      note.className = "notice";
      note.textContent = "What you typed before has been kept.";
      form.prepend(note);
    }
    const again = Object.assign(document.createElement("button"), { type: "button", className: "link", textContent: "Start again" });
    again.addEventListener("click", () => {
      storage.remove(kept(form));
      form.reset();
      note.hidden = true;
    });
    note.append(" ", again);
    note.hidden = false;
  }

  for (const form of document.querySelectorAll('form[method="post"]')) {
    // Not secret: by it the server knows a form that comes twice because its answer was lost.
    form.append(hidden("_once", crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`));
    if (form.hasAttribute("data-draft")) {
      const draft = storage.read(kept(form));
      // A page that comes back with errors has everything in it, and the version that counts from now on.
      if (isAnswer && (draft || sent === kept(form))) save(form);
      else if (draft && restore(form, draft)) tell(form);
      form.addEventListener("input", () => save(form));
      form.addEventListener("change", () => save(form));
    }

    let sentAt = -Infinity;
    form.addEventListener("submit", (event) => {
      if (performance.now() - sentAt < lockedFor) {
        event.preventDefault(); // a second tap on the same button
        return;
      }
      sentAt = performance.now();
      if (form.hasAttribute("data-draft")) storage.write("sent", kept(form));
      setTimeout(() => {
        const says = Object.assign(document.createElement("p"), { className: "sending", textContent: "Sending …" });
        says.setAttribute("role", "status");
        (event.submitter ?? form).after(says);
      }, showsSendingAfter);
    });
    addEventListener("pageshow", () => {
      sentAt = -Infinity; // back on the page, out of the browser's memory
      for (const says of form.querySelectorAll(".sending")) says.remove();
    });
  }

  // Who signs out leaves nothing behind.
  document.querySelector("form.out")?.addEventListener("submit", () => {
    for (const key of storage.drafts()) storage.remove(key);
  });

  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());

  // What is wrong, or what was kept, is read out first.
  const first = document.querySelector("[data-focus]") ?? document.querySelector("p.done, [data-late]");
  if (first && !first.hasAttribute("tabindex")) first.tabIndex = -1;
  first?.focus();
}
