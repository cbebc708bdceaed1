"""Put the weights of other programs into layers of ours, new ones or existing ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from edgewise.bases import Basis
from edgewise.interop.formats import FORMATS
from edgewise.interop.layout import Format, Leaves, NativeLayer
from edgewise.nn.init import put_coef
from edgewise.nn.linear import KANLinear


def translate(
    fmt: Format, leaves: Leaves, like: Basis | None, settings: dict[str, Any]
) -> NativeLayer:
    """One layer of a foreign state dict in our terms; without linear tails, which no format has.

    Raises:
        ValueError: if its tensors don't fit together.
    """
    like = None if like is None else replace(like, linear_tails=False)
    try:
        return fmt.to_native(leaves, like, settings)
    except (RuntimeError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
        shapes = ", ".join(f"{name} {tuple(t.shape)}" for name, t in leaves.items())
        raise ValueError(
            f"expected the tensors of {fmt.name}, got {shapes} ({type(error).__name__}: {error}): "
            "the checkpoint is damaged, or of another program"
        ) from error


def make_layer(native: NativeLayer) -> KANLinear:
    """A layer of ours with these settings and weights.

    Raises:
        ValueError: if they don't fit together.
    """
    native.check()
    like = native.parameters["coef"]
    layer = KANLinear(
        native.in_features,
        native.out_features,
        basis=native.basis,
        norm=native.norm,
        base=native.base,
        bias="bias" in native.parameters,
        coef_scale="coef_scale" in native.parameters,
        seed=0,
        device=like.device,
        dtype=like.dtype,
    )
    fill_layer(native, layer)
    return layer


def fill_layer(native: NativeLayer, layer: KANLinear) -> None:
    """Put grid and weights into ``layer``, whose settings must agree (see ``check_layers``).

    Knots and the norm become those of the checkpoint, and linear tails are turned off. A constant
    scale of the layer stays; coefficients are divided by it.
    """
    like = layer.coef
    if [t.shape for t in layer.grid] == [t.shape for t in native.grid]:
        layer.basis = native.basis  # in place: an optimiser may hold trained centres
        with torch.no_grad():
            for old, new in zip(layer.grid, native.grid, strict=True):
                old.copy_(new)
    else:
        layer.set_basis(native.basis, tuple(t.detach().to(like, copy=True) for t in native.grid))
    if layer.norm_name != native.norm:
        layer.set_norm(native.norm)
    mask = native.parameters.get("mask")
    layer.mask = None if mask is None else mask.detach().to(like, copy=True)
    own = dict(layer.named_parameters())
    with torch.no_grad():
        for name, tensor in native.parameters.items():
            if name == "coef" and "coef_scale" not in own:
                put_coef(layer, tensor.to(like))
            elif name != "mask":
                own[name].copy_(tensor)


def write_posts(natives: Sequence[NativeLayer], posts: Sequence[nn.LayerNorm]) -> None:
    """The LayerNorms that follow the layers."""
    for native, post in zip(natives, posts, strict=False):
        post.load_state_dict(native.post)


def check_layers(name: str, pairs: Mapping[str, tuple[NativeLayer, KANLinear]]) -> None:
    """Raise ValueError unless every layer can take its weights; the message lists where not."""
    wrong = []
    for place, (native, layer) in pairs.items():
        if reason := _mismatch(native, layer):
            wrong.append(f"{place}: {reason}")
        elif not wrong:
            native.check()
    if wrong:
        raise ValueError(
            f"the {name} state dict doesn't fit this model ({'; '.join(wrong)}): build the model "
            "with the checkpoint's arguments, or let edgewise.load_foreign infer them"
        )


def _mismatch(native: NativeLayer, layer: KANLinear) -> str | None:
    pairs: list[tuple[str, Any, Any]] = [
        ("in_features", layer.in_features, native.in_features),
        ("out_features", layer.out_features, native.out_features),
        ("num_basis", layer.basis.num_basis, native.basis.num_basis),
        ("a base branch", layer.base_weight is not None, "base_weight" in native.parameters),
        ("a bias", layer.bias is not None, "bias" in native.parameters),
        (
            "a trained coef_scale",
            isinstance(layer.coef_scale, nn.Parameter),
            "coef_scale" in native.parameters,
        ),
        ("a LayerNorm", layer.norm_name == "layer", native.norm == "layer"),
    ]
    for name, parameter in layer.named_parameters():
        theirs = native.parameters.get(name)
        if theirs is not None:
            pairs.append((name, tuple(parameter.shape), tuple(theirs.shape)))
    wrong = [
        f"{name}: {ours} here, {theirs} there" for name, ours, theirs in pairs if ours != theirs
    ]
    return "; ".join(wrong) or None


def _base_of(layer: KANLinear) -> dict[str, Any]:
    """The base activation that a layer was given, for a checkpoint that doesn't say it.

    The identity is the default of a basis with linear tails, so it isn't taken for a choice. A
    layer without a base branch refuses base weights, whatever their activation.
    """
    if layer.base_weight is None:
        return {"base": "silu"}
    if layer.basis.linear_tails and layer.base == "identity":
        return {}
    return {"base": layer.base}


def replace_keys(
    state: dict[str, Any],
    prefix: str,
    read: Callable[[dict[str, Any]], Mapping[str, Any] | None],
) -> None:
    """Put our keys in the place of another program's, below a prefix of a state dict.

    A module calls it in ``_load_from_state_dict``, so that it reads other programs' checkpoints
    as a part of a larger model, too.

    Args:
        read: gives our keys for those below the prefix; None if they are ours already.
    """
    below = {k[len(prefix) :]: v for k, v in state.items() if k.startswith(prefix)}
    ours = read(below)
    if ours is not None:
        for key in below:
            del state[prefix + key]
        state.update({prefix + key: value for key, value in ours.items()})


def adopt(
    layers: Sequence[KANLinear],
    posts: Sequence[nn.LayerNorm],
    state: Mapping[str, Any],
    name: str,
    products: Sequence[Sequence[int]] = (),
) -> None:
    """Load a foreign state dict into a stack of layers; all of it or, on an error, nothing.

    Args:
        products: for each layer, the factors of the products above it; none for sums only.
        posts: the LayerNorms that follow the layers, or none.

    Raises:
        ValueError: if the architectures differ; the message lists where.
    """
    fmt = FORMATS[name]
    groups = fmt.group(state)
    if groups is None or len(groups) != len(layers):
        widths = [layers[0].in_features, *(layer.out_features for layer in layers)]
        raise ValueError(
            f"expected a {name} state dict of {len(layers)} layers for widths {widths}, got "
            f"{0 if groups is None else len(groups)}"
        )
    above = products or [()] * len(layers)
    natives = [
        translate(fmt, leaves, layer.basis, {"products": arities} | _base_of(layer))
        for leaves, layer, arities in zip(groups.values(), layers, above, strict=True)
    ]
    pairs = enumerate(zip(natives, layers, strict=True))
    check_layers(name, {f"layer {k}": pair for k, pair in pairs})
    if bool(natives[0].post) != bool(posts):
        raise ValueError(f"expected a model with post='layernorm_silu' for {name}, or none of them")
    for native in natives:
        if any(tuple(t.shape) != (native.out_features,) for t in native.post.values()):
            raise ValueError(
                f"expected LayerNorms as wide as their layers in the {name} state dict"
            )
    for native, layer in zip(natives, layers, strict=True):
        fill_layer(native, layer)
    write_posts(natives, posts)


def adopt_attention(layers: Mapping[str, KANLinear], state: Mapping[str, Any]) -> None:
    """Load the state dict of fast-kan's attention; all of it or, on an error, nothing.

    Args:
        layers: the projections, by the beginnings of their keys.

    Raises:
        ValueError: if the architectures differ; the message lists where.
    """
    fmt = FORMATS["fast-kan"]
    groups = fmt.group(state) or {}
    if groups.keys() != layers.keys():
        raise ValueError(
            f"expected projections {', '.join(layers)} in the state dict, got {', '.join(groups)}"
        )
    pairs = {
        name: (translate(fmt, groups[name], layer.basis, _base_of(layer)), layer)
        for name, layer in layers.items()
    }
    check_layers("fast-kan attention", pairs)
    for native, layer in pairs.values():
        fill_layer(native, layer)
