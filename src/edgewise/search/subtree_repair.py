"""Repair a formula that is nearly right, by replacing or extending one subtree.

To first order, the residual r of y vanishes if a subtree u becomes u + r / (∂y/∂u). The small
expressions nearest to these values, with weights (∂y/∂u)², are found by linear regression on
thousands of terms at once. The best few replace the subtree, and all numbers are refitted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.data import F, Rows
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    Sum,
    add,
    free_each,
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
        self, targets: Array, weights: Array, few: int, groups: Sequence[slice] = (slice(None),)
    ) -> list[list[tuple[int, Array, Array, float]]]:
        """For each target the terms t whose a t + b are nearest: index, a, b and FVU of each.

        a and b have a value for each group; the FVU is their geometric mean. Where a group has no
        weight, or the target doesn't vary, no term is near.

        Shape:
            targets, weights: (targets, rows)
        """
        fits = [
            regress_each(
                self.values[:, rows], self.squares[:, rows], targets[:, rows], weights[:, rows]
            )
            for rows in groups
        ]
        a, b, each = (np.stack(columns, 2) for columns in zip(*fits, strict=True))
        rows = targets.shape[1]
        shares = np.array([targets[:, part].shape[1] for part in groups]) / rows
        left = np.prod(each**shares, axis=2)
        length = 0.5 * min(rows, 1000) * np.log2(left) + self.bits[:, None]
        count = min(few, len(length))
        top = np.argpartition(length, count - 1, axis=0)[:count]
        found = []
        for n in range(len(targets)):
            best = top[np.argsort(length[top[:, n], n]), n]
            near = [(int(k), a[k, n], b[k, n], float(left[k, n])) for k in best]
            found.append(near if _can_be_near(targets[n], weights[n], groups) else [])
        return found


def _can_be_near(target: Array, weight: Array, groups: Sequence[slice]) -> bool:
    """Whether each group has weight, and the target varies."""
    if not all(weight[rows].sum() > 0 for rows in groups):
        return False
    w = weight / weight.sum()
    return bool(np.square(target - float(target @ w)) @ w > 0)


def regress_each(
    values: Array, squares: Array, targets: Array, weights: Array
) -> tuple[Array, Array, Array]:
    """The a and b of a t + b ≈ y for each term t and target y, and the fraction that this leaves.

    Of terms that are nearly constant it leaves everything.

    Shape:
        values, squares: (terms, rows); targets, weights: (targets, rows) → (terms, targets) each
    """
    w = weights / np.maximum(weights.sum(1, keepdims=True), 1e-300)
    middle, mean = (targets * w).sum(1), values @ w.T
    t = targets - middle[:, None]
    cross = values @ (w * t).T
    spread = np.maximum(squares @ w.T - mean**2, 1e-300)
    varies = spread > 1e-12 * mean**2
    gain = np.where(varies, cross**2 / spread, 0.0) / np.maximum((t * t * w).sum(1), 1e-300)
    slopes = cross / spread
    return slopes, middle - slopes * mean, np.clip(1 - gain, 1e-16, None)


def list_corrections(
    fit: F, data: Rows[F]
) -> Iterator[tuple[Expression, bool, Array, Array, Array]]:
    """What each part of a formula would have to be, to first order, so that residuals vanish.

    Yields the part, whether it is the whole formula, its values, those that it would have to have,
    and ∂y/∂part. Rows where that is below a millionth of the group's largest say nothing.
    """
    program = Program(fit.tree)
    values, slopes = program.all_values_and_adjoints(data.x, data.spread(fit))
    residual = data.y - values[-1]
    if not np.isfinite(residual).all():
        return
    starts = [rows.start or 0 for rows in data.parts]
    counts = np.diff([*starts, len(residual)])
    for node, at in program.places:
        if isinstance(node, Number):
            continue
        slope = np.broadcast_to(slopes[at], residual.shape)
        size = np.abs(slope)
        largest = np.maximum.reduceat(size, starts)
        if not ((largest > 0) & (largest < np.inf)).all():
            continue
        safe = np.where(size < 1e-6 * np.repeat(largest, counts), np.inf, slope)
        value = np.broadcast_to(values[at], residual.shape)
        wanted = value + residual / safe
        if np.isfinite(wanted).all():
            yield node, at == len(values) - 1, value, wanted, slope


def repairs(fit: F, data: Rows[F], parts: Parts) -> Iterator[Expression]:
    """Formulas with one subtree replaced or extended, the likeliest subtrees first."""
    places: list[tuple[Expression, tuple[Expression, ...]]] = []
    targets: list[Array] = []
    weights: list[Array] = []
    for node, is_whole, value, wanted, slope in list_corrections(fit, data):
        extended = is_whole or isinstance(node, (Sum, Input))
        for target, kept in [(wanted, ()), (wanted - value, (node,))][: 1 + extended]:
            places.append((node, kept))
            targets.append(target)
            weights.append(data.weights * slope**2)
    if not places:
        return
    offers: list[tuple[float, Expression]] = []
    found = parts.nearest(np.stack(targets), np.stack(weights), OFFERED, data.parts)
    for (node, kept), near in zip(places, found, strict=True):
        for k, a, b, left in near:
            term = parts.terms.tree(int(parts.kept[k]))
            new = add(*kept, multiply(free_each(a), term), free_each(b))
            offers.append((left, replace_node(fit.tree, node, new)))
    for _, tree in sorted(offers, key=lambda o: o[0]):
        yield tree
