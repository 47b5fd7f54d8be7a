
"use strict";
(() => {
  const id = name => document.getElementById(name);
  const table = id("modules");
  if (!table) {
    return;
  }
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
})();
