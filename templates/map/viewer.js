"use strict";
// The picture lies in a box that scrolls; zooming changes its size, moving about is scrolling.
// `stage` is the box, `bar` its buttons (`data-do`), `keys` who hears the keyboard, `least` and
// `most` the limits between which the picture is fitted to its box at first. Not `alone`, its page
// goes on below it, and the box is as high as the picture.
function mapViewer({ stage, bar, keys, least = 0, most = 1, alone = true }) {
  const map = stage.querySelector("svg");
  const full = { width: map.width.baseVal.value, height: map.height.baseVal.value };
  const LARGEST = 8, STEP = 1.25, MOVE = 80, SLIP = 4;
  const level = bar.querySelector("[data-do=level]");
  let zoom = 1;
  let whole = true; // the map is fitted to the window, and stays so when that changes

  const fitting = () => Math.min(
    most, stage.clientWidth / full.width, alone ? stage.clientHeight / full.height : Infinity);

  // Make the map `next` times its size; what lies at (x, y) in the box stays there.
  function zoomTo(next, x = stage.clientWidth / 2, y = stage.clientHeight / 2) {
    zoom = Math.max(Math.min(next, LARGEST), Math.min(fitting(), 0.1));
    const frame = stage.getBoundingClientRect();
    const before = map.getBoundingClientRect();
    const across = (x + frame.left - before.left) / before.width;
    const down = (y + frame.top - before.top) / before.height;
    map.style.minWidth = "0";
    map.style.maxWidth = "none";
    map.style.width = `${full.width * zoom}px`;
    map.style.height = `${full.height * zoom}px`;
    const after = map.getBoundingClientRect();
    stage.scrollLeft += after.left + across * after.width - frame.left - x;
    stage.scrollTop += after.top + down * after.height - frame.top - y;
    level.textContent = `${Math.round(zoom * 100)} %`;
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

  // Bring a part of the map into the middle of the box.
  function show(part) {
    const frame = stage.getBoundingClientRect();
    const box = part.getBoundingClientRect();
    stage.scrollBy(
      box.left + box.width / 2 - frame.left - frame.width / 2,
      box.top + box.height / 2 - frame.top - frame.height / 2);
  }

  const KEYS = {
    "+": () => zoomBy(STEP), "=": () => zoomBy(STEP),
    "-": () => zoomBy(1 / STEP), "_": () => zoomBy(1 / STEP),
    "0": showWhole,
    ArrowLeft: () => stage.scrollBy(-MOVE, 0), ArrowRight: () => stage.scrollBy(MOVE, 0),
    ArrowUp: () => stage.scrollBy(0, -MOVE), ArrowDown: () => stage.scrollBy(0, MOVE),
  };
  keys.addEventListener("keydown", (event) => {
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

  // Two fingers pinch; one scrolls by itself.
  let apart = 0;
  const between = ([one, other]) =>
    Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  stage.addEventListener("touchstart", (event) => {
    apart = event.touches.length === 2 ? between(event.touches) : 0;
  }, { passive: true });
  stage.addEventListener("touchmove", (event) => {
    if (!apart || event.touches.length !== 2) return;
    event.preventDefault();
    const [one, other] = event.touches;
    const frame = stage.getBoundingClientRect();
    const now = between(event.touches);
    zoomBy(now / apart, (one.clientX + other.clientX) / 2 - frame.left,
      (one.clientY + other.clientY) / 2 - frame.top);
    apart = now;
  }, { passive: false });

  // A mouse drags. A slip of the hand is still a click on a link.
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

  bar.querySelector("[data-do=less]").addEventListener("click", () => zoomBy(1 / STEP));
  bar.querySelector("[data-do=more]").addEventListener("click", () => zoomBy(STEP));
  level.addEventListener("click", showWhole);
  const begin = () => zoomTo(Math.max(fitting(), least));
  addEventListener("resize", () => { if (whole) begin(); });
  bar.hidden = false;
  whole = !alone || !location.hash;
  if (whole) begin(); else zoomTo(1);
  if (!alone || (whole && zoom > fitting())) stage.scrollTo(0, 0);
  return { show };
}

// The reader's own choice of light or dark goes over that of the system.
function themeButton(button) {
  const root = document.documentElement;
  const isDark = () => root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  button.addEventListener("click", () => { root.dataset.theme = isDark() ? "light" : "dark"; });
  button.hidden = false;
}
