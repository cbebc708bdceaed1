/** One step of damped least squares (Levenberg and Marquardt). */

/**
 * The change of the numbers that brings a model nearest to what is missing.
 *
 * `slopes` has a column for each number: the derivatives of the model by it. Null if there is no finite step.
 */
export function dampedStep(slopes: Float64Array[], missing: Float64Array, damping: number): number[] | null {
  const matrix = slopes.map((row, k) => {
    const products = slopes.map((column) => dot(row, column));
    products[k] = products[k] * (1 + damping + 1e-14) + 1e-290;
    return Float64Array.of(...products, dot(row, missing));
  });
  const solved = solve(matrix);
  return solved?.every(Number.isFinite) ? solved : null;
}

function dot(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let r = 0; r < p.length; r++) sum += p[r] * q[r];
  return sum;
}

/** Gauss's elimination with pivots; the matrix has the right side as its last column. */
function solve(m: Float64Array[]): number[] | null {
  const n = m.length;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let r = k + 1; r < n; r++) if (Math.abs(m[r][k]) > Math.abs(m[pivot][k])) pivot = r;
    if (m[pivot][k] === 0) return null;
    [m[k], m[pivot]] = [m[pivot], m[k]];
    for (let r = k + 1; r < n; r++) {
      const factor = m[r][k] / m[k][k];
      for (let c = k; c <= n; c++) m[r][c] -= factor * m[k][c];
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    let rest = m[k][n];
    for (let c = k + 1; c < n; c++) rest -= m[k][c] * x[c];
    x[k] = rest / m[k][k];
  }
  return x;
}
