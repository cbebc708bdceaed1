"""Search in fewer inputs: combinations of inputs that symmetries of a numeric model suggest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import final

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.invariance import MOST_INPUTS, search_gradients, take_gradients
from edgewise.discovery.likely_reductions import find_likely_reductions
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, exact, free, multiply, power
from edgewise.formula.program import Program
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import SAMPLE, explore, rationals_under_links, sample_rows
from edgewise.search.one_function import FACTORS, OUTER, fit_one_function
from edgewise.search.polish import drop_parts
from edgewise.search.search_schedule import LEVELS, Level

MOST = 6
"""Most reductions."""
NOISY = 1e-6
"""The fraction of noise in y above which gradients alone don't decide on reductions."""
SHARE = 0.2
"""Most of the remaining work that a first, brief search of a reduced problem takes."""
SMOOTHED = 300
"""Rows on which the Gaussian process that removes the noise of y is fitted."""
RATIONALS = 150
"""Evaluations that the search for ratios of polynomials costs."""


@dataclass(eq=False)
class Symmetries:
    """The reductions of one problem; they are found when a strategy first asks."""

    found: list[Reduction] | None = None

    def find(self, problem: Problem, budget: Budget) -> list[Reduction]:
        """The reductions, found by gradients alone where y has no noise."""
        if self.found is None:
            model, data, seed = problem.numeric, problem.search_data, problem.seed
            budget.spend(model.evaluations)
            if problem.noise_fraction > NOISY:
                self.found = find_likely_reductions(data, model, budget, most=MOST, seed=seed)
            else:
                gradients = take_gradients(data.x, model, seed=seed)
                self.found = search_gradients(gradients, most=MOST, budget=budget)
        return self.found


@final
@dataclass(frozen=True)
class Reduced(Strategy):
    """Searches in the reduced problems of :mod:`edgewise.discovery.invariance`.

    Attributes:
        levels, work: levels and evaluations of each search.
        lengths: of the searches: brief ones (0), longer ones (1).
        symmetries: the reductions, which several such strategies share.
    """

    levels: tuple[Level, ...] = LEVELS[:2]
    work: int = 4 * RATE
    lengths: tuple[int, ...] = (0, 1)
    symmetries: Symmetries = field(default_factory=Symmetries, compare=False)

    @property
    def leaves_near_misses(self) -> bool:
        return True

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs < 2 or problem.inputs > MOST_INPUTS:
            return
        reductions = self.symmetries.find(problem, budget)
        if 0 in self.lengths:
            yield from search_one_function(problem, reductions, budget)
            yield from search_other_inputs(problem, reductions, budget)
        yield from search_reductions(
            problem, reductions, budget, self.levels, self.work, "symmetry", self.lengths
        )


def search_one_function(
    problem: Problem,
    reductions: Sequence[Reduction],
    budget: Budget,
    source: str = "symmetry",
) -> Iterator[Candidate]:
    """One function, with and without a factor, in the reduced problems of one input; best first.

    They are proposed together, because the search may stop after the first, and a function of
    another reduction may fit better. An exact one ends the search at once.
    """
    found: list[tuple[Fit, Reduction]] = []
    for reduction in reductions:
        if len(reduction.inputs) == 1 and not budget.over:
            moved = move_prefactor(reduction, problem.x[:3])
            fits = fit_reduction(
                problem, reduction, budget, factors=(*FACTORS, *moved), links=OUTER
            )
            found += [(fit, reduction) for fit in fits]
            if any(problem.search_data.is_exact(fit) for fit in fits):
                break
    for fit, reduction in sorted(found, key=lambda pair: pair[0].length):
        yield make_candidate(reduction, fit, source)


