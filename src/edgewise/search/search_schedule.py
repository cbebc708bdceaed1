"""What each round of the search tries: its terms, and the forms that are made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, Input, Sum
from edgewise.formula.library import LIBRARY, Library
from edgewise.search.angles import angle_terms
from edgewise.search.links import LINKS
from edgewise.search.parametric_terms import (
    inner_columns,
    join_terms,
    pair_columns,
    product_terms,
    wave_terms,
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
from edgewise.search.variable_projection import Leaves, search_bent

Array = NDArray[np.float64]

OUTER = frozenset(["x", "sin", "exp", "tanh", "log", "sqrt", "1/x"])
"""Functions that are tried outside of others; a user's own, too."""
MOST_PAIRED = 4
"""Inputs of which pairs get waves, too."""
BENT_ALONE, BENT_SEVERAL = (24, 16), (14, 6)
"""Functions inside of one with numbers of its own, and around it: of one input, of several."""
BENT_COMPOSED, BENT_PAIRED = 100, 10
"""Compositions inside of one that stands alone, and functions of which pairs are."""
BELOW = 12
"""Terms that stand below the line where no constant does."""


@dataclass(frozen=True)
class Level:
    """How far one round of the search goes.

    Attributes:
        terms, waves, inner: of the dictionary, `inner` the waves around other functions;
            links: so many outer functions.
        effort: for y itself; aside: for y under a link, and multiples.
        multiples: so many factors m of y = m Σ …; improved: fits of each size that are refined,
        and `each` of every kind.
        bent: so many outer functions around one function with two numbers of its own.
        price: evaluations that finding a guess counts as: the time that it takes on average.
    """

    terms: int
    waves: int
    links: int
    effort: Effort
    aside: Effort
    multiples: int
    improved: int
    each: int = 1
    inner: int = 0
    bent: int = 0
    price: int = 1


LEVELS = (
    Level(400, 0, 13, Effort(3, 16, 300, 6, 120, 40), Effort(3, 12, 150, 3), 0, 8, 3, price=4),
    Level(
        *(1000, 800, 13, Effort(4, 24, 800, 12, 200, 50), Effort(3, 16, 300, 12), 4, 8, 3),
        inner=3000,
        bent=1,
        price=15,
    ),
    Level(
        *(3000, 3000, 13, Effort(4, 48, 2000, 12, 200, 60), Effort(4, 24, 600, 6), 12, 12, 3),
        inner=3000,
        bent=5,
        price=40,
    ),
    Level(
        *(9000, 4000, 13, Effort(5, 64, 3000, 16), Effort(4, 32, 1000, 8), 24, 16, 4),
        inner=3000,
        price=120,
    ),
)


def level_terms(data: Data, library: Library, reach: float, level: Level) -> Terms:
    """What the level is made of."""
    x = data.x
    terms = enumerate_terms(x, library, most=level.terms)
    terms = join_terms(terms, product_terms(x, library, most=level.terms))
    if 1 < x.shape[1] <= MOST_PAIRED:
        terms = join_terms(terms, angle_terms(x, library))
    if level.waves:
        inputs: list[Expression] = [Input(i) for i in range(x.shape[1])]
        if 1 < len(inputs) <= MOST_PAIRED:
            columns, trees = pair_columns(x)
            x, inputs = np.concatenate([x, columns], 1), inputs + trees
        alone = data.x.shape[1] == 1
        most = max(level.waves, 3000) if alone else level.waves
        waves = wave_terms(x, library, reach, inputs=inputs, rich=alone, most=most)
        terms = join_terms(terms, waves)
    if level.inner:
        columns, trees = inner_columns(data.x, library, 12 if data.x.shape[1] == 1 else 5)
        if trees:
            outer = Library(f for n, f in library.items() if n in OUTER or n not in LIBRARY)
            waves = wave_terms(columns, outer, reach, inputs=trees, rich=False, most=level.inner)
            terms = join_terms(terms, waves)
    return terms


def make_guesses(
    data: Data, terms: Terms, library: Library, level: Level, reach: float
) -> Iterator[Guess]:
    """The forms that the level makes of the terms, those first that are right most often.

    Bent functions come before sums of terms under the first link, then products, other links and
    ratios, then what is a multiple of something else.

    Args:
        reach: the greatest |a| of f(a x + b) to try, where x is scaled to [-1, 1].
    """
    y, aside, weight = data.y, level.aside, data.weight
    whole = range(data.x.shape[1])
    links = LINKS[: level.links]
    if level.bent:
        inner, around = bent_leaves(data.x, terms, library)
        composed, none = composed_leaves(data.x, library, inner), Leaves(around.values[:0], ())
        fitting = [k for k in links if k.fits(y, library)][: level.bent]
        for number, link in enumerate(fitting):
            search = partial(search_bent, y=y, library=library, link=link, reach=reach)
            again = number == 0 and level.bent > 1  # after a level that tried this link
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


def bent_leaves(x: Array, terms: Terms, library: Library) -> tuple[Leaves, Leaves]:
    """What may be inside of a function with numbers of its own, and what around it."""
    columns = [x]
    trees: list[Expression] = [Input(i) for i in range(x.shape[1])]
    parts = [inner_columns(x, library, 12 if x.shape[1] == 1 else 3)]
    if 1 < x.shape[1] <= MOST_PAIRED:
        parts.append(pair_columns(x))
    for some, their in parts:
        columns, trees = [*columns, some], [*trees, *their]
    most, most_around = BENT_ALONE if x.shape[1] == 1 else BENT_SEVERAL
    inner = Leaves(np.concatenate(columns, 1).T[:most], trees[:most])
    return inner, cheap_leaves(terms, most_around)


def composed_leaves(x: Array, library: Library, inner: Leaves) -> Leaves:
    """Compositions, and of one input sums, products and ratios of two functions of it."""
    terms = enumerate_terms(x, library, most=BENT_COMPOSED)
    composed = cheap_leaves(terms, BENT_COMPOSED)
    if x.shape[1] > 1:
        return composed
    columns, trees = pair_columns(inner.values[:BENT_PAIRED].T, inner.trees[:BENT_PAIRED])
    both = np.concatenate([composed.values, columns.T])
    kept = pick_distinct(both, np.arange(len(both)))
    return Leaves(both[kept], [[*composed.trees, *trees][k] for k in kept])


def cheap_leaves(terms: Terms, most: int) -> Leaves:
    """The cheapest of the terms, no two alike."""
    order = terms.distinct[:most]
    return Leaves(terms.values[order], [terms.tree(int(k)) for k in order])


def below_the_line(terms: Terms) -> list[int]:
    """Cheap terms without zeros that are no sums, so that they don't depend on each other."""
    simple = [k for k in cheapest(terms, 8 * BELOW) if not isinstance(terms.tree(k), Sum)]
    kept = np.array(simple, dtype=np.int64)
    return [int(kept[k]) for k in pick_distinct(terms.values[kept], terms.costs[kept])][:BELOW]


def cheapest(terms: Terms, most: int) -> list[int]:
    """The cheapest terms that are 0 at no row."""
    good = np.flatnonzero((terms.values != 0).all(1))
    small = good[np.argsort(terms.costs[good], kind="stable")]
    return [int(k) for k in small[:most]]
