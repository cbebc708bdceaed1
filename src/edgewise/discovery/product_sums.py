"""Formulas for a sum of products of curves.

The factors of one input are determined only up to their span (:mod:`edgewise.search.span_names`).
So the span of each input gets names, and the sum is the linear combination of their products.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly, weighted_variance
from edgewise.discovery.separable import CurveProblem, SeparableFit
from edgewise.formula.expression import Expression, Input, add, free, multiply
from edgewise.formula.library import Library
from edgewise.formula.program import Program
from edgewise.formula.scaling import scale_columns
from edgewise.search.budget import Budget
from edgewise.search.span_names import Member, Span, name_span

SPAN_PRICE = 1200
"""Evaluations that names cost for each dimension of a span."""
COMBINED = 6
"""Combinations of names that are proposed."""
MOST_PRODUCTS = 64
"""Most products of names in a linear combination."""
ROWS = 300
"""Rows to which it is fitted."""
AS_GOOD = 4.0
"""Products are left out while the error is at most this many times as large."""


def name_products(
    x: Array,
    curves: CurveProblem,
    fit: SeparableFit,
    library: Library,
    reach: float,
    budget: Budget,
) -> Iterator[Expression]:
    """Formulas of a fit of products without a sum of curves, the shortest first.

    Shape:
        x: (rows, in)
    """
    told = np.flatnonzero(curves.weight.numpy() > 0)
    values = fit.values(curves.phi).numpy()[..., told]
    sizes = np.sqrt(np.square(values).mean(-1))
    scaled = values / sizes[..., None] * sizes.prod(1)[:, None, None]
    used = fit.active.any(0).nonzero()[:, 0].tolist()
    names = []
    for i in used:
        span = Span.of(x[told, i], scaled[:, i], fit.fvu)
        budget.spend(SPAN_PRICE * span.dimensions)
        names.append(name_span(span, library, reach))
        if not names[-1]:
            return
    for chosen in islice(product(*names), COMBINED):
        if np.prod([len(members) for members in chosen]) <= MOST_PRODUCTS:
            tree = combine(x, curves, dict(zip(used, chosen, strict=True)), fit.fvu)
            if tree is not None:
                yield tree


def combine(
    x: Array, curves: CurveProblem, names: dict[int, Sequence[Member]], error: float
) -> Expression | None:
    """The linear combination of products of names, one for each input, that is nearest to T(y).

    Products that aren't needed are left out.

    Args:
        error: the fraction of the variance of T(y) that curves leave.
    """
    trees = [
        multiply(*(m.tree.substitute({0: Input(i)}) for i, m in zip(names, chosen, strict=True)))
        for chosen in product(*names.values())
    ]
    told = np.flatnonzero(curves.weight.numpy() > 0)
    rows = told[pick_evenly(len(told), ROWS)]
    root = curves.weight.numpy()[rows]
    with np.errstate(all="ignore"):
        columns = np.stack([Program(tree).values(x[rows]) for tree in trees], 1) * root[:, None]
    target = curves.target.numpy()[rows] * root
    if not np.isfinite(columns).all():
        return None
    total = weighted_variance(target / root, root**2) * float(np.mean(root**2))
    coefficients, left = _solve(columns, target)
    order = np.argsort(np.abs(coefficients) * np.linalg.norm(columns, axis=0))
    enough = AS_GOOD * max(left, error * total)
    for dropped in range(len(trees) - 1, -1, -1):
        kept = np.sort(order[dropped:])
        coefficients, left = _solve(columns[:, kept], target)
        if left <= enough:
            break
    pairs = zip(coefficients.tolist(), kept.tolist(), strict=True)
    return add(*(multiply(free(c), trees[k]) for c, k in pairs))


def _solve(columns: Array, target: Array) -> tuple[Array, float]:
    """The least squares solution and its mean square error."""
    scaled, sizes = scale_columns(columns)
    solution = np.linalg.lstsq(scaled, target, rcond=None)[0] / sizes
    return solution, float(np.mean(np.square(columns @ solution - target)))
