(function () {
  const box = document.getElementById("what-if");
  if (!box) return;
  const page = JSON.parse(document.getElementById("what-if-data").textContent);
  const part = name => box.querySelector(`[data-part="${name}"]`);
  const fields = [...box.querySelectorAll("[data-column]")];
  const chosen = part("row"), output = part("output");
  const MOST = 10;

  function write(value, digits = 4) {
    if (!Number.isFinite(value)) return "—";
    const size = Math.abs(value), places = digits - 1 - Math.floor(Math.log10(size));
    const text = !size ? "0" : size < 1e-4 || size >= 1e7 ? value.toExponential(digits - 1)
      : value.toLocaleString("en", { useGrouping: size >= 9999.5, maximumFractionDigits: Math.min(Math.max(places, 0), 20) });
    return text.replaceAll("-", "−").replace("e+", "e");
  }
  // A day of the year has its month, and so has a year with a fraction; an hour is a time. Not in pairs of columns.
  const month = date => date.toLocaleDateString("en-US", { month: "short", timeZone: "UTC" });
  function number(name, value) {
    const part = name.includes(" × ") ? "" : name.slice(name.lastIndexOf("("));
    if (part === "(year)" && value > 1000 && value < 3000 && value % 1) {
      const [start, end] = [0, 1].map(k => Date.UTC(Math.floor(value) + k, 0, 1));
      const date = new Date(start + value % 1 * (end - start) + 6e4);  // a minute is more than rounding
      return `${month(date)} ${date.getUTCFullYear()}`;
    }
    if (part === "(hour)" && value >= 0 && value <= 24) {
      const minutes = Math.floor(60 * value + .5);
      return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
    }
    if (part !== "(day of the year)") return write(value);
    const day = new Date(Date.UTC(2001, 0, Math.min(Math.max(Math.round(value), 1), 365)));
    return `${day.getUTCDate()} ${month(day)}`;
  }
  const signed = (value, digits) => (value > 0 ? "+" : "") + write(value, digits);
  // To the last decimal that the largest number beside it has, if that is one of three digits.
  const round = (value, largest) => largest > 0 ? +value.toFixed(Math.min(Math.max(0, 2 - Math.floor(Math.log10(largest))), 20)) : value;
  const share = value => Math.min(value, 1 - value) < 1e-4 ? (value > .5 ? "over 99.99 %" : "under 0.01 %") : value > .9 ? `${+(100 - (100 * (1 - value)).toPrecision(2)).toPrecision(12)} %` : `${write(100 * value, 2)} %`;
  const factors = page.word === "factor", digits = factors ? 3 : 4;
  const sum = value => write(value, digits);
  const told = page.classes ? share : sum;
  const added = (value, largest) => factors ? `×${write(Math.exp(value), 3)}` : signed(round(value, largest), 6);
  const logistic = sum => 1 / (1 + Math.exp(-sum));
  const place = () => output ? output.selectedIndex : 0;
  const start = () => page.rows[chosen.selectedIndex].values;

  const columnOf = field => page.columns[field.dataset.column];
  // A field shows six digits of a number that isn't whole; as long as they stand there, all of its digits count.
  const shown = (value, { levels, whole }) => value === null ? "" : String(levels ? levels.indexOf(value) : whole ? value : +value.toPrecision(6));
  // A year with its fraction as the text of a date, and all parts of a date from its text.
  function calendar(year, { timed }) {
    if (year === null) return "";
    const [start, end] = [0, 1].map(k => Date.UTC(Math.floor(year) + k, 0, 1));
    const minute = Math.round((start + year % 1 * (end - start)) / 6e4) * 6e4;
    return new Date(minute).toISOString().slice(0, timed ? 16 : 10);
  }
  function divide(text) {
    const date = new Date(text.includes("T") ? `${text}Z` : `${text}T00:00Z`), full = date.getUTCFullYear();
    const [start, end] = [0, 1].map(k => Date.UTC(full + k, 0, 1)), since = date - start;
    return {
      "year": full + since / (end - start),
      "day of the year": 1 + Math.floor(since / 864e5),
      "weekday": date.toLocaleDateString("en-US", { weekday: "long", timeZone: "UTC" }),
      "hour": date.getUTCHours() + date.getUTCMinutes() / 60 + date.getUTCSeconds() / 3600,
    };
  }
  // What the field of a column shows of a row, and the values of the row that a field stands for.
  const tell = (row, column) => column.date ? calendar(row[column.date.year], column) : shown(row[column.name], column);
  function read(field) {
    const column = columnOf(field), { name, date, levels, whole } = column, row = start();
    const names = date ? Object.values(date) : [name], text = field.value;
    if (text === tell(row, column)) return Object.fromEntries(names.map(each => [each, row[each]]));
    if (text === "") return Object.fromEntries(names.map(each => [each, null]));
    if (date) return Object.fromEntries(Object.entries(divide(text)).map(([part, value]) => [date[part], value]));
    return { [name]: levels ? levels[text] : whole ? Math.round(text) : Number(text) };
  }
  // The field of a whole number shows the rounded one, which is predicted, once the reader leaves it.
  function settle(field) {
    const column = columnOf(field);
    if (column.whole) field.value = shown(read(field)[column.name], column);
  }
  function fill(field) {
    field.value = tell(start(), columnOf(field));
  }
  const changed = () => Object.assign({}, start(), ...fields.map(read));
  function predict(row) {
    if (!model.shares) return [].concat(model(row))[place()];
    return model.shares(row)[page.other === null ? place() : 1];
  }

  // Where the target lies, or which classes it may have.
  function spread(row) {
    const sure = `${Math.round(100 * model.coverage)} %`;
    if (page.outlook) return `${page.outlook.lead}: ${page.outlook.hazards.map(hazard => share(Math.exp(-hazard * predict(row)))).join(", ")}.`;
    if (model.set) return rule(row, sure);
    if (!model.interval) return "";
    const ends = model.interval(row), [low, high] = Array.isArray(ends[0]) ? ends[place()] : ends;
    return Number.isFinite(low) && Number.isFinite(high) ? `${sure} interval: ${write(round(low, high - low), 6)} to ${write(round(high, high - low), 6)}.` : "";
  }
  function rule(row, sure) {
    const labels = !model.shares, two = labels || page.other !== null, own = page.outputs[place()], found = model.set(row);
    const kept = labels ? found[place()] : found.map(label => model.classes.indexOf(label));
    const names = two ? [labels ? `not ${own}` : page.other, own] : page.outputs, some = kept.map(k => `“${names[k]}”`);
    const words = some.length === 1 ? `Only ${some[0]} is`
      : some.length < names.length ? `${some.join(" or ")} is` : `${two ? "Both" : "All"} classes are`;
    return `${words} possible at ${sure}.`;
  }
  function difference(now, before) {
    if (now === before) return "unchanged";
    const gap = page.classes ? `${signed(100 * (now - before), 3)} points` : signed(now - before);
    return `${gap}; before ${told(before)}`;
  }
  function warn(row) {
    const texts = page.columns.map(column => {
      const { name, date, levels, low, high, missing } = column, value = row[date ? date.year : name];
      if (value === null) return missing ? "" : `${name} is always there`;
      const end = at => date ? calendar(at, column) : write(at);
      return levels || (value >= low && value <= high) ? "" : `${name} goes from ${end(low)} to ${end(high)}`;
    });
    const some = texts.filter(Boolean).join("; ");
    return some && `Don't rely on this: the model was fitted to other rows, in which ${some}.`;
  }

  function step(name, detail, from, to, number, axis, whole, faded) {
    const item = document.createElement("li"), [low, size] = axis;
    const at = value => 100 * (value - low) / size;
    const label = Object.assign(document.createElement("span"), { className: "name", textContent: name, title: name });
    const soft = Object.assign(document.createElement("span"), { className: "soft", textContent: [detail, faded && "unclear"].filter(Boolean).join(", ") });
    const track = Object.assign(document.createElement("span"), { className: "track" });
    const bar = Object.assign(document.createElement("i"), { className: whole ? "mark" : faded ? "fill faded" : "fill" });
    bar.style.left = `${at(Math.min(from, to))}%`;
    if (!whole) bar.style.width = `${at(Math.max(from, to)) - at(Math.min(from, to))}%`;
    if (!whole) bar.style.background = `var(--${to >= from ? "blue" : "orange"})`;
    track.append(bar);
    label.append(" ", soft);
    item.className = whole ? "whole" : "";
    item.append(label, track, Object.assign(document.createElement("span"), { className: "number", textContent: number }));
    return item;
  }
  function draw(row) {
    const k = page.other === null ? place() : 0;
    const [base, ...parts] = model.contributions(row).map(each => each[k]);
    const value = effect => name => row[name] === null ? "missing" : typeof row[name] === "number" ? number(effect, row[name]) : row[name];
    const unclear = page.unclear[page.outputs[place()]];
    const every = model.effects.slice(1).map((name, e) => [name, page.effects[name].map(value(name)).join(", "), parts[e]])
      .filter(effect => effect[2]).sort((a, b) => Math.abs(b[2]) - Math.abs(a[2]));
    for (const effect of every) effect.push(unclear.includes(effect[0]));
    const rest = every.length > MOST ? every.splice(MOST - 1) : [];
    if (rest.length) every.push([`${rest.length} smaller ones`, "", rest.reduce((sum, e) => sum + e[2], 0), rest.every(e => e[3])]);
    const sums = [base];
    for (const effect of every) sums.push(sums.at(-1) + effect[2]);
    const low = Math.min(...sums), reach = Math.max(...sums) - low || 1;
    const axis = [low - 0.08 * reach, 1.16 * reach];
    const largest = Math.max(0, ...every.map(effect => Math.abs(effect[2])));
    const whole = (name, end) => step(name, page.logistic ? share(logistic(end)) : "", end, end,
      factors || !largest ? sum(factors ? Math.exp(end) : end) : write(round(end, largest), 6), axis, true);
    part("steps").replaceChildren(
      whole("average row", base),
      ...every.map(([name, detail, v, faded], e) => step(name, detail, sums[e], sums[e + 1], added(v, largest), axis, false, faded)),
      whole("this row", sums.at(-1)),
    );
  }
  function show() {
    try {
      answer(changed());
    } catch (error) {  // such as an exposure of 0
      for (const name of ["prediction", "difference", "spread"]) part(name).textContent = "";
      part("warning").textContent = `No prediction: ${error.message}`;
      part("steps").replaceChildren();
    }
    for (const f of fields) f.parentElement.classList.toggle("changed", f.value !== tell(start(), columnOf(f)));
  }
  function answer(row) {
    const now = predict(row);
    part("prediction").textContent = `${page.outputs[place()]}: ${told(now)}`;
    part("difference").textContent = difference(now, predict(start()));
    part("spread").textContent = spread(row);
    part("warning").textContent = warn(row);
    draw(row);
  }
  const restore = () => { fields.forEach(fill); show(); };
  box.querySelector("form").addEventListener("submit", event => event.preventDefault());
  for (const field of fields) {
    field.addEventListener("input", show);
    field.addEventListener("change", () => settle(field));
  }
  chosen.addEventListener("change", restore);
  output?.addEventListener("change", show);
  part("restore").addEventListener("click", restore);
  for (const link of document.querySelectorAll("[data-change]")) {
    link.hidden = false;
    link.addEventListener("click", () => {
      chosen.selectedIndex = page.rows.findIndex(row => row.place === +link.dataset.change);
      restore();
      box.scrollIntoView();
      chosen.focus({ preventScroll: true });
    });
  }
  box.hidden = false;
  restore();
})();
