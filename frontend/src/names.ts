/** What nodes and edges are called in words. */

import type { EdgeIndex } from "./edits";
import type { Session } from "./session";

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const digits = (n: number, of: string) => [...String(n)].map((d) => of[Number(d)]).join("");

export function nodeName(session: Session, level: number, n: number): string {
  const { payload, network } = session;
  if (level === 0) return payload.input_names[n];
  if (level === network.layers.length) return payload.output_names[n];
  return session.labelOf(level, n) || plainName(session, level, n);
}

/** What a hidden node is called that nobody has named. */
export function plainName({ network }: Session, level: number, n: number): string {
  const depth = network.layers.length;
  const mark = depth > 2 ? `⁽${digits(level, SUPERSCRIPTS)}⁾` : "";
  return `h${mark}${digits(n, SUBSCRIPTS)}`;
}

export function edgeName(session: Session, [layer, i, o]: EdgeIndex): string {
  return `${nodeName(session, layer, i)} → ${nodeName(session, layer + 1, o)}`;
}

/** An edge in words, for those who don't see it. */
export function describeEdge(session: Session, edge: EdgeIndex): string {
  return `${edgeName(session, edge)}, importance ${session.scoreText(edge)}`;
}

/** What the axis of an edge is called. */
export function axisName(session: Session, [layer, i]: EdgeIndex): string {
  const name = nodeName(session, layer, i);
  const found = session.network.layers[layer];
  return found.mixes ? `${found.normTitle}(${name})` : name;
}

export function shorten(text: string, most = 18): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
