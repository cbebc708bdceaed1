"""What every kernel does with tiles: load inputs, normalise them, take weights, multiply."""

from __future__ import annotations

import triton
import triton.language as tl


@triton.jit
def load_tile(source, row, i, features):
    """The entries (row, i) of a contiguous matrix with that many columns, in float32."""
    return tl.load(source + row * features + i).to(tl.float32)


@triton.jit
def tanh(x):
    """By exp(-2|x|), which neither overflows nor loses small x to more than rounding."""
    power = tl.exp(-2 * tl.abs(x))
    small = x * (1 - x * x * (1.0 / 3 - x * x * (2.0 / 15)))
    large = (1 - power) / (1 + power)
    return tl.where(tl.abs(x) < 0.1, small, tl.where(x < 0, -large, large))


@triton.jit
def load_point(x, z, mean, rstd, weight, shift, row, i, features, NORM: tl.constexpr):
    """z, or n(x), at (row, i)."""
    if z is not None:
        return load_tile(z, row, i, features)
    else:
        point = load_tile(x, row, i, features)
        if NORM == "layer":
            centred = (point - tl.load(mean + row)) * tl.load(rstd + row)
            point = centred * tl.load(weight + i).to(tl.float32) + tl.load(shift + i).to(tl.float32)
        elif NORM == "affine":
            point = point * tl.load(weight + i).to(tl.float32) + tl.load(shift + i).to(tl.float32)
        elif NORM == "tanh":
            point = tanh(point)
        return point


@triton.jit
def part_finite(point):
    """The point with 0 for what isn't finite, and NaN there, 0 elsewhere."""
    finite = tl.abs(point) < float("inf")
    return tl.where(finite, point, 0.0), tl.where(finite, 0.0, float("nan"))


@triton.jit
def base_value(x, BASE: tl.constexpr):
    if BASE == "silu":
        return x / (1 + tl.exp(-x))
    else:
        return x


@triton.jit
def base_slope(x, BASE: tl.constexpr):
    if BASE == "silu":
        s = 1 / (1 + tl.exp(-x))
        return s * (1 + x * (1 - s))
    else:
        return x * 0 + 1


@triton.jit
def edge_factor(scale, mask, where, inside):
    """S_io M_io of a tile of edges, each 1 where it is None."""
    factor = tl.where(inside, 1.0, 0.0)
    if scale is not None:
        factor *= tl.load(scale + where, mask=inside, other=0.0).to(tl.float32)
    if mask is not None:
        factor *= tl.load(mask + where, mask=inside, other=0.0).to(tl.float32)
    return factor


@triton.jit
def multiply(a, b, total, DOT: tl.constexpr, PRECISION: tl.constexpr, UPCAST: tl.constexpr):
    """total + a @ b of operands rounded to DOT, summed in float32.

    UPCAST is for Triton's interpreter, which gets products of bfloat16 wrong.
    """
    a = a.to(DOT)
    b = b.to(DOT)
    if UPCAST:
        a = a.to(tl.float32)
        b = b.to(tl.float32)
    return tl.dot(a, b, total, input_precision=PRECISION)
