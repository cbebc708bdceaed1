"""Widths and layers as users write them: numbers of nodes, with products or without, and slices."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import numpy as np

from edgewise._checks import is_number, read_count, read_list

Width = int | tuple[int, int | Sequence[int]]
"""So many nodes that add, or these and nodes that multiply: how many pairs, or their arities."""


P = ParamSpec("P")
R = TypeVar("R")


def takes_list(function: Callable[P, R]) -> Callable[P, R]:
    """Let a function or constructor whose first argument is a list of widths refuse single ones."""
    owner = function.__qualname__.removesuffix(".__init__")

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        given = args[owner != function.__qualname__ :]
        if given and is_number(given[0]):
            widths = ", ".join(map(repr, given))
            raise TypeError(
                f"{owner} expected its widths as one list, got {widths}: write {owner}([{widths}])"
            )
        return function(*args, **kwargs)

    return checked


class Level(NamedTuple):
    """The nodes of one level of a network.

    Attributes:
        sums: how many add.
        products: for each of the others, the number of factors it is the product of.
    """

    sums: int
    products: tuple[int, ...] = ()

    @property
    def nodes(self) -> int:
        return self.sums + len(self.products)

    @property
    def outputs(self) -> int:
        """What the layer below has to give: sums, and every factor."""
        return self.sums + sum(self.products)

    @property
    def written(self) -> Width:
        """As users write it, in the shortest form."""
        if not self.products:
            return self.sums
        paired = set(self.products) == {2}
        return self.sums, len(self.products) if paired else list(self.products)


def check_widths(owner: str, widths: Sequence[int]) -> list[int]:
    """Check widths and return them as a list.

    Raises:
        ValueError: unless there are at least two, all positive integers.
    """
    widths = _check_length(owner, widths)
    return [read_count(owner, "every width", width, 1) for width in widths]


def read_levels(owner: str, widths: Sequence[Any]) -> list[Level]:
    """Levels of nodes from widths such as ``[4, (5, 2), 1]``.

    Example:
        >>> read_levels("KAN", [4, (5, [2, 3]), 1])[1]
        Level(sums=5, products=(2, 3))
    """
    levels = [_read_level(owner, width) for width in _check_length(owner, widths)]
    if levels[0].products:
        raise ValueError(
            f"{owner} expected inputs as one number, got {widths[0]!r}: products begin above the "
            "first layer, for example [4, (5, 2), 1]"
        )
    return levels


def check_normalized(owner: str, widths: Sequence[Any], remedy: str, first: int = 0) -> None:
    """Check that every layer of a network that always has LayerNorm gets something to normalise.

    Args:
        remedy: the call that works instead, with {} where these widths go.
        first: the first layer with LayerNorm; all behind it have one, too.
    """
    widths = _check_length(owner, widths)
    if 1 in [level.nodes for level in read_levels(owner, widths)[first:-1]]:
        raise ValueError(
            f"{owner} expected at least 2 input features of every layer with LayerNorm, which "
            f"makes 0 of a single one, got widths {widths}: write {remedy.format(widths)}"
        )


def levels_above(outputs: Sequence[int], products: Sequence[Sequence[int]] | None) -> list[Level]:
    """The level above each of a network's layers, from their outputs and the products of these.

    Example:
        >>> levels_above([6, 1], [(2, 3), ()])
        [Level(sums=1, products=(2, 3)), Level(sums=1, products=())]
    """
    given = [()] * len(outputs) if products is None else products
    listed = isinstance(given, tuple | list) and all(isinstance(a, tuple | list) for a in given)
    if not listed or len(given) != len(outputs):
        raise ValueError(
            f"KAN expected for each of {len(outputs)} layers the factors of the products above it, "
            f"got {given!r:.80}: for example [(2, 2), ()]"
        )
    name = "the factors of every product"
    each = [tuple(read_count("KAN", name, arity, 2) for arity in arities) for arities in given]
    levels = []
    for count, arities in zip(outputs, each, strict=True):
        if sum(arities) > count:
            raise ValueError(
                f"KAN expected a layer of at least {sum(arities)} outputs below products of "
                f"{arities} factors, got {count}"
            )
        levels.append(Level(count - sum(arities), arities))
    return levels


def slice_layers(owner: str, depth: int, index: Any) -> range:
    """The layers that an index or a slice means.

    Raises:
        IndexError: if there is no such layer.
        ValueError: for no layers, or layers that don't follow each other.
        TypeError: if it is neither.
    """
    if isinstance(index, int | np.integer) and not isinstance(index, bool):
        at = range(depth)[index]
        return range(at, at + 1)
    if not isinstance(index, slice):
        raise TypeError(f"{owner} expected a layer's number or a slice, got {index!r:.80}")
    chosen = range(depth)[index]
    if not len(chosen) or chosen.step != 1:
        raise ValueError(
            f"{owner} expected layers that follow each other, at least one of {depth}, got {index}"
        )
    return chosen


def _check_length(owner: str, widths: Sequence[Any]) -> list[Any]:
    widths = read_list(owner, "widths", widths)
    if len(widths) < 2:
        raise ValueError(
            f"{owner} expected at least two widths, input and output, got {widths}: "
            "for example [784, 64, 10]"
        )
    return widths


def _read_level(owner: str, width: Any) -> Level:
    if not isinstance(width, tuple | list):
        return Level(read_count(owner, "every width", width, 1))
    if len(width) != 2:
        raise ValueError(
            f"{owner} expected a width with products as (sums, products), got {width!r}: for "
            "example (5, 2) for two products of pairs, or (5, [2, 3])"
        )
    sums, products = read_count(owner, "the number of sums", width[0], 0), width[1]
    if not isinstance(products, tuple | list):
        count = read_count(owner, "the number of products", products, 0)
        if count > 10**6:
            raise ValueError(f"{owner} expected at most a million products, got {count}: fewer")
        products = (2,) * count
    arities = (read_count(owner, "the factors of every product", arity, 2) for arity in products)
    level = Level(sums, tuple(arities))
    read_count(owner, "the nodes of every level", level.nodes, 1)
    return level
