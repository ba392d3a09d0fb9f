"use strict";
/* Files go up one after another, with progress; what is stored is offered at once where it is to be chosen. */
(() => {
  const send = (url, file, fields, progress) => new Promise((done, failed) => {
    const data = new FormData();
    for (const [name, value] of fields) data.append(name, value);
    if (file) data.append("file", file);
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("X-CSRFToken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onload = () => {
      let told = {};
      try { told = JSON.parse(request.responseText); } catch { told = { message: request.responseText.slice(0, 200) }; }
      if (request.status === 200) done(told); else failed(Object.assign(new Error(told.message || "没有存上，请再试一次"), { fields: [], ...told }));
    };
    request.onerror = () => failed(new Error("连接中断，没有存上，请再试一次"));
    request.send(data);
  });

  const percent = (part) => `${Math.floor(part * 100)}%`;

  /* Within a form: the stored file becomes a box that is ticked. */
  const into = async (input) => {
    const field = input.closest("[data-field]") || input.closest("fieldset");
    const list = field.querySelector(`[data-files="${input.dataset.into}"]`);
    const status = field.querySelector("[role=status]"), refused = [];
    for (const file of [...input.files]) {
      const fields = [["what", input.dataset.what], ["ajax", "1"], ["media", input.dataset.media || ""]];
      try {
        const told = await send(input.dataset.upload, file, fields, (part) => { status.textContent = `正在存入 ${file.name} ${percent(part)}`; });
        list.append(pick(input.dataset.into, told));
        field.querySelector("[data-none]")?.remove();
        status.textContent = `已存入 ${told.name}`;
      } catch (error) {
        if (error.stored) { choose(list, input.dataset.into, error.stored); status.textContent = `${error.where}已经选上。`; continue; }
        refused.push(`${file.name}：${error.message}`);
      }
    }
    if (refused.length) status.textContent = refused.join("；");
    status.classList.toggle("bad", refused.length > 0);
    input.value = "";
    list.dispatchEvent(new Event("input", { bubbles: true }));
  };

  /* A file that the case has already is chosen where it stands, else brought here. */
  const choose = (list, name, told) => {
    const boxes = [...list.closest("[data-field], fieldset").querySelectorAll("input[type=checkbox]")];
    const box = boxes.find((one) => one.name === name && one.value.startsWith(`${told.digest}|`));
    if (box) box.checked = true; else list.append(pick(name, told));
    list.closest("[data-field], fieldset").querySelector("[data-none]")?.remove();
  };

  const pick = (name, told) => {
    const label = document.createElement("label");
    label.className = "pick";
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name, value: `${told.digest}|${told.name}`, checked: true });
    const words = document.createElement("span");
    words.textContent = told.name;
    label.append(box);
    if (told.image) { const image = new Image(); image.src = told.href; image.alt = ""; label.append(image); }
    label.append(words);
    return label;
  };

  /* The page for recordings: one form, one file or several, a bar for each. */
  const whole = async (form, event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (!files.length || event.submitter?.name === "tie") return;
    event.preventDefault();
    const list = form.querySelector("[data-bars]");
    const fields = [...new FormData(form)].filter(([name]) => name !== "file" && name !== "csrfmiddlewaretoken");
    form.classList.add("busy");
    let failed = 0;
    for (const file of files) {
      const line = document.createElement("li"), bar = document.createElement("progress"), words = document.createElement("span");
      bar.max = 1;
      words.textContent = `正在存入 ${file.name}`;
      line.append(words, bar);
      list.append(line);
      try {
        await send(form.action, file, [...fields, ["ajax", "1"]], (part) => {
          bar.value = part;
          words.textContent = part < 1 ? `正在存入 ${file.name}，${percent(part)}` : `${file.name} 已传完，正在核对校验值`;
        });
        words.textContent = `已存入 ${file.name}`;
      } catch (error) {
        failed += 1;
        words.textContent = `${file.name}：${error.message}`;
        words.className = "msg";
        bar.remove();
        if (error.fields.includes("late_reason")) ask();
        if (error.tie) offer(form, line, words, error);
      }
    }
    form.classList.remove("busy");
    if (!failed) location.assign(form.dataset.then);
  };

  /* A file that is there already may be tied to what the form says instead. */
  const offer = (form, line, words, there) => {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-s", textContent: "归入已存的文件" });
    words.textContent = `${there.message}。${there.where}`;
    line.append(button);
    button.addEventListener("click", async () => {
      const given = [...new FormData(form)].filter(([name]) => name === "document" || name === "duty");
      try {
        await send(form.action, null, [...given, ["tie", there.tie], ["ajax", "1"]], () => {});
        location.assign(form.dataset.then);
      } catch (error) { words.textContent = error.message; }
    });
  };

  /* The reason for being late is asked for when it is late; the end is guessed from the file. */
  const DAY = 24 * 3600 * 1000;
  const late = () => {
    const box = document.querySelector("[data-late]"), to = document.getElementById("to");
    if (box && to) box.classList.toggle("vh-late", !to.value || Date.now() - new Date(to.value).getTime() <= DAY);
  };
  /* The server's clock decides, not the device's: when it says late, the reason is asked for and stays. */
  const ask = () => {
    const box = document.querySelector("[data-late]");
    box?.removeAttribute("data-late");
    box?.classList.remove("vh-late");
  };
  const guess = (input) => {
    const to = document.getElementById("to");
    if (!to || to.value || !input.files.length) return;
    const made = new Date(Math.max(...[...input.files].map((file) => file.lastModified)));
    const local = new Date(made.getTime() - made.getTimezoneOffset() * 60000);
    to.value = local.toISOString().slice(0, 19);
    late();
  };
  document.addEventListener("DOMContentLoaded", late);
  document.addEventListener("input", (event) => { if (event.target.id === "to") late(); });

  document.addEventListener("change", (event) => {
    if (event.target.id === "file") guess(event.target);
    if (event.target.dataset.upload) into(event.target);
  });
  document.addEventListener("submit", (event) => { if (event.target.dataset.then) whole(event.target, event); });
})();
