"""Columns of extreme size: divided by powers of ten for a search, and put back into formulas."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from edgewise._arrays import Array
from edgewise.discovery.problem import Problem
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import Expression, Input, free, multiply
from edgewise.formula.numbers import with_errors
from edgewise.formula.program import Program
from edgewise.formula.shape import reshape
from edgewise.formula.snapping import snap

HUGE = 1e30
"""y is divided by a power of ten if its size is above this or below its inverse."""
LARGE = 1e7
"""The same limit for columns of x; the enumerated terms of a search hold no larger values."""
MOST_TIDIED = 60
"""Largest formula, in nodes, that is simplified after columns were scaled back."""


@dataclass(frozen=True, eq=False)
class Scales:
    """The powers of ten by which the columns of a problem are divided.

    Attributes:
        columns: of x; (in,)
        output: of y.
    """

    columns: Array
    output: float

    @classmethod
    def of(cls, problem: Problem) -> Scales:
        """The powers for a problem."""
        # Prior knowledge refers to the columns as given, so they are scaled only if they are huge.
        ordinary = LARGE if problem.known.is_empty else HUGE
        return cls(np.array([scale_of(c, ordinary) for c in problem.x.T]), scale_of(problem.y))

    @property
    def are_one(self) -> bool:
        return bool((self.columns == 1).all()) and self.output == 1

    def divide(self, problem: Problem) -> Problem:
        """The problem in columns of ordinary size."""
        if self.are_one:
            return problem
        return replace(
            problem,
            x=problem.x / self.columns,
            y=problem.y / self.output,
            threshold=None if problem.threshold is None else problem.threshold / self.output,
            unit=self.output,
            errors=problem.errors.divided(self.columns, self.output),
            names=(),
        )

    def restore_rows(self, fitted: Problem, given: Problem) -> Data:
        """The rows of a fit in the columns as given: moved where the inputs have errors."""
        if given.errors.x_sigma is None:
            return Data.of(given.x, given.y, fitted.weight)
        return Data.of(fitted.x * self.columns, fitted.y * self.output, fitted.weight)

    def restore(self, tree: Expression) -> Expression:
        """A formula of the divided columns as one of the columns as they are."""
        scales = enumerate(self.columns.tolist())
        changed = {i: multiply(free(1 / c), Input(i)) for i, c in scales if c != 1}
        tree = tree.substitute(changed) if changed else tree
        return tree if self.output == 1 else multiply(free(self.output), tree)

    def agree(self, told: Expression, found: Expression, problem: Problem) -> bool:
        """Whether a restored formula has the same values as the one found, without overflow."""
        if told is found:
            return True
        with np.errstate(all="ignore"):
            y = problem.y / self.output
            values = Program(told).values(problem.x) / self.output
            expected = Program(found).values(problem.x / self.columns)
            return bool(np.allclose(values, expected, rtol=1e-6, atol=1e-9 * np.ptp(y)))


def tidy(tree: Expression, found: Fit, data: Data) -> Expression:
    """A rewritten formula with factors taken out of powers, and simple numbers and errors kept."""
    if tree.size > MOST_TIDIED:
        return tree
    fit = data.measure(reshape(tree, data.x))
    if any(n.exact is not None for n in found.tree.numbers()):
        fit = snap(fit, data, units=False)
    return with_errors(fit, data) if fit.fvu < math.inf else tree


def check_scales(given: str, x: Array, y: Array) -> None:
    """Raise ValueError if columns would be scaled, which a search with that argument can't do."""
    names = [f"column {k} of x" for k in range(x.shape[1])]
    for name, column in zip([*names, "y"], [*x.T, y], strict=True):
        if scale_of(column) != 1:
            raise ValueError(
                f"discover expected columns between {1 / HUGE:g} and {HUGE:g} with {given}, got "
                f"{np.abs(column).max():.3g} as the largest of {name}: divide it by a power of ten"
            )


def scale_of(values: Array, ordinary: float = HUGE) -> float:
    """The power of ten by which to divide values of extreme size; 1 for ordinary ones.

    It is a power of 100, so that its square root is a power of ten, too, and numbers of a formula
    keep their digits. Values that span many decades are divided by their geometric middle.

    Args:
        ordinary: sizes from 1/ordinary to ordinary are ordinary.
    """
    size = np.abs(values)
    most = float(size.max())
    if most == 0 or 1 / ordinary <= most <= ordinary:
        return 1.0
    counted = np.sort(size[size > 0])
    middle = max(float(counted[len(counted) // 2]), most * 1e-12)
    exponent = float(np.clip(np.log10(middle), -300, 300))
    return float(10.0 ** int(2 * np.floor(exponent / 2)))
