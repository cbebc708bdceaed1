import katex from "katex";
import { expect, test } from "vitest";
import { format, formatShare } from "../src/cost";
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
  expect(format(123456)).toBe("1.23e5");
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
