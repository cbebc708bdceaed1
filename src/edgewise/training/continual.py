"""Options of `fit` that keep what earlier data taught: `continual=`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from edgewise._checks import check_flags, check_numbers
from edgewise.models.containers import join_names
from edgewise.nn import KANLinear
from edgewise.nn.inspect import kan_layers
from edgewise.training.data import Batches
from edgewise.training.frozen_parameters import Anchor, Hold, Reach, peaks
from edgewise.training.importance import importance, linear_layers, record_calls
from edgewise.training.linearisation import weights_of
from edgewise.training.memory import Memory, decay
from edgewise.training.objective import Objective


class Continual(ABC):
    """How `fit` keeps what earlier data taught; :class:`Frozen`, for example.

    It is data: a run doesn't change it. What the run learned about the importance of weights is in
    ``history.memory``, which the next run's option gets.

    Example:
        >>> import edgewise as ew
        >>> frozen = ew.continual.Frozen(reach=0.01)
        >>> isinstance(frozen, ew.continual.Continual), frozen.describe()
        (True, 'Frozen(reach=0.01, owned=True) after 0 tasks')
    """

    memory: Memory | None
    name: ClassVar[str]

    @abstractmethod
    def hold(self, model: nn.Module, batches: Batches, objective: Objective) -> Hold:
        """What stays fixed in a run on `batches`, and what is drawn back.

        Raises:
            ValueError: the model, the loss or the memory isn't one that this option can work with.
        """

    @abstractmethod
    def learn(self, model: nn.Module, batches: Batches, objective: Objective) -> Memory:
        """The memory that the model leaves at the end of a run; it is in evaluation mode."""

    @property
    def tasks(self) -> int:
        """Runs that the memory has seen."""
        return 0 if self.memory is None else self.memory.tasks

    def describe(self) -> str:
        """What a resumed run must have in common with the one that wrote the checkpoint."""
        settings = (f for f in fields(self) if f.name != "memory")  # type: ignore[arg-type]
        stated = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in settings)
        return f"{self.name}({stated}) after {self.tasks} tasks"

    def check_memory(self) -> None:
        """Raise unless the memory is one that this option makes."""
        if self.memory is not None and not isinstance(self.memory, Memory):
            raise TypeError(
                f"{self.name} expected memory to be history.memory of an earlier run or None, got "
                f"{type(self.memory).__name__}"
            )
        if self.memory is not None and self.memory.kind != self.name:
            raise ValueError(
                f"{self.name} expected a memory that {self.name} made, got one of "
                f"{self.memory.kind}: use the same option for all tasks, or start with None"
            )


def check_continual(continual: Any, grid_update_every: int | None) -> None:
    """Raise unless `continual` is an option, and nothing moves under its memory."""
    if continual is None:
        return
    if not isinstance(continual, Continual):
        raise TypeError(
            "continual expected edgewise.continual.Frozen(…), Anchored(…), Moments(…) or None, "
            f"got {type(continual).__name__}"
        )
    if grid_update_every is not None:
        raise ValueError(
            "continual expected grids that stay, because a memory belongs to functions at fixed "
            f"places, got grid_update_every={grid_update_every}: leave it out, and place the grids "
            "before the first data by edgewise.grids.fit_range"
        )


@dataclass(frozen=True)
class Frozen(Continual):
    """Only functions that the present data reach may move: ``fit(…, continual=Frozen(memory))``.

    For local bases: B-splines, and Gaussians or RSWAF whose width is about their distance. A
    coefficient C_igo is free at a step where the batches of this run so far reach its function,

    .. math:: p_{ig} = \\max_{rows} |φ_g(z_i)| > reach · \\max_{ig} p_{ig},

    and, with ``owned``, reach further into it than all earlier data did, p > p of the memory. All
    others stay as they are to the last bit, whatever the optimizer's momentum or weight decay.
    What isn't local learns from the first data alone, and is fixed while there is a memory: base
    weights, biases, normalisations, scales, trained grids, layers with other bases and all other
    modules.

    It helps if tasks reach different functions, which is so for few inputs that lie elsewhere in
    each task. If all tasks visit the same cells, as images do, it keeps what is old and learns
    little that is new. Coefficients that no data reached stay as they were initialised; with
    ``KAN(…, init=edgewise.nn.init.leave_zero)`` they are 0.

    Args:
        memory: None for the first data, then ``history.memory`` of the run before.
        reach: a function counts as reached where it exceeds this fraction of the layer's greatest
            value.
        owned: whether functions into which earlier data reached further are fixed, too.

    Raises:
        ValueError: a number out of range; in `fit`, a model without a local basis or a memory of
            another model.

    Example:
        >>> import torch, edgewise as ew
        >>> model, memory = ew.KAN([1, 1], basis=ew.BSpline(50)), None
        >>> for left in (-1.0, 0.0):
        ...     x = left + torch.rand(100, 1)
        ...     history = ew.fit(model, x, x.sin(), steps=50, lr=0.02, progress=False,
        ...                      continual=ew.continual.Frozen(memory))
        ...     memory = history.memory
        >>> memory.tasks
        2
    """

    memory: Memory | None = None
    reach: float = 1e-3
    owned: bool = True
    name: ClassVar[str] = "Frozen"

    def __post_init__(self) -> None:
        check_numbers("Frozen", greatest=1.0, reach=self.reach)
        check_flags("Frozen", owned=self.owned)
        self.check_memory()

    def hold(self, model: nn.Module, batches: Batches, objective: Objective) -> Hold:
        layers = _local_layers(model)
        shapes = {name: (k.in_features, k.basis.num_basis) for name, k in layers.items()}
        before: dict[str, Tensor] = {}
        if self.memory is not None:
            before = self.memory.match(model, shapes)
        known = before if self.owned else {}
        reaches = [
            Reach(layer, known.get(name), self.reach, layer.coef.new_zeros(shapes[name]))
            for name, layer in layers.items()
            if layer.coef.requires_grad
        ]
        fixed = _list_others(model, [layer.coef for layer in layers.values()])
        return Hold(fixed if self.memory is not None else [], reaches)

    @torch.no_grad()
    def learn(self, model: nn.Module, batches: Batches, objective: Objective) -> Memory:
        layers = _local_layers(model)
        names = {layer: name for name, layer in layers.items()}
        known = {} if self.memory is None else self.memory.tensors
        found = {name: t.to(layers[name].coef) for name, t in known.items()}
        for batch in batches.epoch():
            with record_calls(layers) as calls:  # type: ignore[arg-type]
                model(batch.x)
            for layer, x, _ in calls:
                name, reached = names[layer], peaks(layer, x)  # type: ignore[arg-type, index]
                found[name] = torch.maximum(found[name], reached) if name in found else reached
        return Memory(self.name, self.tasks + 1, found)


def _local_layers(model: nn.Module) -> dict[str, KANLinear]:
    layers = kan_layers(model)
    local = {name: layer for name, layer in layers.items() if layer.basis.is_local}
    if not local:
        kind = type(next(iter(layers.values())).basis).__name__
        raise ValueError(
            f"Frozen expected a layer with a local basis, got {kind}, whose functions reach "
            "everywhere: use BSpline, Gaussian or RSWAF, or continual=Anchored(…)"
        )
    return local


def _list_others(model: nn.Module, moving: Iterable[nn.Parameter]) -> list[nn.Parameter]:
    """The trained parameters that aren't among these."""
    known = {id(p) for p in moving}
    return [p for p in model.parameters() if p.requires_grad and id(p) not in known]


