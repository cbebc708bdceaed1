"""Numbers of a fitted formula become simple ones, 2 for 1.9999998 and π for 3.1416, where the rows
permit it.

The rule is one for all fitted formulas, :func:`snap_numbers`; what it asks of them is
:class:`Snappable`. Of one tree and its rows that is done here, of networks in
:mod:`edgewise.symbolic.snap`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol, TypeVar

from edgewise.formula.constants import Constant, find_near
from edgewise.formula.data import MOST_ROWS, Data, Fit, number_bits
from edgewise.formula.exactness import ROUNDING_FVU
from edgewise.formula.expression import Number
from edgewise.formula.numbers import exponents, standard_errors

ROUNDS = 40
"""Numbers that become simple, at most."""
TRIES = 6
"""Simple numbers that are tried for each number."""
SHARPER = 1.0
"""Bits by which a number must have become better known, others being simple, to be tried again."""
FEW_BITS, CROWDED = 3.0, 6.0
"""Constants of at most FEW_BITS are rare, and accepted as they are. Longer ones are dense, so that
one lies near any number, and the data must determine it by CROWDED more bits."""
FEW_LOSS, LOSS = 6.0, 3.0
"""Bits of fit that a formula may lose if a number becomes a constant of few bits, or a longer one:
the true constant loses as much by chance once in 250 times, and once in 25. A short constant that
loses more than LOSS needs the margin CROWDED, too."""
EXPONENT_RANGE, EXPONENT_WEIGHT = 4.0, 1.6
"""Exponents that aren't fractions lie anywhere in such a range; those that are, 2 and 1/2 before
5/3, have a prior of 2^(-1.6 bits)."""
LARGEST_EXPONENT, LARGEST_ROOT = 10, 4
"""Exponents are fractions up to 10, of denominators up to 4."""
PLAIN_BITS = 5.0
"""A constant of fewer bits is likelier than a decimal number of three digits next to it."""


@dataclass(frozen=True)
class Fitted:
    """A fitted number: where it is, its value and its standard error."""

    place: Any
    value: float
    error: float
    is_exponent: bool

    @property
    def digits(self) -> float:
        """Bits that the rows determine of it."""
        size = max(abs(self.value), self.error)
        return max(0.0, math.log2(size / max(self.error, 1e-300)) + 1)


S = TypeVar("S", bound="Snappable")


class Snappable(Protocol):
    """A formula fitted to rows.

    Attributes:
        fvu: the fraction of y's variance that it leaves.
        floor: the FVU below which y itself isn't known.
        rows: how many there are.
    """

    @property
    def fvu(self) -> float: ...
    @property
    def floor(self) -> float: ...
    @property
    def rows(self) -> int: ...

    def fitted_numbers(self) -> list[Fitted]:
        """The numbers that a refit moves and the rows determine; none once time is over."""

    def with_constant(self: S, place: Any, constant: Constant) -> S:
        """The formula with this constant at a place, and its other numbers refitted."""


def snap_numbers(formula: S, *, units: bool = True) -> S:
    """The formula with numbers that are simple where the rows say so.

    A number may become a simple one within four standard errors if that costs fewer bits than the
    digits which the rows determine, and the rest, refitted, explains y as well. Exponents go first,
    then those that are determined best.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    noisy = formula.fvu >= ROUNDING_FVU
    refused: dict[Any, float] = {}
    for _ in range(ROUNDS):
        simpler = _find_simpler(formula, refused, noisy, units)
        if simpler is None:
            break
        formula = simpler
    return formula


def _find_simpler(formula: S, refused: dict[Any, float], noisy: bool, units: bool) -> S | None:
    """The formula with one more simple number; None if no number may be one.

    Args:
        refused: places of numbers that were tried, with the digits that they had then; more of
            them are added.
    """
    numbers = formula.fitted_numbers()
    waiting = [n for n in numbers if n.digits > refused.get(n.place, -math.inf) + SHARPER]
    for number in sorted(waiting, key=lambda n: (n.is_exponent, n.digits), reverse=True):
        as_exponent = _find_exponents(number) if number.is_exponent and noisy else []
        accepts = _is_likelier_exponent if as_exponent else _is_acceptable
        for constant in (as_exponent or _find_simple(number, noisy, units))[:TRIES]:
            if noisy and not as_exponent and _saved(constant, number, formula) <= _margin(constant):
                continue  # whatever a refit loses, it is no shorter
            offer = formula.with_constant(number.place, constant)
            if accepts(offer, formula, constant, number):
                return offer
        refused[number.place] = number.digits
    return None


