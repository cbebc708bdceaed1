/** How well outputs fit the data: RMSE and R², cross entropy and accuracy, or the change alone. */

import type { Columns, Payload } from "./payload";

export interface Cost {
  /** what the charts of costs draw; less is better */
  loss: number;
  /** name and value of what people read */
  shown: { name: string; value: string }[];
}

export function costOf(outputs: Columns, y: Columns | null, payload: Payload, first: Columns): Cost {
  if (!y) return changeOf(outputs, first);
  return payload.classes ? classCost(outputs, y[0]) : numberCost(outputs, y, payload);
}

function numberCost(outputs: Columns, y: Columns, payload: Payload): Cost {
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
  const shown = [{ name: "RMSE", value: format(rmse) }];
  if (Number.isFinite(r2)) shown.unshift({ name: "R²", value: formatShare(r2) });
  return { loss: rmse, shown };
}

function classCost(outputs: Columns, y: Float64Array): Cost {
  let [entropy, right] = [0, 0];
  for (let r = 0; r < y.length; r++) {
    const logits = outputs.map((c) => c[r]);
    const top = Math.max(...logits);
    const total = logits.reduce((s, v) => s + Math.exp(v - top), 0);
    entropy += top + Math.log(total) - logits[y[r]];
    if (logits.indexOf(top) === y[r]) right++;
  }
  const loss = entropy / y.length;
  return {
    loss,
    shown: [
      { name: "Accuracy", value: `${((100 * right) / y.length).toFixed(1)} %` },
      { name: "Cross entropy", value: format(loss) },
    ],
  };
}

/** Without targets: by how much the outputs moved, in their own spread. */
function changeOf(outputs: Columns, first: Columns): Cost {
  let [moved, spread] = [0, 0];
  outputs.forEach((column, o) => {
    const mean = first[o].reduce((s, v) => s + v, 0) / first[o].length;
    for (let r = 0; r < column.length; r++) {
      moved += (column[r] - first[o][r]) ** 2;
      spread += (first[o][r] - mean) ** 2;
    }
  });
  const loss = spread > 0 ? Math.sqrt(moved / spread) : Math.sqrt(moved);
  return { loss, shown: [{ name: "Change", value: `${format(100 * loss)} %` }] };
}

/** A number with three or so digits, and a real minus. */
export function format(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? value.toExponential(digits - 1) : trim(value.toPrecision(digits + (size >= 1000 ? 1 : 0)));
  return text.replace("e+", "e").replace(/-/g, "−");
}

function trim(text: string): string {
  return text.includes("e") ? String(Number(text)) : text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** R² with as many digits as tell it from 1. */
export function formatShare(share: number): string {
  const nines = share < 1 ? Math.ceil(-Math.log10(1 - share)) : 6;
  return share.toFixed(Math.min(Math.max(nines + 1, 3), 6)).replace("-", "−");
}
