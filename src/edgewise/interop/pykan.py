"""pykan (KAN/MultKAN): the spline part; multiplication nodes and symbolic edges are refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, BSpline
from edgewise.interop.layout import Format, Leaves, NativeLayer
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

    def to_native(
        self, leaves: Leaves, like: Basis | None, settings: dict[str, Any]
    ) -> NativeLayer:
        if "symbolic.mask" in leaves and bool(leaves["symbolic.mask"].any()):
            raise ValueError(
                "expected a pykan checkpoint with spline edges only, got symbolic edges, which "
                "edgewise doesn't import: export it before fix_symbolic or auto_symbolic"
            )
        coef = leaves["coef"].permute(0, 2, 1)
        in_features, _, out_features = coef.shape
        one, zero = torch.ones(out_features).to(coef), torch.zeros(out_features).to(coef)
        node_scale, subnode_scale = (leaves.get(k, one) for k in ("node_scale", "subnode_scale"))
        node_bias, subnode_bias = (leaves.get(k, zero) for k in ("node_bias", "subnode_bias"))
        if len(node_scale) != out_features or len(subnode_scale) != out_features:
            raise ValueError(
                "expected a pykan checkpoint without multiplication nodes, got "
                f"{len(subnode_scale)} subnodes for {len(node_scale)} nodes, which edgewise "
                "doesn't import"
            )
        scale = node_scale * subnode_scale
        basis, knots = bspline(leaves["grid"], coef.shape[1])
        parameters = {
            "coef": coef,
            "base_weight": leaves["scale_base"] * scale,
            "coef_scale": leaves["scale_sp"] * scale,
            "bias": node_scale * subnode_bias + node_bias,
        }
        if not bool((leaves["mask"] == 1).all()):
            parameters["mask"] = leaves["mask"]
        return NativeLayer(
            in_features=in_features,
            out_features=out_features,
            basis=basis,
            grid=(knots,),
            parameters=parameters,
            base=settings.get("base", "silu"),
        )

    def from_native(
        self, layers: Sequence[KANLinear], posts: Sequence[nn.LayerNorm]
    ) -> dict[str, Tensor]:
        state: dict[str, Tensor] = {}
        for k, layer in enumerate(self.check_layers(layers, posts, norm=None)):
            like = layer.coef
            edges = torch.ones(layer.in_features, layer.out_features).to(like)
            nodes = edges[0]
            base = layer.base_weight
            bias = torch.zeros_like(nodes) if layer.bias is None else layer.bias
            act, symbolic = f"act_fun.{k}.", f"symbolic_fun.{k}."
            state |= {
                f"node_bias_{k}": bias,
                f"node_scale_{k}": nodes.clone(),
                f"subnode_bias_{k}": torch.zeros_like(nodes),
                f"subnode_scale_{k}": nodes.clone(),
                act + "grid": knots_of(layer),
                act + "coef": layer.coef.permute(0, 2, 1).contiguous(),
                act + "mask": edges if layer.mask is None else layer.mask,
                act + "scale_base": torch.zeros_like(edges) if base is None else base,
                act + "scale_sp": edges if layer.coef_scale is None else layer.coef_scale,
                symbolic + "mask": torch.zeros_like(edges.t()),
                symbolic + "affine": edges.new_zeros(*edges.t().shape, 4),
            }
        return state
