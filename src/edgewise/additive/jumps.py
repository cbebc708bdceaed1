"""Jumps of a number's effect, as those of a tariff at an age."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.curves import CLOSEST, Curve, make_bare

WINDOWS = (8, 16, 32, 64)
"""The mean residuals of rows on both sides of a cut are compared: of 1/8 of all rows to 1/64."""
LEAST_ROWS, LEAST_WEIGHT = 5, 1.0
"""The least weight of the rows below a cut and above it, and of the working response in a window:
of a rare class, about the number of its rows. Where less is expected a single row is a jump."""
PLACES = 2 * max(WINDOWS)
"""About as many cuts of a column have windows with hardly a row in common."""
CLEAR, CLEAR_OF_PAIRS = 4.0, 10.0
"""Squared differences in standard errors must exceed the largest of as many by chance by this. With
4 some tables have a cut by chance, which its ridge shrinks and folds judge. Cuts of pairs bring
products with all functions of the other column, so they must be clearer."""
LEAST_NOISE = 1e-5
"""Where the residuals' variance is below this, in units of y's or of what the loss expects, they
aren't noise but what splines miss of smooth curves."""
MOST_CUTS = 12
"""The most jumps of a column."""
SOME_CUTS, NEARLY = 200, 0.5
"""If at this number of places no jump is clear by this fraction, none is elsewhere: the windows are
some times as wide as the distance between them."""


