"""Choose the new grid of a layer: on the data, finer, or further out."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from edgewise.bases.base import Basis, Grid
from edgewise.grids.layers import can_compose, put
from edgewise.grids.project import Projection, Target, check_functions, ends
from edgewise.grids.sample import Sample
from edgewise.nn import KANLinear

LEAST_MIX = 1e-3
MOST_CELLS = 256
"""Cells up to which `extend` goes on to distant data, unless the grid has half as many already."""


def follow_data(
    layer: KANLinear, sample: Sample | None, mix: float, margin: float, step: float
) -> Target | None:
    """A target whose grid follows the data; None where there is nothing to move."""
    if sample is None:
        return None
    grid = tuple(t.detach().double() for t in layer.grid)
    points = layer.basis.points(grid)
    lo, hi = find_span(layer, sample, margin)
    if points is None:
        if not layer.basis.affine or not can_compose(layer):
            return None
        return _fit_affine(layer.basis, grid, lo, hi, step)
    count = points.shape[-1]
    # Equal values must not make cells without width, nor cells that the layer's type can't hold.
    rounding = torch.finfo(layer.coef.dtype).eps * torch.maximum(lo.abs(), hi.abs())
    evenness = (8 * rounding * count / (hi - lo)).clamp(max(mix, LEAST_MIX), 1.0)[:, None]
    target = evenness * even_points(lo, hi, count)
    if mix < 1:
        target = target + (1 - evenness) * _stretch(sample.quantiles(count), lo, hi)
    old = points.expand(layer.in_features, -1)
    return Target(*layer.basis.placed(old + step * (target - old), grid))


def make_finer(
    layer: KANLinear, sample: Sample | None, size: int, even: bool, wider: bool
) -> Target:
    """A target with more functions, on the same domain or on one that is wide enough for data."""
    grid = tuple(t.detach().double() for t in layer.grid)
    basis = layer.basis
    now = None if basis.size_name is None else getattr(basis, basis.size_name)
    if now is not None and size < now:
        raise ValueError(
            f"refine expected at least the size {now} that {basis} has, got {size}: convert the "
            "model to coarsen it"
        )
    check_functions(basis, size)
    old = basis.points(grid)
    if old is not None and size > 1:
        check_centres("refine", layer, old)
    larger, new = basis.refined(grid, size)
    points = larger.points(new)
    if points is None:
        if wider and sample is not None and basis.affine and can_compose(layer):
            return _fit_affine(larger, new, *find_span(layer, sample, 0.0))
        return Target(larger, new, everywhere=True)
    if wider and sample is not None:
        lo, hi = find_reach(layer, sample)
        return Target(*larger.placed(even_points(lo, hi, points.shape[-1]), grid))
    if even:
        points = even_points(points[..., 0], points[..., -1], points.shape[-1])
        return Target(*larger.placed(points, grid))
    lo, hi = ends(basis, grid)
    if sample is not None and bool((sample.low >= lo).all() and (sample.high <= hi).all()):
        return Target(*larger.placed(points, grid))
    return Target(larger, new, everywhere=True)


def find_reach(layer: KANLinear, sample: Sample | None) -> tuple[Tensor, Tensor]:
    """The layer's domain, and data beyond it as far as its functions reach.

    Shape:
        two of () where all inputs share them, else of (in,)
    """
    grid = tuple(t.detach().double() for t in layer.grid)
    lo, hi = (t.to(layer.coef).double() for t in ends(layer.basis, grid))
    if sample is None or layer.basis.points(grid) is None:
        return lo, hi
    low, high = sample.low, sample.high
    if not layer.basis.linear_tails:
        breaks = layer.basis.breaks(grid).to(lo)
        low, high = torch.maximum(low, breaks[..., 0]), torch.minimum(high, breaks[..., -1])
    lo, hi = torch.minimum(lo, low), torch.maximum(hi, high)
    if bool((lo == lo[0]).all() and (hi == hi[0]).all()):
        return lo[0], hi[0]  # one grid for all inputs
    return lo, hi


def check_centres(verb: str, layer: KANLinear, points: Tensor) -> None:
    """Raise ValueError for a single centre, which has no distance to go on with."""
    if points.shape[-1] < 2:
        raise ValueError(
            f"{verb} expected at least two centres, whose distance says how far the grid reaches, "
            f"got {layer.basis}: grids.convert takes the curves to a basis with more of them"
        )


def _fit_affine(basis: Basis, grid: Grid, lo: Tensor, hi: Tensor, step: float = 1.0) -> Target:
    """A target that sees [lo, hi] in its domain, or a part of the way there."""
    first, last = basis.domain(grid)
    scale = 1 + step * ((last - first) / (hi - lo) - 1)
    return Target(basis, grid, scale, step * ((first + last) / 2 - scale * (lo + hi) / 2))


def find_span(layer: KANLinear, sample: Sample, margin: float) -> tuple[Tensor, Tensor]:
    """The range of each column with a margin; a constant gets the old grid's width around it.

    Shape:
        two of (in,)
    """
    grid = tuple(t.detach().double() for t in layer.grid)
    first, last = ends(layer.basis, grid)
    low, high = sample.low, sample.high
    middle, spread = (low + high) / 2, high - low
    old = (last - first).to(low).expand_as(spread)
    # The least range whose cells the layer's type can still tell apart.
    least = 1e3 * torch.finfo(layer.coef.dtype).eps * torch.maximum(low.abs(), high.abs())
    wide = torch.maximum(old, least)
    spread = torch.where(spread > torch.maximum(1e-9 * old, least), spread * (1 + 2 * margin), wide)
    return middle - spread / 2, middle + spread / 2


def even_points(lo: Tensor, hi: Tensor, count: int) -> Tensor:
    """Equidistant points from lo to hi; (*,) and (*,) → (*, count)."""
    t = torch.linspace(0, 1, count, dtype=lo.dtype, device=lo.device)
    return torch.lerp(lo[..., None], hi[..., None], t)


def _stretch(quantiles: Tensor, lo: Tensor, hi: Tensor) -> Tensor:
    """Move the first and the last quantile to lo and hi; (in, n) → (in, n)."""
    quantiles[:, 0], quantiles[:, -1] = lo, hi
    return quantiles


@torch.no_grad()
def extend_layer(layer: KANLinear, sample: Sample, name: str) -> Projection | None:
    """Let a layer's grid go on until it covers the data, in place.

    New functions have coefficients 0. With linear tails all are fitted anew, since the lines that
    were there are to stay; what comes back says how well.

    Raises:
        ValueError: for a single centre, or data too far away.
    """
    basis, grid, *more = _continue_grid(layer, sample, name)
    if not any(more):
        return None
    if basis.linear_tails:
        return put(layer, Target(basis, grid), sample)
    coef = layer.coef.detach()
    zeros = [coef.new_zeros(len(coef), n, coef.shape[2]) for n in more]
    padded = torch.cat([zeros[0], coef, zeros[1]], 1)
    layer.coef = nn.Parameter(padded, requires_grad=layer.coef.requires_grad)
    layer.set_basis(basis, tuple(t.clone() for t in grid))
    return None


def _continue_grid(layer: KANLinear, sample: Sample, name: str) -> tuple[Basis, Grid, int, int]:
    """Basis and grid, gone on until they cover the data, and the new functions at each end."""
    grid = tuple(t.detach() for t in layer.grid)
    points = layer.basis.points(grid)
    if points is None:
        return layer.basis, grid, 0, 0
    check_centres("extend", layer, points)
    points = points.double()
    first, last = points[..., :1] - points[..., 1:2], points[..., -1:] - points[..., -2:-1]
    low, high = sample.low[:, None], sample.high[:, None]
    left = ((low - points[..., :1]) / first).ceil().clamp_min(0).max()
    right = ((high - points[..., -1:]) / last).ceil().clamp_min(0).max()
    if float(left + right) + points.shape[-1] > max(MOST_CELLS, 2 * points.shape[-1]):
        raise ValueError(
            f"extend expected data near the grid of layer {name!r}, got values from "
            f"{float(low.min()):.4g} to {float(high.max()):.4g}, {float(left + right):.4g} cells "
            f"away: remove outliers, or use fit_range"
        )
    more = int(left), int(right)
    return *(layer.basis.extended(grid, *more) if any(more) else (layer.basis, grid)), *more
