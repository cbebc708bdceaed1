"""Triton functions on tiles, for all kernels: load inputs and weights, normalise, multiply."""

from __future__ import annotations

import triton
import triton.language as tl


@triton.jit
def load_tile(source, row, i, features):
    """The entries (row, i) of a contiguous matrix with `features` columns, in float32."""
    return tl.load(source + row * features + i).to(tl.float32)


@triton.jit
def tanh(x):
    """tanh from exp(-2|x|), which doesn't overflow and is accurate for small x."""
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
    """The point with 0 for values that aren't finite, and NaN at these, 0 elsewhere."""
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
    """S_io M_io for a tile of edges; each is 1 if it is None."""
    factor = tl.where(inside, 1.0, 0.0)
    if scale is not None:
        factor *= tl.load(scale + where, mask=inside, other=0.0).to(tl.float32)
    if mask is not None:
        factor *= tl.load(mask + where, mask=inside, other=0.0).to(tl.float32)
    return factor


@triton.jit
def multiply(a, b, total, DOT: tl.constexpr, PRECISION: tl.constexpr, UPCAST: tl.constexpr):
    """total + a @ b of operands rounded to DOT, summed in float32.

    UPCAST is for Triton's interpreter, whose products of bfloat16 are wrong.
    """
    a = a.to(DOT)
    b = b.to(DOT)
    if UPCAST:
        a = a.to(tl.float32)
        b = b.to(tl.float32)
    return tl.dot(a, b, total, input_precision=PRECISION)
