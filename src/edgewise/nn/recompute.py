"""Whether what a module computed may be computed again in the backward pass."""

from __future__ import annotations

import torch
from torch import nn

from edgewise.engines.ops import is_transformed


def may_recompute(module: nn.Module) -> bool:
    """Whether gradients are wanted, and the module will hold the same tensors in the backward pass.

    ``torch.func.functional_call`` lends a module other tensors, which are gone by then, and the
    transforms of ``torch.func`` know no checkpoints.
    """
    own = all(isinstance(p, nn.Parameter) for p in module.parameters())
    return own and torch.is_grad_enabled() and not is_transformed()
