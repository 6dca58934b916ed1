"use strict";
// The picture lies in a box that scrolls; zooming changes its size, moving about is scrolling.
(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const stage = byId("stage");
  const map = stage.querySelector("svg");
  const full = { width: map.width.baseVal.value, height: map.height.baseVal.value };
  const LARGEST = 8, STEP = 1.25, MOVE = 80, SLIP = 4;
  let zoom = 1;
  let whole = true; // the map is fitted to the window, and stays so when that changes

  const fitting = () =>
    Math.min(1, stage.clientWidth / full.width, stage.clientHeight / full.height);

  // Make the map `next` times its size; what lies at (x, y) in the window stays there.
  function zoomTo(next, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    zoom = Math.max(Math.min(next, LARGEST), Math.min(fitting(), 0.1));
    const frame = stage.getBoundingClientRect();
    const before = map.getBoundingClientRect();
    const across = (x + frame.left - before.left) / before.width;
    const down = (y + frame.top - before.top) / before.height;
    map.style.width = `${full.width * zoom}px`;
    map.style.height = `${full.height * zoom}px`;
    const after = map.getBoundingClientRect();
    stage.scrollLeft += after.left + across * after.width - frame.left - x;
    stage.scrollTop += after.top + down * after.height - frame.top - y;
    byId("level").textContent = `${Math.round(zoom * 100)} %`;
    stage.classList.toggle("grab", stage.scrollWidth > stage.clientWidth
      || stage.scrollHeight > stage.clientHeight);
  }

  function showWhole() {
    whole = true;
    zoomTo(fitting());
  }

  function zoomBy(factor, x, y) {
    whole = false;
    zoomTo(zoom * factor, x, y);
  }

  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;

  const KEYS = {
    "+": () => zoomBy(STEP), "=": () => zoomBy(STEP),
    "-": () => zoomBy(1 / STEP), "_": () => zoomBy(1 / STEP),
    "0": showWhole,
    ArrowLeft: () => stage.scrollBy(-MOVE, 0), ArrowRight: () => stage.scrollBy(MOVE, 0),
    ArrowUp: () => stage.scrollBy(0, -MOVE), ArrowDown: () => stage.scrollBy(0, MOVE),
  };
  addEventListener("keydown", (event) => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });

  // A wheel scrolls; with Ctrl, or as a pinch on a touch pad, it zooms where the pointer is.
  stage.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const frame = stage.getBoundingClientRect();
    const factor = Math.exp(-Math.max(-50, Math.min(50, event.deltaY)) / 150);
    zoomBy(factor, event.clientX - frame.left, event.clientY - frame.top);
  }, { passive: false });

  // A mouse drags; fingers scroll by themselves. A slip of the hand is still a click on a link.
  let held = null;
  stage.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button !== 0) return;
    held = { x: event.clientX, y: event.clientY, moved: false };
  });
  stage.addEventListener("pointermove", (event) => {
    if (!held) return;
    const dx = event.clientX - held.x, dy = event.clientY - held.y;
    if (!held.moved && Math.hypot(dx, dy) < SLIP) return;
    if (!held.moved) stage.setPointerCapture(event.pointerId);
    stage.classList.add("grabbed");
    stage.scrollBy(-dx, -dy);
    held = { x: event.clientX, y: event.clientY, moved: true };
  });
  for (const end of ["pointerup", "pointercancel"]) {
    stage.addEventListener(end, () => {
      held = null;
      stage.classList.remove("grabbed");
    });
  }
  stage.addEventListener("dragstart", (event) => event.preventDefault());

  byId("less").addEventListener("click", () => zoomBy(1 / STEP));
  byId("more").addEventListener("click", () => zoomBy(STEP));
  byId("level").addEventListener("click", showWhole);
  byId("theme").addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
  });
  addEventListener("resize", () => { if (whole) showWhole(); });
  document.querySelector("[role=toolbar]").hidden = false;
  if (location.hash) zoomTo(1);
  else showWhole();
})();
