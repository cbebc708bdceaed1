/** A slider for each input with what the output does along it, and what the network answers. */

import { scaleLinear } from "d3-scale";
import type { EdgeCurve } from "./columns";
import { formatOn } from "./cost";
import { eachFrame, h, makeJobs, section, svg } from "./dom";
import type { Session } from "./session";

/** Sliders that are there at once; those of less important inputs unfold. */
const SLIDERS = 40;
const POINTS = 41;
/** Milliseconds without an edit on trial after which the plots follow it. */
const REST = 120;
const HEIGHT = 84;
/** Of a plot; the slider below it has the same ends (style.css). */
const MARGIN = { left: 40, right: 8, top: 7, bottom: 16 };

interface Slider {
  input: number;
  element: HTMLElement;
  draw: (curve: EdgeCurve, ends: [number, number], output: string) => void;
}

export function makePoint(session: Session): HTMLElement {
  const { payload } = session;
  const outputs = payload.output_names.map(() => h("output", {}));
  const show = () => {
    const answers = session.pointLevels.at(-1)!;
    outputs.forEach((o, k) => (o.textContent = formatOn(session.outputUnits(k, answers[k][0]), sizes[k] / 10)));
  };
  const sizes = session.outputs.map((column, k) => column.reduce((most, v) => Math.max(most, Math.abs(session.outputUnits(k, v))), 0));
  const order = session.rankedNodes(0);
  const most = session.nodeScore(0, order[0]);
  const make = (i: number) => makeSlider(session, i, most);
  const made = order.slice(0, SLIDERS).map(make);
  const sliders = h("div", { class: "sliders" }, ...made.map((s) => s.element));
  const rest = order.slice(SLIDERS);
  const unfold = () => {
    const others = rest.map(make);
    sliders.append(...others.map((s) => s.element));
    made.push(...others);
    more.remove();
    draw();
  };
  const more = h("button", { type: "button", click: unfold }, `Show ${rest.length} less important inputs`);
  const box = h("select", { "aria-label": "Output that is drawn", change: () => draw() });
  box.append(...payload.output_names.map((name, k) => h("option", { value: k }, `Draw ${name}`)));
  const jobs = makeJobs();
  const draw = (wait = 0) => {
    const o = Number(box.value);
    const curves: EdgeCurve[] = [];
    const finish = () => {
      const ends = rangeOf(curves);
      made.forEach((s, k) => s.draw(curves[k], ends, payload.output_names[o]));
    };
    jobs(made.length, (k) => (curves[k] = session.response(made[k].input, o, POINTS)), finish, wait);
  };
  session.listen((change) => {
    show();
    if (change !== "choice") draw(change === "trial" ? REST : 0);
  });
  show();
  new ResizeObserver(() => draw()).observe(sliders);
  const list = h("ul", { class: "answers" }, ...payload.output_names.map((n, k) => h("li", {}, h("span", { class: "name" }, n), outputs[k])));
  const note = h("p", { class: "soft" }, "Each plot shows what one input does to the output while the others stay where their sliders are.");
  return section("point", "Inputs and outputs", h("div", { class: "row" }, list, ...(outputs.length > 1 ? [box] : [])), note, sliders, ...(rest.length ? [more] : []));
}

/** One range for all plots, so that inputs can be compared. */
function rangeOf(curves: EdgeCurve[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { y } of curves) for (const v of y) [low, high] = [Math.min(low, v), Math.max(high, v)];
  return high > low ? [low, high] : [low - 0.5, high + 0.5];
}

function makeSlider(session: Session, i: number, most: number): Slider {
  const column = session.rows.levels[0][i];
  const [low, high] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
  const units = (v: number) => session.inputUnits(i, v);
  const size = Math.max(Math.abs(units(low)), Math.abs(units(high)));
  const text = (v: number) => formatOn(units(v), size);
  const name = session.payload.input_names[i];
  const value = h("output", {}, text(session.point[i]));
  const move = eachFrame((v: number) => session.setPoint(i, v));
  const slider = h("input", {
    type: "range",
    min: 0,
    max: 1000,
    step: 1,
    value: high > low ? Math.round(((session.point[i] - low) / (high - low)) * 1000) : 500,
    disabled: !(high > low),
    "aria-label": name,
    "aria-valuetext": text(session.point[i]),
    input: () => {
      const v = low + (Number(slider.value) / 1000) * (high - low);
      value.textContent = text(v);
      slider.setAttribute("aria-valuetext", value.textContent);
      move(v);
    },
  });
  const score = session.nodeScore(0, i);
  const plot = h("div", { class: "plot" });
  const importance = h("div", { class: "soft" }, `importance ${formatOn(score, most)}`, h("i", { style: `width:${((100 * score) / (most || 1)).toFixed(1)}%` }));
  const element = h("div", { class: "slider" }, h("div", { class: "row" }, h("span", { class: "name" }, name), value), importance, plot, slider);
  const draw = (curve: EdgeCurve, ends: [number, number], output: string) => {
    plot.replaceChildren(drawResponse(curve, ends, units(session.point[i]), `${output} along ${name}`, plot.clientWidth || 240));
  };
  return { input: i, element, draw };
}

/** The output along an input, and where its slider is. */
function drawResponse({ x, y }: EdgeCurve, ends: [number, number], at: number, title: string, width: number): SVGElement {
  const bottom = HEIGHT - MARGIN.bottom;
  const px = scaleLinear([x[0], x[x.length - 1]], [MARGIN.left, width - MARGIN.right]);
  const py = scaleLinear(ends, [bottom, MARGIN.top]);
  const [xSize, ySize] = [x, ends].map((v) => Math.max(Math.abs(v[0]), Math.abs(v[v.length - 1])));
  const told = [0, (x.length - 1) >> 1, x.length - 1].map((k) => `${formatOn(y[k], ySize)} at ${formatOn(x[k], xSize)}`);
  const k = x.reduce((best, v, n) => (Math.abs(v - at) < Math.abs(x[best] - at) ? n : best), 0);
  return svg(
    "svg",
    { viewBox: `0 0 ${width} ${HEIGHT}`, class: "chart", role: "img", "aria-label": `${title}: ${told.join(", ")}` },
    ...ends.map((v) => svg("line", { x1: MARGIN.left, x2: width - MARGIN.right, y1: py(v), y2: py(v) })),
    ...ends.map((v) => svg("text", { x: MARGIN.left - 4, y: py(v), "text-anchor": "end", "dominant-baseline": "middle" }, formatOn(v, ySize))),
    ...[0, x.length - 1].map((n, e) => svg("text", { x: px(x[n]), y: HEIGHT - 4, "text-anchor": e ? "end" : "start" }, formatOn(x[n], xSize))),
    svg("path", { class: "curve", d: x.map((v, n) => `${n ? "L" : "M"}${px(v).toFixed(1)},${py(y[n]).toFixed(1)}`).join("") }),
    svg("circle", { class: "mark", cx: px(at), cy: py(y[k]), r: 3.5 }),
  );
}
