"""The layers of a network in the uniform form that the explorer uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.models.kan import KAN, check_kan
from edgewise.nn import KANLinear
from edgewise.symbolic.build import as_network
from edgewise.symbolic.edges import SymbolicEdges
from edgewise.symbolic.network import SymbolicKAN

End = tuple[int, int]
"""Input and output of an edge in its layer."""


@dataclass(frozen=True)
class LayerView:
    """One layer: curves, formulas or both, and a module that may follow.

    Attributes:
        numeric: the curves, or None.
        symbolic: the formulas, or None.
        post: a module after the layer, such as KAL-Net's LayerNorm and SiLU, or None.
    """

    numeric: KANLinear | None
    symbolic: SymbolicEdges | None
    post: nn.Module | None

    @property
    def widths(self) -> tuple[int, int]:
        some: Any = self.symbolic if self.numeric is None else self.numeric
        return some.in_features, some.out_features

    @property
    def mixes_features(self) -> bool:
        """Whether an edge depends on more than its own input."""
        return self.numeric is not None and self.numeric.mixes_features

    @property
    def products(self) -> list[int]:
        """The outputs at which edges multiply."""
        return [] if self.symbolic is None else self.symbolic.products

    def sum_up(self, h: Tensor) -> Tensor:
        """The layer without the module after it; (rows, in) → (rows, out)."""
        pieces = [part(h) for part in (self.numeric, self.symbolic) if part is not None]
        total: Tensor = sum(pieces[1:], pieces[0])
        return total

    def follow(self, y: Tensor) -> Tensor:
        """The module after the layer, if there is one."""
        return y if self.post is None else self.post(y)

    def exists(self) -> Tensor:
        """Whether each edge exists; (in, out), bool."""
        there = torch.zeros(self.widths, dtype=torch.bool, device="cpu")
        if self.numeric is not None:
            mask = self.numeric.mask
            there |= torch.ones_like(there) if mask is None else mask.detach().cpu() != 0
        if self.symbolic is not None:
            for i, o in self.symbolic.ends:
                there[i, o] = True
        return there

    def edge_values(self, h: Tensor, ends: Sequence[End]) -> Tensor:
        """The values of some edges; (rows, in) → (rows, edges)."""
        i, o = torch.tensor(ends, device=h.device).reshape(-1, 2).unbind(1)
        values = h.new_zeros(len(h), len(ends))
        if self.numeric is not None:
            features, weights = self.numeric.features(h), self.numeric.weights()
            values = values + (features[:, i] * weights[i, :, o]).sum(-1)
        if self.symbolic is not None and self.symbolic.ends:
            place = {end: n for n, end in enumerate(ends)}
            found = [(k, place[e]) for k, e in enumerate(self.symbolic.ends) if e in place]
            if found:
                source, target = (list(column) for column in zip(*found, strict=True))
                at = torch.tensor(target, device=h.device)
                values = values.index_add(1, at, self.symbolic.terms(h)[:, source])
        return values


def as_stack(owner: str, model: nn.Module) -> Any:
    """The network in the form that is shown.

    A KAN with products becomes a network with separate layers of products, in float64; other KANs
    are unchanged.

    Raises:
        TypeError: for other models.
    """
    if isinstance(model, SymbolicKAN):
        return model
    kan: KAN = check_kan(owner, model)
    return as_network(kan) if any(kan.products) else kan


def parts_of(owner: str, model: nn.Module) -> list[LayerView]:
    """The layers of a network that :func:`as_stack` made.

    Raises:
        TypeError: for any other model.
    """
    if isinstance(model, SymbolicKAN):
        return [LayerView(layer.numeric, layer.symbolic, None) for layer in model.stack()]
    kan: KAN = check_kan(owner, model)
    posts: list[nn.Module | None] = [*kan.posts] or [None] * len(kan.stack())
    return [LayerView(layer, None, post) for layer, post in zip(kan.stack(), posts, strict=True)]


def widths_of(parts: Sequence[LayerView]) -> list[int]:
    """Features at the input, at each hidden layer and at the output."""
    return [parts[0].widths[0], *(part.widths[1] for part in parts)]
