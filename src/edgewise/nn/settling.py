"""Maps of inputs that follow the rows of training: shown rows at once, and fixed."""

from __future__ import annotations

from typing import Any, TypeVar

import torch
from torch import nn

from edgewise.nn.inspect import check_module, keep_modes
from edgewise.nn.norm_base import Norm

M = TypeVar("M", bound=nn.Module)


def settle(model: M, *inputs: Any) -> M:
    """Fix the maps that standardise the inputs of a model's layers, in place; return the model.

    A layer with ``norm="standard"``, as the first one of a :class:`~edgewise.KAN`, makes its map
    from the first rows of training. Under the transforms of torch.func, where nothing may change in
    place, it can't, and the map stays the identity. This function shows it rows beforehand.

    Args:
        inputs: rows of training, as the model is called with them: maps that still follow inputs
            learn from them first. Without any, all maps stay as they are.

    Raises:
        TypeError: if the model is no torch.nn.Module.

    Example:
        >>> import torch, edgewise as ew
        >>> x = torch.tensor([[1000.0], [2000.0], [3000.0]])
        >>> model = ew.nn.settle(ew.KAN([1, 1]), x)
        >>> [round(z, 3) + 0.0 for z in model.layers[0].norm(x).flatten().tolist()]
        [-1.225, 0.0, 1.225]
    """
    check_module(model)
    if inputs:
        show(model, *inputs)
    for part in model.modules():
        if isinstance(part, Norm):
            part.settle()
    return model


def show(model: nn.Module, *inputs: Any) -> None:
    """Show rows to the maps that still follow inputs, as a training step does.

    All other parts of the model compute in the mode in which they are.
    """
    layers = [m for m in model.modules() if any(map(follows_inputs, m.children()))]
    if layers:
        with keep_modes(model), torch.enable_grad():
            for layer in layers:
                layer.train()
            model(*inputs)


def follows_inputs(module: nn.Module) -> bool:
    """Whether a module is a normalisation that rows of training still change."""
    return isinstance(module, Norm) and not module.is_settled
