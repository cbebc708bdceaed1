"""Search for y = f(m·g(S)) by solving for S: the left side g⁻¹(f⁻¹(y) / m) must be a simple S(x).

Left sides are enumerated by cost: outer functions are inverted one after another, with divisions by
terms m in between. For each left side the best one or two terms of the dictionary are found
exactly, by one matrix of scalar products for all. Without noise, sums of many terms are found, too:
a left side in the span of a few dozen monomials and cheap terms then has few nonzero coefficients.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.expression import (
    Expression,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import Library
from edgewise.formula.scaling import scale_columns
from edgewise.search.branches import BRANCHES, follow_branches
from edgewise.search.links import LINKS, Link
from edgewise.search.rationals import monomial_tree, monomials
from edgewise.search.search import (
    Guess,
    add_multiples,
    join_weights,
    solve_terms,
    term_bits,
    weights_of,
)
from edgewise.search.terms import Terms

Restore = Callable[[Expression], Expression]

STEP_COST = 3
"""Cost of inverting a function, in half nodes, the unit of the dictionary's terms."""
MOST_STEPS = 3
"""Most functions that are inverted one after another."""
MOST_FACTORS = 60
"""Most terms that left sides are divided by."""
NEAR = 0.01
"""A function's value this close to the end of its range may continue on another branch."""
SEPARATE = 1e-9
"""Pairs of columns that are closer than this to linearly dependent are skipped."""
SPAN_DEGREES, SPAN_TERMS = {1: 6, 2: 4, 3: 3}, 50
"""Highest degree of the monomials that span right sides, by the number of inputs, and the number of
other terms."""
SPANNED, SPARSE, INDEPENDENT, MOST_SPANNED = 1e-22, 1e-7, 1e-6, 8
"""The largest FVU of a right side; the fraction of the largest coefficient below which coefficients
count as 0; the residual length below which a column depends on earlier ones; and the most terms."""


@dataclass(frozen=True, eq=False)
class LeftSide:
    """A function L(y, x) that should equal a simple S(x).

    Attributes:
        slope: |∂L/∂y|.
        restore: turns S into the formula of y.
        steps: the number of inverted functions.
        divided: whether it was divided by a term.

    Shape:
        values, slope: (rows,)
    """

    values: Array
    slope: Array
    restore: Restore
    cost: int = 0
    steps: int = 0
    divided: bool = False

    def link(self) -> Link:
        """The left side as a link of :mod:`.links` on the same rows."""
        return Link(
            "left side",
            lambda _: self.values,
            lambda _: self.slope,
            -np.inf,
            np.inf,
            lambda tree, library: self.restore(tree),
        )


def _cube(s: Expression, library: Library) -> Expression:
    return power(s, exact(3))


CUBE = Link("x^3", np.cbrt, lambda y: np.abs(y) ** (-2 / 3) / 3, -np.inf, np.inf, _cube)
COSH = Link(
    "cosh",
    lambda y: np.arccosh(y),
    lambda y: 1 / np.sqrt(y * y - 1),
    1.0,
    1e9,
    lambda s, library: apply(library["cosh"], s),
)
UNDONE = (*LINKS[1:], COSH, CUBE)
"""The functions that are inverted."""


def left_sides(
    y: Array,
    terms: Terms,
    library: Library,
    most: int,
    *,
    x: Array | None = None,
    divide: bool = True,
) -> list[LeftSide]:
    """The cheapest left sides, all different up to scale and offset.

    Args:
        x: the input if there is only one; along it, a square root may change its sign.
        divide: whether to divide by terms.
    """
    factors = _factors(terms) if divide else []
    first = identity_side(y)
    order = count()
    waiting = [(0, next(order), first)]
    seen: set[tuple[float, float]] = set()
    found: list[LeftSide] = []
    with np.errstate(all="ignore"):
        while waiting and len(found) < most:
            _, _, side = heapq.heappop(waiting)
            mark = _mark(side.values)
            if mark is None or mark in seen:
                continue
            seen.add(mark)
            if side is not first:
                found.append(side)
            for new in _next(side, factors, terms, library, x):
                heapq.heappush(waiting, (new.cost, next(order), new))
    return found


