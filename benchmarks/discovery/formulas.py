"""Random formulas that make sense, the same for a seed on every machine.

What is drawn. A size is drawn first, mostly from 4 to 15 nodes (one variable: to 13; at least two
more nodes than variables), and then a tree by the grammar of :mod:`.grammar`: sums (34 %), products
(28 %), quotients (14 %), powers (10 %) and functions (14 %; exp, sin, log, cos, √, tanh, arctan,
rarely arcsin, arccos, sinh, cosh), functions at most two deep. Of the constants half are round (2
to 10, halves, π, 2π), half have three digits (0.1 to 5); exponents are 2, 3, 4, 1/2, −1, −2, 3/2
and, one time in sixteen, a number of three digits. Then a range for each variable.

A draw is thrown away, and the next one taken, unless on its ranges (500 rows and all corners): it
is finite; no value is above 1,000, no denominator changes its sign or comes nearer to zero than 2 %
of its largest value, and no value is further than 12 standard deviations from the mean, the mean
within 30 of them and the spread at least 0.01; a shuffled variable changes at least 1 % of the
variance, each of them; no part of it may be replaced by its mean (less than 0.01 % of the variance
would change); no function in it is almost a line on the values that it meets; a formula of one
variable isn't a line. Trees are in the normal form of :func:`edgewise.formula.expression.add` and
its companions, so trivially superfluous parts (x − x, 2·3·x) don't occur, nor what one writes more
shortly (1/exp, log of exp).

Difficulty. weight = nodes + 2 × constants of three digits + 2 × (deepest nesting of functions − 1,
if positive). Difficulty 1 is a weight up to 7, 2 up to 11, 3 up to 16, and 4 above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.dice import Dice
from benchmarks.discovery.grammar import Grammar, is_plain
from edgewise.formula.expression import Apply, Expression, Number, Power, free
from edgewise.formula.program import Program

Array = NDArray[np.float64]

RANGES = {
    (1.0, 5.0): 24,
    (0.5, 4.0): 14,
    (1.0, 3.0): 12,
    (0.1, 2.0): 12,
    (-1.0, 1.0): 12,
    (-2.0, 2.0): 14,
    (-3.0, 3.0): 12,
}
"""How often each range is drawn."""

INPUTS = {2: 40, 3: 30, 4: 18, 5: 12}
"""How many inputs there are, where nobody says."""

LIMITS = (7, 11, 16)
CHECKED = 500
"""Rows on which a draw is judged."""


@dataclass(frozen=True, eq=False)
class RandomFormula:
    """A formula with a range for each variable.

    Attributes:
        tree: the formula.
        ranges: each variable is uniform in its range.
        difficulty: from 1 to 4, as the file's docstring defines it.
    """

    seed: int
    tree: Expression
    ranges: tuple[tuple[float, float], ...]
    difficulty: int

    @property
    def inputs(self) -> int:
        return len(self.ranges)

    def points(self, rows: int, seed: int) -> Array:
        """Rows of inputs; (rows, inputs)"""
        low, high = np.array(self.ranges).T
        return low + (high - low) * Dice(self.seed, 1, seed).uniforms(rows, self.inputs)

    def corners(self) -> Array:
        """The corners of the box of the ranges; (2^inputs, inputs)"""
        return np.array(list(product(*self.ranges)))

    def sample(self, rows: int, seed: int = 0) -> tuple[Array, Array]:
        """Rows of inputs and the formula's values; (rows, inputs) and (rows,)"""
        x = self.points(rows, seed)
        return x, Program(self.tree).values(x)


def random_formula(seed: int, inputs: int | None = None) -> RandomFormula:
    """The formula of a seed, of so many variables; of two to five without a number.

    Raises:
        ValueError: if `inputs` isn't from 1 to 5.
    """
    if inputs is not None and not 1 <= inputs <= 5:
        raise ValueError(f"expected inputs from 1 to 5, or None, got {inputs}")
    dice = Dice(seed, 0, inputs or 0)
    count = inputs or dice.weigh(INPUTS)
    while True:
        tree = Grammar(dice, count).tree(_size(dice, count))
        ranges = tuple(dice.weigh(RANGES) for _ in range(count))
        formula = RandomFormula(seed, tree, ranges, difficulty(tree))
        if is_sane(formula):
            return formula


