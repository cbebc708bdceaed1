"""`Data`: rows to fit; `Fit`: a fitted formula with its error and description length.

Formulas are compared by description length in bits: the bits of the tree, of its constants to the
precision that the data determine, and N/2 log2(FVU) for N rows (Rissanen 1978).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.data.rows import fill_weight, weighted_variance
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
    Sum,
    add,
    multiply,
)
from edgewise.formula.program import Program, refit

COUNTED_ROWS = 1000
"""The description length counts at most this many rows. With more, a formula that is wrong only in
its last digits would have no chance."""


@dataclass(frozen=True)
class Fit:
    """A formula and how well it fits.

    Attributes:
        fvu: the fraction of y's variance left unexplained.
        bits: the description length of the tree.
        length: the description length of tree and rows.
    """

    tree: Expression
    fvu: float
    bits: float
    length: float


class Described(Protocol):
    """A formula fitted to rows, and the description length of both."""

    @property
    def tree(self) -> Expression: ...
    @property
    def length(self) -> float: ...


F = TypeVar("F", bound=Described)


class Rows(Protocol[F]):
    """Rows that formulas are fitted to, with one value of each number or one for each group.

    :class:`Data` is one group, :class:`edgewise.discovery.groups.Groups` are several.
    """

    @property
    def x(self) -> Array: ...
    @property
    def y(self) -> Array: ...
    @property
    def weights(self) -> Array: ...
    @property
    def parts(self) -> Sequence[slice]:
        """The rows of each group."""

    def fit(self, tree: Expression, steps: int) -> F:
        """The tree with its free numbers refitted in each group."""

    def spread(self, form: F) -> Sequence[Any]:
        """Each number as it enters at the rows: one value, or a value for each row."""


DIGITS_LOST, KEPT = 1e-9, 1e-3
"""The relative change of a free number of an exact formula, and the largest change of a value that
it may cause, relative to the largest y."""


def number_bits(rows: int) -> float:
    """The bits of a number that is fitted to a number of rows: ½ log2(rows)."""
    return 0.5 * math.log2(max(min(rows, COUNTED_ROWS), 4))


def data_bits(fvu: float, rows: int, floor: float = EXACT_FVU) -> float:
    """The bits of the residuals: N/2 log2(FVU).

    Args:
        floor: the FVU that rounding of y alone causes.
    """
    return 0.5 * min(rows, COUNTED_ROWS) * math.log2(max(fvu, floor))


def tree_bits(tree: Expression, inputs: int = 1, free: float = 0.0) -> float:
    """The description length of a tree in bits.

    Args:
        inputs: the number of inputs to choose from.
        free: bits of each free number, see :func:`number_bits`; 0 if the caller counts them.
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


def description_bits(tree: Expression, fvu: float, inputs: int) -> float:
    """The description length of a tree with all digits of its numbers; see :func:`tree_bits`."""
    free = [value for n in tree.numbers() if n.exact is None for value in n.values]
    return tree_bits(tree, inputs) + sum(written_bits(value, fvu) for value in free)


@np.errstate(all="ignore")
def withstands_rounding(tree: Expression, x: Array, y: Array) -> bool:
    """Whether each row keeps its value if the last digits of a free number change.

    A root beside a pole at the same place, (x - a)/(x - a'), is 1 in all rows but one: so any
    formula of other rows passes through an outlier, such as a missing value that was written as 0.
    A number may be the end of a domain, as in sqrt(x - a), and change in one direction only.

    Shape:
        x: (rows, in); y: (rows,)
    """
    program = Program(tree)
    values, numbers = program.values(x), np.array([tree.numbers()[k].value for k in program.free])
    most = KEPT * float(np.abs(y).max())

    def moves(k: int, factor: float) -> float:
        moved = numbers.copy()
        moved[k] *= factor
        change = np.abs(Program(tree.with_free(moved)).values(x) - values).max()
        return float(change) if math.isfinite(change) else math.inf

    return all(
        min(moves(k, 1 + DIGITS_LOST), moves(k, 1 - DIGITS_LOST)) <= most
        for k in range(len(numbers))
    )


