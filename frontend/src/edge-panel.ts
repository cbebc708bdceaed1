/** The chosen edge: which it is, its curve, what can be done with it, and functions for it. */

import { CurveEditor } from "./chart";
import { compare, formatShare } from "./cost";
import { exchange, h } from "./dom";
import { isNear, makeIncreasing, type EdgeIndex, type Edit } from "./edits";
import { costText } from "./editable";
import type { Say } from "./live";
import { edgeName } from "./names";
import { spread } from "./columns";
import { functionName } from "./panels";
import type { Suggestion } from "./naming";
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
    private readonly say: Say,
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
      h("p", { class: "soft" }, "The most important first"),
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
    const state = this.session.isRemoved(edge) ? "Removed: its average value stands in its place. " : steps.length ? `Edited ${steps.length === 1 ? "once" : `${steps.length} times`}. ` : "";
    this.facts.textContent = `${state}Importance ${this.session.scoreText(edge)}. ${this.session.obstacle(edge)}`;
    this.editor.setPreview(null);
    this.drawTools(edge);
    this.drawCandidates(edge);
  }

  private button(text: string, action: () => void, title = "", disabled = false): HTMLElement {
    return h("button", { type: "button", title, disabled, click: action }, text);
  }

  private putBack(edge: EdgeIndex): void {
    this.session.putBack(edge);
    this.say(`Put back. ${costText(this.session)}`);
  }

  private keep(edit: Edit, word: string): void {
    this.session.commit(edit);
    this.say(`${word}. ${costText(this.session)}`);
  }

  private drawTools(edge: EdgeIndex): void {
    if (this.session.isRemoved(edge)) {
      return exchange(this.tools, h("div", { class: "row" }, this.button("Put back", () => this.putBack(edge), "The curve as it was before it was removed")));
    }
    const { y } = this.session.curve(edge);
    const bound = Boolean(this.session.obstacle(edge));
    const isFactor = this.session.network.layers[edge[0]].products.has(edge[2]);
    this.low.value = String(Number(Math.min(...y).toPrecision(3)));
    this.high.value = String(Number(Math.max(...y).toPrecision(3)));
    const clip = () => {
      const [low, high] = [Number(this.low.value), Number(this.high.value)];
      if (low <= high) this.keep({ do: "clip", edge, low, high }, "Clipped");
      else this.say("The first number must not be above the second.");
    };
    const limits = "Values of the curve below the first number become that number, values above the second become the second.";
    exchange(
      this.tools,
      h(
        "div",
        { class: "row" },
        this.button("Remove", () => this.keep(this.session.removal([edge]), "Removed"), "Replaces the curve by its average value.", isFactor),
        this.button("Make increasing", () => this.monotonise(edge, 1), "Replaces the curve by the nearest increasing one.", bound),
        this.button("Make decreasing", () => this.monotonise(edge, -1), "Replaces the curve by the nearest decreasing one.", bound),
      ),
      h("div", { class: "row clip" }, h("span", {}, "Keep values from"), this.low, h("span", {}, "to"), this.high, this.button("Clip", clip, limits, bound)),
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
    if (isNear(monotone, y)) return this.say(`This curve is ${by} already.`);
    this.keep({ do: "redraw", edge, x, y: monotone, by }, `Made ${by}`);
  }

  private drawCandidates(edge: EdgeIndex): void {
    clearTimeout(this.waiting);
    if (this.session.obstacle(edge) || this.session.isRemoved(edge)) return this.candidates.replaceChildren();
    this.waiting = window.setTimeout(() => this.findCandidates(edge), 30);
  }

  private findCandidates(edge: EdgeIndex): void {
    const rows = this.session.suggestions(edge).map((found) => this.candidateRow(edge, found));
    const note = "The best first: a short one, unless a longer one is clearly more accurate.";
    exchange(this.candidates, h("h3", {}, "Functions that fit this curve"), h("p", { class: "soft" }, note), h("ul", {}, ...rows));
  }

  private candidateRow(edge: EdgeIndex, found: Suggestion): HTMLElement {
    const { name, edit } = found;
    const last = this.session.steps(edge).at(-1)?.edit;
    const used = last?.do === "fix" && last.function === name ? last : null;
    const fixed = used !== null;
    const { a, b, c, d } = used ?? found; // numbers that were fitted together are in use, not these
    const show = () => this.editor.setPreview(edit);
    const hide = () => this.editor.setPreview(null);
    const fix = h(
      "button",
      {
        type: "button",
        "aria-label": `Fix ${name}`,
        "aria-pressed": String(fixed),
        title: fixed ? "Puts the curve back" : "",
        click: () => (fixed ? this.putBack(edge) : this.keep(edit, `Fixed ${functionName(name)}`)),
        focus: show,
        blur: hide,
      },
      fixed ? "Fixed" : "Fix",
    );
    const { now } = this.session.cost();
    const told = compare(found.cost.shown.at(-1)!, now.shown.at(-1)!);
    const change = told.change ? ` (${told.change})` : "";
    // KaTeX breaks lines after operators, but not between brackets that grow.
    const breakable = candidateLatex(name, a, b, c, d).replace(/\\(left|right)(?=[()])/g, "");
    const measure = now.shown.at(-1)!;
    const text = used ? `in use: ${measure.name} ${measure.value}` : `${measure.name} with it ${told.now}${change}, fit R²\u00a0${formatShare(found.r2)}`;
    return h("li", { pointerenter: show, pointerleave: hide }, fix, h("div", {}, typeset(breakable), h("p", { class: "soft" }, text)));
  }
}
