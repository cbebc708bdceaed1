/** The network on a canvas: nodes, edges by importance or signal, small curves; pan, zoom, hover. */

import { colour, eachFrame, h, onScheme, prepare } from "./dom";
import type { EdgeIndex } from "./edits";
import { listenTo } from "./gestures";
import { along, distance, placeInFrame, placeThumbs, thumbSize, type Frame, type Place, type Thumb, type View } from "./layout";
import { nodeName, shorten } from "./names";
import type { EdgeCurve } from "./columns";
import type { Session } from "./session";
import { paintThumb } from "./thumb";

/** Edges and small curves that are drawn, the strongest first: at rest, and while the view moves. */
const MOST = { edges: 600, thumbs: 220 };
const MOVING = { edges: 220, thumbs: 80 };
/** Opacity of the weakest edge of a small network. */
const FAINTEST = 0.3;
const REST_AFTER = 160;
const POINTS = 33;
/** Nodes of a layer that are drawn at first, the most important, where there are many more. */
export const FEW_NODES = 40;
/** A picture that is narrower, in pixels, has smaller letters and curves. */
const NARROW = 480;
const [LEAST_ZOOM, MOST_ZOOM] = [0.5, 24];

export type Target = { edge: EdgeIndex } | { node: [level: number, n: number] } | null;

export class Graph {
  readonly canvas: HTMLCanvasElement;
  private view: View = { scale: 1, left: 0, top: 0 };
  private nodes: Place[][] = [];
  private thumbs: Thumb[] = [];
  /** Small curves that were drawn since the last edit, by their edge. */
  private readonly curves = new Map<string, EdgeCurve>();
  private signals: Float64Array[] = [];
  private loudest: number[] = [];
  private thinness = 1;
  private movingUntil = 0;
  private readonly strongest: EdgeIndex[];
  /** The nodes of each level that are drawn, and the edges between them, the strongest first. */
  private shown: number[][] = [];
  private drawn: EdgeIndex[] = [];
  private layer: number | null = null;
  private mostNodes = Infinity;
  private readonly top: number[];
  private hovered: Target = null;
  private flow = 0;
  private flowing = 0;
  mode: "signal" | "importance" = "signal";
  onHover: (target: Target, x: number, y: number) => void = () => {};
  onChoose: (edge: EdgeIndex) => void = () => {};
  /** Hears how many edges are drawn, and how many with their curve. */
  onPaint: (edges: number, curves: number) => void = () => {};
  readonly draw: () => void;

  constructor(private readonly session: Session) {
    this.canvas = h("canvas", {
      tabindex: 0,
      role: "application",
      "aria-roledescription": "network",
      "aria-label":
        "The network. Arrow up and down go from edge to edge by importance, plus and minus zoom, 0 shows all.",
    });
    this.strongest = session.ranked().reverse();
    this.top = session.scores.map((s) => s.reduce((a, b) => Math.max(a, b), 0) || 1);
    this.draw = eachFrame(() => this.paint());
    this.show(null, this.isLarge ? FEW_NODES : Infinity);
    this.refreshCurves();
    listenTo(this.canvas, this);
    this.canvas.addEventListener("keydown", (event) => this.press(event));
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    onScheme(() => this.draw());
  }

  /** Whether some layer has more nodes than a picture has room for. */
  get isLarge(): boolean {
    return Math.max(...this.session.network.widths) > 1.5 * FEW_NODES;
  }

  /** Draws one layer, or all for null, and of each level so many of the most important nodes. */
  show(layer: number | null, mostNodes = this.mostNodes): void {
    [this.layer, this.mostNodes] = [layer, mostNodes];
    const levels = this.session.network.widths.map((_, level) => this.session.rankedNodes(level));
    this.shown = levels.map((nodes) => nodes.slice(0, mostNodes).sort((a, b) => a - b));
    const seen = this.shown.map((nodes) => new Set(nodes));
    this.drawn = this.strongest.filter(([k, i, o]) => (layer === null || k === layer) && seen[k].has(i) && seen[k + 1].has(o));
    this.draw();
  }

  /** Computes small curves anew, as they are drawn. */
  refreshCurves(): void {
    this.curves.clear();
    this.refreshSignals();
  }

  private curveOf(edge: EdgeIndex): EdgeCurve {
    const known = this.curves.get(String(edge));
    if (known) return known;
    const found = this.session.curve(edge, true, POINTS);
    this.curves.set(String(edge), found);
    return found;
  }

