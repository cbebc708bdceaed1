"""Nonlinear least squares of a curve: descents from start values, and tests of convergence."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from edgewise._arrays import Array
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.formula.scaling import (
    damp_steps,
    power_of_two_above,
    remove_projection,
    scale_columns,
)
from edgewise.laws.curve import Curve
from edgewise.laws.noise import Noise

FINE = 1e-14
"""The relative tolerance of a full descent."""
COARSE = 1e-5
"""A coarse descent ends when a step lowers the sum of squares by less than this fraction."""
POLISHING = 30
"""Most undamped Gauss-Newton steps after a descent."""
IDLE = 10
"""These steps end when this many in a row haven't lowered the sum of squares."""
CONVERGED = 1e-4
"""A fit has converged if its relative offset is below this (Bates & Watts, Technometrics 23 (1981)
179): the part of the residuals that a further step could explain, over the remaining part."""
HUGE = 1e100
"""Largest derivative of a residual; larger ones are clipped."""
ROUNDING = 1e-6
"""Residuals count as at least this fraction of y, so that offsets are 0 for exact fits."""
NOTHING = float(np.finfo(float).tiny)
"""A sum of squares below it has lost its digits."""
SINGULAR = 1e-13
"""Singular values below this fraction of the largest belong to undetermined directions."""


@dataclass(frozen=True, eq=False)
class FitProblem:
    """A fit's problem: curve, rows, noise, and bounds of the parameters.

    Attributes:
        lower, upper: bounds of the parameters.

    Shape:
        x: (rows, in); y: (rows,); lower, upper: (parameters,)
    """

    curve: Curve
    noise: Noise
    x: Array
    y: Array
    lower: Array
    upper: Array

    @property
    def measured(self) -> NDArray[np.bool_]:
        """Whether each y is a measured value, and not a limit."""
        return self.noise.measured(self.y)

    def cost(self, theta: Array) -> float:
        """The sum of squares; infinite where the curve isn't defined."""
        with np.errstate(all="ignore"):
            residual = self.noise.residuals(self.curve, self.x, self.y, theta)
            total = float(residual @ residual)
        return total if math.isfinite(total) else math.inf


@dataclass(frozen=True, eq=False)
class DescentResult:
    """The result of a descent.

    Attributes:
        theta: all parameters.
        free: those that aren't held.
    """

    rows: FitProblem
    theta: Array
    free: Sequence[int]

    @cached_property
    def cost(self) -> float:
        """The sum of squares."""
        return self.rows.cost(self.theta)

    @cached_property
    def jacobian(self) -> Array:
        """A matrix J such that JᵀJ is the information on all parameters."""
        rows = self.rows
        with np.errstate(all="ignore"):
            return rows.noise.information(rows.curve, rows.x, rows.y, self.theta)

    @cached_property
    def offset(self) -> float:
        """The relative offset, which is tiny at a minimum; infinite where f isn't defined."""
        rows, theta = self.rows, self.theta
        with np.errstate(all="ignore"):
            residual, slopes = rows.noise.linearise(rows.curve, rows.x, rows.y, theta)
            if not math.isfinite(self.cost) or not np.isfinite(slopes).all():
                return math.inf
            inner = [k for k in self.free if rows.lower[k] < theta[k] < rows.upper[k]]
            pull = slopes.T @ residual
            inner = [k for k in inner if not _rests_on_bound(rows, theta, slopes, pull, k)]
            return _offset(rows, residual, slopes[:, inner])

    @property
    def converged(self) -> bool:
        return self.offset <= CONVERGED


Solution = DescentResult
"""Its name in pickles of version 0.1.0."""


@np.errstate(all="ignore")
def solve(
    rows: FitProblem,
    start: Array,
    *,
    held: tuple[int, ...] = (),
    most: int = 400,
    near: bool = False,
    coarse: bool = False,
    projected: bool = False,
) -> DescentResult:
    """Minimise the sum of squares by a descent from `start`.

    Args:
        held: parameters that are fixed.
        most: largest number of evaluations of the curve.
        near: whether the start may be close enough to the minimum for undamped steps.
        coarse: whether a few digits of the sum of squares are enough.
        projected: whether to eliminate linear parameters first (variable projection).
            Exchangeable terms may change places then.
    """
    free = [k for k in range(len(start)) if k not in held]
    start = np.clip(start, rows.lower, rows.upper)
    if not free or not math.isfinite(rows.cost(start)):
        return DescentResult(rows, start, free)
    if near:
        found = DescentResult(rows, _polish(rows, start, free), free)
        if found.offset <= 0.01 * CONVERGED:
            return found
    theta = _descend_projected(rows, start, free, most, coarse) if projected else None
    if theta is None:
        theta = _descend(rows, start, free, most, coarse)
    return DescentResult(rows, theta if coarse else _polish(rows, theta, free), free)


