/** The chosen effect of an estimator as a chart whose points are dragged, or as a list of levels. */

import { scaleLinear, scaleLog } from "d3-scale";
import { density, makeHandle, moveHandle, type Frame } from "./chart";
import { format, plain, signed } from "./cost";
import { chooseSome } from "./columns";
import { chooseTicks, writeValue } from "./dates";
import { h, svg } from "./dom";
import { costText } from "./editable";
import { interpolate } from "./edits";
import { unpack } from "./payload";
import { shorten } from "./names";
import type { CurveEffect, LevelsEffect, SurfaceEffect, TableEdit } from "./table-payload";
import type { TableSession } from "./table-session";

/** Points that can be dragged, where the grid has many. */
const HANDLES = 11;
const MARGIN = { left: 58, right: 14, top: 28, bottom: 40 };
const HEIGHT = 320;
/** Parts of the chart's height by which a key moves a point. */
const STEPS: Record<string, number> = { ArrowUp: 0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };

/** Scales of an effect's chart, and the ends of its axis. */
interface EffectFrame extends Frame {
  low: number;
  high: number;
}

export class EffectEditor {
  readonly element = h("div", { class: "editor" });
  private frame: EffectFrame | null = null;
  private knots: number[] = [];
  /** What the dragged or pressed points add to the curve as it was. */
  private offsets: number[] = [];
  private start: Float64Array = new Float64Array(0);
  private dragged = -1;
  private curve: SVGElement | null = null;
  private handles: SVGElement[] = [];
  private pressed: TableEdit | null = null;

  constructor(
    private readonly session: TableSession,
    private readonly say: (text: string) => void,
  ) {
    new ResizeObserver(() => this.dragged < 0 && this.draw()).observe(this.element);
    session.listen((change) => {
      if (change === "choice") this.pressed = null;
      if (change === "trial" && this.dragged >= 0) this.follow();
      else if (change !== "point") this.draw();
    });
  }

  draw(): void {
    const { payload } = this.session.effect;
    if (payload.kind === "curve") this.drawCurve(payload);
    else if (payload.kind === "levels") this.drawLevels(payload);
    else this.drawSurface(payload);
  }

  // Surfaces.

  /** A map of the cells of two columns; of three, one for each cell of the third. */
  private drawSurface({ kind, names, sides, value, counts, course }: SurfaceEffect): void {
    const [values, rows] = [unpack(value).data, unpack(counts).data];
    const edited = this.session.effect.now.edited;
    const most = values.reduce((top, v) => Math.max(top, Math.abs(v)), 1e-300);
    const [across, upwards, slices = [""]] = sides;
    const cell = (i: number, j: number, k: number) => {
      const place = (i * upwards.length + j) * slices.length + k;
      const at = [across[i], upwards[j], slices[k]].slice(0, names.length).map((text, n) => `${names[n]} ${text}`);
      return svg(
        "rect",
        {
          x: i, y: upwards.length - 1 - j, width: 1.02, height: 1.02,
          class: values[place] < 0 ? "cell minus" : "cell",
          "fill-opacity": ((rows[place] ? 1 : 0.3) * Math.abs(values[place])) / most,
        },
        svg("title", {}, `${at.join(", ")}: ${this.text(values[place])}, ${rows[place].toLocaleString("en")} rows`),
      );
    };
    const maps = slices.map((text, k) =>
      h("figure", {},
        slices.length > 1 && h("figcaption", {}, `${names[2]} = ${text}`),
        svg("svg", { viewBox: `0 0 ${across.length} ${upwards.length}`, preserveAspectRatio: "none", class: "surface", role: "img", "aria-label": `${names.join(" × ")}${text && `, ${names[2]} = ${text}`}` },
          ...across.flatMap((_, i) => upwards.map((_, j) => cell(i, j, k)))),
      ),
    );
    const ends = (texts: string[]) => `${texts[0]} to ${texts.at(-1)}`;
    const axes = `To the right: ${names[0]}, ${ends(across)}. Upwards: ${names[1]}, ${ends(upwards)}. Blue adds, orange takes away; cells without rows are pale.`;
    const left = kind === "triple" ? "Surfaces of three columns stay as they are." : "Flattened, each column acts by itself.";
    this.element.replaceChildren(h("div", { class: "surfaces" }, ...(edited ? [] : maps)), h("p", {}, edited ? "It is flattened." : course), h("p", { class: "soft" }, `${axes} ${left}`));
  }

  // Curves.

