/** The network as formulas in LaTeX: nodes in terms of nodes, or outputs in terms of inputs. */

import type { EdgeIndex } from "./edits";
import { LIBRARY } from "./functions";
import type { Session } from "./session";
import type { Tree } from "./payload";

const LONGEST = 1200;
const MOST_TERMS = 12;

/** Letters that KaTeX has measures for. */
const TYPESET = /[ -~\u00a1-\u00ac\u00ae-\u00ff\u0391-\u03c9\u0410-\u044f\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af·…]/u;

/** A text as LaTeX that sets it letter by letter, whatever is in it. */
export function escapeText(text: string): string {
  const special: Record<string, string> = {
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", $: "\\$", "&": "\\&", "#": "\\#", "^": "\\char`^{}",
    _: "\\_", "%": "\\%", "~": "\\char`~{}",
  };
  const safe = [...text].map((c) => special[c] ?? (TYPESET.test(c) ? c : "·")).join("");
  return `\\text{${safe}}`;
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** x₁ as x_{1}; every other name as text. */
export function nameLatex(name: string): string {
  const found = /^([A-Za-z])([₀-₉]*)$/.exec(name);
  if (!found) return escapeText(name.length > 40 ? `${name.slice(0, 39)}…` : name);
  const index = [...found[2]].map((c) => SUBSCRIPTS.indexOf(c)).join("");
  return index ? `${found[1]}_{${index}}` : found[1];
}

export function numberLatex(value: number): string {
  if (value === 0) return "0";
  const text = Number(value.toPrecision(4));
  const [digits, exponent] = String(text).split("e");
  return exponent ? `${digits}\\cdot 10^{${Number(exponent)}}` : digits;
}

/** A sum of terms as LaTeX; each has its factor, and a body that is "" for a constant. */
interface Term {
  factor: number;
  body: string;
}

function joinTerms(terms: Term[]): string {
  const kept = terms.filter((t) => t.factor !== 0);
  if (!kept.length) return "0";
  return kept
    .map(({ factor, body }, k) => {
      const sign = factor < 0 ? "-" : k ? "+" : "";
      const size = numberLatex(Math.abs(factor));
      const text = !body ? size : size === "1" ? body : `${size}\\,${body}`;
      return `${sign}${k && sign ? " " : ""}${text}`;
    })
    .join(" ");
}

/** f of a u + b, and its factor; u has the LaTeX of `inner`, a sum if `isSum`. */
function applied(tree: Tree, a: number, b: number, inner: string, isSum: boolean): Term[] {
  const wrapped = isSum && a !== 1 ? `\\left(${inner}\\right)` : inner;
  if (tree === "x") return [{ factor: a, body: isSum ? `\\left(${inner}\\right)` : inner }, { factor: b, body: "" }];
  const argument = joinTerms([{ factor: a, body: wrapped }, { factor: b, body: "" }]);
  if (typeof tree !== "string") return [{ factor: 1, body: `\\left(${treeLatex(tree, argument)}\\right)` }];
  const bare = !/[-+ ]/.test(argument) && tree.startsWith("x^");
  const body = bare ? `${argument}^{${tree.slice(2)}}` : LIBRARY[tree].latex(argument);
  return [{ factor: 1, body }];
}

function treeLatex(node: Tree, u: string): string {
  const [kind, ...rest] = node as [string, ...Tree[]];
  if (kind === "number") return numberLatex(Number(rest[0]));
  if (kind === "input") return `\\left(${u}\\right)`;
  if (kind === "sum") return rest.map((p) => treeLatex(p, u)).join(" + ").replaceAll("+ -", "- ");
  if (kind === "product") {
    return rest.map((p) => (p[0] === "sum" ? `\\left(${treeLatex(p, u)}\\right)` : treeLatex(p, u))).join("\\,");
  }
  if (kind === "power") return `\\left(${treeLatex(rest[0], u)}\\right)^{${treeLatex(rest[1], u)}}`;
  return LIBRARY[String(rest[0])].latex(treeLatex(rest[1], u));
}

/** c · f(a x + b) + d of an edge's input x. */
export function candidateLatex(tree: Tree, a: number, b: number, c: number, d: number): string {
  const terms = applied(tree, a, b, "x", false).map((t) => ({ ...t, factor: t.factor * c }));
  return joinTerms(mergeConstants([...terms, { factor: d, body: "" }]));
}

function mergeConstants(terms: Term[]): Term[] {
  const constant = terms.filter((t) => !t.body).reduce((s, t) => s + t.factor, 0);
  return [...terms.filter((t) => t.body), { factor: constant, body: "" }];
}

/** An edge's terms, and whether it is a function with a name. */
function edgeTerms(session: Session, edge: EdgeIndex, inner: string, isSum: boolean): { terms: Term[]; named: boolean } {
  const [layer, i, o] = edge;
  const steps = session.steps(edge);
  const last = steps.at(-1)?.edit;
  if (last?.do === "remove") return { terms: [{ factor: last.constants[steps.at(-1)!.position], body: "" }], named: true };
  const own = session.network.layers[layer].named.get(session.place(edge));
  const fixed =
    last?.do === "fix"
      ? { tree: last.function, numbers: [last.a, last.b, last.c, last.d] }
      : !last && own && { tree: own.function, numbers: [...own.numbers.slice(0, 3), 0] };
  if (!fixed) {
    const ends = [nodeLatex(session, layer, i), nodeLatex(session, layer + 1, o)];
    return { terms: [{ factor: 1, body: `f\\left(${ends.join("\\to ")}\\right)` }], named: false };
  }
  const [a, b, c, d] = fixed.numbers;
  const terms = applied(fixed.tree, a, b, inner, isSum).map((t) => ({ ...t, factor: t.factor * c }));
  return { terms: [...terms, { factor: d, body: "" }], named: true };
}

interface NodeText {
  latex: string;
  isSum: boolean;
  named: boolean;
}

/** A node by those below it, whose LaTeX is given. */
function nodeText(session: Session, layer: number, o: number, below: NodeText[], most: number): NodeText {
  const found = session.network.layers[layer];
  const terms: Term[] = [];
  const factors: string[] = [];
  let [constant, named, left] = [found.biasOf(o), !found.hasPost && !found.mixes, 0];
  const edges = session.edges().filter((e) => e[0] === layer && e[2] === o);
  edges.sort((p, q) => session.score(q) - session.score(p));
  for (const edge of edges) {
    const inner = below[edge[1]];
    const made = edgeTerms(session, edge, inner.latex, inner.isSum);
    named &&= made.named && inner.named;
    if (found.products.has(o)) {
      factors.push(`\\left(${joinTerms(made.terms)}\\right)`);
      continue;
    }
    for (const term of made.terms) {
      if (!term.body) constant += term.factor;
      else if (terms.length < most) terms.push(term);
      else left++;
    }
  }
  if (factors.length) terms.push({ factor: 1, body: factors.join("\\,") });
  const total = Math.abs(constant) < 1e-12 ? 0 : constant;
  const more = left ? ` + \\text{${left} more}` : "";
  const latex = joinTerms([...terms, { factor: total, body: "" }]) + more;
  return { latex, isSum: /[-+]/.test(latex) || terms.length > 1, named };
}

/** Lines to typeset: the name and the right side of each. */
export type Line = { left: string; right: string };

/** The outputs in terms of the inputs; null while an edge has no name, and for formulas that are too long. */
export function substituted(session: Session): Line[] | null {
  const { layers } = session.network;
  let [level] = levelNames(session);
  for (let k = 0; k < layers.length; k++) {
    level = Array.from({ length: layers[k].out }, (_, o) => nodeText(session, k, o, level, Infinity));
    if (level.some((n) => !n.named || n.latex.length > LONGEST)) return null;
  }
  return level.map((n, o) => ({ left: nodeLatex(session, layers.length, o), right: inUnits(session, o, n.latex) }));
}

/** What an output is in its own units. */
function inUnits(session: Session, o: number, latex: string): string {
  const [scale, shift] = session.payload.output_scaling[o];
  if (scale === 1 && shift === 0) return latex;
  return joinTerms([{ factor: scale, body: `\\left(${latex}\\right)` }, { factor: shift, body: "" }]);
}

/** What an input is before the network scales it. */
function scaledInput(name: string, [scale, shift]: [number, number]): string {
  if (scale === 1 && shift === 0) return nameLatex(name);
  const top = joinTerms([{ factor: 1, body: nameLatex(name) }, { factor: -shift, body: "" }]);
  return `\\tfrac{${top}}{${numberLatex(scale)}}`;
}

/** Each node in terms of those before it, the outputs first. */
export function byLevels(session: Session): Line[] {
  const { network } = session;
  const names = levelNames(session);
  const lines: Line[] = [];
  for (let k = network.layers.length - 1; k >= 0; k--) {
    for (let o = 0; o < network.layers[k].out && lines.length < 12; o++) {
      const made = nodeText(session, k, o, names[k], MOST_TERMS).latex;
      const right = k === network.layers.length - 1 ? inUnits(session, o, made) : made;
      const post = network.layers[k].hasPost ? `\\operatorname{post}\\!\\left(${right}\\right)` : right;
      lines.push({ left: names[k + 1][o].latex, right: post });
    }
  }
  return lines;
}

/** What a node is called, as LaTeX. */
function nodeLatex(session: Session, level: number, n: number): string {
  const { payload, network } = session;
  if (level === 0) return nameLatex(payload.input_names[n]);
  if (level === network.layers.length) return nameLatex(payload.output_names[n]);
  const label = session.labelOf(level, n);
  return label ? nameLatex(label) : `h${network.layers.length > 2 ? `^{(${level})}` : ""}_{${n}}`;
}

/** The names of the nodes of every level. */
function levelNames(session: Session): NodeText[][] {
  const { payload, network } = session;
  const named = (level: number, n: number) => (level ? nodeLatex(session, level, n) : scaledInput(payload.input_names[n], payload.input_scaling[n]));
  return network.widths.map((width, level) => Array.from({ length: width }, (_, n) => ({ latex: named(level, n), isSum: false, named: true })));
}
