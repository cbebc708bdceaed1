"""Boundary conditions as residuals at points of the border, for curved borders and networks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from edgewise.equations.conditions import Condition, call_value
from edgewise.equations.fields import Equation, Index, read_equation, read_parameters
from edgewise.equations.shapes import Interval, Leaf, Shape, Slab

STEP = 1e-6
"""Step across the border, relative to the domain's size, that shows on which side the domain is."""
MORE = 4
"""Points that are drawn on a leaf's border for each that is needed: some aren't on the domain's."""

Derivatives = Mapping[str, Mapping[Index, Tensor]]


@dataclass(frozen=True)
class Place:
    """The part of a domain's border that belongs to one of its leaves (elementary shapes).

    Attributes:
        domain: the domain, in all coordinates.
        sign: 1 if the domain lies inside the leaf, -1 if outside.
        sides: for a slab, its ends: 0 for the lower one, 1 for the upper one.
    """

    domain: Shape
    leaf: Leaf
    sign: int
    sides: tuple[int, ...] = (0, 1)

    def draw(self, count: int, seed: int, bounds: Mapping[str, Interval]) -> Tensor:
        """Random points on this part; fewer than `count` if most of the leaf's border is elsewhere.

        Args:
            bounds: the interval of each coordinate, in order.

        Shape:
            (count, coordinates)
        """
        generator = torch.Generator().manual_seed(seed)
        every = MORE * count
        own = self.leaf.draw_border(every, generator)
        every = len(next(iter(own.values())))
        points = {}
        for name, (low, high) in bounds.items():
            part = torch.rand(every, generator=generator, dtype=torch.float64)
            points[name] = own[name] if name in own else low + (high - low) * part
        return torch.stack(list(points.values()), 1)[self._keep(points)][:count]

    def _keep(self, points: Mapping[str, Tensor]) -> Tensor:
        """Whether each point has the domain on exactly one side."""
        slope, sides = self._outwards(points), []
        step = {name: STEP * (high - low) for name, (low, high) in self.domain.bounds.items()}
        for way in (-1, 1):
            moved = {
                n: x + way * step[n] * slope[n] if n in slope else x for n, x in points.items()
            }
            sides.append(self.domain.contains(moved))
        on = sides[0] & ~sides[1]
        if isinstance(self.leaf, Slab) and len(self.sides) == 1:
            upper = slope[self.leaf.name] > 0
            on = on & (upper == bool(self.sides[0]))
        return on

    def _outwards(self, points: Mapping[str, Tensor]) -> dict[str, Tensor]:
        flat = {n: points[n].reshape(-1) for n in self.leaf.coordinates}
        slope = self.leaf.slope(flat)
        return {n: (-self.sign * part).reshape(points[n].shape) for n, part in slope.items()}

    def normals(self, points: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The components of the outward unit normal, each of the points' shape."""
        slope = self._outwards(points)
        return {n: slope.get(n, torch.zeros_like(x)) for n, x in points.items()}


@dataclass(frozen=True)
class Border(ABC):
    """A condition as a residual on a part of the border.

    Attributes:
        orders: for each field the derivatives that it needs, the value first.
    """

    condition: Condition
    place: Place
    orders: Mapping[str, tuple[Index, ...]]

    @abstractmethod
    def residuals(
        self, derivatives: Derivatives, points: Mapping[str, Tensor], constants: Mapping[str, float]
    ) -> list[Tensor]:
        """The residuals at points, one tensor for each equation; (rows,) each"""


@dataclass(frozen=True)
class LinearBorder(Border):
    """A linear condition Σ a_k ∂ᵏu/∂nᵏ = g on one field, with k = 0 or 1."""

    def residuals(
        self, derivatives: Derivatives, points: Mapping[str, Tensor], constants: Mapping[str, float]
    ) -> list[Tensor]:
        ((name, indices),) = self.orders.items()
        own, where = derivatives[name], self.condition.where
        given = {n: x for n, x in points.items() if n != where}
        value = -call_value(self.condition.value, given).reshape(own[indices[0]].shape)
        normals = self.place.normals(points)
        if self.condition.kind == "initial":  # the derivative is by time, not along the normal
            normals = {n: x.abs() for n, x in normals.items()}
        for index in indices:
            term = own[index] * self.condition.terms.get(sum(index), 0.0)
            value = value + (term * list(normals.values())[index.index(1)] if any(index) else term)
        return [value]


@dataclass(frozen=True)
class Relation(Border):
    """An equation of fields, their derivatives and the normal on the border.

    Attributes:
        equation: the equation; its constants include the components of the normal, "nx" for x.
    """

    equation: Equation

    def residuals(
        self, derivatives: Derivatives, points: Mapping[str, Tensor], constants: Mapping[str, float]
    ) -> list[Tensor]:
        normals = {f"n{n}": x for n, x in self.place.normals(points).items()}
        return self.equation.evaluate(derivatives, points, {**constants, **normals})


def read_borders(
    condition: Condition,
    domain: Shape,
    names: Sequence[str],
    fields: Sequence[str],
    constants: Mapping[str, float],
) -> list[Border]:
    """A condition as residuals, one for each part of the border and each field."""
    places = _find_places(condition, domain)
    if not places:
        raise ValueError(
            f"solve expected conditions on the border of the domain, got {condition}, where it has "
            "no border: name coordinates, or a shape that the domain is made of"
        )
    if condition.kind == "relation":
        zeros = {f"n{n}": 1.0 for n in names}
        function: Any = condition.value
        asked = read_parameters(function)
        known = {n: v for n, v in {**constants, **zeros}.items() if n in asked}
        equation = read_equation(function, names, known)
        return [Relation(condition, place, equation.orders, equation) for place in places]
    zero = (0,) * len(names)
    indices = [zero]
    if 1 in condition.terms:
        axes = range(len(names))
        if isinstance(condition.where, str):
            axes = range(names.index(condition.where), names.index(condition.where) + 1)
        indices += [tuple(int(a == axis) for a in range(len(names))) for axis in axes]
    return [
        LinearBorder(condition, place, {name: tuple(indices)})
        for place in places
        for name in ([condition.field] if condition.field is not None else fields)
    ]


def _find_places(condition: Condition, domain: Shape) -> list[Place]:
    where = condition.where
    leaves = domain.leaves()
    if isinstance(where, Shape):
        own = [leaf for leaf, _ in where.leaves()]
        return [Place(domain, leaf, sign) for leaf, sign in leaves if leaf in own]
    if isinstance(where, str):
        return [
            Place(domain, leaf, sign, sides)
            for leaf, sign in leaves
            if isinstance(leaf, Slab) and leaf.name == where and sign > 0
            if (sides := _find_sides(leaf, condition, domain))
        ]
    along = set(where or ())
    return [Place(domain, leaf, sign) for leaf, sign in leaves if set(leaf.coordinates) <= along]


def _find_sides(leaf: Slab, condition: Condition, domain: Shape) -> tuple[int, ...]:
    """Sides of a slab that are ends of the domain's coordinate, where a condition holds."""
    ends = domain.bounds.get(leaf.name, (leaf.low, leaf.high))
    return tuple(k for k in condition.sides if (leaf.low, leaf.high)[k] == ends[k])
