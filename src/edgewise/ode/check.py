"""Compare simulations of the equations found with unseen data, from new initial states."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.ode.interpolation import Interpolant
from edgewise.ode.shooting import Windows, shoot
from edgewise.ode.system import System, integrate, iterate
from edgewise.ode.trajectories import Trajectory
from edgewise.search.budget import Budget

LOST = 0.5
"""Distance, in standard deviations of the states, at which a simulation has lost the data."""
CLOSE, CLOSEST = 1e-4, 1e-6
"""Largest distance of a law, and of an exact law, from noise-free data, in standard deviations."""
LONGEST = 4
"""Longest windows of the verdict, in informative lengths: over longer ones chaos takes over."""


@dataclass(frozen=True, eq=False)
class TrajectoryCheck:
    """One trajectory, simulated from its first state.

    Attributes:
        held_out: whether it wasn't used in the fit.
        data, simulated: states; `simulated` is NaN after it diverges.
        error: root mean square distance in standard deviations of each state; infinite if it
            diverged.
        horizon: the time until the distance is half a standard deviation.
        duration: the duration of the data.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t, library = np.linspace(0, 3, 100), ew.symbolic.LIBRARY.only("x")
        >>> found = ew.discover_ode(t, np.exp(-t)[:, None], library=library, progress=False)
        >>> check = found.checks[0]
        >>> check.held_out, check.error < 1e-6, check.horizon == check.duration
        (False, True, True)
    """

    held_out: bool
    data: Trajectory
    simulated: Array
    error: float
    horizon: float

    @property
    def duration(self) -> float:
        return float(self.data.t[-1] - self.data.t[0])


@dataclass(frozen=True, eq=False)
class Agreement:
    """The agreement with windows of unseen data; only their initial states are fitted.

    Attributes:
        distance: root mean square distance of each state, in standard deviations of the state.
        allowed: the largest distance that noise alone explains.
        without_noise: whether no noise was detected.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t, library = np.linspace(0, 3, 100), ew.symbolic.LIBRARY.only("x")
        >>> found = ew.discover_ode(t, np.exp(-t)[:, None], library=library, progress=False)
        >>> found.agreement.agrees, found.agreement.exact
        (True, True)
    """

    distance: Array
    allowed: Array
    without_noise: bool

    @property
    def exact(self) -> bool:
        """Whether the distance is a rounding error of the integration."""
        return self.without_noise and bool((self.distance <= CLOSEST).all())

    @property
    def agrees(self) -> bool:
        return bool((self.distance <= self.allowed).all())


def compare_windows(
    system: System,
    held: Sequence[Trajectory],
    curves: Sequence[Array],
    intervals: int,
    spread: Array,
    noise: Array,
) -> tuple[Agreement, Array]:
    """Measure the agreement on unseen data, and fit the first state of each trajectory."""
    scale = np.where(noise > 0, noise, spread)
    windows = Windows.cut(held, curves, intervals, scale)
    shot = shoot(system, windows, Budget(math.inf), fixed=True)
    distance = shot.by_state * scale / spread
    distance = distance if math.isfinite(shot.rms) else np.full(len(spread), np.inf)
    agreement = find_agreement(distance, noise / spread, int(windows.real.sum()), CLOSE)
    return agreement, windows.first_of(shot.start)


def find_agreement(distance: Array, noise: Array, count: int, closest: float) -> Agreement:
    """The agreement of a number of steps, with noise and distances in standard deviations."""
    chance = 4 / math.sqrt(2 * max(count, 1))
    allowed = np.maximum(closest, noise * (1.1 + chance))
    return Agreement(distance, allowed, bool((noise == 0).all()))


def simulate_one(
    system: System, data: Trajectory, initial: Array, spread: Array, held_out: bool
) -> TrajectoryCheck:
    """Integrate one trajectory from an initial state and compare it with its data."""
    inputs = Interpolant(data.t, data.inputs)
    if data.discrete:
        made = iterate(system, data.t, initial, inputs)
    else:
        made = integrate(system, data.t, initial, inputs, rtol=1e-8, atol=1e-10 * spread)
    with np.errstate(all="ignore"):
        away = ((made - data.states) / spread)[:, : data.data]
        distance = np.sqrt(np.mean(away**2, axis=1))
        error = float(np.sqrt(np.mean(distance**2)))
    lost = ~(distance <= LOST)
    end = int(np.argmax(lost)) if lost.any() else data.steps - 1
    horizon = float(data.t[end] - data.t[0])
    return TrajectoryCheck(
        held_out, data, made, error if math.isfinite(error) else math.inf, horizon
    )
