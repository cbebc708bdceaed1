"""What a basis is: a frozen description of univariate functions φ_1 … φ_num_basis."""

from __future__ import annotations

import dataclasses
import json
from abc import ABC, abstractmethod
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np
import torch
from torch import Tensor

Grid = tuple[Tensor, ...]

_REGISTRY: dict[str, type[Basis]] = {}


@dataclasses.dataclass(frozen=True)
class Basis(ABC):
    """A family of univariate functions, evaluated on every input feature.

    A basis holds hyper-parameters only. Its tensors (centres, knots, widths: the *grid*) are made
    by :meth:`init_grid`, owned by the layer and handed back to every call. Subclasses are final
    frozen dataclasses; defining one registers it under its ``name``, and from then on layers,
    training, saving and the command line know it.
    """

    name: ClassVar[str]
    grid_names: ClassVar[tuple[str, ...]] = ()
    """Names of the grid tensors, in the order of ``grid``."""
    default_norm: ClassVar[str | None] = None
    """The normalisation that a layer uses unless told otherwise."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "name" not in cls.__dict__:
            raise TypeError(
                f"expected {cls.__name__} to state a name of its own (name: ClassVar[str] = …), "
                "got none: engines and files know a basis by its name"
            )
        known = _REGISTRY.get(cls.name, cls)
        same = (known.__module__, known.__qualname__) == (cls.__module__, cls.__qualname__)
        if not same:  # defining one again, as notebooks do, is fine
            raise TypeError(f"expected a new name for {cls.__name__}, got {cls.name!r}, taken")
        _REGISTRY[cls.name] = cls

    def __post_init__(self) -> None:
        # Limits often come out of data: a number is a number, whatever it is wrapped in.
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if isinstance(value, (Tensor, np.generic)):
                object.__setattr__(self, field.name, value.item())

    @property
    @abstractmethod
    def num_basis(self) -> int:
        """Number of functions per input feature."""

    @property
    def trainable_grid(self) -> tuple[bool, ...]:
        """For each grid tensor, whether a layer registers it as a parameter."""
        return (False,) * len(self.grid_names)

    def init_grid(
        self,
        in_features: int,
        *,
        device: torch.device | str | None = None,
        dtype: torch.dtype | None = None,
    ) -> Grid:
        """The grid tensors of a new layer. Default: a basis without a grid."""
        return ()

    @abstractmethod
    def grid_shapes(self, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
        """For each grid tensor, the shapes that :meth:`evaluate` accepts."""

    @abstractmethod
    def domain(self, grid: Grid) -> tuple[float, float]:
        """The interval on which the functions are meant to be used."""

    @abstractmethod
    def evaluate(self, z: Tensor, grid: Grid) -> Tensor:
        """φ_g(z_i).

        Shape:
            ``z``: (*, in_features) → (*, in_features, num_basis)
        """

    def derivative(self, z: Tensor, grid: Grid) -> Tensor:
        """φ'_g(z_i), by forward-mode differentiation unless a basis knows better.

        Shape:
            ``z``: (*, in_features) → (*, in_features, num_basis)
        """
        return torch.func.jvp(lambda t: self.evaluate(t, grid), (z,), (torch.ones_like(z),))[1]

    def grid_derivative(self, z: Tensor, grid: Grid) -> tuple[Tensor | None, ...]:
        """For each grid tensor, ∂φ_g(z_i)/∂(the entry that φ_g(z_i) reads), or None if fixed.

        Shape:
            ``z``: (*, in_features) → each (*, in_features, num_basis)
        """
        return (None,) * len(self.grid_names)

    def to_config(self) -> dict[str, Any]:
        """A JSON-able description, read back by :meth:`from_config`."""
        return {"name": self.name, **dataclasses.asdict(self)}

    @staticmethod
    def from_config(config: dict[str, Any]) -> Basis:
        """The basis that ``to_config`` described.

        Raises:
            ValueError: if the name is not registered or a field is unknown.
        """
        fields = dict(config)
        cls = find(fields.pop("name", None))
        known = {f.name for f in dataclasses.fields(cls)}
        if unknown := sorted(set(fields) - known):
            raise ValueError(
                f"{cls.__name__} has no setting {', '.join(unknown)}: choose from "
                f"{', '.join(sorted(known)) or 'none'}"
            )
        return cls(**fields)

    @cached_property
    def spec(self) -> str:
        """:meth:`to_config` as a string: how a basis travels through the dispatcher."""
        return json.dumps(self.to_config(), sort_keys=True)

    @staticmethod
    def from_spec(spec: str) -> Basis:
        """The inverse of :meth:`spec`."""
        return _from_spec(spec)


@lru_cache(maxsize=256)
def _from_spec(spec: str) -> Basis:
    return Basis.from_config(json.loads(spec))


def registry() -> dict[str, type[Basis]]:
    """Every basis that is defined, by name."""
    return dict(_REGISTRY)


def find(name: Any) -> type[Basis]:
    """The basis class of that name.

    Raises:
        ValueError: if there is none; the message lists what there is.
    """
    if name not in _REGISTRY:
        raise ValueError(f"expected a basis among {', '.join(sorted(_REGISTRY))}; got {name!r}")
    return _REGISTRY[name]


def check_count(owner: str, field: str, value: int, least: int) -> None:
    """Raise ValueError unless ``value`` is an integer of at least ``least``."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise ValueError(f"{owner} expected {field} to be an integer ≥ {least}, got {value!r}")


def check_interval(owner: str, lo: float, hi: float) -> None:
    """Raise ValueError unless lo < hi, both finite."""
    if not (float("-inf") < lo < hi < float("inf")):
        raise ValueError(f"{owner} expected finite lo < hi, got lo={lo!r}, hi={hi!r}")


def check_positive(owner: str, field: str, value: float) -> None:
    """Raise ValueError unless ``value`` is a positive finite number."""
    if not (0 < value < float("inf")):
        raise ValueError(f"{owner} expected {field} to be positive and finite, got {value!r}")


def centre_shapes(num: int, in_features: int) -> tuple[tuple[tuple[int, ...], ...], ...]:
    """Accepted shapes of (centres, width): shared by all inputs, or one row per input."""
    centres = ((num,), (in_features, num))
    return centres, ((), (1,), (num,), (in_features, 1), (in_features, num))
