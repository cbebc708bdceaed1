"""The points of grids: spread, counted anew, continued, and centres that move with their widths."""

from __future__ import annotations

import dataclasses
from typing import Any

import torch
from torch import Tensor

Grid = tuple[Tensor, ...]
_FAR = 30.0


def spread_points(lo: float, hi: float, count: int, **kind: Any) -> Tensor:
    """``count`` points from lo to hi, as torch.linspace gives them; ValueError beyond the type."""
    greatest = torch.finfo(kind.get("dtype") or torch.get_default_dtype()).max
    if not -greatest <= lo <= hi <= greatest:
        raise ValueError(
            f"expected a grid within ±{greatest:.3g}, the limits of its dtype, got {lo!r} to {hi!r}"
        )
    return torch.linspace(lo, hi, count, **kind)


def centre_shapes(num: int, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Accepted shapes of (centres, width): shared by all inputs, or one row per input."""
    centres = ((num,), (in_features, num))
    return centres, ((), (1,), (num,), (in_features, 1), (in_features, num))


def resample_points(points: Tensor, count: int) -> Tensor:
    """``count`` points with the density of the given ones, ends included, by interpolation.

    Shape:
        (*, n) → (*, count)
    """
    n = points.shape[-1]
    position = torch.linspace(0, n - 1, count, dtype=points.dtype, device=points.device)
    left = position.floor().long().clamp(0, max(n - 2, 0))
    right = (left + 1).clamp_max(n - 1)
    return torch.lerp(points[..., left], points[..., right], position - left)


ROUNDINGS = 4.0
"""By how many ε · (the greatest absolute value) equidistant points may miss their places."""
OF_A_STEP = {torch.float32: 1e-5, torch.float64: 1e-12}
"""And by what fraction of the distance between points: the accuracy that engines have."""


def equidistant(points: Tensor) -> bool:
    """Whether each row of ``points`` is known to increase in equal steps, up to rounding.

    This is the one definition: kernels for equidistant points, which decide at every call, get the
    tolerance from here and are tested to answer the same.
    """
    count = points.shape[-1]
    if count < 2:
        return True
    if points.is_meta:  # without values
        return False
    kind = torch.float64 if points.dtype == torch.float64 else torch.float32
    points = points.detach().double()
    first, last = points[..., :1], points[..., -1:]
    step = (last - first) / (count - 1)
    even = first + step * torch.arange(count, dtype=points.dtype, device=points.device)
    rounding = torch.finfo(kind).eps * torch.maximum(first.abs(), last.abs())
    slack = torch.minimum(ROUNDINGS * rounding, OF_A_STEP[kind] * step)
    return bool(((step > 0) & ((points - even).abs() <= slack)).all())


def offsets(z: Tensor, centers: Tensor, width: Tensor) -> Tensor:
    """(z - c_g) / w_g, of tensors within ±30.

    Beyond, bells are zero in float64, too: e^{-30²/2} is. There u² stays finite, and slopes are
    zero, not NaN; intervals hold infinite numbers.
    """
    u = (z[..., None] - centers) / width
    return u.clamp(-_FAR, _FAR) if isinstance(u, Tensor) else u


class Centres:
    """What bases have in common whose grids begin with centres and their widths.

    Widths follow when centres move: widths w keep their ratio to the distance of centres
    (``power`` 1); inverse widths d keep d · distance (``power`` -1).
    """

    @staticmethod
    def check_tails(basis: Any) -> None:
        """Raise ValueError for linear tails that begin on both sides of a single centre.

        Functions bend from the first to the last centre: with one centre they would be lines, and
        bumps, whose slope there is 0, constants.
        """
        if basis.linear_tails and basis.num == 1:
            raise ValueError(
                f"{type(basis).__name__} expected at least 2 centres with linear_tails=True, got "
                "num=1, whose function would bend nowhere: use num=2 or more, or "
                "linear_tails=False"
            )

    @staticmethod
    def placed(points: Tensor, grid: Grid, power: int) -> Grid:
        """The grid (centres, widths) with its centres at ``points``, (n,) or (in, n)."""
        centers, widths = grid
        widths = widths if widths.dim() else widths[None]
        ratio = widths.mean(-1, keepdim=True) / _mean_gap(centers) ** power
        local = _mean_gap(points) if equidistant(points) else _local_gaps(points)
        width = ratio * local**power
        return points, width[0] if width.shape == (1,) else width

    @staticmethod
    def extended(grid: Grid, left: int, right: int) -> Grid:
        """Add centres at both ends, as far apart as the last two there and as wide as the last."""
        centers, widths = grid
        if centers.shape[-1] < 2:
            raise ValueError("expected at least two centres, whose distance goes on; got one")
        if widths.dim() and widths.shape[-1] == centers.shape[-1]:
            ends = widths[..., :1], widths[..., -1:]
            shape = widths.shape[:-1]
            widths = torch.cat(
                [ends[0].expand(*shape, left), widths, ends[1].expand(*shape, right)], -1
            )
        return continue_points(centers, left, right), widths

    @staticmethod
    def state(basis: Any, grid: Grid) -> Any:
        """The basis with the settings of its moved grid, where ``lo``, ``hi`` and a width can.

        They can't where inputs or centres have values of their own.
        """
        centers, width = grid[:2]
        if centers.dim() > 1 or width.numel() > 1 or centers.numel() < 2:
            return basis
        if not equidistant(centers):
            return basis
        ends = {"lo": float(centers[0]), "hi": float(centers[-1])}
        return dataclasses.replace(basis, **ends, **{basis.grid_names[1]: float(width)})

    @staticmethod
    def breaks(centers: Tensor, reach: Tensor) -> Tensor:
        """The centres, and two points further out at either end."""
        reach = reach.amax(-1, keepdim=True) if reach.dim() else reach[None]
        first, last = centers[..., :1], centers[..., -1:]
        ends = [first - reach, first - reach / 2, last + reach / 2, last + reach]
        shape = torch.broadcast_shapes(first.shape, reach.shape)
        left, near_left, near_right, right = (e.expand(shape) for e in ends)
        middle = centers.expand(*shape[:-1], centers.shape[-1])
        return torch.cat([left, near_left, middle, near_right, right], -1)


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


def continue_points(points: Tensor, left: int, right: int) -> Tensor:
    """Add points at both ends, spaced as the last two; (*, n) → (*, left + n + right)."""
    first, last = points[..., 1:2] - points[..., :1], points[..., -1:] - points[..., -2:-1]
    before = torch.arange(-left, 0, dtype=points.dtype, device=points.device)
    behind = torch.arange(1, right + 1, dtype=points.dtype, device=points.device)
    ends = points[..., :1] + before * first, points[..., -1:] + behind * last
    return torch.cat([ends[0], points, ends[1]], -1)
