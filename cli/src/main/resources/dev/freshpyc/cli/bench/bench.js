
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

  // A line for each state, from the dots of the plot; a click, Enter or the space bar on its name hides a line.
  const drawRounds = (section, plot) => {
    const DASHES = [[], [8, 4], [2, 3]];
    const box = section.querySelector("div");
    const states = [...plot.querySelectorAll("g")].map(state => ({
      name: state.querySelector(".state").textContent,
      times: [...state.querySelectorAll(".run")].map(run => Number(run.dataset.millis)),
    }));
    const rounds = states[0].times.map((_, round) => round + 1);
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
    const millis = (_, time) => time == null ? "" : time.toFixed(1) + " ms";
    let chart = null;

    const line = (state, at) => ({
      label: state.name,
      stroke: colour("line-" + (1 + at % 8)),
      dash: DASHES[at % DASHES.length],
      width: 1.5,
      points: { show: true, size: 6, fill: colour("ground") },
      value: millis,
    });
    const axis = (label, size) => ({
      label, size, stroke: colour("soft"), grid: { stroke: colour("line"), width: 1 }, ticks: { stroke: colour("line"), width: 1 },
    });

    const draw = () => {
      chart?.destroy();
      chart = new uPlot({
        width: box.clientWidth,
        height: 280,
        scales: { x: { time: false }, y: { range: (_, low, high) => [0, 1.05 * high] } },
        axes: [{ ...axis("round", 40), incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, axis("ms", 55)],
        series: [{ label: "round" }, ...states.map(line)],
      }, [rounds, ...states.map(state => state.times)], box);
      box.querySelectorAll(".u-legend .u-series:not(:first-child) th").forEach((name, at) => {
        name.tabIndex = 0;
        name.setAttribute("role", "button");
        const tell = () => name.setAttribute("aria-pressed", String(chart.series[at + 1].show));
        name.addEventListener("click", tell);
        name.addEventListener("keydown", event => {
          if (event.key === "Enter" || event.key === " ") {
            name.click();
            event.preventDefault();
          }
        });
        tell();
      });
    };

    section.hidden = false;
    draw();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
    new ResizeObserver(() => chart.setSize({ width: box.clientWidth, height: 280 })).observe(box);
  };

  const plot = document.querySelector(".plot");
  if (plot.querySelectorAll("g").length > 0) {
    drawRounds(id("rounds"), plot);
  }
  const table = id("modules");
  if (table) {
    searchModules(table);
  }
  const chart = document.querySelector(".imports");
  if (chart && chart.querySelector("svg")) {
    zoomImports(chart);
  }
})();
