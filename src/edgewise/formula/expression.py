"""`Expression`: a formula as an immutable tree.

A tree has six kinds of nodes: numbers, inputs, sums, products, powers and functions of the library.
The helpers :func:`add`, :func:`multiply`, :func:`power` and
:func:`apply` make nodes in one normal form (nested sums are flattened, numbers are folded, equal
terms are collected), so that equal formulas are usually equal objects.

Evaluation lives in :mod:`.program`, printing in :mod:`.printing`, reading from files in
:mod:`.files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeGuard

import numpy as np

from edgewise._arrays import Array
from edgewise.formula.constants import Constant
from edgewise.formula.function import Function
from edgewise.formula.library import NOTHING


class Expression:
    """A formula of inputs x_0, x_1, …; one of the six kinds of nodes below.

    Example:
        >>> import edgewise as ew
        >>> x = [[float(k)] for k in range(30)]
        >>> ew.discover(x, [2 * row[0] + 1 for row in x], progress=False).winner.tree
        (2.0*x0 + 1.0)
    """

    @property
    def parts(self) -> tuple[Expression, ...]:
        """The nodes directly below."""
        return ()

    @cached_property
    def key(self) -> str:
        """A text that is the same for equal trees, with all digits of numbers."""
        raise NotImplementedError

    @cached_property
    def full_key(self) -> tuple[str, tuple[bool, ...]]:
        """The key, and which of the numbers are exact."""
        return self.key, tuple(number.exact is not None for number in self.numbers())

    @cached_property
    def inputs(self) -> frozenset[int]:
        """The indices of the inputs that it depends on."""
        return frozenset().union(*(p.inputs for p in self.parts))

    @cached_property
    def size(self) -> int:
        """The number of nodes."""
        return 1 + sum(p.size for p in self.parts)

    def walk(self) -> Iterator[Expression]:
        """This node and all below it, parents first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    def rebuild(self, parts: Sequence[Expression]) -> Expression:
        """The same kind of node over other parts, in normal form."""
        return self

    def over(self, parts: Sequence[Expression]) -> Expression:
        """The same kind of node over other parts, without simplification."""
        return self

    def replace(self, change: Callable[[Expression], Expression | None]) -> Expression:
        """The tree with each node replaced by `change(node)` unless that is None, leaves first."""
        parts = [p.replace(change) for p in self.parts]
        same = all(a is b for a, b in zip(parts, self.parts, strict=True))
        node = self if same else self.rebuild(parts)
        return change(node) or node

    def substitute(self, values: Mapping[int, Expression]) -> Expression:
        """The tree with expressions in place of some inputs."""
        return self.replace(
            lambda node: values.get(node.index) if isinstance(node, Input) else None
        )

    def exchange(self, old: Expression, new: Expression) -> Expression:
        """The tree with each occurrence of a part replaced."""
        return self.replace(lambda node: new if node.key == old.key else None)

    def numbers(self) -> list[Number]:
        """Its numbers, in the order of :meth:`walk`."""
        return [node for node in self.walk() if isinstance(node, Number)]

    @property
    def free_count(self) -> int:
        """The number of its free numbers, which a refit changes."""
        return sum(number.exact is None for number in self.numbers())

    def with_numbers(self, numbers: Sequence[Number]) -> Expression:
        """The tree with these in place of :meth:`numbers`."""
        return _renumber(self, iter(numbers))

    def with_free(self, values: Iterable[float]) -> Expression:
        """The tree with these values of its free numbers, without errors."""
        rest = iter(values)
        numbers = self.numbers()
        return self.with_numbers(
            [Number(float(next(rest))) if n.exact is None else n for n in numbers]
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Expression) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return self.key

    def to_config(self) -> Any:
        """The tree as JSON-able lists; functions by their names."""
        return [type(self).__name__.lower(), *(part.to_config() for part in self.parts)]


@dataclass(frozen=True, eq=False, repr=False)
class Number(Expression):
    """A constant.

    Attributes:
        value: its value in double precision.
        exact: its exact value, which a refit doesn't change; None for a free number.
        error: its standard error.
        alone: its standard error if the formula's other numbers were known. Strongly correlated
            numbers have a large `error` and a small `alone`; predictions need digits up to `alone`.
        each: its value in each group of rows, `value` that in the first; None if it has one value.
    """

    value: float
    exact: Constant | None = None
    error: float | None = None
    alone: float | None = None
    each: Array | None = field(default=None, kw_only=True)

    @property
    def values(self) -> Sequence[float] | Array:
        """The value in each group, or the one value that it has."""
        return (self.value,) if self.each is None else self.each

    @cached_property
    def key(self) -> str:
        return f"{self.value!r}"

    def to_config(self) -> Any:
        exact = None if self.exact is None else str(self.exact)
        more = [] if self.alone is None else [self.alone]
        return ["number", self.value, exact, self.error, *more]


