"""Read and check trajectories, and divide them into data to fit and held-out data."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.data.tables import read_columns
from edgewise.nn.arguments import level_outside
from edgewise.nn.reading import check_finite, read_array
from edgewise.ode.spikes import replace_glitches, warn_of_replaced

LARGEST = 1e50
"""Greatest size of times and states, so that squares of slopes don't overflow."""
FEWEST = 10
"""Fewest steps of a trajectory: a local polynomial of degree 8 needs nine."""
TAIL = 0.2
"""Fraction of the data that is held out: the ends of trajectories, or whole trajectories."""
FAR, RARE = 1.5, 0.2
"""A step of a map above 1.5 times the median is a gap, if less than a fifth of the steps are."""
MANY = 5
"""With at least this many trajectories, whole ones are held out."""
TOO_FEW = (
    f"there are too few data for a test on unseen ones, which takes {5 * FEWEST} steps of one "
    f"trajectory, or {MANY} trajectories"
)


@dataclass(frozen=True, eq=False)
class Trajectory:
    """States and controls at increasing times.

    Attributes:
        discrete: whether time counts steps of a map.
        measured: the number of measured states; the others are velocities that were estimated. None
            if all states are measured.

    Shape:
        t: (steps,); states: (steps, dims); inputs: (steps, controls), controls may be 0
    """

    t: Array
    states: Array
    inputs: Array
    discrete: bool = False
    measured: int | None = None

    @property
    def data(self) -> int:
        """The number of measured states."""
        return self.states.shape[1] if self.measured is None else self.measured

    @property
    def steps(self) -> int:
        return len(self.t)

    def part(self, begin: int, end: int) -> Trajectory:
        """The steps begin, …, end - 1."""
        cut = slice(begin, end)
        return replace(self, t=self.t[cut], states=self.states[cut], inputs=self.inputs[cut])


def check_trajectories(t: Any, states: Any, inputs: Any, discrete: bool) -> list[Trajectory]:
    """Read arrays, or lists of arrays, as trajectories with the same columns.

    Isolated values of states in continuous time are replaced, with a warning.
    """
    several = isinstance(t, (list, tuple)) and len(t) > 0 and np.ndim(t[0]) == 1
    columns = [t] if not several else list(t)
    tables = _as_list(states, "states", several, len(columns))
    controls = [None] * len(columns)
    if inputs is not None:
        controls = _as_list(inputs, "inputs", several, len(columns))
    made = [
        _check(*parts, f" of trajectory {k}" if several else "")
        for k, parts in enumerate(zip(columns, tables, controls, strict=True))
    ]
    for k, other in enumerate(made):
        got = other.states.shape[1], other.inputs.shape[1]
        expected = made[0].states.shape[1], made[0].inputs.shape[1]
        if got != expected:
            raise ValueError(
                f"discover_ode expected {expected[0]} states and {expected[1]} inputs in each "
                f"trajectory, as in the first, got {got[0]} and {got[1]} in trajectory {k}: give "
                "all trajectories the same columns"
            )
    if discrete:
        for k, one in enumerate(made):
            _warn_of_missing_steps(one.t, f" of trajectory {k}" if len(made) > 1 else "")
    else:
        made = [_without_glitches(one) for one in made]
    return [replace(one, discrete=discrete) for one in made]


def _warn_of_missing_steps(t: Array, of: str) -> None:
    """Warn if the numbers of a map's steps have gaps: neighbouring rows are taken as one step."""
    steps = np.diff(t)
    far = np.flatnonzero(steps > FAR * np.median(steps))
    if len(far) and len(far) < RARE * len(steps):
        k = int(far[0])
        warnings.warn(
            f"discover_ode took rows {k} and {k + 1}{of} as neighbouring steps of a map, but their "
            f"times are {t[k]:g} and {t[k + 1]:g}, farther apart than most: pass the parts before "
            "and after a gap as trajectories in a list",
            stacklevel=level_outside(),
        )


