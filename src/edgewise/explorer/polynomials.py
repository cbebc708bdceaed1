"""Piecewise polynomial tables of univariate functions with a proven bound, for the explorer's page.

The page evaluates these tables and knows no basis, normalisation or activation. A table has the
ends of its cells, and for each cell and function the coefficients of Σ_k c_k s^k, where s runs from
-1 to 1. Outside the table its first and last polynomials are continued.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from edgewise._arrays import Array
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import ORDER, Jet

TOLERANCE = 1e-10
"""Largest error of a function, relative to the largest value in its cell if that is above 1."""
MOST_NUMBERS = 2_000_000
"""Most numbers of one table: 16 MB."""


class Polynomials(NamedTuple):
    """Functions on cells.

    Attributes:
        ends: the ends of the cells, (cells + 1,), increasing.
        coef: (cells, ORDER + 1, functions).
        bound: a proven bound of the error of all functions between low and high, relative to the
            largest value in the cell if that is above 1.
    """

    ends: Array
    coef: Array
    bound: float


def tabulate_functions(
    expand: Callable[[Jet], Jet],
    low: float,
    high: float,
    changes: Sequence[float] | Array = (),
    lines: bool = True,
) -> Polynomials:
    """Taylor polynomials of functions on cells, which are divided until the bound is small enough.

    Args:
        expand: the functions of a jet, (pieces,) → (pieces, functions).
        low, high: the range of the argument.
        changes: the points at which formulas change.
        lines: whether to continue functions as lines outside the range; else as polynomials.

    Raises:
        TypeError: if a function isn't among those of jets.
        ValueError: if functions change where ``changes`` doesn't say so, or need too many cells.
    """
    inner = [c for c in np.unique(changes).tolist() if low < c < high]
    ends = np.array([low, *inner, high])
    kept: list[tuple[Array, Array, Array]] = []
    waiting, number, bound = np.stack([ends[:-1], ends[1:]]), 0, 0.0
    while waiting.size:
        a, b = waiting
        coef, off = _expand(expand, a, b)
        off = off / np.maximum(np.abs(coef).sum(1).max(-1), 1)
        done = (off <= TOLERANCE) | (b - a <= 1e-9 * (high - low))
        kept.append((a[done], b[done], coef[done]))
        number, bound = number + int(done.sum()), max(bound, float(off[done].max(initial=0.0)))
        a, b, parts = a[~done], b[~done], (off[~done] / TOLERANCE) ** (1 / (ORDER + 1))
        parts = np.ceil(np.nan_to_num(parts).clip(2, 16)).astype(np.int64)  # infinite: 16
        endless = not np.isfinite(coef[done]).all()
        if endless or (number + parts.sum()) * coef[0].size > MOST_NUMBERS:
            raise ValueError(
                f"they turn too often between {low:.3g} and {high:.3g}, or have no slope "
                "somewhere: give the network inputs on a smaller range"
            )
        first = np.repeat(np.cumsum(parts) - parts, parts)
        step, start = np.repeat((b - a) / parts, parts), np.repeat(a, parts)
        low_ends = start + step * (np.arange(len(first)) - first)
        waiting = np.stack([low_ends, low_ends + step])
    a, b, coef = (np.concatenate(column) for column in zip(*kept, strict=True))
    order = np.argsort(a)
    ends, coef = np.append(a[order], high), coef[order]
    return _with_lines(ends, coef, bound) if lines else Polynomials(ends, coef, bound)


def _expand(expand: Callable[[Jet], Jet], a: Array, b: Array) -> tuple[Array, Array]:
    """Coefficients on cells, and how far each cell's worst function is off."""
    middle = a + (b - a) / 2
    radius = np.maximum(b - middle, middle - a)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        point = expand(Jet.begin(Interval.of(middle), radius))
        whole = expand(Jet.begin(Interval(a, b), radius)).parts[ORDER]
    parts = [*point.parts[:ORDER], whole]
    shape = np.broadcast_shapes(*(p.lo.shape for p in parts))
    coef, off = (
        np.stack([np.broadcast_to(each(p), shape) for p in parts], 1)
        for each in (lambda p: p.middle, lambda p: p.radius)
    )
    return coef, np.nan_to_num(off.sum(1).max(-1), nan=np.inf)


def _with_lines(ends: Array, coef: Array, bound: float) -> Polynomials:
    """A cell more at either end, with the value and the slope there."""
    order = np.arange(ORDER + 1)[:, None]
    lines, widths = np.zeros((2, *coef.shape[1:])), np.diff(ends)[[0, -1]]
    for line, cell, side, width in zip(lines, coef[[0, -1]], (-1, 1), widths, strict=True):
        slope = (cell * order * float(side) ** (order + 1)).sum(0) / (width / 2)
        line[0] = (cell * float(side) ** order).sum(0) + side * slope
        line[1] = slope  # on a cell of radius 1
    wider = np.concatenate([[ends[0] - 2], ends, [ends[-1] + 2]])
    return Polynomials(wider, np.concatenate([lines[:1], coef, lines[1:]]), bound)


def surround(numbers: Any, *seen: Tensor) -> tuple[float, float]:
    """A range that holds the numbers and what is seen, and at least twice as much on either side.

    It is one of few, so that layers have tables in common.
    """
    each = torch.as_tensor(numbers, dtype=torch.float64, device="cpu")
    middle = float(each.amin() + each.amax()) / 2
    far = max(float((n - middle).abs().amax()) for n in (each, *seen) if n.numel())
    reach = 2.0 ** math.ceil(math.log2(2 * max(far, 1.0)))
    return middle - reach, middle + reach
