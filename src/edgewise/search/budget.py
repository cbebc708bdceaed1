"""How much work a search may do: evaluations of formulas at all rows, and the processor's seconds.

A search that shares its processor with others gets the same work done and takes longer: only the
time in which its own thread computes counts.
"""

from __future__ import annotations

import math
from time import perf_counter, thread_time

RATE = 5000
"""Evaluations of formulas that a quiet core does in a second. Work that evaluates no formula counts
by its time at this rate. Parts of a search are given evaluations instead of seconds, so that a slow
machine finds the same."""


class Budget:
    """How many evaluations are left; the processor's seconds only cut the search off.

    It belongs to the thread that makes it. Work that other processes do for it is added by
    :meth:`charge`.

    Args:
        seconds: of the processor, from now.
        evaluations: the work that may be done altogether.
    """

    def __init__(self, seconds: float, evaluations: float = math.inf) -> None:
        self.seconds = seconds
        self.evaluations = evaluations
        self.spent = 0
        self.charged = 0.0
        self._began, self._began_by_the_clock = thread_time(), perf_counter()

    def spend(self, evaluations: int) -> None:
        """Count work that was done."""
        self.spent += evaluations

    def charge(self, seconds: float) -> None:
        """Count seconds that other processes have computed."""
        self.charged += seconds

    @property
    def elapsed(self) -> float:
        """The processor's seconds since the beginning."""
        return max(0.0, thread_time() - self._began) + self.charged

    @property
    def by_the_clock(self) -> float:
        """Seconds since the beginning, those included in which others computed."""
        return perf_counter() - self._began_by_the_clock

    @property
    def left(self) -> float:
        """The processor's seconds that are left, at least 0."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def over(self) -> bool:
        """Whether the search has to end."""
        return self.spent >= self.evaluations or self.elapsed >= self.seconds

    def part(self, *, seconds: float = math.inf, evaluations: float = math.inf) -> Budget:
        """A budget that ends with this one, after so many seconds or so much work.

        What it spends counts here, too.
        """
        return _Part(self, seconds, evaluations)


class _Part(Budget):
    """A part of another budget, which is spent with it."""

    def __init__(self, whole: Budget, seconds: float, evaluations: float) -> None:
        super().__init__(
            min(seconds, whole.left), min(evaluations, whole.evaluations - whole.spent)
        )
        self.whole = whole

    def spend(self, evaluations: int) -> None:
        super().spend(evaluations)
        self.whole.spend(evaluations)

    def charge(self, seconds: float) -> None:
        super().charge(seconds)
        self.whole.charge(seconds)
