"""Variable projection for c m f(a g + b) + fixed columns: Gauss-Newton steps of a and b.

For given a and b, the factor c and the coefficients of the fixed columns follow by linear least
squares; Gauss-Newton steps of a and b minimise its residual (G. Golub, V. Pereyra, SIAM J. Numer.
Anal. 10, 1973; in the form of L. Kaufman, BIT 15, 1975). Many problems with the same f are solved
at once, each with its own damping, in numpy or torch.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from edgewise.formula.function import Function

LEAST_VARYING = 1e-24
"""The squared norm of a projected column m f, in units of that of m f, up to which it is rounding
error."""
LEAST_SIZE = 1e-14
"""The same for a squared norm that is a difference of two sums of squares."""


@dataclass(frozen=True, eq=False)
class Batch:
    """A batch of problems with the same f.

    Attributes:
        xp: numpy or torch, whose arrays these are.
        held: whether b keeps its value, unless it is the only number of f(g + b).

    Shape:
        inner (g), factor (m): (count, rows); fixed: (count, rows, columns), orthonormal;
        target: (count, rows), without what `fixed` explains
    """

    function: Function
    inner: Any
    factor: Any
    fixed: Any
    target: Any
    xp: Any = np
    held: bool = False

    def evaluate(self, u: Any) -> tuple[Any, Any]:
        """f(u), not finite where f is undefined, and f'(u).

        On tensors, a function with a domain or a pole has the slope of its continuation, which is
        finite at the ends.
        """
        f = self.function
        everywhere = f.pole is None and f.domain == (-np.inf, np.inf)
        if self.xp is np or everywhere:
            value = f.evaluate(u, self.xp)
            return value, f.differentiate(u, value, self.xp)
        value, slope = f.value_and_slope(u)
        return self.xp.where(f.is_defined(u), value, np.nan), slope

    def at(self, keep: Any) -> Batch:
        """Some of the problems."""
        parts = ("inner", "factor", "fixed", "target")
        return replace(self, **{name: getattr(self, name)[keep] for name in parts})


def take_steps(batch: Batch, a: Any, b: Any, steps: int) -> tuple[Any, Any, Any]:
    """The sum of squared residuals, a and b after a number of damped steps.

    An a or b that is redundant with c and the fixed columns is kept (:attr:`.Function.free`).

    Shape:
        a, b: (count,)
    """
    xp = batch.xp
    damping = xp.full_like(a, 1e-3)
    with np.errstate(all="ignore"):
        left, residual, by_a, by_b = _evaluate(batch, a, b)
        for _ in range(steps):
            step_a, step_b = _step(batch, residual, by_a, by_b, damping)
            new = _evaluate(batch, a + step_a, b + step_b)
            better = new[0] < left
            damping = xp.where(better, 0.2 * damping, 10 * damping)
            a, b = xp.where(better, a + step_a, a), xp.where(better, b + step_b, b)
            left = xp.where(better, new[0], left)
            residual, by_a, by_b = (
                xp.where(better[:, None], after, before)
                for after, before in zip(new[1:], (residual, by_a, by_b), strict=True)
            )
    return left, a, b


def explained(values: Any, factor: Any, fixed: Any, target: Any) -> Any:
    """The sum of squares of each target that each m f explains beside the fixed columns.

    It is 0 where m f is a sum of the fixed columns but for rounding, and where it isn't finite.

    Shape:
        values (f): (..., candidates, rows); factor: (problems, rows); fixed: (problems, rows,
        columns), orthonormal; target: (..., problems, rows), without what `fixed` explains →
        (..., candidates, problems)
    """
    with np.errstate(all="ignore"):
        size = whole = values**2 @ factor.T**2
        for k in range(fixed.shape[-1]):
            size = size - (values @ (factor * fixed[..., k]).T) ** 2
        gain = (values @ (factor * target).swapaxes(-1, -2)) ** 2 / size
    gain[~(size > LEAST_SIZE * whole)] = 0.0
    return gain


def _evaluate(batch: Batch, a: Any, b: Any) -> tuple[Any, Any, Any, Any]:
    """The sums of squares, the residuals, and their derivatives by a and b.

    The sum is infinite where f isn't finite, or m f is a sum of the fixed columns but for rounding.
    """
    xp = batch.xp
    value, slope = batch.evaluate(a[:, None] * batch.inner + b[:, None])
    value = value * batch.factor
    column = _project(batch, value)
    square = _dot(column, column)
    size = xp.sqrt(square)[:, None]
    unit = column / size
    along = _dot(unit, batch.target)[:, None]
    residual = batch.target - along * unit
    slope = slope * batch.factor * (along / size)
    changes = []
    for change in (slope * batch.inner, slope):
        change = _project(batch, change)
        changes.append(change - _dot(unit, change)[:, None] * unit)
    left = _dot(residual, residual)
    usable = xp.isfinite(left) & (square > LEAST_VARYING * _dot(value, value))
    return xp.where(usable, left, np.inf), residual, changes[0], changes[1]


def _project(batch: Batch, v: Any) -> Any:
    """Vectors minus their projections on the fixed columns; (count, rows)"""
    along = v[:, None] @ batch.fixed
    return v - (batch.fixed @ along.swapaxes(1, 2))[..., 0]


def _dot(u: Any, v: Any) -> Any:
    """Scalar products row by row; (count, rows), (count, rows) → (count,)"""
    return (u[:, None] @ v[..., None])[:, 0, 0]


def _step(batch: Batch, residual: Any, by_a: Any, by_b: Any, damping: Any) -> tuple[Any, Any]:
    """Solve (JᵀJ + damping · diagonal) step = Jᵀ residual for the two unknowns of each problem."""
    xp, free = batch.xp, batch.function.free
    ra, rb = _dot(by_a, residual), _dot(by_b, residual)
    aa, bb, ab = _dot(by_a, by_a), _dot(by_b, by_b), _dot(by_a, by_b)
    aa, bb = aa * (1 + damping), bb * (1 + damping)
    if free == "scale":
        steps = xp.zeros_like(aa), rb / bb
    elif free == "shift" or batch.held:
        steps = ra / aa, xp.zeros_like(aa)
    else:
        determinant = aa * bb - ab * ab
        steps = (bb * ra - ab * rb) / determinant, (aa * rb - ab * ra) / determinant
    step_a, step_b = (xp.where(xp.isfinite(step), step, 0.0) for step in steps)
    return step_a, step_b
