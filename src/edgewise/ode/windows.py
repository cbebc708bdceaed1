"""Test functions on a grid: weights that turn a field into integrals over windows.

φ(t, x, …) = Π (1 - s²)^p over the axes, s ∈ [-1, 1] within the window. By parts
∫ φ ∂ᵅg = (-1)^|α| ∫ ∂ᵅφ g, so that no derivative of measured values is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.polynomial import Polynomial
from numpy.typing import NDArray

from edgewise.ode.fields import Fields, along
from edgewise.ode.interpolation import quadrature

Array = NDArray[np.float64]

POWER = 12
"""p: φ and its derivatives go to zero so smoothly that sums are good integrals."""
WIDTH = 3.6
"""Half a window in lengths √(mean u² / mean u'²): a sine's wave is about six of them."""
FEWEST = 9
"""Points of half a window, at least: sums are good integrals from there on."""
LONGEST, ROOM = 0.14, 0.25
"""Half a window over an axis, at most; and if it then had too few points."""
EVEN = 1e-6
"""Steps that differ by less than this fraction are equal."""
HOPS = {2: 0.2, 3: 0.35, 4: 0.5}
"""Distance of windows over their half width, by the number of axes: thousands of windows do."""


@dataclass(frozen=True, eq=False)
class Axis:
    """The windows along one axis.

    Attributes:
        points: of the grid; centres: of the windows; half: their half width.
    """

    points: Array
    centres: Array
    half: float
    _known: dict[int, Array] = field(default_factory=dict, repr=False)

    @staticmethod
    def of(points: Array, half: float, hop: float) -> Axis:
        """Windows of a half width, of at least a few points and at most a part of the axis.

        Args:
            hop: distance of their centres over the half width.
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
            bump = Polynomial([1.0, 0.0, -1.0]) ** POWER
            shape = bump.deriv(order) if order else bump
            s = (self.points - self.centres[:, None]) / self.half
            made = np.where(np.abs(s) < 1, shape(s), 0.0) / self.half**order
            self._known[order] = made * self._sums
        return self._known[order]

    @property
    def _sums(self) -> Array:
        """Weights of sums for integrals: equal ones of even steps, as φ is zero at its ends."""
        gaps = np.diff(self.points)
        even = np.ptp(gaps) <= EVEN * gaps.mean()
        return np.full(len(self.points), gaps.mean()) if even else quadrature(self.points)


@dataclass(frozen=True, eq=False)
class Windows:
    """Windows of all axes together."""

    axes: list[Axis]

    @staticmethod
    def of(fields: Fields) -> Windows:
        """Windows as wide as the fields' own waves."""
        axes = []
        for place, points in enumerate(fields.axes):
            orders = [int(k == place) for k in range(len(fields.axes))]
            lengths = []
            for k, values in enumerate(fields.values):
                slope = fields.derivative(k, orders)
                size = float(np.sqrt(np.mean(slope**2)))
                lengths.append(float(values.std()) / size if size > 0 else np.inf)
            axes.append(Axis.of(points, WIDTH * min(lengths), HOPS[len(fields.axes)]))
        return Windows(axes)

    @property
    def count(self) -> int:
        return int(np.prod([len(axis.centres) for axis in self.axes]))

    def integrate(self, values: Array, orders: Sequence[int]) -> Array:
        """∫ φ ∂ᵅ(values) by parts, for all windows; (…grid) → (count,)"""
        for place, axis in enumerate(self.axes):
            values = along(axis.weights(orders[place]), values, place)
        return (-1) ** sum(orders) * values.ravel()
