"""Reference solutions of periodic equations ∂w/∂t = L w + N(w), pseudo-spectral.

The linear part is diagonal in Fourier space; time steps are those of the exponential Runge-Kutta
method of fourth order, its coefficients by contour integrals (Kassam and Trefethen, SIAM J. Sci.
Comput. 26, 2005). Products are freed of aliasing by the rule of two thirds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]


@dataclass(frozen=True)
class Torus:
    """A periodic domain.

    Attributes:
        lengths: of its sides; points: of the grid along each.
    """

    lengths: tuple[float, ...]
    points: tuple[int, ...]

    @property
    def axes(self) -> list[Array]:
        """The coordinates of the grid, an array a side."""
        sides = zip(self.lengths, self.points, strict=True)
        return [length * np.arange(n) / n for length, n in sides]

    @property
    def mesh(self) -> list[Array]:
        return list(np.meshgrid(*self.axes, indexing="ij"))

    @property
    def wave_numbers(self) -> list[Array]:
        sides = zip(self.lengths, self.points, strict=True)
        each = [2 * np.pi / length * np.fft.fftfreq(n, 1 / n) for length, n in sides]
        return list(np.meshgrid(*each, indexing="ij"))

    @property
    def laplacian(self) -> Array:
        """-|k|², the Laplacian in Fourier space."""
        made: Array = -sum(k**2 for k in self.wave_numbers)
        return made

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Where products of two fields are free of aliasing."""
        sides = zip(self.wave_numbers, self.lengths, self.points, strict=True)
        keep = np.ones(self.points, dtype=bool)
        for k, length, n in sides:
            keep &= np.abs(k) * length / (2 * np.pi) < n / 3
        return keep

    def to_fourier(self, values: Array) -> Complex:
        return np.asarray(np.fft.fftn(values, axes=tuple(range(-len(self.points), 0))))

    def to_values(self, modes: Complex) -> Array:
        return np.asarray(np.fft.ifftn(modes, axes=tuple(range(-len(self.points), 0))).real)

    def derivative(self, modes: Complex, axis: int, order: int = 1) -> Array:
        """The values of a derivative."""
        return self.to_values((1j * self.wave_numbers[axis]) ** order * modes)

    def smooth_field(self, generator: np.random.Generator, waves: int) -> Array:
        """A random field of so many waves a side, its deviation 1."""
        size = sum((k * ln / (2 * np.pi)) ** 2 for k, ln in self._sides())
        noise = self.to_fourier(generator.standard_normal(self.points))
        made = self.to_values(noise * np.exp(-size / (0.5 * waves**2)) * (size > 0))
        return made / made.std()

    def _sides(self) -> zip[tuple[Array, float]]:
        return zip(self.wave_numbers, self.lengths, strict=True)


def solve(
    torus: Torus,
    linear: Sequence[Array] | Array,
    rest: Callable[[Complex], Complex],
    start: Array,
    times: Array,
    step: float,
) -> Array:
    """The fields at evenly spaced times.

    Args:
        linear: the diagonal of L in Fourier space, of each field.
        rest: N in Fourier space, of the modes of all fields.
        step: an upper limit of the time step.

    Shape:
        linear, start: (fields, *points); times: (steps,) → (steps, fields, *points)
    """
    gap = float(times[1] - times[0])
    pieces = max(1, int(np.ceil(gap / step)))
    h = gap / pieces
    z = h * np.asarray(linear, dtype=np.complex128)
    whole, half = np.exp(z), np.exp(z / 2)
    circle = np.exp(1j * np.pi * (np.arange(1, 33) - 0.5) / 16)
    q, f1, f2, f3 = (np.zeros_like(z) for _ in range(4))
    for root in circle:
        r = z + root
        e = np.exp(r)
        q += h * (np.exp(r / 2) - 1) / r / 32
        f1 += h * (-4 - r + e * (4 - 3 * r + r**2)) / r**3 / 32
        f2 += h * (2 + r + e * (r - 2)) / r**3 / 32
        f3 += h * (-4 - 3 * r - r**2 + e * (4 - r)) / r**3 / 32

    def n(modes: Complex) -> Complex:
        return rest(modes) * torus.kept

    modes = torus.to_fourier(start)
    made = [np.asarray(start)]
    for _ in range(len(times) - 1):
        for _ in range(pieces):
            now = n(modes)
            a = half * modes + q * now
            at_a = n(a)
            b = half * modes + q * at_a
            at_b = n(b)
            c = half * a + q * (2 * at_b - now)
            modes = whole * modes + f1 * now + 2 * f2 * (at_a + at_b) + f3 * n(c)
        made.append(torus.to_values(modes))
    return np.array(made)
