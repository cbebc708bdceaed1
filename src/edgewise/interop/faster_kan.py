"""faster-kan, both generations: RSWAF on shared centres after a LayerNorm."""

from __future__ import annotations

import dataclasses
from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import RSWAF, Basis
from edgewise.interop.fast_kan import check_width
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


def _native(leaves: Leaves, like: Basis | None, inv_denominator: float) -> NativeLayer:
    grid, weight = leaves["rbf.grid"], leaves["spline_linear.weight"]
    lo, hi = centre_ends(grid)
    coef = group_outputs(weight, weight.shape[1] // len(grid))
    known = like if isinstance(like, RSWAF) else RSWAF()
    basis = dataclasses.replace(known, num=len(grid), lo=lo, hi=hi, inv_denominator=inv_denominator)
    return NativeLayer(
        basis=basis,
        grid=(grid, basis.init_grid(1, device=grid.device, dtype=grid.dtype)[1]),
        parameters={
            "coef": coef,
            "norm.weight": leaves["layernorm.weight"],
            "norm.bias": leaves["layernorm.bias"],
        },
        norm="layer",
    )


def _leaves(fmt: Format, layer: KANLinear, scaled: bool) -> dict[str, Tensor | None]:
    """The tensors of a layer; ``scaled`` if inv_denominator goes into centres and norm."""
    check_width(fmt, layer)
    if layer.base_weight is not None or (layer.bias is not None and bool(layer.bias.any())):
        raise fmt.refuse("it has neither a base branch nor a bias")
    d = layer.grid[1].reshape(())
    one = torch.ones_like(d)
    factor, own = d if scaled else one, dict(layer.named_parameters())
    return {
        "layernorm.weight": own["norm.weight"] * factor,
        "layernorm.bias": own["norm.bias"] * factor,
        "rbf.grid": shared_centers(fmt, layer) * factor,
        "rbf.inv_denominator": one if "rbf.inv_denominator" in fmt.required else None,
        "spline_linear.weight": ungroup_outputs(layer.edge_weights()[0]),
    }


class FasterKANFormat(Format):
    """Published: ``layernorm``, ``rbf.grid``, ``rbf.inv_denominator``, ``spline_linear``.

    Its forward pass computes tanh(z - c) and never reads ``inv_denominator``, so a checkpoint was
    trained with inv_denominator = 1, and that is what it loads as. Written back, a model of any
    inv_denominator d keeps its function: tanh((z - c)·d) = tanh(z·d - c·d), and the LayerNorm's
    affine map takes up the factor.
    """

    name: ClassVar[str] = "faster-kan"
    basis = RSWAF
    norms = ("layer",)
    required = frozenset(
        {
            "layernorm.weight",
            "layernorm.bias",
            "rbf.grid",
            "rbf.inv_denominator",
            "spline_linear.weight",
        }
    )

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        return _native(leaves, like, inv_denominator=1.0)

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        return _leaves(self, layer, scaled=True)


class FasterKANDenominatorFormat(Format):
    """The first generation: as the published one, but the denominator isn't in the checkpoint."""

    name: ClassVar[str] = "faster-kan-denominator"
    basis = RSWAF
    norms = ("layer",)
    required = FasterKANFormat.required - {"rbf.inv_denominator"}

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        if "denominator" in settings:
            return _native(leaves, like, 1 / settings["denominator"])
        if isinstance(like, RSWAF):
            return _native(leaves, like, like.inv_denominator)
        raise ValueError(
            "a faster-kan checkpoint of the first generation doesn't hold its denominator: pass "
            "denominator= (that program's default is 0.33)"
        )

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        return _leaves(self, layer, scaled=False)
