"""Gaussian radial basis functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise.bases.base import Grid
from edgewise.bases.centred import Centred
from edgewise.bases.points import offsets


@dataclass(frozen=True)
class Gaussian(Centred):
    """Gaussian bumps on a uniform grid of centres.

    .. math:: φ_g(z) = \\exp(-((z - c_g) / w)^2)

    The centres are ``num`` equidistant points from ``lo`` to ``hi``; the width ``w`` defaults to
    their spacing, as in fast-kan. They are positive and smooth, and below 1e-38 (half the smallest
    float32) at more than 9.4 widths from the centre, so wide grids are numerically local.

    Args:
        num: number of centres, at least 2 of them with linear tails.
        lo, hi: first and last centre.
        width: ``w`` above; None takes the spacing of the centres (``hi - lo`` if there is one).
        train_centers, train_width: whether a layer learns them; their gradients are exact.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> basis = ew.Gaussian(num=3, lo=-1, hi=1)
        >>> basis.evaluate(torch.tensor([0.0]), basis.init_grid(1))  # 1 at its centre, else 1/e
        tensor([[0.3679, 1.0000, 0.3679]])

    Reference: Li, *Kolmogorov-Arnold Networks are Radial Basis Function Networks*,
    arXiv:2405.06721.
    """

    name: ClassVar[str] = "gaussian"

    is_local: ClassVar[bool] = True

    width: float | None = None
    train_centers: bool = False
    train_width: bool = False

    def numbers(self) -> tuple[float, ...]:
        return (self.spacing if self.width is None else self.width,)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        u = offsets(z, *grid)
        return torch.exp(-(u * u))

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        centers, width = grid
        u = offsets(z, centers, width)
        return -2 * u * torch.exp(-u * u) / width

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        centers, width = grid
        u = offsets(z, centers, width)
        slope = 2 * u * torch.exp(-u * u) / width  # ∂φ/∂c = -∂φ/∂z
        return slope, slope * u  # ∂φ/∂w = ∂φ/∂c · (z - c)/w
