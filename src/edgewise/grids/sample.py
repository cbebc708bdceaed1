"""`Sample`: a few values of each input of a layer, with weights, that stand for all rows."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from edgewise.bases.base import Basis, Grid
from edgewise.engines.call import Call
from edgewise.engines.select import ENGINES, select

MOST_NODES = 1024
"""Values of an input that are kept: its quantiles to a thousandth."""
NODES_EACH = 8
"""Values that are kept at least for each function of a large basis."""
COLUMNS = 64
"""Inputs that are sorted at once, so that the copy stays small."""


@dataclass(frozen=True)
class Sample:
    """The distribution of each input of a layer.

    Curves have one variable, so a fit of curves needs to know how the values of each input are
    spread, and not which of them came in one row. Sorted values say that: up to 1,024 rows all of
    them, beyond that the middles of bins of rows, with the least and the greatest value among them.

    Attributes:
        z: values, ascending in each column.
        weight: the fraction of the rows that each of them stands for.

    Shape:
        z: (nodes, in), float64; weight: (nodes,), sums to 1
    """

    z: Tensor
    weight: Tensor

    @property
    def low(self) -> Tensor:
        """The least value of each input, (in,)."""
        return self.z[0]

    @property
    def high(self) -> Tensor:
        """The greatest value of each input, (in,)."""
        return self.z[-1]

    def quantiles(self, count: int) -> Tensor:
        """Evenly spaced quantiles, from the least to the greatest value.

        Shape:
            (in, count)
        """
        # A node stands in the middle of its rows; the first and the last are single rows.
        rank = self.weight.cumsum(0) - self.weight / 2
        rank = (rank - rank[0]) / (rank[-1] - rank[0]).clamp_min(1e-300)
        at = torch.linspace(0, 1, count, dtype=rank.dtype, device=rank.device)
        right = torch.searchsorted(rank, at).clamp(min(1, len(rank) - 1), len(rank) - 1)
        left = (right - 1).clamp_min(0)
        gap = (rank[right] - rank[left]).clamp_min(1e-300)
        part = ((at - rank[left]) / gap).clamp(0, 1)
        return torch.lerp(self.z[left], self.z[right], part[:, None]).t().contiguous()


def condense(z: Tensor, functions: int) -> Sample:
    """The sample of some rows, for a layer with so many functions of each input.

    Shape:
        z: (rows, in)
    """
    rows, most = len(z), max(MOST_NODES, NODES_EACH * functions)
    if rows <= most:
        weight = torch.full((rows,), 1 / rows, dtype=torch.float64, device=z.device)
        return Sample(z.double().sort(0).values, weight)
    # Bins get narrower towards both ends, down to one row: tails are where curves are steep.
    turn = torch.linspace(0, math.pi, most - 1, dtype=torch.float64, device="cpu")
    inner = (rows * (1 - turn.cos()) / 2).round().long()
    bounds = torch.cat([inner, inner.new_tensor([1, rows - 1])]).unique()
    at = (bounds[:-1] + bounds[1:] - 1).div(2, rounding_mode="floor").to(z.device)
    weight = bounds.diff().double() / rows
    columns = [_sort(part.t().contiguous())[:, at] for part in z.split(COLUMNS, 1)]
    return Sample(torch.cat(columns).t().double().contiguous(), weight.to(z.device))


def _sort(columns: Tensor) -> Tensor:
    """Each row of the tensor in ascending order."""
    if columns.device.type != "cpu" or columns.dtype not in (torch.float32, torch.float64):
        return columns.sort(1).values
    return torch.from_numpy(np.sort(columns.numpy(), axis=1))  # 25 times as fast as torch


def evaluate(basis: Basis, z: Tensor, grid: Grid) -> Tensor:
    """φ_g(z_i), by the best engine there is: it gets a unit matrix as coefficients.

    Shape:
        z: (rows, in) → (in, rows, num_basis)
    """
    unit = torch.eye(basis.num_basis, dtype=z.dtype, device=z.device)[None]
    columns = z.t().contiguous()

    def call(values: Tensor, grid: Grid) -> Call:
        return Call(values.reshape(-1, 1), None, unit, None, None, grid, basis, None)

    first = call(columns[:1], take_inputs(grid, slice(1)))
    engine = select(first)
    if engine is ENGINES[-1]:
        return basis.evaluate(z, grid).transpose(0, 1)
    if all(t.dim() < 2 for t in grid):  # one grid for all inputs: they are rows of one call
        return engine.run(call(columns, grid)).reshape(*columns.shape, -1)
    own = [take_inputs(grid, slice(i, i + 1)) for i in range(len(columns))]
    return torch.stack([engine.run(call(c, g)) for c, g in zip(columns, own, strict=True)])


def draw(basis: Basis, z: Tensor, grid: Grid, coef: Tensor) -> Tensor:
    """Σ_g φ_g(z) C_go of one input, by the best engine there is.

    Shape:
        z: (rows,); coef: (num_basis, out) → (rows, out)
    """
    call = Call(z[:, None], None, coef[None].contiguous(), None, None, grid, basis, None)
    return select(call).run(call)


def take_inputs(grid: Grid, inputs: slice) -> Grid:
    """Take the rows of some inputs out of the grid tensors that have a row for each."""
    return tuple(t[inputs] if t.dim() == 2 else t for t in grid)
