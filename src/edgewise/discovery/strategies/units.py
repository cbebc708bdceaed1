"""Search in dimensionless groups of the inputs, if the inputs have units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.reduced import search_reductions
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.discovery.units import dimensionless_groups
from edgewise.search.budget import RATE, Budget
from edgewise.search.search_schedule import LEVELS, Level


@final
@dataclass(frozen=True)
class Dimensionless(Strategy):
    """Searches for y / monomial as a function of dimensionless groups (Buckingham's theorem).

    Attributes:
        levels, work: levels and evaluations of the search with each choice of groups.
        lengths: lengths of the searches, see :func:`.search_reductions`.
    """

    levels: tuple[Level, ...] = LEVELS
    work: int = 6 * RATE
    lengths: tuple[int, ...] = (0, 1)

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        yield from search_reductions(
            problem,
            group_reductions(problem)[:6],
            budget,
            self.levels,
            self.work,
            "units",
            self.lengths,
        )


def group_reductions(problem: Problem) -> list[Reduction]:
    """Reductions y = monomial · h(groups), for each monomial of y's dimension and choice of groups.

    The simplest come first; there are none without units.
    """
    if problem.dimensions is None:
        return []
    groups = dimensionless_groups(problem.dimensions)
    return [
        Reduction(tuple(inputs), prefactor, None, 0.0, 0.0)
        for prefactor in groups.prefactors
        for inputs in groups.bases
    ]
