/** Pruning, the formula, names of nodes, and edits in words. */

import { format } from "./cost";
import { h, makeJobs, section, svg } from "./dom";
import { costText } from "./editable";
import { LONGEST_LABEL, type Edit, type EdgeIndex, type NodeIndex } from "./edits";
import { byLevels, substituted } from "./formula";
import type { Say } from "./live";
import { edgeName, plainName } from "./names";
import { nameEdges } from "./naming";
import type { Tree } from "./payload";
import type { Session } from "./session";
import { typeset } from "./typeset";

/** Edges that are named at once. */
const MOST_NAMED = 1000;
/** Hidden nodes that have a field for a name. */
const MOST_LABELS = 40;

/** A slider of how many edges stay, and a curve of what fewer of them cost. */
export function makePruning(session: Session, say: Say): HTMLElement {
  const order = session.ranked().filter((e) => !session.network.layers[e[0]].products.has(e[2]));
  /** Edges that the slider may remove: those that nobody has removed by hand. */
  let left = order;
  const text = h("p", { class: "soft" });
  const picture = h("div", { class: "costs" });
  const edit = (kept: number): Edit => session.removal(left.slice(0, left.length - kept), "threshold");
  const describe = (kept: number) => {
    const which = kept > 0 && kept < left.length ? `The ${kept} most important of ${left.length} edges` : `${kept} of ${order.length} edges`;
    text.textContent = `${which}. ${costText(session)}.`;
    mark(kept);
  };
  const slider = h("input", {
    type: "range",
    min: 0,
    max: order.length,
    value: order.length,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => session.attemptSoon(() => edit(Number(slider.value)), session.lastThreshold !== null),
    change: () => {
      const kept = Number(slider.value);
      const all = kept === left.length;
      if (session.lastThreshold !== null) session.exchangeLast(all ? null : edit(kept));
      else if (all) session.attempt(null);
      else session.commit(edit(kept));
      say(text.textContent ?? "");
    },
  });
  const { draw, mark } = costCurve(session, picture, edit);
  session.listen((change) => {
    if (change === "trial") describe(Number(slider.value));
    if (change !== "edits") return;
    const removed = session.removedApart();
    left = order.filter((edge) => !removed.has(String(edge)));
    const last = session.lastThreshold;
    const kept = last?.do === "remove" ? left.length - last.edges.length : left.length;
    slider.max = String(left.length);
    slider.value = String(kept);
    describe(kept);
    draw(left.length);
  });
  describe(order.length);
  draw(order.length);
  return section("pruning", "Fewer edges", h("label", { class: "wide" }, h("span", {}, "Edges that stay"), slider), text, picture);
}

