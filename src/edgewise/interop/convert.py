"""Recognising, reading and writing foreign checkpoints."""

from __future__ import annotations

import os
import pickle
import warnings
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.interop.cheby_kan import ChebyKANFormat
from edgewise.interop.efficient_kan import EfficientKANFormat
from edgewise.interop.fast_kan import FastKANFormat, PlaygroundFormat, RBFKANFormat
from edgewise.interop.faster_kan import FasterKANDenominatorFormat, FasterKANFormat
from edgewise.interop.fourier_kan import FourierKANFormat
from edgewise.interop.kal_net import KALNetFormat
from edgewise.interop.layout import Format, Leaves, NativeLayer
from edgewise.interop.pykan import PykanFormat
from edgewise.models.kan import KAN
from edgewise.nn.attention import KANAttention
from edgewise.nn.linear import KANLinear

FORMATS: dict[str, Format] = {
    fmt.name: fmt
    for fmt in (
        FastKANFormat(),
        PlaygroundFormat(),
        FasterKANFormat(),
        FasterKANDenominatorFormat(),
        RBFKANFormat(),
        EfficientKANFormat(),
        KALNetFormat(),
        ChebyKANFormat(),
        FourierKANFormat(),
        PykanFormat(),
    )
}

_SETTINGS = {"base", "denominator", "num_heads"}
_WRAPPERS = ("state_dict", "model_state_dict", "model", "net")
_ATTENTION = {"linear_q.", "linear_k.", "linear_v.", "linear_o."}


def recognize(state: Mapping[str, Any], basis: Basis | None = None) -> list[str]:
    """The formats whose key layout ``state`` has, for models of that basis if one is given.

    Keys alone can't tell fast-kan without its base branch from faster-kan's first generation;
    the basis of the model that shall receive them can.
    """
    return [
        name
        for name, fmt in FORMATS.items()
        if fmt.same_keys_as is None
        and fmt.group(state) is not None
        and (basis is None or isinstance(basis, fmt.basis))
    ]


def load(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    device: torch.device | str = "cpu",
    **settings: Any,
) -> KAN | KANAttention:
    """Read a checkpoint of another program and return it as a model of ours.

    The format is recognised by its keys and the architecture inferred from its shapes. Tensors
    are read with ``torch.load(weights_only=True)``, so no code in the file is ever run.

    Args:
        path: a ``.pt``/``.pth`` state dict (bare, or under "state_dict", "model_state_dict",
            "model" or "net"), or a ``.safetensors`` file.
        format: one of :data:`FORMATS`; needed only where keys are ambiguous.
        **settings: what such files don't hold: ``denominator`` (fast-kan-playground, faster-kan's
            first generation), ``base`` (the base activation, default "silu"), ``num_heads``
            (fast-kan's attention).

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if the file is damaged, would run code, or is of a format we can't read.
    """
    if unknown := sorted(set(settings) - _SETTINGS):
        raise ValueError(
            f"load expected settings among {', '.join(sorted(_SETTINGS))}; got {', '.join(unknown)}"
        )
    if format is not None and format not in FORMATS:
        raise ValueError(f"expected format to be one of {', '.join(FORMATS)}; got {format!r}")
    state = read_state(path)
    names = [format] if format is not None else recognize(state)
    if len(names) > 1:
        raise ValueError(
            f"the keys in {path} fit {' and '.join(names)} alike: say which with format="
        )
    layers = FORMATS[names[0]].group(state) if names else None
    if layers is None:
        raise ValueError(
            f"expected a checkpoint of {format or ', '.join(FORMATS)} in {path}, got the keys "
            f"{', '.join(map(str, list(state)[:6]))}{', …' if len(state) > 6 else ''}: rename them "
            "to one of these layouts, or build the model in code"
        )
    fmt = FORMATS[names[0]]
    if layers.keys() >= _ATTENTION:
        return _load_attention(fmt, layers, settings).to(device)
    natives = [_native(fmt, leaves, None, settings) for leaves in layers.values()]
    for a, b in pairwise(natives):
        if a.out_features != b.in_features:
            raise ValueError(
                f"expected layers that follow one another in {path}, got one with "
                f"{a.out_features} outputs before one with {b.in_features} inputs"
            )
    post = "layernorm_silu" if natives[0].post else None
    model = KAN.from_layers([native.build() for native in natives], post)
    _write_posts(model, natives)
    return model.to(device)


def export(model: KAN, format: str) -> dict[str, Tensor]:
    """The model's state dict in another program's key layout.

    Raises:
        ValueError: for an unknown format, or a model that it can't express.
    """
    if format not in FORMATS:
        raise ValueError(f"expected format to be one of {', '.join(FORMATS)}; got {format!r}")
    state = FORMATS[format].from_native(model)
    return {key: tensor.detach().clone() for key, tensor in state.items()}