def identity_side(y: Array) -> LeftSide:
    """y itself as a left side."""
    return LeftSide(y, np.ones_like(y), lambda s: s)


def _factors(terms: Terms) -> list[int]:
    """The cheapest terms to divide by: those without zeros at the rows."""
    distinct = terms.distinct
    usable = distinct[(np.abs(terms.values[distinct]) > 1e-6).all(1)]
    return [int(k) for k in usable[:MOST_FACTORS]]


_PROJECT = np.random.default_rng(3).standard_normal((1000, 2))


def _mark(values: Array) -> tuple[float, float] | None:
    """A fingerprint that doesn't depend on scale and offset; None for unusable values."""
    if not np.isfinite(values).all():
        return None
    centred = values - values.mean()
    length = float(np.sqrt(centred @ centred))
    if not length > 1e-9 * np.abs(values).max() or not 1e-100 < length < 1e100:
        return None
    mark = (centred / length) @ np.resize(_PROJECT, (len(values), 2))
    sign = -1.0 if mark[0] < 0 else 1.0
    return round(sign * float(mark[0]), 7), round(sign * float(mark[1]), 7)


def _next(
    side: LeftSide, factors: Sequence[int], terms: Terms, library: Library, x: Array | None
) -> Iterator[LeftSide]:
    """The left sides that follow by one more step."""
    v = side.values
    if side.steps < MOST_STEPS:
        for link in UNDONE:
            undone = link.undo(v, library)
            if undone is not None:
                yield _undo(side, link, library, *undone, 0)
        if x is not None:
            yield from _follow(side, library, x)
    if not side.divided:
        for k in factors:
            m = terms.values[k]
            yield LeftSide(
                v / m,
                side.slope / np.abs(m),
                _multiplied(side.restore, terms, k),
                side.cost + int(terms.costs[k]),
                side.steps,
                True,
            )


def _undo(
    side: LeftSide, link: Link, library: Library, values: Array, slope: Array, more: int
) -> LeftSide:
    nested = 1 if side.steps else 0
    return LeftSide(
        values,
        side.slope * slope,
        lambda s: side.restore(link.tree(s, library)),
        side.cost + STEP_COST + nested + more,
        side.steps + 1,
        side.divided,
    )


def _multiplied(restore: Restore, terms: Terms, k: int) -> Restore:
    return lambda s: restore(multiply(terms.tree(k), s))


# Other branches.


def _follow(side: LeftSide, library: Library, x: Array) -> Iterator[LeftSide]:
    """Other branches: √ with a sign change where its argument touches 0, and unwrapped sines."""
    v = side.values
    by_name = {link.function: link for link in UNDONE}
    order = np.argsort(x, kind="stable")
    back = np.argsort(order, kind="stable")
    for name, branches in BRANCHES.items():
        link = by_name[name]
        size = float(np.abs(v).max())
        touches = 0 <= v.min() < NEAR * size if name == "x^2" else 1 - NEAR < size <= 1 + 1e-9
        if name not in library or not touches:
            continue
        principal = link.inverse(np.clip(v, -1, 1) if name != "x^2" else v)
        if not np.isfinite(principal).all():
            continue
        followed = follow_branches(x[order], principal[order], branches)[back]
        slope = np.minimum(np.nan_to_num(link.slope(v), nan=1e6, posinf=1e6), 1e6)
        if np.isfinite(followed).all():
            yield _undo(side, link, library, followed, slope, 1)


# Right sides.


