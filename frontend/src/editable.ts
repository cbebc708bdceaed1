/** What networks and estimators on the page have in common: edits with undo. */

import type { Cost } from "./cost";
import { History } from "./history";

/** What has changed: edits for good, edits on trial, the sliders' point, or what is chosen. */
export type Change = "edits" | "trial" | "point" | "choice";

/** Edits of a model with undo, one of them on trial, and who hears of changes. */
export abstract class Editable<E> {
  protected history = new History<E>();
  private readonly listeners: ((change: Change) => void)[] = [];
  trial: E | null = null;

  get edits(): E[] {
    return this.history.now;
  }

  get canUndo(): boolean {
    return this.history.canUndo;
  }

  get canRedo(): boolean {
    return this.history.canRedo;
  }

  undo(): void {
    if (this.history.undo()) this.show();
  }

  redo(): void {
    if (this.history.redo()) this.show();
  }

  /** Other edits in the place of all that are there: one step, which undo takes back. */
  setEdits(edits: E[]): void {
    if (this.history.set(edits)) this.show();
  }

  listen(listener: (change: Change) => void): void {
    this.listeners.push(listener);
  }

  protected tell(change: Change): void {
    for (const listener of this.listeners) listener(change);
  }

  /** Computes the model after other edits, and tells of it. */
  protected abstract show(): void;
  /** what it costs now, and what it cost at first */
  abstract cost(): { now: Cost; before: Cost };
  abstract log(): unknown;
  /** Reads a log; throws an Error that says what is wrong with it. */
  abstract load(text: string): void;
}

/** What the model costs now, in words. */
export function costText(session: { cost(): { now: Cost } }): string {
  return session
    .cost()
    .now.shown.map((s) => `${s.name} ${s.value}`)
    .join(", ");
}
