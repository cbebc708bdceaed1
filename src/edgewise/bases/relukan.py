"""Squared products of two ReLUs: bumps without exponentials or recurrences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise.bases.base import Grid
from edgewise.bases.centred import Centred


@dataclass(frozen=True)
class ReLUKAN(Centred):
    """ReLU-KAN's bumps on a uniform grid of centres.

    .. math:: φ_g(z) = \\max(1 - u^2, 0)^2, \\qquad u = (z - c_g) / w

    This is the paper's [ReLU(e - z) · ReLU(z - s)]² · 16/(e - s)⁴ with s = c - w and e = c + w. A
    bump is 1 at its centre, 0 outside of [c - w, c + w], and has a continuous slope. The paper's
    grid of G cells with span k has G + k centres and w = (k + 1)/2 spacings; ``width=None`` is
    its k = 3.

    Args:
        num: number of centres, at least 2 of them with linear tails.
        lo, hi: first and last centre.
        width: w above; None takes two spacings of the centres.
        train_centers, train_width: whether a layer learns them; their gradients are exact. Before
            FSDP2's ``fully_shard`` give w a dimension, as with the width of a :class:`Gaussian`.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.KANLinear(3, 2, basis=ew.bases.ReLUKAN(8, -1, 1))
        >>> layer(torch.rand(5, 3)).shape
        torch.Size([5, 2])

    Reference: Qiu, Zhu, Gong, Chen, Wang et al., *ReLU-KAN: New Kolmogorov-Arnold Networks that
    Only Need Matrix Addition, Dot Multiplication, and ReLU*, arXiv:2406.02075.
    """

    name: ClassVar[str] = "relukan"

    width: float | None = None
    train_centers: bool = False
    train_width: bool = False

    def numbers(self) -> tuple[float, ...]:
        return (2 * self.spacing if self.width is None else self.width,)

    def breaks(self, grid: Grid) -> Tensor:
        """Where bumps begin, end and have their centres: between these they are polynomials.

        Shape:
            (3 num,) or (in, 3 num)
        """
        centers, width = grid
        return torch.cat([centers - width, centers + 0 * width, centers + width], -1).sort(-1)[0]

    def breakpoints(self, grid: Grid) -> Tensor:
        centers, width = grid
        return torch.cat([centers - width, centers + width], -1)

    def is_smooth(self, grid: Grid) -> bool:
        return True

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        centers, width = grid
        u = (z[..., None] - centers) / width
        return (1 - u * u).clamp_min(0).square()

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        return self._slopes(z, grid)[0]

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        slope, by_width = self._slopes(z, grid)
        return -slope, by_width

    def _slopes(self, z: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
        """∂φ/∂z and ∂φ/∂w. Beyond the support u may be huge: the slope is 0 there, not 0 · inf."""
        centers, width = grid
        u = (z[..., None] - centers) / width
        u = torch.where(u.abs() > 1, torch.ones_like(u), u)
        slope = -4 * u * (1 - u * u) / width
        return slope, -slope * u
