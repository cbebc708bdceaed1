"""Collect the data that reach each layer, and rebuild layers on other grids or bases."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_values
from edgewise.grids.project import Projection, Target, project
from edgewise.grids.sample import Sample, condense
from edgewise.nn import KANLinear
from edgewise.nn.inspect import (
    check_callable,
    check_own_weights,
    in_evaluation,
    kan_layers,
    listen,
    model_device,
    model_dtype,
)
from edgewise.nn.reading import check_finite, read_real

Move = Callable[[KANLinear, Sample | None], Target | None]


def as_input(model: nn.Module, x: Any) -> Tensor:
    """Bring data, a tensor, array, frame or list, to the model's device and type.

    Raises:
        TypeError: if the model only lists others.
        ValueError: if it isn't numbers, there are no rows, or some aren't finite or real.
    """
    check_callable(model)
    tensor = read_real("x", x).to(model_device(model), model_dtype(model))
    check_values("x", tensor)
    if tensor.dim() == 0 or tensor.numel() == 0:
        raise ValueError(f"x expected at least one row of inputs, got shape {tuple(tensor.shape)}")
    check_finite("x", tensor)
    return tensor


@torch.no_grad()
def activations(model: nn.Module, x: Tensor) -> dict[str, Tensor]:
    """What reaches the basis of each KAN layer, after its normalisation, in one forward pass.

    Shape:
        x: (*, in) → for each layer (rows, in_features)

    Raises:
        ValueError: if a layer isn't reached, or gets values that aren't finite.
    """
    model = in_evaluation(model)
    layers = kan_layers(model)
    seen: dict[KANLinear, list[Tensor]] = {}

    def keep(layer: KANLinear, h: Tensor) -> None:
        seen.setdefault(layer, []).append(layer.normalized(h).reshape(-1, layer.in_features))

    with listen(layers.values(), before=keep):
        model(x)
    if missing := [name for name, layer in layers.items() if layer not in seen]:
        raise ValueError(f"expected x to reach every KAN layer, but {missing[0]!r} wasn't called")
    found = {name: torch.cat(seen[layer]) for name, layer in layers.items()}
    for name, z in found.items():
        if not z.isfinite().all():
            raise ValueError(
                f"expected finite activations, got NaN or Inf before layer {name!r}: "
                "the model's weights or its inputs are broken"
            )
    return found


def sample_layers(model: nn.Module, x: Tensor, size: int = 0) -> dict[str, Sample]:
    """Each layer's :class:`Sample`, for grids of so many functions or as many as there are.

    Raises:
        ValueError: if a layer isn't reached, or gets values that aren't finite.
    """
    layers, seen = kan_layers(model), activations(model, x)
    most = {name: max(size, layer.basis.num_basis) for name, layer in layers.items()}
    return {name: condense(seen.pop(name), most[name]) for name in layers}


def rebuild(
    model: nn.Module, seen: dict[str, Sample], move: Move
) -> tuple[nn.Module, dict[str, Projection]]:
    """Copy the model and move its layers; the fits come with it. Without a target a layer stays."""
    check_own_weights(model)
    new, fits = copy.deepcopy(model), {}
    for name, layer in kan_layers(new).items():
        sample = seen.get(name)
        target = move(layer, sample)
        if target is not None:
            fits[name] = put(layer, target, sample)
    return new, fits


@torch.no_grad()
def put(layer: KANLinear, target: Target, sample: Sample | None = None) -> Projection:
    """Move a layer's functions, in place, with coefficients that draw the same curves."""
    target = replace(target, grid=layer.match_grid(target.basis, target.grid))
    fit = project(layer, target, sample)
    trained = layer.coef.requires_grad
    layer.coef = nn.Parameter(fit.coef.to(layer.coef), requires_grad=trained)
    layer.set_basis(target.basis, target.grid)
    if target.scale is not None and target.shift is not None:
        compose(layer, target.scale, target.shift)
    return fit


def can_compose(layer: KANLinear) -> bool:
    """Whether an affine map of each input can join the layer's normalisation."""
    if layer.norm is not None and layer.norm.feeds_base and layer.base_weight is not None:
        return layer.activation.name == "identity" and layer.bias is not None
    return layer.norm is None or layer.norm.affine_map() is not None


@torch.no_grad()
def compose(layer: KANLinear, scale: Tensor, shift: Tensor) -> None:
    """Let scale · z + shift follow the layer's normalisation, in place.

    A base activation that sees z, too, gets what it got: s(z) = z is a line of the new z.
    """
    if layer.norm is None:
        layer.set_norm("affine", layer.coef.device, layer.coef.dtype)
    norm = layer.norm
    if norm is None or norm.affine_map() is None:
        raise ValueError(f"expected a normalisation that ends in a scale and a shift, got {layer}")
    norm.settle()
    if norm.feeds_base and layer.base_weight is not None:
        layer.base_weight.div_(scale.to(layer.base_weight)[:, None])
        gone = shift.to(layer.base_weight) @ layer.edge_weights()[1]  # type: ignore[operator]
        layer.bias.sub_(gone)  # type: ignore[union-attr]
    norm.compose(scale, shift)
