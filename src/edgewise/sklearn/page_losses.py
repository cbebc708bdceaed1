"""The losses of rows that the explorer's page computes, of numbers and of survival."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.columns import Columns
from edgewise.additive.stages import measure_constant
from edgewise.additive.survival import Baseline, Lives
from edgewise.explorer.table_losses import RowLoss


def list_deviances(
    estimator: Any, columns: Columns, targets: Sequence[Array], weight: Array
) -> list[RowLoss]:
    """The loss of each output of a regressor, over that of the best constant.

    Args:
        targets: of each output in the units of its fit, (rows, 1).
    """
    outputs = estimator._list_outputs()
    parts = zip(outputs, estimator.losses_, targets, strict=True)
    return [
        RowLoss(
            loss.name,
            {one.name: getattr(loss, one.name) for one in fields(loss) if one.name != "link"},
            output.size,
            loss.mean_shift(output.model.solutions[0].noise),
            measure_constant(output.model, loss, columns, y, weight),
            {"y": y[:, 0], "weight": weight},
        )
        for output, loss, y in parts
    ]


def accumulate(baseline: Baseline, lives: Lives) -> Array:
    """H_0 of each row between its entry and its time, (rows,)."""
    gone, before = (np.exp(baseline.log_hazard(at)) for at in (lives.time, lives.entry))
    return np.asarray(gone - before)


def list_events(
    model: Additive, risk: Additive, baseline: Baseline, columns: Columns, lives: Lives
) -> RowLoss:
    """Minus the log-likelihood of the rows' events.

    .. math:: H_0 e^s - y (s + \\log h_0)

    Args:
        model, risk: with the baseline, and without.
        columns: with the time as the last one.
    """
    there = [*columns[:-1], lives.time]
    rate = model.effects(there) - risk.effects(columns)
    rows = {
        "y": lives.event,
        "weight": lives.weight,
        "hazard": np.log(accumulate(baseline, lives)),
        "rate": rate[:, 0],
        "entry": lives.entry,
        "time": lives.time,
    }
    return RowLoss("events", {}, 1.0, 0.0, np.ones(len(lives.time)), rows)
