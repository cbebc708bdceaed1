/** The explorer: one element that a page or a notebook shows. */

import "katex/dist/katex.min.css";
import "./style.css";
import { miniature } from "./chart";
import { format } from "./cost";
import { h } from "./dom";
import { EdgePanel } from "./edge-panel";
import { FEW_NODES, Graph, type Target } from "./graph";
import { describeEdge, edgeName, nodeName } from "./names";
import { makeHeader, rowsText } from "./header";
import { makeLive } from "./live";
import { makeLog } from "./log-panel";
import { editText, makeFormula, makeLabels, makePruning } from "./panels";
import type { Payload } from "./payload";
import { makePoint } from "./point";
import { makeResiduals } from "./residuals";
import { Session } from "./session";
import type { Editable } from "./editable";
import { mountTable } from "./table";
import type { TablePayload } from "./table-payload";
import type { TableSession } from "./table-session";
import { makeTour, type Stop } from "./tour";

const TOUR: Stop[] = [
  [".network", "Every line is an edge with a curve of its own, and wide ones matter most. Blue adds, orange takes away. Drag the picture to move it; + and − zoom."],
  [".point", "Move a slider, and see what an input does to the output. Each plot shows the output along one input."],
  [".edge", "This is the edge that you chose. Drag a point of its curve and watch the error at the top, or fix a function on it."],
  [".formulas", "This is what the network computes. Name all edges, and it becomes a formula."],
  [".log", "Every edit is written down here. Undo takes it back, and Python repeats it."],
];

interface Mounted {
  session: Session;
  graph: Graph;
}

/** Shows a network or an estimator in an element, and gives back what it is driven by. */
function mount(root: HTMLElement, payload: Payload | TablePayload): Mounted | { session: TableSession } {
  return payload.kind === "table" ? mountTable(root, payload) : mountNetwork(root, payload);
}

function mountNetwork(root: HTMLElement, payload: Payload): Mounted {
  const session = new Session(payload);
  const { live, say } = makeLive();
  const graph = new Graph(session);
  const panel = new EdgePanel(session, say);
  const tip = h("div", { class: "tip", "aria-hidden": "true" });
  tip.hidden = true;
  graph.onHover = (target, x, y) => showTip(session, graph, tip, target, x, y);
  graph.onChoose = (edge) => {
    session.choose(edge);
    say(describeEdge(session, edge));
  };
  session.listen((change) => {
    if (change !== "choice") say(""); // it told of what was before
    if (change === "point") {
      graph.refreshSignals();
      graph.startFlow();
    } else if (change === "edits") graph.refreshCurves();
    else if (change === "trial" && session.trial?.do === "bend") graph.refreshCurve(session.trial.edge);
    else if (change === "trial") graph.refreshSignals();
    else graph.draw();
  });
  const title = `${payload.output_names.slice(0, 3).join(", ")}${payload.output_names.length > 3 ? ", …" : ""}`;
  const facts = `KAN [${payload.widths.join(", ")}], ${session.edges().length.toLocaleString("en")} edges, ${rowsText(session.rows.index.length, payload.rows, session.classOfRow)}`;
  root.classList.add("edgewise");
  root.replaceChildren(
    makeHeader(session, title, facts, live, say, makeTour(root, TOUR)),
    h(
      "div",
      { class: "main" },
      h(
        "div",
        { class: "column" },
        h("section", { class: "panel network", "aria-label": "Network" }, graphTools(session, graph), h("div", { class: "stage" }, graph.canvas, tip), graphNotes(session, graph)),
        makePoint(session),
      ),
      panel.element,
    ),
    h("div", { class: "more" }, makeFormula(session, say), ...[makeLabels(session, say) ?? []].flat(), makePruning(session, say), makeResiduals(session), makeLog(session, say, (edit) => editText(session, edit), "ew.explorer.apply_edits(model, log)")),
  );
  const strongest = session.ranked().at(-1);
  if (strongest) session.choose(strongest);
  return { session, graph };
}

function graphTools(session: Session, graph: Graph): HTMLElement {
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
    ...chooseLayers(session, graph),
    h("span", { class: "key" }, h("i", { class: "plus" }), "adds", h("i", { class: "minus" }), "takes away"),
    h("span", { class: "zooms" }, button("+", "Zoom in", () => graph.zoom(1.4)), button("−", "Zoom out", () => graph.zoom(1 / 1.4)), button("Fit", "Fit all into view", () => graph.fit())),
  );
}

/** How much of the network is drawn, and the keys of the page. */
function graphNotes(session: Session, graph: Graph): HTMLElement {
  const drawn = h("span");
  graph.onPaint = (seen, curves) => {
    const removed = session.edges().filter((edge) => session.isRemoved(edge)).length;
    const text = drawnText(session.edges().length, seen, curves, removed);
    if (drawn.textContent !== text) drawn.textContent = text;
  };
  const keys = "Keys: ↑ ↓ choose the next edge, + − zoom, 0 shows all. On a point of a curve ↑ ↓ move it. Ctrl+Z undoes.";
  return h("p", { class: "soft notes" }, drawn, h("span", { class: "keys" }, keys));
}

function drawnText(all: number, seen: number, curves: number, removed: number): string {
  const count = all.toLocaleString("en");
  if (removed && seen === all && curves >= all - removed) return `All ${count} edges are drawn, ${removed} of them without a curve: removed. `;
  const edges = seen < all ? `${seen.toLocaleString("en")} of ${count} edges are drawn, the most important` : `All ${count} edges are drawn`;
  return curves < seen ? `${edges}, ${curves} with their curve: zoom in to see more. ` : `${edges}. `;
}

/** What of a network is drawn: which layer of several, and how many nodes of a large one. */
function chooseLayers(session: Session, graph: Graph): HTMLElement[] {
  const { widths } = session.network;
  const options = (texts: string[]) => texts.map((text, k) => h("option", { value: k }, text));
  const counts = [FEW_NODES, 100, Infinity].filter((n) => n === Infinity || n < Math.max(...widths));
  const layers = h("select", { "aria-label": "Which layers are drawn" }, ...options(["All layers", ...widths.slice(1).map((w, k) => `Layer ${k}: ${widths[k]} → ${w}`)]));
  const nodes = h("select", { "aria-label": "How many nodes are drawn" }, ...options(counts.map((n) => (n === Infinity ? "All nodes" : `The ${n} strongest nodes a layer`))));
  const show = () => graph.show(Number(layers.value) ? Number(layers.value) - 1 : null, graph.isLarge ? counts[Number(nodes.value)] : Infinity);
  for (const box of [layers, nodes]) box.addEventListener("change", show);
  return [...(widths.length > 2 ? [layers] : []), ...(graph.isLarge ? [nodes] : [])];
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
    h("span", { class: "soft" }, ` importance ${session.scoreText(edge)}`),
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
  const score = session.nodeScore(level, n);
  const now = units(session.pointLevels[level][n][0]);
  const facts = [`importance ${format(score)}`, `from ${format(ends[0])} to ${format(ends[1])}, mean ${format(mean)}`, `now ${format(now)}`];
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
  const session: Editable<unknown> = mount(root, model.get("payload") as Payload | TablePayload).session;
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
  const mounted = mount(place, JSON.parse(data.textContent ?? "") as Payload | TablePayload);
  Object.assign(place, { explorer: mounted });
}
