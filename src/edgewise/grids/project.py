"""The map from one basis to another: the coefficients that draw the same curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from edgewise.bases.base import Basis, Grid
from edgewise.grids.sample import Sample, draw, evaluate, take_inputs
from edgewise.grids.solve import BandedLeastSquares, LeastSquares
from edgewise.nn import KANLinear

MOST_BYTES = 256 * 2**20
"""Memory that a block of rows and inputs may take; the basis of all rows is never built."""
LEAST_LOCAL = 256
"""Local functions from which on a fit goes from neighbours to neighbours."""
MOST_LOCAL = 2**14
"""Local functions for which that takes seconds."""
ROWS = 256
"""Rows of neighbours that are taken at once."""
NOTHING = 1e-17
"""What a function may have left where it counts as zero."""
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
class Projection:
    """Coefficients in the new basis, and how far the curves are from what they were.

    Shape:
        coef: (in, num_basis, out); error: (in, out), RMS of the difference over the RMS of the
        curve, on the data if there was any, else on the domain
    """

    coef: Tensor
    error: Tensor


@torch.no_grad()
def project(layer: KANLinear, target: Target, sample: Sample | None = None) -> Projection:
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


def check_functions(basis: Basis, size: int, points: int | None = None) -> None:
    """Raise ValueError unless curves can be fitted with so many functions of each input.

    Args:
        basis: of that kind. Local functions only see their neighbours, and may be more.
        points: where they are compared; by default those of a grid of as many cells.
    """
    if basis.is_local:
        if size > MOST_LOCAL:
            raise ValueError(
                f"expected at most {MOST_LOCAL:,} functions of each input where curves are fitted, "
                f"got {size:,}: take fewer, or data without outliers"
            )
        return
    each = NODES if points is None else points / size
    if 8 * each * size**2 > MOST_BYTES:
        most = int((MOST_BYTES / 8 / each) ** 0.5)
        raise ValueError(
            f"expected at most some {most:,} functions of each input "
            f"where curves are fitted, got {size:,}, which would take "
            f"{8 * each * size**2 / 2**20:,.0f} MiB and minutes for each: take fewer, for example "
            "with grids.convert, or data without outliers"
        )


def _solve(work: _Work, points: Tensor, sample: Sample | None, outside: float) -> Projection:
    size, inputs_count, out = work.size, work.in_features, work.coef.shape[2]
    check_functions(work.target.basis, size, len(points))
    if size >= LEAST_LOCAL and work.target.basis.is_local:
        fits = [_solve_by_neighbours(work, points, sample, outside, i) for i in range(inputs_count)]
        return Projection(*(torch.stack(parts) for parts in zip(*fits, strict=True)))
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
    return Projection(coef, error)


def _solve_by_neighbours(
    work: _Work, points: Tensor, sample: Sample | None, outside: float, i: int
) -> tuple[Tensor, Tensor]:
    """What :func:`_solve` does for one input, with few functions and few rows at once.

    Shape:
        (num_basis, out), (out,)
    """
    domain, inside = points[:, i], work.inside(points[:, i : i + 1], slice(i, i + 1))[0, :, 0]
    weight = torch.where(inside, 1.0, outside).to(domain) / len(domain) ** 0.5
    z = domain
    if sample is not None:
        z = torch.cat([sample.z[:, i], domain])
        weight = torch.cat([sample.weight.sqrt(), DOMAIN_WEIGHT * weight])
    solver = BandedLeastSquares(work.size, work.coef.shape[2], work.coef)
    begin = 0
    for rows in z.argsort().split(ROWS):
        begin, end = work.reached(z[rows], i, begin)
        share = weight[rows][:, None]
        unit = z.new_zeros(work.size, end - begin)
        unit[begin:end].fill_diagonal_(1)
        new = work.drawn(z[rows], i, unit)
        solver.add(begin, share * new, share * work.curves(z[rows], i))
    coef = solver.solve()
    count = len(z) - len(domain)
    judged = (z[:count], weight[:count]) if count else (domain, inside.to(domain))
    missed = total = coef.new_zeros(coef.shape[1])
    for at, share in zip(*(part.split(ROWS) for part in judged), strict=True):
        old = work.curves(at, i)
        missed = missed + share.square() @ (work.drawn(at, i, coef) - old).square()
        total = total + share.square() @ old.square()
    return coef, _ratio(missed, total)


def _order(rows: Tensor, order: Tensor) -> Tensor:
    return rows.gather(1, order.expand_as(rows))


def _error(coef: Tensor, a: Tensor, t: Tensor) -> Tensor:
    return _ratio((a @ coef - t).square().sum(1), t.square().sum(1))


def _ratio(missed: Tensor, total: Tensor) -> Tensor:
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
        t = torch.from_numpy((nodes + 1) / 2).to(self.coef)
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

    def curves(self, z: Tensor, i: int) -> Tensor:
        """The old curves of input i: (rows,) → (rows, out)."""
        return draw(self.basis, z, take_inputs(self.grid, slice(i, i + 1)), self.coef[i])

    def drawn(self, z: Tensor, i: int, coef: Tensor) -> Tensor:
        """Sums of the new functions of input i: (rows,) and (num_basis, sums) → (rows, sums)."""
        inputs = slice(i, i + 1)
        at = self.target.coordinate(z[:, None], inputs)[:, 0]
        return draw(self.target.basis, at, take_inputs(self.new_grid, inputs), coef)

    def reached(self, z: Tensor, i: int, begin: int) -> tuple[int, int]:
        """From which new function of input i to which, exclusively, some aren't zero at z.

        Where the first and the last row see some, those between see no others. Without any, all
        rows are looked at.

        Args:
            z: ascending.
            begin: where it began for rows before.
        """
        inputs = slice(i, i + 1)
        grid = take_inputs(self.new_grid, inputs)
        for rows in (z[[0, -1]], z):
            at = self.target.coordinate(rows[:, None], inputs)
            seen = self.target.basis.evaluate(at, grid)[:, 0].abs() > NOTHING
            if bool(seen[[0, -1]].any(1).all()):
                break
        which = seen.any(0).nonzero()[:, 0]
        if not len(which):
            return begin, begin + 1
        return max(begin, int(which[0])), max(begin, int(which[-1])) + 1

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
        lo, hi = torch.tensor([lo, hi], dtype=torch.float64, device="cpu")
        return lo, hi
    return points[..., 0], points[..., -1]
