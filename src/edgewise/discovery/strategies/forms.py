"""Search sums, products and ratios of enumerated terms, and repair near misses."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.search.budget import Budget
from edgewise.search.explore import explore
from edgewise.search.search_schedule import LEVELS, Level


@final
@dataclass(frozen=True)
class Forms(Strategy):
    """The search of :mod:`edgewise.search.explore`.

    Attributes:
        levels: levels of the search schedule, each with more terms.
        rounds: rounds of repairs.
        work: most evaluations.
    """

    levels: tuple[Level, ...] = LEVELS
    rounds: int = 40
    work: float = math.inf

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        fits = explore(
            problem.search_data,
            problem.library,
            budget.part(evaluations=self.work),
            reach=problem.reach,
            seed=problem.seed,
            levels=self.levels,
            rounds=self.rounds,
        )
        for fit in fits:
            yield Candidate(fit.tree, "terms")
