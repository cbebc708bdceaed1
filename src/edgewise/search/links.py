"""Outer functions: y = f(S), where S = T(y) may be simpler than y."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.expression import Expression, apply, exact, power
from edgewise.formula.library import Library

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Link:
    """y = f(S) and its inverse S = T(y).

    Attributes:
        function: name of f in the library; "x" for none.
        inverse, slope: T and |T'|, elementwise.
        low, high: where y must lie, for f to have an inverse there.
        tree: f(S) as a tree.
    """

    function: str
    inverse: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    low: float
    high: float
    tree: Callable[[Expression, Library], Expression]

    def fits(self, y: Array, library: Library) -> bool:
        """Whether the library has f, and T is defined on all of y."""
        inside = float(y.min()) > self.low and float(y.max()) < self.high
        return self.function in library and inside


def _function(name: str) -> Callable[[Expression, Library], Expression]:
    return lambda s, library: apply(library[name], s)


def _power(top: int, bottom: int = 1) -> Callable[[Expression, Library], Expression]:
    return lambda s, library: power(s, exact(top, bottom))


INF = float("inf")
LINKS = (
    Link("x", lambda y: y, np.ones_like, -INF, INF, lambda s, library: s),
    Link("exp", np.log, lambda y: 1 / y, 0.0, INF, _function("exp")),
    Link("1/x", lambda y: 1 / y, lambda y: 1 / y**2, 0.0, INF, _power(-1)),
    Link("sqrt", np.square, lambda y: 2 * y, 0.0, INF, _power(1, 2)),
    Link("1/sqrt", lambda y: y**-2, lambda y: 2 * y**-3, 0.0, INF, _power(-1, 2)),
    Link("x^2", np.sqrt, lambda y: 0.5 / np.sqrt(y), 0.0, INF, _power(2)),
    Link("log", np.exp, np.exp, -30.0, 30.0, _function("log")),
    Link("tanh", np.arctanh, lambda y: 1 / (1 - y**2), -1.0, 1.0, _function("tanh")),
    Link("arcsin", np.sin, np.cos, -np.pi / 2, np.pi / 2, _function("arcsin")),
    Link("arccos", np.cos, np.sin, 0.0, np.pi, _function("arccos")),
    Link(
        "arctan", np.tan, lambda y: 1 + np.tan(y) ** 2, -np.pi / 2, np.pi / 2, _function("arctan")
    ),
    Link("sin", np.arcsin, lambda y: 1 / np.sqrt(1 - y**2), -1.0, 1.0, _function("sin")),
    Link("cos", np.arccos, lambda y: 1 / np.sqrt(1 - y**2), -1.0, 1.0, _function("cos")),
)
"""The likelier ones first."""
