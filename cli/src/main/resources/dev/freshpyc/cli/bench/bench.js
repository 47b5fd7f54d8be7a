
"use strict";
(() => {
  const id = name => document.getElementById(name);

  const searchModules = table => {
    const rows = [...table.tBodies[0].rows].map(row => ({ row, text: row.cells[0].textContent.toLowerCase() }));
    const search = () => {
      const words = id("search").value.toLowerCase().split(/\s+/).filter(word => word);
      let found = 0;
      for (const { row, text } of rows) {
        row.hidden = !words.every(word => text.includes(word));
        found += row.hidden ? 0 : 1;
      }
      id("status").textContent = found === rows.length ? "" : found + " of " + rows.length + " modules match";
    };
    id("search").addEventListener("input", search);
    id("tools").hidden = false;
  };

  // The chart is one stop of the Tab key; arrow keys go from cell to cell, and Enter makes a cell as wide as the chart.
  const zoomImports = chart => {
    const NARROW = 0.0015;
    const NAMED = 0.035;
    const HINT = "Click a cell, or press Enter on it, to zoom in. Arrow keys go from cell to cell.";
    const cells = [...chart.querySelectorAll("svg")].map(cell => ({
      cell,
      title: cell.querySelector("title").textContent,
      from: Number(cell.dataset.from),
      time: Number(cell.dataset.time),
      depth: Number(cell.dataset.depth),
      height: Number(cell.getAttribute("height")),
    }));
    const all = { from: 0, time: Number(chart.dataset.time), depth: -1 };
    let zoomed = all;

    const isAround = (one, other) => one.depth < other.depth
      && one.from <= other.from && one.from + one.time >= other.from + other.time;
    const isShown = one => !one.cell.classList.contains("hidden");
    const first = () => cells.find(isShown) || cells[0];
    let current = first();
    const percent = share => (100 * share).toFixed(3) + "%";

    const show = one => {
      const whole = one === zoomed || isAround(one, zoomed);
      const begin = whole ? 0 : (one.from - zoomed.from) / zoomed.time;
      const width = whole ? 1 : one.time / zoomed.time;
      const outside = !whole && !isAround(zoomed, one);
      one.cell.setAttribute("class", outside || width < NARROW ? "hidden" : width < NAMED ? "unnamed" : "named");
      one.cell.setAttribute("x", percent(begin));
      one.cell.setAttribute("width", percent(width));
    };

    const select = one => {
      current.cell.setAttribute("tabindex", "-1");
      current = one;
      current.cell.setAttribute("tabindex", "0");
    };

    const zoom = to => {
      zoomed = to;
      cells.forEach(show);
      const rows = cells.filter(isShown).map(one => one.depth + 1);
      chart.setAttribute("height", Math.max(0, ...rows) * cells[0].height);
      id("whole").hidden = zoomed === all;
      id("zoomed").textContent = zoomed === all ? HINT : zoomed.title;
      id("chart").scrollLeft = 0;
    };

    const zoomOut = to => {
      const back = zoomed;
      zoom(to);
      select(isShown(back) ? back : zoomed === all ? first() : zoomed);
      current.cell.focus();
    };

    const parent = one => cells.filter(other => isAround(other, one)).at(-1);
    const beside = (one, step) => {
      const row = cells.filter(other => other.depth === one.depth && isShown(other));
      return row[row.indexOf(one) + step];
    };
    const neighbours = {
      ArrowUp: one => parent(one),
      ArrowDown: one => cells.find(other => other.depth === one.depth + 1 && isAround(one, other) && isShown(other)),
      ArrowLeft: one => beside(one, -1),
      ArrowRight: one => beside(one, 1),
    };

    const press = (event, one) => {
      if (event.ctrlKey || event.altKey || event.metaKey) {
        return;
      }
      if (event.key === "Enter" || event.key === " ") {
        zoom(one);
      } else if (event.key === "Escape" && zoomed !== all) {
        zoomOut(parent(zoomed) || all);
      } else if (neighbours[event.key]) {
        const to = neighbours[event.key](one);
        if (to) {
          select(to);
          to.cell.focus();
        }
      } else {
        return;
      }
      event.preventDefault();
    };

    for (const one of cells) {
      one.cell.setAttribute("tabindex", one === current ? "0" : "-1");
      one.cell.setAttribute("role", "button");
      one.cell.setAttribute("aria-label", one.title);
      one.cell.addEventListener("click", () => {
        select(one);
        zoom(one);
      });
      one.cell.addEventListener("keydown", event => press(event, one));
    }
    chart.setAttribute("role", "group");
    id("whole").addEventListener("click", () => zoomOut(all));
    zoom(all);
  };

  const table = id("modules");
  if (table) {
    searchModules(table);
  }
  const chart = document.querySelector(".imports");
  if (chart && chart.querySelector("svg")) {
    zoomImports(chart);
  }
})();
