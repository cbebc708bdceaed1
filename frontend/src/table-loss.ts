/** Losses of rows other than squared errors and classes (src/edgewise/explorer/table_losses.py; edgewise.additive.losses). */

import { unpack, type Columns } from "./payload";
import type { LossPayload } from "./table-payload";

type Rows = Record<string, Float64Array>;
/** The loss of row r, whose sum of effects is s. */
type Formula = (s: number, r: number, rows: Rows, p: Record<string, number>) => number;

/** Half the deviance of a variance of φ μ^p. */
const power: Formula = (s, r, { y }, p) => {
  const mean = Math.exp(s);
  const v = y[r];
  const k = p.power;
  if (k === 1) return (v > 0 ? v * (Math.log(v) - s) : 0) - (v - mean);
  if (k === 2) return v / mean - 1 - (Math.log(v) - s);
  return (v ** (2 - k) - v * mean ** (1 - k)) / (1 - k) - (v ** (2 - k) - mean ** (2 - k)) / (2 - k);
};

const softplus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));

const FORMULAS: Record<string, Formula> = {
  poisson: power,
  gamma: power,
  tweedie: power,
  negative_binomial: (s, r, { y }, { size }) => {
    const rest = (y[r] + size) * Math.log((y[r] + size) / (Math.exp(s) + size));
    return (y[r] > 0 ? y[r] * (Math.log(y[r]) - s) : 0) - rest;
  },
  binomial: (s, r, { y }) => softplus(s) - y[r] * s,
  lognormal: (s, r, { y }) => 0.5 * (y[r] - s) ** 2,
  huber: (s, r, { y }, { limit }) => {
    const far = Math.abs(y[r] - s);
    const near = Math.min(far, limit);
    return near * (far - near / 2);
  },
  quantile: (s, r, { y }, { level, width }) => level * (y[r] - s) + width * softplus((s - y[r]) / width),
  events: (s, r, { y, hazard, rate }) => Math.exp(s + hazard[r]) - y[r] * (s + rate[r]),
};

/** The losses of all outputs. */
export class RowLosses {
  private readonly rows: Rows[];

  constructor(private readonly payload: LossPayload[]) {
    this.rows = payload.map((loss) => Object.fromEntries(Object.entries(loss.rows).map(([name, packed]) => [name, unpack(packed).data])));
  }

  /** Whether the rows are times until an event. */
  get isSurvival(): boolean {
    return this.payload[0].name === "events";
  }

  /** The loss of some rows over that of the best constant for all, both as means; of events the mean itself. */
  measure(sums: Columns, some: ArrayLike<number>): number {
    const each = this.payload.map(({ name, parameters, size, moved, whole }, o) => {
      const rows = this.rows[o];
      let [total, weight] = [0, 0];
      for (let k = 0; k < some.length; k++) {
        const r = some[k];
        weight += rows.weight[r];
        total += rows.weight[r] * FORMULAS[name](sums[o][r] / size - moved, r, rows, parameters);
      }
      return (total / weight) * (rows.weight.reduce((sum, v) => sum + v, 0) / whole);
    });
    return each.reduce((sum, v) => sum + v, 0) / each.length;
  }

  /** Harrell's C: of comparable pairs the part in which the earlier event has the higher risk. */
  concordance(risk: Float64Array): number {
    const { y, entry, time } = this.rows[0];
    let [right, total] = [0, 0];
    for (let i = 0; i < risk.length; i++) {
      if (!y[i]) continue;
      for (let j = 0; j < risk.length; j++) {
        if (entry[j] >= time[i] || !(time[j] > time[i] || (time[j] === time[i] && !y[j]))) continue;
        total++;
        right += risk[i] > risk[j] ? 1 : risk[i] === risk[j] ? 0.5 : 0;
      }
    }
    return total ? right / total : NaN;
  }
}
