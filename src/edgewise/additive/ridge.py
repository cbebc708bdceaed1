"""Least squares with a ridge for each group of coefficients, by restricted maximum likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.additive.loss import LEAST_SPARE
from edgewise.additive.moments import Moments
from edgewise.additive.normal_equations import Solved, solve_equations

Groups = Sequence[NDArray[np.intp]]

WEAKEST, STRONGEST = 1e-7, 1e12
LARGEST_STEP, LEAST_SLOPE = 3.4, 0.05
"""Limits of a change of the logarithm of a strength, and of the slope that it is computed from."""
LEAST_SQUARE = 1e-280
"""The least squared residual that is assumed, for targets that are constant: it has a logarithm."""
NEAR = 1.0
"""When no logarithm of a strength is farther from its end, all take Newton's step together. Where φ
is known, the coefficients' next step moves the end, and strengths go on one by one."""
LEAST_CHARGE = 0.5
"""Groups aren't judged where few rows make the likelihood's logarithm too high by less than this,
which decides nothing."""
LEAST_EIGENVALUE = 0.01
"""The least eigenvalue of that step's system; with a smaller one there may be no end nearby."""
LEAST_FREEDOM, NEARLY_OUT = 1e-3, 0.05
"""A group with fewer effective degrees of freedom than the first number is left out at once, and
one with fewer than the second, if the likelihood asks for less: so near to none f and ‖b‖² are
proportional to powers of 1/λ, and what it asks for no longer changes."""


@dataclass(frozen=True, eq=False)
class RidgeSolution:
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
    apart: NDArray[np.intp]
    variance: Array

    def take(self, stays: NDArray[np.bool_], known: NDArray[np.bool_]) -> RidgeSolution:
        """The solution of some coefficients, and the errors of those of them that are known.

        Shape:
            stays, known: (columns,)
        """
        number, inside, alone = np.cumsum(stays) - 1, known[self.kept], known[self.apart]
        return replace(
            self,
            coef=self.coef[stays],
            covariance=self.covariance[np.ix_(inside, inside)],
            kept=number[self.kept[inside]],
            apart=number[self.apart[alone]],
            variance=self.variance[alone],
        )


Solution = RidgeSolution
"""Its name in pickles of version 0.1.0."""


def solve_groups(
    moments: Moments,
    rows: float,
    groups: Groups,
    ridge: Array,
    *,
    noise: float | None = None,
    is_estimated: bool = True,
    weakest: float = WEAKEST,
    rounds: int,
    worth: float = 0.0,
    tolerance: float = 0.01,
) -> RidgeSolution:
    """Minimise ½‖y - Z β‖² + ½ Σ_g λ_g ‖β_g‖², with each λ_g at its restricted maximum likelihood.

    At the maximum each group is as large as its prior variance φ/λ_g lets one expect:

    .. math:: λ_g = φ\\,(|g| - λ_g\\,\\mathrm{tr}\\,V_{gg}) / ‖β_g‖², \\qquad V = (Z'Z + Λ)^{-1}.

    Fellner's and Schall's update takes the right side for λ_g. Here each log λ_g takes Newton's
    step towards it, the other strengths being as they are, and near the end all take it together.
    There, groups for which few rows have no evidence are left out, one after another: those that
    raise the likelihood by less than it is too high, as strengths and φ come from the same rows.

    Args:
        moments: Z'Z, Z'y and y'y.
        rows: the number of rows, or the sum of their weights.
        groups: positions of the columns of each group.
        ridge: the first strengths, one a group; a group at ``STRONGEST`` stays left out.
        noise: φ where it is known, as for classes, or estimated at the last fit; None estimates it.
        is_estimated: whether φ comes from the same rows.
        weakest: the least strength.
        rounds: the most updates; 0 solves for the first strengths and leaves them as they are.
        worth: after convergence leave out groups of one column with fewer degrees of freedom than
            this, and of several columns with fewer than twice this, then go on.
        tolerance: converged when no logarithm of a strength changes by more.

    Source: Wood and Fasiolo, *A generalized Fellner-Schall method for smoothing parameter
    optimization* (2017).
    """
    ridge, moments = ridge.copy(), moments.join_factors()
    alive = np.flatnonzero(ridge < STRONGEST)
    sizes = np.array([len(group) for group in groups])
    solved: Solved | None = None
    before = np.zeros((2, len(groups)))
    for turn in range(max(rounds, 1)):
        diagonal = spread_ridges(moments.width, groups, ridge, alive)
        living = [groups[int(k)] for k in alive]
        solved = solve_equations(moments, diagonal, living, solved)
        inside = np.isfinite(diagonal)
        freedom = float(inside.sum() - solved.spread[inside] @ diagonal[inside])
        left = max(solved.square, 1e-12 * moments.square, LEAST_SQUARE)
        spare = max(rows - freedom, LEAST_SPARE * rows)
        scale = left / spare if noise is None else noise
        if not rounds:
            break
        free, far, curvature = _measure_groups(solved, living, ridge[alive], scale)
        here = ridge[alive]
        at_end = (here <= weakest) & (far < 0)
        change = np.max(np.where(free > 0.05, 1.0, 0.1) * np.abs(far), initial=0.0, where=~at_end)
        step = _take_steps(far, np.diag(curvature.slopes), before[:, alive])
        if noise is None and NEAR > change > tolerance:
            slopes = curvature.slopes + curvature.square / left + curvature.freedom / spare
            step = _take_joint_steps(far, free, slopes, step)
        before[:, alive] = far, step
        ridge[alive] = np.clip(here * np.exp(step), weakest, STRONGEST)
        is_dead = (free < LEAST_FREEDOM) | ((free < NEARLY_OUT) & (far > 0))
        is_weak = ~is_dead & (free < worth * np.minimum(sizes[alive], 2))
        ridge[alive[is_dead]] = STRONGEST
        is_through = is_estimated and rows - freedom < LEAST_SPARE * rows
        if (change < tolerance or is_through) and not is_dead.any():
            if not is_weak.any():
                charge = _charge_last(len(living) + is_estimated, rows)
                if charge > LEAST_CHARGE or is_through:
                    gains = _measure_gains(solved, living, here, rows, noise)
                    is_weak = _find_needless(gains, np.inf if is_through else charge)
            if not is_weak.any():
                break
            ridge[alive[is_weak]] = STRONGEST
            is_dead = is_weak
        if turn + 1 < rounds:
            alive = alive[~is_dead]
    if solved is None:
        raise ValueError(f"expected at least one round, got {rounds}")
    inside[solved.kept] = False
    apart = np.flatnonzero(inside)
    return RidgeSolution(
        solved.coef,
        ridge,
        scale,
        freedom,
        solved.covariance,
        solved.kept,
        apart,
        solved.spread[apart],
    )


