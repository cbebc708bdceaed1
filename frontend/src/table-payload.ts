/** What Python hands over of an estimator (src/edgewise/explorer/tables.py). */

import type { Packed } from "./payload";

interface EffectCommon {
  names: string[];
  columns: number[];
  importance: number;
  edited: boolean;
  /** 1 if the effect may only rise, -1 if it may only fall, else 0; and of its slope */
  sign: number;
  bend: number;
  /** what each row's value adds */
  parts: Packed;
}

/** A curve at points, its band there, and what a missing value adds. */
export interface CurveEffect extends EffectCommon {
  kind: "curve";
  at: Packed;
  value: Packed;
  low: Packed;
  high: Packed;
  missing: number | null;
}

/** A value and the number of rows for each level; null is a missing value. */
export interface LevelsEffect extends EffectCommon {
  kind: "levels";
  levels: (string | null)[];
  value: Packed;
  counts: Packed;
}

/** Values of the cells of two or three columns, the last one's side by side, and the rows in each. */
export interface SurfaceEffect extends EffectCommon {
  kind: "pair" | "triple";
  /** what the cells of each column are called */
  sides: string[][];
  value: Packed;
  counts: Packed;
  /** the effect in one sentence */
  course: string;
}

export type EffectPayload = CurveEffect | LevelsEffect | SurfaceEffect;

/** The loss of an output's rows: the formula's name and numbers, and what it takes of each row. */
export interface LossPayload {
  name: string;
  parameters: Record<string, number>;
  /** the fit's sum of effects is the told one / size - moved */
  size: number;
  moved: number;
  /** what the losses of these rows add up to with the best constant */
  whole: number;
  rows: Record<string, Packed>;
}

export interface TablePayload {
  kind: "table";
  title: string;
  output_names: string[];
  other: string | null;
  link: "identity" | "log" | "logistic" | "softmax";
  /** what an effect is called */
  units: string;
  /** shift and scale of each output's prediction */
  scales: [number, number][];
  bounds: [number | null, number | null];
  columns: { name: string; values: Packed; levels: (string | null)[] | null }[];
  outputs: { rest: Packed; effects: EffectPayload[] }[];
  y: Packed | null;
  /** of each output, where errors aren't squared and outputs are no classes */
  losses: LossPayload[] | null;
  /** whether predictions of a row are quantiles, which rise from output to output */
  rising: boolean;
  classes: boolean;
  rows: number;
  log: TableLog;
}

/** One entry of the log: what `estimator.edit` is called with. */
export interface TableEdit {
  feature: string[];
  action: string;
  options: { at?: number[]; values?: number[] | [string | null, number][]; missing?: number };
  output: string | null;
  before: number | null;
  after: number | null;
  rows: number;
  by: string | null;
  on: string | null;
  /** what the reader did, in words, where the action is a curve's points */
  note: string | null;
}

export interface TableLog {
  edgewise_table_edits: 1;
  columns: string[];
  outputs: string[];
  edits: TableEdit[];
}

/** A log that somebody pasted; throws an Error that says what is wrong. */
export function readTableLog(text: string, own: TableLog): TableLog {
  let log: TableLog;
  try {
    log = JSON.parse(text) as TableLog;
  } catch {
    throw new Error("This is no JSON: paste the whole log.");
  }
  if (log?.edgewise_table_edits !== 1 || !Array.isArray(log.edits) || !log.edits.every(isEdit)) {
    throw new Error("This is no log of edits of a table that the explorer wrote.");
  }
  const same = JSON.stringify([log.columns, log.outputs]) === JSON.stringify([own.columns, own.outputs]);
  if (!same) throw new Error("This log is for another table.");
  return log;
}

const isEdit = (edit: TableEdit): boolean =>
  Array.isArray(edit?.feature) && typeof edit.action === "string" && typeof edit.options === "object" && edit.options !== null;
