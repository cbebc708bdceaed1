"""Maps x[k+1] = f(x[k], u[k]) with measurement noise or process noise.

Measurement noise affects the values that are read, but not the motion. So initial states and
constants are fitted to windows of several steps, as for differential equations. Process noise is
added in each step and carried on, so each step is a row of an ordinary regression. The model with
the smaller residuals is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Expression, Input, Number, split_number, terms_of
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict, refuse_unclaimed
from edgewise.ode.check import CLOSEST, Agreement, find_agreement
from edgewise.ode.choose import ChosenSystem
from edgewise.ode.slopes import Slopes
from edgewise.ode.trajectories import TOO_FEW, Trajectory
from edgewise.ode.verdict import has_digits

TURN = 4
"""Steps of a window: enough to detect process noise, and few enough for chaotic maps."""


def pair_steps(trajectories: Sequence[Trajectory]) -> Slopes:
    """The rows (x[k], u[k]) with targets x[k+1], taken as exact."""
    rows = [np.hstack([one.states, one.inputs])[:-1] for one in trajectories]
    following = np.concatenate([one.states[1:] for one in trajectories])
    none = np.zeros(following.shape[1])
    return Slopes(
        np.concatenate(rows),
        following,
        np.ones_like(following),
        none,
        [one.states for one in trajectories],
        none,
        False,
    )


@dataclass(frozen=True, eq=False)
class MapNoise:
    """The noise of each state, and whether it is process noise (also if there is none).

    Shape:
        size: (dims,)
    """

    size: Array
    of_process: bool

    @staticmethod
    def of(fit: ChosenSystem, found: Sequence[Discovery], slopes: Slopes, scale: Array) -> MapNoise:
        """The kind of noise with the smaller residuals."""
        stepped = miss_steps([one.winner.tree for one in found], slopes)
        if (stepped <= CLOSEST * scale).all():
            return MapNoise(np.zeros(len(scale)), True)
        measured = fit.shot.by_state * scale * np.sqrt((fit.intervals + 1) / fit.intervals)
        if (measured <= CLOSEST * scale).all():
            return MapNoise(np.zeros(len(scale)), False)
        less = np.prod(stepped / scale) < np.prod(measured / scale)
        return MapNoise(stepped, True) if less else MapNoise(measured, False)


def miss_steps(trees: Sequence[Expression], slopes: Slopes) -> Array:
    """The root mean square error of each formula's prediction of the next state."""
    made = []
    for k, tree in enumerate(trees):
        with np.errstate(all="ignore"):
            missed = slopes.y[:, k] - Program(tree).values(slopes.x)
        made.append(float(np.sqrt(np.mean(missed**2))))
    return np.nan_to_num(np.array(made), nan=np.inf)


def judge_steps(
    found: Sequence[Discovery], held: Sequence[Trajectory], noise: MapNoise, spread: Array
) -> tuple[Agreement | None, Verdict]:
    """The verdict on a map with process noise, from its rows and from unseen steps."""
    if not held:
        return None, Verdict("approximation", TOO_FEW)
    unseen, trees = pair_steps(held), [one.winner.tree for one in found]
    distance = miss_steps(trees, unseen) / spread
    agreement = find_agreement(distance, noise.size / spread, len(unseen.y), CLOSEST)
    refused = refuse_unclaimed({one.output_name: one.verdict for one in found})
    if refused is not None:
        return agreement, refused
    worst = int(np.argmax(distance / agreement.allowed))
    size = f"{distance[worst]:.1e} standard deviations"
    size += f", and noise explains {agreement.allowed[worst]:.1e}"
    if not agreement.agrees:
        return agreement, Verdict("approximation", f"its error on unseen steps is {size}")
    sure = float(np.prod([one.verdict.probability or 1.0 for one in found]))
    if agreement.without_noise and all(map(has_digits, trees, distance.tolist())):
        reason = f"its error on unseen steps is {distance[worst]:.1e} standard deviations"
        return agreement, Verdict("exact", reason, probability=sure)
    line = all(map(is_linear, trees))
    kind = "a linear map with process noise" if line else "a map with process noise"
    reason = f"{kind}, whose error on unseen steps is {size}"
    return agreement, Verdict("law", reason, probability=sure)


def is_linear(tree: Expression) -> bool:
    """Whether a formula is linear in its inputs."""
    return all(isinstance(split_number(t)[1], (Number, Input)) for t in terms_of(tree))