def _size(dice: Dice, inputs: int) -> int:
    """The mean of two draws: middling sizes are the most frequent."""
    low, high = (4, 13) if inputs == 1 else (max(4, inputs + 2), 15)
    return round((dice.uniform(low - 0.5, high + 0.5) + dice.uniform(low - 0.5, high + 0.5)) / 2)


def difficulty(tree: Expression) -> int:
    """From 1 to 4."""
    digits = tree.free_count
    weight = tree.size + 2 * digits + 2 * max(0, nesting(tree) - 1)
    return 1 + sum(weight > limit for limit in LIMITS)


def nesting(tree: Expression) -> int:
    """How many functions are inside one another at most."""
    below = max((nesting(part) for part in tree.parts), default=0)
    return below + isinstance(tree, Apply)


def is_sane(formula: RandomFormula) -> bool:
    """Whether a person might have written it for these ranges."""
    if not 4 <= formula.tree.size <= 21 or formula.tree.inputs != frozenset(range(formula.inputs)):
        return False
    if not is_plain(formula.tree):
        return False
    x = np.concatenate([formula.corners(), formula.points(CHECKED, 0)])
    if _has_pole(formula.tree, x):
        return False
    y = Program(formula.tree).values(x)
    if not _is_moderate(y):
        return False
    x, y = x[-CHECKED:], y[-CHECKED:]
    return (
        _matters_each(formula.tree, x, y)
        and _is_curved(formula.tree, x)
        and (formula.inputs > 1 or unexplained_by_line(x[:, 0], y) > 1e-3)
    )


def _is_moderate(y: Array) -> bool:
    if not np.isfinite(y).all():
        return False
    spread, mean = float(y.std()), float(y.mean())
    return bool(
        spread >= 0.01
        and np.abs(y).max() <= 1000
        and abs(mean) <= 30 * spread
        and np.abs(y - mean).max() <= 12 * spread
    )


def _has_pole(tree: Expression, x: Array) -> bool:
    """Whether a denominator in it changes its sign or comes near zero."""
    for part in tree.walk():
        if (
            isinstance(part, Power)
            and isinstance(part.exponent, Number)
            and part.exponent.value < 0
        ):
            values = Program(part.base).values(x)
            least = float(np.abs(values).min())
            if values.min() < 0 < values.max() or not least >= 0.02 * np.abs(values).max():
                return True
    return False


def _matters_each(tree: Expression, x: Array, y: Array) -> bool:
    """Whether each variable and each part of the tree does."""
    program, variance = Program(tree), y.var()
    for column in range(x.shape[1]):
        other = x.copy()
        other[:, column] = np.roll(x[:, column], 1)
        change = np.mean((program.values(other) - y) ** 2) / (2 * variance)
        if not change >= 0.01:  # a value outside of the domain is NaN, and doesn't count either
            return False
    return all(
        np.mean((Program(simpler).values(x) - y) ** 2) >= 1e-4 * variance
        for simpler in _simpler(tree, x)
    )


def _simpler(tree: Expression, x: Array) -> list[Expression]:
    """The tree with each part of it in turn replaced by its mean."""
    found = []
    for part in {p.key: p for p in tree.walk() if p.inputs and p.key != tree.key}.values():
        mean = free(float(Program(part).values(x).mean()))
        found.append(tree.replace(_put(mean, part.key)))
    return found


def _put(new: Expression, key: str) -> Callable[[Expression], Expression | None]:
    """What replaces the parts of this key."""
    return lambda node: new if node.key == key else None


def _is_curved(tree: Expression, x: Array) -> bool:
    """Whether no function in it is almost a line on its values."""
    return all(
        unexplained_by_line(Program(p.argument).values(x), Program(p).values(x)) > 1e-3
        for p in tree.walk()
        if isinstance(p, Apply) and not isinstance(p.argument, Number)
    )


def unexplained_by_line(u: Array, f: Array) -> float:
    """Fraction of the variance of f that no line in u explains; 0 for a constant."""
    if u.std() == 0 or f.std() == 0:
        return 0.0
    return float(1 - np.corrcoef(u, f)[0, 1] ** 2)
