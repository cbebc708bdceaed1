"""The covariance of a least-squares fit, and which numbers the rows don't determine."""

from __future__ import annotations

import torch
from torch import Tensor

UNTOLD = 1e100
"""The variance, in units of a column, along a direction that the rows don't tell."""
LEAST = 1e-14
"""Eigenvalues of columns of length 1 below this are rounding errors."""


def estimate_covariance(columns: Tensor, variance: float) -> tuple[Tensor, Tensor]:
    """The covariance σ² (JᵀJ)⁻¹ of numbers, and which of them the rows don't tell.

    A pseudo-inverse would give a number of which no value depends the variance 0. Here it is
    enormous; columns may be of any size.

    Args:
        columns: J, the derivatives of the residuals by each number, (rows, numbers).
        variance: σ², of a residual.

    Shape:
        (numbers, numbers), (numbers,)

    Example:
        >>> columns = torch.tensor([[1e-200, 0.0], [1e-200, 0.0]], dtype=torch.float64)
        >>> covariance, untold = estimate_covariance(columns, 2.0)
        >>> f"{covariance[0, 0].sqrt():.1e}", untold.tolist()
        ('inf', [False, True])
    """
    largest = columns.abs().amax(0)
    sizes = torch.where(largest > 0, largest, 1.0)
    lengths = (columns / sizes).norm(dim=0).clamp(min=1.0)
    unit = columns / sizes / lengths
    values, vectors = torch.linalg.eigh(unit.t() @ unit)
    lost = values < LEAST * len(values)
    inverse = torch.where(lost, UNTOLD, variance / values.clamp(min=LEAST))
    made = vectors @ (inverse[:, None] * vectors.t())
    sizes = sizes * lengths
    untold = vectors[:, lost].square().sum(1) > 1e-12
    return made / sizes / sizes[:, None], untold
