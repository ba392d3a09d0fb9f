"use strict";
/* Lists by keyboard: Enter goes down and adds a row after the last one, up and down go along a column; lines of a spreadsheet
   are pasted as rows; quantities add up. */
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

  /* Lines copied from a spreadsheet fill the rows from the one that is pasted into; a first line of our column names says which
     column is which, in any order, and what we do not ask for is left out. */
  const labels = (row) => new Map([...row.querySelectorAll("label[for]")].map((label) => [label.firstChild.textContent.trim(), document.getElementById(label.htmlFor)?.name]).filter(([, name]) => name).map(([label, name]) => [label, name.split(".").slice(2).join(".")]));
  const fill = (control, text) => {
    if (control.tagName !== "SELECT") { control.value = text; return; }
    const option = [...control.options].find((one) => one.text.trim() === text);
    if (option) control.value = option.value;
  };
  const pasted = (event) => {
    const input = event.target, row = input.closest?.("[data-rows] > [data-row]");
    const text = (event.clipboardData?.getData("text/plain") || "").replace(/\r\n?/g, "\n").replace(/\n+$/, "");
    if (!row || !(text.includes("\t") || (input.tagName === "INPUT" && text.includes("\n")))) return;
    event.preventDefault();
    const known = labels(row), list = row.parentElement, lines = text.split("\n").map((line) => line.split("\t").map((one) => one.trim()));
    const names = [...known.values()], named = lines[0].filter((one) => known.has(one)).length > 1;
    const order = named ? lines.shift().map((one) => known.get(one) || "") : names.slice(names.indexOf(column(input)));
    let at = row;
    for (const line of lines.filter((cells) => cells.some(Boolean))) {
      at ||= window.liuhenForm.addRow(list.dataset.rows);
      line.forEach((value, n) => { const control = order[n] && cell(at, order[n]); if (control) fill(control, value); });
      at = at.nextElementSibling;
    }
    list.dispatchEvent(new Event("input", { bubbles: true }));
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
  document.addEventListener("paste", pasted);
  document.addEventListener("input", totals);
  document.addEventListener("DOMContentLoaded", totals);
  new MutationObserver(totals).observe(document.documentElement, { childList: true, subtree: true });
})();
