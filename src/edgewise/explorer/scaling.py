"""Columns in the units that they had before a scaler."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Scaling:
    """original = scale · value + shift, for each column."""

    scale: list[float]
    shift: list[float]


def read_scaling(name: str, scaler: Any, columns: int) -> Scaling:
    """What a fitted scaler of scikit-learn's kind does, undone; nothing for None.

    Raises:
        ValueError: if it can't be undone, has other columns, or doesn't just shift and multiply.
    """
    if scaler is None:
        return Scaling([1.0] * columns, [0.0] * columns)
    undo = getattr(scaler, "inverse_transform", None)
    if not callable(undo):
        raise ValueError(
            f"explore expected {name} to have inverse_transform, as those of scikit-learn do, got "
            f"{scaler!r:.80}"
        )
    known = getattr(scaler, "n_features_in_", columns)
    if known != columns:
        raise ValueError(
            f"explore expected {name} to have been fitted to {columns} columns, got {known}: pass "
            "the one that made the model's data"
        )
    rows = np.repeat(np.arange(3.0)[:, None], columns, 1)
    zero, one, two = np.asarray(undo(rows), dtype=np.float64)
    if not np.allclose(two - zero, 2 * (one - zero), rtol=1e-6):
        raise ValueError(
            f"explore expected {name} to shift and multiply, got {scaler!r:.80}: leave it out"
        )
    return Scaling((one - zero).tolist(), zero.tolist())
