"""Sines with frequencies and phases of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import torch
from torch import Tensor

from edgewise._checks import check_positive, read_count
from edgewise._tensors import Device, DType, is_meta
from edgewise.bases.base import Basis, Grid


@dataclass(frozen=True)
class Sine(Basis):
    """Sines whose frequencies and phases may be learnt.

    .. math:: φ_g(z) = \\sin(ω_g z + p_g), \\qquad ω_g = g · \\text{frequency},
              \\quad p_g = g π / (\\text{num} + 1), \\quad g = 1 … \\text{num}

    They are bounded by 1 everywhere, repeat for ever, and φ_g'' = -ω_g² φ_g. SineKAN moves the
    phases of every input by another constant, which a grid of shape (in, num) can hold.

    Args:
        num: number of sines.
        frequency: that of the first.
        train_frequency, train_phase: whether a layer learns ω and p; their gradients are exact.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``num`` is no positive integer, or the frequency isn't positive.

    Example:
        >>> import torch, edgewise as ew
        >>> layer = ew.KANLinear(3, 2, basis=ew.bases.Sine(5, train_frequency=True))
        >>> layer(torch.randn(5, 3)).shape
        torch.Size([5, 2])

    Reference: Reinhardt, Ramakrishnan and Gleyzer, *SineKAN: Kolmogorov-Arnold Networks using
    sinusoidal activation functions*, arXiv:2407.04149.
    """

    name: ClassVar[str] = "sine"
    grid_names: ClassVar[tuple[str, ...]] = ("frequencies", "phases")
    size_name: ClassVar[str] = "num"

    num: int = 5
    frequency: float = 1.0
    train_frequency: bool = False
    train_phase: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        read_count("Sine", "num", self.num, 1)
        check_positive("Sine", "frequency", self.frequency)

    @property
    def num_basis(self) -> int:
        return self.num

    @property
    def trainable_grid(self) -> tuple[bool, ...]:
        return self.train_frequency, self.train_phase

    def init_grid(self, in_features: int, *, device: Device = None, dtype: DType = None) -> Grid:
        kind = dtype or torch.get_default_dtype()
        if is_meta(device):
            return tuple(torch.empty(self.num, device=device, dtype=kind) for _ in range(2))
        order = torch.arange(1, self.num + 1, device=device, dtype=torch.float64)
        phases = order * (torch.pi / (self.num + 1))
        return (order * self.frequency).to(kind), phases.to(kind)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        row = ((self.num,), (in_features, self.num))
        return row, row

    def domain(self, grid: Grid) -> tuple[float, float]:
        return -torch.pi, torch.pi

    def refined(self, grid: Grid, size: int) -> tuple[Basis, Grid]:
        """The same sines and new ones of higher frequencies behind them."""
        larger = self.resized(size)
        first = grid[0]
        added = larger.init_grid(1, device=first.device, dtype=first.dtype)
        kept = min(self.num, size)
        joined = (
            torch.cat([old[..., :kept], new[kept:].expand(*old.shape[:-1], -1)], -1)
            for old, new in zip(grid, added, strict=True)
        )
        return larger, tuple(joined)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        frequencies, phases = grid
        return torch.sin(z[..., None] * frequencies + phases)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        frequencies, phases = grid
        return frequencies * torch.cos(z[..., None] * frequencies + phases)

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        frequencies, phases = grid
        slope = torch.cos(z[..., None] * frequencies + phases)
        return z[..., None] * slope, slope
