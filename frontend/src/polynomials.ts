/** Functions of one number as polynomials on cells, which src/edgewise/explorer/polynomials.py makes. */

import { unpack, type PolynomialsPayload } from "./payload";

export class Polynomials {
  /** how many functions there are */
  readonly count: number;
  private readonly ends: Float64Array;
  private readonly coef: Float64Array;
  private readonly powers: number;

  constructor(payload: PolynomialsPayload) {
    const coef = unpack(payload.coef);
    this.ends = unpack(payload.ends).data;
    this.coef = coef.data;
    [, this.powers, this.count] = coef.shape;
  }

  /** Each function of some numbers; beyond the cells the first and the last polynomials go on. */
  evaluate(z: Float64Array): Float64Array[] {
    const { count, coef, powers } = this;
    const out = Array.from({ length: count }, () => new Float64Array(z.length));
    for (let r = 0; r < z.length; r++) {
      const cell = this.cellOf(z[r]);
      const [a, b] = [this.ends[cell], this.ends[cell + 1]];
      const s = (z[r] - (a + b) / 2) / ((b - a) / 2);
      const first = cell * powers * count;
      for (let f = 0; f < count; f++) {
        let value = 0;
        for (let k = powers - 1; k >= 0; k--) value = value * s + coef[first + k * count + f];
        out[f][r] = value;
      }
    }
    return out;
  }

  private cellOf(z: number): number {
    let cell = 0;
    for (let end = this.ends.length - 1; end - cell > 1; ) {
      const middle = (cell + end) >> 1;
      if (z >= this.ends[middle]) cell = middle;
      else end = middle;
    }
    return cell;
  }
}
