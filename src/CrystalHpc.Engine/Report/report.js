// Sorting and filtering of tables; links of the periodic tables; everything opened for printing. The page reads well without.
(() => {
  "use strict";

  // A cell's own sort key, else its number, else its text.
  const keyOf = (cell) => {
    if (cell.dataset.sort !== undefined) return Number(cell.dataset.sort);
    const text = cell.textContent.trim();
    if (!cell.classList.contains("number")) return text.toLowerCase();
    return text === "" ? null : Number(text.replaceAll(",", "").replace("\u2212", "-").replace("%", ""));
  };

  // Empty cells come last in either direction.
  const compare = (a, b, sign) => {
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (typeof a === "string" ? a.localeCompare(b, "en") : a - b);
  };

  const sort = (table, column) => {
    const heads = [...table.tHead.rows[0].cells];
    const isNumber = heads[column].classList.contains("number");
    const before = heads[column].getAttribute("aria-sort");
    const order = before === null ? (isNumber ? "descending" : "ascending") : before === "ascending" ? "descending" : "ascending";
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => ({ row, key: keyOf(row.cells[column]) }));
    rows.sort((a, b) => compare(a.key, b.key, order === "ascending" ? 1 : -1));
    body.append(...rows.map((entry) => entry.row));
    heads.forEach((head, i) => (i === column ? head.setAttribute("aria-sort", order) : head.removeAttribute("aria-sort")));
  };

  // Every word must occur in the row; a word such as cation=Si asks for the tag of a row.
  const filter = (table, text) => {
    const words = text.trim().split(/\s+/).filter((word) => word !== "");
    let shown = 0;
    for (const row of table.tBodies[0].rows) {
      const content = `${row.textContent} ${row.dataset.words ?? ""} ${[...row.cells].map((cell) => cell.textContent).join(" ")}`.toLowerCase();
      const fits = words.every((word) => word.includes("=") && row.dataset.tag !== undefined
        ? row.dataset.tag === word
        : content.includes(word.toLowerCase()));
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    }
    const all = table.tBodies[0].rows.length;
    document.getElementById(`${table.id}-count`).textContent = shown === all ? `${all} rows` : `${shown} of ${all} rows`;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      button.addEventListener("click", () => sort(table, column));
      head.append(button);
    });
  }

  for (const input of document.querySelectorAll("input[data-for]")) {
    const table = document.getElementById(input.dataset.for);
    input.addEventListener("input", () => filter(table, input.value));
  }

  for (const link of document.querySelectorAll("a[data-query]")) {
    link.addEventListener("click", () => {
      const input = document.querySelector(`input[data-for="${link.dataset.table}"]`);
      input.value = link.dataset.query;
      input.dispatchEvent(new Event("input"));
    });
  }

  addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  document.documentElement.dataset.ready = "true";
})();
