"use strict";
/* A draft saves itself: what changed goes out after a pause; what cannot go out stays in this browser and goes later;
   what somebody else changed is told and never overwritten. */
(() => {
  const PAUSE = 1200, RETRY = 6000, MARK = 500;
  let form, key, dirty = new Map(), timer = 0, sending = null, marked = "", turn = 0, resubmit = false;

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
    if (!name || ["version", "csrfmiddlewaretoken", "action", "title"].includes(name)) return;
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
    if (answer.status === 401) say("登录已过期，文字已留在本机；请在另一窗口登录，再回到本页");
    else if (answer.status === 410) { say((await answer.json()).message); return; }
    else say("没有存上，文字已留在本机，稍后自动再存");
    timer = setTimeout(save, RETRY);
  };

  const apart = (told) => {
    const box = $("apart");
    box.textContent = "";
    const head = document.createElement("h2");
    head.textContent = "另一人刚改过同一处，你写的还没有存";
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
    theirs.textContent = "用对方写的";
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
    say("没有存：另一人刚改过同一处");
    box.focus();
  };

  const show = async (told) => {
    $("counts").innerHTML = told.counts;
    $("checks").innerHTML = told.checks;
    $("others").textContent = told.others;
    if (told.refresh.length) await refresh(told.refresh);
    const paper = document.createElement("template");
    paper.innerHTML = told.paper;
    const images = [...paper.content.querySelectorAll("img")];
    await Promise.allSettled(images.map((image) => image.decode()));
    $("paper").replaceChildren(paper.content);
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

  /* Text that did not reach the server the last time comes back and is sent. */
  const restore = () => {
    let stored;
    try { stored = JSON.parse(localStorage.getItem(key) || "null"); } catch { stored = null; }
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
    key = `draft:${form.dataset.draft}`;
    form.addEventListener("input", (event) => touch(event.target.name ? top(event.target.name) : event.target.dataset.rows || event.target.dataset.files));
    form.addEventListener("change", (event) => touch(event.target.name && top(event.target.name)));
    form.addEventListener("focusin", focused);
    form.addEventListener("submit", submitted);
    document.addEventListener("keydown", pressed);
    addEventListener("online", () => { if (dirty.size) save(); });
    document.addEventListener("visibilitychange", () => { if (document.hidden && dirty.size) save(); });
    restore();
  });
})();
