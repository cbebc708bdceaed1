"""The plain models (mean, linear, additive, …) as candidates: baselines of the search."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import final

import numpy as np

from edgewise.discovery.baselines import PlainModel, plain_candidates
from edgewise.discovery.problem import Problem
from edgewise.discovery.reduction import Reduction
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.discovery.strategies.units import group_reductions
from edgewise.formula.program import Program
from edgewise.search.budget import Budget

CHOICES = 3
"""With units, the number of monomials of y's dimension that plain models are tried with."""


@final
@dataclass(frozen=True)
class Plain(Strategy):
    """The models of :mod:`edgewise.discovery.baselines`.

    With units, y divided by a monomial of its dimension is modelled by dimensionless groups of the
    inputs. For each kind of model the best choice of monomial and groups is kept.
    """

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        if problem.dimensions is None:
            models = plain_candidates(problem)
        else:
            models = list(dimensional_models(problem))
        best: dict[str, PlainModel] = {}
        for model in models:
            if model.name not in best or model.mse < best[model.name].mse:
                best[model.name] = model
        for model in best.values():
            budget.spend(50)
            yield Candidate(model.tree, f"{model.name} model", model.mse)


def dimensional_models(problem: Problem) -> Iterator[PlainModel]:
    """Plain models of y / monomial in dimensionless groups."""
    for reduction in group_reductions(problem)[:CHOICES]:
        reduced = reduce_problem(problem, reduction)
        if reduced is not None:
            for model in plain_candidates(reduced):
                yield restore_model(problem, reduction, model)


def reduce_problem(problem: Problem, reduction: Reduction) -> Problem | None:
    """The problem of a reduction, weighted so that its errors are those of y.

    None if a monomial isn't finite.
    """
    with np.errstate(all="ignore"):
        x, y = reduction.apply(problem.x, problem.y)
    factor = scale_rows(problem, reduction)
    if not (np.isfinite(x).all() and np.isfinite(y).all() and np.isfinite(factor).all()):
        return None
    weight = np.square(factor) if problem.weight is None else problem.weight * np.square(factor)
    return replace(problem, x=x, y=y, weight=weight / weight.mean(), dimensions=None)


def scale_rows(problem: Problem, reduction: Reduction) -> np.typing.NDArray[np.float64]:
    """The prefactor at each row; (rows,)"""
    if reduction.prefactor is None:
        return np.ones(problem.rows)
    return Program(reduction.prefactor).values(problem.x)


def restore_model(problem: Problem, reduction: Reduction, model: PlainModel) -> PlainModel:
    """A model of y, from the model of a reduced problem."""
    predictions = model.predictions * scale_rows(problem, reduction)
    mse = float(np.average(np.square(problem.y - predictions), weights=problem.weight))
    return PlainModel(model.name, reduction.expand(model.tree), predictions, mse)
