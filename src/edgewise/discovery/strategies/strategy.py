"""`Strategy`, the interface of a way to look for formulas, and `Candidate`, what it proposes."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from edgewise.discovery.problem import Problem
from edgewise.formula.expression import Expression
from edgewise.search.budget import Budget


@dataclass(frozen=True)
class Candidate:
    """A proposed formula and its source; its numbers are good enough for a refit to succeed.

    Attributes:
        mse: the out-of-fold error if the strategy knows it; the formula is then kept as it is.
        prior_bits: -log2 of its prior probability if the strategy knows it (few bits for a named
            law); None for the prior of its nodes.
    """

    tree: Expression
    source: str
    mse: float | None = None
    prior_bits: float | None = None


class Strategy(ABC):
    """One way to look for formulas. It is frozen data; the search owns the budget and the front."""

    @property
    def leaves_near_misses(self) -> bool:
        """Whether its candidates may be right up to one part, so that repairs are worthwhile."""
        return False

    @abstractmethod
    def propose(self, problem: Problem, budget: Budget) -> Iterator[Candidate]:
        """Yield candidates until the budget is spent or everything has been tried."""