def parts_of_fewer(tree: Expression) -> Iterator[Expression]:
    """The largest parts of a formula that depend on a proper subset of its inputs.

    Terms of a sum with the same inputs count as one part; so do factors of a product.

    Example:
        >>> from edgewise.formula.parse import parse_formula
        >>> tree = parse_formula("x1 + 1.2*x0 + 0.3*x0**2 + 4")[0]
        >>> [str(sorted(part.inputs)) for part in parts_of_fewer(tree)]
        ['[1]', '[0]']
    """
    yield from _parts_of_fewer(tree, tree.inputs)


def _parts_of_fewer(node: Expression, inputs: frozenset[int]) -> Iterator[Expression]:
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
        floor: the FVU that errors of y alone cause: rounding, or the error of a fitted curve that
            y was taken from.

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

    def take(self, rows: NDArray[np.intp]) -> Data:
        """Some of the rows, or all in another order."""
        weight = None if self.weight is None else self.weight[rows]
        return replace(self, x=self.x[rows], y=self.y[rows], weight=weight)

    @property
    def weights(self) -> Array:
        """The weight of each row; ones where none is given."""
        return fill_weight(self.weight, len(self.y))

    @property
    def parts(self) -> Sequence[slice]:
        """All rows, as one group."""
        return (slice(len(self.y)),)

    def spread(self, form: Fit) -> Sequence[float]:
        """The numbers of a formula, which are the same at all rows."""
        return [number.value for number in form.tree.numbers()]

    @cached_property
    def variance(self) -> float:
        """The variance of y; 1 for a constant."""
        return weighted_variance(self.y, self.weight) or 1.0

    def fit(self, tree: Expression, steps: int = 20) -> Fit:
        """The tree with its free numbers refitted."""
        variance = self.variance
        result = refit(
            tree, self.x, self.y, self.weight, steps=steps, goal=self.floor * 1e-6 * variance
        )
        return self.measure(result.tree, result.mse / variance)

    def measure(self, tree: Expression, fvu: float | None = None) -> Fit:
        """The unchanged tree with its FVU and description length."""
        if fvu is None:
            with np.errstate(all="ignore"):
                missed = (self.y - Program(tree).values(self.x)) ** 2
            fvu = float(np.average(missed, weights=self.weight)) / self.variance
            fvu = fvu if math.isfinite(fvu) else math.inf
        bits = self.bits_of(tree)
        return Fit(tree, fvu, bits, bits + data_bits(fvu, len(self.y), self.floor))

    def bits_of(self, tree: Expression) -> float:
        """The description length of a tree, without the residuals."""
        rows, inputs = self.x.shape
        return tree_bits(tree, inputs, number_bits(rows) + 1)

    def is_exact(self, fit: Fit, limit: float | None = None, numbers: int | None = None) -> bool:
        """Whether a formula's errors are rounding errors, and it is shorter than the rows.

        Args:
            limit: the FVU that rounding of y causes; :attr:`floor` by default.
            numbers: the number of free numbers; by default that of the tree.

        See :mod:`edgewise.formula.exactness`.
        """
        numbers = fit.tree.free_count if numbers is None else numbers
        if not leaves_rounding(fit.fvu, numbers, self.floor if limit is None else limit):
            return False
        used = self.x[:, sorted(fit.tree.inputs)]
        bits = description_bits(fit.tree, fit.fvu, self.x.shape[1])
        if not compresses(bits, used, self.y, fit.fvu):
            return False
        if not all(self._has_fewer_numbers(part, fit.fvu) for part in parts_of_fewer(fit.tree)):
            return False
        return withstands_rounding(fit.tree, self.x, self.y)

    def _has_fewer_numbers(self, part: Expression, fvu: float) -> bool:
        """Whether a part has clearly fewer numbers than its inputs have distinct values.

        Otherwise it could be any function of them. One number is always allowed, as a factor.
        """
        numbers = part.free_count
        if numbers <= 1:
            return True
        values = len(np.unique(self.x[:, sorted(part.inputs)], axis=0)) - 1
        full = digits_of(fvu)
        return numbers * full + tree_bits(part, self.x.shape[1]) + SAVED <= values * full
