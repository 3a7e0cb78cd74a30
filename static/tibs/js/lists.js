// The table and the board of companies: ticking, small menus and dragging.
"use strict";

// Small menus close when the focus leaves them, and open with the focus on their first entry.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches("details[data-tibs-drop]") || !menu.open) return;
  for (const other of document.querySelectorAll("details[data-tibs-drop][open]")) {
    if (other !== menu) other.open = false;
  }
  const first = menu.querySelector("button, select, input:not([type=hidden])");
  if (first) first.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details[data-tibs-drop][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-tibs-drop][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// Dragging sends the same form as the menu of the card; where the menu has no such entry, nothing can be dropped.
let dragged = null;

function entryFor(lane) {
  return dragged && dragged.querySelector(`button[name=to][value="${lane.dataset.tibsLane}"]`);
}

function readyBoard(root) {
  for (const button of root.querySelectorAll(".ticket .drop button[name=to]:first-child")) {
    button.closest(".ticket").draggable = true;
  }
}

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest ? event.target.closest(".ticket[draggable=true]") : null;
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  for (const lane of document.querySelectorAll("[data-tibs-lane]")) lane.classList.toggle("is-open", Boolean(entryFor(lane)));
});

document.addEventListener("dragover", (event) => {
  const lane = event.target.closest("[data-tibs-lane]");
  if (lane && entryFor(lane)) event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const lane = event.target.closest("[data-tibs-lane]");
  const entry = lane && entryFor(lane);
  if (!entry) return;
  event.preventDefault();
  entry.form.requestSubmit(entry);
});

document.addEventListener("dragend", () => {
  dragged = null;
  for (const lane of document.querySelectorAll(".is-open")) lane.classList.remove("is-open");
});

// Ticking: how many, and all of the page at once.
function countTicks(form) {
  const ticks = [...form.querySelectorAll("input[name=company]")];
  const number = ticks.filter((tick) => tick.checked).length;
  const all = form.querySelector("[data-tibs-tick-all]");
  if (all) {
    all.checked = number > 0 && number === ticks.length;
    all.indeterminate = number > 0 && number < ticks.length;
  }
  const said = form.querySelector("[data-tibs-chosen]");
  said.textContent = number ? `${said.dataset.tibsChosen} ${number}` : said.dataset.tibsNone;
  form.classList.toggle("has-ticks", number > 0);
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-tibs-choosing]");
  if (!form) return;
  if (event.target.matches("[data-tibs-tick-all]")) {
    for (const tick of form.querySelectorAll("input[name=company]")) tick.checked = event.target.checked;
  }
  countTicks(form);
});

function readyTicks(root) {
  for (const all of root.querySelectorAll("[data-tibs-tick-all]")) all.hidden = false;
  for (const form of root.querySelectorAll("[data-tibs-choosing]")) countTicks(form);
}

function ready(root) {
  readyBoard(root);
  readyTicks(root);
}

ready(document);
document.addEventListener("htmx:load", (event) => ready(event.detail.elt));
