"use strict";
/* Lists by keyboard: Enter goes down and adds a row after the last one, up and down go along a column; quantities add up. */
(() => {
  const column = (input) => input.name.split(".").slice(2).join(".");
  const cell = (row, name) => row?.querySelector(`[name$=".${CSS.escape(name)}"]:not([type=hidden]):not([disabled])`);
  const filled = (row) => [...row.querySelectorAll("input:not([type=hidden]),textarea")].some((one) => one.type !== "radio" && one.type !== "checkbox" && one.value.trim());

  const go = (row, name) => {
    const target = cell(row, name) || row?.querySelector("input:not([type=hidden]),select,textarea");
    if (!target) return;
    target.focus();
    if (target.select) target.select();
  };

  const pressed = (event) => {
    const input = event.target, row = input.closest?.("[data-rows] > [data-row]");
    if (!row || input.tagName !== "INPUT" || event.ctrlKey || event.altKey || event.isComposing) return;
    const down = event.key === "Enter" || (event.key === "ArrowDown" && !input.list);
    const up = event.key === "ArrowUp" && !input.list;
    if (!(down || up) || ["date", "datetime-local", "radio", "checkbox", "file"].includes(input.type)) return;
    event.preventDefault();
    const list = row.parentElement;
    const next = up ? row.previousElementSibling : row.nextElementSibling;
    if (next) go(next, column(input));
    else if (event.key === "Enter" && filled(row)) go(window.liuhenForm.addRow(list.dataset.rows), list.querySelector("[name]:not([type=hidden])").name.split(".").slice(2).join("."));
  };

  // Quantities are added in millionths, whole numbers: 0.1 and 0.2 are 0.3.
  const MICRO = 1e6;
  const number = (text) => { const plain = text.normalize("NFKC").replace(/[\s,]/g, ""); return /^\d+(\.\d{1,6})?$/.test(plain) ? Math.round(Number(plain) * MICRO) : 0; };

  const totals = () => {
    for (const line of document.querySelectorAll("[data-totals]")) {
      const rows = [...document.querySelectorAll(`[data-rows="${line.dataset.totals}"] > [data-row]`)].filter(filled);
      const sums = new Map();
      for (const row of rows) {
        const quantity = number(cell(row, "quantity")?.value || ""), unit = (cell(row, "unit")?.value || "").trim();
        if (quantity) sums.set(unit, (sums.get(unit) || 0) + quantity);
      }
      const said = [...sums].map(([unit, sum]) => `${(sum / MICRO).toLocaleString("zh-CN", { maximumFractionDigits: 6 })}${unit}`).join("，");
      const sum = line.querySelector("[data-sum]"), text = rows.length ? `合计 ${rows.length} 项${said ? `：${said}` : ""}` : "";
      if (sum.textContent !== text) sum.textContent = text;
    }
  };

  document.addEventListener("keydown", pressed);
  document.addEventListener("input", totals);
  document.addEventListener("DOMContentLoaded", totals);
  new MutationObserver(totals).observe(document.documentElement, { childList: true, subtree: true });
})();
