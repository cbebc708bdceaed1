"""How well survival is predicted: concordance, Brier scores, calibration, Kaplan-Meier curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.survival import Lives

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
    for start in range(0, len(events), ROWS_AT_ONCE):
        some = events[start : start + ROWS_AT_ONCE]
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
    area = np.sum((scores[1:] + scores[:-1]) / 2 * np.diff(times))
    return float(area / (times[-1] - times[0]))
