/** The functions of the library nearest to a curve: c · f(a x + b) + d by least squares. */

import { LIBRARY, type NamedFunction } from "./functions";
import { dampedStep } from "./least-squares";

export interface Candidate {
  name: string;
  a: number;
  b: number;
  c: number;
  d: number;
  r2: number;
  /** what the function and its numbers take, in bits: fewer are simpler */
  bits: number;
}

const REACH = 16;
const POINTS = 160;
const MOST_FACTOR = 100;
/** Candidates that are worth a look at what they cost the network. */
const SHORT = 8;
/** Rows that count in a description length, at most (MOST_ROWS in src/edgewise/formula/data.py). */
const MOST_ROWS = 1000;

/** What a number costs that so many rows determine, in bits: 1/2 log2 of them. */
export const numberBits = (rows: number): number => 0.5 * Math.log2(Math.max(Math.min(rows, MOST_ROWS), 4));

/** What rows cost of which each takes so many bits more than it did. */
export const rowsBits = (rows: number, more: number): number => Math.min(rows, MOST_ROWS) * more;

/** The functions of the library near values y at x: those that no simpler one beats, and the nearest others. */
export function fitLibrary(x: Float64Array, y: Float64Array): Candidate[] {
  const step = Math.max(1, Math.floor(x.length / POINTS));
  const xs = Float64Array.from(x.filter((_, r) => r % step === 0));
  const ys = Float64Array.from(y.filter((_, r) => r % step === 0));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const middle = (low + high) / 2;
  const half = (high - low) / 2 || 1;
  const t = xs.map((v) => (v - middle) / half);
  const tall = Math.max(...ys) - Math.min(...ys);
  const found = Object.entries(LIBRARY)
    .filter(([, f]) => !f.alias)
    .map(([name, f]): Candidate => {
      const best = fitOne(f, t, ys);
      const b = best.b - (best.a * middle) / half; // a t + b with t = (x - middle) / half
      return { name, a: best.a / half, b, c: best.c, d: best.d, r2: best.r2, bits: f.bits + countNumbers(f) * numberBits(x.length) };
    })
    .filter((f) => [f.a, f.b, f.c, f.d].every(Number.isFinite) && isItself(f, tall));
  const isBest = (p: Candidate) => !found.some((q) => q.bits <= p.bits && q.r2 > p.r2);
  const best = found.filter(isBest);
  const others = found.filter((p) => !isBest(p)).sort((p, q) => q.r2 - p.r2);
  return [...best, ...others.slice(0, Math.max(0, SHORT - best.length))];
}

/** How many of a, b, c and d a function needs. */
const countNumbers = (f: NamedFunction): number => ({ "": 4, scale: 3, shift: 3, both: f.bits ? 2 : 1 })[f.free];

/** Far from where it bends, a function multiplied by a large number is only a parabola or a line. */
function isItself({ name, c }: Candidate, tall: number): boolean {
  return ["both", "scale"].includes(LIBRARY[name].free) || Math.abs(c) <= MOST_FACTOR * tall;
}

interface Fit {
  a: number;
  b: number;
  c: number;
  d: number;
  r2: number;
}

function fitOne(f: NamedFunction, t: Float64Array, y: Float64Array): Fit {
  const few = [t, y].map((v) => v.filter((_, r) => r % 4 === 0));
  const starts = startsOf(f)
    .map(([a, b]) => linear(f, a, b, few[0], few[1]))
    .sort((p, q) => q.r2 - p.r2)
    .slice(0, 4)
    .map(({ a, b }) => linear(f, a, b, t, y));
  const free = f.free === "both" ? 0 : f.free === "shift" ? 1 : f.free === "scale" ? 1 : 2;
  const refined = starts.slice(0, free ? 3 : 1).map((s) => (free ? refine(f, s, t, y) : s));
  return refined.reduce((p, q) => (q.r2 > p.r2 ? q : p));
}

