/** An estimator on the page: its effects, edits of them with undo, and what they do to the rows. */

import { changeMeasure, format, measure, percent, stepOf, type Cost, type Measure } from "./cost";
import { writeValue } from "./dates";
import { Editable } from "./editable";
import { columnsOf, unpack, type Columns } from "./payload";
import { RowLosses } from "./table-loss";
import { readTableLog, type EffectPayload, type TableEdit, type TableLog, type TablePayload } from "./table-payload";

const MOST_GROUPS = 12;
/** Whole numbers or names of which more than this part are different tell rows apart. */
const MOST_DISTINCT = 0.9;
const QUARTERS = 4;

/** An effect as it is now: its values at its points or levels, and what it adds to each row. */
export interface Shape {
  at: Float64Array;
  value: Float64Array;
  missing: number | null;
  parts: Float64Array;
  edited: boolean;
}

export interface Effect {
  payload: EffectPayload;
  first: Shape;
  now: Shape;
}

/** Sums of effects and predictions of the rows, one column an output. */
interface State {
  sums: Columns;
  told: Columns;
}

/** Rows that belong together: of one level, or of a quarter of a column's numbers. */
export interface Group {
  name: string;
  rows: number[];
}

/** Rows whose prediction has moved by what is shown of a change, and by how much. */
export interface Affected {
  rows: number;
  rising: number;
  /** the mean of the changes over all rows asked for */
  mean: number;
  /** mean and greatest size of the changes of the rows affected */
  size: number;
  largest: number;
}

export class TableSession extends Editable<TableEdit> {
  readonly columns: Columns;
  readonly effects: Effect[][];
  readonly rows: number;
  private readonly rest: Float64Array[];
  private readonly y: Columns | null;
  private readonly losses: RowLosses | null;
  private readonly first: State;
  private readonly firstCost: Cost;
  private state: State;
  chosen: [output: number, effect: number] = [0, 0];
  by = "";

  constructor(readonly payload: TablePayload) {
    super();
    this.columns = payload.columns.map((column) => unpack(column.values).data);
    this.rows = this.columns[0].length;
    this.rest = payload.outputs.map((output) => unpack(output.rest).data);
    this.effects = payload.outputs.map((output) => output.effects.map(startOf));
    this.y = payload.y && (payload.classes && !this.hasLabels ? [unpack(payload.y).data] : columnsOf(unpack(payload.y)));
    this.losses = payload.losses && new RowLosses(payload.losses);
    this.first = this.state = this.predict();
    this.firstCost = this.costOf(this.first);
  }

  /** Whether a row has several labels, each with a probability of its own. */
  get hasLabels(): boolean {
    return this.payload.link === "logistic" && this.payload.output_names.length > 1;
  }

  /** The class of each row, if y holds classes. */
  get classOfRow(): Float64Array | null {
    return this.payload.classes && !this.hasLabels && this.y ? this.y[0] : null;
  }

  /** Whether there are targets. */
  private get isJudged(): boolean {
    return this.y !== null || this.losses !== null;
  }

  get effect(): Effect {
    return this.effects[this.chosen[0]][this.chosen[1]];
  }

  choose(output: number, effect: number): void {
    this.chosen = [output, effect];
    this.tell("choice");
  }

  // Edits.

  /** An edit of the chosen effect; values are on the scale of the sum. */
  make(action: string, options: TableEdit["options"] = {}): TableEdit {
    const output = this.payload.output_names[this.chosen[0]];
    return { feature: this.effect.payload.names, action, options, output, before: null, after: null, rows: 0, by: this.by || null, on: null, note: null };
  }

  /** An edit that puts other values in the place of the chosen effect's. */
  redraw(value: Float64Array | number[], note: string | null = null): TableEdit {
    const { payload, now } = this.effect;
    const told = [...value].map((v) => this.told(v));
    if (payload.kind === "levels") return this.make("replace", { values: payload.levels.map((name, k) => [name, told[k]] as [string | null, number]) });
    return { ...this.make("replace", { at: [...now.at], values: told }), note };
  }

  /** Shows an edit without keeping it; null takes it back. */
  attempt(edit: TableEdit | null): void {
    this.trial = edit;
    this.refresh();
    this.tell("trial");
  }

