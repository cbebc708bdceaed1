"""`Repairer`: formulas that nearly fit, repaired part by part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from edgewise.discovery.problem import Problem
from edgewise.discovery.selection import Front
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.formula.data import Data
from edgewise.search.budget import Budget
from edgewise.search.explore import MOST_NODES, SAMPLE, Pool, repair_all, sample_rows
from edgewise.search.search_schedule import LEVELS, level_terms
from edgewise.search.terms import Terms


@dataclass(frozen=True, eq=False)
class Repairer:
    """Repairs the best formulas of a search, part by part."""

    problem: Problem

    @cached_property
    def sample(self) -> Data:
        return sample_rows(self.problem.search_data, SAMPLE, self.problem.seed)

    @cached_property
    def terms(self) -> Terms:
        return level_terms(self.sample, self.problem.library, self.problem.reach, LEVELS[1])

    def repair(self, front: Front, budget: Budget) -> bool:
        """Offer repaired formulas to the front; True if one of them is exact."""
        pool = Pool()
        for member in front.members:
            if member.tree.size <= MOST_NODES:
                pool.offer(self.sample.measure(member.tree))
        for fit in repair_all(self.sample, self.terms, pool, budget, rounds=3):
            if pool.offer(fit):
                scored = front.offer(Candidate(fit.tree, "repair of a near miss"))
                if scored is not None and self.problem.is_exact(scored.fit):
                    return True
            if budget.over:
                break
        return False
