"""Fit a new KAN to the units of its data as training begins, or warn of data outside its grids."""

from __future__ import annotations

import warnings
from dataclasses import replace

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from edgewise.data.rows import thin
from edgewise.grids.project import ends
from edgewise.models.adapt_to_data import leave_base, place_grid, start_at_targets
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.nn.arguments import level_outside
from edgewise.nn.inspect import in_evaluation
from edgewise.nn.settling import show
from edgewise.training.data import IterableBatches, TensorBatches
from edgewise.training.objective import LossSpec
from edgewise.training.optim import OptimizerSpec
from edgewise.training.target_units import TargetUnits, find_units

ROWS = 4096
"""The greatest number of rows, evenly spaced, by which a run finds out where its data are."""
JUDGED = 1024
"""The greatest number of rows on which all functions of a layer are evaluated."""
AWAKE = 0.1
"""The least value of a function that counts: all functions are at most about 1."""
SOME, MOST = 0.1, 0.5
"""The shares of inputs outside of the grid beyond which there is a warning, and the grid moves."""
FAR = 2.0
"""Targets are far away if the square of their mean error exceeds this times its variance."""
LARGE, SMALL = 20.0, 0.1
"""Limits of the targets' deviation, as a number and relative to that of the network's outputs.

Targets are too large if their deviation is above 20 and above 20 times that of the outputs. They
are too small if it is below 0.1 and below 0.1 times that of the outputs. Between these limits 1000
steps of AdamW explain as much of the targets as when their deviation is 1.
"""


class OutsideWarning(UserWarning):
    """A network is not where its data are.

    Many inputs lie outside of its grid, where curves are lines or zero; or they are of another size
    than the rows by which it standardises inputs; or many functions of a layer get no inputs; or
    targets are of another size than the outputs.

    Example:
        >>> import warnings, torch, edgewise as ew
        >>> x, model = torch.linspace(0, 100, 50)[:, None], ew.KAN([1, 1])
        >>> with warnings.catch_warnings(record=True) as met:
        ...     warnings.simplefilter("always")
        ...     history = ew.fit(model, x, x, steps=1, progress=False)
        >>> [warning.category.__name__ for warning in met]
        ['OutsideWarning']
    """


def warn_outside(text: str) -> None:
    """Warn, where the user called us, that the network isn't where its data are."""
    warnings.warn(text, OutsideWarning, stacklevel=level_outside())


def meet_data(
    model: KAN,
    x: Tensor,
    y: Tensor,
    loss: LossSpec,
    optimizer: OptimizerSpec,
    moves_grids: bool,
) -> TargetUnits:
    """Fit a KAN to the units of its data before training, in place, if they are far from its own.

    Grids stay if the first layer has a norm that rescales its inputs, or if the run moves them.

    Args:
        x, y: some rows of the data (:func:`find_rows`).

    Returns:
        The units of the targets in which an optimizer should take its steps.
    """
    first = model.stack()[0]
    show(model, x)  # normalisations learn before anything is asked of the outputs
    if not moves_grids and (first.norm is None or not first.norm.rescales):
        _meet_inputs(first, model.select(x).reshape(-1, first.in_features), optimizer)
    units = TargetUnits()
    if loss in (None, "mse", "mae", "huber") and y.is_floating_point():
        units = _meet_sizes(model, x, y, optimizer, loss)
    if loss in (None, "mse") and y.is_floating_point():
        _meet_targets(model, x, y)
    return units


def find_rows(
    model: nn.Module, batches: TensorBatches | IterableBatches
) -> tuple[KAN, Tensor, Tensor] | None:
    """A KAN and some rows of its data, inputs and targets; None if there are none to judge it by.

    Data have to be in memory: batches of an iterable are not taken before it is their turn.
    """
    if not isinstance(model, KAN) or not isinstance(batches, TensorBatches):
        return None
    rows = thin(len(batches.x), ROWS)
    x, y = batches.x[rows].detach(), batches.y[rows].detach()
    if x.shape[-1:] != (model.in_features,) or x.dtype != model.stack()[0].coef.dtype:
        return None
    known = len(x) > 0 and x.isfinite().all() and y.isfinite().all()
    return (model, x, y) if known else None


def _meet_inputs(first: KANLinear, x: Tensor, optimizer: OptimizerSpec) -> None:
    share = measure_outside(first, x)
    if share <= SOME:
        return
    told = f"{share:.0%} of the inputs lie outside of the grid of the first layer"
    if share > MOST and not isinstance(optimizer, Optimizer) and _is_unplaced(first):
        place_grid(first, x)
        leave_base(first)
        warn_outside(
            f"{told}, which fit has put where they are, and left its base activation out: scale x, "
            "or make the model with KAN.for_data(widths, x, y)"
        )
        return
    there = "lines" if first.basis.linear_tails else "zero"
    warn_outside(
        f"{told}, where curves are {there}: scale x, make the model with KAN.for_data(widths, x, "
        "y), or move its grids with edgewise.grids.fit_range(model, x)"
    )


