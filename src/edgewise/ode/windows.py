"""Test functions on a grid: weights that turn a field into integrals over windows.

φ(t, x, …) = Π (1 - s²)^p over the axes, with s ∈ [-1, 1] in the window. Integration by parts gives
∫ φ ∂ᵅg = (-1)^|α| ∫ ∂ᵅφ g, so measured values are never differentiated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.polynomial import Polynomial

from edgewise._arrays import Array
from edgewise.ode.fields import Fields, along
from edgewise.ode.interpolation import quadrature

POWER = 12
"""p: φ and its derivatives vanish at the ends smoothly enough for accurate quadrature by sums."""
WIDTH = 3.6
"""Half width of a window in units of √(mean u² / mean u'²); the period of a sine is 2π of them."""
FEWEST = 9
"""Fewest points of half a window, for accurate quadrature."""
LONGEST, ROOM = 0.14, 0.25
"""Largest half width as a fraction of the axis, and the same if there are too few points."""
EVEN = 1e-6
"""Steps that differ by less than this fraction count as equal."""
HOPS = {2: 0.2, 3: 0.35, 4: 0.5}
"""Distance of windows in half widths, by the number of axes; it gives some thousand windows."""


@dataclass(frozen=True, eq=False)
class Axis:
    """The windows along one axis.

    Attributes:
        points: the grid's points.
        centres, half: the centres and the half width of the windows.
    """

    points: Array
    centres: Array
    half: float
    _known: dict[int, Array] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(points: Array, half: float, hop: float) -> Axis:
        """Windows of a half width, which is adjusted to the number of points and the axis.

        Args:
            hop: distance of the centres in half widths.
        """
        length = float(points[-1] - points[0])
        gap = length / (len(points) - 1)
        half = min(max(min(half, LONGEST * length), FEWEST * gap), ROOM * length)
        count = 1 + max(0, int((length - 2 * half) / (hop * half)))
        centres = np.linspace(points[0] + half, points[-1] - half, count)
        return Axis(points, centres, half)

    def weights(self, order: int) -> Array:
        """∫ φ^(order) f dx as weights of f; (windows, points)"""
        if order not in self._known:
            made = bumps(self.points, self.centres, self.half, POWER, order)
            self._known[order] = made * self._sums
        return self._known[order]

    @property
    def _sums(self) -> Array:
        """Weights of quadrature; they are equal for even steps, because φ is 0 at its ends."""
        gaps = np.diff(self.points)
        # Far from 0, rounded times or places are all but even.
        rounding = 4 * float(np.spacing(np.abs(self.points).max()))
        even = np.ptp(gaps) <= EVEN * gaps.mean() + rounding
        return np.full(len(self.points), gaps.mean()) if even else quadrature(self.points)


@dataclass(frozen=True, eq=False)
class FieldWindows:
    """Windows of all axes together."""

    axes: list[Axis]

    @staticmethod
    def of(fields: Fields) -> FieldWindows:
        """Windows whose widths follow from the fields' wavelengths."""
        axes = []
        for place, points in enumerate(fields.axes):
            orders = [int(k == place) for k in range(len(fields.axes))]
            lengths = []
            for k, values in enumerate(fields.values):
                slope = fields.derivative(k, orders)
                size = float(np.sqrt(np.mean(slope**2)))
                lengths.append(float(values.std()) / size if size > 0 else np.inf)
            axes.append(Axis.of(points, WIDTH * min(lengths), HOPS[len(fields.axes)]))
        return FieldWindows(axes)

    @property
    def count(self) -> int:
        return int(np.prod([len(axis.centres) for axis in self.axes]))

    def integrate(self, values: Array, orders: Sequence[int]) -> Array:
        """∫ φ ∂ᵅ(values) by parts, for all windows; (…grid) → (count,)"""
        for place, axis in enumerate(self.axes):
            values = along(axis.weights(orders[place]), values, place)
        return (-1) ** sum(orders) * values.ravel()


def bumps(points: Array, centres: Array, half: float, power: int, order: int) -> Array:
    """φ = (1 - s²)^power around centres, s = (x - centre) / half, or a derivative by x.

    Shape:
        points: (n,); centres: (windows,) → (windows, n)
    """
    shape = Polynomial([1.0, 0.0, -1.0]) ** power
    shape = shape.deriv(order) if order else shape
    s = (points - centres[:, None]) / half
    return np.where(np.abs(s) < 1, shape(s), 0.0) / half**order
