"""A layer of formulas on some edges, and of curves of a KAN layer on the others."""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn

from edgewise.nn import KANLinear
from edgewise.nn.resize import take_
from edgewise.symbolic.edges import SymbolicEdges


class SymbolicLayer(nn.Module):
    """A layer of symbolic edges, and of curves of a KAN layer on the remaining edges.

    Shape:
        (*, in) → (*, out)
    """

    def __init__(self, symbolic: SymbolicEdges, numeric: KANLinear | None = None) -> None:
        super().__init__()
        self.symbolic = symbolic
        self.numeric = numeric

    @property
    def in_features(self) -> int:
        return self.symbolic.in_features

    @property
    def out_features(self) -> int:
        return self.symbolic.out_features

    def numeric_ends(self) -> list[tuple[int, int]]:
        """The edges that are still curves, as (input, output)."""
        if self.numeric is None or self.numeric.mask is None:
            return []
        return [(int(i), int(o)) for i, o in self.numeric.mask.nonzero().tolist()]

    def forward(self, x: Tensor) -> Tensor:
        y: Tensor = self.symbolic(x)
        return y if self.numeric is None else y + self.numeric(x)

    # The interface that reading and pruning share with KANLinear.

    @property
    def mixes_features(self) -> bool:
        """Whether an edge depends on more than its own input, because a normalisation does."""
        return self.numeric is not None and self.numeric.mixes_features

    def normalized(self, x: Tensor) -> Tensor:
        """The normalised inputs of the curves' basis; x itself without curves."""
        return x if self.numeric is None else self.numeric.normalized(x)

    def features(self, x: Tensor) -> Tensor:
        """The features that :meth:`weights` combines: those of curves, and values of functions.

        Shape:
            (*, in) → (*, in, features)
        """
        places, count = self._places()
        found = x.new_zeros(*x.shape, count)
        if places:
            inputs, slots = (list(part) for part in zip(*places, strict=True))
            found[..., inputs, slots] = self.symbolic.terms(x)
        return found if self.numeric is None else torch.cat([self.numeric.features(x), found], -1)

    def weights(self) -> Tensor:
        """The weights of the :meth:`features` on each edge; 1 for functions.

        Shape:
            (in, features, out)
        """
        places, count = self._places()
        like = self.symbolic.bias.detach()
        found = like.new_zeros(self.in_features, count, self.out_features)
        for (i, slot), (_, o) in zip(places, self.symbolic.ends, strict=True):
            found[i, slot, o] = 1
        return found if self.numeric is None else torch.cat([self.numeric.weights(), found], 1)

    def _places(self) -> tuple[list[tuple[int, int]], int]:
        """The input and slot of each symbolic edge among the features, and the number of slots."""
        used = [0] * self.in_features
        places = []
        for i, _ in self.symbolic.ends:
            places.append((i, used[i]))
            used[i] += 1
        return places, max(used, default=0)

    @torch.no_grad()
    def edge_values(self, x: Tensor) -> Tensor:
        """The value of each edge, a term or factor of its node; (*, in) → (*, in, out)."""
        return torch.einsum("...ig,igo->...io", self.features(x), self.weights())

    @torch.no_grad()
    def cut(self, keep: Tensor, constant: Tensor, rows: Tensor, columns: Tensor) -> SymbolicLayer:
        """A copy with these inputs, outputs and edges only, and constants added to the outputs.

        Shape:
            keep: (in, out); constant: (out,); rows, columns: indices
        """
        old = self.symbolic
        read, made = ({n: k for k, n in enumerate(part.tolist())} for part in (rows, columns))
        edges = [
            e.moved(read[e.i], made[e.o])
            for e in old.edges()
            if e.i in read and e.o in made and keep[e.i, e.o]
        ]
        biases, added = old.biases(), constant.tolist()
        bias = [biases[o].plus(added[o]) for o in made]
        products = [made[o] for o in old.products if o in made]
        symbolic = old.others(len(read), bias, edges, products)
        numeric = copy.deepcopy(self.numeric)
        if numeric is not None:
            take_(numeric, rows, columns)
            there = torch.ones_like(numeric.coef[:, 0]) if numeric.mask is None else numeric.mask
            numeric.mask = there * keep[rows][:, columns]
        return SymbolicLayer(symbolic, numeric)
