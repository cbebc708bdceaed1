"""What torch's quantisation is told about a layer that it doesn't know."""

from __future__ import annotations

import warnings
from typing import Any


class QuantizationConfig:
    """The attribute ``qconfig`` that torch.ao.quantization gives to every module that it meets.

    A module that torch has no quantised form of stays as it is, without a warning. This one warns
    when it is given its configuration, and keeps it like any other module.
    """

    def __get__(self, layer: Any, owner: type) -> Any:
        if layer is None:
            return self
        try:
            return layer.__dict__["_qconfig"]
        except KeyError:
            raise AttributeError("qconfig") from None

    def __set__(self, layer: Any, config: Any) -> None:
        if "_qconfig" not in layer.__dict__:
            warnings.warn(
                f"{type(layer).__name__} stays in {layer.coef.dtype}: torch.ao.quantization "
                "expected layers such as nn.Linear and leaves all others as they are. For a "
                "smaller model use edgewise.prune, fewer functions in the basis, or "
                "model.to(torch.bfloat16), half the bytes",
                UserWarning,
                stacklevel=2,
            )
        layer.__dict__["_qconfig"] = config

    def __delete__(self, layer: Any) -> None:
        try:
            del layer.__dict__["_qconfig"]
        except KeyError:
            raise AttributeError("qconfig") from None
