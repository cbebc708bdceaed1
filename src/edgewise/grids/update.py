"""The same functions on new grids: where the data is, or finer."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

from edgewise.grids.layers import activations, as_input, can_compose, rebuild
from edgewise.grids.project import Target, ends
from edgewise.nn import KANLinear
from edgewise.nn.inspect import kan_layers

M = TypeVar("M", bound=nn.Module)

MOST_RISE = 0.01
"""By what fraction of itself a move may raise the loss."""
LEAST_MIX = 1e-3
MOST_CELLS = 4096
"""Up to which `extend` lets a grid grow."""


def fit_range(model: M, x: Any, *, margin: float = 0.01) -> M:
    """A model whose grids span the values that reach them.

    Each input gets equidistant points from its least to its greatest value. Polynomials get an
    affine map of each input to their domain, as part of the normalisation; behind tanh they are
    left as they are, and so are harmonics. The coefficients are refitted, so the functions on the
    data stay as they were, as far as the new grid can draw them.

    Args:
        model: any module with KAN layers; it isn't changed.
        x: inputs of the model, which goes over them once.
        margin: how far beyond the data the grid reaches, as a fraction of its range.

    Raises:
        ValueError: if there are no KAN layers, no rows, or values that aren't finite.
    """
    return adapt(model, x, mix=1.0, margin=margin, tolerance=math.inf)


def adapt(
    model: M,
    x: Any,
    *,
    loss: Callable[[nn.Module], float] | None = None,
    mix: float = 0.1,
    margin: float = 0.01,
    step: float = 1.0,
    tolerance: float = 0.01,
) -> M:
    """A model whose grids follow the distribution of the values that reach them.

    .. math:: e_j = m · u_j + (1 - m) · q_j

    with u_j equidistant from the least to the greatest value and q_j the quantiles, for each
    input. The coefficients are refitted to the data; where the new grid can't draw the old curves
    well enough, the grid goes half of the way only, or a quarter, and so on. With a loss, well
    enough means that it rises by no more than 1 %.

    Args:
        model: any module with KAN layers; it isn't changed.
        x: inputs of the model, which goes over them once.
        loss: what a model is judged by, ``lambda m: edgewise.evaluate(m, (x, y))["loss"]`` for one.
        mix: m above: 1 is `fit_range`; less than 0.001 counts as that.
        margin: how far beyond the data the grid reaches, as a fraction of its range.
        step: how far the grid goes from where it is (0) to e (1).
        tolerance: greatest change of the model's outputs on x, RMS over their spread; with a loss
            it doesn't count.

    Raises:
        ValueError: if there are no KAN layers, no rows, values that aren't finite, or an argument
            is out of its range.
    """
    for name, value in (("mix", mix), ("step", step)):
        if not 0 <= value <= 1:
            raise ValueError(f"adapt expected {name} from 0 to 1, got {value!r}")
    if not margin >= 0 or not tolerance >= 0:
        raise ValueError(f"adapt expected margin and tolerance ≥ 0, got {margin!r}, {tolerance!r}")
    x = as_input(model, x)
    seen = activations(model, x)
    while step > 1e-3:
        move = partial(follow_data, mix=mix, margin=margin, step=step)
        new, _ = rebuild(model, seen, move)
        if loss is not None:
            good = rose_little(loss(model), loss(new))
        else:
            good = tolerance == math.inf or change(model, new, x) <= tolerance
        if good:
            return new  # type: ignore[return-value]
        step /= 2
    return rebuild(model, {}, lambda *_: None)[0]  # type: ignore[return-value]


def refine(model: M, size: int, x: Any = None, *, even: bool = False) -> M:
    """A model with more functions on the same domain.

    B-splines only gain knots (the widest cells are split first), so every curve stays exactly what
    it was; so do polynomials of a higher degree and more harmonics. More centres of Gaussians and
    RSWAFs are narrower too, and refitted.

    A spline also stays what it was outside of its domain as long as the knots out there stay. If
    x is given and reaches no spline there, these knots follow the finer grid, which leaves a
    uniform grid uniform (the faster kernels are for those).

    Args:
        model: any module with KAN layers; it isn't changed.
        size: cells of a spline grid, centres, highest degree or harmonics.
        x: inputs of the model on which the curves are refitted; else on the whole domain.
        even: splines with equidistant knots even where that isn't a refinement of the old ones,
            and so changes the curves a little.

    Raises:
        ValueError: if there are no KAN layers, or one has a greater size already.
    """
    seen = {} if x is None else activations(model, as_input(model, x))

    def move(layer: KANLinear, z: Tensor | None) -> Target:
        return make_finer(layer, z, size, even)

    return rebuild(model, seen, move)[0]  # type: ignore[return-value]


def extend(model: M, x: Any) -> M:
    """A model whose grids go on, at the distances of their ends, until they cover the data.

    The new functions start with coefficients 0: the curves don't change at all. Bases without a
    grid are left as they are.

    Raises:
        ValueError: if there are no KAN layers, or covering the data would take more than 4,096
            cells: an outlier, or a case for `fit_range`.
    """
    x = as_input(model, x)
    seen = activations(model, x)
    new, _ = rebuild(model, {}, lambda *_: None)
    for name, layer in kan_layers(new).items():
        _extend(layer, seen[name], name)
    return new  # type: ignore[return-value]


# ---- one layer --------------------------------------------------------------------------------


def follow_data(
    layer: KANLinear, z: Tensor | None, mix: float, margin: float, step: float
) -> Target | None:
    """A target whose grid follows ``z``; None where there is nothing to move."""
    if z is None:
        return None
    grid = tuple(t.detach().double() for t in layer.grid)
    points, z = layer.basis.points(grid), z.double()
    lo, hi = find_span(layer, z, margin)
    if points is None:
        if not layer.basis.affine or not can_compose(layer):
            return None
        first, last = layer.basis.domain(grid)
        scale = (last - first) / (hi - lo)
        scale = 1 + step * (scale - 1)
        shift = step * ((first + last) / 2 - scale * (lo + hi) / 2)
        return Target(layer.basis, grid, scale, shift)
    count = points.shape[-1]
    # Equal values must not make cells without width, nor cells that the layer's type can't hold.
    rounding = torch.finfo(layer.coef.dtype).eps * torch.maximum(lo.abs(), hi.abs())
    evenness = (8 * rounding * count / (hi - lo)).clamp(max(mix, LEAST_MIX), 1.0)[:, None]
    target = evenness * even_points(lo, hi, count)
    if mix < 1:
        target = target + (1 - evenness) * _quantiles(z, lo, hi, count)
    old = points.expand(layer.in_features, -1)
    return Target(*layer.basis.placed(old + step * (target - old), grid))


def make_finer(layer: KANLinear, z: Tensor | None, size: int, even: bool) -> Target:
    """A target with more functions on the same domain."""
    grid = tuple(t.detach().double() for t in layer.grid)
    basis = layer.basis
    now = None if basis.size_name is None else getattr(basis, basis.size_name)
    if now is not None and size < now:
        raise ValueError(
            f"refine expected at least the size {now} that {basis} has, got {size}: convert the "
            "model to coarsen it"
        )
    larger, new = basis.refined(grid, size)
    points = larger.points(new)
    if points is None:
        return Target(larger, new, everywhere=True)
    if even:
        points = even_points(points[..., 0], points[..., -1], points.shape[-1])
        return Target(*larger.placed(points, grid))
    lo, hi = ends(basis, grid)
    if z is not None and bool((z >= lo).all() and (z <= hi).all()):
        return Target(*larger.placed(points, grid))
    return Target(larger, new, everywhere=True)


def find_span(layer: KANLinear, z: Tensor, margin: float) -> tuple[Tensor, Tensor]:
    """The range of each column with a margin; a constant gets the old grid's width around it.

    Shape:
        z: (rows, in) → two of (in,)
    """
    grid = tuple(t.detach().double() for t in layer.grid)
    first, last = ends(layer.basis, grid)
    low, high = z.amin(0), z.amax(0)
    middle, spread = (low + high) / 2, high - low
    old = (last - first).to(z).expand_as(spread)
    # The least range whose cells the layer's type can still tell apart.
    least = 1e3 * torch.finfo(layer.coef.dtype).eps * torch.maximum(low.abs(), high.abs())
    wide = torch.maximum(old, least)
    spread = torch.where(spread > torch.maximum(1e-9 * old, least), spread * (1 + 2 * margin), wide)
    return middle - spread / 2, middle + spread / 2


def rose_little(before: float, after: float) -> bool:
    """Whether a loss, of either sign, rose by no more than 1 %."""
    return after <= before + MOST_RISE * abs(before)


def change(old: nn.Module, new: nn.Module, x: Tensor) -> float:
    """RMS of the difference of outputs over the RMS of their deviation from the mean."""
    with torch.no_grad():
        a, b = old(x).double(), new(x).double()
    spread = (a - a.reshape(-1, a.shape[-1]).mean(0)).square().mean().sqrt()
    missed = (a - b).square().mean().sqrt()
    return float(missed / spread) if spread > 0 else float(missed)


def even_points(lo: Tensor, hi: Tensor, count: int) -> Tensor:
    """Equidistant points from lo to hi; (*,) and (*,) → (*, count)."""
    t = torch.linspace(0, 1, count, dtype=lo.dtype, device=lo.device)
    return torch.lerp(lo[..., None], hi[..., None], t)


def _quantiles(z: Tensor, lo: Tensor, hi: Tensor, count: int) -> Tensor:
    """Quantiles of each column, the first and last of them moved to lo and hi.

    Shape:
        z: (rows, in) → (in, count)
    """
    ordered = z.sort(0).values
    at = torch.linspace(0, len(z) - 1, count, dtype=torch.float64, device=z.device)
    left = at.floor().long()
    right = (left + 1).clamp_max(len(z) - 1)
    found = torch.lerp(ordered[left], ordered[right], (at - left)[:, None]).t().contiguous()
    found[:, 0], found[:, -1] = lo, hi
    return found


def _extend(layer: KANLinear, z: Tensor, name: str) -> None:
    grid = tuple(t.detach() for t in layer.grid)
    points = layer.basis.points(grid)
    if points is None:
        return
    first, last = points[..., :1] - points[..., 1:2], points[..., -1:] - points[..., -2:-1]
    low, high = z.amin(0)[:, None], z.amax(0)[:, None]
    left = ((low - points[..., :1]) / first).ceil().clamp_min(0).max()
    right = ((high - points[..., -1:]) / last).ceil().clamp_min(0).max()
    if float(left + right) + points.shape[-1] > MOST_CELLS:
        raise ValueError(
            f"extend expected data near the grid of layer {name!r}, got values from "
            f"{float(low.min()):.4g} to {float(high.max()):.4g}, {float(left + right):.0f} cells "
            f"away: remove outliers, or use fit_range"
        )
    more = int(left), int(right)
    if more == (0, 0):
        return
    basis, new = layer.basis.extended(grid, *more)
    coef, shape = layer.coef.detach(), layer.coef.shape
    zeros = [coef.new_zeros(shape[0], n, shape[2]) for n in more]
    trained = layer.coef.requires_grad
    padded = torch.cat([zeros[0], coef, zeros[1]], 1)
    layer.coef = nn.Parameter(padded, requires_grad=trained)
    layer.set_basis(basis, tuple(t.clone() for t in new))
