/** Formulas by KaTeX, with MathML for screen readers. */

import katex from "katex";
import { h } from "./dom";

/** LaTeX of ours as an element; names in it were escaped before. */
export function typeset(latex: string, display = false): HTMLElement {
  const element = h("span", { class: "formula" });
  katex.render(latex, element, {
    displayMode: display,
    throwOnError: false,
    strict: "ignore",
    trust: false,
    maxExpand: 1000,
    output: "htmlAndMathml",
  });
  return element;
}
