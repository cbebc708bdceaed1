/** The first line of a page, which stays in sight: what it shows, what it costs, and the way back. */

import { CHANGE, compare, percent } from "./cost";
import { h } from "./dom";
import { costText, type Editable } from "./editable";
import type { Say } from "./live";

export function makeHeader<E>(session: Editable<E>, title: string, facts: string, live: HTMLElement, say: Say, tour: HTMLElement): HTMLElement {
  const costs = h("dl", { class: "cost" });
  const hasScores = session.cost().now.shown.some((measure) => measure.name !== CHANGE);
  const button = (text: string, click: () => void) => h("button", { type: "button", click }, text);
  const undo = button("Undo", () => (session.undo(), say(`Undone. ${costText(session)}`)));
  const redo = button("Redo", () => (session.redo(), say(`Done again. ${costText(session)}`)));
  const reset = button("Start over", () => (session.setEdits([]), say("All edits are taken back. Undo brings them back.")));
  const show = () => {
    const { now, before } = session.cost();
    const edited = session.edits.length > 0 || session.trial !== null;
    costs.replaceChildren(
      ...now.shown.map((measure, k) => {
        const told = edited && before.shown[k] ? compare(measure, before.shown[k]) : { now: measure.value, before: "", change: "" };
        const was = told.change ? `${told.change}, was ${told.before}` : measure.number === before.shown[k]?.number ? "unchanged" : "almost unchanged";
        return h("div", {}, h("dt", {}, measure.name), h("dd", {}, told.now, edited && h("span", { class: "soft" }, ` ${was}`)));
      }),
    );
    const focused = [undo, redo, reset].find((b) => b === document.activeElement);
    undo.disabled = !session.canUndo;
    redo.disabled = !session.canRedo;
    reset.disabled = !session.edits.length;
    if (focused?.disabled) ([undo, redo, reset].find((b) => !b.disabled) ?? tour).focus();
  };
  session.listen((change) => change !== "point" && change !== "choice" && show());
  show();
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || !["y", "z"].includes(key) || !costs.isConnected) return;
    if ((event.target as Element).matches?.("textarea, input[type=number], input[type=text]")) return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) session.redo();
    else session.undo();
    say(costText(session));
  });
  return h("header", {}, h("div", { class: "title" }, h("h1", {}, title), h("p", { class: "soft" }, hasScores ? `${facts}; scores on these rows` : facts)), h("div", { class: "state" }, costs, live), h("div", { class: "row" }, undo, redo, reset, tour));
}

/** How many rows the page has, and of how many; of classes also the accuracy that costs nothing. */
export function rowsText(shown: number, all: number, labels: Float64Array | null = null): string {
  const text = shown.toLocaleString("en");
  const rows = shown < all ? `${text} of ${all.toLocaleString("en")} rows` : `${text} rows`;
  return labels ? `${rows}, ${percent("", largestShare(labels)).value} of them in the largest class` : rows;
}

function largestShare(labels: Float64Array): number {
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(...counts.values()) / labels.length;
}