  /** Computes and draws one small curve anew, while it is dragged; all else waits until it ends. */
  refreshCurve(edge: EdgeIndex): void {
    const { x } = this.curveOf(edge);
    this.curves.set(String(edge), this.session.curve(edge, true, Float64Array.from(x)));
    const thumb = this.thumbs.find((t) => String(t.edge) === String(edge));
    const context = this.canvas.getContext("2d");
    if (thumb && context) this.paintThumb(context, thumb);
  }

  /** Draws less for a moment, and all of it when the view has come to rest. */
  private move(): void {
    const idle = this.movingUntil < performance.now();
    this.movingUntil = performance.now() + REST_AFTER;
    this.draw();
    if (idle) this.waitForRest();
  }

  private waitForRest(): void {
    const left = this.movingUntil - performance.now();
    setTimeout(() => (this.movingUntil > performance.now() ? this.waitForRest() : this.draw()), left + 5);
  }

  refreshSignals(): void {
    this.signals = this.session.network.layers.map((_, k) => this.session.signals(k));
    this.loudest = this.signals.map((s) => s.reduce((m, v) => Math.max(m, Math.abs(v)), 1e-12));
    this.draw();
  }

  /** Lets the dashes on the edges move for a moment, unless the reader wants less motion. */
  startFlow(): void {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const idle = this.flowing < performance.now();
    this.flowing = performance.now() + 900;
    if (idle) this.stepFlow();
  }

  private stepFlow(): void {
    this.flow -= 1.2;
    this.draw();
    if (performance.now() < this.flowing) requestAnimationFrame(() => this.stepFlow());
    else this.draw();
  }

  private frame(): Frame {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const side = width < NARROW ? 88 : 130;
    return { left: side, right: side, top: this.mostNodes === Infinity ? 26 : 34, width, height };
  }

  private arrange(): void {
    const levels = this.levels();
    const places = placeInFrame(levels.map((level) => this.shown[level].length), this.frame(), this.view);
    this.nodes = this.session.network.widths.map(() => []);
    levels.forEach((level, k) => this.shown[level].forEach((n, place) => (this.nodes[level][n] = places[k][place])));
  }

  /** The levels that are drawn, from left to right. */
  private levels(): number[] {
    if (this.layer !== null) return [this.layer, this.layer + 1];
    return this.session.network.widths.map((_, level) => level);
  }

  private isDrawn([layer, i, o]: EdgeIndex): boolean {
    return Boolean(this.nodes[layer]?.[i] && this.nodes[layer + 1]?.[o]);
  }

  private ends([layer, i, o]: EdgeIndex): [Place, Place] {
    return [this.nodes[layer][i], this.nodes[layer + 1][o]];
  }

  private isInside(p: Place): boolean {
    const { clientWidth: w, clientHeight: height } = this.canvas;
    return p.x > 0 && p.x < w && p.y > 0 && p.y < height;
  }

  private isSeen(edge: EdgeIndex): boolean {
    const [a, b] = this.ends(edge);
    const { clientWidth: w, clientHeight: height } = this.canvas;
    return b.x > 0 && a.x < w && Math.max(a.y, b.y) > 0 && Math.min(a.y, b.y) < height;
  }

  // Drawing.

  private paint(): void {
    if (!this.canvas.clientWidth) return;
    const { context } = prepare(this.canvas);
    this.arrange();
    const most = performance.now() < this.movingUntil ? MOVING : MOST;
    const seen = this.drawn.filter((e) => this.isSeen(e)).slice(0, most.edges);
    this.thinness = Math.min(1, Math.sqrt(200 / Math.max(seen.length, 1)));
    for (const edge of [...seen].reverse()) this.paintEdge(context, edge);
    for (const edge of [this.session.chosen, this.hovered && "edge" in this.hovered ? this.hovered.edge : null]) {
      if (edge && this.isDrawn(edge)) this.paintEdge(context, edge, true);
    }
    this.paintThumbs(context, seen, most.thumbs);
    this.paintNodes(context);
    if (most === MOST) this.onPaint(seen.length, this.thumbs.length);
  }

