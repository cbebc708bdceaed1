"""Additive models of natural splines, with or without pairs of inputs, written as formulas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline, PPoly

from edgewise._arrays import Array
from edgewise.additive.additive import Additive
from edgewise.additive.curves import Curve, count_digits
from edgewise.additive.interactions import add_pairs
from edgewise.additive.loss import measure_spread
from edgewise.additive.losses import Gaussian
from edgewise.additive.products import Surface
from edgewise.additive.settings import Settings
from edgewise.additive.stages import AdditiveProblem, fit_curves, make_problem
from edgewise.additive.terms import Term
from edgewise.formula.constants import Constant
from edgewise.formula.expression import Expression, Input, Number, add, apply, multiply, power
from edgewise.formula.expression import number as exact
from edgewise.formula.library import LIBRARY

SETTINGS = Settings(levels=False, natural=(8, 5), worth=0.5)
"""At most 8 knots, enough for one and a half waves over the range of an input; more would make the
formula unreadable. A term needs half a degree of freedom, which is a t-value of √2."""

SIZES = 2
"""Number of models with pairs, each with more pairs than the one before."""

ROUNDING = 1e-9
"""A curve whose deviation from a line is less than this fraction of its size is a line."""

EXTREME = 1e30
"""Inputs larger than this are scaled before they are cubed."""


@dataclass(frozen=True, eq=False)
class Smooth:
    """y = shift + scale · (sum of curves and surfaces of the inputs)."""

    model: Additive
    shift: float
    scale: float

    def predict(self, x: Array) -> Array:
        """(rows, in) → (rows,)"""
        return self.shift + self.scale * self.model.effects(list(x.T))[:, 0]

    def tree(self) -> Expression:
        """The model as a formula; each curve is a line plus a sum of c_k |x - knot_k|³."""
        level = self.shift + self.scale * float(self.model.coef[0, 0])
        terms: list[Expression] = []
        for term, weights in self.model.weights():
            own = self.scale * weights[:, 0]
            if not own.any():
                continue
            if isinstance(term, Surface):
                level -= float(term.means @ own)
                sides = term.factors(own)
                terms += [multiply(*(write_curve(*side) for side in pair)) for pair in sides]
            else:
                terms.append(write_curve(term, own[:, None]))
        return add(Number(level), *terms)


@dataclass(frozen=True, eq=False)
class SmoothFit:
    """An additive model of some inputs and a larger one, and what a fit of fewer rows shares.

    Attributes:
        additive: of curves.
        largest: with surfaces of pairs, if some are clear.
        inputs: that have curves.
        kept: the rows of weight above 0.
        problem: what was fitted to them.
    """

    additive: Smooth
    largest: Smooth
    inputs: NDArray[np.int64]
    kept: NDArray[np.intp]
    problem: AdditiveProblem


def fit_smooth(
    x: Array,
    y: Array,
    weight: Array,
    inputs: NDArray[np.int64],
    whole: SmoothFit | None,
    sizes: int,
) -> SmoothFit:
    """Fit an additive model of these inputs, then one with surfaces of pairs of them.

    Args:
        weight: of the rows.
        whole: a fit to these and further rows, whose knots are kept if its inputs are the same.
        sizes: how many times pairs are added.
    """
    kept = np.flatnonzero(weight > 0)
    weight = weight[kept] / weight[kept].mean()
    if whole is not None and np.array_equal(inputs, whole.inputs):
        shift, scale = whole.additive.shift, whole.additive.scale
        problem = replace(whole.problem.take(np.searchsorted(whole.kept, kept)), weight=weight)
    else:
        x, y = x[kept], y[kept]
        shift, scale = measure_spread(y, weight)
        settings = replace(SETTINGS, fixed=frozenset(range(x.shape[1])) - set(inputs.tolist()))
        target = ((y - shift) / scale)[:, None]
        problem = make_problem(list(x.T), target, weight, Gaussian(), settings)
    stage = fit_curves(problem)
    additive = Smooth(stage.model, shift, scale)
    for _ in range(sizes):
        grown = add_pairs(problem, stage)
        if grown is None:
            break
        stage = grown
    return SmoothFit(additive, Smooth(stage.model, shift, scale), inputs, kept, problem)


def write_curve(term: Term, weights: Array) -> Expression:
    """A curve as a formula: a + b x + Σ_k c_k |x - t_k|³, or Σ_k c_k |x - t_k| for a polygon.

    The third derivative of |u|³ / 12 jumps by 1 at 0, so each c_k is the jump of the curve's third
    derivative at t_k, divided by 12.

    Args:
        weights: (splines, 1).
    """
    if not isinstance(term, Curve):
        raise TypeError(f"expected a curve of numbers, got {type(term).__name__}")
    coef, degree, scale = weights[:, 0], term.degree, term.scale
    knots = np.unique(term.knots)
    pieces = PPoly.from_spline(BSpline(term.knots, coef, degree))
    steepest = pieces((knots[:-1] + knots[1:]) / 2, degree) / (6 if degree == 3 else 1)
    jumps = np.diff(np.r_[0.0, steepest, 0.0] if degree == 3 else steepest) / 2
    knots = knots if degree == 3 else knots[1:-1]
    ends = np.array(term.ends)
    if np.abs(jumps).max(initial=0) * np.ptp(ends) ** degree < ROUNDING * np.ptp(coef):
        jumps = np.zeros_like(jumps)
    bends = np.abs(ends[:, None] - knots) ** degree @ jumps
    first, last = pieces(ends) - bends
    slope = (last - first) / (ends[1] - ends[0])
    level = first - slope * ends[0] - term.means @ coef
    x = Input(term.columns[0])
    terms: list[Expression] = [
        multiply(Number(float(slope / scale)), x),
        Number(float(level - slope * term.centre / scale)),
    ]
    extreme = not 1 / EXTREME < scale < EXTREME
    unit = 1.0 if extreme else scale
    for knot, jump in zip(term.centre + scale * knots, jumps, strict=True):
        if jump == 0:
            continue
        distance = add(x, _write_knot(-round(float(knot), count_digits(scale))))
        if extreme:
            distance = multiply(exact(1 / scale), distance)
        bend = power(apply(LIBRARY["abs"], distance), degree)
        terms.append(multiply(Number(float(jump / unit**degree)), bend))
    return add(*(t for t in terms if not (isinstance(t, Number) and t.value == 0)))


def _write_knot(value: float) -> Number:
    """A knot as an exact decimal if it has few digits, which no refit changes."""
    fraction = Fraction(repr(value))
    if max(abs(fraction.numerator), fraction.denominator) > 10**9:
        return Number(value)
    constant = Constant(fraction.numerator, fraction.denominator)
    return Number(constant.value, constant)
