/** What the page knows and does: data, edits with undo, the point of the sliders, errors. */

import { readLog, removedBy, touched, without, type Edit, type EdgeIndex, type Log, type Step } from "./edits";
import { columnsOf, groupChanges, Network, type Changes } from "./network";
import { unpack, type Columns, type Payload } from "./payload";
import { costOf, formatOn, type Cost } from "./cost";
import { Editable } from "./editable";
import { binned, spread, type EdgeCurve } from "./columns";
import { History, isSame } from "./history";
import { suggest, type Suggestion } from "./naming";

export interface Rows {
  /** of the table that the page has */
  index: number[];
  levels: Columns[];
}

export const TRIAL_ROWS = 256;
/** Edges times rows up to which a chart of many costs takes all rows. */
const COST_WORK = 1e6;
/** Of very large networks fewer rows are computed with every frame of a drag. */
const TRIAL_WORK = 5e6;
const LEAST_TRIAL_ROWS = 64;
const CURVE_POINTS = 65;

export class Session extends Editable<Edit> {
  readonly network: Network;
  readonly scores: Float64Array[];
  readonly y: Columns | null;
  chosen: EdgeIndex | null = null;
  point: number[];
  changes: Changes;
  pointLevels: Columns[] = [];
  /** What readers call hidden nodes, by their level and place. */
  private labels = new Map<string, string>();
  private readonly edgeList: EdgeIndex[];
  readonly all: Rows;
  private readonly some: Rows;
  readonly before: { all: Columns; some: Columns };
  private readonly firstCost: { some?: Cost; all?: Cost } = {};
  /** The levels after some edits, from which the means of edges that are removed are taken. */
  private kept: { edits: Edit[]; changes: Changes; levels: Columns[] } | null = null;
  private readonly rankedEdges: EdgeIndex[];
  private readonly orders = new WeakMap<Float64Array, number[]>();
  private replaces = false;
  /** The frame that an edit on trial waits for; 0 for none. */
  private waiting = 0;
  /** Counts changes of the edits; rows on trial of the same count and edge go on from each other. */
  private trialKey = 0;
  private someKey = "";

  constructor(readonly payload: Payload) {
    super();
    this.network = new Network(payload);
    this.scores = payload.scores.map((s) => unpack(s).data);
    this.edgeList = this.listEdges();
    this.rankedEdges = [...this.edgeList].sort((a, b) => this.score(a) - this.score(b));
    const x = columnsOf(unpack(payload.x));
    const rows = x[0].length;
    this.y = payload.y && (payload.classes ? [unpack(payload.y).data] : columnsOf(unpack(payload.y)));
    const quick = Math.max(LEAST_TRIAL_ROWS, Math.min(TRIAL_ROWS, Math.floor(TRIAL_WORK / Math.max(this.edgeList.length, 1))));
    const step = Math.max(1, Math.ceil(rows / quick));
    const few = Array.from({ length: Math.ceil(rows / step) }, (_, k) => k * step);
    this.changes = groupChanges([], this.network.layers);
    const every = Array.from({ length: rows }, (_, k) => k);
    this.all = { index: every, levels: this.network.levels(x, this.changes) };
    const part = x.map((c) => Float64Array.from(few, (r) => c[r]));
    this.some = { index: few, levels: this.network.levels(part, this.changes) };
    this.before = { all: this.all.levels.at(-1)!, some: this.some.levels.at(-1)! };
    this.point = x.map((c) => Float64Array.from(c).sort()[rows >> 1]);
    this.history = new History(readLog(JSON.stringify(payload.log), this.network.widths));
    this.refresh();
  }

  /** The class of each row, if y holds classes. */
  get classOfRow(): Float64Array | null {
    return this.payload.classes && this.y ? this.y[0] : null;
  }

  /** The rows that charts show now: fewer while something is dragged. */
  get rows(): Rows {
    return this.trial ? this.some : this.all;
  }

  get outputs(): Columns {
    return this.rows.levels.at(-1)!;
  }

  // Edits.