def _find_simple(number: Fitted, noisy: bool, units: bool) -> list[Constant]:
    """Simple numbers near a number; 0 first where it may be that.

    Under noise the rows often can't tell π²/3 from 3.29. Then only constants of few bits, such as
    2π and 4/3, are simple, and those that are such decimals themselves, such as 14.5.
    """
    value = number.value
    window = max(4 * number.error, 1e-11 * abs(value))
    if not noisy:  # rounding isn't noise: its errors are underestimated
        window = max(window, 1e-6 * abs(value), 1e-9)
    found = [c for c in find_near(value, window) if units or c.unit == "1"]
    if noisy and abs(float(f"{value:.3g}") - value) <= window:
        found = [c for c in found if c.bits < PLAIN_BITS or c.value == float(f"{c.value:.3g}")]
    return sorted(found, key=lambda c: c.bits)


def _find_exponents(number: Fitted) -> list[Constant]:
    """Fractions that an exponent may be, within four standard errors, the likeliest first."""
    found = {}
    for q in range(1, LARGEST_ROOT + 1):
        p = round(number.value * q)
        near = abs(p / q - number.value) <= 4 * number.error
        if p and near and abs(p) <= LARGEST_EXPONENT * q:
            fraction = Fraction(p, q)
            found[fraction] = Constant(fraction.numerator, fraction.denominator)
    return sorted(found.values(), key=lambda c: c.bits)


def _is_likelier_exponent(new: S, old: S, constant: Constant, number: Fitted) -> bool:
    """Whether a simple exponent, its prior and its misfit, is likelier than any number.

    Any number has the density of its range; its posterior is as wide as its error.
    """
    width = math.log2(EXPONENT_RANGE / max(number.error, 1e-300))
    return _loss(new, old) < min(FEW_LOSS, width - EXPONENT_WEIGHT * constant.bits)


def _is_acceptable(new: S, old: S, constant: Constant, number: Fitted) -> bool:
    """Whether a constant takes fewer bits than the digits that it replaces and the fit it loses."""
    if old.fvu < ROUNDING_FVU:
        return new.fvu <= max(4 * old.fvu, old.floor)
    loss = _loss(new, old)
    most = FEW_LOSS if constant.bits <= FEW_BITS else LOSS
    margin = _margin(constant) if loss < LOSS else CROWDED
    return loss < most and margin + loss < _saved(constant, number, old)


def _saved(constant: Constant, number: Fitted, formula: Snappable) -> float:
    """Bits that a constant saves. The constant 0 removes a number; of a number that may be 0 the
    rows determine no digits."""
    spent = number.digits if constant.value else number_bits(formula.rows) + 1
    return spent - constant.bits


def _margin(constant: Constant) -> float:
    """Bits that a constant must save, at least, beside those of the fit that it loses."""
    return 1.0 if constant.bits <= FEW_BITS else CROWDED


def _loss(new: Snappable, old: Snappable) -> float:
    """Bits by which the rows are described worse."""
    ratio = max(new.fvu, 1e-300) / max(old.fvu, 1e-300)
    return 0.5 * min(old.rows, MOST_ROWS) * math.log2(ratio)


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

    def fitted_numbers(self) -> list[Fitted]:
        tree = self.fit.tree
        errors, powers = standard_errors(tree, self.data, self.fvu), exponents(tree)
        return [
            Fitted(k, n.value, error, k in powers)
            for k, (n, error) in enumerate(zip(tree.numbers(), errors, strict=True))
            if n.exact is None and error is not None
        ]

    def with_constant(self, place: int, constant: Constant) -> _Tree:
        numbers = list(self.fit.tree.numbers())
        numbers[place] = Number(constant.value, constant)
        return _Tree(self.data.fit(self.fit.tree.with_numbers(numbers), steps=6), self.data)


def snap(fit: Fit, data: Data, *, units: bool = True) -> Fit:
    """The fit with numbers that are simple where the data says so; see :func:`snap_numbers`.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    return snap_numbers(_Tree(fit, data), units=units).fit