def _without_glitches(one: Trajectory) -> Trajectory:
    states, places = replace_glitches(one.t, one.states)
    if not places:
        return one
    shown = [f"{one.states[k, state]:g} at step {k} of state {state}" for k, state in places]
    warn_of_replaced("discover_ode", f"{one.states.size} values", shown, 4)
    return replace(one, states=states)


def _as_list(values: Any, what: str, several: bool, count: int) -> list[Any]:
    if not several:
        return [values]
    if not isinstance(values, (list, tuple)) and np.ndim(values) != 3:
        raise ValueError(
            f"discover_ode expected {what} as a list of {count} arrays, because t is a list, got "
            f"{type(values).__name__}: give each trajectory its own array"
        )
    if len(values) != count:
        raise ValueError(
            f"discover_ode expected {count} arrays of {what}, one for each array of times, got "
            f"{len(values)}: pass the same number of both"
        )
    return list(values)


def _check(t: Any, states: Any, inputs: Any, which: str) -> Trajectory:
    times = read_array(f"discover_ode times{which}", t)
    if times.ndim != 1:
        raise ValueError(
            f"discover_ode expected times{which} with shape (steps,), got {times.shape}: pass one "
            "column, or a list of columns for several trajectories"
        )
    table = read_columns(f"discover_ode states{which}", states, len(times))
    controls = np.empty((len(times), 0))
    if inputs is not None:
        controls = read_columns(f"discover_ode inputs{which}", inputs, len(times))
    for values, what in ((times, "times"), (table, "states"), (controls, "inputs")):
        check_finite(f"discover_ode {what}{which}", torch.from_numpy(values))
        size = float(np.abs(values).max(initial=0.0))
        if size and not 1 / LARGEST <= size <= LARGEST:
            raise ValueError(
                f"discover_ode expected {what}{which} whose largest is between {1 / LARGEST:g} and "
                f"{LARGEST:g}, got {size:.3g}: measure them in another unit"
            )
    if len(times) < FEWEST:
        raise ValueError(
            f"discover_ode expected at least {FEWEST} steps{which}, got {len(times)}: measure more "
            "often or longer"
        )
    steps = np.diff(times)
    if (steps <= 0).any():
        bad = int(np.argmax(steps <= 0))
        raise ValueError(
            f"discover_ode expected increasing times{which}, got {times[bad]:g} and then "
            f"{times[bad + 1]:g} at step {bad + 1}: sort the rows and drop repeated ones, or pass "
            "a list if these are several trajectories"
        )
    return Trajectory(times, table, controls)


def hold_out(
    trajectories: Sequence[Trajectory], seed: int
) -> tuple[list[Trajectory], list[Trajectory]]:
    """Divide trajectories into data to fit and held-out data: whole trajectories, or ends if few.

    An end that is too short isn't cut off; the second list may be empty.
    """
    if len(trajectories) >= MANY:
        order = np.random.default_rng([seed, 7]).permutation(len(trajectories))
        held = set(order[: max(1, round(TAIL * len(trajectories)))].tolist())
        kept = [x for k, x in enumerate(trajectories) if k not in held]
        return kept, [trajectories[k] for k in sorted(held)]
    fitted, tails = [], []
    for one in trajectories:
        cut = round((1 - TAIL) * one.steps)
        if one.steps - cut < FEWEST or cut < 4 * FEWEST:
            fitted.append(one)
            continue
        fitted.append(one.part(0, cut))
        # The held-out end starts at the last fitted step.
        tails.append(one.part(cut - 1, one.steps))
    return fitted, tails


def spread_of(trajectories: Sequence[Trajectory]) -> Array:
    """The standard deviation of each state over all steps; 1 for a constant one; (dims,)"""
    rows = np.concatenate([x.states for x in trajectories])
    spread = rows.std(0)
    still = spread <= 1e-14 * np.abs(rows).max(0)
    result: Array = np.where(still | (spread == 0), 1.0, spread)
    return result
