/** What pointers and the wheel do to a picture: hover, click, pan and zoom. */

import { eachFrame } from "./dom";
import type { Place } from "./layout";

export interface Picture {
  hover(p: Place): void;
  leave(): void;
  click(p: Place): void;
  pan(right: number, down: number): void;
  zoom(factor: number, x: number, y: number): void;
}

/** A pointer that moves by less, in pixels, clicks. */
const CLICK = 3;

/** One pointer pans, two zoom, and the wheel zooms with Ctrl or where the canvas has the focus. */
export function listenTo(canvas: HTMLCanvasElement, picture: Picture): void {
  const pointers = new Map<number, Place>();
  let moved = 0;
  const local = (event: PointerEvent | WheelEvent): Place => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const hover = eachFrame((p: Place) => pointers.size || picture.hover(p));
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, local(event));
    moved = pointers.size > 1 ? Infinity : 0;
  });
  canvas.addEventListener("pointermove", (event) => {
    const p = local(event);
    const last = pointers.get(event.pointerId);
    if (!last) return hover(p);
    const others = [...pointers].filter(([id]) => id !== event.pointerId).map(([, q]) => q);
    if (others.length) {
      const [from, to] = [last, p].map((q) => Math.hypot(q.x - others[0].x, q.y - others[0].y));
      picture.zoom(to / Math.max(from, 1), (p.x + others[0].x) / 2, (p.y + others[0].y) / 2);
    } else {
      moved += Math.hypot(p.x - last.x, p.y - last.y);
      if (moved > CLICK) picture.pan(p.x - last.x, p.y - last.y);
    }
    pointers.set(event.pointerId, p);
  });
  const end = (event: PointerEvent) => {
    if (pointers.delete(event.pointerId) && moved <= CLICK && event.type === "pointerup") picture.click(local(event));
  };
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", end);
  canvas.addEventListener("pointerleave", () => picture.leave());
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      const p = local(event);
      picture.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), p.x, p.y);
    },
    { passive: false },
  );
}
