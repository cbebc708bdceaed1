/** The network itself: what src/edgewise computes, for columns of numbers. */

import { applyStep, touched, type Edit, type EdgeIndex, type Step } from "./edits";
import { valueOf } from "./functions";
import { columnsOf, unpack, type Columns, type CurvesPayload, type LayerPayload, type Payload, type Table } from "./payload";
import { Polynomials } from "./polynomials";

/** φ(n(x)) and s(x) of every input: for each input a list of columns, those of the basis first. */
export type Features = Float64Array[][];

/** For each layer, the steps of each edge that was edited, by its place i · out + o. */
export type Changes = Map<number, Step[]>[];

/** Of the LayerNorm behind a layer. */
const EPS = 1e-5;
/** Edits for which it doesn't matter what an edge was before. */
const ANEW = ["remove", "fix", "redraw"];

export function groupChanges(edits: Edit[], layers: Layer[]): Changes {
  const changes: Changes = layers.map(() => new Map());
  for (const edit of edits) {
    touched(edit).forEach(([layer, i, o], position) => {
      const place = i * layers[layer].out + o;
      const steps = changes[layer].get(place) ?? [];
      changes[layer].set(place, [...steps, { edit, position }]);
    });
  }
  return changes;
}

const silu = (v: number) => v / (1 + Math.exp(-v));

/** Each row minus its mean, over its deviation. */
function standardise(x: Columns, eps: number): Columns {
  const rows = x[0].length;
  const out = x.map(() => new Float64Array(rows));
  for (let r = 0; r < rows; r++) {
    let middle = 0;
    for (const column of x) middle += column[r];
    middle /= x.length;
    let variance = 0;
    for (const column of x) variance += (column[r] - middle) ** 2;
    const scale = 1 / Math.sqrt(variance / x.length + eps);
    for (let i = 0; i < x.length; i++) out[i][r] = (x[i][r] - middle) * scale;
  }
  return out;
}

/** The least number of all becomes -1, the greatest 1. */
function stretch(x: Columns): Columns {
  let [low, high] = [Infinity, -Infinity];
  for (const column of x) {
    for (const v of column) {
      if (v < low) low = v;
      if (v > high) high = v;
    }
  }
  const spread = high > low ? high - low : 1;
  return x.map((column) => column.map((v) => (2 * (v - low)) / spread - 1));
}

const mean = (x: Float64Array): number => x.reduce((sum, v) => sum + v, 0) / x.length;

const scaled = (x: Float64Array, i: number, [scale, shift]: Table[]): Float64Array =>
  x.map((v) => scale.data[i] * v + shift.data[i]);

/** The curves of a KAN layer. */
class Curves {
  private readonly functions: Polynomials[];
  private readonly activation: Polynomials | null;
  private readonly each: Polynomials | null;
  private readonly affine: Table[] | null;
  private readonly coef: Table;
  private readonly base: Table | null;
  private readonly size: number;
  readonly bias: Float64Array | null;

  constructor(
    private readonly payload: CurvesPayload,
    private readonly out: number,
    tables: Polynomials[],
  ) {
    const { functions, activation, norm } = payload;
    this.functions = functions.map((k) => tables[k]);
    this.activation = activation === null ? null : tables[activation];
    this.each = norm && norm.each !== null ? tables[norm.each] : null;
    this.affine = norm?.affine?.map(unpack) ?? null;
    this.coef = unpack(payload.coef);
    this.base = payload.base && unpack(payload.base);
    this.bias = payload.bias && unpack(payload.bias).data;
    this.size = this.coef.shape[1];
  }

  normalised(x: Columns): Columns {
    const { norm } = this.payload;
    let z = x;
    if (norm?.statistics_of === "row") z = standardise(x, norm.eps);
    if (norm?.statistics_of === "batch") z = stretch(x);
    return z.map((column, i) => this.normalisedAlone(column, i));
  }

  /** The step of the normalisation that doesn't mix an input with others. */
  private normalisedAlone(x: Float64Array, i: number): Float64Array {
    if (this.each) return this.each.evaluate(x)[0];
    return this.affine ? scaled(x, i, this.affine) : x;
  }

  /** Whether a row's values depend on the other rows. */
  get readsBatch(): boolean {
    return this.payload.norm?.statistics_of === "batch";
  }

  /** "LayerNorm", if an axis has to say so. */
  get title(): string {
    return this.payload.norm?.title ?? "";
  }

