"""When a formula is exact: its error is rounding, and it is shorter than the column y.

A formula is *exact* if it leaves rounding only and compresses the rows.

It leaves rounding only: the fraction of variance unexplained (FVU) is at most 1e-24, which is 1e-12
of the spread of y, or what comes from y itself being rounded. Right formulas whose numbers are
refitted in double precision reach 1e-28 to 1e-32. Approximations with a dozen numbers reach 1e-12
to 1e-20, so a laxer limit such as 1e-12 would call good approximations exact. Each free number buys
about two digits of a smooth function, so long formulas have to reach still less.

It compresses the rows: written down with its structure and every digit of its numbers, it is
clearly shorter than the column y. As many numbers as rows explain nothing, and neither do repeated
rows: y counts once for each distinct row of the formula's inputs, with the digits to which it is
known (:func:`plain_bits`). Each part has to compress as well: a polynomial of a column of eight
codes must have fewer numbers than codes, whatever stands beside it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

EXACT_FVU = 1e-24
"""FVU of an exact formula: 1e-12 of the spread of y, unless y is rounded more coarsely."""
SINGLE_FVU = 1e-13
"""The same for numbers that were once single precision."""
ROUNDING_FVU = 1e-15
"""The FVU below which rounding decides and nothing else: what is left says nothing of numbers."""
MOST_ROUNDING = 1e-6
"""However coarsely y is rounded, a formula that leaves more isn't exact."""
DIGITS_EACH, FEW_NUMBERS = 3.2, 3
"""Digits of the FVU that an exact formula reaches for each of its free numbers, if it has more than
so few: smooth functions are approximated by about two digits a number."""
LEAST_R2 = 0.1
"""The fraction of the variance below which nothing but an approximation is claimed."""
MOST_EXPLAINED = 0.04
"""The fraction of the residuals' variance that a smooth function of the inputs may predict, each
row left out in turn. Of 500 rows of pure noise it predicts less."""
WORSE = 1.05
"""How much larger the residuals of a formula may be than those of a model of curves: if they are
larger, it misses structure that the curves have found. A right formula has fewer numbers than the
curves, so its residuals on unseen rows are smaller than theirs."""
WORSE_ROUNDING = 1e-12
SAVED = 16.0
"""Bits by which an exact formula is shorter than the column that it stands for: a formula through
arbitrary values is so much shorter by chance once in 65,000 times."""
LEAST_FVU = 1e-32
"""What double precision can show."""
MOST_DECIMALS = 12
"""Columns of more decimals aren't taken for rounded ones."""


def rounding_fvu(y: Array, variance: float, weight: Array | None = None) -> float:
    """The FVU that y's rounding to double precision leaves, at least 1e-24.

    Args:
        weight: of the rows, by which the variance counts them.
    """
    size = np.abs(y) if weight is None else np.abs(y) * np.sqrt(weight)
    largest = float(size.max()) if len(y) else 0.0
    rounding = (8 * np.finfo(np.float64).eps * largest) ** 2 / variance
    return min(max(EXACT_FVU, rounding), MOST_ROUNDING)


def exact_fvu(y: Array, variance: float, weight: Array | None = None) -> float:
    """The FVU up to which a formula of y is exact: more if y was once single precision."""
    with np.errstate(over="ignore"):
        single = np.array_equal(y, y.astype(np.float32)) and not np.array_equal(y, np.round(y))
    return max(rounding_fvu(y, variance, weight), SINGLE_FVU if single else EXACT_FVU)


def leaves_rounding(fvu: float, numbers: int, limit: float = EXACT_FVU) -> bool:
    """Whether a formula with so many free numbers leaves rounding only.

    Args:
        limit: what y is rounded by, see :func:`exact_fvu`.
    """
    if not fvu <= max(EXACT_FVU, limit):
        return False
    return numbers <= FEW_NUMBERS or DIGITS_EACH * numbers <= -math.log10(max(fvu, LEAST_FVU))


