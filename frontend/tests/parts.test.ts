/** The small parts of the page: history, dates, numbers, places, and what is drawn on a canvas. */

import { expect, test } from "vitest";
import { binned, chooseSome, spread } from "../src/columns";
import { format, formatOn, formatShare, plain, signed, stepOf } from "../src/cost";
import { chooseTicks, writeValue } from "../src/dates";
import { History, isSame } from "../src/history";
import { along, distance, placeInFrame, placeNodes, placeThumbs, thumbSize } from "../src/layout";
import { paintThumb } from "../src/thumb";

// ---- history --------------------------------------------------------------------------------------

test("every step is undone and redone by itself", () => {
  const history = new History<string>(["a", "b"]);
  expect([history.undo(), history.now, history.undo(), history.now, history.undo()]).toEqual([true, ["a"], true, [], false]);
  expect([history.redo(), history.redo(), history.now, history.redo()]).toEqual([true, true, ["a", "b"], false]);
  expect(history.set(["a", "b"])).toBe(false);
  expect([history.set(["c"]), history.canRedo, history.undo(), history.now]).toEqual([true, false, true, ["a", "b"]]);
});

test("the last edit is exchanged within its step", () => {
  const history = new History<string>(["a"]);
  history.set(["a", "b"]);
  history.exchangeLast("c");
  history.exchangeLast("d");
  expect([history.now, history.undo(), history.now, history.undo(), history.now]).toEqual([["a", "d"], true, ["a"], true, []]);
  history.redo();
  history.redo();
  history.exchangeLast(null); // as if the step had never been
  expect([history.now, history.canRedo, history.undo(), history.now]).toEqual([["a"], false, true, []]);
});

test("an edit that came with others becomes a step of its own", () => {
  const history = new History<string>();
  history.set(["a", "b"]);
  history.exchangeLast("c");
  expect([history.now, history.undo(), history.now]).toEqual([["a", "c"], true, ["a"]]);
  const taken = new History<string>();
  taken.set(["a", "b"]);
  taken.exchangeLast(null);
  expect([taken.now, taken.undo(), taken.now]).toEqual([["a"], true, ["a", "b"]]);
});

test("lists are the same by their edits", () => {
  const edit = {};
  expect([isSame([edit], [edit]), isSame([edit], [{}]), isSame([edit], []), isSame(undefined, [])]).toEqual([true, false, false, false]);
});

// ---- numbers and dates ----------------------------------------------------------------------------

test("numbers change their digits at round sizes", () => {
  expect([999, 999.9, 1000, 1234, 99990, 100000, 0.001, 0.00099].map((v) => format(v))).toEqual(
    ["999", "1000", "1000", "1234", "99,990", "100,000", "0.001", "9.9e−4"],
  );
  expect([format(NaN), format(0), signed(2), signed(-2), signed(0)]).toEqual(["–", "0", "+2", "−2", "0"]);
  expect([plain(2010), plain(-3), plain(99999), plain(100000), plain(0.25)]).toEqual(["2010", "−3", "99,999", "100,000", "0.25"]);
  expect([6.63, 10, 0.5, 0].map(stepOf)).toEqual([0.01, 0.1, 0.001, 0.01]);
  expect([formatOn(1.2345, 9.99), formatOn(1.2345, 10), formatOn(1.2345, 1e-5)]).toEqual(["1.23", "1.2", "1.23"]);
  expect([formatShare(0.5), formatShare(0.99), formatShare(0.9999994), formatShare(0.9999995)]).toEqual(["0.500", "0.990", "0.999999", "1"]);
});

