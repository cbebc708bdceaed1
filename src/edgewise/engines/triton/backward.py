"""The kernels of the backward pass, which recompute φ: gradients of coefficients and inputs.

Each program writes to memory of its own. Sums over several programs are written as separate parts,
which a second kernel adds up. So there are no atomics, and every run gives the same bits.
"""

from __future__ import annotations

import triton
import triton.language as tl

from edgewise.engines.triton.tails import extended, part_beyond
from edgewise.engines.triton.tiles import (
    base_slope,
    base_value,
    edge_factor,
    load_point,
    load_tile,
    multiply,
    part_finite,
)


@triton.jit
def sum_rows(
    total, dy, x, z, mean, rstd, weight, shift, grid, g, i, o, rows, features, outputs, first, last,
    START: tl.constexpr, VALUE: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr,
    IN_TURN: tl.constexpr, BASE: tl.constexpr, NORM: tl.constexpr, SIZE: tl.constexpr,
    KNOTS: tl.constexpr, EVEN: tl.constexpr, DOT: tl.constexpr, PRECISION: tl.constexpr,
    UPCAST: tl.constexpr, ROWS: tl.constexpr,
):  # fmt: skip
    """Add Σ_b φ_g(z_bi) dy_bo, or with BASE Σ_b s(x_bi) dy_bo, over rows from first to last."""
    for b in range(first, last, ROWS):
        row = b + tl.arange(0, ROWS).to(tl.int64)
        near = tl.minimum(row, rows - 1)[None, :]
        if BASE is not None:
            point, broken = part_finite(load_tile(x, near, i, features))
            value = base_value(point, BASE)
        else:
            point = load_point(x, z, mean, rstd, weight, shift, near, i, features, NORM)
            point, broken = part_finite(point)
            beyond = point * 0
            if DOMAIN is not None:
                point, beyond = part_beyond(point, i, grid, DOMAIN, SIZE, KNOTS)
            state = START(point, i, grid, SIZE, EVEN)
            if IN_TURN:
                for h in range(g):
                    _, state = extended(
                        point, beyond, h, state, i, grid, VALUE, SLOPE, DOMAIN, SIZE, KNOTS,
                        EVEN)  # fmt: skip
            value, state = extended(
                point, beyond, g, state, i, grid, VALUE, SLOPE, DOMAIN, SIZE, KNOTS,
                EVEN)  # fmt: skip
        down = row[:, None]
        inside = (down < last) & (o < outputs)
        tile = tl.load(dy + down * outputs + o, mask=inside, other=0.0)
        total = multiply(value + broken, tile, total, DOT, PRECISION, UPCAST)
    return total


