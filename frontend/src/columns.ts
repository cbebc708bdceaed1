/** Curves out of columns of numbers. */

export interface EdgeCurve {
  x: number[];
  y: number[];
}

/** Equidistant points over the range of a column. */
export function spread(column: Float64Array, points: number): Float64Array {
  let [low, high] = [Infinity, -Infinity];
  for (const v of column) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (!(high > low)) [low, high] = [low - 0.5, high + 0.5];
  return Float64Array.from({ length: points }, (_, k) => low + (k / (points - 1)) * (high - low));
}

/** All of few increasing numbers; of many some at equal steps. */
export function chooseSome(at: Float64Array, count: number): number[] {
  if (at.length <= count + 1) return [...at];
  const [low, high] = [at[0], at[at.length - 1]];
  const nearest = (x: number) => at.reduce((best, v) => (Math.abs(v - x) < Math.abs(best - x) ? v : best), at[0]);
  return [...new Set(Array.from({ length: count }, (_, k) => nearest(low + (k / (count - 1)) * (high - low))))];
}

/** Means of y over as many rows each, in the order of x. */
export function binned(x: Float64Array, y: Float64Array, order: number[], bins = 24): EdgeCurve {
  const curve: EdgeCurve = { x: [], y: [] };
  const size = Math.max(1, Math.ceil(order.length / bins));
  for (let k = 0; k < order.length; k += size) {
    const part = order.slice(k, k + size);
    curve.x.push(part.reduce((s, r) => s + x[r], 0) / part.length);
    curve.y.push(part.reduce((s, r) => s + y[r], 0) / part.length);
  }
  return curve;
}
