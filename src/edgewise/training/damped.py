"""Solutions of damped least squares, (JᵀJ + λ m D) Δ = -Jᵀ r, for many λ at one J.

Here m is the mean of the diagonal of JᵀJ, and D is 1 for parameters and 0 for unknown constants.
Which way is cheapest depends on the numbers of rows and of columns alone.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from edgewise.data.rows import pick_evenly

MOST_DENSE = 3000
"""Rows or columns up to which their products with each other are factorised."""
FEW_ROWS = 0.75
"""Rows as a fraction of the columns up to which JJᵀ is factorised, which is the smaller matrix."""
SAMPLE = 1500
"""Rows that make the preconditioner where there are more of both."""
PANEL = 256
"""Columns of JᵀJ that are computed at a time."""
FREE = 1e-8
"""D of unknown constants where it can't be 0."""
MOST_ITERATIONS, ENOUGH = 60, 1e-3
"""Of conjugate gradients: a step need not be more exact than the linear problem is right."""

LEAST, MOST, TRIES = 1e-15, 1e12, 40
"""Least and greatest λ, and how many are tried from one point."""
STRONGER = 7.0
"""A step tries λ and this many times λ."""
DISTANCE = 0.1
"""Part of a step over which the curvature of the residuals is measured."""
MOST_BEND = 0.375
"""A correction that is longer than this part of its step isn't tried (Transtrum and Sethna)."""

Solve = Callable[[Tensor], Tensor]
"""Residuals v → Δ of (JᵀJ + λ m D) Δ = -Jᵀ v."""
Factorise = Callable[[float], Solve | None]
"""λ → what solves for it; None where JᵀJ + λ m D isn't positive definite in floating point."""


def prepare(jacobian: Tensor, parameters: int) -> Factorise:
    """Prepare the damped problem of one J for any λ.

    Args:
        jacobian: J; the columns behind the parameters are those of unknown constants.
        parameters: how many columns are damped.

    Shape:
        jacobian: (rows, columns); a solution takes (rows,) and gives (columns,)
    """
    rows, columns = jacobian.shape
    by_rows = rows <= FEW_ROWS * columns and columns == parameters
    if columns <= MOST_DENSE and not by_rows:
        return _by_columns(jacobian, parameters)
    mean = float(jacobian[:, :parameters].square().sum()) / parameters
    sizes = torch.ones_like(jacobian[0])
    sizes[parameters:] = FREE**-0.5
    scaled = jacobian * sizes if parameters < columns else jacobian
    factorise = (_by_rows if rows <= MOST_DENSE else _by_gradients)(scaled, mean)

    def unscaled(damping: float) -> Solve | None:
        solve = factorise(damping)
        return None if solve is None else lambda v: solve(v) * sizes

    return unscaled


def find_bend(
    step: Tensor,
    jacobian: Tensor,
    values: Tensor,
    near: Tensor,
    solve: Solve,
) -> Tensor | None:
    r"""Find the second-order correction of a step, which follows the curvature of the residuals.

    .. math:: (J^T J + λ m D)\, a = -\tfrac12 J^T r'', \qquad
        r'' ≈ \tfrac2h \left(\tfrac{r(θ + hΔ) - r(θ)}h - JΔ\right)

    A step Δ + a has an error of third order in the damped flow of the parameters, Δ one of second.

    Args:
        step: Δ.
        jacobian, values: J and r.
        near: r(θ + hΔ), h being `DISTANCE`.
        solve: for the λ of the step.

    Returns:
        a; None if it isn't small beside Δ, where the expansion says nothing.

    Reference: Transtrum, Sethna, *Improvements to the Levenberg-Marquardt algorithm for nonlinear
    least-squares minimization* (2012), arXiv 1201.5885.
    """
    curvature = 2 / DISTANCE * ((near - values) / DISTANCE - jacobian @ step)
    bend = solve(curvature) / 2
    return bend if float(bend.norm()) <= MOST_BEND * float(step.norm()) else None


