"""Damped Gauss-Newton steps (Levenberg and Marquardt): one loop for all least squares.

The caller makes a problem linear at a point and solves it for a damping λ,

    (JᵀJ + λ D) Δ = Jᵀ r,

with whatever arrays and factors suit it; :func:`descend` decides which steps are taken.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple


class Trial(NamedTuple):
    """A point that a step leads to.

    Attributes:
        point: what the caller knows of it: numbers, residuals.
        cost: the sum or mean of the squares there; infinite if it isn't finite.
        gain: how much of the decrease that the linear problem promised there was.
        damping: λ of the step, where the caller has tried several; None for the one asked for.
    """

    point: Any
    cost: float
    gain: float = 1.0
    damping: float | None = None


@dataclass(frozen=True)
class Tenfold:
    """λ becomes a tenth after a step that lowers the cost, and ten times as large after another.

    Attributes:
        value: λ.
        floor: the least λ after a step that failed.
        least: the least λ after one that didn't.
    """

    value: float
    floor: float = 0.0
    least: float = 0.0

    def raised(self) -> Tenfold:
        """λ after a step that failed."""
        return replace(self, value=max(10 * self.value, self.floor))

    def lowered(self, gain: float) -> Tenfold:
        """λ after a step that lowered the cost."""
        return replace(self, value=max(self.value / 10, self.least))


@dataclass(frozen=True)
class Nielsen:
    """λ shrinks the more the better the linear problem foretold the cost, at most to a third.

    Reference: Nielsen, *Damping parameter in Marquardt's method* (1999).
    """

    value: float
    least: float
    growth: float = 2.0

    def raised(self) -> Nielsen:
        """λ after a step that failed: times 2, then 4, 8 and so on."""
        return replace(self, value=self.value * self.growth, growth=self.growth * 2)

    def lowered(self, gain: float) -> Nielsen:
        """λ after a step that lowered the cost."""
        value = self.value * max(1 / 3, 1 - (2 * gain - 1) ** 3)
        return replace(self, value=max(value, self.least), growth=2.0)


Attempt = Callable[[float], Trial | None]
"""The trial for a damping; None if there is none, the point itself if there is nothing to gain."""


def descend(
    at: Trial,
    linearise: Callable[[Trial], Attempt | None],
    damping: Tenfold | Nielsen,
    *,
    steps: int,
    tries: int = 6,
    most: float = math.inf,
    goal: float = 0.0,
    slow: float = 1e-4,
    patience: int = 3,
    ties: bool = False,
) -> tuple[Trial, list[float]]:
    """The point where steps no longer lower the cost, and the cost after each step that was taken.

    Args:
        at: where to begin.
        linearise: makes the problem linear at a point; None ends the descent.
        damping: at the first step.
        steps: at most so many.
        tries: dampings that are tried from one point at most.
        most: a damping above which there are no further tries.
        goal: a cost at which it ends.
        slow: a step is slow if it lowers the cost by this part or less;
        patience: so many slow steps in a row end it.
        ties: whether a step that leaves the cost as it is is taken.
    """
    costs: list[float] = []
    stalled = 0
    for _ in range(steps):
        attempt = linearise(at)
        trial = None
        for _ in range(tries if attempt is not None else 0):
            found = attempt(damping.value)  # type: ignore[misc]
            if found is at:
                break
            if found is not None and (found.cost < at.cost or (ties and found.cost == at.cost)):
                trial = found
                break
            damping = damping.raised()
            if damping.value > most:
                break
        if trial is None:
            break
        stalled = stalled + 1 if trial.cost >= at.cost * (1 - slow) else 0
        if trial.damping is not None:
            damping = replace(damping, value=trial.damping)
        at, damping = trial, damping.lowered(trial.gain)
        costs.append(at.cost)
        if at.cost <= goal or stalled >= patience:
            break
    return at, costs
