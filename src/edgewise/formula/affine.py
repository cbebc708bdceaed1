"""Formulas of one input read as c · f(a x + b) + d, and made of such parts."""

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
"""Digits of numbers in the name of a formula that is no single function."""


def number_of(value: Number | Constant | float) -> Number:
    """A free number of a float, an exact one of a constant, or the number itself."""
    if isinstance(value, Number):
        return value
    return Number(value.value, value) if isinstance(value, Constant) else Number(float(value))


@dataclass(frozen=True)
class Affine:
    """c · core(a x + b) + d, where the core is a formula of x0 without factor and constant."""

    core: Expression
    a: Number = ONE
    b: Number = ZERO
    c: Number = ONE
    d: Number = ZERO

    @property
    def function(self) -> Function | None:
        """The function of the library, or of a user, that the core is; None for other formulas."""
        return function_of(self.core)

    @property
    def values(self) -> tuple[float, float, float, float]:
        """a, b, c and d as plain numbers."""
        return self.a.value, self.b.value, self.c.value, self.d.value

    @property
    def is_single(self) -> bool:
        """Whether there is one function, of a line; also one that has no name, such as x^2.7."""
        return not isinstance(self.core, Sum | Product) and (
            isinstance(self.core, Input | Number)
            or any(isinstance(part, Input) for part in self.core.parts)
        )

    @property
    def tree(self) -> Expression:
        """The formula; exact zeros and ones are left out, and the numbers are c, a, b, d, if the
        core has none."""
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
    """c · f(a x + b) + d; plain numbers are free, constants exact.

    Example:
        >>> from edgewise.formula.library import LIBRARY
        >>> affine(LIBRARY["sin"], 2.5, 0.5, exact(1), exact(3))
        (sin((2.5*x0 + 0.5)) + 3.0)
    """
    core = core_of(function) if isinstance(function, Function) else function
    return Affine(core, *map(number_of, (a, b, c, d))).tree


def name_of(tree: Expression) -> str:
    """The name of the one function in c · f(a x + b) + d; of other formulas a text in x."""
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
    """The function f of which a formula is f(x0); None if it is more than that."""
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
    """The parts of a formula of x0.

    The core is a single function wherever the formula is c · f(a x + b) + d with one. Otherwise it
    is the formula without its constant and, if it is a product, its factor; a is 1 then, b 0.

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
    """The outermost function of a formula, of x0, and its argument."""
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
    """The number that a formula adds, and its other terms."""
    numbers = [t for t in terms_of(node) if isinstance(t, Number)]
    total = add(*numbers) if numbers else ZERO
    if not isinstance(total, Number):
        raise TypeError(f"expected numbers to add up to a number, got {total}")
    return total, [t for t in terms_of(node) if not isinstance(t, Number)]


def put_in(tree: Expression, argument: Expression) -> Expression:
    """The formula with `argument` for x0, all else as it is: nothing is simplified."""
    if isinstance(tree, Input):
        return argument
    return tree.over([put_in(part, argument) for part in tree.parts])