def adopt(model: KAN, state: Mapping[str, Any], name: str) -> None:
    """Load a foreign state dict into a model of ours; all of it or, on an error, nothing.

    Raises:
        ValueError: if the architectures differ; the message lists where.
    """
    layers = [layer for layer in model.layers if isinstance(layer, KANLinear)]
    fmt = FORMATS[name]
    groups = fmt.group(state)
    if groups is None or len(groups) != len(layers):
        raise ValueError(
            f"expected a {name} state dict of {len(layers)} layers for widths {model.widths}, got "
            f"{0 if groups is None else len(groups)}"
        )
    natives = [
        _native(fmt, leaves, layer.basis, {})
        for leaves, layer in zip(groups.values(), layers, strict=True)
    ]
    _check(name, {f"layer {k}": pair for k, pair in enumerate(zip(natives, layers, strict=True))})
    if bool(natives[0].post) != (model.post is not None):
        raise ValueError(f"expected a model with post='layernorm_silu' for {name}, or none of them")
    for native in natives:
        if any(tuple(t.shape) != (native.out_features,) for t in native.post.values()):
            raise ValueError(
                f"expected LayerNorms as wide as their layers in the {name} state dict"
            )
    for native, layer in zip(natives, layers, strict=True):
        native.write(layer)
    _write_posts(model, natives)


def adopt_attention(model: KANAttention, state: Mapping[str, Any]) -> None:
    """Load the state dict of fast-kan's attention; all of it or, on an error, nothing.

    Raises:
        ValueError: if the architectures differ; the message lists where.
    """
    fmt = FORMATS["fast-kan"]
    groups = fmt.group(state) or {}
    layers = {f"{k}.": layer for k, layer in model.named_children() if isinstance(layer, KANLinear)}
    if groups.keys() != layers.keys():
        raise ValueError(
            f"expected projections {', '.join(layers)} in the state dict, got {', '.join(groups)}"
        )
    pairs = {
        name: (_native(fmt, groups[name], layer.basis, {}), layer) for name, layer in layers.items()
    }
    _check("fast-kan attention", pairs)
    for native, layer in pairs.values():
        native.write(layer)


def read_state(path: str | os.PathLike[str]) -> dict[str, Any]:
    """The state dict in a file, read without running anything in it.

    Raises:
        FileNotFoundError: if there is no such file.
        ValueError: if it is damaged, would run code, or holds no state dict.
    """
    path = Path(path)
    if not path.exists():
        raise FileNotFoundError(f"expected a checkpoint at {path}, found no such file")
    try:
        if path.suffix == ".safetensors":
            return dict(load_file(path))
        with warnings.catch_warnings():  # torch warns of pickles that it then refuses
            warnings.simplefilter("ignore")
            content = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ValueError(
            f"expected tensors only in {path}, got a pickle with other objects or damaged data; "
            f"nothing of it was run ({str(error).splitlines()[0]}): save model.state_dict() "
            "instead of the model"
        ) from error
    except (SafetensorError, RuntimeError, EOFError, ValueError, KeyError, OSError) as error:
        raise ValueError(
            f"expected a state dict in {path}, got a file that can't be read "
            f"({str(error).splitlines()[0] if str(error) else type(error).__name__}): it is "
            "damaged or truncated, or no checkpoint"
        ) from error
    for wrapper in _WRAPPERS:
        if isinstance(content, Mapping) and isinstance(content.get(wrapper), Mapping):
            content = content[wrapper]
    if not isinstance(content, Mapping) or not content:
        raise ValueError(
            f"expected a state dict in {path}, got {type(content).__name__}: save "
            "model.state_dict()"
        )
    return dict(content)


def _native(
    fmt: Format, leaves: Leaves, like: Basis | None, settings: dict[str, Any]
) -> NativeLayer:
    try:
        return fmt.to_native(leaves, like, settings)
    except (RuntimeError, IndexError, KeyError) as error:
        shapes = ", ".join(f"{name} {tuple(t.shape)}" for name, t in leaves.items())
        raise ValueError(
            f"expected the tensors of {fmt.name}, got {shapes} ({type(error).__name__}: {error}): "
            "the checkpoint is damaged, or of another program"
        ) from error


def _check(name: str, pairs: Mapping[str, tuple[NativeLayer, KANLinear]]) -> None:
    wrong = []
    for place, (native, layer) in pairs.items():
        if reason := native.mismatch(layer):
            wrong.append(f"{place}: {reason}")
    if wrong:
        raise ValueError(
            f"the {name} state dict doesn't fit this model ({'; '.join(wrong)}): build the model "
            "with the checkpoint's arguments, or let edgewise.interop.load infer them"
        )


def _write_posts(model: KAN, natives: list[NativeLayer]) -> None:
    for post, native in zip(model.posts, natives, strict=False):
        if isinstance(post, nn.Sequential):
            post[0].load_state_dict(native.post)


def _load_attention(
    fmt: Format, layers: Mapping[str, Leaves], settings: dict[str, Any]
) -> KANAttention:
    if "num_heads" not in settings:
        raise ValueError(
            "a checkpoint of fast-kan's attention doesn't hold its number of heads: pass num_heads="
        )
    natives = {name: _native(fmt, leaves, None, settings) for name, leaves in layers.items()}
    heads, query = settings["num_heads"], natives["linear_q."]
    if query.out_features % heads:
        raise ValueError(f"expected num_heads to divide {query.out_features}, got {heads}")
    like = query.parameters["coef"]
    model = KANAttention(
        query.in_features,
        natives["linear_k."].in_features,
        natives["linear_v."].in_features,
        query.out_features // heads,
        heads,
        gating="linear_g." in natives,
        basis=query.basis,
        norm=query.norm,
        base=query.base,
        dtype=like.dtype,
    )
    for name, native in natives.items():
        layer = getattr(model, name.removesuffix("."))
        _check("fast-kan attention", {name: (native, layer)})
        native.write(layer)
    return model
