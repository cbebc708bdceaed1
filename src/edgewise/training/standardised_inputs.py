"""Warnings, as a run begins, of inputs for which a network's standardisation is of no use."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from edgewise.data.names import list_names
from edgewise.data.rows import thin
from edgewise.models.kan import KAN
from edgewise.nn import KANLinear
from edgewise.training.data import IterableBatches, TensorBatches
from edgewise.training.mismatched_units import (
    JUDGED,
    SOME,
    find_rows,
    meet_data,
    warn_outside,
)
from edgewise.training.objective import LossSpec
from edgewise.training.optim import OptimizerSpec
from edgewise.training.target_units import TargetUnits

DEVIATIONS, NARROW = 4.0, 0.05
"""The limits of rows that are like those which made a map of the inputs, in deviations of these.

Others have a column of which more than a tenth is further than 4 from the mean, or no column that
spreads by 0.05. No more than a sixteenth of a map's own rows can be further than 4 (Chebyshev).
"""
DENSE, CELL = 0.06, 0.015
"""A column has heavy tails if the middle half of its values spans less than these parts of a third
of the greatest distance from the mean, and of the grid.

Of 2,000 normal values the middle half spans 1.05 and 0.26, of exp(z) of them 0.17 and 0.04, and of
exp(1.5 z) 0.05 and 0.01. Up to exp(z) a network learns as well as an MLP.
"""


def meet_rows(
    model: nn.Module,
    batches: TensorBatches | IterableBatches,
    loss: LossSpec,
    optimizer: OptimizerSpec,
    moves_grids: bool,
    in_tasks: bool,
) -> TargetUnits:
    """Warn of such inputs, and fit a KAN to the units of its data (:func:`.meet_data`).

    Args:
        in_tasks: whether the rows are one of several tasks (``continual=``), which leave a KAN as
            it is.
    """
    if (found := find_rows(model, batches)) is None:
        return TargetUnits()
    kan, x, y = found
    warn_of_other_rows(kan, x, in_tasks)
    if in_tasks:
        return TargetUnits()
    units = meet_data(kan, x, y, loss, optimizer, moves_grids)
    warn_of_heavy_tails(kan, x)
    return units


@torch.no_grad()
def warn_of_other_rows(model: KAN, x: Tensor, in_tasks: bool) -> None:
    """Warn if a KAN standardises its inputs by a final map that other rows have made.

    Args:
        x: some rows of the run's inputs.
        in_tasks: whether the rows are one of several tasks (``continual=``).
    """
    first = model.stack()[0]
    x = model.select(x).reshape(-1, first.in_features)
    if first.norm is None or (z := first.norm.standardise(x)) is None:
        return
    far = float((z.abs() > DEVIATIONS).double().mean(0).max())
    spread = float(z.std(0, correction=0).max())
    if far > SOME:
        told = (
            f"{far:.0%} of an input's values lie more than {DEVIATIONS:g} deviations from the mean"
        )
    elif 0 < spread < NARROW:
        told = f"the inputs spread by {spread:.1g} deviations at most"
    else:
        return
    remedy = (
        "before the first task call edgewise.nn.settle(model, x) with rows of the whole range"
        if in_tasks
        else "scale x as those rows were, or make the map anew with "
        "model.layers[0].norm.fit_(model.select(x))"
    )
    warn_outside(
        f"{told} of the rows by which the network standardises its inputs, so that its curves can "
        f"hardly bend there: {remedy}"
    )


def warn_of_heavy_tails(model: KAN, x: Tensor) -> None:
    """Warn of inputs most of whose values share a small part of the grid with each other.

    A few values are so large that the others differ by next to nothing in comparison.
    """
    first = model.stack()[0]
    columns = model.select(torch.arange(x.shape[-1], dtype=torch.float64, device=x.device)).long()
    heavy = columns[find_heavy(first, model.select(x).reshape(-1, first.in_features))].tolist()
    if heavy:
        warn_outside(
            f"half of the values of input {list_names([*map(str, heavy)])} lie close together, and "
            "a few far away, so that curves can't tell most values apart: take the logarithm of "
            "such columns first, or torch.asinh(x / x.abs().median()) if some are negative"
        )


@torch.no_grad()
def find_heavy(layer: KANLinear, x: Tensor) -> Tensor:
    """Whether each input of a layer has heavy tails.

    Columns of which a quarter of the rows has the least or the greatest value, such as sparse
    counts, are left out: their other values are the few.
    """
    norm = layer.norm
    if norm is not None and norm.mixes:
        return torch.zeros_like(x[0], dtype=torch.bool)

    def quartiles(values: Tensor) -> tuple[Tensor, Tensor]:
        ordered = values[thin(len(values), JUDGED)].sort(0).values
        return ordered[len(ordered) // 4], ordered[-1 - len(ordered) // 4]

    low, high = quartiles(x)
    least, greatest = x.aminmax(dim=0)
    mean = x.mean(0)
    reach = torch.maximum(greatest - mean, mean - least)
    below, above = quartiles(layer.normalized(x))
    is_dense = (high - low < DENSE * reach / 3) & (above - below < CELL * _find_width(layer))
    return is_dense & (least < low) & (high < greatest)


def _find_width(layer: KANLinear) -> Tensor:
    """The width of each input's grid, if all of its cells were as its narrowest."""
    points = layer.basis.points(layer.grid)
    if points is None or points.shape[-1] < 2:
        low, high = layer.basis.domain(layer.grid)
        return layer.coef.new_tensor(high - low)
    cells = points.diff(dim=-1)
    return cells.amin(-1) * cells.shape[-1]
