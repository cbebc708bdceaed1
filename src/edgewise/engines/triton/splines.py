"""Triton functions of B-splines: a closed form on equidistant knots, else the Cox–de Boor formula.

On knots in steps of h a spline of degree k is, with v = |z - centre| / h,

    B(v) = 1/k! Σ_j (-1)^j binomial(k + 1, j) max((k + 1)/2 - v - j, 0)^k,  j = 0 … k/2,

which loses at most two bits to cancellation for degrees up to 5.
"""

from __future__ import annotations

import math

import triton
import triton.language as tl

from edgewise.engines.triton.points import entry, equidistant, step_of
from edgewise.engines.triton.tails import below, extended, part_beyond
from edgewise.engines.triton.tiles import edge_factor, load_point, part_finite


@triton.constexpr_function
def weight(degree, j, power):
    """(-1)^j binomial(degree + 1, j) / power!"""
    return (-1) ** j * math.comb(degree + 1, j) / math.factorial(power)


@triton.jit
def truncated_powers(v, DEGREE: tl.constexpr, POWER: tl.constexpr):
    """Σ_j (-1)^j binomial(DEGREE + 1, j) max((DEGREE + 1)/2 - v - j, 0)^POWER / POWER!"""
    total = v * 0
    for j in tl.static_range((DEGREE + 2) // 2):
        rest = tl.maximum((DEGREE + 1) / 2 - j - v, 0.0)
        power = rest
        for _ in tl.static_range(POWER - 1):
            power = power * rest
        total += weight(DEGREE, j, POWER) * power
    return total


@triton.jit
def from_centre(z, g, i, grid, DEGREE: tl.constexpr, KNOTS: tl.constexpr):
    """(z - centre) / h and 1/h."""
    inverse = 1.0 / step_of(grid[0], KNOTS)
    centre = 0.5 * (entry(grid[0], i, g) + entry(grid[0], i, g + DEGREE + 1))
    return (z - centre) * inverse, inverse


@triton.jit
def reciprocal(width):
    """1/width, and 0 where knots coincide (0/0 = 0)."""
    return tl.where(width > 0, 1.0 / tl.where(width > 0, width, 1.0), 0.0)


@triton.jit
def triangle(z, g, i, grid, LENGTH: tl.constexpr, DEGREE: tl.constexpr):
    """LENGTH consecutive functions of degree DEGREE, the first of which starts at knot g.

    z is clipped to their knots, so that values such as 1e38 don't give inf · 0.
    """
    knots = ()
    for j in tl.static_range(DEGREE + LENGTH + 1):
        knots = knots + (entry(grid[0], i, g + j),)
    values = ()
    for j in tl.static_range(DEGREE + LENGTH):
        values = values + (tl.where((z >= knots[j]) & (z < knots[j + 1]), 1.0, 0.0),)
    z = tl.minimum(tl.maximum(z, knots[0]), knots[DEGREE + LENGTH])
    for k in tl.static_range(1, DEGREE + 1):
        higher = ()
        for j in tl.static_range(DEGREE + LENGTH - k):
            rise = (z - knots[j]) * reciprocal(knots[j + k] - knots[j])
            fall = (knots[j + k + 1] - z) * reciprocal(knots[j + k + 1] - knots[j + 1])
            higher = higher + (rise * values[j] + fall * values[j + 1],)
        values = higher
    return values


@triton.jit
def value_bspline(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    DEGREE: tl.constexpr = KNOTS - SIZE - 1
    if EVEN:
        u, _ = from_centre(z, g, i, grid, DEGREE, KNOTS)
        return truncated_powers(tl.abs(u), DEGREE, DEGREE), state
    else:
        return triangle(z, g, i, grid, 1, DEGREE)[0], state


@triton.jit
def slope_bspline(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    DEGREE: tl.constexpr = KNOTS - SIZE - 1
    # Slopes of degree 1 jump at knots, so they need comparisons with the exact knots.
    if EVEN and DEGREE > 1:
        u, inverse = from_centre(z, g, i, grid, DEGREE, KNOTS)
        steep = truncated_powers(tl.abs(u), DEGREE, DEGREE - 1) * inverse
        return tl.where(u > 0, -steep, steep), state
    else:
        left, right = triangle(z, g, i, grid, 2, DEGREE - 1)
        first = entry(grid[0], i, g + DEGREE) - entry(grid[0], i, g)
        second = entry(grid[0], i, g + DEGREE + 1) - entry(grid[0], i, g + 1)
        return DEGREE * (left * reciprocal(first) - right * reciprocal(second)), state


@triton.jit
def even_bspline(grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    return equidistant(grid[0], KNOTS)


@triton.jit
def domain_bspline(i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    """The domain, from its first knot to just below its last one, which no cell contains."""
    DEGREE: tl.constexpr = KNOTS - SIZE - 1
    return entry(grid[0], i, DEGREE), below(entry(grid[0], i, KNOTS - DEGREE - 1))


# At a point, DEGREE + 1 splines aren't 0. With many cells it is faster to gather their coefficients
# than to multiply by all: this is the local path, for equidistant knots.


@triton.jit
def first_living(z, grid, DOMAIN: tl.constexpr, KNOTS: tl.constexpr, DEGREE: tl.constexpr):
    """The index of the first function that isn't 0 at z; it may be outside of 0 … SIZE - 1.

    Near a knot, rounding may give the index of a neighbouring cell. The error is negligible,
    because functions of degree ≥ 1 start and end at 0. Slopes don't; so with tails, for which z is
    always in the domain, the index is clipped to the cells at its ends.
    """
    cell = tl.floor((z - entry(grid[0], 0, 0)) / step_of(grid[0], KNOTS))
    if DOMAIN is None:
        return tl.minimum(tl.maximum(cell, -1.0), KNOTS + 0.0).to(tl.int32) - DEGREE
    else:
        last = KNOTS - DEGREE - 2.0
        return tl.minimum(tl.maximum(cell, DEGREE + 0.0), last).to(tl.int32) - DEGREE


@triton.jit
def sum_living(
    total, bad, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, row, o, features, outputs,
    first, last,
    DOMAIN: tl.constexpr, NORM: tl.constexpr, SIZE: tl.constexpr, KNOTS: tl.constexpr,
    INPUTS: tl.constexpr,
):  # fmt: skip
    """:func:`forward.sum_functions` over the functions that aren't 0 at each point, in float32."""
    DEGREE: tl.constexpr = KNOTS - SIZE - 1
    for i in range(first * INPUTS, tl.minimum(last * INPUTS, features)):
        point = load_point(x, z, mean, rstd, weight, shift, row, i, features, NORM)
        point, broken = part_finite(point)
        bad += broken
        beyond = point * 0
        if DOMAIN is not None:
            point, beyond = part_beyond(point, i, grid, DOMAIN, SIZE, KNOTS)
        least = first_living(point, grid, DOMAIN, KNOTS, DEGREE)
        of_input = tl.zeros(total.shape, tl.float32)
        wide = tl.full([1, 1], 0, tl.int64) + i
        for r in tl.static_range(DEGREE + 1):
            g = least + r
            near = tl.minimum(tl.maximum(g, 0), SIZE - 1)
            value = extended(
                point, beyond, near, (0.0,), 0, grid, value_bspline, slope_bspline, DOMAIN, SIZE,
                KNOTS, True)[0]  # fmt: skip
            value = tl.where(g == near, value, 0.0)
            place = (wide * SIZE + near) * outputs + o
            tile = tl.load(coef + place, mask=o < outputs, other=0.0).to(tl.float32)
            of_input += value * tile
        total += of_input * edge_factor(scale, mask, wide * outputs + o, o < outputs)
    return total, bad


@triton.jit
def sum_living_slopes(
    inner, dy, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, row, near_row, least_input,
    rows, features, outputs, first, tiles,
    DOMAIN: tl.constexpr, NORM: tl.constexpr, SIZE: tl.constexpr, KNOTS: tl.constexpr,
    OUTPUTS: tl.constexpr,
):  # fmt: skip
    """:func:`backward.sum_slopes` over the functions that aren't 0 at each point, by input."""
    DEGREE: tl.constexpr = KNOTS - SIZE - 1
    lane = tl.arange(0, inner.shape[1])[None, :]
    for i in range(least_input, tl.minimum(least_input + inner.shape[1], features)):
        point = load_point(x, z, mean, rstd, weight, shift, near_row, i, features, NORM)
        point = part_finite(point)[0]
        if DOMAIN is not None:
            point = part_beyond(point, i, grid, DOMAIN, SIZE, KNOTS)[0]
        least = first_living(point, grid, DOMAIN, KNOTS, DEGREE)
        wide = tl.full([1, 1], 0, tl.int64) + i
        total = tl.zeros([inner.shape[0], OUTPUTS], tl.float32)
        for t in range(first, first + tiles):
            o = (t * OUTPUTS + tl.arange(0, OUTPUTS))[None, :]
            inside = (row < rows) & (o < outputs)
            left = tl.load(dy + row * outputs + o, mask=inside, other=0.0).to(tl.float32)
            left *= edge_factor(scale, mask, wide * outputs + o, o < outputs)
            for r in tl.static_range(DEGREE + 1):
                g = least + r
                near = tl.minimum(tl.maximum(g, 0), SIZE - 1)
                slope = slope_bspline(point, near, (0.0,), 0, grid, SIZE, KNOTS, True)[0]
                slope = tl.where(g == near, slope, 0.0)
                place = (wide * SIZE + near) * outputs + o
                tile = tl.load(coef + place, mask=o < outputs, other=0.0).to(tl.float32)
                total += slope * left * tile
        inner += tl.where(lane == i - least_input, tl.sum(total, 1)[:, None], 0.0)
    return inner
