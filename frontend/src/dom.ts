/** Elements without markup: whatever a text holds, it stays a text. */

type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | ((event: never) => void)>;

const SVG = "http://www.w3.org/2000/svg";

function fill<E extends Element>(element: E, attributes: Attributes, children: Child[]): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value as EventListener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
  element.append(...children.filter((c): c is Node | string => Boolean(c)));
  return element;
}

/** An HTML element; functions among the attributes listen to the event of that name. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS(SVG, tag) as SVGElement, attributes, children);
}

/** Calls at most once a frame, with the latest arguments. */
export function eachFrame<A extends unknown[]>(action: (...args: A) => void): (...args: A) => void {
  let waiting: A | null = null;
  return (...args) => {
    const idle = waiting === null;
    waiting = args;
    if (!idle) return;
    requestAnimationFrame(() => {
      const latest = waiting!;
      waiting = null;
      action(...latest);
    });
  };
}

/** Runs small jobs between frames; a new list takes the place of one that isn't done. */
export function makeJobs(): (count: number, job: (k: number) => void, done: () => void, wait?: number) => void {
  let round = 0;
  return (count, job, done, wait = 0) => {
    const mine = ++round;
    let k = 0;
    const next = () => {
      if (mine !== round) return;
      const until = performance.now() + 12;
      while (k < count && performance.now() < until) job(k++);
      if (k < count) setTimeout(next, 8);
      else done();
    };
    setTimeout(next, wait);
  };
}

const FOCUSABLE = "button, input, select, textarea, summary, [tabindex]";
const nameOf = (e: Element) => e.getAttribute("aria-label") ?? e.textContent ?? "";

/** Other children in the place of an element's; the focus goes to the control of the same name or place. */
export function exchange(place: Element, ...children: Node[]): void {
  const all = () => [...place.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const at = all().indexOf(document.activeElement as HTMLElement);
  const name = at < 0 ? "" : nameOf(document.activeElement!);
  place.replaceChildren(...children);
  if (at < 0) return;
  const able = all().filter((e) => !e.matches(":disabled"));
  (able.find((e) => nameOf(e) === name) ?? able[Math.min(at, able.length - 1)])?.focus({ preventScroll: true });
}

const DARK = matchMedia("(prefers-color-scheme: dark)");
const INKS = new Map<string, string>();
DARK.addEventListener("change", () => INKS.clear());

/** A colour of the style sheet; canvases ask often, so it is looked up once for each scheme. */
export function colour(element: Element, name: string): string {
  const known = INKS.get(name);
  if (known) return known;
  const found = getComputedStyle(element).getPropertyValue(`--${name}`).trim();
  if (found) INKS.set(name, found);
  return found;
}

/** Calls when the reader's system goes from light to dark or back. */
export function onScheme(action: () => void): void {
  DARK.addEventListener("change", action);
}

/** A canvas as large as its place on the page, sharp on every screen. */
export function prepare(canvas: HTMLCanvasElement): { context: CanvasRenderingContext2D; width: number; height: number } {
  const ratio = window.devicePixelRatio || 1;
  const { clientWidth: width, clientHeight: height } = canvas;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext("2d")!;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** A panel of the page with its title. */
export const section = (kind: string, title: string, ...children: (Node | string)[]): HTMLElement =>
  h("section", { class: `panel ${kind}`, "aria-label": title }, h("h2", {}, title), ...children);
