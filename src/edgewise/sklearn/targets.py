"""Targets of estimators, checked: numbers, classes and labels, or events and times."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import check_array, column_or_1d

from edgewise._arrays import Array
from edgewise.additive.columns import LARGEST
from edgewise.additive.kinds import blank_missing, find_missing
from edgewise.additive.losses import LOSSES
from edgewise.additive.values import take_values
from edgewise.nn.arguments import level_outside
from edgewise.nn.reading import read_array

MANY_NUMBERS = 100
"""More different numbers than these are seldom classes."""
LONGEST = 1e20
"""Times of events are of this size at most: hazards of less than its inverse are cut off."""


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
    _refuse_times("y", y)
    with np.errstate(invalid="ignore", over="ignore"):  # sums of numbers near the largest
        try:
            targets = check_array(y, ensure_2d=False, dtype=np.float64, input_name="y")
        except (ValueError, TypeError) as error:
            raise ValueError(
                f"{str(error).rstrip('.')}: KANRegressor expects a finite number in each row of y; "
                "leave rows without one out, and use KANClassifier for texts"
            ) from error
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


def check_rows(rows: int, targets: int) -> None:
    """ValueError unless y has a row for each of the table."""
    if targets != rows:
        raise ValueError(f"expected {rows} rows of y, one for each of X, got {targets}")


def _refuse_times(name: str, values: Any) -> None:
    """Raise ValueError for dates and durations, whose numbers would be of a unit of their dtype."""
    kinds = {column.dtype.kind for column in _list_columns(values)}
    if kinds & {"m", "M"}:
        raise ValueError(
            f"{name} expected numbers, got {'durations' if 'm' in kinds else 'dates'}, which have "
            "no unit: take a number of days, such as durations.dt.total_seconds() / 86_400, of "
            "dates since one of them"
        )


def _list_columns(values: Any) -> list[Any]:
    """Arrays of the columns of a frame, whose dtypes differ, or the array itself."""
    if hasattr(values, "iloc") and hasattr(values, "columns"):
        return [np.asarray(values.iloc[:, k]) for k in range(values.shape[1])]
    return [np.asarray(values)]


def read_classes(y: Any) -> tuple[list[NDArray[Any]], bool]:
    """The class of each row, or 0 or 1 of each of several labels; and whether there is one target.

    Raises:
        ValueError: if classes are missing or of two kinds, or several columns hold anything else
            than 0 and 1.
    """
    y = take_values("y", y)
    values = np.asarray(y.toarray() if sparse.issparse(y) else y)
    if values.ndim == 2 and values.shape[1] > 1:
        return _read_labels(values), False
    labels = column_or_1d(values, warn=True)
    numbers = labels.dtype.kind == "f"
    if (numbers and np.isnan(labels).any()) or (
        labels.dtype == object and find_missing(labels).any()
    ):
        raise ValueError(
            "KANClassifier expected a class in every row, got missing ones in y: leave out "
            "these rows, or give missing values a class of their own"
        )
    if labels.dtype == object and len({isinstance(label, str) for label in labels}) > 1:
        kinds = sorted({type(label).__name__ for label in labels})
        raise ValueError(
            "KANClassifier expected classes of one kind in y, got "
            f"{' and '.join(kinds)}: write all as texts"
        )
    check_classification_targets(labels)
    return [labels], True


def warn_of_numbers(known: NDArray[Any]) -> None:
    """Warn if there are more than 100 classes and all are numbers: these may be measurements."""
    if known.dtype.kind in "iuf" and len(known) > MANY_NUMBERS:
        warnings.warn(
            f"y holds {len(known)} different numbers, and KANClassifier fits effects for each, so "
            "it takes long. If they measure or count something, use KANRegressor; if they are "
            "names of classes, write them as texts to leave out this warning",
            stacklevel=level_outside(),
        )


def take_classes(y: Any) -> NDArray[Any]:
    """The classes or labels as an array, (rows,) or (rows, labels)."""
    labels, single = read_classes(y)
    return labels[0] if single else np.stack(labels, 1)


def _read_labels(values: NDArray[Any]) -> list[NDArray[Any]]:
    """The columns of an indicator matrix; a frame's may be of different kinds."""
    is_mixed = values.dtype == object
    if is_mixed and all(
        isinstance(v, int | float | np.generic) and v in (0, 1) for v in values.flat
    ):
        values = values.astype(np.int64)
    if values.dtype.kind not in "biuf" or not np.isin(values, (0, 1)).all():
        raise ValueError(
            "KANClassifier expected one class in every row, or 0 and 1 of several labels, got "
            f"{values.shape[1]} columns of other values in y: "
            "sklearn.multioutput.MultiOutputClassifier(KANClassifier()) fits one for each"
        )
    return list(values.T)


def read_times(y: Any) -> tuple[Array, Array]:
    """Events, 0 or 1, and times, of a structured array, a frame or an array of two columns.

    Raises:
        ValueError: if it is none of these, an event isn't true or false, a time isn't finite, or
            the times' size is extreme.
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
    _refuse_times("times of y", time)
    event, time = blank_missing(event), blank_missing(time)
    events = _read_events(event)
    if any(isinstance(value, str) for value in time.flat):
        raise ValueError(
            "y expected times that are numbers in the second column, got text such as "
            f"{str(time[0])!r:.40}: pandas.to_numeric reads it"
        )
    times = read_array("times of y", time)
    wrong = np.flatnonzero(~np.isfinite(times))
    if len(wrong):
        raise ValueError(
            f"y expected finite times, got {time[wrong[0]]} in {len(wrong)} of {len(times)} rows, "
            f"the first of which is row {wrong[0]}: leave these rows out"
        )
    size = float(np.abs(times).max(initial=0.0))
    if size and not 1 / LONGEST <= size <= LONGEST:
        raise ValueError(
            f"y expected times whose largest is between {1 / LONGEST:g} and {LONGEST:g}, got "
            f"{size:.3g}: measure them in another unit"
        )
    return events, times


def _read_events(event: NDArray[Any]) -> Array:
    """0 or 1 for each row; ValueError if it isn't true or false, such as codes 1 and 2."""
    is_text = any(isinstance(value, str) for value in event.flat)
    events = np.full(event.shape, np.nan) if is_text else read_array("events of y", event)
    wrong = np.flatnonzero((events != 0) & (events != 1))
    if len(wrong):
        raise ValueError(
            "y expected events that are true where one was seen, in the first column, got "
            f"{event[wrong[0]]!s:.40} in row {wrong[0]}: compare with what says so, as in "
            "status == 2 or death == 'yes', and leave out rows of which nothing is known"
        )
    return events


def name_times(y: Any) -> tuple[str, str]:
    """The names of the event and of the time in such a y; "event" and "time" if it has none.

    numpy calls fields without a name f0 and f1.
    """
    names = getattr(getattr(y, "dtype", None), "names", None)
    names = None if names == ("f0", "f1") else names
    event, time = names or (map(str, y.columns) if hasattr(y, "columns") else ("event", "time"))
    return event, time


def _check_two(names: Any) -> Any:
    if len(names) != 2:
        raise ValueError(
            "y expected two fields or columns, the event and its time, such as np.array([(True, "
            f"3.5)], dtype='?,f8'), got {len(names)}"
        )
    return names
