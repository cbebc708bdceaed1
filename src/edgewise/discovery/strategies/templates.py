"""Find formulas for the unknown functions of a form that the user gives."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import final

import numpy as np

from edgewise.discovery.curves import pick_arguments
from edgewise.discovery.function_swaps import list_neighbours
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.alone import search_alone
from edgewise.discovery.strategies.forms import Forms
from edgewise.discovery.strategies.named import Named
from edgewise.discovery.strategies.powers import Powers
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.discovery.strategies.waves import Waves
from edgewise.discovery.unknown_functions import FittedForm
from edgewise.formula.expression import Expression, Input, add, free, multiply
from edgewise.search.budget import RATE, Budget
from edgewise.search.explore import MOST_NODES, Pool, repair_all
from edgewise.search.search_schedule import LEVELS, SHORT, level_terms

POINTS = 120
"""Points of a curve that its formula is searched on."""
ALONE = 3 * RATE
"""Most evaluations for one function's formula; half of all are kept for the whole form."""
TRIED = 60
"""Most formulas of one function that are tried in the whole form."""
REPAIRED = 20
"""Most repaired ones among them."""
TOGETHER = 6
"""Most formulas of each function that are combined, if there are several functions."""
SWAPPED = 3
"""Most formulas of the whole form whose functions are then replaced one at a time."""
SURE = 1e-3
"""Smallest error of a curve, as a fraction of its median error: smaller errors come from the
roughness penalty, not from the rows."""


@final
@dataclass(frozen=True)
class Templates(Strategy):
    """Finds formulas for the unknown functions of a form, and refits the whole form.

    Each function is fitted as a curve, and its values with standard errors are searched for a
    formula. The fit of the whole form to the rows then chooses among the formulas.
    """

    fitted: FittedForm

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        template = self.fitted.template
        numbers = self.fitted.state.numbers
        if not template.unknowns:
            yield Candidate(template.fill(numbers, []), "given form")
            return
        each = (budget.evaluations - budget.spent) / (2 * len(template.unknowns))
        named = [
            self._name(k, problem, budget.part(evaluations=min(ALONE, each)))
            for k in range(len(template.unknowns))
        ]
        few = len(named[0]) if len(named) == 1 else TOGETHER
        data = problem.search_data
        tried: list[tuple[float, tuple[Expression, ...]]] = []
        for functions in product(*(trees[:few] for trees in named)):
            tree = template.fill(numbers, functions)
            fit = data.fit(tree, steps=10)
            budget.spend(15)
            tried.append((fit.length, functions))
            yield Candidate(fit.tree, "given form")
            if budget.over:
                return
        tried.sort(key=lambda t: t[0])
        for _, functions in tried[:SWAPPED]:
            for k, formula in enumerate(functions):
                for other in list_neighbours(formula, problem.library):
                    swapped = (*functions[:k], other, *functions[k + 1 :])
                    budget.spend(15)
                    yield Candidate(template.fill(numbers, swapped), "given form")
                    if budget.over:
                        return

    def _name(self, k: int, problem: Problem, budget: Budget) -> list[Expression]:
        """Formulas of an unknown function, the shortest description first."""
        at = pick_arguments(self.fitted.arguments(k), POINTS)
        value, error = self.fitted.curve(k, at)
        error = np.maximum(error, SURE * float(np.median(error)) + 1e-300)
        weight = 1 / np.square(error)
        alone = replace(
            problem,
            x=at,
            y=value,
            weight=weight / weight.mean(),
            dimensions=None,
            known=replace(problem.known, template=None),
            names=(),
        )
        work = (budget.evaluations - budget.spent) / 2
        short = (Powers(), Forms((SHORT,), rounds=0))
        plan = (*short, Named(work=work), Waves(), Forms(LEVELS[:2], rounds=4))
        found = list(search_alone(alone, plan, budget.part(evaluations=1.6 * work), TRIED))
        found = [*found, *self._repair(found, alone, budget)]
        line = add(*(multiply(free(1.0), Input(n)) for n in range(at.shape[1])), free(1.0))
        constant = free(float(np.average(value, weights=weight)))
        return [*found, line, constant] if math.isfinite(constant.value) else found

    def _repair(
        self, found: Sequence[Expression], alone: Problem, budget: Budget
    ) -> list[Expression]:
        """Formulas of a curve with a part replaced, the shortest description first.

        Formulas of the whole form aren't repaired: that would change its known part as well.
        """
        data, pool = alone.search_data, Pool()
        for tree in found:
            if tree.size <= MOST_NODES:
                pool.offer(data.measure(tree))
        terms = level_terms(data, alone.library, alone.reach, LEVELS[1])
        fits = list(repair_all(data, terms, pool, budget, rounds=3))
        return [f.tree for f in sorted(fits, key=lambda f: f.length)[:REPAIRED]]
