"""How well survival is predicted: concordance, Brier scores, calibration, Kaplan-Meier curves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import trapezoid

from edgewise.additive.columns import Array
from edgewise.additive.survival import Lives
from edgewise.data.rows import cut

ROWS_AT_ONCE = 500


@dataclass(frozen=True, eq=False)
class StepCurve:
    """Kaplan and Meier's estimate: the probability of no event up to a time.

    Attributes:
        times, values: it is ``values[k]`` from ``times[k]`` on, and 1 before the first.
        errors: standard errors of the values, by Greenwood's formula.
    """

    times: Array
    values: Array
    errors: Array

    def at(self, times: Array, before: bool = False) -> Array:
        """The curve at some times, or just before them."""
        place = np.searchsorted(self.times, times, side="left" if before else "right")
        return np.r_[1.0, self.values][place]


@dataclass(frozen=True, eq=False)
class StepFunction:
    """A function of time that is known at some times, as scikit-survival gives it.

    Attributes:
        x, y: the times, and its values there.
    """

    x: Array
    y: Array

    def __call__(self, times: Any) -> Array:
        """The value at the last known time that isn't later."""
        place = np.searchsorted(self.x, np.asarray(times, dtype=np.float64), side="right") - 1
        if np.any(place < 0) or np.any(np.asarray(times) > self.x[-1]):
            raise ValueError(
                f"expected times from {self.x[0]:.6g} to {self.x[-1]:.6g}, got {times!r:.80}"
            )
        return np.asarray(self.y[place])


def list_functions(times: Array, values: Array) -> NDArray[Any]:
    """A function of time for each row of values, (rows,)."""
    functions = np.empty(len(values), dtype=object)
    functions[:] = [StepFunction(times, row) for row in values]
    return functions


def estimate_survival(lives: Lives) -> StepCurve:
    """Kaplan and Meier's estimate for rows that enter and leave at any time."""
    times = np.unique(lives.time[lives.event > 0])
    order, entries = np.argsort(lives.time), np.argsort(lives.entry)
    left = np.r_[0.0, np.cumsum(lives.weight[order])]
    entered = np.r_[0.0, np.cumsum(lives.weight[entries])]
    risk = entered[np.searchsorted(lives.entry[entries], times, side="left")]
    risk = risk - left[np.searchsorted(lives.time[order], times, side="left")]
    place = np.searchsorted(times, lives.time)
    seen = lives.event > 0
    events = np.bincount(place[seen], lives.weight[seen], len(times))
    values = np.cumprod(np.maximum(1 - events / risk, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(np.nan_to_num(events / (risk * (risk - events)), posinf=0.0))
    return StepCurve(times, values, values * np.sqrt(spread))


def measure_concordance(lives: Lives, risk: Array) -> float:
    """Harrell's C: the share of comparable pairs in which the earlier event has the higher risk.

    A pair is comparable if one row has its event while the other is at risk; equal risks count one
    half.

    Raises:
        ValueError: if no pair is comparable.
    """
    right = total = 0.0
    events = np.flatnonzero(lives.event > 0)
    for part in cut(len(events), ROWS_AT_ONCE):
        some = events[part]
        time, own = lives.time[some, None], risk[some, None]
        later = (lives.time > time) | ((lives.time == time) & (lives.event == 0))
        pairs = (later & (lives.entry < time)) * lives.weight * lives.weight[some, None]
        total += float(pairs.sum())
        right += float((pairs * ((own > risk) + 0.5 * (own == risk))).sum())
    if not total:
        raise ValueError("expected two rows one of which has its event while the other is at risk")
    return right / total


def measure_brier(lives: Lives, survival: Array, times: Array) -> Array:
    """Brier's score at each time, weighted by the inverse probability of being uncensored.

    Args:
        survival: predicted, (rows, times).

    Source: Graf et al., *Assessment and comparison of prognostic classification schemes for
    survival data* (1999).
    """
    censoring = estimate_survival(Lives(1.0 - lives.event, lives.entry, lives.time, lives.weight))
    own = np.maximum(censoring.at(lives.time, before=True), 1e-9)[:, None]
    dead = (lives.time[:, None] <= times) & (lives.event[:, None] > 0)
    alive = lives.time[:, None] > times
    each = np.square(survival) * dead / own
    each += np.square(1 - survival) * alive / np.maximum(censoring.at(times), 1e-9)
    return lives.weight @ each / lives.weight.sum()


def choose_times(events: Array) -> Array:
    """Fifty times over which Brier's score is integrated: the middle 80 % of events."""
    low, high = np.quantile(events, [0.1, 0.9])
    return np.linspace(low, high, 50)


def integrate_brier(lives: Lives, survival: Array, times: Array) -> float:
    """The mean of Brier's score over time, by trapezoids."""
    scores = measure_brier(lives, survival, times)
    return float(trapezoid(scores, times) / (times[-1] - times[0]))


def measure_calibration(lives: Lives, share: Array, time: float, groups: int) -> list[list[float]]:
    """The mean of predicted shares of events until a time, what Kaplan and Meier's curve says, the
    ends of its 95 % interval and the number of rows, for groups of rising predictions."""
    rows = []
    for some in np.array_split(np.argsort(share, kind="stable"), min(groups, len(share))):
        observed = estimate_survival(lives.take(some))
        value = 1 - float(observed.at(np.array([time]))[0])
        error = np.r_[0.0, observed.errors][np.searchsorted(observed.times, time, side="right")]
        ends = np.clip([value - 1.96 * error, value + 1.96 * error], 0, 1)
        rows.append([float(share[some].mean()), value, *ends, len(some)])
    return rows
