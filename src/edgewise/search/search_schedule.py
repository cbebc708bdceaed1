"""The rounds (levels) of the search: the terms and the forms that each tries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, Input, Sum
from edgewise.formula.library import LIBRARY, Library
from edgewise.search.angles import angle_terms
from edgewise.search.composite_search import Leaves, search_by_projection
from edgewise.search.left_sides import (
    identity_side,
    left_sides,
    search_left_sides,
    search_spans,
)
from edgewise.search.links import LINKS
from edgewise.search.parametric_terms import (
    inner_columns,
    join_terms,
    pair_columns,
    product_terms,
    scaled_terms,
)
from edgewise.search.search import (
    Effort,
    Guess,
    search_multiples,
    search_products,
    search_ratios,
    search_sums,
)
from edgewise.search.terms import Terms, enumerate_terms, pick_distinct

OUTER = frozenset(["x", "sin", "exp", "tanh", "log", "sqrt", "1/x"])
"""Outer functions f of f(a g(x) + b), in addition to a user's own functions."""
MOST_PAIRED = 4
"""With at most this many inputs, u v, u / v, u + v and u - v of all pairs are arguments, too."""
PROJECTED_ALONE, PROJECTED_SEVERAL = (24, 16), (14, 6)
"""Numbers of inner functions g and outer factors m for variable projection, (g, m), for one input
and for several."""
PROJECTED_COMPOSED, PROJECTED_PAIRED = 100, 10
"""Number of compositions that are tried as g in f(a g + b) alone, and the number of functions of
which pairs are tried."""
UNDIVIDED = 400
"""Number of left sides without a division that are enumerated in addition, to a greater depth."""
SIDE_PRICE, UNFOLDED_KEPT = 4, 3
"""Evaluations that a guess for a left side costs, and guesses that are kept for each left side."""
BELOW = 12
"""Number of terms that are tried as the first one of a denominator without a constant."""


@dataclass(frozen=True)
class Level:
    """The size of one round of the search.

    Attributes:
        terms: number of enumerated expressions in the dictionary.
        scaled: number of terms f(a x + b) in the dictionary.
        links: number of outer functions (:data:`.LINKS`) that are tried.
        effort: effort for y itself.
        aside: effort for y under a link, and for multiples.
        multiples: number of factors m of y = m Σ … that are tried.
        improved: number of guesses of each size that are refined.
        each: number of guesses of each kind that are refined.
        inner: number of terms f(a g(x) + b) in the dictionary.
        projected: number of links under which c m f(a g + b) + e s + d is fitted by variable
            projection.
        sides: number of left sides that are enumerated.
        right: number of terms for their right sides.
        unfolded: number of left sides to which c f(a g + b) + d is fitted by variable projection.
        price: evaluations that a guess costs, from the average time of finding one.
    """

    terms: int
    scaled: int
    links: int
    effort: Effort
    aside: Effort
    multiples: int
    improved: int
    each: int = 1
    inner: int = 0
    projected: int = 0
    sides: int = 0
    right: int = 0
    unfolded: int = 0
    price: int = 1


LEVELS = (
    Level(
        terms=400,
        scaled=0,
        links=len(LINKS),
        effort=Effort(4, 16, 300, 6, 120, 40),
        aside=Effort(3, 12, 150, 3),
        multiples=0,
        improved=8,
        each=3,
        sides=250,
        right=450,
        price=4,
    ),
    Level(
        terms=1000,
        scaled=800,
        links=len(LINKS),
        effort=Effort(4, 24, 800, 12, 200, 50),
        aside=Effort(3, 16, 300, 12),
        multiples=4,
        improved=8,
        each=3,
        inner=3000,
        projected=1,
        sides=900,
        right=500,
        unfolded=16,
        price=15,
    ),
    Level(
        terms=3000,
        scaled=3000,
        links=len(LINKS),
        effort=Effort(4, 48, 2000, 12, 200, 60),
        aside=Effort(4, 24, 600, 6),
        multiples=12,
        improved=12,
        each=3,
        inner=3000,
        projected=5,
        sides=2000,
        right=700,
        unfolded=80,
        price=40,
    ),
    Level(
        terms=9000,
        scaled=4000,
        links=len(LINKS),
        effort=Effort(5, 64, 3000, 16),
        aside=Effort(4, 32, 1000, 8),
        multiples=24,
        improved=16,
        each=4,
        inner=3000,
        price=120,
    ),
)
"""The rounds of the search, from quick to thorough; sizes were chosen on random formulas."""
SHORT = Level(
    terms=400,
    scaled=0,
    links=2,
    effort=Effort(2, 16, 150, 8),
    aside=Effort(2, 16, 150, 2),
    multiples=0,
    improved=4,
)
"""Sums of two terms, of y and of log y, products and ratios: all short formulas, in .4 s."""


