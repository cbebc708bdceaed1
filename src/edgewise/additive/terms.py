"""The terms of an additive model: curves of numbers, values of levels, surfaces of pairs.

Every term turns columns of the table into columns of a design matrix, which have mean 0, and groups
those that one ridge penalises. The coordinates are chosen so that the penalty is the identity. A
curve has two groups: its straight line, and its bends, which are scaled so that one ridge
penalises rougher ones more.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.interpolate import BSpline

from edgewise.additive.columns import Array, Columns, find_size, label_numbers
from edgewise.charts.scales import Scale

HEAVY_TAILS, FARTHEST = 6.0, 1e6
"""A column with a larger kurtosis than the first, or with values farther away than the second, in
interquartile ranges, is transformed by asinh, which shortens its tails."""
CLOSEST = 1e-12
"""The least distance of two knots, as a fraction of that of the ends."""
BEYOND = 0.1
"""Beyond the data a curve is linear for this fraction of their range, then constant."""
FEW_OUTPUTS = 8
"""From this number of outputs on, one sparse matrix of B-spline values is quicker."""
MOST_LEVELS = 100_000
"""Only the most frequent levels of a category get values of their own."""
LEVELS_OF_A_PAIR = 15
"""In a surface only the most frequent levels of a category have values of their own."""
MOST_PRODUCTS = 400
"""A group of a surface with more products than this is left out."""


TINIEST = 1e-30
"""Above a thousand million times this, logarithms of exposures are exact."""


class Term(ABC):
    """One summand of a model.

    Attributes:
        columns: positions of the one or two columns of the table that it depends on.
        groups: positions of the design columns that one ridge penalises, for each ridge.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]

    @property
    def width(self) -> int:
        """The number of its design columns."""
        return sum(len(group) for group in self.groups)

    @abstractmethod
    def design(self, columns: Columns) -> Array:
        """The design matrix at the rows of a table, (rows, width)."""

    def offset(self, columns: Columns) -> Array | float:
        """The part of its effect that has no coefficients, (rows, 1)."""
        return 0.0

    def weights(self, coef: Array) -> Array:
        """What :meth:`multiply` needs instead of the coefficients (width, outputs)."""
        return coef

    def multiply(self, columns: Columns, weights: Array) -> Array:
        """Its effect at the rows of a table, (rows, outputs)."""
        return self.design(columns) @ weights

    def gather(self, columns: Columns, amounts: Array) -> Array:
        """The transposed design matrix times amounts of the rows, (width, outputs)."""
        return np.asarray(self.design(columns).T @ amounts)