  features(x: Columns): Features {
    return this.normalised(x).map((z, i) => this.featuresAt(i, x[i], z));
  }

  /** The features of one input, where the normalisation doesn't mix it with others. */
  featuresOf(i: number, x: Float64Array): Float64Array[] {
    return this.featuresAt(i, x, this.normalisedAlone(x, i));
  }

  /** Of x and z = n(x), of which the base activation sees one. */
  private featuresAt(i: number, x: Float64Array, z: Float64Array): Float64Array[] {
    const phi = this.functions[i].evaluate(z);
    if (!this.activation) return phi;
    return [...phi, ...this.activation.evaluate(this.payload.norm?.feeds_base ? z : x)];
  }

  /** The coefficient of a feature of an edge. */
  weight(i: number, g: number, o: number): number {
    return g < this.size
      ? this.coef.data[(i * this.size + g) * this.out + o]
      : this.base!.data[i * this.out + o];
  }
}

interface NamedEdge {
  i: number;
  o: number;
  function: import("./payload").Tree;
  numbers: number[];
}

export class Layer {
  readonly in: number;
  readonly out: number;
  readonly mixes: boolean;
  readonly exists: boolean[];
  readonly products: Set<number>;
  readonly named = new Map<number, NamedEdge>();
  private readonly curves: Curves | null;
  private readonly known = new WeakMap<Columns, Features>();
  private readonly means = new WeakMap<Features, number[][]>();
  private readonly axes = new WeakMap<Columns, Columns>();
  private readonly bias: Float64Array;
  private readonly post: Table[] | null;

  constructor(payload: LayerPayload, tables: Polynomials[]) {
    this.in = payload.in;
    this.out = payload.out;
    this.mixes = payload.mixes;
    this.exists = payload.exists.map(Boolean);
    this.curves = payload.numeric && new Curves(payload.numeric, payload.out, tables);
    this.products = new Set(payload.symbolic?.products ?? []);
    for (const edge of payload.symbolic?.edges ?? []) this.named.set(edge.i * this.out + edge.o, edge);
    const named = payload.symbolic && unpack(payload.symbolic.bias).data;
    const own = this.curves?.bias;
    this.bias = Float64Array.from({ length: this.out }, (_, o) => (named?.[o] ?? 0) + (own?.[o] ?? 0));
    this.post = payload.post?.map(unpack) ?? null;
  }

  get hasPost(): boolean {
    return this.post !== null;
  }

  get readsBatch(): boolean {
    return this.curves?.readsBatch ?? false;
  }

  get normTitle(): string {
    return this.curves?.title ?? "";
  }

  biasOf(o: number): number {
    return this.bias[o];
  }

  /** What an edge is drawn over: its input, or its normalised input where that mixes the features. */
  axis(h: Columns): Columns {
    if (!this.mixes || !this.curves) return h;
    const known = this.axes.get(h);
    if (known) return known;
    const found = this.curves.normalised(h);
    this.axes.set(h, found);
    return found;
  }

  /** Kept as long as the inputs are: they mostly stay what they are when an edge changes. */
  features(h: Columns): Features {
    const known = this.known.get(h);
    if (known) return known;
    const found = this.curves?.features(h) ?? [];
    this.known.set(h, found);
    return found;
  }

  /** An edge at points of its input, after its edits; for layers that don't mix their inputs. */
  edgeAt(place: number, x: Float64Array, steps: Step[] | undefined): Float64Array {
    const i = Math.floor(place / this.out);
    const columns: Columns = [];
    columns[i] = x;
    const features: Features = [];
    features[i] = this.curves?.featuresOf(i, x) ?? [];
    return this.editedValues(place, columns, features, steps);
  }

  /** What an edge adds on average: the features of a curve are averaged once for all edges. */
  meanOf(place: number, h: Columns, steps: Step[] | undefined): number {
    const features = this.features(h);
    if (steps || this.named.has(place)) return mean(this.editedValues(place, h, features, steps));
    if (!this.curves || !this.exists[place]) return 0;
    if (!this.means.has(features)) this.means.set(features, features.map((columns) => columns.map(mean)));
    const [i, o] = [Math.floor(place / this.out), place % this.out];
    return this.means.get(features)![i].reduce((sum, m, g) => sum + this.curves!.weight(i, g, o) * m, 0);
  }

