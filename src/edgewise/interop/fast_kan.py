"""fast-kan, fast-kan-playground and RBF-KAN: Gaussians on shared centres."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Gaussian
from edgewise.interop.layout import (
    Format,
    Leaves,
    NativeLayer,
    Settings,
    centre_ends,
    group_outputs,
    shared_centers,
    ungroup_outputs,
)
from edgewise.nn.linear import KANLinear


def native(
    fmt: Format,
    leaves: Leaves,
    coef: Tensor,
    grid: Tensor,
    like: Basis | None,
    settings: Settings,
) -> NativeLayer:
    """A layer of Gaussians with an optional LayerNorm and an optional base branch.

    A checkpoint holds their centres but not their width, the setting ``denominator``.
    """
    for part in ("base_linear", "layernorm"):
        found = [name for name in (f"{part}.weight", f"{part}.bias") if name in leaves]
        if len(found) == 1:
            raise ValueError(
                f"expected {part}.weight and {part}.bias, got {found[0]} alone: the checkpoint is "
                "damaged, or of another program"
            )
    parameters, base = {"coef": coef}, None
    if "base_linear.weight" in leaves:
        parameters["base_weight"] = leaves["base_linear.weight"].t()
        base = fmt.base_activation(parameters["base_weight"], settings)
        parameters["bias"] = leaves["base_linear.bias"]
    if "layernorm.weight" in leaves:
        parameters["norm.weight"] = leaves["layernorm.weight"]
        parameters["norm.bias"] = leaves["layernorm.bias"]
    known = like if isinstance(like, Gaussian) else Gaussian()
    stated = settings.get("denominator", known.width if like is not None else None)
    lo, hi = centre_ends(grid)
    basis = dataclasses.replace(known, num=len(grid), lo=lo, hi=hi, width=stated)
    width = basis.init_grid(1, device=grid.device, dtype=grid.dtype)[1]
    return NativeLayer(
        basis=basis,
        grid=(grid, width),
        parameters=parameters,
        norm="layer" if "layernorm.weight" in leaves else None,
        base=base,
    )


def base_linear(fmt: Format, layer: KANLinear) -> tuple[Tensor | None, Tensor | None]:
    """Weight and bias of the base branch as nn.Linear has them."""
    base_weight = layer.edge_weights()[1]
    if base_weight is None:
        if layer.bias is not None and bool(layer.bias.any()):
            raise fmt.refuse("it keeps its bias in the base branch, and the model has none")
        return None, None
    bias = torch.zeros(layer.out_features).to(base_weight) if layer.bias is None else layer.bias
    return base_weight.t(), bias


def check_width(fmt: Format, layer: KANLinear) -> None:
    """Raise ValueError unless all functions share one width."""
    if layer.grid[1].numel() != 1:
        raise fmt.refuse("the functions have widths of their own")


def check_spacing(fmt: Format, layer: KANLinear) -> None:
    """Raise ValueError unless the width is the spacing of the centres, as the program has it."""
    check_width(fmt, layer)
    centers, width = shared_centers(fmt, layer), float(layer.grid[1])
    spacing = float(centers[-1] - centers[0]) / max(len(centers) - 1, 1)
    if abs(width - spacing) > 1e-6 * abs(spacing):
        raise fmt.refuse(
            f"its width is the spacing of the centres, {spacing:g}, got {width:g} (the format "
            "fast-kan-playground leaves the width to its reader)"
        )


class FastKANFormat(Format):
    """``layernorm``, ``rbf.grid``, ``spline_linear``, ``base_linear``; the width is the spacing."""

    name: ClassVar[str] = "fast-kan"
    basis = Gaussian
    required = frozenset({"rbf.grid", "spline_linear.weight"})
    optional = frozenset(
        {"layernorm.weight", "layernorm.bias", "base_linear.weight", "base_linear.bias"}
    )
    norms = (None, "layer")
    check = staticmethod(check_spacing)

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        grid, weight = leaves["rbf.grid"], leaves["spline_linear.weight"]
        coef = group_outputs(weight, weight.shape[1] // len(grid))
        return native(self, leaves, coef, grid, like, settings)

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        self.check(self, layer)
        weight, bias = base_linear(self, layer)
        own = dict(layer.named_parameters())
        return {
            "layernorm.weight": own.get("norm.weight"),
            "layernorm.bias": own.get("norm.bias"),
            "rbf.grid": shared_centers(self, layer),
            "spline_linear.weight": ungroup_outputs(layer.edge_weights()[0]),
            "base_linear.weight": weight,
            "base_linear.bias": bias,
        }


class PlaygroundFormat(FastKANFormat):
    """fast-kan-playground of May 2024: fast-kan's keys, and a ``denominator`` that isn't stored."""

    name: ClassVar[str] = "fast-kan-playground"
    same_keys_as = FastKANFormat.name
    check = staticmethod(check_width)


class RBFKANFormat(Format):
    """``rbf_linear.grid``, ``rbf_linear.spline_weight``, ``base_linear``."""

    name: ClassVar[str] = "rbf-kan"
    basis = Gaussian
    required = frozenset({"rbf_linear.grid", "rbf_linear.spline_weight"})
    optional = frozenset({"base_linear.weight", "base_linear.bias"})

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        grid = leaves["rbf_linear.grid"]
        coef = leaves["rbf_linear.spline_weight"].unflatten(0, (-1, len(grid)))
        return native(self, leaves, coef, grid, like, settings)

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        check_spacing(self, layer)
        weight, bias = base_linear(self, layer)
        return {
            "rbf_linear.grid": shared_centers(self, layer),
            "rbf_linear.spline_weight": layer.edge_weights()[0].flatten(0, 1),
            "base_linear.weight": weight,
            "base_linear.bias": bias,
        }
