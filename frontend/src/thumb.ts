/** A small curve on a canvas, and where on it the sliders' point is. */

import type { EdgeCurve } from "./columns";
import type { Thumb } from "./layout";

export interface Look {
  back: string;
  frame: string;
  /** of the frame's line */
  width: number;
  curve: string;
  point: string;
}

/** Draws a curve in its box; `at` is the sliders' value of its input, or null. */
export function paintThumb(c: CanvasRenderingContext2D, { x, y, size }: Thumb, curve: EdgeCurve, at: number | null, look: Look): void {
  const half = size / 2;
  c.fillStyle = look.back;
  c.strokeStyle = look.frame;
  c.lineWidth = look.width;
  c.beginPath();
  c.roundRect(x - half, y - half, size, size, 4);
  c.fill();
  c.stroke();
  const [across, up] = [rangeOf(curve.x), rangeOf(curve.y)];
  const place = (px: number, py: number): [number, number] => [
    x - half + 3 + ((px - across[0]) / across[1]) * (size - 6),
    y + half - 4 - ((py - up[0]) / up[1]) * (size - 8),
  ];
  c.beginPath();
  curve.x.forEach((px, k) => c.lineTo(...place(px, curve.y[k])));
  c.strokeStyle = look.curve;
  c.lineWidth = 1.4;
  c.stroke();
  const value = at === null ? null : valueAt(curve, at, across);
  if (value === null) return;
  c.fillStyle = look.point;
  c.beginPath();
  c.arc(...place(at!, value), 2.2, 0, 2 * Math.PI);
  c.fill();
}

/** The value of a curve between its equidistant points; null outside of them. */
function valueAt({ x, y }: EdgeCurve, at: number, [low, spread]: [number, number]): number | null {
  if (at < low || at > low + spread) return null;
  const n = ((at - low) / spread) * (x.length - 1);
  const k = Math.min(Math.floor(n), x.length - 2);
  return y[k] + (n - k) * (y[k + 1] - y[k]);
}

/** The least value, and the distance to the greatest; 1 if there is none. */
function rangeOf(values: number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return high > low ? [low, high - low] : [low - 0.5, 1];
}
