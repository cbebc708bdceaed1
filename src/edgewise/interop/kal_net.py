"""KAL_Net: Legendre polynomials, LayerNorm and SiLU after each layer."""

from __future__ import annotations

import re
from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Legendre
from edgewise.interop.layout import (
    Format,
    Leaves,
    NativeLayer,
    Settings,
    group_outputs,
    ungroup_outputs,
)
from edgewise.nn.linear import KANLinear

_KEY = re.compile(r"(?:.*\.)?(base_weights|poly_weights|layer_norms)\.(\d+)(\.weight|\.bias)?$")


class KALNetFormat(Format):
    """``base_weights.i``, ``poly_weights.i``, ``layer_norms.i``.

    A checkpoint was trained with inputs scaled over the whole batch, and loads with that scaling
    (norm "batch_minmax").
    """

    name: ClassVar[str] = "kal-net"
    basis = Legendre
    norms, post = ("batch_minmax",), True
    required = frozenset({"base_weights", "poly_weights", "layer_norms.weight", "layer_norms.bias"})

    def split(self, key: str) -> tuple[str, str] | None:
        match = _KEY.fullmatch(key)
        return (match[2], match[1] + (match[3] or "")) if match else None

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        base_weight = leaves["base_weights"].t()
        coef = group_outputs(leaves["poly_weights"], base_weight.shape[0])
        one = torch.ones(())  # it stands behind the LayerNorm, too, whatever the weights are
        base = self.base_activation(one, settings)
        if base != "silu":
            raise ValueError(
                "expected a model of kal-net with silu, which it takes on edges and after each "
                f"layer, got base={base!r:.80}: a KAN has no other activation after its layers"
            )
        return NativeLayer(
            basis=Legendre(coef.shape[1] - 1),
            grid=(),
            parameters={"coef": coef, "base_weight": base_weight},
            norm="batch_minmax",
            base=base,
            post={
                "weight": leaves["layer_norms.weight"],
                "bias": leaves["layer_norms.bias"],
            },
        )

    def join(self, layer: int, leaf: str) -> str:
        kind, *part = leaf.split(".")
        return ".".join([kind, str(layer), *part])

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        coef, base_weight = layer.edge_weights()
        if base_weight is None or (layer.bias is not None and bool(layer.bias.any())):
            raise self.refuse("it has a base branch and no bias")
        return {
            "base_weights": base_weight.t(),
            "poly_weights": ungroup_outputs(coef),
            "layer_norms.weight": None if post is None else post.weight,
            "layer_norms.bias": None if post is None else post.bias,
        }
