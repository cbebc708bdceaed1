"""Outer functions f of y = f(S) and their inverses T = f⁻¹, which give a simpler target T(y)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.formula.expression import Expression, apply
from edgewise.formula.function import INF
from edgewise.formula.library import LIBRARY, Library

EPSILON = float(np.finfo(np.float64).eps)
MOVED = 1e-8
"""A row tells T(y) if rounding of y moves it by less than this fraction of the largest."""
UNTOLD = 0.75
"""Largest fraction of rows that don't tell T(y)."""


@dataclass(frozen=True)
class Link:
    """y = f(S) and its inverse S = T(y).

    Attributes:
        function: the name of f in the library; "x" for no function.
        inverse, slope: T and |T'|, elementwise.
        low, high: the range of y in which f has an inverse.
        below: how far noise may take y below `low`, in units of the largest |y|.
        tree: f(S) as a tree.
        reaches_ends: whether f(S) is `low` or `high` for some S, if only by rounding.
    """

    function: str
    inverse: Callable[[Array], Array]
    slope: Callable[[Array], Array]
    low: float
    high: float
    tree: Callable[[Expression, Library], Expression]
    below: float = 0.0
    reaches_ends: bool = False

    def fits(self, y: Array, library: Library) -> bool:
        """Whether the library has f, and enough rows tell T(y)."""
        return self.undo(y, library) is not None

    def undo(self, y: Array, library: Library) -> tuple[Array, Array] | None:
        """T(y) and |T'(y)|; None if the library lacks f, or y isn't in its range.

        Rows whose rounding moves T(y), such as tanh(40) = 1, don't tell it. They get T(y) = 0 and
        an infinite slope, so that their weight is 0. At most :data:`UNTOLD` of the rows may be so.

        Shape:
            y, T(y), |T'(y)|: (rows,)
        """
        size = float(np.abs(y).max())
        low = self.low - self.below * size
        inside = (y > low) & (y < self.high)
        if self.function not in library or not (inside | self._is_at_end(y)).all():
            return None
        with np.errstate(all="ignore"):
            target, slope = self.inverse(y), self.slope(y)
            finite = np.isfinite(target)
            largest = float(np.abs(target[finite]).max(initial=0.0))
            told = finite & (EPSILON * np.abs(y) * slope <= MOVED * largest)
        if told.all():
            return target, slope
        if np.mean(told) < 1 - UNTOLD or not (finite | ~inside).all():
            return None
        return np.where(told, target, 0.0), np.where(told, slope, INF)

    def _is_at_end(self, y: Array) -> NDArray[np.bool_]:
        """Whether each value is an end of the range that f reaches."""
        if not self.reaches_ends:
            return np.zeros(len(y), dtype=bool)
        return (y == self.low) | (y == self.high)


def _link(name: str, limit: float = INF, reaches_ends: bool = True) -> Link:
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
        reaches_ends=reaches_ends,
    )


def _power(
    name: str,
    inverse: Callable[[Array], Array],
    slope: Callable[[Array], Array],
    below: float = 0.0,
    reaches_ends: bool = False,
) -> Link:
    """A power of positive numbers and its inverse."""

    def tree(s: Expression, library: Library) -> Expression:
        return apply(library[name], s)

    return Link(name, inverse, slope, 0.0, INF, tree, below, reaches_ends)


LINKS = (
    Link("x", lambda y: y, np.ones_like, -INF, INF, lambda s, library: s),
    _link("exp", reaches_ends=False),
    _power("1/x", lambda y: 1 / y, lambda y: 1 / y**2),
    # The noise of a small root may be greater than the root.
    _power("sqrt", lambda y: y * np.abs(y), lambda y: 2 * np.abs(y), below=0.05),
    _power("1/sqrt", lambda y: y**-2, lambda y: 2 * y**-3),
    _power("x^2", np.sqrt, lambda y: 0.5 / np.sqrt(y), reaches_ends=True),
    _link("log", limit=30.0, reaches_ends=False),
    *map(_link, ("tanh", "arcsin", "arccos", "arctan", "sin", "cos")),
)
"""All links, the likelier ones first."""
