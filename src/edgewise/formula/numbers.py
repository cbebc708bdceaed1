"""The numbers of a formula: their standard errors, and the simple values that fit as well."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np

from edgewise.formula.constants import Constant, find_near
from edgewise.formula.data import MOST_ROWS, Data, Fit
from edgewise.formula.expression import Expression, Number, Power
from edgewise.formula.program import Program

TRIES = 6
"""Simple numbers that are tried for each number."""
ROUNDING_FVU = 1e-15
"""The FVU below which numbers are taken as determined by rounding alone."""
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


def standard_errors(tree: Expression, data: Data, fvu: float) -> list[float | None]:
    """The standard error of each number; None for exact ones and where it can't be told.

    They come from the curvature of the mean square at its minimum."""
    program = Program(tree)
    errors: list[float | None] = [None] * len(program.numbers)
    if not program.free:
        return errors
    _, jacobian = program.values_and_jacobian(data.x)
    if data.weight is not None:
        jacobian = jacobian * np.sqrt(data.weight)[:, None]
    if not np.isfinite(jacobian).all():
        return errors
    freedom = max(len(data.y) - len(program.free), 1)
    noise = max(fvu, 1e-28) * data.variance * len(data.y) / freedom
    with np.errstate(over="ignore"):
        scale = np.sqrt(np.square(jacobian).sum(0))
    if not np.isfinite(scale).all():
        return errors
    scale[scale == 0] = 1.0
    _, s, vt = np.linalg.svd(jacobian / scale, full_matrices=False)
    if len(s) == 0 or s[-1] < 1e-12 * s[0]:
        s = np.maximum(s, 1e-12 * s[0])
    covariance = np.square(vt.T / s).sum(1)
    for place, value in zip(program.free, np.sqrt(covariance * noise) / scale, strict=True):
        errors[place] = float(value)
    return errors


def snap(fit: Fit, data: Data, *, units: bool = True) -> Fit:
    """The fit with numbers that are simple where the data says so.

    A number may become a simple one within four standard errors if that costs fewer bits than the
    digits which the data determine, and the rest, refitted, explains y as well. Those that are
    determined best go first.

    Args:
        units: whether multiples of π, e, √2, … count as simple.
    """
    best = fit
    done: set[int] = set()
    for _ in range(40):
        numbers = best.tree.numbers()
        errors = standard_errors(best.tree, data, best.fvu)
        waiting = [
            (_digits(n.value, e), k)
            for k, (n, e) in enumerate(zip(numbers, errors, strict=True))
            if n.exact is None and k not in done and e is not None
        ]
        if not waiting:
            return best
        places = exponents(best.tree)
        _, k = max(waiting, key=lambda w: (w[1] in places, w[0]))
        value, error = numbers[k].value, errors[k] or 0.0
        taken = None
        is_exponent = k in places and fit.fvu >= ROUNDING_FVU
        simple = find_exponents(value, error) if is_exponent else []
        for constant in (simple or _simple(value, error, units, fit.fvu))[:TRIES]:
            made = [
                Number(constant.value, constant) if n == k else old for n, old in enumerate(numbers)
            ]
            offer = data.fit(best.tree.with_numbers(made), steps=6)
            if (
                _is_likelier_exponent(offer, best, constant, error, data)
                if simple
                else _is_acceptable(offer, best, constant, value, error, data)
            ):
                taken = offer
                break
        if taken is None:
            done.add(k)
        else:
            best = taken
    return best


def exponents(tree: Expression) -> set[int]:
    """Which of its numbers are exponents."""
    found: set[int] = set()
    count = 0

    def visit(node: Expression, exponent: bool) -> None:
        nonlocal count
        if isinstance(node, Number):
            if exponent:
                found.add(count)
            count += 1
        elif isinstance(node, Power):
            visit(node.base, False)
            visit(node.exponent, True)
        else:
            for part in node.parts:
                visit(part, False)

    visit(tree, False)
    return found


def _digits(value: float, error: float | None) -> float:
    """Bits that the data determine of a number."""
    if error is None:
        return 0.0
    return max(0.0, math.log2(max(abs(value), error) / max(error, 1e-300)) + 1)


def _simple(value: float, error: float, units: bool, fvu: float) -> list[Constant]:
    """Simple numbers near the value; 0 first where it may be that.

    Under noise the data often can't tell π²/3 from 3.29. Then only constants of few bits, such as
    2π and 4/3, are simple, and those that are such decimals themselves, such as 14.5.
    """
    window = max(4 * error, 1e-11 * abs(value))
    if fvu < ROUNDING_FVU:  # rounding isn't noise: its errors are underestimated
        window = max(window, 1e-6 * abs(value), 1e-9)
    found = [c for c in find_near(value, window) if units or c.unit == "1"]
    if fvu >= ROUNDING_FVU and abs(float(f"{value:.3g}") - value) <= window:
        found = [c for c in found if c.bits < PLAIN_BITS or c.value == float(f"{c.value:.3g}")]
    return sorted(found, key=lambda c: c.bits)


def find_exponents(value: float, error: float) -> list[Constant]:
    """Fractions that an exponent may be, within four standard errors, the likeliest first."""
    found = {}
    for q in range(1, LARGEST_ROOT + 1):
        p = round(value * q)
        if p and abs(p / q - value) <= 4 * error and abs(p) <= LARGEST_EXPONENT * q:
            fraction = Fraction(p, q)
            found[fraction] = Constant(fraction.numerator, fraction.denominator)
    return sorted(found.values(), key=lambda c: c.bits)


def _is_likelier_exponent(new: Fit, old: Fit, constant: Constant, error: float, data: Data) -> bool:
    """Whether a simple exponent, its prior and its misfit, is likelier than any number.

    Any number has the density of its range; its posterior is as wide as its error.
    """
    loss = _loss(new, old, data)
    width = math.log2(EXPONENT_RANGE / max(error, 1e-300))
    return loss < min(FEW_LOSS, width - EXPONENT_WEIGHT * constant.bits)


def _loss(new: Fit, old: Fit, data: Data) -> float:
    """Bits by which the rows are described worse."""
    count = min(len(data.y), MOST_ROWS)
    return 0.5 * count * math.log2(max(new.fvu, 1e-300) / max(old.fvu, 1e-300))


def _is_acceptable(
    new: Fit, old: Fit, constant: Constant, value: float, error: float, data: Data
) -> bool:
    if old.fvu < ROUNDING_FVU:
        return new.fvu <= max(4 * old.fvu, data.floor) and constant.bits <= 24
    loss = _loss(new, old, data)
    few = constant.bits <= FEW_BITS
    margin = 1 if few and loss < LOSS else CROWDED
    return loss < (FEW_LOSS if few else LOSS) and constant.bits + margin + loss < _digits(
        value, error
    )


def with_errors(fit: Fit, data: Data) -> Expression:
    """The tree whose free numbers know their standard errors."""
    errors = standard_errors(fit.tree, data, fit.fvu)
    numbers = [
        old if error is None else replace(old, error=error)
        for old, error in zip(fit.tree.numbers(), errors, strict=True)
    ]
    return fit.tree.with_numbers(numbers)