  private refresh(): void {
    const kept = this.trial && this.replaces ? this.edits.slice(0, -1) : this.edits;
    const edits = this.trial ? [...kept, this.trial] : kept;
    this.changes = groupChanges(edits, this.network.layers);
    this.labels = new Map(edits.flatMap((e) => (e.do === "label" ? [[String(e.node), e.text]] : [])));
    const rows = this.rows;
    const edge = this.trial && this.trial.do !== "remove" && this.trial.do !== "label" && !this.replaces ? this.trial.edge : null;
    const key = `${this.edits.length} ${this.trialKey} ${edge}`;
    const goesOn = edge !== null && key === this.someKey;
    rows.levels = goesOn
      ? this.network.levelsAfter(edge, rows.levels, this.changes)
      : this.network.levels(rows.levels[0], this.changes);
    if (this.trial) this.someKey = edge ? key : "";
    else this.kept = { edits: this.edits, changes: this.changes, levels: rows.levels };
    this.movePoint();
  }

  /** Shows an edit without keeping it, perhaps in the place of the last; null takes it back. */
  attempt(edit: Edit | null, replaces = false): void {
    this.stopWaiting();
    this.trial = edit;
    this.replaces = replaces;
    this.refresh();
    this.tell("trial");
  }

  /** Shows an edit with the next frame, unless another is shown or anything is kept before. */
  attemptSoon(make: () => Edit, replaces = false): void {
    this.stopWaiting();
    this.waiting = requestAnimationFrame(() => this.attempt(make(), replaces));
  }

  private stopWaiting(): void {
    if (this.waiting) cancelAnimationFrame(this.waiting);
    this.waiting = 0;
  }

  /** Keeps an edit. What was undone can't be done again then. */
  commit(edit: Edit): void {
    this.setEdits([...this.edits, edit]);
  }

  /** Keeps several edits as one step, which undo takes back at once. */
  commitAll(edits: Edit[]): void {
    this.setEdits([...this.edits, ...edits]);
  }

  /** Keeps an edit in the place of the last one, as the same step; null takes that one away. */
  exchangeLast(edit: Edit | null): void {
    this.history.exchangeLast(edit);
    this.show();
  }

  protected show(): void {
    this.stopWaiting();
    this.trialKey++;
    this.trial = null;
    this.refresh();
    this.tell("edits");
  }

  /** Reads a log; throws an Error that says what is wrong with it, and changes nothing then. */
  load(text: string): void {
    const edits = readLog(text, this.network.widths);
    for (const edit of edits) {
      for (const edge of touched(edit)) {
        if (!this.exists(edge)) throw new Error(`The network has no edge ${JSON.stringify(edge)}.`);
      }
    }
    this.setEdits(edits);
  }

  log(): Log {
    return { edgewise_edits: 1, widths: this.network.widths, edits: this.edits };
  }

  /** Takes back what was last done to an edge: the edits of others stay. */
  putBack(edge: EdgeIndex): void {
    const last = this.steps(edge).at(-1)?.edit;
    this.setEdits(this.edits.flatMap((edit) => (edit === last ? without(edit, edge) : [edit])));
  }

  /** Edges that are removed by themselves, not by the threshold's slider. */
  removedApart(): Set<string> {
    return removedBy(this.lastThreshold ? this.edits.slice(0, -1) : this.edits);
  }

  // The point of the sliders.

  setPoint(input: number, value: number): void {
    this.point[input] = value;
    this.movePoint();
    this.tell("point");
  }

  /** An output along an input's range, with the other inputs at the sliders; in the units of the data. */
  response(input: number, output: number, points: number): EdgeCurve {
    const x = spread(this.all.levels[0][input], points);
    const rows = this.point.map((v, i) => (i === input ? x : new Float64Array(points).fill(v)));
    const answer = (columns: Columns) => this.network.levels(columns, this.changes).at(-1)![output];
    const y = this.network.readsBatch ? x.map((_, r) => answer(rows.map((c) => c.slice(r, r + 1)))[0]) : answer(rows);
    return { x: Array.from(x, (v) => this.inputUnits(input, v)), y: Array.from(y, (v) => this.outputUnits(output, v)) };
  }

  private movePoint(): void {
    const x = this.point.map((v) => Float64Array.of(v));
    this.pointLevels = this.network.levels(x, this.changes);
  }

