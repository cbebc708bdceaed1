"""The posterior over classes of formulas, and over "none of these".

A class is a formula with free numbers. Each class that a search has found, and each that differs in
one function from the best, gets log2(evidence · prior) bits (:mod:`edgewise.discovery.evidence` and
:mod:`edgewise.discovery.prior`). A class that contains a likelier one, for some choice of its
numbers, is no rival: the rows don't need what it adds. "None of these" has the evidence of a
Gaussian process on the same rows.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from edgewise.discovery.calibration import NONE_BITS
from edgewise.discovery.evidence import DistinctRows, log_evidence_of_process
from edgewise.discovery.front import Scored, has_dimension, is_allowed, keeps_form, prior_of
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.numeric import GaussianProcess
from edgewise.discovery.prior import formula_bits
from edgewise.discovery.problem import Problem
from edgewise.formula.classes import (
    IDENTICAL,
    contains,
    free_exponents,
    free_numbers,
    is_one_class,
)
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Number, Power, exact, power
from edgewise.formula.forms import form_of
from edgewise.formula.limiting_forms import limiting_forms
from edgewise.formula.program import Program
from edgewise.formula.simplify import reading_size, simplify_tree
from edgewise.search.polish import reductions

NEIGHBOUR, LIMIT = "neighbour", "limit"
"""Sources of formulas that no strategy proposed."""
NATS = math.log2(math.e)
CLOSE_BITS = 40.0
"""Classes this many bits behind the best have a probability of practically 0."""
SAME_VALUES = 1e-6
"""Two spellings have the same values if their FVU differs by less than this fraction."""
MOST_COMPARED = 12
"""Most formulas whose classes are compared; each takes a few refits."""
UNASKED = 1.0
"""The rows support a formula against its limiting form if it has this many bits more evidence."""
MOST_LIMITS = 3
"""Most repetitions: limiting forms of limiting forms."""
ALIKE = 0.3
"""A formula and its limiting form differ by at most this fraction of the noise."""
MUCH_WORSE = 2.0
"""A formula whose squared error is this many times another's isn't a longer form of it."""
MOST_NEIGHBOURS, NEIGHBOUR_ROWS = 6, 200
"""Most neighbours that are fitted to all rows, and the number of rows on which they are chosen."""


@dataclass(frozen=True, eq=False)
class FormClass:
    """Formulas that are the same function for some choice of their numbers.

    Attributes:
        best: its likeliest spelling, or a shorter one with the same values.
        bits: log2(evidence · prior).
        prior: -log2 of its prior.
        others: its other spellings, and larger classes that contain it and fit no better.
    """

    best: Scored
    bits: float
    prior: float
    others: tuple[Scored, ...] = ()


@dataclass(frozen=True, eq=False)
class Posterior:
    """Classes, the likeliest first, and "none of these".

    Attributes:
        none: bits of "none of these": the evidence of a Gaussian process times a prior; -inf
            without a process.
        constant: bits of the best constant.
    """

    classes: tuple[FormClass, ...]
    none: float
    constant: float

    @property
    def shares(self) -> list[float]:
        """The probability of each class, and last of "none of these"; they sum to 1."""
        bits = np.array([*(c.bits for c in self.classes), self.none])
        weight = np.exp2(bits - bits.max())
        return [float(w) for w in weight / weight.sum()]

    @property
    def lead(self) -> float:
        """log2 odds of the likeliest class against all others and "none of these"."""
        bits = [*(c.bits for c in self.classes), self.none]
        return bits[0] - max(bits[1:])

    def find(self, scored: Scored) -> FormClass | None:
        """The class that a formula belongs to; None if it is in none of them."""
        for each in self.classes:
            if each.best is scored or any(other is scored for other in each.others):
                return each
        return None

    def bits_of(self, scored: Scored) -> float:
        """The bits of a formula's class; -inf if it is in none.

        A spelling that isn't the likeliest gets slightly fewer, so that it comes second.
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
    """The posterior over the classes of these formulas, without plain models.

    Args:
        process: a Gaussian process of the same rows; None if there are too few.
    """
    rows = problem.evidence_rows
    ranked = rank(rows, (m for m in scored if not m.is_plain and m.tree.inputs))
    constant = max((weigh_formula(rows, m) for m in scored if not m.tree.inputs), default=-math.inf)
    none = -math.inf
    if process is not None:
        none = NATS * log_evidence_of_process(process) - NONE_BITS
    return take_limits(Posterior(merge(ranked, rows), none, constant), problem, rows)


