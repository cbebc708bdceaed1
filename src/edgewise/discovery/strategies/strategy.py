"""The interface of a strategy, and the candidates that it proposes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.search.budget import Budget


@dataclass(frozen=True)
class Candidate:
    """A proposed formula, its numbers near enough for a refit, and its source.

    Attributes:
        mse: out-of-fold, where the strategy knows it; the formula is then taken without a refit.
        law: the name of the law in :mod:`edgewise.laws` that it is; "" for none.
        prior_bits: -log2 of its probability before any rows, where the strategy knows it: a law
            with a name has few. None takes that of its operators.
    """

    tree: Expression
    source: str
    mse: float | None = None
    law: str = ""
    prior_bits: float | None = None


class Strategy(ABC):
    """One way to look for formulas. It is frozen data; the search owns the budget and the front."""

    @property
    @abstractmethod
    def name(self) -> str:
        """Its name in progress and reports."""

    @property
    def leaves_near_misses(self) -> bool:
        """Whether its candidates may be right except for a part, so that repairing them pays."""
        return False

    @abstractmethod
    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        """Candidates, as they are found, until the budget is over or nothing is left to try."""
