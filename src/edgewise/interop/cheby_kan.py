"""ChebyKAN: Chebyshev polynomials of tanh(x)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Chebyshev
from edgewise.interop.layout import Format, Leaves, NativeLayer, keys
from edgewise.nn.linear import KANLinear


class ChebyKANFormat(Format):
    """``cheby_coeffs`` and the constant buffer ``arange``."""

    name: ClassVar[str] = "cheby-kan"
    basis = Chebyshev
    required = frozenset({"cheby_coeffs"})
    optional = frozenset({"arange"})

    def to_native(
        self, leaves: Leaves, like: Basis | None, settings: dict[str, Any]
    ) -> NativeLayer:
        coef = leaves["cheby_coeffs"].permute(0, 2, 1)
        return NativeLayer(
            in_features=coef.shape[0],
            out_features=coef.shape[2],
            basis=Chebyshev(coef.shape[1] - 1),
            grid=(),
            parameters={"coef": coef},
            norm="tanh",
        )

    def from_native(
        self, layers: Sequence[KANLinear], posts: Sequence[nn.LayerNorm]
    ) -> dict[str, Tensor]:
        state: dict[str, Tensor] = {}
        for k, layer in enumerate(self.check_layers(layers, posts, norm="tanh")):
            coef, base_weight = layer.edge_weights()
            if base_weight is not None:
                raise self.refuse("it has no base branch")
            if layer.bias is not None:  # T_0 = 1: a bias is a constant term
                coef = coef.clone()
                coef[0, 0] += layer.bias
            arange = torch.arange(layer.basis.num_basis, device=coef.device)
            state |= keys(k, [("cheby_coeffs", coef.permute(0, 2, 1)), ("arange", arange)])
        return state
