"""Outer functions: y = f(S), where S = T(y) is simpler than y."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from edgewise.symbolic.library import Function, Library


@dataclass(frozen=True)
class Link:
    """y = f(S) with f from the library and its inverse S = T(y).

    Attributes:
        function: name of f; "x" for none.
        inverse: T, elementwise.
        low, high: where y must lie, for f to have an inverse there.
    """

    function: str
    inverse: Callable[[Tensor], Tensor]
    low: float
    high: float

    def fits(self, y: Tensor) -> bool:
        """Whether T is defined on all of y."""
        return bool((y > self.low).all() and (y < self.high).all())

    def outer(self, library: Library) -> Function:
        """f."""
        return library[self.function]


INF = float("inf")
LINKS = (
    Link("x", lambda y: y, -INF, INF),
    Link("exp", torch.log, 0.0, INF),
    Link("1/x", torch.reciprocal, 0.0, INF),
    Link("sqrt", torch.square, 0.0, INF),
    Link("1/sqrt", lambda y: y**-2, 0.0, INF),
    Link("x^2", torch.sqrt, 0.0, INF),
    Link("1/x^2", torch.rsqrt, 0.0, INF),
    Link("tanh", torch.atanh, -1.0, 1.0),
    Link("arcsin", torch.sin, -torch.pi / 2, torch.pi / 2),
    Link("log", torch.exp, -30.0, 30.0),
)
"""The likelier ones first."""


def usable(y: Tensor, library: Library) -> list[Link]:
    """The links that y permits and the library has."""
    return [link for link in LINKS if link.function in library and link.fits(y)]
