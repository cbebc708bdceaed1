"""`Fields`: measured fields on a grid, with smoothing, derivatives and noise estimates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from edgewise._arrays import Array
from edgewise.ode.smoothing import PENALTIES, cross_validate, diagonalise

DEEPEST = 4
"""Highest derivative of a smoothed field."""
LIGHTER = 0.01
"""Factor applied to the penalty that cross-validation chooses: bias is worse than noise, because
windows average noise out."""


class FieldNoise(Protocol):
    """The noise of a field's values on the grid."""

    @property
    def size(self) -> float:
        """Its standard deviation on the grid."""

    @property
    def measured(self) -> float:
        """Its standard deviation where the field was measured."""

    def draw(self, generator: np.random.Generator) -> Array:
        """New noise on the grid."""


@dataclass(frozen=True)
class GridNoise:
    """Independent noise of the values on a grid."""

    size: float
    shape: tuple[int, ...]

    @property
    def measured(self) -> float:
        return self.size

    def draw(self, generator: np.random.Generator) -> Array:
        return self.size * generator.standard_normal(self.shape)


@dataclass(frozen=True, eq=False)
class Fields:
    """Fields u(t, x, …) on a grid.

    Attributes:
        axes: times, then the coordinates of space; axis_names: "t", "x", …
        values, names: the values and the name of each field.
        known: the number of fields, the last ones, that are known influences without an equation.
        smoothed: the noise of each field that was smoothed before; none for measured grids.
        coarser: the same fields smoothed on wider cells; None for measured grids.

    Shape:
        axes: of (steps,), (points,), …; values: of (steps, points, …)
    """

    axes: list[Array]
    axis_names: list[str]
    values: list[Array]
    names: list[str]
    known: int = 0
    smoothed: Sequence[FieldNoise] = ()
    coarser: Fields | None = None

    @property
    def unknown(self) -> int:
        """The number of fields with an equation."""
        return len(self.values) - self.known

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(axis) for axis in self.axes)

    @cached_property
    def smoothers(self) -> list[list[Smoother]]:
        """A smoother for each field and axis."""
        return [
            [Smoother.of(axis, values, k) for k, axis in enumerate(self.axes)]
            for values in self.values
        ]

    @cached_property
    def noise(self) -> Sequence[FieldNoise]:
        """Each field's noise: the residuals of its smoothest axis, if it wasn't smoothed before."""
        own = [min(s.noise for s in each) for each in self.smoothers]
        return self.smoothed or [GridNoise(size, self.shape) for size in own]

    def derivative(self, field: int, orders: Sequence[int]) -> Array:
        """A derivative of a smoothed field, by its order along each axis."""
        return differentiate_field(self.values[field], self.smoothers[field], orders)

    def coordinate(self, axis: int) -> Array:
        """The coordinates of one axis at all points of the grid, by broadcasting."""
        shape = [1] * len(self.axes)
        shape[axis] = -1
        return np.broadcast_to(self.axes[axis].reshape(shape), self.shape)


def differentiate_field(
    values: Array, smoothers: Sequence[Smoother], orders: Sequence[int]
) -> Array:
    """Smooth a field, and differentiate it along each axis."""
    for axis, (smoother, order) in enumerate(zip(smoothers, orders, strict=True)):
        values = along(smoother.matrices[order], values, axis)
    return values


def along(matrix: Array, values: Array, axis: int) -> Array:
    """Apply a matrix along one axis; (new, n), (…, n, …) → (…, new, …)"""
    return np.moveaxis(np.tensordot(matrix, values, axes=(1, axis)), 0, axis)


@dataclass(frozen=True, eq=False)
class Smoother:
    """A smoothing spline along one axis; cross-validation chooses one penalty for all lines.

    Attributes:
        matrices: matrices that map the data to the 0th, 1st, … derivative of the spline.
        noise: the standard deviation of the residuals.
    """

    matrices: list[Array]
    noise: float

    @staticmethod
    def of(axis: Array, values: Array, place: int) -> Smoother:
        lines = np.moveaxis(values, place, 0).reshape(len(axis), -1)
        gap = float(np.median(np.diff(axis)))
        shapes, stiffness = diagonalise(axis, 2 * gap, range(DEEPEST + 1))
        modes = np.square(shapes[0].T @ lines).sum(1)
        rest = max(float(np.square(lines).sum() - modes.sum()), 0.0)
        kept = 1 / (1 + np.multiply.outer(PENALTIES, stiffness))
        left = rest + np.square(1 - kept) @ modes
        freedom = kept.sum(1)
        (best,) = cross_validate(left[:, None], freedom, len(axis))
        spare = max(len(axis) - float(freedom[best]), 0.5)
        noise = float(np.sqrt(left[best] / spare / lines.shape[1]))
        lighter = 1 / (1 + LIGHTER * PENALTIES[best] * stiffness)
        return Smoother([(shape * lighter) @ shapes[0].T for shape in shapes], noise)