def compresses(bits: float, x: Array, y: Array, fvu: float) -> bool:
    """Whether a formula of so many bits is clearly shorter than the column y.

    Args:
        bits: of all that it takes to write the formula down, see :func:`written_bits` for numbers.
        x: the inputs that the formula has.

    Shape:
        x: (rows, in); y: (rows,)
    """
    return bits + SAVED <= plain_bits(x, y, fvu)


def plain_bits(x: Array, y: Array, fvu: float) -> float:
    """What it takes to write y down, once for each distinct row of x.

    That is ½ log2(1/FVU) bits a row, at most those to which y is known. If y has few values it may
    be less: these values, and which of them each row has.

    Example:
        >>> x = np.arange(8.0)[:, None]
        >>> round(plain_bits(x, np.sin(x[:, 0]), 1e-28)), round(plain_bits(x, x[:, 0] % 2, 1e-28))
        (372, 8)
    """
    _, first = np.unique(x, axis=0, return_index=True)
    values = y[first]
    each = min(digits_of(fvu), known_bits(y))
    _, counts = np.unique(values, return_counts=True)
    entropy = float(counts @ np.log2(len(values) / counts))
    return min(len(values) * each, len(counts) * each + entropy)


def digits_of(fvu: float) -> float:
    """Binary digits of y, counted from its spread, that a formula with this FVU tells."""
    return 0.5 * math.log2(1 / min(max(fvu, LEAST_FVU), 1.0))


def known_bits(y: Array) -> float:
    """Binary digits of y, counted from its range: few where all its values are round.

    Example:
        >>> known_bits(np.array([0.0, 0.25, 1.0])), round(known_bits(np.arange(1024) / 1000))
        (2.321928094887362, 10)
    """
    y = np.asarray(y, dtype=np.float64)
    spread = float(np.ptp(y))
    return 0.0 if spread == 0 else math.log2(1 + spread / float(find_rounding(y).max()))


def find_rounding(y: Array) -> Array:
    """The step to which each value is rounded: that of all if they are multiples of one of few
    decimals, else a float's own.

    Example:
        >>> find_rounding(np.array([0.0, 0.25, 1.0])).tolist()
        [0.25, 0.25, 0.25]
    """
    size = np.abs(y)
    step = _step_of(y, float(size.max())) if size.max() > 0 else None
    if step is not None:
        return np.full(y.shape, step)
    with np.errstate(over="ignore"):
        single = np.array_equal(y, y.astype(np.float32))
    return float(np.finfo(np.float32 if single else np.float64).eps) * size


def _step_of(y: Array, largest: float) -> float | None:
    """The greatest number of which all values are multiples, to rounding; None if it has too many
    decimals."""
    size = math.floor(math.log10(largest))
    for decimals in range(MOST_DECIMALS):
        scaled = y * 10.0 ** (decimals - size)
        whole = np.round(scaled)
        if np.allclose(scaled, whole, rtol=8 * np.finfo(np.float64).eps, atol=0):
            common = np.gcd.reduce(whole.astype(np.int64))
            return float(common) * 10.0 ** (size - decimals)
    return None


def written_bits(value: float, fvu: float) -> float:
    """What it takes to write a fitted number down: its decimals, or as many digits as y has.

    Example:
        >>> written_bits(1.25, 1e-28) < 12, written_bits(np.pi, 1e-28) > 45
        (True, True)
    """
    full = digits_of(fvu)
    window = 4 * 2.0**-full
    for digits in range(1, 16):
        if abs(float(f"{value:.{digits}g}") - value) <= window * abs(value):
            return min(full, digits * math.log2(10)) + 1
    return full + 1


def exact_reason(fvu: float) -> str:
    """Why a formula counts as exact, in words."""
    return f"exact to {max(fvu, 1e-32) ** 0.5:.0e} of the spread of y"


def is_worse(fvu: float, of_curves: float) -> bool:
    """Whether a formula leaves more than a model of curves does."""
    return fvu > WORSE * of_curves + WORSE_ROUNDING


def is_constant(y: Any) -> bool:
    """Whether y, an array or a tensor of (rows,) or (rows, out), varies by rounding only."""
    return float(abs(y - y.mean(0)).max()) <= 1e-14 * float(abs(y).max())
