"""Fields as products of curves that satisfy the conditions at the ends of a box."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Constrained, Curves
from edgewise.equations.conditions import Condition
from edgewise.equations.fields import Index

FaceValue = Callable[[Sequence[Tensor]], Tensor]
"""Points of each of the other coordinates, (n,) each → values on their product, (n, m, …)."""


def vanish(points: Sequence[Tensor]) -> Tensor:
    """The face value that is 0 everywhere."""
    return torch.zeros([len(p) for p in points], dtype=torch.float64)


@dataclass(frozen=True)
class Functional:
    """A condition of one field at an end of a coordinate, or the periodicity of a derivative.

    Attributes:
        side: the end, 0 or 1; None if both ends are compared.
        terms: the factor of each derivative, along the coordinate rather than the normal.
        value: the required value as a function of the other coordinates.
    """

    condition: Condition
    axis: int
    side: int | None
    terms: Mapping[int, float]
    value: FaceValue

    def row(self, curves: Curves) -> Tensor:
        """Its value for each curve; (count,)"""
        at = curves.at_ends
        at_end = at[:, 1] - at[:, 0] if self.side is None else at[:, self.side]
        return sum((at_end[k] * factor for k, factor in self.terms.items()), torch.tensor(0.0))

    def coefficients(self, curves: Sequence[Curves]) -> Tensor:
        """The required value in products of the other coordinates' curves; (count, …)"""
        others = [c for axis, c in enumerate(curves) if axis != self.axis]
        return apply_each([c.transform for c in others], self.value([c.nodes() for c in others]))

    def holds_for(self, curves: Curves) -> bool:
        """Whether every curve satisfies it already: waves are periodic."""
        return curves.repeats and self.side is None


@dataclass(frozen=True, eq=False)
class ShapeBasis:
    """Functions that are orthonormal on the nodes in a shape.

    Attributes:
        points: the nodes; (rows, axes)
        combined: their coefficients in the original functions; (all, functions)
        back: maps coefficients of the original functions to theirs; (functions, all)
        transform: maps values at the nodes to coefficients; (functions, rows)
        degrees: the degree of each function relative to the highest, 0 to 1; (functions,)
    """

    points: Tensor
    combined: Tensor
    back: Tensor
    transform: Tensor
    degrees: Tensor

    @property
    def count(self) -> int:
        return len(self.degrees)

    def nodes(self) -> Tensor:
        return self.points


@dataclass(frozen=True, eq=False)
class FieldSpace:
    """The functions that satisfy the conditions: lift + Σ free coefficients · curves.

    Attributes:
        free: for each coordinate, the curves with zero conditions; (count, free) each.
        lift: coefficients that satisfy the conditions; (count, …)
        basis: the basis of the first coordinate if it stands for those that a shape cuts.
    """

    free: tuple[Tensor, ...]
    lift: Tensor
    basis: ShapeBasis | None = None

    @property
    def shape(self) -> torch.Size:
        """The shape of the free coefficients."""
        return torch.Size([z.shape[1] for z in self.free])

    def coefficients(self, free: Tensor) -> Tensor:
        """All coefficients from the free ones; (free,) → (count, …)"""
        return self.combine(free) + self.lift

    def combine(self, free: Tensor) -> Tensor:
        """The contribution of free coefficients, without the lift; (free,) → (count, …)"""
        return apply_each(self.free, free.reshape(self.shape))

    def project(self, coefs: Tensor) -> Tensor:
        """The free coefficients closest to given coefficients; (count, …) → (free,)"""
        back = [z.t() for z in self.free]
        if self.basis is not None:
            back[0] = self.basis.back
        return apply_each(back, coefs - self.lift).reshape(-1)


def apply(matrix: Tensor, coefs: Tensor, axis: int) -> Tensor:
    """Multiply a matrix with one dimension of a tensor."""
    return torch.tensordot(matrix, coefs, ([1], [axis])).movedim(0, axis)


def apply_each(
    matrices: Sequence[Tensor], coefs: Tensor, axes: Sequence[int] | None = None
) -> Tensor:
    """Multiply matrices with dimensions of a tensor, by default with the first ones in order."""
    for matrix, axis in zip(matrices, axes or range(len(matrices)), strict=True):
        coefs = apply(matrix, coefs, axis)
    return coefs


