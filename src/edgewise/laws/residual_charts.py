"""Charts of a formula's residuals: against its predictions and against each input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.charts.card import Drawn
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Bars, Line, Mark, Rules, count_values, error_bars, scatter
from edgewise.charts.numbers import write_unit
from edgewise.charts.scales import choose_scale
from edgewise.charts.style import BLACK, ORANGE
from edgewise.data.rows import pick_evenly
from edgewise.laws.chi_square import ChiSquare

MOST_POINTS = 800
"""Most rows that are drawn."""
MOST_BARS = 200
"""Most points that get error bars; more of them would overlap."""
MOST_INPUTS = 12
"""Most inputs against which residuals are drawn."""


@dataclass(frozen=True)
class PredictedRows:
    """Observed values, and a formula's predictions at the same rows.

    Attributes:
        observed, predicted: (rows,), finite.
        undefined: the number of rows at which the formula has no finite value.
        sigma: standard deviations of the observed values if they were given or differ, else None.
        outlying: whether each row is an outlier of small weight.
        inputs: the columns by their names, with units; each (rows,).
    """

    observed: Array
    predicted: Array
    undefined: int
    sigma: Array | None = None
    outlying: NDArray[np.bool_] | None = None
    inputs: Mapping[str, Array] = field(default_factory=dict)

    @property
    def residuals(self) -> Array:
        """Observed minus predicted."""
        return self.observed - self.predicted

    @property
    def sigma_differs(self) -> bool:
        """Whether the standard deviation isn't the same in all rows."""
        return self.sigma is not None and not np.allclose(self.sigma, self.sigma[:1], atol=0)

    @property
    def standardised(self) -> Array:
        """Residuals over their standard deviations; the plain residuals if these aren't known."""
        return self.residuals if self.sigma is None else self.residuals / self.sigma

    def some(self) -> PredictedRows:
        """At most MOST_POINTS rows, evenly spaced, among them those with the largest residuals."""
        count = len(self.observed)
        if count <= MOST_POINTS:
            return self
        far = np.argsort(np.abs(self.residuals))[-MOST_POINTS // 10 :]
        return self.take(np.union1d(pick_evenly(count, MOST_POINTS - len(far)), far))

    def take(self, kept: NDArray[np.int64] | NDArray[np.bool_]) -> PredictedRows:
        """These rows alone."""
        return PredictedRows(
            self.observed[kept],
            self.predicted[kept],
            self.undefined,
            None if self.sigma is None else self.sigma[kept],
            None if self.outlying is None else self.outlying[kept],
            {name: column[kept] for name, column in self.inputs.items()},
        )


def draw_observed(rows: PredictedRows, name: str) -> Chart:
    """Predicted against observed values, with the diagonal on which both are equal."""
    shown = rows.some()
    x, y = shown.predicted, shown.observed
    every = np.concatenate([x, y])
    scale = choose_scale(every)
    ends = np.array([every.min(), every.max()])
    marks = [Line(ends, ends, width=0.8, colour=BLACK, alpha=0.55), *_measured(shown, x, y)]
    return Chart(marks, Axis("predicted", scale), Axis(f"observed {name}", scale), grid="both")


def draw_residuals(rows: PredictedRows, unit: str = "", name: str | None = None) -> Chart:
    """Residuals against an input, or against predictions; noise is a cloud without shape.

    Args:
        name: of the input; None for predictions.
    """
    shown = rows.some()
    x = shown.predicted if name is None else shown.inputs[name]
    marks = [draw_zero(), *_measured(shown, x, shown.residuals)]
    axis = Axis("predicted" if name is None else name, choose_scale(x))
    return Chart(marks, axis, Axis(add_unit("observed − predicted", unit)))


def draw_histogram(rows: PredictedRows, unit: str) -> Chart:
    """The histogram of the residuals of all rows.

    Where σ differs between rows, each residual is divided by its σ: raw ones mix the errors of
    precise and of imprecise rows.
    """
    label = add_unit("observed − predicted", unit)
    if rows.sigma_differs:
        label = "(observed − predicted) / σ of the row"
    bars = count_values(rows.standardised if rows.sigma_differs else rows.residuals, alpha=0.75)
    return Chart([bars, draw_zero(upright=True)], Axis(label), count_rows(bars))


def describe_residuals(
    rows: PredictedRows, chi2: ChiSquare | None, unit: str = ""
) -> dict[str, Any]:
    """What pages show of residuals: χ², the "whole" of them, and those against "each" input."""
    names = [name for name, column in rows.inputs.items() if np.ptp(column) > 0]
    return {
        "chi2": "" if chi2 is None else str(chi2),
        "whole": [
            Drawn("Residuals against predictions", draw_residuals(rows, unit)),
            Drawn("How large residuals are", draw_histogram(rows, unit)),
        ],
        "each": [
            Drawn(f"Residuals against {name}", draw_residuals(rows, unit, name))
            for name in names[:MOST_INPUTS]
        ],
        "more": max(0, len(names) - MOST_INPUTS),
    }


def add_unit(name: str, unit: str | None) -> str:
    """A name with its unit in brackets, if there is one."""
    return f"{name} ({write_unit(unit)})" if unit else name


def draw_zero(at: float = 0.0, *, upright: bool = False) -> Rules:
    """A line at 0 or at another value."""
    return Rules([at], upright, colour=BLACK, alpha=0.55)


def count_rows(*bars: Bars) -> Axis:
    """The upright axis of histograms."""
    return Axis("rows", ends=(0.0, 1.06 * max(float(each.top.max()) for each in bars)))


def _measured(rows: PredictedRows, x: Array, y: Array) -> list[Mark]:
    """Points with their error bars; outliers in another colour."""
    marks: list[Mark] = []
    if rows.sigma is not None and len(x) <= MOST_BARS:
        marks.append(error_bars(x, y - rows.sigma, y + rows.sigma, 0.8, alpha=0.4))
    far = np.zeros(len(x), dtype=np.bool_) if rows.outlying is None else rows.outlying
    marks.append(_cloud(x[~far], y[~far]))
    if far.any():
        marks.append(scatter(x[far], y[far], 4.5, colour=ORANGE, alpha=0.9))
    return marks


def _cloud(x: Array, y: Array) -> Line:
    size = 4.5 if len(x) <= 200 else 3.5
    return scatter(x, y, size, alpha=0.8 if len(x) <= 60 else 0.45)
