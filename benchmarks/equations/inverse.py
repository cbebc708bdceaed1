"""Constants and curves of equations, out of 500 values with 1 % of noise.

Initial values, conditions and curves agree at the corners to all orders, as what is measured here
are the data, not what a corner does.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from scipy.linalg import expm
from torch import Tensor

import edgewise as ew
from benchmarks.equations import closed
from benchmarks.equations.chebyshev import differentiate, interpolate
from benchmarks.markdown import table
from benchmarks.records import Row
from benchmarks.runs import Runs, group
from benchmarks.study import Rows

POINTS, NOISE = 500, 0.01
NORMAL = 1.959964
"""Standard errors of an interval that holds in 95 % of all cases."""
SPEED, SPREAD = 1.3, 0.05
NEAR = 0.02
"""Relative error of a constant that is near enough."""


@dataclass(frozen=True)
class Inverse:
    """An equation with something unknown.

    Attributes:
        residual, domain, conditions, constants: as `ew.solve` takes them.
        unknown: its name; guess: where the search begins, or the unknown curve.
        truth: the constant, or the curve.
        field: the solution at points (x, t).
    """

    residual: Callable[..., Any]
    domain: Mapping[str, tuple[float, float]]
    conditions: Callable[[], list[Any]]
    unknown: str
    guess: Callable[[], Any]
    truth: float | Callable[[Tensor], Tensor]
    field: Callable[[Tensor, Tensor], Tensor]


def _burgers(u: Any, nu: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt + u * u.dx - nu * u.dxx


def _wave(u: Any, c: Any, x: Tensor, t: Tensor) -> Any:
    return u.dtt - c * c * u.dxx


def _diffusion(u: Any, k: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt - k * u.dxx - k.dx * u.dx


def _heated(u: Any, f: Any, x: Tensor, t: Tensor) -> Any:
    return u.dt - SPREAD * u.dxx - f


def _diffusivity(x: Tensor) -> Tensor:
    return 0.1 * (1 + 0.5 * torch.cos(2 * math.pi * x))


def _source(x: Tensor) -> Tensor:
    waves = ((1, 1.0), (2, 0.6), (4, -0.3))
    return sum((a * torch.sin(n * math.pi * x) for n, a in waves), torch.zeros_like(x))


def _sines(x: Tensor) -> Tensor:
    return torch.sin(math.pi * x) + 0.5 * torch.sin(2 * math.pi * x)


def _string(x: Tensor, t: Tensor) -> Tensor:
    first = torch.cos(SPEED * math.pi * t) * torch.sin(math.pi * x)
    return first + 0.5 * torch.cos(2 * SPEED * math.pi * t) * torch.sin(2 * math.pi * x)


def diffuse(
    x: Tensor, t: Tensor, diffusivity: Callable[[Tensor], Tensor],
    source: Callable[[Tensor], Tensor], frames: int = 101, degree: int = 40,
) -> Tensor:  # fmt: skip
    """u_t = (k u_x)_x + f on [0, 1], u = 0 at its ends, u(x, 0) as :func:`_sines`: (N,).

    Collocation in x; in t the exponential of the matrix, at Chebyshev's points.
    """
    nodes, slope = differentiate(degree)
    nodes, slope = (nodes + 1) / 2, 2 * slope
    at = torch.from_numpy(nodes)
    k, f = diffusivity(at).numpy(), source(at).numpy()
    matrix = (slope @ (k[:, None] * slope))[1:-1, 1:-1]
    steady = -np.linalg.solve(matrix, f[1:-1])
    start = _sines(at).numpy()[1:-1] - steady
    times = (np.cos(np.pi * np.arange(frames) / (frames - 1)) + 1) / 2
    made = np.zeros((frames, degree + 1))
    made[:, 1:-1] = [steady + expm(matrix * time) @ start for time in times]
    along_x = interpolate(nodes, x.numpy())
    along_t = interpolate(times, t.numpy())
    return torch.from_numpy(np.einsum("nt,tx,nx->n", along_t, made, along_x))


def _fixed() -> list[Any]:
    return [ew.equations.initial(_sines), ew.equations.dirichlet("x", 0.0)]


CASES: Mapping[str, Inverse] = {
    "viscosity": Inverse(
        _burgers, {"x": (-1, 1), "t": (0, 1)},
        lambda: [
            ew.equations.initial(lambda x: -torch.sin(math.pi * x)),
            ew.equations.dirichlet("x", 0.0),
        ],
        "nu", lambda: 10 * closed.VISCOSITY, closed.VISCOSITY, closed.burgers,
    ),
    "wave speed": Inverse(
        _wave, {"x": (0, 1), "t": (0, 1)},
        lambda: [ew.equations.initial(_sines, 0.0), ew.equations.dirichlet("x", 0.0)],
        "c", lambda: 1.0, SPEED, _string,
    ),
    "diffusivity": Inverse(
        _diffusion, {"x": (0, 1), "t": (0, 1)}, _fixed,
        "k", lambda: ew.equations.curve("x", guess=0.05), _diffusivity,
        lambda x, t: diffuse(x, t, _diffusivity, torch.zeros_like),
    ),
    "source": Inverse(
        _heated, {"x": (0, 1), "t": (0, 1)}, _fixed,
        "f", lambda: ew.equations.curve("x", guess=0.0), _source,
        lambda x, t: diffuse(x, t, lambda at: torch.full_like(at, SPREAD), _source),
    ),
}  # fmt: skip


def draw(case: Inverse, seed: int) -> tuple[Tensor, Tensor]:
    """Points uniform in the domain, (N, 2), and noisy values there, (N,)."""
    generator = torch.Generator().manual_seed(seed)
    low, high = torch.tensor(list(case.domain.values()), dtype=torch.float64).unbind(1)
    points = low + (high - low) * torch.rand(POINTS, 2, generator=generator, dtype=torch.float64)
    clean = case.field(*points.unbind(1))
    noise = torch.randn(POINTS, generator=generator, dtype=torch.float64)
    return points, clean + NOISE * clean.std() * noise


def measure(name: str, seed: int) -> Row:
    """Solve with the data of a seed; "value" is the share of intervals that hold the truth."""
    case = CASES[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ew.equations.SolutionWarning)
        found = ew.solve(
            case.residual,
            case.domain,
            case.conditions(),
            unknowns={case.unknown: case.guess()},
            data=draw(case, seed),
            seconds=120.0,
        )
    told = found.unknowns[case.unknown]
    if callable(case.truth):
        x = torch.linspace(0, 1, 101, dtype=torch.float64)
        truth, made, errors = case.truth(x), told(x), told.error(x)
        error = float((made - truth).norm() / truth.norm())
        spread = float(errors.norm() / truth.norm())
        held = float(((made - truth).abs() <= NORMAL * errors).double().mean())
    else:
        errors = found.standard_errors[case.unknown]
        error, spread = abs(told / case.truth - 1), errors / abs(case.truth)
        held = float(abs(told - case.truth) <= NORMAL * errors)
    return {"seconds": found.seconds, "error": error, "told": spread, "value": held}


def tell(rows: Rows) -> str:
    """A line an unknown."""
    lines = []
    for (name,), own in group(rows, "task").items():
        runs = Runs([r for r in own if not r["failure"]])
        errors = sorted(runs.values("error"))
        lines.append([
            name,
            f"{len(own)}",
            f"{100 * errors[len(errors) // 2]:.2g} %" if errors else "–",
            f"{100 * errors[-1]:.2g} %" if errors else "–",
            f"{100 * runs.mean('value'):.0f} %" if errors else "–",
            f"{runs.median('seconds'):.2g}" if errors else "–",
        ])  # fmt: skip
    head = ["unknown", "runs", "error, median", "maximum", "95 % intervals that hold", "seconds"]
    return table(head, lines)


def findings(rows: Rows) -> Sequence[str]:
    """A sentence an unknown."""
    said = []
    for (name,), own in group(rows, "task").items():
        good = [r for r in own if not r["failure"]]
        near = sum(float(r["error"]) <= NEAR for r in good)
        held = 100 * sum(float(r["value"]) for r in good) / len(own)
        said.append(
            f"Out of {POINTS} values with {100 * NOISE:g} % of noise, the {name} is found within "
            f"{100 * NEAR:g} % in {near} of {len(own)} runs; 95 % intervals hold in {held:.0f} %."
        )
    return said
