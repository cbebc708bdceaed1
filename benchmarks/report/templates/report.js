(function () {
  const key = cell => {
    const text = cell.title || cell.textContent, number = Number(text);
    return text === "" || Number.isNaN(number) ? text : number;
  };
  const compare = (a, b) => typeof a === "number" && typeof b === "number" ? a - b
    : String(a).localeCompare(String(b), undefined, { numeric: true });
  for (const button of document.querySelectorAll("th button")) {
    button.addEventListener("click", () => {
      const head = button.parentElement, body = head.closest("table").tBodies[0];
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of head.parentElement.children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map(row => [key(row.cells[head.cellIndex]), row]);
      const empty = rows.filter(([value]) => value === ""), full = rows.filter(([value]) => value !== "");
      full.sort(([a], [b]) => down ? compare(b, a) : compare(a, b));
      body.append(...full.concat(empty).map(([, row]) => row));
    });
  }
  addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details:not(.rows)")) each.open = true;
  });
})();
