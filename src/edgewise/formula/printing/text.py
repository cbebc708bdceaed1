"""Write formulas as one line of text, and as sympy expressions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from edgewise.formula.expression import Apply, Expression, Input, Number, Power, Product, Sum
from edgewise.formula.function import Function
from edgewise.formula.printing.names import safe_names, shown_names
from edgewise.formula.printing.writer import Snippet, Writer, spell

MOST_READINGS = 6
LARGE = 1e7
"""Larger numbers are written with a power of ten."""


def to_text(tree: Expression, names: Sequence[Any], digits: int | None = None) -> str:
    """The formula as one line of text that sympy can read; sympy isn't needed to write it.

    Numbers with a standard error are rounded to two digits of :attr:`.Number.alone`, so that
    predictions keep their digits; others to `digits` significant digits, 15 by default. Users'
    functions are written by name.

    Example:
        >>> from edgewise.formula.expression import Input, add, exact, multiply, power
        >>> from edgewise.formula.printing import to_text
        >>> x, y = Input(0), Input(1)
        >>> to_text(add(multiply(x, power(add(y, exact(1)), -1)), exact(-2)), ["x", "my col"])
        'x/(my_col + 1) - 2'
    """
    check_names(tree, names)
    return TextWriter(safe_names(names), digits).write(tree).text


def to_shown_text(tree: Expression, names: Sequence[Any], digits: int | None = None) -> str:
    """The text of :func:`to_text` for people: columns called S or E keep their names."""
    check_names(tree, names)
    return TextWriter(shown_names(names), digits).write(tree).text


def check_names(tree: Expression, names: Sequence[Any]) -> None:
    """Check that there is a name for each input.

    Raises:
        ValueError: if one is missing.
    """
    needed = max(tree.inputs, default=-1) + 1
    if len(names) < needed:
        raise ValueError(
            f"expected at least {needed} names for a formula of x_0 to x_{needed - 1}, got "
            f"{list(names)}: name all columns"
        )


class TextWriter(Writer):
    """Text as Python and sympy read it."""

    def decimal(self, number: Number) -> Snippet:
        return Snippet(format_number(number, self.digits))

    def unit(self, name: str) -> Snippet:
        return Snippet("E" if name == "e" else name)


def format_number(number: Number, digits: int | None = None) -> str:
    """A number rounded to two digits of its `alone` error, or to `digits`; always with a point."""
    value = number.value
    if not math.isfinite(value):
        return {math.inf: "oo", -math.inf: "-oo"}.get(value, "nan")
    most = 15 if digits is None else digits
    error = number.error if number.alone is None else number.alone
    if error is not None and 0 < error < math.inf and value != 0:
        place = math.floor(math.log10(error)) - 1
        size = math.floor(math.log10(abs(value)))
        most = min(max(size - place + 1, 1), 15)
    rounded = float(f"{value:.{most}g}")
    text = f"{rounded:.{most - 1}e}" if abs(rounded) >= LARGE else repr(rounded)
    mantissa, _, exponent = text.partition("e")
    if exponent and "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def to_sympy(tree: Expression, names: Sequence[Any]) -> Any:
    """The formula as a sympy expression; exact numbers stay exact, others have 15 digits.

    `sympy.sympify(str(expression))` gives the same expression again.

    Args:
        names: names of all columns; see :func:`safe_names`.
    """
    import sympy

    check_names(tree, names)
    symbols = [sympy.Symbol(n) for n in safe_names(names)]
    found = sympy.sympify(in_sympy(tree, symbols))
    return found if unspelled(tree, "text") else _settle(found)


def unspelled(tree: Expression, language: str) -> list[Function]:
    """The functions in a tree that have no name in a language."""
    found: dict[int, Function] = {}
    for node in tree.walk():
        spelled = spell(node)
        if spelled is not node:
            found |= {id(f): f for f in unspelled(spelled, language)}
        elif isinstance(node, Apply) and getattr(node.function.spelling, language) is None:
            found[id(node.function)] = node.function
    return list(found.values())


def in_sympy(node: Expression, symbols: Sequence[Any]) -> Any:
    """The formula as a sympy expression of the given symbols or expressions as inputs."""
    import sympy

    if isinstance(node, Number):
        if node.exact is not None:
            return node.exact.sympy()
        return sympy.Float(format_number(Number(node.value)), 15)
    if isinstance(node, Input):
        return symbols[node.index]
    parts = [in_sympy(p, symbols) for p in node.parts]
    if isinstance(node, Sum):
        return sympy.Add(*parts)
    if isinstance(node, Product):
        return sympy.Mul(*parts)
    if isinstance(node, Power):
        return sympy.Pow(*parts)
    if isinstance(node, Apply):
        return node.function.sympy(parts[0])
    raise TypeError(f"expected a node of a formula, got {type(node).__name__}")


def _settle(expression: Any) -> Any:
    """The expression printed and read again by sympy, which may distribute numbers over sums."""
    import sympy

    for _ in range(MOST_READINGS):
        again = sympy.sympify(str(expression))
        if again == expression:
            break
        expression = again
    return expression