/** What is lost when only so many edges stay, drawn piece by piece while nothing else happens. */
function costCurve(session: Session, place: HTMLElement, edit: (kept: number) => Edit) {
  const [width, height, left, bottom, top] = [320, 110, 44, 16, 24];
  let costs: number[] = [];
  let [all, steps, kept] = [0, 0, 0];
  const jobs = makeJobs();
  const at = (k: number) => Math.round((k / Math.max(steps, 1)) * all);
  const x = (n: number) => left + (n / Math.max(all, 1)) * (width - left - 8);
  const paint = () => {
    const most = Math.max(...costs, 1e-12);
    const y = (v: number) => height - bottom - (v / most) * (height - bottom - top);
    const line = costs.map((v, k) => `${k ? "L" : "M"}${x(at(k)).toFixed(1)},${y(v).toFixed(1)}`).join("");
    const { now } = session.cost();
    const rows = session.costRows.index.length;
    const of = rows < session.all.index.length ? ` of ${rows} rows` : "";
    place.replaceChildren(
      svg(
        "svg",
        { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        svg("text", { x: left - 5, y: top + 4, "text-anchor": "end" }, format(most)),
        svg("text", { x: left - 5, y: height - bottom, "text-anchor": "end" }, "0"),
        svg("text", { x: left + 4, y: 10 }, now.shown.at(-1)!.name + of),
        svg("text", { x: left, y: height - 4 }, "0"),
        svg("text", { x: width - 8, y: height - 4, "text-anchor": "end" }, `${all} edges`),
        svg("line", { class: "base", x1: left, x2: width - 8, y1: height - bottom, y2: height - bottom }),
        svg("path", { class: "curve", d: line }),
        svg("circle", { class: "mark", cx: x(kept), cy: y(Math.min(now.loss, most)), r: 4 }),
      ),
    );
  };
  const draw = (edges: number) => {
    [all, steps] = [edges, Math.min(edges, 24)];
    const found: number[] = [];
    jobs(steps + 1, (k) => found.push(session.costWith(edit(at(k))).loss), () => ((costs = found), paint()), 30);
  };
  const mark = (n: number) => {
    kept = n;
    if (costs.length) paint();
  };
  return { draw, mark };
}

/** The formula as it is now, and a button that names all curves. */
export function makeFormula(session: Session, say: Say): HTMLElement {
  const lines = h("div", { class: "lines", tabindex: 0, role: "group", "aria-label": "Formulas" });
  const note = h("p", { class: "soft" });
  const all = h("button", { type: "button", click: () => void nameAll() }, "Name all edges");
  const one = h("button", { type: "button", "aria-pressed": "false", click: () => (one.setAttribute("aria-pressed", String(!isOne())), draw()) }, "In terms of the inputs");
  const isOne = () => one.getAttribute("aria-pressed") === "true";
  const draw = () => {
    const whole = substituted(session);
    one.hidden = !whole || session.network.layers.length < 2;
    const found = whole && (isOne() || one.hidden) ? whole : byLevels(session);
    const left = unnamed(session);
    lines.replaceChildren(...found.map(({ left, right }) => h("div", { class: "line" }, typeset(`${left} = ${right}`, true))));
    const [edge] = left;
    note.textContent = edge
      ? `f(${edgeName(session, edge)}) is the curve of this edge. Choose the edge and fix a function on it, and the formula shows the function.`
      : whole ? "Every edge is a function with a name." : "";
    const focused = all === document.activeElement;
    all.hidden = !left.length;
    if (focused && all.hidden) (one.hidden ? lines : one).focus();
    all.disabled = left.length > MOST_NAMED;
    all.title = all.disabled ? `It names up to ${MOST_NAMED} edges: remove weak ones first` : "Fixes on each curve the function that describes it best, and fits the numbers of all of them together";
  };
  const nameAll = async () => {
    const start = session.edits;
    all.disabled = true;
    const work = nameEdges(session, unnamed(session));
    let step = work.next();
    for (; !step.done; step = work.next()) {
      say(step.value);
      await new Promise((done) => setTimeout(done));
      if (session.edits !== start) return draw(); // somebody went on editing meanwhile
    }
    session.commitAll(step.value);
    say(`${step.value.length} edges named. ${costText(session)}`);
  };
  session.listen((change) => change === "edits" && draw());
  draw();
  return section("formulas", "Formula", lines, note, h("div", { class: "row" }, all, one));
}

/** A field for the name of each hidden node, the most important first; null if there is none. */
export function makeLabels(session: Session, say: Say): HTMLElement | null {
  const inner = session.network.widths.slice(1, -1);
  const nodes = inner.flatMap((width, k) => Array.from({ length: width }, (_, n): NodeIndex => [k + 1, n]));
  if (!nodes.length) return null;
  nodes.sort((a, b) => session.nodeScore(...b) - session.nodeScore(...a));
  const shown = nodes.slice(0, MOST_LABELS);
  const fields = shown.map((node) => {
    const keep = () => {
      const text = field.value.trim();
      if (text === session.labelOf(...node)) return;
      session.commit({ do: "label", node, text });
      say(text ? `${plainName(session, ...node)} is called ${text}.` : `${plainName(session, ...node)} has no name.`);
    };
    const field = h("input", { type: "text", maxlength: LONGEST_LABEL, autocomplete: "off", change: keep });
    return field;
  });
  const draw = () => fields.forEach((field, k) => (field.value = session.labelOf(...shown[k])));
  session.listen((change) => change === "edits" && draw());
  draw();
  const rest = nodes.length - shown.length;
  const list = fields.map((field, k) => h("label", {}, h("span", { class: "name" }, plainName(session, ...shown[k])), field));
  const note = `What a node stands for, in your words. Pictures, formulas and the log show it.${rest ? ` These are the ${shown.length} most important of ${nodes.length}.` : ""}`;
  return section("labels", "Names of hidden nodes", h("p", { class: "soft" }, note), h("div", { class: "label-fields" }, ...list));
}

/** The edges whose curves could be named and aren't. */
function unnamed(session: Session): EdgeIndex[] {
  return session.edges().filter((edge) => {
    if (session.obstacle(edge)) return false;
    const last = session.steps(edge).at(-1)?.edit.do;
    if (last) return last !== "remove" && last !== "fix";
    return !session.network.layers[edge[0]].named.has(session.place(edge));
  });
}

/** An edit in words. */
export function editText(session: Session, edit: Edit): string {
  const name = (e: EdgeIndex) => edgeName(session, e);
  switch (edit.do) {
    case "remove":
      return edit.edges.length === 1 ? `Removed ${name(edit.edges[0])}` : `Removed ${edit.edges.length} edges`;
    case "fix":
      return `Fixed ${name(edit.edge)} as ${functionName(edit.function)}`;
    case "redraw":
      return `${edit.by ? `Made ${name(edit.edge)} ${edit.by}` : `Redrew ${name(edit.edge)}`}`;
    case "bend": {
      const k = edit.y.reduce((best, v, n) => (Math.abs(v) > Math.abs(edit.y[best]) ? n : best), 0);
      return `Bent ${name(edit.edge)} by ${format(edit.y[k])} at ${format(session.toUnits(edit.edge[0], edit.edge[1], edit.x[k]))}`;
    }
    case "clip":
      return `Clipped ${name(edit.edge)} to ${format(edit.low)} … ${format(edit.high)}`;
    case "label":
      return edit.text ? `Named ${plainName(session, ...edit.node)} ${edit.text}` : `Took the name of ${plainName(session, ...edit.node)} away`;
  }
}

/** A function in words. */
export function functionName(tree: Tree): string {
  const words: Record<string, string> = { "0": "a constant", x: "a line" };
  return typeof tree === "string" ? (words[tree] ?? tree) : "a formula";
}
