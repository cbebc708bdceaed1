"""Search a part of the rows for many candidate formulas, which others then compare on all rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Strategy
from edgewise.formula.data import Data
from edgewise.formula.expression import Expression
from edgewise.search.budget import Budget
from edgewise.search.explore import Pool

TAKEN = 20
"""Most formulas beside the Pareto front that are returned."""


def search_alone(
    problem: Problem, plan: Sequence[Strategy], budget: Budget, most: int = TAKEN
) -> Iterator[Expression]:
    """Formulas of some rows: the Pareto front, then others with short descriptions."""
    data = Data.of(problem.x, problem.y, problem.weight)
    pool = Pool()
    for strategy in plan:
        for candidate in strategy.propose(problem, budget):
            if candidate.mse is None:
                fit = data.fit(candidate.tree, steps=6)
                budget.spend(10)
                pool.offer(fit)
                if data.is_exact(fit):
                    yield fit.tree
                    return
            if budget.over:
                break
        if budget.over:
            break
    leaders = [some[0] for _, some in sorted(pool.bins.items()) if some]
    rest = sorted((f for some in pool.bins.values() for f in some[1:]), key=lambda f: f.length)
    yield from (f.tree for f in (*leaders, *rest)[:most])
