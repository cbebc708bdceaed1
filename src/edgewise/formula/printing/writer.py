"""`Writer`: the common part of all notations: signs, quotients, order of terms, parentheses.

A notation defines how it writes numbers, and what differs from arithmetic in Python.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import ClassVar

from edgewise.formula.constants import Constant
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    exact,
    factors_of,
    terms_of,
)
from edgewise.formula.function import Function
from edgewise.formula.parse import parse_formula

SUM, PRODUCT, POWER, ATOM = range(4)
"""Precedence of a piece of text."""


@dataclass(frozen=True)
class Snippet:
    """Text and its precedence."""

    text: str
    level: int = ATOM

    def within(self, level: int) -> str:
        """The text, in parentheses if its precedence is below `level`."""
        return self.text if self.level >= level else f"({self.text})"


class Writer(ABC):
    """Writes a tree in a notation; see :meth:`write`.

    Attributes:
        language: the field of :class:`.Spelling` with the names of functions.
        raised: the operator of powers.
        rooted: the name of the square root.
        names: the inputs as they are written.
        digits: significant digits of numbers without an error, where they are rounded.
    """

    language: ClassVar[str] = "text"
    raised: ClassVar[str] = "**"
    rooted: ClassVar[str] = "sqrt"

    def __init__(self, names: Sequence[str], digits: int | None = None) -> None:
        self.names, self.digits = names, digits

    @abstractmethod
    def decimal(self, number: Number) -> Snippet:
        """A free number that isn't negative."""

    @abstractmethod
    def unit(self, name: str) -> Snippet:
        """One of pi, e, sqrt(2), sqrt(3)."""

    def whole(self, value: int) -> Snippet:
        """An exact integer that isn't negative."""
        return Snippet(str(value))

    def input(self, index: int) -> Snippet:
        """The input with this index."""
        return Snippet(self.names[index])

    def call(self, function: Function, argument: Expression) -> Snippet:
        """A call of a function, except functions that :func:`spell` replaces."""
        inside = self.write(argument).text
        spelled = function.spelling.call(self.language, inside)
        return Snippet(spelled or f"{self.name_of(function)}({inside})")

    def name_of(self, function: Function) -> str:
        """The name of a function that the language lacks."""
        return function.name

    def power(self, base: Snippet, exponent: Snippet) -> Snippet:
        """base to the power of the exponent."""
        return Snippet(f"{base.within(ATOM)}{self.raised}{exponent.within(ATOM)}", POWER)

    def root(self, base: Snippet) -> Snippet:
        """√base."""
        return Snippet(f"{self.rooted}({base.text})")

    def product(self, factors: Sequence[Snippet]) -> Snippet:
        """The factors, at least one."""
        if len(factors) == 1:
            return factors[0]
        return Snippet("*".join(f.within(PRODUCT) for f in factors), PRODUCT)

    def quotient(self, top: Snippet, bottom: Snippet) -> Snippet:
        """top / bottom."""
        return Snippet(f"{top.within(PRODUCT)}/{bottom.within(POWER)}", PRODUCT)

    def negative(self, piece: Snippet) -> Snippet:
        """-piece."""
        return Snippet(f"-{piece.within(PRODUCT)}", SUM)

    def write(self, node: Expression) -> Snippet:
        """The tree in this notation."""
        node = spell(node)
        if isinstance(node, Sum):
            return self._sum(node)
        if isinstance(node, Input):
            return self.input(node.index)
        if isinstance(node, Apply):
            return self.call(node.function, node.argument)
        if is_negative(node):
            return self.negative(self._product(opposite(node)))
        return self._product(node)

    def _sum(self, node: Sum) -> Snippet:
        terms = in_order(node.terms)
        first, *rest = terms
        text = self.write(first).within(SUM)
        for term in rest:
            if is_negative(term):
                text += f" - {self._product(opposite(term)).within(PRODUCT)}"
            else:
                text += f" + {self.write(term).within(PRODUCT)}"
        return Snippet(text, SUM)

    def _product(self, node: Expression) -> Snippet:
        """A product, power or number that isn't negative."""
        top: list[Snippet] = []
        bottom: list[Snippet] = []
        for factor in sorted(factors_of(node), key=_factor_order):
            self._add_factor(factor, top, bottom)
        above = self.product(top) if top else self.whole(1)
        return above if not bottom else self.quotient(above, self.product(bottom))

    def _add_factor(self, factor: Expression, top: list[Snippet], bottom: list[Snippet]) -> None:
        factor = spell(factor)
        constant = factor.exact if isinstance(factor, Number) else None
        if constant is not None and not constant.is_long:
            self._add_constant(constant, top, bottom)
        elif isinstance(factor, Number):
            top.append(self.decimal(factor))
        elif isinstance(factor, Power):
            self._add_power(factor.base, factor.exponent, top, bottom)
        else:
            top.append(self.write(factor))

    def _add_constant(self, value: Constant, top: list[Snippet], bottom: list[Snippet]) -> None:
        upside_down = value.unit.startswith("1/")
        unit = value.unit.removeprefix("1/")
        if abs(value.numerator) != 1:
            top.append(self.whole(abs(value.numerator)))
        if value.denominator != 1:
            bottom.append(self.whole(value.denominator))
        if unit != "1":
            name, _, square = unit.partition("^")
            piece = self.unit(name)
            piece = self.power(piece, self.whole(2)) if square else piece
            (bottom if upside_down else top).append(piece)

    def _add_power(
        self,
        base: Expression,
        exponent: Expression,
        top: list[Snippet],
        bottom: list[Snippet],
    ) -> None:
        where = top
        if isinstance(exponent, Number) and exponent.value < 0:
            where, exponent = bottom, opposite(exponent)
        # The sign has been removed: x**(-1) is written 1/x.
        piece = self.write(base)
        if is_exactly(exponent, 1):
            where.append(piece)
        elif is_exactly(exponent, 1, 2):
            where.append(self.root(piece))
        else:
            where.append(self.power(piece, self.write(exponent)))