  private drawCurve(payload: CurveEffect): void {
    const { now, first } = this.session.effect;
    const width = Math.max(this.element.clientWidth, 240);
    const [low, high] = [unpack(payload.low).data, unpack(payload.high).data];
    const column = this.session.columns[payload.columns[0]];
    const f = this.makeFrame(payload.names[0], now.at, [now.value, first.value, low, high], width);
    this.frame = f;
    this.knots = chooseSome(now.at, HANDLES);
    const seen = column.filter((v) => !Number.isNaN(v));
    const band = [...path(first.at, high, f), ...path(first.at, low, f).reverse()].map((p) => p.join(",")).join(" ");
    this.curve = svg("path", { class: "curve", d: line(now.at, now.value, f) });
    this.handles = this.knots.map((x, k) => this.handleAt(x, k, f));
    this.offsets = this.knots.map(() => 0);
    this.start = now.value;
    const focused = [...this.element.querySelectorAll(".handle")].indexOf(document.activeElement as Element);
    this.element.replaceChildren(
      svg(
        "svg",
        { viewBox: `0 0 ${f.width} ${f.height}`, class: "chart", role: "group", "aria-label": `Curve of ${payload.names[0]}` },
        seen.length > 0 && density(seen, [...now.at], f),
        this.axes(f, payload.names[0]),
        svg("polygon", { class: "band", points: band }),
        now !== first && svg("path", { class: "curve first", d: line(first.at, first.value, f) }),
        this.curve,
        ...this.handles,
      ),
      ...(now.missing === null ? [] : [h("p", { class: "soft" }, `A missing value: ${this.text(now.missing)}.`)]),
    );
    if (focused >= 0) (this.handles[focused] as SVGGElement | undefined)?.focus();
  }

  private makeFrame(name: string, at: Float64Array, values: Float64Array[], width: number): EffectFrame {
    let [low, high] = [0, 0];
    for (const list of values) for (const v of list) [low, high] = [Math.min(low, v), Math.max(high, v)];
    const pad = 0.08 * (high - low) || 0.5;
    const x = scaleLinear([at[0], at[at.length - 1]], [MARGIN.left, width - MARGIN.right]);
    const y = scaleLinear([low - pad, high + pad], [HEIGHT - MARGIN.bottom, MARGIN.top]);
    return {
      width,
      height: HEIGHT,
      x: (v) => x(v),
      y: (v) => y(v),
      valueAt: (pixel) => y.invert(pixel),
      low: low - pad,
      high: high + pad,
      xTicks: chooseTicks(name, at[0], at[at.length - 1], x.ticks(Math.max(2, Math.floor(width / 90)))).map(({ at, text }) => ({ at: x(at), text })),
      yTicks: (this.session.payload.link === "log" ? roundFactors(y.domain()) : y.ticks(5)).map((v) => ({ at: y(v), text: this.text(v) })),
    };
  }

  private axes(f: Frame, name: string): SVGElement {
    return svg(
      "g",
      { class: "axes", "aria-hidden": "true" },
      ...f.yTicks.map((t) => svg("line", { x1: MARGIN.left, x2: f.width - MARGIN.right, y1: t.at, y2: t.at })),
      ...f.yTicks.map((t) => svg("text", { x: MARGIN.left - 11, y: t.at, "text-anchor": "end", "dominant-baseline": "middle" }, t.text)),
      ...f.xTicks.map((t) => svg("text", { x: t.at, y: f.height - MARGIN.bottom + 15, "text-anchor": "middle" }, t.text)),
      svg("text", { x: f.width - MARGIN.right, y: f.height - 6, "text-anchor": "end" }, shorten(name, 40)),
      svg("text", { x: MARGIN.left, y: 14 }, this.session.payload.units),
    );
  }

  /** An effect as it is told: a factor where effects multiply. */
  private text(value: number): string {
    return this.session.payload.link === "log" ? `× ${format(this.session.told(value))}` : signed(value);
  }

  private valueAt(x: number): number {
    const { at } = this.session.effect.now;
    return this.session.effect.now.value[at.indexOf(x)];
  }

  private handleAt(x: number, k: number, f: Frame): SVGElement {
    const value = this.valueAt(x);
    return makeHandle(f.x(x), f.y(value), {
      "aria-label": `Effect at ${writeValue(this.session.effect.payload.names[0], x)}`,
      "aria-valuenow": Number(value.toPrecision(4)),
      "aria-valuetext": this.text(value),
      pointerdown: (event: PointerEvent) => this.begin(event, k),
      keydown: (event: KeyboardEvent) => this.press(event, k),
    });
  }

  private pixel(event: PointerEvent): number {
    const box = this.element.querySelector("svg")!.getBoundingClientRect();
    return ((event.clientY - box.top) / box.height) * HEIGHT;
  }

