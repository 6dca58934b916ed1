
// What a report can do on a screen: its map moves, its rows and the map show each other, its tables
// can be sorted. Without all this it is complete.
(() => {
  const words = document.getElementById("words").dataset;
  themeButton(document.getElementById("theme"));

  for (const report of document.querySelectorAll("article")) {
    const figure = report.querySelector(".picture:has(.stage)");
    if (figure) onMap(report, figure);
  }
  document.querySelectorAll("table").forEach(sortable);

  function onMap(report, figure) {
    const stage = figure.querySelector(".stage");
    const tallest = Math.max(320, innerHeight * 0.8);
    const map = stage.querySelector("svg");
    figure.classList.add("live");
    const viewer = mapViewer({
      stage, bar: figure.querySelector(".bar"), keys: stage, least: 0.5, most: 1.25, alone: false,
    });
    stage.style.height = `${Math.min(map.getBoundingClientRect().height + 2, tallest)}px`;

    // An element's id on the map is `vsm-HASH-KIND-KEY`, where the key has no odd characters.
    const plain = (key) => key.replace(/[^A-Za-z0-9_-]+/g, "-");
    const groups = new Map();
    for (const group of map.querySelectorAll("g[id]")) {
      const found = /^vsm-[0-9a-f]{8}-[a-z]+-(.+)$/.exec(group.id);
      if (found) groups.set(found[1], [...(groups.get(found[1]) ?? []), group]);
    }
    const rows = new Map();
    for (const row of report.querySelectorAll("[data-on]")) {
      const key = plain(row.dataset.on);
      if (!groups.has(key)) continue;
      rows.set(key, [...(rows.get(key) ?? []), row]);
      link(row, key);
    }
    const light = (key, on) => {
      for (const one of [...(groups.get(key) ?? []), ...(rows.get(key) ?? [])]) {
        one.classList.toggle("lit", on);
      }
    };
    for (const [key, found] of [...groups, ...rows]) {
      for (const one of found) {
        one.addEventListener("pointerenter", () => light(key, true));
        one.addEventListener("pointerleave", () => light(key, false));
        one.addEventListener("focusin", () => light(key, true));
        one.addEventListener("focusout", () => light(key, false));
      }
    }
    for (const [key, found] of groups) {
      if (!rows.has(key)) continue;
      for (const one of found) {
        one.addEventListener("click", (event) => {
          if (event.target.closest("a")) return;
          const row = rows.get(key).find((each) => each.matches("tr") && each.checkVisibility());
          if (!row) return;
          row.scrollIntoView({ block: "center" });
          row.querySelector("a.to-map")?.focus({ preventScroll: true });
        });
      }
    }

    // The name in a row becomes a link to its place on the map.
    function link(row, key) {
      const name = row.querySelector("th");
      const target = groups.get(key)[0];
      if (!name || name.querySelector("a")) return;
      const text = name.firstChild;
      if (!text || text.nodeType !== Node.TEXT_NODE || !text.data.trim()) return;
      const anchor = document.createElement("a");
      anchor.className = "to-map";
      anchor.href = `#${target.id}`;
      anchor.title = words.show;
      text.replaceWith(anchor);
      anchor.append(text);
      anchor.addEventListener("click", (event) => {
        event.preventDefault();
        figure.scrollIntoView({ block: "center" });
        viewer.show(target);
        light(key, true);
        target.classList.add("shown");
        setTimeout(() => target.classList.remove("shown"), 1600);
      });
    }
  }

  function sortable(table) {
    const body = table.tBodies[0];
    if (!body || body.rows.length < 3 || table.querySelector("[rowspan], [colspan]")) return;
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      // What is counted on different clocks has no order.
      if (!head.textContent.trim() || "still" in head.dataset) return;
      const button = document.createElement("button");
      button.type = "button";
      button.title = `${words.sort} ${head.textContent.trim()}`;
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const numbers = head.classList.contains("number");
        const was = head.getAttribute("aria-sort");
        const now = was ? (was === "ascending" ? "descending" : "ascending")
          : numbers ? "descending" : "ascending";
        heads.forEach((one) => one.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", now);
        const turn = now === "ascending" ? 1 : -1;
        const value = (row) => worth(row.cells[column], numbers);
        const order = [...body.rows].map((row) => [value(row), row]);
        order.sort(([one], [other]) => compared(one, other, turn));
        body.append(...order.map(([, row]) => row));
      });
    });
  }

  function worth(cell, number) {
    const text = (cell?.firstChild?.textContent ?? "").trim();
    if (!number) return (cell?.dataset.sort ?? text) || null; // a date sorts by its days
    const exact = parseFloat(cell.dataset.sort ?? text.replace(/[^\d.,-]/g, "").replace(",", "."));
    return Number.isNaN(exact) ? null : exact;
  }

  // What is not known comes last, whichever way it goes.
  function compared(one, other, turn) {
    if (one === null || other === null) return (one === null) - (other === null);
    if (typeof one === "string") {
      return turn * one.localeCompare(other, document.documentElement.lang, { numeric: true });
    }
    return turn * (one - other);
  }
})();
