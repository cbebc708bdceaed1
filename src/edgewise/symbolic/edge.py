"""`Edge` and `Bias` of a network of formulas, and their indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from edgewise.formula.affine import Affine, affine, core_of, name_of, number_of, read_affine
from edgewise.formula.constants import Constant
from edgewise.formula.expression import ONE, ZERO, Expression, Number
from edgewise.formula.function import Function

Value = Number | Constant | float
"""A number of a formula: floats are free, constants exact."""


class EdgeIndex(NamedTuple):
    """The index of an edge in a network: layer, input, output."""

    layer: int
    input: int
    output: int


class ConstantIndex(NamedTuple):
    """The index of a constant: the place of a number in an edge's formula.

    If `edge` is None, it is the bias of an output.
    """

    layer: int
    edge: int | None
    place: int


@dataclass(frozen=True, init=False)
class Edge:
    """An edge from input i to output o with a formula of x0, the value of node i.

    Args:
        formula: a formula of x0, or a function f for c · f(a x0 + b) + d.
        a, b, c, d: the numbers around it; for a function, a = 1, b = 0 and c = 1 are free by
            default.
        frozen: whether all its numbers are fixed.

    Attributes:
        tree: the formula.

    Raises:
        ValueError: if the formula has other inputs.
    """

    i: int
    o: int
    tree: Expression
    frozen: bool

    def __init__(
        self,
        i: int,
        o: int,
        formula: Expression | Function,
        a: Value | None = None,
        b: Value | None = None,
        c: Value | None = None,
        d: Value = ZERO,
        *,
        frozen: bool = False,
    ) -> None:
        usual: tuple[Value, Value, Value] = (ONE, ZERO, ONE)
        if isinstance(formula, Function):
            usual, formula = (1.0, 0.0, 1.0), core_of(formula)
        first, second, third = (
            u if n is None else n for n, u in zip((a, b, c), usual, strict=True)
        )
        if not formula.inputs <= {0}:
            raise ValueError(
                f"expected a formula of x0 alone on an edge, got one of {sorted(formula.inputs)}: "
                f"{formula!r:.80}"
            )
        object.__setattr__(self, "i", i)
        object.__setattr__(self, "o", o)
        object.__setattr__(self, "tree", affine(formula, first, second, third, d))
        object.__setattr__(self, "frozen", frozen)

    def __deepcopy__(self, memo: object) -> Edge:
        """The edge itself, because it is immutable."""
        return self

    @cached_property
    def parts(self) -> Affine:
        """The formula as c · core(a x0 + b) + d."""
        return read_affine(self.tree)

    @property
    def name(self) -> str:
        """The name of its function, or the formula as text if it isn't a single function."""
        return name_of(self.tree)

    @cached_property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of the formula."""
        return tuple(self.tree.numbers())

    @property
    def free_numbers(self) -> list[bool]:
        """Whether a refit changes each number."""
        return [n.exact is None and not self.frozen for n in self.numbers]

    def is_of_function(self, number: Number) -> bool:
        """Whether a number of the edge determines its function, as the exponent of a power does."""
        single = self.parts.function is not None
        return not self.tree.inputs or (
            single and any(number is n for n in self.parts.core.numbers())
        )

    def with_numbers(self, numbers: Sequence[Number]) -> Edge:
        """The edge with other numbers."""
        return Edge(self.i, self.o, self.tree.with_numbers(numbers), frozen=self.frozen)

    def with_tree(self, tree: Expression) -> Edge:
        """The edge with another formula."""
        return Edge(self.i, self.o, tree, frozen=self.frozen)

    def moved(self, i: int, o: int) -> Edge:
        """The same formula between other nodes."""
        return Edge(i, o, self.tree, frozen=self.frozen)


@dataclass(frozen=True)
class Bias:
    """The constant that a node adds; a refit doesn't change a frozen one."""

    number: Number
    frozen: bool = False

    @classmethod
    def of(cls, value: Bias | Value) -> Bias:
        """A bias from a number; a bias is returned unchanged."""
        return value if isinstance(value, Bias) else cls(number_of(value))

    @property
    def value(self) -> float:
        return self.number.value

    @property
    def is_free(self) -> bool:
        """Whether a refit changes it."""
        return self.number.exact is None and not self.frozen

    def plus(self, value: float) -> Bias:
        """The bias plus a value; the result isn't exact unless the value is 0."""
        return replace(self, number=Number(self.value + value)) if value else self


def read_number(number: Number, value: float, epsilon: float) -> Number:
    """The number with a new value; it stays exact only if the value agrees."""
    slack = 0.0 if number.exact is None else 4 * epsilon * abs(number.value)
    return number if abs(value - number.value) <= slack else Number(value)
