"""pykan (KAN/MultKAN): splines and products; functions with names are for symbolic/pykan.py."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, BSpline
from edgewise.interop.layout import Format, Leaves, NativeLayer, Settings
from edgewise.interop.splines import bspline, knots_of
from edgewise.nn.linear import KANLinear

_EDGE = re.compile(
    r"(?:.*\.)?(?:act_fun\.(\d+)\.(grid|coef|mask|scale_base|scale_sp)"
    r"|symbolic_fun\.(\d+)\.(mask|affine))$"
)
_NODE = re.compile(r"(?:.*\.)?((?:sub)?node_(?:scale|bias))_(\d+)$")


class PykanFormat(Format):
    """``act_fun.l.*``, ``node_*_l``, ``subnode_*_l``, ``symbolic_fun.l.*``.

    y = node_scale · (subnode_scale · Σ mask · (scale_base · silu(x) + scale_sp · spline(x))
    + subnode_bias) + node_bias; the affine maps of the nodes are folded into our base weights,
    scales and biases.
    """

    name: ClassVar[str] = "pykan"
    basis = BSpline
    required = frozenset({"grid", "coef", "mask", "scale_base", "scale_sp"})
    optional = frozenset(
        {
            "node_scale",
            "node_bias",
            "subnode_scale",
            "subnode_bias",
            "symbolic.mask",
            "symbolic.affine",
        }
    )

    def split(self, key: str) -> tuple[str, str] | None:
        if match := _NODE.fullmatch(key):
            return match[2], match[1]
        if match := _EDGE.fullmatch(key):
            return (match[1], match[2]) if match[1] else (match[3], f"symbolic.{match[4]}")
        return None

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        if "symbolic.mask" in leaves and bool(leaves["symbolic.mask"].any()):
            raise ValueError(
                "expected a pykan checkpoint with splines only, got functions with names: load it "
                "with edgewise.load_foreign, by the path that was given to saveckpt"
            )
        native, constants = self.curves(leaves, settings)
        if bool(constants.any()):
            raise ValueError(
                "expected a pykan checkpoint without biases on products, which a KAN doesn't have: "
                "load it with edgewise.load_foreign"
            )
        return native

    def curves(self, leaves: Leaves, settings: Settings) -> tuple[NativeLayer, Tensor]:
        """The splines of a layer, and what is added to the products above it.

        Scales behind a product become those of its first factor.

        Shape:
            the second: (products,)
        """
        coef = leaves["coef"].permute(0, 2, 1)
        scale, bias, constants = self.affine(leaves, settings.get("products", ()))
        basis, knots = bspline(leaves["grid"], coef.shape[1])
        parameters = {
            "coef": coef,
            "coef_scale": leaves["scale_sp"] * scale,
            "bias": bias,
        }
        base = self.base_activation(leaves["scale_base"], settings)
        if base is not None:
            parameters["base_weight"] = leaves["scale_base"] * scale
        if not bool((leaves["mask"] == 1).all()):
            parameters["mask"] = leaves["mask"]
        native = NativeLayer(
            basis=basis,
            grid=(knots,),
            parameters=parameters,
            base=base,
        )
        return native, constants

    def affine(self, leaves: Leaves, products: Sequence[int]) -> tuple[Tensor, Tensor, Tensor]:
        """Scale and bias of each output of a layer, and what is added to the products above it.

        Shape:
            (out,), (out,), (products,)
        """
        coef = leaves["coef"]
        outputs = coef.shape[1]
        sums, nodes = outputs - sum(products), outputs - sum(products) + len(products)
        one, zero = coef.new_ones(outputs), coef.new_zeros(outputs)
        scale, bias = (leaves.get(f"subnode_{n}", v) for n, v in (("scale", one), ("bias", zero)))
        node_scale = leaves.get("node_scale", one[:nodes])
        node_bias = leaves.get("node_bias", zero[:nodes])
        if sums < 0 or len(node_scale) != nodes or len(scale) != outputs:
            raise ValueError(
                f"expected {max(nodes, 0)} nodes above {outputs} outputs with products of "
                f"{tuple(products)} factors, got {len(node_scale)} nodes above {len(scale)}: load "
                "the checkpoint by the path that was given to pykan's saveckpt, or say for each "
                "layer what the products above it have, products=[(2, 2), ()]"
            )
        first = list(range(sums)) + [sums + sum(products[:p]) for p in range(len(products))]
        whole = one.clone()
        whole[first] = node_scale
        bias = whole * bias
        bias[:sums] += node_bias[:sums]
        return whole * scale, bias, node_bias[sums:]

    def join(self, layer: int, leaf: str) -> str:
        if "node" in leaf:
            return f"{leaf}_{layer}"
        kind, part = leaf.split(".") if "." in leaf else ("act", leaf)
        return f"{kind}_fun.{layer}.{part}"

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        edges = layer.coef.new_ones(layer.in_features, layer.out_features)
        nodes, base = edges[0], layer.base_weight
        return {
            "node_bias": torch.zeros_like(nodes) if layer.bias is None else layer.bias,
            "node_scale": nodes.clone(),
            "subnode_bias": torch.zeros_like(nodes),
            "subnode_scale": nodes.clone(),
            "grid": knots_of(layer),
            "coef": layer.coef.permute(0, 2, 1),
            "mask": edges if layer.mask is None else layer.mask,
            "scale_base": torch.zeros_like(edges) if base is None else base,
            "scale_sp": edges if layer.coef_scale is None else layer.coef_scale,
            "symbolic.mask": torch.zeros_like(edges.t()),
            "symbolic.affine": edges.new_zeros(*edges.t().shape, 4),
        }

    def multiply(
        self, state: dict[str, Tensor], products: Sequence[Sequence[int]]
    ) -> dict[str, Tensor]:
        new = dict(state)
        for k, arities in enumerate(products):
            if not arities:
                continue
            bias = state[f"node_bias_{k}"]
            sums = len(bias) - sum(arities)
            factors = torch.arange(len(bias), device=bias.device) >= sums
            nothing = bias.new_zeros(len(arities))
            new[f"subnode_bias_{k}"] = torch.where(factors, bias, 0.0)
            new[f"node_bias_{k}"] = torch.cat([bias[:sums], nothing])
            new[f"node_scale_{k}"] = torch.ones_like(new[f"node_bias_{k}"])
        return new