def add_neighbours(posterior: Posterior, problem: Problem) -> Posterior:
    """The posterior with two kinds of rivals of its likeliest class.

    They are its neighbours, which differ in one part, and its limiting forms, if the rows don't
    support the longer formula.
    """
    if not posterior.classes:
        return posterior
    rows = problem.evidence_rows
    near = rank(rows, find_neighbours(problem, rows, posterior.classes[0].best))
    limit = posterior.classes[0].bits - CLOSE_BITS
    # A formula that was there before comes first among equals: it has been cross-validated.
    both = [*posterior.classes, *(c for c in near if c.bits > limit)]
    classes = merge(sorted(both, key=lambda c: -c.bits), rows)
    return take_limits(replace(posterior, classes=classes), problem, rows)


def take_limits(posterior: Posterior, problem: Problem, rows: DistinctRows) -> Posterior:
    """Replace the likeliest class by its limiting form, if the rows don't support the longer one.

    The limiting form takes over the prior, because the longer formula contains it.
    """
    for _ in range(MOST_LIMITS if posterior.classes else 0):
        one = posterior.classes[0]
        made = find_limit(problem, rows, one.best)
        if made is None:
            break
        form, prior = form_of(made.tree, "exponents"), prior_of(made, rows.x.shape[1])
        for m in (m for c in posterior.classes for m in (c.best, *c.others)):
            if form_of(m.tree, "exponents") == form and prior_of(m, rows.x.shape[1]) <= prior:
                made = m
                break
        bits = max(weigh_formula(rows, made), one.bits)
        longer = tuple(m for m in (one.best, *one.others) if m is not made)
        head = FormClass(made, bits, prior_of(made, rows.x.shape[1]), longer)
        posterior = replace(posterior, classes=merge([head, *posterior.classes[1:]], rows))
    return posterior


def find_limit(problem: Problem, rows: DistinctRows, winner: Scored) -> Scored | None:
    """The likeliest limiting form with as much evidence as the formula itself.

    None if there is none, and if the form was given.
    """
    if problem.known.template is not None:
        return None
    few, data = problem.distinct.some_rows(NEIGHBOUR_ROWS).data, rows.data
    enough = MUCH_WORSE * few.measure(winner.tree).fvu
    least = NATS * rows.log_evidence(winner.tree) - UNASKED
    found: list[tuple[float, Fit]] = []
    for tree in limiting_forms(winner.tree):
        if tree.free_count > winner.tree.free_count or not has_dimension(problem, tree):
            continue
        quick = few.fit(tree, steps=5)
        if not quick.fvu <= enough:
            continue
        fit = data.fit(quick.tree, steps=10)
        bits = NATS * rows.log_evidence(fit.tree)
        if bits >= least and is_allowed(problem, fit.tree):
            found.append((bits - formula_bits(fit.tree, rows.x.shape[1]), fit))
    if not found:
        return None
    fit = max(found, key=lambda pair: pair[0])[1]
    fit = data.measure(simplify_tree(fit.tree))
    prior = min(formula_bits(fit.tree, rows.x.shape[1]), prior_of(winner, rows.x.shape[1]))
    return Scored(fit, LIMIT, prior_bits=prior)


def weigh_formula(rows: DistinctRows, scored: Scored) -> float:
    """log2(evidence · prior) of a formula."""
    return NATS * rows.log_evidence(scored.tree) - prior_of(scored, rows.x.shape[1])


def rank(rows: DistinctRows, scored: Iterable[Scored]) -> list[FormClass]:
    """Classes of one formula each, the likeliest first; undefined formulas are left out."""
    inputs = rows.x.shape[1]
    made = [FormClass(m, weigh_formula(rows, m), prior_of(m, inputs)) for m in scored]
    return sorted((c for c in made if math.isfinite(c.bits)), key=lambda c: -c.bits)