def build_space(
    curves: Sequence[Curves], functionals: Sequence[Functional], lift: Tensor | None = None
) -> FieldSpace:
    """The products of curves that satisfy conditions.

    Coordinate by coordinate, the lift is corrected to satisfy the conditions of that coordinate
    without violating the earlier ones. If two conditions agree at their common corner, both hold;
    otherwise the earlier one holds and the later one is approximated.

    Args:
        lift: the initial coefficients; (count, …), by default 0.
    """
    functionals = [f for f in functionals if not f.holds_for(curves[f.axis])]
    axes = list(dict.fromkeys(f.axis for f in functionals))
    own = {axis: [f for f in functionals if f.axis == axis] for axis in range(len(curves))}
    constrained = [Constrained.make(c, [f.row(c) for f in own[a]]) for a, c in enumerate(curves)]
    if lift is None:
        lift = torch.zeros(*(c.count for c in curves), dtype=torch.float64)
    for place, axis in enumerate(axes):
        wanted = torch.stack([f.coefficients(curves) for f in own[axis]], dim=axis)
        lacking = wanted - apply(constrained[axis].conditions, lift, axis)
        for earlier in axes[:place]:
            known = constrained[earlier]
            violated = apply(known.conditions, lacking, earlier)
            lacking = lacking - apply(known.narrow, violated, earlier)
        lift = lift + apply(constrained[axis].lift, lacking, axis)
    return FieldSpace(tuple(c.free for c in constrained), lift)


@dataclass(frozen=True, eq=False)
class Rows:
    """Points as a product of groups of coordinates; each group has a list of points.

    Attributes:
        groups: the axes of each group; every axis belongs to one group.
        points: the points of each group; (rows of the group, axes)
    """

    groups: tuple[tuple[int, ...], ...]
    points: tuple[Tensor, ...]

    @staticmethod
    def product(points: Sequence[Tensor]) -> Rows:
        """The product grid of points of each coordinate."""
        return Rows(tuple((a,) for a in range(len(points))), tuple(p[:, None] for p in points))

    @staticmethod
    def listed(points: Tensor) -> Rows:
        """A plain list of points; (rows, axes)"""
        return Rows((tuple(range(points.shape[1])),), (points,))

    @property
    def shape(self) -> torch.Size:
        return torch.Size([len(p) for p in self.points])

    @property
    def is_product(self) -> bool:
        """Whether the points are a product grid of all coordinates."""
        return all(len(axes) == 1 for axes in self.groups)

    def group_of(self, axis: int) -> int:
        return next(g for g, axes in enumerate(self.groups) if axis in axes)

    def without(self, axis: int) -> Rows:
        """The points without one coordinate, which must be a group of its own."""
        g = self.group_of(axis)
        kept = [k for k in range(len(self.groups)) if k != g]
        groups = tuple(tuple(a - (a > axis) for a in self.groups[k]) for k in kept)
        return Rows(groups, tuple(self.points[k] for k in kept))

    def is_alone(self, axis: int) -> bool:
        """Whether a coordinate is a group of its own."""
        return len(self.groups[self.group_of(axis)]) == 1

    def along(self, axis: int) -> Tensor:
        """A coordinate of its group's points; (rows of the group,)"""
        g = self.group_of(axis)
        return self.points[g][:, self.groups[g].index(axis)]

    def coordinate(self, axis: int) -> Tensor:
        """A coordinate at all points, in the shape of the rows."""
        return self.spread(self.along(axis), axis)[..., 0].expand(self.shape)

    def named(self, names: Sequence[str]) -> dict[str, Tensor]:
        """All coordinates by their names, each in the shape of the rows."""
        return {name: self.coordinate(axis) for axis, name in enumerate(names)}

    def spread(self, table: Tensor, axis: int) -> Tensor:
        """Reshape values at a group's points to broadcast; (rows, …) → (…, columns)"""
        g = self.group_of(axis)
        sizes = [1] * len(self.points)
        sizes[g] = len(table)
        return table.reshape(*sizes, -1)