def level_terms(data: Data, library: Library, reach: float, level: Level) -> Terms:
    """The dictionary of a level: enumerated expressions, scaled terms and angles."""
    x = data.x
    terms = enumerate_terms(x, library, most=level.terms)
    terms = join_terms(terms, product_terms(x, library, most=level.terms))
    if 1 < x.shape[1] <= MOST_PAIRED:
        terms = join_terms(terms, angle_terms(x, library))
    if level.scaled:
        inputs: list[Expression] = [Input(i) for i in range(x.shape[1])]
        if 1 < len(inputs) <= MOST_PAIRED:
            columns, trees = pair_columns(x)
            x, inputs = np.concatenate([x, columns], 1), inputs + trees
        alone = data.x.shape[1] == 1
        most = max(level.scaled, 3000) if alone else level.scaled
        terms = join_terms(
            terms, scaled_terms(x, library, reach, inputs=inputs, rich=alone, most=most)
        )
    if level.inner:
        columns, trees = inner_columns(data.x, library, 12 if data.x.shape[1] == 1 else 5)
        if trees:
            outer = Library(f for n, f in library.items() if n in OUTER or n not in LIBRARY)
            found = scaled_terms(columns, outer, reach, inputs=trees, rich=False, most=level.inner)
            terms = join_terms(terms, found)
    return terms


def make_guesses(
    data: Data, terms: Terms, library: Library, level: Level, reach: float
) -> Iterator[Guess]:
    """The guesses of a level, the kinds that are right most often first.

    The order is: variable projection, sums of terms under the first link, products, other links and
    ratios, multiples.

    Args:
        reach: the largest |a| of f(a x + b), for x scaled to [-1, 1].
    """
    y, aside, weight = data.y, level.aside, data.weight
    whole = range(data.x.shape[1])
    links = LINKS[: level.links]
    if level.projected:
        yield from guess_by_left_sides(data, library, level, reach)
        inner, around = projection_leaves(data.x, terms, library)
        composed, none = composed_leaves(data.x, library, inner), Leaves(around.values[:0], ())
        fitting = [k for k in links if k.fits(y, library)][: level.projected]
        for number, link in enumerate(fitting):
            search = partial(search_by_projection, y=y, library=library, link=link, reach=reach)
            again = number == 0 and level.projected > 1  # an earlier level tried this link
            if not again:
                yield from search(composed, none, weight=weight)
            yield from search(inner, around, weight=weight, pairs=again)
    quick, slow = replace(level.effort, triples=0, quadruples=0), replace(level.effort, most=0)
    yield from chain(
        search_sums(terms, y, library, quick, links=links[:1], weight=weight),
        search_products(terms, y, library, quick, links=links[:1], weight=weight, whole=whole),
        search_sums(terms, y, library, aside, links=links[1:], weight=weight),
        search_sums(terms, y, library, slow, links=links[:1], weight=weight),
        search_products(terms, y, library, slow, links=links[:1], weight=weight, whole=whole),
        search_ratios(terms, y, library, level.effort, links=links[:1], weight=weight),
        search_products(terms, y, library, aside, links=links[1:4], weight=weight, whole=whole),
        search_ratios(terms, y, library, aside, links=links[1:], weight=weight),
    )
    if level.multiples:
        factors = cheapest(terms, 4 * level.multiples)
        yield from search_multiples(terms, y, replace(aside, most=1), factors, weight=weight)
        yield from search_multiples(terms, y, aside, factors[: level.multiples], weight=weight)
        few, first = replace(aside, most=2, triples=100), below_the_line(terms)
        yield from search_ratios(terms, y, library, few, weight=weight, first=first)
    if not level.projected:  # quick forms first
        yield from guess_by_left_sides(data, library, level, reach)


