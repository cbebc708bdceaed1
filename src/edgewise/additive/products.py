"""Surfaces: terms of several columns, products of the design columns of smaller terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array, split_outer_products
from edgewise.additive import terms
from edgewise.additive.columns import Columns
from edgewise.additive.curves import Curve
from edgewise.additive.terms import Levels, Term

MOST_PRODUCTS = 400
"""A group of a surface with more products than this is left out."""
LEAST_SPREAD = 1e-5
"""Of a product of a surface, as a fraction of the largest of its group: those of rough functions
have less, and the ridge leaves next to nothing of them."""
NEAR_THE_END = 0.1
"""A curve ends for a level where it does for all, if the level's rows are nearer to that than this
part of the curve, as curves go on by such a part beyond their data."""
LEAST_COVER = 0.01
"""The least part of a curve that is left to a level."""

Ends = tuple[Array | None, ...]
"""For each side of a surface, where the rows of each level end in the coordinate of its curve,
(levels, 2); None for other sides."""


@dataclass(frozen=True, eq=False)
class Surface(Term):
    """A function of two columns or more: products of the design columns of smaller terms.

    Line times line, line times bends and so on are groups with a ridge each.

    Attributes:
        sides: a term for each column.
        products: (width, sides), the design columns of the sides that are multiplied.
        means: of the products over the rows of the fit, (width,).
        ends: of curves beside levels, which end for each level with its own rows; may be empty.
    """

    columns: tuple[int, ...]
    groups: tuple[NDArray[np.intp], ...]
    sides: tuple[Term, ...]
    products: NDArray[np.intp]
    means: Array
    ends: Ends = ()

    def design(self, columns: Columns) -> Array:
        designs = _design_sides(self.sides, self.ends, columns)
        return multiply_columns(designs, self.products) - self.means

    def take(self, inside: NDArray[np.bool_]) -> Surface:
        """The surface of some of its products, (width,), whole groups of them."""
        number = np.cumsum(inside) - 1
        groups = tuple(number[group] for group in self.groups if inside[group].all())
        return replace(
            self, groups=groups, products=self.products[inside], means=self.means[inside]
        )

    def split(self, weights: Array) -> Iterator[tuple[Surface, Array]]:
        """Surfaces for levels beside which curves end alike, with their weights.

        They add up to the surface and its mean.

        Args:
            weights: (width, outputs).
        """
        found = find_levels(self.sides)
        if found is None or not self.ends:
            yield replace(self, means=np.zeros(self.width)), weights
            return
        place, levels = found
        each = levels.expand(np.arange(len(levels.names)))
        known = [np.zeros((len(each), 0)), *(own for own in self.ends if own is not None)]
        _, owner = np.unique(np.concatenate(known, 1), axis=0, return_inverse=True)
        for members in (np.flatnonzero(owner.ravel() == k) for k in np.unique(owner)):
            sides = [
                replace(side, data=tuple(own[members[0]].tolist()))
                if isinstance(side, Curve) and own is not None
                else side
                for side, own in zip(self.sides, self.ends, strict=True)
            ]
            sides[place] = _take_levels(levels, members)
            products = np.tile(self.products, (len(members), 1))
            values = each[members][:, self.products[:, place]].ravel()
            products[:, place] = np.repeat(np.arange(len(members)), len(self.products))
            width = len(products)
            whole = (np.arange(width),)
            part = Surface(self.columns, whole, tuple(sides), products, np.zeros(width))
            yield part, np.tile(weights, (len(members), 1)) * values[:, None]

    def factors(self, weights: Array) -> Iterator[list[tuple[Term, Array]]]:
        """The factors of each of a few products that add up to the surface and its mean.

        With the weights as a matrix W = Σ_r s_r u_r v_rᵀ, its singular values, factor r of the
        first side is √s_r Σ_a u_ra f_a(x), and of the second √s_r Σ_b v_rb g_b(y); see
        :func:`~edgewise._arrays.split_outer_products`.

        Args:
            weights: (width,).
        """
        for part, own in self.split(weights[:, None]):
            core = np.zeros([side.width for side in part.sides])
            np.add.at(core, tuple(part.products.T), own[:, 0])
            for vectors in split_outer_products(core):
                pairs = zip(part.sides, vectors, strict=True)
                yield [(side, side.weights(vector[:, None])) for side, vector in pairs]


# Pickles of version 0.1.0 look for it there.
vars(terms)["Surface"] = Surface


def find_levels(sides: Sequence[Term]) -> tuple[int, Levels] | None:
    """The side that has levels, and its position; None unless it is the only one."""
    found = [(k, side) for k, side in enumerate(sides) if isinstance(side, Levels)]
    return found[0] if len(found) == 1 else None


def _take_levels(levels: Levels, members: NDArray[np.intp]) -> Levels:
    """A column for each of some levels, 1 in its rows; the others have none."""
    count = len(levels.names)
    return replace(
        levels,
        groups=(np.arange(len(members)),),
        shares=np.zeros(count),
        ordered=0,
        transform=np.eye(count)[:, members],
    )


def find_ends(sides: Sequence[Term], columns: Columns, weight: Array, tail: float) -> Ends:
    """Where curves beside levels end for each level: with its rows, but for their tails.

    Without it the curve of a level of few rows may be anything where it has none.

    Args:
        tail: as in :meth:`~edgewise.additive.curves.Curve.limit`.
    """
    found = find_levels(sides)
    if found is None:
        return ()
    _, levels = found
    codes = levels.codes(columns[levels.columns[0]])
    rows = [np.flatnonzero(codes == k) for k in range(len(levels.names))]
    return tuple(
        np.array([_find_ends_of_level(side, columns, weight, own, tail) for own in rows])
        if isinstance(side, Curve)
        else None
        for side in sides
    )


def _find_ends_of_level(
    curve: Curve, columns: Columns, weight: Array, rows: NDArray[np.intp], tail: float
) -> tuple[float, float]:
    x = columns[curve.columns[0]][rows]
    low, high = curve.limit(x, weight[rows], tail).ends
    first, last = curve.ends
    slack = NEAR_THE_END * (last - first)
    if low - first < slack:
        low = first
    if last - high < slack:
        high = last
    missing = max(LEAST_COVER * (last - first) - (high - low), 0.0)
    return max(low - missing / 2, first), min(high + missing / 2, last)


def _design_sides(sides: Sequence[Term], ends: Ends, columns: Columns) -> list[Array]:
    """The design columns of each side."""
    found = find_levels(sides)
    if found is None or not ends:
        return [side.design(columns) for side in sides]
    _, levels = found
    codes = levels.codes(columns[levels.columns[0]])
    return [
        levels.expand(codes)
        if side is levels
        else side.design(columns)
        if not isinstance(side, Curve) or own is None
        else side.multiply(columns, side.transform, own[codes])
        for side, own in zip(sides, ends, strict=True)
    ]


def multiply_columns(designs: Sequence[Array], products: NDArray[np.intp]) -> Array:
    """The products of columns of several matrices, (rows, products).

    Args:
        products: (products, matrices), the columns that are multiplied.
    """
    first, *others = (each[:, k] for each, k in zip(designs, products.T, strict=True))
    for other in others:
        first *= other
    return first


def make_surface(
    sides: Sequence[Term], columns: Columns, weight: Array, ends: Ends = ()
) -> Surface | None:
    """The products of terms' design columns that aren't too rough for the ridge to keep.

    They are not 0 in more than two rows, and have ``LEAST_SPREAD`` of the largest spread or more.

    Args:
        ends: of curves for each level, by :func:`find_ends`.
    """
    designs = _design_sides(sides, ends, columns)
    spreads = [side.spreads(design, weight) for side, design in zip(sides, designs, strict=True)]
    chosen: list[NDArray[np.intp]] = []
    groups: list[NDArray[np.intp]] = []
    end = 0
    for parts in product(*(side.groups for side in sides)):
        products = np.stack([k.ravel() for k in np.meshgrid(*parts, indexing="ij")], 1)
        spread = np.prod([each[k] for each, k in zip(spreads, products.T, strict=True)], axis=0)
        products = products[spread >= LEAST_SPREAD * spread.max()]
        products = products[weight @ (multiply_columns(designs, products) != 0) > 2]
        if 0 < len(products) <= MOST_PRODUCTS:
            chosen.append(products)
            groups.append(np.arange(end, end + len(products)))
            end += len(products)
    if not chosen:
        return None
    products = np.concatenate(chosen)
    means = np.average(multiply_columns(designs, products), axis=0, weights=weight)
    columns_of_sides = tuple(k for side in sides for k in side.columns)
    return Surface(columns_of_sides, tuple(groups), tuple(sides), products, means, ends)
