"use strict";
/* The error summary takes the focus, so that a screen reader begins with it. */
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.getElementById("errors");
  if (summary) summary.focus();
  const tab = document.querySelector(".tabs [aria-current]");
  if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 16;
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
