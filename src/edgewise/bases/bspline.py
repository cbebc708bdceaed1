"""B-splines on uniform or per-input knots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import torch
from torch import Tensor

from edgewise._checks import check_interval, read_count
from edgewise._tensors import Device, DType, is_meta
from edgewise.bases import cardinal
from edgewise.bases.base import Basis, Grid
from edgewise.bases.points import continue_points, equidistant

LEAST = 2e-38
"""A distance that is above 0 in float32, too: exporters write numbers of float64 so."""


@dataclass(frozen=True)
class BSpline(Basis):
    """B-splines of one degree on a knot vector t_0 ≤ … ≤ t_{G+2k}, by the Cox–de Boor recursion.

    .. math::
        B_{g,0}(z) = [t_g ≤ z < t_{g+1}], \\qquad
        B_{g,k}(z) = \\frac{z - t_g}{t_{g+k} - t_g} B_{g,k-1}(z)
                   + \\frac{t_{g+k+1} - z}{t_{g+k+1} - t_{g+1}} B_{g+1,k-1}(z)

    with 0/0 = 0. ``grid`` cells cover [lo, hi], and ``degree`` cells of the same width stand on
    either side, so there are ``grid + degree`` functions, at most ``degree + 1`` of them non-zero
    at a point. On [lo, hi) they are ≥ 0 and sum to one; outside [t_0, t_{G+2k}) they are zero.

    Args:
        grid: number of cells G between ``lo`` and ``hi``.
        degree: polynomial degree k, 1 to 5.
        lo, hi: the domain.
        uniform: True keeps one equidistant knot vector for all inputs; False gives every input
            its own, which data can move (the knots start out equidistant).
        linear_tails: whether functions go on as straight lines beyond the domain.

    Raises:
        ValueError: if a setting is out of its range.

    Example:
        >>> import torch, edgewise as ew
        >>> basis = ew.BSpline(grid=5, degree=3)
        >>> values = basis.evaluate(torch.linspace(-1, 0.99, 50)[:, None], basis.init_grid(1))
        >>> values.shape, torch.allclose(values.sum(-1), torch.ones(50, 1))
        (torch.Size([50, 1, 8]), True)
        >>> int((values > 0).sum(-1).max())  # degree + 1
        4

    Reference: de Boor, *A Practical Guide to Splines* (1978); Liu et al., *KAN*, arXiv:2404.19756.
    """

    name: ClassVar[str] = "bspline"
    named: ClassVar[Mapping[str, Any]] = {"grid": 3, "lo": -2.0, "hi": 2.0}
    grid_names: ClassVar[tuple[str, ...]] = ("knots",)
    size_name: ClassVar[str] = "grid"
    is_local: ClassVar[bool] = True

    grid: int = 5
    degree: int = 3
    lo: float = -1.0
    hi: float = 1.0
    uniform: bool = True

    def __post_init__(self) -> None:
        super().__post_init__()
        read_count("BSpline", "grid", self.grid, 1)
        check_interval("BSpline", self.lo, self.hi)
        read_count("BSpline", "degree", self.degree, 1)
        if self.degree > 5:
            raise ValueError(f"BSpline expected a degree from 1 to 5, got {self.degree}")

    @property
    def num_basis(self) -> int:
        return self.grid + self.degree

    @property
    def num_knots(self) -> int:
        """Length of the knot vector, G + 2k + 1."""
        return self.grid + 2 * self.degree + 1

    def init_grid(self, in_features: int, *, device: Device = None, dtype: DType = None) -> Grid:
        if is_meta(device):
            shapes, *_ = self.grid_shapes(in_features)
            return tuple(torch.empty(shape, device=device, dtype=dtype) for shape in shapes)
        step = (self.hi - self.lo) / self.grid
        # Some devices have no float64.
        on_cpu: dict[str, Any] = {"dtype": torch.float64, "device": "cpu"}
        cells = torch.arange(-self.degree, self.grid + self.degree + 1, **on_cpu)
        place = torch.get_default_device() if device is None else device
        knots = (cells * step + self.lo).to(place, dtype or torch.get_default_dtype())
        return (knots if self.uniform else knots.repeat(in_features, 1),)

    @classmethod
    def from_shapes(cls, num_basis: int, grid_shapes: tuple[tuple[int, ...], ...]) -> BSpline:
        (knots,) = grid_shapes
        degree = knots[-1] - num_basis - 1
        return cls(num_basis - degree, degree, uniform=len(knots) == 1)

    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        shape = (self.num_knots,) if self.uniform else (in_features, self.num_knots)
        return ((shape,),)

    def domain(self, grid: Grid) -> tuple[float, float]:
        (knots,) = grid
        return float(knots[..., self.degree].min()), float(knots[..., -self.degree - 1].max())

    def points(self, grid: Grid) -> Tensor:
        (knots,) = grid
        return knots[..., self.degree : knots.shape[-1] - self.degree]

    def ends(self, grid: Grid) -> tuple[Tensor, Tensor]:
        # A cell doesn't hold its right end, where a spline of degree 1 has the next cell's slope.
        # So the end is one or two steps of rounding to its left (without torch.nextafter, which
        # torch.onnx.export can't write).
        points = self.points(grid).detach()
        hi, limits = points[..., -1], torch.finfo(points.dtype)
        least = max(limits.tiny, LEAST)
        return points[..., 0], hi - (0.75 * limits.eps * hi.abs() + least)

    def placed(self, points: Tensor, grid: Grid) -> tuple[Basis, Grid]:
        if points.dim() == 1 and equidistant(points):
            even = replace(self, lo=float(points[0]), hi=float(points[-1]), uniform=True)
            return even, even.init_grid(1, device=points.device, dtype=points.dtype)
        # Outside of the domain the cells have the mean width.
        k, step = self.degree, (points[..., -1:] - points[..., :1]) / self.grid
        away = step * torch.arange(1, k + 1, dtype=points.dtype, device=points.device)
        ends = points[..., :1] - away.flip(-1), points[..., -1:] + away
        return replace(self, uniform=False), (torch.cat([ends[0], points, ends[1]], -1),)

    def extended(self, grid: Grid, left: int, right: int) -> tuple[Basis, Grid]:
        (knots,) = grid
        larger = replace(self, grid=self.grid + left + right)
        knots = continue_points(knots, left, right)
        if self.uniform:
            lo, hi = float(knots[self.degree]), float(knots[-self.degree - 1])
            larger = replace(larger, lo=lo, hi=hi)
        return larger, (knots,)

    def refined(self, grid: Grid, size: int) -> tuple[Basis, Grid]:
        """Split cells, the widest first. No knot goes, so these functions draw every old spline."""
        (knots,) = grid
        k, points = self.degree, self.points(grid)
        rows = [_split_cells(row, size) for row in points.reshape(-1, points.shape[-1])]
        finer = torch.stack(rows).reshape(*points.shape[:-1], size + 1)
        finer = torch.cat([knots[..., :k], finer, knots[..., knots.shape[-1] - k :]], -1)
        uniform = self.uniform and equidistant(finer)
        return replace(self, grid=size, uniform=uniform), (finer,)

    def breaks(self, grid: Grid) -> Tensor:
        return grid[0]

    def breakpoints(self, grid: Grid) -> Tensor:
        return grid[0]

    def is_smooth(self, grid: Grid) -> bool:
        (knots,) = grid
        if self.linear_tails:
            lo, hi = self.ends(grid)
            knots = knots[(knots > lo) & (knots < hi)]
        counts = torch.unique(knots, return_counts=True)[1]
        return bool((counts < self.degree).all())

    def functions(self, z: Tensor, grid: Grid) -> Tensor:
        (knots,) = grid
        if _is_cardinal(z, knots):
            return cardinal.evaluate(z, knots, self.degree)
        return _cox_de_boor(z, knots, self.degree)

    def curve_derivatives(self, z: Tensor, grid: Grid, order: int) -> Tensor:
        (knots,) = grid
        if knots.dim() == 1 and not knots.requires_grad and equidistant(knots):
            return cardinal.derivatives(z, knots, self.degree, order)
        return super().curve_derivatives(z, grid, order)

    def slopes(self, z: Tensor, grid: Grid) -> Tensor:
        (knots,) = grid
        k = self.degree
        if _is_cardinal(z, knots):
            return cardinal.evaluate(z, knots, k, 1)
        return _differentiate(_cox_de_boor(z, knots, k - 1), z, knots, k)

    def functions_and_slopes(self, z: Tensor, grid: Grid) -> tuple[Tensor, Tensor]:
        (knots,) = grid
        k = self.degree
        if _is_cardinal(z, knots):
            return super().functions_and_slopes(z, grid)
        lower = _cox_de_boor(z, knots, k - 1)
        return _raise(lower, _hold(z, knots), knots, k), _differentiate(lower, z, knots, k)


def _is_cardinal(z: Tensor, knots: Tensor) -> bool:
    return cardinal.has_own_graph(z, knots) and knots.dim() == 1 and equidistant(knots)


def _split_cells(points: Tensor, cells: int) -> Tensor:
    """Divide cells evenly, the widest first, until there are ``cells``; (n + 1,) → (cells + 1,)."""
    width = points.diff()
    parts = torch.full_like(width, cells // len(width), dtype=torch.long)
    for _ in range(cells % len(width)):
        parts[(width / parts).argmax()] += 1
    left = points[:-1].repeat_interleave(parts)
    first = parts.cumsum(0) - parts
    number = torch.arange(cells, device=points.device) - first.repeat_interleave(parts)
    inner = left + width.repeat_interleave(parts) * number / parts.repeat_interleave(parts)
    return torch.cat([inner, points[-1:]])


def _reciprocal(width: Tensor) -> Tensor:
    """1/width, and 0 where repeated knots make the width 0 (the convention 0/0 = 0)."""
    return torch.where(width > 0, 1 / torch.where(width > 0, width, 1), 0)


def _hold(z: Tensor, knots: Tensor) -> Tensor:
    """z within the knots, (*, in, 1), which keeps z = 1e38 from making inf·0."""
    lo, hi = knots[..., 0], knots[..., -1]
    # Not minimum and maximum: torch.onnx.export loses an input where they follow a clamp.
    return torch.where(z < lo, lo, torch.where(z > hi, hi, z))[..., None]


def _cox_de_boor(z: Tensor, knots: Tensor, degree: int) -> Tensor:
    """All B-splines of that degree; outside the knots they vanish."""
    inside = ((z >= knots[..., 0]) & (z < knots[..., -1]))[..., None]
    z = _hold(z, knots)
    values = (inside & (z >= knots[..., :-1]) & (z < knots[..., 1:])).to(z.dtype)
    if degree == 0:
        return values + 0 * z  # a NaN stays a NaN
    for k in range(1, degree + 1):
        values = _raise(values, z, knots, k)
    return values


def _raise(lower: Tensor, z: Tensor, knots: Tensor, k: int) -> Tensor:
    """The B-splines of degree k from those of degree k - 1, at what :func:`_hold` made of z."""
    slope = _reciprocal(knots[..., k:] - knots[..., :-k])
    rise = (z - knots[..., : -k - 1]) * slope[..., :-1]
    fall = (knots[..., k + 1 :] - z) * slope[..., 1:]
    return rise * lower[..., :-1] + fall * lower[..., 1:]


def _differentiate(lower: Tensor, z: Tensor, knots: Tensor, k: int) -> Tensor:
    """The slopes of the B-splines of degree k from those of degree k - 1."""
    scaled = lower * _reciprocal(knots[..., k:] - knots[..., :-k])
    inside = (z >= knots[..., 0]) & (z < knots[..., -1]) | z.isnan()
    return k * (scaled[..., :-1] - scaled[..., 1:]) * inside[..., None]