def search_left_sides(
    sides: Sequence[LeftSide],
    terms: Terms,
    *,
    most: int,
    work: float,
    weight: Array | None,
) -> Iterator[Guess]:
    """The best term, and the best two terms, for each left side.

    Args:
        work: the work of each guess, see :class:`.Guess`.
    """
    keep = terms.distinct[:most]
    if not len(keep):
        return
    values, bits = terms.values[keep], term_bits(terms.costs[keep])
    centred = values - values.mean(1, keepdims=True)
    unit = centred / np.sqrt(np.einsum("ij,ij->i", centred, centred))[:, None]
    gram = unit @ unit.T
    free = 1 - gram * gram
    free[free < SEPARATE] = np.inf
    rows = values.shape[1]
    # Length = bits + rows/2 · log2(residual), so terms are ordered by residual · 2^(2 bits / rows).
    # A pair (i, j) has the residual 1 - (c_i² + c_j² - 2 c_i c_j g_ij) / (1 - g_ij²).
    price = np.exp2(2 / rows * (bits - bits.min()))
    prices = price[:, None] * price
    squares, products = prices / free, 2 * prices * gram / free
    for side in sides:
        target = side.values - side.values.mean()
        c = unit @ (target / np.sqrt(target @ target))
        square = c * c
        single = int(np.argmin((1 - square) * price))
        cost = np.outer(c, c)
        cost *= products
        cost -= (square[:, None] + square) * squares
        cost += prices
        pair = divmod(int(cost.argmin()), len(c))
        left = float(cost[pair] / prices[pair])
        for chosen, fvu in (((single,), 1 - float(square[single])), (pair, left)):
            if fvu < 0.9:  # a term beside itself explains nothing more: 1
                tree = _restore_sum(side, terms, keep, chosen, weight)
                yield Guess(tree, max(fvu, 0.0), len(chosen), "left side", work)


def search_spans(
    sides: Sequence[LeftSide], terms: Terms, x: Array, *, work: float
) -> Iterator[Guess]:
    """Find left sides that are sums of up to eight monomials and cheap terms.

    It works only without noise: then least squares in all columns at once has no residual and few
    nonzero coefficients.

    Args:
        work: the work of each guess, see :class:`.Guess`.

    Shape:
        x: (rows, in)
    """
    columns, trees = _span(terms, x)
    scaled = scale_columns(columns)[0]
    kept = np.abs(np.diag(np.linalg.qr(scaled, mode="r"))) > INDEPENDENT
    columns, scaled = columns[:, kept], scaled[:, kept]
    trees = [tree for tree, keep in zip(trees, kept, strict=True) if keep]
    q, r = np.linalg.qr(scaled)
    for side in sides:
        target = side.values / np.abs(side.values).max()
        along = q.T @ target
        rest = target - q @ along
        centred = target - target.mean()
        fvu = float(rest @ rest) / float(centred @ centred)
        if not fvu < SPANNED:
            continue
        c = np.linalg.solve(r, along)
        chosen = np.flatnonzero(np.abs(c) > SPARSE * np.abs(c).max())
        if len(chosen) > MOST_SPANNED:
            continue
        c = np.linalg.lstsq(columns[:, chosen], side.values, rcond=None)[0]
        total = add(*(multiply(free(v), trees[k]) for v, k in zip(c, chosen, strict=True)))
        yield Guess(side.restore(total), fvu, len(chosen), "sum under a left side", work)


def _span(terms: Terms, x: Array) -> tuple[Array, list[Expression]]:
    """Monomials up to a degree, and the cheapest other terms.

    For one input there are fewer terms, because smooth functions are nearly sums of others.
    """
    inputs = x.shape[1]
    exponents = monomials(inputs, SPAN_DEGREES.get(inputs, 2))
    columns = [np.prod(x**e, axis=1) for e in exponents]
    trees = [monomial_tree(e) for e in exponents]
    for k in terms.distinct[: SPAN_TERMS if inputs > 1 else 0]:
        columns.append(terms.values[k])
        trees.append(terms.tree(int(k)))
    most = len(x) // 4
    return np.stack(columns[:most], 1), trees[:most]


def _restore_sum(
    side: LeftSide,
    terms: Terms,
    keep: NDArray[np.int64],
    chosen: Sequence[int],
    weight: Array | None,
) -> Expression:
    """The formula of y, with least squares coefficients."""
    columns = [terms.values[keep[k]] for k in chosen]
    w = join_weights(weights_of(side.slope), weight)
    solution = solve_terms(columns, side.values, w)
    return side.restore(add_multiples([terms.tree(int(keep[k])) for k in chosen], solution))
