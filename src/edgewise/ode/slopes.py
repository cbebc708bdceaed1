"""Estimate slopes dx/dt from trajectories: the rows on which formulas are searched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.ode.interpolation import differentiate
from edgewise.ode.smoothing import Smooth, smooth
from edgewise.ode.trajectories import Trajectory

NOISY = 1e-4
"""Local polynomials are used if the typical error of their slopes is below this fraction of the
slopes' standard deviation; with more noise, smoothing splines are used."""
FEWEST_ROWS = 150
"""Fewest rows after thinning. Smoothed steps are thinned out because errors of neighbours are
correlated, and the search assumes independent errors."""
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


def estimate_slopes(trajectories: Sequence[Trajectory], smoothing: str) -> Slopes:
    """Slopes by local polynomials or by smoothing splines; "auto" tests for noise."""
    if smoothing == "auto":
        exact = [differentiate(x.t, x.states)[:2] for x in trajectories]
        slopes = np.concatenate([s for s, _ in exact])
        errors = np.concatenate([e for _, e in exact])
        spread = slopes.std(0)
        moving = spread > 1e-14 * np.maximum(np.abs(slopes).max(0), np.finfo(float).tiny)
        ratio = np.median(errors, axis=0)[moving] / spread[moving]
        smoothing = "spline" if len(ratio) and ratio.max() > NOISY else "none"
    return _smooth(trajectories) if smoothing == "spline" else _interpolate(trajectories)


def _interpolate(trajectories: Sequence[Trajectory]) -> Slopes:
    x, y, errors = [], [], []
    for one in trajectories:
        slopes, error, edge = differentiate(one.t, one.states)
        # At the ends polynomials are one-sided; these steps are dropped if enough others remain.
        edge = edge if one.steps > 4 * edge else 0
        inner = slice(edge, one.steps - edge)
        x.append(np.hstack([one.states, one.inputs])[inner])
        y.append(slopes[inner])
        errors.append(error[inner])
    return Slopes(
        np.concatenate(x),
        np.concatenate(y),
        _weights(np.concatenate(errors)),
        np.quantile(np.concatenate(errors), WORST, axis=0),
        [one.states for one in trajectories],
        np.zeros(trajectories[0].states.shape[1]),
        False,
    )


def _smooth(trajectories: Sequence[Trajectory]) -> Slopes:
    made, noise, freedom = denoise(trajectories)
    return collect_rows(
        trajectories,
        [s.values for s in made],
        [s.slopes for s in made],
        [s.errors for s in made],
        noise,
        float(freedom.max()),
    )


def collect_rows(
    trajectories: Sequence[Trajectory],
    curves: Sequence[Array],
    slopes: Sequence[Array],
    errors: Sequence[Array],
    noise: Array,
    freedom: float,
) -> Slopes:
    """Rows of smoothed trajectories, thinned out because errors of neighbours are correlated.

    Args:
        freedom: degrees of freedom of the smoothest curve.
    """
    rows = sum(x.steps for x in trajectories)
    thin = min(int(rows // (2 * freedom)), rows // FEWEST_ROWS)
    keep = np.arange(0, rows, max(1, thin))
    x = [np.hstack([c, one.inputs]) for c, one in zip(curves, trajectories, strict=True)]
    error = np.concatenate(errors)
    return Slopes(
        np.concatenate(x)[keep],
        np.concatenate(slopes)[keep],
        _weights(error)[keep],
        np.median(error, axis=0),
        list(curves),
        noise,
        True,
    )


def denoise(trajectories: Sequence[Trajectory]) -> tuple[list[Smooth], Array, Array]:
    """Smoothing splines through the states of all trajectories."""
    return smooth([x.t for x in trajectories], [x.states for x in trajectories])


def _weights(errors: Array) -> Array:
    """1 / error², at most 1 and with mean 1."""
    usual = np.quantile(errors, WORST, axis=0)
    usual = np.maximum(usual, np.finfo(float).tiny)
    weight = np.minimum(1.0, (usual / np.maximum(errors, usual)) ** 2)
    result: Array = weight / weight.mean(0)
    return result
