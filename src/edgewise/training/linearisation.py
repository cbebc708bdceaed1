"""The Jacobian of a network's outputs, or of their derivatives, by all of its parameters.

For a layer that is linear in its parameters they are products of its features and of one vector
that is propagated back, so that the whole Jacobian costs about as much as a gradient.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bases.jets import Jets
from edgewise.engines.jet_ops import products_by_row
from edgewise.nn import KANLinear
from edgewise.nn.frozen import find_frozen_parts
from edgewise.nn.inspect import listen


class Linearised(nn.Module, ABC):
    """A module, other than a KAN layer, that knows its derivatives by its parameters."""

    @abstractmethod
    def unknowns(self) -> list[Tensor]:
        """The parameters that :func:`levenberg_marquardt` finds."""

    @abstractmethod
    def derivatives(self, x: Tensor, slope: Tensor) -> Tensor:
        """∂/∂(those parameters) of what has the gradient `slope` by the module's output.

        Shape:
            x: (rows, in), slope: (rows, out) → (rows, parameters)
        """

    @abstractmethod
    def movable_unknowns(self) -> Tensor:
        """Which of the parameters may change; (parameters,), of bool."""


class Prepared(nn.Module, ABC):
    """A module part of whose work depends on its input alone, and not on trained parameters."""

    @abstractmethod
    def prepare(self, x: Any) -> Callable[[], Any]:
        """A function of nothing that gives the outputs for x, and does this part only once."""


Solvable = KANLinear | nn.Linear | Linearised


class Linearisation:
    """The parameters of KAN layers, linear layers and the like as one vector.

    Parameters of normalisations stay as they are, and so does what is frozen.

    Args:
        models: networks whose layers are called once each.
        owner: the function that errors name.

    Raises:
        ValueError: if there is no such layer.
    """

    def __init__(self, models: Sequence[nn.Module], owner: str) -> None:
        self.owner = owner
        found = {
            layer: name
            for model in models
            for name, layer in model.named_modules()
            if isinstance(layer, Solvable)
        }
        self.names = {layer: name for layer, name in found.items() if _unknowns(layer)}
        unknowns = [_unknowns(layer) for layer in self.names]
        self.params = [p for each in unknowns for p in each]
        self.sizes = [sum(p.numel() for p in each) for each in unknowns]
        if not self.params:
            kinds = ", ".join(type(model).__name__ for model in models)
            raise ValueError(f"{owner} expected trainable KAN layers, got {kinds} without any")
        # Masked edges and frozen constants have derivatives 0: they would only cost time.
        self.moving = torch.cat([_find_movable(layer) for layer in self.names]).nonzero()[:, 0]

    def __len__(self) -> int:
        return len(self.moving)

    def read(self) -> Tensor:
        """The parameters that may change; (parameters,)"""
        return torch.cat([p.detach().flatten() for p in self.params])[self.moving]

    @torch.no_grad()
    def write(self, values: Tensor) -> None:
        """Set them."""
        everything = torch.cat([p.detach().flatten() for p in self.params])
        everything[self.moving] = values
        parts = everything.split([p.numel() for p in self.params])
        for p, part in zip(self.params, parts, strict=True):
            p.copy_(part.view_as(p))

    def jacobian(
        self, compute: Callable[[], Tensor], others: Sequence[Tensor] = ()
    ) -> tuple[Tensor, Tensor]:
        """The derivatives of computed values, column by column of theirs, and the values.

        Args:
            compute: calls the networks with rows, and answers values of each row.
            others: numbers that the values depend on, too; their derivatives come last.

        Shape:
            compute() is (rows, columns) → (columns · rows, parameters + others), (columns · rows,)
        """
        seen: dict[Solvable, tuple[Tensor | Jets, Tensor | Jets]] = {}

        def keep(layer: Solvable, h: Tensor, y: Tensor) -> None:
            if layer in seen or h.dim() != 2:
                found = "twice" if layer in seen else f"with shape {tuple(h.shape)}"
                raise ValueError(
                    f"{self.owner} expected each KAN layer to be called once, with rows; got "
                    f"{self.names[layer]!r} called {found}"
                )
            seen[layer] = h.detach(), y

        with listen(self.names, after=keep), torch.enable_grad():
            values = compute()
            columns = values.unbind(1)
        called = [layer for layer in self.names if layer in seen]
        answers = [seen[layer][1] for layer in called]
        nodes = [each.parts if isinstance(each, Jets) else each for each in answers]
        by_others, rows, size = _by_numbers(values, others), len(values), len(self.moving)
        whole = sum(self.sizes)
        made = values.new_empty(whole + len(others), values.numel())
        for k, column in enumerate(columns):
            with torch.enable_grad():
                slopes = _slopes(column.sum(), nodes)
            found, part = dict(zip(called, slopes, strict=True)), made[:, k * rows :][:, :rows]
            for layer, block in zip(self.names, part[:whole].split(self.sizes), strict=True):
                if layer in found:
                    _by_parameters(layer, seen[layer][0], found[layer], block)
                else:
                    block.zero_()
            part[whole:] = by_others[:, k].t()
        if size < whole:
            made = torch.cat([made[:whole].index_select(0, self.moving), made[whole:]])
        return made.t(), values.detach().t().reshape(-1)


def _slopes(total: Tensor, nodes: list[Tensor]) -> list[Tensor]:
    if not total.requires_grad:  # it depends on no parameter
        return [torch.zeros_like(node) for node in nodes]
    found = torch.autograd.grad(total, nodes, retain_graph=True, allow_unused=True)
    return [
        torch.zeros_like(n) if s is None else s for n, s in zip(nodes, found, strict=True)
    ]  # None: what no output depends on


def _by_numbers(values: Tensor, numbers: Sequence[Tensor]) -> Tensor:
    """∂values/∂numbers: what Σ v · values is differentiated by, differentiated by v.

    Shape:
        (rows, columns), numbers of () → (rows, columns, numbers)
    """
    made = [values.new_zeros(*values.shape, 0)]
    with torch.enable_grad():
        v = torch.zeros_like(values, requires_grad=True)
        for number in numbers:
            (slope,) = torch.autograd.grad(
                (values * v).sum(), number, create_graph=True, allow_unused=True
            )
            if slope is None:
                made.append(torch.zeros_like(values)[..., None])
            else:
                (by,) = torch.autograd.grad(slope, v, retain_graph=True)
                made.append(by[..., None])
    return torch.cat(made, -1)


def weights_of(layer: KANLinear | nn.Linear) -> dict[str, nn.Parameter]:
    """The trained parameters in which a layer's answer is linear, by their names in the layer."""
    wanted = ("coef", "base_weight", "bias") if isinstance(layer, KANLinear) else ("weight", "bias")
    found = {name: getattr(layer, name) for name in wanted}
    return {name: p for name, p in found.items() if p is not None and p.requires_grad}


