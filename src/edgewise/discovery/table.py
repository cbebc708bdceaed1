"""Read and check the data of a discovery: rows, targets, weights, names and classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise._checks import read_list
from edgewise.data.tables import name_columns, read_columns
from edgewise.data.targets import read_targets
from edgewise.laws.errors import Errors, read_errors, without_errors
from edgewise.nn.reading import check_finite, read_array

LEAST_ROWS = 5
LEAST_EACH = 5
FARTHEST = 1e100
"""Errors that are more times y than this, or fewer than its inverse, are refused."""


@dataclass(frozen=True, eq=False)
class Table:
    """Checked data.

    Attributes:
        x: (rows, in); columns: one array per target, (rows,).
        weight: weights of the rows, above 0 and with mean 1; None if all are equal.
        errors: the given errors of each target.
        names, output_names: names of the inputs and targets.
        classes: the values of y if it is one column of classes; None for numbers.
    """

    x: Array
    columns: list[Array]
    weight: Array | None
    errors: list[Errors]
    names: list[str]
    output_names: list[str]
    classes: list[Any] | None

    def class_pair(self, place: int) -> tuple[Any, Any] | None:
        """The classes of the lower and the upper value of a target; None for numbers."""
        if self.classes is None:
            column = self.columns[place]
            if find_threshold(column) is None:
                return None
            return float(column.min()), float(column.max())
        if len(self.classes) == 2:
            return self.classes[0], self.classes[1]
        return "others", self.classes[place]


def read_table(
    x: Any,
    y: Any,
    weight: Any,
    input_names: Sequence[Any] | None,
    output_name: str | Sequence[str] | None,
    sigma: Any = None,
    x_sigma: Any = None,
) -> Table:
    """Read and check the data; rows of weight 0 are left out.

    Args:
        sigma, x_sigma: see :func:`edgewise.laws.errors.read_errors`; columns of x that they name
            aren't inputs.

    Raises:
        ValueError: if shapes don't fit, values aren't finite real numbers, or there are too few.
    """
    table, x = x, without_errors(x, sigma, x_sigma)
    rows = read_columns("discover x", x)
    targets, classes = read_targets("discover", y)
    if targets.ndim != 2 or len(targets) != len(rows):
        raise ValueError(
            f"discover expected x (rows, in) and y (rows,) or (rows, outputs), got {rows.shape} "
            f"and {targets.shape}: pass one target for each row"
        )
    if classes is not None and not (sigma is None and x_sigma is None):
        raise ValueError("discover expected no sigma or x_sigma for classes, which have no errors")
    names = name_columns("discover", "columns of x", input_names, x, rows.shape[1], "x")
    errors = read_errors(
        "discover", sigma, x_sigma,
        rows=len(rows), names=names, outputs=targets.shape[1], table=table,
    )  # fmt: skip
    weights = read_weights(weight, len(rows))
    if weights is not None and not weights.all():
        counted = weights > 0
        rows, targets, weights = rows[counted], targets[counted], weights[counted]
        weights = weights / weights.mean()
        errors = [each.of_rows(counted) for each in errors]
    if len(rows) < LEAST_ROWS:
        above = "" if weights is None else " with a weight above 0"
        raise ValueError(f"discover expected at least {LEAST_ROWS} rows{above}, got {len(rows)}")
    check_finite("discover x", torch.from_numpy(rows))
    check_finite("discover y", torch.from_numpy(targets))
    for column, each in zip(targets.T, errors, strict=True):
        _check_sizes(column, each)
    return Table(
        rows,
        list(targets.T.copy()),
        weights,
        errors,
        names,
        _output_names(y, output_name, targets.shape[1], classes),
        classes,
    )


def find_threshold(column: Array) -> float | None:
    """The middle of a column's two values if both are in five rows or more; else None."""
    values, counts = np.unique(column, return_counts=True)
    if len(values) != 2 or counts.min() < LEAST_EACH:
        return None
    return float(values[0] / 2 + values[1] / 2)


def _check_sizes(y: Array, errors: Errors) -> None:
    """Raise ValueError if squares of errors, as fractions of y, would leave float64."""
    size = float(np.abs(y).max()) or 1.0
    for sigma in () if errors.sigma is None else (errors.sigma.min(), errors.sigma.max()):
        if not 1 / FARTHEST <= sigma / size <= FARTHEST:
            raise ValueError(
                f"discover expected sigma between {1 / FARTHEST:g} and {FARTHEST:g} times the "
                f"largest y, {size:.3g}, got {sigma:.3g}: leave out rows that tell nothing"
            )


def read_weights(weight: Any, rows: int) -> Array | None:
    """The weights of the rows, of mean 1; ValueError unless each is a number of at least 0."""
    if weight is None:
        return None
    values = read_array("discover sample_weight", weight).reshape(-1)
    if len(values) != rows or not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(
            f"discover expected {rows} sample weights of at least 0, got {len(values)} values "
            f"from {values.min() if len(values) else 'nothing'}"
        )
    if not (values > 0).any():
        raise ValueError("discover expected a sample weight above 0, got none")
    values = np.ldexp(values, -int(np.frexp(values.max())[1]))  # or the sum may overflow
    return np.asarray(values / values.mean())


def _output_names(
    y: Any, given: str | Sequence[str] | None, count: int, classes: list[Any] | None
) -> list[str]:
    if given is None:
        columns = getattr(y, "columns", None)
        name = getattr(y, "name", None)
        given = [str(c) for c in columns] if columns is not None else str(name or "y")
    listed = [given] if isinstance(given, str) else read_list("discover", "output_name", given)
    names = [str(name) for name in listed]
    if len(names) == count:
        return names
    if len(names) != 1:
        raise ValueError(f"discover expected {count} output names, got {names}")
    if classes is not None:
        return [f"{names[0]}={c}" for c in classes] if count > 1 else names
    return [f"{names[0]}{k}" for k in range(count)]
