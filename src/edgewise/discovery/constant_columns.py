"""Numbers that have a dimension, written with the columns that are constants of nature.

A search by values can't tell 8.99e16 m from m c² where the column c has no spread. Units can: the
number has to be a square of a speed, so it is 1.0 c².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

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

Array = NDArray[np.float64]
Dimension = tuple[Fraction, ...]


class UnitError(ValueError):
    """No product of powers of the constant columns has the dimension that a number must have."""


@dataclass(frozen=True, eq=False)
class ConstantColumns:
    """The columns without spread, of which numbers with a dimension are made.

    Attributes:
        row: one value of each input.
        places: which inputs are constant.
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
        """The formula with constant columns beside its numbers, so that it has y's dimension.

        Its values on the rows stay. None if no constants can give it the dimension, or none are
        needed.
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
        """The part with numbers such that it has the dimension.

        Raises:
            UnitError: if that can't be.
        """
        if isinstance(tree, Sum):
            return add(*(self._give(term, wanted) for term in tree.terms))
        front, rest = (tree, ONE) if isinstance(tree, Number) else split_number(tree)
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
        """A factor with a dimension of its own, which its inputs give it."""
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
        """The simplest product of powers of constant columns with the dimension."""
        scale = int(np.lcm.reduce([e.denominator for e in missing]))
        rows = [[int(e) * scale for e in self.dimensions[k]] for k in self.places]
        target = [int(e * scale) for e in missing]
        found = dimensionless_groups(np.array([*rows, target], dtype=np.int64))
        if not found.prefactors:
            raise UnitError("no constant columns have this dimension")
        return found.prefactors[0].substitute({n: Input(k) for n, k in enumerate(self.places)})
