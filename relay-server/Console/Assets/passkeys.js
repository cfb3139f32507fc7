// Makes a passkey, or signs in with one, and puts the browser's answer into the form.
"use strict";
{
  const json = globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON;
  for (const button of document.querySelectorAll("[data-passkey]")) {
    if (!json) break;
    button.hidden = false;
    button.closest("[data-passkey-section]")?.removeAttribute("hidden");
    button.addEventListener("click", () => use(button));
  }

  async function use(button) {
    const form = button.form;
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    try {
      const isNew = button.dataset.passkey === "new";
      const body = new FormData();
      const token = form.querySelector("input[name=__RequestVerificationToken]");
      body.set(token.name, token.value);
      const answer = await fetch(`/staff/passkeys/${button.dataset.passkey}`, { method: "POST", body });
      if (!answer.ok) throw new Error(`status ${answer.status}`);
      const options = await answer.json();
      const credential = isNew
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.querySelector("[data-credential]").value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      problem.hidden = false;
    }
  }
}
