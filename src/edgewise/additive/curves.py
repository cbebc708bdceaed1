"""Curves of numbers: B-splines in coordinates in which the penalty of roughness is the identity.

A curve has two groups: its straight line, and its bends, which are scaled so that one ridge
penalises rougher ones more.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.interpolate import BSpline, PPoly

from edgewise.additive import terms
from edgewise.additive.columns import Array, Columns, find_size
from edgewise.additive.terms import Term
from edgewise.charts.scales import Scale
from edgewise.data.rows import weighted_variance

HEAVY_TAILS, FARTHEST = 6.0, 1e6
"""A column with a larger kurtosis than the first, or with values farther away than the second, in
interquartile ranges, is transformed by asinh, which shortens its tails."""
LOPSIDED, MANY_VALUES = 0.5, 20
"""If their skewness is still larger than the first, and they are as many as the second, values with
heavy tails that are never negative may get another asinh, around 0."""
UNITS = (0.01, 0.1, 0.25, 0.5)
"""Quantiles that may be its unit, if they aren't 0."""
CLOSEST = 1e-12
"""The least distance of two knots, as a fraction of that of the ends."""
BEYOND = 0.1
"""Beyond the data a curve is linear for this fraction of their range, then constant."""
FEW_OUTPUTS = 8
"""From this number of outputs on, one sparse matrix of B-spline values is quicker."""


@dataclass(frozen=True, eq=False)
class Curve(Term):
    """A smooth function of one number: B-splines on knots at its quantiles.

    It is 0 where the value is missing; :class:`Missing` has the effect of that.

    Attributes:
        centre, scale, tame: u = (x - centre) / scale, or asinh of that if ``tame``.
        knots, degree: the knots and degree of the B-splines in u. A column of few different values
            has its knots there and degree 1: the curve is piecewise linear.
        means: the means of the B-splines over the rows of the fit, (splines,).
        transform: the spline coefficients of each design column, (splines, width).
        reach: the length of the linear continuation beyond the data, relative to their range.
        shared: whether it is a straight line that shares one ridge with the other lines.
        data: the least and greatest u of the data; None if these are the first and last knots.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    centre: float
    scale: float
    tame: bool
    knots: Array
    degree: int
    means: Array
    transform: Array
    reach: float = BEYOND
    shared: bool = False
    data: tuple[float, float] | None = None

    def coordinate(self, x: Array) -> Array:
        """u of x; 0 for missing values."""
        return self.axis.forward(np.where(np.isnan(x), self.centre, x))

    @property
    def axis(self) -> Scale:
        """The map from x to u."""
        return Scale(self.centre, self.scale, self.tame)

    @property
    def ends(self) -> tuple[float, float]:
        """The least and the greatest u of the data, beyond which it isn't curved."""
        return self.data or (float(self.knots[0]), float(self.knots[-1]))

    @property
    def places(self) -> Array:
        """The ends and the knots between them."""
        low, high = self.ends
        inner = self.knots[(self.knots > low) & (self.knots < high)]
        return np.r_[low, np.unique(inner), high]

    def limit(self, x: Array, weight: Array, tail: float = 0.0) -> Curve:
        """The curve for some rows: it ends with their data, or with the last of its knots.

        Knots leave out rows of nearly no weight. A cyclic curve has no ends.

        Args:
            x, weight: the values of its column in these rows, and the rows' weights, (rows,).
            tail: the share of the rows at either end that don't move it far: the curve ends at most
                a tenth of the others' range beyond them, unless it goes on as a line without limit.
        """
        known = ~np.isnan(x)
        if self.reach == 0 or not known.any():
            return self
        u = np.clip(self.coordinate(x[known]), *self.ends)
        ends = float(u.min()), float(u.max())
        if tail and np.isfinite(self.reach):
            low, high = find_quantiles(u, weight[known], np.array([tail, 1 - tail]))
            slack = BEYOND * (high - low)
            if slack > 0:
                ends = max(ends[0], float(low - slack)), min(ends[1], float(high + slack))
        return replace(self, data=ends)

    def splines(self, u: Array) -> Any:
        """The values of the B-splines, a sparse matrix (rows, splines)."""
        return BSpline.design_matrix(np.clip(u, *self.ends), self.knots, self.degree)

    def design(self, columns: Columns) -> Array:
        return self.multiply(columns, self.transform)

    def spreads(self, design: Array, weight: Array) -> Array:
        """Bends have the less, the rougher they are."""
        return np.average(np.square(design), axis=0, weights=weight)

    def weights(self, coef: Array) -> Array:
        return self.transform @ coef

    def multiply(self, columns: Columns, weights: Array, ends: Array | None = None) -> Array:
        """Its effect at the rows of a table, (rows, outputs).

        Args:
            ends: those of each row between its own, (rows, 2); None has these.
        """
        x = columns[self.columns[0]]
        u = self.coordinate(x)
        low, high = self.ends if ends is None else ends.T
        inside = np.clip(u, low, high)
        if weights.shape[1] < FEW_OUTPUTS:
            values = BSpline(self.knots, weights, self.degree)(inside)
        else:
            values = np.asarray(self.splines(inside) @ weights)
        values = values - self.means @ weights
        reach = self.reach * (high - low)
        outside = np.clip(u - inside, -reach, reach)
        beyond = np.flatnonzero(outside)
        if len(beyond):
            at, place = np.unique(inside[beyond], return_inverse=True)
            slopes = self.slopes(at) @ weights
            values[beyond] += outside[beyond, None] * slopes[place]
        values[np.isnan(x)] = 0.0
        return values

    def pieces(self, weights: Array) -> PPoly:
        """The polynomials between its knots, in u, for weights (splines,)."""
        return PPoly.from_spline(BSpline(self.knots, weights, self.degree))

    def slopes(self, at: Array) -> Array:
        """The derivatives of the B-splines at some u, (places, splines)."""
        curves = BSpline(self.knots, np.eye(len(self.means)), self.degree)
        return np.asarray(curves.derivative()(at))


