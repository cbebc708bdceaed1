"""The search for a formula of a few inputs, from small to large.

First whole forms: sums, products, ratios and multiples of ever more terms, read off linear
problems (:mod:`.search`). What comes nearest is refitted, with its numbers set free. Then the best
are mended part by part (:mod:`.mend`) until one is exact or the budget ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from edgewise.symbolic.budget import Budget
from edgewise.symbolic.expression import (
    ONE,
    ZERO,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    free,
)
from edgewise.symbolic.library import LIBRARY, Library
from edgewise.symbolic.links import LINKS
from edgewise.symbolic.mend import Parts, mendings
from edgewise.symbolic.polish import (
    Data,
    Fit,
    is_settled,
    normal_form,
    shorten,
    soften,
    standard_errors,
)
from edgewise.symbolic.rationals import search_rationals
from edgewise.symbolic.search import (
    Effort,
    Guess,
    distinct,
    search_multiples,
    search_products,
    search_ratios,
    search_sums,
)
from edgewise.symbolic.terms import Terms, enumerate_terms
from edgewise.symbolic.waves import (
    inner_columns,
    joined,
    pair_columns,
    product_terms,
    wave_terms,
)

Array = NDArray[np.float64]

OUTER = frozenset(["x", "sin", "exp", "tanh", "log", "sqrt", "1/x"])
"""Functions that are tried outside of others; a user's own, too."""
MOST_PAIRED = 4
"""Inputs of which pairs get waves, too."""
MOST_NODES = 40
"""Of formulas that are mended."""
SAMPLE = 300
"""Rows that the search looks at; refits of what it finds use more."""