def merge(ranked: Sequence[FormClass], rows: DistinctRows) -> tuple[FormClass, ...]:
    """Merge classes that are ranked by their bits.

    A class joins a likelier one if it is another spelling of it, or contains it, also as a limit.
    """
    classes: list[FormClass] = []
    for n, one in enumerate(ranked):
        home = None
        if n < MOST_COMPARED and ranked[0].bits - one.bits <= CLOSE_BITS:
            home = next((k for k, c in enumerate(classes) if _belongs(one.best, c, rows)), None)
        if home is None:
            classes.append(one)
        else:
            at = classes[home]
            classes[home] = replace(at, others=(*at.others, one.best, *one.others))
    return tuple(map(_spell, classes))


def _spell(one: FormClass) -> FormClass:
    """The class represented by its shortest spelling with the values of the best one."""
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


def _belongs(scored: Scored, one: FormClass, rows: DistinctRows) -> bool:
    tree, best = scored.tree, one.best.tree
    if scored.fit.fvu > MUCH_WORSE * one.best.fit.fvu + IDENTICAL**2:
        return form_of(tree, "exponents") == form_of(best, "exponents")
    pair = tree.full_key, best.full_key
    if pair not in rows.compared:
        rows.compared[pair] = _is_larger_form(tree, best, rows)
    return rows.compared[pair]


def _is_larger_form(tree: Expression, best: Expression, rows: DistinctRows) -> bool:
    """Whether a tree, or one of its limits, takes the values of another one."""
    if is_one_class(tree, best, rows.x) or contains(tree, best, rows.x):
        return True
    values, others = Program(tree).values(rows.x), Program(best).values(rows.x)
    noise = np.average((rows.y - others) ** 2, weights=rows.weight)
    if not np.average((values - others) ** 2, weights=rows.weight) <= ALIKE**2 * noise:
        return False
    return any(is_one_class(limit, best, rows.x) for limit in limiting_forms(tree))


def find_neighbours(problem: Problem, rows: DistinctRows, winner: Scored) -> list[Scored]:
    """The best neighbours of a formula, chosen on a few rows and fitted to all rows.

    A neighbour has one function replaced, one fitted exponent rounded, its exact numbers set free,
    or one part left out.
    """
    few = problem.distinct.some_rows(NEIGHBOUR_ROWS)
    data, whole = Data.of(few.x, few.y, few.weight), rows.data
    swapped = {t.key: t for t in list_neighbours(winner.tree, problem.library)}
    fits = [data.fit(tree, steps=8) for tree in swapped.values()]
    fits = sorted((f for f in fits if f.fvu < 1), key=lambda f: f.length)[:MOST_NEIGHBOURS]
    loose = free_numbers(winner.tree)
    looser = [simplify_tree(t) for t in (loose, free_exponents(loose))]
    rounded = [t for tree in (winner.tree, loose) for t in round_exponents(tree)]
    simpler = {t.key: t for t in (*rounded, *looser, *reductions(winner.tree))}
    trees = [f.tree for f in fits] + [t for t in simpler.values() if t.inputs]
    fitted = (whole.fit(tree, steps=10) for tree in trees if has_dimension(problem, tree))
    return [Scored(f, NEIGHBOUR) for f in fitted if keeps_form(problem, winner.tree, f.tree)]


def round_exponents(tree: Expression) -> Iterator[Expression]:
    """Copies of a tree with one fitted exponent, or all, rounded to multiples of 1/2."""

    def rounded(node: Expression) -> Expression | None:
        exponent = node.exponent if isinstance(node, Power) else None
        if not isinstance(exponent, Number) or exponent.exact is not None:
            return None
        return power(node.parts[0], exact(round(2 * exponent.value), 2))

    fitted = {n.key: (n, made) for n in tree.walk() if (made := rounded(n)) is not None}
    for node, made in fitted.values():
        yield tree.exchange(node, made)
    if len(fitted) > 1:
        yield tree.replace(rounded)