@dataclass(frozen=True, eq=False, repr=False)
class Input(Expression):
    """x_index."""

    index: int

    @cached_property
    def key(self) -> str:
        return f"x{self.index}"

    @cached_property
    def inputs(self) -> frozenset[int]:
        return frozenset([self.index])

    def to_config(self) -> Any:
        return ["input", self.index]


@dataclass(frozen=True, eq=False, repr=False)
class Sum(Expression):
    """Σ terms; make it with :func:`add`."""

    terms: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.terms

    @cached_property
    def key(self) -> str:
        return "(" + " + ".join(t.key for t in self.terms) + ")"

    def rebuild(self, parts: Sequence[Expression]) -> Expression:
        return add(*parts)

    def over(self, parts: Sequence[Expression]) -> Expression:
        return Sum(tuple(parts))


@dataclass(frozen=True, eq=False, repr=False)
class Product(Expression):
    """Π factors; make it with :func:`multiply`."""

    factors: tuple[Expression, ...]

    @property
    def parts(self) -> tuple[Expression, ...]:
        return self.factors

    @cached_property
    def key(self) -> str:
        return "*".join(f.key for f in self.factors)

    def rebuild(self, parts: Sequence[Expression]) -> Expression:
        return multiply(*parts)

    def over(self, parts: Sequence[Expression]) -> Expression:
        return Product(tuple(parts))


@dataclass(frozen=True, eq=False, repr=False)
class Power(Expression):
    """base ** exponent; make it with :func:`power`."""

    base: Expression
    exponent: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.base, self.exponent)

    @cached_property
    def key(self) -> str:
        return f"({self.base.key})**({self.exponent.key})"

    def rebuild(self, parts: Sequence[Expression]) -> Expression:
        return power(parts[0], parts[1])

    def over(self, parts: Sequence[Expression]) -> Expression:
        return Power(parts[0], parts[1])


@dataclass(frozen=True, eq=False, repr=False)
class Apply(Expression):
    """function(argument) with a function of the library; make it with :func:`apply`."""

    function: Function
    argument: Expression

    @property
    def parts(self) -> tuple[Expression, ...]:
        return (self.argument,)

    @cached_property
    def key(self) -> str:
        return f"{self.function.name}({self.argument.key})"

    def rebuild(self, parts: Sequence[Expression]) -> Expression:
        return apply(self.function, *parts)

    def over(self, parts: Sequence[Expression]) -> Expression:
        return Apply(self.function, *parts)

    def to_config(self) -> Any:
        return ["apply", self.function.name, self.argument.to_config()]


def _renumber(node: Expression, numbers: Iterator[Number]) -> Expression:
    """Replace the numbers in the order of `walk`, without simplification."""
    if isinstance(node, Number):
        return next(numbers)
    return node.over([_renumber(part, numbers) for part in node.parts])


def exact(numerator: int, denominator: int = 1, unit: str = "1") -> Number:
    """An exact number: a fraction of 1, π, e, …"""
    constant = Constant(numerator, denominator, unit)
    return Number(constant.value, constant)


ZERO, ONE, MINUS_ONE = exact(0), exact(1), exact(-1)


def number(value: float | Number) -> Number:
    """A free number; integers up to 12 become exact."""
    if isinstance(value, Number):
        return value
    value = float(value)
    if value == round(value) and abs(value) <= 12:
        return exact(int(value))
    return Number(value)


def free(value: float) -> Number:
    """A free number, which a refit changes."""
    return Number(float(value))


def free_each(values: Array) -> Number:
    """A free number with a value in each group of rows; an ordinary one if there is one group."""
    return Number(float(values[0]), each=values if len(values) > 1 else None)


def set_free(number: Number) -> Number:
    """The number as a free one, without errors."""
    return Number(float(number.value), each=number.each)


def _fold(values: Sequence[Number], product: bool) -> Number:
    """The sum or product of numbers; exact if all are exact and the result is a constant."""
    result = values[0]
    for other in values[1:]:
        a, b = result.exact, other.exact
        value = result.value * other.value if product else result.value + other.value
        combine = Constant.multiply if product else Constant.add
        both = None if a is None or b is None else combine(a, b)
        each = _fold_each(result, other, product)
        result = Number(value, each=each) if both is None else Number(both.value, both)
    return result


def _fold_each(a: Number, b: Number, product: bool) -> Array | None:
    """The sum or product of two numbers in each group; None if both have one value."""
    if a.each is None and b.each is None:
        return None
    return np.multiply(a.values, b.values) if product else np.add(a.values, b.values)


