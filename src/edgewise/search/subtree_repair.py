"""Repair a formula that is nearly right, by replacing or extending one subtree.

To first order, the residual r of y vanishes if a subtree u becomes u + r / (∂y/∂u). The small
expressions nearest to these values, with weights (∂y/∂u)², are found by linear regression on
thousands of terms at once. The best few replace the subtree, and all numbers are refitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Sum,
    add,
    free,
    multiply,
)
from edgewise.formula.program import Program
from edgewise.search.polish import replace_node
from edgewise.search.search import term_bits
from edgewise.search.terms import Terms

OFFERED = 2
"""Number of terms that are tried for each subtree."""


@dataclass(frozen=True, eq=False)
class Parts:
    """Enumerated terms that may replace subtrees.

    Shape:
        values: (count, rows); bits: (count,)
    """

    terms: Terms
    kept: NDArray[np.int64]
    values: Array
    bits: Array
    squares: Array

    @classmethod
    def of(cls, terms: Terms, kept: NDArray[np.int64]) -> Parts:
        """The terms at some places."""
        values = np.ascontiguousarray(terms.values[kept])
        return cls(terms, kept, values, term_bits(terms.costs[kept]), values**2)

    def nearest(
        self, target: Array, weight: Array, few: int
    ) -> list[tuple[int, float, float, float]]:
        """The terms t whose a t + b are nearest to a target: index, a, b and FVU of each."""
        w = weight / weight.sum()
        if not np.square(target - float(target @ w)) @ w > 0:
            return []
        slopes, constants, left = regress_each(self.values, self.squares, target, weight)
        rows = min(len(target), 1000)
        length = 0.5 * rows * np.log2(left) + self.bits
        count = min(few, len(length))
        top = np.argpartition(length, count - 1)[:count]
        return [
            (int(k), float(slopes[k]), float(constants[k]), float(left[k]))
            for k in top[np.argsort(length[top])]
        ]


def regress_each(
    values: Array, squares: Array, target: Array, weight: Array
) -> tuple[Array, Array, Array]:
    """The a and b of a t + b ≈ target for each term t, and the fraction that this leaves.

    Of terms that are nearly constant it leaves everything.

    Shape:
        values, squares: (terms, rows); target, weight: (rows,) → (terms,) each
    """
    w = weight / weight.sum()
    middle, mean = float(target @ w), values @ w
    t = target - middle
    cross = values @ (w * t)
    spread = np.maximum(squares @ w - mean**2, 1e-300)
    varies = spread > 1e-12 * mean**2
    gain = np.where(varies, cross**2 / spread, 0.0) / max(float((t * t) @ w), 1e-300)
    slopes = cross / spread
    return slopes, middle - slopes * mean, np.clip(1 - gain, 1e-16, None)


def list_corrections(
    program: Program, x: Array, y: Array, numbers: Any = None, starts: Any = (0,)
) -> Iterator[tuple[int, bool, Array, Array, Array]]:
    """What each part of a formula would have to be, to first order, so that residuals vanish.

    Yields the part's place, whether it is the whole formula, its values, those that it would have
    to have, and ∂y/∂part. Rows where that is below a millionth of the largest say nothing.

    Args:
        starts: the first row of each group of rows that has a largest derivative of its own.
    """
    values, slopes = program.all_values_and_adjoints(x, numbers)
    residual = y - values[-1]
    if not np.isfinite(residual).all():
        return
    counts = np.diff([*starts, len(y)])
    for place, (node, at) in enumerate(program.places):
        if isinstance(node, Number):
            continue
        slope = np.broadcast_to(np.asarray(slopes[at], dtype=np.float64), residual.shape)
        size = np.abs(slope)
        largest = np.maximum.reduceat(size, starts)
        if not np.isfinite(largest).all() or not largest.all():
            continue
        safe = np.where(size < 1e-6 * np.repeat(largest, counts), np.inf, slope)
        value = np.broadcast_to(values[at], residual.shape)
        wanted = value + residual / safe
        if np.isfinite(wanted).all():
            yield place, at == len(values) - 1, value, wanted, slope


def repairs(fit: Fit, data: Data, parts: Parts) -> Iterator[Expression]:
    """Formulas with one subtree replaced or extended, the likeliest subtrees first."""
    offers: list[tuple[float, Expression]] = []
    base = data.weights
    program = Program(fit.tree)
    for place, is_whole, value, wanted, slope in list_corrections(program, data.x, data.y):
        node, weight = program.places[place][0], base * slope**2
        if not weight.sum() > 0:
            continue
        extended = is_whole or isinstance(node, (Sum, Input))
        for target, kept in [(wanted, ()), (wanted - value, (node,))][: 1 + extended]:
            for k, a, b, left in parts.nearest(target, weight, OFFERED):
                term = parts.terms.tree(int(parts.kept[k]))
                new = add(*kept, multiply(free(a), term), free(b))
                offers.append((left, replace_node(fit.tree, node, new)))
    offers.sort(key=lambda o: o[0])
    for _, tree in offers:
        yield tree
