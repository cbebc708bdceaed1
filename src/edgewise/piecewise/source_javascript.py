"""A program as one file of JavaScript, for browsers and node."""

from __future__ import annotations

import json

from edgewise.piecewise.program import Program, list_reasons
from edgewise.piecewise.templates import fill, list_data

_HEAD = """// %(title)s; by edgewise.
"use strict";
const %(name)s = (function () {
  const data = %(data)s;

  // Adds what a stage makes of x to rows(k), where k is the number of an effect.
  function run(stage, x, rows) {
    stage.start.forEach((values, k) => values.forEach((v, o) => { rows(k)[o] += v; }));
    addEffects(stage, x, rows);
  }

  function total(stage, x) {
    const sum = stage.start[0].map(() => 0);
    run(stage, x, () => sum);
    return sum;
  }
"""

_NETWORK = """
  for (const stage of data.stages)
    for (const table of stage.tables) {
      [table.cells, table.powers] = [table.values[0].length, table.scale.length];
      table.values = Float64Array.from(table.values.flat(3));
      table.scale = table.scale.flat();
    }

  function standardize(norm, x) {
    const mean = x.reduce((a, b) => a + b, 0) / x.length;
    const square = x.reduce((a, b) => a + (b - mean) * (b - mean), 0) / x.length;
    const deviation = Math.sqrt(square + norm.eps);
    return x.map((v, i) => ((v - mean) / deviation) * norm.weight[i] + norm.bias[i]);
  }

  function add(table, x, rows) {
    const size = table.scale.length, out = size / table.powers;
    for (let i = 0; i < x.length; i++) {
      const v = Math.min(Math.max(x[i], table.low[i]), table.high[i]);
      const u = (v - table.low[i]) * table.inverse[i];
      const cell = Math.min(Math.floor(u), table.cells - 1) || 0;
      const t = u - cell, row = (i * table.cells + cell) * size, sum = rows(i + 1);
      for (let o = 0; o < out; o++) {
        let value = 0 * t;
        for (let p = table.powers - 1; p >= 0; p--)
          value = value * t + table.scale[p * out + o] * table.values[row + p * out + o];
        sum[o] += value;
      }
    }
  }

  function addEffects(stage, x, rows) {
    const z = stage.norm ? standardize(stage.norm, x) : x;
    for (const table of stage.tables) add(table, table.standardized ? z : x, rows);
  }

  function read(x) {
    if (x.length !== data.input_names.length)
      throw new RangeError("expected " + data.input_names.length + " numbers, got " + x.length);
    return data.inputs.map((i) => {
      const [low, high] = data.domain[i];
      return Math.min(Math.max(Number(x[i]), low), high);
    });
  }

  function answer(x) {
    return data.stages.reduce((h, stage) => total(stage, h), read(x));
  }
  answer.bound = data.report.bound;
"""

_ESTIMATOR = """
  const interval = data.interval;
  const outer = interval ? [data.stages[0], interval.stage] : [data.stages[0]];
  const stages = [...outer, ...outer.map((stage) => stage.hidden).filter(Boolean)];
  for (const term of stages.flatMap((stage) => stage.terms))
    for (const reading of term.readings)
      if (reading.kind === "Names") reading.cells = new Map(reading.cells);

  function isMissing(value) {
    return value == null || value !== value || String(value) === "<NA>";
  }

  // A number of a column, NaN if it is missing.
  function number(value, column) {
    const name = data.input_names[column], { low, high, missing } = data.accepted[column];
    if (isMissing(value)) {
      if (!missing) throw new RangeError("expected a number as " + name + ", got " + value);
      return NaN;
    }
    const found = typeof value === "string" && !value.trim() ? NaN : Number(value);
    if (found !== found) throw new TypeError("expected a number as " + name + ", got " + value);
    if (found < low || found > high)
      throw new RangeError("expected " + name + " from " + low + " to " + high + ", got " + value);
    return found;
  }

  // As levels are called: 3 and 3.0 are the same, and true is "True".
  function label(value) {
    if (typeof value === "boolean") return value ? "True" : "False";
    if (typeof value !== "number") return String(value);
    if (Number.isInteger(value)) return BigInt(value).toString();
    if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
    if (Math.abs(value) >= 1e-4) return String(value);
    return value.toExponential().replace(/e-(\\d)$/, "e-0$1");
  }

  // The cell of a value, -1 for none, and how far it is into it.
  function locate(reading, row, hidden) {
    const name = data.input_names[reading.column];
    if (!reading.hidden && !Object.prototype.hasOwnProperty.call(row, name))
      throw new RangeError("expected a row with a column " + name);
    const value = row[name];
    if (reading.kind === "Number") {
      const found = reading.hidden ? hidden[reading.column] : number(value, reading.column);
      if (found !== found) return [reading.missing, 0];
      const z = (found - reading.centre) / reading.scale;
      const u = hold(reading.tame ? Math.asinh(z) : z, reading.low, reading.high);
      let cell = 0;
      while (cell < reading.places.length && reading.places[cell] <= u) cell++;
      return [cell, u - reading.places[Math.max(cell - 1, 0)]];
    }
    let level = reading.numbers ? number(value, reading.column) : value;
    if (reading.numbers) level = Number.isInteger(level) ? label(level) : null;
    else level = isMissing(value) ? null : label(value);
    return [reading.cells.has(level) ? reading.cells.get(level) : -1, 0];
  }

  function polynomial(coefficients, t) {
    return coefficients.reduceRight((value, coefficient) => value * t + coefficient, 0);
  }

  function addEffects(stage, row, rows) {
    const hidden = stage.hidden ? total(stage.hidden, row) : [];
    for (const term of stage.terms) {
      const places = term.readings.map((reading) => locate(reading, row, hidden));
      const [[cell, t], [other, v] = [0, 0]] = places;
      if (cell < 0 || other < 0) continue;
      const powers = term.table[cell][other], sum = rows(term.effect);
      for (let o = 0; o < powers[0][0].length; o++) {
        const inner = powers.map((each) => polynomial(each.map((values) => values[o]), v));
        sum[term.first + o] += polynomial(inner, t);
      }
    }
  }

  function read(row) { return row; }

  function hold(value, low, high) { return Math.min(Math.max(value, low), high); }
"""

