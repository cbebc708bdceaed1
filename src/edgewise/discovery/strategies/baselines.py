"""Plain models as candidates: the baselines of every other formula."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import final

from edgewise.discovery.baselines import plain_candidates
from edgewise.discovery.problem import Problem
from edgewise.discovery.strategies.strategy import Candidate, Strategy
from edgewise.search.budget import Budget


@final
@dataclass(frozen=True)
class Plain(Strategy):
    """Models of :mod:`edgewise.discovery.baselines`."""

    @property
    def name(self) -> str:
        return "plain models"

    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        for model in plain_candidates(problem):
            budget.spend(50)
            yield Candidate(model.tree, f"{model.name} model", model.mse)
