"""The numbers behind the charts of a report, before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from edgewise.charts.scales import LOG, choose_scale
from edgewise.discovery.formula import Formula
from edgewise.discovery.noise import NoiseEstimate
from edgewise.discovery.replicates import LackOfFit
from edgewise.formula.verdict import Verdict
from edgewise.search.subsample import pick_evenly

Array = NDArray[np.float64]

MOST_POINTS = 800
"""Rows that are drawn, at most."""
BACKGROUND = 200
"""Rows that a partial dependence averages over."""
CURVE_POINTS = 81


class Reported(Protocol):
    """What a report shows: see :class:`.result.Discovery`, which is one."""

    @property
    def front(self) -> Sequence[Formula]: ...
    @property
    def winner(self) -> Formula: ...
    @property
    def verdict(self) -> Verdict: ...
    @property
    def reason(self) -> str: ...
    @property
    def alternatives(self) -> Sequence[Formula]: ...
    @property
    def baseline(self) -> float: ...
    @property
    def seconds(self) -> float: ...
    @property
    def evaluations(self) -> int: ...
    @property
    def input_names(self) -> list[str]: ...
    @property
    def output_name(self) -> str: ...
    @property
    def accuracy(self) -> float | None: ...
    @property
    def classes(self) -> tuple[Any, Any] | None: ...
    @property
    def x(self) -> Array: ...
    @property
    def y(self) -> Array: ...
    @property
    def noise(self) -> NoiseEstimate | None: ...
    @property
    def lack_of_fit(self) -> LackOfFit | None: ...
    @property
    def outliers(self) -> NDArray[np.int64]: ...
    @property
    def units(self) -> Mapping[str, str]: ...
    @property
    def output_unit(self) -> str | None: ...
    @property
    def model(self) -> Any: ...
    def predict(self, x: Any) -> Array: ...


@dataclass(frozen=True)
class Rows:
    """What was observed, and what the winner gives at the same rows.

    Attributes:
        observed, predicted: (rows,), finite.
        undefined: of how many rows the formula has no finite value.
        sigma: standard deviations of what was observed, where they are given or differ; else None.
        outlying: which rows hardly count.
    """

    observed: Array
    predicted: Array
    undefined: int
    sigma: Array | None = None
    outlying: NDArray[np.bool_] | None = None

    @property
    def residuals(self) -> Array:
        """Observed minus predicted."""
        return self.observed - self.predicted

    def some(self) -> Rows:
        """At most MOST_POINTS of the rows, evenly over their order, the farthest off among them."""
        count = len(self.observed)
        if count <= MOST_POINTS:
            return self
        far = np.argsort(np.abs(self.residuals))[-MOST_POINTS // 10 :]
        keep = np.union1d(pick_evenly(count, MOST_POINTS - len(far)), far)
        sigma = None if self.sigma is None else self.sigma[keep]
        outlying = None if self.outlying is None else self.outlying[keep]
        return Rows(self.observed[keep], self.predicted[keep], self.undefined, sigma, outlying)


def compare_rows(discovery: Reported) -> Rows:
    """Observed and predicted at the rows that the discovery used."""
    predicted = np.asarray(discovery.predict(discovery.x), dtype=np.float64)
    with np.errstate(all="ignore"):
        finite = np.isfinite(predicted - discovery.y)
    noise, outlying = discovery.noise, np.zeros(len(discovery.y), dtype=np.bool_)
    outlying[discovery.outliers] = True
    sigma = None if noise is None or noise.kind == "constant" else noise.sigma[finite]
    undefined = int((~finite).sum())
    return Rows(discovery.y[finite], predicted[finite], undefined, sigma, outlying[finite])


@dataclass(frozen=True)
class Curve:
    """How the winner depends on one input, the others left as they are.

    Attributes:
        at: values of the input, over its range in the data.
        mean: of the formula over rows of the data in which the input is set to `at`.
        low, high: between them are eight of ten of these rows.
        rug: values that the data has.
        undefined: the share of (row, value) pairs at which the formula has no finite value.
    """

    at: Array
    mean: Array
    low: Array
    high: Array
    rug: Array
    undefined: float


def trace_curve(formula: Formula, x: Array, index: int) -> Curve:
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
            size = float(np.abs(kept).max()) or 1.0  # sums of huge numbers would overflow
            mean[k] = float(np.mean(kept / size)) * size
            low[k], high[k] = np.quantile(kept / size, [0.1, 0.9]) * size
    rug = np.sort(values)[pick_evenly(len(values), BACKGROUND)]
    return Curve(at, mean, low, high, rug, float(1 - finite.mean()))


def _spread(low: float, high: float) -> Array:
    """Values from low to high, as many in each decade where there are many decades."""
    if choose_scale([low, high]) is LOG:
        between = np.geomspace(low, high, CURVE_POINTS)
    else:  # halves first: the difference of two huge numbers would overflow
        t = np.linspace(0, 1, CURVE_POINTS)
        between = low * (1 - t) + high * t
    return np.clip(between, low, high)
