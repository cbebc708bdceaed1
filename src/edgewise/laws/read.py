"""Read the data of fits as arrays, from tables with named columns or from arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.data.tables import list_labels, read_columns
from edgewise.nn.reading import check_finite, read_array


def read_inputs(owner: str, x: Any, names: Sequence[str]) -> Array:
    """Rows of the named inputs, from a table with these columns or an array with one for each.

    Shape:
        (rows, in)

    Raises:
        ValueError: if columns are missing, or values aren't finite numbers.
    """
    if has_columns(x):
        own = column_names(x)
        if len(own) == len(names) == 1:  # by place, as a vector
            names = own
        columns = [read_column(owner, x, name) for name in names]
        if any(len(c) != len(columns[0]) for c in columns):
            raise ValueError(
                f"{owner} expected columns of one length, got {list(map(len, columns))}"
            )
        return np.stack(columns, 1)
    rows = read_columns(f"{owner} x", x)
    if rows.shape[1] != len(names) and rows.size and rows.shape[0] == len(names) == 1:
        rows = rows.T
    if rows.shape[1] != len(names):
        raise ValueError(
            f"{owner} expected a column for each of {', '.join(names)}, got shape {rows.shape}"
        )
    check_finite(f"{owner} x", torch.from_numpy(rows))
    return rows


def has_columns(table: Any) -> bool:
    """Whether it has named columns, as mappings and frames do."""
    return list_labels(table) is not None


def column_names(table: Any) -> list[str]:
    """The names of a table's columns; none of what has no names."""
    return [str(label) for label in list_labels(table) or ()]


def get_column(table: Any, name: str) -> Any:
    """The column of this name, unchanged; its label in the table may be a number."""
    labels = list_labels(table) or ()
    return table[next(label for label in labels if str(label) == name)]


def read_column(owner: str, table: Any, name: str) -> Array:
    """A column of a table as finite numbers.

    Raises:
        ValueError: if there is no such column, or it isn't numeric and finite.
    """
    if name not in column_names(table):
        raise ValueError(
            f"{owner} expected a column {name!r}, got {', '.join(column_names(table)) or 'none'}: "
            "add it, or name one of these"
        )
    return read_vector(f"{owner} {name}", get_column(table, name))


def read_vector(owner: str, values: Any) -> Array:
    """A vector of finite numbers.

    Raises:
        ValueError: if it isn't a finite vector.
    """
    try:
        array = read_array(owner, values)
    except (TypeError, ValueError):
        _check_no_text(owner, values)
        raise
    if array.ndim == 2 and 1 in array.shape:
        array = array.reshape(-1)
    if array.ndim != 1:
        raise ValueError(f"{owner} expected a value for each of the rows, got shape {array.shape}")
    if len(array):
        check_finite(owner, torch.from_numpy(array))
    return array


def _check_no_text(owner: str, values: Any) -> None:
    """Raise ValueError for text such as "<0.3", with the remedy for measured values."""
    if not (hasattr(values, "dtype") or isinstance(values, list | tuple)):
        return
    array = np.asarray(values)
    texts = array.ravel().tolist() if array.dtype.kind in "OUST" else []
    text = next((item for item in texts if isinstance(item, str)), None)
    if text is not None:
        raise ValueError(
            f"{owner} expected numbers, got text such as {text!r}: convert it with "
            "pandas.to_numeric; for a value below a limit write the limit, and say so in censored="
        )
