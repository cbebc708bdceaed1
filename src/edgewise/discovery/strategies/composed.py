"""Search y = F(u) where u is a term that y turns out to be a function of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.reduced import (
    fit_reduction,
    make_candidate,
    search_one_function,
    search_reductions,
)
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.expression import Input
from edgewise.search.budget import RATE, Budget
from edgewise.search.search_schedule import LEVELS
from edgewise.search.single_index import find_indices

SLACK, LARGEST_FVU, FALLING = 2.0, 0.1, 4.0
"""An index is searched if its FVU is at most twice the noise of the rows, as a Gaussian process
estimates it, or at most 0.1 and falls by a factor of 4 with twice the rows."""
PRICE = RATE // 2
"""Evaluations that finding indices costs."""
SOURCE = "function of a term"
ONLY_INPUT = Reduction((Input(0),), None, None, 0.0, 0.0)


@final
@dataclass(frozen=True)
class Composed(Strategy):
    """Finds indices (:mod:`edgewise.search.single_index`) and searches F for each.

    First come single functions, c f(a u^p + b) + d, for every index; then formulas of the best one.
    The index of a single input x is x itself, and a factor x or 1/x is tried, too.
    """

    work: int = RATE

    @property
    def leaves_near_misses(self) -> bool:
        return True

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs == 1:
            yield from search_one_function(problem, [ONLY_INPUT], budget, SOURCE)
            return
        if problem.dimensions is not None:
            return  # units make dimensionless groups, which other strategies search
        if budget.evaluations - budget.spent < PRICE:
            return
        indices = find_indices(problem.search_data, problem.library, seed=problem.seed)
        budget.spend(PRICE)
        noise = problem.noise_fraction
        found = [
            Reduction((i.tree,), None, None, i.fvu, 0.0)
            for i in indices
            if i.fvu <= min(LARGEST_FVU, max(SLACK * noise, i.coarse / FALLING))
        ]
        for reduction in found:
            for fit in fit_reduction(problem, reduction, budget):
                yield make_candidate(reduction, fit, SOURCE)
        yield from search_reductions(
            problem, found[:1], budget, LEVELS[:2], self.work, SOURCE, lengths=(1,)
        )
