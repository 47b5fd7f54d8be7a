
"use strict";
(() => {
  const COLUMNS = ["severity", "verdict", "reason", "file", "entry", "reader", "header", "evidence", "answer", "remedy",
    "command", "pages", "layers"];
  const STORY = [["entry", "entry"], ["reader", "read by"], ["header", "header"], ["evidence", "evidence"],
    ["answer", "import"], ["layers", "layers"], ["remedy", "to fix"], ["command", "command"], ["pages", "more"]];
  const SEARCHED = ["entry", "file", "verdict", "reason"];
  const ORDER = ["error", "warning", "note", "none"];
  const PAGE = 50;

  const id = name => document.getElementById(name);
  const data = JSON.parse(id("data").textContent);
  const at = (row, column) => {
    const value = row[COLUMNS.indexOf(column)];
    return typeof value === "number" ? data.texts[value] : value;
  };
  const element = (name, text, type) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (type) {
      made.className = type;
    }
    return made;
  };
  const count = number => number.toLocaleString("en-US");

  const rows = data.rows.map(row => ({ row, rank: ORDER.indexOf(at(row, "severity")), verdict: at(row, "verdict") }));
  rows.sort((one, other) => one.rank - other.rank);
  for (const entry of rows) {
    const [directory, ...rest] = SEARCHED.map(column => at(entry.row, column));
    entry.text = (directory + "/" + rest.join(" ")).toLowerCase();
  }
  let found = rows;
  let first = 0;

  const story = row => {
    const list = document.createElement("dl");
    for (const [column, label] of STORY) {
      const text = at(row, column);
      if (text) {
        const value = element("dd", "");
        value.append(column === "pages"
          ? element("code", text.split(" ").map(page => "freshpyc docs " + page).join(", "))
          : element(column === "command" ? "code" : "span", text));
        list.append(element("dt", label), value);
      }
    }
    const cell = document.createElement("td");
    cell.colSpan = 2;
    cell.append(list);
    const line = element("tr", "", "story");
    line.append(cell);
    return line;
  };

  const line = ({ row, verdict }) => {
    const made = document.createElement("tr");
    const kind = document.createElement("td");
    kind.append(element("span", "", "mark " + at(row, "severity")), verdict, element("small", at(row, "reason")));
    const file = document.createElement("td");
    const button = element("button", at(row, "file"), "file");
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!open));
      if (open) {
        made.nextSibling.remove();
      } else {
        made.after(story(row));
      }
    });
    file.append(button);
    made.append(kind, file);
    return made;
  };

  const show = () => {
    id("rows").replaceChildren(...found.slice(first, first + PAGE).map(line));
    const last = Math.min(first + PAGE, found.length);
    id("status").textContent = found.length === 0
      ? "No finding matches."
      : count(first + 1) + " to " + count(last) + " of " + count(found.length)
        + (found.length < rows.length ? " that match, " + count(rows.length) + " in all" : "");
    id("previous").disabled = first === 0;
    id("next").disabled = last === found.length;
  };

  const search = () => {
    const words = id("search").value.toLowerCase().split(/\s+/).filter(word => word);
    const verdict = id("verdict").value;
    found = rows.filter(entry => (!verdict || entry.verdict === verdict) && words.every(word => entry.text.includes(word)));
    first = 0;
    show();
  };

  const turn = pages => {
    first += pages * PAGE;
    show();
    id("findings").scrollIntoView();
  };

  for (const verdict of new Set(rows.map(entry => entry.verdict))) {
    const option = element("option", verdict);
    option.value = verdict;
    id("verdict").append(option);
  }
  id("search").addEventListener("input", search);
  id("verdict").addEventListener("change", search);
  id("previous").addEventListener("click", () => turn(-1));
  id("next").addEventListener("click", () => turn(1));

  // The map is one stop of the Tab key; arrow keys go from cell to cell, and Enter lists a cell's findings.
  const cells = [...document.querySelectorAll("[data-path]")];
  const list = cell => {
    id("search").value = cell.dataset.path + "/";
    search();
    id("findings").scrollIntoView();
  };
  const go = (from, to) => {
    if (to) {
      from.setAttribute("tabindex", "-1");
      to.setAttribute("tabindex", "0");
      to.focus();
    }
  };
  cells.forEach((cell, number) => {
    cell.setAttribute("tabindex", number === 0 ? "0" : "-1");
    cell.setAttribute("role", "button");
    cell.setAttribute("aria-label", cell.querySelector("title").textContent);
    cell.addEventListener("click", () => list(cell));
    cell.addEventListener("keydown", event => {
      if (event.key === "Enter" || event.key === " ") {
        list(cell);
        id("search").focus();
      } else if (event.key === "ArrowRight" || event.key === "ArrowDown") {
        go(cell, cells[number + 1]);
      } else if (event.key === "ArrowLeft" || event.key === "ArrowUp") {
        go(cell, cells[number - 1]);
      } else {
        return;
      }
      event.preventDefault();
    });
  });
  document.querySelectorAll(".icicle").forEach(map => map.setAttribute("role", "group"));
  id("list").hidden = rows.length === 0;
  document.documentElement.classList.add("live");
  show();
})();
