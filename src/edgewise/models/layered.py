"""`Layered`, the base of networks that can be read and pruned layer by layer."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from torch import Tensor, nn

from edgewise.models.widths import Level
from edgewise.nn.selection import Selection


class Layered(nn.Module, ABC):
    """A network of layers with one function of one variable on every edge.

    A KAN is one, and so is a network some of whose edges have become formulas. Its layers answer
    ``features(x)`` and ``weights()``, whose products are what the edges add, ``normalized(x)``,
    ``mixes_features``, ``in_features`` and ``out_features``.
    """

    layers: nn.ModuleList
    select: Selection
    input_names: Any

    def __len__(self) -> int:
        """The number of layers."""
        return len(self.layers)

    @property
    def in_features(self) -> int:
        """The number of features of x; more than widths[0] if the network reads only some."""
        return self.select.in_features

    @property
    def inputs(self) -> list[int] | None:
        """The features of x that the first layer reads, in its order; None for all."""
        return self.select.inputs

    @property
    def widths(self) -> list[int]:
        """Nodes at the input, at each hidden level and at the output: sums and products."""
        return [level.nodes for level in self.levels()]

    @property
    @abstractmethod
    def mixes_features(self) -> bool:
        """Whether an edge depends on more than its own input: by LayerNorm, for example."""

    @abstractmethod
    def stack(self) -> list[Any]:
        """The layers, with their type."""

    @abstractmethod
    def levels(self) -> list[Level]:
        """Sums and products at the input, at each hidden level and at the output."""

    @abstractmethod
    def product_nodes(self) -> list[list[int]]:
        """For each layer, the nodes above it that multiply."""

    @abstractmethod
    def owners(self, k: int) -> Tensor:
        """The node that each output of layer k goes to, (out_features of the layer,)."""

    @abstractmethod
    def combine(self, k: int, y: Tensor) -> Tensor:
        """The nodes above layer k from its outputs; (*, out_features of the layer) → (*, nodes)"""

    @abstractmethod
    def edge_products(self, k: int) -> list[int]:
        """The outputs of layer k that multiply their edges."""

    @abstractmethod
    def free_levels(self) -> list[bool]:
        """Whether nodes of each level but the last can be removed without changing others."""
