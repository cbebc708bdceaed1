"""A grammar of formulas as people write them, as draws of trees.

It knows nothing of values: whether a drawn tree makes sense on its ranges is judged in
:mod:`.formulas`.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from benchmarks.discovery.dice import Dice
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Sum,
    add,
    apply,
    exact,
    factors_of,
    free,
    multiply,
    power,
    split_number,
)
from edgewise.formula.library import LIBRARY

FUNCTIONS = {
    "exp": 22,
    "log": 15,
    "sin": 18,
    "cos": 14,
    "sqrt": 14,
    "tanh": 7,
    "arctan": 5,
    "arcsin": 1,
    "arccos": 1,
    "sinh": 1,
    "cosh": 2,
}
"""How often each function is drawn."""

EXPONENTS = {(2, 1): 40, (3, 1): 16, (4, 1): 4, (1, 2): 14, (-1, 1): 10, (-2, 1): 8, (3, 2): 5}
FREE_EXPONENT = 0.06
"""How often each exponent is drawn, and one of three digits."""

POINTLESS = {
    ("exp", "log"),
    ("log", "exp"),
    ("sin", "arcsin"),
    ("cos", "arccos"),
    ("tanh", "tanh"),
    ("arctan", "arctan"),
    ("exp", "exp"),
    ("sinh", "sinh"),
    ("cosh", "cosh"),
    ("exp", "sinh"),
    ("exp", "cosh"),
    ("arcsin", "sin"),
    ("arccos", "cos"),
}
"""Functions that nobody writes directly around one another."""

MOST_NESTED = 2
"""Functions inside one another."""


def is_plain(tree: Expression) -> bool:
    """Whether it has no part that a person would have written more shortly.

    Those are functions that undo one another, powers of exp, and multiples of a sum in a sum.
    """
    return not any(_is_clumsy(node) for node in tree.walk())


def _is_clumsy(node: Expression) -> bool:
    if isinstance(node, Apply):
        inner = split_number(node.argument)[1]
        if isinstance(inner, Power) and isinstance(inner.exponent, Number):
            inner = inner.base
        return isinstance(inner, Apply) and (node.function.name, inner.function.name) in POINTLESS
    if isinstance(node, Power):
        return any(isinstance(f, Apply) and f.function.name == "exp" for f in factors_of(node.base))
    if isinstance(node, Sum):
        return any(isinstance(split_number(term)[1], Sum) for term in node.terms)
    return False


class Grammar:
    """Draws trees over some inputs.

    Args:
        dice: the draws.
        inputs: how many there are; those that aren't used yet come first.
    """

    def __init__(self, dice: Dice, inputs: int) -> None:
        self.dice = dice
        self.inputs = inputs
        self.unused = dice.shuffle(range(inputs))
        self.kinds: dict[str, Callable[[int, int], Expression]] = {
            "sum": self.sum,
            "product": self.product,
            "quotient": self.quotient,
            "power": self.power,
            "function": self.function,
        }

    def tree(self, size: int, nested: int = 0) -> Expression:
        """A tree of about so many nodes, inside of so many functions."""
        if size <= 1:
            return self.leaf()
        if size == 2:
            return self.function(size, nested)
        weights = {"sum": 34.0, "product": 28.0, "quotient": 14.0, "power": 10.0, "function": 14.0}
        return self.kinds[self.dice.weigh(weights)](size, nested)

    def leaf(self) -> Expression:
        """An input."""
        if self.unused:
            return Input(self.unused.pop())
        return Input(self.dice.whole(0, self.inputs - 1))

    def constant(self) -> Number:
        """A small whole number, a half, π, or one of three digits; half of them not round."""
        kind = self.dice.weigh({"whole": 38, "half": 8, "pi": 6, "free": 48})
        if kind == "whole":
            return exact(self.dice.weigh({2: 40, 3: 22, 4: 12, 5: 10, 6: 4, 8: 3, 10: 3}))
        if kind == "half":
            return exact(self.dice.choose([1, 3, 5]), 2)
        if kind == "pi":
            return exact(self.dice.choose([1, 1, 2]), 1, "pi")
        return self.digits(0.1, 5.0)

    def digits(self, low: float, high: float) -> Number:
        """A number of three digits."""
        return free(float(f"{self.dice.uniform(low, high):.3g}"))

    def signed(self, value: Expression) -> Expression:
        """The expression, or a third of the time its negative."""
        return multiply(exact(-1), value) if self.dice.chance(1 / 3) else value

    def sum(self, size: int, nested: int) -> Expression:
        """Two or three terms, some with a factor, sometimes a number as the last."""
        left = size - 1
        if self.dice.chance(0.3):
            first = self.tree(left - 1, nested)
            one = exact(1) if self.dice.chance(0.5) else self.constant()
            return add(self.signed(first), self.signed(one) if self.dice.chance(0.5) else one)
        count = 3 if left >= 6 and self.dice.chance(0.4) else 2
        terms = [self.term(part, nested) for part in self.parts(left, count)]
        return add(terms[0], *(self.signed(t) for t in terms[1:]))

    def term(self, size: int, nested: int) -> Expression:
        """A tree, with a factor a third of the time."""
        if size >= 3 and self.dice.chance(0.35):
            return multiply(self.constant(), self.tree(size - 2, nested))
        return self.tree(size, nested)

    def product(self, size: int, nested: int) -> Expression:
        """Two or three factors, or a number and one."""
        left = size - 1
        if self.dice.chance(0.25):
            return multiply(self.constant(), self.tree(left - 1, nested))
        count = 3 if left >= 5 and self.dice.chance(0.3) else 2
        return multiply(*(self.tree(part, nested) for part in self.parts(left, count)))

    def quotient(self, size: int, nested: int) -> Expression:
        """A numerator over an input, or over a sum with a one in it."""
        if size >= 6 and self.dice.chance(0.5):
            over, under = self.parts(size - 4, 2)
            below = self.tree(under, nested)
            if self.dice.chance(0.4):
                below = power(below, exact(2))
            one = exact(1) if self.dice.chance(0.6) else self.constant()
            top = exact(1) if over == 1 and self.dice.chance(0.3) else self.tree(over, nested)
            return multiply(top, power(add(below, one), exact(-1)))
        over, under = self.parts(size - 1, 2)
        return multiply(self.tree(over, nested), power(self.tree(under, nested), exact(-1)))

    def power(self, size: int, nested: int) -> Expression:
        """A power of an input or of a sum."""
        base = self.leaf() if size <= 3 else self.tree(size - 2, nested)
        if isinstance(base, Power):
            return base
        if self.dice.chance(FREE_EXPONENT):
            return power(base, self.digits(0.3, 3.0))
        return power(base, exact(*self.dice.weigh(EXPONENTS)))

    def function(self, size: int, nested: int) -> Expression:
        """A function of an input, of a multiple of it, or of something longer."""
        if nested >= MOST_NESTED:
            return self.sum(size, nested) if size > 2 else self.leaf()
        name = self.dice.weigh(FUNCTIONS)
        if size >= 4 and self.dice.chance(0.45):
            argument = multiply(self.constant(), self.tree(size - 3, nested + 1))
        else:
            argument = self.tree(size - 1, nested + 1)
        if name == "exp" and self.dice.chance(0.6):
            argument = multiply(exact(-1), argument)
        return apply(LIBRARY[name], argument)

    def parts(self, size: int, count: int) -> list[int]:
        """A size in so many parts, each at least 1."""
        cuts = sorted(self.dice.whole(0, max(0, size - count)) for _ in range(count - 1))
        ends = [0, *cuts, max(0, size - count)]
        return [1 + b - a for a, b in pairwise(ends)]
