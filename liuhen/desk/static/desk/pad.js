"use strict";
/* The signature pad: strokes by mouse, finger or pen. What is sent are points of a field 3 wide and 1 high, each side in
   thousandths, into which the drawing is fitted with its own proportions. */
(() => {
  const INK = "#14326e", WIDTH = 2.6, FIELD = [3, 1], ROOM = 0.92, GROWTH = 2.5, LEAST = 2;

  const setup = (pad) => {
    const canvas = pad.querySelector("canvas"), pen = canvas.getContext("2d");
    const target = document.getElementById(pad.dataset.pad);
    let strokes = [], current = null;

    const draw = () => {
      const ratio = window.devicePixelRatio || 1, { clientWidth: wide, clientHeight: high } = pad;
      canvas.width = wide * ratio;
      canvas.height = high * ratio;
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      Object.assign(pen, { strokeStyle: INK, lineWidth: WIDTH, lineCap: "round", lineJoin: "round" });
      strokes.forEach(trace);
    };

    const trace = (points) => {
      pen.beginPath();
      pen.moveTo(points[0][0], points[0][1]);
      for (let n = 1; n < points.length; n += 1) {
        const [x, y] = points[n - 1], [nextX, nextY] = points[n];
        pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
      }
      pen.lineTo(...points[points.length - 1]);
      pen.stroke();
    };

    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      return [event.clientX - box.left, event.clientY - box.top];
    };

    const fitted = () => {
      const all = strokes.flat(), xs = all.map(([x]) => x), ys = all.map(([, y]) => y);
      const [left, right, above, below] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const whole = Math.min(FIELD[0] / pad.clientWidth, FIELD[1] / pad.clientHeight);
      const scale = Math.min((ROOM * FIELD[0]) / Math.max(right - left, 1), (ROOM * FIELD[1]) / Math.max(below - above, 1), whole * GROWTH);
      const inField = (value, middle, side) => {
        const share = ((value - middle) * scale + side / 2) / side;
        return Math.round(1000 * Math.min(1, Math.max(0, share)));
      };
      return strokes.map((points) => points.flatMap(([x, y]) => [inField(x, (left + right) / 2, FIELD[0]), inField(y, (above + below) / 2, FIELD[1])]));
    };

    const tell = () => { target.value = strokes.length ? JSON.stringify(fitted()) : ""; pad.classList.toggle("used", strokes.length > 0); };

    /* What was drawn before the form was given back. */
    const restored = () => {
      const whole = Math.min(pad.clientWidth / FIELD[0], pad.clientHeight / FIELD[1]);
      const back = (share, side, whole_, length) => length / 2 + (share / 1000 - 0.5) * side * whole_;
      const pairs = (flat) => Array.from({ length: flat.length / 2 }, (_, n) => [
        back(flat[2 * n], FIELD[0], whole, pad.clientWidth), back(flat[2 * n + 1], FIELD[1], whole, pad.clientHeight),
      ]);
      strokes = target.value ? JSON.parse(target.value).map(pairs) : [];
      pad.classList.toggle("used", strokes.length > 0);
    };

    canvas.addEventListener("pointerdown", (event) => {
      if (event.button > 0) return;
      event.preventDefault();
      canvas.setPointerCapture(event.pointerId);
      current = [at(event)];
      strokes.push(current);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!current) return;
      const moves = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
      for (const move of moves.length ? moves : [event]) {
        const [x, y] = at(move), [lastX, lastY] = current[current.length - 1];
        if (Math.hypot(x - lastX, y - lastY) >= LEAST) current.push([x, y]);
      }
      draw();
    });
    const lifted = () => {
      if (!current) return;
      if (current.length === 1) current.push([current[0][0] + 1, current[0][1] + 1]);
      current = null;
      draw();
      tell();
    };
    canvas.addEventListener("pointerup", lifted);
    canvas.addEventListener("pointercancel", lifted);
    const clear = (pad.closest("[data-sign]") || pad.closest("form")).querySelector("[data-clear]");
    if (clear) clear.addEventListener("click", () => { strokes = []; draw(); tell(); });
    new ResizeObserver(draw).observe(pad);
    restored();
    draw();
  };

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-pad]").forEach(setup));
})();