@dataclass(frozen=True, eq=False)
class Sampled:
    """Values and derivatives of curves at points.

    Attributes:
        tables: for each axis (orders + 1, rows of its group, count); for several coordinates
            together, a mapping from the index of the derivative.
        repeats: for each axis, whether its curves are waves.
    """

    rows: Rows
    tables: tuple[Any, ...]
    repeats: tuple[bool, ...]

    @staticmethod
    def make(curves: Sequence[Curves], rows: Rows, orders: Sequence[int]) -> Sampled:
        return Sampled(
            rows,
            tuple(
                c.table(rows.along(axis).contiguous(), orders[axis])
                for axis, c in enumerate(curves)
            ),
            tuple(c.repeats for c in curves),
        )

    def evaluate(self, coefs: Tensor, index: Index) -> Tensor:
        """A derivative of the sum with given coefficients, in the shape of the rows."""
        labels = [chr(97 + a) for a in range(len(index))]
        made, have = coefs, list(labels)
        for axis, order in enumerate(index):
            row = chr(65 + self.rows.group_of(axis))
            rest = [label for label in have if label != labels[axis]]
            out = rest if row in rest else [row, *rest]
            made = torch.einsum(
                f"{row}{labels[axis]},{''.join(have)}->{''.join(out)}",
                self.tables[axis][order], made,
            )  # fmt: skip
            have = out
        wanted = [chr(65 + g) for g in range(len(self.rows.groups))]
        return made.permute([have.index(label) for label in wanted])

    def squares(self, index: Index) -> Tensor:
        """Σ (derivative of each product of curves)², in the shape of the rows."""
        squared = tuple(
            t.square() if isinstance(t, Tensor) else {i: own.square() for i, own in t.items()}
            for t in self.tables
        )
        counts = [next(iter(t.values())) if isinstance(t, dict) else t[0] for t in squared]
        ones = torch.ones([t.shape[-1] for t in counts], dtype=torch.float64)
        return Sampled(self.rows, squared, self.repeats).evaluate(ones, index)

    def under(self, free: Sequence[Tensor]) -> Sampled:
        """The tables of linear combinations of the curves."""
        tables = tuple(
            t @ z if isinstance(t, Tensor) else {index: own @ z for index, own in t.items()}
            for t, z in zip(self.tables, free, strict=True)
        )
        return Sampled(self.rows, tables, self.repeats)

    def is_one(self, axis: int) -> bool:
        """Whether an axis is one coordinate, not several together."""
        return isinstance(self.tables[axis], Tensor)

    def gather(self, weights: Tensor, index: Index) -> Tensor:
        """Σ weight · derivative of each product over all points, the transpose of ``evaluate``.

        Args:
            weights: in the shape of the rows.

        Shape:
            answer: (count, …)
        """
        groups = self.rows.groups
        have, made = [chr(65 + g) for g in range(len(groups))], weights
        order = sorted(range(len(groups)), key=lambda g: len(groups[g]))
        for axis in (axis for g in order for axis in groups[g]):
            g = self.rows.group_of(axis)
            row, label = chr(65 + g), chr(97 + axis)
            rest = [each for each in have if each != row or axis != groups[g][-1]]
            made = torch.einsum(
                f"{row}{label},{''.join(have)}->{label}{''.join(rest)}",
                self.tables[axis][index[axis]], made,
            )  # fmt: skip
            have = [label, *rest]
        return made.permute([have.index(chr(97 + a)) for a in range(len(index))])

    def without(self, axis: int) -> Sampled:
        """The tables without one coordinate, which must be a group of its own."""
        rest = [a for a in range(len(self.tables)) if a != axis]
        return Sampled(
            self.rows.without(axis),
            tuple(self.tables[a] for a in rest),
            tuple(self.repeats[a] for a in rest),
        )

    def design(self, weights: Mapping[Index, Tensor]) -> Tensor:
        """Σ weight · derivative of every product of curves; (rows, products)

        Args:
            weights: the weights of each derivative, in the shape of the rows.
        """
        level = {index: weight[..., None] for index, weight in weights.items()}
        for axis, table in enumerate(self.tables):
            made: dict[Index, Tensor] = {}
            for index, weight in level.items():
                spread = self.rows.spread(table[index[0]], axis)
                term = weight[..., :, None] * spread[..., None, :]
                rest = index[1:]
                made[rest] = made[rest].add_(term) if rest in made else term
            level = {rest: term.flatten(-2) for rest, term in made.items()}
        (whole,) = level.values()
        return whole.reshape(self.rows.shape.numel(), -1)
