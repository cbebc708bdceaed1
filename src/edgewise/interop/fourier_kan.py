"""FourierKAN: sines and cosines of the raw input."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor, nn

from edgewise.bases import Basis, Fourier
from edgewise.interop.layout import Format, Leaves, NativeLayer, Settings
from edgewise.nn.linear import KANLinear


class FourierKANFormat(Format):
    """``fouriercoeffs`` (2, out, in, harmonics), cosines first, and ``bias`` (1, out)."""

    name: ClassVar[str] = "fourier-kan"
    basis = Fourier
    required = frozenset({"fouriercoeffs"})
    optional = frozenset({"bias"})

    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        coef = leaves["fouriercoeffs"].permute(2, 0, 3, 1).flatten(1, 2)
        parameters = {"coef": coef}
        if "bias" in leaves:
            parameters["bias"] = leaves["bias"].reshape(-1)
        return NativeLayer(
            basis=Fourier(coef.shape[1] // 2),
            grid=(),
            parameters=parameters,
        )

    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        coef, base_weight = layer.edge_weights()
        if base_weight is not None:
            raise self.refuse("it has no base branch")
        waves = coef.unflatten(1, (2, -1)).permute(1, 3, 0, 2)
        return {"fouriercoeffs": waves, "bias": None if layer.bias is None else layer.bias[None]}
