"""``nn.Sequential`` in files: what each of its parts, ours or torch's, is as JSON-able data."""

from __future__ import annotations

from typing import Any

import torch
from torch import nn

from edgewise.bases.base import is_number
from edgewise.models.io import model_config, model_kinds
from edgewise.nn.conv import KANConv, KANConv1d, KANConv2d, KANConv3d
from edgewise.nn.linear import KANLinear

CONTAINER = "Sequential"
CONVOLUTIONS: dict[str, type[KANConv]] = {c.__name__: c for c in (KANConv1d, KANConv2d, KANConv3d)}
_POOL = ("kernel_size", "stride", "padding")
_CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups")
_NORM = ("num_features", "eps", "momentum", "affine", "track_running_stats")
TORCH: dict[str, tuple[str, ...]] = {
    "Linear": ("in_features", "out_features"),
    **dict.fromkeys(("Conv1d", "Conv2d", "Conv3d"), (*_CONV, "padding_mode")),
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "InstanceNorm2d"), _NORM),
    "LayerNorm": ("normalized_shape", "eps"),
    "GroupNorm": ("num_groups", "num_channels", "eps"),
    **dict.fromkeys(("MaxPool1d", "MaxPool2d", "MaxPool3d", "AvgPool1d", "AvgPool2d"), _POOL),
    **dict.fromkeys(("AdaptiveAvgPool1d", "AdaptiveAvgPool2d"), ("output_size",)),
    "Flatten": ("start_dim", "end_dim"),
    **dict.fromkeys(("Dropout", "Dropout2d"), ("p",)),
    **dict.fromkeys(("ReLU", "SiLU", "Tanh", "Sigmoid", "Identity"), ()),
    "GELU": ("approximate",),
}
"""Layers of torch that files may hold, and the attributes that make them anew."""
_WITH_BIAS = ("Linear", "Conv1d", "Conv2d", "Conv3d")
_WITH_TENSORS = (
    *_WITH_BIAS,
    *("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "InstanceNorm2d", "LayerNorm", "GroupNorm"),
)


_FLAGS = ("affine", "track_running_stats", "bias")
_NUMBERS = ("eps", "momentum", "p")
_TEXTS = ("padding_mode", "approximate")
_FROM_ONE = ("kernel_size", "stride", "dilation", "groups")


def describe(model: nn.Sequential) -> dict[str, Any]:
    """A Sequential as JSON-able data.

    Raises:
        ValueError: if a part has no description; the message says which one.
    """
    return {"model": CONTAINER, "parts": {n: _part(n, m) for n, m in model.named_children()}}


def _part(name: str, module: nn.Module) -> dict[str, Any]:
    kind = type(module).__name__
    if isinstance(module, nn.Sequential):
        return describe(module)
    if isinstance(module, (KANLinear, KANConv)):
        return {"model": kind, "settings": module.to_config()}
    if kind in TORCH and type(module) is getattr(nn, kind):
        settings = {field: getattr(module, field) for field in TORCH[kind]}
        if kind in _WITH_BIAS:
            settings["bias"] = module.bias is not None
        return {"model": kind, "settings": settings}
    if kind in model_kinds():
        return model_config(module)
    raise ValueError(
        f"save expected layers that files can hold, got {name!r}, a {kind}: save "
        "model.state_dict() and build the model in code. Files hold nn.Sequential of KAN, MLP, "
        f"KANLinear, {', '.join(CONVOLUTIONS)} and of torch's {', '.join(TORCH)}"
    )


def build(
    config: dict[str, Any],
    *,
    device: torch.device | str | None = None,
    dtype: torch.dtype | None = None,
) -> nn.Module:
    """The module of a description, with weights still to be loaded.

    Raises:
        ValueError, and what else is in ``io.DAMAGE``: if it is no such description.
    """
    kind = config["model"]
    if kind == CONTAINER:
        made = nn.Sequential()
        for name, part in config["parts"].items():
            made.add_module(name, build(part, device=device, dtype=dtype))
        return made
    if kind == KANLinear.__name__:
        return KANLinear.from_config(config["settings"], device=device, dtype=dtype)
    if kind in CONVOLUTIONS:
        return CONVOLUTIONS[kind].from_config(config["settings"], device=device, dtype=dtype)
    if kind not in TORCH:
        model: nn.Module = model_kinds()[kind].from_config(config, device=device, dtype=dtype)
        return model
    settings = {k: tuple(v) if isinstance(v, list) else v for k, v in config["settings"].items()}
    if unknown := set(settings) - {*TORCH[kind], "bias"}:
        raise ValueError(f"a {kind} with {', '.join(sorted(unknown))}")
    for name, value in settings.items():
        _check_setting(kind, name, value)
    if kind in _WITH_TENSORS:
        settings |= {"device": device, "dtype": dtype}
    layer: nn.Module = getattr(nn, kind)(**settings)
    return layer


def _check_setting(kind: str, name: str, value: Any) -> None:
    """Raise ValueError for what torch's layers would take, and stumble over when they compute."""
    if name in _FLAGS:
        good = isinstance(value, bool)
    elif name in _NUMBERS:
        good = is_number(value) or (name == "momentum" and value is None)
    elif name in _TEXTS:
        good = isinstance(value, str)
    else:
        each = value if isinstance(value, tuple) else (value,)
        good = all(_is_size(name, one) for one in each) or (
            name == "padding" and isinstance(value, str)
        )
    if not good:
        raise ValueError(f"a {kind} with {name}={value!r:.80}")


def _is_size(name: str, value: Any) -> bool:
    if value is None:
        return name == "output_size"
    least = 1 if name in _FROM_ONE else 0 if name == "padding" else -(2**31)
    return isinstance(value, int) and not isinstance(value, bool) and least <= value < 2**31
