"use strict";
/* Forms: fields that depend on another one, rows to add and take away, usual wordings, values that came from the case. */
(() => {
  document.documentElement.classList.add("js");

  const told = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));

  const valueOf = (form, name) => {
    const found = [...form.elements].filter((one) => one.name === name && (one.type !== "radio" || one.checked));
    return found.length ? found[0].value : "";
  };

  /* data-if="kind=其他" or "party.party_kind=法人|个体工商户": what is hidden is not sent either. */
  const applyConditions = (form) => {
    for (const box of form.querySelectorAll("[data-if]")) {
      const [name, wanted] = box.dataset.if.split(/=(.*)/s);
      const shown = wanted.split("|").includes(valueOf(form, name));
      box.hidden = !shown;
      for (const control of box.querySelectorAll("input,select,textarea")) control.disabled = !shown;
    }
  };

  const renumber = (list) => {
    [...list.children].forEach((row, n) => {
      row.querySelector(".list-no").textContent = n + 1;
      row.setAttribute("aria-label", row.getAttribute("aria-label").replace(/第 .* 项/, `第 ${n + 1} 项`));
      row.querySelector("[data-remove]").setAttribute("aria-label", `删去第 ${n + 1} 项`);
    });
  };

  const addRow = (name, index) => {
    const list = document.querySelector(`[data-rows="${name}"]`);
    const pattern = document.querySelector(`template[data-pattern="${name}"]`);
    const next = index ?? Math.max(-1, ...[...list.children].map((row) => Number(row.dataset.row))) + 1;
    const holder = document.createElement("template");
    holder.innerHTML = pattern.innerHTML.replaceAll("__n__", next);
    const row = holder.content.firstElementChild;
    list.append(row);
    renumber(list);
    return row;
  };

  const clicked = (event) => {
    const add = event.target.closest("[data-add]");
    const remove = event.target.closest("[data-remove]");
    const phrase = event.target.closest("[data-insert]");
    if (add) {
      event.preventDefault();
      addRow(add.dataset.add).querySelector("input,select,textarea").focus();
    } else if (remove) {
      event.preventDefault();
      const list = remove.closest("[data-rows]");
      remove.closest("[data-row]").remove();
      renumber(list);
      told(list);
      document.querySelector(`[data-add="${list.dataset.rows}"]`).focus();
    } else if (phrase) {
      const field = document.getElementById(phrase.dataset.insert);
      const replaced = phrase.dataset.replace !== undefined;
      field.setRangeText(phrase.textContent, replaced ? 0 : field.selectionStart, replaced ? field.value.length : field.selectionEnd, "end");
      field.focus();
      told(field);
    }
  };

  /* A person chosen from the list of the bureau brings the number of the certificate. */
  const certificate = (input) => {
    if (input.getAttribute("list") !== "list-staff" || !input.name.endsWith(".name")) return;
    const chosen = [...input.list.options].find((option) => option.value === input.value);
    const number = document.getElementById(input.name.replace(/name$/, "certificate_no"));
    if (chosen && number) number.value = chosen.dataset.certificate;
  };

  const typed = (event) => {
    const field = event.target.closest("[data-field]");
    if (field && event.isTrusted) {
      field.classList.remove("pre");
      field.querySelector(":scope > .from")?.remove();
    }
    if (event.target.name) certificate(event.target);
    const form = event.target.form || event.target.closest("form");
    if (form) applyConditions(form);
  };

  /* A number that may be mistyped is told beside its field; the server knows how such numbers are made. */
  const doubt = async (input) => {
    const note = input.parentElement.querySelector("[data-doubt]"), token = document.querySelector("[name=csrfmiddlewaretoken]");
    const asked = new FormData(), beside = input.name.slice(0, -input.dataset.check.length);
    asked.append("name", input.dataset.check);
    asked.append("value", input.value);
    asked.append("owed", input.dataset.owed || "");
    for (const name of ["id_kind", "birth_date"]) asked.append(name, valueOf(input.form, beside + name));
    try {
      const answer = await fetch("/doubt/", { method: "POST", body: asked, headers: { "X-CSRFToken": token.value, "X-Requested-With": "fetch" } });
      const told = answer.ok ? (await answer.json()).doubt : "";
      note.lastElementChild.textContent = told;
      note.hidden = !told;
    } catch { note.hidden = true; }
  };
  const changed = (event) => {
    const field = event.target.dataset.check ? [event.target] : [];
    if (/\.?(id_kind|birth_date)$/.test(event.target.name || "")) field.push(...event.target.form.querySelectorAll("[data-check=id_number]"));
    for (const input of field) doubt(input);
  };

  document.addEventListener("change", changed);
  document.addEventListener("click", clicked);
  document.addEventListener("input", typed);
  /* A link of an error summary opens what is folded around the field. */
  const reach = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    target.closest("[data-field]")?.querySelectorAll("details.fold").forEach((one) => { one.open = true; });
    const control = target.matches("input,select,textarea") ? target : target.querySelector("input:not([type=hidden]),select,textarea");
    (control || target).focus();
  };
  addEventListener("hashchange", reach);
  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("form").forEach(applyConditions));
  window.liuhenForm = { applyConditions, addRow };
})();
