"""Search rows for a formula: guess whole forms, refit the nearest, repair the best in parts.

First come whole forms: sums, products, ratios and multiples of more and more terms, found by linear
problems (:mod:`.search`). The nearest are refitted, with their numbers set free. Then the best are
repaired part by part (:mod:`.subtree_repair`) until one is exact or the budget ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    MINUS_ONE,
    ONE,
    ZERO,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    free,
    multiply,
)
from edgewise.formula.folding import normal_form
from edgewise.formula.library import Library
from edgewise.formula.numbers import standard_errors
from edgewise.search.angles import search_angles
from edgewise.search.budget import Budget
from edgewise.search.links import LINKS
from edgewise.search.polish import drop_parts, soften
from edgewise.search.rationals import fit_rationals, search_rationals
from edgewise.search.search_schedule import LEVELS, Level, level_terms, make_guesses
from edgewise.search.subtree_repair import Parts, repairs
from edgewise.search.terms import Terms

MOST_NODES, PARENTS = 40, 10
"""Largest formula, in nodes, that is repaired, and most formulas in one round of repairs."""
POOR = 0.5
"""The FVU above which a fit isn't refined further."""
TIDY = 0.1
"""The FVU below which numbers that noise doesn't distinguish from 0 or 1 are replaced by these."""
SAMPLE = 300
"""Rows on which forms are searched; refits use more."""


def sample_rows(data: Data, most: int, seed: int) -> Data:
    """A random subsample of at most `most` rows."""
    if len(data.y) <= most:
        return data
    some = data.take(np.sort(np.random.default_rng([seed, 7]).permutation(len(data.y))[:most]))
    return some if some.weight is None else replace(some, weight=some.weight / some.weight.mean())


def shuffle_rows(data: Data, generator: np.random.Generator) -> Data:
    """The rows in random order."""
    return data.take(generator.permutation(len(data.y)))


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
    """Yield refitted formulas of the rows, better ones as they are found.

    Ends when one is exact, after a number of rounds of repairs, or when the budget is spent. Outer
    functions such as exp and the square root need positive y, so a negative y is mirrored first.
    """
    if float(data.y.max()) < 0:
        mirrored = replace(data, y=-data.y)
        found = explore(
            mirrored, library, budget, reach=reach, seed=seed, levels=levels, rounds=rounds
        )
        for fit in found:
            yield data.measure(multiply(MINUS_ONE, fit.tree))
        return
    sample = sample_rows(data, SAMPLE, seed)
    pool = Pool()
    for tree in chain(rationals_under_links(sample, library), search_angles(sample, library)):
        fit = drop_parts(data.fit(tree), data, rounds=6)
        budget.spend(50)
        if pool.offer(fit):
            yield fit
            if data.is_exact(fit):
                return
    for tree in fit_rationals(sample):
        fit = drop_parts(sample.fit(tree), sample, rounds=6)
        budget.spend(50)
        if pool.offer(fit):
            yield data.fit(fit.tree)
    for number, level in enumerate(levels):
        if budget.over:
            return
        terms = level_terms(sample, library, reach, level)
        searches = (
            _from_level(sample, terms, library, level, reach, budget),
            repair_all(
                sample,
                terms,
                pool,
                budget,
                rounds=rounds if number == len(levels) - 1 else min(2 * number, rounds),
            ),
        )
        for fit in chain.from_iterable(searches):
            if pool.offer(fit) or fit.fvu > POOR:
                final = data.fit(fit.tree) if sample is not data else fit
                yield final
                if data.is_exact(final):
                    return


def rationals_under_links(data: Data, library: Library) -> Iterator[Expression]:
    """Formulas f(P(x) / Q(x)) of polynomials that are exact on the rows."""
    for link in LINKS:
        undone = link.undo(data.y, library)
        if undone is not None:
            told = np.isfinite(undone[1])
            for tree in search_rationals(Data.of(data.x[told], undone[0][told])):
                yield link.tree(tree, library)


BIN_BITS, IN_A_BIN = 8.0, 3
"""Formulas are grouped into bins of 8 bits of length, and the best 3 of each bin are kept."""
NEAR_BITS = 6.0
"""A description at most this many bits longer than the shortest one is a rival."""


