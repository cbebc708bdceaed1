/** The functions φ_1 … φ_G of every basis, as src/edgewise/bases computes them. */

import type { Table } from "./payload";

/** Writes φ_g(z) of one input into out[g][row]. */
export type Evaluate = (z: Float64Array, input: number, out: Float64Array[]) => void;

/** An entry of a grid tensor of shape (), (1,), (G,), (in, 1) or (in, G). */
function entry(table: Table, input: number, g: number): number {
  const { shape, data } = table;
  if (shape.length === 0) return data[0];
  const last = shape[shape.length - 1];
  const row = shape.length === 2 ? input * last : 0;
  return data[row + (last === 1 ? 0 : g)];
}

/** A bump ψ((z - c) / w), or another function of z, c and w, around every centre. */
function centred(grid: Table[], bump: (z: number, c: number, w: number) => number): Evaluate {
  return (z, input, out) => {
    out.forEach((column, g) => {
      const c = entry(grid[0], input, g);
      const w = entry(grid[1], input, g);
      for (let r = 0; r < z.length; r++) column[r] = bump(z[r], c, w);
    });
  };
}

const clamp = (v: number, low: number, high: number) => (v < low ? low : v > high ? high : v);

function gaussian(z: number, c: number, w: number): number {
  const u = clamp((z - c) / w, -30, 30);
  return Math.exp(-u * u);
}

function rswaf(z: number, c: number, inverse: number): number {
  const t = Math.tanh((z - c) * inverse);
  return 1 - t * t;
}

function relukan(z: number, c: number, w: number): number {
  const u = (z - c) / w;
  const v = Math.max(1 - u * u, 0);
  return v * v;
}

function wavelet(omega: number): (z: number, c: number, w: number) => number {
  const square = 0.5 + 1.5 * Math.exp(-omega * omega) - 2 * Math.exp(-0.75 * omega * omega);
  const scale = 1 / Math.sqrt(square * Math.sqrt(Math.PI));
  const mean = Math.exp((-omega * omega) / 2);
  const hat = (2 / Math.sqrt(3)) * Math.PI ** -0.25;
  return (z, c, w) => {
    const u = clamp((z - c) / w, -30, 30);
    const wave = omega > 0 ? scale * (Math.cos(omega * u) - mean) : hat * (1 - u * u);
    return wave * Math.exp((-u * u) / 2);
  };
}

/** Cox's and de Boor's recursion; 0 outside of the knots, and 0/0 = 0. */
function bspline(grid: Table[], degree: number): Evaluate {
  const table = grid[0];
  const count = table.shape[table.shape.length - 1];
  const inverse = (width: number) => (width > 0 ? 1 / width : 0);
  return (z, input, out) => {
    const row = table.shape.length === 2 ? input * count : 0;
    const t = table.data.subarray(row, row + count);
    const v = new Float64Array(count + 1);
    for (const column of out) column.fill(0);
    for (let r = 0; r < z.length; r++) {
      const at = z[r];
      if (!(at >= t[0] && at < t[count - 1])) continue;
      let cell = 0;
      for (let a = 0, b = count - 1; b - a > 1; ) {
        const middle = (a + b) >> 1;
        if (at >= t[middle]) a = middle;
        else b = middle;
        cell = a;
      }
      v.fill(0);
      v[cell] = 1;
      for (let d = 1; d <= degree; d++) {
        for (let g = Math.max(0, cell - d); g <= Math.min(cell, count - 2 - d); g++) {
          const rise = (at - t[g]) * inverse(t[g + d] - t[g]) * v[g];
          const fall = (t[g + d + 1] - at) * inverse(t[g + d + 1] - t[g + 1]) * v[g + 1];
          v[g] = rise + fall;
        }
      }
      const last = Math.min(cell, out.length - 1);
      for (let g = Math.max(0, cell - degree); g <= last; g++) out[g][r] = v[g];
    }
  };
}

