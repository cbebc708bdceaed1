"""A differential equation on a box, as it is solved: what holds where, and pieces of answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import torch
from torch import Tensor

from edgewise.equations.conditions import Condition, call_value
from edgewise.equations.curves import Curves
from edgewise.equations.fields import Equation, Index
from edgewise.equations.least_squares import Fit, descend_fit
from edgewise.equations.parts import Part
from edgewise.equations.products import multiply_curves
from edgewise.equations.space import (
    FieldSpace,
    Functional,
    Rows,
    Sampled,
    build_space,
)
from edgewise.models.separable import SeparableKAN

OVERSAMPLING = 1.3
"""Points of a coordinate for each of its curves."""


@dataclass(frozen=True)
class Clock:
    """How many of the processor's seconds are left.

    Attributes:
        end: of the time, as :func:`time.process_time` counts it.
    """

    end: float

    def is_over(self) -> bool:
        return time.process_time() > self.end

    def left(self) -> float:
        return self.end - time.process_time()


@dataclass(frozen=True)
class Step:
    """One solution on the way.

    Attributes:
        counts: curves of each coordinate.
        interval: of the time, if there are windows.
        newton: Gauss-Newton steps.
        residual: root mean square of the residuals at points that weren't fitted.
        error: estimated, relative, of this solution; NaN where it isn't known yet.
        seconds: of the processor since the beginning.
        taken: whether it is a part of the answer.
    """

    counts: tuple[int, ...]
    interval: tuple[float, float] | None
    newton: int
    residual: float
    error: float
    seconds: float
    taken: bool


@dataclass(frozen=True, eq=False)
class Piece(Part):
    """Every field as a sum of products of curves, on a box.

    Attributes:
        curves: of each coordinate.
        coefs: of each field; (count, …)
        constants: values of unknown constants.
    """

    curves: tuple[Curves, ...]
    coefs: Mapping[str, Tensor]
    constants: Mapping[str, float] = field(default_factory=dict)

    @property
    def ends(self) -> tuple[tuple[float, float], ...]:
        return tuple(c.ends for c in self.curves)

    @property
    def numbers(self) -> int:
        return sum(coefs.numel() for coefs in self.coefs.values())

    def evaluate(self, name: str, rows: Rows, index: Index) -> Tensor:
        return Sampled.make(self.curves, rows, index).evaluate(self.coefs[name], index)

    def to_network(self, fields: Sequence[str]) -> SeparableKAN:
        return multiply_curves(self.curves, self.coefs, fields)

    def start(self, axis: int) -> Piece:
        """What it begins with along a coordinate, as a piece that is constant along it."""
        at = self.curves[axis].at_ends[0, 0]
        coefs = {
            name: torch.tensordot(at, own, ([0], [axis])).unsqueeze(axis)
            for name, own in self.coefs.items()
        }
        curves = [c.resized(1) if a == axis else c for a, c in enumerate(self.curves)]
        return Piece(tuple(curves), coefs)

    def sizes(self) -> dict[str, float]:
        """The largest coefficient of each field."""
        return {name: float(coefs.abs().max()) for name, coefs in self.coefs.items()}

    def tails(self, sizes: Mapping[str, float] | None = None) -> list[float]:
        """How large the last coefficients of each coordinate are, relative to the largest."""
        sizes = self.sizes() if sizes is None else sizes
        found = []
        for axis, curves in enumerate(self.curves):
            count = min(curves.count, max(2, curves.count // 10))
            worst = 0.0
            for name, coefs in self.coefs.items():
                last = coefs.narrow(axis, curves.count - count, count)
                worst = max(worst, float(last.abs().max()) / max(sizes[name], 1e-300))
            found.append(worst)
        return found


@dataclass(frozen=True, eq=False)
class FreeCurve:
    """A function of one coordinate whose coefficients data tell.

    Attributes:
        axis: of the coordinate.
        curves: that it is a sum of.
        coefs: their factors, (count,), known or a first guess.
        most: how many there may be.
    """

    axis: int
    curves: Curves
    coefs: Tensor
    most: int

    def space(self, curves: Sequence[Curves], free: bool) -> FieldSpace:
        """It among the products of other curves; with no coefficient that is free, or all."""
        own = curves[self.axis]
        along = own.transform @ self.curves.table(own.nodes().clamp(*self.curves.ends), 0)[0]
        factors = [torch.eye(c.count, 1, dtype=torch.float64) for c in curves]
        factors[self.axis] = along
        zero = torch.zeros([c.count for c in curves], dtype=torch.float64)
        if free:
            return FieldSpace(tuple(factors), zero)
        at: list[int | slice] = [0] * len(curves)
        at[self.axis] = slice(None)
        zero[tuple(at)] = along @ self.coefs
        return FieldSpace(tuple(f[:, :0] for f in factors), zero)


@dataclass(frozen=True, eq=False)
class Problem:
    """An equation with its conditions on a box.

    Attributes:
        equation: what should be 0.
        bounds: of each coordinate.
        conditions: which hold by construction, at the ends of coordinates.
        constants: known numbers.
        unknowns: first guesses of those that are found.
        time: the axis along which windows follow each other, or None.
        curves: fields of one coordinate that the equation doesn't tell, but data do.
    """

    equation: Equation
    bounds: tuple[tuple[float, float], ...]
    conditions: tuple[Condition, ...]
    constants: Mapping[str, float]
    unknowns: Mapping[str, float] = field(default_factory=dict)
    time: int | None = None
    curves: Mapping[str, FreeCurve] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        return self.equation.coordinates

    def functionals(self, name: str, before: Part | None) -> list[Functional]:
        """The conditions of a field; with what came before, it begins where that ended."""
        made = []
        for condition in self.conditions:
            if condition.field in (None, name):
                made += self._read(condition, name, before)
        return sorted(made, key=lambda f: f.axis == self.time)

    def _read(self, condition: Condition, name: str, before: Part | None) -> list[Functional]:
        axis = self.names.index(str(condition.where))
        if condition.kind == "periodic":
            orders = range(max(1, self.equation.highest(axis, name)))
            return [Functional(condition, axis, None, {k: 1.0}, _nothing) for k in orders]
        if before is not None and axis == self.time:
            (order,) = condition.terms
            return [Functional(condition, axis, 0, condition.terms, before.face(name, axis, order))]
        others = [n for a, n in enumerate(self.names) if a != axis]
        value = FaceFunction(condition, tuple(others))
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
        """The products of curves that obey the conditions, for each field.

        Args:
            curves: of each coordinate.
            before: what came before.
            unknown: whether the curves that data tell are free, too.
        """
        return {
            name: self.curves[name].space(curves, unknown)
            if name in self.curves
            else build_space(curves, self.functionals(name, before))
            for name in self.equation.fields
        }

    # Unknown numbers: the coefficients of curves, then constants.

    def unknown_values(self) -> Tensor:
        """First guesses; (numbers,)"""
        constants = torch.tensor(list(self.unknowns.values()), dtype=torch.float64)
        return torch.cat([*(c.coefs for c in self.curves.values()), constants])

    def guessing(self, values: Tensor) -> Problem:
        """The same with other first guesses."""
        sizes = [len(c.coefs) for c in self.curves.values()]
        *parts, rest = values.split([*sizes, len(self.unknowns)])
        curves = {
            name: replace(curve, coefs=part)
            for (name, curve), part in zip(self.curves.items(), parts, strict=True)
        }
        unknowns = dict(zip(self.unknowns, rest.tolist(), strict=True))
        return replace(self, curves=curves, unknowns=unknowns)

    def with_known(self, values: Tensor) -> Problem:
        """The same with these numbers put in."""
        guessed = self.guessing(values)
        constants = {**self.constants, **guessed.unknowns}
        return replace(guessed, constants=constants, unknowns={})

    def fit(self, curves: Sequence[Curves], spaces: Mapping[str, FieldSpace]) -> Fit:
        """The residuals on these curves as a function of what is free."""
        unknowns = list(self.unknowns)
        return Fit(self.equation, curves, spaces, self.inner(curves), self.constants, unknowns)

    def inner(self, curves: Sequence[Curves]) -> Rows:
        """The points where the residual is made small."""
        return Rows.product([c.nodes(int(OVERSAMPLING * c.count) + 2) for c in curves])

    def draw(self, count: int, seed: int, window: tuple[float, float] | None = None) -> Rows:
        """Points that no fit sees, uniform in the box or in a window of its time."""
        generator = torch.Generator().manual_seed(seed)
        made = torch.rand(count, len(self.bounds), generator=generator, dtype=torch.float64)
        bounds = list(self.bounds)
        if window is not None and self.time is not None:
            bounds[self.time] = window
        low, high = torch.tensor(bounds, dtype=torch.float64).unbind(1)
        return Rows.listed(low + made * (high - low))

    def residuals(self, piece: Piece, rows: Rows) -> Tensor:
        """Of a piece at points; (equations, rows)"""
        return self._residuals(piece, rows, self._derivatives(piece, rows))

    def scale(self, piece: Piece, rows: Rows) -> float:
        """How large the terms of the residuals are: by how much twice a derivative changes them."""
        derivatives = self._derivatives(piece, rows)
        plain, total = self._residuals(piece, rows, derivatives), 0.0
        for name, own in derivatives.items():
            for index, values in own.items():
                other = {**derivatives, name: {**own, index: 2 * values}}
                change = self._residuals(piece, rows, other) - plain
                total += float(change.square().mean().sqrt())
        return total

    def drift(self, piece: Piece, rows: Rows, length: float) -> float:
        """How far residuals can carry a field away within a time, relative to its size.

        Where Σ c ∂ⁿu/∂tⁿ is a part of the residual R, u moves by R/c · timeⁿ/n! at most, as long as
        the equation itself doesn't amplify what it is given.
        """
        derivatives = self._derivatives(piece, rows)
        plain = self._residuals(piece, rows, derivatives)
        zero, worst = (0,) * len(self.bounds), 0.0
        for name, own in derivatives.items():
            order = self.equation.highest(self.time or 0, name)
            highest = [index for index in own if index[self.time or 0] == order]
            if not order:
                continue
            factor = sum(
                (
                    self._residuals(piece, rows, {**derivatives, name: {**own, i: own[i] + 1}})
                    - plain
                ).abs()
                for i in highest
            )
            moved = (
                plain.abs().amax(0) / torch.as_tensor(factor).amax(0).clamp(min=1e-300)
            ).square()
            size = own[zero].square().mean().sqrt().clamp(min=1e-300)
            worst = max(worst, float(moved.mean().sqrt() * length**order / size))
        return worst

    def _derivatives(self, piece: Piece, rows: Rows) -> dict[str, dict[Index, Tensor]]:
        return {
            name: {index: piece.evaluate(name, rows, index) for index in indices}
            for name, indices in self.equation.orders.items()
        }

    def _residuals(
        self, piece: Piece, rows: Rows, derivatives: Mapping[str, Mapping[Index, Tensor]]
    ) -> Tensor:
        points = {name: rows.coordinate(a) for a, name in enumerate(self.names)}
        constants = {**self.constants, **piece.constants}
        return torch.stack(self.equation.evaluate(derivatives, points, constants))


def _nothing(points: Sequence[Tensor]) -> Tensor:
    return torch.zeros([len(p) for p in points], dtype=torch.float64)


@dataclass(frozen=True)
class FaceFunction:
    """A condition's value on the product of points of the other coordinates."""

    condition: Condition
    names: tuple[str, ...]

    def __call__(self, points: Sequence[Tensor]) -> Tensor:
        grid = torch.meshgrid(*points, indexing="ij") if points else ()
        return call_value(self.condition.value, dict(zip(self.names, grid, strict=True)))