  /**
   * Keeps an edit, with what it does to the loss; in the place of the last one as the same step.
   * Says why not, in words, if the effect is held to a shape that the edit would break.
   */
  commit(edit: TableEdit, replacesLast = false): string | null {
    this.trial = null;
    const others = replacesLast ? this.edits.slice(0, -1) : this.edits;
    const broken = this.brokenBy([...others, edit]);
    if (broken) {
      this.show();
      return broken;
    }
    const before = this.lossAfter(others);
    const after = this.lossAfter([...others, edit]);
    const whole = { ...edit, before, after, rows: this.isJudged ? this.rows : 0, on: new Date().toISOString() };
    if (replacesLast) this.history.exchangeLast(whole);
    else this.history.set([...this.edits, whole]);
    this.show();
    return null;
  }

  /** The first shape that the last of these edits breaks, in words. */
  private brokenBy(edits: TableEdit[]): string | null {
    this.apply(edits);
    const mine = this.effects.flatMap((effects, o) => effects.filter((effect) => this.isOf(edits[edits.length - 1], effect, o)));
    const broken = mine.find(({ payload, now }) => !obeys(payload, now))?.payload;
    return broken ? `Not kept: ${broken.names[0]} may only ${wordsOf(broken)}, by ${broken.bend ? "convexity_cst" : "monotonic_cst"}.` : null;
  }

  protected show(): void {
    this.trial = null;
    this.refresh();
    this.tell("edits");
  }

  private refresh(): void {
    this.apply(this.trial ? [...this.edits, this.trial] : this.edits);
    this.state = this.predict();
  }

  private lossAfter(edits: TableEdit[]): number | null {
    if (!this.isJudged) return null;
    this.apply(edits);
    return this.lossOf(this.predict());
  }

  private apply(edits: TableEdit[]): void {
    this.effects.forEach((effects, o) => {
      for (const effect of effects) {
        const mine = edits.filter((edit) => this.isOf(edit, effect, o));
        effect.now = mine.reduce((shape, edit) => this.follow(shape, edit, effect.payload), effect.first);
      }
    });
  }

  private isOf(edit: TableEdit, effect: Effect, output: number): boolean {
    const { names } = effect.payload;
    const same = names.length === edit.feature.length && names.every((name) => edit.feature.includes(name));
    return same && (edit.output === null || edit.output === this.payload.output_names[output]);
  }

  private follow(shape: Shape, edit: TableEdit, effect: EffectPayload): Shape {
    const { at, values } = edit.options;
    if (edit.action === "flatten") {
      const zero = (v: Float64Array) => new Float64Array(v.length);
      return { ...shape, value: zero(shape.value), missing: shape.missing === null ? null : 0, parts: zero(shape.parts), edited: true };
    }
    const column = this.columns[effect.columns[0]];
    if (effect.kind === "levels") {
      const found = new Map((values as [string | null, number][]).map(([name, v]) => [name, this.own(v)]));
      const value = shape.value.map((v, k) => found.get(effect.levels[k]) ?? v);
      const { levels } = this.payload.columns[effect.columns[0]];
      const parts = shape.parts.map((v, r) => found.get(levels![column[r]]) ?? v);
      return { ...shape, value, parts, edited: true };
    }
    const points = Float64Array.from(at!);
    const own = Float64Array.from(values as number[], (v) => this.own(v));
    const missing = edit.options.missing === undefined ? shape.missing : this.own(edit.options.missing);
    const parts = shape.parts.map((v, r) => (Number.isNaN(column[r]) ? (missing ?? v) : lineThrough(points, own, column[r])));
    return { at: points, value: own, missing, parts, edited: true };
  }

  /** An effect as explanations tell it: a factor where effects multiply. */
  told(value: number): number {
    return this.payload.link === "log" ? Math.exp(value) : value;
  }

  private own(told: number): number {
    return this.payload.link === "log" ? Math.log(told) : told;
  }

  log(): TableLog {
    return { ...this.payload.log, edits: [...this.payload.log.edits, ...this.edits] };
  }

