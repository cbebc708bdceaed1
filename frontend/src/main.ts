/** The explorer: one element that a page or a notebook shows. */

import "katex/dist/katex.min.css";
import "./style.css";
import { costText, miniature } from "./chart";
import { format } from "./cost";
import { h } from "./dom";
import { EdgePanel } from "./edge-panel";
import { Graph, type Target } from "./graph";
import { edgeName, nodeName } from "./names";
import { makeFormula, makeLog, makePoint, makePruning } from "./panels";
import type { Payload } from "./payload";
import { makeResiduals } from "./residuals";
import { Session } from "./session";

export interface Mounted {
  session: Session;
  graph: Graph;
}

/** Shows a network in an element, and gives back what it is driven by. */
export function mount(root: HTMLElement, payload: Payload): Mounted {
  const session = new Session(payload);
  const live = h("p", { class: "live", role: "status", "aria-live": "polite" });
  const say = (text: string) => (live.textContent = text);
  const graph = new Graph(session);
  const panel = new EdgePanel(session, say);
  const tip = h("div", { class: "tip", "aria-hidden": "true" });
  tip.hidden = true;
  graph.onHover = (target, x, y) => showTip(session, graph, tip, target, x, y);
  graph.onChoose = (edge) => {
    session.choose(edge);
    say(graph.describe(edge));
  };
  session.listen((change) => {
    if (change === "edits" || change === "trial") say(""); // it told of what was before
    if (change === "point") {
      graph.refreshSignals();
      graph.startFlow();
    } else if (change === "edits") graph.refreshCurves();
    else if (change === "trial" && session.trial?.do === "bend") graph.refreshCurve(session.trial.edge);
    else if (change === "trial") graph.refreshSignals();
    else graph.draw();
  });
  root.classList.add("edgewise");
  root.replaceChildren(
    makeHeader(session, say),
    h(
      "div",
      { class: "main" },
      h("section", { class: "panel network", "aria-label": "Network" }, graphTools(graph), h("div", { class: "stage" }, graph.canvas, tip)),
      panel.element,
    ),
    h("div", { class: "more" }, makeFormula(session), makePoint(session), makePruning(session, say), makeResiduals(session), makeLog(session, say)),
    live,
  );
  const strongest = session.ranked().at(-1);
  if (strongest) session.choose(strongest);
  return { session, graph };
}

function makeHeader(session: Session, say: (text: string) => void): HTMLElement {
  const { payload } = session;
  const costs = h("dl", { class: "cost" });
  const button = (text: string, click: () => void) => h("button", { type: "button", click }, text);
  const undo = button("Undo", () => (session.undo(), say(`Undone. ${costText(session)}`)));
  const redo = button("Redo", () => (session.redo(), say(`Done again. ${costText(session)}`)));
  const reset = button("Start over", () => (session.setEdits([]), say("No edits. Undo brings them back.")));
  const show = () => {
    const { now, before } = session.cost();
    const edited = session.edits.length > 0 || session.trial !== null;
    costs.replaceChildren(
      ...now.shown.map((s, k) =>
        h("div", {}, h("dt", {}, s.name), h("dd", {}, s.value, edited && h("span", { class: "soft" }, ` was ${before.shown[k]?.value ?? "–"}`))),
      ),
    );
    undo.disabled = !session.canUndo;
    redo.disabled = !session.canRedo;
    reset.disabled = !session.edits.length;
  };
  session.listen((change) => change !== "point" && change !== "choice" && show());
  show();
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || !["y", "z"].includes(key) || !costs.isConnected) return;
    if ((event.target as Element).matches?.("textarea, input[type=number]")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) session.redo();
    else session.undo();
    say(costText(session));
  });
  const shown = session.rows.index.length;
  const rows = shown < payload.rows ? `${shown.toLocaleString("en")} of ${payload.rows.toLocaleString("en")} rows` : `${shown.toLocaleString("en")} rows`;
  const title = `${payload.output_names.slice(0, 3).join(", ")}${payload.output_names.length > 3 ? ", …" : ""}`;
  return h(
    "header",
    {},
    h("div", {}, h("h1", {}, title), h("p", { class: "soft" }, `KAN [${payload.widths.join(", ")}], ${session.edges().length} edges, ${rows}`)),
    costs,
    h("div", { class: "row" }, undo, redo, reset),
  );
}

