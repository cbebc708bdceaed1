"""A search for the greatest values of a network on a domain, beside what is proven of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from edgewise._arrays import Array
from edgewise.certify.evaluate import evaluate_torch
from edgewise.certify.stack import Stack


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
    best: Any = None
    with torch.enable_grad():
        values = function(x).detach()
        best = values.amax(0)
        for o in range(values.shape[1]):
            top = x[values[:, o].topk(min(starts, len(x))).indices].clone()
            step = 0.1 * (high - low)
            for _ in range(30):
                top = top.detach().requires_grad_()
                y = function(top)[:, o]
                best[o] = torch.maximum(best[o], y.detach().max())
                if not y.requires_grad:  # a slope that is the same everywhere
                    break
                slope = torch.autograd.grad(y.sum(), top, allow_unused=True)[0]
                if slope is None:
                    break
                top = torch.minimum(torch.maximum(top.detach() + step * slope.sign(), low), high)
                step = step * 0.8
            best[o] = torch.maximum(best[o], function(top).detach()[:, o].max())
    return np.asarray(best.numpy())
