"""Start from formulas that the user gives: refit, shorten and vary them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.classes import free_numbers
from edgewise.formula.expression import Expression
from edgewise.search.budget import Budget
from edgewise.search.explore import refit_variants
from edgewise.search.polish import drop_parts


@final
@dataclass(frozen=True)
class Started(Strategy):
    """The given formulas refitted, without redundant parts, and with each function replaced.

    Attributes:
        trees: the formulas; their numbers are start values.
    """

    trees: tuple[Expression, ...]

    @property
    def leaves_near_misses(self) -> bool:
        return True

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        data = problem.search_data
        known = []
        for tree in self.trees:
            # Once as given, with integers fixed, and once with all numbers free.
            for start in (tree, free_numbers(tree)):
                budget.spend(20)
                fit = data.fit(start)
                yield Candidate(fit.tree, "start")
                known.append(fit)
        known.sort(key=lambda f: f.length)
        for fit in known[: 2 * len(self.trees)]:
            for better in (*refit_variants(fit.tree, data, budget), drop_parts(fit, data)):
                yield Candidate(better.tree, "start")
            for other in list_neighbours(fit.tree, problem.library):
                budget.spend(20)
                yield Candidate(other, "neighbour of start")
                if budget.over:
                    return
