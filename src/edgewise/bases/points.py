"""Points of grids: spread and resample them, add some at the ends, test for equal spacing."""

from __future__ import annotations

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


def continue_points(points: Tensor, left: int, right: int) -> Tensor:
    """Add points at both ends, spaced as the last two; (*, n) → (*, left + n + right)."""
    first, last = points[..., 1:2] - points[..., :1], points[..., -1:] - points[..., -2:-1]
    before = torch.arange(-left, 0, dtype=points.dtype, device=points.device)
    behind = torch.arange(1, right + 1, dtype=points.dtype, device=points.device)
    ends = points[..., :1] + before * first, points[..., -1:] + behind * last
    return torch.cat([ends[0], points, ends[1]], -1)
