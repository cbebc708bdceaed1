"""efficient-kan: B-splines with knots, and maybe a scale, for every edge."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, BSpline
from edgewise.interop.layout import Format, Leaves, NativeLayer, Settings
from edgewise.interop.splines import bspline, knots_of
from edgewise.nn.linear import KANLinear


class EfficientKANFormat(Format):
    """``base_weight``, ``spline_weight``, ``spline_scaler``, ``grid``; adapted knots included."""

    name: ClassVar[str] = "efficient-kan"
    basis = BSpline
    required = frozenset({"base_weight", "spline_weight", "grid"})
    optional = frozenset({"spline_scaler"})

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        coef = leaves["spline_weight"].permute(1, 2, 0)
        basis, knots = bspline(leaves["grid"], coef.shape[1])
        parameters = {"coef": coef, "base_weight": leaves["base_weight"].t()}
        if "spline_scaler" in leaves:
            parameters["coef_scale"] = leaves["spline_scaler"].t()
        return NativeLayer(
            basis=basis,
            grid=(knots,),
            parameters=parameters,
            base=self.base_activation(leaves["base_weight"], settings),
        )

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        if layer.bias is not None and bool(layer.bias.any()):
            raise self.refuse("it has no bias")
        base_weight = layer.edge_weights()[1]
        if base_weight is None:
            base_weight = torch.zeros(layer.in_features, layer.out_features).to(layer.coef)
        mask = 1 if layer.mask is None else layer.mask[:, None, :]
        return {
            "base_weight": base_weight.t(),
            "spline_weight": (layer.coef * mask).permute(2, 0, 1),
            "spline_scaler": None if layer.coef_scale is None else layer.coef_scale.t(),
            "grid": knots_of(layer),
        }
