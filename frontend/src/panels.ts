/** Inputs and outputs, pruning, the formula, and edits in words. */

import { format } from "./cost";
import { eachFrame, h, section, svg } from "./dom";
import { costText } from "./editable";
import { LONGEST_LABEL, type Edit, type EdgeIndex, type NodeIndex } from "./edits";
import { formulas } from "./formula";
import { edgeName, plainName } from "./names";
import type { Session } from "./session";
import { typeset } from "./typeset";

type Say = (text: string) => void;

/** Sliders that are there at once; those of less important inputs unfold. */
const SLIDERS = 40;
/** Edges that are named at once. */
const MOST_NAMED = 1000;
/** Hidden nodes that have a field for a name. */
const MOST_LABELS = 40;

/** A slider for each input, the most important first, and what the network answers. */
export function makePoint(session: Session): HTMLElement {
  const { payload } = session;
  const outputs = payload.output_names.map(() => h("output", {}));
  const show = () => {
    const answers = session.pointLevels.at(-1)!;
    outputs.forEach((o, k) => (o.textContent = format(session.outputUnits(k, answers[k][0]), 4)));
  };
  const order = session.rankedNodes(0);
  const sliders = h("div", { class: "sliders" }, ...order.slice(0, SLIDERS).map((i) => inputSlider(session, i)));
  const rest = order.slice(SLIDERS);
  const more = h("button", { type: "button", click: () => (more.remove(), sliders.append(...rest.map((i) => inputSlider(session, i)))) }, `Show ${rest.length} less important inputs`);
  session.listen(show);
  show();
  const list = h("ul", { class: "answers" }, ...payload.output_names.map((n, k) => h("li", {}, h("span", { class: "name" }, n), outputs[k])));
  return section("point", "Inputs and outputs", list, sliders, ...(rest.length ? [more] : []));
}

