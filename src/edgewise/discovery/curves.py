"""Natural cubic splines of one variable, as columns to fit and as formulas to print.

A curve is a + b·t + Σ c_k |t − t_k|³ with Σ c_k = Σ c_k t_k = 0, so that it goes on as a straight
line beyond its outermost knots.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from edgewise.formula.constants import Constant
from edgewise.formula.expression import (
    Expression,
    Input,
    Number,
    add,
    apply,
    multiply,
    number,
    power,
)
from edgewise.formula.library import LIBRARY

Array = NDArray[np.float64]

MOST_KNOTS = 8
"""Enough for a wave and a half over the range of an input; more wouldn't stay readable."""

ROWS_PER_KNOT = 10
"""Fewer rows between two knots can't tell a curve's shape from noise."""

EXTREME = 1e30
"""The size of an input beyond which its cube isn't written down directly."""


@dataclass(frozen=True)
class Curves:
    """Spline functions of one input: t itself first, then bent ones, the smoothest first.

    Attributes:
        index: of the input.
        centre, scale: t = (x − centre) / scale.
        knots: in x.
        mix: of [1, t, |x − knot|³ / scale³ …] for each function.

    Shape:
        knots: (knots,); mix: (2 + knots, functions)
    """

    index: int
    centre: float
    scale: float
    knots: Array
    mix: Array

    @property
    def count(self) -> int:
        """How many functions there are, the straight one included."""
        return self.mix.shape[1]

    def values(self, x: Array) -> Array:
        """All functions at rows; (rows, in) → (rows, functions)"""
        return _pieces(x[:, self.index], self.centre, self.scale, self.knots) @ self.mix

    def tree(self, coef: Array) -> Expression:
        """Σ coef · function as a formula."""
        level, slope, *bends = self.mix @ coef
        x = Input(self.index)
        extreme = not 1 / EXTREME < self.scale < EXTREME
        unit = 1.0 if extreme else self.scale
        terms: list[Expression] = [
            multiply(_free(slope / self.scale), x),
            _free(level - slope * self.centre / self.scale),
        ]
        for knot, bend in zip(self.knots, bends, strict=True):
            if bend == 0:
                continue
            distance = add(x, _fix_number(-knot))
            if extreme:
                distance = multiply(number(1 / self.scale), distance)
            cube = power(apply(LIBRARY["abs"], distance), 3)
            terms.append(multiply(_free(bend / unit**3), cube))
        return add(*(t for t in terms if not (isinstance(t, Number) and t.value == 0)))


def _free(value: float) -> Number:
    return Number(float(value))


def _fix_number(value: float) -> Number:
    """A decimal that no refit moves, where it has few digits."""
    exact = Fraction(repr(float(value)))
    if max(abs(exact.numerator), exact.denominator) > 10**9:
        return Number(float(value))
    constant = Constant(exact.numerator, exact.denominator)
    return Number(constant.value, constant)


def _pieces(x: Array, centre: float, scale: float, knots: Array) -> Array:
    t = (x - centre) / scale
    bends = np.abs((x[:, None] - knots) / scale) ** 3
    return np.concatenate([np.ones((len(t), 1)), t[:, None], bends], 1)


def make_curves(x: Array, index: int, weight: Array, knots: int | None = None) -> Curves | None:
    """Functions of an input that are uncorrelated; None if it doesn't vary.

    The straight one has variance 1, and so has the smoothest of the bent ones; the variance of
    the others falls with their roughness ∫f″², so that one ridge penalty for all is that of a
    smoothing spline (the basis of Demmler and Reinsch).

    Args:
        weight: of the rows.
        knots: how many; by default what the number of rows and distinct values allows.
    """
    column = x[:, index]
    share = weight / weight.sum()
    centre = float(share @ column)
    scale = float(np.sqrt(share @ (column - centre) ** 2))
    if not scale > 1e-9 * np.abs(column).max() or not scale > 1e-150:
        return None
    straight = np.zeros((2, 1))
    straight[1] = 1.0
    places = _place_knots(column, scale, knots or MOST_KNOTS)
    if len(places) < 3:
        return Curves(index, centre, scale, places[:0], straight)
    pieces = _pieces(column, centre, scale, places)
    t = (places - centre) / scale
    rough = np.abs(t[:, None] - t) ** 3
    null = np.linalg.svd(np.stack([np.ones_like(t), t]))[2][2:].T
    bent = np.concatenate([np.zeros((2, null.shape[1])), null])
    columns = pieces @ bent
    line = pieces[:, :2]
    bent[:2] = -np.linalg.solve(
        line.T @ (line * share[:, None]), (line * share[:, None]).T @ columns
    )
    columns = pieces @ bent
    spread = columns.T @ (columns * share[:, None])
    penalty = null.T @ rough @ null
    root = np.linalg.cholesky(penalty + 1e-10 * np.trace(penalty) * np.eye(len(penalty)))
    half = np.linalg.solve(root, np.linalg.solve(root, spread).T)
    sizes, vectors = np.linalg.eigh((half + half.T) / 2)
    order = np.argsort(-sizes)
    order = order[sizes[order] > 1e-8 * sizes[order[0]]] if sizes.max() > 1e-10 else order[:0]
    turned = np.linalg.solve(root.T, vectors[:, order])
    mix = np.concatenate([np.pad(straight, ((0, len(places)), (0, 0))), bent @ turned], 1)
    if len(order):
        mix[:, 1:] /= np.sqrt(sizes[order[0]])
    return Curves(index, centre, scale, places, mix)


def _place_knots(column: Array, scale: float, most: int) -> Array:
    """Quantiles of the distinct values, rounded to few digits."""
    values = np.unique(column)
    count = int(min(most, len(values), max(3, 2 + len(column) // ROWS_PER_KNOT)))
    if count < 3:
        return values[:0]
    places = np.quantile(values, np.linspace(0.02, 0.98, count))
    digits = int(2 - np.floor(np.log10(scale)))
    if abs(digits) < 15:
        places = np.array([round(float(p), digits) for p in places])
    places = np.unique(places)
    return places[np.concatenate([[True], np.diff(places) > 0.02 * scale])]
