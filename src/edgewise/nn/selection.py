"""The features of x that a network reads: all of them, or some."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import read_count
from edgewise._tensors import Device
from edgewise.functional import check_input
from edgewise.nn.unsaved import UnsavedTensors


class Selection(UnsavedTensors):
    """Some columns of x, in an order of their own; or x as it is.

    Pruning leaves networks that read fewer features than they once did. They take the same x all
    the same, and begin with a selection.

    Args:
        owner: the network, as error messages call it.
        width: how many features the first layer reads.
        inputs: which ones; None for all.
        in_features: how many x has; ``width`` where it reads all.

    Shape:
        (*, in_features) → (*, width)

    Raises:
        ValueError: if the inputs aren't as many as the first layer reads, or out of range; when
            called, if x has another number of features.
    """

    index: Tensor | None

    def __init__(
        self,
        owner: str,
        width: int,
        inputs: Sequence[int] | None = None,
        in_features: int | None = None,
        device: Device = None,
    ) -> None:
        super().__init__()
        self.owner = owner
        in_features = width if in_features is None else in_features
        self.in_features = read_count(owner, "in_features", in_features, 0)
        self.inputs = None if inputs is None else _read_places(owner, inputs)
        read = range(self.in_features) if self.inputs is None else self.inputs
        if len(read) != width or not all(0 <= i < self.in_features for i in read):
            raise ValueError(
                f"{owner} expected to read {width} of the features 0 … {self.in_features - 1}, got "
                f"{list(read[:20])}"
            )
        self.index = None
        if self.inputs is not None:
            self.keep_tensor("index", self.inputs, torch.long, device)

    def forward(self, x: Tensor) -> Tensor:
        check_input(self.owner, x, self.in_features)
        return x if self.index is None else x[..., self.index]

    def extra_repr(self) -> str:
        return "all" if self.inputs is None else f"{self.inputs} of {self.in_features}"


def _read_places(owner: str, inputs: Any) -> list[int]:
    try:
        return [operator.index(i) for i in inputs]
    except (TypeError, RuntimeError) as error:
        raise ValueError(
            f"{owner} expected inputs as a list of integers, got {inputs!r:.80}"
        ) from error
