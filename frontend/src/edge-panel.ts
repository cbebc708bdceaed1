/** The chosen edge: which it is, its curve, what can be done with it, and functions for it. */

import { CurveEditor } from "./chart";
import { format, formatShare } from "./cost";
import { h } from "./dom";
import { makeIncreasing, type EdgeIndex, type Edit } from "./edits";
import type { Candidate } from "./fit";
import { costText } from "./editable";
import { edgeName } from "./names";
import { spread } from "./columns";
import type { Session } from "./session";
import { typeset } from "./typeset";
import { candidateLatex } from "./formula";

const KNOTS = 41;
/** Edges that can be chosen from the list; the others are chosen in the picture. */
const LISTED = 500;

export class EdgePanel {
  readonly element: HTMLElement;
  private readonly editor: CurveEditor;
  private readonly select: HTMLSelectElement;
  private readonly facts = h("p", { class: "soft facts" });
  private readonly tools = h("div", { class: "tools" });
  private waiting = 0;
  private readonly candidates = h("div", { class: "candidates" });
  private readonly low = h("input", { type: "number", step: "any", "aria-label": "Least value" });
  private readonly high = h("input", { type: "number", step: "any", "aria-label": "Greatest value" });

  constructor(
    private readonly session: Session,
    private readonly say: (text: string) => void,
  ) {
    this.editor = new CurveEditor(session, say);
    const edges = session.ranked().reverse().slice(0, LISTED);
    const rest = session.edges().length - edges.length;
    this.select = h("select", {
      "aria-label": "Edge, the most important first",
      change: () => session.choose(edges[Number(this.select.value)]),
    });
    const options = edges.map((e, k) => h("option", { value: k }, edgeName(session, e)));
    this.select.append(...options);
    if (rest) this.select.append(h("option", { value: -1, disabled: true }, `and ${rest.toLocaleString("en")} less important ones: choose them in the picture`));
    this.element = h(
      "section",
      { class: "panel edge", "aria-label": "Edge" },
      h("h2", {}, "Edge"),
      this.select,
      this.facts,
      this.editor.element,
      this.tools,
      this.candidates,
    );
    session.listen((change) => {
      if (change === "choice") this.select.value = String(edges.findIndex((e) => String(e) === String(session.chosen)));
      if (change === "edits") options.forEach((option, k) => (option.textContent = edgeName(session, edges[k])));
      if (change === "edits" || change === "choice") this.draw();
      if (change === "trial") this.editor.draw();
    });
  }

  draw(): void {
    const edge = this.session.chosen;
    if (!edge) return;
    const steps = this.session.steps(edge);
    const state = this.session.isRemoved(edge) ? "Removed. " : steps.length ? `Edited ${steps.length === 1 ? "once" : `${steps.length} times`}. ` : "";
    this.facts.textContent = `${state}Importance ${format(this.session.score(edge))}. ${this.session.obstacle(edge)}`;
    this.editor.setPreview(null);
    this.drawTools(edge);
    this.drawCandidates(edge);
  }

  private button(text: string, action: () => void, title = "", disabled = false): HTMLElement {
    return h("button", { type: "button", title, disabled, click: action }, text);
  }

  private keep(edit: Edit, word: string): void {
    this.session.commit(edit);
    this.say(`${word}. ${costText(this.session)}`);
  }

  private drawTools(edge: EdgeIndex): void {
    const { y } = this.session.curve(edge);
    const bound = Boolean(this.session.obstacle(edge));
    const isFactor = this.session.network.layers[edge[0]].products.has(edge[2]);
    this.low.value = String(Number(Math.min(...y).toPrecision(3)));
    this.high.value = String(Number(Math.max(...y).toPrecision(3)));
    const clip = () => {
      const [low, high] = [Number(this.low.value), Number(this.high.value)];
      if (low <= high) this.keep({ do: "clip", edge, low, high }, "Clipped");
      else this.say("The least value is above the greatest.");
    };
    this.tools.replaceChildren(
      h(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([edge]), "Removed"), "Takes the edge away; its mean stays", isFactor),
        this.button("Make increasing", () => this.monotonise(edge, 1), "The nearest increasing curve", bound),
        this.button("Make decreasing", () => this.monotonise(edge, -1), "The nearest decreasing curve", bound),
      ),
      h("div", { class: "row clip" }, h("span", {}, "Clip to"), this.low, h("span", {}, "…"), this.high, this.button("Clip", clip, "", bound)),
    );
  }

  /** The nearest monotone curve, where rows count. */
  private monotonise(edge: EdgeIndex, sign: number): void {
    const values = this.session.rows.levels[edge[0]][edge[1]];
    const x = [...spread(values, KNOTS)];
    const { y } = this.session.curve(edge, true, Float64Array.from(x));
    const weights = x.map(() => 0.1);
    for (const v of values) weights[Math.round(((v - x[0]) / (x[KNOTS - 1] - x[0])) * (KNOTS - 1))]++;
    const monotone = makeIncreasing(y.map((v) => sign * v), weights).map((v) => sign * v);
    const by = sign > 0 ? "increasing" : "decreasing";
    this.keep({ do: "redraw", edge, x, y: monotone, by }, `Made ${by}`);
  }

  private drawCandidates(edge: EdgeIndex): void {
    clearTimeout(this.waiting);
    if (this.session.obstacle(edge)) return this.candidates.replaceChildren();
    this.waiting = setTimeout(() => this.findCandidates(edge), 30);
  }

  private findCandidates(edge: EdgeIndex): void {
    const { x, y } = this.session.cloud(edge);
    const found = this.session.suggest(x, y);
    const best = Math.max(...found.map((f) => f.r2));
    const rows = found.map((c) => this.candidateRow(edge, c, c.r2 >= best - 1e-4));
    this.candidates.replaceChildren(h("h3", {}, "Functions that fit this curve, simple ones first"), h("ul", {}, ...rows));
  }

  private candidateRow(edge: EdgeIndex, found: Candidate, isBest: boolean): HTMLElement {
    const { name, a, b, c, d } = found;
    const edit: Edit = { do: "fix", edge, function: name, a, b, c, d };
    const cost = this.session.costWith(edit);
    const show = () => this.editor.setPreview(edit);
    const hide = () => this.editor.setPreview(null);
    const fix = h("button", { type: "button", "aria-label": `Fix ${name}`, click: () => this.keep(edit, `Fixed ${name}`), focus: show, blur: hide }, "Fix");
    const measure = cost.shown.at(-1)!;
    // KaTeX breaks lines after operators, but not between brackets that grow.
    const breakable = candidateLatex(name, a, b, c, d).replace(/\\(left|right)(?=[()])/g, "");
    return h(
      "li",
      { class: isBest ? "best" : "", pointerenter: show, pointerleave: hide },
      fix,
      h("div", {}, typeset(breakable), h("p", { class: "soft" }, `R² of the fit ${formatShare(found.r2)}, ${measure.name} with it ${measure.value}`)),
    );
  }
}
