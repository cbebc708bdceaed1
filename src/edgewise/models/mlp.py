"""The baseline of every comparison: a multi-layer perceptron."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from torch import Tensor, nn
from torch.fx import Proxy

from edgewise._checks import check_choice, check_settings
from edgewise._tensors import Device, DType
from edgewise.functional import check_input
from edgewise.models.io import savable
from edgewise.models.widths import check_widths, takes_list
from edgewise.nn.arguments import check_parameters
from edgewise.nn.scripting import refuse_script

ACTIVATIONS = {"relu": nn.ReLU, "silu": nn.SiLU, "gelu": nn.GELU, "tanh": nn.Tanh}


@savable("MLP")
class MLP(nn.Module):
    """Linear layers with an activation between them.

    Args:
        widths: features at the input, at each hidden layer and at the output.
        activation: "relu", "silu", "gelu" or "tanh".
        device, dtype: of the parameters, as for torch's layers.

    Shape:
        (*, widths[0]) → (*, widths[-1])

    Raises:
        ValueError: if there are fewer than two widths, one isn't positive, or the activation is
            unknown.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.MLP([784, 64, 10], activation="silu")
        >>> model(torch.rand(5, 784)).shape, sum(p.numel() for p in model.parameters())
        (torch.Size([5, 10]), 50890)
    """

    __prepare_scriptable__ = refuse_script

    @takes_list
    def __init__(
        self,
        widths: Sequence[int],
        activation: str = "relu",
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> None:
        super().__init__()
        self.widths = check_widths("MLP", widths)
        check_settings("MLP", device, dtype)
        check_parameters("MLP", sum(a * b for a, b in pairwise(self.widths)), device, dtype)
        check_choice("MLP", "activation", activation, ACTIVATIONS)
        self.activation = activation
        self.layers = nn.ModuleList(
            nn.Linear(a, b, device=device, dtype=dtype) for a, b in pairwise(self.widths)
        )
        self.act = ACTIVATIONS[activation]()

    @classmethod
    def matching(
        cls,
        num_parameters: int,
        in_features: int,
        out_features: int,
        *,
        depth: int = 1,
        activation: str = "relu",
        device: Device = None,
        dtype: DType = None,
    ) -> MLP:
        """The MLP of ``depth`` equal hidden layers that is nearest to a number of parameters."""
        hidden = matching_width(num_parameters, in_features, out_features, depth)
        widths = [in_features, *[hidden] * depth, out_features]
        return cls(widths, activation, device=device, dtype=dtype)

    def reset_parameters(self) -> None:
        """Draw new weights, as nn.Linear does."""
        for layer in self.layers:
            if isinstance(layer, nn.Linear):
                layer.reset_parameters()

    def forward(self, x: Tensor) -> Tensor:
        if not isinstance(x, Proxy):  # torch.fx reads what follows without any shapes
            check_input("MLP", x, self.widths[0])
        for layer in self.layers[:-1]:
            x = self.act(layer(x))
        out: Tensor = self.layers[-1](x)
        return out

    def to_config(self) -> dict[str, Any]:
        """The architecture as JSON-able data."""
        return {"model": "MLP", "widths": self.widths, "activation": self.activation}

    @classmethod
    def from_config(
        cls,
        config: dict[str, Any],
        *,
        device: Device = None,
        dtype: DType = None,
    ) -> MLP:
        """The model that :meth:`to_config` described, with weights still to be loaded."""
        return cls(config["widths"], config["activation"], device=device, dtype=dtype)


def matching_width(num_parameters: int, in_features: int, out_features: int, depth: int = 1) -> int:
    """The hidden width at which an MLP comes nearest to ``num_parameters``.

    With ``depth`` hidden layers of width h the MLP has (depth - 1)·h² + (in + out + depth)·h + out
    parameters, of which in and out are ``in_features`` and ``out_features``.

    Raises:
        ValueError: if a number is not positive.

    Example:
        >>> import edgewise as ew
        >>> count = sum(p.numel() for p in ew.KAN([2, 5, 4]).parameters())
        >>> count, ew.models.matching_width(count, in_features=2, out_features=4)
        (233, 33)
        >>> sum(p.numel() for p in ew.MLP([2, 33, 4]).parameters())
        235
    """
    if min(num_parameters, in_features, out_features, depth) < 1:
        raise ValueError(
            f"matching_width expected positive numbers, got num_parameters={num_parameters}, "
            f"in_features={in_features}, out_features={out_features}, depth={depth}"
        )
    a, b, c = depth - 1, in_features + out_features + depth, out_features - num_parameters
    exact = -c / b if a == 0 else (math.sqrt(max(b * b - 4 * a * c, 0)) - b) / (2 * a)
    low = max(1, math.floor(exact))
    return min((low, low + 1), key=lambda h: abs(a * h * h + b * h + c))
