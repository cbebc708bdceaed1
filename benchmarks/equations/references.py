"""Reference solutions: points, the fields' values there, and how far they can be wrong.

Those that take more than a moment are kept in data/, where ``python -m
benchmarks.equations.references`` writes them.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from benchmarks.equations import cavity, closed, marching, ordinary

Array = NDArray[np.float64]
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Reference:
    """A solution, known at points.

    Attributes:
        points: (N, coordinates); values: (N, fields).
        error: how far the values are wrong at most, relative to the largest of their field.
    """

    points: Tensor
    values: Tensor
    error: float

    def distance(self, values: Tensor) -> float:
        """‖values - truth‖ / ‖truth‖ over all points and fields."""
        return float((values.double() - self.values).norm() / self.values.norm())


def _grid(*axes: Array | Tensor) -> Tensor:
    """All points of a grid, the last coordinate the quickest: (N, coordinates)."""
    points = torch.cartesian_prod(*(torch.as_tensor(axis) for axis in axes))
    return points[:, None] if points.dim() == 1 else points


def _even(low: float, high: float, count: int) -> Tensor:
    return torch.linspace(low, high, count, dtype=torch.float64)


def _from(
    points: Tensor, formula: Callable[..., Tensor | tuple[Tensor, ...]], error: float
) -> Reference:
    made = formula(*points.unbind(1))
    fields = made if isinstance(made, tuple) else (made,)
    return Reference(points, torch.stack(fields, 1), error)


def poisson() -> Reference:
    return _from(_grid(_even(-1, 1, 101), _even(-1, 1, 101)), closed.waves, 1e-15)


def helmholtz() -> Reference:
    points = _grid(_even(-1, 1, 101), _even(-1, 1, 201))
    return _from(points, lambda x, y: closed.waves(x, y, *closed.WAVE_NUMBERS), 1e-15)


def burgers() -> Reference:
    return _from(_grid(_even(-1, 1, 401), _even(0, 1, 26)), closed.burgers, 1e-14)


def schroedinger() -> Reference:
    points = _grid(_even(-5, 5, 201), _even(0, math.pi / 2, 41))
    return _from(points, closed.breather, 1e-14)


def plate() -> Reference:
    """A quarter of the plate, [0, 2]² without the hole: displacements."""
    points = _grid(_even(0, 2, 81), _even(0, 2, 81))
    outside = points.square().sum(1) >= closed.RADIUS**2
    return _from(points[outside], closed.plate_displacements, 1e-15)


def heat() -> Reference:
    """u_t = Δu in the L-shape, from its first mode and one without a singularity."""
    shape = closed.LShape()

    def field(x: Tensor, y: Tensor, t: Tensor) -> Tensor:
        smooth = torch.sin(math.pi * x) * torch.sin(math.pi * y)
        first = (-shape.eigenvalue * t).exp() * shape(x, y)
        return first + 0.5 * (-2 * math.pi**2 * t).exp() * smooth

    points = _grid(_even(-1, 1, 41), _even(-1, 1, 41), _even(0, 0.1, 6))
    inside = ~((points[:, 0] > 0) & (points[:, 1] < 0))
    return _from(points[inside], field, 1e-10)


def lorenz() -> Reference:
    times = np.linspace(0, 10, 501)
    return Reference(_grid(times), torch.from_numpy(ordinary.lorenz(times)), 1e-12)


def _cavity(reynolds: float, degree: int = 40) -> tuple[Array, Array]:
    """(u, v) where the tables give one of them, the other nan."""
    u, v = cavity.centre_lines(*cavity.solve_cavity(reynolds, degree))
    unknown = np.full(len(u), np.nan)
    lines = [np.full(len(u), 0.5), cavity.Y], [cavity.X, np.full(len(v), 0.5)]
    points = np.concatenate([np.stack(line, 1) for line in lines])
    return points, np.concatenate([np.stack([u, unknown], 1), np.stack([unknown, v], 1)])


def _waves(
    low: float, length: float, end: float, frames: int, made: Callable[[Array], Array], keep: int
) -> tuple[Array, Array]:
    """Points (x, t) and values, of a grid of which `keep` points of x are kept."""
    times = np.linspace(0, end, frames)
    fields = made(times)
    fields = fields[:, :: fields.shape[1] // keep]
    x = low + length * np.arange(keep) / keep
    return _grid(x, times).numpy(), fields.T.reshape(-1, 1)


def _allen_cahn(diffusivity: float, fixed: bool, degree: int) -> tuple[Array, Array]:
    x, times = np.linspace(-1, 1, 201), np.linspace(0, 1, 21)
    made = marching.allen_cahn(x, times, diffusivity, fixed, degree, 1e-12)
    return _grid(x, times).numpy(), made.T.reshape(-1, 1)


def _gray_scott() -> tuple[Array, Array]:
    times = np.linspace(0, 40, 6)
    fields = marching.gray_scott(times)[:, :, ::5, ::5]
    axis = np.arange(32) / 32
    return _grid(axis, axis, times).numpy(), fields.transpose(2, 3, 0, 1).reshape(-1, 2)


def _van_der_pol() -> tuple[Array, Array]:
    times = np.linspace(0, 2000, 401)
    return times[:, None], ordinary.van_der_pol(times)[:, :1]


@dataclass(frozen=True)
class Stored:
    """A solution in data/.

    Attributes:
        make: computes its points and values; error: as of :class:`Reference`.
    """

    make: Callable[[], tuple[Array, Array]]
    error: float

    def read(self, name: str) -> Reference:
        with np.load(DATA / f"{name}.npz") as file:
            points, values = (torch.from_numpy(file[key]) for key in ("points", "values"))
        return Reference(points, values, self.error)


STORED: Mapping[str, Stored] = {
    "allen-cahn": Stored(lambda: _allen_cahn(marching.SHARP, True, 448), 1e-9),
    "allen-cahn-standard": Stored(lambda: _allen_cahn(marching.STANDARD, False, 640), 1e-9),
    "korteweg-de-vries": Stored(
        lambda: _waves(-1, 2, 1, 21, marching.korteweg_de_vries, 256), 1e-9
    ),
    "kuramoto-sivashinsky": Stored(
        lambda: _waves(0, 2 * math.pi, 0.5, 21, marching.kuramoto_sivashinsky, 128), 1e-9
    ),
    "gray-scott": Stored(_gray_scott, 2e-9),
    "cavity-100": Stored(lambda: _cavity(100), 2e-5),
    "cavity-400": Stored(lambda: _cavity(400), 2e-4),
    "van-der-pol": Stored(_van_der_pol, 1e-9),
}
COMPUTED: Mapping[str, Callable[[], Reference]] = {
    "poisson": poisson,
    "helmholtz": helmholtz,
    "burgers": burgers,
    "schroedinger": schroedinger,
    "plate": plate,
    "heat": heat,
    "lorenz": lorenz,
}
NAMES = (*COMPUTED, *STORED)


def read_reference(name: str) -> Reference:
    """The reference solution of that name, one of :data:`NAMES`."""
    return COMPUTED[name]() if name in COMPUTED else STORED[name].read(name)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(list(STORED)))
def main(names: tuple[str, ...]) -> None:
    """Compute the solutions that data/ keeps, by default all of them, in some minutes."""
    DATA.mkdir(exist_ok=True)
    for name in names or STORED:
        began = time.process_time()
        points, values = STORED[name].make()
        np.savez_compressed(DATA / f"{name}.npz", points=points, values=values)
        click.echo(f"{name}: {len(points)} points, {time.process_time() - began:.1f} s")


if __name__ == "__main__":
    main()
