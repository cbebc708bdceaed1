"""The weak form of dx/dt = f: fit constants to integrals, without slopes of noisy data.

With a test function φ that vanishes at the ends of a window, dx/dt = f(x, u; θ) becomes
-∫ φ' x dt = ∫ φ f(x, u; θ) dt. The data are integrated, so noise averages out (Messenger and Bortz,
Weak SINDy, 2021).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import block_diag
from scipy.optimize import least_squares

from edgewise._arrays import Array
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program
from edgewise.ode.interpolation import quadrature
from edgewise.ode.trajectories import Trajectory
from edgewise.ode.windows import bumps

POWER = 6
"""φ = (1 - s²)^6 on s ∈ [-1, 1], smooth enough for accurate quadrature by sums."""
EVALUATIONS = 16
OVERLAPS = 6
"""Number of windows that start within the width of one."""


@dataclass(frozen=True, eq=False)
class WeakForm:
    """The weights of ∫ φ f dt and the values of -∫ φ' x dt for all windows, scaled to equal noise.

    Shape:
        x: (rows, dims + controls); weights: (windows, rows); right: (windows, dims)
    """

    x: Array
    weights: Array
    right: Array

    @staticmethod
    def of(
        trajectories: Sequence[Trajectory], curves: Sequence[Array], width: float
    ) -> WeakForm | None:
        """Windows of one duration; None if trajectories are shorter, or have no times within one.

        Args:
            curves: denoised states at which f is evaluated; the left side uses the measured ones.
        """
        blocks, right = [], []
        for one in trajectories:
            made = _windows(one.t, width)
            if made is None:
                blocks.append(np.empty((0, one.steps)))
                continue
            value, slope = made
            size = np.sqrt((slope**2).sum(1, keepdims=True))
            value, slope, size = (part[size[:, 0] > 0] for part in (value, slope, size))
            blocks.append(value / size)
            right.append(-(slope / size) @ one.states)
        if not sum(map(len, right)):
            return None
        x = [np.hstack([c, one.inputs]) for c, one in zip(curves, trajectories, strict=True)]
        return WeakForm(np.concatenate(x), block_diag(*blocks), np.concatenate(right))

    def refit(self, tree: Expression, state: int) -> tuple[Expression, float]:
        """Fit the free numbers of a right-hand side by least squares; the tree and its MSE."""
        program = Program(tree)
        numbers = np.array(program.numbers)
        goal = self.right[:, state]

        def place(free: Array) -> list[float]:
            made = numbers.copy()
            made[program.free] = free
            return [float(value) for value in made]

        def misfit(free: Array) -> Array:
            return np.asarray(self.weights @ program.values(self.x, place(free)) - goal)

        def slopes(free: Array) -> Array:
            jacobian = program.values_and_jacobian(self.x, place(free))[1]
            return np.nan_to_num(self.weights @ jacobian, posinf=0.0, neginf=0.0)

        first = numbers[program.free]
        left = misfit(first)
        if program.free and np.isfinite(left).all():
            with np.errstate(all="ignore"):
                found = least_squares(misfit, first, slopes, x_scale="jac", max_nfev=EVALUATIONS)
            first, left = found.x, found.fun
        mean = float(np.mean(left**2))
        return tree.with_free(first), mean if math.isfinite(mean) else math.inf


def _windows(t: Array, width: float) -> tuple[Array, Array] | None:
    """φ and φ' times the weights of quadrature, one row per window."""
    if t[-1] - t[0] < width:
        return None
    count = 1 + int(OVERLAPS * (t[-1] - t[0] - width) / width)
    middle = np.linspace(t[0] + width / 2, t[-1] - width / 2, count)
    weights = quadrature(t)
    value, slope = (bumps(t, middle, width / 2, POWER, order) for order in (0, 1))
    return value * weights, slope * weights
