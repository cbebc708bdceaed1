"""`System`: a system dx/dt = f(x, u; θ) of formulas, and its integration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
from scipy.integrate import DOP853, RK45

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, Input, Number
from edgewise.formula.program import Program

NODES = RK45.C
"""Times of the stages within a Runge-Kutta step of length 1 (Dormand and Prince, 1980)."""

MOST_STEPS = 20_000
"""Most steps of a simulation, in addition to one per output time; after them, states are NaN."""


class System:
    """dx/dt = f(x, u; θ), where θ are the free numbers of all trees in order.

    Args:
        trees: a right-hand side for each state; inputs 0, 1, … are the states, then the controls.
        controls: the number of controls.
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
            # Constants become inputs, so that each row may have different ones.
            programs.append(Program(tree.with_numbers(cast("list[Number]", parts))))
        self.programs = programs
        self._exact = [[np.float64(n) for n in program.numbers] for program in programs]
        self.numbers = np.array(values)

    def rows(self, count: int, numbers: Array | None = None) -> Array:
        """The buffer that :meth:`slopes` overwrites: rows whose last columns are the constants.

        Shape:
            numbers: (constants,) or (count, constants) → (count, dims + controls + constants)
        """
        constants = self.numbers if numbers is None else numbers
        # Columns are contiguous, because programs read whole columns.
        rows = np.empty((count, self.dims + self.controls + len(self.numbers)), order="F")
        rows[:, self.dims + self.controls :] = constants
        return rows

    def slopes(self, x: Array, u: Array, rows: Array) -> Array:
        """f at each row, infinite or NaN where it isn't defined; callers ignore numpy's warnings.

        Args:
            rows: from :meth:`rows`; overwritten.

        Shape:
            x: (count, dims); u: (count, controls) → (count, dims)
        """
        rows[:, : self.dims] = x
        rows[:, self.dims : self.dims + self.controls] = u
        result = np.empty((len(x), self.dims), order="F")
        for d, (program, numbers) in enumerate(zip(self.programs, self._exact, strict=True)):
            result[:, d] = program.run(rows, numbers)[-1]
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
        stages = np.empty((len(RK45.A), *x.shape))
        lines = stages.reshape(len(stages), -1)
        for k, weights in enumerate(RK45.A):
            at = x + h * (weights[:k] @ lines[:k]).reshape(x.shape)
            stages[k] = self.slopes(at, u[k], rows)
        return x + h * (RK45.B @ lines).reshape(x.shape)


def iterate(system: System, t: Array, initial: Array, inputs: Callable[[Array], Array]) -> Array:
    """x[k+1] = f(x[k], u[k]) from an initial state, one step for each time; NaN once it diverges.

    Shape:
        t: (steps,); initial: (dims,) → (steps, dims)
    """
    result = np.full((len(t), system.dims), np.nan)
    result[0] = initial
    rows, controls = system.rows(1), inputs(t)
    with np.errstate(all="ignore"):
        for k in range(len(t) - 1):
            result[k + 1] = system.slopes(result[k : k + 1], controls[k : k + 1], rows)[0]
            if not np.isfinite(result[k + 1]).all():
                result[k + 1 :] = np.nan
                break
    return result


def integrate(
    system: System,
    t: Array,
    initial: Array,
    inputs: Callable[[Array], Array],
    rtol: float = 1e-9,
    atol: Array | float = 1e-12,
) -> Array:
    """Integrate to the times t with step size control; states are NaN after they diverge.

    Args:
        inputs: the controls as a function of times; (n,) → (n, controls)

    Shape:
        t: (steps,); initial: (dims,) → (steps, dims)
    """
    result = np.full((len(t), system.dims), np.nan)
    result[0] = initial
    if len(t) < 2:
        return result
    rows = system.rows(1)

    def slope(now: float, x: Array) -> Array:
        return system.slopes(x[None], inputs(np.array([now])), rows)[0]

    done = 1
    with np.errstate(all="ignore"):
        solver = DOP853(
            slope, t[0], np.asarray(initial, dtype=np.float64), t[-1], np.inf, rtol, atol
        )
        if not np.isfinite(solver.h_abs):
            # No slope at the first state: scipy would halve a step of NaN for ever.
            return result
        for _ in range(MOST_STEPS + len(t)):
            solver.step()
            if solver.status == "failed" or not np.isfinite(solver.y).all():
                break
            reached = int(np.searchsorted(t, solver.t, side="right"))
            if reached > done:
                result[done:reached] = solver.dense_output()(t[done:reached]).T
                done = reached
            if solver.status == "finished":
                break
    return result
