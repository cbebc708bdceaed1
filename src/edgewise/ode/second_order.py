"""Prepare trajectories of positions for laws of second order: estimate velocities, accelerations.

The search for formulas uses these estimates. Constants are fitted to the positions alone, together
with the initial velocity of each window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from edgewise._arrays import Array
from edgewise.ode.interpolation import differentiate
from edgewise.ode.slopes import Slopes, collect_rows, estimate_slopes
from edgewise.ode.smoothing import smooth
from edgewise.ode.trajectories import Trajectory


def lift(trajectories: Sequence[Trajectory], smoothing: str) -> tuple[list[Trajectory], Slopes]:
    """Trajectories of positions and velocities, and rows with accelerations as targets.

    Args:
        smoothing: see :func:`edgewise.ode.slopes.estimate_slopes`.
    """
    if not estimate_slopes(trajectories, smoothing).smoothed:
        return _interpolate(trajectories)
    made, noise, freedom = smooth([x.t for x in trajectories], [x.states for x in trajectories])
    lifted = [_add_velocity(x, s.slopes) for x, s in zip(trajectories, made, strict=True)]
    curves = [np.hstack([s.values, s.slopes]) for s in made]
    slopes = [np.hstack([s.slopes, s.bends]) for s in made]
    errors = [np.hstack([s.errors, s.bend_errors]) for s in made]
    return lifted, collect_rows(
        lifted, curves, slopes, errors, np.append(noise, 0 * noise), float(freedom.max())
    )


def _interpolate(trajectories: Sequence[Trajectory]) -> tuple[list[Trajectory], Slopes]:
    lifted, rows, slopes, errors = [], [], [], []
    for one in trajectories:
        velocity, error, edge = differentiate(one.t, one.states)
        bend, more, other = differentiate(one.t, velocity)
        edge = edge + other if one.steps > 4 * (edge + other) else 0
        inner = slice(edge, one.steps - edge)
        lifted.append(_add_velocity(one, velocity))
        rows.append(np.hstack([one.states, velocity, one.inputs])[inner])
        slopes.append(np.hstack([velocity, bend])[inner])
        errors.append(np.hstack([error, more])[inner])
    y = np.concatenate(slopes)
    return lifted, Slopes(
        np.concatenate(rows),
        y,
        np.ones_like(y),
        np.quantile(np.concatenate(errors), 0.9, axis=0),
        [one.states for one in lifted],
        np.zeros(y.shape[1]),
        False,
    )


def _add_velocity(one: Trajectory, velocity: Array) -> Trajectory:
    states = np.hstack([one.states, velocity])
    return replace(one, states=states, measured=one.states.shape[1])
