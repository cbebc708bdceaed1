"""Motion in steps, x[k+1] = f(x[k], u[k]), with noise of the measurement or of the process.

Noise of the measurement is in each state that is read, and leaves the motion alone: initial states
and constants are fitted to windows of several steps, as for equations of motion. Noise of the
process is in each step, and what follows begins from there: then a step is a row of ordinary
regression. Whichever leaves less is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.result import Discovery
from edgewise.formula.expression import Expression, Input, Number, split_number, terms_of
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict
from edgewise.ode.check import CLOSEST, Agreement
from edgewise.ode.choose import Fit
from edgewise.ode.slopes import Slopes
from edgewise.ode.trajectories import Trajectory
from edgewise.ode.verdict import has_digits

Array = NDArray[np.float64]

TURN = 4
"""Steps of a window: enough to tell noise of the process, few enough for chaos."""


def pair_steps(trajectories: Sequence[Trajectory]) -> Slopes:
    """The rows (x[k], u[k]) with x[k+1]; without errors of their own."""
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
class Noise:
    """The noise of each state, and whether it is of the process; without any, steps decide, too.

    Shape:
        size: (dims,)
    """

    size: Array
    of_process: bool

    @staticmethod
    def of(fit: Fit, found: Sequence[Discovery], slopes: Slopes, scale: Array) -> Noise:
        """The kind of noise with which less is left."""
        stepped = miss_steps([one.winner.tree for one in found], slopes)
        if (stepped <= CLOSEST * scale).all():
            return Noise(np.zeros(len(scale)), True)
        measured = fit.shot.by_state * scale * np.sqrt((fit.intervals + 1) / fit.intervals)
        if (measured <= CLOSEST * scale).all():
            return Noise(np.zeros(len(scale)), False)
        less = np.prod(stepped / scale) < np.prod(measured / scale)
        return Noise(stepped, True) if less else Noise(measured, False)


def miss_steps(trees: Sequence[Expression], slopes: Slopes) -> Array:
    """The root mean square by which each formula misses the next state."""
    made = []
    for k, tree in enumerate(trees):
        with np.errstate(all="ignore"):
            missed = slopes.y[:, k] - Program(tree).values(slopes.x)
        made.append(float(np.sqrt(np.mean(missed**2))))
    return np.nan_to_num(np.array(made), nan=np.inf)


def judge_steps(
    found: Sequence[Discovery], held: Sequence[Trajectory], noise: Noise, spread: Array
) -> tuple[Agreement | None, Verdict]:
    """The verdict on a process with noise in each step: of its rows, and of unseen steps."""
    if not held:
        return None, Verdict("approximation", "there are too few data to hold any out")
    unseen = pair_steps(held)
    distance = miss_steps([one.winner.tree for one in found], unseen) / spread
    chance = 4 / np.sqrt(2 * len(unseen.y))
    exact = bool((noise.size == 0).all())
    allowed = np.maximum(noise.size / spread * (1.1 + chance), CLOSEST)
    agreement = Agreement(distance, allowed, exact)
    unclaimed = [one for one in found if not one.found]
    if unclaimed:
        reasons = [f"{one.output_name}: {one.verdict.reason}" for one in unclaimed]
        return agreement, Verdict("approximation", "; ".join(reasons))
    worst = int(np.argmax(distance / agreement.allowed))
    size = f"{distance[worst]:.1e} spreads where {agreement.allowed[worst]:.1e} is noise"
    if not agreement.agrees:
        return agreement, Verdict("approximation", f"unseen steps are missed by {size}")
    sure = float(np.prod([one.verdict.probability or 1.0 for one in found]))
    if exact and all(map(has_digits, [one.winner.tree for one in found], distance.tolist())):
        reason = f"unseen steps are met within {distance[worst]:.1e} spreads"
        return agreement, Verdict("exact", reason, probability=sure)
    line = all(is_linear(one.winner.tree) for one in found)
    kind = "a line with noise in each step" if line else "a map with noise in each step"
    reason = f"{kind}: from one unseen state to the next {size}"
    return agreement, Verdict("law", reason, probability=sure)


def is_linear(tree: Expression) -> bool:
    """Whether a formula is a sum of inputs with factors, and a constant."""
    rests = [t if isinstance(t, Number) else split_number(t)[1] for t in terms_of(tree)]
    return all(isinstance(rest, (Number, Input)) for rest in rests)


def with_noise(slopes: Slopes, noise: Array) -> Slopes:
    """The rows, their errors those of a measured state."""
    return replace(slopes, noise=noise, error=noise)
