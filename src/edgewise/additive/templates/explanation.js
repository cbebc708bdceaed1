(function () {
  const search = document.getElementById("search"), order = document.getElementById("order");
  if (!search) return;
  const all = selector => [...document.querySelectorAll(selector)];
  function show() {
    const sought = search.value.trim().toLowerCase();
    for (const e of all("[data-name]")) e.hidden = !e.dataset.name.toLowerCase().includes(sought);
    if (sought) for (const e of all("details.more")) e.open = true;
    for (const e of all(".cards")) e.nextElementSibling.hidden = e.querySelector(":scope > :not([hidden])");
  }
  const rules = {
    importance: (a, b) => b.dataset.importance - a.dataset.importance,
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name, undefined, { numeric: true }),
    place: (a, b) => a.dataset.place - b.dataset.place,
  };
  search.addEventListener("input", show);
  order.addEventListener("change", () => {
    for (const e of all(".cards")) e.append(...[...e.children].sort(rules[order.value]));
  });
  search.form.addEventListener("submit", e => e.preventDefault());
  search.form.hidden = false;
  addEventListener("beforeprint", () => { for (const e of all("details.more")) e.open = true; });
})();
