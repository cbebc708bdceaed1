"""Snap fitted numbers to simple ones, 1.9999998 to 2 and 3.1416 to π, if the rows permit it.

:func:`snap_numbers` works for all fitted formulas with the interface :class:`Snappable`. This file
implements it for a tree, :mod:`edgewise.symbolic.snap` for networks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from edgewise.formula.constants import Constant, find_near
from edgewise.formula.data import COUNTED_ROWS, Data, Fit, number_bits
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Number
from edgewise.formula.numbers import LEAST_NOISE, exponents, standard_errors

ROUNDS = 40
"""Most numbers that are snapped."""
TRIES = 6
"""Most simple numbers that are tried for each number."""
SHARPER = 1.0
"""A refused number is tried again once it has moved, or is determined by this many more bits."""
FEW_BITS, CROWDED = 3.0, 6.0
"""Constants of at most FEW_BITS are rare and need no further evidence. Longer ones are dense: one
lies near any number, so the data must determine the number by CROWDED more bits."""
FEW_LOSS, LOSS = 6.0, 3.0
"""Bits of fit that may be lost by a constant of few bits, and by a longer one. The true constant
loses that much by chance once in 250 times, and once in 25. A short constant that loses more than
LOSS needs the margin CROWDED, too."""
EXPONENT_RANGE, EXPONENT_WEIGHT = 4.0, 1.6
"""The prior of exponents: uniform over a range of this width, or a fraction with the probability
2^(-1.6 · its bits), so that 2 and 1/2 come before 5/3."""
LARGEST_EXPONENT, LARGEST_ROOT = 10, 4
"""Fractional exponents are at most 10, with denominators of at most 4."""
PLAIN_BITS = 5.0
"""A constant with fewer bits is likelier than a nearby decimal number of three digits."""


@dataclass(frozen=True)
class FittedNumber:
    """A fitted number.

    Attributes:
        place: where it stands in the formula.
        error: its standard error.
        is_free: whether other numbers can make up for any value of it nearby.
    """

    place: Any
    value: float
    error: float
    is_exponent: bool
    is_free: bool = False

    @property
    def digits(self) -> float:
        """The bits of it that the rows determine."""
        size = max(abs(self.value), self.error)
        return max(0.0, math.log2(size / max(self.error, 1e-300)) + 1)

    def has_changed(self, before: FittedNumber) -> bool:
        """Whether it is determined better than before, or moved by more than four errors."""
        is_sharper = self.digits > before.digits + SHARPER
        return is_sharper or abs(self.value - before.value) > 4 * before.error


S = TypeVar("S", bound="Snappable")


class Snappable(Protocol):
    """A formula fitted to rows.

    Attributes:
        fvu: the fraction of y's variance unexplained.
        floor: the FVU that rounding of y alone causes.
        rows: the number of rows.
    """

    @property
    def fvu(self) -> float: ...
    @property
    def floor(self) -> float: ...
    @property
    def rows(self) -> int: ...

    def fitted_numbers(self) -> list[FittedNumber]:
        """The free numbers that the rows determine; none after the time limit."""

    def with_constant(self: S, place: Any, constant: Constant) -> S:
        """The formula with a constant at a place, and its other numbers refitted."""


def snap_numbers(formula: S, *, units: bool = True) -> S:
    """The formula with its numbers snapped to simple ones where the rows permit it.

    A number may become a constant within four standard errors if the constant has fewer bits than
    the digits that the rows determine, and the formula fits as well after a refit. Exponents come
    first, then the numbers that are determined best.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    noisy = formula.fvu >= ROUNDING_FVU
    refused: dict[Any, FittedNumber] = {}
    for _ in range(ROUNDS):
        simpler = _find_simpler(formula, refused, noisy, units)
        if simpler is None:
            break
        formula = simpler
    return formula


def _find_simpler(
    formula: S, refused: dict[Any, FittedNumber], noisy: bool, units: bool
) -> S | None:
    """The formula with one more snapped number; None if there is none.

    Args:
        refused: numbers that were tried in vain, by their places; updated in place.
    """
    numbers = formula.fitted_numbers()
    waiting = [n for n in numbers if n.place not in refused or n.has_changed(refused[n.place])]
    for number in sorted(waiting, key=lambda n: (n.is_exponent, n.digits), reverse=True):
        as_exponent = _find_exponents(number) if number.is_exponent and noisy else []
        accepts = _is_likelier_exponent if as_exponent else _is_acceptable
        for constant in (as_exponent or _find_simple(number, noisy, units))[:TRIES]:
            if noisy and not as_exponent and _saved(constant, number, formula) <= _margin(constant):
                continue  # not shorter, even if a refit loses nothing
            offer = formula.with_constant(number.place, constant)
            if accepts(offer, formula, constant, number):
                return offer
        refused[number.place] = number
    return None


