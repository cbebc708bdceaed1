"""Arguments as users write them: a basis by its name, and names that other programs use."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np
import torch
from torch import Tensor

from edgewise._checks import quote
from edgewise._memory import check_memory
from edgewise._tensors import Device, DType
from edgewise.bases import Basis, BSpline, find, registry

P = ParamSpec("P")
R = TypeVar("R")


def resolve_basis(owner: str, basis: Basis | str | None) -> Basis:
    """The basis that is meant: itself, or the one of that name; cubic B-splines for None.

    A name stands for the basis with linear tails and the settings of its ``named``: functions over
    [-2, 2], where 95 % of standard normal inputs are, if they have limits.

    Example:
        >>> resolve_basis("KANLinear", "chebyshev")
        Chebyshev(degree=3)
    """
    if basis is None:
        basis = BSpline.name
    if isinstance(basis, str):
        if basis.lower() not in registry():
            raise ValueError(
                f"{owner} expected a basis among {', '.join(sorted(registry()))}, got {basis!r}: "
                "pass one of these names, or a Basis such as BSpline(grid=8) for other settings"
            )
        cls = find(basis.lower())
        return cls(linear_tails=True, **cls.named)
    if not isinstance(basis, Basis):
        raise ValueError(
            f"{owner} expected a Basis such as BSpline() or the name of one, got {basis!r}: call "
            "the class, or pass its name"
        )
    return basis


def check_parameters(owner: str, count: int, device: Device, dtype: DType) -> None:
    """Raise ValueError if this machine hasn't the memory for so many parameters."""
    remedy = 'take fewer features or functions, or device="meta", which makes it without numbers'
    check_memory(owner, "parameters", count, remedy, device=device, dtype=dtype)


def read_edge(owner: str, edge: Any) -> tuple[int, int, int]:
    """An edge as (layer, input, output), three whole numbers."""
    try:
        layer, i, j = edge
    except (TypeError, ValueError):
        layer = None
    if layer is None or not all(isinstance(n, int | np.integer) for n in (layer, i, j)):
        raise ValueError(
            f"{owner} expected edge=(layer, input, output), got {edge!r:.80}: for example (0, 0, 0)"
        )
    return int(layer), int(i), int(j)


_LIBRARIES = (str(Path(torch.__file__).parent), str(Path(__file__).parents[1]))


def level_outside() -> int:
    """The ``stacklevel`` of the nearest caller that is no file of ours, nor of torch."""
    level, frame = 1, sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_LIBRARIES):
        level, frame = level + 1, frame.f_back
    return level


