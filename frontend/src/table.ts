/** The explorer of an estimator: its effects, whom an edit affects, and what it does to the loss. */

import { compare, plain } from "./cost";
import { exchange, h, section } from "./dom";
import { costText } from "./editable";
import { isNear, makeIncreasing } from "./edits";
import { makeHeader, rowsText } from "./header";
import { makeLive, type Say } from "./live";
import { makeLog } from "./log-panel";
import { shorten } from "./names";
import { EffectEditor } from "./table-chart";
import type { TableEdit, TablePayload } from "./table-payload";
import { TableSession } from "./table-session";
import { makeTour, type Stop } from "./tour";

/** Effects that are listed at once; the others unfold. */
const LISTED = 12;
const TOUR: Stop[] = [
  [".list", "These are the model's effects, the most important first. Choose one."],
  [".edge", "Drag a point of the curve, flatten a range, make it rise or fall, or set a level. The error at the top follows."],
  [".affected", "This says whose predictions an edit changes, and what it does to the error in every group."],
  [".log", "Every edit is written down with your name. Undo takes it back, and Python repeats it."],
];

export function mountTable(root: HTMLElement, payload: TablePayload): { session: TableSession } {
  const session = new TableSession(payload);
  const { live, say } = makeLive();
  session.listen(() => say(""));
  root.classList.add("edgewise");
  root.replaceChildren(
    makeHeader(session, payload.title, rowsText(session.rows, payload.rows, session.classOfRow), live, say, makeTour(root, TOUR)),
    h("div", { class: "main table" }, makeList(session), makePanel(session, say)),
    h("div", { class: "more" }, makeAffected(session), makeLog(session, say, (edit) => editText(session, edit), "model.replay(log)", makeName(session))),
  );
  return { session };
}

/** The effects of an output, the most important first. */
function makeList(session: TableSession): HTMLElement {
  const { payload } = session;
  const list = h("ul", { class: "effects" });
  let unfolded = false;
  const draw = () => {
    const [output, chosen] = session.chosen;
    const effects = session.effects[output];
    const most = Math.max(...effects.map((e) => e.payload.importance), 1e-300);
    const shown = unfolded ? effects : effects.slice(0, LISTED);
    const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement as HTMLButtonElement);
    list.replaceChildren(
      ...shown.map(({ payload: effect, now }, k) =>
        h(
          "li",
          {},
          h(
            "button",
            { type: "button", "aria-pressed": k === chosen ? "true" : "false", click: () => (session.choose(output, k), reveal()) },
            h("span", { class: "name" }, effect.names.join(" × "), now.edited && h("span", { class: "soft" }, " edited")),
            h("i", { style: `width:${((100 * effect.importance) / most).toFixed(1)}%` }),
          ),
        ),
      ),
      ...(effects.length > shown.length ? [h("li", {}, h("button", { type: "button", click: () => ((unfolded = true), draw()) }, effects.length - shown.length === 1 ? "One less important" : `${effects.length - shown.length} less important ones`))] : []),
    );
    if (focused >= 0) list.querySelectorAll("button")[focused]?.focus();
  };
  /** Where the effects stand above their chart, as on a phone, the chart comes into sight. */
  const reveal = () => {
    const page = list.closest(".edgewise")!;
    const [panel, header] = [page.querySelector(".edge")!, page.querySelector("header")!];
    const { top } = panel.getBoundingClientRect();
    if (top > innerHeight / 2) scrollBy(0, top - (getComputedStyle(header).position === "sticky" ? header.clientHeight : 0));
  };
  session.listen((change) => (change === "edits" || change === "choice") && draw());
  draw();
  const box = h("select", { "aria-label": "Target, label or class", change: () => session.choose(Number(box.value), 0) });
  box.append(...payload.output_names.map((name, k) => h("option", { value: k }, name)));
  return section("list", "Effects", ...(payload.output_names.length > 1 ? [box] : []), list);
}