@torch.no_grad()
def measure_outside(layer: KANLinear, x: Tensor) -> float:
    """The share of a layer's inputs beyond its grid where all of its functions are below 0.1.

    A wide Gaussian is larger than that far from its centre. Linear tails don't count; without a
    grid the share is 0.
    """
    if layer.basis.points(layer.grid) is None:
        return 0.0
    z = layer.normalized(x[thin(len(x), JUDGED)])
    low, high = (t.to(z) for t in ends(layer.basis, layer.grid))
    curved = replace(layer.basis, linear_tails=False)  # a line has nothing to say, however steep
    asleep = curved.evaluate(z, layer.grid).abs().amax(-1) < AWAKE
    return float((((z < low) | (z > high)) & asleep).double().mean())


def _is_unplaced(layer: KANLinear) -> bool:
    """Whether the layer is as `KAN` makes it: not a published one, its grid not yet moved, and no
    edge frozen on it."""
    if callable(layer.init) or layer.frozen is not None:
        return False
    like = layer.coef
    begin = layer.basis.init_grid(layer.in_features, device=like.device, dtype=like.dtype)
    return all(
        own.shape == other.shape and torch.equal(own, other)
        for own, other in zip(layer.grid, begin, strict=True)
    )


@torch.no_grad()
def _meet_sizes(
    model: KAN, x: Tensor, y: Tensor, optimizer: OptimizerSpec, loss: LossSpec
) -> TargetUnits:
    """Begin as large as the targets are, where the network's outputs are of another size.

    Steps of Adam and its like are as large as the learning rate, whatever the gradients: in 1000
    of them a network near 1 gets neither to targets in millions nor down to those in thousandths.
    Steps of gradient descent and L-BFGS depend on the unit, too. So steps are in units of the
    targets wherever these are far from 1, unless the optimizer is the user's own.
    """
    last = model.stack()[-1]
    if y.shape[-1:] != (model.widths[-1],):
        return TargetUnits()
    spread = y.reshape(-1, y.shape[-1]).std(0, correction=0)
    large, small = spread > LARGE, (spread < SMALL) & (spread > 0)
    if not (large | small).any():
        return TargetUnits()
    prediction = in_evaluation(model)(x)
    if prediction.shape != y.shape:
        return TargetUnits()
    given = isinstance(optimizer, Optimizer)
    size = torch.where(large | small, spread, 1.0)
    size = torch.where(spread > 0, size, size[spread > 0].min())
    own = prediction.reshape(-1, y.shape[-1]).std(0, correction=0)
    odd = large & (spread > LARGE * own) | small & (spread < SMALL * own)
    if not odd.any():
        return TargetUnits() if given else find_units(model, size, loss)
    worst = int(odd.long().argmax())
    told = f"the targets spread by {spread[worst]:.2g}, the network's outputs by {own[worst]:.2g}"
    remedy = "scale y, or make the model with KAN.for_data(widths, x, y)"
    if given or callable(last.init) or last.frozen is not None or model.post is not None:
        told += ", and steps of the usual learning rates are of the outputs' size"
        units = TargetUnits()
    else:
        start_at_targets(last, y.reshape(-1, y.shape[-1]), model.products[-1])
        told += ", which fit has made as large by a coef_scale of the last layer"
        units = find_units(model, size, loss)
    warn_outside(f"{told}: {remedy}")
    return units


@torch.no_grad()
def _meet_targets(model: KAN, x: Tensor, y: Tensor) -> None:
    """Begin at the targets' mean, where the network is far from all of them."""
    bias = model.stack()[-1].bias
    if bias is None or model.post is not None or model.products[-1] or bias.shape != y.shape[-1:]:
        return
    outputs = len(bias)
    if not _are_far(y.reshape(-1, outputs) - bias).any():
        return
    prediction = in_evaluation(model)(x)
    if prediction.shape == y.shape:
        left = (y - prediction).reshape(-1, outputs)
        moves = _are_far(left)
        if (frozen := model.stack()[-1].frozen) is not None:
            moves = moves & ~frozen[-1]
        bias.add_(torch.where(moves, left.mean(0), 0.0))


def _are_far(left: Tensor) -> Tensor:
    """Which outputs have errors that are mostly a constant."""
    return left.mean(0).square() > FAR * left.var(0, correction=0)
