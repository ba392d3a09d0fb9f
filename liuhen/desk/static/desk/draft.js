"use strict";
/* A draft saves itself: what changed goes out after a pause; what cannot go out stays in this browser and goes later;
   what somebody else changed is told and never overwritten. */
(() => {
  const PAUSE = 1200, RETRY = 6000, MARK = 500;
  let form, kept, key, dirty = new Map(), timer = 0, sending = null, marked = "", turn = 0, resubmit = false, out = false;

  const $ = (id) => document.getElementById(id);
  const top = (name) => name.split(".")[0];
  const say = (words) => { $("saved").textContent = words; };

  const entries = (name) => [...new FormData(form)].filter(([key]) => top(key) === name);

  const keep = () => {
    const fields = Object.fromEntries([...dirty.keys()].map((name) => [name, entries(name)]));
    try {
      if (dirty.size) localStorage.setItem(key, JSON.stringify(fields));
      else localStorage.removeItem(key);
    } catch { /* A browser that keeps nothing still saves over the network. */ }
  };

  const touch = (name) => {
    if (!name || ["version", "window", "csrfmiddlewaretoken", "action", "title"].includes(name)) return;
    dirty.set(name, ++turn);
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  };

  const body = (names, mine) => {
    const data = new FormData();
    for (const name of names) for (const [key, value] of entries(name)) data.append(key, value);
    data.set("dirty", names.join(","));
    data.set("version", form.elements.version.value);
    data.set("window", form.elements.window.value);
    data.set("mark", marked);
    if (mine) data.set("mine", "1");
    return data;
  };

  const send = (data) => fetch(form.dataset.autosave, {
    method: "POST", body: data, credentials: "same-origin",
    headers: { "X-Requested-With": "fetch", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });

  /* Saves what changed; true when nothing is left unsaved. One request at a time, so that answers keep their order. */
  const save = async (mine = false) => {
    clearTimeout(timer);
    while (sending) await sending;
    const names = [...dirty.keys()], turns = new Map(dirty);
    sending = attempt(names, turns, mine);
    try { return await sending; } finally { sending = null; }
  };

  const attempt = async (names, turns, mine) => {
    let answer;
    try {
      if (out && !(await back())) { timer = setTimeout(save, RETRY); return false; }
      answer = await send(body(names, mine));
    } catch {
      say("连接中断，文字已留在本机，连上后自动保存");
      timer = setTimeout(save, RETRY);
      return false;
    }
    if (answer.status === 409) { apart(await answer.json()); return false; }
    if (!answer.ok) { refused(answer); return false; }
    const told = await answer.json();
    for (const name of names) if (dirty.get(name) === turns.get(name)) dirty.delete(name);
    keep();
    form.elements.version.value = told.version;
    if (names.length) say(told.saved);
    $("apart").hidden = true;
    await show(told);
    return dirty.size === 0;
  };

  const refused = async (answer) => {
    if (answer.status === 401 || answer.status === 403) left();
    else if (answer.status === 410) { say((await answer.json()).message); return; }
    else say("没有存上，文字已留在本机，稍后自动再存");
    timer = setTimeout(save, RETRY);
  };

  /* Signed out, or in again in another window: told in the page; nothing goes out until the same person is back. */
  const left = () => {
    const first = !out;
    out = true;
    say("没有存：登录已过期，文字已留在本机");
    $("out").hidden = false;
    if (first) $("out").scrollIntoView({ block: "nearest" });
  };

  const back = async () => {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" });
    if (answer.status === 403) $("out-who").textContent = "现在的账号不能改写这份草稿。文字还在本页，可以复制出来。";
    if (!answer.ok) return false;
    const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("draft");
    if (!there) return false;
    if (there.dataset.person !== form.dataset.person) {
      $("out-who").textContent = `现在登录的是${there.dataset.name}。本页的文字是${form.dataset.name}写的，请用${form.dataset.name}的账号登录。`;
      return false;
    }
    const token = there.elements.csrfmiddlewaretoken.value;
    for (const one of document.querySelectorAll("[name=csrfmiddlewaretoken]")) one.value = token;
    out = false;
    $("out").hidden = true;
    $("out-who").textContent = "";
    return true;
  };

  const apart = (told) => {
    const box = $("apart");
    box.textContent = "";
    const head = document.createElement("h2");
    head.textContent = "同一处刚在别处改过，你写的还没有存";
    const list = document.createElement("ul");
    for (const clash of told.clashes) {
      const item = document.createElement("li");
      item.textContent = `“${clash.label}”：${clash.by} ${clash.at} 改为“${clash.theirs || "（空）"}”`;
      list.append(item);
    }
    const row = document.createElement("p");
    row.className = "row";
    const mine = document.createElement("button"), theirs = document.createElement("button");
    for (const one of [mine, theirs]) { one.type = "button"; one.className = "btn btn-s"; }
    mine.textContent = "用我写的";
    theirs.textContent = "用那边写的";
    mine.onclick = () => { form.elements.version.value = told.version; save(true); };
    theirs.onclick = async () => {
      const names = told.clashes.map((clash) => clash.name);
      names.forEach((name) => dirty.delete(name));
      form.elements.version.value = told.version;
      keep();
      box.hidden = true;
      await refresh(names);
      save();
    };
    row.append(mine, theirs);
    box.append(head, list, row);
    box.hidden = false;
    say("没有存：同一处刚在别处改过");
    box.focus();
  };

  const show = async (told) => {
    $("counts").innerHTML = told.counts;
    $("before-final").innerHTML = told.checks;
    $("others").textContent = told.others;
    if (told.refresh.length) await refresh(told.refresh);
    flag(told.wrong);
    const paper = document.createElement("template");
    paper.innerHTML = told.paper;
    const images = [...paper.content.querySelectorAll("img")];
    await Promise.allSettled(images.map((image) => image.decode()));
    $("paper").replaceChildren(paper.content);
  };

  /* What is filled in and cannot stand is said at its field. */
  const flag = (wrong) => {
    for (const field of form.querySelectorAll("[data-field]")) {
      const message = wrong[field.dataset.field], old = field.querySelector(":scope > .msg");
      if (old && old.textContent === message) continue;
      old?.remove();
      field.classList.toggle("err", Boolean(message));
      if (!message) continue;
      const line = document.createElement("p");
      line.className = "msg";
      line.id = `${field.dataset.field}-e`;
      line.textContent = message;
      field.querySelector(":scope > label, :scope > legend").after(line);
    }
  };

  /* Takes over fields that the server filled in or somebody else changed; never one that is being written here. */
  const refresh = async (names) => {
    const answer = await fetch(location.pathname, { headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const name of names) {
      const here = document.querySelector(`[data-field="${name}"]`);
      const there = page.querySelector(`[data-field="${name}"]`);
      if (here && there && !dirty.has(name) && !here.contains(document.activeElement)) here.replaceWith(document.importNode(there, true));
    }
    window.liuhenForm.applyConditions(form);
  };

  const put = (name, value) => {
    for (const control of form.elements) {
      if (control.name !== name) continue;
      if (control.type === "checkbox" || control.type === "radio") { if (control.value === value) control.checked = true; }
      else control.value = value;
    }
  };

  /* What this person's windows of this draft could not send. */
  const left_behind = () => {
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(kept) && one !== key).sort();
    const found = Object.assign({}, ...keys.map((one) => JSON.parse(localStorage.getItem(one))));
    keys.forEach((one) => localStorage.removeItem(one));
    return found;
  };

  /* Text that did not reach the server the last time comes back and is sent. */
  const restore = () => {
    let stored;
    try { stored = left_behind(); } catch { stored = null; }
    const changed = Object.entries(stored || {}).filter(([name, held]) => JSON.stringify(entries(name)) !== JSON.stringify(held));
    for (const [name, held] of changed) {
      const list = document.querySelector(`[data-rows="${name}"]`);
      if (list) {
        list.replaceChildren();
        for (const index of new Set(held.map(([key]) => key.split(".")[1]))) window.liuhenForm.addRow(name, Number(index));
      }
      for (const [key, value] of held) put(key, value);
      touch(name);
    }
    if (changed.length) { say("已找回上次没有存上的文字，正在保存"); window.liuhenForm.applyConditions(form); document.dispatchEvent(new Event("restored")); }
    else keep();
  };

  const submitted = async (event) => {
    if (resubmit || event.submitter?.value === "discard") { try { localStorage.removeItem(key); } catch { /* nothing kept */ } return; }
    event.preventDefault();
    const stays = !event.submitter || event.submitter.value === "save";
    if (!(await save())) return;
    if (stays && !new FormData(form).has("title")) { say(`已存稿 ${new Date().toTimeString().slice(0, 8)}`); return; }
    resubmit = true;
    form.requestSubmit(event.submitter);
  };

  const pressed = (event) => {
    if (event.altKey && event.code === "KeyS") { event.preventDefault(); $("save").click(); }
    if (event.ctrlKey && event.key === "Enter") { event.preventDefault(); $("finalise").click(); }
  };

  let marking = 0;
  const focused = (event) => {
    const name = event.target.name ? top(event.target.name) : "";
    if (!name || name === marked || !document.querySelector(`[data-field="${name}"]`)) return;
    marked = name;
    clearTimeout(marking);
    marking = setTimeout(() => { if (!dirty.size && !sending) save(); }, MARK);
  };

  document.addEventListener("DOMContentLoaded", () => {
    form = $("draft");
    form.elements.window.value = [...crypto.getRandomValues(new Uint8Array(12))].map((one) => one.toString(16).padStart(2, "0")).join("");
    kept = `draft:${form.dataset.person}:${form.dataset.draft}:`;
    key = kept + form.elements.window.value;
    form.addEventListener("input", (event) => touch(event.target.name ? top(event.target.name) : event.target.dataset.rows || event.target.dataset.files));
    form.addEventListener("change", (event) => touch(event.target.name && top(event.target.name)));
    form.addEventListener("focusin", focused);
    form.addEventListener("submit", submitted);
    document.addEventListener("keydown", pressed);
    addEventListener("online", () => { if (dirty.size) save(); });
    document.addEventListener("visibilitychange", () => { if ((document.hidden || out) && dirty.size) save(); });
    addEventListener("focus", () => { if (out) save(); });
    restore();
  });
})();
