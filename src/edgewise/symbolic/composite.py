"""Expressions of one variable as functions that an edge may be: x³ + 2 x, exp(-x) sin(3 x), …

The numbers inside of the expression stay numbers: a network refits and snaps them as it does the
other constants of its edges.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from edgewise.formula.continued import TINY
from edgewise.formula.data import tree_bits
from edgewise.formula.expression import Expression, Number, Power, Sum, add
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY, POWERS
from edgewise.formula.printing.text import in_sympy, to_text
from edgewise.formula.program import Arithmetic, Program

BY_EXPONENT = {f.power[0] / f.power[1]: f for f in POWERS if f.power is not None}
"""Powers that the library has, by their exponents."""
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
    form = _Form(tree)
    return Function(
        to_text(tree, ["x"], DIGITS),
        _Call(form, "values"),
        _Call(form, "sympy"),
        tree_bits(tree, free=0.0),
        tree=tree,
        within=_Call(form, "is_defined"),
    )


def with_values(function: Function, values: Sequence[float], epsilon: float) -> Function:
    """The function with other numbers inside; those that are known exactly stay so if they are
    the same up to rounding, `epsilon`."""
    numbers = [_move(n, v, epsilon) for n, v in zip(function.numbers, values, strict=True)]
    if all(a is b for a, b in zip(numbers, function.numbers, strict=True)):
        return function
    return with_numbers(function, numbers)


def with_numbers(function: Function, numbers: Sequence[Number]) -> Function:
    """The function with these numbers inside."""
    return function if function.tree is None else make_function(function.tree.with_numbers(numbers))


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
    exponent = tree.exponent if isinstance(tree, Power) else None
    if isinstance(exponent, Number) and exponent.exact is not None:
        return count_constants(tree.parts[0])
    return sum(map(count_constants, tree.parts))


@dataclass(frozen=True)
class _Form:
    """What a function that is an expression can do."""

    tree: Expression

    @cached_property
    def _program(self) -> Program:
        return Program(self.tree)

    def _run(self, u: Tensor, numbers: Sequence[Any]) -> list[Any]:
        known = [
            n if isinstance(n, Tensor) else torch.tensor(n, dtype=u.dtype, device=u.device)
            for n in numbers or self._program.numbers
        ]
        return self._program.run(u[..., None], known, CONTINUED)

    def values(self, u: Tensor, *numbers: Tensor) -> Tensor:
        """The expression on tensors, with other numbers inside if they are given."""
        value: Tensor = self._run(u, numbers)[-1]
        return value.expand_as(u)

    def is_defined(self, u: Tensor, slack: float = 0.0) -> Tensor:
        """Where every function and power in the expression is defined."""
        values = self._run(u, ())
        inside = values[-1].isfinite().expand_as(u)
        for step in self._program.steps:
            if step.kind == "apply":
                inside = inside & step.payload.is_defined(values[step.parts[0]], slack)
            elif step.kind == "power":
                inside = inside & _has_power(values[step.parts[0]], step.payload, slack)
        return inside

    def sympy(self, z: Any) -> Any:
        """The expression of a sympy expression."""
        return in_sympy(self.tree, [z])


@dataclass(frozen=True)
class _Call:
    """A method of a form; unlike bound methods, those of equal forms are equal."""

    form: _Form
    method: str

    def __call__(self, *args: Any) -> Any:
        return getattr(self.form, self.method)(*args)


def _has_power(base: Tensor, exponent: float | None, slack: float) -> Tensor:
    """Where a power is defined; None for an exponent that isn't exact."""
    if exponent in BY_EXPONENT:
        return BY_EXPONENT[exponent].is_defined(base, slack)
    if exponent is not None and exponent.is_integer():
        return (base.abs() > TINY) | (exponent > 0)
    return base >= TINY - slack


class _Continued:
    """Arithmetic that stays finite: sums and products are bounded, functions and powers continued
    where they aren't defined."""

    def add(self, parts: Sequence[Tensor]) -> Tensor:
        return _bound(sum(parts[1:], parts[0]))

    def multiply(self, parts: Sequence[Tensor]) -> Tensor:
        product = parts[0]
        for part in parts[1:]:
            product = _bound(product * part)
        return product

    def power(self, base: Tensor, exponent: Tensor, known: float | None) -> Tensor:
        if known in BY_EXPONENT:
            return BY_EXPONENT[known](base)
        if known is not None and known.is_integer():
            most = float(torch.finfo(base.dtype).max ** (0.4 / abs(known)))
            base = base.clamp(-most, most)
            least = torch.where(base < 0, -1 / most, 1 / most)
            return (base if known > 0 else torch.where(base.abs() < 1 / most, least, base)) ** known
        return LIBRARY["exp"](exponent * LIBRARY["log"](base))

    def apply(self, function: Function, argument: Tensor) -> Tensor:
        return function(argument)


CONTINUED: Arithmetic = _Continued()


def _bound(value: Tensor) -> Tensor:
    """A number whose product with another of this kind is finite too."""
    most = torch.finfo(value.dtype).max ** 0.45
    return value.clamp(-most, most)
