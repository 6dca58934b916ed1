
// The map alone fills its window.
mapViewer({
  stage: document.getElementById("stage"),
  bar: document.querySelector("[role=toolbar]"),
  keys: window,
});
themeButton(document.getElementById("theme"));
