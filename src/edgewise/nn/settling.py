"""`settle`: fix the standardisation of inputs before training starts."""

from __future__ import annotations

from typing import Any, TypeVar

import torch
from torch import nn

from edgewise.nn.inspect import check_module, keep_modes
from edgewise.nn.norm_base import Norm

M = TypeVar("M", bound=nn.Module)


def settle(model: M, *inputs: Any) -> M:
    """Fix the maps that standardise the inputs of a model's layers, in place; return the model.

    A layer with ``norm="standard"``, such as the first layer of a :class:`~edgewise.KAN`,
    standardises its inputs by the first training rows. The transforms of torch.func allow no change
    in place, so under them the map would stay the identity. Call this function with training rows
    before such a loop.

    Args:
        inputs: the arguments of a call ``model(*inputs)`` with training rows. Maps that aren't
            final learn from these rows first. Without inputs, all maps are fixed as they are.

    Raises:
        TypeError: if the model isn't a torch.nn.Module.

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
    """Update the maps that aren't final with these rows, as a training step does.

    All other parts of the model keep their mode, training or evaluation.
    """
    layers = [m for m in model.modules() if any(map(_follows_inputs, m.children()))]
    if layers:
        with keep_modes(model), torch.enable_grad():
            for layer in layers:
                layer.train()
            model(*inputs)


def settle_in_training(model: nn.Module, *inputs: Any) -> None:
    """Settle the maps of a model if any of those in training mode isn't final."""
    if any(_follows_inputs(m) and m.training for m in model.modules()):
        settle(model, *inputs)


def _follows_inputs(module: nn.Module) -> bool:
    """Whether a module is a normalisation that training rows still change."""
    return isinstance(module, Norm) and not module.is_settled