  private paintEdge(c: CanvasRenderingContext2D, edge: EdgeIndex, marked = false): void {
    const [a, b] = this.ends(edge);
    const strength = Math.sqrt(this.session.score(edge) / this.top[edge[0]]);
    const gone = this.session.isRemoved(edge);
    const middle = (a.x + b.x) / 2;
    c.beginPath();
    c.moveTo(a.x, a.y);
    c.bezierCurveTo(middle, a.y, middle, b.y, b.x, b.y);
    c.lineWidth = marked ? 2 + 2.5 * strength : 0.6 + 3 * strength;
    c.globalAlpha = marked ? 1 : gone ? 0.5 : (FAINTEST + (0.75 - FAINTEST) * this.visibility(edge, strength)) * this.thinness;
    c.strokeStyle = marked ? this.ink("accent") : gone ? this.ink("soft") : this.edgeColour(edge);
    c.setLineDash(gone ? [2, 5] : this.flowing > performance.now() ? [8, 6] : []);
    c.lineDashOffset = this.flow;
    c.stroke();
    c.setLineDash([]);
    c.globalAlpha = 1;
  }

  private visibility(edge: EdgeIndex, strength: number): number {
    if (this.mode === "importance") return strength;
    const signal = Math.abs(this.signals[edge[0]][this.session.place(edge)]);
    return 0.25 * strength + 0.75 * Math.sqrt(signal / this.loudest[edge[0]]);
  }

  private edgeColour(edge: EdgeIndex): string {
    if (this.mode === "importance") return this.ink("ink");
    return this.ink(this.signals[edge[0]][this.session.place(edge)] < 0 ? "orange" : "blue");
  }

  private ink(name: string): string {
    return colour(this.canvas, name);
  }

  private paintThumbs(c: CanvasRenderingContext2D, seen: EdgeIndex[], most: number): void {
    const zoom = Math.min(Math.max(Math.sqrt(this.view.scale), 0.8), 2);
    const narrow = this.canvas.clientWidth < NARROW ? 0.7 : 1;
    const size = thumbSize(this.drawn.length) * zoom * narrow;
    const shown = seen
      .filter((edge) => !this.session.isRemoved(edge))
      .map((edge) => ({ edge, a: this.ends(edge)[0], b: this.ends(edge)[1] }));
    const inside = (p: Place) => this.isInside(p);
    this.thumbs = placeThumbs(shown, this.nodes.flat().filter((p) => p && inside(p)), size, most, inside);
    for (const thumb of this.thumbs) this.paintThumb(c, thumb);
  }

  private paintThumb(c: CanvasRenderingContext2D, thumb: Thumb): void {
    const { edge } = thumb;
    const curve = this.curveOf(edge);
    const marked = this.isMarked(edge);
    const edited = this.session.steps(edge).length > 0;
    const mixes = this.session.network.layers[edge[0]].mixes;
    paintThumb(c, thumb, curve, mixes ? null : this.session.pointLevels[edge[0]][edge[1]][0], {
      back: this.ink("back"),
      frame: this.ink(marked ? "accent" : edited ? "good" : "line"),
      width: marked || edited ? 1.6 : 1,
      curve: this.mode === "signal" ? this.edgeColour(edge) : this.ink("ink"),
      point: this.ink("accent"),
    });
  }

  private isMarked(edge: EdgeIndex): boolean {
    const hovered = this.hovered && "edge" in this.hovered ? this.hovered.edge : null;
    return String(edge) === String(this.session.chosen) || String(edge) === String(hovered);
  }

  private paintNodes(c: CanvasRenderingContext2D): void {
    const levels = this.levels();
    c.textBaseline = "middle";
    levels.forEach((level, k) => {
      const places = this.shown[level].map((n) => this.nodes[level][n]);
      const gap = places.length > 1 ? Math.abs(places[1].y - places[0].y) : 99;
      const radius = Math.min(6, Math.max(1.5, gap / 3));
      const side = k === 0 ? "right" : k === levels.length - 1 ? "left" : "center";
      const largest = this.canvas.clientWidth < NARROW ? 11.5 : 13;
      c.font = `${Math.min(largest, Math.max(7, gap - 1))}px system-ui, sans-serif`;
      this.shown[level].forEach((n, place) => this.paintNode(c, level, n, places[place], side, radius, gap));
      this.paintRest(c, level, places.at(-1)!, side);
    });
  }