  /** What a reader calls a node; "" if nothing. */
  labelOf(level: number, n: number): string {
    return this.labels.get(String([level, n])) ?? "";
  }

  choose(edge: EdgeIndex | null): void {
    this.chosen = edge;
    this.tell("choice");
  }

  // Edges.

  place([layer, i, o]: EdgeIndex): number {
    return i * this.network.layers[layer].out + o;
  }

  exists(edge: EdgeIndex): boolean {
    const layer = this.network.layers[edge[0]];
    const place = this.place(edge);
    return layer.exists[place] || layer.named.has(place);
  }

  edges(): EdgeIndex[] {
    return this.edgeList;
  }

  /** The edges, the least important first. */
  ranked(): EdgeIndex[] {
    return [...this.rankedEdges];
  }

  private listEdges(): EdgeIndex[] {
    return this.network.layers.flatMap((layer, k) =>
      Array.from({ length: layer.in * layer.out }, (_, place): EdgeIndex => [
        k,
        Math.floor(place / layer.out),
        place % layer.out,
      ]).filter((edge) => this.exists(edge)),
    );
  }

  /** What the shown rows gave before all edits. */
  outputsBefore(): Columns {
    return this.trial ? this.before.some : this.before.all;
  }

  /** The importance of a node: that of the edges that leave it, of an output that of those that reach it. */
  nodeScore(level: number, n: number): number {
    const isOutput = level === this.network.layers.length;
    const scores = this.scores[isOutput ? level - 1 : level];
    const { in: inputs, out } = this.network.layers[isOutput ? level - 1 : level];
    let total = 0;
    if (isOutput) for (let i = 0; i < inputs; i++) total += scores[i * out + n];
    else for (let o = 0; o < out; o++) total += scores[n * out + o];
    return total;
  }

  /** The nodes of a level, the most important first. */
  rankedNodes(level: number): number[] {
    const scores = Array.from({ length: this.network.widths[level] }, (_, n) => this.nodeScore(level, n));
    return scores.map((_, n) => n).sort((a, b) => scores[b] - scores[a]);
  }

  score(edge: EdgeIndex): number {
    return this.scores[edge[0]][this.place(edge)];
  }

  /** An edge's importance, to the decimals that matter beside that of the most important one. */
  scoreText(edge: EdgeIndex): string {
    return formatOn(this.score(edge), this.score(this.rankedEdges.at(-1)!));
  }

  steps(edge: EdgeIndex): Step[] {
    return this.changes[edge[0]].get(this.place(edge)) ?? [];
  }

  isRemoved(edge: EdgeIndex): boolean {
    return this.steps(edge).at(-1)?.edit.do === "remove";
  }

  /** Why an edge's curve can't be changed; "" if it can. */
  obstacle([layer, , o]: EdgeIndex): string {
    const found = this.network.layers[layer];
    if (found.products.has(o)) return "This edge is a factor of a product, which can't be edited.";
    if (found.mixes) {
      return `${found.normTitle} mixes the inputs of this layer, so this edge is no function of one of them: it can be removed only. Explore ew.surgery.unmix(model, x) to edit its curve.`;
    }
    return "";
  }

  /** What reaches an edge, on the axis that it is drawn over, and what it adds; row by row. */
  cloud([layer, i, o]: EdgeIndex, edited = true): { x: Float64Array; y: Float64Array } {
    const found = this.network.layers[layer];
    const h = this.rows.levels[layer];
    const features = found.features(h);
    const place = i * found.out + o;
    const steps = edited ? this.changes[layer].get(place) : undefined;
    return { x: found.axis(h)[i], y: found.editedValues(place, h, features, steps) };
  }

  /** Functions for an edge, the best first. */
  suggestions(edge: EdgeIndex): Suggestion[] {
    return suggest(this, edge);
  }

  /** The curve of one edge at points of one's own choice, or at so many over the range of its data. */
  curve(edge: EdgeIndex, edited = true, at?: Float64Array | number): EdgeCurve {
    const found = this.network.layers[edge[0]];
    const h = this.rows.levels[edge[0]];
    if (found.mixes) return this.meanCurve(edge, edited);
    const x = at instanceof Float64Array ? at : spread(h[edge[1]], at ?? CURVE_POINTS);
    const y = found.edgeAt(this.place(edge), x, edited ? this.steps(edge) : undefined);
    return { x: [...x], y: [...y] };
  }

