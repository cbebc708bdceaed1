/** A tour: a few sentences, each beside what it tells of. */

import { h } from "./dom";

const SEEN = "edgewise-tour";

/** What is pointed at, and what is said of it. */
export type Stop = [selector: string, text: string];

/** The button that starts a tour; to those who have never taken it, it says how long it is. */
export function makeTour(root: HTMLElement, stops: Stop[]): HTMLElement {
  const start = h("button", { type: "button", click: () => go(0) }, wasSeen() ? "Tour" : `Tour (${stops.length} steps)`);
  const text = h("p");
  const next = h("button", { type: "button" });
  const box = h("div", { class: "tour", role: "dialog", "aria-label": "Tour" }, text, h("div", { class: "row" }, next, h("button", { type: "button", click: () => end() }, "Close")));
  let at = 0;
  const places = () => stops.filter(([selector]) => root.querySelector(selector));
  const go = (k: number) => {
    at = k;
    root.querySelector(".toured")?.classList.remove("toured");
    const all = places();
    const place = root.querySelector(all[k][0])!;
    text.textContent = all[k][1];
    next.textContent = k + 1 < all.length ? `Next (${k + 1} of ${all.length})` : "Done";
    place.classList.add("toured");
    place.prepend(box);
    box.scrollIntoView({ block: "center" });
    next.focus({ preventScroll: true });
  };
  const end = () => {
    box.remove();
    root.querySelector(".toured")?.classList.remove("toured");
    remember();
    start.textContent = "Tour";
    start.focus();
  };
  next.addEventListener("click", () => (at + 1 < places().length ? go(at + 1) : end()));
  box.addEventListener("keydown", (event) => event.key === "Escape" && end());
  return start;
}

/** Pages that are opened from a file may have no storage; then every visit is a first one. */
function wasSeen(): boolean {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    // it is offered again
  }
}
