"""Jumps of a number's effect, as those of a tariff at an age."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.curves import CLOSEST, Curve

WINDOWS = (8, 16, 32, 64)
"""The mean residuals of rows on both sides of a cut are compared: of 1/8 of all rows to 1/64."""
LEAST_ROWS = 5
"""The least weight of the rows below a cut and above it."""
CLEAR = 4.0
"""Squared differences in standard errors must exceed the largest of as many by chance, 2 log of
their number, by this."""
LEAST_NOISE = 1e-5
"""Where the residuals' variance is below this, in units of y's or of what the loss expects, they
aren't noise but what splines miss of smooth curves."""
MOST_CUTS = 12
"""The most jumps of a column."""


def find_cuts(
    x: Array, residual: Array, working: Array, weight: Array, columns: int
) -> list[tuple[float, float]]:
    """Cuts of a column, at which residuals jump: the neighbouring values below and above each.

    With the sums of weights W and the means r of the residuals on both sides of a cut, a jump
    is clear if

    .. math:: (r_2 - r_1)^2 > φ (1 / W_1 + 1 / W_2) (2 \\log(n p) + 4)

    for n rows and p columns. Of cuts within each other's windows the clearest one counts.

    Args:
        x: (rows,), with NaN for missing values.
        residual, working: residuals and weights of the working response, (rows, outputs).
        weight: of the rows.
        columns: the number of columns in which cuts are looked for.
    """
    known = ~np.isnan(x)
    values, place = np.unique(x[known], return_inverse=True)
    if len(values) < 2:
        return []
    rows = np.cumsum(np.bincount(place, weight[known]))
    mass, moment = (_add_up(place, each[known]) for each in (working, working * residual))
    noise = (working * residual**2).sum(0) / weight.sum()
    if noise.max() < LEAST_NOISE:
        return []
    cuts = np.arange(1, len(values))
    clear = np.zeros(len(cuts))
    first, last = cuts - 1, cuts + 1
    for share in WINDOWS:
        low = np.searchsorted(rows, rows[cuts - 1] - rows[-1] / share)
        low = np.minimum(low, cuts - 1)
        high = np.minimum(np.searchsorted(rows, rows[cuts - 1] + rows[-1] / share) + 1, len(values))
        below, above = mass[cuts] - mass[low], mass[high] - mass[cuts]
        with np.errstate(all="ignore"):
            jump = (moment[high] - moment[cuts]) / above - (moment[cuts] - moment[low]) / below
            found = np.nan_to_num(jump**2 / (noise * (1 / below + 1 / above))).max(1)
        better = found > clear
        clear[better] = found[better]
        first[better], last[better] = low[better], high[better]
    clear[np.minimum(rows[:-1], rows[-1] - rows[:-1]) < LEAST_ROWS] = 0.0
    return _pick(values, clear, first, last, 2 * np.log(rows[-1] * columns * len(noise)) + CLEAR)


def _add_up(place: NDArray[np.intp], amounts: Array) -> Array:
    """The sums of amounts up to each value, from 0, (values + 1, outputs)."""
    sums = np.stack([np.bincount(place, column) for column in amounts.T], 1)
    return np.concatenate([np.zeros((1, sums.shape[1])), np.cumsum(sums, 0)])


def _pick(
    values: Array, clear: Array, first: NDArray[np.intp], last: NDArray[np.intp], least: float
) -> list[tuple[float, float]]:
    """The clearest cuts, none within the window of a clearer one."""
    found: list[int] = []
    for k in np.argsort(-clear, kind="stable"):
        if clear[k] < least or len(found) == MOST_CUTS:
            break
        if not any(first[j] <= k + 1 <= last[j] for j in found):
            found.append(int(k))
    return [(float(values[k]), float(values[k + 1])) for k in sorted(found)]


def make_jumps(
    curve: Curve, x: Array, weight: Array, cuts: list[tuple[float, float]]
) -> Curve | None:
    """A curve with a jump at each cut beside a column's smooth one; None if values on both sides
    of a cut are too close.

    It is a polygon with two knots between the values on both sides of each cut, and its design
    columns are 0 up to the first knot and 1 from the second on. One ridge penalises all jumps.

    Args:
        curve: the smooth one, whose coordinate and ends it has.
        x, weight: the rows.
    """
    low, high = curve.ends
    below, above = curve.axis.forward(np.array(cuts)).T
    starts, ends = below + (above - below) / 4, above - (above - below) / 4
    places = np.r_[low, np.stack([starts, ends], 1).ravel(), high]
    if not (np.diff(places) > CLOSEST * (high - low)).all():
        return None
    known = ~np.isnan(x)
    knots = np.r_[low, places, high]
    axis = curve.centre, curve.scale, curve.tame
    polygon = Curve(curve.columns, (), *axis, knots, 1, np.zeros(0), np.zeros((0, 0)))
    share = weight[known] / weight[known].sum()
    means = np.asarray(polygon.splines(polygon.coordinate(x[known])).T @ share)
    jumps = (places[:, None] >= ends).astype(np.float64)
    groups = (np.arange(len(cuts)),)
    return Curve(curve.columns, groups, *axis, knots, 1, means, jumps, curve.reach)
