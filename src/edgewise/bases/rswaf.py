"""Reflectional switch activation functions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._checks import check_positive
from edgewise.bases.base import Grid
from edgewise.bases.centred import Centred


@dataclass(frozen=True)
class RSWAF(Centred):
    """Reflectional switch activation functions: squared hyperbolic secants.

    .. math:: φ_g(z) = 1 - \\tanh((z - c_g) · d)^2

    where ``d`` is the ``inv_denominator``. They are symmetric about their centres, lie between 0
    and 1, and decay like 4·exp(-2|z - c|·d). Where faster-kan's published program ignores
    ``inv_denominator`` in the forward pass, this is the function that its formula states, with its
    exact gradients.

    Args:
        num: number of centres, at least 2 of them with linear tails.
        lo, hi: first and last centre.
        inv_denominator: ``d`` above.
        train_grid, train_inv_denominator: whether a layer learns centres and ``d``.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> basis = ew.RSWAF(num=3, lo=-1, hi=1, inv_denominator=1.0)
        >>> basis.evaluate(torch.tensor([0.0]), basis.init_grid(1))  # 1 at its centre
        tensor([[0.4200, 1.0000, 0.4200]])

    Reference: Delis, *FasterKAN*, github.com/AthanasiosDelis/faster-kan (2024).
    """

    name: ClassVar[str] = "rswaf"
    named: ClassVar[Mapping[str, Any]] = {
        "num": 5,
        "lo": -2.0,
        "hi": 2.0,
        "inv_denominator": 1.0,
    }
    grid_names: ClassVar[tuple[str, ...]] = ("centers", "inv_denominator")

    width_power: ClassVar[int] = -1
    is_local: ClassVar[bool] = True

    lo: float = -1.2
    hi: float = 1.2
    inv_denominator: float = 0.5
    train_grid: bool = False
    train_inv_denominator: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        check_positive("RSWAF", "inv_denominator", self.inv_denominator)

    @property
    def trainable_grid(self) -> tuple[bool, ...]:
        return self.train_grid, self.train_inv_denominator

    def numbers(self) -> tuple[float, ...]:
        return (self.inv_denominator,)

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        centers, inv_denominator = grid
        t = torch.tanh((z[..., None] - centers) * inv_denominator)
        return 1 - t * t

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        centers, inv_denominator = grid
        t = torch.tanh((z[..., None] - centers) * inv_denominator)
        return -2 * inv_denominator * t * (1 - t * t)

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        centers, inv_denominator = grid
        offset = z[..., None] - centers
        t = torch.tanh(offset * inv_denominator)
        slope = -2 * t * (1 - t * t)  # dφ/du at u = (z - c)·d
        # Far out the slope is exactly 0 while the offset may be huge: the product is 0, not 0·inf.
        by_inv = torch.where(slope == 0, torch.zeros_like(slope), slope * offset)
        return -slope * inv_denominator, by_inv
