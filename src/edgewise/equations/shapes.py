"""Shapes: boxes, balls, polygons and regions of functions, joined, cut out and intersected.

A shape has a *level*, a function that is positive inside, 0 on the border with slope 1 there, and
smooth enough to be multiplied with a network. Levels are combined by R-functions:
a + b ± √(a² + b²) is positive where at least one of two levels is, or where both are.

Reference: V. L. Rvachev and T. I. Sheiko, *R-functions in boundary value problems in mechanics*,
Appl. Mech. Rev. 48 (1995).
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

import torch
from torch import Tensor

from edgewise.bases.derivative_orders import Orders
from edgewise.bases.jets import Jets

Interval = tuple[float, float]
Points = Mapping[str, Any]
"""Coordinates by name, tensors or jets."""
ON_BORDER = 1e-9
"""The level, relative to the largest one, below which a point counts as on the border."""
NEWTON = 30
"""Newton steps towards the border of a region that is given by a function."""


class Shape(ABC):
    """A region of some coordinates; ``a | b``, ``a & b`` and ``a - b`` make others of two.

    Example:
        >>> import torch, edgewise as ew
        >>> ring = ew.equations.disc(x=0, y=0, radius=2) - ew.equations.disc(x=0, y=0, radius=1)
        >>> points = {"x": torch.tensor([0.0, 1.5]), "y": torch.zeros(2)}
        >>> ring.contains(points), ring.level(points).sign()
        (tensor([False,  True]), tensor([-1.,  1.]))
    """

    @property
    @abstractmethod
    def bounds(self) -> dict[str, Interval]:
        """An interval of each coordinate that contains the shape, if there is one."""

    @property
    @abstractmethod
    def coordinates(self) -> tuple[str, ...]:
        """The names of the coordinates."""

    @abstractmethod
    def level(self, points: Points) -> Any:
        """A function that is positive inside and 0 on the border; in the points' shape."""

    @abstractmethod
    def contains(self, points: Points) -> Tensor:
        """Whether points lie inside; bool, in the points' shape."""

    def holds_apart(self, points: Mapping[str, Tensor]) -> Tensor:
        """Whether points lie inside and not on the border, up to rounding; bool, (rows,)

        On the border levels have kinks, and a quotient of two levels is undefined.
        """
        level = self.level(points)
        return self.contains(points) & (level > ON_BORDER * level.nan_to_num().abs().max())

    @abstractmethod
    def leaves(self, sign: int = 1) -> list[tuple[Leaf, int]]:
        """The elementary shapes it is made of, each with 1, or -1 if it is cut out."""

    def vanishing(self, along: Sequence[str], points: Points) -> Any:
        """A function that is positive inside and 0 on the border of some coordinates, or None.

        It is only used inside, where a product of levels is smoother than an R-function.
        """
        return self.level(points) if set(self.coordinates) <= set(along) else None

    def factors(self) -> list[Shape]:
        """Shapes whose intersection is this shape."""
        return [self]

    def __or__(self, other: Shape) -> Shape:
        return Union((self, other)) if isinstance(other, Shape) else NotImplemented

    def __and__(self, other: Shape) -> Shape:
        return Intersection((self, other)) if isinstance(other, Shape) else NotImplemented

    def __sub__(self, other: Shape) -> Shape:
        if not isinstance(other, Shape):
            return NotImplemented
        return Intersection((self, Complement(other)))


