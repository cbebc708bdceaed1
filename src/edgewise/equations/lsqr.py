"""Least squares with a matrix that is known only by its products with vectors."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor


class Minimum(NamedTuple):
    """The result of LSQR.

    Attributes:
        solution: approximately the z with min |A z - b|.
        gradient: |Aᵀ(A z - b)| relative to its first value.
    """

    solution: Tensor
    gradient: float


def lsqr(
    apply: Callable[[Tensor], Tensor],
    transposed: Callable[[Tensor], Tensor],
    right: Tensor,
    *,
    goal: float,
    steps: int,
) -> Minimum:
    """min |A z - b| by bidiagonalisation.

    Reference: Paige and Saunders, *LSQR* (1982).
    """
    beta = float(right.norm())
    u = right / max(beta, 1e-300)
    v = transposed(u)
    alpha = float(v.norm())
    v = v / max(alpha, 1e-300)
    w, z = v.clone(), torch.zeros_like(v)
    phi, rho = beta, alpha
    first = max(alpha * beta, 1e-300)
    gradient = 1.0
    for _ in range(steps):
        u = apply(v) - alpha * u
        beta = float(u.norm())
        u = u / max(beta, 1e-300)
        v = transposed(u) - beta * v
        alpha = float(v.norm())
        v = v / max(alpha, 1e-300)
        length = math.hypot(rho, beta)
        if length == 0:
            break
        c, s = rho / length, beta / length
        theta, rho = s * alpha, -c * alpha
        z = z + (c * phi / length) * w
        w = v - (theta / length) * w
        gradient = s * phi * alpha * abs(c) / first
        phi = s * phi
        if gradient <= goal:
            break
    return Minimum(z, gradient)