  load(text: string): void {
    const log = readTableLog(text, this.payload.log);
    const start = this.payload.log.edits;
    if (JSON.stringify(log.edits.slice(0, start.length)) !== JSON.stringify(start)) {
      throw new Error("This log doesn't begin with the edits that the model has already.");
    }
    const edits = log.edits.slice(start.length);
    edits.forEach((edit, k) => this.check(edit, edits.slice(0, k)));
    this.setEdits(edits);
  }

  private check(edit: TableEdit, before: TableEdit[]): void {
    const effect = this.effects.flatMap((effects, o) => effects.filter((e) => this.isOf(edit, e, o)))[0];
    const words = `${edit.action} ${edit.feature.join(" × ")}`;
    if (!effect) throw new Error(`The model has no effect for the edit "${words}".`);
    const { at, values } = edit.options;
    const isCurve = Array.isArray(at) && at.length > 1 && at.length === values?.length;
    const isLevels = Array.isArray(values) && values.every((pair) => Array.isArray(pair) && Number.isFinite(pair[1]));
    const fits = (edit.action === "flatten" && effect.payload.kind !== "triple") || (edit.action === "replace" && (effect.payload.kind === "levels" ? isLevels : effect.payload.kind === "curve" && isCurve));
    if (!fits) throw new Error(`The page can't repeat the edit "${words}"; Python's replay can.`);
    const broken = this.brokenBy([...before, edit]);
    this.refresh();
    if (broken) throw new Error(broken);
  }

  // Predictions and what they cost.

  private predict(): State {
    const sums = this.effects.map((effects, o) => {
      const sum = Float64Array.from(this.rest[o]);
      for (const { now } of effects) for (let r = 0; r < sum.length; r++) sum[r] += now.parts[r];
      return sum;
    });
    return { sums, told: this.tellAll(sums) };
  }

  /** Targets, or the probability of each output's class. */
  private tellAll(sums: Columns): Columns {
    const { link, scales, bounds, rising } = this.payload;
    if (link === "logistic") return sums.map((s) => s.map((v) => 1 / (1 + Math.exp(-v))));
    if (link === "softmax") {
      const totals = sums[0].map((_, r) => sums.reduce((t, s) => t + Math.exp(s[r]), 0));
      return sums.map((s) => s.map((v, r) => Math.exp(v) / totals[r]));
    }
    const [low, high] = [bounds[0] ?? -Infinity, bounds[1] ?? Infinity];
    const told = sums.map((s, o) =>
      s.map((v) => {
        const [shift, scale] = scales[o];
        return Math.min(Math.max(shift + (link === "log" ? scale * Math.exp(v) : v), low), high);
      }),
    );
    if (rising) told[0].forEach((_, r) => Float64Array.from(told, (column) => column[r]).sort().forEach((v, o) => (told[o][r] = v)));
    return told;
  }

  /** The predictions of the rows now, one column an output. */
  get predictions(): Columns {
    return this.state.told;
  }

  /** Those when the page was opened. */
  get before(): Columns {
    return this.first.told;
  }

  /** What a row costs: squared errors, or minus the logarithm of its class's share, or the mean of its labels'. */
  private lossAt(outputs: Columns, r: number): number {
    const y = this.y!;
    if (this.payload.link === "logistic") {
      const shares = outputs.map((column, o) => (y[o][r] ? column[r] : 1 - column[r]));
      return shares.reduce((sum, share) => sum - Math.log(Math.max(share, 1e-15)), 0) / shares.length;
    }
    if (this.payload.classes) return -Math.log(Math.max(outputs[y[0][r]][r], 1e-15));
    return outputs.reduce((sum, column, o) => sum + (column[r] - y[o][r]) ** 2, 0) / outputs.length;
  }

  private lossOf({ sums, told }: State, rows: ArrayLike<number> = Array.from({ length: this.rows }, (_, r) => r)): number {
    if (this.losses) return this.losses.measure(sums, rows);
    let total = 0;
    for (let k = 0; k < rows.length; k++) total += this.lossAt(told, rows[k]);
    return total / rows.length;
  }

  cost(): { now: Cost; before: Cost } {
    return { now: this.costOf(this.state), before: this.firstCost };
  }

