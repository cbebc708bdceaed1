"""The unknown functions of a given form, as a result has them: curves with bands of error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from edgewise.discovery.unknown_functions import Fitted, spread_points

if TYPE_CHECKING:
    import pandas as pd

Array = NDArray[np.float64]

POINTS = 101
BAND = 1.96
"""Standard errors on either side: 95 % of normal errors."""


@dataclass(frozen=True, eq=False)
class UnknownCurve:
    """An unknown function of a form, found as a curve.

    Attributes:
        name: as in the form.
        at: arguments; value: of the function there; error: its standard error.
        notes: what was fixed because the form doesn't determine it, a sentence each.

    Shape:
        at: (points, arguments); value, error: (points,)
    """

    name: str
    at: Array
    value: Array
    error: Array
    notes: tuple[str, ...]

    @property
    def low(self) -> Array:
        """The lower end of the band that holds 95 % of the function's values."""
        return self.value - BAND * self.error

    @property
    def high(self) -> Array:
        """The upper end of that band."""
        return self.value + BAND * self.error

    def table(self) -> pd.DataFrame:
        """Arguments, values and bands as a DataFrame."""
        import pandas as pd

        names = ["u"] if self.at.shape[1] == 1 else [f"u{k}" for k in range(self.at.shape[1])]
        columns = {name: self.at[:, k] for k, name in enumerate(names)}
        return pd.DataFrame({**columns, self.name: self.value, "low": self.low, "high": self.high})


def list_curves(fitted: Fitted | None) -> dict[str, UnknownCurve]:
    """The unknown functions of a form by their names; none without a form."""
    found: dict[str, UnknownCurve] = {}
    if fitted is None:
        return found
    for k, unknown in enumerate(fitted.template.unknowns):
        arguments = fitted.arguments(k)
        at = spread_points(arguments, POINTS)
        if arguments.shape[1] == 1:
            at = np.linspace(arguments.min(), arguments.max(), POINTS)[:, None]
        value, error = fitted.curve(k, at)
        found[unknown.name] = UnknownCurve(unknown.name, at, value, error, fitted.notes)
    return found