/** The chosen effect, and what can be done with it. */
function makePanel(session: TableSession, say: Say): HTMLElement {
  const editor = new EffectEditor(session, say);
  const title = h("h2");
  const tools = h("div", { class: "tools" });
  const keys = h("p", { class: "soft keys" });
  const draw = () => {
    const { kind, names } = session.effect.payload;
    title.textContent = names.join(" × ");
    keys.textContent = `Keys: ${kind === "curve" ? "on a point of the curve ↑ ↓ move it. " : ""}Ctrl+Z undoes.`;
    exchange(tools, ...makeTools(session, say));
  };
  session.listen((change) => (change === "edits" || change === "choice") && draw());
  draw();
  editor.draw();
  return h("section", { class: "panel edge", "aria-label": "Effect" }, title, editor.element, tools, keys);
}

function makeTools(session: TableSession, say: Say): HTMLElement[] {
  const { payload, now } = session.effect;
  const button = (text: string, click: () => void, title: string) => h("button", { type: "button", title, click }, text);
  const keep = (edit: TableEdit, word: string) => {
    const broken = session.commit(edit);
    say(broken ?? `${word}. ${costText(session)}`);
  };
  const flatten = button("Flatten", () => keep(session.make("flatten"), "Flattened"), "Takes the effect away.");
  if (payload.kind === "triple") return [];
  if (payload.kind !== "curve") return [h("div", { class: "row" }, flatten)];
  const name = shorten(payload.names[0], 80);
  const order = (sign: number, word: string) => {
    const made = ordered(session, sign);
    if (isNear(made, [...now.value])) say(`This curve is ${word} already.`);
    else keep(session.redraw(made, `made ${name} ${word}`), `Made ${word}`);
  };
  const low = h("input", { type: "number", step: "any", "aria-label": "From", value: Number(now.at[0].toPrecision(4)) });
  const high = h("input", { type: "number", step: "any", "aria-label": "To", value: Number(now.at[now.at.length - 1].toPrecision(4)) });
  const level = () => {
    const [from, to] = [Number(low.value), Number(high.value)];
    const made = levelled(session, from, to);
    if (from >= to) say("'From' must be less than 'to'.");
    else if (made) keep(session.redraw(made, `flattened ${name} from ${plain(from)} to ${plain(to)}`), "Range flattened");
    else say(`The curve goes from ${plain(now.at[0])} to ${plain(now.at[now.at.length - 1])}: choose a range in it.`);
  };
  return [
    h(
      "div",
      { class: "row" },
      flatten,
      button("Make increasing", () => order(1, "increasing"), "Replaces the curve by the nearest increasing one."),
      button("Make decreasing", () => order(-1, "decreasing"), "Replaces the curve by the nearest decreasing one."),
    ),
    h("div", { class: "row clip" }, h("span", {}, "From"), low, h("span", {}, "to"), high, button("Flatten this range", level, "Replaces the curve there by the average over its rows.")),
  ];
}

/** How many rows are nearest to each point of the curve, and a little for points without any. */
function countRows(session: TableSession): number[] {
  const { payload, now } = session.effect;
  const counts = [...now.at].map(() => 0.1);
  for (const v of session.columns[payload.columns[0]]) {
    if (Number.isNaN(v)) continue;
    let best = 0;
    now.at.forEach((x, k) => Math.abs(x - v) < Math.abs(now.at[best] - v) && (best = k));
    counts[best]++;
  }
  return counts;
}

/** The nearest monotone curve, where rows count. */
function ordered(session: TableSession, sign: number): number[] {
  const values = [...session.effect.now.value].map((v) => sign * v);
  return makeIncreasing(values, countRows(session)).map((v) => sign * v);
}

/** The curve with the mean of its rows over a range; null if no point lies in it. */
function levelled(session: TableSession, low: number, high: number): number[] | null {
  const { at, value } = session.effect.now;
  const weights = countRows(session);
  let [sum, total] = [0, 0];
  at.forEach((x, k) => {
    if (x < low || x > high) return;
    sum += weights[k] * value[k];
    total += weights[k];
  });
  return total ? [...value].map((v, k) => (at[k] >= low && at[k] <= high ? sum / total : v)) : null;
}

