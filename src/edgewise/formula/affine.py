"""Read and write formulas of one input in the form c · f(a x + b) + d."""

from __future__ import annotations

from dataclasses import dataclass

from edgewise.formula.constants import Constant
from edgewise.formula.continuation import BY_EXPONENT
from edgewise.formula.expression import (
    ONE,
    ZERO,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    split_number,
    terms_of,
)
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, NOTHING
from edgewise.formula.printing.text import to_text
from edgewise.formula.printing.writer import is_exactly

X = Input(0)
DIGITS = 6
"""Digits of numbers in the name of a formula that isn't a single function."""


def number_of(value: Number | Constant | float) -> Number:
    """A float as a free number, a constant as an exact one; a number is returned unchanged."""
    if isinstance(value, Number):
        return value
    return Number(value.value, value) if isinstance(value, Constant) else Number(float(value))


@dataclass(frozen=True)
class Affine:
    """c · core(a x + b) + d, where core is a formula of x0 without a factor and a constant."""

    core: Expression
    a: Number = ONE
    b: Number = ZERO
    c: Number = ONE
    d: Number = ZERO

    @property
    def function(self) -> Function | None:
        """The function that the core is; None if it is another formula."""
        return function_of(self.core)

    @property
    def values(self) -> tuple[float, float, float, float]:
        """a, b, c and d as plain numbers."""
        return self.a.value, self.b.value, self.c.value, self.d.value

    @property
    def is_single(self) -> bool:
        """Whether the core is one function, possibly without a name, such as x^2.7."""
        return not isinstance(self.core, Sum | Product) and (
            isinstance(self.core, Input | Number)
            or any(isinstance(part, Input) for part in self.core.parts)
        )

    @property
    def tree(self) -> Expression:
        """The formula, without exact zeros and ones.

        Its numbers are in the order c, a, b, d, if the core has none.
        """
        argument: Expression = X
        if not is_exactly(self.a, 1):
            argument = Product((self.a, argument))
        if not is_exactly(self.b, 0):
            argument = Sum((argument, self.b))
        tree = self.core if argument is X else put_in(self.core, argument)
        if is_exactly(self.c, 0) or is_exactly(tree, 0):
            tree = ZERO
        elif not is_exactly(self.c, 1):
            tree = Product((self.c, tree))
        return tree if is_exactly(self.d, 0) else Sum((*terms_of(tree), self.d))


def affine(
    function: Function | Expression,
    a: Number | Constant | float = 1.0,
    b: Number | Constant | float = 0.0,
    c: Number | Constant | float = 1.0,
    d: Number | Constant | float = ZERO,
) -> Expression:
    """The formula c · f(a x + b) + d; floats become free numbers, constants exact ones.

    Example:
        >>> from edgewise.formula.library import LIBRARY
        >>> affine(LIBRARY["sin"], 2.5, 0.5, exact(1), exact(3))
        (sin((2.5*x0 + 0.5)) + 3.0)
    """
    core = core_of(function) if isinstance(function, Function) else function
    return Affine(core, *map(number_of, (a, b, c, d))).tree


def name_of(tree: Expression) -> str:
    """The name of f in c · f(a x + b) + d; for other formulas a text in x."""
    function = read_affine(tree).function
    return to_text(tree, ["x"], DIGITS) if function is None else function.name


def core_of(function: Function) -> Expression:
    """f(x0)."""
    if function is NOTHING:
        return ZERO
    if function is LIBRARY.identity:
        return X
    return Apply(function, X) if function.power is None else Power(X, exact(*function.power))


def function_of(core: Expression) -> Function | None:
    """The function f if the formula is f(x0), else None."""
    if isinstance(core, Input):
        return LIBRARY.identity
    if is_exactly(core, 0):
        return NOTHING
    if isinstance(core, Apply) and isinstance(core.argument, Input):
        return core.function
    if isinstance(core, Power) and isinstance(core.base, Input):
        exponent = core.exponent
        if isinstance(exponent, Number) and exponent.exact is not None:
            return BY_EXPONENT.get(exponent.value)
    return None


def read_affine(tree: Expression) -> Affine:
    """Split a formula of x0 into c · core(a x + b) + d.

    The core is a single function if possible. Otherwise it is the formula without its constant and
    its numeric factor, with a = 1 and b = 0.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> found = read_affine(parse_formula("3*sin(2.5*x0) + 1")[0])
        >>> found.function.name, found.a, found.b, found.c, found.d
        ('sin', 2.5, 0.0, 3.0, 1.0)
    """
    d, terms = split_constant(tree)
    if not terms:
        return Affine(ZERO, d=d)
    if len(terms) > 1:
        return Affine(Sum(tuple(terms)), d=d)
    c, rest = split_number(terms[0])
    core, argument = _open(rest)
    line = _read_line(argument)
    return Affine(rest, c=c, d=d) if line is None else Affine(core, *line, c=c, d=d)


def _open(node: Expression) -> tuple[Expression, Expression]:
    """The outermost function of a formula, as a formula of x0, and its argument."""
    if isinstance(node, Apply):
        return Apply(node.function, X), node.argument
    if isinstance(node, Power) and not node.exponent.inputs:
        return Power(X, node.exponent), node.base
    if isinstance(node, Power) and not node.base.inputs:
        return Power(node.base, X), node.exponent
    return X, node


def _read_line(node: Expression) -> tuple[Number, Number] | None:
    """a and b of a x0 + b; None for other formulas."""
    b, terms = split_constant(node)
    if len(terms) != 1:
        return None
    a, rest = split_number(terms[0])
    return (a, b) if isinstance(rest, Input) else None


def split_constant(node: Expression) -> tuple[Number, list[Expression]]:
    """The constant of a sum, and its other terms."""
    numbers = [t for t in terms_of(node) if isinstance(t, Number)]
    total = add(*numbers) if numbers else ZERO
    if not isinstance(total, Number):
        raise TypeError(f"expected the sum of numbers to be a number, got {total}")
    return total, [t for t in terms_of(node) if not isinstance(t, Number)]


def put_in(tree: Expression, argument: Expression) -> Expression:
    """The formula with `argument` in place of x0, without simplification."""
    if isinstance(tree, Input):
        return argument
    return tree.over([put_in(part, argument) for part in tree.parts])
