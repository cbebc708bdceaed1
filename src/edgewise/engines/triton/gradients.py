"""The backward pass: launch its kernels, and sum their parts."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from edgewise.engines.triton import configurations
from edgewise.engines.triton.backward import coefficient_kernel, edge_kernel, input_kernel
from edgewise.engines.triton.layer import COLUMNS, Layer, parts_of, rows_at_once, sizes_of
from edgewise.engines.triton.layer_norm import layer_norm_kernel

Several = list[Tensor | None]


def input_gradients(
    layer: Layer,
    dy: Tensor,
    grid: Sequence[Tensor],
    of_inputs: Sequence[bool],
    of_grid: Sequence[bool],
    of_trained: Sequence[bool],
) -> tuple[Tensor | None, Tensor | None, Several, Several]:
    """Gradients of x, z, the grid's tensors and the trained tensors; None if not needed."""
    need_x, need_z = of_inputs[0], of_inputs[1] and layer.z is not None
    inner = (need_z if layer.z is not None else need_x) or any(of_trained) or any(of_grid)
    if not inner and not need_x:
        return None, None, [None] * len(grid), [None] * len(of_trained)
    features, size, outputs = layer.coef.shape
    tiles = configurations.of_inputs(layer.work(size))
    is_layer = layer.norm == "layer"
    merged = layer.z is None and not is_layer and need_x
    dx = torch.empty_like(layer.x) if need_x else None
    dz = torch.empty_like(layer.x) if need_z else None
    outer = None if dx is None else parts_of(dx, tiles.splits, is_layer)
    through = layer.x if is_layer else dz
    dpoint = None if through is None else parts_of(through, tiles.splits, is_layer)
    count = tiles.splits * -(-layer.rows // tiles.rows)

    def part(wanted: bool, *shape: int) -> Tensor | None:
        return dy.new_empty(count, *shape, dtype=torch.float32) if wanted else None

    dgrid = [part(need, features, size) for need in of_grid]
    is_affine = layer.norm == "affine" and any(of_trained)
    columns = [part(is_affine, features) for _ in range(2)]
    if tiles.programs:
        input_kernel[(tiles.programs,)](
            outer, dpoint, *[*dgrid, None, None][:2], *columns, dy, *layer.points(), layer.coef,
            layer.base_weight, layer.scale, layer.mask, layer.grid, layer.rows, features, outputs,
            tiles.splits, BY_GRID=layer.curves.by_grid if any(of_grid) else None,
            IS_EVEN=layer.even, INNER=inner, MERGED=merged, LIVING=layer.living()[1],
            **layer.settings(), **layer.dots(True), **sizes_of(tiles),
        )  # fmt: skip
    of_tensors = [
        None if t is None else t.sum(0).sum_to_size(g.shape).to(g.dtype)
        for t, g in zip(dgrid, grid, strict=True)
    ]
    if is_layer:
        assert dpoint is not None
        columns = _through_layer_norm(layer, dx, dpoint, outer, of_trained)
    else:
        dx, dz = _summed(outer, dx), _summed(dpoint, dz)
    sums = [
        t.sum(0).to(dy.dtype) if need and t is not None else None
        for t, need in zip(columns, of_trained, strict=False)
    ]
    return dx, dz, of_tensors, sums


def _summed(parts: Tensor | None, whole: Tensor | None) -> Tensor | None:
    """The sum of a kernel's parts, or the tensor that it wrote directly."""
    if parts is None or whole is None or parts is whole:
        return whole
    return parts.sum(0).to(whole.dtype)


def _through_layer_norm(
    layer: Layer,
    dx: Tensor | None,
    dpoint: Tensor,
    outer: Tensor | None,
    of_trained: Sequence[bool],
) -> Several:
    """Write ∂L/∂x from the parts of ∂L/∂n(x) and the base; return parts for the trained tensors."""
    rows, features = layer.x.shape
    tile = rows_at_once(features)
    programs = -(-rows // tile)
    columns = [
        dpoint.new_empty(programs, features) if need else None for need in of_trained
    ]  # fmt: skip
    if programs:
        layer_norm_kernel[(programs,)](
            dx, *columns, dpoint.sum(0), None if outer is None else outer.sum(0), layer.x,
            *layer.statistics, layer.trained[0], rows, features, ROWS=tile, INPUTS=COLUMNS,
        )  # fmt: skip
    return columns


def weight_gradients(
    layer: Layer, dy: Tensor, of_weights: Sequence[bool], of_edges: Sequence[bool]
) -> Several:
    """Gradients of coef, base_weight, coef_scale and mask; None if not needed."""
    need_coef, need_base = of_weights[0], of_weights[1] and layer.base_weight is not None
    need_scale = of_edges[0] and layer.scale is not None
    need_mask = of_edges[1] and layer.mask is not None
    products = need_coef or need_scale or need_mask
    base = need_base or (need_mask and layer.base_weight is not None)
    if not products and not base:
        return [None] * 4
    features, size, outputs = layer.coef.shape
    steps = size * products + base
    tiles = configurations.of_coefficients(layer.work(steps))
    # Without scale and mask, the gradients of the products are those of the coefficients.
    direct = layer.scale is None and layer.mask is None and tiles.splits == 1
    edges = (features, outputs)
    dcoef = torch.empty_like(layer.coef) if need_coef else None
    dbase = layer.coef.new_empty(edges) if need_base else None

    def room(wanted: bool, whole: Tensor | None, *shape: int) -> Tensor | None:
        if direct or not wanted:
            return whole
        return dy.new_empty(tiles.splits, *shape, dtype=torch.float32)

    of_coef, of_base = room(products, dcoef, features, size, outputs), room(base, dbase, *edges)
    in_turn = layer.curves.in_turn
    coefficient_kernel[(tiles.programs,)](
        of_coef, of_base, dy, *layer.points(), layer.grid, layer.rows, features, outputs,
        tiles.splits, 0 if products else size, steps, VALUE=layer.curves.value,
        IS_EVEN=layer.even if layer.curves.even_alone else None, IN_TURN=in_turn,
        **layer.settings(), **layer.dots(layer.curves.bounded), **sizes_of(tiles),
    )  # fmt: skip
    if direct:
        return [dcoef, dbase, None, None]
    dscale = layer.coef.new_empty(edges) if need_scale else None
    dmask = layer.coef.new_empty(edges) if need_mask else None
    edge_kernel[(features * -(-outputs // COLUMNS),)](
        dcoef, dbase, dscale, dmask, of_coef, of_base, layer.coef, layer.base_weight, layer.scale,
        layer.mask, features, outputs, tiles.splits, SIZE=size, OUTPUTS=COLUMNS,
    )  # fmt: skip
    return [dcoef, dbase, dscale, dmask]
