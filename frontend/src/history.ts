/** Edits with undo: what is there now, the states before, and those that were undone. */
export class History<E> {
  now: E[] = [];
  /** The states before, one a step of undo, and those that were undone, the next of redo last. */
  private past: E[][] = [];
  private future: E[][] = [];

  /** Begins with edits of which each is a step. */
  constructor(edits: E[] = []) {
    this.now = edits;
    this.past = edits.map((_, k) => edits.slice(0, k));
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** Other edits in the place of all that are there, as one step; false if they are the same. */
  set(edits: E[]): boolean {
    if (isSame(edits, this.now)) return false;
    this.past = [...this.past, this.now];
    [this.now, this.future] = [edits, []];
    return true;
  }

  /** Another last edit as the same step; null takes that one away. */
  exchangeLast(edit: E | null): void {
    const before = this.now.slice(0, -1);
    const isLastStep = isSame(this.past.at(-1), before);
    if (!isLastStep && !edit) return void this.set(before);
    const past = isLastStep ? this.past.slice(0, -1) : this.past;
    this.past = edit ? [...past, before] : past;
    [this.now, this.future] = [edit ? [...before, edit] : before, []];
  }

  undo(): boolean {
    const before = this.past.pop();
    if (!before) return false;
    this.future.push(this.now);
    this.now = before;
    return true;
  }

  redo(): boolean {
    const after = this.future.pop();
    if (!after) return false;
    this.past.push(this.now);
    this.now = after;
    return true;
  }
}

/** Whether two lists hold the same edits. */
export function isSame<E>(one: E[] | undefined, other: E[]): boolean {
  return one?.length === other.length && one.every((edit, k) => edit === other[k]);
}
