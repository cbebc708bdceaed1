"""The definition of an *exact* formula: its errors are rounding, and it compresses the rows.

Rounding: the fraction of variance unexplained (FVU) is at most 1e-24, an error of 1e-12 standard
deviations, or what rounding of y causes. Right formulas reach 1e-28 to 1e-32 when their numbers are
refitted in double precision. Approximations with a dozen numbers reach 1e-12 to 1e-20, so a limit
such as 1e-12 would call good approximations exact. Each free number gives about two digits of a
smooth function, so formulas with many numbers have to reach a smaller FVU.

Compression: written down with its structure and all digits of its numbers, the formula is clearly
shorter than the column y. A formula with as many numbers as rows explains nothing. Repeated rows
don't count: y counts once for each distinct row of the formula's inputs, with the digits to which
it is known (:func:`plain_bits`). Each part has to compress as well: a polynomial of a column with
eight distinct values must have fewer than eight numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from edgewise._arrays import Array

EXACT_FVU = 1e-24
"""Largest FVU of an exact formula, unless y is rounded more coarsely."""
SINGLE_FVU = 1e-13
"""The same if y was once stored in single precision."""
ROUNDING_FVU = 1e-15
"""Below this FVU, residuals are rounding errors and don't determine numbers any further."""
MOST_ROUNDING = 1e-6
"""Largest FVU of an exact formula, however coarsely y is rounded."""
DIGITS_EACH, FEW_NUMBERS = 3.2, 3
"""An exact formula with more than 3 free numbers has an FVU of at most 10^(-3.2 · numbers): smooth
functions can be approximated with about two digits per number."""
LEAST_R2 = 0.1
"""A formula that explains less of the variance than this is only an approximation."""
MOST_EXPLAINED = 0.04
"""Largest fraction of the residuals' variance that a smooth function of the inputs may predict in
leave-one-out predictions. For 500 rows of pure noise it is smaller."""
CHANCE = 4.0
"""A smooth function predicts at most 4/rows of 95 in 100 columns of pure noise (measured for 6 to
300 rows of one and two inputs)."""
WORSE = 1.05
"""Largest ratio of a formula's residuals to those of a model of curves. If it is larger, the
formula misses structure that the curves have found. A right formula has fewer numbers than the
curves, so its residuals on unseen rows are smaller."""
WORSE_ROUNDING = 1e-12
SAVED = 16.0
"""Bits by which an exact formula must be shorter than the column y. By chance a formula of
arbitrary values is that much shorter once in 65,000 times (2^16)."""
LEAST_FVU = 1e-32
"""Smallest FVU that double precision can show."""
MOST_DECIMALS = 12
"""Columns with more decimals don't count as rounded."""


def rounding_fvu(y: Array, variance: float, weight: Array | None = None) -> float:
    """The FVU that rounding of y to double precision causes, at least 1e-24.

    Args:
        weight: the weights of the rows in the variance.
    """
    size = np.abs(y) if weight is None else np.abs(y) * np.sqrt(weight)
    largest = float(size.max()) if len(y) else 0.0
    rounding = (8 * np.finfo(np.float64).eps * largest) ** 2 / variance
    return min(max(EXACT_FVU, rounding), MOST_ROUNDING)


def exact_fvu(y: Array, variance: float, weight: Array | None = None) -> float:
    """The largest FVU of an exact formula of y; larger if y was once in single precision."""
    with np.errstate(over="ignore"):
        single = np.array_equal(y, y.astype(np.float32)) and not np.array_equal(y, np.round(y))
    return max(rounding_fvu(y, variance, weight), SINGLE_FVU if single else EXACT_FVU)


def leaves_rounding(fvu: float, numbers: int, limit: float) -> bool:
    """Whether the errors of a formula with this number of free numbers are rounding errors.

    Args:
        limit: the FVU that rounding of y causes, see :func:`exact_fvu`.
    """
    if not fvu <= max(EXACT_FVU, limit):
        return False
    return numbers <= FEW_NUMBERS or DIGITS_EACH * numbers <= -math.log10(max(fvu, LEAST_FVU))


def compresses(bits: float, x: Array, y: Array, fvu: float) -> bool:
    """Whether a formula is clearly shorter than the column y.

    Args:
        bits: the bits of the formula with all digits of its numbers, see :func:`written_bits`.
        x: the inputs that the formula uses.

    Shape:
        x: (rows, in); y: (rows,)
    """
    return bits + SAVED <= plain_bits(x, y, fvu)


def plain_bits(x: Array, y: Array, fvu: float) -> float:
    """The bits of the column y, counted once for each distinct row of x.

    Each row has ½ log2(1/FVU) bits, at most those to which y is known. If y has few distinct
    values, a list of these and an index for each row may be shorter.

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
    """The binary digits of y, relative to its spread, that a formula with this FVU determines."""
    return 0.5 * math.log2(1 / min(max(fvu, LEAST_FVU), 1.0))


def known_bits(y: Array) -> float:
    """The binary digits of y relative to its range; few if all values are round.

    Example:
        >>> known_bits(np.array([0.0, 0.25, 1.0])), round(known_bits(np.arange(1024) / 1000))
        (2.321928094887362, 10)
    """
    y = np.asarray(y, dtype=np.float64)
    spread = float(np.ptp(y))
    return 0.0 if spread == 0 else math.log2(1 + spread / float(find_rounding(y).max()))


def find_rounding(y: Array) -> Array:
    """The step to which each value is rounded.

    If all values are multiples of a number with few decimals, it is this number; else it is the
    spacing of floats.

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
    """The largest number of which all values are multiples; None if it has too many decimals."""
    size = math.floor(math.log10(largest))
    for decimals in range(MOST_DECIMALS):
        scaled = y * 10.0 ** (decimals - size)
        whole = np.round(scaled)
        if np.allclose(scaled, whole, rtol=8 * np.finfo(np.float64).eps, atol=0):
            common = np.gcd.reduce(whole.astype(np.int64))
            return float(common) * 10.0 ** (size - decimals)
    return None


def written_bits(value: float, fvu: float) -> float:
    """The bits of a fitted number: those of its decimals, or of as many digits as y has.

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


def is_structured(explained: float, rows: int) -> bool:
    """Whether residuals aren't noise: a smooth function predicts more of them than by chance.

    Args:
        explained: the fraction that it predicts, see
            :func:`edgewise.search.evidence.explained_fraction`.

    Example:
        >>> is_structured(0.28, 300), is_structured(0.28, 6)
        (True, False)
    """
    return explained > max(MOST_EXPLAINED, CHANCE / max(rows, 1))


def is_worse(fvu: float, of_curves: float) -> bool:
    """Whether a formula's residuals are clearly larger than those of a model of curves."""
    return fvu > WORSE * of_curves + WORSE_ROUNDING


def is_constant(y: Any) -> bool:
    """Whether y, an array or tensor (rows,) or (rows, out), is constant up to rounding."""
    return float(abs(y - y.mean(0)).max()) <= 1e-14 * float(abs(y).max())
