"""A fitted additive model as a program: a cubic in each cell between two knots, a number a level.

A pair of columns has a polynomial of both in each pair of cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from math import factorial

import numpy as np
from scipy.interpolate import BSpline

from edgewise.additive.additive import Additive
from edgewise.additive.columns import Array, Schema
from edgewise.additive.terms import Curve, Levels, Missing, Surface
from edgewise.additive.terms import Term as ModelTerm
from edgewise.piecewise.program import (
    Absence,
    Answer,
    Names,
    Number,
    Program,
    Reading,
    Stage,
    Term,
)


def write_program(
    schema: Schema,
    models: Sequence[Additive],
    scales: Sequence[tuple[float, float]],
    bounds: tuple[float, float],
    classes: Sequence[str | int | float | bool] | None,
    single: bool,
) -> Program:
    """The program of an estimator.

    Where effects add up, its sums are in the target's units.

    Args:
        models: one for each target, or one for all classes.
        scales: shift and scale of each target.
        bounds, classes, single: see :class:`~edgewise.piecewise.program.Answer`.
    """
    bias: list[float] = []
    terms: list[Term] = []
    sizes: list[float] = []
    for model, (shift, scale) in zip(models, scales, strict=True):
        added = model.link.name == "identity"
        factor, start = (scale, shift) if added else (1.0, 0.0)
        intercept, found = cut_model(model, schema.categorical, factor, len(bias))
        sizes += [1.0 if added else scale] * len(intercept)
        terms += found
        bias += (start + intercept).tolist()
    names = tuple(model.link.name for model in models for _ in range(model.coef.shape[1]))
    return Program(
        (Stage(np.array(bias), terms=tuple(terms)),),
        tuple(range(len(schema.names))),
        schema.names,
        schema.categorical,
        Answer(names, tuple(sizes), bounds, None if classes is None else tuple(classes), single),
    )


def cut_model(
    model: Additive, categorical: Sequence[bool], factor: float, first: int
) -> tuple[Array, list[Term]]:
    """Intercept and terms of a model, with ``factor`` times its sum of effects at every row.

    Args:
        categorical: which columns hold categories.
        first: the output that its first sum is.
    """
    terms = []
    for term, coef in model.weights():
        weights = coef * factor
        if isinstance(term, Surface):
            terms.append(_cut_surface(term, weights, categorical, first))
        else:
            reading, table = cut_term(term, weights, categorical)
            terms.append(Term((reading,), table[:, None, :, None], first))
    return model.coef[0] * factor, terms


@singledispatch
def cut_term(term: ModelTerm, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    """How a term's column is read, and a polynomial for each column of the weights."""
    raise TypeError(f"expected a curve, levels or missing values, got {type(term).__name__}")


@cut_term.register
def _cut_levels(term: Levels, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    cells = tuple((name, i) for i, name in enumerate(term.names))
    table = weights - term.shares @ weights
    return Names(term.columns[0], cells, not categorical[term.columns[0]]), table[:, None]


@cut_term.register
def _cut_missing(
    term: Missing, weights: Array, categorical: Sequence[bool]
) -> tuple[Reading, Array]:
    size = np.sqrt(term.share * (1 - term.share))
    return Absence(term.columns[0]), ((np.array([[0.0], [1.0]]) - term.share) / size @ weights)[
        :, None
    ]


@cut_term.register
def _cut_curve(curve: Curve, weights: Array, categorical: Sequence[bool]) -> tuple[Reading, Array]:
    """Straight in the first and the last cell, a polynomial of the spline's degree between them."""
    (low, high), places = curve.ends, np.unique(curve.knots)
    reach = curve.reach * (high - low)
    number = Number(
        curve.columns[0],
        curve.centre,
        curve.scale,
        curve.tame,
        low - reach,
        high + reach,
        tuple(places.tolist()),
    )
    spline = BSpline(curve.knots, weights, curve.degree)
    table = np.zeros((len(places) + 1, curve.degree + 1, weights.shape[1]))
    for power in range(curve.degree + 1):
        table[1:-1, power] = spline.derivative(power)(places[:-1]) / factorial(power)
    table[[0, -1], 0] = spline(np.array([low, high]))
    table[[0, -1], 1] = curve.slopes() @ weights
    table[:, 0] -= curve.means @ weights
    return number, table


def _cut_surface(surface: Surface, weights: Array, categorical: Sequence[bool], first: int) -> Term:
    """Products of the polynomials of both sides, added up."""
    readings, tables, places = [], [], []
    for side, chosen in zip(surface.sides, surface.products.T, strict=True):
        used, place = np.unique(chosen, return_inverse=True)
        whole = side.weights(np.eye(side.width)[:, used])
        reading, table = cut_term(side, whole, categorical)
        if isinstance(reading, Names):
            reading, table = _join_cells(reading, table)
        readings.append(reading)
        tables.append(table)
        places.append(place)
    left, right = tables
    core = np.zeros((left.shape[2], right.shape[2], weights.shape[1]))
    np.add.at(core, (places[0], places[1]), weights)
    table = np.einsum("cpa,dqb,abo->cdpqo", left, right, core, optimize=True)
    return Term(tuple(readings), table, first, -surface.means @ weights)


def _join_cells(names: Names, table: Array) -> tuple[Names, Array]:
    """One cell for all levels with the same polynomial."""
    different, cells = np.unique(table, axis=0, return_inverse=True)
    joined = zip(names.cells, cells.ravel().tolist(), strict=True)
    return Names(names.column, tuple((n, c) for (n, _), c in joined), names.numbers), different
