import { expect, test } from "vitest";
import { LIBRARY, valueOf } from "../src/functions";
import expected from "./functions.json";

test("functions cost and do what they do in Python", () => {
  const numbers = (ends: string[]) => ends.map((end) => Number(end.replace("inf", "Infinity")));
  const ours = Object.entries(LIBRARY).map(([name, { value: _, latex: __, ...rest }]) => [name, rest]);
  const theirs = Object.entries(expected).map(([name, rest]) => [name, { ...rest, domain: numbers(rest.domain) }]);
  expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
});

test("functions have their symmetry and period", () => {
  for (const f of Object.values(LIBRARY)) {
    const u = 0.37;
    if (f.period) expect(f.value(u + f.period)).toBeCloseTo(f.value(u), 9);
    if (f.symmetric && f.domain[0] < 0) {
      // f(-u) = ±f(u) + q at every u
      const [a, b] = [u, 0.81].map((v) => [f.value(v), f.value(-v)]);
      const [even, odd] = [a[1] - a[0] - (b[1] - b[0]), a[1] + a[0] - (b[1] + b[0])];
      expect(Math.min(Math.abs(even), Math.abs(odd))).toBeLessThan(1e-9);
    }
  }
});

test("trees are their formulas", () => {
  const input = ["input", 0];
  const three = ["number", "3", "3"];
  const tree = ["sum", ["product", three, ["power", input, ["number", "2", "2"]]], ["call", "sin", input]];
  const named = tree.slice(0, 2).concat([["apply", "sin", input]]);
  expect(valueOf(named as never)(2)).toBeCloseTo(12 + Math.sin(2), 12);
  expect(() => valueOf("toString")).toThrow("unknown function toString");
});
