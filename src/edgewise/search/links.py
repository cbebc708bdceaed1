"""Outer functions f of y = f(S) and their inverses T = f⁻¹, which give a simpler target T(y)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, apply
from edgewise.formula.function import INF
from edgewise.formula.library import LIBRARY, Library


@dataclass(frozen=True)
class Link:
    """y = f(S) and its inverse S = T(y).

    Attributes:
        function: the name of f in the library; "x" for no function.
        inverse, slope: T and |T'|, elementwise.
        low, high: the range of y in which f has an inverse.
        below: how far noise may take y below `low`, in units of the largest |y|.
        tree: f(S) as a tree.
    """

    function: str
    inverse: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    low: float
    high: float
    tree: Callable[[Expression, Library], Expression]
    below: float = 0.0

    def fits(self, y: Array, library: Library) -> bool:
        """Whether the library has f, and T is defined and finite on all of y."""
        low = self.low - self.below * float(np.abs(y).max())
        inside = float(y.min()) > low and float(y.max()) < self.high
        if self.function not in library or not inside:
            return False
        with np.errstate(all="ignore"):
            return bool(np.isfinite(self.inverse(y)).all())


def _link(name: str, limit: float = INF) -> Link:
    """A function of the library and its inverse, for |y| below a limit."""
    f = LIBRARY[name]
    inverse = LIBRARY[f.inverse]
    low, high = f.range
    return Link(
        name,
        inverse.evaluate,
        lambda y: np.abs(inverse.differentiate(y, inverse.evaluate(y))),
        max(low, -limit),
        min(high, limit),
        lambda s, library: apply(library[name], s),
    )


def _power(
    name: str,
    inverse: Callable[[Array], Array],
    slope: Callable[[Array], Array],
    below: float = 0.0,
) -> Link:
    """A power of positive numbers and its inverse."""
    return Link(name, inverse, slope, 0.0, INF, lambda s, library: apply(library[name], s), below)


LINKS = (
    Link("x", lambda y: y, np.ones_like, -INF, INF, lambda s, library: s),
    _link("exp"),
    _power("1/x", lambda y: 1 / y, lambda y: 1 / y**2),
    # The noise of a small root may be greater than the root.
    _power("sqrt", lambda y: y * np.abs(y), lambda y: 2 * np.abs(y), below=0.05),
    _power("1/sqrt", lambda y: y**-2, lambda y: 2 * y**-3),
    _power("x^2", np.sqrt, lambda y: 0.5 / np.sqrt(y)),
    _link("log", limit=30.0),
    *map(_link, ("tanh", "arcsin", "arccos", "arctan", "sin", "cos")),
)
"""All links, the likelier ones first."""