/** Whose predictions changed, as a sentence and by groups. */
function makeAffected(session: TableSession): HTMLElement {
  const { payload } = session;
  const sentence = h("p", { class: "told" });
  const body = h("tbody");
  const head = h("tr");
  let picked = false;
  const box = h("select", { "aria-label": "Groups by", change: () => ((picked = true), draw()) });
  box.append(...payload.columns.map((column, k) => h("option", { value: k }, column.name)));
  const draw = () => {
    if (!picked) box.value = String(groupColumn(session));
    sentence.textContent = affectedText(session);
    const [before, after] = [`${session.lossName} before`, "after"];
    head.replaceChildren(...["Group", "Rows", "Changed", "Mean change", before, after].map((text, k) => h("th", { scope: "col", class: k ? "number" : "" }, text)));
    body.replaceChildren(
      ...session.groups(Number(box.value)).map(({ name, rows }) => {
        const mine = session.affected(rows);
        const cells = [rows.length.toLocaleString("en"), mine.rows.toLocaleString("en"), mine.rows ? signed(session, mine.mean) : "0", session.shownLoss(rows, "before"), session.shownLoss(rows, "now")];
        return h("tr", {}, h("th", { scope: "row" }, name), ...cells.map((text) => h("td", { class: "number" }, text)));
      }),
    );
  };
  session.listen(draw);
  draw();
  const table = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Groups" }, h("table", {}, h("thead", {}, head), body));
  return section("affected", "Who is affected", sentence, h("label", {}, "Groups by ", box), table);
}

/** The column that groups begin with: that of the effect which is chosen, or the first that groups anything. */
function groupColumn(session: TableSession): number {
  const columns = [...session.effect.payload.columns, ...session.payload.columns.keys()];
  return columns.find((c) => !session.isIdentifier(c)) ?? columns[0];
}

/** "38 of 420 predictions rise, by 1.29 on average, at most by 3." */
function affectedText(session: TableSession): string {
  const { rows, rising, size, largest } = session.affected();
  if (!rows) return "No prediction has changed.";
  const all = session.rows.toLocaleString("en");
  const which = rows === session.rows ? `All ${all} predictions` : `${rows.toLocaleString("en")} of ${all} predictions`;
  const mixed = rising > 0 && rising < rows;
  return `${which} ${mixed ? "change" : rising ? "rise" : "fall"}, by ${session.changeText(size)} on average${mixed ? " (either way)" : ""}, by ${session.changeText(largest)} at most.`;
}

const signed = (session: TableSession, change: number): string => `${change > 0 ? "+" : ""}${session.changeText(change)}`.replace(/^\+0(?= |$)/, "0");

function makeName(session: TableSession): HTMLElement {
  const field = h("input", { type: "text", maxlength: 80, autocomplete: "off", input: () => void (session.by = field.value.trim()) });
  return h("label", { class: "row" }, "Your name, for the log ", field);
}

function editText(session: TableSession, edit: TableEdit): string {
  const name = edit.feature.join(" × ");
  const values = edit.options.values;
  const pair = Array.isArray(values?.[0]) && values.length === 1 ? (values[0] as [string | null, number]) : null;
  const drawn = edit.note ? `${edit.note[0].toUpperCase()}${edit.note.slice(1)}` : `Drew ${name}`;
  const done = edit.action === "flatten" ? `Flattened ${name}` : pair ? `Set ${name} ${pair[0] ?? "missing"} to ${plain(pair[1])}` : drawn;
  return `${done}${edit.output === null ? "" : ` for ${edit.output}`}${lossText(session, edit)}${edit.by ? `, by ${edit.by}` : ""}`;
}

/** What an edit did to the error, in the measure of the header. */
function lossText(session: TableSession, { before, after }: TableEdit): string {
  if (before === null || after === null) return "";
  const [from, to] = [before, after].map((loss) => session.shownOf(loss));
  const told = compare(to, from);
  return `, ${session.lossName} ${told.before} → ${told.now}${told.change ? ` (${told.change})` : ""}`;
}
