"""Find a formula for a curve: sums, products, ratios and compositions of one variable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import measure_scatter, pick_evenly, weighted_variance
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression
from edgewise.formula.library import Library
from edgewise.search.budget import Budget
from edgewise.search.explore import explore
from edgewise.search.one_function import FACTORS, OUTER, fit_one_function
from edgewise.search.search import Effort
from edgewise.search.search_schedule import Level

QUICK = (
    Level(500, 0, 6, Effort(3, 16, 300, 4, 60, 0), Effort(2, 12, 100, 2), 0, 4, price=4),
    Level(1200, 1000, 6, Effort(3, 24, 600, 8), Effort(2, 12, 200, 3), 4, 6, price=15),
)
POINTS = 200
SMOOTH = 0.25
"""If the errors scatter by less than this fraction, most of them are those of the fitted curve."""
LEAST_FLOOR, LEAST_SHARE = 1e-13, 1e-6
"""Least FVU of a curve, and the least square of a slope, as a fraction of the mean, at a row that
tells something of it."""


@dataclass(frozen=True, eq=False)
class CurveRows:
    """The values that a curve within a formula of y has to take so that y is met.

    Unlike a fitted curve they have the noise of y, which formulas mustn't follow.

    Attributes:
        floor: the FVU that errors of y and of the rest of the formula cause.

    Shape:
        y, weight: (rows,)
    """

    y: Array
    weight: Array
    floor: float

    @classmethod
    def of(
        cls,
        value: Array,
        slope: Array,
        missed: Array,
        weight: Array,
        error: float,
        t: Array | None = None,
    ) -> CurveRows:
        """The rows of a curve, to first order.

        Args:
            value: of the curve.
            slope: the derivative of y by the curve. Rows where it is 0 get no weight.
            missed: the residuals of y.
            weight: of the rows.
            error: the mean square of the residuals that no other curve would remove.
            t: the argument of the curve, if it is the only one that was fitted: residuals that are
                a smooth function of t are its own, and no errors of its rows.
        """
        size = float(np.abs(slope).max()) or 1.0
        square = np.square(slope / size)
        tells = square > LEAST_SHARE * square.mean()
        missed = np.where(tells, missed, 0.0) / np.where(tells, slope, 1.0)
        y, w = value + missed, np.where(tells, weight * square, 0.0)
        if not w.any():
            return cls(y, w, 1.0)
        spread = weighted_variance(y, w) * w.mean() / weight.mean()
        floor = error / size / size / max(spread, 1e-300)
        if t is not None:
            scatter = float(measure_scatter(t, missed, w)) / w.mean() / weighted_variance(y, w)
            floor = scatter if scatter < SMOOTH * floor else floor
        return cls(y, w / w.mean(), max(floor, LEAST_FLOOR))

    def name(
        self,
        t: Array,
        library: Library,
        budget: Budget,
        *,
        reach: float = 16.0,
        keep: int = 4,
        beside: Sequence[Expression] = (),
    ) -> list[Fit]:
        """The best formulas of the curve of t as functions of x_0: see :func:`name_curve`."""
        order = np.argsort(t)
        order = order[self.weight[order] > 0]
        if not len(order):
            return []
        return name_curve(
            t[order],
            self.y[order],
            self.weight[order],
            library=library,
            reach=reach,
            floor=self.floor,
            budget=budget,
            keep=keep,
            beside=beside,
        )


def name_curve(
    t: Array,
    y: Array,
    weight: Array | None,
    *,
    library: Library,
    reach: float,
    floor: float,
    budget: Budget,
    keep: int = 4,
    beside: Sequence[Expression] = (),
) -> list[Fit]:
    """The best formulas of x_0 for a curve given as points, the shortest description first.

    Args:
        t, y, weight: points of the curve and their weights.
        library, reach: as in :func:`edgewise.symbolic.regress`.
        floor: the error of the curve itself, as a fraction of its variance.
        budget: the limit of the search, which ends earlier if a formula reaches the floor.
        keep: the number of candidates to return.
        beside: formulas of x_0 a multiple of which may be a term of the curve.

    Shape:
        t, y, weight: (points,)
    """
    some = pick_evenly(len(t), POINTS)
    if weight is not None:
        weight = weight[some] / weight[some].mean()
    data = Data(t[some, None], y[some], weight, floor)
    if np.ptp(data.y) <= 1e-14 * np.abs(data.y).max():
        return []
    stages = (
        partial(explore, levels=()),  # ratios of polynomials
        partial(fit_one_function, factors=FACTORS, links=OUTER, beside=beside),
        partial(explore, levels=QUICK, rounds=4),
    )
    found: dict[str, Fit] = {}
    for propose in stages:
        fits = list(propose(data, library, budget, reach=reach))
        found |= {fit.tree.key: fit for fit in fits}
        if any(data.is_exact(fit) for fit in fits):
            break
    return _drop_doubles(sorted(found.values(), key=lambda f: f.length))[:keep]


def _drop_doubles(fits: list[Fit]) -> list[Fit]:
    """Of formulas with the same errors, which are spellings of one, the first."""
    kept: dict[str, Fit] = {}
    for fit in fits:
        kept.setdefault(f"{fit.fvu:.6e}", fit)
    return list(kept.values())
