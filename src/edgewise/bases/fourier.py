"""Sines and cosines."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._checks import read_count
from edgewise.bases.base import Basis, Grid


@dataclass(frozen=True)
class Fourier(Basis):
    """Cosines and sines of the first ``num`` harmonics, without the constant.

    .. math:: φ(z) = (\\cos z, …, \\cos Gz, \\sin z, …, \\sin Gz), \\qquad G = \\text{num}

    They have the period 2π and are orthogonal on [-π, π] with ∫ φ² = π. The constant is the
    layer's bias.

    Args:
        num: number of harmonics G, ≥ 1; there are 2G functions.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if ``num`` is no positive integer.

    Example:
        >>> import math, torch, edgewise as ew
        >>> ew.Fourier(num=2).evaluate(torch.tensor([0.0, math.pi / 6]), ())
        tensor([[1.0000, 1.0000, 0.0000, 0.0000],
                [0.8660, 0.5000, 0.5000, 0.8660]])

    Reference: GistNoesis, *FourierKAN*, github.com/GistNoesis/FourierKAN (2024).
    """

    name: ClassVar[str] = "fourier"
    named: ClassVar[Mapping[str, Any]] = {"num": 2}
    size_name: ClassVar[str] = "num"

    num: int = 5

    def __post_init__(self) -> None:
        super().__post_init__()
        read_count("Fourier", "num", self.num, 1)

    @property
    def num_basis(self) -> int:
        return 2 * self.num

    @cached_property
    def middle_and_unit(self) -> tuple[float, float]:
        """0 and π/4: normal inputs fill half a period, where no function has to end as it begins.

        A Fourier series of half a period draws lines and other curves that aren't periodic.
        """
        return 0.0, math.pi / 4

    def domain(self, grid: Grid) -> tuple[float, float]:
        return -torch.pi, torch.pi

    def _waves(self, z: Tensor) -> tuple[list[Tensor], list[Tensor]]:
        """cos kz and sin kz for k = 1 … num, by angle addition: k·z itself could overflow."""
        if not isinstance(z, Tensor):  # intervals would widen from one harmonic to the next
            each = [k * z for k in range(1, self.num + 1)]
            return [u.cos() for u in each], [u.sin() for u in each]
        c, s = [z.cos()], [z.sin()]
        for _ in range(1, self.num):
            c, s = [*c, c[-1] * c[0] - s[-1] * s[0]], [*s, s[-1] * c[0] + c[-1] * s[0]]
        return c, s

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        c, s = self._waves(z)
        return torch.stack(c + s, dim=-1)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        c, s = self._waves(z)
        falling = [-k * wave for k, wave in enumerate(s, start=1)]
        rising = [k * wave for k, wave in enumerate(c, start=1)]
        return torch.stack(falling + rising, dim=-1)