class Leaf(Shape):
    """An elementary shape, whose border can be sampled."""

    @property
    def coordinates(self) -> tuple[str, ...]:
        return tuple(self.bounds)

    @abstractmethod
    def draw_border(self, count: int, generator: torch.Generator) -> dict[str, Tensor]:
        """Random points of the border, by coordinate; (count,) each"""

    def contains(self, points: Points) -> Tensor:
        inside: Tensor = self.level(points) > 0
        return inside

    def leaves(self, sign: int = 1) -> list[tuple[Leaf, int]]:
        return [(self, sign)]

    def slope(self, points: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The normalised gradient of the level; (rows,) each"""
        names = self.coordinates
        _, parts = self._linearise(torch.stack([points[n] for n in names], 1))
        return dict(zip(names, parts / parts.norm(dim=0).clamp(min=1e-300), strict=True))

    def _linearise(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The level and its gradient; (rows, coordinates) → (rows,), (coordinates, rows)"""
        count = len(self.coordinates)
        moving = Jets.begin(x, Orders.up_to(1, count))
        level = self.level({n: moving[:, i] for i, n in enumerate(self.coordinates)})
        units = torch.eye(count).long().tolist()
        return level.value, torch.stack([level.derivative(*unit) for unit in units])


@dataclass(frozen=True)
class Slab(Leaf):
    """The points between two ends of one coordinate."""

    name: str
    low: float
    high: float

    @property
    def bounds(self) -> dict[str, Interval]:
        return {self.name: (self.low, self.high)}

    def level(self, points: Points) -> Any:
        x = points[self.name]
        return (x - self.low) * (self.high - x) * (1 / (self.high - self.low))

    def draw_border(self, count: int, generator: torch.Generator) -> dict[str, Tensor]:
        upper = torch.arange(count) % 2 == 1
        return {self.name: torch.where(upper, self.high, self.low).double()}


@dataclass(frozen=True)
class Ball(Leaf):
    """The points within a radius of a centre."""

    centre: Mapping[str, float]
    radius: float

    @property
    def bounds(self) -> dict[str, Interval]:
        return {n: (c - self.radius, c + self.radius) for n, c in self.centre.items()}

    def level(self, points: Points) -> Any:
        squares = [(points[n] - c) * (points[n] - c) for n, c in self.centre.items()]
        return -(reduce(lambda a, b: a + b, squares) - self.radius**2) * (0.5 / self.radius)

    def draw_border(self, count: int, generator: torch.Generator) -> dict[str, Tensor]:
        way = torch.randn(count, len(self.centre), generator=generator, dtype=torch.float64)
        way = way * (self.radius / way.norm(dim=1, keepdim=True))
        return {n: c + way[:, i] for i, (n, c) in enumerate(self.centre.items())}


@dataclass(frozen=True)
class Polygon(Leaf):
    """The points inside a closed line of straight sides.

    Its level joins the distances φ_i to the sides as 1 / Σ 1/φ_i, which is smooth inside.

    Reference: N. Sukumar and A. Srivastava, *Exact imposition of boundary conditions with distance
    functions*, Comput. Methods Appl. Mech. Engrg. 389 (2022).
    """

    names: tuple[str, str]
    corners: tuple[tuple[float, float], ...]

    @property
    def bounds(self) -> dict[str, Interval]:
        columns = zip(*self.corners, strict=True)
        return {n: (min(c), max(c)) for n, c in zip(self.names, columns, strict=True)}

    def _sides(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        return list(zip(self.corners, (*self.corners[1:], self.corners[0]), strict=True))

    def level(self, points: Points) -> Any:
        x, y = (points[n] for n in self.names)
        inverse = reduce(lambda a, b: a + b, [1 / _to_side(x, y, *side) for side in self._sides()])
        inside = self.contains({n: _value(points[n]) for n in self.names})
        return (1 / inverse) * torch.where(inside, 1.0, -1.0).to(_value(x))

    def contains(self, points: Points) -> Tensor:
        x, y = (points[n] for n in self.names)
        crossings = torch.zeros_like(x, dtype=torch.int64)
        for (ax, ay), (bx, by) in self._sides():
            if ay != by:
                at = ax + (y - ay) * ((bx - ax) / (by - ay))
                crossings += ((ay > y) != (by > y)) & (x < at)
        return crossings % 2 == 1

    def draw_border(self, count: int, generator: torch.Generator) -> dict[str, Tensor]:
        ends = torch.tensor(self._sides(), dtype=torch.float64)  # (sides, ends, coordinates)
        lengths = (ends[:, 1] - ends[:, 0]).norm(dim=1)
        which = torch.multinomial(lengths, count, True, generator=generator)
        part = torch.rand(count, 1, generator=generator, dtype=torch.float64)
        made = ends[which, 0] + part * (ends[which, 1] - ends[which, 0])
        return dict(zip(self.names, made.unbind(1), strict=True))

    def slope(self, points: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """Across the nearest side, inwards: the level has a kink on the border itself."""
        x = torch.stack([points[n] for n in self.names], 1)[:, None]
        sides = torch.tensor(self._sides(), dtype=torch.float64)
        begin, way = sides[:, 0], sides[:, 1] - sides[:, 0]
        part = (((x - begin) * way).sum(-1) / way.square().sum(-1)).clamp(0, 1)
        nearest = (x - begin - part[..., None] * way).norm(dim=-1).argmin(1)
        around = (begin[:, 0] * sides[:, 1, 1] - begin[:, 1] * sides[:, 1, 0]).sum().sign()
        inwards = around * torch.stack([-way[:, 1], way[:, 0]], 1) / way.norm(dim=1, keepdim=True)
        return dict(zip(self.names, inwards[nearest].unbind(1), strict=True))


def _to_side(x: Any, y: Any, one: tuple[float, float], other: tuple[float, float]) -> Any:
    """A smooth distance to a straight side, exact to first order on it."""
    across, along = other[0] - one[0], other[1] - one[1]
    length = math.hypot(across, along)
    middle = (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
    line = ((x - one[0]) * along - (y - one[1]) * across) * (1 / length)
    to_middle = (x - middle[0]) * (x - middle[0]) + (y - middle[1]) * (y - middle[1])
    trimmed = -(to_middle - (length / 2) ** 2) * (1 / length)
    square = line * line
    over = torch.sqrt(trimmed * trimmed + square * square) - trimmed
    return torch.sqrt(square + over * over * 0.25)


def _value(x: Any) -> Tensor:
    made: Tensor = x.value if isinstance(x, Jets) else x
    return made


@dataclass(frozen=True)
class Region(Leaf):
    """The points of a box where a function is positive."""

    function: Callable[..., Any]
    box: Mapping[str, Interval]

    @property
    def bounds(self) -> dict[str, Interval]:
        return dict(self.box)

    def level(self, points: Points) -> Any:
        return self.function(*(points[n] for n in self.box))

    def draw_border(self, count: int, generator: torch.Generator) -> dict[str, Tensor]:
        """Border points found by Newton steps along the gradient, from random points of the box."""
        names = self.coordinates
        low, high = torch.tensor([self.box[n] for n in names], dtype=torch.float64).unbind(1)
        size = (3 * count, len(names))
        x = low + (high - low) * torch.rand(size, generator=generator, dtype=torch.float64)
        for _ in range(NEWTON):
            level, slope = self._linearise(x)
            x = x - (slope * (level / slope.square().sum(0).clamp(min=1e-300))).t()
        points = {n: x[:, i] for i, n in enumerate(names)}
        arrived = (self.level(points).abs() < 1e-9) & ((x >= low) & (x <= high)).all(1)
        return {n: p[arrived][:count] for n, p in points.items()}


@dataclass(frozen=True)
class Complement(Shape):
    """The points outside of a shape."""

    part: Shape

    @property
    def bounds(self) -> dict[str, Interval]:
        return {}

    @property
    def coordinates(self) -> tuple[str, ...]:
        return self.part.coordinates

    def level(self, points: Points) -> Any:
        return -self.part.level(points)

    def contains(self, points: Points) -> Tensor:
        return ~self.part.contains(points)

    def leaves(self, sign: int = 1) -> list[tuple[Leaf, int]]:
        return self.part.leaves(-sign)


@dataclass(frozen=True)
class _Combination(Shape):
    """A shape made of several."""

    parts: tuple[Shape, ...]

    @property
    def coordinates(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(n for part in self.parts for n in part.coordinates))

    def leaves(self, sign: int = 1) -> list[tuple[Leaf, int]]:
        return [leaf for part in self.parts for leaf in part.leaves(sign)]

    def _levels(self, points: Points) -> list[Any]:
        return [part.level(points) for part in self.parts]


@dataclass(frozen=True)
class Intersection(_Combination):
    """The points that lie in all of several shapes."""

    @property
    def bounds(self) -> dict[str, Interval]:
        made: dict[str, Interval] = {}
        for part in self.parts:
            for name, (low, high) in part.bounds.items():
                known = made.get(name, (low, high))
                made[name] = (max(low, known[0]), min(high, known[1]))
        return made

    def level(self, points: Points) -> Any:
        return reduce(lambda a, b: a + b - torch.sqrt(a * a + b * b), self._levels(points))

    def contains(self, points: Points) -> Tensor:
        return reduce(torch.logical_and, [part.contains(points) for part in self.parts])

    def factors(self) -> list[Shape]:
        return [factor for part in self.parts for factor in part.factors()]

    def vanishing(self, along: Sequence[str], points: Points) -> Any:
        made = [part.vanishing(along, points) for part in self.parts]
        factors = [each for each in made if each is not None]
        return reduce(lambda a, b: a * b, factors) if factors else None


@dataclass(frozen=True)
class Union(_Combination):
    """The points that lie in at least one of several shapes."""

    @property
    def bounds(self) -> dict[str, Interval]:
        every = [part.bounds for part in self.parts]
        names = [n for n in every[0] if all(n in each for each in every)]
        return {n: (min(e[n][0] for e in every), max(e[n][1] for e in every)) for n in names}

    def level(self, points: Points) -> Any:
        return reduce(lambda a, b: a + b + torch.sqrt(a * a + b * b), self._levels(points))

    def contains(self, points: Points) -> Tensor:
        return reduce(torch.logical_or, [part.contains(points) for part in self.parts])