def make_curve(
    column: int,
    x: Array,
    weight: Array,
    most_knots: int,
    *,
    straight: bool = False,
    natural: bool = False,
    cycle: tuple[float, float] | None = None,
) -> Curve | None:
    """A curve for the values of a column, or None if they are all the same or missing.

    Args:
        most_knots: 2 make a straight line.
        straight: don't transform the column, and continue the curve as a line without limit, as a
            curve that is convex everywhere has to be.
        natural: also make the second derivative 0 at the ends and round the knots to few digits:
            a natural spline, which is a short formula.
        cycle: the ends of a cycle, where the curve and its first two derivatives agree (the
            values, if it is piecewise linear). It is constant beyond.
    """
    known, weight = x[~np.isnan(x)], weight[~np.isnan(x)]
    different = np.unique(known)
    if len(different) < 2:
        return None
    centre, scale, tame = measure_column(known, weight)
    straight = straight or natural
    tame = tame and not straight and cycle is None
    if tame:
        centre, scale = balance_tails(known, weight, centre, scale)
    u = Scale(centre, scale, tame).forward(different)
    if not np.isfinite(u).all() or np.diff(u).min() <= 0:
        return None
    degree = 3 if len(different) > 4 and most_knots > 2 else 1
    places = np.interp(known, different, u)
    if degree == 1:
        # Where each row has a value of its own, a polygon goes through all, and they tell a line.
        is_polygon = most_knots > 2 and max(len(known), weight.sum()) > len(different)
        inner = u if is_polygon else u[[0, -1]]
    else:
        inner = _thin(_place_knots(places, weight, u, most_knots))
    if cycle is not None:
        inner = _thin(np.unique(np.r_[inner, Scale(centre, scale).forward(np.array(cycle))]))
    elif natural:
        inner = np.unique(np.round(centre + scale * inner, count_digits(scale)) - centre) / scale
    knots = np.r_[[inner[0]] * degree, inner, [inner[-1]] * degree]
    bare = make_bare(column, Scale(centre, scale, tame), knots, degree)
    splines = bare.splines(bare.coordinate(known))
    share = weight / weight.sum()
    means = np.asarray(splines.T @ share)
    gram = (splines.T @ splines.multiply(share[:, None])).toarray() - np.outer(means, means)
    rough = _roughness(knots, degree)
    rules = _bind_ends(bare, len(means), natural, cycle is not None)
    if len(rules):
        free = linalg.null_space(rules)
        transform, groups = split_by_roughness(free.T @ gram @ free, free.T @ rough @ free)
        transform = free @ transform
    else:
        transform, groups = split_by_roughness(gram, rough)
    reach = 0.0 if cycle is not None else np.inf if straight else BEYOND
    return replace(bare, groups=groups, means=means, transform=transform, reach=reach)


def make_bare(column: int, axis: Scale, knots: Array, degree: int, reach: float = BEYOND) -> Curve:
    """A curve with these knots, without design columns."""
    place = axis.centre, axis.width, axis.tame
    nothing = np.zeros(0), np.zeros((0, 0))
    return Curve((column,), (), *place, knots, degree, *nothing, reach)


def set_values(curve: Curve, weights: Array) -> Curve:
    """The curve with one design column, of these spline coefficients."""
    means = np.zeros(len(weights))
    return replace(curve, groups=(np.arange(1),), means=means, transform=weights[:, None])


def _bind_ends(curve: Curve, splines: int, natural: bool, cyclic: bool) -> Array:
    """The linear constraints on spline coefficients that its end conditions impose."""
    spline = BSpline(curve.knots, np.eye(splines), curve.degree)
    if cyclic:
        start, end = (
            np.stack([spline.derivative(n)(at) if n else spline(at) for n in range(curve.degree)])
            for at in curve.ends
        )
        return np.asarray(start - end)
    if natural and curve.degree == 3:
        return np.asarray(spline.derivative(2)(np.array(curve.ends)))
    return np.zeros((0, splines))


