"""The boundary that a formula draws between two classes, in its simplest form.

A classifier says "upper class" where f(x) > level. The outermost steps of f can be undone on both
sides of the inequality: 2 exp(u) + 3 > 9 is u > log 3. Only the level changes, so u is enough.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    apply,
    factors_of,
    multiply,
    terms_of,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program

INCREASING = ("exp", "log", "tanh", "sinh", "arctan", "arcsinh")
"""Functions that increase on their whole domain."""


@dataclass(frozen=True)
class Boundary:
    """The inequality tree > level or tree < level.

    Attributes:
        tree: the expression.
        level: what it is compared with.
        above: whether the upper class is where the expression exceeds the level.
    """

    tree: Expression
    level: float
    above: bool = True

    @property
    def sign(self) -> str:
        """The relation that holds in the upper class."""
        return ">" if self.above else "<"


def find_boundary(tree: Expression, level: float) -> Boundary:
    """The simplest inequality that means tree > level: outermost steps are undone on both sides.

    Example:
        >>> from edgewise.formula.expression import add, exact
        >>> found = find_boundary(multiply(exact(-2), add(Input(0), exact(3))), 4.0)
        >>> found.level, found.sign
        (-5.0, '<')
    """
    found = Boundary(tree, level)
    while (simpler := _peel(found)) is not None:
        found = simpler
    return found


def _peel(found: Boundary) -> Boundary | None:
    """The inequality with the outermost step undone; None where no step can be undone."""
    tree = found.tree
    if isinstance(tree, Sum):
        return _subtract(found, tree)
    if isinstance(tree, Product):
        return _divide(found, tree)
    if isinstance(tree, Power):
        return _take_root(found, tree)
    if isinstance(tree, Apply):
        return _invert(found, tree)
    return None


def _subtract(found: Boundary, tree: Sum) -> Boundary | None:
    numbers = [t.value for t in terms_of(tree) if isinstance(t, Number)]
    rest = [t for t in terms_of(tree) if not isinstance(t, Number)]
    if not numbers:
        return None
    return Boundary(add(*rest), found.level - sum(numbers), found.above)


def _divide(found: Boundary, tree: Product) -> Boundary | None:
    factor = math.prod(f.value for f in factors_of(tree) if isinstance(f, Number))
    rest = [f for f in factors_of(tree) if not isinstance(f, Number)]
    if factor in (0.0, 1.0) or not math.isfinite(factor):
        return None
    return Boundary(multiply(*rest), found.level / factor, found.above == (factor > 0))


def _take_root(found: Boundary, tree: Power) -> Boundary | None:
    """Undo an odd power, or a square root if the level is positive."""
    exponent = tree.exponent.value if isinstance(tree.exponent, Number) else 0.0
    if exponent > 0 and exponent % 2 == 1:
        level = float(np.copysign(abs(found.level) ** (1 / exponent), found.level))
        return Boundary(tree.base, level, found.above)
    if exponent == 0.5 and found.level >= 0:
        return Boundary(tree.base, found.level**2, found.above)
    return None


def _invert(found: Boundary, tree: Apply) -> Boundary | None:
    function = tree.function
    if function.name not in INCREASING:
        return None
    inverse = Program(apply(LIBRARY[function.inverse], Input(0)))
    with np.errstate(all="ignore"):
        level = float(inverse.values(np.array([[found.level]]))[0])
    back = Program(apply(function, Input(0))).values(np.array([[level]]))[0]
    if not math.isfinite(level) or not math.isclose(back, found.level, abs_tol=1e-12):
        return None  # the level is outside the function's range
    return Boundary(tree.argument, level, found.above)
