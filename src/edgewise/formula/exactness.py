"""What may be claimed of a formula by what it leaves unexplained: one set of rules for all verbs.

A formula is *exact* if it leaves rounding only: a fraction of the variance (FVU) of at most 1e-24,
which is 1e-12 of the spread of y, or as much as y itself was rounded by. Right formulas whose
numbers are refitted in double precision leave 1e-28 to 1e-32. Approximations with a dozen numbers
leave 1e-12 to 1e-20, so that a laxer limit such as 1e-12 calls good approximations exact; and as
each free number buys about two digits, long formulas have to leave still less.
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
MOST_ROUNDING = 1e-6
"""However coarsely y is rounded, a formula that leaves more isn't exact."""
DIGITS_EACH, FEW_NUMBERS = 3.2, 3
"""Digits of the FVU that an exact formula reaches for each of its free numbers, if it has more than
so few: smooth functions are approximated by about two digits a number."""
LEAST_R2 = 0.1
"""The fraction of the variance below which nothing but an approximation is claimed."""
MOST_EXPLAINED = 0.04
"""The fraction of what a formula leaves that a smooth function of the inputs may predict, each row
left out in turn: of 500 rows of pure noise it predicts less."""
WORSE = 1.05
"""How much more a formula may leave than a model of curves: one that leaves more misses structure
that the curves have found. A right formula has fewer numbers than the curves, and leaves less than
they do on unseen rows."""
WORSE_ROUNDING = 1e-12


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


def is_exact(fvu: float, numbers: int, limit: float = EXACT_FVU) -> bool:
    """Whether a formula with so many free numbers leaves rounding only.

    Args:
        limit: what y is rounded by, see :func:`exact_fvu`.
    """
    if not fvu <= max(EXACT_FVU, limit):
        return False
    return numbers <= FEW_NUMBERS or DIGITS_EACH * numbers <= -math.log10(max(fvu, 1e-32))


def exact_reason(fvu: float) -> str:
    """Why a formula counts as exact, in words."""
    return f"exact to {max(fvu, 1e-32) ** 0.5:.0e} of the spread of y"


def is_worse(fvu: float, of_curves: float) -> bool:
    """Whether a formula leaves more than a model of curves does."""
    return fvu > WORSE * of_curves + WORSE_ROUNDING


def is_constant(y: Any) -> bool:
    """Whether y, an array or a tensor of (rows,) or (rows, out), varies by rounding only."""
    return float(abs(y - y.mean(0)).max()) <= 1e-14 * float(abs(y).max())