class _Curvature(NamedTuple):
    """Derivatives by the logarithms of all strengths.

    Attributes:
        slopes: of each h at a fixed φ, (groups, groups); nan on the diagonal where it isn't known.
        square, freedom: of the squared residual and of the effective number of coefficients.
    """

    slopes: Array
    square: Array
    freedom: Array


def _measure_groups(
    solved: Solved, groups: Groups, ridge: Array, noise: float
) -> tuple[Array, Array, _Curvature]:
    """The freedom f and h = log(φ f / ‖b‖²) - log λ of each group, and their derivatives.

    With V_gh a block of the inverse, f_g = |g| - λ_g tr V_gg, and by log λ_h:

    .. math:: f_g' = λ_g λ_h ‖V_{gh}‖^2 - [g = h] λ_g \\mathrm{tr} V_{gg}, \\qquad
              (‖b_g‖^2)' = -2 λ_h b_g'V_{gh} b_h,

    and the squared residual has the derivative 2 Σ_g λ_g λ_h b_g'V_gh b_h.
    """
    count = len(groups)
    number = np.full(len(solved.coef), -1)
    for k, group in enumerate(groups):
        number[group] = k
    sizes = np.array([len(group) for group in groups], dtype=np.float64)

    def add_up(values: Array, owner: NDArray[np.intp]) -> Array:
        return np.bincount(owner + 1, values, count + 1)[1:].astype(np.float64)

    free = np.maximum(sizes - ridge * add_up(solved.spread, number), 1e-12)
    lengths = np.maximum(add_up(solved.coef**2, number), 1e-300)
    far = np.log(noise) + np.log(free) - np.log(lengths) - np.log(ridge)

    squares, bends, known = _square_blocks(solved, number, ridge)
    change = squares - np.diag(sizes - free)
    shrunk = bends / ridge[:, None] / lengths[:, None]
    slopes = change / free[:, None] + 2 * shrunk - np.eye(count)
    slopes[np.diag_indices(count)] = np.where(known, np.diag(slopes), np.nan)
    return free, far, _Curvature(slopes, 2 * bends.sum(0), change.sum(0))


