"""The operator's implementation on a GPU (in tests on a CPU): launch the kernels.

No number is read from the device, so CUDA graphs can record the launches. Only the operator's
inputs are kept between forward and backward; the basis and row statistics are recomputed.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from edgewise.engines.arguments import Arguments, split_needs
from edgewise.engines.ops import Gradients
from edgewise.engines.triton import configurations
from edgewise.engines.triton.forward import forward_kernel
from edgewise.engines.triton.gradients import input_gradients, weight_gradients
from edgewise.engines.triton.layer import layer_of, obstacle_of_basis, parts_of, sizes_of

__all__ = ["backward", "forward", "obstacle_of_basis"]


def forward(*args: Any) -> Tensor:
    """The operator ``edgewise::kan_linear``.

    Raises:
        ValueError: if there is no kernel for the basis or the type.
    """
    given = Arguments(*args)
    with torch.cuda.device_of(given.x):
        layer = layer_of(given)
        features, size, outputs = layer.coef.shape
        y = layer.coef.new_empty(layer.rows, outputs)
        if not y.numel():
            return y
        tiles = configurations.of_forward(layer.work(size))
        parts = parts_of(y, tiles.splits)
        forward_kernel[(tiles.programs,)](
            parts, *layer.points(), layer.coef, layer.base_weight, layer.bias, layer.scale,
            layer.mask, layer.grid, layer.rows, features, outputs, tiles.splits,
            VALUE=layer.curves.value, IS_EVEN=layer.even, GROUP=8, LIVING=layer.living()[0],
            **layer.settings(),
            **layer.dots(layer.curves.bounded), **sizes_of(tiles),
        )  # fmt: skip
        return y if parts is y else parts.sum(0).to(y.dtype)


def backward(dy: Tensor, *args: Any) -> Gradients:
    """The operator ``edgewise::kan_linear_backward``: gradients, empty where not needed.

    Raises:
        ValueError: if there is no kernel for the basis, the type or a gradient.
    """
    given, needs = split_needs(args)
    grid, basis = given.grid, given.basis
    end = 5 + len(grid)
    last = end + len(given.trained)
    wanted = [*needs, False, False][: last + 2]
    of_grid, of_trained = wanted[5:end], wanted[end:last]
    with torch.cuda.device_of(given.x):
        layer = layer_of(given)
        if obstacle := obstacle_of_basis(basis, of_grid):
            raise ValueError(f"expected gradients that {basis} has, but {obstacle}")
        dy = dy.contiguous()
        of_inputs = input_gradients(layer, dy, grid, wanted[:2], of_grid, of_trained)
        dx, dz, dgrid, dtrained = of_inputs
        dcoef, dbase, *edges = weight_gradients(layer, dy, wanted[2:4], wanted[last:])
        dbias = dy.sum(0, dtype=torch.float32).to(dy.dtype) if wanted[4] else None

        def filled(t: Tensor | None) -> Tensor:
            return dy.new_empty(0) if t is None else t

        others = [filled(t) for t in [*dtrained, *edges][: len(needs) - end]]
        grids = [filled(t) for t in dgrid]
        return filled(dx), filled(dz), filled(dcoef), filled(dbase), filled(dbias), grids, others
