"""Estimate slopes dx/dt from trajectories: the rows on which formulas are searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.exactness import known_bits
from edgewise.ode.interpolation import differentiate
from edgewise.ode.smoothing import smooth
from edgewise.ode.trajectories import Trajectory

NOISY = 1e-4
"""Local polynomials are used if the typical error of their slopes is below this fraction of the
slopes' spread; with more noise, smoothing splines are used."""
ROUNDED = 20.0
"""Bits below which states count as rounded: to more than a millionth of their range."""
FEWEST_ROWS = 150
"""Fewest rows after thinning. Smoothed steps are thinned out because errors of neighbours are
correlated, and the search assumes independent errors."""
ROUNDING = 4.0
"""Largest spread of slopes that are equal up to rounding, in rounding errors of a slope."""
WORST = 0.9
"""Rows with errors up to this quantile have equal weights, because errors are only estimates."""


@dataclass(frozen=True, eq=False)
class Slopes:
    """The rows on which right-hand sides are searched.

    Attributes:
        x: denoised states, and inputs.
        y: dx/dt.
        weight: the weight of each row for each state.
        error: the typical error of y.
        curves: the denoised states of each trajectory.
        noise: the standard deviation of each state's noise; 0 if none was detected.
        smoothed: whether smoothing splines were used.

    Shape:
        x: (rows, dims + controls); y, weight: (rows, dims); error, noise: (dims,)
    """

    x: Array
    y: Array
    weight: Array
    error: Array
    curves: list[Array]
    noise: Array
    smoothed: bool


def estimate_slopes(
    trajectories: Sequence[Trajectory], smoothing: str, order: int
) -> tuple[list[Trajectory], Slopes]:
    """Slopes by local polynomials or by smoothing splines; "auto" tests for noise.

    For laws of second order, velocities become further states, and slopes include accelerations.

    Returns:
        the trajectories, with the velocities if there are any, and the rows.
    """
    if smoothing == "auto":
        errors = np.concatenate([differentiate(x.t, x.states)[1] for x in trajectories])
        spread = _spread(trajectories)
        states = np.concatenate([x.states for x in trajectories])
        moving = spread > ROUNDING * _slope_rounding(trajectories, states)
        coarse = np.array([known_bits(column) < ROUNDED for column in states.T])
        # Most neighbours of rounded states may lie on one polynomial by chance: their error is 0.
        typical = np.where(coarse, np.quantile(errors, WORST, axis=0), np.median(errors, axis=0))
        ratio = typical[moving] / spread[moving]
        smoothing = "spline" if len(ratio) and ratio.max() > NOISY else "none"
    return (_smooth if smoothing == "spline" else _interpolate)(trajectories, order)


def _interpolate(trajectories: Sequence[Trajectory], order: int) -> tuple[list[Trajectory], Slopes]:
    lifted, x, y, errors = [], [], [], []
    for one in trajectories:
        derivatives, missed, edge = [one.states], [], 0
        for _ in range(order):
            slopes, error, more = differentiate(one.t, derivatives[-1])
            derivatives.append(slopes)
            missed.append(error)
            edge += more
        # At the ends polynomials are one-sided; these steps are dropped if enough others remain.
        edge = edge if one.steps > 4 * edge else 0
        inner = slice(edge, one.steps - edge)
        lifted.append(_with_velocity(one, derivatives[1:-1]))
        x.append(np.hstack([lifted[-1].states, one.inputs])[inner])
        y.append(np.hstack(derivatives[1:])[inner])
        errors.append(np.hstack(missed)[inner])
    slopes, error = np.concatenate(y), np.concatenate(errors)
    still = _are_still(slopes, trajectories)
    return lifted, Slopes(
        np.concatenate(x),
        np.where(still, slopes.mean(0), slopes),
        _weights(error) if order == 1 else np.ones_like(error),
        np.where(still, 0.0, np.quantile(error, WORST, axis=0)),
        [one.states for one in lifted],
        np.zeros(error.shape[1]),
        False,
    )


def _smooth(trajectories: Sequence[Trajectory], order: int) -> tuple[list[Trajectory], Slopes]:
    """Rows of smoothed trajectories, thinned out because errors of neighbours are correlated."""
    made, noise, freedom = smooth([x.t for x in trajectories], [x.states for x in trajectories])
    derivatives = [[s.values, s.slopes, s.bends][: order + 1] for s in made]
    lifted = [_with_velocity(x, d[1:-1]) for x, d in zip(trajectories, derivatives, strict=True)]
    curves = [np.hstack(d[:-1]) for d in derivatives]
    error = np.concatenate([np.hstack([s.errors, s.bend_errors][:order]) for s in made])
    rows = sum(x.steps for x in trajectories)
    thin = min(int(rows // (2 * float(freedom.max()))), rows // FEWEST_ROWS)
    keep = np.arange(0, rows, max(1, thin))
    x = [np.hstack([c, one.inputs]) for c, one in zip(curves, trajectories, strict=True)]
    return lifted, Slopes(
        np.concatenate(x)[keep],
        np.concatenate([np.hstack(d[1:]) for d in derivatives])[keep],
        _weights(error)[keep],
        np.median(error, axis=0),
        curves,
        np.concatenate([noise, np.zeros((order - 1) * len(noise))]),
        True,
    )


def _with_velocity(one: Trajectory, velocity: Sequence[Array]) -> Trajectory:
    states = np.hstack([one.states, *velocity])
    return replace(one, states=states, measured=one.states.shape[1]) if velocity else one


def _spread(trajectories: Sequence[Trajectory]) -> Array:
    """The mean distance of slopes from their mean, over time; (dims,)

    Over rows it would be that of the noise between the two closest times.
    """
    steps = np.concatenate([np.diff(x.t) for x in trajectories])[:, None]
    changes = np.concatenate([np.diff(x.states, axis=0) for x in trajectories])
    drift = changes.sum(0) / steps.sum()
    spread: Array = np.abs(changes - drift * steps).sum(0) / steps.sum()
    return spread


def _slope_rounding(trajectories: Sequence[Trajectory], states: Array) -> Array:
    """The rounding error of a slope between neighbouring states; (dims,)"""
    step = float(np.median(np.concatenate([np.diff(x.t) for x in trajectories])))
    size: Array = np.abs(states).max(0)
    return np.finfo(float).eps * np.maximum(size / step, np.finfo(float).tiny)


def _are_still(slopes: Array, trajectories: Sequence[Trajectory]) -> Array:
    """Whether the states change at a constant rate but for rounding; False for accelerations."""
    rounding = _slope_rounding(trajectories, np.concatenate([x.states for x in trajectories]))
    still = np.zeros(slopes.shape[1], dtype=bool)
    still[: len(rounding)] = np.ptp(slopes, axis=0)[: len(rounding)] <= ROUNDING * rounding
    return still


def _weights(errors: Array) -> Array:
    """1 / error², at most 1 and with mean 1."""
    usual = np.quantile(errors, WORST, axis=0)
    usual = np.maximum(usual, np.finfo(float).tiny)
    weight = np.minimum(1.0, (usual / np.maximum(errors, usual)) ** 2)
    result: Array = weight / weight.mean(0)
    return result
