/** What the header and the list of edits ask of whatever is edited. */

import type { Cost } from "./cost";

/** What has changed: edits for good, edits on trial, the sliders' point, or what is chosen. */
export type Change = "edits" | "trial" | "point" | "choice";

export interface Editable<E> {
  readonly edits: E[];
  readonly trial: E | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  undo(): void;
  redo(): void;
  setEdits(edits: E[]): void;
  listen(listener: (change: Change) => void): void;
  /** what it costs now, and what it cost at first */
  cost(): { now: Cost; before: Cost };
  log(): unknown;
  /** Reads a log; throws an Error that says what is wrong with it. */
  load(text: string): void;
}

/** What the model costs now, in words. */
export function costText(session: { cost(): { now: Cost } }): string {
  return session
    .cost()
    .now.shown.map((s) => `${s.name} ${s.value}`)
    .join(", ");
}
