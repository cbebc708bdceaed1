"""The posterior over classes of formulas, with "none of these" beside them.

Each class that a search has found, and each that is one function away from the best, gets the bits
log2(evidence · prior) (:mod:`edgewise.discovery.evidence`, :mod:`edgewise.discovery.prior`). A
class that has a likelier one in it, for some choice of its numbers, is no rival: the rows don't ask
for what it adds. What no class explains is the share of a Gaussian process of the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.evidence import Rows, log_evidence_of_process
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.numeric import GaussianProcess
from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Scored, has_dimension, prior_of
from edgewise.formula.classes import contains, free_exponents, free_numbers, is_one_class
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression, Number, Power, exact, power
from edgewise.formula.simplify import reading_size, simplify_tree
from edgewise.search.polish import reductions

Array = NDArray[np.float64]

NEIGHBOUR = "neighbour"
"""The source of formulas that no strategy has proposed."""
NATS = math.log2(math.e)
NONE_BITS = 20.0
"""-log2 of the prior of none of these: as likely as one formula such as a x^b sin(c x)."""
CLOSE_BITS = 40.0
"""Classes with fewer bits than the best by more than this have no share that could be seen."""
SAME_VALUES = 1e-6
"""Two spellings have the same values if what they leave differs by less than this fraction."""
MOST_COMPARED = 12
"""Formulas whose classes are compared; each takes a few refits."""
MOST_NEIGHBOURS, NEIGHBOUR_ROWS = 6, 200
"""Neighbours that are fitted to all rows, and the rows on which these are chosen."""


@dataclass(frozen=True, eq=False)
class FormClass:
    """Formulas that are one function for some choice of their numbers.

    Attributes:
        best: its likeliest spelling, or a shorter one of the same values.
        bits: log2 of the evidence of the rows for it times its prior.
        prior: -log2 of its prior.
        others: its other spellings, and larger classes that have nothing more to say.
    """

    best: Scored
    bits: float
    prior: float
    others: tuple[Scored, ...] = ()


@dataclass(frozen=True, eq=False)
class Posterior:
    """Classes, the likeliest first, and none of these.

    Attributes:
        none: bits of a Gaussian process times the prior of none of these; -inf without a process.
        constant: bits of the best constant.
    """

    classes: tuple[FormClass, ...]
    none: float
    constant: float

    @property
    def shares(self) -> list[float]:
        """The probability of each class, and at the end of none of these; they sum to 1."""
        bits = np.array([*(c.bits for c in self.classes), self.none])
        weight = np.exp2(bits - bits.max())
        return [float(w) for w in weight / weight.sum()]

    @property
    def lead(self) -> float:
        """Bits of the likeliest class over all others and none of these."""
        bits = [*(c.bits for c in self.classes), self.none]
        return bits[0] - max(bits[1:])

    def find(self, scored: Scored) -> FormClass | None:
        """The class that a formula belongs to; None if it is in none of them."""
        for each in self.classes:
            if each.best is scored or any(other is scored for other in each.others):
                return each
        return None

    def bits_of(self, scored: Scored) -> float:
        """Those of a formula's class, a trifle less unless it is the likeliest spelling.

        -inf for a formula that is in no class.
        """
        found = self.find(scored)
        if found is None:
            return -math.inf
        return found.bits - (0.0 if found.best is scored else 1e-3)

    def rival(self, one: FormClass) -> FormClass | None:
        """The likeliest other class; None if there is none."""
        return next((c for c in self.classes if c is not one), None)


def weigh_classes(
    problem: Problem, scored: Sequence[Scored], process: GaussianProcess | None
) -> Posterior:
    """The posterior over the classes of these formulas, plain models left out.

    Args:
        process: of the same rows; None if there are too few.
    """
    rows = Rows.of(problem)
    ranked = rank(rows, (m for m in scored if not m.is_plain and m.tree.inputs))
    constant = max((weigh_formula(rows, m) for m in scored if not m.tree.inputs), default=-math.inf)
    none = -math.inf
    if process is not None:
        none = NATS * log_evidence_of_process(process) - NONE_BITS
    return Posterior(merge(ranked, rows.x), none, constant)


def add_neighbours(posterior: Posterior, problem: Problem) -> Posterior:
    """The posterior with the neighbours of its likeliest class, a function away from it."""
    if not posterior.classes:
        return posterior
    rows = Rows.of(problem)
    known = [(c.bits, m) for c in posterior.classes for m in (c.best, *c.others)]
    near = rank(rows, find_neighbours(problem, rows, posterior.classes[0].best))
    limit = posterior.classes[0].bits - CLOSE_BITS
    # A known formula goes first among equals: it has been cross-validated.
    both = sorted([*known, *(n for n in near if n[0] > limit)], key=lambda m: -m[0])
    return replace(posterior, classes=merge(both, rows.x))


def weigh_formula(rows: Rows, scored: Scored) -> float:
    """log2(evidence · prior) of a formula."""
    return NATS * rows.log_evidence(scored.tree) - prior_of(scored, rows.x.shape[1])


def rank(rows: Rows, scored: Iterable[Scored]) -> list[tuple[float, Scored]]:
    """Formulas with their bits, the likeliest first; none that isn't defined on the rows."""
    ranked = [(weigh_formula(rows, m), m) for m in scored]
    return sorted((r for r in ranked if math.isfinite(r[0])), key=lambda r: -r[0])