@dataclass(frozen=True, eq=False)
class Curve(Term):
    """A smooth function of one number: B-splines on knots at its quantiles.

    It is 0 where the value is missing; :class:`Missing` has the effect of that.

    Attributes:
        centre, scale, tame: u = (x - centre) / scale, and asinh of that if ``tame``.
        knots, degree: of the B-splines in u. A column of few different values has its knots there
            and degree 1: the curve is a polygon.
        means: of the B-splines over the rows of the fit, (splines,).
        transform: the spline coefficients of each design column, (splines, width).
        reach: how far the curve is linear beyond its data, as a fraction of their range.
        shared: whether it is a straight line that has one ridge with all others of these.
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

    def coordinate(self, x: Array) -> Array:
        """u of x; 0 for missing values."""
        return self.axis.forward(np.where(np.isnan(x), self.centre, x))

    @property
    def axis(self) -> Scale:
        """The map from x to u."""
        return Scale(self.centre, self.scale, self.tame)

    @property
    def ends(self) -> tuple[float, float]:
        """The first and the last knot: the least and the greatest u of the data."""
        return float(self.knots[0]), float(self.knots[-1])

    def splines(self, u: Array) -> Any:
        """The values of the B-splines, a sparse matrix (rows, splines)."""
        return BSpline.design_matrix(np.clip(u, *self.ends), self.knots, self.degree)

    def design(self, columns: Columns) -> Array:
        return self.multiply(columns, self.transform)

    def weights(self, coef: Array) -> Array:
        return self.transform @ coef

    def multiply(self, columns: Columns, weights: Array) -> Array:
        x = columns[self.columns[0]]
        u = self.coordinate(x)
        low, high = self.ends
        if weights.shape[1] < FEW_OUTPUTS:
            values = BSpline(self.knots, weights, self.degree)(np.clip(u, low, high))
        else:
            values = np.asarray(self.splines(u) @ weights)
        values = values - self.means @ weights
        reach = self.reach * (high - low)
        outside = np.clip(u - np.clip(u, low, high), -reach, reach)
        beyond = np.flatnonzero(outside)
        if len(beyond):
            slopes = self.slopes() @ weights
            side = (outside[beyond] > 0).astype(int)
            values[beyond] += outside[beyond, None] * slopes[side]
        values[np.isnan(x)] = 0.0
        return values

    def slopes(self) -> Array:
        """The derivatives of the B-splines at both ends, (2, splines)."""
        curves = BSpline(self.knots, np.eye(len(self.means)), self.degree)
        inside = np.nextafter(self.ends[1], -np.inf)
        return np.asarray(curves.derivative()(np.array([self.ends[0], inside])))


@dataclass(frozen=True, eq=False)
class Levels(Term):
    """A value for each level of a category, shrunk more for levels of fewer rows.

    A level that was not in the fit has the effect 0, the mean of all rows.

    Attributes:
        names: of the levels; None for a missing value.
        shares: the fraction of the rows that each level has.
        ordered: how many of the first levels have an order. Then it is the steps between
            neighbours that are shrunk.
        transform: the value of each level for each design column, (levels, width); None is one of
            the other, as where no level has an order.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    names: tuple[str | None, ...]
    shares: Array
    ordered: int = 0
    transform: Array | None = None

    def codes(self, values: NDArray[Any]) -> NDArray[np.intp]:
        """The position of each row's level, or -1."""
        return find_codes(values, self.names)

    def design(self, columns: Columns) -> Array:
        return self.expand(self.codes(columns[self.columns[0]]))

    def expand(self, codes: NDArray[np.intp]) -> Array:
        """The design matrix of rows with these codes."""
        seen = codes >= 0
        matrix = np.zeros((len(codes), len(self.names)))
        matrix[np.flatnonzero(seen), codes[seen]] = 1.0
        matrix[seen] -= self.shares
        return matrix if self.transform is None else np.asarray(matrix @ self.transform)

    def weights(self, coef: Array) -> Array:
        return coef if self.transform is None else np.asarray(self.transform @ coef)

    def multiply(self, columns: Columns, weights: Array) -> Array:
        codes = self.codes(columns[self.columns[0]])
        values = weights[codes] - self.shares @ weights
        values[codes < 0] = 0.0
        return np.asarray(values)

    def gather(self, columns: Columns, amounts: Array) -> Array:
        codes = self.codes(columns[self.columns[0]])
        seen = codes >= 0
        total = np.zeros((len(self.names), amounts.shape[1]))
        np.add.at(total, codes[seen], amounts[seen])
        total -= np.outer(self.shares, amounts[seen].sum(0))
        return total if self.transform is None else np.asarray(self.transform.T @ total)

    def take_common(self, most: int) -> Levels:
        """Those of the most frequent levels; all of such that have an order."""
        if self.transform is not None:
            return self
        return replace(
            self,
            groups=(np.arange(min(most, len(self.names))),),
            names=self.names[:most],
            shares=self.shares[:most],
        )


@dataclass(frozen=True, eq=False)
class Missing(Term):
    """The effect of a number being missing.

    Attributes:
        share: the fraction of the rows in which it is.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    share: float

    def design(self, columns: Columns) -> Array:
        missing = np.isnan(columns[self.columns[0]])
        return (missing[:, None] - self.share) / np.sqrt(self.share * (1 - self.share))


@dataclass(frozen=True, eq=False)
class Offset(Term):
    """A known part of the sum of effects: a column, or its logarithm, as it is.

    Attributes:
        is_exposure: whether it is the logarithm, so that the mean is proportional to the column
            where effects multiply.
        factor: on it, 1 over the unit of the sum.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    is_exposure: bool
    factor: float = 1.0

    @property
    def name(self) -> str:
        """What the column is called where it is none of the table."""
        return "exposure" if self.is_exposure else "offset"

    @property
    def axis(self) -> Scale:
        """The map from the column to the offset, up to :attr:`shift`."""
        return Scale(0.0, TINIEST, True) if self.is_exposure else Scale()

    @property
    def shift(self) -> float:
        """What is added: asinh(x / w) + log(w / 2) is log(x) to the last bit if x / w is large."""
        return float(np.log(TINIEST / 2)) if self.is_exposure else 0.0

    def design(self, columns: Columns) -> Array:
        return np.zeros((len(columns[0]), 0))

    def offset(self, columns: Columns) -> Array | float:
        values = columns[self.columns[0]].astype(np.float64)[:, None]
        return self.factor * (self.axis.forward(values) + self.shift)

    def multiply(self, columns: Columns, weights: Array) -> Array:
        return np.repeat(self.offset(columns), weights.shape[1], axis=1)


