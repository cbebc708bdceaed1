"""What holds parameters back while a model trains: frozen edges, and what earlier data taught."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn

from edgewise.bases.base import Grid
from edgewise.grids.project import ends
from edgewise.nn import KANLinear
from edgewise.nn.frozen import Part, find_frozen_parts
from edgewise.nn.inspect import listen
from edgewise.training.linearisation import Linearised

_BLOCK = 2**22
"""Values of basis functions that are made at a time: 16 MB of float32."""


def peaks(layer: KANLinear, x: Tensor) -> Tensor:
    """The greatest absolute value of each basis function over the rows that a layer gets.

    Shape:
        x: (*, in_features) → (in_features, num_basis)
    """
    z = layer.normalized(x.detach()).reshape(-1, layer.in_features)
    grid = tuple(t.detach() for t in layer.grid)
    greatest = layer.coef.detach().new_zeros(layer.in_features, layer.basis.num_basis)
    for block in z.split(max(1, _BLOCK // greatest.numel())):
        at = _near(layer, block, grid)
        greatest = torch.maximum(greatest, layer.basis.evaluate(at, grid).abs().amax(0))
    return greatest


def _near(layer: KANLinear, z: Tensor, grid: Grid) -> Tensor:
    """The values, moved to at most a function's width beyond the grid if its tails are lines.

    Along a line one function would exceed all others, and a single far row would decide.
    """
    if not layer.basis.linear_tails:
        return z
    lo, hi = ends(layer.basis, grid)
    width = (hi - lo) / layer.basis.num_basis
    return z.clamp((lo - width).to(z), (hi + width).to(z))


@dataclass
class Reach:
    """How far the data of one run reach into the functions of one layer.

    Attributes:
        before: :func:`peaks` of the data of earlier runs; None if they don't count.
        now: those of the batches of this run so far.
        least: a function is reached where it exceeds this fraction of the layer's greatest value.

    Shape:
        before, now: (in_features, num_basis)
    """

    layer: KANLinear
    before: Tensor | None
    least: float
    now: Tensor

    @torch.no_grad()
    def see(self, x: Tensor) -> None:
        """Take a batch of the layer's inputs into account."""
        self.now = torch.maximum(self.now, peaks(self.layer, x))

    def free(self) -> Tensor:
        """Which coefficients may move; (in_features, num_basis, 1), of bool."""
        reached = self.now > self.least * self.now.amax()
        if self.before is not None:
            reached = reached & (self.now > self.before)
        return reached[..., None]


@dataclass(frozen=True)
class Anchor:
    """A parameter on springs: ½ Σ stiffness · (value - place)²."""

    parameter: nn.Parameter
    place: Tensor
    stiffness: Tensor

    def energy(self) -> Tensor:
        """The springs' energy, a number that can be differentiated."""
        return 0.5 * (self.stiffness * (self.parameter - self.place).square()).sum()


def find_parts(model: nn.Module) -> list[Part]:
    """The parameters of a model of which something doesn't move: frozen edges, fixed constants."""
    found: list[Part] = []
    for module in model.modules():
        if isinstance(module, KANLinear):
            found += find_frozen_parts(module)
        elif isinstance(module, Linearised):
            unknowns = module.unknowns()
            flags = module.movable_unknowns().split([p.numel() for p in unknowns])
            found += [
                (p, free.view_as(p))
                for p, free in zip(unknowns, flags, strict=True)
                if isinstance(p, nn.Parameter) and p.requires_grad and not free.all()
            ]
    return found


@dataclass
class Hold:
    """What stays fixed in a run of `fit`, and what is drawn back; empty for most runs.

    Attributes:
        fixed: parameters that don't move at all.
        reaches: layers of whose coefficients only some move.
        parts: parameters of which only some entries move, whatever the option.
        anchors: parameters that are drawn back.
        solves: whether the option computes the weights itself, so that nothing is trained.
    """

    fixed: list[nn.Parameter] = field(default_factory=list)
    reaches: list[Reach] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    solves: bool = False
    _kept: dict[nn.Parameter, Tensor] = field(default_factory=dict)

    def begin(self) -> None:
        """Remember the values that must not change; the run starts, or goes on, with them."""
        held = [*self.fixed, *(reach.layer.coef for reach in self.reaches)]
        held += [parameter for parameter, _ in self.parts]
        self._kept = {parameter: parameter.detach().clone() for parameter in held}

    def watch(self) -> AbstractContextManager[None]:
        """A context for the forward pass of a training step: which functions does it reach?"""
        reaches = {reach.layer: reach for reach in self.reaches}
        return listen(reaches, before=lambda layer, x: reaches[layer].see(x))

    def energy(self) -> Tensor | float:
        """What the anchors add to the loss."""
        return sum((anchor.energy() for anchor in self.anchors), 0.0)

    def mask_gradients(self) -> None:
        """Take the gradients of what is held away, before an optimizer sees them."""
        for parameter in self.fixed:
            parameter.grad = None
        for reach in self.reaches:
            if reach.layer.coef.grad is not None:
                reach.layer.coef.grad.mul_(reach.free())
        for parameter, free in self.parts:
            if parameter.grad is not None:
                parameter.grad.masked_fill_(~free, 0.0)

    @torch.no_grad()
    def put_back(self) -> None:
        """Undo what momentum or weight decay did to what is held, to the last bit."""
        for parameter in self.fixed:
            parameter.copy_(self._kept[parameter])
        for reach in self.reaches:
            coef = reach.layer.coef
            coef.copy_(torch.where(reach.free(), coef, self._kept[coef]))
        for parameter, free in self.parts:
            parameter.copy_(torch.where(free, parameter, self._kept[parameter]))

    def state(self) -> dict[str, Any]:
        """What a resumed run has to know."""
        return {
            "kept": list(self._kept.values()),
            "reached": [reach.now for reach in self.reaches],
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from what :meth:`state` returned.

        Raises:
            KeyError, RuntimeError, ValueError: it belongs to another model.
        """
        self.begin()
        for value, kept in zip(self._kept.values(), state["kept"], strict=True):
            value.copy_(kept)
        for reach, now in zip(self.reaches, state["reached"], strict=True):
            reach.now = torch.empty_like(reach.now).copy_(now)
