// Saves each answer as it is given. What cannot be sent waits on this device, and is sent later: nothing is lost
// with a connection, a login or a closed tab. The moment of the answer orders messages, whatever their way.
// The page of the result sends, too, and is drawn again (data-tibs-result) when nothing waits any more.
"use strict";

(() => {
  const form = document.querySelector("[data-tibs-autosave]");
  if (!form) return;
  const address = form.dataset.tibsAutosave;
  // One name for each assessment and person: on a shared device nobody sends what somebody else answered.
  const own = form.dataset.tibsPage;
  const store = `tibs:${own}`;
  const state = form.querySelector("[data-tibs-state]");
  let isSending = false;
  let hasEnded = false;
  // What is answered here is newer than what the page was drawn with, however late this device's clock is.
  let last = Number(form.dataset.tibsDrawnAt);
  // Whether the result that is shown lacks answers, and what became of those that it lacks.
  let isBehind = false;
  const came = new Set();

  const read = () => {
    try { return JSON.parse(localStorage.getItem(store)) || {}; } catch { return {}; }
  };
  const keep = (waiting) => {
    try {
      if (Object.keys(waiting).length) localStorage.setItem(store, JSON.stringify(waiting));
      else localStorage.removeItem(store);
    } catch { /* without storage, answers are sent at once or by the button */ }
  };
  // Text that stays the same is not set again: it would be read aloud after each answer.
  const tell = (place, text) => { if (place && place.textContent !== text) place.textContent = text; };
  const say = (text) => tell(state, text);

  // Nothing is saved here any more, which must not be overlooked; a visitor is shown the ways to go on.
  function alarm(isOn, hasWayBack = false) {
    state.classList.toggle("quiet", !isOn);
    state.classList.toggle("questions__ended", isOn);
    const over = form.querySelector("[data-tibs-over]");
    if (!over) return;
    over.hidden = !isOn;
    over.querySelector("[data-tibs-way-back]").hidden = !hasWayBack;
  }

  const keyOf = (answer) => `${answer.area} ${answer.item}`;
  const inputsOf = (answer) =>
    form.querySelectorAll(`[data-tibs-area="${answer.area}"][data-tibs-item="${answer.item}"]`);

  function answerOf(input) {
    last = Math.max(Date.now(), last + 1);
    const evidence = input.closest("[data-tibs-question]")?.querySelector("[data-tibs-evidence]");
    const value = input.type === "checkbox" ? (input.checked ? "1" : "0") : input.value;
    return {
      area: input.dataset.tibsArea, item: input.dataset.tibsItem, value, sequence: last,
      ...(evidence ? { evidence: evidence.value } : {}),
    };
  }

  // Who answers a question of an area has that area.
  function hasArea(input) {
    const out = input.closest("section")?.querySelector("[data-tibs-item=out]");
    if (!out?.checked || out === input) return;
    out.checked = false;
    note(out);
  }

  function note(input) {
    hasArea(input);
    const answer = answerOf(input);
    const waiting = read();
    waiting[keyOf(answer)] = answer;
    keep(waiting);
    memory[keyOf(answer)] = answer;
    send();
  }
  // The same answers in memory, for browsers that refuse storage.
  const memory = {};
  const waits = () => Object.keys(read()).length + Object.keys(memory).length > 0;

  const token = () => form.querySelector("[name=csrfmiddlewaretoken]");

  // After a new login the page's token is old; the page itself, asked again, has a new one.
  async function renewToken() {
    const here = form.dataset.tibsResult || window.location.href;
    const page = await fetch(here, { credentials: "same-origin", redirect: "manual" });
    if (page.status === 404) throw new Error(state.dataset.tibsLost ? "lost" : "ended");
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[data-tibs-autosave]");
    // Somebody else signed in, or the same visitor began anew: these answers are not theirs.
    if (fresh?.dataset.tibsPage !== own) throw new Error(state.dataset.tibsLost ? "lost" : "expired");
    token().value = fresh.querySelector("[name=csrfmiddlewaretoken]").value;
    return true;
  }

  async function post(answer) {
    const link = form.querySelector("[name=token]")?.value || "";
    const body = new URLSearchParams({ ...answer, page: own, token: link, csrfmiddlewaretoken: token().value });
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

  // What the answer came to: "saved", "newer" where a newer one is kept, or the words of a refusal for good.
  async function deliver(answer) {
    let reply = await post(answer);
    if (reply.status === 403 && await renewToken()) reply = await post(answer);
    if (reply.ok) {
      document.dispatchEvent(new Event("tibs:alive"));
      return settle(answer, await reply.json());
    }
    if (reply.status === 400) return (await reply.json()).error;
    if (reply.status === 404) throw new Error("ended");
    if (reply.status === 409) throw new Error("lost");
    throw new Error(reply.type === "opaqueredirect" || reply.status === 403 ? "expired" : "waiting");
  }

  // The button of the page sends only what differs from what is kept; a newer answer than this one is shown.
  function settle(answer, kept) {
    last = Math.max(last, kept.sequence);
    tell(document.querySelector("[data-tibs-left]"), kept.left);
    mark(answer.area, kept.gaps);
    const evidence = "evidence" in answer ? kept.evidence : "";
    const drawn = form.querySelector(`[data-tibs-drawn="${keyOf(answer)}"]`);
    if (drawn) drawn.value = answer.item === "out" && kept.kept === "0" ? "" : `${kept.kept} ${evidence}`.trim();
    if (kept.kept === answer.value && (!evidence || evidence === answer.evidence)) return "saved";
    if ((memory[keyOf(answer)] || answer).sequence === answer.sequence) show({ ...answer, value: kept.kept, evidence });
    return "newer";
  }

  // Which questions of an area the broker should talk about, now that the firm's answers lie so far from theirs.
  function mark(area, gaps) {
    for (const told of form.querySelectorAll(`[data-tibs-gap^="${area} "]`)) {
      const isGap = gaps.includes(told.dataset.tibsGap.slice(area.length + 1));
      told.hidden = !isGap;
      told.closest("[data-tibs-question]").classList.toggle("question--gap", isGap);
    }
  }

  async function send() {
    if (isSending || hasEnded) return;
    isSending = true;
    try {
      for (let waiting = { ...read(), ...memory }; Object.keys(waiting).length; waiting = { ...read(), ...memory }) {
        const [key, answer] = Object.entries(waiting)[0];
        came.add(await deliver(answer));
        const now = read();
        if (now[key]?.sequence === answer.sequence) { delete now[key]; keep(now); }
        if (memory[key]?.sequence === answer.sequence) delete memory[key];
      }
      const refused = [...came].find((one) => one !== "saved" && one !== "newer");
      say(refused || (came.has("newer") ? state.dataset.tibsNewer : state.dataset.tibsSaved));
      alarm(false);
      if (isBehind && (came.has("saved") || came.has("newer"))) drawAgain(refused);
      isBehind = false;
      came.clear();
    } catch (error) {
      hasEnded = error.message === "ended";
      const { tibsEnded: ended, tibsExpired: expired, tibsLost: lost } = state.dataset;
      say({ ended, expired, lost }[error.message] || state.dataset.tibsWaiting);
      alarm(hasEnded || error.message === "lost", !hasEnded);
    } finally {
      isSending = false;
    }
  }

  // A result without the answers that wait is told so, and nothing is made final by it. Another tab may send them.
  function look() {
    if (!form.dataset.tibsResult) return;
    if (isBehind && !waits()) return drawAgain();
    isBehind = waits();
    for (const one of document.querySelectorAll("[data-tibs-behind]")) one.hidden = !isBehind;
    for (const one of document.querySelectorAll("[data-tibs-settled]")) one.hidden = isBehind;
  }

  // The words of a refusal stand on the page that is drawn anew, too.
  function drawAgain(refused) {
    try { if (refused) sessionStorage.setItem(store, refused); } catch { /* they were read here */ }
    if (location.pathname === form.dataset.tibsResult) location.reload();
    else location.replace(form.dataset.tibsResult);
  }

  function sayAgain() {
    try {
      const refused = sessionStorage.getItem(store);
      sessionStorage.removeItem(store);
      if (refused) say(refused);
    } catch { /* without storage nothing is kept */ }
  }

  function show(answer) {
    for (const input of inputsOf(answer)) {
      if (input.type === "checkbox") input.checked = answer.value === "1";
      else if (input.type === "radio") input.checked = input.value === answer.value;
      else input.value = answer.value;
      const evidence = input.closest("[data-tibs-question]")?.querySelector("[data-tibs-evidence]");
      if (evidence && answer.evidence) evidence.value = answer.evidence;
    }
  }

  function changed(input) {
    if (input.dataset.tibsItem) note(input);
    else if ("tibsEvidence" in input.dataset) {
      const chosen = input.closest("[data-tibs-question]").querySelector("input:checked");
      if (chosen) note(chosen);
    }
  }

  // On a slow line a question is answered before this script runs. The form restores nothing by itself, so whatever
  // differs from how it was drawn was answered here.
  function differs(input) {
    if (input.type === "radio") return input.checked && !input.defaultChecked;
    if (input.type === "checkbox") return input.checked !== input.defaultChecked;
    if (!input.options) return false;
    return input.value !== ([...input.options].find((one) => one.defaultSelected) || input.options[0]).value;
  }

  form.addEventListener("change", (event) => changed(event.target));
  // Choices have a name of their own: a key for the page or a row (keys.js) never answers a question.
  form.addEventListener("keydown", (event) => {
    const question = event.target.closest("[data-tibs-question]");
    if (!question || event.target.tagName === "SELECT" || event.ctrlKey || event.altKey || event.metaKey) return;
    const input = [...question.querySelectorAll("[data-tibs-choice]")].find((one) => one.dataset.tibsChoice === event.key);
    if (!input) return;
    event.preventDefault();
    input.checked = true;
    input.focus();
    note(input);
    const all = [...form.querySelectorAll("[data-tibs-question]")];
    const next = all[all.indexOf(question) + 1];
    (next?.querySelector("input:checked") || next?.querySelector("[data-tibs-choice]"))?.focus();
  });
  window.addEventListener("online", send);
  setInterval(() => { if (!isSending) look(); if (waits()) send(); }, 5000);
  [...(form.elements || [])].filter(differs).forEach(changed);
  Object.values(read()).forEach(show);
  if (form.dataset.tibsResult) sayAgain();
  look();
  if (waits()) send();
})();