_NUMBERS = """
  function targets(sums) {
    const found = data.answer.links.map((link, o) => {
      const held = hold(sums[o], ...data.answer.limits[o]);
      const share = 1 / (1 + Math.exp(-held));
      const mean = link === "log" ? Math.exp(held) : link === "logistic" ? share : sums[o];
      return hold(mean, ...data.answer.bounds);
    });
    return data.answer.rising ? found.sort((one, other) => one - other) : found;
  }

  function answer(row) {
    const values = targets(total(data.stages[0], row));
    return data.answer.single ? values[0] : values;
  }
  answer.outputs = data.answer.outputs;
"""

_INTERVAL = """
  answer.interval = function (row) {
    const now = targets(total(data.stages[0], row)), found = total(interval.stage, row);
    const known = interval.edited ? targets(found.slice(now.length)) : now;
    const ends = interval.ends.map(([below, above], k) => {
      const size = Math.exp(hold(found[k], ...interval.limits[k]));
      const low = Math.min(known[k] + below * size, now[k]);
      const high = Math.max(known[k] + above * size, now[k]);
      return [low, high].map((end) => hold(end, ...data.answer.bounds));
    });
    return data.answer.single ? ends[0] : ends;
  };
"""

_SET = """
  function listShares(sums) {
    return answer.classes ? [shares(sums)] : targets(sums).map((share) => [1 - share, share]);
  }

  answer.set = function (row) {
    const now = listShares(total(data.stages[0], row));
    const known = interval.edited ? listShares(total(interval.stage, row)) : now;
    const sets = interval.least.map((least, n) => (answer.classes || [0, 1]).filter(
      (_, k) => known[n][k] >= least || now[n][k] === Math.max(...now[n])));
    return answer.classes ? sets[0] : sets;
  };
"""

_CLASSES = """
  function answer(row) {
    const shares = answer.shares(row);
    return data.answer.classes[shares.indexOf(Math.max(...shares))];
  }
  answer.shares = (row) => shares(total(data.stages[0], row));
  answer.classes = data.answer.classes;

  function shares(sums) {
    if (data.answer.links[0] === "logistic") {
      const share = 1 / (1 + Math.exp(-hold(sums[0], ...data.answer.limits[0])));
      return [1 - share, share];
    }
    const largest = Math.max(...sums);
    const powers = sums.map((sum) => Math.exp(sum - largest));
    const whole = powers.reduce((a, b) => a + b, 0);
    return powers.map((power) => power / whole);
  }
"""

_CONTRIBUTIONS = """  answer.contributions = function (x) {
    const rows = data.effects.map(() => data.stages[0].start[0].map(() => 0));
    run(data.stages[0], read(x), (k) => rows[k]);
    return rows;
  };
  answer.effects = data.effects;
"""

_REASONS = """
  const texts = %(reasons)s;
  answer.reasons = function (row) {
    const parts = answer.contributions(row).slice(1);
    const tell = (own, values) => {
      const order = values.map((_, e) => e).filter((e) => values[e]);
      order.sort((a, b) => Math.abs(values[b]) - Math.abs(values[a]) || a - b);
      return order.slice(0, %(most)s).map((e) => own[e][values[e] > 0 ? 1 : 0]);
    };
    if (data.answer.classes === null) {
      const found = texts.map((own, k) => tell(own, parts.map((part) => part[k])));
      return data.answer.single ? found[0] : found;
    }
    const shares = answer.shares(row), likeliest = shares.indexOf(Math.max(...shares));
    const two = shares.length === 2, sign = two && likeliest === 0 ? -1 : 1;
    return tell(texts[likeliest], parts.map((part) => sign * part[two ? 0 : likeliest]));
  };
"""

_TAIL = """  answer.inputs = data.input_names;
  return answer;
})();
if (typeof module !== "undefined") module.exports = %(name)s;
"""


def write_javascript(program: Program, name: str, contributions: bool, reasons: int) -> str:
    """One file with a function of an array of numbers, or of an object with a value a column."""
    if program.is_network:
        title, parts = f"numbers to {program.out_features}", [_NETWORK]
    else:
        answers = _NUMBERS if program.answer.classes is None else _CLASSES
        title, parts = "columns", [_ESTIMATOR, answers]
        if program.interval is not None:
            parts.append("\n  answer.coverage = interval.coverage;\n")
            parts.append(_SET if program.interval.least else _INTERVAL)
    title = f"{name}: {program.in_features} {title}"
    data, texts = (
        json.dumps(part).replace("<", "\\u003c")
        for part in (list_data(program), list_reasons(program))
    )
    text = "".join(
        [
            _HEAD,
            *parts,
            *([_CONTRIBUTIONS] if contributions else []),
            *([_REASONS] if reasons else []),
            _TAIL,
        ]
    )
    values = {"title": title, "name": name, "data": data, "reasons": texts}
    return fill(text, values | {"most": str(reasons)})
