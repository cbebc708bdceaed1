/** Functions for curves: those that fit an edge, and one for each edge of the network. */

import { costOf, type Cost } from "./cost";
import type { EdgeIndex, Fix } from "./edits";
import { fitLibrary, rowsBits, type Candidate } from "./fit";
import { LIBRARY } from "./functions";
import { dampedStep } from "./least-squares";
import { groupChanges, type Changes } from "./network";
import type { Columns } from "./payload";
import type { Session } from "./session";

/** A function for an edge, and what the network costs with it. */
export interface Suggestion extends Candidate {
  edit: Fix;
  cost: Cost;
}

/** Functions that are suggested for an edge. */
const SUGGESTED = 6;
/** Edges whose numbers are fitted together, and those that are fitted at all. */
const [BLOCK, MOST_FITTED] = [40, 200];
const [SWEEPS, STEPS] = [6, 8];
/** A step counts that takes away more than this part of the squared error. */
const LEAST_GAIN = 1e-3;
const DAMPINGS = [1e-4, 1e-2, 1, 100];
/** Which numbers of c · f(a x + b) + d matter: see functions.ts. */
const NUMBERS = { "": "abcd", shift: "acd", scale: "bcd", both: "cd" } as const;

type Key = "a" | "b" | "c" | "d";

/**
 * Functions for an edge, the shortest description first: the bits of the function and its numbers
 * (see fit.ts), and those that all rows of the page take with it. Without targets these are bits
 * of the outputs as they are without it.
 */
export function suggest(session: Session, edge: EdgeIndex): Suggestion[] {
  const { payload, edits, all, before } = session;
  const { layers } = session.network;
  const layer = layers[edge[0]];
  const [place, h, steps] = [session.place(edge), all.levels[edge[0]], session.steps(edge)];
  const fixes = steps.slice(steps.findLastIndex(({ edit }) => edit.do !== "fix") + 1).map(({ edit }) => edit);
  const free = groupChanges(edits.filter((edit) => !fixes.includes(edit)), layers);
  const [x, y] = [h[edge[1]], layer.editedValues(place, h, layer.features(h), free[edge[0]].get(place))];
  const after = (changes: Changes) => session.network.levelsAfter(edge, all.levels, changes).at(-1)!;
  const targets = session.targets(all.index);
  const reference = targets ? before.all : after(free);
  const found = fitLibrary(x, y).map(({ r2, bits, name, ...numbers }): Suggestion => {
    const edit: Fix = { do: "fix", edge, function: name, ...numbers };
    const outputs = after(groupChanges([...edits, edit], layers));
    const lost = costOf(outputs, targets, payload, reference).bits;
    const cost = costOf(outputs, targets, payload, before.all);
    return { name, ...numbers, r2, edit, cost, bits: bits + rowsBits(x.length, lost) };
  });
  return found.sort((p, q) => p.bits - q.bits).slice(0, SUGGESTED);
}

/**
 * A function for each of some edges: the one that suits it best alone, and then the numbers of all
 * of them together, so that one makes up for what others miss. Tells how far it is.
 */
export function* nameEdges(session: Session, edges: EdgeIndex[]): Generator<string, Fix[]> {
  const found: Fix[] = [];
  for (const edge of edges) {
    found.push(session.suggestions(edge)[0].edit);
    if (found.length % 5 === 0) yield `${found.length} of ${edges.length} edges are named.`;
  }
  if (found.length > MOST_FITTED) return found;
  return yield* fitTogether(session, found);
}

/** The numbers of functions on edges with which the outputs come nearest to what they should be. */
function* fitTogether(session: Session, fixes: Fix[]): Generator<string, Fix[]> {
  const goal = goalOf(session);
  let [best, error] = [fixes, errorOf(session, fixes, goal)];
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const before = error;
    for (let first = 0; first < fixes.length; first += BLOCK) {
      for (let step = 0; step < STEPS; step++) {
        yield "The functions are fitted together.";
        const next = improve(session, best, first, goal, error);
        if (!next) break;
        const gain = 1 - next.error / error;
        [best, error] = [next.fixes, next.error];
        if (!(gain > LEAST_GAIN)) break;
      }
    }
    if (!(error < (1 - LEAST_GAIN) * before)) break;
  }
  return best;
}

/** What the outputs should be: the targets, or of classes and without targets the outputs as they are. */
function goalOf(session: Session): Columns {
  const targets = session.payload.classes ? null : session.targets(session.all.index);
  return targets ?? session.levelsAfter(session.edits).levels.at(-1)!;
}

const outputsOf = (session: Session, fixes: Fix[]): Columns => session.levelsAfter([...session.edits, ...fixes]).levels.at(-1)!;

/** What is missing to the goal, all outputs one after the other. */
const missingOf = (outputs: Columns, goal: Columns): Float64Array => Float64Array.from(goal.flatMap((column, o) => Array.from(column, (v, r) => v - outputs[o][r])));

const errorOf = (session: Session, fixes: Fix[], goal: Columns): number => missingOf(outputsOf(session, fixes), goal).reduce((sum, v) => sum + v * v, 0);

/** The numbers of a block of functions after one step that makes the error smaller; null if none does. */
function improve(session: Session, fixes: Fix[], first: number, goal: Columns, error: number): { fixes: Fix[]; error: number } | null {
  const block = fixes.slice(first, first + BLOCK);
  const free = block.flatMap((fix, k) => [...numbersOf(fix)].map((key): [number, Key] => [first + k, key as Key]));
  const outputs = outputsOf(session, fixes);
  const slopes = free.map(([k, key]) => slopeOf(session, fixes, k, key, outputs));
  const missing = missingOf(outputs, goal);
  for (const damping of DAMPINGS) {
    const step = dampedStep(slopes, missing, damping);
    if (!step) continue;
    const moved = fixes.map((fix) => ({ ...fix }));
    free.forEach(([k, key], n) => (moved[k][key] += step[n]));
    const now = errorOf(session, moved, goal);
    if (now < error) return { fixes: moved, error: now };
  }
  return null;
}

const numbersOf = ({ function: name }: Fix): string => NUMBERS[LIBRARY[name as string].free];

/** The derivative of all outputs by a number of one of the functions. */
function slopeOf(session: Session, fixes: Fix[], k: number, key: Key, outputs: Columns): Float64Array {
  const { network } = session;
  const { levels } = session.levelsAfter([...session.edits, ...fixes]);
  const step = 1e-6 * Math.max(1, Math.abs(fixes[k][key]));
  const moved = fixes.map((fix, n) => (n === k ? { ...fix, [key]: fix[key] + step } : fix));
  const changes = groupChanges([...session.edits, ...moved], network.layers);
  const after = network.levelsAfter(fixes[k].edge, levels, changes).at(-1)!;
  return missingOf(outputs, after).map((v) => v / step);
}