def add(*terms: Expression) -> Expression:
    """Σ terms in normal form: flat, numbers folded and last, equal terms collected."""
    numbers: list[Number] = []
    alike: dict[str, tuple[list[Number], Expression]] = {}
    for term in _flat(terms, Sum):
        if isinstance(term, Number):
            numbers.append(term)
            continue
        factor, rest = split_number(term)
        alike.setdefault(rest.key, ([], rest))[0].append(factor)
    made = [multiply(_fold(factors, False), rest) for factors, rest in alike.values()]
    made = sorted((t for t in made if not _is_number(t, 0)), key=_order)
    if numbers:
        constant = _fold(numbers, False)
        if constant.value != 0 or not made:
            made.append(constant)
    if not made:
        return ZERO
    return made[0] if len(made) == 1 else Sum(tuple(made))


def multiply(*factors: Expression) -> Expression:
    """Π factors in normal form: flat, the number first, powers of equal bases collected."""
    numbers: list[Number] = []
    alike: dict[str, tuple[list[Expression], Expression]] = {}
    for factor in _flat(factors, Product):
        if isinstance(factor, Number):
            numbers.append(factor)
            continue
        base, exponent = factor, ONE
        if isinstance(factor, Power) and isinstance(factor.exponent, Number):
            base, exponent = factor.base, factor.exponent
        alike.setdefault(base.key, ([], base))[0].append(exponent)
    constant = _fold(numbers, True) if numbers else ONE
    if constant.value == 0:
        return ZERO
    made = []
    for exponents, base in alike.values():
        part = power(base, add(*exponents)) if len(exponents) > 1 else power(base, exponents[0])
        if isinstance(part, Number):
            constant = _fold([constant, part], True)
        else:
            made.append(part)
    made = [f for part in made for f in _flat((part,), Product)]
    made.sort(key=_order)
    if not made:
        return constant
    if constant.exact is not None and constant.value == 1:
        return made[0] if len(made) == 1 else Product(tuple(made))
    return Product((constant, *made))


def power(base: Expression, exponent: Expression | float) -> Expression:
    """base ** exponent in normal form."""
    exponent = exponent if isinstance(exponent, Expression) else number(exponent)
    if _is_number(exponent, 0):
        return ONE
    if _is_number(exponent, 1):
        return base
    whole = is_whole(exponent)
    if isinstance(base, Power) and isinstance(base.exponent, Number) and whole:
        return power(base.base, _fold([base.exponent, exponent], True))  # type: ignore[list-item]
    if isinstance(base, Number) and isinstance(exponent, Number):
        if whole and base.exact is not None and base.value != 0:
            raised = base.exact.raise_to(int(exponent.value))
            if raised is not None:
                return Number(raised.value, raised)
        if base.value > 0 or (whole and base.value != 0):
            with suppress(OverflowError):
                return Number(base.value**exponent.value)
    if isinstance(base, Product) and whole:
        return multiply(*(power(f, exponent) for f in base.factors))
    return Power(base, exponent)


def apply(function: Function, argument: Expression) -> Expression:
    """function(argument) in normal form; functions such as sqrt become powers."""
    if function.power is not None:
        return power(argument, exact(*function.power))
    if function is NOTHING:
        return ZERO
    return Apply(function, argument)


def split_number(term: Expression) -> tuple[Number, Expression]:
    """A term as its numeric factor and the rest, which is 1 for a number."""
    if isinstance(term, Number):
        return term, ONE
    if isinstance(term, Product) and isinstance(term.factors[0], Number):
        rest = term.factors[1:]
        return term.factors[0], rest[0] if len(rest) == 1 else Product(rest)
    return ONE, term


def terms_of(expression: Expression) -> tuple[Expression, ...]:
    """The terms of a sum; another expression is its own single term."""
    return expression.terms if isinstance(expression, Sum) else (expression,)


def factors_of(expression: Expression) -> tuple[Expression, ...]:
    """The factors of a product; another expression is its own single factor."""
    return expression.factors if isinstance(expression, Product) else (expression,)


def _flat(nodes: Sequence[Expression], kind: type[Sum] | type[Product]) -> Iterator[Expression]:
    for node in nodes:
        yield from _flat(node.parts, kind) if isinstance(node, kind) else (node,)


def _order(node: Expression) -> tuple[int, str]:
    return (node.size, node.key)


def _is_number(node: Expression, value: float) -> bool:
    return isinstance(node, Number) and node.exact is not None and node.value == value


def is_whole(node: Expression) -> TypeGuard[Number]:
    """Whether the node is an exact integer."""
    return isinstance(node, Number) and node.exact is not None and node.value == round(node.value)
