/** How well outputs fit the data: RMSE and R², log loss and accuracy, or the change alone. */

import type { Columns, Payload } from "./payload";

/** A measure as people read it: 0.979, or 97.3 with the unit " %". */
export interface Measure {
  name: string;
  value: string;
  number: number;
  unit: "" | " %";
}

export interface Cost {
  /** what the charts of costs draw; less is better */
  loss: number;
  shown: Measure[];
}

export interface NetworkCost extends Cost {
  /** what the outputs leave unexplained, in bits a row: 1/2 log2 of the variance's part, or the log loss */
  bits: number;
}

/** The part of a variance below which what a network leaves is its own error (LEAST_NOISE in src/edgewise/symbolic/criterion.py). */
const LEAST_NOISE = 1e-4;
/** A change of a measure by less than this part of it isn't told. */
const LEAST_CHANGE = 1e-4;

/** The least number that is written with a power of ten. */
const MOST_WRITTEN = 1e7;

const bitsOf = (share: number) => 0.5 * Math.log2(share + LEAST_NOISE);

/** Measures of which 1 is the best. */
const SHARES = ["R²", "D²", "C-index"];
export const measure = (name: string, number: number): Measure => ({ name, number, unit: "", value: SHARES.includes(name) ? formatShare(number) : format(number) });
export const percent = (name: string, share: number): Measure => ({ name, number: 100 * share, unit: " %", value: `${formatOn(100 * share, 10)} %` });

/** A measure now and before with as many digits as show the difference; a change below them is "". */
export function compare(now: Measure, before: Measure): { now: string; before: string; change: string } {
  const gap = now.number - before.number;
  const size = Math.max(Math.abs(now.number), Math.abs(before.number));
  const known = Math.max(...[now, before].map(({ value }) => /\.(\d+)/.exec(value)?.[1].length ?? 0));
  if (!(Math.abs(gap) > LEAST_CHANGE * size)) return { now: now.value, before: before.value, change: "" };
  const decimals = Math.max(known, -Math.floor(Math.log10(Math.abs(gap))));
  const text = (v: number) => (size < 1e-3 || size >= MOST_WRITTEN ? format(v, 4) : fixed(v, decimals));
  return { now: text(now.number) + now.unit, before: text(before.number) + before.unit, change: `${gap > 0 ? "+" : ""}${text(gap)}` };
}

export function costOf(outputs: Columns, y: Columns | null, payload: Payload, first: Columns): NetworkCost {
  if (!y) return changeOf(outputs, first);
  return payload.classes ? classCost(outputs, y[0]) : numberCost(outputs, y, payload);
}

function numberCost(outputs: Columns, y: Columns, payload: Payload): NetworkCost {
  let [missed, spread, squares, count] = [0, 0, 0, 0];
  outputs.forEach((column, o) => {
    const scale = Math.abs(payload.output_scaling[o][0]);
    const mean = y[o].reduce((s, v) => s + v, 0) / y[o].length;
    for (let r = 0; r < column.length; r++) {
      const error = (column[r] - y[o][r]) ** 2;
      missed += error;
      squares += error * scale * scale;
      spread += (y[o][r] - mean) ** 2;
    }
    count += column.length;
  });
  const rmse = Math.sqrt(squares / count);
  const r2 = spread > 0 ? 1 - missed / spread : NaN;
  const shown = [measure("RMSE", rmse)];
  if (Number.isFinite(r2)) shown.unshift(measure("R²", r2));
  return { loss: rmse, bits: bitsOf(spread > 0 ? missed / spread : missed), shown };
}

function classCost(outputs: Columns, y: Float64Array): NetworkCost {
  let [entropy, right] = [0, 0];
  for (let r = 0; r < y.length; r++) {
    const logits = outputs.map((c) => c[r]);
    const top = Math.max(...logits);
    const total = logits.reduce((s, v) => s + Math.exp(v - top), 0);
    entropy += top + Math.log(total) - logits[y[r]];
    if (logits.indexOf(top) === y[r]) right++;
  }
  const loss = entropy / y.length;
  return { loss, bits: loss / Math.LN2, shown: [percent("Accuracy", right / y.length), measure("Log loss", loss)] };
}

/** Without targets: by how much the outputs moved, in their own spread. */
function changeOf(outputs: Columns, first: Columns): NetworkCost {
  let [moved, spread] = [0, 0];
  outputs.forEach((column, o) => {
    const mean = first[o].reduce((s, v) => s + v, 0) / first[o].length;
    for (let r = 0; r < column.length; r++) {
      moved += (column[r] - first[o][r]) ** 2;
      spread += (first[o][r] - mean) ** 2;
    }
  });
  const loss = spread > 0 ? Math.sqrt(moved / spread) : Math.sqrt(moved);
  return { loss, bits: bitsOf(loss * loss), shown: [changeMeasure(loss)] };
}

/** The name of the measure where there are no targets. */
export const CHANGE = "Change";
/** How far outputs have moved, as a part of their own spread. */
export const changeMeasure = (share: number): Measure => ({ name: CHANGE, number: 100 * share, unit: " %", value: `${format(100 * share)} %` });

/** A number with three or so digits, commas between thousands from 10,000 on, and a real minus. */
export function format(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 1e-3 || size >= MOST_WRITTEN) return value.toExponential(digits - 1).replace(/\.?0*e\+?/, "e").replace(/-/g, "−");
  return trim(fixed(value, digits - 1 - Math.floor(Math.log10(size))));
}

/** A change, with its sign. */
export const signed = (value: number, digits = 3): string => (value > 0 ? `+${format(value, digits)}` : format(value, digits));

const trim = (text: string): string => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

/** A number with these decimals; what rounds to nothing is 0. */
function fixed(value: number, decimals: number): string {
  const places = Math.min(Math.max(decimals, 0), 20);
  const isLong = Math.abs(value) >= 9999.5;
  const text = isLong ? value.toLocaleString("en", { minimumFractionDigits: places, maximumFractionDigits: places }) : value.toFixed(places);
  return isLong || Number(text) ? text.replace("-", "−") : "0";
}

/** The step of numbers of a size, of which three digits are shown: 0.01 where they go up to 6.63. */
export const stepOf = (size: number): number => 10 ** (Math.floor(Math.log10(size > 0 ? size : 1)) - 2);

/** A number beside others of a size, to the decimals that matter there: −0.000168 among numbers up to 2 is 0. */
export function formatOn(value: number, size: number): string {
  if (!(size >= 1e-4 && size < MOST_WRITTEN)) return format(value);
  return fixed(value, -Math.round(Math.log10(stepOf(size))));
}

/** R² with as many digits as tell it from 1. */
export function formatShare(share: number): string {
  if (share >= 1 - 5e-7) return "1";
  return fixed(share, Math.min(Math.max(Math.ceil(-Math.log10(1 - share)) + 1, 3), 6));
}

/** A number of the table as it stands there: a year is no 2,010. */
export function plain(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < MOST_WRITTEN ? fixed(value, 0) : format(value, Math.abs(value) < 1000 ? 4 : 5);
}
