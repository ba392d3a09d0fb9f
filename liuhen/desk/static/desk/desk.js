"use strict";
/* The error summary takes the focus, so that a screen reader begins with it. */
document.addEventListener("DOMContentLoaded", () => {
  const summary = document.getElementById("errors");
  if (summary) summary.focus();
});
