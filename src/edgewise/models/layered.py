"""`Layered`, the protocol of networks that can be read and pruned layer by layer."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from torch import Tensor, nn

from edgewise.models.kan import check_kan
from edgewise.models.widths import Level


@runtime_checkable
class Layered(Protocol):
    """A network of layers with one function of one variable on every edge.

    A KAN is one, and so is a network some of whose edges have become formulas. Its layers answer
    ``features(x)`` and ``weights()``, whose products are what the edges add, ``normalized(x)``,
    ``mixes_features``, ``in_features`` and ``out_features``.
    """

    @property
    def input_names(self) -> list[str] | None: ...

    @property
    def select(self) -> nn.Module: ...

    @property
    def inputs(self) -> list[int] | None: ...

    @property
    def in_features(self) -> int: ...

    @property
    def widths(self) -> list[int]: ...

    @property
    def mixes_features(self) -> bool: ...

    def stack(self) -> list[Any]: ...

    def levels(self) -> list[Level]: ...

    def owners(self, k: int) -> Tensor: ...

    def combine(self, k: int, y: Tensor) -> Tensor: ...

    def product_nodes(self) -> list[list[int]]: ...

    def edge_products(self, k: int) -> list[int]: ...

    def free_levels(self) -> list[bool]: ...


def check_layered(owner: str, model: Any) -> Any:
    """The model itself, if it is a KAN or another network of curves and functions.

    Raises:
        TypeError: if it is neither.
    """
    return model if isinstance(model, Layered) else check_kan(owner, model)
