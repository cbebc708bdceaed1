"""Recompute a module's values in the backward pass instead of keeping them, where that is safe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from edgewise._tensors import is_transformed

Compute = Callable[[Tensor], Tensor]


def may_recompute(module: nn.Module) -> bool:
    """Whether gradients are wanted, and the module will hold the same tensors in the backward pass.

    ``torch.func.functional_call`` lends a module other tensors, which are gone by then, and the
    transforms of ``torch.func`` know no checkpoints.
    """
    own = all(isinstance(p, nn.Parameter) for p in module.parameters())
    return own and torch.is_grad_enabled() and not is_transformed()


def recompute(module: nn.Module, compute: Compute, x: Tensor) -> Tensor:
    """``compute(x)``, of which only x is kept for the backward pass.

    torch's own checkpoint also keeps a graph of every operation, some 40 kB without its tensors,
    which is more than a small block needs.

    Args:
        module: whose parameters ``compute`` reads. It draws no random numbers.
    """
    if torch.compiler.is_compiling():  # which knows torch's checkpoint only
        y: Tensor = checkpoint(compute, x, use_reentrant=False)
    else:
        y = _Again.apply(module, compute, x, *module.parameters())
    return y


class _Again(torch.autograd.Function):
    """Computes without a graph, and once more with one in the backward pass."""

    @staticmethod
    def forward(
        ctx: Any, module: nn.Module, compute: Compute, x: Tensor, *parameters: Tensor
    ) -> Tensor:
        ctx.module, ctx.compute = module, compute
        ctx.save_for_backward(x)
        device = x.device.type
        ctx.autocast = {
            "device_type": device,
            "enabled": torch.is_autocast_enabled(device),
            "dtype": torch.get_autocast_dtype(device),
        }
        return compute(x)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Any, ...]:
        (dy,) = grads
        (x,) = ctx.saved_tensors
        needs = ctx.needs_input_grad[2:]
        again = torch.is_grad_enabled()  # then someone will differentiate the gradients
        if not again:
            x = x.detach().requires_grad_(needs[0])
        inputs = (x, *ctx.module.parameters())
        wanted = [t for t, need in zip(inputs, needs, strict=True) if need]
        with torch.enable_grad(), torch.autocast(**ctx.autocast):
            y = ctx.compute(x)
        found = iter(torch.autograd.grad(y, wanted, dy, create_graph=again, allow_unused=True))
        return None, None, *(next(found) if need else None for need in needs)
