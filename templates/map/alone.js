
// The map alone fills its window; on a phone it begins where it can be read.
mapViewer({
  least: matchMedia("(max-width: 700px)").matches ? 0.5 : 0,
  stage: document.getElementById("stage"),
  bar: document.querySelector("[role=toolbar]"),
  keys: window,
});
themeButton(document.getElementById("theme"));
