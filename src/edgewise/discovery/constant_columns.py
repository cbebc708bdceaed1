"""Write a formula's numbers with the table's constant columns, so that its units are right.

If the column c holds the speed of light in every row, 8.99e16 m and m c² have the same values. Only
units can distinguish them: the number must be the square of a speed, so it is 1.0 c².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.units import Whole, dimensionless_groups
from edgewise.formula.expression import (
    ONE,
    Apply,
    Expression,
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    apply,
    free,
    multiply,
    power,
    split_number,
)
from edgewise.formula.program import Program

Dimension = tuple[Fraction, ...]


class UnitError(ValueError):
    """No product of powers of the constant columns has the dimension that a number needs."""


@dataclass(frozen=True, eq=False)
class ConstantColumns:
    """The columns with the same value in every row.

    Attributes:
        row: one value of each input.
        places: the indices of the constant inputs.
        dimensions: of the inputs, and of y in the last row.

    Shape:
        row: (in,); dimensions: (in + 1, base units)
    """

    row: Array
    places: tuple[int, ...]
    dimensions: Whole

    @classmethod
    def of(cls, x: Array, dimensions: Whole) -> ConstantColumns:
        """The constant columns of a table."""
        places = tuple(int(k) for k in np.flatnonzero(np.ptp(x, axis=0) == 0) if x[0, k] > 0)
        return cls(x[0], places, dimensions)

    def complete(self, tree: Expression) -> Expression | None:
        """The same formula with constant columns as factors of its numbers, so that its units fit.

        Its values at the rows don't change. None if no constant columns can give it y's dimension,
        or if it has it already.
        """
        if not self.places:
            return None
        try:
            made = self._give(tree, self._row(-1))
        except UnitError:
            return None
        return None if made.key == tree.key else made

    def _row(self, place: int) -> Dimension:
        return tuple(Fraction(int(e)) for e in self.dimensions[place])

    @property
    def _none(self) -> Dimension:
        return (Fraction(0),) * self.dimensions.shape[1]

    def _give(self, tree: Expression, wanted: Dimension) -> Expression:
        """A subtree, its numbers multiplied by constant columns so that it has the dimension.

        Raises:
            UnitError: if there are no such columns.
        """
        if isinstance(tree, Sum):
            return add(*(self._give(term, wanted) for term in tree.terms))
        front, rest = split_number(tree)
        factors: Sequence[Expression] = rest.factors if isinstance(rest, Product) else (rest,)
        made = [self._settle(factor) for factor in factors if factor is not ONE]
        missing = list(wanted)
        for _, dimension in made:
            missing = [a - b for a, b in zip(missing, dimension, strict=True)]
        trees = [factor for factor, _ in made]
        if not any(missing):
            return multiply(front, *trees)
        constants = self._constants(tuple(missing))
        value = float(Program(constants).values(self.row[None])[0])
        return multiply(free(front.value / value), constants, *trees)

    def _settle(self, factor: Expression) -> tuple[Expression, Dimension]:
        """A factor and the dimension that its inputs give it."""
        if isinstance(factor, Input):
            return factor, self._row(factor.index)
        if isinstance(factor, Apply):
            keeps = factor.function.name == "abs"
            inner, dimension = self._settle(factor.argument)
            if not keeps and any(dimension):
                inner, dimension = self._give(factor.argument, self._none), self._none
            return apply(factor.function, inner), dimension
        if isinstance(factor, Power):
            return self._settle_power(factor)
        if isinstance(factor, Sum):
            dimension = next(
                (self._settle(t)[1] for t in factor.terms if not isinstance(t, Number)), self._none
            )
            return self._give(factor, dimension), dimension
        if isinstance(factor, Product):
            made = [self._settle(part) for part in factor.factors]
            total = [sum(e, Fraction(0)) for e in zip(*(d for _, d in made), strict=True)]
            return multiply(*(tree for tree, _ in made)), tuple(total)
        return factor, self._none

    def _settle_power(self, factor: Power) -> tuple[Expression, Dimension]:
        base, dimension = self._settle(factor.base)
        exponent = factor.exponent
        constant = exponent.exact if isinstance(exponent, Number) else None
        if constant is not None and constant.unit == "1":
            by = Fraction(constant.numerator, constant.denominator)
            return power(base, exponent), tuple(e * by for e in dimension)
        base = self._give(factor.base, self._none)
        return power(base, self._give(exponent, self._none)), self._none

    def _constants(self, missing: Dimension) -> Expression:
        """The simplest product of powers of constant columns that has the dimension."""
        scale = int(np.lcm.reduce([e.denominator for e in missing]))
        rows = [[int(e) * scale for e in self.dimensions[k]] for k in self.places]
        target = [int(e * scale) for e in missing]
        found = dimensionless_groups(np.array([*rows, target], dtype=np.int64))
        if not found.prefactors:
            raise UnitError("no constant columns have this dimension")
        return found.prefactors[0].substitute({n: Input(k) for n, k in enumerate(self.places)})
