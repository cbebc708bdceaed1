/** What each edit makes of an edge: the same numbers as src/edgewise/explorer/edits.py. */

import { valueOf } from "./functions";
import type { Tree } from "./payload";

export type EdgeIndex = [layer: number, input: number, output: number];
/** A node by its level, 0 for inputs, and its place there. */
export type NodeIndex = [level: number, n: number];
/** Characters of a label. */
export const LONGEST_LABEL = 80;

export interface Remove {
  do: "remove";
  edges: EdgeIndex[];
  constants: number[];
  /** whether the threshold's slider wrote it, which then replaces it */
  by?: string;
}
export interface Fix {
  do: "fix";
  edge: EdgeIndex;
  function: Tree;
  a: number;
  b: number;
  c: number;
  d: number;
}
export interface Curve {
  do: "redraw" | "bend";
  edge: EdgeIndex;
  x: number[];
  y: number[];
  by?: string;
}
export interface Clip {
  do: "clip";
  edge: EdgeIndex;
  low: number;
  high: number;
}
/** What a reader calls a hidden node; "" takes the name away. It changes no number. */
export interface Label {
  do: "label";
  node: NodeIndex;
  text: string;
}
export type Edit = Remove | Fix | Curve | Clip | Label;

export interface Log {
  edgewise_edits: 1;
  widths: number[];
  edits: Edit[];
}

export interface Step {
  edit: Edit;
  /** which of the edit's edges is meant */
  position: number;
}

export function touched(edit: Edit): EdgeIndex[] {
  if (edit.do === "label") return [];
  return edit.do === "remove" ? edit.edges : [edit.edge];
}

/** One edge after an edit; x is its input, value what it adds, a number for each row. */
export function applyStep({ edit, position }: Step, value: Float64Array, x: Float64Array): Float64Array {
  switch (edit.do) {
    case "remove":
      return new Float64Array(x.length).fill(edit.constants[position]);
    case "fix": {
      const f = valueOf(edit.function);
      return x.map((v) => edit.c * f(edit.a * v + edit.b) + edit.d);
    }
    case "redraw":
      return interpolate(edit.x, edit.y, x);
    case "bend": {
      const added = interpolate(edit.x, edit.y, x);
      return value.map((v, r) => v + added[r]);
    }
    case "clip":
      return value.map((v) => Math.min(Math.max(v, edit.low), edit.high));
    case "label":
      return value;
  }
}

/** The monotone cubic through points: see src/edgewise/explorer/interpolation.py. */
export function interpolate(x: number[], y: number[], at: Float64Array): Float64Array {
  const last = x.length - 1;
  const step = x.slice(1).map((v, k) => v - x[k]);
  const rise = step.map((h, k) => (y[k + 1] - y[k]) / h);
  const slope = slopes(step, rise);
  return at.map((value) => {
    const v = Math.min(Math.max(value, x[0]), x[last]);
    let k = 0;
    for (let b = last; b - k > 1; ) {
      const middle = (k + b) >> 1;
      if (v >= x[middle]) k = middle;
      else b = middle;
    }
    const u = v - x[k];
    const t = u / step[k];
    const bend = (slope[k] + slope[k + 1] - 2 * rise[k]) * t;
    const tilt = 3 * rise[k] - 2 * slope[k] - slope[k + 1];
    return y[k] + u * (slope[k] + t * (tilt + bend));
  });
}

function slopes(step: number[], rise: number[]): number[] {
  const last = rise.length - 1;
  if (last === 0) return [rise[0], rise[0]];
  const inner = rise.slice(1).map((after, k) => {
    const before = rise[k];
    if (before * after <= 0) return 0;
    const near = 2 * step[k + 1] + step[k];
    const far = step[k + 1] + 2 * step[k];
    return (near + far) / (near / before + far / after);
  });
  const first = endSlope(step[0], step[1], rise[0], rise[1]);
  return [first, ...inner, endSlope(step[last], step[last - 1], rise[last], rise[last - 1])];
}

function endSlope(near: number, far: number, rise: number, next: number): number {
  const slope = ((2 * near + far) * rise - near * next) / (near + far);
  if (slope * rise <= 0) return 0;
  if (rise * next <= 0 && Math.abs(slope) > 3 * Math.abs(rise)) return 3 * rise;
  return slope;
}

