"""ChebyKAN: Chebyshev polynomials of tanh(x)."""

from __future__ import annotations

from typing import ClassVar

import torch
from torch import Tensor, nn

from edgewise.bases import Basis, Chebyshev
from edgewise.interop.layout import Format, Leaves, NativeLayer, Settings
from edgewise.nn.linear import KANLinear


class ChebyKANFormat(Format):
    """``cheby_coeffs`` and the constant buffer ``arange``."""

    name: ClassVar[str] = "cheby-kan"
    basis = Chebyshev
    required = frozenset({"cheby_coeffs"})
    optional = frozenset({"arange"})
    norms = ("tanh",)

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        coef = leaves["cheby_coeffs"].permute(0, 2, 1)
        return NativeLayer(
            basis=Chebyshev(coef.shape[1] - 1),
            grid=(),
            parameters={"coef": coef},
            norm="tanh",
        )

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        coef, base_weight = layer.edge_weights()
        if base_weight is not None:
            raise self.refuse("it has no base branch")
        if layer.bias is not None:  # T_0 = 1: a bias is a constant term
            coef = coef.clone()
            coef[0, 0] += layer.bias
        arange = torch.arange(layer.basis.num_basis, device=coef.device)
        return {"cheby_coeffs": coef.permute(0, 2, 1), "arange": arange}