@triton.jit
def coefficient_kernel(
    dcoef, dbase, dy, x, z, mean, rstd, weight, shift, grid,
    rows, features, outputs, splits, skipped, steps,
    START: tl.constexpr, VALUE: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr,
    IS_EVEN: tl.constexpr, IN_TURN: tl.constexpr, BASE: tl.constexpr, NORM: tl.constexpr,
    SIZE: tl.constexpr, KNOTS: tl.constexpr, DOT: tl.constexpr, PRECISION: tl.constexpr,
    UPCAST: tl.constexpr, ROWS: tl.constexpr, INPUTS: tl.constexpr, OUTPUTS: tl.constexpr,
):  # fmt: skip
    """Σ_b φ_g(z_bi) dy_bo for one function, a tile of inputs and outputs, and a range of rows.

    The programs share ``steps`` functions from index ``skipped`` on; index SIZE is the base.
    """
    across = tl.cdiv(outputs, OUTPUTS)
    rest, split = tl.program_id(0) // splits, tl.program_id(0) % splits
    rest, column = rest // across, rest % across
    g = skipped + rest % steps
    index = rest // steps * INPUTS + tl.arange(0, INPUTS)
    i = tl.minimum(index, features - 1)[:, None]
    o = (column * OUTPUTS + tl.arange(0, OUTPUTS))[None, :]
    each = tl.cdiv(tl.cdiv(rows, ROWS), splits).to(tl.int64) * ROWS
    first = split * each
    last = tl.minimum(first + each, rows)
    total = tl.zeros([INPUTS, OUTPUTS], tl.float32)
    of_tile = index.to(tl.int64)[:, None]
    keep = (of_tile < features) & (o < outputs)
    part = split.to(tl.int64) * features
    if g == SIZE:
        if dbase is not None:
            total = sum_rows(
                total, dy, x, None, None, None, None, None, grid, g, i, o, rows, features, outputs,
                first, last, START, VALUE, SLOPE, DOMAIN, False, BASE, None, SIZE, KNOTS, False,
                DOT, PRECISION, UPCAST, ROWS)  # fmt: skip
            tl.store(dbase + (part + of_tile) * outputs + o, total.to(dbase.dtype.element_ty),
                     mask=keep)  # fmt: skip
    else:
        if dcoef is not None:
            even = False
            if IS_EVEN is not None:
                even = IS_EVEN(grid, SIZE, KNOTS)
            if even:
                total = sum_rows(
                    total, dy, x, z, mean, rstd, weight, shift, grid, g, i, o, rows, features,
                    outputs, first, last, START, VALUE, SLOPE, DOMAIN, IN_TURN, None, NORM, SIZE,
                    KNOTS, IS_EVEN is not None, DOT, PRECISION, UPCAST, ROWS)  # fmt: skip
            else:
                total = sum_rows(
                    total, dy, x, z, mean, rstd, weight, shift, grid, g, i, o, rows, features,
                    outputs, first, last, START, VALUE, SLOPE, DOMAIN, IN_TURN, None, NORM, SIZE,
                    KNOTS, False, DOT, PRECISION, UPCAST, ROWS)  # fmt: skip
            place = dcoef + ((part + of_tile) * SIZE + g) * outputs + o
            tl.store(place, total.to(dcoef.dtype.element_ty), mask=keep)


