/** What was done, as sentences and as data. */

import { section, h } from "./dom";
import type { Editable } from "./editable";
import type { Say } from "./live";

/** Characters of a log that a field shows; a longer one is copied or downloaded unseen. */
const SHOWN_LOG = 100_000;

export function makeLog<E>(session: Editable<E>, say: Say, tell: (edit: E) => string, python: string, ...more: Node[]): HTMLElement {
  const list = h("ol", { class: "edits" });
  const field = h("textarea", { rows: 4, spellcheck: "false", "aria-label": "Log as JSON" });
  const write = () => JSON.stringify(session.log());
  const draw = () => {
    list.replaceChildren(...session.edits.map((e) => h("li", {}, tell(e))));
    const text = write();
    const isLong = text.length > SHOWN_LOG;
    field.value = isLong ? "" : text;
    field.placeholder = isLong ? `The log has ${text.length.toLocaleString("en")} characters: copy or download it.` : "";
  };
  const button = (text: string, click: () => void) => h("button", { type: "button", click }, text);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(write());
      say("Log copied.");
    } catch {
      field.closest("details")!.open = true;
      field.value = write();
      field.select();
      say("Press Ctrl+C to copy the log.");
    }
  };
  const load = () => {
    try {
      session.load(field.value);
      say(`${session.edits.length} edits loaded.`);
    } catch (error) {
      say((error as Error).message);
    }
  };
  session.listen((change) => change === "edits" && draw());
  draw();
  return section(
    "log",
    "Edits",
    ...more,
    list,
    h("p", { class: "soft" }, "The log repeats your edits: in Python ", h("code", {}, python), " makes the same model."),
    h("div", { class: "row" }, button("Copy", () => void copy()), button("Download", () => download(write()))),
    h("details", {}, h("summary", {}, "The log as text, to read or to load"), field, h("div", { class: "row" }, button("Load this text", load))),
  );
}

function download(text: string): void {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "edits.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
