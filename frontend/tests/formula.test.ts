import katex from "katex";
import { expect, test } from "vitest";
import { compare, format, formatOn, formatShare, measure, percent } from "../src/cost";
import { makeIncreasing } from "../src/edits";
import { candidateLatex, escapeText, nameLatex, numberLatex } from "../src/formula";

const strict = { throwOnError: true, strict: "error" as const, trust: false };

test("names are set letter by letter, whatever is in them", () => {
  const hostile = ["\\href{javascript:1}{x}", "$}{\\frac", "^_%#&~", "</span><script>", "温度", "\u0000\u202e\n", "a b"];
  for (const name of hostile) {
    const html = katex.renderToString(escapeText(name), strict);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("href=");
  }
});

test("short names are symbols", () => {
  expect(nameLatex("x₁₂")).toBe("x_{12}");
  expect(nameLatex("x")).toBe("x");
  expect(nameLatex("flow")).toBe("\\text{flow}");
});

test("numbers have four digits", () => {
  expect(numberLatex(-0.000012345)).toBe("-0.00001234");
  expect(numberLatex(1.5e-9)).toBe("1.5\\cdot 10^{-9}");
  expect(format(123456)).toBe("123,456");
  expect(format(-0.5)).toBe("−0.5");
  expect(formatShare(0.99953)).toBe("0.99953");
});

test("formulas leave ones and zeros out", () => {
  expect(candidateLatex("x^2", 1, 0, 3, 0)).toBe("3\\,x^{2}");
  expect(candidateLatex("sin", 2, -1, 1, 0.5)).toBe("\\sin\\left(2\\,x - 1\\right) + 0.5");
  expect(candidateLatex("x", 2, 1, 3, -3)).toBe("6\\,x");
  katex.renderToString(candidateLatex("1/x^2", -1, 1, -2, 3), strict);
});

test("the nearest increasing values", () => {
  expect(makeIncreasing([1, 3, 2, 4], [1, 1, 1, 1])).toEqual([1, 2.5, 2.5, 4]);
  expect(makeIncreasing([3, 1], [1, 3])).toEqual([1.5, 1.5]);
});

test("numbers have the decimals that matter beside others", () => {
  expect(formatOn(-0.000168, 2)).toBe("0");
  expect(formatOn(0.002604, 0.588)).toBe("0.003");
  expect(formatOn(-1.234, 2)).toBe("−1.23");
  expect(formatOn(12345, 20000)).toBe("12,345");
  expect(formatShare(-0.0001)).toBe("0");
  expect(formatShare(0.99999999)).toBe("1");
  expect(formatShare(-1.5)).toBe("−1.500");
});

test("a measure beside what it was shows the difference", () => {
  expect(compare(measure("RMSE", 0.22441), measure("RMSE", 0.22412))).toEqual({ now: "0.2244", before: "0.2241", change: "+0.0003" });
  expect(compare(measure("RMSE", 6.63), measure("RMSE", 4.69))).toEqual({ now: "6.63", before: "4.69", change: "+1.94" });
  expect(compare(measure("RMSE", 0.224120001), measure("RMSE", 0.22412)).change).toBe("");
  expect(compare(measure("R²", 0.979), measure("R²", 0.98)).change).toBe("−0.001");
  expect(compare(percent("Accuracy", 0.9733), percent("Accuracy", 0.95))).toEqual({ now: "97.3 %", before: "95.0 %", change: "+2.3" });
});
