"""Fit c · f(a x + b) + d to the curves of all edges at once, for each function f.

For given a and b, linear regression gives c and d (variable projection). So only a and b are
searched: first on a grid, scored by squared correlation, then from the best few points by the steps
of :mod:`edgewise.search.variable_projection`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise._tensors import tensors_on_cpu
from edgewise.formula.function import Function
from edgewise.search.variable_projection import Batch, explained, take_steps

STARTS = 4
STEPS = 12
ROUNDING = 1e-14
GRID_NUMBERS = 2**23
"""Most function values in memory at once: 64 MiB."""


@dataclass(frozen=True)
class WeightedCurves:
    """The curves of edges as points, with weights.

    Shape:
        x: (in, n); y: (in, out, n); weight: (out, n)
    """

    x: Tensor
    y: Tensor
    weight: Tensor


@dataclass(frozen=True)
class FunctionFit:
    """The best c · f(a x + b) + d for each edge, and R² = 1 - residual / variance.

    Shape:
        a, b, c, d, r2: (in, out)
    """

    function: Function
    a: Tensor
    b: Tensor
    c: Tensor
    d: Tensor
    r2: Tensor


@torch.no_grad()
def fit_function(function: Function, curves: WeightedCurves, reach: float = 16.0) -> FunctionFit:
    """Fit one function to all edges.

    Args:
        reach: the largest |a| on the grid, in units of 2 / (range of x).
    """
    weight = torch.where((curves.weight > 0).any(-1, keepdim=True), curves.weight, 1.0)
    weight = weight / weight.sum(-1, keepdim=True).clamp_min(1e-300)
    mean, root = (curves.y * weight).sum(-1), weight.sqrt()
    target = root * (curves.y - mean[..., None])
    low, high = curves.x.amin(1), curves.x.amax(1)
    half = ((high - low) / 2).clamp_min(1e-12)
    middle = (high + low) / 2
    t = ((curves.x - middle[:, None]) / half[:, None]).clamp(-1, 1)  # against rounding
    starts = _starts(function, t, root, target, reach)
    left, alpha, beta = _take_steps(function, t, root, target, *starts)
    variance = target.square().sum(-1, keepdim=True).clamp_min(1e-300)
    r2 = (1 - left / variance).nan_to_num(0.0, neginf=0.0)
    best = r2.argmax(-1, keepdim=True)
    alpha, beta, r2 = (v.gather(-1, best)[..., 0] for v in (alpha, beta, r2))
    f = function.torch(alpha[..., None] * t[:, None] + beta[..., None])
    mean_f = (f * weight).sum(-1)
    column = root * (f - mean_f[..., None])
    c = (column * target).sum(-1) / column.square().sum(-1)
    d = mean - c * mean_f
    lost = (r2 <= 0) | ~(c.isfinite() & d.isfinite())
    c, d, r2 = torch.where(lost, 0.0, c), torch.where(lost, mean, d), torch.where(lost, 0.0, r2)
    a = alpha / half[:, None]
    return FunctionFit(function, a, beta - a * middle[:, None], c, d, r2)


def grid_of(function: Function, reach: float, like: Tensor) -> list[tuple[float, Tensor]]:
    """The grid: values of α, each with values of β, for arguments α t + β with |t| ≤ 1."""
    with tensors_on_cpu():
        return [(alpha, betas.to(like)) for alpha, betas in _grid_on_cpu(function, reach)]


def _grid_on_cpu(function: Function, reach: float) -> list[tuple[float, Tensor]]:
    if function.free == "both":
        return [(1.0, torch.zeros(1))]
    signs = (1.0,) if function.symmetric else (1.0, -1.0)
    if function.free == "scale":
        beyond = 1 + torch.logspace(-4, 1.5, 28, dtype=torch.float64)
        inside = torch.linspace(-1, 1, 21, dtype=torch.float64)
        return [(s, torch.cat([-beyond, inside, beyond])) for s in signs]
    # Above 4 in equal steps: for oscillating functions, R² has a peak for every half turn.
    few = torch.logspace(-1.3, math.log10(min(reach, 4.0)), 20, dtype=torch.float64)
    many = torch.arange(5.0, max(reach + 0.5, 5.0), 1.0, dtype=torch.float64)
    scales = torch.cat([few, many])
    if function.free == "shift":
        return [(s * float(a), torch.zeros(1)) for a in scales for s in signs]
    lo, hi = function.domain
    found = []
    for a in scales.tolist():
        if hi - lo < 2 * a:
            continue
        if hi - lo < 1e6:
            least, most = lo + a + ROUNDING, hi - a - ROUNDING
            betas = torch.linspace(least, most, 9, dtype=torch.float64)
        elif function.period:
            betas = torch.arange(8, dtype=torch.float64) * (function.period / 8)
        else:
            wide = torch.linspace(-a - 3, a + 3, int(2 * (a + 3) / 0.7) + 1, dtype=torch.float64)
            near = torch.linspace(-1.9, 1.9, 11, dtype=torch.float64)  # where most functions bend
            betas = torch.cat([wide, near])
        found += [(s * a, betas) for s in signs]
    return found


def _starts(
    function: Function, t: Tensor, root: Tensor, target: Tensor, reach: float
) -> tuple[Tensor, Tensor]:
    """The best few pairs (α, β) of the grid for each edge.

    Shape:
        → (in, out, starts)
    """
    grid = grid_of(function, reach, t)
    some = max(1, GRID_NUMBERS // (t.shape[1] * sum(len(b) for _, b in grid)))
    blocks = zip(t.split(some), target.split(some), strict=True)
    found = [_best_of_grid(function, grid, part, root, goal) for part, goal in blocks]
    alpha, beta = (torch.cat(parts) for parts in zip(*found, strict=True))
    return alpha, beta


def _best_of_grid(
    function: Function, grid: list[tuple[float, Tensor]], t: Tensor, root: Tensor, target: Tensor
) -> tuple[Tensor, Tensor]:
    alpha = torch.cat([b.new_full((len(b),), a) for a, b in grid])
    beta = torch.cat([b for _, b in grid])
    u = alpha[None, :, None] * t[:, None] + beta[None, :, None]  # (in, m, n)
    f = function.torch(u).clamp(-1e12, 1e12)
    f = f - f.mean(-1, keepdim=True)  # against cancellation
    gain = explained(f, root, root[..., None], target)  # (in, m, out)
    gain = torch.where(function.is_defined(u).all(-1, keepdim=True), gain, -1.0)
    sizes = [len(b) for _, b in grid]
    best = [part.max(1) for part in gain.split(sizes, 1)]
    scores = torch.stack([b.values for b in best], -1)  # (in, out, alphas)
    starts = beta.new_tensor([0, *sizes[:-1]], dtype=torch.long).cumsum(0)
    index = torch.stack([b.indices for b in best], -1) + starts
    if len(sizes) <= 2:  # one α: the best few β of it, in different places
        index = _peaks(gain, sizes)
    else:
        # One from each band of α: a slightly bent curve is similar to many functions.
        bands = zip(scores.tensor_split(STARTS, -1), index.tensor_split(STARTS, -1), strict=True)
        index = torch.cat([i.gather(-1, s.argmax(-1, keepdim=True)) for s, i in bands], -1)
    return alpha[index], beta[index]


def _peaks(gain: Tensor, sizes: list[int]) -> Tensor:
    """The highest local maxima along each row of β; (in, m, out) → (in, out, starts)."""
    found, first = [], 0
    for size in sizes:
        part = gain[:, first : first + size].movedim(1, -1)
        padded = torch.nn.functional.pad(part, (1, 1), value=-2.0)
        peak = (part >= padded[..., :-2]) & (part >= padded[..., 2:])
        height = torch.where(peak, part, -2.0)
        found.append(
            (height, torch.arange(first, first + size, device=gain.device).expand_as(height))
        )
        first += size
    height = torch.cat([h for h, _ in found], -1)
    index = torch.cat([i for _, i in found], -1)
    return index.gather(-1, height.topk(min(STARTS, height.shape[-1]), -1).indices)


def _take_steps(
    function: Function, t: Tensor, root: Tensor, target: Tensor, alpha: Tensor, beta: Tensor
) -> tuple[Tensor, ...]:
    """The sums of squared residuals, α and β after Gauss-Newton steps from each start."""

    def spread(values: Tensor) -> Tensor:
        """A row for each start of each edge."""
        return values.expand(*alpha.shape, -1).flatten(0, 2)

    factor = spread(root[:, None])
    batch = Batch(
        function, spread(t[:, None, None]), factor, factor[..., None], spread(target[:, :, None]),
        torch,
    )  # fmt: skip
    steps = 0 if function.free == "both" else STEPS
    found = take_steps(batch, alpha.flatten(), beta.flatten(), steps)
    return tuple(v.view_as(alpha) for v in found)
