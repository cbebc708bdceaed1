"""Triton functions of bases with centres: Gaussian, RSWAF, wavelets and ReLU-KAN's bumps."""

from __future__ import annotations

import math

import triton
import triton.language as tl

from edgewise.engines.triton.points import clip, entry, equidistant, step_of

_RUN: tl.constexpr = tl.constexpr(4)  # functions that one exponential serves on an even grid
_FAR: tl.constexpr = tl.constexpr(12.0)  # exp(-12²) is zero in float32
_NEAR_ZERO: tl.constexpr = tl.constexpr(9.3)  # exp(-9.3²) is the least number that isn't denormal

# Gaussian: exp(-u²), u = (z - c)/w. On an even grid, with δ the step over w, the next value is
# exp(-(u - δ)²) = exp(-u²) · r with r = exp(2uδ - δ²), and the next r is r · exp(-2δ²).


@triton.jit
def start_gaussian(z, i, grid, SIZE: tl.constexpr, EVEN: tl.constexpr):
    if EVEN:
        delta = step_of(grid[0], SIZE) / entry(grid[1], 0, 0)
        return (z, z, delta, tl.exp(-2 * delta * delta))
    else:
        return (0.0,)


@triton.jit
def scaled(z, g, i, grid):
    """u = (z - c)/w and 1/w."""
    inverse = 1.0 / entry(grid[1], i, g)
    return (z - entry(grid[0], i, g)) * inverse, inverse


@triton.jit
def chain_gaussian(z, g, state, i, grid):
    """φ_g of an even grid, a new exponential every few functions, and the state after it.

    A run begins with u clipped where exp(-u²) would be lost. Its steps are at most 4/3 widths, so
    the functions that would still be there are below exp(-(9.3 - 4)²), 6e-13 of the largest.
    """
    value, ratio, delta, kappa = state
    if g % _RUN == 0:
        u, _ = scaled(z, g, i, grid)
        u = clip(u, _NEAR_ZERO)
        value = tl.exp(-u * u)
        ratio = tl.exp(delta * (2 * u - delta))
    return value, (value * ratio, ratio * kappa, delta, kappa)


@triton.jit
def value_gaussian(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                   EVEN: tl.constexpr):  # fmt: skip
    if EVEN:
        return chain_gaussian(z, g, state, i, grid)
    else:
        u, _ = scaled(z, g, i, grid)
        u = clip(u, _FAR)
        return tl.exp(-u * u), state


@triton.jit
def slope_gaussian(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                   EVEN: tl.constexpr):  # fmt: skip
    u, inverse = scaled(z, g, i, grid)
    u = clip(u, _FAR)
    if EVEN:
        value, state = chain_gaussian(z, g, state, i, grid)
        return -2 * u * value * inverse, state
    else:
        return -2 * u * tl.exp(-u * u) * inverse, state


@triton.jit
def by_grid_gaussian(z, g, i, grid):
    """∂φ/∂c and ∂φ/∂w."""
    u, inverse = scaled(z, g, i, grid)
    u = clip(u, _FAR)
    by_centre = 2 * u * tl.exp(-u * u) * inverse
    return by_centre, by_centre * u


