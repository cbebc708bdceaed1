/** What Python hands over (src/edgewise/explorer/payload.py), and its numbers unpacked. */

export interface Packed {
  shape: number[];
  /** bytes of a number: 4 where that loses nothing */
  bytes: 4 | 8;
  data: string;
}

export interface Table {
  shape: number[];
  data: Float64Array;
}

export type Tree = string | [string, ...unknown[]];

/** Polynomials of functions on cells: see polynomials.ts. */
export interface PolynomialsPayload {
  /** (cells + 1,) */
  ends: Packed;
  /** (cells, powers, functions) */
  coef: Packed;
}

export interface NormPayload {
  title: string;
  /** whose numbers x is compared with: its row's, by mean and deviation, or all, from -1 to 1 */
  statistics_of: "row" | "batch" | null;
  eps: number;
  /** scale and shift of each feature */
  affine: Packed[] | null;
  /** the table of a function that every feature goes through by itself */
  each: number | null;
  feeds_base: boolean;
}

export interface CurvesPayload {
  /** for each input the table of its functions */
  functions: number[];
  norm: NormPayload | null;
  coef: Packed;
  base: Packed | null;
  /** the table of the base activation */
  activation: number | null;
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
  kind: "network";
  widths: number[];
  input_names: string[];
  output_names: string[];
  /** original = scale · value + shift, for each column */
  input_scaling: [number, number][];
  output_scaling: [number, number][];
  layers: LayerPayload[];
  tables: PolynomialsPayload[];
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
  const data = new Float64Array(bytes.length / packed.bytes);
  for (let k = 0; k < data.length; k++) {
    data[k] = packed.bytes === 4 ? view.getFloat32(4 * k, true) : view.getFloat64(8 * k, true);
  }
  return { shape: packed.shape, data };
}

export function columnsOf(table: Table): Columns {
  const [rows, count] = table.shape;
  return Array.from({ length: count }, (_, c) =>
    Float64Array.from({ length: rows }, (_, r) => table.data[r * count + c]),
  );
}