@dataclass(frozen=True, eq=False)
class Solved:
    """A piece and how it was found.

    Attributes:
        piece: the answer.
        newton: steps.
        converged: whether further ones would change nothing that matters.
    """

    piece: Piece
    newton: int
    converged: bool


def solve_piece(
    problem: Problem,
    curves: Sequence[Curves],
    guess: Piece | None,
    before: Part | None,
    goal: float,
    out_of_time: Callable[[], bool],
) -> Solved:
    """Find the coefficients of given curves.

    Args:
        problem: what holds.
        curves: of each coordinate.
        guess: where to begin; by default at the lift of the conditions.
        before: the piece that ends where this one begins.
        goal: relative change of the coefficients that doesn't matter.
        out_of_time: whether to stop.
    """
    spaces = problem.spaces(curves, before)
    fit = problem.fit(curves, spaces)
    numbers = dict(problem.unknowns if guess is None else {**problem.unknowns, **guess.constants})
    parts = [
        torch.zeros(space.shape.numel(), dtype=torch.float64)
        if guess is None
        else space.project(guess.resampled(name, curves))
        for name, space in spaces.items()
    ]
    tail = torch.tensor([numbers[n] for n in problem.unknowns], dtype=torch.float64)
    found = descend_fit(fit, torch.cat([*parts, tail]), goal=goal, out_of_time=out_of_time)
    values = found.free[len(found.free) - len(tail) :].tolist()
    piece = Piece(
        tuple(curves),
        fit.coefficients(found.free),
        dict(zip(problem.unknowns, values, strict=True)),
    )
    return Solved(piece, found.steps, found.converged)


def differ(problem: Problem, one: Piece, other: Piece, rows: Rows) -> tuple[Tensor, Tensor]:
    """The mean squares of the difference of two pieces, and of the second; (fields,) each"""
    zero = (0,) * len(problem.bounds)
    apart, size = [], []
    for name in problem.equation.fields:
        a, b = one.evaluate(name, rows, zero), other.evaluate(name, rows, zero)
        apart.append((a - b).square().mean())
        size.append(b.square().mean())
    return torch.stack(apart), torch.stack(size)


def relative(apart: Tensor, size: Tensor) -> float:
    """The largest relative error of a field, of mean squares; fields that vanish count as they are.

    Shape:
        (fields,), (fields,)
    """
    scale = torch.where(size > 1e-24 * size.max().clamp(min=1e-300), size, size.max())
    return float((apart / scale.clamp(min=1e-300)).max().sqrt())
