"""Profile likelihood: intervals of one parameter, with all others refitted at each value."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq

from edgewise._arrays import Array
from edgewise.formula.scaling import scale_columns
from edgewise.laws.solve import SINGULAR, DescentResult, solve

FARTHEST, NEAREST = 50, 1e-5
"""Most steps of the search for the end of an interval, and its shortest one, in units of the way.
Steps grow, and are halved where the curve isn't defined."""
EVALUATIONS = 60
STEPS = 24
"""Most trials of a walk to one value, where the curve isn't defined on the straight way there."""


@dataclass(frozen=True, eq=False)
class Profile:
    """The profile likelihood of a parameter.

    Attributes:
        name: the parameter.
        values: values of the parameter.
        root: the signed root of the likelihood ratio at each value. If the formula is linear in its
            parameters, this is the distance from the estimate in standard errors.
        others: all refitted parameters at each value.

    Shape:
        values, root: (points,); others: (points, parameters)

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t = np.linspace(0, 5, 9)
        >>> y = 3 * np.exp(-0.7 * t) + 0.01 * np.cos(40 * t)
        >>> fitted = ew.fit_formula("a*exp(-k*t)", {"t": t, "y": y}, target="y")
        >>> profile = fitted.profile("k", points=5)
        >>> profile.name, profile.values.shape, bool((np.diff(profile.root) > 0).all())
        ('k', (5,), True)
    """

    name: str
    values: Array
    root: Array
    others: Array


class _Walk:
    """Fits with one parameter fixed, each started from the result of the last one."""

    def __init__(self, best: DescentResult, place: int, scale: float) -> None:
        self.best, self.place, self.scale = best, place, scale
        self.last = best

    @property
    def theta(self) -> Array:
        """The parameters of the last fit."""
        return self.last.theta

    def root(self, value: float) -> float:
        """The root of the increase in the sum of squares, in units of the variance.

        Where the curve isn't defined at the predicted parameters, such as a negative mean of
        counts, the walk goes to the value in shorter steps.
        """
        next_value = value
        for _ in range(STEPS):
            start = self._predict(next_value)
            if not math.isfinite(self.best.rows.cost(start)):
                next_value = (self.theta[self.place] + next_value) / 2
                continue
            found = solve(self.best.rows, start, held=(self.place,), most=EVALUATIONS, near=True)
            self.last = found
            if next_value == value:
                rise = max(found.cost - self.best.cost, 0.0)
                return math.sqrt(rise / self.scale) if self.scale > 0 else math.inf if rise else 0.0
            next_value = value
        return math.inf

    def _predict(self, value: float) -> Array:
        """The last parameters, moved along the tangent of the profile to a value of the fixed one.

        Reference: Bates & Watts, *Nonlinear Regression Analysis* (1988), A3.5.
        """
        start, move = self.theta.copy(), value - self.theta[self.place]
        slopes, size = scale_columns(self.last.jacobian)
        own = np.arange(len(start)) != self.place
        if np.isfinite(size).all() and own.any():
            solved = np.linalg.lstsq(
                slopes[:, own], slopes[:, self.place] * size[self.place], rcond=SINGULAR
            )[0]
            start[own] -= move * solved / size[own]
        start[self.place] = value
        rows = self.best.rows
        return np.clip(start, rows.lower, rows.upper)


@np.errstate(all="ignore")
def trace_profile(
    best: DescentResult,
    place: int,
    step: float,
    scale: float,
    points: int,
    reach: float,
) -> Profile:
    """The profile over the values at which the signed root is between -reach and reach."""
    ends = [
        find_interval(best, place, side * step, scale, reach, cut=reach * 4 * step)
        for side in (-1, 1)
    ]
    values = np.linspace(ends[0], ends[1], points)
    roots, others = np.zeros(points), np.zeros((points, len(best.theta)))
    for side in (-1, 1):
        walk = _Walk(best, place, scale)
        order = np.argsort(side * (values - best.theta[place]))
        for k in order[side * (values[order] - best.theta[place]) >= 0]:
            roots[k] = side * walk.root(float(values[k]))
            others[k] = walk.theta
    return Profile(best.rows.curve.parameters[place], values, roots, others)


@np.errstate(all="ignore")
def find_interval(
    best: DescentResult,
    place: int,
    step: float,
    scale: float,
    limit: float,
    cut: float = math.inf,
) -> float:
    """The value, in the step's direction, at which the root of the likelihood ratio meets a limit.

    Args:
        cut: the largest distance to search; a parameter's bound ends the search, too.

    Returns:
        The value; infinite if the limit isn't reached.
    """
    walk = _Walk(best, place, scale)
    centre = float(best.theta[place])
    end = float((best.rows.upper if step > 0 else best.rows.lower)[place])
    side = math.copysign(1.0, step)
    room = min(abs(end - centre), cut)
    inside = {0.0: best}  # the fits at distances within the interval

    @cache
    def root(distance: float) -> float:
        """The root at a distance; each walk begins at the nearest fit inside of the interval."""
        walk.last = inside[max(known for known in inside if known < distance)]
        found = walk.root(centre + side * distance)
        if found < limit:
            inside[distance] = walk.last
        return found

    def above(distance: float) -> float:
        return min(root(distance), 10 * limit + 10) - limit if distance else -limit

    inner, length = 0.0, abs(step) * limit
    for _ in range(FARTHEST):
        outer = min(inner + length, room)
        if limit <= root(outer) < math.inf:
            inner = max(inside)
            return centre + side * float(brentq(above, inner, outer, xtol=1e-5 * outer, disp=False))
        if math.isinf(root(outer)):
            if length <= NEAREST * outer:
                return centre + side * inner
            length /= 2
        elif outer >= room:
            return centre + side * room
        else:
            inner, length = outer, min(0.7 * outer, 2 * length)
    return side * math.inf
