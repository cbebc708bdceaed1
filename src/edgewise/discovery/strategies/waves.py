"""Search for sums of waves: sines of sums of terms, such as plane waves and chirps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.search.budget import Budget
from edgewise.search.wave_spectra import find_waves

LEAST_ROWS, MOST_INPUTS = 20, 16
PRICE = 100
"""Evaluations that finding a wave costs."""


@final
@dataclass(frozen=True)
class Waves(Strategy):
    """Finds the frequencies of waves in spectra (:mod:`edgewise.search.wave_spectra`).

    Attributes:
        most: most waves in a sum. A wave whose amplitude changes looks like a sum of several, so
            one alone comes first: the repair of near misses finds its amplitude.
    """

    most: int = 3

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.dimensions is not None:
            return  # units make dimensionless groups, which other strategies search
        if problem.rows < LEAST_ROWS or problem.inputs > MOST_INPUTS:
            return
        budget.spend(PRICE)
        data, library = problem.search_data, problem.library
        for fit in find_waves(data, library, most=self.most, reach=problem.reach):
            yield Candidate(fit.tree, "wave")
            budget.spend(PRICE)
            if budget.over:
                return
