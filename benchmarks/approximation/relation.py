"""How well radial functions draw what a B-spline grid can draw.

Lengths are in spacings of the grid: cells [0, 1], [1, 2], …, [n - 1, n], cubic B-splines with their
peaks at -1, 0, …, n + 1, and as many radial functions on the same points, or only those that lie
in [0, n] (as fast-kan and faster-kan place them). The width r of a Gaussian is w / spacing, of an
RSWAF 1 / (inv_denominator · spacing).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import torch
from torch import Tensor

from edgewise.bases import RSWAF, BSpline, Gaussian
from edgewise.bases.base import Basis

KINDS = ("gaussian", "rswaf")
CELLS = (5, 8, 16, 32, 64)
WIDTHS = tuple(round(0.4 * 1.05**k, 4) for k in range(56))  # 0.4 … 5.9
PER_CELL = 24
PERIOD = 8.0  # of the smooth functions, in spacings
SINGLE = float(torch.finfo(torch.float32).eps)


@dataclass(frozen=True)
class Relation:
    """How well radial functions of one width draw the splines of a grid.

    Attributes:
        kind, cells, beyond, width: which; `beyond` is the number of centres past each end.
        single_worst: greatest error of drawing one B-spline in the middle, relative to its peak.
        single_mean: RMS of that error relative to the RMS of the B-spline.
        random_worst: greatest error over all splines with coefficients between -1 and 1.
        random_mean: RMS error over splines with random normal coefficients, relative to theirs.
        float32_mean: the same when the coefficients are rounded to float32.
        smooth_mean: RMS error of drawing a constant and waves of a period of 8 spacings, relative
            to theirs; with coefficients rounded to float32.
        end_cell, middle_cell: RMS error of random splines in the first and in the middle cell,
            relative to their RMS over the domain.
        condition_there, condition_back: condition numbers of the maps between coefficients.
        condition: of the radial functions themselves (their values on the domain).
    """

    kind: str
    cells: int
    beyond: int
    width: float
    single_worst: float
    single_mean: float
    random_worst: float
    random_mean: float
    float32_mean: float
    smooth_mean: float
    end_cell: float
    middle_cell: float
    condition_there: float
    condition_back: float
    condition: float

    @classmethod
    def from_row(cls, row: Mapping[str, str]) -> Relation:
        """The relation that a row of approximation.csv holds."""
        convert = {"kind": str, "cells": int, "beyond": int}
        return cls(**{f.name: convert.get(f.name, float)(row[f.name]) for f in fields(cls)})


def points(cells: int) -> Tensor:
    """The middle points of PER_CELL equal parts of each cell: (cells · PER_CELL,)."""
    return (torch.arange(cells * PER_CELL, dtype=torch.float64) + 0.5) / PER_CELL


def splines(cells: int) -> Tensor:
    """Values of the cubic B-splines: (points, cells + 3)."""
    return _values(BSpline(cells, 3, 0.0, float(cells)), points(cells))


def radial(kind: str, cells: int, width: float, beyond: int) -> Tensor:
    """Values of the radial functions: (points, cells + 1 + 2 · beyond)."""
    span = {"num": cells + 1 + 2 * beyond, "lo": -float(beyond), "hi": float(cells + beyond)}
    basis: Basis
    if kind == "gaussian":
        basis = Gaussian(width=width, **span)  # type: ignore[arg-type]
    else:
        basis = RSWAF(inv_denominator=1 / width, **span)  # type: ignore[arg-type]
    return _values(basis, points(cells))


def _values(basis: Basis, z: Tensor) -> Tensor:
    return basis.evaluate(z[:, None], basis.init_grid(1, dtype=torch.float64))[:, 0]


def waves(cells: int) -> Tensor:
    """A constant, a sine and a cosine: (points, 3)."""
    x = points(cells) * (2 * torch.pi / PERIOD)
    return torch.stack([torch.ones_like(x), x.sin(), x.cos()], 1)


def smooth_error(values: Tensor, cells: int) -> float:
    """RMS error of drawing :func:`waves` by the functions with these values, in float32."""
    target = waves(cells)
    coef = least_squares(values, target)
    missed = (values @ coef - target).square().sum(1)
    rounding = (SINGLE * (values.abs() @ coef.abs())).square().sum(1)
    return float(((missed + rounding).mean() / target.square().sum(1).mean()).sqrt())


def relate(kind: str, cells: int, width: float, beyond: int = 1) -> Relation:
    """Best approximation of every B-spline by the radial functions, and back."""
    b, r = splines(cells), radial(kind, cells, width, beyond)
    there, back = least_squares(r, b), least_squares(b, r)
    error = r @ there - b
    middle = b.shape[1] // 2
    scale = b.square().sum(1).mean().sqrt()  # RMS of random splines over the domain
    by_point = error.square().sum(1).sqrt() / scale
    rounding = SINGLE * (r.abs() @ there.abs()).square().sum(1).sqrt() / scale
    cell = by_point.square().reshape(cells, PER_CELL).mean(1).sqrt()
    return Relation(
        kind,
        cells,
        beyond,
        width,
        single_worst=float(error[:, middle].abs().max() / b[:, middle].max()),
        single_mean=float(error[:, middle].norm() / b[:, middle].norm()),
        random_worst=float(error.abs().sum(1).max()),
        random_mean=float(by_point.square().mean().sqrt()),
        float32_mean=float((by_point.square() + rounding.square()).mean().sqrt()),
        smooth_mean=smooth_error(r, cells),
        end_cell=float(cell[0]),
        middle_cell=float(cell[cells // 2]),
        condition_there=_condition(there),
        condition_back=_condition(back),
        condition=_condition(r),
    )


def least_squares(a: Tensor, t: Tensor) -> Tensor:
    """The smallest c that minimises ‖a c − t‖, by singular values down to 1e-13 of the largest."""
    u, s, vh = torch.linalg.svd(a, full_matrices=False)
    inverse = torch.where(s > 1e-13 * s[0], 1 / s, torch.zeros_like(s))
    return vh.mT @ (inverse[:, None] * (u.mT @ t))


def _condition(matrix: Tensor) -> float:
    s = torch.linalg.svdvals(matrix)
    return float(s[0] / s[-1]) if s[-1] > 0 else float("inf")


def best(relations: Sequence[Relation], measure: str) -> Relation:
    """The one in which that measure is least."""
    return min(relations, key=lambda r: float(getattr(r, measure)))


@dataclass(frozen=True)
class Match:
    """One radial function in the place of one B-spline: a · φ(x / r) ≈ B(x).

    Attributes:
        kind: "gaussian" or "rswaf".
        width: r, in spacings; for an RSWAF inv_denominator = 1 / r.
        height: a.
        worst: greatest error relative to the peak of B, 2/3.
        mean: RMS error over the RMS of B.
    """

    kind: str
    width: float
    height: float
    worst: float
    mean: float


def match(kind: str, width: float | None = None) -> Match:
    """The best single function, or the best height at a given width."""
    x = torch.linspace(-4, 4, 1601, dtype=torch.float64)
    b = cubic(x)
    if width is None:
        widths = torch.linspace(0.4, 3.0, 2601, dtype=torch.float64)
    else:
        widths = torch.tensor([width], dtype=torch.float64)
    u = x / widths[:, None]
    phi = torch.exp(-(u**2)) if kind == "gaussian" else 1 / torch.cosh(u) ** 2
    height = (phi @ b) / phi.square().sum(1)
    error = height[:, None] * phi - b
    least = int(error.square().sum(1).argmin())
    worst = float(error[least].abs().max() / b.max())
    mean = float(error[least].norm() / b.norm())
    return Match(kind, float(widths[least]), float(height[least]), worst, mean)


def cubic(x: Tensor) -> Tensor:
    """The cubic cardinal B-spline with its peak at 0."""
    a = x.abs()
    inner, outer = 2 / 3 - a**2 + a**3 / 2, (2 - a).clamp_min(0) ** 3 / 6
    return torch.where(a < 1, inner, outer)