def find_cuts(
    x: Array,
    residual: Array,
    working: Array,
    weight: Array,
    columns: int,
    clear: float,
    cells: NDArray[np.intp] | None,
) -> list[tuple[float, float]]:
    """Cuts of a column, at which residuals jump: the neighbouring values below and above each.

    With the sums of weights W and the means r of the residuals on both sides of a cut, a jump
    d = r_2 - r_1 of variance v = φ (1 / W_1 + 1 / W_2) is clear in one of p columns if

    .. math:: d^2 / v > 2 L + c, \\qquad L = \\log(128 p).

    In cells of another column there may be a jump d_k each. Then what counts is how they differ:

    .. math:: \\sum_k \\frac{d_k^2}{v_k} - \\frac{(\\sum_k d_k / v_k)^2}{\\sum_k 1 / v_k}
              > f + 2 \\sqrt{f L} + 2 L + c

    for f cells less two. Of cuts within each other's windows the clearest one counts.

    Args:
        x: (rows,), with NaN for missing values.
        residual, working: residuals and weights of the working response, (rows, outputs).
        weight: of the rows.
        columns: the number of columns in which cuts are looked for.
        clear: c, such as :data:`CLEAR`.
        cells: of another column, (rows,).

    Source: Laurent and Massart, *Adaptive estimation of a quadratic functional* (2000), lemma 1.
    """
    known = ~np.isnan(x)
    values, place = np.unique(x[known], return_inverse=True)
    noise = (working * residual**2).sum(0) / weight.sum()
    if len(values) < 2 or noise.max() < LEAST_NOISE:
        return []
    codes = np.zeros(len(place), dtype=np.intp) if cells is None else cells[known]
    rows = np.cumsum(np.bincount(place, weight[known]), dtype=np.float64)
    mass, moment = (
        _add_up(place, codes, each[known], len(values)) for each in (working, working * residual)
    )
    many, further = np.log(PLACES * columns * len(noise)), max(mass.shape[1] - 2, 0)
    least = further + 2 * np.sqrt(further * many) + 2 * many + clear
    places = np.arange(1, len(values))
    places = places[np.minimum(rows[:-1], rows[-1] - rows[:-1]) >= LEAST_ROWS]
    some = places[:: max(len(places) // SOME_CUTS, 1)]
    if not (_find_jumps(some, rows, mass, moment, noise)[0] > NEARLY * least).any():
        return []
    return _pick(values, places, *_find_jumps(places, rows, mass, moment, noise), least)


def _find_jumps(
    cuts: NDArray[np.intp], rows: Array, mass: Array, moment: Array, noise: Array
) -> tuple[Array, NDArray[np.intp], NDArray[np.intp]]:
    """How clear each jump is, and the first value and the one after the last of its window.

    Args:
        cuts: the values above each cut.
        rows: the rows up to each value.
        mass, moment: sums of weights and of weighted residuals below each value, (values + 1,
            cells, outputs).
    """
    clear, first, last = np.zeros(len(cuts)), cuts - 1, cuts + 1
    for share in WINDOWS:
        low = np.searchsorted(rows, rows[cuts - 1] - rows[-1] / share)
        low = np.minimum(low, cuts - 1)
        high = np.minimum(np.searchsorted(rows, rows[cuts - 1] + rows[-1] / share) + 1, len(rows))
        below, above = mass[cuts] - mass[low], mass[high] - mass[cuts]
        with np.errstate(all="ignore"):
            jump = (moment[high] - moment[cuts]) / above - (moment[cuts] - moment[low]) / below
            sure = 1 / (noise * (1 / below + 1 / above))
        is_known = np.minimum(below, above) >= LEAST_WEIGHT
        jump, sure = np.where(is_known, jump, 0.0), np.where(is_known, sure, 0.0)
        found = (jump**2 * sure).sum(1)
        if mass.shape[1] > 1:
            with np.errstate(all="ignore"):
                found -= np.nan_to_num((jump * sure).sum(1) ** 2 / sure.sum(1))
        found = found.max(1)
        better = found > clear
        clear[better] = found[better]
        first[better], last[better] = low[better], high[better]
    return clear, first, last


def _add_up(place: NDArray[np.intp], codes: NDArray[np.intp], amounts: Array, values: int) -> Array:
    """The sums of amounts below each value, from 0, (values + 1, cells, outputs)."""
    cells = int(codes.max()) + 1
    index = place * cells + codes
    sums = np.stack([np.bincount(index, column, values * cells) for column in amounts.T], 1)
    sums = sums.reshape(values, cells, -1)
    return np.concatenate([np.zeros_like(sums[:1]), np.cumsum(sums, 0)])


def _pick(
    values: Array,
    cuts: NDArray[np.intp],
    clear: Array,
    first: NDArray[np.intp],
    last: NDArray[np.intp],
    least: float,
) -> list[tuple[float, float]]:
    """The clearest cuts, none within the window of a clearer one."""
    found: list[int] = []
    for k in np.argsort(-clear, kind="stable"):
        if clear[k] < least or len(found) == MOST_CUTS:
            break
        if not any(first[j] <= cuts[k] <= last[j] for j in found):
            found.append(int(k))
    return [(float(values[cuts[k] - 1]), float(values[cuts[k]])) for k in sorted(found)]


def make_jumps(
    curve: Curve, x: Array, weight: Array, cuts: list[tuple[float, float]]
) -> Curve | None:
    """A curve with a jump at each cut beside a column's smooth one; None if no cut is between its
    ends, or values on both sides of one are too close.

    It is a polygon with two knots between the values on both sides of each cut, and its design
    columns are 0 up to the first knot and 1 from the second on. One ridge penalises all jumps.

    Args:
        curve: the smooth one, whose coordinate and ends it has.
        x, weight: the rows.
    """
    low, high = curve.ends
    sides = curve.axis.forward(np.array(cuts))
    below, above = sides[(sides >= low).all(1) & (sides <= high).all(1)].T
    starts, ends = below + (above - below) / 4, above - (above - below) / 4
    places = np.r_[low, np.stack([starts, ends], 1).ravel(), high]
    if not len(below) or not (np.diff(places) > CLOSEST * (high - low)).all():
        return None
    known = ~np.isnan(x)
    knots = np.r_[low, places, high]
    polygon = make_bare(curve.columns[0], curve.axis, knots, 1, curve.reach)
    share = weight[known] / weight[known].sum()
    means = np.asarray(polygon.splines(polygon.coordinate(x[known])).T @ share)
    jumps = (places[:, None] >= ends).astype(np.float64)
    return replace(polygon, groups=(np.arange(len(below)),), means=means, transform=jumps)
