/** What the page says of the last action: it leaves by itself, and when something else is done. */

import { h } from "./dom";

/** Milliseconds that a message stays, and more for each of its letters. */
const [STAYS, FOR_LETTER] = [4000, 60];

export type Say = (text: string) => void;

export function makeLive(): { live: HTMLElement; say: Say } {
  const live = h("p", { class: "live", role: "status", "aria-live": "polite" });
  let timer = 0;
  const say = (text: string) => {
    clearTimeout(timer);
    live.textContent = text;
    if (text) timer = window.setTimeout(() => (live.textContent = ""), STAYS + FOR_LETTER * text.length);
  };
  return { live, say };
}
