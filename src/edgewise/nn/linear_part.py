"""`LinearPart`: what code that was written for ``nn.Linear`` reads as a KAN layer's weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor
from torch._subclasses.fake_tensor import FakeTensor
from torch.nn import functional
from torch.utils._python_dispatch import _disable_current_modes

WHOLE_LAYERS = (functional.linear, functional.multi_head_attention_forward)
"""Functions that take a weight for all that a layer does."""


class LinearPart(Tensor):
    """The matrix W of a KAN layer's linear part, which nobody can take for the whole layer.

    Models may read its type, device and numbers. Functions that compute a linear layer from it
    raise TypeError. torch's transformers, which read weights where they need no gradients, call the
    layer instead, as for every tensor that handles torch's functions itself.

    Shape:
        (out_features, in_features)
    """

    @classmethod
    def of(cls, weight: Tensor) -> LinearPart:
        """The matrix W as one of these.

        torch.export traces with tensors that can't be of another class: it gets zeros, of which
        only type, device and size can be read.
        """
        if isinstance(weight, FakeTensor):
            with _disable_current_modes():
                zero = torch.zeros((), dtype=weight.dtype, device=weight.device)
                return zero.expand(weight.shape).as_subclass(cls)
        return weight.as_subclass(cls)

    @classmethod
    def __torch_function__(
        cls,
        func: Callable[..., Any],
        types: Sequence[Any],
        args: Sequence[Any] = (),
        kwargs: Any = None,
    ) -> Any:
        if func in WHOLE_LAYERS:
            raise TypeError(
                f"{func.__name__} expected the weight of an nn.Linear, got that of a KANLinear, "
                "which is its linear part only: call the layer, or keep nn.Linear where a model "
                "reads weights, as nn.MultiheadAttention does"
            )
        with torch._C.DisableTorchFunctionSubclass():
            return func(*args, **(kwargs or {}))
