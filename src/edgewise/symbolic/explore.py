"""The search for a formula of a few inputs, from small to large.

First whole forms: sums, products, ratios and multiples of ever more terms, read off linear
problems (:mod:`.search`). What comes nearest is refitted, with its numbers set free. Then the best
are mended part by part (:mod:`.mend`) until one is exact or the budget ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from edgewise.symbolic.budget import Budget
from edgewise.symbolic.expression import ONE, ZERO, Expression
from edgewise.symbolic.library import Library
from edgewise.symbolic.links import LINKS
from edgewise.symbolic.mend import Parts, mendings
from edgewise.symbolic.polish import (
    Data,
    Fit,
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
from edgewise.symbolic.waves import joined, wave_terms

Array = NDArray[np.float64]

MOST_NODES = 40
"""Of formulas that are mended."""
EXACT = 1e-18
"""The unexplained share at which a formula is looked for no further."""
SAMPLE = 300
"""Rows that the search looks at; refits of what it finds use more."""


@dataclass(frozen=True)
class Level:
    """How far one round of the search goes."""

    terms: int
    waves: int
    effort: Effort
    links: int
    multiples: int
    improved: int


LEVELS = (
    Level(500, 0, Effort(3, 16, 300, 3), 6, 0, 4),
    Level(2500, 2500, Effort(4, 32, 1000, 12), 13, 6, 12),
    Level(9000, 4000, Effort(5, 64, 3000, 16), 13, 24, 16),
)


def sample_rows(data: Data, most: int, seed: int) -> Data:
    """At most so many of the rows."""
    if len(data.y) <= most:
        return data
    keep = np.sort(np.random.default_rng([seed, 7]).permutation(len(data.y))[:most])
    weight = None if data.weight is None else data.weight[keep] / data.weight[keep].mean()
    return Data(data.x[keep], data.y[keep], weight)


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
    for tree in search_rationals(sample):
        fit = shorten(data.fit(tree), data, rounds=6)
        budget.spend(50)
        if pool.offer(fit):
            yield fit
            if fit.fvu <= EXACT:
                return
    terms = None
    for number, level in enumerate(levels):
        if budget.over:
            return
        terms = level_terms(sample, library, reach, level)
        searches = (
            _from_level(sample, terms, library, level, budget),
            mend_all(sample, terms, pool, budget, rounds=rounds if number else 0),
        )
        for fit in chain.from_iterable(searches):
            if pool.offer(fit):
                final = data.fit(fit.tree) if sample is not data else fit
                yield final
                if final.fvu <= EXACT:
                    return


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
    terms = enumerate_terms(data.x, library, most=level.terms)
    if level.waves:
        each = level.waves // data.x.shape[1]
        waves = wave_terms(data.x, library, reach, rich=data.x.shape[1] == 1, most=level.waves)
        if len(waves) > level.waves or each < 200:
            waves = wave_terms(data.x[:, :0], library, reach)
        terms = joined(terms, waves) if len(waves) else terms
    return terms


def _from_level(
    data: Data, terms: Terms, library: Library, level: Level, budget: Budget
) -> Iterator[Fit]:
    """The best of the whole forms of each size, refined, the small ones first."""
    sizes: dict[int, dict[str, Fit]] = {}
    for guess in _guesses(data, terms, library, level):
        fit = data.judge(guess.tree)
        budget.spend(1)
        if fit.fvu <= 1e-12:
            fit = data.fit(fit.tree, steps=6)
            if fit.fvu <= EXACT:
                yield shorten(fit, data, rounds=4)
                return
        if fit.fvu < 1.0:
            sizes.setdefault(guess.size, {})[guess.tree.key] = fit
        if budget.over:
            return
    for size in sorted(sizes):
        for fit in sorted(sizes[size].values(), key=lambda f: f.length)[: level.improved]:
            yield from refined(fit.tree, data, budget)
            if budget.over:
                return


def _guesses(data: Data, terms: Terms, library: Library, level: Level) -> Iterator[Guess]:
    y, effort, weight = data.y, level.effort, data.weight
    whole = range(data.x.shape[1])
    links = LINKS[: level.links]
    yield from search_sums(terms, y, library, effort, links=links[:1], weight=weight)
    products = LINKS[:1] if level.links < 10 else LINKS[:4]
    yield from chain(
        search_products(
            terms, y, library, effort, links=products, weight=weight, whole=whole
        ),
        search_sums(terms, y, library, effort, links=links[1:], weight=weight),
        search_ratios(terms, y, effort, weight=weight),
    )
    if level.multiples:
        factors = best_factors(terms, level.multiples)
        yield from search_multiples(terms, y, effort, factors, weight=weight)


def best_factors(terms: Terms, most: int) -> list[int]:
    """The cheapest terms that never come near to 0."""
    size = np.abs(terms.values)
    good = np.flatnonzero(size.min(1) > 1e-3 * np.median(size, 1))
    small = good[np.argsort(terms.costs[good], kind="stable")]
    return [int(k) for k in small[:most]]


def refined(tree: Expression, data: Data, budget: Budget, steps: int = 15) -> Iterator[Fit]:
    """The tree refitted as it is, and with every number set free and the needless dropped."""
    plain = data.fit(tree, steps=steps)
    budget.spend(steps)
    if not np.isfinite(plain.fvu):
        return
    yield shorten(plain, data, rounds=4) if plain.fvu <= EXACT else plain
    if plain.fvu <= EXACT:
        return
    soft = data.fit(soften(plain.tree), steps=steps)
    budget.spend(2 * steps)
    if soft.fvu <= EXACT:
        yield shorten(soft, data)
    elif soft.fvu < 0.5 * plain.fvu:
        yield tidied(soft, data)


def tidied(fit: Fit, data: Data) -> Fit:
    """The fit without the numbers that may as well be 0 or 1."""
    errors = standard_errors(fit.tree, data, fit.fvu)
    numbers = fit.tree.numbers()
    made = [
        _neutral(n.value, 3 * e) or n if e is not None and n.exact is None else n
        for n, e in zip(numbers, errors, strict=True)
    ]
    if all(a is b for a, b in zip(made, numbers, strict=True)):
        return fit
    short = data.fit(normal_form(fit.tree.with_numbers(made)), steps=8)
    return short if short.length < fit.length else fit


def _neutral(value: float, window: float) -> Expression | None:
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
        if fit.fvu <= EXACT:
            yield shorten(fit, data)
            return
        if fit.fvu < parent.fvu:
            quick.append(fit)
    quick.sort(key=lambda f: f.length)
    for fit in quick[:6]:
        yield from refined(fit.tree, data, budget)
