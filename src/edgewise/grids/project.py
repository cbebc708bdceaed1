"""The map from one basis to another: the coefficients that draw the same curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from edgewise.bases.base import Basis, Grid
from edgewise.grids.sample import Sample, evaluate, take_inputs
from edgewise.grids.solve import LeastSquares
from edgewise.nn import KANLinear

MOST_BYTES = 256 * 2**20
"""Memory that a block of rows and inputs may take; the basis of all rows is never built."""
NODES = 6  # Points in each cell: more than a spline's order, so that they determine its piece.
DOMAIN_WEIGHT = 1e-4  # Weight of the domain beside data: it decides only what the data leave open.
OUTSIDE_WEIGHT = 0.03  # Weight of points beyond the ends of the grid, where functions fade out.
FAINT = 1e-7  # The same where the domain must not notice them.


@dataclass(frozen=True)
class Target:
    """Where a layer's functions are to go: φ_g(scale · z + shift) of `basis` on `grid`.

    `everywhere` says that the new functions can draw the old curves outside of the domain too.

    Shape:
        scale, shift: (in,), or None for 1 and 0
    """

    basis: Basis
    grid: Grid
    scale: Tensor | None = None
    shift: Tensor | None = None
    everywhere: bool = False

    def coordinate(self, z: Tensor, inputs: slice) -> Tensor:
        """What the basis sees of z, scale · z + shift, for some of the inputs."""
        if self.scale is None or self.shift is None:
            return z
        return z * self.scale[inputs] + self.shift[inputs]

    def invert(self, points: Tensor) -> Tensor:
        """The z at which the basis sees ``points``; (n,) or (in, n) → (n,) or (in, n)."""
        if self.scale is None or self.shift is None:
            return points
        return (points - self.shift[:, None]) / self.scale[:, None]


@dataclass(frozen=True)
class Fit:
    """Coefficients in the new basis, and how far the curves are from what they were.

    Shape:
        coef: (in, num_basis, out); error: (in, out), RMS of the difference over the RMS of the
        curve, on the data if there was any, else on the domain
    """

    coef: Tensor
    error: Tensor


@torch.no_grad()
def project(layer: KANLinear, target: Target, sample: Sample | None = None) -> Fit:
    """The coefficients with which `target` draws the curves of `layer`, by least squares.

    They are exact up to rounding where the new functions can draw the old curves on the domain.
    Otherwise the curves are fitted on the data, and on the domain where the data leave something
    open or there are none. All outputs of an input share one factorisation, in float64.
    """
    work = _Work(layer, target)
    points = work.points()
    if work.covers(sample):
        exact = _solve(work, points, None, 1.0 if target.everywhere else FAINT)
        rounding = torch.finfo(layer.coef.dtype).eps ** 0.7  # 1e-11 in float64, 1e-5 in float32
        if bool((exact.error <= rounding).all()):
            return exact
    return _solve(work, points, sample, OUTSIDE_WEIGHT)


def check_functions(size: int, points: int | None = None) -> None:
    """Raise ValueError unless curves can be fitted with so many functions of each input.

    Args:
        points: where they are compared; by default those of a grid of as many cells.
    """
    each = NODES if points is None else points / size
    if 8 * each * size**2 > MOST_BYTES:
        most = int((MOST_BYTES / 8 / each) ** 0.5)
        raise ValueError(
            f"expected at most some {most:,} functions of each input "
            f"where curves are fitted, got {size:,}, which would take "
            f"{8 * each * size**2 / 2**20:,.0f} MiB and minutes for each: take fewer, for example "
            "with grids.convert, or data without outliers"
        )


def _solve(work: _Work, points: Tensor, sample: Sample | None, outside: float) -> Fit:
    size, inputs_count, out = work.size, work.in_features, work.coef.shape[2]
    check_functions(size, len(points))
    coef = work.coef.new_empty(inputs_count, size, out)
    error = work.coef.new_empty(inputs_count, out)
    nodes = 0 if sample is None else len(sample.z)
    each = 24 * max(nodes, len(points), size) * (2 * size + out)
    some = max(1, MOST_BYTES // each)
    for i0 in range(0, inputs_count, some):
        inputs = slice(i0, i0 + some)
        problem = LeastSquares(len(coef[inputs]), size, out, coef.device)
        judged = None
        if sample is not None:  # the data, which weigh most, come first
            a, t = work.rows(sample.z[:, inputs], inputs)
            root = sample.weight.sqrt()[:, None]
            judged = a * root, t * root
            problem.add(*judged)
        a, t = work.rows(points[:, inputs], inputs)
        inside = work.inside(points[:, inputs], inputs)
        weight = torch.where(inside, 1.0, outside) * (1.0 if sample is None else DOMAIN_WEIGHT)
        weight = weight / len(points) ** 0.5
        # Heavy rows come first, or rounding would spoil the light ones.
        heavy = weight.argsort(1, descending=True)
        problem.add(_order(a * weight, heavy), _order(t * weight, heavy))
        coef[inputs] = problem.solve()
        error[inputs] = _error(coef[inputs], *(judged or (a * inside, t * inside)))
    return Fit(coef, error)


def _order(rows: Tensor, order: Tensor) -> Tensor:
    return rows.gather(1, order.expand_as(rows))


def _error(coef: Tensor, a: Tensor, t: Tensor) -> Tensor:
    missed = (a @ coef - t).square().sum(1)
    total = t.square().sum(1)
    return torch.where(total > 0, missed / total.clamp_min(1e-300), missed).sqrt()


class _Work:
    """Old and new functions in float64, evaluated for some of the inputs."""

    def __init__(self, layer: KANLinear, target: Target) -> None:
        self.basis, self.target, self.in_features = layer.basis, target, layer.in_features
        self.grid = tuple(t.detach().double() for t in layer.grid)
        self.new_grid = tuple(t.detach().double() for t in target.grid)
        self.coef = layer.coef.detach().double()
        self.size = target.basis.num_basis

    def points(self) -> Tensor:
        """NODES points between any two breaks of either basis, wherever the new one lives.

        Shape:
            (points, in)
        """
        old = self.basis.breaks(self.grid).to(self.coef)
        new = self.target.invert(self.target.basis.breaks(self.new_grid).to(self.coef))
        old, new = (b.expand(self.in_features, -1) for b in (old, new))
        low, high = new.amin(1, keepdim=True), new.amax(1, keepdim=True)
        inside = torch.minimum(torch.maximum(old, low), high)
        breaks = torch.cat([inside, new], 1).sort(1).values
        nodes, _ = np.polynomial.legendre.leggauss(NODES)
        t = torch.as_tensor((nodes + 1) / 2).to(self.coef)
        return torch.lerp(breaks[:, :-1, None], breaks[:, 1:, None], t).flatten(1).t()

    def rows(self, z: Tensor, inputs: slice) -> tuple[Tensor, Tensor]:
        """The rows (a, t) of the least-squares problem at ``z`` (rows, inputs).

        Shape:
            (inputs, rows, num_basis), (inputs, rows, out)
        """
        old = evaluate(self.basis, z, take_inputs(self.grid, inputs))
        grid = take_inputs(self.new_grid, inputs)
        new = evaluate(self.target.basis, self.target.coordinate(z, inputs), grid)
        return new, old @ self.coef[inputs]

    def inside(self, z: Tensor, inputs: slice) -> Tensor:
        """Which of the points (rows, inputs) lie in the new domain: (inputs, rows, 1)."""
        lo, hi = ends(self.target.basis, take_inputs(self.new_grid, inputs))
        at = self.target.coordinate(z, inputs)
        return ((at >= lo) & (at <= hi)).t()[..., None]

    def covers(self, sample: Sample | None) -> bool:
        """Whether all data lies in the new domain."""
        return sample is None or bool(self.inside(sample.z[[0, -1]], slice(None)).all())


def ends(basis: Basis, grid: Grid) -> tuple[Tensor, Tensor]:
    """First and last point of the domain, for each input or for all.

    Shape:
        () or (in,)
    """
    points = basis.points(grid)
    if points is None:
        lo, hi = basis.domain(grid)
        return torch.tensor(lo, dtype=torch.float64), torch.tensor(hi, dtype=torch.float64)
    return points[..., 0], points[..., -1]