def guess_by_left_sides(
    data: Data, library: Library, level: Level, reach: float
) -> Iterator[Guess]:
    """Guess each left side as one or two terms, or as c f(a g + b) + d."""
    if not level.sides:
        return
    along = data.x[:, 0] if data.x.shape[1] == 1 else None
    terms = level_terms(data, library, reach, replace(level, terms=level.right, scaled=0, inner=0))
    sides = left_sides(data.y, terms, library, level.sides, x=along)
    work = SIDE_PRICE / level.price
    undone = left_sides(data.y, terms, library, UNDIVIDED, x=along, divide=False)
    yield from search_spans([identity_side(data.y), *undone, *sides], terms, data.x, work=work)
    yield from search_left_sides(sides, terms, most=level.right, work=work, weight=data.weight)
    if level.unfolded:
        inner, none = projection_leaves(data.x, terms, library)[0], Leaves(terms.values[:0], ())
        for side in sides[: level.unfolded]:
            yield from search_by_projection(
                inner, none, y=data.y, library=library, link=side.link(), reach=reach,
                weight=data.weight, keep=UNFOLDED_KEPT,
            )  # fmt: skip


def projection_leaves(x: Array, terms: Terms, library: Library) -> tuple[Leaves, Leaves]:
    """The choices of g, and those of m and s, for variable projection."""
    columns = [x]
    trees: list[Expression] = [Input(i) for i in range(x.shape[1])]
    parts = [inner_columns(x, library, 12 if x.shape[1] == 1 else 3)]
    if 1 < x.shape[1] <= MOST_PAIRED:
        parts.append(pair_columns(x))
    for some, their in parts:
        columns, trees = [*columns, some], [*trees, *their]
    most, most_around = PROJECTED_ALONE if x.shape[1] == 1 else PROJECTED_SEVERAL
    inner = Leaves(np.concatenate(columns, 1).T[:most], trees[:most])
    return inner, cheap_leaves(terms, most_around)


def composed_leaves(x: Array, library: Library, inner: Leaves) -> Leaves:
    """Choices of g alone: compositions, and for one input pairs of its functions."""
    terms = enumerate_terms(x, library, most=PROJECTED_COMPOSED)
    composed = cheap_leaves(terms, PROJECTED_COMPOSED)
    if x.shape[1] > 1:
        return composed
    columns, trees = pair_columns(inner.values[:PROJECTED_PAIRED].T, inner.trees[:PROJECTED_PAIRED])
    both = np.concatenate([composed.values, columns.T])
    kept = pick_distinct(both, np.arange(len(both)))
    return Leaves(both[kept], [[*composed.trees, *trees][k] for k in kept])


def cheap_leaves(terms: Terms, most: int) -> Leaves:
    """The cheapest terms that differ in more than scale and offset."""
    order = terms.distinct[:most]
    return Leaves(terms.values[order], [terms.tree(int(k)) for k in order])


def below_the_line(terms: Terms) -> list[int]:
    """Cheap terms for a denominator without a constant: independent, no sums, without zeros."""
    simple = [k for k in cheapest(terms, 8 * BELOW) if not isinstance(terms.tree(k), Sum)]
    kept = np.array(simple, dtype=np.int64)
    return [int(kept[k]) for k in pick_distinct(terms.values[kept], terms.costs[kept])][:BELOW]


def cheapest(terms: Terms, most: int) -> list[int]:
    """The cheapest terms that aren't 0 at any row."""
    good = np.flatnonzero((terms.values != 0).all(1))
    small = good[np.argsort(terms.costs[good], kind="stable")]
    return [int(k) for k in small[:most]]
