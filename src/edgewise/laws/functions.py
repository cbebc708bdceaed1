"""Functions of named laws beside those of the library: erf, sin(u)/u and 2 J1(u)/u."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from edgewise.formula.function import Function, Spelling
from edgewise.formula.library import LIBRARY


def _sinc(u: Tensor) -> Tensor:
    return torch.sinc(u / math.pi)


def _sinc_slope(u: Tensor) -> Tensor:
    near = u.abs() < 1e-4
    safe = torch.where(near, torch.ones_like(u), u)
    return torch.where(near, -u / 3, (safe.cos() - safe.sin() / safe) / safe)


def _jinc(u: Tensor) -> Tensor:
    near = u.abs() < 1e-4
    safe = torch.where(near, torch.ones_like(u), u)
    return torch.where(near, 1 - u * u / 8, 2 * torch.special.bessel_j1(safe) / safe)


def _jinc_slope(u: Tensor) -> Tensor:
    near = u.abs() < 1e-4
    safe = torch.where(near, torch.ones_like(u), u)
    j0, j1 = torch.special.bessel_j0(safe), torch.special.bessel_j1(safe)
    return torch.where(near, -u / 4, 2 * (j0 - 2 * j1 / safe) / safe)


def _sympy_erf(z: Any) -> Any:
    import sympy

    return sympy.erf(z)


def _sympy_sinc(z: Any) -> Any:
    import sympy

    return sympy.sinc(z)


def _sympy_jinc(z: Any) -> Any:
    import sympy

    return 2 * sympy.besselj(1, z) / z


ERF = Function(
    "erf", torch.special.erf, _sympy_erf, 5.0, parity=-1, range=(-1.0, 1.0), known={0: 0},
    price=None,
    spelling=Spelling(text="erf", c="erf", excel="ERF",
                      latex=r"\operatorname{erf}"),
)  # fmt: skip
SINC = Function(
    "sinc", _sinc, _sympy_sinc, 5.0, parity=1, known={0: 1}, slope=_sinc_slope, price=None,
    definition="sin(u)/u",
)  # fmt: skip
JINC = Function(
    "jinc", _jinc, _sympy_jinc, 6.0, parity=1, known={0: 1}, slope=_jinc_slope, price=None,
)  # fmt: skip
FUNCTIONS = LIBRARY.with_functions(ERF, SINC, JINC)
"""What the formulas of named laws may hold."""
