"""Right-hand sides as one function of states, inputs and constants, and its integration.

Runge-Kutta steps are those of Dormand and Prince (1980), order 5.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.expression import Expression, Input, Number
from edgewise.formula.program import Program

Array = NDArray[np.float64]

NODES = np.array([0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1])
MATRIX = (
    (),
    (1 / 5,),
    (3 / 40, 9 / 40),
    (44 / 45, -56 / 15, 32 / 9),
    (19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729),
    (9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656),
)
FIFTH = (35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84)
ERROR = (71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40)
"""Fifth minus fourth order; the seventh stage is the slope at the end."""

MOST_STEPS = 20_000
"""Steps of one simulation beyond those that its times ask for: with more it ends in NaN."""


class System:
    """dx/dt = f(x, u; θ), θ the free numbers of all trees in order.

    Args:
        trees: a right-hand side for each state; inputs 0, 1, … are the states, then the controls.
        controls: how many.
    """

    def __init__(self, trees: Sequence[Expression], controls: int = 0) -> None:
        self.trees = tuple(trees)
        self.dims = len(self.trees)
        self.controls = controls
        values: list[float] = []
        programs = []
        for tree in self.trees:
            parts: list[Expression] = []
            for node in tree.numbers():
                if node.exact is None:
                    parts.append(Input(self.dims + controls + len(values)))
                    values.append(node.value)
                else:
                    parts.append(node)
            # Constants become inputs of their own, so that each row may have other ones.
            programs.append(Program(tree.with_numbers(cast("list[Number]", parts))))
        self.programs = programs
        self.numbers = np.array(values)

    def rows(self, count: int, numbers: Array | None = None) -> Array:
        """Room for :meth:`slopes`: rows whose last columns are the constants.

        Shape:
            numbers: (constants,) or (count, constants) → (count, dims + controls + constants)
        """
        constants = self.numbers if numbers is None else numbers
        # Columns lie together in memory, as programs read them.
        rows = np.empty((count, self.dims + self.controls + len(self.numbers)), order="F")
        rows[:, self.dims + self.controls :] = constants
        return rows

    def slopes(self, x: Array, u: Array, rows: Array) -> Array:
        """f at each row.

        Args:
            rows: from :meth:`rows`; overwritten.

        Shape:
            x: (count, dims); u: (count, controls) → (count, dims)
        """
        rows[:, : self.dims] = x
        rows[:, self.dims : self.dims + self.controls] = u
        result = np.empty((len(x), self.dims), order="F")
        for d, program in enumerate(self.programs):
            result[:, d] = program.values(rows)
        return result

    def with_numbers(self, numbers: Array, errors: Array | None = None) -> System:
        """The system with other constants, and their standard errors."""
        place = 0
        trees = []
        for tree in self.trees:
            made = []
            for node in tree.numbers():
                if node.exact is None:
                    error = node.error if errors is None else float(errors[place])
                    node = replace(node, value=float(numbers[place]), error=error)
                    place += 1
                made.append(node)
            trees.append(tree.with_numbers(made))
        return System(trees, self.controls)

    def step(self, x: Array, u: Array, h: Array, rows: Array) -> Array:
        """One step of size h; h: (count, 1), u: (6, count, controls) at the nodes."""
        stages: list[Array] = []
        for k, weights in enumerate(MATRIX):
            at = x
            for a, stage in zip(weights, stages, strict=True):
                at = at + (h * a) * stage
            stages.append(self.slopes(at, u[k], rows))
        for b, stage in zip(FIFTH, stages, strict=True):
            if b:
                x = x + (h * b) * stage
        return x


def integrate(
    system: System,
    t: Array,
    initial: Array,
    inputs: Callable[[Array], Array],
    rtol: float = 1e-9,
    atol: Array | float = 1e-12,
    most: int = MOST_STEPS,
) -> Array:
    """States at the times t with the error of each step controlled; NaN from where it diverges.

    Args:
        inputs: the controls at times; (n,) → (n, controls)
        most: steps beyond the times asked for; then the rest is NaN.

    Shape:
        t: (steps,); initial: (dims,) → (steps, dims)
    """
    result = np.full((len(t), system.dims), np.nan)
    result[0] = initial
    x, now = np.asarray(initial, dtype=np.float64), float(t[0])
    rows = system.rows(1)
    slope = system.slopes(x[None], inputs(np.array([now])), rows)[0]
    h, spent = float(t[1] - t[0]) / 4 if len(t) > 1 else 0.0, 0
    for k in range(1, len(t)):
        end = float(t[k])
        while now < end:
            last = now + h * 1.0000001 >= end
            size = end - now if last else h
            trial, after, ratio = _attempt(system, x, slope, now, size, inputs, rows, rtol, atol)
            spent += 1
            factor = 0.2 if not np.isfinite(ratio) else 0.9 * max(ratio, 1e-8) ** -0.2
            if ratio <= 1:
                x, slope = trial, after
                now = end if last else now + size
                # A step cut short by an output says little about how long the next may be.
                h = max(h, size * min(5.0, factor)) if last else size * min(5.0, factor)
            else:
                h = size * min(0.9, max(0.2, factor))
            if spent > most + k or (now < end and now + h <= now):
                return result
        if not np.isfinite(x).all():
            return result
        result[k] = x
    return result


def _attempt(
    system: System,
    x: Array,
    slope: Array,
    now: float,
    h: float,
    inputs: Callable[[Array], Array],
    rows: Array,
    rtol: float,
    atol: Array | float,
) -> tuple[Array, Array, float]:
    """The state after a step, the slope there, and the error over what is allowed."""
    u = inputs(now + h * NODES)
    stages = [slope]
    with np.errstate(all="ignore"):
        for k in range(1, 6):
            at = x + h * sum(a * s for a, s in zip(MATRIX[k], stages, strict=True))
            stages.append(system.slopes(at[None], u[k : k + 1], rows)[0])
        trial = x + h * sum(b * s for b, s in zip(FIFTH, stages, strict=True))
        after = system.slopes(trial[None], u[5:6], rows)[0]
        stages.append(after)
        error = h * sum(e * s for e, s in zip(ERROR, stages, strict=True))
        allowed = atol + rtol * np.maximum(np.abs(x), np.abs(trial))
        ratio = float(np.sqrt(np.mean((error / allowed) ** 2)))
    return trial, after, ratio if np.isfinite(ratio) and np.isfinite(after).all() else np.inf