  private paintNode(c: CanvasRenderingContext2D, level: number, n: number, p: Place, side: CanvasTextAlign, radius: number, gap: number): void {
    const most = this.canvas.clientWidth < NARROW ? 11 : 16;
    c.beginPath();
    c.arc(p.x, p.y, radius, 0, 2 * Math.PI);
    c.fillStyle = this.isNodeMarked(level, n) ? this.ink("accent") : this.ink("ink");
    c.fill();
    if (gap < (side === "center" ? 24 : 7)) return;
    const name = nodeName(this.session, level, n);
    c.textAlign = side;
    if (side === "center") c.fillText(shorten(name, most), p.x, p.y - radius - 8);
    else c.fillText(shorten(name, most), p.x + (side === "left" ? 1 : -1) * (radius + 5), p.y);
  }

  /** How many nodes of a level are not drawn, below those that are. */
  private paintRest(c: CanvasRenderingContext2D, level: number, last: Place, side: CanvasTextAlign): void {
    const rest = this.session.network.widths[level] - this.shown[level].length;
    if (!rest) return;
    c.font = "12px system-ui, sans-serif";
    c.fillStyle = this.ink("soft");
    c.textAlign = side;
    c.fillText(`and ${rest} more`, last.x, last.y + 18);
  }

  private isNodeMarked(level: number, n: number): boolean {
    return this.hovered !== null && "node" in this.hovered && String(this.hovered.node) === String([level, n]);
  }

  // Pointer and keys.

  private find(p: Place): Target {
    for (const thumb of this.thumbs) {
      const near = Math.max(Math.abs(thumb.x - p.x), Math.abs(thumb.y - p.y));
      if (near <= thumb.size / 2 + 1) return { edge: thumb.edge };
    }
    for (let level = 0; level < this.nodes.length; level++) {
      const n = this.nodes[level].findIndex((q) => q && Math.hypot(q.x - p.x, q.y - p.y) < 9);
      if (n >= 0) return { node: [level, n] };
    }
    let best: { edge: EdgeIndex; gap: number } | null = null;
    for (const edge of this.drawn.slice(0, MOST.edges)) {
      const [a, b] = this.ends(edge);
      const gap = distance(p, a, b);
      if (gap < 5 && (!best || gap < best.gap - 0.5)) best = { edge, gap };
    }
    return best && { edge: best.edge };
  }

  zoom(factor: number, x = this.canvas.clientWidth / 2, y = this.canvas.clientHeight / 2): void {
    const scale = Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, this.view.scale * factor));
    const ratio = scale / this.view.scale;
    this.view = { scale, left: x - ratio * (x - this.view.left), top: y - ratio * (y - this.view.top) };
    this.move();
  }

  fit(): void {
    this.view = { scale: 1, left: 0, top: 0 };
    this.draw();
  }

  pan(right: number, down: number): void {
    this.view = { ...this.view, left: this.view.left + right, top: this.view.top + down };
    this.move();
  }

  hover(p: Place): void {
    this.mark(this.find(p), p);
  }

  leave(): void {
    this.mark(null);
  }

  click(p: Place): void {
    const target = this.find(p);
    if (target && "edge" in target) this.onChoose(target.edge);
    else this.mark(target, p);
  }

  private mark(target: Target, { x, y }: Place = { x: 0, y: 0 }): void {
    if (JSON.stringify(target) !== JSON.stringify(this.hovered)) this.draw();
    this.hovered = target;
    this.canvas.style.cursor = target && "edge" in target ? "pointer" : "grab";
    this.onHover(target, x, y);
  }

  private press(event: KeyboardEvent): void {
    const zooms: Record<string, number> = { "+": 1.3, "=": 1.3, "-": 1 / 1.3 };
    if (event.key in zooms) this.zoom(zooms[event.key]);
    else if (event.key === "0") this.fit();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") this.step(event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  private step(by: number): void {
    const now = this.drawn.findIndex((e) => String(e) === String(this.session.chosen));
    const next = now < 0 ? 0 : (now + by + this.drawn.length) % this.drawn.length;
    this.onChoose(this.drawn[next]);
  }

  /** Where on the page's canvas an edge's small curve or its middle is. */
  spotOf(edge: EdgeIndex): Place {
    const thumb = this.thumbs.find((t) => String(t.edge) === String(edge));
    return thumb ?? along(...this.ends(edge), 0.5);
  }

  nodeAt(level: number, n: number): Place {
    return this.nodes[level][n];
  }
}
