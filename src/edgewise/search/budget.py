"""`Budget`: the work that a search may do, in evaluations of formulas and in CPU seconds.

Only the CPU time of the search's own thread counts. So on a busy machine it does the same work and
takes longer.
"""

from __future__ import annotations

import math
from time import perf_counter, thread_time
from typing import Any

from edgewise._checks import is_number, quote

RATE = 5000
"""Evaluations of formulas per second on an idle core. Other work is converted from its time at this
rate. Parts of a search are limited by evaluations and not by seconds, so that a slow machine finds
the same formulas."""


def check_budget(owner: str, budget: Any) -> None:
    """Raise ValueError unless a user's budget is a number of seconds."""
    if not is_number(budget) or not 0 < budget < math.inf:
        raise ValueError(f"{owner} expected a finite budget above 0 seconds, got {quote(budget)}")


class Budget:
    """A limit on evaluations and on CPU seconds.

    CPU time is that of the thread that creates the budget. The time of other processes that work
    for it is added by :meth:`charge`.

    Args:
        seconds: CPU seconds from now on.
        evaluations: total number of evaluations.
    """

    def __init__(self, seconds: float, evaluations: float = math.inf) -> None:
        self.seconds = seconds
        self.evaluations = evaluations
        self.spent = 0
        self.charged = 0.0
        self._began, self._began_by_the_clock = thread_time(), perf_counter()

    def spend(self, evaluations: int) -> None:
        """Add evaluations to the work done."""
        self.spent += evaluations

    def charge(self, seconds: float) -> None:
        """Add CPU seconds of other processes."""
        self.charged += seconds

    @property
    def elapsed(self) -> float:
        """CPU seconds since the start."""
        return max(0.0, thread_time() - self._began) + self.charged

    @property
    def by_the_clock(self) -> float:
        """Wall-clock seconds since the start."""
        return perf_counter() - self._began_by_the_clock

    @property
    def left(self) -> float:
        """Remaining CPU seconds, at least 0."""
        return max(0.0, self.seconds - self.elapsed)

    @property
    def work(self) -> float:
        """Remaining evaluations; remaining seconds are converted at :data:`RATE`."""
        return max(0.0, min(self.evaluations - self.spent, RATE * self.left))

    @property
    def over(self) -> bool:
        """Whether the budget is spent."""
        return self.spent >= self.evaluations or self.elapsed >= self.seconds

    def part(self, *, seconds: float = math.inf, evaluations: float = math.inf) -> Budget:
        """A smaller budget within this one; what it spends counts here, too."""
        return _Part(self, seconds, evaluations)


class _Part(Budget):
    """A part of another budget, from which it is taken."""

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
