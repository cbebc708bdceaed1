"""Measurement errors as users pass them: read and check sigma= of y and x_sigma= of the inputs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.nn.reading import read_array

Array = NDArray[np.float64]

KINDS = {
    "constant": "constant",
    "relative": "relative",
    "poisson": "poisson",
    "counts": "poisson",
}
"""What `sigma` may say in a word, and the kind of noise that it means."""


@dataclass(frozen=True, eq=False)
class Errors:
    """What is known of the errors of rows before anything is fitted.

    Attributes:
        kind: "given" where `sigma` holds the standard deviations of y; "constant", "relative"
            (proportional to the true value) or "poisson" (its square root) where only this is
            known; None where the data are to say.
        sigma: standard deviations of y.
        x_sigma: standard deviations of the inputs, 0 for exact ones; None if all are exact.

    Shape:
        sigma: (rows,); x_sigma: (rows, in)
    """

    kind: str | None = None
    sigma: Array | None = None
    x_sigma: Array | None = None

    def of_rows(self, keep: NDArray[Any]) -> Errors:
        """Those of some of the rows."""
        sigma = None if self.sigma is None else self.sigma[keep]
        x_sigma = None if self.x_sigma is None else self.x_sigma[keep]
        return replace(self, sigma=sigma, x_sigma=x_sigma)

    def of_columns(self, keep: list[int]) -> Errors:
        """Those of rows that have only some of the inputs."""
        x_sigma = None if self.x_sigma is None else self.x_sigma[:, keep]
        return replace(self, x_sigma=x_sigma)

    def divided(self, columns: Array, size: float) -> Errors:
        """Those of inputs and y that are divided by these numbers."""
        sigma = None if self.sigma is None else self.sigma / size
        x_sigma = None if self.x_sigma is None else self.x_sigma / columns
        return replace(self, sigma=sigma, x_sigma=x_sigma)


def read_errors(sigma: Any, x_sigma: Any, rows: int, inputs: int, outputs: int) -> list[Errors]:
    """The errors of each output, and those of the inputs.

    Raises:
        ValueError: see :func:`read_errors_of_y`, or unless x_sigma is finite, at least 0, and one
            number, one a column or one a value of x.
    """
    every = read_errors_of_y(sigma, rows, outputs)
    if x_sigma is None:
        return every
    values = read_array("discover x_sigma", x_sigma)
    if values.shape not in ((), (inputs,), (rows, inputs)) and values.size != rows * inputs:
        raise ValueError(
            f"discover expected x_sigma to be a number, or of shape ({inputs},) or ({rows}, "
            f"{inputs}), got {values.shape}: pass a standard deviation of each input"
        )
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError(
            f"discover expected finite standard deviations of at least 0 in x_sigma, got "
            f"{values.min()}: those of inputs without errors are 0"
        )
    values = values.reshape(rows, inputs) if values.size == rows * inputs else values
    spread = np.broadcast_to(values, (rows, inputs)).copy()
    return [replace(each, x_sigma=spread) for each in every]


def read_errors_of_y(sigma: Any, rows: int, outputs: int) -> list[Errors]:
    """The errors of each output.

    Args:
        sigma: None, one of :data:`KINDS`, a number, an array of rows, or of rows and outputs.

    Raises:
        ValueError: unless it is one of these, with finite standard deviations above 0.
    """
    if sigma is None:
        return [Errors()] * outputs
    if isinstance(sigma, str):
        if sigma not in KINDS:
            raise ValueError(
                f"discover expected sigma to be standard deviations of y, the name of a column of "
                f"x, or one of {', '.join(map(repr, KINDS))}, got {sigma!r}"
            )
        return [Errors(KINDS[sigma])] * outputs
    values = read_array("discover sigma", sigma)
    if values.ndim == 0:
        values = np.full((rows, outputs), values)
    values = values[:, None] if values.ndim == 1 else values
    if values.shape not in ((rows, 1), (rows, outputs)):
        raise ValueError(
            f"discover expected sigma to be a number, or of shape ({rows},) or ({rows}, "
            f"{outputs}), got {values.shape}: pass a standard deviation of each y"
        )
    if not np.isfinite(values).all() or (values <= 0).any():
        raise ValueError(
            f"discover expected finite standard deviations above 0 in sigma, got {values.min()}: "
            "leave rows without an error out, or give them a large one"
        )
    columns = np.broadcast_to(values, (rows, outputs)).T
    return [Errors("given", column.copy()) for column in columns]


def take_column(x: Any, sigma: Any) -> tuple[Any, Any]:
    """The table and sigma, where sigma may be the name of one of the table's columns.

    That column is then left out of the table.
    """
    columns = getattr(x, "columns", None)
    if columns is None or not isinstance(sigma, str) or sigma not in list(columns):
        return x, sigma
    rest = [name for name in columns if name != sigma]
    return x[rest], x[sigma]
