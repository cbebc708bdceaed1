"""Describe modules that are made of parts as JSON-able data, for files, and build them again."""

from __future__ import annotations

from typing import Any

from torch import nn

from edgewise._tensors import Device, DType
from edgewise.models.attention import KANAttention
from edgewise.models.faster_kan_volver import FasterKANvolver
from edgewise.models.io import check_readable, model_config, model_kinds, own_class
from edgewise.models.torch_layers import TORCH, describe_torch, make_torch
from edgewise.nn.conv import KANConv1d, KANConv2d, KANConv3d
from edgewise.nn.linear import KANLinear
from edgewise.nn.rational import Rational, RationalLinear
from edgewise.nn.transformer import KANFeedForward, KANTransformerBlock

WHOLE: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        *(KANLinear, KANConv1d, KANConv2d, KANConv3d, Rational, RationalLinear),
        *(KANFeedForward, KANAttention),
    )
}
"""Layers that ``to_config()`` describes and ``from_config(settings, …)`` makes anew."""
WITH_PART: dict[str, tuple[Any, str]] = {
    "KANTransformerBlock": (KANTransformerBlock, "feed_forward"),
    "FasterKANvolver": (FasterKANvolver, "kan"),
}
"""The same with a part that may be any module, and its name there."""
CONTAINER = "Sequential"
SAME = "Same"
"""What stands for a module that was there before, under another name."""
KINDS = (CONTAINER, *WHOLE, *WITH_PART, *TORCH)
"""Names of what :func:`build` makes, besides those of savable classes."""

_Seen = dict[Any, Any]


def describe(model: nn.Module) -> dict[str, Any]:
    """A module of such parts as JSON-able data.

    Raises:
        ValueError: if a part has no description, or one that leaves something out; the message says
            which one.
    """
    config = _describe("", model, {})
    check_readable(model, config, build)
    return config


def _describe(name: str, module: Any, seen: _Seen) -> dict[str, Any]:
    kind = type(module).__name__
    if module in seen:
        return {"model": SAME, "name": seen[module]}
    seen[module] = name
    if type(module) is nn.Sequential:
        parts = module._modules.items()  # the same module under two names, too
        return {"model": kind, "parts": {n: _describe_child(name, n, m, seen) for n, m in parts}}
    if type(module) is WHOLE.get(kind):
        return {"model": kind, "settings": module.to_config()}
    if type(module) is WITH_PART.get(kind, (None,))[0]:
        part = WITH_PART[kind][1]
        inner = _describe_child(name, part, module.get_submodule(part), seen)
        return {"model": kind, "settings": module.to_config(), "part": inner}
    if kind in TORCH and type(module) is getattr(nn, kind):
        return {"model": kind, "settings": describe_torch(name, module)}
    if kind in model_kinds():
        return model_config(module)
    place = f"{name!r}, " if name else ""
    raise ValueError(
        f"save expected layers that files can hold, got {place}a {kind}, which files can't "
        f"describe: {own_class(module)}. Files hold nn.Sequential of KAN, MLP, {', '.join(WHOLE)}, "
        f"{', '.join(WITH_PART)} and of torch's {', '.join(TORCH)}"
    )


def _describe_child(name: str, child: str, module: nn.Module | None, seen: _Seen) -> dict[str, Any]:
    if module is None:
        raise ValueError(f"save expected a module at {join_names(name, child)!r}, got None")
    return _describe(join_names(name, child), module, seen)


def join_names(name: str, child: str) -> str:
    """The name of a module's child or parameter, as torch writes it."""
    return f"{name}.{child}" if name else child


def build(config: dict[str, Any], *, device: Device = None, dtype: DType = None) -> nn.Module:
    """The module of a description, with weights still to be loaded.

    Raises:
        ValueError, and what else is in ``io.DAMAGE``: if it is no such description.
    """
    return _build("", config, {}, {"device": device, "dtype": dtype})


def _build(name: str, config: dict[str, Any], seen: _Seen, options: dict[str, Any]) -> nn.Module:
    kind = config["model"]
    if kind == SAME:
        same: nn.Module = seen[config["name"]]
        return same
    made: nn.Module
    if kind == CONTAINER:
        made = nn.Sequential()
        for child, part in config["parts"].items():
            made.add_module(child, _build(join_names(name, child), part, seen, options))
    elif kind in WHOLE:
        made = WHOLE[kind].from_config(config["settings"], **options)
    elif kind in WITH_PART:
        owner, child = WITH_PART[kind]
        part = _build(join_names(name, child), config["part"], seen, options)
        made = owner.from_config(config["settings"], part, **options)
    elif kind in TORCH:
        made = make_torch(kind, config["settings"], **options)
    else:
        made = model_kinds()[kind].from_config(config, **options)
    seen[name] = made
    return made
