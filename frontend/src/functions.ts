/** The functions that an edge may be, as src/edgewise/formula/library.py continues them. */

import type { Tree } from "./payload";

const TINY = 1e-9;
const MAX = Number.MAX_VALUE;

export interface NamedFunction {
  value: (u: number) => number;
  /** LaTeX of f of an argument, which is in brackets already where it needs them */
  latex: (u: string) => string;
  /** what c and d, or a and b, make up for: see the Python side */
  free: "" | "scale" | "shift" | "both";
  symmetric: boolean;
  period: number;
  domain: [number, number];
  pole: boolean;
  /** bits that its choice costs */
  bits: number;
  /** a shifted copy of another function isn't searched for */
  alias: boolean;
}

const clamp = (v: number, low: number, high: number) => (v < low ? low : v > high ? high : v);
const largest = (n: number) => MAX ** (0.9 / (Math.abs(n) + 1));
const positive = (u: number) => Math.max(u, TINY);
const nonzero = (u: number, least = TINY) => (u < 0 ? Math.min(u, -least) : Math.max(u, least));
const bounded = (u: number) => clamp(u, -300, 300);

function power(n: number): (u: number) => number {
  if (n > 0) return (u) => Math.pow(clamp(u, -largest(n), largest(n)), n);
  return (u) => Math.pow(nonzero(u, Math.max(TINY, 1 / largest(n))), n);
}

const square = power(2);

function arcsin(u: number): number {
  const edge = 1 - TINY;
  const inside = clamp(u, -edge, edge);
  const chord = (Math.PI / 2 - Math.asin(edge)) / (1 - edge);
  return Math.asin(inside) + chord * (clamp(u, -1, 1) - inside);
}

const ALL: [number, number] = [-Infinity, Infinity];
const call = (name: string) => (u: string) => `${name}\\left(${u}\\right)`;
const group = (u: string) => `\\left(${u}\\right)`;

function make(
  value: (u: number) => number,
  latex: (u: string) => string,
  bits: number,
  options: Partial<NamedFunction> = {},
): NamedFunction {
  const rest = { free: "" as const, symmetric: false, period: 0, domain: ALL, pole: false };
  return { value, latex, bits, alias: false, ...rest, ...options };
}

const even = { free: "scale" as const, symmetric: true };
const half = { free: "scale" as const, domain: [0, Infinity] as [number, number] };
const above = { free: "scale" as const, domain: [TINY, Infinity] as [number, number] };
const odd = { symmetric: true };
const raised = (n: string) => (u: string) => `${group(u)}^{${n}}`;
const below = (n: string) => (u: string) => `\\frac{1}{${n ? raised(n)(u) : u}}`;