def _find_simple(number: FittedNumber, noisy: bool, units: bool) -> list[Constant]:
    """Simple numbers near a number, 0 first if that is possible; also 1 and -1 for a free one.

    With noise the rows often can't distinguish π²/3 from 3.29. Then only constants of few bits,
    such as 2π and 4/3, and short decimals, such as 14.5, count as simple.
    """
    value = number.value
    window = max(4 * number.error, 1e-11 * abs(value))
    if not noisy:  # standard errors from rounding are too small
        window = max(window, 1e-6 * abs(value), 1e-9)
    found = [c for c in find_near(value, window) if units or c.unit == "1"]
    if number.is_free:
        found = [*{*found, Constant(int(math.copysign(1, value)))}]
    if noisy and abs(float(f"{value:.3g}") - value) <= window:
        found = [c for c in found if c.bits < PLAIN_BITS or c.value == float(f"{c.value:.3g}")]
    return sorted(found, key=lambda c: c.bits)


def _find_exponents(number: FittedNumber) -> list[Constant]:
    """Fractions within four standard errors of an exponent, the likeliest first."""
    found = {}
    for q in range(1, LARGEST_ROOT + 1):
        p = round(number.value * q)
        near = abs(p / q - number.value) <= 4 * number.error
        if p and near and abs(p) <= LARGEST_EXPONENT * q:
            fraction = Fraction(p, q)
            found[fraction] = Constant(fraction.numerator, fraction.denominator)
    return sorted(found.values(), key=lambda c: c.bits)


def _is_likelier_exponent(new: S, old: S, constant: Constant, number: FittedNumber) -> bool:
    """Whether a fraction is likelier as the exponent than an arbitrary number (a Bayes factor).

    An arbitrary number has a uniform prior over its range and a posterior as wide as its error.
    """
    width = math.log2(EXPONENT_RANGE / max(number.error, 1e-300))
    return _loss(new, old) < min(FEW_LOSS, width - EXPONENT_WEIGHT * constant.bits)


def _is_acceptable(new: S, old: S, constant: Constant, number: FittedNumber) -> bool:
    """Whether a constant saves more bits than it loses in fit."""
    if old.fvu < ROUNDING_FVU:
        return new.fvu <= max(4 * old.fvu, old.floor, LEAST_NOISE)
    loss = _loss(new, old)
    most = FEW_LOSS if constant.bits <= FEW_BITS else LOSS
    margin = _margin(constant) if loss < LOSS else CROWDED
    return loss < most and margin + loss < _saved(constant, number, old)


def _saved(constant: Constant, number: FittedNumber, formula: Snappable) -> float:
    """The bits that a constant saves.

    The constant 0 saves a whole number, because the rows determine no digits of it. So does any
    constant in the place of a number for which others can make up.
    """
    is_whole = number.is_free or not constant.value
    spent = number_bits(formula.rows) + 1 if is_whole else number.digits
    return spent - constant.bits


def _margin(constant: Constant) -> float:
    """The bits that a constant must save in addition to what it loses in fit."""
    return 1.0 if constant.bits <= FEW_BITS else CROWDED


def _loss(new: Snappable, old: Snappable) -> float:
    """The bits of fit that are lost."""
    ratio = max(new.fvu, 1e-300) / max(old.fvu, 1e-300)
    return 0.5 * min(old.rows, COUNTED_ROWS) * math.log2(ratio)


@dataclass(frozen=True)
class _Tree:
    """A tree and its rows."""

    fit: Fit
    data: Data

    @property
    def fvu(self) -> float:
        return self.fit.fvu

    @property
    def floor(self) -> float:
        return self.data.floor

    @property
    def rows(self) -> int:
        return len(self.data.y)

    def fitted_numbers(self) -> list[FittedNumber]:
        tree = self.fit.tree
        errors, powers = standard_errors(tree, self.data, self.fvu), exponents(tree)
        return [
            FittedNumber(k, n.value, error, k in powers)
            for k, (n, error) in enumerate(zip(tree.numbers(), errors, strict=True))
            if n.exact is None and error is not None
        ]

    def with_constant(self, place: int, constant: Constant) -> _Tree:
        numbers = list(self.fit.tree.numbers())
        numbers[place] = Number(constant.value, constant)
        return _Tree(self.data.fit(self.fit.tree.with_numbers(numbers), steps=6), self.data)


def snap(fit: Fit, data: Data, *, units: bool = True) -> Fit:
    """The fit with its numbers snapped to simple ones; see :func:`snap_numbers`.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    return snap_numbers(_Tree(fit, data), units=units).fit
