"""The equations of the study, as `ew.solve` takes them, each with its reference solution."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

import edgewise as ew
from benchmarks.equations import cavity, closed, marching, ordinary
from benchmarks.equations.references import Reference, read_reference

PI = math.pi


@dataclass(frozen=True)
class Case:
    """An equation with its conditions.

    Attributes:
        name: of it, and of its reference.
        residual: what should be 0.
        domain: as `ew.solve` takes it.
        conditions: makes them.
        constants: of the equation.
        tolerance: that is asked for.
        seconds: of the processor that it may take.
        pick: what the reference holds of the answer's fields; by default all.
        networks: whether deep KANs and MLPs are measured, too.
    """

    name: str
    residual: Callable[..., Any]
    domain: Callable[[], Any]
    conditions: Callable[[], list[Any]]
    constants: Mapping[str, float] = field(default_factory=dict)
    tolerance: float = 1e-6
    seconds: float = 60.0
    networks: bool = False

    def reference(self) -> Reference:
        return read_reference(self.name)


def _box(**ends: tuple[float, float]) -> Callable[[], Any]:
    return lambda: dict(ends)


def _poisson(u: Any, x: Tensor, y: Tensor) -> Any:
    return u.dxx + u.dyy + 2 * PI**2 * closed.waves(x, y)


def _helmholtz(u: Any, x: Tensor, y: Tensor) -> Any:
    m, n = closed.WAVE_NUMBERS
    return u.dxx + u.dyy + u + ((m * m + n * n) * PI**2 - 1) * closed.waves(x, y, m, n)


def _burgers(u: Any, nu: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt + u * u.dx - nu * u.dxx


def _allen_cahn(u: Any, d: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt - d * u.dxx - marching.PULL * (u - u**3)


def _korteweg_de_vries(u: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt + u * u.dx + 0.022**2 * u.dxxx


def _kuramoto_sivashinsky(u: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt + 100 / 16 * u * u.dx + 100 / 16**2 * u.dxx + 100 / 16**4 * u.dxxxx


def _gray_scott(u: Any, v: Any, x: Tensor, y: Tensor, t: Tensor) -> Any:
    c = marching.GRAY_SCOTT
    burnt = u * v**2
    return (
        u.dt - c["du"] * (u.dxx + u.dyy) + burnt - c["feed"] * (1 - u),
        v.dt - c["dv"] * (v.dxx + v.dyy) - burnt + (c["feed"] + c["kill"]) * v,
    )


def _spot(x: Tensor, y: Tensor) -> Tensor:
    waves = torch.cos(2 * PI * x) + torch.cos(2 * PI * y) - 2
    return torch.exp(marching.NARROW * waves)


def _schroedinger(u: Any, v: Any, x: Tensor, t: Tensor) -> Any:
    size = u**2 + v**2
    return -v.dt + u.dxx / 2 + size * u, u.dt + v.dxx / 2 + size * v


def _breather_at(x: float, part: int) -> Callable[[Tensor], Tensor]:
    return lambda t: closed.breather(torch.full_like(t, x), t)[part]


def _navier_stokes(u: Any, v: Any, p: Any, nu: Any, x: Tensor, y: Tensor) -> Any:
    return (
        u * u.dx + v * u.dy + p.dx - nu * (u.dxx + u.dyy),
        u * v.dx + v * v.dy + p.dy - nu * (v.dxx + v.dyy),
        u.dx + v.dy,
    )


def _elasticity(u: Any, v: Any, x: Tensor, y: Tensor) -> Any:
    """Plane stress without volume forces."""
    nu = closed.POISSON_RATIO
    return (
        u.dxx + (1 - nu) / 2 * u.dyy + (1 + nu) / 2 * v.dxdy,
        v.dyy + (1 - nu) / 2 * v.dxx + (1 + nu) / 2 * u.dxdy,
    )


def _hole() -> Any:
    return ew.equations.disc(x=0, y=0, radius=closed.RADIUS)


def _free_of_load(u: Any, v: Any, nx: Tensor, ny: Tensor) -> Any:
    """Stresses across the border, up to a factor."""
    nu = closed.POISSON_RATIO
    shear = (1 - nu) / 2 * (u.dy + v.dx)
    return (
        (u.dx + nu * v.dy) * nx + shear * ny,
        shear * nx + (v.dy + nu * u.dx) * ny,
    )


def _hold_plate() -> list[Any]:
    """Symmetric about both axes; displaced as the infinite plate at the other two sides."""
    symmetry = [
        condition
        for across, along, name in (("u", "v", "x"), ("v", "u", "y"))
        for condition in (
            ew.equations.dirichlet(name, 0.0, side="low", field=across),
            ew.equations.neumann(name, 0.0, side="low", field=along),
        )
    ]
    far = [
        ew.equations.dirichlet(name, _displaced(name, part), side="high", field=field)
        for name in "xy"
        for part, field in enumerate("uv")
    ]
    return [*symmetry, *far, ew.equations.holds(_free_of_load, _hole())]


def _displaced(side: str, part: int) -> Callable[[Tensor], Tensor]:
    """A displacement at x = 2 or y = 2, of the other coordinate."""

    def value(along: Tensor) -> Tensor:
        far = torch.full_like(along, 2.0)
        points = (far, along) if side == "x" else (along, far)
        return closed.plate_displacements(*points)[part]

    return value


def _two_modes(x: Tensor, y: Tensor) -> Tensor:
    """What the heat begins with in the L-shape."""
    first = closed.LShape()(x.reshape(-1), y.reshape(-1)).reshape(x.shape)
    return first + 0.5 * closed.waves(x, y)


def _heat(u: Any, x: Tensor, y: Tensor, t: Tensor) -> Any:
    return u.dt - u.dxx - u.dyy


def _lorenz(x: Any, y: Any, z: Any, t: Tensor) -> Any:
    c = ordinary.LORENZ
    return (
        x.dt - c["sigma"] * (y - x), y.dt - x * (c["rho"] - z) + y, z.dt - x * y + c["beta"] * z
    )  # fmt: skip


def _van_der_pol(u: Any, t: Tensor) -> Any:
    return u.dtt - ordinary.STIFFNESS * (1 - u**2) * u.dt + u


def _hump(x: Tensor) -> Tensor:
    return x**2 * torch.cos(PI * x)


def _dirichlet(*names: str, value: Any = 0.0) -> list[Any]:
    return [ew.equations.dirichlet(name, value) for name in names]


CASES: Mapping[str, Case] = {
    p.name: p
    for p in (
        Case(
            "poisson", _poisson, _box(x=(-1, 1), y=(-1, 1)), lambda: _dirichlet("x", "y"),
            tolerance=1e-8, seconds=30, networks=True,
        ),
        Case(
            "helmholtz", _helmholtz, _box(x=(-1, 1), y=(-1, 1)), lambda: _dirichlet("x", "y"),
            tolerance=1e-8, seconds=30, networks=True,
        ),
        Case(
            "burgers", _burgers, _box(x=(-1, 1), t=(0, 1)),
            lambda: [ew.equations.initial(lambda x: -torch.sin(PI * x)), *_dirichlet("x")],
            {"nu": closed.VISCOSITY}, networks=True,
        ),
        Case(
            "allen-cahn", _allen_cahn, _box(x=(-1, 1), t=(0, 1)),
            lambda: [ew.equations.initial(_hump), *_dirichlet("x", value=-1.0)],
            {"d": marching.SHARP}, networks=True,
        ),
        Case(
            "allen-cahn-standard", _allen_cahn, _box(x=(-1, 1), t=(0, 1)),
            lambda: [ew.equations.initial(_hump), ew.equations.periodic("x")],
            {"d": marching.STANDARD}, tolerance=1e-3, networks=True,
        ),
        Case(
            "korteweg-de-vries", _korteweg_de_vries, _box(x=(-1, 1), t=(0, 1)),
            lambda: [
                ew.equations.initial(lambda x: torch.cos(PI * x)), ew.equations.periodic("x")
            ],
        ),
        Case(
            "kuramoto-sivashinsky", _kuramoto_sivashinsky, _box(x=(0, 2 * PI), t=(0, 0.5)),
            lambda: [
                ew.equations.initial(lambda x: torch.cos(x) * (1 + torch.sin(x))),
                ew.equations.periodic("x"),
            ],
        ),
        Case(
            "gray-scott", _gray_scott, _box(x=(0, 1), y=(0, 1), t=(0, 40)),
            lambda: [
                ew.equations.initial({
                    "u": lambda x, y: 1 - _spot(x, y) / 2, "v": lambda x, y: _spot(x, y) / 4
                }),
                ew.equations.periodic("x"), ew.equations.periodic("y"),
            ],
            tolerance=1e-3,
        ),
        Case(
            "schroedinger", _schroedinger, _box(x=(-5, 5), t=(0, PI / 2)),
            lambda: [
                ew.equations.initial({"u": lambda x: 2 / torch.cosh(x), "v": 0.0}),
                *(
                    ew.equations.dirichlet("x", _breather_at(end, part), side=side, field=name)
                    for part, name in enumerate("uv")
                    for end, side in ((-5.0, "low"), (5.0, "high"))
                ),
            ],
        ),
        *(
            Case(
                f"cavity-{reynolds}", _navier_stokes, _box(x=(0, 1), y=(0, 1)),
                lambda: [
                    ew.equations.dirichlet("y", 1.0, side="high", field="u"),
                    ew.equations.dirichlet("y", 0.0, side="low", field="u"),
                    ew.equations.dirichlet("x", 0.0, field="u"),
                    *(ew.equations.dirichlet(name, 0.0, field="v") for name in "xy"),
                ],
                {"nu": 1 / reynolds}, tolerance=1e-2,
            )
            for reynolds in cavity.U
        ),
        Case(
            "plate", _elasticity,
            lambda: ew.equations.box(x=(0, 2), y=(0, 2)) - _hole(), _hold_plate, tolerance=1e-4,
        ),
        Case(
            "heat", _heat,
            lambda: ew.equations.box(x=(-1, 1), y=(-1, 1), t=(0, 0.1))
            - ew.equations.box(x=(0, 1), y=(-1, 0)),
            lambda: [ew.equations.dirichlet(("x", "y"), 0.0), ew.equations.initial(_two_modes)],
            tolerance=1e-2,
        ),
        Case(
            "lorenz", _lorenz, _box(t=(0, 10)),
            lambda: [
                ew.equations.initial(dict(zip("xyz", ordinary.FIRST, strict=True)))
            ],
        ),
        Case(
            "van-der-pol", _van_der_pol, _box(t=(0, 2000)),
            lambda: [ew.equations.initial(2.0, 0.0)], tolerance=1e-4,
        ),
    )
}  # fmt: skip


def evaluate(answer: Any, points: Tensor) -> Tensor:
    """The fields of an answer at points: (N, coordinates) → (N, fields)."""
    with torch.no_grad():
        made = answer(*points.unbind(1))
    fields: Sequence[Tensor] = made if isinstance(made, (tuple, list)) else (made,)
    return torch.stack([f.detach().double().reshape(-1) for f in fields], 1)