def _descend_projected(
    rows: FitProblem, start: Array, free: list[int], most: int, coarse: bool
) -> Array | None:
    """A descent in the nonlinear parameters, with the linear ones solved for (variable projection).

    In A exp(-E/T), A and E are so strongly correlated that a descent in both hardly moves. None if
    there are no linear parameters, or their best values are outside the bounds.

    Reference: Kaufman, *A variable projection method for solving separable nonlinear least squares
    problems*, BIT 15 (1975) 49.
    """
    linear = [k for k in free if k in rows.curve.linear]
    curved = [k for k in free if k not in linear]
    if not linear or not curved or not rows.noise.keeps_lines:
        return None
    theta, flat = start.copy(), np.empty(0)

    def residuals(part: Array) -> Array:
        """Residuals at the best linear parameters; keeps the scaled derivatives by these."""
        nonlocal flat
        theta[curved], theta[linear] = part, 0.0
        residual, every = rows.noise.linearise(rows.curve, rows.x, rows.y, theta)
        flat, scale = scale_columns(every[:, linear])
        if not (np.isfinite(residual).all() and np.isfinite(scale).all()):
            return np.full_like(residual, HUGE)
        solution = np.linalg.lstsq(flat, residual, rcond=SINGULAR)[0]
        theta[linear] = -solution / scale
        return residual - flat @ solution

    def jacobian(part: Array) -> Array:
        if not np.array_equal(theta[curved], part):
            residuals(part)
        slopes = rows.noise.linearise(rows.curve, rows.x, rows.y, theta)[1][:, curved]
        if not np.isfinite(flat).all():
            return np.zeros_like(slopes)
        q = np.linalg.qr(flat)[0]
        return remove_projection(q, slopes)

    if coarse:
        found = _march(rows, residuals, jacobian, start, curved, most)
    else:
        found = _trust(rows, residuals, jacobian, start, curved, most, FINE)
    if found is None:
        return None
    residuals(found)
    return theta if ((theta >= rows.lower) & (theta <= rows.upper)).all() else None


def _descend(rows: FitProblem, start: Array, free: list[int], most: int, coarse: bool) -> Array:
    """A trust-region descent in all parameters."""
    theta = start.copy()

    def whole(part: Array) -> Array:
        theta[free] = part
        return theta

    def residuals(part: Array) -> Array:
        return rows.noise.residuals(rows.curve, rows.x, rows.y, whole(part))

    def jacobian(part: Array) -> Array:
        return rows.noise.linearise(rows.curve, rows.x, rows.y, whole(part))[1][:, free]

    tolerance = 1e-7 if coarse else FINE
    found = _trust(rows, residuals, jacobian, start, free, most, tolerance)
    return start if found is None else whole(found).copy()


def _bound(slopes: Array) -> Array:
    """Clip slopes so that their squares don't overflow; those that aren't finite become 0."""
    return np.clip(np.nan_to_num(slopes, posinf=0.0, neginf=0.0), -HUGE, HUGE)


def _march(
    rows: FitProblem,
    residuals: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    start: Array,
    free: list[int],
    most: int,
) -> Array | None:
    """Levenberg-Marquardt steps of the free parameters, clipped at their bounds; None on failure.

    They have less overhead for each evaluation than trust regions, but converge to fewer digits.
    """
    unit = power_of_two_above(start[free])
    lower, upper = rows.lower[free] / unit, rows.upper[free] / unit
    inside = _strictly_inside(start[free] / unit, lower, upper)
    least, greatest = _strictly_inside(lower, lower, upper), _strictly_inside(upper, lower, upper)
    spent = 0

    def trial(part: Array) -> Trial:
        nonlocal spent
        spent += 1
        left = residuals(part * unit)
        cost = float(left @ left)
        return Trial((part, left), cost if math.isfinite(cost) else math.inf)

    def linearise(at: Trial) -> Attempt | None:
        if spent >= most:
            return None
        part, left = at.point
        slopes = _bound(jacobian(part * unit) * unit)
        gradient = slopes.T @ left
        slopes[:, ((part <= least) & (gradient > 0)) | ((part >= greatest) & (gradient < 0))] = 0.0

        def move(step: Array) -> Trial:
            return at if spent >= most else trial(np.clip(part - step, least, greatest))

        return damp_steps(at, slopes, left, move)

    first = trial(inside)
    if not math.isfinite(first.cost):
        return None
    found, _ = descend(first, linearise, Tenfold(1e-3, least=1e-14), steps=most, slow=COARSE)
    return np.asarray(found.point[0] * unit)


