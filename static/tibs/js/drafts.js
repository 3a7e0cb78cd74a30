// What somebody typed into a form with data-tibs-draft stays in this browser until it was saved, and is offered again:
// after a session that ended, a closed window, a lost connection. It is kept under the reader's public id and the page,
// so that nobody else is offered it, and goes after a week, when it was saved, and when its writer signs out.
// The attribute names the form within its page; data-tibs-unsaved marks one whose words came back with an error.
// A form that is sent to another address, and may come back from there, says on which page it belongs:
// data-tibs-draft-page. A hidden field that tells what its reader sees now has data-tibs-fresh, and is never kept.
"use strict";

(() => {
  const reader = document.body.dataset.tibsReader;
  const MARK = "tibs-draft", SENT = "tibs-draft-sent", WEEK = 7 * 24 * 3600 * 1000;
  const NEVER = new Set(["password", "file", "submit", "button", "reset"]);
  let isLeaving = false;
  if (!reader) return;

  const pageOf = (form) => form.dataset.tibsDraftPage || location.pathname;
  const keyOf = (form) => [MARK, reader, pageOf(form), form.dataset.tibsDraft].join(" ");
  // Where the form may be read or answered: its page, and the address that it is sent to.
  const pathsOf = (form) => [pageOf(form), new URL(form.getAttribute("action") || "", location.href).pathname];
  const fieldsOf = (form) => [...form.elements].filter(
    (one) => one.name && one.name !== "csrfmiddlewaretoken" && !NEVER.has(one.type) && !("tibsFresh" in one.dataset)
  );
  const isChosen = (one) => one.type !== "radio" && one.type !== "checkbox" || one.checked;
  const valueOf = (one) => one.multiple ? [...one.selectedOptions].map((option) => option.value) : one.value;
  const written = (form) => fieldsOf(form).filter(isChosen).map((one) => [one.name, valueOf(one), one.type]);
  // Hidden fields say on what the words rest: they are kept, and do not count as words.
  const words = (fields) => JSON.stringify(fields.filter(([, , type]) => type !== "hidden"));

  function read(key) {
    try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
  }

  function write(key, form) {
    try { localStorage.setItem(key, JSON.stringify({ at: Date.now(), fields: written(form) })); } catch { /* full */ }
  }

  function forget(goes) {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(MARK + " ") && goes(key)) localStorage.removeItem(key);
    }
  }

  function putBack(form, fields) {
    for (const one of fieldsOf(form)) {
      const kept = fields.filter(([name]) => name === one.name).map(([, value]) => value);
      if (one.type === "radio" || one.type === "checkbox") one.checked = kept.includes(one.value);
      else if (one.multiple) for (const option of one.options) option.selected = kept.flat().includes(option.value);
      else if (kept.length) one.value = kept[0];
      if (one.type !== "hidden") one.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function offer(form, key, kept) {
    const box = document.querySelector(`[data-tibs-draft-offer="${form.dataset.tibsDraft}"]`);
    if (!box) return;
    const lang = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;
    const when = new Date(kept.at).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
    box.querySelector("[data-tibs-when]").textContent = when;
    box.hidden = false;
    const fold = box.closest("details");
    if (fold) fold.open = true;
    box.addEventListener("click", (event) => {
      const answer = event.target.closest("button")?.dataset.tibsDraftAnswer;
      if (!answer) return;
      if (answer === "back") putBack(form, kept.fields);
      else localStorage.removeItem(key);
      box.hidden = true;
      form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    });
  }

  function watch(form) {
    const key = keyOf(form), before = words(written(form)), kept = read(key);
    if ("tibsUnsaved" in form.dataset) write(key, form);
    else if (kept && words(kept.fields) !== before) offer(form, key, kept);
    else localStorage.removeItem(key);
    let waits = 0;
    const keep = () => {
      clearTimeout(waits);
      waits = 0;
      if (isLeaving) return;
      if (words(written(form)) !== before || "tibsUnsaved" in form.dataset) write(key, form);
    };
    form.addEventListener("input", () => { clearTimeout(waits); waits = setTimeout(keep, 300); });
    form.addEventListener("submit", () => {
      keep();
      sessionStorage.setItem(SENT, JSON.stringify({ key, paths: pathsOf(form) }));
    });
    addEventListener("pagehide", () => { if (waits) keep(); });
  }

  // The page that says that something was done, and to which the form led, tells that it was saved.
  function clearSaved(forms) {
    const sent = JSON.parse(sessionStorage.getItem(SENT) || "null");
    if (!sent) return;
    const from = document.referrer && new URL(document.referrer).pathname;
    const isDone = document.querySelector("[data-tibs-done]") && sent.paths.includes(from);
    if (isDone) localStorage.removeItem(sent.key);
    // Two versions to choose from are a page between: the form is still on its way.
    if (isDone || forms.length || !sent.paths.includes(location.pathname)) sessionStorage.removeItem(SENT);
  }

  try {
    const forms = document.querySelectorAll("form[data-tibs-draft]");
    forget((key) => !(Date.now() - read(key)?.at < WEEK));
    clearSaved(forms);
    for (const form of forms) watch(form);
    for (const form of document.querySelectorAll("form[data-tibs-sign-out]")) {
      form.addEventListener("submit", () => {
        isLeaving = true;
        forget((key) => key.startsWith(`${MARK} ${reader} `));
      });
    }
  } catch { /* without storage the forms work as they do without JavaScript */ }
})();