def _unknowns(layer: Solvable) -> list[Tensor]:
    if isinstance(layer, Linearised):
        return [p for p in layer.unknowns() if p.requires_grad]
    return list(weights_of(layer).values())


def _find_movable(layer: Solvable) -> Tensor:
    """Which of a layer's parameters may change; in the order of `_unknowns`."""
    if isinstance(layer, Linearised):
        return layer.movable_unknowns()
    if isinstance(layer, nn.Linear):
        return torch.cat([torch.ones(p.numel(), dtype=torch.bool) for p in _unknowns(layer)])
    parts, frozen = [], {id(p): free for p, free in find_frozen_parts(layer)}
    for p in _unknowns(layer):
        flags = frozen.get(id(p), torch.ones_like(p, dtype=torch.bool)).clone()
        if layer.mask is not None and p is not layer.bias:
            on = layer.mask != 0
            flags &= on if p.dim() == 2 else on[:, None]
        parts.append(flags.flatten())
    return torch.cat(parts)


@torch.no_grad()
def _by_parameters(layer: Solvable, x: Tensor | Jets, slope: Tensor, to: Tensor) -> None:
    """Write ∂/∂(a layer's parameters) of what has the gradient `slope` by the layer's output.

    Shape:
        x: (rows, in), slope: (rows, out), or (indices, rows, out) for jets; to: (parameters, rows)
    """
    if isinstance(layer, Linearised):
        if isinstance(x, Jets):
            raise TypeError(f"expected layers with jets, got {type(layer).__name__}")
        to.copy_(layer.derivatives(x, slope).t())
        return
    slopes = slope if slope.dim() == 3 else slope[None]
    end = len(to)
    if layer.bias is not None and layer.bias.requires_grad:
        end -= len(layer.bias)
        to[end:] = slopes[0].t()
    if isinstance(layer, nn.Linear):
        if layer.weight.requires_grad:
            products_by_row(slopes, x.parts if isinstance(x, Jets) else x[None], to[:end])
        return
    size, base = layer.coef.numel(), layer.base_weight
    every = size + (0 if base is None else base.numel())
    if end == every:
        layer.by_weights(x, slope, to[:end])
    elif end:  # one of the two stays as it is
        room = to.new_empty(every, to.shape[1])
        layer.by_weights(x, slope, room)
        to[:end] = room[:size] if layer.coef.requires_grad else room[size:]