@triton.jit
def even_gaussian(grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    delta = step_of(grid[0], SIZE) / entry(grid[1], 0, 0)
    return equidistant(grid[0], SIZE) & (tl.abs(delta) * 3 <= 4)


# RSWAF: 1 - tanh² = 4 E w² with E = exp(2 (z - c) d) and w = 1/(1 + E), tanh = 1 - 2w: no sum of
# nearly equal numbers where tanh saturates. On an even grid E is multiplied by exp(-2 · step · d).


@triton.jit
def start_rswaf(z, i, grid, SIZE: tl.constexpr, EVEN: tl.constexpr):
    if EVEN:
        return (z, tl.exp(-2 * step_of(grid[0], SIZE) * entry(grid[1], 0, 0)))
    else:
        return (0.0,)


@triton.jit
def exponential_rswaf(z, g, i, grid):
    return tl.exp(clip(2 * (z - entry(grid[0], i, g)) * entry(grid[1], i, g), 60.0))


@triton.jit
def next_rswaf(z, g, state, i, grid, EVEN: tl.constexpr):
    """E w, w and the state after them."""
    if EVEN:
        power, ratio = state
        if g % _RUN == 0:
            power = exponential_rswaf(z, g, i, grid)
        w = 1.0 / (1.0 + power)
        return power * w, w, (power * ratio, ratio)
    else:
        power = exponential_rswaf(z, g, i, grid)
        w = 1.0 / (1.0 + power)
        return power * w, w, state


@triton.jit
def value_rswaf(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                EVEN: tl.constexpr):  # fmt: skip
    rest, w, state = next_rswaf(z, g, state, i, grid, EVEN)
    return 4 * rest * w, state


@triton.jit
def slope_rswaf(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                EVEN: tl.constexpr):  # fmt: skip
    rest, w, state = next_rswaf(z, g, state, i, grid, EVEN)
    return -8 * entry(grid[1], i, g) * (rest - w) * rest * w, state  # tanh = E w - w


@triton.jit
def by_grid_rswaf(z, g, i, grid):
    """∂φ/∂c and ∂φ/∂d. Far out the slope is 0 while the offset may be huge."""
    power = exponential_rswaf(z, g, i, grid)
    w = 1.0 / (1.0 + power)
    slope = -8 * (power * w - w) * power * w * w
    offset = z - entry(grid[0], i, g)
    far = tl.abs(offset * entry(grid[1], i, g)) > 30
    return -slope * entry(grid[1], i, g), tl.where(far, 0.0, slope * offset)


@triton.jit
def even_rswaf(grid, SIZE: tl.constexpr, KNOTS: tl.constexpr):
    exponent = 2 * step_of(grid[0], SIZE) * entry(grid[1], 0, 0)
    return equidistant(grid[0], SIZE) & (tl.abs(exponent) <= 8)  # 60 + 3 · 8 < 88


# Wavelets: ψ(u) with u = (z - c)/w, the Mexican hat where the frequency ω is 0, else Morlet's.

_HAT: tl.constexpr = tl.constexpr(2 / math.sqrt(3) * math.pi**-0.25)
_ROOT_OF_PI: tl.constexpr = tl.constexpr(math.sqrt(math.pi))
_NO_BELL: tl.constexpr = tl.constexpr(15.0)  # exp(-15² / 2) is zero in float32


@triton.jit
def wave(z, g, i, grid):
    """ψ(u), ψ'(u), u and 1/w."""
    u, inverse = scaled(z, g, i, grid)
    u = clip(u, _NO_BELL)
    omega = entry(grid[2], 0, 0)
    bell = tl.exp(-0.5 * u * u)
    value = (1 - u * u) * _HAT
    inner = (u * u - 3) * u * _HAT
    if omega > 0:
        w2 = omega * omega
        mean = tl.exp(-0.5 * w2)
        square = 0.5 + 1.5 * tl.exp(-w2) - 2 * tl.exp(-0.75 * w2)
        scale = 1.0 / tl.sqrt_rn(square * _ROOT_OF_PI)
        above = tl.cos(omega * u) - mean
        value = scale * above
        inner = -scale * (omega * tl.sin(omega * u) + u * above)
    return value * bell, inner * bell, u, inverse


@triton.jit
def value_wavelet(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    return wave(z, g, i, grid)[0], state


@triton.jit
def slope_wavelet(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    _, inner, _, inverse = wave(z, g, i, grid)
    return inner * inverse, state


@triton.jit
def by_grid_wavelet(z, g, i, grid):
    """∂φ/∂c and ∂φ/∂w."""
    _, inner, u, inverse = wave(z, g, i, grid)
    by_centre = -inner * inverse
    return by_centre, by_centre * u


# ReLU-KAN: max(1 - u², 0)². Beyond its support u may be huge: it is clipped to where φ' is 0.


@triton.jit
def value_relukan(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    u, _ = scaled(z, g, i, grid)
    u = clip(u, 1.0)
    return (1 - u * u) * (1 - u * u), state


@triton.jit
def slope_relukan(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    u, inverse = scaled(z, g, i, grid)
    u = clip(u, 1.0)
    return -4 * u * (1 - u * u) * inverse, state


@triton.jit
def by_grid_relukan(z, g, i, grid):
    """∂φ/∂c and ∂φ/∂w."""
    u, inverse = scaled(z, g, i, grid)
    u = clip(u, 1.0)
    by_centre = 4 * u * (1 - u * u) * inverse
    return by_centre, by_centre * u
