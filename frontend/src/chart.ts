/** The curve of one edge, with the density of the data below it and points that can be dragged. */

import { scaleLinear } from "d3-scale";
import { format } from "./cost";
import { eachFrame, h, svg } from "./dom";
import { applyStep, type EdgeIndex, type Edit } from "./edits";
import { costText } from "./editable";
import { axisName, nodeName, shorten } from "./names";
import { spread, type EdgeCurve } from "./columns";
import type { Session } from "./session";

export const HANDLES = 11;
const BINS = 40;
const MARGIN = { left: 52, right: 14, top: 26, bottom: 40 };

export interface Frame {
  width: number;
  height: number;
  x: (value: number) => number;
  y: (value: number) => number;
  valueAt: (pixel: number) => number;
  xTicks: { at: number; text: string }[];
  yTicks: { at: number; text: string }[];
}

/** Scales for values, with ticks in the units of the data. */
function makeFrame(session: Session, edge: EdgeIndex, curves: EdgeCurve[], width: number, height: number): Frame {
  const xs = curves.flatMap((c) => c.x);
  const ys = curves.flatMap((c) => c.y);
  const unit = (v: number) => session.toUnits(edge[0], edge[1], v);
  const ends = [unit(Math.min(...xs)), unit(Math.max(...xs))];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const pad = 0.08 * (high - low) || 0.5;
  const outer = lastScale(session, edge);
  const x = scaleLinear(ends, [MARGIN.left, width - MARGIN.right]);
  const y = scaleLinear([low - pad, high + pad].map((v) => v * outer), [height - MARGIN.bottom, MARGIN.top]);
  const ticks = (s: typeof x, count: number) => s.ticks(count).map((v) => ({ at: s(v), text: format(v) }));
  return {
    width,
    height,
    x: (v) => x(unit(v)),
    y: (v) => y(v * outer),
    valueAt: (pixel) => y.invert(pixel) / outer,
    xTicks: ticks(x, Math.max(2, Math.floor(width / 90))),
    yTicks: ticks(y, 5),
  };
}

/** What an edge of the last layer adds is in the units of its output. */
function lastScale(session: Session, [layer, , o]: EdgeIndex): number {
  const last = session.network.layers.length - 1;
  return layer === last && !session.network.layers[last].hasPost ? session.payload.output_scaling[o][0] : 1;
}

const path = (curve: EdgeCurve, f: Frame) =>
  curve.x.map((v, k) => `${k ? "L" : "M"}${f.x(v).toFixed(1)},${f.y(curve.y[k]).toFixed(1)}`).join("");

function axes(session: Session, edge: EdgeIndex, f: Frame): SVGElement {
  const bottom = f.height - MARGIN.bottom;
  return svg(
    "g",
    { class: "axes", "aria-hidden": "true" },
    ...f.yTicks.map((t) => svg("line", { x1: MARGIN.left, x2: f.width - MARGIN.right, y1: t.at, y2: t.at })),
    ...f.yTicks.map((t) => svg("text", { x: MARGIN.left - 11, y: t.at, "text-anchor": "end", "dominant-baseline": "middle" }, t.text)),
    ...f.xTicks.map((t) => svg("text", { x: t.at, y: bottom + 15, "text-anchor": "middle" }, t.text)),
    svg("text", { class: "title", x: f.width - MARGIN.right, y: f.height - 6, "text-anchor": "end" }, shorten(axisName(session, edge), 40)),
    svg("text", { class: "title", x: MARGIN.left, y: 12 }, `adds to ${shorten(nodeName(session, edge[0] + 1, edge[2]), 24)}`),
  );
}

/** A point of a curve that is dragged: a dot in a circle that is large enough for a finger. */
export function makeHandle(x: number, y: number, attributes: Parameters<typeof svg>[1]): SVGElement {
  const handle = svg("g", { class: "handle", tabindex: 0, role: "slider", "aria-orientation": "vertical", ...attributes }, svg("circle", { class: "reach", r: 12 }), svg("circle", { r: 6 }));
  moveHandle(handle, x, y);
  return handle;
}

export const moveHandle = (handle: Element, x: number, y: number): void => handle.setAttribute("transform", `translate(${x.toFixed(2)},${y.toFixed(2)})`);