class Pool:
    """The best few formulas of each length."""

    def __init__(self) -> None:
        self.bins: dict[int, list[Fit]] = {}
        self.known: set[str] = set()
        self.least = np.inf

    def offer(self, fit: Fit) -> bool:
        """Add a formula.

        Returns:
            Whether it fits better than all shorter ones, or describes the rows in nearly as few
            bits as the best. The caller chooses among such rivals.
        """
        if fit.tree.key in self.known or not np.isfinite(fit.fvu):
            return False
        self.known.add(fit.tree.key)
        at = int(fit.bits // BIN_BITS)
        mine = self.bins.setdefault(at, [])
        mine.append(fit)
        mine.sort(key=lambda f: f.fvu)
        del mine[IN_A_BIN:]
        shorter = (b[0].fvu for n, b in self.bins.items() if n <= at)
        self.least = min(self.least, fit.length)
        is_near = fit.length <= self.least + NEAR_BITS
        return (mine[0] is fit and fit.fvu <= min(shorter)) or is_near

    def parents(self, tried: set[str]) -> list[Fit]:
        """The fits to repair next: those that fit better than all shorter ones."""
        found, least = [], np.inf
        for at in sorted(self.bins):
            for fit in self.bins[at]:
                if fit.fvu < least and fit.tree.key not in tried:
                    found.append(fit)
            least = min(least, 3 * self.bins[at][0].fvu)
        return found


def _from_level(
    data: Data, terms: Terms, library: Library, level: Level, reach: float, budget: Budget
) -> Iterator[Fit]:
    """The best guesses of a level, refitted, those of the smallest size first."""
    sizes: dict[int, dict[str, dict[str, Fit]]] = {}
    for guess in make_guesses(data, terms, library, level, reach):
        fit = data.measure(guess.tree)
        budget.spend(round(1 + level.price * guess.work))
        if fit.fvu <= 1e-12:
            fit = data.fit(fit.tree, steps=6)
            if data.is_exact(fit):
                yield drop_parts(fit, data, rounds=4)
                return
        if fit.fvu < 1.0:
            sources = sizes.setdefault(guess.size, {})
            sources.setdefault(guess.source, {})[guess.tree.key] = fit
        if budget.over:
            return
    for size in sorted(sizes):
        promising = _most_promising(sizes[size], level, size)
        yield promising[0]  # Even if it is poor, so that the caller gets control regularly.
        for fit in promising:
            yield from refit_variants(fit.tree, data, budget)
            if budget.over:
                return


def _most_promising(sources: dict[str, dict[str, Fit]], level: Level, size: int) -> list[Fit]:
    """Guesses to refine: the shortest, a few of each source, and one for every outer function.

    Single terms are cheap to refine, and a refit may change their order completely.
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
    """The functions nearest to the root of the tree, below an outer one."""
    inner = tree.parts[0] if isinstance(tree, (Apply, Power)) else tree
    for node in inner.walk():
        if isinstance(node, Apply):
            return node.function.name
    return "".join(sorted({type(n).__name__ for n in inner.parts}))


def refit_variants(tree: Expression, data: Data, budget: Budget) -> Iterator[Fit]:
    """The tree refitted as it is, and with all numbers set free and redundant parts dropped.

    After a few steps the fit goes on only if they gained much.
    """
    plain = data.fit(tree, steps=10)
    budget.spend(15)
    if not np.isfinite(plain.fvu):
        return
    if data.is_exact(plain):
        yield drop_parts(plain, data, rounds=4)
        return
    soft = data.fit(soften(plain.tree), steps=10)
    budget.spend(15)
    if soft.fvu < 0.3 * plain.fvu:
        soft = data.fit(soft.tree, steps=20)
        budget.spend(30)
    elif plain.fvu > POOR:
        return
    if data.is_exact(soft):
        yield drop_parts(soft, data)
        return
    yield plain
    if plain.fvu < TIDY:
        short = tidy(plain, data)
        if short is not plain:
            yield short
    curved = free_exponents(plain.tree, data.x)
    if curved is not None:
        fit = data.fit(curved, steps=15)
        budget.spend(20)
        if data.is_exact(fit):
            yield drop_parts(fit, data)
            return
        if fit.fvu < 0.3 * plain.fvu:
            yield fit
    if soft.fvu < 0.5 * plain.fvu:
        yield tidy(soft, data)


def free_exponents(tree: Expression, x: Array) -> Expression | None:
    """The tree with free exponents of positive inputs; None if it has none or is long."""

    def change(node: Expression) -> Expression | None:
        match node:
            case Power(Input(index) as base, Number(value)) if float(x[:, index].min()) > 0:
                return Power(base, free(value))
        return None

    powers = sum(change(node) is not None for node in tree.walk())
    return tree.replace(change) if 0 < powers <= 2 and tree.size <= 16 else None


def tidy(fit: Fit, data: Data) -> Fit:
    """The fit with numbers replaced by 0 or 1 where the data can't distinguish them."""
    errors = standard_errors(fit.tree, data, fit.fvu)
    numbers = fit.tree.numbers()
    made: list[Number] = [
        _find_neutral(n.value, 3 * e) or n if e is not None else n
        for n, e in zip(numbers, errors, strict=True)
    ]
    if all(a is b for a, b in zip(made, numbers, strict=True)):
        return fit
    short = data.fit(normal_form(fit.tree.with_numbers(made)), steps=8)
    return short if short.length < fit.length else fit


def _find_neutral(value: float, window: float) -> Number | None:
    if abs(value) <= window:
        return ZERO
    return ONE if abs(value - 1) <= window else None


def repair_all(
    data: Data, terms: Terms, pool: Pool, budget: Budget, *, rounds: int
) -> Iterator[Fit]:
    """Repair the best formulas of each length, round by round."""
    parts = Parts.of(terms, terms.distinct)
    tried: set[str] = set()
    for _ in range(rounds):
        parents = [f for f in pool.parents(tried) if f.tree.size <= MOST_NODES][:PARENTS]
        if not parents:
            return
        for parent in parents:
            tried.add(parent.tree.key)
            yield from _repair(parent, data, parts, budget)
            if budget.over:
                return


def _repair(parent: Fit, data: Data, parts: Parts, budget: Budget) -> Iterator[Fit]:
    """The repairs of one formula, the most promising of them refined."""
    quick = []
    for n, tree in enumerate(repairs(parent, data, parts)):
        if n >= 30 or budget.over:
            break
        if tree.size > MOST_NODES + 20:
            continue
        fit = data.fit(tree, steps=4)
        budget.spend(10)
        if data.is_exact(fit):
            yield drop_parts(fit, data)
            return
        if fit.fvu < parent.fvu:
            quick.append(fit)
    quick.sort(key=lambda f: f.length)
    for fit in quick[:6]:
        yield from refit_variants(fit.tree, data, budget)
