"""Multiple shooting: fit the constants and initial states of a system by integrating it.

Trajectories are cut into windows, each with its own initial state; the constants are common to all.
Levenberg-Marquardt minimises the squared distances from the data. All windows, and all copies of
them that are perturbed for finite differences, are integrated at once with fixed steps. The fit
starts with short windows: over long ones, wrong constants or chaos create many local minima.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._arrow import Arrow
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.ode.interpolation import Interpolant
from edgewise.ode.system import NODES, System
from edgewise.ode.trajectories import Trajectory
from edgewise.search.budget import Budget

ITERATIONS = 25
FAR = 1e4
"""An integration is abandoned if a state is this many times the range of the data away."""
FINEST = 16
"""Most Runge-Kutta steps between two data points."""
CLOSE = 1e-8
"""Scaled distances below this are rounding errors: the fit ends, and steps aren't made finer."""
GAIN = 1e-6
"""A fit ends when the linear model predicts a relative decrease of the cost below this."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Pieces of trajectories with the same number of intervals; the last one may repeat its end.

    Attributes:
        t, x: times and data.
        real: whether there are data at each time.
        start: start values of the initial states.
        scale: the unit of distances for each state.

    Shape:
        t, real: (windows, steps); x: (windows, steps, dims); start: (windows, dims)
    """

    t: Array
    x: Array
    real: NDArray[np.bool_]
    start: Array
    scale: Array
    trajectories: Sequence[Trajectory]
    owner: NDArray[np.int64]

    @staticmethod
    def cut(
        trajectories: Sequence[Trajectory],
        curves: Sequence[Array],
        intervals: int,
        scale: Array,
    ) -> Windows:
        """Cut windows of at most a number of intervals; neighbouring windows share a step."""
        owner, steps = [], []
        longest = min(intervals, max(one.steps for one in trajectories) - 1)
        for k, one in enumerate(trajectories):
            count = max(1, math.ceil((one.steps - 1) / longest))
            bounds = np.linspace(0, one.steps - 1, count + 1).round().astype(int)
            for begin, end in pairwise(bounds):
                owner.append(k)
                steps.append(np.minimum(np.arange(begin, begin + longest + 1), end))
        return Windows(
            np.array([trajectories[k].t[own] for k, own in zip(owner, steps, strict=True)]),
            np.array([trajectories[k].states[own] for k, own in zip(owner, steps, strict=True)]),
            np.diff(steps, prepend=-1) > 0,
            np.array([curves[k][own[0]] for k, own in zip(owner, steps, strict=True)]),
            scale,
            trajectories,
            np.array(owner),
        )

    def controls(self, pieces: int) -> Array:
        """Inputs at all nodes of all steps; (intervals, pieces, 6, windows, controls)"""
        h = np.diff(self.t, axis=1).T / pieces
        begin = self.t[:, :-1].T
        offset = np.arange(pieces)[:, None] + NODES
        at = begin[:, None, None] + offset[None, :, :, None] * h[:, None, None]
        made = np.empty((*at.shape, self.trajectories[0].inputs.shape[1]))
        if made.shape[-1]:
            for k, one in enumerate(self.trajectories):
                mine = self.owner == k
                made[..., mine, :] = Interpolant(one.t, one.inputs)(at[..., mine])
        return made

    def first_of(self, start: Array) -> Array:
        """The initial states of the trajectories, among those of all windows."""
        return start[[int(np.argmax(self.owner == k)) for k in range(len(self.trajectories))]]

    @property
    def count(self) -> int:
        """The number of measured values."""
        return int(self.real.sum()) * self.trajectories[0].data

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Whether each value is measured; (windows, steps, dims)"""
        return self.real[:, :, None] & (np.arange(self.x.shape[2]) < self.trajectories[0].data)


@dataclass(frozen=True, eq=False)
class Shot:
    """The result of a fit.

    Attributes:
        system: the system with fitted constants and their standard errors.
        rms: the root mean square of the scaled distances; infinite if the integration diverged.
        by_state: the same for each state.
        start: the initial states of the windows.
    """

    system: System
    rms: float
    by_state: Array
    start: Array


def shoot(
    system: System,
    windows: Windows,
    budget: Budget,
    *,
    fixed: bool = False,
    iterations: int = ITERATIONS,
) -> Shot:
    """Fit the initial states, and unless `fixed` also the constants."""
    pieces = _fine_enough(system, windows)
    controls = windows.controls(pieces)

    def distances(numbers: Array, start: Array) -> Array:
        """Scaled distances from the data, 0 where there are none; (…, windows, steps, dims)"""
        made = _integrate(system, windows, numbers, start, pieces, controls)
        left = (made - windows.x) / windows.scale
        return np.where(windows.counted, left, 0.0)

    def measure(numbers: Array, start: Array) -> Trial:
        left = distances(numbers, start)
        return Trial((numbers, start, left), _square(left))

    normal: Arrow | None = None

    def linearise(at: Trial) -> Attempt | None:
        nonlocal normal
        if budget.over:
            return None
        numbers, start, _ = at.point
        arrow = normal = _linearise(distances, at, windows.scale, fixed)
        budget.spend(1 + start.shape[1] + (0 if fixed else len(numbers)))
        if arrow is None:
            return None

        def attempt(damping: float) -> Trial | None:
            step = arrow.solve(damping)
            if step is None:
                return None
            if arrow.gain(step) <= GAIN * at.cost:
                return at
            budget.spend(1)
            return measure(numbers if fixed else numbers + step[1], start + step[0])

        return attempt

    first, goal = measure(system.numbers, windows.start), CLOSE**2 * windows.count
    best, _ = descend(
        first,
        linearise,
        Tenfold(1e-4, floor=1e-10),
        steps=iterations if goal < first.cost < math.inf else 0,
        goal=goal,
        slow=1e-5,
        patience=2,
    )
    if normal is None and math.isfinite(best.cost) and not fixed and not budget.over:
        normal = _linearise(distances, best, windows.scale, fixed)
    return _shot(system, windows, best, None if fixed else normal)


def _shot(system: System, windows: Windows, best: Trial, normal: Arrow | None) -> Shot:
    (numbers, start, left), cost, errors = best.point, best.cost, None
    if normal is not None and len(numbers):
        unknown = start.size + len(numbers)
        typical = math.sqrt(cost / max(windows.count - unknown, 1))
        errors = _measure_errors(normal) * max(typical, CLOSE)
    each = np.sqrt((left**2).sum((0, 1)) / max(int(windows.real.sum()), 1))
    rms = math.sqrt(cost / windows.count) if math.isfinite(cost) else math.inf
    return Shot(system.with_numbers(numbers, errors), rms, each, start)


def _measure_errors(normal: Arrow) -> Array:
    """Standard errors of the constants where the distances have deviation 1; infinite for none."""
    try:
        return np.asarray(np.sqrt(np.maximum(np.diag(normal.covariance()[1]), 0.0)))
    except np.linalg.LinAlgError:
        return np.full(len(normal.shared_right), np.inf)


def _square(left: Array) -> float:
    with np.errstate(all="ignore"):
        cost = float((left**2).sum())
    return cost if math.isfinite(cost) else math.inf


def _integrate(
    system: System,
    windows: Windows,
    numbers: Array,
    start: Array,
    pieces: int,
    controls: Array,
) -> Array:
    """Integrate copies of all windows with their own constants and initial states; NaN if far off.

    Shape:
        numbers: (copies…, constants); start: (copies…, windows, dims)
        → (copies…, windows, steps, dims)
    """
    copies = start.shape[:-2]
    count, steps = windows.t.shape
    rows = math.prod(copies) * count
    x = start.reshape(rows, system.dims)
    constants = np.broadcast_to(numbers[..., None, :], (*copies, count, len(system.numbers)))
    room = system.rows(rows, constants.reshape(rows, len(system.numbers)))
    gaps = np.tile(np.diff(windows.t, axis=1).T / pieces, (1, math.prod(copies)))[:, :, None]
    result = np.empty((steps, rows, system.dims))
    result[0] = x
    # A scale may be that of little noise, far below the way that states go.
    spread = max(float(windows.scale.max()), float(np.ptp(windows.x, axis=(0, 1)).max()))
    limit = np.abs(start).max() + FAR * spread
    discrete = windows.trajectories[0].discrete
    with np.errstate(all="ignore"):
        for k in range(steps - 1):
            for j in range(pieces):
                u = np.tile(controls[k, j], (1, math.prod(copies), 1))
                x = system.slopes(x, u[0], room) if discrete else system.step(x, u, gaps[k], room)
            result[k + 1] = x
            if not np.abs(x).max() < limit:
                result[k + 1 :] = np.nan
                break
    return np.moveaxis(result, 0, 1).reshape(*copies, count, steps, system.dims)


def _fine_enough(system: System, windows: Windows) -> int:
    """The number of Runge-Kutta steps between two data points at which doubling changes nothing."""

    def run(pieces: int) -> Array:
        controls = windows.controls(pieces)
        return _integrate(system, windows, system.numbers, windows.start, pieces, controls)

    pieces = 1
    if windows.trajectories[0].discrete:
        return pieces
    before = run(pieces)
    while pieces < FINEST:
        after = run(2 * pieces)
        with np.errstate(all="ignore"):
            change = np.abs((after - before) / windows.scale).max()
            misfit = np.sqrt(np.nanmean(((after - windows.x) / windows.scale) ** 2))
        if change <= max(CLOSE / 10, 1e-3 * misfit):
            return pieces
        if not np.isfinite(change) and pieces >= 8:
            break
        pieces, before = 2 * pieces, after
    return pieces


def _linearise(
    distances: Callable[[Array, Array], Array], at: Trial, scale: Array, fixed: bool
) -> Arrow | None:
    """The normal equations at some constants and initial states, by finite differences."""
    numbers, start, left = at.point
    dims, constants = start.shape[1], 0 if fixed else len(numbers)
    copies = dims + constants
    shifts_start = 1e-7 * np.maximum(scale, 1e-3 * np.abs(start).max(0))
    shifts = 1e-7 * np.maximum(np.abs(numbers), 1e-4)
    many_numbers = np.repeat(numbers[None], copies, 0)
    many_start = np.repeat(start[None], copies, 0)
    for d in range(dims):
        many_start[d, :, d] += shifts_start[d]
    for p in range(constants):
        many_numbers[dims + p, p] += shifts[p]
    made = distances(many_numbers, many_start)
    slopes = made - left
    slopes[:dims] /= shifts_start[:, None, None, None]
    slopes[dims:] /= shifts[:constants, None, None, None]
    if not np.isfinite(slopes).all():
        return None
    flat = slopes.reshape(copies, len(start), -1)
    own, common = flat[:dims].transpose(1, 2, 0), flat[dims:].transpose(1, 2, 0)
    rest = left.reshape(len(start), -1, 1)
    turned = own.transpose(0, 2, 1)
    return Arrow(
        turned @ own,
        turned @ common,
        (common.transpose(0, 2, 1) @ common).sum(0),
        -(turned @ rest)[:, :, 0],
        -(common.transpose(0, 2, 1) @ rest).sum(0)[:, 0],
    )