@triton.jit
def edge_kernel(
    dcoef, dbase, dscale, dmask, of_coef, of_base, coef, base_weight, scale, mask,
    features, outputs, splits,
    SIZE: tl.constexpr, OUTPUTS: tl.constexpr,
):  # fmt: skip
    """Sum the parts, and split the gradients D and E of the products M S C and M V.

    ∂L/∂C = M S D, ∂L/∂V = M E, ∂L/∂S = M Σ_g D C and ∂L/∂M = S Σ_g D C + E V.
    """
    across = tl.cdiv(outputs, OUTPUTS)
    i = (tl.program_id(0) // across).to(tl.int64)
    o = tl.program_id(0) % across * OUTPUTS + tl.arange(0, OUTPUTS)
    inside = o < outputs
    edge = i * outputs + o
    m = edge_factor(None, mask, edge, inside)
    s = edge_factor(scale, None, edge, inside)
    inner = tl.zeros([OUTPUTS], tl.float32)
    if of_coef is not None:
        for g in range(SIZE):
            place = (i * SIZE + g) * outputs + o
            d = tl.zeros([OUTPUTS], tl.float32)
            for split in range(splits):
                part = (split + i * 0) * features * SIZE * outputs
                d += tl.load(of_coef + part + place, mask=inside, other=0.0)
            if dcoef is not None:
                tl.store(dcoef + place, (d * m * s).to(dcoef.dtype.element_ty), mask=inside)
            if dscale is not None or dmask is not None:
                inner += d * tl.load(coef + place, mask=inside, other=0.0).to(tl.float32)
    by_mask = s * inner
    if of_base is not None:
        e = tl.zeros([OUTPUTS], tl.float32)
        for split in range(splits):
            part = (split + i * 0) * features * outputs
            e += tl.load(of_base + part + edge, mask=inside, other=0.0)
        if dbase is not None:
            tl.store(dbase + edge, (m * e).to(dbase.dtype.element_ty), mask=inside)
        if dmask is not None:
            by_mask += e * tl.load(base_weight + edge, mask=inside, other=0.0).to(tl.float32)
    if dscale is not None:
        tl.store(dscale + edge, (m * inner).to(dscale.dtype.element_ty), mask=inside)
    if dmask is not None:
        tl.store(dmask + edge, by_mask.to(dmask.dtype.element_ty), mask=inside)


@triton.jit
def sum_slopes(
    inner, dfirst, dsecond, part, dy, point, broken, coef, scale, mask, grid, row, i, near, rows,
    features, outputs, first, tiles,
    START: tl.constexpr, SLOPE: tl.constexpr, BY_GRID: tl.constexpr, SIZE: tl.constexpr,
    KNOTS: tl.constexpr, EVEN: tl.constexpr, DOT: tl.constexpr, PRECISION: tl.constexpr,
    UPCAST: tl.constexpr, ROWS: tl.constexpr, INPUTS: tl.constexpr, OUTPUTS: tl.constexpr,
):  # fmt: skip
    """Add Σ_g φ_g'(z_bi) D_big with D_big = Σ_o dy_bo M_io S_io C_igo, over tiles of outputs.

    Gradients of the grid, Σ_b ∂φ_g D_big over the program's rows, are written to its part.
    """
    HAS_FACTOR: tl.constexpr = scale is not None or mask is not None
    state = START(point, near, grid, SIZE, EVEN)
    d = tl.zeros([ROWS, INPUTS], tl.float32)
    of_tile = i.to(tl.int64)[:, None]
    for t in range(SIZE * tiles):
        g = t // tiles
        o = (first + t % tiles) * OUTPUTS + tl.arange(0, OUTPUTS)
        inside = (of_tile < features) & (o[None, :] < outputs)
        place = (of_tile * SIZE + g) * outputs + o[None, :]
        tile = tl.load(coef + place, mask=inside, other=0.0)
        if HAS_FACTOR:
            factor = edge_factor(scale, mask, of_tile * outputs + o[None, :], inside)
            tile = tile.to(tl.float32) * factor
        of_row = (row < rows) & (o[None, :] < outputs)
        left = tl.load(dy + row * outputs + o[None, :], mask=of_row, other=0.0)
        d = multiply(left, tl.trans(tile), d, DOT, PRECISION, UPCAST)
        if t % tiles == tiles - 1:
            slope, state = SLOPE(point, g, state, near, grid, SIZE, KNOTS, EVEN)
            inner += slope * d
            if BY_GRID is not None:
                by_first, by_second = BY_GRID(point, g, near, grid)
                where = (part * features + i) * SIZE + g
                if dfirst is not None:
                    each = tl.sum((by_first + broken) * d, 0)
                    tl.store(dfirst + where, each, mask=i < features)
                if dsecond is not None:
                    each = tl.sum((by_second + broken) * d, 0)
                    tl.store(dsecond + where, each, mask=i < features)
            d = tl.zeros([ROWS, INPUTS], tl.float32)
    return inner


@triton.jit
def input_kernel(
    dx, dz, dfirst, dsecond, dweight, dshift, dy, x, z, mean, rstd, weight, shift, coef,
    base_weight, scale, mask, grid, rows, features, outputs, splits,
    START: tl.constexpr, SLOPE: tl.constexpr, DOMAIN: tl.constexpr, BY_GRID: tl.constexpr,
    IS_EVEN: tl.constexpr, BASE: tl.constexpr, NORM: tl.constexpr, SIZE: tl.constexpr,
    KNOTS: tl.constexpr, DOT: tl.constexpr, PRECISION: tl.constexpr, UPCAST: tl.constexpr,
    ROWS: tl.constexpr, INPUTS: tl.constexpr, OUTPUTS: tl.constexpr, INNER: tl.constexpr,
    MERGED: tl.constexpr, LIVING: tl.constexpr,
):  # fmt: skip
    """Gradients of a tile of inputs, and the program's parts of those of grid, scale and shift.

    INNER says whether the basis functions contribute. If MERGED, their gradient is propagated
    through the norm and added to that of the base in dx; otherwise it is written to dz. LIVING, if
    it isn't None, sums only over the functions that aren't 0 at a point, on an equidistant grid.
    """
    across = tl.cdiv(features, INPUTS)
    down = tl.cdiv(rows, ROWS)
    tile, split = tl.program_id(0) // splits, tl.program_id(0) % splits
    tile_row, column = tile // across, tile % across
    row = (tile_row.to(tl.int64) * ROWS + tl.arange(0, ROWS))[:, None]
    near_row = tl.minimum(row, rows - 1)
    i = column * INPUTS + tl.arange(0, INPUTS)
    near = tl.minimum(i, features - 1)[None, :]
    keep = (row < rows) & (i[None, :] < features)
    each = tl.cdiv(tl.cdiv(outputs, OUTPUTS), splits)
    first = split * each
    tiles = tl.maximum(tl.minimum(each, tl.cdiv(outputs, OUTPUTS) - first), 0)
    part = split.to(tl.int64) * down + tile_row
    place = (split.to(tl.int64) * rows + row) * features + i[None, :]
    inner = tl.zeros([ROWS, INPUTS], tl.float32)
    outer = tl.zeros([ROWS, INPUTS], tl.float32)
    if INNER:
        point = load_point(x, z, mean, rstd, weight, shift, near_row, near, features, NORM)
        point, broken = part_finite(point)
        nearest = point
        if DOMAIN is not None:
            nearest = part_beyond(point, near, grid, DOMAIN, SIZE, KNOTS)[0]
        even = False
        if IS_EVEN is not None:
            even = IS_EVEN(grid, SIZE, KNOTS)
        if even:
            if LIVING is not None:
                inner = LIVING(
                    inner, dy, x, z, mean, rstd, weight, shift, coef, scale, mask, grid, row,
                    near_row, column * INPUTS, rows, features, outputs, first, tiles, DOMAIN, NORM,
                    SIZE, KNOTS, OUTPUTS)  # fmt: skip
            else:
                inner = sum_slopes(
                    inner, dfirst, dsecond, part, dy, nearest, broken, coef, scale, mask, grid, row,
                    i, near, rows, features, outputs, first, tiles, START, SLOPE, BY_GRID, SIZE,
                    KNOTS, IS_EVEN is not None, DOT, PRECISION, UPCAST, ROWS, INPUTS,
                    OUTPUTS)  # fmt: skip
        else:
            inner = sum_slopes(
                inner, dfirst, dsecond, part, dy, nearest, broken, coef, scale, mask, grid, row, i,
                near, rows, features, outputs, first, tiles, START, SLOPE, BY_GRID, SIZE, KNOTS,
                False, DOT, PRECISION, UPCAST, ROWS, INPUTS, OUTPUTS)  # fmt: skip
        inner += broken
        if dweight is not None:
            raw = load_tile(x, near_row, near, features)
            seen = tl.where(row < rows, inner, 0.0)
            tl.store(dweight + part * features + i, tl.sum(seen * raw, 0), mask=i < features)
            tl.store(dshift + part * features + i, tl.sum(seen, 0), mask=i < features)
        if MERGED:
            if NORM == "tanh":
                inner *= 1 - point * point
            elif NORM == "affine":
                inner *= tl.load(weight + near).to(tl.float32)
    if base_weight is not None and dx is not None:
        for t in range(first, first + tiles):
            o = t * OUTPUTS + tl.arange(0, OUTPUTS)
            where = i.to(tl.int64)[:, None] * outputs + o[None, :]
            inside = (i[:, None] < features) & (o[None, :] < outputs)
            weights = tl.load(base_weight + where, mask=inside, other=0.0)
            if mask is not None:
                weights = weights.to(tl.float32) * edge_factor(None, mask, where, inside)
            of_row = (row < rows) & (o[None, :] < outputs)
            left = tl.load(dy + row * outputs + o[None, :], mask=of_row, other=0.0)
            outer = multiply(left, tl.trans(weights), outer, DOT, PRECISION, UPCAST)
        raw, broken = part_finite(load_tile(x, near_row, near, features))
        outer = outer * base_slope(raw, BASE) + broken
    if MERGED:
        outer += inner
    elif dz is not None:
        tl.store(dz + place, inner.to(dz.dtype.element_ty), mask=keep)
    if dx is not None:
        tl.store(dx + place, outer.to(dx.dtype.element_ty), mask=keep)
