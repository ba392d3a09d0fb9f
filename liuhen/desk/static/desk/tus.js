"use strict";
/* Films go up piece by piece over the tus protocol; a piece that does not arrive is sent again, from where the server says. */
(() => {
  const TUS = { "Tus-Resumable": "1.0.0" };
  const LEAST = 1 << 20, MOST = 32 << 20, AT_ONCE = 2;
  const WAITS = [1, 2, 5, 10, 20, 30];
  const SLOW = 8; // seconds that a piece should take at most
  const ENDED = "登录已经过期：在另一个窗口登录，再按“继续”";

  const base64 = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes)));
  const told = (pairs) => Object.entries(pairs).filter(([, value]) => value)
    .map(([key, value]) => `${key} ${base64(new TextEncoder().encode(value))}`).join(",");
  const words = (bytes) => {
    for (const [unit, one] of [["GB", 1 << 30], ["MB", 1 << 20], ["KB", 1 << 10]]) if (bytes >= one) return `${(bytes / one).toFixed(1)} ${unit}`;
    return `${bytes} B`;
  };
  const left = (seconds) => seconds < 90 ? `约 ${Math.ceil(seconds)} 秒` : seconds < 5400 ? `约 ${Math.round(seconds / 60)} 分` : `约 ${(seconds / 3600).toFixed(1)} 小时`;

  class Refused extends Error {}

  const ask = (upload, method, url, headers, body, progress) => new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    upload.request = request;
    request.open(method, url);
    for (const [name, value] of Object.entries({ ...TUS, ...headers })) request.setRequestHeader(name, value);
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => done(request);
    request.onerror = request.onabort = () => failed(new Error("line"));
    request.send(body);
  });

  const message = (request) => {
    try { return JSON.parse(request.responseText).message; } catch { return `没有存上（${request.status}）`; }
  };

  class Upload {
    constructor(page, file, known) {
      Object.assign(this, { page, file, url: known?.url || "", offset: known?.offset || 0, state: "waiting", piece: 4 << 20, tries: 0 });
      this.draw();
    }

    draw() {
      const make = (tag, css, text) => { const one = document.createElement(tag); if (css) one.className = css; if (text) one.textContent = text; return one; };
      this.line = make("li", "up");
      this.bar = make("progress");
      this.bar.max = this.file.size;
      this.status = make("p", "sm mut");
      this.pauser = make("button", "btn btn-s", "暂停");
      this.dropper = make("button", "btn btn-s", "不传了");
      for (const button of [this.pauser, this.dropper]) { button.type = "button"; button.setAttribute("aria-label", `${button.textContent} ${this.file.name}`); }
      this.pauser.onclick = () => (this.state === "paused" ? this.resume() : this.pause());
      this.dropper.onclick = () => this.drop();
      const head = make("div", "row"), name = make("b", "grow wrap-any", this.file.name);
      head.append(name, make("span", "sm mut", words(this.file.size)), this.pauser, this.dropper);
      this.line.append(head, this.bar, this.status);
      this.page.list.append(this.line);
      this.show(this.offset ? `从 ${words(this.offset)} 处接着传` : "等待上传");
    }

    show(text, css) {
      this.bar.value = this.offset + (this.sent || 0);
      this.status.textContent = text;
      this.status.className = css || "sm mut";
      this.line.dataset.state = this.state;
    }

    label(text) { this.pauser.textContent = text; this.pauser.setAttribute("aria-label", `${text} ${this.file.name}`); }

    pause() { this.state = "paused"; this.request?.abort(); clearTimeout(this.timer); this.sent = 0; this.label("继续"); this.show(`已暂停，已传 ${words(this.offset)}`); this.page.next(); }
    resume() { this.state = "waiting"; this.tries = 0; this.label("暂停"); this.show("等待上传"); this.page.next(); }

    async drop() {
      this.state = "dropped";
      this.request?.abort();
      clearTimeout(this.timer);
      if (this.url) await ask(this, "DELETE", this.url, {}).catch(() => {});
      this.line.remove();
      this.page.next();
    }

    fail(text) { this.state = "failed"; this.pauser.hidden = true; this.sent = 0; this.show(text, "msg"); this.page.next(); }

    /* Until it is whole, paused or refused; whatever breaks on the way is tried again. */
    async run() {
      this.state = "sending";
      while (this.state === "sending") {
        try {
          if (!this.url) await this.begin(); else if (this.asks) await this.where();
          if (this.state === "sending") await this.send();
          this.tries = 0;
        } catch (error) {
          if (this.state !== "sending") return;
          if (error instanceof Refused) { this.fail(error.message); return; }
          await this.wait(error.message);
        }
      }
    }

    async begin() {
      const { name, size, lastModified } = this.file;
      const metadata = told({ filename: name, filetype: this.file.type, device: this.page.device(), modified: new Date(lastModified).toISOString() });
      const answer = await ask(this, "POST", this.page.begin, { "Upload-Length": size, "Upload-Metadata": metadata });
      if (answer.status !== 201) this.refuse(answer);
      this.url = answer.getResponseHeader("Location");
      this.offset = 0;
    }

    async where() {
      const answer = await ask(this, "HEAD", this.url, {});
      if (answer.status === 404 || answer.status === 410) { this.url = ""; this.offset = 0; this.asks = false; return this.begin(); }
      if (answer.status !== 200) this.refuse(answer);
      this.asks = false;
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.finish(answer);
      return undefined;
    }

    async send() {
      const body = this.file.slice(this.offset, this.offset + this.piece);
      const headers = { "Upload-Offset": this.offset, "Content-Type": "application/offset+octet-stream" };
      /* Only a page that came over a safe line may compute digests. */
      if (window.crypto?.subtle) headers["Upload-Checksum"] = `sha256 ${base64(await crypto.subtle.digest("SHA-256", await body.arrayBuffer()))}`;
      const began = performance.now();
      this.asks = true;
      const answer = await ask(this, "PATCH", this.url, headers, body, (sent) => this.moved(sent, began));
      if (answer.status !== 204) this.refuse(answer);
      this.asks = false;
      this.sent = 0;
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      const seconds = (performance.now() - began) / 1000;
      this.piece = seconds > SLOW ? Math.max(LEAST, this.piece >> 1) : seconds < SLOW / 4 ? Math.min(MOST, this.piece << 1) : this.piece;
      this.finish(answer);
    }

    moved(sent, began) {
      this.sent = sent;
      const rate = sent / ((performance.now() - began) / 1000);
      const rest = this.file.size - this.offset - sent;
      this.show(rest ? `已传 ${words(this.offset + sent)}，${words(rate)}/秒，还要${left(rest / rate)}` : "已传完，正在核对校验值");
    }

    finish(answer) {
      const entry = answer.getResponseHeader("Liuhen-Entry");
      if (!entry) { this.show(`已传 ${words(this.offset)}`); return; }
      this.state = "done";
      this.entry = entry;
      this.pauser.remove();
      this.dropper.remove();
      this.show(`已存入，回执 ${entry.slice(0, 8)}`, "st st-met");
      this.page.next();
    }

    /* What another try may mend, and what it may not. */
    refuse(answer) {
      if (answer.status === 401) { this.pause(); this.show(ENDED, "msg"); throw new Error("paused"); }
      if ([409, 423, 460, 503].includes(answer.status) || (answer.status >= 500 && answer.status !== 507)) throw new Error(message(answer));
      throw new Refused(message(answer));
    }

    wait(why) {
      const seconds = WAITS[Math.min(this.tries, WAITS.length - 1)];
      this.tries += 1;
      this.sent = 0;
      const text = why === "line" ? "连接中断" : why;
      this.show(`${text}，${seconds} 秒后自动再试，已传的不会丢`, "sm st-flag");
      return new Promise((done) => {
        this.timer = setTimeout(done, seconds * 1000);
        window.addEventListener("online", () => { clearTimeout(this.timer); done(); }, { once: true });
      });
    }
  }

  class Page {
    constructor(box) {
      Object.assign(this, { box, begin: box.dataset.uploader, list: box.querySelector("[data-list]"), uploads: [] });
      this.known = JSON.parse(box.querySelector("#unfinished").textContent);
      this.remind();
      box.querySelector("[data-pick]").addEventListener("change", (event) => { this.add([...event.target.files]); event.target.value = ""; });
      box.addEventListener("dragover", (event) => event.preventDefault());
      box.addEventListener("drop", (event) => { event.preventDefault(); this.add([...event.dataTransfer.files]); });
      window.addEventListener("beforeunload", (event) => { if (this.uploads.some((one) => ["sending", "waiting"].includes(one.state))) event.preventDefault(); });
    }

    device() { return this.box.querySelector("[data-device]").value.trim(); }

    /* What was begun before the page was left: the browser may not open a file again by itself. */
    remind() {
      for (const one of this.known) {
        const line = document.createElement("li");
        line.className = "up";
        line.dataset.known = one.id;
        line.textContent = `“${one.name}”上次传了 ${words(one.offset)}，共 ${words(one.size)}：再选一次这个文件，接着传。`;
        this.list.append(line);
      }
    }

    known_as(file) {
      const modified = new Date(file.lastModified).toISOString();
      const found = this.known.find((one) => one.name === file.name && one.size === file.size && (!one.modified || one.modified === modified));
      if (!found) return null;
      this.known = this.known.filter((one) => one !== found);
      this.list.querySelector(`[data-known="${found.id}"]`)?.remove();
      return { url: `${this.begin}${found.id}`, offset: found.offset };
    }

    add(files) {
      for (const file of files) {
        const upload = new Upload(this, file, this.known_as(file));
        upload.asks = Boolean(upload.url);
        this.uploads.push(upload);
        if (!file.size) upload.fail("文件是空的，选择另一个文件");
      }
      this.next();
    }

    next() {
      const busy = this.uploads.filter((one) => one.state === "sending").length;
      for (const upload of this.uploads.filter((one) => one.state === "waiting").slice(0, AT_ONCE - busy)) upload.run().then(() => this.next());
      const done = this.uploads.filter((one) => one.state === "done");
      const open = this.uploads.filter((one) => ["waiting", "sending", "paused", "failed"].includes(one.state));
      if (!done.length) return;
      const then = this.box.dataset.then;
      const href = `${then}${then.includes("?") ? "&" : "?"}${done.map((one) => `recording=${one.entry}`).join("&")}`;
      this.box.querySelector("[data-said]").textContent = `已存入 ${done.length} 个文件`;
      if (!open.length) { location.assign(href); return; }
      this.box.querySelector("[data-on]").hidden = false;
      this.box.querySelector("[data-go]").href = href;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-uploader]");
    if (box) new Page(box);
    /* What the plain form is for, once films go the other way: papers, and what stays on the dedicated device. */
    const plain = document.querySelector("details[data-plain]");
    if (box && plain && !plain.querySelector(".err, #there")) plain.open = false;
  });
})();