def spell(node: Expression) -> Expression:
    """Replace functions that other languages lack by their definition."""
    if isinstance(node, Apply) and node.function.power is not None:
        whole = node.function.power == (1, 1)
        return spell(node.argument if whole else Power(node.argument, exact(*node.function.power)))
    if isinstance(node, Apply) and node.function.definition:
        return spell(_insert(node.argument, _definition(node.function)))
    if isinstance(node, Power) and is_exactly(node.exponent, 0):
        return exact(1)
    return node


@cache
def _definition(function: Function) -> Expression:
    return parse_formula(function.definition, ["u"])[0]


def _insert(argument: Expression, definition: Expression) -> Expression:
    """A definition with the argument in place of u; not simplified, which may widen its domain."""
    if isinstance(definition, Input):
        return argument
    return definition.over([_insert(argument, part) for part in definition.parts])


def is_exactly(node: Expression, numerator: int, denominator: int = 1) -> bool:
    """Whether the node is this exact fraction."""
    return (
        isinstance(node, Number)
        and node.exact is not None
        and node.exact.unit == "1"
        and node.exact.numerator * denominator == numerator * node.exact.denominator
    )


def is_negative(node: Expression) -> bool:
    """Whether its numeric factor is negative."""
    first = factors_of(node)[0]
    return isinstance(first, Number) and first.value < 0


def opposite(node: Expression) -> Expression:
    """-node, for a node with a numeric factor."""
    first, *rest = factors_of(node)
    if not isinstance(first, Number):
        raise TypeError(f"expected a numeric factor, got {first}: multiply by -1 instead")
    known = first.exact
    if known is not None:
        known = Constant(-known.numerator, known.denominator, known.unit)
    number = Number(-first.value, known, first.error, first.alone)
    if not rest:
        return number
    if is_exactly(number, 1):
        return rest[0] if len(rest) == 1 else Product(tuple(rest))
    return Product((number, *rest))


def in_order(terms: Sequence[Expression]) -> list[Expression]:
    """Polynomial terms by decreasing degree, other terms, the constant; a positive one first."""
    found = sorted((t for term in terms for t in terms_of(term)), key=_term_order)
    positive = [t for t in found if not is_negative(t)]
    if is_negative(found[0]) and positive:
        found.remove(positive[0])
        found.insert(0, positive[0])
    return found


def _term_order(term: Expression) -> tuple[int, float, tuple[tuple[int, float], ...], int]:
    if isinstance(term, Number):
        return (2, 0.0, (), 0)
    powers = []
    for factor in factors_of(term):
        base, exponent = factor, 1.0
        if isinstance(factor, Power) and isinstance(factor.exponent, Number):
            base, exponent = factor.base, factor.exponent.value
        if isinstance(base, Input):
            powers.append((base.index, -exponent))
        elif not isinstance(base, Number):
            return (1, 0.0, (), term.size)
    return (0, sum(p for _, p in powers), tuple(sorted(powers)), 0)


def _factor_order(factor: Expression) -> tuple[int, int]:
    """Numbers, inputs and their powers, functions, sums."""
    base = factor.base if isinstance(factor, Power) else factor
    if isinstance(base, Number):
        return (0 if base is factor else 1, 0)
    if isinstance(base, Input):
        return (2, base.index)
    return (4 if isinstance(base, Sum) else 3, 0)
