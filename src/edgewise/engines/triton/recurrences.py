"""Triton functions of polynomials and Fourier waves by recurrences, and of free sines."""

from __future__ import annotations

import triton
import triton.language as tl

from edgewise.engines.triton.points import entry

# Polynomials: P_{n+1} = (A z + B) P_n - C P_{n-1}; the state is P_{n-1}, P_n and their slopes.


@triton.jit
def start_polynomial(z, i, grid, SIZE: tl.constexpr, EVEN: tl.constexpr):
    zero = z * 0
    return (zero, zero + 1, zero, zero)


@triton.jit
def advance(z, a, b, c, state):
    before, here, _, _ = state
    return here, (here, (a * z + b) * here - c * before, state[2], state[3])


@triton.jit
def advance_slope(z, a, b, c, state):
    before, here, slope_before, slope = state
    next_slope = a * here + (a * z + b) * slope - c * slope_before
    return slope, (here, (a * z + b) * here - c * before, slope, next_slope)


@triton.jit
def value_legendre(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                   EVEN: tl.constexpr):  # fmt: skip
    return advance(z, (2 * g + 1) / (g + 1), 0.0, g / (g + 1), state)


@triton.jit
def slope_legendre(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                   EVEN: tl.constexpr):  # fmt: skip
    return advance_slope(z, (2 * g + 1) / (g + 1), 0.0, g / (g + 1), state)


@triton.jit
def value_chebyshev(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                    EVEN: tl.constexpr):  # fmt: skip
    return advance(z, tl.where(g == 0, 1.0, 2.0), 0.0, 1.0, state)


@triton.jit
def slope_chebyshev(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                    EVEN: tl.constexpr):  # fmt: skip
    return advance_slope(z, tl.where(g == 0, 1.0, 2.0), 0.0, 1.0, state)


@triton.jit
def row_of_table(grid, g, SIZE: tl.constexpr):
    """A, B and C of the recurrence; after the last function they aren't needed."""
    row = grid[0][0] + 3 * tl.minimum(g, SIZE - 2)
    return (tl.load(row).to(tl.float32), tl.load(row + 1).to(tl.float32),
            tl.load(row + 2).to(tl.float32))  # fmt: skip


@triton.jit
def value_table(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                EVEN: tl.constexpr):  # fmt: skip
    if SIZE == 1:
        return state[1], state
    else:
        a, b, c = row_of_table(grid, g, SIZE)
        return advance(z, a, b, c, state)


@triton.jit
def slope_table(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                EVEN: tl.constexpr):  # fmt: skip
    if SIZE == 1:
        return state[2], state
    else:
        a, b, c = row_of_table(grid, g, SIZE)
        return advance_slope(z, a, b, c, state)


# Fourier: cos kz for k = 1 … SIZE/2, then sin kz, by angle addition; the state is cos kz and sin kz
# of the next k, and cos z and sin z.


@triton.jit
def start_fourier(z, i, grid, SIZE: tl.constexpr, EVEN: tl.constexpr):
    return (tl.cos(z), tl.sin(z), tl.cos(z), tl.sin(z))


@triton.jit
def turn(state, g, SIZE: tl.constexpr):
    """cos kz and sin kz for function g, and the next state."""
    c, s, c1, s1 = state
    if g == SIZE // 2:
        c = c1
        s = s1
    return c, s, (c * c1 - s * s1, s * c1 + c * s1, c1, s1)


@triton.jit
def value_fourier(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    c, s, state = turn(state, g, SIZE)
    return tl.where(g < SIZE // 2, c, s), state


@triton.jit
def slope_fourier(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
                  EVEN: tl.constexpr):  # fmt: skip
    c, s, state = turn(state, g, SIZE)
    k = g % (SIZE // 2) + 1.0
    return tl.where(g < SIZE // 2, -k * s, k * c), state


# Sines of their own frequencies ω and phases p: sin(ωz + p).


@triton.jit
def value_sine(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
               EVEN: tl.constexpr):  # fmt: skip
    return tl.sin(z * entry(grid[0], i, g) + entry(grid[1], i, g)), state


@triton.jit
def slope_sine(z, g, state, i, grid, SIZE: tl.constexpr, KNOTS: tl.constexpr,
               EVEN: tl.constexpr):  # fmt: skip
    frequency = entry(grid[0], i, g)
    return frequency * tl.cos(z * frequency + entry(grid[1], i, g)), state


@triton.jit
def by_grid_sine(z, g, i, grid):
    """∂φ/∂ω and ∂φ/∂p."""
    by_phase = tl.cos(z * entry(grid[0], i, g) + entry(grid[1], i, g))
    return z * by_phase, by_phase