def _trust(
    rows: FitProblem,
    residuals: Callable[[Array], Array],
    jacobian: Callable[[Array], Array],
    start: Array,
    free: list[int],
    most: int,
    tolerance: float,
) -> Array | None:
    """A trust-region descent of the free parameters, scaled by their effect; None on failure."""
    # In these units, because scipy takes a parameter below 1e-10 for 0 if its bound is 0.
    unit = power_of_two_above(start[free])
    lower, upper = rows.lower[free] / unit, rows.upper[free] / unit
    inside = _strictly_inside(start[free] / unit, lower, upper)
    if not np.isfinite(residuals(inside * unit)).all():
        return None

    try:
        with np.errstate(all="ignore"):
            found = least_squares(
                lambda part: residuals(part * unit),
                inside,
                lambda part: _bound(jacobian(part * unit) * unit),
                bounds=(lower, upper),
                x_scale="jac",
                ftol=tolerance,
                xtol=tolerance,
                gtol=None,
                max_nfev=most,
            )
    except (ValueError, np.linalg.LinAlgError):
        return None  # Numbers overflow, so the descent can't go on.
    return np.asarray(found.x * unit)


def _strictly_inside(theta: Array, lower: Array, upper: Array) -> Array:
    """The point moved slightly off its bounds, since trust regions must start inside."""
    room = np.where(np.isfinite(upper - lower), upper - lower, np.abs(theta) + 1e-3)
    with np.errstate(invalid="ignore"):
        low = np.where(np.isfinite(lower), lower + 1e-9 * room, -np.inf)
        high = np.where(np.isfinite(upper), upper - 1e-9 * room, np.inf)
    return np.clip(theta, low, high)


def _polish(rows: FitProblem, theta: Array, free: list[int]) -> Array:
    """Undamped Gauss-Newton steps by QR factors, for the last digits."""
    cost, idle = rows.cost(theta), 0
    for _ in range(POLISHING):
        step = _step(rows, theta, free)
        if step is None:
            return theta
        new = theta.copy()
        new[free] += step
        if ((new < rows.lower) | (new > rows.upper)).any():
            return theta
        after = rows.cost(new)
        # Near the minimum costs differ only by rounding; then the size of the step decides.
        if not after <= cost * (1 + 1e-13):
            return theta
        small = np.abs(step) <= 1e-14 * np.abs(new[free])
        idle = 0 if after < cost else idle + 1
        theta, cost = new, min(after, cost)
        if small.all() or idle >= IDLE:
            return theta
    return theta


def _step(rows: FitProblem, theta: Array, free: list[int]) -> Array | None:
    residual, slopes = rows.noise.linearise(rows.curve, rows.x, rows.y, theta)
    slopes, scale = scale_columns(slopes[:, free])
    if not np.isfinite(scale).all() or not np.isfinite(residual).all():
        return None
    found = np.linalg.lstsq(slopes, -residual, rcond=SINGULAR)[0]
    return np.asarray(found / scale)


def _rests_on_bound(rows: FitProblem, theta: Array, slopes: Array, gradient: Array, k: int) -> bool:
    """Whether a parameter is at a bound and the sum of squares falls towards the outside."""
    low, high = near_bounds(rows, theta, slopes)
    return bool((low[k] and gradient[k] > 0) or (high[k] and gradient[k] < 0))


def near_bounds(rows: FitProblem, theta: Array, slopes: Array) -> tuple[NDArray[Any], NDArray[Any]]:
    """Which parameters are at their lower and at their upper bound; bool, (parameters,) each.

    Near 0 the unit is the change of the parameter that changes f by the size of y.
    """
    size = np.linalg.norm(rows.noise.weight(rows.y) * rows.y)
    with np.errstate(all="ignore"):
        own = np.nan_to_num(size / np.linalg.norm(slopes, axis=0), posinf=1.0)
    room = 1e-6 * (np.abs(theta) + 1e-6 * own)
    return theta - rows.lower <= room, rows.upper - theta <= room


def _offset(rows: FitProblem, residual: Array, slopes: Array) -> float:
    """The part of the residuals that a further step could explain, over the remaining part.

    The remaining part is at least the rounding error of y.
    """
    if not slopes.shape[1]:
        return 0.0
    slopes, scale = scale_columns(slopes)
    if not np.isfinite(scale).all():
        return math.inf
    u, s, _ = np.linalg.svd(slopes, full_matrices=False)
    inside = u[:, s > SINGULAR * s[0]].T @ residual
    explained = float(inside @ inside)
    if explained < NOTHING:
        return 0.0
    left = max(float(residual @ residual) - explained, 0.0)
    freedom = max(len(residual) - slopes.shape[1], 1)
    size = float(np.sqrt(np.mean(np.square(rows.noise.weight(rows.y) * rows.y))))
    least = math.sqrt(left / freedom) + ROUNDING * size
    return math.sqrt(explained / len(inside)) / least if least else math.inf