  /** What an edge adds before any edit. */
  edgeValues(place: number, h: Columns, features: Features): Float64Array {
    const i = Math.floor(place / this.out);
    const o = place % this.out;
    const value = new Float64Array(h[i].length);
    if (this.curves && this.exists[place]) this.addCurve(i, o, features[i], value);
    const edge = this.named.get(place);
    if (edge) {
      const f = valueOf(edge.function);
      const [a, b, c, d] = edge.numbers;
      const constant = this.products.has(o) ? d : 0;
      for (let r = 0; r < value.length; r++) value[r] += c * f(a * h[i][r] + b) + constant;
    }
    return value;
  }

  private addCurve(i: number, o: number, features: Float64Array[], value: Float64Array): void {
    for (let g = 0; g < features.length; g++) {
      const w = this.curves!.weight(i, g, o);
      if (w === 0) continue;
      const phi = features[g];
      for (let r = 0; r < value.length; r++) value[r] += w * phi[r];
    }
  }

  /** An edge after its edits. */
  editedValues(place: number, h: Columns, features: Features, steps: Step[] | undefined): Float64Array {
    const x = h[Math.floor(place / this.out)];
    const anew = steps ? steps.findLastIndex(({ edit }) => ANEW.includes(edit.do)) : -1;
    let value = anew < 0 ? this.edgeValues(place, h, features) : new Float64Array(x.length);
    for (const step of steps?.slice(Math.max(anew, 0)) ?? []) value = applyStep(step, value, x);
    return value;
  }

  forward(h: Columns, changes: Map<number, Step[]>): Columns {
    const features = this.features(h);
    const y = Array.from({ length: this.out }, (_, o) => this.node(o, h, features, changes));
    if (!this.post) return y;
    return standardise(y, EPS).map((c, o) => scaled(c, o, this.post!).map(silu));
  }

  /** The layer again after a change of one node's edges. */
  forwardNode(o: number, h: Columns, changes: Map<number, Step[]>, known: Columns): Columns {
    if (this.post) return this.forward(h, changes);
    return known.map((c, n) => (n === o ? this.node(o, h, this.features(h), changes) : c));
  }

  private node(o: number, h: Columns, features: Features, changes: Map<number, Step[]>): Float64Array {
    const rows = h[0].length;
    const y = new Float64Array(rows).fill(this.bias[o]);
    const product = this.products.has(o) ? new Float64Array(rows).fill(1) : null;
    let constant = 0;
    for (let i = 0; i < this.in; i++) {
      const place = i * this.out + o;
      if (!this.exists[place]) continue;
      const steps = changes.get(place);
      if (!steps && !this.named.has(place)) {
        this.addCurve(i, o, features[i], y);
        continue;
      }
      const last = steps?.at(-1);
      if (last?.edit.do === "remove" && !product) {
        constant += last.edit.constants[last.position];
        continue;
      }
      const value = this.editedValues(place, h, features, steps);
      for (let r = 0; r < rows; r++) {
        if (product) product[r] *= value[r];
        else y[r] += value[r];
      }
    }
    if (product) for (let r = 0; r < rows; r++) y[r] += product[r];
    if (constant) for (let r = 0; r < rows; r++) y[r] += constant;
    return y;
  }
}

export class Network {
  readonly layers: Layer[];
  readonly widths: number[];

  constructor(payload: Payload) {
    const tables = payload.tables.map((table) => new Polynomials(table));
    this.layers = payload.layers.map((layer) => new Layer(layer, tables));
    this.widths = payload.widths;
  }

  get readsBatch(): boolean {
    return this.layers.some((layer) => layer.readsBatch);
  }

  /** What each layer gets, and last the outputs. */
  levels(x: Columns, changes: Changes): Columns[] {
    const found = [x];
    this.layers.forEach((layer, k) => found.push(layer.forward(found[k], changes[k])));
    return found;
  }

  /** The same when one edge alone has changed since `known`. */
  levelsAfter([layer, , o]: EdgeIndex, known: Columns[], changes: Changes): Columns[] {
    const found = known.slice(0, layer + 1);
    found.push(this.layers[layer].forwardNode(o, found[layer], changes[layer], known[layer + 1]));
    for (let k = layer + 1; k < this.layers.length; k++) {
      found.push(this.layers[k].forward(found[k], changes[k]));
    }
    return found;
  }
}

export { columnsOf };