function inputSlider(session: Session, i: number): HTMLElement {
  const column = session.rows.levels[0][i];
  const [low, high] = [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
  const units = (v: number) => {
    const [scale, shift] = session.payload.input_scaling[i];
    return scale * v + shift;
  };
  const value = h("output", {}, format(units(session.point[i])));
  const move = eachFrame((v: number) => session.setPoint(i, v));
  const slider = h("input", {
    type: "range",
    min: 0,
    max: 1000,
    step: 1,
    value: high > low ? Math.round(((session.point[i] - low) / (high - low)) * 1000) : 500,
    disabled: !(high > low),
    "aria-valuetext": format(units(session.point[i])),
    input: () => {
      const v = low + (Number(slider.value) / 1000) * (high - low);
      value.textContent = format(units(v));
      slider.setAttribute("aria-valuetext", value.textContent);
      move(v);
    },
  });
  return h("label", { class: "slider" }, h("span", { class: "name" }, session.payload.input_names[i]), slider, value);
}

/** A slider of how many edges stay, and a curve of what fewer of them cost. */
export function makePruning(session: Session, say: Say): HTMLElement {
  const order = session.ranked().filter((e) => !session.network.layers[e[0]].products.has(e[2]));
  const all = order.length;
  const text = h("p", { class: "soft" });
  const picture = h("div", { class: "costs" });
  const edit = (kept: number): Edit => session.removal(order.slice(0, all - kept), "threshold");
  const describe = (kept: number) => {
    const which = kept > 0 && kept < all ? `The ${kept} most important of ${all} edges` : `${kept} of ${all} edges`;
    text.textContent = `${which}. ${costText(session)}.`;
    mark(kept);
  };
  const slider = h("input", {
    type: "range",
    min: 0,
    max: all,
    value: all,
    step: 1,
    "aria-label": "Edges that stay",
    input: () => session.attemptSoon(() => edit(Number(slider.value)), session.lastThreshold !== null),
    change: () => {
      const kept = Number(slider.value);
      if (session.lastThreshold !== null) session.exchangeLast(kept === all ? null : edit(kept));
      else if (kept === all) session.attempt(null);
      else session.commit(edit(kept));
      say(text.textContent ?? "");
    },
  });
  const { draw, mark } = costCurve(session, picture, all, edit);
  session.listen((change) => {
    if (change === "trial") describe(Number(slider.value));
    if (change !== "edits") return;
    const last = session.lastThreshold;
    const kept = last?.do === "remove" ? all - last.edges.length : all;
    slider.value = String(kept);
    describe(kept);
    draw();
  });
  describe(all);
  draw();
  return section("pruning", "Fewer edges", h("label", { class: "wide" }, h("span", {}, "Edges that stay"), slider), text, picture);
}

/** What is lost when only so many edges stay, drawn piece by piece while nothing else happens. */
function costCurve(session: Session, place: HTMLElement, all: number, edit: (kept: number) => Edit) {
  const steps = Math.min(all, 24);
  const [width, height, left, bottom] = [320, 96, 44, 16];
  let costs: number[] = [];
  let kept = all;
  let round = 0;
  const at = (k: number) => Math.round((k / steps) * all);
  const x = (n: number) => left + (n / Math.max(all, 1)) * (width - left - 8);
  const paint = () => {
    const most = Math.max(...costs, 1e-12);
    const y = (v: number) => height - bottom - (v / most) * (height - bottom - 10);
    const line = costs.map((v, k) => `${k ? "L" : "M"}${x(at(k)).toFixed(1)},${y(v).toFixed(1)}`).join("");
    const { now } = session.cost();
    place.replaceChildren(
      svg(
        "svg",
        { viewBox: `0 0 ${width} ${height}`, class: "chart", role: "img", "aria-label": "Error against the number of edges that stay" },
        svg("text", { x: left - 5, y: 14, "text-anchor": "end" }, format(most)),
        svg("text", { x: left - 5, y: height - bottom, "text-anchor": "end" }, "0"),
        svg("text", { x: left, y: height - 2 }, "0"),
        svg("text", { x: width - 8, y: height - 2, "text-anchor": "end" }, `${all} edges`),
        svg("line", { class: "base", x1: left, x2: width - 8, y1: height - bottom, y2: height - bottom }),
        svg("path", { class: "curve", d: line }),
        svg("circle", { class: "mark", cx: x(kept), cy: y(Math.min(now.loss, most)), r: 4 }),
      ),
    );
  };
  const draw = () => {
    const mine = ++round;
    const found: number[] = [];
    const next = () => {
      if (mine !== round) return;
      const until = performance.now() + 12;
      while (found.length <= steps && performance.now() < until) found.push(session.costWith(edit(at(found.length))).loss);
      if (found.length <= steps) return void setTimeout(next, 8);
      costs = found;
      paint();
    };
    setTimeout(next, 30);
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
  const draw = () => {
    const found = formulas(session);
    const left = unnamed(session);
    lines.replaceChildren(...found.lines.map(({ left, right }) => h("div", { class: "line" }, typeset(`${left} = ${right}`, true))));
    note.textContent = found.named
      ? "Every edge is a function with a name."
      : "φ are curves that have no name yet: choose an edge and fix a function on it.";
    all.hidden = !left.length;
    all.disabled = left.length > MOST_NAMED;
    all.title = all.disabled ? `It names up to ${MOST_NAMED} edges: remove weak ones first` : "Fixes on each curve the function that describes it best";
  };
  const nameAll = async () => {
    const edges = unnamed(session);
    const before = costText(session);
    const start = session.edits;
    const found: Edit[] = [];
    all.disabled = true;
    for (const edge of edges) {
      const { x, y } = session.cloud(edge);
      const { name, a, b, c, d } = session.suggest(x, y)[0];
      found.push({ do: "fix", edge, function: name, a, b, c, d });
      if (found.length % 5) continue;
      say(`${found.length} of ${edges.length} edges are named.`);
      await new Promise((done) => setTimeout(done));
      if (session.edits !== start) return draw(); // somebody went on editing meanwhile
    }
    session.commitAll(found);
    say(`${found.length} edges named. ${costText(session)}; before: ${before}. Undo takes all names back.`);
  };
  session.listen((change) => change === "edits" && draw());
  draw();
  return section("formulas", "Formula", lines, h("div", { class: "row" }, note, all));
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
  const note = `What a node stands for, in your words; pictures, formulas and the log have it.${rest ? ` These are the ${shown.length} most important of ${nodes.length}.` : ""}`;
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
      return `Fixed ${name(edit.edge)} as ${typeof edit.function === "string" ? edit.function : "a formula"}`;
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
