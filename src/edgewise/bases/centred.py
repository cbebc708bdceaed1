"""`Centred`: the base class of functions around centres, such as Gaussians."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._checks import check_interval, check_positive, read_count
from edgewise._tensors import Device, DType
from edgewise.bases.base import Basis, Grid
from edgewise.bases.points import continue_points, equidistant, spread_points


@dataclasses.dataclass(frozen=True)
class Centred(Basis, abstract=True):
    """Functions around centres c_g, each as wide as w_g: what moves, grows and spreads them.

    The grid begins with the centres, equidistant at first, and their widths. Where centres move,
    widths keep their ratio to the distance of centres. A basis states its formula and the
    :meth:`numbers` behind the centres.

    Args:
        num: number of centres, at least 2 of them with linear tails.
        lo, hi: first and last centre.
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> from dataclasses import dataclass
        >>> @dataclass(frozen=True)
        ... class Hats(ew.bases.Centred):
        ...     name = "hats"
        ...     def numbers(self):
        ...         return (self.spacing,)
        ...     def evaluate(self, z, grid):
        ...         centers, width = grid
        ...         return torch.relu(1 - abs(z[..., None] - centers) / width)
        >>> basis = Hats(num=3, lo=-1, hi=1)
        >>> basis.evaluate(torch.tensor([0.25]), basis.init_grid(1))
        tensor([[0.0000, 0.7500, 0.2500]])
    """

    named: ClassVar[Mapping[str, Any]] = {"num": 5}
    grid_names: ClassVar[tuple[str, ...]] = ("centers", "width")
    size_name: ClassVar[str] = "num"
    width_power: ClassVar[int] = 1
    """1 where the grid holds widths behind the centres, -1 where it holds what widths are 1 by."""
    widths_out: ClassVar[float] = 4.0
    """How many widths away from its centre a function is next to nothing."""

    num: int = 8
    lo: float = -2.0
    hi: float = 2.0

    def __post_init__(self) -> None:
        super().__post_init__()
        owner = type(self).__name__
        read_count(owner, "num", self.num, 1)
        check_interval(owner, self.lo, self.hi)
        width = getattr(self, "width", None)
        if width is not None:
            check_positive(owner, "width", width)
        # Functions bend from the first to the last centre: with one centre they would be lines,
        # and bumps, whose slope there is 0, constants.
        if self.linear_tails and self.num == 1:
            raise ValueError(
                f"{owner} expected at least 2 centres with linear_tails=True, got num=1, whose "
                "function would bend nowhere: use num=2 or more, or linear_tails=False"
            )

    @abstractmethod
    def numbers(self) -> tuple[float, ...]:
        """The width of all functions of a new layer, or 1 by it, and what the grid holds beside."""

    @property
    def num_basis(self) -> int:
        return self.num

    @property
    def spacing(self) -> float:
        """Distance between neighbouring centres; ``hi - lo`` if there is one."""
        return (self.hi - self.lo) / max(self.num - 1, 1)

    def init_grid(self, in_features: int, *, device: Device = None, dtype: DType = None) -> Grid:
        centers = spread_points(self.lo, self.hi, self.num, device=device, dtype=dtype)
        kind: dict[str, Any] = {"device": device, "dtype": centers.dtype}
        return centers, *(torch.tensor(number, **kind) for number in self.numbers())

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """Centres and widths are shared by all inputs, or have a row for each; numbers are one."""
        n, rest = self.num_basis, len(self.grid_names) - 2
        widths = ((), (1,), (n,), (in_features, 1), (in_features, n))
        return ((n,), (in_features, n)), widths, *(((),),) * rest

    def domain(self, grid: Grid) -> tuple[float, float]:
        """From the first centre to the last."""
        return float(grid[0].min()), float(grid[0].max())

    def points(self, grid: Grid) -> Tensor:
        return grid[0]

    def placed(self, points: Tensor, grid: Grid) -> tuple[Basis, Grid]:
        centers, widths = grid[:2]
        widths = widths if widths.dim() else widths[None]
        ratio = widths.mean(-1, keepdim=True) / _mean_gap(centers) ** self.width_power
        gaps = _mean_gap(points) if equidistant(points) else _local_gaps(points)
        width = ratio * gaps**self.width_power
        return self._with_grid((points, width[0] if width.shape == (1,) else width, *grid[2:]))

    def extended(self, grid: Grid, left: int, right: int) -> tuple[Basis, Grid]:
        """Add centres at both ends, as far apart as the last two there and as wide as the last."""
        centers, widths = grid[:2]
        if centers.shape[-1] < 2:
            raise ValueError("expected at least two centres, whose distance goes on; got one")
        if widths.dim() and widths.shape[-1] == centers.shape[-1]:
            shape = widths.shape[:-1]
            ends = widths[..., :1].expand(*shape, left), widths[..., -1:].expand(*shape, right)
            widths = torch.cat([ends[0], widths, ends[1]], -1)
        larger: Any = self.resized(self.num_basis + left + right)
        return larger._with_grid((continue_points(centers, left, right), widths, *grid[2:]))

    def breaks(self, grid: Grid) -> Tensor:
        """The centres, and two points further out at either end."""
        centers, reach = grid[0], self.widths_out * grid[1] ** self.width_power
        reach = reach.amax(-1, keepdim=True) if reach.dim() else reach[None]
        first, last = centers[..., :1], centers[..., -1:]
        ends = [first - reach, first - reach / 2, last + reach / 2, last + reach]
        shape = torch.broadcast_shapes(first.shape, reach.shape)
        left, near_left, near_right, right = (e.expand(shape) for e in ends)
        middle = centers.expand(*shape[:-1], centers.shape[-1])
        return torch.cat([left, near_left, middle, near_right, right], -1)

    def _with_grid(self, grid: Grid) -> tuple[Basis, Grid]:
        """A moved grid, and the basis whose settings say it: ``lo``, ``hi`` and the width.

        They can't where inputs or centres have values of their own.
        """
        centers, width = grid[:2]
        if centers.dim() > 1 or width.numel() > 1 or centers.numel() < 2:
            return self, grid
        if not equidistant(centers):
            return self, grid
        told: dict[str, Any] = {"lo": float(centers[0]), "hi": float(centers[-1])}
        told[self.grid_names[1]] = float(width)
        return dataclasses.replace(self, **told), grid


def _mean_gap(points: Tensor) -> Tensor:
    """The mean distance between neighbours, 1 for a single point; (*, n) → (*, 1)."""
    gap = (points[..., -1:] - points[..., :1]) / max(points.shape[-1] - 1, 1)
    return torch.where(gap > 0, gap, torch.ones_like(gap))


def _local_gaps(points: Tensor) -> Tensor:
    """The mean distance of each point to its neighbours, 1 for 0; (*, n) → (*, n)."""
    gaps = points.diff()
    inner = (gaps[..., 1:] + gaps[..., :-1]) / 2
    mean = torch.cat([gaps[..., :1], inner, gaps[..., -1:]], -1)
    return torch.where(mean == 0, torch.ones_like(mean), mean)
