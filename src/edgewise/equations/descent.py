"""Gauss-Newton steps for the coefficients of products of curves."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from torch import Tensor

from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.equations.dense_steps import CLOSE, EXACT, FAR, LARGE, factorise
from edgewise.equations.least_squares import MOST_DENSE, EquationFit
from edgewise.equations.splitting import solve_nearly

FIRST_DAMPING = 1e-8
"""Damping of unit columns after the first failed step."""
FLAT = 1e-9
"""At the minimum, a small step raises the sum of squares by at most this fraction, from
rounding."""


class Fitted(NamedTuple):
    """The result of a descent.

    Attributes:
        free: the free coefficients of all fields, concatenated.
        cost: the sum of squares.
        converged: whether a further step would be smaller than the goal.
    """

    free: Tensor
    cost: float
    steps: int
    converged: bool


def descend_fit(
    fit: EquationFit,
    start: Tensor,
    *,
    goal: float,
    steps: int = 30,
    out_of_time: Callable[[], bool],
) -> Fitted:
    """Take Gauss-Newton steps until the next one would be smaller than a goal.

    Args:
        goal: the relative change of the coefficients at which the fit has converged.
    """
    descent = _Descent(fit, goal, out_of_time)
    values = fit.residuals(start)
    if bool(values.isnan().all()):
        raise ValueError(
            "solve expected a residual that is defined for the initial fields, got NaN at all "
            "points: check quotients, roots and logarithms, in the values of conditions, too"
        )
    at = Trial(start, _finite(values))
    found, costs = descend(
        at, descent.linearise, Tenfold(0.0, FIRST_DAMPING), steps=steps, tries=18, slow=1e-6,
        patience=2,
    )  # fmt: skip
    return Fitted(found.point, found.cost, len(costs), descent.is_done())


class _Descent:
    """The steps of one fit, and their sizes."""

    def __init__(self, fit: EquationFit, goal: float, out_of_time: Callable[[], bool]) -> None:
        self.fit, self.goal, self.out_of_time = fit, goal, out_of_time
        self.sizes: list[float] = []
        self.linear, self.stopped, self.tried = False, False, False

    def linearise(self, at: Trial) -> Attempt | None:
        self.stopped = self.out_of_time()
        if self.stopped or self.is_done():
            return None
        self.tried = True
        solve = _Steps(self.fit, at.point)

        def attempt(damping: float) -> Trial | None:
            change = solve(damping)
            if change is None or not bool(change.isfinite().all()):
                self.stopped |= damping == 0 and change is None
                return None
            point = at.point + change
            cost = _finite(self.fit.residuals(point))
            size = float(change.norm() / point.norm().clamp(min=1e-300))
            flat = damping == 0 and cost <= at.cost * (1 + FLAT) and size < 10 * self.goal
            small = size < self.goal or flat
            if cost < at.cost or (damping == 0 and small):
                self.sizes.append(size)
                self.linear = damping == 0 and solve.exact and self.fit.is_linear
            return Trial(point, cost) if cost < at.cost or not small else at

        return attempt

    def is_done(self) -> bool:
        """Whether the last step was smaller than the goal."""
        if self.stopped or not self.sizes:
            return not self.stopped and self.tried
        before = self.sizes[-2] if len(self.sizes) > 1 else 0.01
        ratio = min(1.0, self.sizes[-1] / max(before, 1e-300))
        return self.linear or self.sizes[-1] * ratio < self.goal


class _Steps:
    """Damped steps from a point: undamped ones of large problems by LSQR, others by QR.

    Attributes:
        exact: whether the last step solves its linear problem exactly.
    """

    def __init__(self, fit: EquationFit, point: Tensor) -> None:
        self.fit = fit
        self.parts, self.values = fit.linearise(point)
        self.whole: Callable[[float], Tensor] | None = None
        self.exact = True
        self.most_dense = MOST_DENSE

    def __call__(self, damping: float) -> Tensor | None:
        if damping == 0 and len(self.fit) >= LARGE and self.fit.is_split:
            goal = EXACT if self.fit.is_linear else CLOSE
            found = solve_nearly(self.parts, self.fit.axis, -self.values[:, None], goal)
            self.most_dense = MOST_DENSE if found is None else self.fit.most_dense
            if found is not None and found.gradient <= FAR:
                self.exact = found.gradient <= EXACT
                return found.solution[:, 0]
        self.exact = True
        if len(self.fit) > self.most_dense:
            return None
        self.fit.is_split &= damping > 0
        if self.whole is None:
            self.whole = factorise(self.parts, self.values)
        return self.whole(damping)


def _finite(values: Tensor) -> float:
    cost = float(values @ values)
    return cost if cost == cost else float("inf")