test("parts of dates are written as dates", () => {
  expect([2004, 2004.5, 2003.999999].map((v) => writeValue("t (year)", v))).toEqual(["2004", "Jul 2004", "Jan 2004"]);
  expect([0, 7.5, 23.99, 24].map((v) => writeValue("t (hour)", v))).toEqual(["0:00", "7:30", "23:59", "24:00"]);
  expect([1, 59, 60, 365, 366].map((v) => writeValue("t (day of the year)", v))).toEqual(["1 Jan", "28 Feb", "1 Mar", "31 Dec", "31 Dec"]);
  expect([writeValue("t", 2004.5), writeValue("a (year)", 12.5)]).toEqual(["2004.5", "12.5"]);
});

test("axes of dates have ticks at months and whole years", () => {
  const months = chooseTicks("t (day of the year)", 1, 365, []);
  expect(months).toEqual([{ at: 1, text: "Jan" }, { at: 91, text: "Apr" }, { at: 182, text: "Jul" }, { at: 274, text: "Oct" }]);
  expect(chooseTicks("t (day of the year)", 32, 91, []).map((t) => [t.at, t.text])).toEqual([[32, "Feb"], [60, "Mar"], [91, "Apr"]]);
  expect(chooseTicks("t (day of the year)", 1, 201, []).length).toBe(7);
  expect(chooseTicks("t (year)", 2000, 2002, [2000, 2000.5, 2001]).map((t) => t.text)).toEqual(["2000", "2001"]);
  expect(chooseTicks("t (year)", 2000.2, 2001.2, [2000.5, 2001]).map((t) => t.text)).toEqual(["Jul 2000", "2001"]);
});

// ---- columns --------------------------------------------------------------------------------------

test("points are spread over a column, and means over its rows", () => {
  expect([...spread(Float64Array.of(3, 1, 2), 3)]).toEqual([1, 2, 3]);
  expect([...spread(Float64Array.of(2, 2), 3)]).toEqual([1.5, 2, 2.5]);
  const column = Float64Array.from({ length: 6 }, (_, k) => k);
  expect(binned(column, column.map((v) => v * v), [0, 1, 2, 3, 4, 5], 3)).toEqual({ x: [0.5, 2.5, 4.5], y: [0.5, 6.5, 20.5] });
  expect(binned(column, column, [5, 4, 3, 2, 1], 2)).toEqual({ x: [4, 1.5], y: [4, 1.5] });
});

test("of many points some at equal steps are chosen, both ends among them", () => {
  const at = Float64Array.of(0, 1, 2, 3, 4, 10);
  expect(chooseSome(at, 5)).toEqual([...at]); // one more than that isn't many
  expect(chooseSome(at, 3)).toEqual([0, 4, 10]);
  expect(chooseSome(Float64Array.from({ length: 101 }, (_, k) => k), 11)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  expect(chooseSome(Float64Array.of(0, 0.1, 0.2, 0.3, 9, 10), 4)).toEqual([0, 0.3, 9, 10]);
});

// ---- places ---------------------------------------------------------------------------------------

test("nodes fill the frame, and stand in its middle where they are few", () => {
  expect(placeNodes([2, 1], 100, 80)).toEqual([[{ x: 0, y: 20 }, { x: 0, y: 60 }], [{ x: 100, y: 40 }]]);
  expect(placeNodes([2, 1], 100, 1000)[0].map((p) => p.y)).toEqual([425, 575]);
  expect([40, 41, 150, 151].map(thumbSize)).toEqual([46, 38, 38, 30]);
});

test("nodes keep the frame's margins, and follow the view", () => {
  const frame = { left: 20, right: 30, top: 10, width: 150, height: 100 };
  expect(placeInFrame([1, 2], frame, { scale: 1, left: 0, top: 0 })).toEqual([[{ x: 20, y: 50 }], [{ x: 120, y: 30 }, { x: 120, y: 70 }]]);
  expect(placeInFrame([1, 2], frame, { scale: 2, left: 5, top: -7 })[1]).toEqual([{ x: 245, y: 53 }, { x: 245, y: 133 }]);
  const narrow = placeInFrame([1, 2], { ...frame, width: 60, height: 30 }, { scale: 1, left: 0, top: 0 });
  expect(narrow).toEqual([[{ x: 20, y: 40 }], [{ x: 80, y: 25 }, { x: 80, y: 55 }]]);
});

test("edges run from node to node, level at both ends", () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 10, y: 4 }];
  expect([along(a, b, 0), along(a, b, 1), along(a, b, 0.5)]).toEqual([a, b, { x: 5, y: 2 }]);
  expect(along(a, b, 1e-3).y / along(a, b, 1e-3).x).toBeLessThan(1e-2);
  expect(distance({ x: 5, y: 2 }, a, b)).toBeCloseTo(0, 9);
  expect(distance({ x: 5, y: 7 }, a, { x: 10, y: 0 })).toBeCloseTo(7, 9);
  expect([distance({ x: -4, y: 0 }, a, b), distance({ x: -4.1, y: 0 }, a, b), distance({ x: 14.1, y: 4 }, a, b)]).toEqual([4, Infinity, Infinity]);
});

