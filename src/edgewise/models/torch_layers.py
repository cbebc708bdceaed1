"""Describe layers of torch as JSON-able data, for files, and make them again."""

from __future__ import annotations

import inspect
from typing import Any

from torch import nn

from edgewise._checks import is_number
from edgewise._tensors import Device, DType

_CONV = ("in_channels", "out_channels", "kernel_size", "stride", "padding", "dilation", "groups",
         "padding_mode")  # fmt: skip
_POOL = ("kernel_size", "stride", "padding", "ceil_mode")
_NORM = ("num_features", "eps", "momentum", "affine", "track_running_stats")
TORCH: dict[str, tuple[str, ...]] = {
    "Linear": ("in_features", "out_features"),
    **dict.fromkeys(("Conv1d", "Conv2d", "Conv3d"), _CONV),
    **dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"), _NORM),
    **dict.fromkeys(("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"), _NORM),
    "LayerNorm": ("normalized_shape", "eps", "elementwise_affine"),
    "GroupNorm": ("num_groups", "num_channels", "eps", "affine"),
    **dict.fromkeys(("MaxPool1d", "MaxPool2d", "MaxPool3d"), (*_POOL, "dilation")),
    **dict.fromkeys(("AvgPool1d", "AvgPool2d", "AvgPool3d"), (*_POOL, "count_include_pad")),
    **dict.fromkeys(
        ("AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d"), ("output_size",)
    ),
    "Flatten": ("start_dim", "end_dim"),
    **dict.fromkeys(("Dropout", "Dropout1d", "Dropout2d", "Dropout3d"), ("p", "inplace")),
    **dict.fromkeys(("ReLU", "SiLU", "Mish"), ("inplace",)),
    **dict.fromkeys(("Tanh", "Sigmoid", "Identity"), ()),
    "GELU": ("approximate",),
    "LeakyReLU": ("negative_slope", "inplace"),
    "ELU": ("alpha", "inplace"),
    "Softplus": ("beta", "threshold"),
    "PReLU": ("num_parameters",),
    **dict.fromkeys(("Softmax", "LogSoftmax"), ("dim",)),
}
"""Layers of torch that files may hold, and the attributes that make them anew."""
_WITH_BIAS = ("Linear", "Conv1d", "Conv2d", "Conv3d")
_NORMS = tuple(kind for kind in TORCH if "Norm" in kind)
_WITH_TENSORS = (*_WITH_BIAS, *_NORMS, "PReLU")
_FLAGS = ("affine", "elementwise_affine", "track_running_stats", "bias", "inplace", "ceil_mode",
          "count_include_pad")  # fmt: skip
_NUMBERS = ("eps", "momentum", "p", "negative_slope", "alpha", "beta", "threshold")
_TEXTS = ("padding_mode", "approximate")
_FROM_ONE = ("kernel_size", "stride", "dilation", "groups", "num_parameters")
_MAY_BE_NONE = ("momentum", "output_size", "dim")


def describe_torch(name: str, module: nn.Module) -> dict[str, Any]:
    """The arguments of a layer in :data:`TORCH` as JSON-able data."""
    kind = type(module).__name__
    settings = {field: getattr(module, field) for field in TORCH[kind]}
    if kind in _WITH_BIAS:
        settings["bias"] = module.bias is not None
    elif kind in _NORMS and getattr(module, "weight", None) is not None and module.bias is None:
        settings["bias"] = False
    for field, argument in inspect.signature(getattr(nn, kind)).parameters.items():
        value = getattr(module, field, argument.default)
        if field not in (*settings, "bias") and value is not argument.default:
            raise ValueError(
                f"save expected layers that files can hold, got {name!r}, a {kind} with {field}="
                f"{value!r}: torch.save(model.state_dict(), path) keeps the model's weights"
            )
    return settings


def make_torch(
    kind: str,
    settings: dict[str, Any],
    *,
    device: Device = None,
    dtype: DType = None,
) -> nn.Module:
    """The layer that :func:`describe_torch` described, with weights still to be loaded."""
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}
    if unknown := set(values) - {*TORCH[kind], "bias"}:
        raise ValueError(f"a {kind} with {', '.join(sorted(unknown))}")
    for name, value in values.items():
        _check_setting(kind, name, value)
    made = getattr(nn, kind)
    if kind not in _WITH_TENSORS:
        layer: nn.Module = made(**values)
        return layer
    # Weights of its own would be drawn from torch's random state, which loading leaves alone.
    return nn.utils.skip_init(made, **values, device=device or "cpu", dtype=dtype)


def _check_setting(kind: str, name: str, value: Any) -> None:
    """Raise ValueError for what torch's layers would take, and stumble over when they compute."""
    if value is None and name in _MAY_BE_NONE:
        return
    if name in _FLAGS:
        good = isinstance(value, bool)
    elif name in _NUMBERS:
        good = is_number(value)
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