def merge(ranked: Sequence[tuple[float, Scored]], x: Array) -> tuple[FormClass, ...]:
    """The classes of formulas that are ranked by their bits.

    A formula joins a likelier class if it is another spelling of it, or has it in it.
    """
    classes: list[FormClass] = []
    for n, (bits, scored) in enumerate(ranked):
        home = None
        if n < MOST_COMPARED and ranked[0][0] - bits <= CLOSE_BITS:
            home = next((k for k, c in enumerate(classes) if _belongs(scored, c, x)), None)
        if home is None:
            classes.append(FormClass(scored, bits, prior_of(scored, x.shape[1])))
        else:
            at = classes[home]
            classes[home] = replace(at, others=(*at.others, scored))
    return tuple(map(_spell, classes))


def _spell(one: FormClass) -> FormClass:
    """The class with the shortest of its spellings that have the same values as its best."""
    best = one.best
    alike = [
        m
        for m in one.others
        if abs(m.fit.fvu - best.fit.fvu) <= SAME_VALUES * best.fit.fvu
        and m.tree.free_count == best.tree.free_count
    ]
    proposed = [m for m in (best, *alike) if m.source != NEIGHBOUR] or [best]
    taken = min(proposed, key=lambda m: (m.fit.bits, reading_size(m.tree)))
    rest = tuple(m for m in (best, *one.others) if m is not taken)
    return replace(one, best=taken, others=rest)


def _belongs(scored: Scored, one: FormClass, x: Array) -> bool:
    if is_one_class(scored.tree, one.best.tree, x):
        return True
    return contains(scored.tree, one.best.tree, x)


def find_neighbours(problem: Problem, rows: Rows, winner: Scored) -> list[Scored]:
    """The best neighbours of a formula, chosen on a few rows and fitted to all of them.

    Those have one of its functions exchanged, one of its fitted exponents rounded, its exact
    numbers fitted, or one of its parts left out.
    """
    few = problem.distinct.some_rows(NEIGHBOUR_ROWS)
    data, whole = Data.of(few.x, few.y, few.weight), Data.of(rows.x, rows.y, rows.weight)
    swapped = {t.key: t for t in list_neighbours(winner.tree, problem.library)}
    fits = [data.fit(tree, steps=8) for tree in swapped.values()]
    fits = sorted((f for f in fits if f.fvu < 1), key=lambda f: f.length)[:MOST_NEIGHBOURS]
    loose = free_numbers(winner.tree)
    looser = map(simplify_tree, (loose, free_exponents(loose)))
    simpler = {t.key: t for t in (*round_exponents(winner.tree), *looser, *reductions(winner.tree))}
    trees = [f.tree for f in fits] + [t for t in simpler.values() if t.inputs]
    fitted = (whole.fit(tree, steps=10) for tree in trees if has_dimension(problem, tree))
    return [Scored(f, NEIGHBOUR) for f in fitted]


def round_exponents(tree: Expression) -> Iterator[Expression]:
    """The tree with one fitted exponent, or all of them, as the nearest multiples of 1/2."""

    def rounded(node: Expression) -> Expression | None:
        exponent = node.exponent if isinstance(node, Power) else None
        if not isinstance(exponent, Number) or exponent.exact is not None:
            return None
        return power(node.parts[0], exact(round(2 * exponent.value), 2))

    fitted = [n for n in tree.walk() if rounded(n) is not None]
    for key in {n.key for n in fitted}:
        yield tree.replace(partial(_round_one, key=key, rounded=rounded))
    if len(fitted) > 1:
        yield tree.replace(rounded)


def _round_one(
    node: Expression, key: str, rounded: Callable[[Expression], Expression | None]
) -> Expression | None:
    return rounded(node) if node.key == key else None
