"""Write formulas in LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from edgewise._checks import read_count
from edgewise.formula.expression import Expression, Number
from edgewise.formula.function import Function
from edgewise.formula.printing.text import check_names, format_number
from edgewise.formula.printing.writer import ATOM, POWER, PRODUCT, SUM, Snippet, Writer

GREEK = frozenset(
    [
        *("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"),
        *("lambda", "mu", "nu", "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi"),
        *("psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon"),
        *("Phi", "Psi", "Omega"),
    ]
)
ESCAPES = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
} | {c: f"\\{c}" for c in "{}$&#_%"}


def to_latex(tree: Expression, names: Sequence[Any], digits: int | None = 4) -> str:
    """The formula in LaTeX, with the columns' own names.

    Args:
        digits: significant digits of numbers without an error; None for 15.

    Raises:
        ValueError: if the digits aren't an integer of at least 1.
    """
    check_names(tree, names)
    if digits is not None:
        digits = read_count("latex", "digits", digits, 1)
    return LatexWriter(names_in_latex(names), digits).write(tree).text


def names_in_latex(names: Sequence[Any]) -> list[str]:
    """Names by :func:`name_in_latex`; as plain text where two would look the same."""
    made = [name_in_latex(str(n)) for n in names]
    return [
        text if made.count(text) == 1 else rf"\text{{{escape_latex(str(n))}}}"
        for n, text in zip(names, made, strict=True)
    ]


def name_in_latex(name: str) -> str:
    """x0 as x_{0}, beta as \\beta, anything else as escaped text.

    pi and e are also set as text, so that they aren't taken for the numbers.
    """
    match = re.fullmatch(r"([A-Za-z]+?)(?:_?(\d+))?", name)
    if match and name not in ("pi", "e") and (len(match[1]) == 1 or match[1] in GREEK):
        stem = match[1] if len(match[1]) == 1 else f"\\{match[1]}"
        return f"{stem}_{{{match[2]}}}" if match[2] else stem
    return rf"\text{{{escape_latex(name)}}}"


def escape_latex(text: str) -> str:
    """Escape text for LaTeX."""
    return "".join(ESCAPES.get(c, c if c.isprintable() else " ") for c in text)


class LatexWriter(Writer):
    """LaTeX with fractions, roots and growing parentheses.

    Attributes:
        space: the text between factors that need no multiplication sign.
    """

    space = " "

    def decimal(self, number: Number) -> Snippet:
        text = format_number(number, self.digits).removesuffix(".0")
        mantissa, _, exponent = text.partition("e")
        if not exponent:
            return Snippet({"oo": r"\infty", "nan": r"\text{NaN}"}.get(text, text))
        return Snippet(rf"{mantissa} \cdot 10^{{{exponent}}}", PRODUCT)

    def unit(self, name: str) -> Snippet:
        root = {"sqrt(2)": r"\sqrt{2}", "sqrt(3)": r"\sqrt{3}"}
        return Snippet(root.get(name, r"\pi" if name == "pi" else name))

    def call(self, function: Function, argument: Expression) -> Snippet:
        inside = self.write(argument).text
        name = function.spelling.latex
        if name is None:
            word = escape_latex(function.spelling.text or function.name)
            name = rf"\operatorname{{{word}}}"
        if "{u}" in name:
            return Snippet(name.replace("{u}", inside), POWER if "^" in name else ATOM)
        return Snippet(rf"{name}\left({inside}\right)")

    def power(self, base: Snippet, exponent: Snippet) -> Snippet:
        return Snippet(f"{self.bracket(base, ATOM)}^{{{exponent.text}}}", POWER)

    def root(self, base: Snippet) -> Snippet:
        return Snippet(rf"\sqrt{{{base.text}}}")

    def product(self, factors: Sequence[Snippet]) -> Snippet:
        if len(factors) == 1:
            return factors[0]
        text = last = self.bracket(factors[0], PRODUCT)
        for factor in factors[1:]:
            after = self.bracket(factor, PRODUCT)
            text += (r" \cdot " if _run_together(last, after) else self.space) + after
            last = after
        return Snippet(text, PRODUCT)

    def quotient(self, top: Snippet, bottom: Snippet) -> Snippet:
        return Snippet(rf"\frac{{{top.text}}}{{{bottom.text}}}", PRODUCT)

    def negative(self, piece: Snippet) -> Snippet:
        return Snippet(f"-{self.bracket(piece, PRODUCT)}", SUM)

    def bracket(self, piece: Snippet, level: int) -> str:
        """The text, in growing parentheses if its precedence is below `level`."""
        return piece.text if piece.level >= level else rf"\left({piece.text}\right)"


def _run_together(before: str, after: str) -> bool:
    """Whether two factors need a multiplication sign: numbers, and names that are words."""
    words = r"\text{" in before, r"\text{" in after
    return after[0].isdigit() or all(words) or (any(words) and not before[0].isdigit())
