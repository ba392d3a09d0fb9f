"use strict";
/* The sketch: lines, boxes, words and photo pins on a field of 1000 by 700, by mouse, finger or pen. What is sent is SVG made
   of these few elements; the server reads nothing else, and nothing of what it sends back is put into the page as markup. */
(() => {
  const SVG = "http://www.w3.org/2000/svg", WIDE = 1000, HIGH = 700, LEAST = 6, NEAR = 24;
  const HEAD = `<svg xmlns="${SVG}" viewBox="0 0 ${WIDE} ${HIGH}">`;
  const escaped = (text) => text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const numbers = (element, ...names) => names.map((name) => Number(element.getAttribute(name)));

  const READ = {
    polyline: (e) => ({ t: "line", p: (e.getAttribute("points") || "").trim().split(/[\s,]+/).map(Number) }),
    rect: (e) => { const [x, y, w, h] = numbers(e, "x", "y", "width", "height"); return { t: "box", p: [x, y, x + w, y + h] }; },
    text: (e) => ({ t: "text", p: numbers(e, "x", "y"), s: e.textContent }),
    g: (e) => ({ t: "pin", p: numbers(e.querySelector("circle"), "cx", "cy"), s: e.querySelector("text").textContent, photo: e.getAttribute("data-photo") || "", name: e.querySelector("title")?.textContent || "" }),
  };
  const WRITE = {
    line: (s) => `<polyline points="${s.p.reduce((all, n, i) => all + (i ? (i % 2 ? "," : " ") : "") + n, "")}"/>`,
    box: (s) => `<rect x="${Math.min(s.p[0], s.p[2])}" y="${Math.min(s.p[1], s.p[3])}" width="${Math.abs(s.p[2] - s.p[0])}" height="${Math.abs(s.p[3] - s.p[1])}"/>`,
    text: (s) => `<text x="${s.p[0]}" y="${s.p[1]}" fill="#111" stroke="none">${escaped(s.s)}</text>`,
    pin: (s) => `<g${s.photo ? ` data-photo="${escaped(s.photo)}"` : ""}>${s.name ? `<title>${escaped(s.name)}</title>` : ""}<circle cx="${s.p[0]}" cy="${s.p[1]}" r="16"/><text x="${s.p[0]}" y="${s.p[1] + 8}">${escaped(s.s)}</text></g>`,
  };

  const read = (text) => {
    if (!text) return [];
    try {
      const root = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
      return [...root.children].map((element) => READ[element.localName]?.(element)).filter((shape) => shape && shape.p.every(Number.isFinite));
    } catch { return []; }
  };
  const written = (shapes) => (shapes.length ? `${HEAD}${shapes.map((shape) => WRITE[shape.t](shape)).join("")}</svg>` : "");

  const make = (name, attributes, text) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const DRAW = {
    line: (s) => [make("polyline", { points: s.p.join(" ") })],
    box: (s) => [make("rect", { x: Math.min(s.p[0], s.p[2]), y: Math.min(s.p[1], s.p[3]), width: Math.abs(s.p[2] - s.p[0]), height: Math.abs(s.p[3] - s.p[1]) })],
    text: (s) => [make("text", { x: s.p[0], y: s.p[1] }, s.s)],
    pin: (s) => [make("circle", { cx: s.p[0], cy: s.p[1], r: 16 }), make("text", { x: s.p[0], y: s.p[1] + 8, class: "sketch-pin" }, s.s)],
  };

  const far = (shape, x, y) => {
    const points = shape.t === "box" ? [shape.p[0], shape.p[1], shape.p[2], shape.p[1], shape.p[2], shape.p[3], shape.p[0], shape.p[3], shape.p[0], shape.p[1]] : shape.p;
    let least = Infinity;
    for (let n = 0; n < points.length; n += 2) {
      const [ax, ay] = [points[n], points[n + 1]], [bx, by] = n + 3 < points.length ? [points[n + 2], points[n + 3]] : [ax, ay];
      const length = (bx - ax) ** 2 + (by - ay) ** 2;
      const along = length ? Math.max(0, Math.min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length)) : 0;
      least = Math.min(least, Math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay)));
    }
    return shape.t === "text" ? (y > shape.p[1] - 34 && y < shape.p[1] + 10 && x > shape.p[0] - 10 && x < shape.p[0] + 28 * shape.s.length + 10 ? 0 : least) : least;
  };

  const setup = (pad) => {
    if (pad.dataset.ready) return;
    pad.dataset.ready = "1";
    const field = pad.querySelector("svg"), target = pad.querySelector("input[type=hidden]"), said = pad.querySelector("[data-said]");
    const words = pad.querySelector("[data-words]"), photos = pad.querySelector("[data-photos]");
    let past = [], ahead = [], shapes = read(target.value), tool = "line", current = null;

    const draw = () => {
      field.replaceChildren(...[...shapes, ...(current ? [current] : [])].flatMap((shape) => DRAW[shape.t](shape)));
      pad.querySelector("[data-do=undo]").disabled = !past.length;
      pad.querySelector("[data-do=redo]").disabled = !ahead.length;
      pad.querySelector("[data-do=clear]").disabled = !shapes.length;
    };
    const tell = () => {
      target.value = written(shapes);
      target.dispatchEvent(new Event("input", { bubbles: true }));
      draw();
    };
    const change = (next) => { past.push(shapes); ahead = []; shapes = next; tell(); };
    const back = () => { if (past.length) { ahead.push(shapes); shapes = past.pop(); tell(); } };
    const forth = () => { if (ahead.length) { past.push(shapes); shapes = ahead.pop(); tell(); } };

    const at = (event) => {
      const box = field.getBoundingClientRect();
      const inside = (value, side) => Math.round(Math.min(side, Math.max(0, value)));
      return [inside(((event.clientX - box.left) / box.width) * WIDE, WIDE), inside(((event.clientY - box.top) / box.height) * HIGH, HIGH)];
    };

    const place = ([x, y]) => {
      said.textContent = "";
      if (tool === "text") {
        const text = words.value.trim();
        if (!text) { said.textContent = "先写文字，再点图上的位置"; words.focus(); return; }
        words.value = "";
        change([...shapes, { t: "text", p: [x, y], s: text }]);
      } else if (tool === "pin") {
        const number = Math.max(0, ...shapes.filter((s) => s.t === "pin").map((s) => Number(s.s) || 0)) + 1;
        const chosen = photos.selectedOptions[0];
        change([...shapes, { t: "pin", p: [x, y], s: String(number), photo: photos.value, name: photos.value ? chosen.textContent.trim().slice(0, 60) : "" }]);
      } else {
        const nearest = shapes.map((shape) => [far(shape, x, y), shape]).sort((a, b) => a[0] - b[0])[0];
        if (nearest && nearest[0] <= NEAR) change(shapes.filter((shape) => shape !== nearest[1]));
      }
    };

    field.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      event.preventDefault();
      field.focus();
      const point = at(event);
      if (!["line", "free", "box"].includes(tool)) { place(point); return; }
      field.setPointerCapture(event.pointerId);
      current = { t: tool === "box" ? "box" : "line", p: [...point, ...point] };
      draw();
    });
    field.addEventListener("pointermove", (event) => {
      if (!current) return;
      const [x, y] = at(event);
      if (tool === "free") {
        const [lastX, lastY] = current.p.slice(-2);
        if (Math.hypot(x - lastX, y - lastY) >= LEAST) current.p.push(x, y);
      } else current.p.splice(2, 2, x, y);
      draw();
    });
    const lifted = (event) => {
      if (!current) return;
      const shape = current, [x, y] = shape.p;
      current = null;
      const moved = shape.p.some((value, n) => Math.abs(value - (n % 2 ? y : x)) >= LEAST);
      if (event.type === "pointerup" && moved) change([...shapes, shape]);
      else draw();
    };
    field.addEventListener("pointerup", lifted);
    field.addEventListener("pointercancel", lifted);

    pad.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if (button.dataset.tool) {
        tool = button.dataset.tool;
        pad.querySelectorAll("[data-tool]").forEach((one) => one.setAttribute("aria-pressed", String(one === button)));
        pad.querySelectorAll("[data-for]").forEach((one) => { one.hidden = one.dataset.for !== tool; });
        if (tool === "text") words.focus();
      } else if (button.dataset.do === "undo") back();
      else if (button.dataset.do === "redo") forth();
      else if (button.dataset.do === "clear") change([]);
    });
    pad.addEventListener("keydown", (event) => {
      if (event.target === words) { if (event.key === "Enter") event.preventDefault(); return; }
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "z") return;
      event.preventDefault();
      if (event.shiftKey) forth(); else back();
    });
    document.addEventListener("restored", () => { shapes = read(target.value); past = []; ahead = []; draw(); });
    draw();
  };

  const all = () => document.querySelectorAll("[data-sketch]").forEach(setup);
  document.addEventListener("DOMContentLoaded", () => { all(); new MutationObserver(all).observe(document.body, { childList: true, subtree: true }); });
})();