function graphTools(graph: Graph): HTMLElement {
  const mode = h("select", { "aria-label": "What edges show" }, h("option", { value: "signal" }, "Signal at the sliders"), h("option", { value: "importance" }, "Importance"));
  mode.addEventListener("change", () => {
    graph.mode = mode.value as "signal" | "importance";
    graph.draw();
  });
  const button = (text: string, label: string, click: () => void) => h("button", { type: "button", "aria-label": label, title: label, click }, text);
  return h(
    "div",
    { class: "row graph-tools" },
    mode,
    h("span", { class: "key" }, h("i", { class: "plus" }), "adds", h("i", { class: "minus" }), "takes away"),
    h("span", { class: "zooms" }, button("+", "Zoom in", () => graph.zoom(1.4)), button("−", "Zoom out", () => graph.zoom(1 / 1.4)), button("Fit", "Show all", () => graph.fit())),
  );
}

/** What is under the pointer, beside it. */
function showTip(session: Session, graph: Graph, tip: HTMLElement, target: Target, x: number, y: number): void {
  tip.hidden = !target;
  if (!target) return;
  const key = JSON.stringify(target);
  if (tip.dataset.key !== key || session.trial) {
    tip.dataset.key = key;
    tip.replaceChildren(...("edge" in target ? edgeTip(session, target.edge) : nodeTip(session, target.node)));
  }
  const { clientWidth: w, clientHeight: height } = graph.canvas;
  tip.style.left = `${Math.max(4, Math.min(x + 14, w - tip.offsetWidth - 4))}px`;
  tip.style.top = `${y + 18 + tip.offsetHeight > height ? Math.max(4, y - tip.offsetHeight - 12) : y + 18}px`;
}

function edgeTip(session: Session, edge: [number, number, number]): Node[] {
  return [
    h("strong", {}, edgeName(session, edge)),
    h("span", { class: "soft" }, ` importance ${format(session.score(edge))}`),
    miniature(session, edge),
  ];
}

function nodeTip(session: Session, [level, n]: [number, number]): Node[] {
  const values = session.rows.levels[level][n];
  const units = (v: number) => {
    if (level === 0) return session.toUnits(0, n, v);
    return level === session.network.layers.length ? session.outputUnits(n, v) : v;
  };
  const ends = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))].map(units).sort((a, b) => a - b);
  const mean = units(values.reduce((s, v) => s + v, 0) / values.length);
  const score = level < session.network.layers.length ? session.nodeScore(level, n) : null;
  const now = units(session.pointLevels[level][n][0]);
  const facts = [`from ${format(ends[0])} to ${format(ends[1])}, mean ${format(mean)}`, `now ${format(now)}`];
  if (score !== null) facts.unshift(`importance ${format(score)}`);
  return [h("strong", {}, nodeName(session, level, n)), ...facts.map((t) => h("div", { class: "soft" }, t)), histogram(values, units)];
}

/** How a node's values are spread. */
function histogram(values: Float64Array, units: (v: number) => number): HTMLElement {
  const shown = values.map(units);
  const [low, high] = [shown.reduce((a, b) => Math.min(a, b)), shown.reduce((a, b) => Math.max(a, b))];
  const counts = new Array<number>(28).fill(0);
  for (const v of shown) counts[high > low ? Math.min(27, Math.floor(((v - low) / (high - low)) * 28)) : 14]++;
  const most = Math.max(...counts);
  return h("div", { class: "bars" }, ...counts.map((c) => h("i", { style: `height:${((100 * c) / most).toFixed(0)}%` })));
}

interface WidgetModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, action: () => void): void;
}

/** What anywidget calls in a notebook: the log goes to Python after each edit, and comes back. */
function render({ model, el }: { model: WidgetModel; el: HTMLElement }): void {
  const root = h("div");
  el.append(root);
  const { session } = mount(root, model.get("payload") as Payload);
  session.listen((change) => {
    if (change !== "edits") return;
    model.set("log", session.log());
    model.save_changes();
  });
  model.on("change:log", () => {
    const log = JSON.stringify(model.get("log"));
    if (log !== JSON.stringify(session.log())) session.load(log);
  });
}

export default { render };

const place = document.getElementById("edgewise-explorer");
const data = document.getElementById("edgewise-payload");
if (place && data) {
  const mounted = mount(place, JSON.parse(data.textContent ?? "") as Payload);
  Object.assign(place, { explorer: mounted });
}
