"""A search for the greatest values of a network on a domain, beside what is proven of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.stack import Stack

OUTPUTS_AT_ONCE = 8
"""Whose searches share their calls, which bounds the memory."""
STEPS = 30


def measure_steepness(stack: Stack, x: torch.Tensor) -> torch.Tensor:
    """Σ_i |∂y_o/∂x_i| of each output, differentiable by x."""
    x = x if x.requires_grad else x.detach().requires_grad_()
    y = evaluate_torch(stack, x)
    rows = [
        torch.autograd.grad(y[:, o].sum(), x, create_graph=True)[0].abs().sum(1)
        for o in range(y.shape[1])
    ]
    return torch.stack(rows, 1)


def climb(function: Callable[[torch.Tensor], torch.Tensor], ends: Array, starts: int) -> Array:
    """The greatest value of each output that a search meets: points, then gradient ascent."""
    generator = torch.Generator().manual_seed(0)
    low, high = torch.as_tensor(ends[:, 0].copy()), torch.as_tensor(ends[:, 1].copy())
    shape = (max(256, 8 * starts), len(low))
    unit = torch.rand(shape, generator=generator, dtype=torch.float64, device="cpu")
    x = low + unit * (high - low)
    x[: len(x) // 4] = torch.where(unit[: len(x) // 4] > 0.5, high, low)
    with torch.enable_grad():
        values = function(x).detach()
        best = values.amax(0)
        highest = values.topk(min(starts, len(x)), 0).indices
        for outputs in torch.arange(values.shape[1]).split(OUTPUTS_AT_ONCE):
            top, own = x[highest[:, outputs].flatten()], outputs.repeat(len(highest))
            best = torch.maximum(best, _ascend(function, top, own, low, high))
    return np.asarray(best.numpy())


def _ascend(
    function: Callable[[torch.Tensor], torch.Tensor],
    x: torch.Tensor,
    own: torch.Tensor,
    low: torch.Tensor,
    high: torch.Tensor,
) -> torch.Tensor:
    """The greatest value of each output on the ways of rows, each of which climbs an output."""
    best, step = torch.tensor(-torch.inf, dtype=x.dtype), 0.1 * (high - low)
    for _ in range(STEPS):
        x = x.detach().requires_grad_()
        y = function(x)
        best = torch.maximum(best, y.detach().amax(0))
        if not y.requires_grad:  # a slope that is the same everywhere
            return best
        total = y.gather(1, own[:, None]).sum()
        slope = torch.autograd.grad(total, x, allow_unused=True)[0]
        if slope is None:
            return best
        x = torch.minimum(torch.maximum(x.detach() + step * slope.sign(), low), high)
        step = step * 0.8
    return torch.maximum(best, function(x).detach().amax(0))
