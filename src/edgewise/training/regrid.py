"""Move grids to the data while a model trains."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from edgewise.grids.layers import rebuild, sample_layers
from edgewise.grids.project import Target
from edgewise.grids.sample import Sample
from edgewise.grids.targets import follow_data
from edgewise.grids.update import rose_little
from edgewise.nn import KANLinear
from edgewise.nn.inspect import in_evaluation, kan_layers
from edgewise.training.distributed import Ranks
from edgewise.training.optim import OptimizerSpec, forget

MIX, MARGIN = 0.1, 0.01
STEPS = (1.0, 0.5, 0.25, 0.125)


def prepare(model: nn.Module) -> None:
    """Give every input a grid of its own, in place, so that moving it keeps all shapes.

    Raises:
        ValueError: if no layer has a grid that can be moved.
    """
    layers = [layer for layer in kan_layers(model).values() if can_move(layer)]
    if not layers:
        raise ValueError(
            "grid_update_every expected a layer with a grid, got bases without one, or frozen "
            "edges on it: leave it out"
        )
    for layer in layers:
        old = tuple(t.detach() for t in layer.grid)
        points = layer.basis.points(old)
        if points is None or points.dim() > 1:
            continue
        basis, grid = layer.basis.placed(points.repeat(layer.in_features, 1), old)
        layer.set_basis(basis, tuple(t.clone() for t in grid))
    for layer in layers:  # A layer's widths get a row for every input too.
        shapes = [shapes[-1] for shapes in layer.basis.grid_shapes(layer.in_features)]
        if [tuple(t.shape) for t in layer.grid] == shapes:
            continue  # prepared before: trained centres stay those that an optimizer knows
        full = [t.detach().expand(s).clone() for t, s in zip(layer.grid, shapes, strict=True)]
        layer.set_basis(layer.basis, tuple(full))


def can_move(layer: KANLinear) -> bool:
    """Whether the layer's basis has points that data can move, and no edge is frozen on them."""
    if layer.frozen is not None:
        return False
    return layer.basis.points(tuple(t.detach() for t in layer.grid)) is not None


def prepare_grids(model: nn.Module, optimizer: OptimizerSpec, ranks: Ranks) -> None:
    """Prepare a model whose grids are to move while it trains, or say why they can't."""
    if ranks.size > 1:
        raise ValueError(
            f"grid_update_every expected one process, got {ranks.size}: call edgewise.grids.adapt "
            "between two fits, with the same data in each process"
        )
    before = {id(p) for p in model.parameters()}
    prepare(model)
    if isinstance(optimizer, Optimizer) and any(id(p) not in before for p in model.parameters()):
        raise ValueError(
            "grid_update_every gives every input trained centres of its own, which the optimizer "
            "that you built doesn't know: pass a callable such as torch.optim.AdamW"
        )


@torch.no_grad()
def regrid(
    model: nn.Module, optimizer: Optimizer, x: Tensor, loss: Callable[[nn.Module], Tensor]
) -> bool:
    """Move the grids of a prepared model, in place, to where the data is; whether they moved.

    They go all of the way, or a half, a quarter or an eighth of it, so that the loss rises by at
    most 1 %. The optimizer forgets what it knew about the coefficients, which have new meanings.
    """
    still = in_evaluation(model)
    before, seen = float(loss(still)), sample_layers(still, x)
    for step in STEPS:
        new, _ = rebuild(still, seen, partial(_move, step=step))
        if rose_little(before, float(loss(new))):
            _take(model, new, optimizer)
            return True
    return False


def _move(layer: KANLinear, sample: Sample | None, step: float) -> Target | None:
    return follow_data(layer, sample, MIX, MARGIN, step) if can_move(layer) else None


def _take(model: nn.Module, new: nn.Module, optimizer: Optimizer) -> None:
    theirs = kan_layers(new)
    for name, layer in kan_layers(model).items():
        if not can_move(layer):
            continue
        pairs = zip((layer.coef, *layer.grid), (theirs[name].coef, *theirs[name].grid), strict=True)
        for ours, moved_tensor in pairs:
            ours.copy_(moved_tensor.expand_as(ours))
        forget(optimizer, [layer.coef, *layer.grid])
