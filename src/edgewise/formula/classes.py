"""Classes of formulas: trees that are the same function for some choice of their numbers.

1/(a/x + b) and x/(a + b x) are two spellings of one class. A - B/(x + C) is a larger class that
contains it (at B = A C): the first is *nested* in the second. Likewise √(a x² + b y²) is nested in
√(a x² + b y² + c), at c = 0. Exponents that hardly differ belong to one class: x^2.0053 and x² are
the same law with more or fewer digits, but x² and x³ are two.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.expression import Apply, Expression, Number, Power, free, set_free
from edgewise.formula.forms import form_of
from edgewise.formula.numbers import DEPENDENT, decompose
from edgewise.formula.program import Program, refit

IDENTICAL = 1e-6
"""Two formulas are the same function if they differ by less than this times their spread."""
ROWS, STEPS = 200, 30
MOVED = 0.01
"""The numbers of a tree are changed by this fraction, twice it, … to see what functions it has."""
NEAR_EXPONENT = 0.05
"""Largest relative difference of exponents within a class."""


def free_numbers(
    tree: Expression, linear: bool = False, held: Collection[float] = ()
) -> Expression:
    """The tree with its numbers free, except exponents and signs.

    Args:
        linear: whether to free only the numbers outside of functions and powers.
        held: sizes of exact numbers that stay.
    """
    if isinstance(tree, Number):
        stays = abs(tree.value) == 1 or (tree.exact is not None and abs(tree.value) in held)
        return tree if stays else set_free(tree)
    if linear and isinstance(tree, (Apply, Power)):
        return tree
    if isinstance(tree, Power):
        return tree.rebuild([free_numbers(tree.base, held=held), tree.exponent])
    return tree.rebuild([free_numbers(part, linear, held) for part in tree.parts])


def is_within(tree: Expression, other: Expression, held: Collection[float], x: Array) -> bool:
    """Whether a formula, whatever its free numbers, is the other one with other numbers.

    Args:
        held: sizes of exact numbers of the other that stay.

    Shape:
        x: (rows, in)

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> x = np.random.default_rng(0).uniform(1, 2, (50, 2))
        >>> one, other = (parse_formula(t)[0] for t in ("0.2*(x0 + 6.5*x1)", "0.2*x0 + 1.3*x1"))
        >>> is_within(one, other, (), x)
        True
    """
    numbers = [n.value for n in tree.numbers() if n.exact is None]
    moved = tree.with_free(v * (1 + MOVED * (k + 1)) for k, v in enumerate(numbers))
    return _reach(free_numbers(other, held=held), moved, x) is not None


def contains(tree: Expression, other: Expression, x: Array) -> bool:
    """Whether a formula has the values of another one for some choice of its numbers.

    Levenberg-Marquardt searches for the numbers from their present values; exponents may change a
    little.

    Shape:
        x: (rows, in)

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> x = np.linspace(0.1, 3, 50)[:, None]
        >>> one, other = (parse_formula(t)[0] for t in ("2 - 1.7/(x0 + 0.8)", "1/(0.4/x0 + 0.5)"))
        >>> contains(one, other, x), contains(other, one, x)
        (True, False)
    """
    loose = free_numbers(tree)
    if _reach(loose, other, x) is not None:
        return True
    start = free_exponents(loose)
    if len(Program(start).free) == len(Program(loose).free):
        return False
    made = _reach(start, other, x)
    return made is not None and all(
        abs(new - old) <= NEAR_EXPONENT * max(abs(old), 1.0)
        for new, old in zip(_exponents(made), _exponents(start), strict=True)
    )


def _reach(tree: Expression, other: Expression, x: Array) -> Expression | None:
    """The tree with the free numbers for which it has the values of another; None if none has."""
    rows = x[:: max(1, len(x) // ROWS)]
    target = Program(other).values(rows)
    if not np.isfinite(target).all():
        return None
    limit = (IDENTICAL * float(target.std())) ** 2
    made = refit(tree, rows, target, steps=STEPS, goal=limit / 4)
    return made.tree if made.mse <= limit else None


def free_exponents(tree: Expression) -> Expression:
    """The tree with its exponents free, except that of a quotient."""
    parts = [free_exponents(part) for part in tree.parts]
    if isinstance(tree, Power) and isinstance(tree.exponent, Number) and tree.exponent.value != -1:
        return Power(parts[0], free(tree.exponent.value))
    return tree.rebuild(parts) if parts else tree


def _exponents(tree: Expression) -> list[float]:
    nodes = (n.exponent for n in tree.walk() if isinstance(n, Power))
    return [n.value for n in nodes if isinstance(n, Number)]


def dimension(tree: Expression, x: Array) -> int:
    """The number of independent free numbers of a formula, if all are set free.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> x = np.linspace(0.1, 3, 50)[:, None]
        >>> dimension(parse_formula("(2*x0 + 3)/(4*x0 + 5)")[0], x)
        3
    """
    program = Program(free_numbers(tree))
    if not program.free:
        return 0
    _, jacobian = program.values_and_jacobian(x[:: max(1, len(x) // ROWS)])
    found = decompose(jacobian)
    if found is None:
        return len(program.free)
    return int((found.values > DEPENDENT * found.values[0]).sum())


def is_one_class(tree: Expression, other: Expression, x: Array) -> bool:
    """Whether two trees are the same function for some choice of the numbers of each.

    They are if their structure agrees, or if one can take the values of the other and has no more
    independent numbers.
    """
    if form_of(tree, "exponents") == form_of(other, "exponents"):
        return True
    if dimension(tree, x) != dimension(other, x):
        return False
    return contains(tree, other, x) or contains(other, tree, x)