@dataclass(frozen=True, eq=False)
class Surface(Term):
    """A function of two columns: products of the design columns of two smaller terms.

    Line times line, line times bends and so on are groups with a ridge each.

    Attributes:
        sides: the two terms.
        products: (width, 2), the design columns of both sides that are multiplied.
        means: of the products over the rows of the fit, (width,).
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    sides: tuple[Term, Term]
    products: NDArray[np.intp]
    means: Array

    def design(self, columns: Columns) -> Array:
        left, right = (side.design(columns) for side in self.sides)
        return left[:, self.products[:, 0]] * right[:, self.products[:, 1]] - self.means

    def factors(self, weights: Array) -> Iterator[list[tuple[Term, Array]]]:
        """Both factors of each of the fewest products that add up to the surface and its mean.

        With the weights as a matrix W = Σ_r s_r u_r v_rᵀ, its singular values, factor r of the
        first side is √s_r Σ_a u_ra f_a(x), and of the second √s_r Σ_b v_rb g_b(y).

        Args:
            weights: (width,).
        """
        left, right = self.sides
        core = np.zeros((left.width, right.width))
        np.add.at(core, tuple(self.products.T), weights)
        u, sizes, v = np.linalg.svd(core, full_matrices=False)
        for r in np.flatnonzero(sizes > np.finfo(float).eps * max(core.shape) * sizes[0]):
            root = np.sqrt(sizes[r])
            pairs = (left, u[:, r]), (right, v[r])
            yield [(side, side.weights(root * each[:, None])) for side, each in pairs]


def find_codes(values: NDArray[Any], names: Sequence[str | None]) -> NDArray[np.intp]:
    """The position of each value among names; -1 where it is none of them."""
    if values.dtype != object:  # levels of whole numbers
        values = label_numbers(values)
    place = {name: i for i, name in enumerate(names)}
    return np.fromiter(map(place.get, values, repeat(-1)), dtype=np.intp, count=len(values))


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
        straight: don't transform the column, and continue the curve as a line without limit, as
            one that is convex everywhere must.
        natural: also make the second derivative 0 at the ends and round the knots to few digits:
            a natural spline, which is a short formula.
        cycle: where numbers that go round begin and end: there the curve and its first two
            derivatives are the same (of a polygon the values). It is constant beyond.
    """
    known, weight = x[~np.isnan(x)], weight[~np.isnan(x)]
    different = np.unique(known)
    if len(different) < 2:
        return None
    centre, scale, tame = measure_column(known, weight)
    straight = straight or natural
    tame = tame and not straight and cycle is None
    u = Scale(centre, scale, tame).forward(different)
    if not np.isfinite(u).all() or np.diff(u).min() <= 0:
        return None
    degree = 3 if len(different) > 4 and most_knots > 2 else 1
    places = np.interp(known, different, u)
    if degree == 1:
        inner = u if most_knots > 2 else u[[0, -1]]
    else:
        inner = _thin(_place_knots(places, weight, u, most_knots))
    if cycle is not None:
        inner = _thin(np.unique(np.r_[inner, Scale(centre, scale).forward(np.array(cycle))]))
    elif natural:
        inner = np.unique(np.round(centre + scale * inner, count_digits(scale)) - centre) / scale
    knots = np.r_[[inner[0]] * degree, inner, [inner[-1]] * degree]
    bare = Curve((column,), (), centre, scale, tame, knots, degree, np.zeros(0), np.zeros((0, 0)))
    splines = bare.splines(bare.coordinate(known))
    share = weight / weight.sum()
    means = np.asarray(splines.T @ share)
    gram = (splines.T @ splines.multiply(share[:, None])).toarray() - np.outer(means, means)
    rough = _roughness(knots, degree)
    rules = _bind_ends(bare, len(means), natural, cycle is not None)
    if len(rules):
        free = linalg.null_space(rules)
        transform, groups = _split_by_roughness(free.T @ gram @ free, free.T @ rough @ free)
        transform = free @ transform
    else:
        transform, groups = _split_by_roughness(gram, rough)
    reach = 0.0 if cycle is not None else np.inf if straight else BEYOND
    return Curve((column,), groups, centre, scale, tame, knots, degree, means, transform, reach)


def _bind_ends(curve: Curve, splines: int, natural: bool, cyclic: bool) -> Array:
    """What is 0 of the coefficients of a curve's splines because of how it ends."""
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
    """Decimals that tell a column of this spread to three digits."""
    return int(np.clip(2 - np.floor(np.log10(scale)), -300, 300))


def measure_column(known: Array, weight: Array) -> tuple[float, float, bool]:
    """The median and the interquartile range of a column, and whether its tails are heavy."""
    size = find_size(known)
    known = known / size
    low, centre, high = find_quantiles(known, weight, np.array([0.25, 0.5, 0.75]))
    mean = np.average(known, weights=weight)
    deviation = float(np.sqrt(np.average((known - mean) ** 2, weights=weight)))
    scale = float(high - low) or deviation or 1.0
    heights = np.minimum(np.abs(known - mean) / (deviation or 1.0), 1e70)
    fourth = np.average(heights**4, weights=weight)
    far = np.abs(known - centre).max() > FARTHEST * scale
    return float(centre) * size, scale * size or size, bool(fourth > HEAVY_TAILS or far)