@dataclass(frozen=True)
class Level:
    """How far one round of the search goes.

    Attributes:
        terms, waves, inner: of the dictionary, `inner` the waves around other functions;
            links: so many outer functions.
        effort: for y itself; aside: for y under a link, and multiples.
        multiples: so many factors m of y = m Σ …; improved: fits of each size that are refined,
        and `each` of every kind.
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


LEVELS = (
    Level(400, 0, 13, Effort(3, 16, 300, 4, 120, 40), Effort(3, 12, 150, 3), 0, 4),
    Level(1000, 800, 13, Effort(4, 24, 800, 12, 200, 50), Effort(3, 16, 300, 12), 4, 8, 3, 3000),
    Level(3000, 3000, 13, Effort(4, 48, 2000, 12, 200, 60), Effort(4, 24, 600, 6), 12, 12, 3, 3000),
    Level(9000, 4000, 13, Effort(5, 64, 3000, 16), Effort(4, 32, 1000, 8), 24, 16, 4, 3000),
)


def sample_rows(data: Data, most: int, seed: int) -> Data:
    """At most so many of the rows."""
    if len(data.y) <= most:
        return data
    keep = np.sort(np.random.default_rng([seed, 7]).permutation(len(data.y))[:most])
    weight = None if data.weight is None else data.weight[keep] / data.weight[keep].mean()
    return Data(data.x[keep], data.y[keep], weight, data.floor)


def explore(
    data: Data,
    library: Library,
    budget: Budget,
    *,
    reach: float = 16.0,
    seed: int = 0,
    levels: Sequence[Level] = LEVELS,
    rounds: int = 40,
) -> Iterator[Fit]:
    """Formulas of the rows, refitted; better ones follow as they are found.

    Ends when one is exact, after so many rounds of mending, or with the budget.
    """
    sample = sample_rows(data, SAMPLE, seed)
    pool = Pool()
    for tree in rationals_under_links(sample, library):
        fit = shorten(data.fit(tree), data, rounds=6)
        budget.spend(50)
        if pool.offer(fit):
            yield fit
            if is_settled(fit, data.floor):
                return
    terms = None
    for number, level in enumerate(levels):
        if budget.over:
            return
        terms = level_terms(sample, library, reach, level)
        searches = (
            _from_level(sample, terms, library, level, budget),
            mend_all(
                sample,
                terms,
                pool,
                budget,
                rounds=rounds if number == len(levels) - 1 else min(2 * number, rounds),
            ),
        )
        for fit in chain.from_iterable(searches):
            if pool.offer(fit):
                final = data.fit(fit.tree) if sample is not data else fit
                yield final
                if is_settled(final, data.floor):
                    return


def rationals_under_links(data: Data, library: Library) -> Iterator[Expression]:
    """f(P(x) / Q(x)), exact on the rows."""
    for link in LINKS:
        if link.fits(data.y, library):
            with np.errstate(all="ignore"):
                inverse = link.inverse(data.y)
            if np.isfinite(inverse).all():
                for tree in search_rationals(replace(Data.of(data.x, inverse), weight=None)):
                    yield link.tree(tree, library)


class Pool:
    """The best few formulas of every length."""

    def __init__(self, width: float = 8.0, each: int = 3) -> None:
        self.width, self.each = width, each
        self.bins: dict[int, list[Fit]] = {}
        self.known: set[str] = set()

    def offer(self, fit: Fit) -> bool:
        """Take a formula in; whether none that is shorter fits as well."""
        if fit.tree.key in self.known or not np.isfinite(fit.fvu):
            return False
        self.known.add(fit.tree.key)
        at = int(fit.bits // self.width)
        mine = self.bins.setdefault(at, [])
        mine.append(fit)
        mine.sort(key=lambda f: f.fvu)
        del mine[self.each :]
        shorter = (b[0].fvu for n, b in self.bins.items() if n <= at and b)
        return mine[0] is fit and fit.fvu <= min(shorter)

    def parents(self, tried: set[str]) -> list[Fit]:
        """Those to be mended next: of each length those that no shorter one equals."""
        found, least = [], np.inf
        for at in sorted(self.bins):
            for fit in self.bins[at]:
                if fit.fvu < least and fit.tree.key not in tried:
                    found.append(fit)
            least = min(least, 3 * self.bins[at][0].fvu)
        return found


def level_terms(data: Data, library: Library, reach: float, level: Level) -> Terms:
    """What the level is made of."""
    x = data.x
    terms = enumerate_terms(x, library, most=level.terms)
    terms = joined(terms, product_terms(x, library, most=level.terms))
    if level.waves:
        inputs: list[Expression] = [Input(i) for i in range(x.shape[1])]
        if 1 < len(inputs) <= MOST_PAIRED:
            columns, trees = pair_columns(x)
            x, inputs = np.concatenate([x, columns], 1), inputs + trees
        alone = data.x.shape[1] == 1
        most = max(level.waves, 3000) if alone else level.waves
        waves = wave_terms(x, library, reach, inputs=inputs, rich=alone, most=most)
        terms = joined(terms, waves)
    if level.inner:
        columns, trees = inner_columns(data.x, library, 12 if data.x.shape[1] == 1 else 5)
        if trees:
            outer = Library(f for n, f in library.items() if n in OUTER or n not in LIBRARY)
            waves = wave_terms(columns, outer, reach, inputs=trees, rich=False, most=level.inner)
            terms = joined(terms, waves)
    return terms


def _from_level(
    data: Data, terms: Terms, library: Library, level: Level, budget: Budget
) -> Iterator[Fit]:
    """The best of the whole forms of each size, refined, the small ones first."""
    sizes: dict[int, dict[str, dict[str, Fit]]] = {}
    for guess in _guesses(data, terms, library, level):
        fit = data.judge(guess.tree)
        budget.spend(1)
        if fit.fvu <= 1e-12:
            fit = data.fit(fit.tree, steps=6)
            if is_settled(fit, data.floor):
                yield shorten(fit, data, rounds=4)
                return
        if fit.fvu < 1.0:
            sources = sizes.setdefault(guess.size, {})
            sources.setdefault(guess.source, {})[guess.tree.key] = fit
        if budget.over:
            return
    for size in sorted(sizes):
        for fit in _most_promising(sizes[size], level, size):
            yield from refined(fit.tree, data, budget)
            if budget.over:
                return


def _most_promising(sources: dict[str, dict[str, Fit]], level: Level, size: int) -> list[Fit]:
    """The shortest of all, of each source a few, and of each source one for every function.

    Single terms are cheap to refine, and a refit may improve them out of all order.
    """
    ranked = {name: sorted(fits.values(), key=lambda f: f.length) for name, fits in sources.items()}
    some: list[Fit] = []
    for name, fits in ranked.items():
        few = level.each * (12 if size == 1 and name == "sum under x" else 1)
        some += fits[:few]
        if level.each:
            some += {last_function(f.tree): f for f in reversed(fits)}.values()
    whole = sorted((f for fits in ranked.values() for f in fits), key=lambda f: f.length)
    chosen = {f.tree.key: f for f in (*whole[: level.improved], *some)}
    return sorted(chosen.values(), key=lambda f: f.length)


def last_function(tree: Expression) -> str:
    """The functions nearest to the root, but for an outer one."""
    inner = tree.parts[0] if isinstance(tree, (Apply, Power)) else tree
    for node in inner.walk():
        if isinstance(node, Apply):
            return node.function.name
    return "".join(sorted({type(n).__name__ for n in inner.parts}))


def _guesses(data: Data, terms: Terms, library: Library, level: Level) -> Iterator[Guess]:
    y, aside, weight = data.y, level.aside, data.weight
    whole = range(data.x.shape[1])
    links = LINKS[: level.links]
    yield from search_sums(terms, y, library, level.effort, links=links[:1], weight=weight)
    yield from chain(
        search_products(
            terms, y, library, level.effort, links=links[:1], weight=weight, whole=whole
        ),
        search_sums(terms, y, library, aside, links=links[1:], weight=weight),
        search_ratios(terms, y, library, level.effort, links=links[:1], weight=weight),
        search_products(terms, y, library, aside, links=links[1:4], weight=weight, whole=whole),
        search_ratios(terms, y, library, aside, links=links[1:], weight=weight),
    )
    if level.multiples:
        factors = cheapest(terms, 4 * level.multiples)
        yield from search_multiples(terms, y, replace(aside, most=1), factors, weight=weight)
        yield from search_multiples(terms, y, aside, factors[: level.multiples], weight=weight)


def cheapest(terms: Terms, most: int) -> list[int]:
    """The cheapest terms that are 0 at no row."""
    good = np.flatnonzero((terms.values != 0).all(1))
    small = good[np.argsort(terms.costs[good], kind="stable")]
    return [int(k) for k in small[:most]]


def refined(tree: Expression, data: Data, budget: Budget) -> Iterator[Fit]:
    """The tree refitted as it is, and with every number set free and the needless dropped.

    Only where the first few steps gain much are there more.
    """
    plain = data.fit(tree, steps=10)
    budget.spend(15)
    if not np.isfinite(plain.fvu):
        return
    if is_settled(plain, data.floor):
        yield shorten(plain, data, rounds=4)
        return
    soft = data.fit(soften(plain.tree), steps=10)
    budget.spend(15)
    if soft.fvu < 0.3 * plain.fvu:
        soft = data.fit(soft.tree, steps=20)
        budget.spend(30)
    elif plain.fvu > 0.5:
        return
    if is_settled(soft, data.floor):
        yield shorten(soft, data)
        return
    yield plain
    bent = bend(plain.tree, data.x)
    if bent is not None:
        fit = data.fit(bent, steps=15)
        budget.spend(20)
        if is_settled(fit, data.floor):
            yield shorten(fit, data)
            return
        if fit.fvu < 0.3 * plain.fvu:
            yield fit
    if soft.fvu < 0.5 * plain.fvu:
        yield tidied(soft, data)


def bend(tree: Expression, x: Array) -> Expression | None:
    """The tree with free exponents of positive inputs; None if it has none."""
    positive = {i for i in tree.inputs if float(x[:, i].min()) > 0}
    powers = [
        n
        for n in tree.walk()
        if isinstance(n, Power) and isinstance(n.base, Input) and n.base.index in positive
    ]
    if not 0 < len(powers) <= 2 or tree.size > 16:
        return None

    def change(node: Expression) -> Expression | None:
        if isinstance(node, Power) and isinstance(node.base, Input):
            exponent = node.exponent
            if node.base.index in positive and isinstance(exponent, Number):
                return Power(node.base, free(exponent.value))
        return None

    return tree.replace(change)


def tidied(fit: Fit, data: Data) -> Fit:
    """The fit without the numbers that may as well be 0 or 1."""
    errors = standard_errors(fit.tree, data, fit.fvu)
    numbers = fit.tree.numbers()
    made: list[Number] = [
        _neutral(n.value, 3 * e) or n if e is not None and n.exact is None else n
        for n, e in zip(numbers, errors, strict=True)
    ]
    if all(a is b for a, b in zip(made, numbers, strict=True)):
        return fit
    short = data.fit(normal_form(fit.tree.with_numbers(made)), steps=8)
    return short if short.length < fit.length else fit


def _neutral(value: float, window: float) -> Number | None:
    if abs(value) <= window:
        return ZERO
    return ONE if abs(value - 1) <= window else None


def mend_all(
    data: Data, terms: Terms, pool: Pool, budget: Budget, *, rounds: int, few: int = 10
) -> Iterator[Fit]:
    """Rounds of mending the best of every length."""
    parts = Parts.of(terms, distinct(terms.values, terms.costs))
    tried: set[str] = set()
    for _ in range(rounds):
        parents = [f for f in pool.parents(tried) if f.tree.size <= MOST_NODES][:few]
        if not parents:
            return
        for parent in parents:
            tried.add(parent.tree.key)
            yield from _mended(parent, data, parts, budget)
            if budget.over:
                return


def _mended(parent: Fit, data: Data, parts: Parts, budget: Budget) -> Iterator[Fit]:
    """A formula's mendings, the most promising refined."""
    quick = []
    for n, tree in enumerate(mendings(parent, data, parts)):
        if n >= 30 or budget.over:
            break
        if tree.size > MOST_NODES + 20:
            continue
        fit = data.fit(tree, steps=4)
        budget.spend(5)
        if is_settled(fit, data.floor):
            yield shorten(fit, data)
            return
        if fit.fvu < parent.fvu:
            quick.append(fit)
    quick.sort(key=lambda f: f.length)
    for fit in quick[:6]:
        yield from refined(fit.tree, data, budget)