test("small curves cover neither each other nor nodes", () => {
  const [a, b] = [{ x: 0, y: 0 }, { x: 400, y: 0 }];
  const edges = [0, 1, 2, 3].map((k) => ({ edge: [0, k, 0] as [number, number, number], a, b }));
  const all = placeThumbs(edges, [], 40, 9, () => true);
  expect(all.map((t) => [t.edge[1], t.size])).toEqual([[0, 36], [1, 36], [2, 36]]); // the edge has no free place for a fourth
  for (const one of all) {
    for (const other of all) if (one !== other) expect(Math.abs(one.x - other.x)).toBeGreaterThanOrEqual(0.98 * 40);
  }
  expect(placeThumbs(edges, [], 40, 2, () => true).length).toBe(2);
  expect(placeThumbs(edges.slice(0, 1), [{ x: 200, y: 0 }], 40, 2, () => true)[0].x).not.toBe(200);
  expect(placeThumbs(edges, [], 40, 9, () => false)).toEqual([]);
});

/** A canvas that keeps what is drawn on it: each path with its points and how it is painted. */
function record() {
  const paths: { points: number[][]; painted: string[] }[] = [];
  const last = () => paths[paths.length - 1];
  const context = {
    fillStyle: "", strokeStyle: "", lineWidth: 0,
    beginPath: () => paths.push({ points: [], painted: [] }),
    lineTo: (x: number, y: number) => last().points.push([x, y]),
    arc: (...all: number[]) => last().points.push(all),
    roundRect: (...all: number[]) => last().points.push(all),
    fill: () => last().painted.push(`fill ${context.fillStyle}`),
    stroke: () => last().painted.push(`stroke ${context.strokeStyle} ${context.lineWidth}`),
  };
  return { context: context as unknown as CanvasRenderingContext2D, paths };
}

test("a small curve fills its box, and has a point where the sliders are", () => {
  const look = { back: "white", frame: "grey", width: 1, curve: "blue", point: "red" };
  const curve = { x: [0, 1, 2], y: [0, 4, 2] };
  const { context, paths } = record();
  paintThumb(context, { edge: [0, 0, 0], x: 50, y: 50, size: 40 }, curve, 1.5, look);
  const [box, line, point] = paths;
  expect(box).toEqual({ points: [[30, 30, 40, 40, 4]], painted: ["fill white", "stroke grey 1"] });
  expect(line).toEqual({ points: [[33, 66], [50, 34], [67, 50]], painted: ["stroke blue 1.4"] });
  expect(point).toEqual({ points: [[58.5, 42, 2.2, 0, 2 * Math.PI]], painted: ["fill red"] });
  for (const at of [null, -0.1, 2.1]) {
    const other = record();
    paintThumb(other.context, { edge: [0, 0, 0], x: 50, y: 50, size: 40 }, curve, at, look);
    expect(other.paths.length).toBe(2);
  }
});