  private costOf(state: State): Cost {
    const { told: outputs, sums } = state;
    if (!this.isJudged) return this.changeOf(outputs);
    const loss = this.lossOf(state);
    if (this.losses?.isSurvival) return { loss, shown: [measure("C-index", this.losses.concordance(sums[0])), measure(this.lossName, loss)] };
    if (this.losses || !this.y) return { loss, shown: [this.shownOf(loss)] };
    if (this.payload.classes) {
      const right = this.y[0].reduce((sum, _, r) => sum + Number(this.isRight(outputs, r)), 0) / this.rows;
      return { loss, shown: [percent(this.hasLabels ? "All labels right" : "Accuracy", right), measure("Log loss", loss)] };
    }
    const spread = this.y.reduce((sum, column) => sum + variance(column), 0) / this.y.length;
    const shown = [measure("RMSE", Math.sqrt(loss))];
    if (spread > 0) shown.unshift(measure("R²", 1 - loss / spread));
    return { loss, shown };
  }

  /** Whether the likeliest class is the row's, or that of every label. */
  private isRight(outputs: Columns, r: number): boolean {
    const y = this.y!;
    if (this.payload.link === "logistic") return outputs.every((column, o) => Number(column[r] > 0.5) === y[o][r]);
    return outputs.reduce((best, column, o) => (column[r] > outputs[best][r] ? o : best), 0) === y[0][r];
  }

  private changeOf(outputs: Columns): Cost {
    const before = this.first?.told ?? outputs;
    const moved = outputs.reduce((sum, column, o) => sum + column.reduce((s, v, r) => s + (v - before[o][r]) ** 2, 0), 0);
    const spread = before.reduce((sum, column) => sum + variance(column) * column.length, 0);
    const loss = spread > 0 ? Math.sqrt(moved / spread) : Math.sqrt(moved);
    return { loss, shown: [changeMeasure(loss)] };
  }

  /** The loss of some rows as people read it. */
  shownLoss(rows: number[], which: "before" | "now"): string {
    if (!this.isJudged) return "–";
    return this.shownOf(this.lossOf(which === "now" ? this.state : this.first, rows)).value;
  }

  /** A loss in the measure of the header: RMSE, log loss, or the explained part of the deviance. */
  shownOf(loss: number): Measure {
    const isLoss = this.payload.classes || this.losses?.isSurvival;
    return measure(this.lossName, this.isExplained ? 1 - loss : isLoss ? loss : Math.sqrt(loss));
  }

  private get isExplained(): boolean {
    return this.losses !== null && !this.losses.isSurvival;
  }

  get lossName(): string {
    if (this.losses) return this.losses.isSurvival ? "−log L" : "D²";
    return this.payload.classes ? "Log loss" : "RMSE";
  }

  // Whom edits affect.

  /** How predictions of the chosen output moved since the page was opened. */
  affected(rows: number[] = [...this.predictions[0].keys()]): Affected {
    const [now, before] = [this.predictions[this.chosen[0]], this.before[this.chosen[0]]];
    const found: Affected = { rows: 0, rising: 0, mean: 0, size: 0, largest: 0 };
    const least = this.step / 2;
    for (const r of rows) {
      const moved = now[r] - before[r];
      found.mean += moved / rows.length;
      if (Math.abs(moved) < least) continue;
      found.rows++;
      found.rising += Number(moved > 0);
      found.size += Math.abs(moved);
      found.largest = Math.max(found.largest, Math.abs(moved));
    }
    if (found.rows) found.size /= found.rows;
    return found;
  }

  /** The step to which predictions of the chosen output are told; less is no change. */
  private get step(): number {
    return this.payload.classes ? 0.001 : stepOf(Math.sqrt(variance(this.before[this.chosen[0]])));
  }

  /** A change of predictions in words: of a probability in points of a hundred. */
  changeText(change: number): string {
    const shown = Math.abs(change) < this.step / 2 ? 0 : change;
    return this.payload.classes ? `${format(100 * shown)} points` : format(shown);
  }

  /** Whether a column has another value in nearly every row and so groups nothing: a name or a number of rows. */
  isIdentifier(column: number): boolean {
    const values = this.columns[column];
    const isWhole = this.payload.columns[column].levels !== null || values.every((v) => Number.isInteger(v) || Number.isNaN(v));
    return isWhole && new Set(values).size > MOST_DISTINCT * values.length;
  }

