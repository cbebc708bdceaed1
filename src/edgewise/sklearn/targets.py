"""Targets of estimators, checked: numbers, or events and times."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.utils.validation import check_array, column_or_1d

from edgewise._arrays import Array
from edgewise.additive.arguments import take_values
from edgewise.additive.columns import LARGEST
from edgewise.additive.kinds import blank_missing
from edgewise.additive.losses import LOSSES


def check_loss(loss: Any, quantile: Any) -> None:
    """ValueError unless both are such as the estimator's documentation says."""
    if not isinstance(loss, str) or loss not in LOSSES:
        raise ValueError(f"loss expected one of {', '.join(LOSSES)}, got {loss!r:.80}")
    try:
        levels = np.atleast_1d(np.asarray(quantile, dtype=np.float64))
    except (TypeError, ValueError):
        levels = np.array([np.nan])
    inside = levels.ndim == 1 and len(levels) > 0 and np.all((levels > 0) & (levels < 1))
    if not inside or not np.all(np.diff(levels) > 0):
        raise ValueError(f"quantile expected rising numbers between 0 and 1, got {quantile!r:.80}")


def read_targets(y: Any, several: bool) -> tuple[Array, bool]:
    """(rows, targets), and whether predictions are a vector.

    Args:
        several: whether several quantiles are predicted.

    Raises:
        ValueError: if y holds other things than finite numbers, or has several columns with this.
    """
    y = blank_missing(y)
    with np.errstate(invalid="ignore", over="ignore"):  # sums of numbers near the largest
        targets = check_array(y, ensure_2d=False, dtype=np.float64, input_name="y")
    if targets.ndim == 2 and targets.shape[1] == 1:
        targets = column_or_1d(targets, warn=True)
    if np.abs(targets).max(initial=0.0) > LARGEST:
        raise ValueError(
            f"y expected numbers of at most {LARGEST:.2g} in size, got larger ones: their "
            "differences overflow; divide y by a power of ten"
        )
    if several and targets.ndim == 2:
        raise ValueError(
            f"several quantiles expected a single target, got {targets.shape[1]}: fit an "
            "estimator for each"
        )
    single = targets.ndim == 1 and not several
    return np.asarray(targets[:, None] if targets.ndim == 1 else targets), single


def read_times(y: Any) -> tuple[Array, Array]:
    """Events, 0 or 1, and times, of a structured array, a frame or an array of two columns.

    Raises:
        ValueError: if it is none of these, an event isn't true or false, or a time isn't finite.
    """
    y = take_values("y", y)
    if getattr(getattr(y, "dtype", None), "names", None):
        event, time = (np.asarray(y[name]) for name in _check_two(y.dtype.names))
    elif hasattr(y, "columns"):
        event, time = (np.asarray(y[name]) for name in _check_two(list(y.columns)))
    else:
        table = np.asarray(y)
        _check_two(range(table.shape[1] if table.ndim == 2 else 0))
        event, time = table.T
    event, time = blank_missing(event), blank_missing(time)
    times, events = np.asarray(time, dtype=np.float64), np.asarray(event, dtype=np.float64)
    if not np.all((events == 0) | (events == 1)) or not np.isfinite(times).all():
        raise ValueError(
            "y expected events that are true or false and finite times, in this order, got "
            f"{event[:3]!r:.60} and {time[:3]!r:.60}"
        )
    return events, times


def _check_two(names: Any) -> Any:
    if len(names) != 2:
        raise ValueError(
            "y expected two fields or columns, the event and its time, such as np.array([(True, "
            f"3.5)], dtype='?,f8'), got {len(names)}"
        )
    return names