export const LIBRARY: Record<string, NamedFunction> = {
  "0": make(() => 0, () => "0", 0, { free: "both", symmetric: true }),
  x: make((u) => u, (u) => u, 1, { free: "both", symmetric: true }),
  "x^2": make(power(2), raised("2"), 3, even),
  "x^3": make(power(3), raised("3"), 5, even),
  "x^4": make(power(4), raised("4"), 6, even),
  "x^5": make(power(5), raised("5"), 7, even),
  "1/x": make(power(-1), below(""), 4, { ...even, pole: true }),
  "1/x^2": make(power(-2), below("2"), 5, { ...even, pole: true }),
  "1/x^3": make(power(-3), below("3"), 6, { ...even, pole: true }),
  "1/x^4": make(power(-4), below("4"), 7, { ...even, pole: true }),
  "1/x^5": make(power(-5), below("5"), 8, { ...even, pole: true }),
  sqrt: make(
    (u) => (u < TINY ? Math.max(u, 0) * TINY ** -0.5 : Math.sqrt(u)),
    (u) => `\\sqrt{${u}}`,
    4,
    half,
  ),
  "x^1.5": make((u) => Math.pow(clamp(u, 0, largest(2)), 1.5), raised("3/2"), 6, half),
  "1/sqrt": make((u) => 1 / Math.sqrt(positive(u)), (u) => `\\frac{1}{\\sqrt{${u}}}`, 5, above),
  "1/x^1.5": make((u) => Math.pow(positive(u), -1.5), raised("-3/2"), 7, above),
  exp: make((u) => Math.exp(bounded(u)), call("\\exp"), 3, { free: "shift" }),
  log: make((u) => Math.log(positive(u)), call("\\log"), 3, above),
  abs: make(Math.abs, (u) => `\\left|${u}\\right|`, 4, even),
  sign: make(Math.sign, call("\\operatorname{sign}"), 6, even),
  sin: make(Math.sin, call("\\sin"), 3, { symmetric: true, period: 2 * Math.PI }),
  cos: make(Math.cos, call("\\cos"), 3, { symmetric: true, period: 2 * Math.PI, alias: true }),
  tan: make((u) => Math.sin(u) / nonzero(Math.cos(u)), call("\\tan"), 6, {
    symmetric: true,
    period: Math.PI,
  }),
  tanh: make(Math.tanh, call("\\tanh"), 5, odd),
  sinh: make((u) => Math.sinh(bounded(u)), call("\\sinh"), 6, odd),
  cosh: make((u) => Math.cosh(bounded(u)), call("\\cosh"), 6, odd),
  arcsin: make(arcsin, call("\\arcsin"), 5, { symmetric: true, domain: [-1, 1] }),
  arccos: make((u) => Math.PI / 2 - arcsin(u), call("\\arccos"), 5, {
    symmetric: true,
    domain: [-1, 1],
    alias: true,
  }),
  arctan: make(Math.atan, call("\\arctan"), 5, odd),
  arctanh: make((u) => Math.atanh(clamp(u, -(1 - TINY), 1 - TINY)), call("\\operatorname{artanh}"), 5, {
    symmetric: true,
    domain: [-(1 - TINY), 1 - TINY],
  }),
  arcsinh: make(Math.asinh, call("\\operatorname{arsinh}"), 7, odd),
  gaussian: make((u) => Math.exp(-square(u)), (u) => `e^{-${raised("2")(u)}}`, 5, odd),
  lorentzian: make((u) => 1 / (1 + square(u)), (u) => `\\frac{1}{1 + ${raised("2")(u)}}`, 6, odd),
  sech: make((u) => 1 / Math.cosh(bounded(u)), (u) => `\\frac{1}{\\cosh\\left(${u}\\right)}`, 6, odd),
};

/** A function by its name, or the expression that a tree is; throws for what it doesn't know. */
export function valueOf(tree: Tree): (u: number) => number {
  if (typeof tree === "string") {
    if (!Object.hasOwn(LIBRARY, tree)) throw new Error(`unknown function ${tree}`);
    return LIBRARY[tree].value;
  }
  return (u) => evaluate(tree, u);
}

const MOST = MAX ** 0.45;
const bound = (v: number) => clamp(v, -MOST, MOST);

function evaluate(node: Tree, u: number): number {
  const [kind, ...rest] = node as [string, ...Tree[]];
  if (kind === "number") return Number(rest[0]);
  if (kind === "input") return u;
  if (kind === "sum") return bound(rest.reduce((sum, part) => sum + evaluate(part, u), 0));
  if (kind === "product") {
    return rest.slice(1).reduce((p, part) => bound(p * evaluate(part, u)), evaluate(rest[0], u));
  }
  if (kind === "power") return raise(evaluate(rest[0], u), rest[1], u);
  return valueOf(rest[0])(evaluate(rest[1], u));
}

const EXACT: Record<string, string> = {
  "2": "x^2", "3": "x^3", "4": "x^4", "5": "x^5", "-1": "1/x", "-2": "1/x^2", "-3": "1/x^3",
  "-4": "1/x^4", "-5": "1/x^5", "0.5": "sqrt", "1.5": "x^1.5", "-0.5": "1/sqrt", "-1.5": "1/x^1.5",
};

/** base ** exponent, continued as src/edgewise/formula/continuation.py does it. */
function raise(base: number, exponent: Tree, u: number): number {
  const value = evaluate(exponent, u);
  const isExact = exponent[0] === "number" && exponent[2] !== null;
  if (isExact && String(value) in EXACT) return LIBRARY[EXACT[String(value)]].value(base);
  if (isExact && Number.isInteger(value)) {
    const most = MAX ** (0.4 / Math.abs(value));
    const clipped = clamp(base, -most, most);
    return Math.pow(value < 0 ? nonzero(clipped, 1 / most) : clipped, value);
  }
  return Math.exp(clamp(value * Math.log(positive(base)), -300, 300));
}

export { group };