/** Scales and shifts to begin with; t runs from -1 to 1. */
function startsOf(f: NamedFunction): [number, number][] {
  const range = <T>(n: number, g: (k: number) => T): T[] => Array.from({ length: n }, (_, k) => g(k));
  if (f.free === "both") return [[1, 0]];
  if (f.free === "shift")
    return range(13, (k) => 0.1 * 2 ** (k / 1.6)).flatMap((a) => [[a, 0], [-a, 0]] as [number, number][]);
  if (f.free === "scale") {
    const outside = [1.0001, 1.01, 1.05, 1.2, 1.5, 2, 4, 10];
    const shifts = f.domain[0] === 0 || f.pole ? outside : [...range(21, (k) => k / 10), 3, 6, 12];
    const signs = f.domain[0] === 0 ? [1, -1] : [1];
    const both = f.domain[0] === 0 ? shifts : [...shifts, ...shifts.map((s) => -s)];
    return signs.flatMap((a) => both.map((b) => [a, b] as [number, number]));
  }
  const scales = range(16, (k) => 0.15 * (REACH / 0.15) ** (k / 15));
  if (f.period) {
    return scales.flatMap((a) => range(12, (k) => [a, (k / 12) * f.period] as [number, number]));
  }
  if (Number.isFinite(f.domain[0])) {
    return range(8, (k) => 1 / (1 + 0.35 * k)).flatMap((a) =>
      range(5, (k) => [a * 0.9999, ((k - 2) / 2) * (1 - a)] as [number, number]),
    );
  }
  return scales.flatMap((a) => range(17, (k) => [a, (a * (k - 8)) / 5] as [number, number]));
}

/** The best c and d for given a and b. */
function linear(f: NamedFunction, a: number, b: number, t: Float64Array, y: Float64Array): Fit {
  const n = t.length;
  let [fMean, yMean] = [0, 0];
  const values = t.map((v) => f.value(a * v + b));
  for (let r = 0; r < n; r++) {
    fMean += values[r] / n;
    yMean += y[r] / n;
  }
  let [ff, fy, yy] = [0, 0, 0];
  for (let r = 0; r < n; r++) {
    const u = values[r] - fMean;
    const v = y[r] - yMean;
    ff += u * u;
    fy += u * v;
    yy += v * v;
  }
  const c = ff > 1e-300 && Number.isFinite(ff) ? fy / ff : 0;
  const r2 = yy > 0 ? (c * fy) / yy : c === 0 ? 1 : 0;
  return { a, b, c, d: yMean - c * fMean, r2: Number.isFinite(r2) ? Math.min(r2, 1) : 0 };
}

/** Gauss's and Newton's steps for a and b, with c and d the best for them (variable projection). */
function refine(f: NamedFunction, start: Fit, t: Float64Array, y: Float64Array): Fit {
  let best = start;
  let damping = 1e-3;
  for (let round = 0; round < 40 && damping < 1e8; round++) {
    const step = newtonStep(f, best, t, y, damping);
    const next = step && linear(f, best.a + step[0], best.b + step[1], t, y);
    if (next && Math.abs(next.a) <= 2 * REACH && next.r2 > best.r2) {
      const gain = next.r2 - best.r2;
      best = next;
      damping /= 5;
      if (gain < 1e-13) break;
    } else {
      damping *= 4;
    }
  }
  return best;
}

/** One damped step by the derivatives of c f(a t + b) + d by all four. */
function newtonStep(f: NamedFunction, p: Fit, t: Float64Array, y: Float64Array, damping: number): number[] | null {
  const slope = t.map((v) => {
    const u = p.a * v + p.b;
    const h = 1e-5 * Math.max(1, Math.abs(u));
    return (p.c * (f.value(u + h) - f.value(u - h))) / (2 * h);
  });
  const value = t.map((v) => f.value(p.a * v + p.b));
  const missing = y.map((v, r) => v - p.c * value[r] - p.d);
  return dampedStep([slope.map((v, r) => v * t[r]), slope, value, new Float64Array(t.length).fill(1)], missing, damping);
}
