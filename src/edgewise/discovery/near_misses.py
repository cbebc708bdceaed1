"""`Repairer`: formulas that nearly fit, repaired part by part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from edgewise.discovery.front import Front
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.reduced import NOISY
from edgewise.discovery.strategies.strategy import Candidate
from edgewise.formula.data import Data, Fit
from edgewise.search.budget import Budget
from edgewise.search.curve_openings import Argument, list_arguments
from edgewise.search.curve_repair import repair_curves
from edgewise.search.explore import MOST_NODES, SAMPLE, Pool, repair_all, sample_rows
from edgewise.search.search_schedule import LEVELS, level_terms
from edgewise.search.terms import Terms

CURVES = 0.5
"""The fraction of the work for formulas with one part replaced by a formula of one input."""


@dataclass(frozen=True, eq=False)
class Repairer:
    """Repairs the best formulas of a search, part by part."""

    problem: Problem
    opened: dict[bool, set[str]] = field(default_factory=lambda: defaultdict(set))

    @cached_property
    def sample(self) -> Data:
        return sample_rows(self.problem.search_data, SAMPLE, self.problem.seed)

    @cached_property
    def arguments(self) -> list[Argument]:
        return list_arguments(self.sample)

    @cached_property
    def terms(self) -> Terms:
        return level_terms(self.sample, self.problem.library, self.problem.reach, LEVELS[1])

    def repair(self, front: Front, budget: Budget, *, last: bool = False) -> bool:
        """Offer repaired formulas to the front; True if one of them is exact.

        Args:
            last: whether all strategies have been asked. In noise, naming parts that fit but have
                more numbers than a name needs waits for it: other formulas are found sooner.
        """
        pool = Pool()
        for member in front.members:
            if member.tree.size <= MOST_NODES:
                pool.offer(self.sample.measure(member.tree))
        shorten = last or self.problem.noise_fraction <= NOISY
        part = budget.part(evaluations=CURVES * budget.work)
        curves = self.repair_curves(pool, part, shorten)
        parts = repair_all(self.sample, self.terms, pool, budget, rounds=3)
        for fit in chain(curves, parts):
            if pool.offer(fit):
                scored = front.offer(Candidate(fit.tree, "repair of a near miss"))
                if scored is not None and self.problem.is_exact(scored.fit):
                    return True
            if budget.over:
                break
        return False

    def repair_curves(self, pool: Pool, budget: Budget, shorten: bool) -> Iterator[Fit]:
        """The best formulas with one part replaced by a formula of one argument.

        Each is opened once in a search.
        """
        problem, opened = self.problem, self.opened[shorten]
        while not budget.over:
            parents = sorted(pool.parents(opened), key=lambda fit: fit.length)
            if not parents:
                return
            opened.update(fit.tree.key for fit in parents)
            yield from repair_curves(
                parents,
                self.arguments,
                self.sample,
                problem.library,
                budget,
                best=min(pool.parents(set()), key=lambda fit: fit.length),
                reach=problem.reach,
                shorten=shorten,
            )
