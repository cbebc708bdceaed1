"""Find forms y = f(a t + b s + c) of two enumerated terms, with a, b and c for each group.

For a given f this is linear regression of f⁻¹(y) on the terms t and s. Its R² follows from their
correlations, so all pairs of terms are compared in all groups at once, by the description length
of all rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.discovery.group_moves import carry_numbers
from edgewise.discovery.groups import Groups
from edgewise.formula.expression import Expression, add, free, multiply
from edgewise.formula.library import Library
from edgewise.search.links import LINKS, Link
from edgewise.search.search import solve_terms, term_bits, weights_of
from edgewise.search.terms import Terms

MOST_TERMS = 160
LOST = 0.15
"""Largest fraction of rows, left out, at which noise has moved y outside the range of f."""
ALIKE = 1e-6
"""Two terms whose correlation is within this distance of ±1 count as one."""
OFFERED = 8
"""Sums of one term under a function, and sums of one or two, that are offered."""


def list_sums(groups: Groups, terms: Terms, library: Library) -> Iterator[tuple[Expression, Array]]:
    """The best sums of one or two terms under each function whose range contains y.

    Args:
        terms: with values at all rows of all groups.
    """
    kept = terms.distinct[:MOST_TERMS]
    for link in LINKS:
        prepared = _undo(link, groups, library)
        if prepared is not None:
            yield from _best_sums(link, terms, kept, groups, library, *prepared)


def _undo(link: Link, groups: Groups, library: Library) -> tuple[Array, Array] | None:
    """f⁻¹(y) and the rows' weights, 0 where y is outside the range of f; None for too many such."""
    inside = (groups.y > link.low) & (groups.y < link.high)
    if link.function not in library or inside.mean() < 1 - LOST:
        return None
    y = np.where(inside, groups.y, np.median(groups.y[inside]))
    with np.errstate(all="ignore"):
        target, weight = link.inverse(y), weights_of(link.slope(y))
    weight = fill_weight(weight, len(y))
    inside &= np.isfinite(target)
    weight = np.where(inside, weight * groups.root**2, 0.0)
    if not (groups.sum((weight > 0).astype(float)) > 3).all():
        return None
    return np.where(inside, target, 0.0), weight


def _best_sums(
    link: Link,
    terms: Terms,
    kept: NDArray[np.int64],
    groups: Groups,
    library: Library,
    target: Array,
    weight: Array,
) -> Iterator[tuple[Expression, Array]]:
    values, bits = terms.values[kept], term_bits(terms.costs[kept])
    pairs = np.zeros((len(kept), len(kept)))
    for part, rows in zip(groups.parts, groups.rows.tolist(), strict=True):
        explained = explain_pairs(values[:, part], target[part], weight[part] / weight[part].sum())
        pairs += 0.5 * rows * np.log2(np.clip(1 - explained, 1e-16, None))
    cost = bits[:, None] + bits[None, :]
    cost[np.diag_indices_from(cost)] = bits
    length = np.where(np.triu(np.ones_like(pairs)) > 0, pairs + cost, np.inf)
    singles = [(k, k) for k in np.argsort(np.diag(length))[:OFFERED].tolist()]
    order = np.argsort(length, axis=None)[:OFFERED]
    doubles = [divmod(int(k), len(kept)) for k in order]
    for i, j in dict.fromkeys([*singles, *doubles]):
        chosen = [i] if i == j else [i, j]
        coef = np.array([
            solve_terms(list(values[chosen, p]), target[p], weight[p]) for p in groups.parts
        ])  # fmt: skip
        parts = [
            multiply(free(c), terms.tree(int(kept[k])))
            for c, k in zip(coef[0, :-1].tolist(), chosen, strict=True)
        ]
        tree = link.tree(add(*parts, free(float(coef[0, -1]))), library)
        yield carry_numbers(tree, dict(zip(coef[0].tolist(), coef.T, strict=True)), groups.count)


def explain_pairs(values: Array, target: Array, weight: Array) -> Array:
    """R² of the regression on each pair of columns and a constant; single columns on the diagonal.

    Shape:
        values: (terms, rows); target, weight: (rows,), weights with sum 1 → (terms, terms)
    """
    centred = values - (values @ weight)[:, None]
    t = target - target @ weight
    with np.errstate(all="ignore"):
        covariance = (centred * weight) @ centred.T
        size = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
        rho = covariance / np.outer(size, size)
        r = centred @ (weight * t) / (size * np.sqrt(max(float(weight @ t**2), 1e-300)))
        apart = 1 - rho**2
        both = (r[:, None] ** 2 + r[None, :] ** 2 - 2 * np.outer(r, r) * rho) / apart
    both = np.where(apart > ALIKE, both, 0.0)
    both[np.diag_indices_from(both)] = r**2
    return np.clip(np.where(np.isfinite(both), both, 0.0), 0.0, 1.0)