@dataclass(frozen=True)
class Anchored(Continual):
    """Weights are drawn back, each as strongly as earlier data need it.

    .. math:: R = \\frac{strength}{2} \\sum_k Ω_k (θ_k - θ^*_k)^2, \\qquad
              Ω \\leftarrow decay · Ω + F

    is added to the loss, where θ* are the weights at the end of the run before, and F is the
    diagonal of the Fisher information of its data (:func:`~edgewise.training.importance.importance`
    says how it is computed): for a coefficient the mean of φ_g(z_i)² δ_o², so each knot of each
    edge has its own anchor. It works with any basis, and with the weights and biases of nn.Linear,
    where it is online elastic weight consolidation. All other parameters (normalisations, scales,
    trained grids, other modules) are fixed while there is a memory.

    Adam and SGD follow it up to strength · Ω · lr < 2; start with 10 to 1,000.

    Args:
        strength: what R is multiplied by; 0 leaves weights free.
        memory: None for the first data, then ``history.memory`` of the run before.
        decay: how much of its importance an earlier task keeps at each later one.

    Raises:
        ValueError: a number out of range; in `fit`, a model without KAN or linear layers or a
            memory of another model.

    References: Kirkpatrick et al., *Overcoming catastrophic forgetting in neural networks*,
    arXiv:1612.00796; Schwarz et al., *Progress & Compress*, arXiv:1805.06370.

    Example:
        >>> import torch, edgewise as ew
        >>> model, memory = ew.KAN([1, 1], basis=ew.Chebyshev(4)), None
        >>> for left in (-1.0, 0.0):
        ...     x = left + torch.rand(100, 1)
        ...     history = ew.fit(model, x, x.sin(), steps=50, lr=0.02, progress=False,
        ...                      continual=ew.continual.Anchored(100.0, memory))
        ...     memory = history.memory
    """

    strength: float
    memory: Memory | None = None
    decay: float = 1.0
    name: ClassVar[str] = "Anchored"

    def __post_init__(self) -> None:
        check_numbers("Anchored", strength=self.strength)
        check_numbers("Anchored", greatest=1.0, decay=self.decay)
        self.check_memory()

    def hold(self, model: nn.Module, batches: Batches, objective: Objective) -> Hold:
        weights = _anchored_weights(model)
        if self.memory is None:
            return Hold()
        shapes = {
            f"{part}:{name}": tuple(p.shape)
            for name, p in weights.items()
            for part in ("importance", "value")
        }
        known = self.memory.match(model, shapes)
        anchors = [
            Anchor(
                p, known[f"value:{name}"].to(p), self.strength * known[f"importance:{name}"].to(p)
            )
            for name, p in weights.items()
        ]
        return Hold(_list_others(model, weights.values()), anchors=anchors)

    def learn(self, model: nn.Module, batches: Batches, objective: Objective) -> Memory:
        before = {} if self.memory is None else self.memory.tensors
        found: dict[str, Tensor] = {}
        weights = _anchored_weights(model)
        for name, new in importance(model, batches, objective).items():
            key = f"importance:{name}"
            found[key] = decay(before.get(key), new, self.decay)
            found[f"value:{name}"] = weights[name].detach().clone()
        return Memory(self.name, self.tasks + 1, found)


def _anchored_weights(model: nn.Module) -> dict[str, nn.Parameter]:
    layers = linear_layers(model)
    if not layers:
        raise ValueError(
            f"Anchored expected a model with KAN layers or nn.Linear, got {type(model).__name__} "
            "without any"
        )
    return {
        join_names(name, key): p
        for name, layer in layers.items()
        for key, p in weights_of(layer).items()
    }