  /** Where a normalisation mixes the inputs, an edge is the mean of what it adds, given its axis. */
  private meanCurve(edge: EdgeIndex, edited: boolean): EdgeCurve {
    const { x, y } = this.cloud(edge, edited);
    let order = this.orders.get(x);
    if (!order) this.orders.set(x, (order = Array.from(x.keys()).sort((a, b) => x[a] - x[b])));
    return binned(x, y, order);
  }

  // Errors.

  /** What the network as it is now costs on the data, and what it cost at first. */
  cost(): { now: Cost; before: Cost } {
    const first = this.trial ? this.before.some : this.before.all;
    const key = this.trial ? "some" : "all";
    this.firstCost[key] ??= this.costOf(first, first);
    return { now: this.costOf(this.outputs, first), before: this.firstCost[key] };
  }

  private costOf(outputs: Columns, first: Columns): Cost {
    return costOf(outputs, this.targets(this.rows.index), this.payload, first);
  }

  /** The targets of some rows, or null without any. */
  targets(index: number[]): Columns | null {
    return this.y?.map((c) => Float64Array.from(index, (r) => c[r])) ?? null;
  }

  /** The rows of charts that need many costs: all of them, or of a large network those on trial. */
  get costRows(): Rows {
    return this.edgeList.length * this.all.index.length <= COST_WORK ? this.all : this.some;
  }

  /** The cost with one more edit, on these rows. */
  costWith(edit: Edit): Cost {
    const rows = this.costRows;
    const base = edit.do === "remove" && edit.by === "threshold" && this.lastThreshold ? this.edits.slice(0, -1) : this.edits;
    const changes = groupChanges([...base, edit], this.network.layers);
    const levels = this.network.levels(rows.levels[0], changes);
    const before = rows === this.all ? this.before.all : this.before.some;
    return costOf(levels.at(-1)!, this.targets(rows.index), this.payload, before);
  }

  /** The last edit, if the threshold's slider wrote it. */
  get lastThreshold(): Edit | null {
    const last = this.edits.at(-1);
    return last?.do === "remove" && last.by === "threshold" ? last : null;
  }

  /** An edit that removes these edges; each leaves what it adds on average. */
  removal(edges: EdgeIndex[], by?: string): Edit {
    const base = by && this.lastThreshold ? this.edits.slice(0, -1) : this.edits;
    const { changes, levels } = this.levelsAfter(base);
    const constants = edges.map((e) => {
      const place = this.place(e);
      return this.network.layers[e[0]].meanOf(place, levels[e[0]], changes[e[0]].get(place));
    });
    const edit: Edit = { do: "remove", edges, constants };
    return by ? { ...edit, by } : edit;
  }

  /** What all rows give after some edits; kept, since the threshold's slider asks often. */
  levelsAfter(edits: Edit[]): { changes: Changes; levels: Columns[] } {
    if (!this.kept || !isSame(this.kept.edits, edits)) {
      const changes = groupChanges(edits, this.network.layers);
      this.kept = { edits, changes, levels: this.network.levels(this.all.levels[0], changes) };
    }
    return this.kept;
  }

  /** What each edge of a layer adds at the sliders' point, by its place. */
  signals(layer: number): Float64Array {
    const found = this.network.layers[layer];
    const h = this.pointLevels[layer];
    return Float64Array.from({ length: found.in * found.out }, (_, place) => found.meanOf(place, h, this.changes[layer].get(place)));
  }

  // Units.

  /** A value of an edge's axis in the units of the data. */
  toUnits(layer: number, input: number, value: number): number {
    return layer || this.network.layers[0].mixes ? value : this.inputUnits(input, value);
  }

  inputUnits(input: number, value: number): number {
    const [scale, shift] = this.payload.input_scaling[input];
    return scale * value + shift;
  }

  outputUnits(output: number, value: number): number {
    const [scale, shift] = this.payload.output_scaling[output];
    return scale * value + shift;
  }
}
