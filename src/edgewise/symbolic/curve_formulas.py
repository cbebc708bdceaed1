"""Find a formula for a curve: sums, products, ratios and compositions of one variable."""

from __future__ import annotations

import numpy as np

from edgewise._arrays import Array
from edgewise.data.rows import pick_evenly
from edgewise.formula.data import Data, Fit
from edgewise.formula.library import LIBRARY, Library
from edgewise.search.budget import Budget
from edgewise.search.explore import explore
from edgewise.search.search import Effort
from edgewise.search.search_schedule import Level

QUICK = (
    Level(500, 0, 6, Effort(3, 16, 300, 4, 60, 0), Effort(2, 12, 100, 2), 0, 4, price=4),
    Level(1200, 1000, 6, Effort(3, 24, 600, 8), Effort(2, 12, 200, 3), 4, 6, price=15),
)
POINTS = 200


def name_curve(
    t: Array,
    y: Array,
    weight: Array | None = None,
    *,
    library: Library = LIBRARY,
    reach: float = 16.0,
    floor: float = 1e-20,
    budget: Budget,
    keep: int = 4,
) -> list[Fit]:
    """The best formulas of x_0 for a curve given as points, the shortest description first.

    Args:
        t, y, weight: points of the curve and their weights.
        library, reach: as in :func:`edgewise.symbolic.regress`.
        floor: the error of the curve itself, as a fraction of its variance.
        budget: the limit of the search, which ends earlier if a formula reaches the floor.
        keep: the number of candidates to return.

    Shape:
        t, y, weight: (points,)
    """
    x = np.asarray(t, dtype=np.float64)[:, None]
    some = pick_evenly(len(x), POINTS)
    x, y = x[some], y[some]
    weight = None if weight is None else weight[some]
    if weight is not None:
        weight = weight / weight.mean()
    data = Data(x, np.asarray(y, dtype=np.float64), weight, floor)
    if np.ptp(data.y) <= 1e-14 * np.abs(data.y).max():
        return []
    found: dict[str, Fit] = {}
    for fit in explore(data, library, budget, reach=reach, levels=QUICK, rounds=4):
        found[fit.tree.key] = fit
    return sorted(found.values(), key=lambda f: f.length)[:keep]
