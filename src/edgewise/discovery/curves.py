"""The unknown functions of a given form: fitted curves with 95 % bands, as part of a result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly
from edgewise.discovery.unknown_functions import FittedForm

if TYPE_CHECKING:
    import pandas as pd


POINTS = 101
BAND = 1.96
"""Half the width of a 95 % band, in standard errors."""


@dataclass(frozen=True, eq=False)
class UnknownCurve:
    """An unknown function of a form, fitted as a curve.

    Attributes:
        name: its name in the form.
        at: arguments; value: the function's values there; error: their standard errors.
        notes: one sentence for each quantity that was fixed because the form doesn't determine it.

    Shape:
        at: (points, arguments); value, error: (points,)

    Example:
        >>> import numpy as np, edgewise as ew
        >>> at, value, error = np.array([[0.0], [1.0]]), np.array([2.0, 3.0]), np.array([0.1, 0.2])
        >>> curve = ew.discovery.UnknownCurve("F", at, value, error, notes=())
        >>> curve.low.round(1).tolist(), curve.high.round(1).tolist()
        ([1.8, 2.6], [2.2, 3.4])
    """

    name: str
    at: Array
    value: Array
    error: Array
    notes: tuple[str, ...]

    @property
    def low(self) -> Array:
        """The lower end of the 95 % band."""
        return self.value - BAND * self.error

    @property
    def high(self) -> Array:
        """The upper end of the 95 % band."""
        return self.value + BAND * self.error

    def __repr__(self) -> str:
        ranges = zip(self.at.min(0), self.at.max(0), strict=True)
        told = " and ".join(f"{low:.4g} to {high:.4g}" for low, high in ranges)
        width = f"{float(np.median(self.high - self.low)):.2g}"
        return f"<UnknownCurve {self.name}: arguments {told}, 95 % band of width {width}>"

    def table(self) -> pd.DataFrame:
        """Arguments, values and bands as a DataFrame."""
        import pandas as pd

        names = ["u"] if self.at.shape[1] == 1 else [f"u{k}" for k in range(self.at.shape[1])]
        columns = {name: self.at[:, k] for k, name in enumerate(names)}
        return pd.DataFrame({**columns, self.name: self.value, "low": self.low, "high": self.high})


def list_curves(fitted: FittedForm | None) -> dict[str, UnknownCurve]:
    """The unknown functions of a form by their names; none without a form."""
    found: dict[str, UnknownCurve] = {}
    if fitted is None:
        return found
    for k, unknown in enumerate(fitted.template.unknowns):
        arguments = fitted.arguments(k)
        if arguments.shape[1] == 1:
            at = np.linspace(arguments.min(), arguments.max(), POINTS)[:, None]
        else:
            at = arguments[pick_evenly(len(arguments), POINTS)]
        value, error = fitted.curve(k, at)
        found[unknown.name] = UnknownCurve(unknown.name, at, value, error, fitted.notes)
    return found


def pick_arguments(arguments: Array, most: int) -> Array:
    """Points spread like the rows; (points, arguments)"""
    if arguments.shape[1] == 1:
        shares = np.linspace(0, 1, min(most, len(arguments)))
        return np.unique(np.quantile(arguments[:, 0], shares))[:, None]
    return np.asarray(arguments[pick_evenly(len(arguments), most)])