def _square_blocks(
    solved: Solved, number: NDArray[np.intp], ridge: Array
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """λ_g λ_h ‖V_gh‖² and λ_g λ_h b_g'V_gh b_h of the groups, and whose own block is known.

    They have no unit, so that no weight of rows is too small or too large for them.

    Args:
        number: of each coefficient's group, or -1.
        ridge: λ; (groups,)
    """
    own, count = number[solved.kept], len(ridge)
    inside = np.flatnonzero(own >= 0)
    member = np.zeros((len(own), count))
    member[inside, own[inside]] = 1.0
    root = np.where(own >= 0, np.sqrt(ridge)[own], 0.0) if count else np.zeros(len(own))
    inverse = root[:, None] * solved.covariance * root
    coef = member * (root * solved.coef[solved.kept])[:, None]
    squares, bends = member.T @ inverse**2 @ member, coef.T @ inverse @ coef
    apart = number.copy()
    apart[solved.kept] = -1
    known = np.ones(count, dtype=bool)
    known[apart[apart >= 0]] = False
    own_of_factor = np.flatnonzero(~known)
    factor = solved.factor
    if factor is not None and len(own_of_factor) == 1 and not np.any(own == own_of_factor[0]):
        k = own_of_factor[0]
        both = ridge[k] * ridge
        squares[k] = squares[:, k] = both * (factor.squares @ member)
        bends[k] = bends[:, k] = both * (factor.bends @ member)
        squares[k, k], bends[k, k] = both[k] * factor.square, both[k] * factor.bend
        known[k] = True
    return squares, bends, known


def _take_steps(far: Array, slope: Array, before: Array) -> Array:
    """The steps of log λ towards h = 0: Newton's, or the secant's where the slope isn't known.

    After a step that went too far it is at most half as long.

    Args:
        before: h and the steps of the round before; without one the secant's slope is -1, which
            makes the step Fellner's and Schall's.
    """
    past, step = before
    moved = step != 0
    secant = np.where(moved, np.maximum((far - past) / np.where(moved, step, 1.0), -1.0), -1.0)
    slope = np.where(np.isnan(slope), secant, slope)
    new = np.clip(far / np.maximum(-slope, LEAST_SLOPE), -LARGEST_STEP, LARGEST_STEP)
    shorter = np.copysign(np.minimum(np.abs(new), np.abs(step) / 2), new)
    return np.where(new * step < 0, shorter, new)


def _take_joint_steps(far: Array, free: Array, slopes: Array, step: Array) -> Array:
    """Newton's step of all strengths together; groups that are nearly out take their own steps."""
    some = (free > 0.05) & ~np.isnan(np.diag(slopes))
    block = -slopes[np.ix_(some, some)]
    if not some.any() or np.linalg.eigvals(block).real.min() <= LEAST_EIGENVALUE:
        return step
    joint = np.linalg.solve(block, far[some])
    new = step.copy()
    new[some] = joint * min(1.0, NEAR / max(np.abs(joint).max(), 1e-12))
    return new


def spread_ridges(
    width: int, groups: Groups, ridge: Array, alive: NDArray[np.intp] | None = None
) -> Array:
    """The ridge of each coefficient: 0 for the intercept, inf for those of groups left out.

    Args:
        alive: the groups that aren't; None has those below :data:`STRONGEST`.
    """
    diagonal = np.full(width, np.inf)
    diagonal[0] = 0.0
    for k in np.flatnonzero(ridge < STRONGEST) if alive is None else alive:
        diagonal[groups[k]] = ridge[k]
    return diagonal


def are_few(solution: RidgeSolution, rows: float) -> bool:
    """Whether rows are so few that the strengths estimated from them depend on each of them."""
    alive = int(np.count_nonzero(solution.ridge < STRONGEST))
    return _charge_last(alive + 1, rows) > LEAST_CHARGE


def _charge_last(k: int, n: float) -> float:
    """By how much the likelihood of n rows is too high for the last of k numbers estimated from it.

    For all of them it is k (k + 1) / (n - 2 - k): nothing with many rows. Denominators below 1 are
    taken for 1, so that a line without noise counts in four rows, too.

    Source: Hurvich and Tsai, *Regression and time series model selection in small samples* (1989).
    """
    room = max(n - 2 - k, 1.0)
    return k * (2 * room + k + 1) / (room * (room + 1))


def _find_needless(gains: Array, charge: float) -> NDArray[np.bool_]:
    """The group of least gain, if that is less than the charge."""
    needless = np.zeros(len(gains), dtype=bool)
    if np.isfinite(gains).any():
        worst = int(np.argmin(gains))
        needless[worst] = gains[worst] < charge
    return needless


def _measure_gains(
    solved: Solved, groups: Groups, ridge: Array, rows: float, noise: float | None
) -> Array:
    """By how much the logarithm of the restricted likelihood is less without each group.

    With P the least of ‖y - Z β‖² + Σ_g λ_g ‖β_g‖² it is, all strengths being as they are,

    .. math:: \\tfrac{n - 1}{2} \\log (1 + β_g' V_{gg}^{-1} β_g / P) + \\tfrac12 \\log |λ_g V_{gg}|,

    with ½ β_g' V_gg⁻¹ β_g / φ as the first summand where φ is known; inf for a factor, of which
    only variances are known.
    """
    penalty = spread_ridges(len(solved.coef), groups, ridge, np.arange(len(groups)))
    inside = np.isfinite(penalty)
    shrunk = float(penalty[inside] @ solved.coef[inside] ** 2)
    least = max(solved.square + shrunk, LEAST_SQUARE)
    place = np.full(len(solved.coef), -1)
    place[solved.kept] = np.arange(len(solved.kept))
    gains = np.full(len(groups), np.inf)
    for k, group in enumerate(groups):
        own, coef = place[group], solved.coef[group]
        if own.min() < 0:
            continue
        block = solved.covariance[np.ix_(own, own)]
        far = float(coef @ np.linalg.solve(block, coef))
        fit = 0.5 * far / noise if noise is not None else 0.5 * (rows - 1) * np.log1p(far / least)
        gains[k] = fit + 0.5 * np.linalg.slogdet(ridge[k] * block)[1]
    return gains
