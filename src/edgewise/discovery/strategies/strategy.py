"""What a way of looking for a formula is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.search.budget import Budget


@dataclass(frozen=True)
class Candidate:
    """A formula whose numbers are near enough to be refitted, and how it was found.

    Attributes:
        mse: by cross-validation, where the strategy knows it: the formula is then taken as it is.
    """

    tree: Expression
    source: str
    mse: float | None = None


class Strategy(ABC):
    """One way of looking. It is data; the search owns the budget and what was found."""

    @property
    @abstractmethod
    def name(self) -> str:
        """What progress and reports call it."""

    @property
    def leaves_near_misses(self) -> bool:
        """Whether its candidates may be right but for a part, so that mending pays."""
        return False

    @abstractmethod
    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        """Candidates, as they are found, until the budget is over or nothing is left to try."""
