// Keys for those who work here all day. Single keys never act while somebody types, and can be switched off.
"use strict";

const KEYS_OFF = "tibs-keys-off";
const ROW = "[data-tibs-row]";

function keysAreOff() {
  try { return localStorage.getItem(KEYS_OFF) === "1"; } catch { return false; }
}

function isTyping(target) {
  return target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio])");
}

function currentRow() {
  return document.activeElement ? document.activeElement.closest(ROW) : null;
}

function stepRow(way) {
  const rows = [...document.querySelectorAll(ROW)];
  const place = rows.indexOf(currentRow());
  const next = rows[place < 0 ? 0 : Math.min(Math.max(place + way, 0), rows.length - 1)];
  const link = next && next.querySelector("h3 a, th a, a, button");
  if (!link) return;
  link.focus();
  next.scrollIntoView({ block: "nearest" });
}

// What a key means in the row that has the focus; where no row has it, what it means for the page itself.
function actOn(key) {
  const row = currentRow();
  const meant = [...(row || document).querySelectorAll(`[data-tibs-key="${key}"]`)];
  const found = meant.find((one) => row || !one.closest(ROW));
  if (!found) return false;
  if (found.matches("summary")) openMenu(found.parentElement);
  else found.click();
  return true;
}

// With the focus inside at once, so that an Enter that follows quickly means the menu.
function openMenu(menu) {
  menu.open = true;
  const first = menu.querySelector("button, select, input:not([type=hidden])");
  if (first) first.focus();
}

function searchHere() {
  const field = document.querySelector("main input[name=q], main input[type=search]");
  if (field) { field.focus(); field.select(); } else open("jump");
}

function open(id) {
  const dialog = document.getElementById(id);
  if (dialog && !dialog.open) dialog.showModal();
}

const SINGLE = {
  "?": () => open("keys"),
  "/": searchHere,
  j: () => stepRow(1),
  k: () => stepRow(-1),
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
    if (!document.getElementById("jump")) return;
    event.preventDefault();
    open("jump");
    return;
  }
  // A part of the page that has used the key has said so.
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || keysAreOff()) return;
  if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (SINGLE[event.key]) {
    event.preventDefault();
    SINGLE[event.key]();
  } else if ("enmxsd".includes(event.key) && actOn(event.key)) {
    event.preventDefault();
  }
});

// The jump box: arrows walk through what was found, Enter opens the first of it.
const jump = document.getElementById("jump");
if (jump) {
  jump.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [jump.querySelector("input[name=q]"), ...jump.querySelectorAll("#jump-results a")];
    const place = stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    stops[Math.min(Math.max(place, 0), stops.length - 1)].focus();
    event.preventDefault();
  });
  jump.addEventListener("submit", (event) => {
    const first = jump.querySelector("#jump-results a");
    if (!first) return;
    event.preventDefault();
    first.click();
  });
}

const toggle = document.querySelector("[data-tibs-keys-toggle]");
if (toggle) {
  toggle.checked = !keysAreOff();
  toggle.addEventListener("change", () => {
    try { localStorage.setItem(KEYS_OFF, toggle.checked ? "0" : "1"); } catch { /* nothing is remembered then */ }
  });
}
