"""Least squares with a ridge for each group of coefficients, by restricted maximum likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.moments import Moments
from edgewise.additive.normal_equations import Solved, solve_equations

Array = NDArray[np.float64]
Groups = Sequence[NDArray[np.intp]]

WEAKEST, STRONGEST = 1e-7, 1e12
LARGEST_STEP, LEAST_SLOPE = 3.4, 0.05
"""Limits of a change of the logarithm of a strength, and of the slope that it is computed from."""
LEAST_SQUARE = 1e-280
"""Of what is left in a target that is a constant; so small that its mean has a logarithm."""
LEAST_FREEDOM = 1e-3
"""A group with fewer effective degrees of freedom than this is left out at once."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The solution of penalised least squares.

    Attributes:
        coef: (columns,); the first is the intercept, which isn't penalised.
        ridge: the strength λ of each group.
        noise: the variance φ of the residuals.
        freedom: the effective number of coefficients.
        covariance: of the coefficients that aren't left out or apart, divided by φ.
        kept: the positions of these coefficients.
        apart: the positions of the coefficients of factors, of which only variances are kept.
        variance: these variances, divided by φ.
    """

    coef: Array
    ridge: Array
    noise: float
    freedom: float
    covariance: Array
    kept: NDArray[np.intp]
    apart: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    variance: Array = field(default_factory=lambda: np.zeros(0))


def solve_groups(
    moments: Moments,
    rows: float,
    groups: Groups,
    ridge: Array,
    *,
    noise: float | None = None,
    weakest: float = WEAKEST,
    rounds: int = 60,
    worth: float = 0.0,
    tolerance: float = 0.01,
) -> Solution:
    """Minimise ½‖y - Z β‖² + ½ Σ_g λ_g ‖β_g‖², with each λ_g at its restricted maximum likelihood.

    At the maximum each group is as large as its prior variance φ/λ_g lets one expect:

    .. math:: λ_g = φ\\,(|g| - λ_g\\,\\mathrm{tr}\\,V_{gg}) / ‖β_g‖², \\qquad V = (Z'Z + Λ)^{-1}.

    Fellner's and Schall's update takes the right side for λ_g. Here each log λ_g takes Newton's
    step towards it, the other strengths being as they are, which needs a third of the rounds.

    Args:
        moments: Z'Z, Z'y and y'y.
        rows: the number of rows, or the sum of their weights.
        groups: positions of the columns of each group.
        ridge: the first strengths, one a group; a group at ``STRONGEST`` stays left out.
        noise: φ where it is known, as for classes; None estimates it.
        weakest: the least strength.
        rounds: the most updates.
        worth: after convergence leave out groups of one column with fewer degrees of freedom than
            this, and of several columns with fewer than twice this, then go on.
        tolerance: converged when no logarithm of a strength changes by more.

    Source: Wood and Fasiolo, *A generalized Fellner-Schall method for smoothing parameter
    optimization* (2017).
    """
    ridge = ridge.copy()
    alive = [k for k in range(len(groups)) if ridge[k] < STRONGEST]
    solved: Solved | None = None
    before = [(0.0, 0.0)] * len(groups)
    for turn in range(max(rounds, 1)):
        diagonal = spread_ridges(moments.width, groups, ridge, alive)
        solved = solve_equations(moments, diagonal, [groups[k] for k in alive], solved)
        inside = np.isfinite(diagonal)
        freedom = float(inside.sum() - solved.spread[inside] @ diagonal[inside])
        if noise is None:
            left = max(solved.square, 1e-12 * moments.square, LEAST_SQUARE)
            scale = left / max(rows - freedom, 1.0)
        else:
            scale = noise
        change, dead, weak = 0.0, [], []
        for k in alive:
            free, far, slope = _measure_group(solved, groups[k], ridge[k], scale)
            weight = 1.0 if free > 0.05 else 0.1
            change = max(change, weight * abs(far))
            step = _take_step(far, slope, before[k])
            before[k] = far, step
            ridge[k] = min(max(ridge[k] * math.exp(step), weakest), STRONGEST)
            if free < LEAST_FREEDOM:
                ridge[k] = STRONGEST
                dead.append(k)
            elif free < worth * min(len(groups[k]), 2):
                weak.append(k)
        if change < tolerance and not dead:
            if not weak:
                break
            ridge[weak] = STRONGEST
            dead = weak
        if turn + 1 < rounds:
            alive = [k for k in alive if k not in dead]
    if solved is None:
        raise ValueError(f"expected at least one round, got {rounds}")
    apart = np.setdiff1d(np.flatnonzero(inside), solved.kept)
    return Solution(
        solved.coef,
        ridge,
        scale,
        freedom,
        solved.covariance,
        solved.kept,
        apart,
        solved.spread[apart],
    )


def _measure_group(
    solved: Solved, group: NDArray[np.intp], ridge: float, noise: float
) -> tuple[float, float, float | None]:
    """The freedom f of a group, h = log(φ f / ‖b‖²) - log λ, and the slope of h by log λ.

    With V the block of the inverse, f = |g| - λ tr V, f' = -λ tr V + λ² tr V² and
    (‖b‖²)' = -2 λ b'V b. Of several factors V isn't known: the slope is None.
    """
    coef = solved.coef[group]
    free = max(len(group) - ridge * float(solved.spread[group].sum()), 1e-12)
    size = max(float(coef @ coef), 1e-300)
    far = math.log(noise) + math.log(free) - math.log(size) - math.log(ridge)
    place = np.searchsorted(solved.kept, group)
    first, last = place[0], place[-1]
    if last < len(solved.kept) and solved.kept[last] == group[-1]:
        is_run = last - first == len(place) - 1  # a view is quicker
        block = (slice(first, last + 1),) * 2 if is_run else np.ix_(place, place)
        kept = ridge * solved.covariance[block]
        square, bend = float(np.sum(kept**2)), float(coef @ kept @ coef)
    elif solved.curves is not None:
        square, bend = solved.curves[0] * ridge**2, solved.curves[1] * ridge
    else:
        return free, far, None
    fall = len(group) - free - square
    return free, far, 2 * bend / size - fall / free - 1.0


def _take_step(far: float, slope: float | None, before: tuple[float, float]) -> float:
    """The step of log λ towards h = 0: Newton's, or the secant's where the slope isn't known.

    After a step that went too far it is at most half as long.

    Args:
        before: h and the step of the round before; without one the secant's is -1, which makes the
            step Fellner's and Schall's.
    """
    past, step = before
    if slope is None:
        slope = max((far - past) / step, -1.0) if step else -1.0
    new = far / max(-slope, LEAST_SLOPE)
    new = min(max(new, -LARGEST_STEP), LARGEST_STEP)
    return math.copysign(min(abs(new), abs(step) / 2), new) if new * step < 0 else new


def spread_ridges(width: int, groups: Groups, ridge: Array, alive: Sequence[int]) -> Array:
    """The ridge of each coefficient: none for the intercept, inf for those of other groups."""
    diagonal = np.full(width, np.inf)
    diagonal[0] = 0.0
    for k in alive:
        diagonal[groups[k]] = ridge[k]
    return diagonal
