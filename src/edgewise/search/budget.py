"""How much work a search may do. Work is counted in evaluations of formulas at all rows."""

from __future__ import annotations

import math
from time import perf_counter

RATE = 5000
"""Evaluations a second of a quiet core, about; what takes time without evaluating a formula counts
as so many. Parts of a search are given evaluations and not seconds, so that a busy machine finds
the same."""


class Budget:
    """Spent by the search; the time only cuts it off.

    Args:
        seconds: from now.
        evaluations: so much work altogether.
    """

    def __init__(self, seconds: float, evaluations: float = math.inf) -> None:
        self.began = perf_counter()
        self.deadline = self.began + seconds
        self.evaluations = evaluations
        self.spent = 0

    def spend(self, evaluations: int) -> None:
        """Count work that was done."""
        self.spent += evaluations

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return perf_counter() - self.began

    @property
    def left(self) -> float:
        """Seconds until the end, at least 0."""
        return max(0.0, self.deadline - perf_counter())

    @property
    def over(self) -> bool:
        """Whether the search has to end."""
        return self.spent >= self.evaluations or perf_counter() >= self.deadline

    def part(self, *, seconds: float = math.inf, evaluations: float = math.inf) -> Budget:
        """A budget that ends with this one, after so many seconds or so much work.

        What it spends counts here.
        """
        return _Part(self, seconds, evaluations)


class _Part(Budget):
    """A share of another budget."""

    def __init__(self, whole: Budget, seconds: float, evaluations: float) -> None:
        super().__init__(
            min(seconds, whole.left), min(evaluations, whole.evaluations - whole.spent)
        )
        self.whole = whole

    def spend(self, evaluations: int) -> None:
        super().spend(evaluations)
        self.whole.spend(evaluations)
