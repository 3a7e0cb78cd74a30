// Counts what is written into a field, as the server does: one sign for each letter, emoji or line break, and none
// for blanks at both ends. Nothing is cut; too many are marked.
"use strict";

for (const line of document.querySelectorAll("[data-tibs-count]")) {
  const field = document.getElementById(line.dataset.tibsCount);
  const most = Number(line.dataset.tibsMost);
  const count = () => {
    const number = [...field.value.trim()].length;
    line.textContent = line.dataset.tibsWords.replace("{number}", number);
    line.classList.toggle("is-over", number > most);
  };
  field.addEventListener("input", count);
  count();
}
