"""Solve linear least squares problems of coefficients by factors of their matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from edgewise.equations.splitting import LinearisedBlock, solve_nearly
from edgewise.training.levenberg import solve_damped

LARGE = 500
"""With more coefficients, steps are found without forming the matrix."""
FAR, CLOSE, EXACT = 1e-2, 1e-6, 1e-12
"""Relative reduction of the gradient by LSQR: the least accepted, the usual goal, and the goal for
linear equations."""
CORRECTED, CONTRACTED = 1e-8, 0.5
"""The largest relative size of the last correction; while corrections are larger than EXACT, each
must have less than this fraction of the one before."""
LEAST = 1e-12
"""What is added to squares of unit columns, so that dependent ones have a factor, too."""
RANK = 1e-13
"""Columns that others explain up to this fraction are damped."""


def factorise(parts: Sequence[LinearisedBlock], values: Tensor) -> Callable[[float], Tensor]:
    """Return a function from a damping to the step d that minimises |J d + r|.

    Args:
        parts: J, for each block of rows.
        values: the residuals r.
    """
    matrix = _stack(parts)
    found = _square(matrix, values) if matrix.shape[1] >= LARGE else None
    return found or _triangle(matrix, values)


def _stack(parts: Sequence[LinearisedBlock]) -> Tensor:
    return torch.cat([part.matrix() for part in parts])


def _normalise(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """A matrix with columns of length 1, or 0, and their lengths before, 1 for those of 0."""
    scale = matrix.norm(dim=0)
    scale = torch.where(scale > 0, scale, 1.0)
    return matrix / scale, scale


def solve_columns(parts: Sequence[LinearisedBlock], axis: int, right: Tensor) -> Tensor:
    """The free coefficients c that minimise |J c - b|, for each column b; (rows, n) → (free, n)

    Args:
        parts: J, for each block of rows.
        axis: the coordinate along which large problems are split.
        right: b.
    """
    size = sum(shape.numel() for shape in parts[0].shapes.values())
    found = solve_nearly(parts, axis, right, EXACT) if size >= LARGE else None
    if found is not None and found.gradient <= CLOSE:
        return found.solution
    matrix, scale = _normalise(_stack(parts))
    q, r = torch.linalg.qr(matrix)
    return torch.linalg.solve_triangular(r, q.t() @ right, upper=True) / scale[:, None]


def _square(matrix: Tensor, values: Tensor) -> Callable[[float], Tensor] | None:
    """Damped steps by a Cholesky factor of JᵀJ, corrected by residuals of J; a third of the work.

    Each correction leaves a fraction of κ(J)² LEAST of the error, with κ the condition number of
    J without dependent columns, such as the constant of a pressure. None if that is too much.

    Reference: Björck, *Stability analysis of the method of seminormal equations* (1987).
    """
    matrix, scale = _normalise(matrix)
    product, unit = matrix.t() @ matrix, torch.eye(matrix.shape[1], dtype=matrix.dtype)

    def solve(damping: float) -> Tensor | None:
        factor, failed = torch.linalg.cholesky_ex(product + (damping + LEAST) * unit)
        found, last = torch.zeros_like(scale), float("inf")
        while not failed:
            downhill = -(matrix.t() @ (values + matrix @ found)) - damping * found
            change = torch.cholesky_solve(downhill[:, None], factor)[:, 0]
            found, size = (
                found + change,
                float(change.norm() / (found + change).norm().clamp(min=1e-300)),
            )
            if size <= EXACT or not size < CONTRACTED * last:
                return found / scale if size <= CORRECTED else None
            last = size
        return None

    first = solve(0.0)
    if first is None:
        return None

    def step(damping: float) -> Tensor:
        made = first if damping == 0 else solve(damping)
        return torch.full_like(first, torch.nan) if made is None else made

    return step


def _triangle(matrix: Tensor, values: Tensor) -> Callable[[float], Tensor]:
    """Damped steps by a QR decomposition."""
    matrix, scale = _normalise(matrix)
    factor = torch.linalg.qr(torch.cat([matrix, values[:, None]], 1), mode="r").R
    size = matrix.shape[1]
    triangle, right = factor[:size, :size], factor[:size, size]
    diagonal = triangle.diagonal().abs()
    singular = len(diagonal) < size or float(diagonal.min()) < RANK * float(diagonal.max())

    def solve(damping: float) -> Tensor:
        if damping == 0 and not singular:
            step = torch.linalg.solve_triangular(triangle, -right[:, None], upper=True)[:, 0]
            return step / scale
        weights = torch.full_like(scale, max(damping, RANK**2) ** 0.5)
        return solve_damped(triangle, -right, weights) / scale

    return solve