/** cos z … cos Gz, sin z … sin Gz by angle addition. */
function fourier(z: Float64Array, _input: number, out: Float64Array[]): void {
  const count = out.length / 2;
  for (let r = 0; r < z.length; r++) {
    const [c1, s1] = [Math.cos(z[r]), Math.sin(z[r])];
    let [c, s] = [c1, s1];
    for (let k = 0; k < count; k++) {
      out[k][r] = c;
      out[count + k][r] = s;
      [c, s] = [c * c1 - s * s1, s * c1 + c * s1];
    }
  }
}

/** P_{n+1} from P_n and P_{n-1}, beginning with 1 and 0. */
function recurrence(next: (n: number, z: number, p: number, before: number) => number): Evaluate {
  return (z, _input, out) => {
    for (let r = 0; r < z.length; r++) {
      let [before, p] = [0, 1];
      for (let n = 0; n < out.length; n++) {
        out[n][r] = p;
        [before, p] = [p, next(n, z[r], p, before)];
      }
    }
  };
}

const chebyshev = recurrence((n, z, p, before) => (n === 0 ? z : 2 * z * p - before));
const legendre = recurrence((n, z, p, before) => ((2 * n + 1) * z * p - n * before) / (n + 1));

/** Jacobi's, Gegenbauer's and Hermite's polynomials by the table (a, b, c) in their grid. */
function tabled(grid: Table[]): Evaluate {
  const t = grid[0].data;
  return recurrence((n, z, p, before) =>
    3 * n < t.length ? (t[3 * n] * z + t[3 * n + 1]) * p - t[3 * n + 2] * before : 0,
  );
}

function sine(grid: Table[]): Evaluate {
  return (z, input, out) => {
    out.forEach((column, g) => {
      const frequency = entry(grid[0], input, g);
      const phase = entry(grid[1], input, g);
      for (let r = 0; r < z.length; r++) column[r] = Math.sin(z[r] * frequency + phase);
    });
  };
}

const BASES: Record<string, (grid: Table[], settings: Record<string, unknown>) => Evaluate> = {
  bspline: (grid, settings) => bspline(grid, Number(settings.degree)),
  gaussian: (grid) => centred(grid, gaussian),
  rswaf: (grid) => centred(grid, rswaf),
  relukan: (grid) => centred(grid, relukan),
  wavelet: (grid) => centred(grid, wavelet(grid[2].data[0])),
  fourier: () => fourier,
  chebyshev: () => chebyshev,
  legendre: () => legendre,
  jacobi: tabled,
  gegenbauer: tabled,
  hermite: tabled,
  sine,
};

/** The ends of the domain, of shape (2, in), and the slopes there, (2, in, G). */
export interface Tails {
  ends: Table;
  slopes: Table;
}

/** The same functions inside of the domain, and lines beyond it. */
function goOn(inside: Evaluate, { ends, slopes }: Tails): Evaluate {
  const inputs = ends.shape[1];
  return (z, input, out) => {
    const [low, high] = [ends.data[input], ends.data[inputs + input]];
    const nearest = z.map((v) => Math.min(Math.max(v, low), high));
    inside(nearest, input, out);
    for (let r = 0; r < z.length; r++) {
      const beyond = z[r] - nearest[r];
      if (beyond === 0) continue;
      const side = nearest[r] === high ? 1 : 0;
      const first = (side * inputs + input) * out.length;
      for (let g = 0; g < out.length; g++) out[g][r] += slopes.data[first + g] * beyond;
    }
  };
}

export function makeBasis(settings: { name: string }, grid: Table[], tails: Tails | null): Evaluate {
  const make = BASES[settings.name];
  if (!make) throw new Error(`the page can't evaluate the basis ${settings.name}`);
  const inside = make(grid, settings as Record<string, unknown>);
  return tails ? goOn(inside, tails) : inside;
}
