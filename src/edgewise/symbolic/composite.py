"""Expressions of one variable as functions that an edge may be: x³ + 2 x, exp(-x) sin(3 x), …

The numbers inside of the expression stay numbers: a network refits and snaps them as it does the
other constants of its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from edgewise.formula.continued import TINY
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
)
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, POWERS

X = Input(0)
BY_EXPONENT = {f.power[0] / f.power[1]: f for f in POWERS if f.power is not None}
"""Powers that the library has, by their exponents."""
POWER_BITS = 6.0
"""Bits of a power that the library hasn't."""
DIGITS = 6
"""Digits of numbers in a function's name."""


def make_function(tree: Expression) -> Function:
    """The expression as a function of x0, its only input.

    Outside of the domains of the functions in it, it is continued as they are.

    Example:
        >>> from edgewise.symbolic.composite import make_function
        >>> from edgewise.formula.expression import Input, add, multiply, number, power
        >>> x = Input(0)
        >>> make_function(add(power(x, 3), multiply(number(2), x))).name
        'x**3 + 2*x'

    Raises:
        ValueError: if it has another input, or none.
    """
    if tree.inputs != {0}:
        raise ValueError(
            f"expected an expression of x0 alone, got one of {sorted(tree.inputs)}: {tree!r:.80}"
        )
    return Function(
        to_text(tree),
        _Values(tree),
        _Sympy(tree),
        bits_of(tree),
        tree=tree,
        within=_Within(tree),
    )


def with_values(function: Function, values: Sequence[float], epsilon: float) -> Function:
    """The function with other numbers inside; those that are known exactly stay so if they are
    the same up to rounding, `epsilon`."""
    tree = function.tree
    if tree is None:
        return function
    numbers = [_move(n, v, epsilon) for n, v in zip(function.numbers, values, strict=True)]
    if all(a is b for a, b in zip(numbers, function.numbers, strict=True)):
        return function
    return with_numbers(function, numbers)


def with_numbers(function: Function, numbers: Sequence[Number]) -> Function:
    """The function with these numbers inside."""
    tree = function.tree
    if tree is None:
        return function
    made = make_function(tree.with_numbers(numbers))
    return replace(function, name=made.name, torch=made.torch, sympy=made.sympy, tree=made.tree,
                   within=made.within, complexity=made.complexity)  # fmt: skip


def _move(number: Number, value: float, epsilon: float) -> Number:
    if abs(value - number.value) <= (0 if number.exact is None else 4 * epsilon * abs(value)):
        return number
    return Number(value)


def split_constant(function: Function) -> tuple[float, Function]:
    """The number that an expression adds, which the bias of a node makes up for, and the rest."""
    if not isinstance(function.tree, Sum):
        return 0.0, function
    numbers = [t for t in function.tree.terms if isinstance(t, Number)]
    if not numbers:
        return 0.0, function
    rest = [t for t in function.tree.terms if not isinstance(t, Number)]
    return sum(n.value for n in numbers), make_function(add(*rest))


def count_constants(tree: Expression) -> int:
    """How many numbers of an expression are there for the fit: all but exponents and signs."""
    if isinstance(tree, Number):
        return int(tree.exact is None or abs(tree.value) != 1)
    if isinstance(tree, Power) and _exact_value(tree.exponent) is not None:
        return count_constants(tree.base)
    return sum(map(count_constants, tree.parts))


def bits_of(tree: Expression) -> float:
    """What the choice of the expression costs, without its inexact numbers."""
    if isinstance(tree, Number):
        return 0.0 if tree.exact is None else tree.exact.bits
    if isinstance(tree, Input):
        return 1.0
    exponent = _exact_value(tree.exponent) if isinstance(tree, Power) else None
    if isinstance(tree, Power) and exponent is not None:
        known = BY_EXPONENT.get(exponent)
        return (POWER_BITS if known is None else known.complexity) + bits_of(tree.base) - 1
    own = tree.function.complexity if isinstance(tree, Apply) else len(tree.parts) - 1.0
    own = POWER_BITS if isinstance(tree, Power) else own
    return own + sum(map(bits_of, tree.parts))


def _exact_value(node: Expression) -> float | None:
    """The value of an exact number; None for all other nodes."""
    return node.value if isinstance(node, Number) and node.exact is not None else None


# Values.


@dataclass(frozen=True)
class _Values:
    """The expression on tensors."""

    tree: Expression

    def __call__(self, u: Tensor, *numbers: Tensor) -> Tensor:
        rest: Iterator[Any] = iter(numbers or [n.value for n in self.tree.numbers()])
        value = _evaluate(self.tree, u, rest, None)
        return value if isinstance(value, Tensor) else torch.full_like(u, value)


@dataclass(frozen=True)
class _Within:
    """Where every function in the expression is defined."""

    tree: Expression

    def __call__(self, u: Tensor, slack: float = 0.0) -> Tensor:
        inside = torch.ones_like(u, dtype=torch.bool)

        def check(node: Expression, argument: Any) -> None:
            nonlocal inside
            argument = torch.as_tensor(argument, dtype=u.dtype, device=u.device)
            inside = inside & _is_defined(node, argument, slack)

        rest: Iterator[Any] = iter([n.value for n in self.tree.numbers()])
        value = _evaluate(self.tree, u, rest, check)
        return inside & torch.as_tensor(value).isfinite()