def renamed(**names: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a function take arguments by their old names, too: ``renamed(generator="seed")``."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def call(*args: P.args, **options: P.kwargs) -> R:
            for old, new in names.items():
                if old in options:
                    owner = function.__qualname__.removesuffix(".__init__")
                    text = f"{owner} takes {new}= instead of {old}= now"
                    warnings.warn(text, DeprecationWarning, stacklevel=level_outside())
                    if new in options:
                        raise TypeError(f"{owner} got both {new}= and its old name {old}=")
                    options[new] = options.pop(old)
            return function(*args, **options)

        return call

    return decorate


def read_seed(owner: str, seed: Any, device: Device) -> torch.Generator | None:
    """A seed as a generator on the device; a generator, or None, as it is."""
    if seed is None or isinstance(seed, torch.Generator):
        return seed
    if not isinstance(seed, int | np.integer) or isinstance(seed, bool):
        raise TypeError(
            f"{owner} expected seed as a whole number, a torch.Generator or None, got {seed!r:.80}"
        )
    place = torch.get_default_device() if device is None else torch.device(device)
    return torch.Generator("cpu" if place.type == "meta" else place).manual_seed(int(seed))


def share_seed(owner: str, settings: dict[str, Any]) -> dict[str, Any]:
    """The settings of several layers, with one generator for all of them in the place of a seed."""
    if settings.get("seed") is None:
        return settings
    return settings | {"seed": read_seed(owner, settings["seed"], settings.get("device"))}


def read_range(owner: str, field: str, value: Any) -> tuple[float, float]:
    """Two numbers; ValueError if that isn't what it is."""
    try:
        lo, hi = value
        if any(isinstance(end, str | bytes | bool | np.bool_) for end in (lo, hi)):
            raise TypeError("texts and flags are no numbers")
        return float(lo), float(hi)
    except (TypeError, ValueError, RuntimeError, OverflowError) as error:
        raise ValueError(
            f"{owner} expected {field} to be two numbers, got {quote(value)}"
        ) from error


def check_plain(owner: str, tensor: Tensor) -> None:
    """Raise ValueError for a tensor that computing with bases can't read."""
    kind = "a quantized tensor" if tensor.is_quantized else f"layout {tensor.layout}"
    kind = "a tensor on the device meta, which has no values" if tensor.is_meta else kind
    if tensor.is_quantized or tensor.is_meta or tensor.layout != torch.strided:
        raise ValueError(
            f"{owner} expected a dense tensor of numbers, got {kind}: use x.to_dense(), "
            "x.dequantize() or a tensor on the CPU or a GPU"
        )


def explain_names(
    owner: str, ours: Mapping[str, str | tuple[str, str]]
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function answer arguments of other programs with what they are called here.

    Args:
        owner: the function, as messages call it.
        ours: what to write instead, by the name that another program uses; with a name of
            pykan's, the row of :data:`PYKAN_PAGE` as well.

    Example:
        >>> @explain_names("area", {"w": "width="})
        ... def area(*, width=1.0, height=1.0):
        ...     return width * height
        >>> area(w=2.0)
        Traceback (most recent call last):
        TypeError: area expected its own argument names, got w=: write width= instead of w=
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            if foreign := [name for name in kwargs if name in ours]:
                listed = ", ".join(f"{name}=" for name in foreign)
                remedies = "; ".join(_remedy(name, ours[name]) for name in foreign)
                raise TypeError(
                    f"{owner} expected its own argument names, got {listed}: {remedies}"
                )
            return function(*args, **kwargs)

        return checked

    return decorate


def _remedy(name: str, ours: str | tuple[str, str]) -> str:
    if isinstance(ours, str):
        return f"write {ours} instead of {name}="
    return f"write {ours[0]} instead of {name}= (row {ours[1]}({name}) of {PYKAN_PAGE})"


def in_pykan(row: str, names: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Names of pykan's, each with what to write instead and the row of the page that tells it."""
    return {name: (ours, row) for name, ours in names.items()}


PYKAN_PAGE = "docs/reference/pykan.md"
_BSPLINE = "basis=BSpline(grid=…, degree=…)"
_SCHEME = "init=, a scheme or a function (layer, generator),"
_PYKAN: Mapping[str, str] = {
    "k": _BSPLINE,
    "grid_range": "basis=BSpline(lo=…, hi=…)",
    "noise_scale": _SCHEME,
    "scale_base_mu": _SCHEME,
    "scale_base_sigma": _SCHEME,
    "sparse_init": _SCHEME,
    "base_fun": "base=",
    "grid_eps": "mix= of grids.adapt(model, x)",
    "sp_trainable": "requires_grad_() of coef_scale",
    "sb_trainable": "requires_grad_() of base_weight",
}
LAYER_NAMES: Mapping[str, str | tuple[str, str]] = {
    "grid": _BSPLINE,
    "grid_size": _BSPLINE,
    "spline_order": _BSPLINE,
    "num_grids": "basis=Gaussian(num=…)",
    "grid_min": "basis=Gaussian(lo=…)",
    "grid_max": "basis=Gaussian(hi=…)",
    "degree": "basis=Chebyshev(degree=…)",
    "base_activation": "base=",
    "use_bias": "bias=",
    **in_pykan(
        "KANLayer",
        {
            **_PYKAN,
            "in_dim": "in_features=",
            "out_dim": "out_features=",
            "num": _BSPLINE,
            "scale_sp": "coef_scale=True",
            "save_plot_data": "edge_curve(model, (layer, i, j), x)",
        },
    ),
}
"""What the constructors of pykan, efficient-kan and others call our arguments."""
MODEL_NAMES: Mapping[str, str | tuple[str, str]] = {
    **LAYER_NAMES,
    "layers_hidden": "widths=",
    "layers": "widths=",
    **in_pykan(
        "MultKAN",
        {
            **_PYKAN,
            "width": "widths=",
            "grid": _BSPLINE,
            "mult_arity": "widths=[…, (sums, [arity, …]), …]",
            "symbolic_enabled": "fix_edge(model, (layer, i, j), function, x)",
            "affine_trainable": 'norm="affine"',
            "save_act": "attribute(model, x)",
            "first_init": _SCHEME,
            "auto_save": "Versions(folder).add(model, name)",
            "ckpt_path": "Versions(folder).add(model, name), or ew.save(model, path)",
            "state_id": "Versions(folder).add(model, name)",
            "round": "Versions(folder).add(model, name)",
        },
    ),
}
"""The same names, with those that only a whole model has."""
