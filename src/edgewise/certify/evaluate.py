"""Evaluate a stack of stages in float64: the values whose bounds are proven."""

from __future__ import annotations

import torch

from edgewise._arrays import Array
from edgewise.certify.stack import EdgeFunctions, Stack, Stage
from edgewise.nn.product_nodes import multiply_nodes


def evaluate_stack(stack: Stack, x: Array) -> Array:
    """The network's answer, (rows, in_features) → (rows, out)."""
    return evaluate_torch(stack, torch.as_tensor(x, dtype=torch.float64)).numpy()


def evaluate_torch(stack: Stack, x: torch.Tensor) -> torch.Tensor:
    """The same, differentiable by x."""
    h = x[:, list(stack.inputs)]
    for stage in stack.stages:
        h = _run(stage, h)
    return h


def _run(stage: Stage, x: torch.Tensor) -> torch.Tensor:
    z, y = x, torch.as_tensor(stage.bias)
    if stage.norm is not None:
        norm = stage.norm
        weight, bias = torch.as_tensor(norm.weight), torch.as_tensor(norm.bias)
        z = torch.nn.functional.layer_norm(x, x.shape[1:], weight, bias, norm.eps)
    for part in stage.parts:
        phi = evaluate_features(part, z if part.standardized else x)
        y = y + phi.flatten(1) @ torch.as_tensor(part.weights).flatten(0, 1)
    return multiply_nodes(y, stage.products)


def evaluate_features(part: EdgeFunctions, x: torch.Tensor) -> torch.Tensor:
    """What the weights of a part are multiplied with, (rows, in) → (rows, in, features)."""
    features = []
    n = x if part.norm is None else part.norm.forward(x)
    if part.basis is not None:
        shared = [torch.as_tensor(g[0] if len(g) == 1 else g) for g in part.grids]
        features.append(part.basis.evaluate(n, tuple(shared)))
    if part.base is not None:
        features.append(part.base(n if part.feeds_base else x)[..., None])
    return torch.cat(features, -1)