/** The nearest increasing values in the sense of weighted least squares (pool adjacent violators). */
export function makeIncreasing(values: number[], weights: number[]): number[] {
  const blocks: { mean: number; weight: number; count: number }[] = [];
  values.forEach((value, k) => {
    blocks.push({ mean: value, weight: weights[k], count: 1 });
    while (blocks.length > 1 && blocks[blocks.length - 2].mean > blocks[blocks.length - 1].mean) {
      const b = blocks.pop()!;
      const a = blocks.pop()!;
      const weight = a.weight + b.weight;
      blocks.push({
        mean: (a.mean * a.weight + b.mean * b.weight) / weight,
        weight,
        count: a.count + b.count,
      });
    }
  });
  return blocks.flatMap((b) => Array<number>(b.count).fill(b.mean));
}

/** Whether two curves differ by rounding only. */
export function isNear(one: number[], other: number[]): boolean {
  const size = Math.max(...other) - Math.min(...other);
  return one.every((v, k) => Math.abs(v - other[k]) <= 1e-9 * size);
}

/** Edges that are removed after some edits. */
export function removedBy(edits: Edit[]): Set<string> {
  const found = new Set<string>();
  for (const edit of edits) {
    for (const edge of touched(edit)) edit.do === "remove" ? found.add(String(edge)) : found.delete(String(edge));
  }
  return found;
}

/** An edit without one of its edges; nothing if it has no other. */
export function without(edit: Edit, edge: EdgeIndex): Edit[] {
  if (edit.do !== "remove") return [];
  const kept = edit.edges.flatMap((e, k) => (String(e) === String(edge) ? [] : [k]));
  return kept.length ? [{ ...edit, edges: kept.map((k) => edit.edges[k]), constants: kept.map((k) => edit.constants[k]) }] : [];
}

/** The edits of a log that somebody pasted; throws an Error that says what is wrong. */
export function readLog(text: string, widths: number[]): Edit[] {
  let log: Log;
  try {
    log = JSON.parse(text) as Log;
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (log?.edgewise_edits !== 1 || !Array.isArray(log.edits)) {
    throw new Error("This is no log of edits that the explorer wrote.");
  }
  if (JSON.stringify(log.widths) !== JSON.stringify(widths)) {
    throw new Error(`This log is for a network of the widths ${JSON.stringify(log.widths)}.`);
  }
  log.edits.forEach((edit, k) => {
    if (!isEdit(edit, widths)) throw new Error(`Edit ${k} of this log is damaged.`);
  });
  return log.edits;
}

const isNumber = (v: unknown): v is number => typeof v === "number" && Number.isFinite(v);
const isNumbers = (v: unknown): v is number[] => Array.isArray(v) && v.every(isNumber);

function isEdge(edge: unknown, widths: number[]): boolean {
  if (!Array.isArray(edge) || edge.length !== 3 || !edge.every(Number.isInteger)) return false;
  const [layer, i, o] = edge as EdgeIndex;
  const inside = layer >= 0 && layer < widths.length - 1 && i >= 0 && o >= 0;
  return inside && i < widths[layer] && o < widths[layer + 1];
}

/** Whether it is a hidden node of such a network. */
function isNode(node: unknown, widths: number[]): boolean {
  if (!Array.isArray(node) || node.length !== 2 || !node.every(Number.isInteger)) return false;
  const [level, n] = node as NodeIndex;
  return level > 0 && level < widths.length - 1 && n >= 0 && n < widths[level];
}

function isEdit(edit: Edit, widths: number[]): boolean {
  switch (edit?.do) {
    case "remove":
      return (
        Array.isArray(edit.edges) &&
        edit.edges.every((e) => isEdge(e, widths)) &&
        isNumbers(edit.constants) &&
        edit.constants.length === edit.edges.length
      );
    case "fix":
      return isEdge(edit.edge, widths) && [edit.a, edit.b, edit.c, edit.d].every(isNumber) && isTree(edit.function);
    case "redraw":
    case "bend":
      return (
        isEdge(edit.edge, widths) &&
        isNumbers(edit.x) &&
        isNumbers(edit.y) &&
        edit.x.length === edit.y.length &&
        edit.x.length > 1 &&
        edit.x.every((v, k) => k === 0 || v > edit.x[k - 1])
      );
    case "clip":
      return isEdge(edit.edge, widths) && isNumber(edit.low) && isNumber(edit.high) && edit.low <= edit.high;
    case "label":
      return isNode(edit.node, widths) && typeof edit.text === "string" && [...edit.text].length <= LONGEST_LABEL;
    default:
      return false;
  }
}

function isTree(tree: unknown): boolean {
  try {
    return Number.isFinite(valueOf(tree as Tree)(0.5)) || true;
  } catch {
    return false;
  }
}
