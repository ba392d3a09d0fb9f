"use strict";
/* The player: jumps, speed, the clock of the recording, its line as a way to go, and the moment it stands at for the forms
   beside it. Without it the browser's own controls and the links stay. */
(() => {
  const place = document.querySelector("[data-player]"), media = place?.querySelector("video,audio");
  if (!media) return;
  const SPEEDS = [0.5, 1, 1.5, 2, 4];
  const line = place.querySelector("[data-line]"), cursor = place.querySelector("[data-cursor]");
  const speed = place.querySelector("[data-speed]"), now = place.querySelector("[data-now]"), toggle = place.querySelector("[data-toggle]");
  const starts = Date.parse(place.dataset.starts), told = Number(place.dataset.seconds);
  const length = () => told || media.duration || 0;
  const text = (seconds) => `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, "0")}:${String(Math.floor(seconds) % 60).padStart(2, "0")}`;
  const clock = (seconds) => new Date(starts + 1000 * seconds).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });

  const go = (seconds) => { media.currentTime = Math.max(0, Math.min(seconds, length() || seconds)); };
  const faster = (by) => {
    const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(media.playbackRate) + by))];
    media.playbackRate = next;
  };
  const playing = () => { if (media.paused) media.play(); else media.pause(); };
  const tell = () => {
    const at = media.currentTime;
    now.textContent = `${text(at)} / ${text(length())}${Number.isNaN(starts) ? "" : `　${clock(at)}`}`;
    if (cursor && length()) for (const end of ["x1", "x2"]) cursor.setAttribute(end, `${(100 * at / length()).toFixed(2)}%`);
  };
  // While it plays nobody types a second; the forms follow when it stands.
  const follow = () => {
    for (const field of document.querySelectorAll("[data-t]")) field.value = String(Math.round(10 * media.currentTime) / 10);
  };

  for (const each of place.querySelectorAll("[data-controls]")) each.hidden = false;
  for (const button of place.querySelectorAll("[data-jump]")) button.addEventListener("click", () => go(media.currentTime + Number(button.dataset.jump)));
  toggle.addEventListener("click", playing);
  speed.addEventListener("change", () => { media.playbackRate = Number(speed.value); });
  media.addEventListener("ratechange", () => { speed.value = String(media.playbackRate); });
  for (const name of ["play", "pause"]) media.addEventListener(name, () => { toggle.textContent = media.paused ? "播放" : "暂停"; });
  media.addEventListener("timeupdate", tell);
  media.addEventListener("loadedmetadata", tell);
  for (const name of ["pause", "seeked"]) media.addEventListener(name, follow);
  line?.addEventListener("click", (event) => {
    if (event.target.closest("a")) return;
    const box = line.getBoundingClientRect();
    go(length() * (event.clientX - box.left) / box.width);
  });
  for (const link of document.querySelectorAll("a[data-second]")) link.addEventListener("click", (event) => {
    event.preventDefault();
    go(Number(link.dataset.second));
    media.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input,textarea,select,button,summary,a,video,audio")) return;
    const does = { " ": playing, ArrowLeft: () => go(media.currentTime - 5), ArrowRight: () => go(media.currentTime + 5), ",": () => faster(-1), ".": () => faster(1), m: () => { media.pause(); document.querySelector("[data-mark]")?.focus(); } }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does) return;
    event.preventDefault();
    does();
  });
  tell();
})();
