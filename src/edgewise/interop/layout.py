"""`Format`: the layout of another program's checkpoints, and how it is recognised by its keys."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor, nn

from edgewise.bases import Basis
from edgewise.nn.linear import KANLinear

DTYPES = (torch.float64, torch.float32, torch.bfloat16, torch.float16)
"""The types that layers compute with."""

Leaves = dict[str, Tensor]
"""One layer's tensors, under the names that its program gives them inside a layer."""
Settings = dict[str, Any]
"""What a checkpoint doesn't hold, by the names of a user's arguments."""


@dataclass(frozen=True)
class NativeLayer:
    """A foreign layer in our terms: settings, grid, and parameters under our names."""

    basis: Basis
    grid: tuple[Tensor, ...]
    parameters: dict[str, Tensor]
    norm: str | None = None
    base: str | None = None
    post: dict[str, Tensor] = field(default_factory=dict)
    """LayerNorm weight and bias after the layer, where the program has one."""

    @property
    def in_features(self) -> int:
        return self.parameters["coef"].shape[0]

    @property
    def out_features(self) -> int:
        return self.parameters["coef"].shape[2]

    def check(self) -> None:
        """Raise ValueError unless the tensors have the shapes that the formula needs."""
        inputs, outputs = self.in_features, self.out_features
        edges = (inputs, outputs)
        shapes = {
            "coef": (inputs, self.basis.num_basis, outputs),
            **dict.fromkeys(("base_weight", "coef_scale", "mask"), edges),
            **dict.fromkeys(("norm.weight", "norm.bias"), (inputs,)),
            "bias": (outputs,),
        }
        pairs: list[Any] = [(name, t, (shapes[name],)) for name, t in self.parameters.items()]
        pairs += [(f"post.{name}", t, ((outputs,),)) for name, t in self.post.items()]
        accepted = self.basis.grid_shapes(inputs)
        pairs += zip(self.basis.grid_names, self.grid, accepted, strict=True)
        if self.base is None and "base_weight" in self.parameters:
            raise ValueError("expected the activation of base weights, got base=None")
        for name, tensor, allowed in pairs:
            if tuple(tensor.shape) not in allowed:
                raise ValueError(
                    f"expected {name} of the shape {allowed[0]}, got {tuple(tensor.shape)}: the "
                    "checkpoint is damaged, or of another program"
                )
            if tensor.is_complex() or (tensor.dtype not in DTYPES and name == "coef"):
                raise ValueError(
                    f"expected {name} in a type among {', '.join(map(str, DTYPES))}, got "
                    f"{tensor.dtype}: convert the checkpoint first"
                )


