"""Triton functions for grids that several bases share: entries, and tests for equal spacing."""

from __future__ import annotations

import triton
import triton.language as tl

from edgewise.bases.points import OF_A_STEP, ROUNDINGS

_EPS: tl.constexpr = tl.constexpr(2.0**-23)
_ROUNDINGS: tl.constexpr = tl.constexpr(ROUNDINGS)
_OF_A_STEP: tl.constexpr = tl.constexpr(next(iter(OF_A_STEP.values())))


@triton.jit
def entry(tensor, i, g):
    """The entry of a grid tensor for feature i and function g."""
    return tl.load(tensor[0] + i * tensor[1] + g * tensor[2]).to(tl.float32)


@triton.jit
def clip(u, bound):
    """u clipped to ±bound; NaN, from an invalid width, stays NaN."""
    u = tl.where(u > bound, bound, u)
    return tl.where(u < -bound, -bound, u)


@triton.jit
def equidistant(tensor, COUNT: tl.constexpr):
    """:func:`edgewise.bases.points.equidistant` of one row of points, in float64 as there."""
    k = tl.arange(0, triton.next_power_of_2(COUNT))
    inside = k < COUNT
    points = tl.load(tensor[0] + k * tensor[2], mask=inside, other=0.0).to(tl.float64)
    first = tl.load(tensor[0]).to(tl.float64)
    last = tl.load(tensor[0] + (COUNT - 1) * tensor[2]).to(tl.float64)
    step = (last - first) / (COUNT - 1)
    miss = tl.where(inside, tl.abs(points - (first + step * k)), 0.0)
    rounding = tl.maximum(tl.abs(first), tl.abs(last)) * _EPS
    slack = tl.minimum(rounding * _ROUNDINGS, step * _OF_A_STEP)
    # Comparisons with NaN are False, so count the points within the slack.
    return (step > 0) & (tl.sum((miss <= slack).to(tl.int32), 0) == k.shape[0])


@triton.jit
def step_of(tensor, SIZE: tl.constexpr):
    """The distance between points of an equidistant grid that all inputs share."""
    return (entry(tensor, 0, SIZE - 1) - entry(tensor, 0, 0)) / (SIZE - 1)


@triton.jit
def start_nothing(z, i, grid, SIZE: tl.constexpr, EVEN: tl.constexpr):
    return (0.0,)
