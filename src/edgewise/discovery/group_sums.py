"""Find forms y = f(a t + b s + c) of two enumerated terms, with a, b and c for each group.

For a given f this is linear regression of f⁻¹(y) on the terms t and s. Its R² follows from their
correlations, so all pairs of terms are compared in all groups at once, by the description length
of all rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight
from edgewise.discovery.groups import Groups
from edgewise.formula.expression import Expression
from edgewise.formula.library import Library
from edgewise.search.links import LINKS, Link
from edgewise.search.search import add_multiples, solve_terms, weights_of
from edgewise.search.subsets import Columns, centre_target, explain_pairs
from edgewise.search.subtree_repair import Parts
from edgewise.search.terms import Terms

MOST_TERMS = 160
LOST = 0.15
"""Largest fraction of rows, left out, at which noise has moved y outside the range of f."""
ALIKE = 1e-6
"""Two terms with a correlation r count as one if 1 - r² is below this."""
OFFERED = 8
"""Sums of one term under a function, and sums of one or two, that are offered."""


def list_sums(groups: Groups, terms: Terms, library: Library) -> Iterator[Expression]:
    """The best sums of one or two terms under each function whose range contains y.

    Args:
        terms: with values at all rows of all groups.
    """
    parts = Parts.of(terms, terms.distinct[:MOST_TERMS])
    for link in LINKS:
        prepared = _undo(link, groups, library)
        if prepared is None:
            continue
        target, weight = prepared
        for chosen in _choose_sums(parts, groups, target, weight):
            values = parts.values[chosen]
            coef = [solve_terms(list(values[:, p]), target[p], weight[p]) for p in groups.parts]
            trees = [terms.tree(int(parts.kept[k])) for k in chosen]
            yield link.tree(add_multiples(trees, np.array(coef).T), library)


def _undo(link: Link, groups: Groups, library: Library) -> tuple[Array, Array] | None:
    """f⁻¹(y) and the rows' weights, 0 where y is outside the range of f; None for too many such."""
    inside = (groups.y > link.low) & (groups.y < link.high)
    if link.function not in library or inside.mean() < 1 - LOST:
        return None
    undone = link.undo(np.where(inside, groups.y, np.median(groups.y[inside])), library)
    if undone is None:
        return None
    target, slope = undone
    inside &= np.isfinite(slope)
    weight = np.where(inside, fill_weight(weights_of(slope), len(slope)) * groups.root**2, 0.0)
    if not (groups.sum((weight > 0).astype(float)) > 3).all():
        return None
    return np.where(inside, target, 0.0), weight


def _choose_sums(parts: Parts, groups: Groups, target: Array, weight: Array) -> Iterator[list[int]]:
    """The terms of the sums, of one or two terms, that describe the rows of all groups best."""
    lengths = parts.bits[:, None] + parts.bits[None, :]
    lengths[np.diag_indices_from(lengths)] = parts.bits
    for rows, count in zip(groups.parts, groups.rows.tolist(), strict=True):
        explained = explain(parts.values[:, rows], target[rows], weight[rows])
        lengths += 0.5 * count * np.log2(np.clip(1 - explained, 1e-16, None))
    lengths[np.tril_indices_from(lengths, -1)] = np.inf
    singles = [(k, k) for k in np.argsort(np.diag(lengths))[:OFFERED].tolist()]
    best = np.argsort(lengths, axis=None)[:OFFERED].tolist()
    pairs = [divmod(k, len(lengths)) for k in best]
    yield from (sorted({i, j}) for i, j in dict.fromkeys([*singles, *pairs]))


def explain(values: Array, target: Array, weight: Array) -> Array:
    """R² of the regression on each pair of columns and a constant; single columns on the diagonal.

    Shape:
        values: (terms, rows); target, weight: (rows,) → (terms, terms)
    """
    unit = Columns.of(values, np.zeros(len(values)), weight).unit
    r = unit @ centre_target(target, weight)
    both = explain_pairs(r, r, unit @ unit.T, ALIKE)
    both[np.diag_indices_from(both)] = r**2
    return np.clip(both, 0.0, 1.0)