class Format(ABC):
    """A foreign checkpoint layout: how its keys split, and the way there and back."""

    name: ClassVar[str]
    required: ClassVar[frozenset[str]]
    """The tensors that every layer has, under the names that their keys end with."""
    optional: ClassVar[frozenset[str]] = frozenset()
    """Names that it may have as well. A file with any other key is in another format."""
    basis: ClassVar[type[Basis]]
    """What the program's layers are made of."""
    norms: ClassVar[tuple[str | None, ...]] = (None,)
    """The norms that its layers may have, all the same one."""
    post: ClassVar[bool] = False
    """Whether a LayerNorm follows each layer."""
    same_keys_as: ClassVar[str | None] = None
    """The format that a file with these keys is taken for, unless another is named."""

    def split(self, key: str) -> tuple[str, str] | None:
        """A key as (layer, leaf), or None if this format has no such key."""
        for leaf in self.required | self.optional:
            if key == leaf or key.endswith("." + leaf):
                return key[: len(key) - len(leaf)], leaf
        return None

    def group(self, state: Mapping[str, Any]) -> dict[str, Leaves] | None:
        """The tensors of each layer, in their order, or None if this isn't the format."""
        layers: dict[str, Leaves] = {}
        for key, value in state.items():
            place = self.split(key) if isinstance(key, str) else None
            if place is None or not isinstance(value, Tensor):
                return None
            layers.setdefault(place[0], {})[place[1]] = value
        if not layers or any(not self.required <= leaves.keys() for leaves in layers.values()):
            return None
        return _in_order(layers)

    @abstractmethod
    def to_native(self, leaves: Leaves, like: Basis | None, settings: Settings) -> NativeLayer:
        """One layer in our terms.

        ``like`` is the basis of the layer that will receive it, if there is one: it knows
        hyper-parameters that the checkpoint doesn't. ``settings`` are the user's; take what is
        understood out of it.
        """

    @abstractmethod
    def leaves(self, layer: KANLinear, post: nn.LayerNorm | None) -> dict[str, Tensor | None]:
        """One of our layers in the program's terms; None for what it lacks.

        Raises:
            ValueError: if the format can't express it.
        """

    def join(self, layer: int, leaf: str) -> str:
        """The key of a leaf, which :meth:`split` takes apart."""
        return f"layers.{layer}.{leaf}"

    def from_native(
        self, layers: Sequence[KANLinear], posts: Sequence[nn.LayerNorm]
    ) -> dict[str, Tensor]:
        """The state dict of a model of these layers, and of the LayerNorms that follow them.

        Raises:
            ValueError: if the format can't express it.
        """
        self._check_layers(layers, posts)
        after: Sequence[nn.LayerNorm | None] = posts or [None] * len(layers)
        every = [self.leaves(*pair) for pair in zip(layers, after, strict=True)]
        return {
            self.join(k, leaf): tensor.contiguous()
            for k, leaves in enumerate(every)
            for leaf, tensor in leaves.items()
            if tensor is not None
        }

    def multiply(
        self, state: dict[str, Tensor], products: Sequence[Sequence[int]]
    ) -> dict[str, Tensor]:
        """What :meth:`from_native` gave, with the products above each layer.

        Raises:
            ValueError: if there are some, and the format has none.
        """
        if any(products):
            raise self.refuse(f"its layers' outputs are multiplied, {list(products)}")
        return state

    def base_activation(self, weight: Tensor, settings: Mapping[str, Any]) -> Any:
        """The base activation of a layer with these weights, which ``settings`` have to name.

        All these programs take another one if asked, and their tensors don't tell which.

        Raises:
            ValueError: if nobody says it, and the weights aren't all zero.
        """
        if "base" in settings:
            return settings["base"]
        if bool(weight.any()):
            raise ValueError(
                f"expected base=, since tensors of {self.name} lack the base activation of their "
                'model: pass base="silu", the default of its program, or the function '
                "that it had, to edgewise.load_foreign or to the model that loads them"
            )
        return "silu"

    def refuse(self, reason: str) -> ValueError:
        """The error for a model that this format can't express."""
        return ValueError(f"{self.name} can't express this model: {reason}")

    def _check_layers(self, layers: Sequence[KANLinear], posts: Sequence[nn.LayerNorm]) -> None:
        """Check what every format of one basis needs."""
        if bool(posts) != self.post:
            wanted, got = ("layernorm_silu" if p else None for p in (self.post, posts))
            raise self.refuse(f"expected post={wanted}, got {got}")
        first = layers[0].norm_name
        norm = first if first in self.norms else self.norms[0]
        for layer in layers:
            if not isinstance(layer.basis, self.basis):
                raise self.refuse(f"expected a {self.basis.__name__} basis, got {layer.basis}")
            if layer.basis.linear_tails:
                raise self.refuse(
                    "beyond their domain its functions continue as lines, unlike that program's: "
                    f"train one without linear tails, made with basis=edgewise.{layer.basis}"
                )
            if layer.norm_name != norm:
                raise self.refuse(f"expected norm={norm!r}, got {layer.norm_name!r}")
            if layer.base_weight is not None and layer.activation.name != "silu":
                raise self.refuse(f"expected the base activation silu, got {layer.base!r}")


def _in_order(layers: dict[str, Leaves]) -> dict[str, Leaves]:
    # Files may sort their keys as text: layers.10 before layers.2. Where the names differ only
    # in numbers, the numbers decide; otherwise the order in the file does.
    if len({re.sub(r"\d+", "#", name) for name in layers}) > 1:
        return layers
    numbers = {name: [int(n) for n in re.findall(r"\d+", name)] for name in layers}
    return {name: layers[name] for name in sorted(layers, key=numbers.__getitem__)}


def plain_float(value: Tensor) -> float:
    """A scalar as the decimal that a person wrote: float32's 1.2000000476837158 is 1.2."""
    number = float(value)
    narrow = np.float32(number)
    return float(str(narrow)) if float(narrow) == number else number


def centre_ends(grid: Tensor) -> tuple[float, float]:
    """The first and the last of the centres that all inputs of a layer share."""
    if grid.dim() != 1 or not len(grid):
        raise ValueError(
            f"expected centres as one row of numbers, got the shape {tuple(grid.shape)}: the "
            "checkpoint is damaged, or of another program"
        )
    return plain_float(grid[0]), plain_float(grid[-1])


def group_outputs(weight: Tensor, in_features: int) -> Tensor:
    """(out, in · num_basis) → (in, num_basis, out)."""
    return weight.unflatten(1, (in_features, -1)).permute(1, 2, 0)


def ungroup_outputs(coef: Tensor) -> Tensor:
    """(in, num_basis, out) → (out, in · num_basis)."""
    return coef.permute(2, 0, 1).flatten(1).contiguous()


def shared_centers(fmt: Format, layer: KANLinear) -> Tensor:
    """The layer's centres, for formats that keep one row for all inputs.

    Raises:
        ValueError: if every input has its own.
    """
    centers = layer.grid[0].detach()
    if centers.dim() != 1:
        raise fmt.refuse("every input has centres of its own; fit the grid for all inputs together")
    return centers.clone()
