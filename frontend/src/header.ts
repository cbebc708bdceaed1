/** The first line of a page: what it shows, what it costs, and the way back. */

import { h } from "./dom";
import { costText, type Editable } from "./editable";

export function makeHeader<E>(session: Editable<E>, title: string, facts: string, say: (text: string) => void, tour: HTMLElement): HTMLElement {
  const costs = h("dl", { class: "cost" });
  const button = (text: string, click: () => void) => h("button", { type: "button", click }, text);
  const undo = button("Undo", () => (session.undo(), say(`Undone. ${costText(session)}`)));
  const redo = button("Redo", () => (session.redo(), say(`Done again. ${costText(session)}`)));
  const reset = button("Start over", () => (session.setEdits([]), say("No edits. Undo brings them back.")));
  const show = () => {
    const { now, before } = session.cost();
    const edited = session.edits.length > 0 || session.trial !== null;
    costs.replaceChildren(
      ...now.shown.map((s, k) =>
        h("div", {}, h("dt", {}, s.name), h("dd", {}, s.value, edited && h("span", { class: "soft" }, ` was ${before.shown[k]?.value ?? "–"}`))),
      ),
    );
    undo.disabled = !session.canUndo;
    redo.disabled = !session.canRedo;
    reset.disabled = !session.edits.length;
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
  return h("header", {}, h("div", {}, h("h1", {}, title), h("p", { class: "soft" }, facts)), costs, h("div", { class: "row" }, undo, redo, reset, tour));
}

/** How many rows the page has, and of how many. */
export function rowsText(shown: number, all: number): string {
  const text = shown.toLocaleString("en");
  return shown < all ? `${text} of ${all.toLocaleString("en")} rows` : `${text} rows`;
}