def count_digits(scale: float) -> int:
    """The number of decimals that show a column of this spread to three digits."""
    return int(np.clip(2 - np.floor(np.log10(scale)), -300, 300))


def measure_column(known: Array, weight: Array) -> tuple[float, float, bool]:
    """The median and the interquartile range of a column, and whether its tails are heavy."""
    size = find_size(known)
    known = known / size
    low, centre, high = find_quantiles(known, weight, np.array([0.25, 0.5, 0.75]))
    mean = np.average(known, weights=weight)
    deviation = weighted_variance(known, weight) ** 0.5
    scale = float(high - low) or deviation or 1.0
    heights = np.minimum(np.abs(known - mean) / (deviation or 1.0), 1e70)
    fourth = np.average(heights**4, weights=weight)
    far = np.abs(known - centre).max() > FARTHEST * scale
    return float(centre) * size, scale * size or size, bool(fourth > HEAVY_TAILS or far)


def balance_tails(known: Array, weight: Array, centre: float, scale: float) -> tuple[float, float]:
    """Centre and scale of the asinh on which values with heavy tails lie most symmetrically.

    Beside those given there is asinh(x / w) of values that are never negative, w one of their
    quantiles. With a small w it is the logarithm, which suits incomes, densities and amounts.
    """
    different, place = np.unique(known, return_inverse=True)
    own = centre, scale

    def measure(choice: tuple[float, float]) -> float:
        u = Scale(*choice, True).forward(different)
        is_clear = np.isfinite(u).all() and np.diff(u).min() > 0
        return abs(measure_skewness(u[place], weight)) if is_clear else np.inf

    if known.min() < 0 or len(different) < MANY_VALUES or measure(own) < LOPSIDED:
        return own
    widths = find_quantiles(known, weight, np.array(UNITS))
    return min([own, *((0.0, float(width)) for width in widths if width > 0)], key=measure)


def measure_skewness(values: Array, weight: Array) -> float:
    """The mean third power of values about their mean, in standard deviations."""
    distance = values - np.average(values, weights=weight)
    spread = np.average(distance**2, weights=weight) ** 0.5
    return float(np.average((distance / (spread or 1.0)) ** 3, weights=weight))


def find_quantiles(values: Array, weight: Array, shares: Array) -> Array:
    """Weighted quantiles: the least values with at least given fractions of the weight below."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order])
    places = np.searchsorted(below, shares * below[-1] * (1 - 1e-12))
    return np.asarray(values[order][np.minimum(places, len(values) - 1)])


def _place_knots(u: Array, weight: Array, different: Array, most: int) -> Array:
    """Knots at the ends and the quantiles; where many values are equal, of the different ones."""
    count = max(3, min(most, len(different) - 2))
    knots = np.unique(find_quantiles(u, weight, np.linspace(0, 1, count)))
    return knots if len(knots) > 3 else np.unique(np.quantile(different, np.linspace(0, 1, count)))


def _thin(knots: Array) -> Array:
    """Knots without those that are too close to the one before, whose splines would overflow."""
    least = CLOSEST * (knots[-1] - knots[0])
    if np.diff(knots).min() > least:
        return knots
    kept = [knots[0]]
    for knot in knots[1:-1]:
        if min(knot - kept[-1], knots[-1] - knot) > least:
            kept.append(knot)
    return np.array([*kept, knots[-1]])


def _roughness(knots: Array, degree: int) -> Array:
    """The integral of the squared second derivative, or of the slope of a polygon."""
    order = 2 if degree == 3 else 1
    count = len(knots) - degree - 1
    derivative = BSpline(knots, np.eye(count), degree).derivative(order)
    places = np.unique(knots)
    nodes, weights = np.polynomial.legendre.leggauss(3)
    half, middle = np.diff(places) / 2, (places[:-1] + places[1:]) / 2
    points = (middle[:, None] + half[:, None] * nodes).ravel()
    values = derivative(points)
    return np.asarray(values.T @ (np.outer(half, weights).ravel()[:, None] * values))


# Pickles of version 0.1.0 look for it there.
vars(terms)["Curve"] = Curve


def split_by_roughness(gram: Array, rough: Array) -> tuple[Array, tuple[NDArray[np.intp], ...]]:
    """Coordinates of variance 1 in which the penalty is diagonal, and two groups of them.

    The first group has no roughness. The others, the bends, are divided by the root of theirs, so
    that one ridge penalises them all.
    """
    sizes, axes = linalg.eigh(gram)
    large = sizes > 1e-10 * sizes[-1]
    whiten = axes[:, large] / np.sqrt(sizes[large])
    bends, turn = linalg.eigh(whiten.T @ rough @ whiten)
    transform = whiten @ turn
    bent = bends > 1e-8 * max(bends[-1], 1e-300)
    if bent.any():
        transform[:, bent] /= np.sqrt(bends[bent] / np.median(bends[bent]))
    # B-splines add up to 1: without the constant one dimension less is left (``large``).
    groups = [np.flatnonzero(~bent), np.flatnonzero(bent)]
    return transform, tuple(group for group in groups if len(group))
