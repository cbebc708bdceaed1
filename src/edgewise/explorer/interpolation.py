"""The monotone cubic interpolation of hand-drawn curves, computed alike by page and Python."""

from __future__ import annotations

import torch
from torch import Tensor


def interpolate(at: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """Monotone cubic interpolation of points.

    The slope at a point is 0 if the points have an extremum there, else the weighted harmonic mean
    of the slopes of both intervals. At the ends it is that of the parabola through three points,
    bounded so that the curve doesn't overshoot. Outside the points the curve is constant.

    Shape:
        at: (*,), x and y: (n,) with n ≥ 2, x increasing → (*,)

    Reference: Fritsch and Butland, *A method for constructing local monotone piecewise cubic
    interpolants*, SIAM J. Sci. Stat. Comput. 5 (1984) 300-304.
    """
    step = x.diff()
    rise = y.diff() / step
    slope = _slopes(step, rise)
    at = at.clamp(x[0], x[-1])
    left = torch.searchsorted(x, at.contiguous(), right=True).sub(1).clamp(0, len(x) - 2)
    h, u = step[left], at - x[left]
    t = u / h
    bend = (slope[left] + slope[left + 1] - 2 * rise[left]) * t
    tilt = 3 * rise[left] - 2 * slope[left] - slope[left + 1]
    return y[left] + u * (slope[left] + t * (tilt + bend))


def _slopes(step: Tensor, rise: Tensor) -> Tensor:
    """(n - 1,) and (n - 1,) → (n,)"""
    if len(rise) == 1:
        return rise.expand(2)
    before, after = rise[:-1], rise[1:]
    turns = before * after <= 0
    near, far = 2 * step[1:] + step[:-1], step[1:] + 2 * step[:-1]
    safe = torch.where(turns, torch.ones_like(before), before)
    follow = torch.where(turns, torch.ones_like(after), after)
    inner = torch.where(turns, 0.0, (near + far) / (near / safe + far / follow))
    first = _end_slope(step[0], step[1], rise[0], rise[1])
    last = _end_slope(step[-1], step[-2], rise[-1], rise[-2])
    return torch.cat([first[None], inner, last[None]])


def _end_slope(near: Tensor, far: Tensor, rise: Tensor, next_rise: Tensor) -> Tensor:
    """The slope of the parabola through the last three points, bounded by 3 and of rise's sign."""
    slope = ((2 * near + far) * rise - near * next_rise) / (near + far)
    if slope * rise <= 0:
        return torch.zeros_like(slope)
    if rise * next_rise <= 0 and slope.abs() > 3 * rise.abs():
        return 3 * rise
    return slope
