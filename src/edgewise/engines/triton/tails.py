"""Linear tails: outside its domain a function is continued as φ(z) = φ(c) + φ'(c) (z - c).

c is the point of the domain nearest to z. Each basis has a function
``domain(i, grid, SIZE, KNOTS) -> (lo, hi)``; if it is None, none of this is compiled.
"""

from __future__ import annotations

import math

import triton
import triton.language as tl

from edgewise.engines.triton.points import entry

_PI: tl.constexpr = tl.constexpr(math.pi)
_LEAST: tl.constexpr = tl.constexpr(2.0**-126)  # the least number that isn't denormal


@triton.jit
def domain_of_centres(i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    return entry(grid[0], i, 0), entry(grid[0], i, SIZE - 1)


@triton.jit
def domain_of_polynomials(i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    return -1.0, 1.0


@triton.jit
def domain_of_waves(i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    return -_PI, _PI


@triton.jit
def below(x):
    """The next float below x; denormal ones may be skipped."""
    bits = x.to(tl.int32, bitcast=True)
    bits = tl.where(x > 0, bits - 1, bits + 1)
    return tl.where(tl.abs(x) < _LEAST, -_LEAST, bits.to(tl.float32, bitcast=True))


@triton.jit
def part_beyond(z, i, grid, DOMAIN: tl.constexpr, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    """The point c of the domain nearest to z, and z - c."""
    lo, hi = DOMAIN(i, grid, SIZE, KNOTS)
    nearest = tl.where(z < lo, lo, z)
    nearest = tl.where(nearest > hi, hi, nearest)
    return nearest, z - nearest


@triton.jit
def extended(
    z, beyond, g, state, i, grid,
    VALUE: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr, SIZE: tl.constexpr,
    KNOTS: tl.constexpr, EVEN: tl.constexpr,
):  # fmt: skip
    """φ_g(z) + φ_g'(z) · beyond, or φ_g(z) without a domain, and the next state."""
    if DOMAIN is None:
        return VALUE(z, g, state, i, grid, SIZE, KNOTS, EVEN)
    else:
        # The slope's state includes that of the value; the compiler merges common expressions.
        value, _ = VALUE(z, g, state, i, grid, SIZE, KNOTS, EVEN)
        slope, state = SLOPE(z, g, state, i, grid, SIZE, KNOTS, EVEN)
        return value + slope * beyond, state
