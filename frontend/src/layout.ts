/** Where nodes, edges and small curves stand, and what is under the pointer. */

import type { EdgeIndex } from "./edits";

export interface View {
  scale: number;
  left: number;
  top: number;
}

export interface Place {
  x: number;
  y: number;
}

export interface Thumb extends Place {
  edge: EdgeIndex;
  size: number;
}

/** The side of a small curve before zooming, for so many edges. */
export const thumbSize = (edges: number): number => (edges <= 40 ? 46 : edges <= 150 ? 38 : 30);

const SPOTS = [0.5, 0.4, 0.6, 0.31, 0.69, 0.22, 0.78];

/** Nodes of each level in a frame of a width and a height. */
export function placeNodes(widths: number[], width: number, height: number): Place[][] {
  return widths.map((count, level) => {
    const gap = Math.min(height / count, 150);
    const x = (level / (widths.length - 1)) * width;
    return Array.from({ length: count }, (_, n) => ({ x, y: height / 2 + (n - (count - 1) / 2) * gap }));
  });
}

/** Where a picture begins inside of its canvas, and the canvas's size. */
export interface Frame {
  left: number;
  right: number;
  top: number;
  width: number;
  height: number;
}

/** Nodes of each level on a canvas, as the view moves and scales it. */
export function placeInFrame(widths: number[], f: Frame, view: View): Place[][] {
  const inner = [Math.max(f.width - f.left - f.right, 60), Math.max(f.height - 2 * f.top, 60)];
  const move = (p: Place) => ({ x: (f.left + p.x) * view.scale + view.left, y: (f.top + p.y) * view.scale + view.top });
  return placeNodes(widths, inner[0], inner[1]).map((level) => level.map(move));
}

/** A point of the edge's curve, a cubic whose ends are level. */
export function along(a: Place, b: Place, t: number): Place {
  const s = 1 - t;
  const middle = (a.x + b.x) / 2;
  const x = s ** 3 * a.x + 3 * s * s * t * middle + 3 * s * t * t * middle + t ** 3 * b.x;
  return { x, y: (s ** 3 + 3 * s * s * t) * a.y + (3 * s * t * t + t ** 3) * b.y };
}

/** Small curves of the strongest edges, as many as fit without covering each other or nodes. */
export function placeThumbs(
  edges: { edge: EdgeIndex; a: Place; b: Place }[],
  nodes: Place[],
  size: number,
  most: number,
  inside: (p: Place) => boolean,
): Thumb[] {
  const cells = new Map<string, Place[]>();
  const cellOf = (p: Place) => [Math.floor(p.x / size), Math.floor(p.y / size)];
  const put = (p: Place) => {
    const key = cellOf(p).join();
    cells.set(key, [...(cells.get(key) ?? []), p]);
  };
  const isFree = (p: Place, gap: number) => {
    const [cx, cy] = cellOf(p);
    for (let x = cx - 1; x <= cx + 1; x++) {
      for (let y = cy - 1; y <= cy + 1; y++) {
        for (const q of cells.get(`${x},${y}`) ?? []) {
          if (Math.abs(q.x - p.x) < gap && Math.abs(q.y - p.y) < gap) return false;
        }
      }
    }
    return true;
  };
  nodes.forEach(put);
  const found: Thumb[] = [];
  for (const { edge, a, b } of edges) {
    if (found.length >= most) break;
    const spot = SPOTS.map((t) => along(a, b, t)).find((p) => inside(p) && isFree(p, size * 0.98));
    if (!spot) continue;
    put(spot);
    found.push({ ...spot, edge, size: size - 4 });
  }
  return found;
}

/** The distance of a point from an edge. */
export function distance(p: Place, a: Place, b: Place): number {
  if (p.x < a.x - 4 || p.x > b.x + 4) return Infinity;
  let best = Infinity;
  let from = a;
  for (let k = 1; k <= 16; k++) {
    const to = along(a, b, k / 16);
    const [dx, dy] = [to.x - from.x, to.y - from.y];
    const t = Math.min(1, Math.max(0, ((p.x - from.x) * dx + (p.y - from.y) * dy) / (dx * dx + dy * dy)));
    best = Math.min(best, Math.hypot(p.x - from.x - t * dx, p.y - from.y - t * dy));
    from = to;
  }
  return best;
}
