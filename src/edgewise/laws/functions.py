"""Functions that named laws need in addition to the library: erf, sin(u)/u and 2 J1(u)/u."""

from __future__ import annotations

import math
from typing import Any

import torch
from scipy import special
from torch import Tensor

from edgewise.formula.function import Function, Spelling
from edgewise.formula.library import LIBRARY

NEAR = 1e-4
"""For smaller |u|, quotients by u are computed from the first terms of their series."""


def _quotient(xp: Any, u: Any, top: Any, series: Any) -> Any:
    """top/u, or its series where u is near 0."""
    near = xp.abs(u) < NEAR
    return xp.where(near, series, top / xp.where(near, xp.ones_like(u), u))


def _sinc(xp: Any, u: Any) -> Any:
    return _quotient(xp, u, xp.sin(u), 1 - u * u / 6)


def _sinc_slope(xp: Any, u: Any, f: Any) -> Any:
    return _quotient(xp, u, xp.cos(u) - f, -u / 3)


def _jinc(xp: Any, u: Any) -> Any:
    j1 = torch.special.bessel_j1(u) if xp is torch else special.j1(u)
    return _quotient(xp, u, 2 * j1, 1 - u * u / 8)


def _jinc_slope(xp: Any, u: Any, f: Any) -> Any:
    j0 = torch.special.bessel_j0(u) if xp is torch else special.j0(u)
    return _quotient(xp, u, 2 * (j0 - f), -u / 4)


def _erf(xp: Any, u: Any) -> Any:
    return torch.special.erf(u) if xp is torch else special.erf(u)


def _erf_slope(xp: Any, u: Any, f: Any) -> Any:
    return 2 / math.sqrt(math.pi) * xp.exp(-u * u)


def _torch_sinc(u: Tensor) -> Tensor:
    return torch.sinc(u / math.pi)


def _torch_jinc(u: Tensor) -> Tensor:
    value: Tensor = _jinc(torch, u)
    return value


def _torch_jinc_slope(u: Tensor) -> Tensor:
    slope: Tensor = _jinc_slope(torch, u, _jinc(torch, u))
    return slope


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
    value=_erf, derivative=_erf_slope, price=None,
    spelling=Spelling(text="erf", c="erf", excel="ERF", latex=r"\operatorname{erf}"),
)  # fmt: skip
SINC = Function(
    "sinc", _torch_sinc, _sympy_sinc, 5.0, parity=1, known={0: 1}, value=_sinc,
    derivative=_sinc_slope, definition="sin(u)/u", price=None,
)  # fmt: skip
JINC = Function(
    "jinc", _torch_jinc, _sympy_jinc, 6.0, parity=1, known={0: 1}, slope=_torch_jinc_slope,
    value=_jinc, derivative=_jinc_slope, price=None,
)  # fmt: skip
FUNCTIONS = LIBRARY.with_functions(ERF, SINC, JINC)
"""All functions that formulas of named laws may use."""