def search_other_inputs(
    problem: Problem, reductions: Sequence[Reduction], budget: Budget
) -> Iterator[Candidate]:
    """Exact ratios of polynomials in other inputs of each reduced problem of two.

    A function of a and b is one of a and a b, too. In one of these it may be a ratio of polynomials
    whose degrees are too high in the other.
    """
    for reduction in reductions:
        a, b = reduction.inputs if len(reduction.inputs) == 2 else (None, None)
        if a is None or b is None:
            continue
        product, quotient = multiply(a, b), multiply(a, power(b, exact(-1)))
        for inputs in ((a, product), (product, b), (a, quotient), (quotient, b)):
            other = replace(reduction, inputs=inputs)
            data = None if budget.over else other.reduce(problem.search_data)
            if data is None:
                continue
            budget.spend(RATIONALS)
            some = sample_rows(data, SAMPLE, problem.seed)
            for tree in rationals_under_links(some, problem.library):
                fit = drop_parts(data.fit(tree), data, rounds=6)
                yield make_candidate(other, fit, "symmetry")
                if data.is_exact(fit):
                    return


def move_prefactor(reduction: Reduction, rows: Array) -> set[tuple[int, int]]:
    """Powers of the new input that cancel an input of the prefactor, if both are monomials.

    y h(x/y) is x h(x/y) times (x/y)^-1, and only one of these functions is simple.

    Shape:
        rows: (rows, in)
    """
    if reduction.prefactor is None:
        return set()
    front, inner = (_exponents(t, rows) for t in (reduction.prefactor, reduction.inputs[0]))
    both = [(f, u) for f, u in zip(front, inner, strict=True) if f and u]
    return {(-f / u).as_integer_ratio() for f, u in both}


def _exponents(tree: Expression, rows: Array) -> list[Fraction]:
    """The exponents of a monomial, from x ∂log(tree)/∂x; 0 where they differ from row to row."""
    program = Program(tree)
    with np.errstate(all="ignore"):
        found = rows * program.gradient(rows) / program.values(rows)[:, None]
    same = np.ptp(found, axis=0) <= 1e-9 * np.abs(found[0])
    return [Fraction(float(p)).limit_denominator(12) for p in np.where(same, found[0], 0.0)]


def search_reductions(
    problem: Problem,
    reductions: Sequence[Reduction],
    budget: Budget,
    levels: tuple[Level, ...],
    work: int,
    source: str,
    lengths: Sequence[int],
) -> Iterator[Candidate]:
    """Search each reduced problem: first briefly (length 0), then longer (length 1)."""
    for length in lengths:
        for reduction in reductions:
            if budget.over:
                return
            if not reduction.inputs:
                if length == lengths[0]:
                    yield Candidate(reduction.expand(free(1.0)), source)
                continue
            data = reduction.reduce(problem.search_data)
            if data is None:
                continue
            part = budget.part(evaluations=work if length else min(work / 6, SHARE * budget.work))
            chosen = levels if length else levels[:1]
            fits = explore(
                data,
                problem.library,
                part,
                reach=problem.reach,
                seed=problem.seed,
                levels=chosen,
                rounds=8 * length,
            )
            for fit in fits:
                yield make_candidate(reduction, fit, source)


def make_candidate(reduction: Reduction, fit: Fit, source: str) -> Candidate:
    """A formula of the new inputs in the old ones, with the new inputs behind its source."""
    inputs = ", ".join(tree.key for tree in reduction.inputs)
    return Candidate(reduction.expand(fit.tree), f"{source}: {inputs}")


def fit_reduction(
    problem: Problem,
    reduction: Reduction,
    budget: Budget,
    *,
    factors: Sequence[tuple[int, int]] = (),
    links: int = 1,
) -> list[Fit]:
    """The best formulas with one function (:mod:`edgewise.search.one_function`), the best first.

    Only together can they be weighed: the search may stop after the first.
    """
    data = reduction.reduce(problem.search_data)
    if data is None:
        return []
    return fit_one_function(
        data,
        problem.library,
        budget,
        reach=problem.reach,
        smooth=_smooth(data) if problem.noise_fraction > NOISY else None,
        factors=factors,
        links=links,
    )


def _smooth(data: Data) -> Array:
    """y without its noise, by a Gaussian process; (rows,)."""
    model = fit_gaussian_process(data.x, data.y, data.weight, rows=SMOOTHED)
    return model.predict(data.x)