/** How many rows are where, as bars that stand on the axis. */
export function density(values: Float64Array, x: number[], f: Frame): SVGElement {
  const [low, high] = [x[0], x[x.length - 1]];
  const counts = new Array<number>(BINS).fill(0);
  for (const v of values) {
    const bin = Math.floor(((v - low) / (high - low)) * BINS);
    counts[Math.min(Math.max(bin, 0), BINS - 1)]++;
  }
  const most = Math.max(...counts, 1);
  const tall = 0.22 * (f.height - MARGIN.bottom - MARGIN.top);
  const bars = counts.map((count, k) => {
    const ends = [k, k + 1].map((n) => f.x(low + (n / BINS) * (high - low)));
    const size = (count / most) * tall;
    return svg("rect", {
      x: Math.min(...ends) + 0.5,
      width: Math.max(Math.abs(ends[1] - ends[0]) - 1, 0.5),
      y: f.height - MARGIN.bottom - size,
      height: size,
    });
  });
  return svg("g", { class: "density", "aria-hidden": "true" }, ...bars);
}

/** A small chart of an edge, as it shows where the pointer is. */
export function miniature(session: Session, edge: EdgeIndex, width = 230, height = 150): SVGElement {
  const curve = session.curve(edge);
  const f = makeFrame(session, edge, [curve], width, height);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${height}`, width, height, class: "chart" },
    density(session.cloud(edge).x, curve.x, f),
    axes(session, edge, f),
    svg("path", { class: "curve", d: path(curve, f) }),
  );
}

/** The editor: a chart that follows the session, whose points change the curve. */
export class CurveEditor {
  readonly element: HTMLElement;
  private frame: Frame | null = null;
  private knots: number[] = [];
  private offsets: number[] = [];
  private curvePath: SVGElement | null = null;
  private handles: SVGElement[] = [];
  private dragged = -1;
  private preview: Edit | null = null;
  private readonly move: (pixel: number) => void;

  constructor(
    private readonly session: Session,
    private readonly say: (text: string) => void,
  ) {
    this.element = h("div", { class: "editor" });
    this.move = eachFrame((pixel: number) => this.drag(pixel));
    new ResizeObserver(() => this.draw()).observe(this.element);
  }

  /** Shows what an edit would make of the curve; null for nothing. */
  setPreview(edit: Edit | null): void {
    this.preview = edit;
    this.draw();
  }

  draw(): void {
    const edge = this.session.chosen;
    if (!edge || this.dragged >= 0) return this.follow();
    const width = Math.max(this.element.clientWidth, 200);
    const now = this.session.curve(edge);
    const first = this.session.curve(edge, false, this.isMixed(edge) ? undefined : Float64Array.from(now.x));
    const shown = this.preview ? [now, first, this.previewCurve(now)] : [now, first];
    const f = makeFrame(this.session, edge, shown, width, Math.min(280, Math.max(220, width * 0.6)));
    this.frame = f;
    this.curvePath = svg("path", { class: "curve", d: path(now, f) });
    const edited = this.session.steps(edge).length > 0;
    const points = this.session.obstacle(edge) || this.session.isRemoved(edge) || this.preview ? [] : this.makeHandles(edge);
    const picture = svg(
      "svg",
      { viewBox: `0 0 ${f.width} ${f.height}`, class: "chart", role: "group", "aria-label": "Curve of the edge" },
      density(this.session.cloud(edge).x, now.x, f),
      axes(this.session, edge, f),
      edited && svg("path", { class: "curve first", d: path(first, f) }),
      this.curvePath,
      this.preview && svg("path", { class: "curve preview", d: path(this.previewCurve(now), f) }),
      ...points,
    );
    const focused = this.handles.findIndex((p) => p === document.activeElement);
    this.handles = points;
    this.element.replaceChildren(picture);
    if (focused >= 0) this.handles[focused]?.focus();
  }

  private isMixed(edge: EdgeIndex): boolean {
    return this.session.network.layers[edge[0]].mixes;
  }

  private previewCurve(now: EdgeCurve): EdgeCurve {
    const x = Float64Array.from(now.x);
    const step = { edit: this.preview!, position: 0 };
    return { x: now.x, y: [...applyStep(step, Float64Array.from(now.y), x)] };
  }

  private makeHandles(edge: EdgeIndex): SVGElement[] {
    const { frame: f, session } = this;
    this.knots = [...spread(session.rows.levels[edge[0]][edge[1]], HANDLES)];
    const values = session.curve(edge, true, Float64Array.from(this.knots)).y;
    this.offsets = this.knots.map(() => 0);
    return this.knots.map((v, k) =>
      makeHandle(f!.x(v), f!.y(values[k]), {
        "aria-label": `Curve at ${format(session.toUnits(edge[0], edge[1], v))}`,
        "aria-valuenow": values[k],
        "aria-valuetext": format(values[k]),
        pointerdown: (event: PointerEvent) => this.begin(k, event),
        keydown: (event: KeyboardEvent) => this.press(k, event),
      }),
    );
  }

  private bend(k: number, offset: number, by?: string): Edit {
    const y = this.offsets.map((v, n) => (n === k ? offset : v));
    const edit: Edit = { do: "bend", edge: this.session.chosen!, x: this.knots, y };
    return by ? { ...edit, by } : edit;
  }

  private startValue = 0;
  private grabbed = 0;

  private begin(k: number, event: PointerEvent): void {
    event.preventDefault();
    this.handles[k].focus();
    const box = this.element.getBoundingClientRect();
    this.dragged = k;
    this.startValue = this.session.curve(this.session.chosen!, true, Float64Array.from(this.knots)).y[k];
    this.grabbed = this.frame!.y(this.startValue) - (event.clientY - box.top);
    const stop = new AbortController();
    const { signal } = stop;
    const mine = (action: (e: PointerEvent) => void) => (e: PointerEvent) => e.pointerId === event.pointerId && action(e);
    const end = (keep: boolean) => () => {
      stop.abort();
      this.end(keep);
    };
    window.addEventListener("pointermove", mine((e) => this.move(e.clientY - box.top + this.grabbed)), { signal });
    window.addEventListener("pointerup", mine(end(true)), { signal });
    window.addEventListener("pointercancel", mine(end(false)), { signal });
  }

  private drag(pixel: number): void {
    if (this.dragged < 0) return;
    const f = this.frame!;
    const inside = Math.min(Math.max(pixel, MARGIN.top - 8), f.height - MARGIN.bottom + 8);
    this.session.attempt(this.bend(this.dragged, f.valueAt(inside) - this.startValue));
  }

  private end(keep: boolean): void {
    this.dragged = -1;
    const edit = this.session.trial;
    if (keep && edit) this.session.commit(edit);
    else this.session.attempt(null);
    if (keep && edit) this.say(`Curve bent. ${costText(this.session)}`);
  }

  /** Moves curve and points while one is dragged; the scales stay. */
  private follow(): void {
    const edge = this.session.chosen;
    if (!edge || !this.frame || this.dragged < 0) return;
    const now = this.session.curve(edge, true, spread(Float64Array.from([this.knots[0], this.knots.at(-1)!]), 65));
    this.curvePath?.setAttribute("d", path(now, this.frame));
    const values = this.session.curve(edge, true, Float64Array.from(this.knots)).y;
    this.handles.forEach((p, k) => moveHandle(p, this.frame!.x(this.knots[k]), this.frame!.y(values[k])));
  }

  private press(k: number, event: KeyboardEvent): void {
    const ways: Record<string, number> = { ArrowUp: 1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
    if (!(event.key in ways)) return;
    event.preventDefault();
    const f = this.frame!;
    const unit = (f.valueAt(MARGIN.top) - f.valueAt(f.height - MARGIN.bottom)) / 50;
    const by = `key ${k}`;
    const last = this.session.edits.at(-1);
    const goesOn = last?.do === "bend" && last.by === by && String(last.edge) === String(this.session.chosen);
    const before = goesOn ? last.y[k] : 0;
    if (goesOn) this.knots = last.x;
    const edit = this.bend(k, before + ways[event.key] * unit, by);
    if (goesOn) this.session.exchangeLast(edit);
    else this.session.commit(edit);
    this.say(costText(this.session));
  }
}