Check = Callable[[Expression, Any], None]


def _evaluate(node: Expression, u: Tensor, numbers: Iterator[Any], check: Check | None) -> Any:
    """Parts from left to right, as :meth:`Expression.numbers` has them."""
    if isinstance(node, Number):
        return next(numbers)
    if isinstance(node, Input):
        return u
    parts = [_evaluate(p, u, numbers, check) for p in node.parts]
    if check is not None and isinstance(node, Apply | Power):
        check(node, parts[0])
    if isinstance(node, Sum):
        return _bound(sum(parts[1:], parts[0]))
    if isinstance(node, Product):
        product = parts[0]
        for part in parts[1:]:
            product = _bound(product * part)
        return product
    if isinstance(node, Power):
        return _raise(_as_tensor(parts[0], u), parts[1], node.exponent)
    return node.function(_as_tensor(parts[0], u))  # type: ignore[attr-defined]


def _as_tensor(value: Any, u: Tensor) -> Tensor:
    return value if isinstance(value, Tensor) else torch.full_like(u, value)


def _bound(value: Any) -> Any:
    """A number whose product with another of this kind is finite too."""
    if not isinstance(value, Tensor):
        return value
    most = torch.finfo(value.dtype).max ** 0.45
    return value.clamp(-most, most)


def _raise(base: Tensor, exponent: Any, node: Expression) -> Tensor:
    """base ** exponent, continued where it isn't defined, as the library does it."""
    if isinstance(node, Number) and node.exact is not None:
        if node.value in BY_EXPONENT:
            return BY_EXPONENT[node.value](base)
        if node.value == int(node.value):
            n = int(node.value)
            most = float(torch.finfo(base.dtype).max ** (0.4 / abs(n)))
            base = base.clamp(-most, most)
            least = torch.where(base < 0, -1 / most, 1 / most)
            return (base if n > 0 else torch.where(base.abs() < 1 / most, least, base)) ** n
    return LIBRARY["exp"](exponent * LIBRARY["log"](base))


def _is_defined(node: Expression, argument: Tensor, slack: float) -> Tensor:
    if isinstance(node, Apply):
        return node.function.is_defined(argument, slack)
    exponent = _exact_value(node.parts[1])
    if exponent is not None and exponent in BY_EXPONENT:
        return BY_EXPONENT[exponent].is_defined(argument, slack)
    if exponent is not None and exponent.is_integer():
        return (argument.abs() > TINY) | (exponent > 0)
    return argument >= TINY - slack


# Texts and sympy.


@dataclass(frozen=True)
class _Sympy:
    """The expression of a sympy expression."""

    tree: Expression

    def __call__(self, z: Any) -> Any:
        return _to_sympy(self.tree, z)


def _to_sympy(node: Expression, z: Any) -> Any:
    import sympy

    if isinstance(node, Number):
        return sympy.Float(node.value, 15) if node.exact is None else node.exact.sympy()
    if isinstance(node, Input):
        return z
    parts = [_to_sympy(p, z) for p in node.parts]
    if isinstance(node, Sum):
        return sympy.Add(*parts)
    if isinstance(node, Product):
        return sympy.Mul(*parts)
    if isinstance(node, Power):
        return parts[0] ** parts[1]
    return node.function.sympy(parts[0])  # type: ignore[attr-defined]


def to_text(node: Expression, level: int = 0) -> str:
    """The expression as plots call it; level 1 in a product, 2 as a power's base or exponent."""
    if isinstance(node, Number):
        text = str(node.exact) if node.exact is not None else f"{node.value:.{DIGITS}g}"
        text = text.replace("/1*", "*").removesuffix("*1")
        own = 2 if text.replace(".", "").isdigit() else 0 if text.startswith("-") else 1
    elif isinstance(node, Input):
        text, own = "x", 2
    elif isinstance(node, Sum):
        text, own = " + ".join(to_text(t) for t in node.terms).replace("+ -", "- "), 0
    elif isinstance(node, Product):
        text, own = _product_text(node.factors), 1
    elif isinstance(node, Power):
        text, own = f"{to_text(node.base, 2)}**{to_text(node.exponent, 2)}", 1
    else:
        name, argument = node.function.name, node.parts[0]  # type: ignore[attr-defined]
        text, own = f"{name}({to_text(argument)})", 2
    return f"({text})" if own < level else text


def _product_text(factors: Sequence[Expression]) -> str:
    first, *rest = factors
    if isinstance(first, Number) and first.value < 0:
        opposite = replace(
            first,
            value=-first.value,
            exact=None
            if first.exact is None
            else replace(first.exact, numerator=-first.exact.numerator),
        )
        unit = opposite.exact is not None and opposite.value == 1
        return "-" + (_product_text(rest) if unit else _product_text([opposite, *rest]))
    return "*".join(to_text(f, 1) for f in factors)
