"""Kernels for LayerNorm: row statistics before the layer's kernels, gradients after them."""

from __future__ import annotations

import triton
import triton.language as tl

from edgewise.engines.triton.tiles import load_tile


@triton.jit
def statistics_kernel(mean, rstd, x, rows, features, eps, ROWS: tl.constexpr, INPUTS: tl.constexpr):
    """The mean of each row and 1/√(Var + ε), of squares about the mean."""
    row = tl.program_id(0).to(tl.int64) * ROWS + tl.arange(0, ROWS)
    near = tl.minimum(row, rows - 1)[:, None]
    total = tl.zeros([ROWS, INPUTS], tl.float32)
    for first in range(0, features, INPUTS):
        i = first + tl.arange(0, INPUTS)[None, :]
        tile = load_tile(x, near, tl.minimum(i, features - 1), features)
        total += tl.where(i < features, tile, 0.0)
    centre = tl.sum(total, 1) / features
    total = tl.zeros([ROWS, INPUTS], tl.float32)
    for first in range(0, features, INPUTS):
        i = first + tl.arange(0, INPUTS)[None, :]
        tile = load_tile(x, near, tl.minimum(i, features - 1), features) - centre[:, None]
        total += tl.where(i < features, tile * tile, 0.0)
    spread = tl.sum(total, 1) / features
    tl.store(mean + row, centre, mask=row < rows)
    tl.store(rstd + row, 1 / tl.sqrt_rn(spread + eps), mask=row < rows)


@triton.jit
def layer_norm_kernel(
    dx, dweight, dshift, inner, outer, x, mean, rstd, weight, rows, features,
    ROWS: tl.constexpr, INPUTS: tl.constexpr,
):  # fmt: skip
    """∂L/∂x = r (g - mean g - u mean(g u)) with u = (x - mean) r and g = ∂L/∂n · w, plus outer.

    A program has some rows and all columns. It writes its parts of Σ ∂L/∂n u and Σ ∂L/∂n to dweight
    and dshift, (programs, features).
    """
    row = (tl.program_id(0).to(tl.int64) * ROWS + tl.arange(0, ROWS))[:, None]
    near = tl.minimum(row, rows - 1)
    centre, r = tl.load(mean + near), tl.load(rstd + near)
    of_g = tl.zeros([ROWS, INPUTS], tl.float32)
    of_gu = tl.zeros([ROWS, INPUTS], tl.float32)
    for first in range(0, features, INPUTS):
        i = first + tl.arange(0, INPUTS)[None, :]
        inside, at = (i < features) & (row < rows), tl.minimum(i, features - 1)
        u = (load_tile(x, near, at, features) - centre) * r
        dn = tl.where(inside, load_tile(inner, near, at, features), 0.0)
        g = dn * tl.load(weight + at).to(tl.float32)
        of_g += g
        of_gu += tl.where(inside, g * u, 0.0)
        column = first + tl.arange(0, INPUTS)
        part = tl.program_id(0).to(tl.int64) * features + column
        if dweight is not None:
            each = tl.sum(tl.where(inside, dn * u, 0.0), 0)
            tl.store(dweight + part, each, mask=column < features)
        if dshift is not None:
            tl.store(dshift + part, tl.sum(dn, 0), mask=column < features)
    if dx is not None:
        mean_g = (tl.sum(of_g, 1) / features)[:, None]
        mean_gu = (tl.sum(of_gu, 1) / features)[:, None]
        for first in range(0, features, INPUTS):
            i = first + tl.arange(0, INPUTS)[None, :]
            at = tl.minimum(i, features - 1)
            u = (load_tile(x, near, at, features) - centre) * r
            g = load_tile(inner, near, at, features) * tl.load(weight + at).to(tl.float32)
            found = r * (g - mean_g - u * mean_gu) + load_tile(outer, near, at, features)
            keep = (row < rows) & (i < features)
            tl.store(dx + row * features + i, found.to(dx.dtype.element_ty), mask=keep)
