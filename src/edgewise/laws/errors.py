"""Read and check the errors of measurements: sigma= of y and x_sigma= of the inputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.tables import keep_columns, list_labels
from edgewise.laws.read import column_names, get_column, has_columns, read_column
from edgewise.nn.reading import read_array

KINDS = {
    "constant": "constant",
    "relative": "relative",
    "poisson": "poisson",
    "counts": "poisson",
}
"""The words that `sigma` may be, and the kind of noise that each means."""


@dataclass(frozen=True, eq=False)
class Errors:
    """The errors of measurements as a user states them.

    Attributes:
        kind: "given" if `sigma` holds the standard deviations of y; "constant", "relative"
            (proportional to the true value) or "poisson" (its square root) if only their kind is
            known; None if it is to be chosen by the data.
        sigma: standard deviations of y.
        x_sigma: standard deviations of the inputs, 0 for exact ones; None if all are exact.

    Shape:
        sigma: (rows,); x_sigma: (rows, in)
    """

    kind: str | None = None
    sigma: Array | None = None
    x_sigma: Array | None = None

    def of_rows(self, keep: NDArray[Any]) -> Errors:
        """The errors of some of the rows."""
        sigma = None if self.sigma is None else self.sigma[keep]
        x_sigma = None if self.x_sigma is None else self.x_sigma[keep]
        return replace(self, sigma=sigma, x_sigma=x_sigma)

    def of_columns(self, keep: list[int]) -> Errors:
        """The errors of some of the inputs, and of y."""
        x_sigma = None if self.x_sigma is None else self.x_sigma[:, keep]
        return replace(self, x_sigma=x_sigma)

    def divided(self, columns: Array, size: float) -> Errors:
        """The errors of inputs and y divided by these numbers."""
        sigma = None if self.sigma is None else self.sigma / size
        x_sigma = None if self.x_sigma is None else self.x_sigma / columns
        return replace(self, sigma=sigma, x_sigma=x_sigma)


def read_errors(
    owner: str,
    sigma: Any,
    x_sigma: Any,
    *,
    rows: int,
    names: Sequence[str],
    outputs: int = 1,
    table: Any,
) -> list[Errors]:
    """The errors of each output, with those of the inputs.

    Args:
        sigma: errors of y: None, one of :data:`KINDS`, a number, an array (rows,) or (rows,
            outputs), or the name of a column of `table`.
        x_sigma: errors of the inputs: None, a number, one for each input, or one for each value; or
            a mapping or frame by inputs' names, where inputs left out are exact. For a single input
            also a vector or the name of a column.
        names: names of the inputs.

    Raises:
        ValueError: if they have another form, aren't finite, or those of y aren't above 0.
    """
    every = _read_sigma(owner, sigma, rows, outputs, table)
    if x_sigma is None:
        return every
    if has_columns(x_sigma):
        spread = _read_each(owner, x_sigma, rows, names, table)
    else:
        spread = _read_x_sigma(owner, x_sigma, rows, len(names), table)
    return [replace(each, x_sigma=spread) for each in every]


def _read_sigma(owner: str, sigma: Any, rows: int, outputs: int, table: Any) -> list[Errors]:
    if sigma is None:
        return [Errors()] * outputs
    if isinstance(sigma, str) and sigma in KINDS and not _is_column(table, sigma):
        return [Errors(KINDS[sigma])] * outputs
    values = _read_values(owner, "sigma", sigma, table)
    if values.ndim == 0:
        values = np.full((rows, outputs), values)
    values = values[:, None] if values.ndim == 1 else values
    if values.shape not in ((rows, 1), (rows, outputs)):
        raise ValueError(
            f"{owner} expected sigma to be a number, or of shape ({rows},) or ({rows}, "
            f"{outputs}), got {values.shape}: pass a standard deviation of each y"
        )
    if (wrong := ~(np.isfinite(values) & (values > 0))).any():
        raise ValueError(
            f"{owner} expected finite standard deviations above 0 in sigma, got "
            f"{values[wrong][0]}: leave rows without an error out, or give them a large one"
        )
    columns = np.broadcast_to(values, (rows, outputs)).T
    return [Errors("given", column.copy()) for column in columns]


def _read_x_sigma(owner: str, x_sigma: Any, rows: int, inputs: int, table: Any) -> Array:
    """Standard deviations of the inputs; (rows, in)"""
    values = _read_values(owner, "x_sigma", x_sigma, table)
    if inputs == 1 and values.size == rows:
        values = values.reshape(rows, 1)
    if values.shape not in ((), (inputs,), (rows, inputs)):
        raise ValueError(
            f"{owner} expected x_sigma to be a number, or of shape ({inputs},) or ({rows}, "
            f"{inputs}), got {values.shape}: pass a standard deviation of each input"
        )
    if (wrong := ~(np.isfinite(values) & (values >= 0))).any():
        raise ValueError(
            f"{owner} expected finite standard deviations of at least 0 in x_sigma, got "
            f"{values[wrong][0]}: those of inputs without errors are 0"
        )
    return np.broadcast_to(values, (rows, inputs)).copy()


def _read_each(owner: str, x_sigma: Any, rows: int, names: Sequence[str], table: Any) -> Array:
    """Standard deviations given by the inputs' names; (rows, in)"""
    spread = np.zeros((rows, len(names)))
    for name in column_names(x_sigma):
        if name not in names:
            raise ValueError(
                f"{owner} expected x_sigma of {', '.join(names)}, got {name!r}: name inputs"
            )
        values = _read_x_sigma(owner, get_column(x_sigma, name), rows, 1, table)
        spread[:, [list(names).index(name)]] = values
    return spread


def _read_values(owner: str, what: str, given: Any, table: Any) -> Array:
    """An array of numbers, or the column that a string names."""
    if not isinstance(given, str):
        return read_array(f"{owner} {what}", given)
    if not _is_column(table, given):
        columns = f" ({', '.join(column_names(table))})" if has_columns(table) else ""
        words = f", or one of {', '.join(map(repr, KINDS))}" if what == "sigma" else ""
        raise ValueError(
            f"{owner} expected {what} to be standard deviations, the name of a column{columns}"
            f"{words}, got {given!r}"
        )
    return read_column(owner, table, given)


def _is_column(table: Any, name: Any) -> bool:
    return isinstance(name, str) and has_columns(table) and name in column_names(table)


def without_errors(x: Any, sigma: Any, x_sigma: Any) -> Any:
    """The frame without the columns that `sigma` and `x_sigma` name, which aren't inputs."""
    given = [sigma, *(x_sigma.values() if isinstance(x_sigma, Mapping) else [x_sigma])]
    named = [name for name in given if _is_column(x, name)]
    if not named or isinstance(x, Mapping):
        return x
    return keep_columns(x, [c for c in list_labels(x) or () if str(c) not in named])
