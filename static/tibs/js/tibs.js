// Small helps for pages that work without them. Behaviour hangs on data-tibs-* attributes only.
"use strict";

function readyCopyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-tibs-copy][hidden]")) button.hidden = false;
}

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.tibsCopy);
  const label = button.textContent;
  button.textContent = button.dataset.tibsCopied;
  setTimeout(() => { button.textContent = label; }, 2000);
}

// Browsers without invoker commands: a button with commandfor still opens and closes its dialog.
function runCommand(button) {
  const dialog = document.getElementById(button.getAttribute("commandfor"));
  if (button.getAttribute("command") === "show-modal") dialog.showModal();
  else dialog.close();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.tibsCopy) copy(button);
  if (!("command" in HTMLButtonElement.prototype) && button.hasAttribute("commandfor")) runCommand(button);
});

readyCopyButtons(document);
document.addEventListener("htmx:load", (event) => readyCopyButtons(event.detail.elt));

// A page of one company leads back to the list as it was left.
function keepList() {
  try {
    if (document.querySelector("[data-tibs-list]")) {
      sessionStorage.setItem("tibs-list", location.pathname + location.search);
      return;
    }
    const kept = sessionStorage.getItem("tibs-list");
    const link = kept && document.querySelector('.crumbs a[href="/companies/"]');
    if (link) link.href = kept;
  } catch { /* without storage the link leads to the whole list */ }
}

keepList();
document.addEventListener("htmx:pushedIntoHistory", keepList);
