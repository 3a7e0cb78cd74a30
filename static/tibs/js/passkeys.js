// Passkeys: the browser makes or shows one, and its answer goes into the hidden field of the form.
"use strict";

async function optionsOf(form) {
  if (form.dataset.tibsPasskey !== "ask") return JSON.parse(form.querySelector("script").textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  return (await answer.json()).request_options;
}

async function credentialFor(form) {
  const { publicKey } = await optionsOf(form);
  if (form.dataset.tibsPasskey === "create") {
    return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(publicKey) });
  }
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(publicKey) });
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  try {
    form.elements.credential.value = JSON.stringify(await credentialFor(form));
    form.submit();
  } catch (error) {
    // Somebody who closes the question of the browser stays on the page; everything else is worth a line.
    if (error.name !== "NotAllowedError") throw error;
  }
}

if (window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
  for (const form of document.querySelectorAll("form[data-tibs-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", send);
  }
}
