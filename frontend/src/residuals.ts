/** Observed against predicted, and what is left over; they follow every edit. */

import { scaleLinear } from "d3-scale";
import { format } from "./cost";
import { colour, eachFrame, h, onScheme, prepare } from "./dom";
import type { Session } from "./session";

const MARGIN = { right: 10, top: 26, bottom: 34 };

interface Points {
  x: number[];
  y: number[];
  xTitle: string;
  yTitle: string;
  line: "diagonal" | "zero";
}

export function makeResiduals(session: Session): HTMLElement {
  const { payload } = session;
  const first = h("canvas", { class: "scatter", role: "img", "aria-label": "Predictions against what was observed" });
  const second = h("canvas", { class: "scatter", role: "img", "aria-label": "Residuals" });
  const select = (label: string, names: string[]) => {
    const box = h("select", { "aria-label": label, change: () => draw() });
    box.append(...names.map((n, k) => h("option", { value: k }, n)));
    return box;
  };
  const output = select("Output", payload.output_names);
  const against = select("Residuals against", ["predictions", ...payload.input_names]);
  const draw = eachFrame(() => {
    const o = Number(output.value);
    paint(first, fitPoints(session, o));
    paint(second, residualPoints(session, o, Number(against.value) - 1));
  });
  session.listen((change) => change !== "point" && change !== "choice" && draw());
  for (const canvas of [first, second]) new ResizeObserver(draw).observe(canvas);
  onScheme(draw);
  const outputs = payload.output_names.length > 1 ? [h("label", {}, "Output ", output)] : [];
  return h(
    "section",
    { class: "panel residuals", "aria-label": "Residuals" },
    h("h2", {}, session.y ? "Residuals" : "Change of the outputs"),
    h("div", { class: "row" }, ...outputs, h("label", {}, "Residuals against ", against)),
    h("div", { class: "pair" }, first, second),
  );
}

/** What is compared with the predictions of an output: targets, or the outputs before all edits. */
function observed(session: Session, o: number): { values: Float64Array; name: string } {
  const rows = session.rows.index;
  const y = session.targets(rows);
  if (y && session.payload.classes) return { values: y[0].map((c) => Number(c === o)), name: "is the class" };
  const units = (c: Float64Array) => c.map((v) => session.outputUnits(o, v));
  if (y) return { values: units(y[o]), name: "observed" };
  return { values: units(session.outputsBefore()[o]), name: "before" };
}

function predicted(session: Session, o: number): Float64Array {
  const { outputs } = session;
  if (!session.payload.classes) return outputs[o].map((v) => session.outputUnits(o, v));
  return outputs[o].map((_, r) => {
    const top = Math.max(...outputs.map((c) => c[r]));
    const total = outputs.reduce((s, c) => s + Math.exp(c[r] - top), 0);
    return Math.exp(outputs[o][r] - top) / total;
  });
}

function fitPoints(session: Session, o: number): Points {
  const { values, name } = observed(session, o);
  return { x: [...predicted(session, o)], y: [...values], xTitle: "predicted", yTitle: name, line: "diagonal" };
}

function residualPoints(session: Session, o: number, input: number): Points {
  const { values } = observed(session, o);
  const answers = predicted(session, o);
  const y = [...values].map((v, r) => v - answers[r]);
  if (input < 0) return { x: [...answers], y, xTitle: "predicted", yTitle: "residual", line: "zero" };
  const [scale, shift] = session.payload.input_scaling[input];
  const x = [...session.rows.levels[0][input]].map((v) => scale * v + shift);
  return { x, y, xTitle: session.payload.input_names[input], yTitle: "residual", line: "zero" };
}

function paint(canvas: HTMLCanvasElement, points: Points): void {
  if (!canvas.clientWidth) return;
  const { context: c, width, height } = prepare(canvas);
  const ink = (name: string) => colour(canvas, name);
  const span = (v: number[]) => [Math.min(...v), Math.max(...v)];
  const ys = points.line === "zero" ? [...points.y, 0] : points.y;
  c.font = "11px system-ui, sans-serif";
  const y = scaleLinear(span(ys), [height - MARGIN.bottom, MARGIN.top]).nice();
  const left = 14 + Math.max(...y.ticks(5).map((v) => c.measureText(format(v)).width));
  const x = scaleLinear(span(points.x), [left, width - MARGIN.right]).nice();
  c.strokeStyle = ink("line");
  c.fillStyle = ink("soft");
  c.textBaseline = "middle";
  c.textAlign = "right";
  for (const v of y.ticks(5)) {
    c.beginPath();
    c.moveTo(left, y(v));
    c.lineTo(width - MARGIN.right, y(v));
    c.stroke();
    c.fillText(format(v), left - 5, y(v));
  }
  c.textAlign = "center";
  for (const v of x.ticks(Math.max(2, Math.floor(width / 90)))) c.fillText(format(v), x(v), height - MARGIN.bottom + 11);
  c.textAlign = "right";
  c.fillText(points.xTitle.slice(0, 40), width - MARGIN.right, height - 8);
  c.textAlign = "left";
  c.fillText(points.yTitle, left, 9);
  c.globalAlpha = 0.55;
  c.fillStyle = ink("blue");
  for (let r = 0; r < points.x.length; r++) c.fillRect(x(points.x[r]) - 1.5, y(points.y[r]) - 1.5, 3, 3);
  c.globalAlpha = 1;
  c.strokeStyle = ink("orange");
  c.lineWidth = 1.4;
  c.beginPath();
  const [low, high] = [Math.max(x.domain()[0], y.domain()[0]), Math.min(x.domain()[1], y.domain()[1])];
  if (points.line === "zero") c.moveTo(left, y(0)), c.lineTo(width - MARGIN.right, y(0));
  else if (high > low) c.moveTo(x(low), y(low)), c.lineTo(x(high), y(high));
  c.stroke();
}
