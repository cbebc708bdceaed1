(function () {
  const THUMB = 8; // half of a slider's thumb, in pixels
  for (const card of document.querySelectorAll("[data-readings]")) {
    const readings = JSON.parse(card.dataset.readings), frames = [...card.querySelectorAll(".frame")];
    const box = document.createElement("label"), slider = document.createElement("input");
    const output = document.createElement("output"), cursor = document.createElement("i");
    const ends = [readings[0][0], readings.at(-1)[0]];
    let at = (readings.length - 1) >> 1;
    const show = k => {
      at = Math.min(Math.max(k, 0), readings.length - 1);
      slider.value = readings[at][0];
      slider.setAttribute("aria-valuetext", readings[at][1]);
      output.textContent = readings[at][1];
      cursor.style.left = readings[at][0] + "%";
      frames.find(e => e.offsetParent)?.append(cursor);
    };
    const nearest = share => readings.reduce((best, r, k) =>
      Math.abs(r[0] - share) < Math.abs(readings[best][0] - share) ? k : best, 0);
    box.className = "read";
    cursor.className = "cursor";
    Object.assign(slider, { type: "range", min: ends[0], max: ends[1], ariaLabel: card.dataset.name });
    slider.step = "any";
    slider.addEventListener("input", () => show(nearest(+slider.value)));
    slider.addEventListener("keydown", e => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[e.key];
      if (!by) return;
      e.preventDefault();
      show(at + by);
    });
    for (const frame of frames) frame.addEventListener("pointermove", e => {
      const r = frame.getBoundingClientRect();
      show(nearest(100 * (e.clientX - r.left) / r.width));
    });
    box.append(slider, output);
    // The thumb stands below the cursor.
    new ResizeObserver(() => {
      const frame = frames.find(e => e.offsetParent);
      if (!frame) return;
      const r = frame.getBoundingClientRect(), left = r.left - box.getBoundingClientRect().left;
      slider.style.marginLeft = `${left + ends[0] * r.width / 100 - THUMB}px`;
      slider.style.width = `${(ends[1] - ends[0]) * r.width / 100 + 2 * THUMB}px`;
    }).observe(card);
    show(at);
    card.querySelector(".course").before(box);
  }
  const search = document.getElementById("search"), order = document.getElementById("order");
  if (!search) return;
  const all = selector => [...document.querySelectorAll(selector)];
  for (const e of all(".none")) e.dataset.text = e.textContent;
  function show() {
    const sought = search.value.trim().toLowerCase();
    for (const e of all("[data-name]")) e.hidden = !e.dataset.name.toLowerCase().includes(sought);
    const found = e => e.querySelector("[data-name]:not([hidden])");
    if (sought) for (const e of all("details.more")) e.open = true;
    for (const e of all("section > details.more, section > .effects")) e.hidden = !found(e.matches(".effects") ? e.parentElement : e);
    const idle = all("[data-unused]").map(e => e.dataset.unused).filter(name => name.toLowerCase().includes(sought));
    for (const e of all(".none")) {
      e.hidden = found(e.parentElement);
      e.textContent = idle.length ? `Without an effect: ${idle.join(", ")}.` : e.dataset.text;
    }
  }
  const rules = {
    importance: (a, b) => b.dataset.importance - a.dataset.importance,
    name: (a, b) => a.dataset.name.localeCompare(b.dataset.name, undefined, { numeric: true }),
    place: (a, b) => a.dataset.place - b.dataset.place,
    highest: (a, b) => b.dataset.prediction - a.dataset.prediction,
    lowest: (a, b) => a.dataset.prediction - b.dataset.prediction,
  };
  search.addEventListener("input", show);
  const unfolded = all(".falls details[open]").length;
  order.addEventListener("change", () => {
    for (const e of all(".cards")) e.append(...[...e.children].sort(rules[order.value]));
    all(".falls details").forEach((e, k) => { e.open = k < unfolded; });
  });
  const same = document.getElementById("same");
  same?.addEventListener("change", () => {
    for (const e of all(".scale")) e.hidden = same.checked === (e === e.parentElement.querySelector(".scale"));
  });
  search.form.addEventListener("submit", e => e.preventDefault());
  search.form.hidden = false;
  addEventListener("beforeprint", () => { for (const e of all("details.more")) e.open = true; });
})();