def lower_products(jacobian: Tensor) -> Tensor:
    """JᵀJ on and below its diagonal, panel by panel: half of the work of a product; above it 0.

    Shape:
        (rows, columns) → (columns, columns)
    """
    count = jacobian.shape[1]
    made = jacobian.new_zeros(count, count)
    for first in range(0, count, PANEL):
        end = min(first + PANEL, count)
        torch.mm(jacobian[:, first:].t(), jacobian[:, first:end], out=made[first:, first:end])
    return made


def _by_columns(jacobian: Tensor, parameters: int) -> Factorise:
    """Δ = -(JᵀJ + λ m D)⁻¹ Jᵀ v."""
    matrix = lower_products(jacobian)
    mean, apply = float(matrix.diagonal()[:parameters].mean()), _invert(matrix, parameters)

    def factorise(damping: float) -> Solve | None:
        inverse = apply(damping * mean)
        return None if inverse is None else lambda v: inverse(-(jacobian.t() @ v))

    return factorise


def _by_rows(jacobian: Tensor, mean: float) -> Factorise:
    """Δ = -Jᵀ (J Jᵀ + λ m)⁻¹ v, which is the same where there are fewer rows than columns."""
    apply = _invert(lower_products(jacobian.t()), len(jacobian))

    def factorise(damping: float) -> Solve | None:
        inverse = apply(damping * mean)
        return None if inverse is None else lambda v: -(jacobian.t() @ inverse(v))

    return factorise


def _invert(matrix: Tensor, count: int) -> Factorise:
    """What multiplies with the inverse of a matrix with a shift of its first diagonal entries.

    It reads what is on and below the diagonal, and writes the shift there.
    """
    diagonal = matrix.diagonal()
    exact = diagonal.clone()

    def apply(shift: float) -> Callable[[Tensor], Tensor] | None:
        diagonal.copy_(exact)
        diagonal[:count] += shift
        factor, failed = torch.linalg.cholesky_ex(matrix)
        if int(failed):
            return None
        return lambda vector: torch.cholesky_solve(vector[:, None], factor)[:, 0]

    return apply


def _by_gradients(jacobian: Tensor, mean: float) -> Factorise:
    """By conjugate gradients, preconditioned by the same problem of a sample of the rows."""
    kept = pick_evenly(len(jacobian), SAMPLE)
    sample = jacobian[kept] * (len(jacobian) / len(kept)) ** 0.5
    apply = _invert(lower_products(sample.t()), len(sample))

    def factorise(damping: float) -> Solve | None:
        shift = damping * mean
        inverse = apply(shift)
        if inverse is None:
            return None

        def precondition(v: Tensor) -> Tensor:  # (SᵀS + shift)⁻¹ v, by Woodbury's formula
            return (v - sample.t() @ inverse(sample @ v)) / shift

        def multiply(v: Tensor) -> Tensor:
            return jacobian.t() @ (jacobian @ v) + shift * v

        return lambda v: _conjugate_gradients(multiply, precondition, -(jacobian.t() @ v))

    return factorise


def _conjugate_gradients(
    multiply: Callable[[Tensor], Tensor], precondition: Callable[[Tensor], Tensor], right: Tensor
) -> Tensor:
    """x of A x = b, to a relative residual of ``ENOUGH``.

    Reference: Nocedal and Wright, *Numerical Optimization* (2006), algorithm 5.3.
    """
    x, left = torch.zeros_like(right), right.clone()
    towards = precondition(left)
    direction, size = towards, left @ towards
    for _ in range(MOST_ITERATIONS):
        product = multiply(direction)
        length = size / (direction @ product)
        x, left = x + length * direction, left - length * product
        if float(left.norm()) <= ENOUGH * float(right.norm()):
            break
        towards = precondition(left)
        before, size = size, left @ towards
        direction = towards + (size / before) * direction
    return x
