"""Search in fewer inputs: combinations of inputs that symmetries of a numeric model suggest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, final

import numpy as np

from edgewise.discovery.invariance import find_reductions
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.forms import data_of
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import free
from edgewise.formula.program import Program
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import explore
from edgewise.search.search_schedule import LEVELS, Level

MOST_INPUTS = 12


@final
@dataclass(frozen=True)
class Reduced(Strategy):
    """Searches in the reduced problems of :mod:`edgewise.discovery.invariance`.

    Attributes:
        levels, work: levels and evaluations of each search.
    """

    leaves_near_misses: ClassVar[bool] = True

    levels: tuple[Level, ...] = LEVELS[:2]
    work: int = 4 * RATE
    most: int = 6

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.inputs < 2 or problem.inputs > MOST_INPUTS:
            return
        some = problem.some_rows(1000)
        model = problem.numeric
        budget.spend(model.evaluations)
        reductions = find_reductions(some.x, some.y, model, most=self.most, seed=problem.seed)
        yield from search_reductions(
            problem, reductions, budget, self.levels, self.work, "symmetry"
        )


def search_reductions(
    problem: Problem,
    reductions: Sequence[Reduction],
    budget: Budget,
    levels: tuple[Level, ...],
    work: int,
    source: str,
    lengths: Sequence[int] = (0, 1),
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
            data = reduce_data(problem, reduction)
            if data is None:
                continue
            part = budget.part(evaluations=work if length else work / 6)
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


def reduce_data(problem: Problem, reduction: Reduction) -> Data | None:
    """The rows of the reduced problem, weighted so that its errors are those of y."""
    data = data_of(problem)
    with np.errstate(all="ignore"):
        x, y = reduction.apply(data.x, data.y)
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    weight = data.weight
    if reduction.prefactor is not None:
        size = np.square(Program(reduction.prefactor).values(data.x))
        weight = size if weight is None else weight * size
        weight = np.clip(weight, 1e-6 * np.median(weight), None)
        weight = weight / weight.mean()
    return replace(data, x=x, y=y, weight=weight)
