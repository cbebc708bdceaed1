"""The numbers that a report's charts show: rows, residuals, partial dependence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.charts.scales import LOG, choose_scale
from edgewise.data.rows import pick_evenly
from edgewise.discovery.findings import Findings
from edgewise.discovery.formula import Formula
from edgewise.laws.residual_charts import PredictedRows, add_unit

BACKGROUND = 200
"""Most rows that a partial dependence averages over."""
CURVE_POINTS = 81


def compare_rows(discovery: Findings) -> PredictedRows:
    """Observed values and predictions at the rows that the discovery used."""
    predicted = np.asarray(discovery.winner.predict(discovery.x), dtype=np.float64)
    with np.errstate(all="ignore"):
        finite = np.isfinite(predicted - discovery.y)
    noise, outlying = discovery.noise, np.zeros(len(discovery.y), dtype=np.bool_)
    outlying[discovery.outliers] = True
    sigma = None if noise is None or noise.kind == "constant" else noise.sigma[finite]
    inputs = {
        add_unit(name, discovery.units.get(name)): discovery.x[finite, k]
        for k, name in enumerate(discovery.input_names)
        if name in discovery.columns
    }
    undefined = int((~finite).sum())
    return PredictedRows(
        discovery.y[finite], predicted[finite], undefined, sigma, outlying[finite], inputs
    )


@dataclass(frozen=True)
class Dependence:
    """The partial dependence of the winner on one input.

    Attributes:
        at: values of the input, over its range in the data.
        mean: the formula's mean over rows of the data in which the input is set to `at`.
        low, high: the 10 % and 90 % quantiles over these rows.
        rug: values of the input in the data.
        undefined: the fraction of (row, value) pairs at which the formula has no finite value.
    """

    at: Array
    mean: Array
    low: Array
    high: Array
    rug: Array
    undefined: float


def trace_curve(formula: Formula, x: Array, index: int) -> Dependence:
    """The partial dependence of a formula on one input.

    Source:
        Friedman, Greedy function approximation: a gradient boosting machine (2001), §8.2.

    Shape:
        x: (rows, in)
    """
    values = x[:, index]
    at = _spread(float(values.min()), float(values.max()))
    background = x[pick_evenly(len(x), BACKGROUND)]
    rows = np.tile(background, (len(at), 1))
    rows[:, index] = np.repeat(at, len(background))
    z = np.asarray(formula.predict(rows), dtype=np.float64).reshape(len(at), len(background))
    finite = np.isfinite(z)
    mean, low, high = (np.full(len(at), np.nan) for _ in range(3))
    for k, row in enumerate(z):
        if finite[k].any():
            kept = row[finite[k]]
            size = float(np.abs(kept).max()) or 1.0  # so that a sum of huge numbers can't overflow
            mean[k] = float(np.mean(kept / size)) * size
            low[k], high[k] = np.quantile(kept / size, [0.1, 0.9]) * size
    rug = np.sort(values)[pick_evenly(len(values), BACKGROUND)]
    return Dependence(at, mean, low, high, rug, float(1 - finite.mean()))


def _spread(low: float, high: float) -> Array:
    """Values from low to high; logarithmically spaced if they span many decades."""
    if choose_scale([low, high]) is LOG:
        between = np.geomspace(low, high, CURVE_POINTS)
    else:  # halve first, because the difference of two huge numbers may overflow
        t = np.linspace(0, 1, CURVE_POINTS)
        between = low * (1 - t) + high * t
    return np.clip(between, low, high)