def find_quantiles(values: Array, weight: Array, shares: Array) -> Array:
    """Weighted quantiles: the least values at or below which lie given fractions of the weight."""
    order = np.argsort(values, kind="stable")
    below = np.cumsum(weight[order])
    places = np.searchsorted(below, shares * below[-1] * (1 - 1e-12))
    return np.asarray(values[order][np.minimum(places, len(values) - 1)])


def _place_knots(u: Array, weight: Array, different: Array, most: int) -> Array:
    """Knots at the ends and the quantiles; where many values are equal, of the different ones."""
    count = max(3, min(most, len(different) - 1))
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


def _split_by_roughness(gram: Array, rough: Array) -> tuple[Array, tuple[NDArray[np.intp], ...]]:
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


def make_levels(
    column: int, values: NDArray[Any], weight: Array, order: Sequence[str] = ()
) -> Levels | None:
    """A value for each level of a category; a missing value is a level of its own.

    None if there is a single level, or one for each row, which say nothing about other rows.

    Args:
        order: of the levels, if they have one.
    """
    labels = values if values.dtype == object else label_numbers(values)
    counts: dict[str | None, float] = {}
    for label, count in zip(labels.tolist(), weight.tolist(), strict=True):
        counts[label] = counts.get(label, 0.0) + count
    names = sorted(counts, key=lambda name: (-counts[name], str(name)))[:MOST_LEVELS]
    if len(counts) < 2 or (len(counts) == len(labels) and weight.max() <= 1):
        return None
    if sum(name in order for name in names) > 1:
        return _make_steps(column, counts, order)
    shares = np.array([counts[name] for name in names]) / weight.sum()
    return Levels((column,), (np.arange(len(names)),), tuple(names), shares)


def _make_steps(column: int, counts: dict[str | None, float], order: Sequence[str]) -> Levels:
    """Values of levels that have an order, whose steps one ridge shrinks; others have another.

    A level without rows lies on the line between its neighbours.
    """
    others = [name for name in counts if name not in order]
    names = (*order, *others)
    shares = np.array([counts.get(name, 0.0) for name in names])
    shares /= shares.sum()
    count = len(order)
    known = np.flatnonzero(shares[:count])
    share = shares[known]
    between = np.stack([np.interp(np.arange(count), known, one) for one in np.eye(len(known))], 1)
    steps = np.diff(np.eye(len(known)), axis=0) / np.sqrt(np.diff(known))[:, None]
    gram = np.diag(share) - np.outer(share, share) / share.sum()
    inner, groups = _split_by_roughness(gram, steps.T @ steps)
    width = inner.shape[1]
    transform = np.zeros((len(names), width + len(others)))
    transform[:count, :width] = between @ inner
    transform[count:, width:] = np.eye(len(others))
    if others:
        groups = (*groups, np.arange(width, width + len(others)))
    return Levels((column,), groups, names, shares, count, transform)


def make_missing(column: int, x: Array, weight: Array) -> Missing | None:
    """A value for missing numbers, if some are missing and some are not."""
    share = float(np.average(np.isnan(x), weights=weight))
    return Missing((column,), (np.arange(1),), share) if 0 < share < 1 else None


def make_surface(left: Term, right: Term, columns: Columns, weight: Array) -> Surface | None:
    """The products of two terms' design columns that are not 0 in more than two rows."""
    a, b = left.design(columns), right.design(columns)
    pairs: list[NDArray[np.intp]] = []
    groups: list[NDArray[np.intp]] = []
    end = 0
    for one in left.groups:
        for other in right.groups:
            products = np.stack([np.repeat(one, len(other)), np.tile(other, len(one))], 1)
            known = weight @ (a[:, products[:, 0]] * b[:, products[:, 1]] != 0) > 2
            products = products[known]
            if 0 < len(products) <= MOST_PRODUCTS:
                pairs.append(products)
                groups.append(np.arange(end, end + len(products)))
                end += len(products)
    if not pairs:
        return None
    chosen = np.concatenate(pairs)
    means = np.average(a[:, chosen[:, 0]] * b[:, chosen[:, 1]], axis=0, weights=weight)
    return Surface(left.columns + right.columns, tuple(groups), (left, right), chosen, means)


def add_offsets(terms: Sequence[Term], columns: Columns) -> Array | float:
    """The part of a model's sums of effects that has no coefficients, (rows, 1)."""
    return sum((term.offset(columns) for term in terms), 0.0)
