"""Rows to fit, how well a formula fits them, and description lengths in bits.

Formulas are compared by the length of their description: what the tree takes to write down, its
constants as exact as the data determine them, and N/2 log2 of the FVU of y for N
rows (Rissanen 1978).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.exactness import (
    EXACT_FVU,
    SAVED,
    compresses,
    digits_of,
    leaves_rounding,
    rounding_fvu,
    written_bits,
)
from edgewise.formula.expression import (
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    multiply,
)
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

MOST_ROWS = 1000
"""Rows beyond so many don't count: with more, no formula could ever be wrong in the last digit."""


@dataclass(frozen=True)
class Fit:
    """A formula and how well it fits.

    Attributes:
        fvu: the fraction of y's variance left unexplained.
        bits: of the tree.
        length: of the whole description.
    """

    tree: Expression
    fvu: float
    bits: float
    length: float


def number_bits(rows: int) -> float:
    """What a number costs that so many rows determine: 1/2 log2 of them."""
    return 0.5 * math.log2(max(min(rows, MOST_ROWS), 4))


def data_bits(fvu: float, rows: int, floor: float = EXACT_FVU) -> float:
    """What the rows cost that a formula leaves unexplained: N/2 log2 of the FVU.

    Args:
        floor: the FVU below which y itself isn't known.
    """
    return 0.5 * min(rows, MOST_ROWS) * math.log2(max(fvu, floor))


def tree_bits(tree: Expression, inputs: int = 1, free: float = 0.0) -> float:
    """What it takes to write a tree down.

    Args:
        inputs: that there are to choose from.
        free: bits of a number that a refit moves, see :func:`number_bits`; 0 if the caller counts
            them.
    """
    total = 0.0
    for node in tree.walk():
        if isinstance(node, Number):
            total += free if node.exact is None else node.exact.bits + 1
        elif isinstance(node, Input):
            total += 1 + math.log2(max(inputs, 1))
        elif isinstance(node, Apply):
            total += node.function.complexity
        elif isinstance(node, Power):
            total += 1
        else:
            total += 1.5 * (len(node.parts) - 1)
    return total


def description_bits(tree: Expression, fvu: float, inputs: int = 1) -> float:
    """What it takes to write a tree down with all digits of its numbers; see :func:`tree_bits`."""
    free = [n.value for n in tree.numbers() if n.exact is None]
    return tree_bits(tree, inputs) + sum(written_bits(value, fvu) for value in free)


def parts_of_fewer(tree: Expression) -> Iterator[Expression]:
    """The largest parts that have some of the formula's inputs only; terms of a sum, and factors
    of a product, that have the same ones are one part.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> tree = parse_formula("x1 + 1.2*x0 + 0.3*x0**2 + 4")[0]
        >>> [str(sorted(part.inputs)) for part in parts_of_fewer(tree)]
        ['[1]', '[0]']
    """
    yield from _parts_of_fewer(tree, tree.inputs)


def _parts_of_fewer(node: Expression, inputs: frozenset[int]) -> Iterator[Expression]:
    if not isinstance(node, (Sum, Product)):
        for part in node.parts:
            if part.inputs == inputs:
                yield from _parts_of_fewer(part, inputs)
            elif part.inputs:
                yield part
        return
    groups: dict[frozenset[int], list[Expression]] = {}
    for part in node.parts:
        if part.inputs == inputs:
            yield from _parts_of_fewer(part, inputs)
        elif part.inputs:
            groups.setdefault(part.inputs, []).append(part)
    join = add if isinstance(node, Sum) else multiply
    yield from (join(*group) for group in groups.values())


@dataclass(frozen=True, eq=False)
class Data:
    """Rows to fit.

    Attributes:
        floor: the FVU below which y itself isn't known: rounding, or the error of a
            curve that y was read from.

    Shape:
        x: (rows, in); y, weight: (rows,)
    """

    x: Array
    y: Array
    weight: Array | None = None
    floor: float = EXACT_FVU

    @classmethod
    def of(cls, x: Array, y: Array, weight: Array | None = None) -> Data:
        """Rows whose floor is the rounding of y."""
        data = cls(x, y, weight)
        return replace(data, floor=rounding_fvu(y, data.variance, weight))

    @cached_property
    def variance(self) -> float:
        """The variance of y; 1 for a constant."""
        mean = np.average(self.y, weights=self.weight)
        return float(np.average((self.y - mean) ** 2, weights=self.weight)) or 1.0

    def fit(self, tree: Expression, steps: int = 20) -> Fit:
        """The tree with its free numbers refitted."""
        variance = self.variance
        result = refit(
            tree, self.x, self.y, self.weight, steps=steps, goal=self.floor * 1e-6 * variance
        )
        return self.judge(result.tree, result.mse / variance)

    def judge(self, tree: Expression, fvu: float | None = None) -> Fit:
        """The tree as it is, with its FVU and description length."""
        if fvu is None:
            with np.errstate(all="ignore"):
                missed = (self.y - Program(tree).values(self.x)) ** 2
            fvu = float(np.average(missed, weights=self.weight)) / self.variance
            fvu = fvu if math.isfinite(fvu) else math.inf
        rows, inputs = self.x.shape
        bits = tree_bits(tree, inputs, number_bits(rows) + 1)
        return Fit(tree, fvu, bits, bits + data_bits(fvu, rows, self.floor))

    def is_exact(self, fit: Fit, limit: float | None = None, numbers: int | None = None) -> bool:
        """Whether a formula's errors are rounding errors, and it is shorter than the rows.

        Args:
            limit: what y is rounded by; :attr:`floor` by default.
            numbers: free ones; by default those of the tree.

        See :mod:`edgewise.formula.exactness`.
        """
        numbers = fit.tree.free_count if numbers is None else numbers
        if not leaves_rounding(fit.fvu, numbers, self.floor if limit is None else limit):
            return False
        used = self.x[:, sorted(fit.tree.inputs)]
        bits = description_bits(fit.tree, fit.fvu, self.x.shape[1])
        if not compresses(bits, used, self.y, fit.fvu):
            return False
        return all(self._has_fewer_numbers(part, fit.fvu) for part in parts_of_fewer(fit.tree))

    def _has_fewer_numbers(self, part: Expression, fvu: float) -> bool:
        """Whether a part of a formula has clearly fewer numbers than its inputs have values: else
        it may be any function of these. One number is no more than a factor."""
        numbers = part.free_count
        if numbers <= 1:
            return True
        values = len(np.unique(self.x[:, sorted(part.inputs)], axis=0)) - 1
        full = digits_of(fvu)
        return numbers * full + tree_bits(part, self.x.shape[1]) + SAVED <= values * full