  /** Rows by a column: its levels, the most frequent first, or quarters of its numbers. */
  groups(column: number): Group[] {
    const { levels } = this.payload.columns[column];
    const values = this.columns[column];
    const write = (v: number) => writeValue(this.payload.columns[column].name, v, format);
    const names = levels ? (v: number) => levels[v] ?? "missing" : quarterOf(values, write);
    const found = new Map<string, number[]>();
    values.forEach((v, r) => {
      const name = names(v);
      if (!found.has(name)) found.set(name, []);
      found.get(name)!.push(r);
    });
    const all = [...found].map(([name, rows]) => ({ name, rows }));
    if (!levels) return all.sort((a, b) => Number(a.name === "missing") - Number(b.name === "missing") || values[a.rows[0]] - values[b.rows[0]]);
    all.sort((a, b) => b.rows.length - a.rows.length);
    if (all.length <= MOST_GROUPS) return all;
    return [...all.slice(0, MOST_GROUPS), { name: "others", rows: all.slice(MOST_GROUPS).flatMap((g) => g.rows) }];
  }
}

const wordsOf = ({ sign, bend }: EffectPayload): string =>
  [sign && (sign > 0 ? "rise" : "fall"), bend && (bend > 0 ? "bend upwards" : "bend downwards")].filter(Boolean).join(" and ");

/** Part of the greatest value by which rounding may break a shape; Python allows 1e-9. */
const ROUNDING = 1e-10;

/** Whether an effect keeps the shape it is held to: rises or falls, or is convex or concave. */
function obeys(payload: EffectPayload, { at, value }: Shape): boolean {
  const { sign, bend } = payload;
  if (!sign && !bend) return true;
  const isNamed = payload.kind === "levels";
  const values = isNamed ? value.filter((_, k) => payload.levels[k] !== null) : value;
  const near = ROUNDING * Math.max(...values.map(Math.abs), 1e-300);
  const pairs = [...values.slice(1)].map((v, k) => [v - values[k], isNamed ? 1 : at[k + 1] - at[k]]);
  const isOrdered = !sign || pairs.every(([step]) => sign * step >= -near);
  const slopes = pairs.map(([step, width]) => step / width);
  return isOrdered && (!bend || slopes.slice(1).every((slope, k) => bend * (slope - slopes[k]) * Math.min(pairs[k][1], pairs[k + 1][1]) >= -near));
}

function startOf(payload: EffectPayload): Effect {
  const parts = unpack(payload.parts).data;
  const none = new Float64Array(0);
  const value = payload.kind === "curve" || payload.kind === "levels" ? unpack(payload.value).data : none;
  const at = payload.kind === "curve" ? unpack(payload.at).data : none;
  const first: Shape = { at, value, missing: payload.kind === "curve" ? payload.missing : null, parts, edited: payload.edited };
  return { payload, first, now: first };
}

/** The line through points, constant before the first and after the last. */
export function lineThrough(at: Float64Array, value: Float64Array, x: number): number {
  const last = at.length - 1;
  if (x <= at[0]) return value[0];
  if (x >= at[last]) return value[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (at[middle] <= x) low = middle;
    else high = middle;
  }
  return value[low] + ((x - at[low]) / (at[high] - at[low])) * (value[high] - value[low]);
}

function variance(column: Float64Array): number {
  const mean = column.reduce((s, v) => s + v, 0) / column.length;
  return column.reduce((s, v) => s + (v - mean) ** 2, 0) / column.length;
}

/** The quarter of a column's values that a number is in, by name. */
function quarterOf(values: Float64Array, write: (v: number) => string): (v: number) => string {
  const sorted = values.filter((v) => !Number.isNaN(v)).sort();
  if (!sorted.length) return () => "missing";
  const ends = Array.from({ length: QUARTERS + 1 }, (_, k) => sorted[Math.min(sorted.length - 1, Math.floor((k / QUARTERS) * sorted.length))]);
  const cuts = [...new Set(ends)];
  return (v) => {
    if (Number.isNaN(v)) return "missing";
    if (cuts.length < 2) return write(cuts[0]);
    const k = Math.min(cuts.length - 2, Math.max(0, cuts.findLastIndex((cut) => cut <= v)));
    return `${write(cuts[k])} to ${write(cuts[k + 1])}`;
  };
}