  private begin(event: PointerEvent, k: number): void {
    event.preventDefault();
    this.handles[k].focus();
    this.pressed = null;
    this.dragged = k;
    const stop = new AbortController();
    const { signal } = stop;
    const end = () => (stop.abort(), this.end());
    addEventListener("pointermove", (e) => e.pointerId === event.pointerId && this.drag(this.pixel(e)), { signal });
    addEventListener("pointerup", (e) => e.pointerId === event.pointerId && end(), { signal });
    addEventListener("pointercancel", (e) => e.pointerId === event.pointerId && end(), { signal });
  }

  private drag(pixel: number): void {
    if (!this.frame) return;
    const at = this.session.effect.now.at.indexOf(this.knots[this.dragged]);
    this.offsets[this.dragged] = this.frame.valueAt(pixel) - this.start[at];
    this.session.attempt(this.session.redraw(this.bent()));
  }

  private end(): void {
    if (this.dragged < 0) return;
    this.dragged = -1;
    const edit = this.session.trial;
    if (!edit) return;
    const broken = this.session.commit(edit);
    this.say(broken ?? `Curve drawn. ${costText(this.session)}`);
  }

  /** Keys that follow each other on one curve are one step of undo. */
  private press(event: KeyboardEvent, k: number): void {
    if (!(event.key in STEPS) || !this.frame) return;
    event.preventDefault();
    const goesOn = this.pressed !== null && this.pressed === this.session.edits.at(-1);
    this.offsets[k] = STEPS[event.key] * (this.frame.high - this.frame.low);
    const broken = this.session.commit(this.session.redraw(this.bent()), goesOn);
    this.pressed = broken ? null : (this.session.edits.at(-1) ?? null);
    this.say(broken ?? costText(this.session));
  }

  private bent(): Float64Array {
    const added = interpolate(this.knots, this.offsets, this.session.effect.now.at);
    return this.start.map((v, n) => v + added[n]);
  }

  /** Moves curve and points while one is dragged; the scales stay. */
  private follow(): void {
    const { now } = this.session.effect;
    const f = this.frame!;
    this.curve?.setAttribute("d", line(now.at, now.value, f));
    this.knots.forEach((x, k) => moveHandle(this.handles[k], f.x(x), f.y(this.valueAt(x))));
  }

  // Levels.

  private drawLevels(payload: LevelsEffect): void {
    const { now } = this.session.effect;
    const counts = unpack(payload.counts).data;
    const most = Math.max(...now.value.map(Math.abs), 1e-12);
    const focused = [...this.element.querySelectorAll("input")].indexOf(document.activeElement as HTMLInputElement);
    const rows = payload.levels.map((name, k) => {
      const shown = name ?? "missing";
      const input = h("input", { type: "number", step: "any", value: Number(this.session.told(now.value[k]).toPrecision(4)), "aria-label": `Effect of ${shown}` });
      input.addEventListener("change", () => this.setLevel(k, Number(input.value)));
      const size = (50 * Math.abs(now.value[k])) / most;
      const bar = h("i", { class: now.value[k] < 0 ? "minus" : "", style: `width:${size}%;${now.value[k] < 0 ? "right" : "left"}:50%` });
      return h("li", {}, h("span", { class: "name" }, shown), h("span", { class: "soft" }, `${plain(counts[k])} rows`), h("span", { class: "bar" }, bar), input);
    });
    this.element.replaceChildren(h("ul", { class: "level-list", tabindex: 0, "aria-label": `Levels of ${payload.names[0]}` }, ...rows));
    if (focused >= 0) this.element.querySelectorAll("input")[focused]?.focus();
  }

  private setLevel(k: number, told: number): void {
    const { payload } = this.session.effect;
    const name = (payload as LevelsEffect).levels[k];
    const isRight = Number.isFinite(told) && (this.session.payload.link !== "log" || told > 0);
    if (!isRight) return this.say("Expected a number, above 0 where effects are factors.");
    const broken = this.session.commit(this.session.make("replace", { values: [[name, told]] }));
    this.say(broken ?? `${name ?? "missing"} set. ${costText(this.session)}`);
  }
}

/** The logarithms of round factors between two logarithms. */
function roundFactors(logarithms: number[]): number[] {
  const ends = logarithms.map(Math.exp);
  return (ends[1] < 10 * ends[0] ? scaleLinear(ends, ends) : scaleLog(ends, ends)).ticks(5).map(Math.log);
}

const path = (at: Float64Array, value: Float64Array, f: Frame): [string, string][] =>
  Array.from(at, (x, k): [string, string] => [f.x(x).toFixed(1), f.y(value[k]).toFixed(1)]);

const line = (at: Float64Array, value: Float64Array, f: Frame): string => path(at, value, f).map((p, k) => `${k ? "L" : "M"}${p.join(",")}`).join("");
