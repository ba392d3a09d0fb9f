"use strict";
/* The error summary takes the focus, so that a screen reader begins with it. */
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.getElementById("errors");
  if (summary) summary.focus();
  document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
});
document.addEventListener("click", (event) => { if (event.target.closest("[data-print]")) window.print(); });
