/** What Python hands over (src/edgewise/explorer/payload.py), and its numbers unpacked. */

export interface Packed {
  shape: number[];
  data: string;
}

export interface Table {
  shape: number[];
  data: Float64Array;
}

export type Tree = string | [string, ...unknown[]];

export interface CurvesPayload {
  basis: { name: string; [setting: string]: unknown };
  grid: Packed[];
  /** Where functions go on as lines, of shape (2, in), and with which slopes, (2, in, G). */
  tails: { ends: Packed; slopes: Packed } | null;
  norm: { name: string; title: string; trained: Packed[]; feeds_base: boolean } | null;
  coef: Packed;
  base: Packed | null;
  activation: string;
  bias: Packed | null;
}

export interface FunctionsPayload {
  edges: { i: number; o: number; function: Tree; numbers: number[] }[];
  bias: Packed;
  products: number[];
}

export interface LayerPayload {
  in: number;
  out: number;
  mixes: boolean;
  exists: number[];
  numeric: CurvesPayload | null;
  symbolic: FunctionsPayload | null;
  post: Packed[] | null;
}

export interface Payload {
  widths: number[];
  input_names: string[];
  output_names: string[];
  /** original = scale · value + shift, for each column */
  input_scaling: [number, number][];
  output_scaling: [number, number][];
  layers: LayerPayload[];
  scores: Packed[];
  x: Packed;
  y: Packed | null;
  classes: boolean;
  rows: number;
  log: unknown;
}

/** One array for each column of a table. */
export type Columns = Float64Array[];

export function unpack(packed: Packed): Table {
  const bytes = Uint8Array.from(atob(packed.data), (c) => c.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const data = new Float64Array(bytes.length / 8);
  for (let k = 0; k < data.length; k++) data[k] = view.getFloat64(8 * k, true);
  return { shape: packed.shape, data };
}

export function columnsOf(table: Table): Columns {
  const [rows, count] = table.shape;
  return Array.from({ length: count }, (_, c) =>
    Float64Array.from({ length: rows }, (_, r) => table.data[r * count + c]),
  );
}
