// Saves each answer as it is given. What cannot be sent waits on this device, and is sent later: nothing is lost
// with a connection, a login or a closed tab. The moment of the answer orders messages, whatever their way.
"use strict";

(() => {
  const form = document.querySelector("[data-tibs-autosave]");
  if (!form) return;
  const address = form.dataset.tibsAutosave;
  const store = `tibs:${address}`;
  const state = form.querySelector("[data-tibs-state]");
  let isSending = false;
  let last = 0;

  const read = () => {
    try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
  };
  const keep = (waiting) => {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch { /* without storage, answers are sent at once or by the button */ }
  };
  const say = (text) => { if (state.textContent !== text) state.textContent = text; };

  function answerOf(input) {
    last = Math.max(Date.now(), last + 1);
    const evidence = input.closest("[data-tibs-question]")?.querySelector("[data-tibs-evidence]");
    const value = input.type === "checkbox" ? (input.checked ? "1" : "0") : input.value;
    return {
      area: input.dataset.tibsArea, item: input.dataset.tibsItem, value, sequence: last,
      ...(evidence ? { evidence: evidence.value } : {}),
    };
  }

  function note(input) {
    const answer = answerOf(input);
    const waiting = read();
    waiting[`${answer.area} ${answer.item}`] = answer;
    keep(waiting);
    memory[`${answer.area} ${answer.item}`] = answer;
    send();
  }
  // The same answers in memory, for browsers that refuse storage.
  const memory = {};

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]");

  // After a new login the page's token is old; the page itself, asked again, has a new one.
  async function renewToken() {
    const page = await fetch(window.location.href, { credentials: "same-origin", redirect: "manual" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    const found = fresh.querySelector("[data-tibs-autosave] [name=csrfmiddlewaretoken]");
    if (found) token().value = found.value;
    return Boolean(found);
  }

  async function post(answer) {
    const body = new URLSearchParams({ ...answer, csrfmiddlewaretoken: token().value });
    const controller = new AbortController();
    const limit = setTimeout(() => controller.abort(), 10000);
    try {
      return await fetch(address, {
        method: "POST", body, credentials: "same-origin", redirect: "manual", signal: controller.signal, keepalive: true,
      });
    } finally {
      clearTimeout(limit);
    }
  }

  // True when the answer needs no further message: it is kept, or refused for good.
  async function deliver(answer) {
    let reply = await post(answer);
    if (reply.status === 403 && await renewToken()) reply = await post(answer);
    if (reply.ok) return true;
    if (reply.status === 400) {
      say((await reply.json()).error);
      return true;
    }
    throw new Error(reply.type === "opaqueredirect" || reply.status === 403 ? "expired" : "waiting");
  }

  async function send() {
    if (isSending) return;
    isSending = true;
    try {
      for (let waiting = { ...read(), ...memory }; Object.keys(waiting).length; waiting = { ...read(), ...memory }) {
        const [key, answer] = Object.entries(waiting)[0];
        await deliver(answer);
        const now = read();
        if (now[key]?.sequence === answer.sequence) { delete now[key]; keep(now); }
        if (memory[key]?.sequence === answer.sequence || !now[key]) delete memory[key];
      }
      say(form.dataset.tibsSaved);
    } catch (error) {
      say(error.message === "expired" ? form.dataset.tibsExpired : form.dataset.tibsWaiting);
    } finally {
      isSending = false;
    }
  }

  function showWaiting() {
    for (const answer of Object.values(read())) {
      const own = `[data-tibs-area="${answer.area}"][data-tibs-item="${answer.item}"]`;
      for (const input of form.querySelectorAll(own)) {
        if (input.type === "checkbox") input.checked = answer.value === "1";
        else if (input.value === answer.value) input.checked = true;
      }
    }
  }

  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.dataset.tibsItem) note(input);
    else if ("tibsEvidence" in input.dataset) {
      const chosen = input.closest("[data-tibs-question]").querySelector("input:checked");
      if (chosen) note(chosen);
    }
  });
  form.addEventListener("keydown", (event) => {
    const question = event.target.closest("[data-tibs-question]");
    if (!question || event.target.tagName === "SELECT" || event.ctrlKey || event.altKey || event.metaKey) return;
    const input = [...question.querySelectorAll("[data-tibs-key]")].find((one) => one.dataset.tibsKey === event.key);
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    note(input);
    const all = [...form.querySelectorAll("[data-tibs-question]")];
    const next = all[all.indexOf(question) + 1];
    (next?.querySelector("input:checked") || next?.querySelector("input"))?.focus();
  });
  form.addEventListener("submit", () => keep({}));
  window.addEventListener("online", send);
  setInterval(() => { if (Object.keys(read()).length || Object.keys(memory).length) send(); }, 5000);
  showWaiting();
  if (Object.keys(read()).length) send();
})();
