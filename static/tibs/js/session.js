// Says when five minutes of a session are left, and keeps it alive on request. Every page of the site that this browser
// opens moves the end, so what is known of it is shared between windows.
"use strict";

(() => {
  const box = document.querySelector("[data-tibs-session]");
  if (!box) return;
  const { tibsSession: url, tibsIdle: idle, tibsRest: rest } = box.dataset;
  const WARN = Number(box.dataset.tibsWarn) * 1000, KEY = `tibs-session ${document.body.dataset.tibsReader}`;
  const last = Date.now() + Number(rest) * 1000;
  let end = 0;

  function active() {
    end = Math.min(last, Date.now() + Number(idle || rest) * 1000);
    try { localStorage.setItem(KEY, end); } catch { /* each window counts for itself */ }
    look();
  }

  function known() {
    try { return Math.max(end, Math.min(last, Number(localStorage.getItem(KEY)) || 0)); } catch { return end; }
  }

  function look() {
    const left = known() - Date.now();
    const state = left <= 0 ? "over" : left <= WARN ? "soon" : "";
    if (box.dataset.state === state) return;
    box.dataset.state = state;
    box.hidden = !state;
    for (const part of box.querySelectorAll("[data-tibs-when]")) part.hidden = part.dataset.tibsWhen !== state;
  }

  async function stay() {
    const answer = await fetch(url, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (answer?.ok) active();
    else if (answer) { end = 0; try { localStorage.removeItem(KEY); } catch { /* nothing is kept */ } look(); }
  }

  box.querySelector("[data-tibs-stay]").addEventListener("click", stay);
  document.addEventListener("htmx:afterOnLoad", active);
  // Scripts that ask the site themselves say so.
  document.addEventListener("tibs:alive", active);
  document.addEventListener("visibilitychange", look);
  setInterval(look, 5000);
  active();
})();
