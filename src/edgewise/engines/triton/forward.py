"""The forward kernel: a matrix product whose left operand is computed in registers."""

from __future__ import annotations

import triton
import triton.language as tl

from edgewise.engines.triton.tails import extended, part_beyond
from edgewise.engines.triton.tiles import (
    base_value,
    edge_factor,
    load_point,
    load_tile,
    multiply,
    part_finite,
)


@triton.jit
def sum_functions(
    total, bad, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, row, o, features, outputs,
    first, last,
    START: tl.constexpr, VALUE: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr,
    NORM: tl.constexpr, SIZE: tl.constexpr, KNOTS: tl.constexpr, EVEN: tl.constexpr,
    DOT: tl.constexpr, PRECISION: tl.constexpr, UPCAST: tl.constexpr, ROWS: tl.constexpr,
    INPUTS: tl.constexpr, OUTPUTS: tl.constexpr,
):  # fmt: skip
    """Add Σ_i Σ_g φ_g(z_i) M_io S_io C_igo over tiles of inputs from first to last.

    One loop runs over the functions of all tiles, so that coefficients of the next tile are loaded
    while this one is multiplied. A tile's inputs are loaded with its first function.
    """
    HAS_FACTOR: tl.constexpr = scale is not None or mask is not None
    point = tl.zeros([ROWS, INPUTS], tl.float32)
    beyond = tl.zeros([ROWS, INPUTS], tl.float32)
    factor = tl.zeros([INPUTS, OUTPUTS], tl.float32)
    lane = tl.arange(0, INPUTS)
    state = START(point, tl.minimum(lane, features - 1)[None, :], grid, SIZE, EVEN)
    for t in range(first * SIZE, last * SIZE):
        g = t % SIZE
        i = t // SIZE * INPUTS + lane
        near = tl.minimum(i, features - 1)[None, :]  # beyond the last input C is 0
        of_tile = i.to(tl.int64)[:, None]
        inside = (of_tile < features) & (o < outputs)
        if g == 0:
            point = load_point(x, z, mean, rstd, weight, shift, row, near, features, NORM)
            point, broken = part_finite(point)
            bad += broken
            if DOMAIN is not None:
                point, beyond = part_beyond(point, near, grid, DOMAIN, SIZE, KNOTS)
            state = START(point, near, grid, SIZE, EVEN)
            if HAS_FACTOR:
                factor = edge_factor(scale, mask, of_tile * outputs + o, inside)
        value, state = extended(
            point, beyond, g, state, near, grid, VALUE, SLOPE, DOMAIN, SIZE, KNOTS,
            EVEN)  # fmt: skip
        tile = tl.load(coef + (of_tile * SIZE + g) * outputs + o, mask=inside, other=0.0)
        if HAS_FACTOR:
            tile = tile.to(tl.float32) * factor
        total = multiply(value, tile, total, DOT, PRECISION, UPCAST)
    return total, bad


@triton.jit
def forward_kernel(
    y, x, z, mean, rstd, weight, shift, coef, base_weight, bias, scale, mask, grid,
    rows, features, outputs, splits,
    START: tl.constexpr, VALUE: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr,
    IS_EVEN: tl.constexpr, BASE: tl.constexpr, NORM: tl.constexpr, SIZE: tl.constexpr,
    KNOTS: tl.constexpr, DOT: tl.constexpr, PRECISION: tl.constexpr, UPCAST: tl.constexpr,
    ROWS: tl.constexpr, INPUTS: tl.constexpr, OUTPUTS: tl.constexpr, GROUP: tl.constexpr,
    LIVING: tl.constexpr,
):  # fmt: skip
    """One tile of y; with splits, the contribution of a range of inputs, and y is (splits, …).

    LIVING, if it isn't None, sums only over the functions that aren't 0 at a point, on an
    equidistant grid. Programs are ordered in groups of GROUP tiles of rows, so that they find
    coefficients in the cache.
    """
    across, down = tl.cdiv(outputs, OUTPUTS), tl.cdiv(rows, ROWS)
    tile, split = tl.program_id(0) // splits, tl.program_id(0) % splits
    above = tile // (GROUP * across) * GROUP
    high = tl.minimum(down - above, GROUP)
    tile_row = above + tile % (GROUP * across) % high
    o = (tile % (GROUP * across) // high * OUTPUTS + tl.arange(0, OUTPUTS))[None, :]
    row = (tile_row.to(tl.int64) * ROWS + tl.arange(0, ROWS))[:, None]
    near = tl.minimum(row, rows - 1)
    each = tl.cdiv(tl.cdiv(features, INPUTS), splits)
    first = split * each
    last = tl.minimum(first + each, tl.cdiv(features, INPUTS))
    total = tl.zeros([ROWS, OUTPUTS], tl.float32)
    bad = tl.zeros([ROWS, INPUTS], tl.float32)
    even = False
    if IS_EVEN is not None:
        even = IS_EVEN(grid, SIZE, KNOTS)
    if even:
        if LIVING is not None:
            of_living = tl.zeros([ROWS, 1], tl.float32)
            total, of_living = LIVING(
                total, of_living, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, near, o,
                features, outputs, first, last, DOMAIN, NORM, SIZE, KNOTS, INPUTS)  # fmt: skip
            total += of_living
        else:
            total, bad = sum_functions(
                total, bad, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, near, o,
                features, outputs, first, last, START, VALUE, SLOPE, DOMAIN, NORM, SIZE, KNOTS,
                IS_EVEN is not None, DOT, PRECISION, UPCAST, ROWS, INPUTS, OUTPUTS)  # fmt: skip
    else:
        total, bad = sum_functions(
            total, bad, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, near, o, features,
            outputs, first, last, START, VALUE, SLOPE, DOMAIN, NORM, SIZE, KNOTS, False, DOT,
            PRECISION, UPCAST, ROWS, INPUTS, OUTPUTS)  # fmt: skip
    if base_weight is not None:
        for t in range(first, last):
            i = t * INPUTS + tl.arange(0, INPUTS)
            raw = load_tile(x, near, tl.minimum(i, features - 1)[None, :], features)
            raw, broken = part_finite(raw)
            bad += broken
            where = i.to(tl.int64)[:, None] * outputs + o
            inside = (i[:, None] < features) & (o < outputs)
            weights = tl.load(base_weight + where, mask=inside, other=0.0)
            if mask is not None:
                weights = weights.to(tl.float32) * edge_factor(None, mask, where, inside)
            total = multiply(base_value(raw, BASE), weights, total, DOT, PRECISION, UPCAST)
    total += tl.sum(bad, 1)[:, None]
    if bias is not None:
        start = tl.load(bias + o, mask=o < outputs, other=0.0).to(tl.float32)
        total += tl.where(split == 0, start, 0.0)
    part = split.to(tl.int64) * rows
    keep = (row < rows) & (o < outputs)
    tl.store(y + (part + row) * outputs + o, total.to(y.dtype.element_ty), mask=keep)
