"""What a user passes as a table, checked: frames as they are, arrays by scikit-learn's rules."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.utils.validation import check_array, validate_data

from edgewise._arrays import Array
from edgewise.additive.batches import make_frame, make_reader
from edgewise.additive.schema import check_different
from edgewise.additive.values import take_values
from edgewise.nn.arguments import level_outside

MOST_CELLS = 2**27
"""A sparse matrix with more values, zeros included, is refused: as a table it takes 1 GiB."""


def check_table(estimator: Any, X: Any, reset: bool) -> Any:
    """A frame as it is, an array of numbers checked by scikit-learn's own rules."""
    X = take_values("X", X)
    if sparse.issparse(X):
        X = _fill(X)
    if isinstance(X, dict) or (isinstance(X, list) and any(isinstance(row, dict) for row in X)):
        raise ValueError(
            f"expected a table, got a {type(X).__name__} of named values: pass pd.DataFrame(rows), "
            "where rows is a list of a dict for each row"
        )
    if hasattr(X, "column_names") and not hasattr(X, "iloc"):
        X = X.to_pandas()
    if hasattr(X, "columns") and not hasattr(X, "toarray"):
        for count, what in zip(X.shape, ("sample(s)", "feature(s)"), strict=True):
            if count == 0:
                raise ValueError(f"Found a table with 0 {what} while a minimum of 1 is required.")
        check_different(X.columns)
        _check_names(estimator, X, reset)
        return X
    if not hasattr(X, "toarray") and np.asarray(X).dtype.kind in "OUSMm":
        values = check_array(X, dtype=None, ensure_all_finite=False)
        validate_data(estimator, X, reset=reset, skip_check_array=True)
        return values
    return validate_data(estimator, X, reset=reset, dtype=np.float64, ensure_all_finite="allow-nan")


def _check_names(estimator: Any, X: Any, reset: bool) -> None:
    """Set the names of columns, or compare them with those of the fit, as scikit-learn does.

    Raises:
        ValueError: if they differ, also in their order; with a remedy.
    """
    try:
        validate_data(estimator, X, reset=reset, skip_check_array=True)
    except ValueError as error:
        if reset or not hasattr(estimator, "feature_names_in_"):
            raise
        missing = {*estimator.feature_names_in_} - {*X.columns}
        remedy = "X[list(model.feature_names_in_)] has the columns of the fit in their order"
        if missing:
            remedy = (
                "Rename columns, or add them, with missing values where they aren't known; then "
                + remedy
            )
        raise ValueError(f"{error}{remedy}.") from None


def take_named(X: Any, y: Any, sample_weight: Any = None) -> tuple[Any, Any, Any]:
    """Features, targets and weights, of which the latter may be names of columns of the table.

    Raises:
        ValueError: if the table has no such columns.
    """
    names = list_named(X, y)
    if not names:
        return X, y, sample_weight
    named = isinstance(sample_weight, str)
    reader = make_reader(names, sample_weight if named else None)
    X, y, weight = reader.split(take_values("X", X))
    return X, y, weight if named else sample_weight


def take_named_entry(X: Any, y: Any, sample_weight: Any, entry: Any) -> tuple[Any, Any, Any, Any]:
    """Features, targets, weights, and when rows came under observation; all may be named."""
    X, y, sample_weight = take_named(X, y, sample_weight)
    X, entry, _ = take_named(X, entry)
    return X, y, sample_weight, entry


def list_named(X: Any, y: Any, sample_weight: Any = None) -> tuple[str, ...]:
    """The names of the columns of the table that these name; none where y holds values.

    A list of texts names columns if all of them do, each once; else they are classes.
    """
    names = (y,) if isinstance(y, str) else tuple(y) if isinstance(y, (list, tuple)) else ()
    if not names or not all(isinstance(name, str) for name in names):
        return ()
    if not isinstance(y, str):
        listed = set(list_columns(take_values("X", X)))
        if len({*names}) < len(names) or not {*names} <= listed:
            return ()
    return (*names, sample_weight) if isinstance(sample_weight, str) else names


def leave_out(X: Any, names: Sequence[str]) -> Any:
    """A table without columns of these names, as far as it has them."""
    if not names:
        return X
    X = take_values("X", X)
    own = [name for name in list_columns(X) if name in names]
    return make_frame(X).drop(columns=own) if own else X


def list_columns(table: Any) -> list[Any]:
    """Their names; none of an array. Arrow's ``columns`` are arrays."""
    return list(getattr(table, "column_names", getattr(table, "columns", ())))


def warn_of_order(X: Any, **beside: Any) -> None:
    """Warn of frames and series whose rows have the labels of X in another order.

    As in scikit-learn they go by position, so that nothing else would tell that they are shuffled.

    Args:
        beside: what has a value for each row of X, by the name of the argument.
    """
    rows = getattr(X, "index", None) if hasattr(X, "iloc") else None
    for name, values in beside.items():
        own = getattr(values, "index", None) if hasattr(values, "iloc") else None
        if rows is None or own is None or own.equals(rows) or len(own) != len(rows):
            continue
        if own.is_unique and own.isin(rows).all():
            warnings.warn(
                f"the rows of {name} have the labels of X in another order, such as "
                f"{rows[own != rows][0]!r} beside {own[own != rows][0]!r}: they go by position. "
                f"Pass {name}.loc[X.index] if they belong together by label, else "
                f"{name}.to_numpy()",
                stacklevel=level_outside(),
            )


def _fill(matrix: Any) -> Array:
    """A sparse matrix as an array.

    Raises:
        ValueError: if that would be too large.
    """
    if matrix.shape[0] * matrix.shape[1] > MOST_CELLS:
        raise ValueError(
            f"expected a sparse matrix of at most {MOST_CELLS:,} values, zeros included, got "
            f"{matrix.shape[0]:,} × {matrix.shape[1]:,}: choose columns before, for example with "
            "sklearn.feature_selection.SelectKBest in a pipeline"
        )
    return np.asarray(matrix.toarray())


def label_rows(table: Any) -> list[str]:
    """What rows are called by the index of a frame of pandas; none where it only counts them.

    A text is a name by itself; a number has the name of the index, or "Row", before it.
    """
    index = table.index if hasattr(table, "iloc") else None
    if index is None or list(index) == [*range(len(index))]:
        return []
    head = index.name or ""
    heads = (head if head or isinstance(label, str) else "Row" for label in index)
    return [f"{each} {label}".strip() for each, label in zip(heads, index, strict=True)]
