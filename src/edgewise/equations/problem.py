"""A differential equation with its conditions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import torch
from torch import Tensor

from edgewise.equations.borders import Border, read_borders
from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.conditions import Condition, call_on_grid, call_value, name_where
from edgewise.equations.extension import extend
from edgewise.equations.fields import Equation, Index
from edgewise.equations.parts import Part
from edgewise.equations.shape_curves import ShapeCurves, build_shape_space
from edgewise.equations.shape_makers import box
from edgewise.equations.shapes import Intersection, Shape, Slab
from edgewise.equations.singular_corners import (
    LAPLACIAN,
    Principal,
    SingularFunctions,
    find_singular,
)
from edgewise.equations.space import FaceValue, FieldSpace, Functional, Rows, build_space, vanish
from edgewise.equations.unknown_curves import FreeCurve

OVERSAMPLING, OVERSAMPLING_SHAPES = 1.3, 2.0
"""Points per curve of a coordinate, on a box and on a shape."""
BORDER = 6
"""Points on a border per curve along it."""
MOST_TRIED, RAREST = 10**6, 1e-5
"""Random points of a box that are tried, and the least fraction that must be in the domain."""


@dataclass(frozen=True, eq=False)
class EquationProblem:
    """An equation with its conditions on a box.

    Attributes:
        equation: the residuals, which should be 0.
        bounds: the interval of each coordinate.
        conditions: conditions at the ends of coordinates, which hold by construction.
        constants: the known constants.
        unknowns: first guesses of the unknown constants.
        time: the axis along which windows follow each other, or None.
        curves: fields of one coordinate that data determine, not the equation.
        shape: the domain, unless it is the box.
        on_shape: the conditions on the border of the shape.
        met: the positions, among all conditions, of those that contradict an earlier one.
        jumps: places where conditions of a steady solution contradict each other, by axis.
    """

    equation: Equation
    bounds: tuple[tuple[float, float], ...]
    conditions: tuple[Condition, ...]
    constants: Mapping[str, float]
    unknowns: Mapping[str, float] = field(default_factory=dict)
    time: int | None = None
    curves: Mapping[str, FreeCurve] = field(default_factory=dict)
    shape: Shape | None = None
    on_shape: tuple[Condition, ...] = ()
    met: frozenset[int] = frozenset()
    jumps: tuple[Mapping[int, float], ...] = ()

    @property
    def every_condition(self) -> tuple[Condition, ...]:
        """The conditions at the ends of coordinates, then those on the border of a shape."""
        return (*self.conditions, *self.on_shape)

    @property
    def is_rough(self) -> bool:
        """Whether the solution has jumps or kinks, because conditions contradict each other."""
        return bool(self.met)

    @property
    def names(self) -> tuple[str, ...]:
        return self.equation.coordinates

    def repeats(self, axis: int) -> bool:
        """Whether all unknown fields are periodic along a coordinate."""
        own = [c for c in self.conditions if c.where == self.names[axis]]
        told = {c.field for c in own if c.kind == "periodic"}
        free = any(curve.axis == axis for curve in self.curves.values())
        every = None in told or told >= set(self.equation.fields) - set(self.curves)
        return every and not free and axis not in self.cut_axes

    def functionals(self, name: str, before: Part | None) -> list[Functional]:
        """The conditions of a field; after an earlier window it starts from that window's end.

        Values given on a shape are extended to the surrounding box.
        """
        known = before is not None and before.is_everywhere
        return [
            f
            if f.side is None or (known and f.axis == self.time)
            else replace(f, value=self.extended(f.value, f.axis))
            for f in self.bare_functionals(name, before)
        ]

    def bare_functionals(self, name: str, before: Part | None) -> list[Functional]:
        """The conditions of a field, with values that may be undefined outside of a shape."""
        made = []
        for condition in self.conditions:
            if condition.field in (None, name):
                made += self._read(condition, name, before)
        return sorted(made, key=lambda f: f.axis == self.time)

    def extended(self, value: FaceValue, axis: int) -> FaceValue:
        """Values at an end of a coordinate, extended from the shape to the surrounding box."""
        others = [n for a, n in enumerate(self.names) if a != axis]
        if self.shape is None or set(self.cut.coordinates) - set(others):
            return value
        bounds = [ends for a, ends in enumerate(self.bounds) if a != axis]
        return extend(value, self.cut, others, bounds)

    def _read(self, condition: Condition, name: str, before: Part | None) -> list[Functional]:
        axis = self.names.index(str(condition.where))
        if condition.kind == "periodic":
            orders = range(max(1, self.equation.highest(axis, name)))
            return [Functional(condition, axis, None, {k: 1.0}, vanish) for k in orders]
        if before is not None and axis == self.time:
            (order,) = condition.terms
            return [Functional(condition, axis, 0, condition.terms, before.face(name, axis, order))]
        others = [n for a, n in enumerate(self.names) if a != axis]
        value = partial(call_on_grid, condition.value, others)
        return [
            Functional(
                condition,
                axis,
                side,
                # The normal points downwards at the lower end; initial slopes are by the time.
                {
                    k: a * (-1) ** (k * (side == 0 and condition.kind != "initial"))
                    for k, a in condition.terms.items()
                },
                value,
            )
            for side in condition.sides
        ]

    def spaces(
        self, curves: Sequence[Curves], before: Part | None, unknown: bool = False
    ) -> dict[str, FieldSpace]:
        """For each field, the products of curves that satisfy the conditions.

        Args:
            unknown: whether the functions that data determine are free, too.
        """
        return {
            name: self.curves[name].space(curves, unknown)
            if name in self.curves
            else self.build_space(curves, self.bare_functionals(name, before))
            for name in self.equation.fields
        }

    def build_space(
        self, curves: Sequence[Curves], functionals: Sequence[Functional]
    ) -> FieldSpace:
        """The functions that satisfy conditions."""
        shape = self.shape_curves(curves)
        if shape is None:
            return build_space(curves, functionals)
        return build_shape_space(shape, functionals)

    def shape_curves(self, curves: Sequence[Curves]) -> ShapeCurves | None:
        """The functions of the coordinates that a shape cuts; None on a box."""
        axes = self.cut_axes
        if not axes:
            return None
        nodes = [curves[a].nodes(int(OVERSAMPLING_SHAPES * curves[a].count) + 2) for a in axes]
        listed = torch.cartesian_prod(*nodes).reshape(-1, len(axes))
        named = {self.names[a]: listed[:, k] for k, a in enumerate(axes)}
        inside = self.cut.holds_apart(named)
        return ShapeCurves(tuple(axes), tuple(curves), tuple(nodes), inside, self.singular)

    def with_corners(self) -> EquationProblem:
        """The problem with all conditions as residuals, if functions of corners are added.

        Those functions violate conditions at the ends of the coordinates that the shape cuts.
        """
        if not len(self.singular):
            return self
        cut = [self.names[a] for a in self.cut_axes]
        moved = tuple(c for c in self.conditions if c.where in cut and c.kind != "periodic")
        kept = tuple(c for c in self.conditions if c not in moved)
        return replace(self, conditions=kept, on_shape=(*self.on_shape, *moved))

    @cached_property
    def singular(self) -> SingularFunctions:
        """The singular functions of the shape's corners.

        Those of corners that aren't re-entrant matter less than conditions at ends of coordinates,
        which hold by construction without them.
        """
        names = [self.names[a] for a in self.cut_axes]
        at_ends = any(c.where in names and c.kind != "periodic" for c in self.conditions)
        return find_singular(self.cut, names, self.every_condition, not at_ends, self.principals)

    def principals(self, point: tuple[float, float]) -> list[Principal]:
        """The second derivatives in the equations at a point of the coordinates that a shape cuts.

        Each kind is there once. Unknown numbers have their first guesses. If an equation has those
        of several fields, as for stresses, or higher ones, they are taken for a Laplacian.
        """
        one, other = self.cut_axes
        every = [index for own in self.equation.orders.values() for index in own]
        if max(index[one] + index[other] for index in every) > 2:
            return [LAPLACIAN]
        place = torch.tensor([[low for low, _ in self.bounds]], dtype=torch.float64)
        place[0, one], place[0, other] = point
        rows, unit = Rows.listed(place), torch.ones(1, dtype=torch.float64)
        known = self.with_known(self.unknown_values())
        plain = {f: dict.fromkeys(own, unit) for f, own in self.equation.orders.items()}
        pairs = ((one, one), (one, other), (other, other))
        second = [tuple(map(pair.count, range(len(self.bounds)))) for pair in pairs]
        residuals = known.evaluate(rows, plain)
        found = torch.zeros(self.equation.count, len(plain), 3, dtype=torch.float64)
        for f, (name, own) in enumerate(plain.items()):
            for k, index in enumerate(second):
                if index in own:
                    moved = known.evaluate_moved(rows, plain, name, index, 1.0)
                    found[:, f, k] = (moved - residuals)[:, 0]
        made = list[Principal]()
        for each in found:
            told = each[each.abs().amax(1) > 0]
            if len(told) > 1 or not bool(each.isfinite().all() and told[:, 0].all()):
                return [LAPLACIAN]
            if len(told):
                a, b, c = (told[0] / told[0, 0]).tolist()
                if not any(math.dist((a, b, c), known) < 1e-9 for known in made):
                    made.append((a, b, c))
        return made or [LAPLACIAN]

    # Unknown numbers: the coefficients of curves, then constants.

    def unknown_values(self) -> Tensor:
        """First guesses; (numbers,)"""
        constants = torch.tensor(list(self.unknowns.values()), dtype=torch.float64)
        return torch.cat([*(c.coefs for c in self.curves.values()), constants])

    def guessing(self, values: Tensor) -> EquationProblem:
        """The problem with other first guesses."""
        sizes = [len(c.coefs) for c in self.curves.values()]
        *parts, rest = values.split([*sizes, len(self.unknowns)])
        curves = {
            name: replace(curve, coefs=part)
            for (name, curve), part in zip(self.curves.items(), parts, strict=True)
        }
        unknowns = dict(zip(self.unknowns, rest.tolist(), strict=True))
        return replace(self, curves=curves, unknowns=unknowns)

    def with_known(self, values: Tensor) -> EquationProblem:
        """The problem with these values in place of the unknowns."""
        guessed = self.guessing(values)
        constants = {**self.constants, **guessed.unknowns}
        return replace(guessed, constants=constants, unknowns={})

    def inner(self, curves: Sequence[Curves]) -> Rows:
        """The points at which the residual is minimised."""
        shape = self.shape_curves(curves)
        if shape is None:
            return Rows.product(_oversample(curves))
        return self._times(shape.points(), shape.axes, curves)

    def border_rows(self, curves: Sequence[Curves]) -> list[tuple[Border, Rows]]:
        """The conditions on the border of a shape, with their points."""
        if not self.on_shape:
            return []
        axes = self.cut_axes
        bounds = {self.names[a]: self.bounds[a] for a in axes}
        counts = [curves[a].count for a in axes]
        count = int(BORDER * math.prod(counts) ** ((len(axes) - 1) / len(axes)))
        made = []
        for condition in self.on_shape:
            for border in self.borders(condition, self.cut):
                points = border.place.draw(count, 0, bounds)
                if len(points):
                    made.append((border, self._times(points, axes, curves)))
        return made

    def borders(self, condition: Condition, domain: Shape | None = None) -> list[Border]:
        """A condition as residuals on the border of a domain, by default of the whole one."""
        whole = self.shape or box(**dict(zip(self.names, self.bounds, strict=True)))
        return read_borders(
            condition, domain or whole, self.names, self.equation.fields, self.constants
        )

    def _times(self, listed: Tensor, axes: Sequence[int], curves: Sequence[Curves]) -> Rows:
        """The product of points of the coordinates that a shape cuts with those of the others."""
        others, nodes = [a for a in range(len(self.names)) if a not in axes], _oversample(curves)
        groups = (tuple(axes), *((a,) for a in others))
        return Rows(groups, (listed, *(nodes[a][:, None] for a in others)))

    @cached_property
    def cut(self) -> Shape:
        """The shape without the coordinates in which it is a plain interval."""
        parts = [] if self.shape is None else self.shape.factors()
        cut = {n for part in parts if not isinstance(part, Slab) for n in part.coordinates}
        cut |= {n for condition in self.on_shape for n in name_where(condition.where)}
        return Intersection(tuple(part for part in parts if set(part.coordinates) <= cut))

    @property
    def cut_axes(self) -> list[int]:
        """The coordinates in which the shape isn't a plain interval."""
        return [a for a, name in enumerate(self.names) if name in self.cut.coordinates]

    def contains(self, points: Tensor, margin: float = 0.0) -> Tensor:
        """Which points lie in the domain or within a margin of it; (rows, axes) → (rows,)"""
        if self.shape is None:
            return torch.ones(len(points), dtype=torch.bool)
        named = dict(zip(self.names, points.unbind(1), strict=True))
        inside = self.cut.contains(named)
        return inside | (self.cut.level(named).abs() <= margin) if margin else inside

    def draw(self, count: int, seed: int, window: tuple[float, float] | None = None) -> Rows:
        """Uniform random points of the domain, or of a window of time, not used by any fit."""
        generator = torch.Generator().manual_seed(seed)
        bounds = list(self.bounds)
        if window is not None and self.time is not None:
            bounds[self.time] = window
        low, high = torch.tensor(bounds, dtype=torch.float64).unbind(1)
        found, tried = list[Tensor](), 0
        while (inside := sum(map(len, found))) < count:
            if tried > MOST_TRIED and inside < RAREST * tried:
                raise ValueError(
                    f"solve expected a domain with points inside, found {inside} among {tried} "
                    "points of the box around it: check what is cut out, or make the box smaller"
                )
            more = count if inside else max(count, tried)  # at least as many as all before
            tried += more
            made = torch.rand(more, len(self.bounds), generator=generator, dtype=torch.float64)
            points = low + made * (high - low)
            found.append(points[self.contains(points)])
        return Rows.listed(torch.cat(found)[:count])

    def initial_values(self, name: str, rows: Rows) -> Tensor:
        """The given initial values of a field at the places of points; (rows,), NaN without any."""
        points = {n: rows.coordinate(a) for a, n in enumerate(self.names) if a != self.time}
        for c in self.conditions:
            if c.kind == "initial" and c.field in (None, name) and 0 in c.terms:
                return call_value(c.value, points).expand(rows.shape)
        return torch.full(rows.shape, math.nan, dtype=torch.float64)

    def window(self, part: Part) -> tuple[float, float] | None:
        """The interval of time of a part of a solution; None without a time."""
        return None if self.time is None else part.ends[self.time]

    def residuals(self, piece: Part, rows: Rows) -> Tensor:
        """The residuals of a piece at points; (equations, rows)"""
        return self.evaluate(rows, piece.derivatives(self.equation.orders, rows))

    def evaluate(self, rows: Rows, derivatives: Mapping[str, Mapping[Index, Tensor]]) -> Tensor:
        """The residuals for given derivatives at points; (equations, rows)"""
        points = rows.named(self.names)
        return torch.stack(self.equation.evaluate(derivatives, points, self.constants))

    def evaluate_moved(
        self,
        rows: Rows,
        derivatives: Mapping[str, Mapping[Index, Tensor]],
        name: str,
        index: Index,
        step: Tensor | float,
    ) -> Tensor:
        """The residuals after one derivative of a field has moved by a step; (equations, rows)"""
        own = {**derivatives[name], index: derivatives[name][index] + step}
        return self.evaluate(rows, {**derivatives, name: own})


def _oversample(curves: Sequence[Curves]) -> list[Tensor]:
    """More points than curves along each coordinate."""
    return [c.nodes(int(OVERSAMPLING * c.count) + 2) for c in curves]


Problem = EquationProblem
"""Its name in pickles of version 0.1.0."""
