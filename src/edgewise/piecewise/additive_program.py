"""A fitted additive model as a program: a cubic between neighbouring knots, a number per level.

A pair of columns has a polynomial of both for each pair of cells. A surface of three columns is a
sum of products: of hidden sums, which are surfaces of the first two, and curves of the third.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import singledispatch
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import BSpline

from edgewise._arrays import Array, split_outer_products
from edgewise.additive.additive import Additive
from edgewise.additive.curves import Curve
from edgewise.additive.deep import Deep
from edgewise.additive.intervals import Multiples
from edgewise.additive.links import LARGEST, Identity, Link
from edgewise.additive.products import Surface
from edgewise.additive.schema import Schema
from edgewise.additive.terms import EXPOSURES, Levels, Missing, Offset, Term
from edgewise.additive.training_summary import Key, group_terms, name_effect
from edgewise.piecewise.cells import Accepted, Names, Number, Reading
from edgewise.piecewise.program import BASE, Answer, Interval, PiecewiseTerm, Program, Stage


def write_program(
    schema: Schema,
    models: Sequence[Additive],
    scales: Sequence[tuple[float, float]],
    bounds: tuple[float, float],
    classes: Sequence[str | int | float | bool] | None,
    outputs: Sequence[str] = (),
) -> Program:
    """The program of an estimator.

    The link turns the sums into predictions in the target's units. If effects multiply, the
    logarithm of the target's scale is part of the base.

    Args:
        models: one for each target, or one for all classes.
        scales: the shift and scale of each target.
        bounds, classes: see :class:`~edgewise.piecewise.program.Answer`.
        outputs: the names of several targets or labels; empty for a single one and for classes.
    """
    parts, limits, links = [], [], []
    for model, (shift, scale) in zip(models, scales, strict=True):
        factor, start, ends = _convert(model.link, shift, scale)
        parts.append((model, factor, start))
        limits += [ends] * model.coef.shape[1]
        links += [model.link.name] * model.coef.shape[1]
    stage, effects = _make_stage(schema, parts)
    known = None if classes is None else tuple(classes)
    return Program(
        (stage,),
        tuple(range(len(schema.names))),
        schema.names,
        schema.categorical,
        find_numeric(schema),
        Answer(tuple(links), tuple(limits), bounds, known, not outputs, tuple(outputs)),
        (BASE, *(name_effect(columns, schema.names) for columns in effects)),
        accepted=_list_accepted(schema, models),
    )


def _list_accepted(schema: Schema, models: Sequence[Additive]) -> tuple[Accepted, ...]:
    """The numbers that ``predict`` accepts: within cycles, and known offsets and exposures."""
    found = {k: Accepted(*ends) for k, ends in schema.cycles.items()}
    for term in (term for model in models for term in model.terms):
        if isinstance(term, Offset):
            numbers = Accepted(*EXPOSURES) if term.is_exposure else Accepted()
            found[term.columns[0]] = replace(numbers, missing=False)
    return tuple(found.get(k, Accepted()) for k in range(len(schema.names)))


Part = tuple[Additive | None, float, float]
"""A model, a factor on its sums, and a constant added to them; None stands for one sum of 0."""


def _make_stage(schema: Schema, parts: Sequence[Part]) -> tuple[Stage, list[Key]]:
    """A stage with the sums of some models, and the columns of each of its effects."""
    bias: list[float] = []
    added: list[tuple[PiecewiseTerm, Array]] = []
    effects: dict[Key, int] = {}
    first_layers: list[Additive] = []
    for model, factor, start in parts:
        if model is None:
            bias.append(start)
            continue
        for key in group_terms(model):
            effects.setdefault(key, 1 + len(effects))
        for key, readings, table, offset in cut_model(model, schema, first_layers):
            made = PiecewiseTerm(readings, table * factor, effects[key], len(bias))
            added.append((made, offset * factor))
        bias += (start + factor * model.coef[0]).tolist()
    starts = np.zeros((1 + len(effects), len(bias)))
    starts[0] = bias
    for made, offset in added:
        starts[made.effect, made.outputs] += offset
    hidden = None
    if first_layers:
        hidden, _ = _make_stage(schema, [(layer, 1.0, 0.0) for layer in first_layers])
    return Stage(starts, terms=tuple(made for made, _ in added), hidden=hidden), list(effects)


def write_interval(
    schema: Schema,
    coverage: float,
    scales: Sequence[tuple[float, float]],
    sizes: Sequence[Multiples],
    unedited: Sequence[Additive] | None,
) -> Interval:
    """The intervals of a regressor.

    Args:
        scales: the shift and scale of each target.
        sizes: the size of each target's errors.
        unedited: the models before edits, or None without edits.
    """
    units = [float(np.log(scale)) for _, scale in scales]
    parts: list[Part] = [(model, 1.0, unit) for (model, *_), unit in zip(sizes, units, strict=True)]
    for model, (shift, scale) in zip(unedited or (), scales, strict=False):
        factor, start, _ = _convert(model.link, shift, scale)
        parts.append((model, factor, start))
    return Interval(
        coverage,
        _make_stage(schema, parts)[0],
        unedited is not None,
        tuple((low + u, high + u) for (_, (low, high), _), u in zip(sizes, units, strict=True)),
        tuple(ends for *_, ends in sizes),
    )


def write_set(
    schema: Schema, coverage: float, least: Sequence[float], unedited: Sequence[Additive] | None
) -> Interval:
    """The sets of a classifier, with the least probability for each label; as above."""
    stage, _ = _make_stage(schema, [(model, 1.0, 0.0) for model in unedited or ()])
    limits = tuple(max(each, -1.0) for each in least)
    return Interval(coverage, stage, unedited is not None, least=limits)


def _convert(link: Link, shift: float, scale: float) -> tuple[float, float, tuple[float, float]]:
    """A factor on effects, a constant added to the base, and the limits of sums."""
    if link.name == "log":
        middle = float(np.log(scale))
        return 1.0, middle, (middle - LARGEST, middle + LARGEST)
    if link.name == "logistic":
        return 1.0, 0.0, (-LARGEST, LARGEST)
    return (scale if link.name == "identity" else 1.0), shift, (-np.inf, np.inf)


def find_numeric(schema: Schema) -> tuple[bool, ...]:
    """Which columns held numbers; in files of earlier versions, all but categories."""
    return schema.numeric or tuple(not category for category in schema.categorical)


Piece = tuple[Key, tuple[Reading, ...], Array, Array]
"""The columns of an effect, how those of a part of it are read, its table, and its constant."""


def cut_model(model: Additive, schema: Schema, layers: list[Additive]) -> Iterator[Piece]:
    """The pieces of all effects.

    The effect of a missing number becomes a cell of the column's first curve.

    Args:
        schema: the schema of the columns.
        layers: models of hidden sums, to which those of this model's pieces are added.
    """
    absent: dict[int, Array] = {}
    for term, weights in model.weights():
        if isinstance(term, Missing):  # two where an edit changed that of one class alone
            own = (np.array([[1.0], [0.0]]) - term.share) / np.sqrt(term.share * (1 - term.share))
            absent[term.columns[0]] = absent.get(term.columns[0], 0.0) + own @ weights
    curves = {term.columns[0] for term in model.terms if isinstance(term, Curve)}
    nothing = np.zeros(model.coef.shape[1])
    for term, weights in model.weights():
        column = term.columns[0]
        if isinstance(term, Surface | Deep):
            constant, rest = -term.means @ weights, (weights, schema, layers)
            if isinstance(term, Surface):
                cuts = _cut_surface(term, *rest)
            else:
                cuts = _cut_networks(term, *rest)
            for readings, table in cuts:
                yield term.key, readings, table, constant
                constant = nothing
            continue
        if isinstance(term, Missing) and column in curves:
            continue
        reading, table = cut_term(term, weights, schema)
        if isinstance(reading, Number) and column in absent:
            reading, table = _join_missing(reading, table, *absent.pop(column))
        constant = term.split(weights)[1] if isinstance(term, Levels) else nothing
        yield term.key, (reading,), table[:, None, :, None], constant


Cuts = Iterator[tuple[tuple[Reading, ...], Array]]
"""How columns or hidden sums are read, and a table, of each piece."""


def _count_sums(layers: Sequence[Additive]) -> int:
    return sum(len(layer.coef[0]) for layer in layers)


def _cut_networks(term: Deep, weights: Array, schema: Schema, layers: list[Additive]) -> Cuts:
    """The pieces of second layers, curves of hidden sums; they add up to the networks' outputs."""
    share = weights / len(term.networks)
    for inner, outer in term.networks:
        first, constant = _count_sums(layers), outer.coef[0] @ share
        layers.append(inner)
        for _, (reading,), table, _ in cut_model(outer, schema, []):
            assert isinstance(reading, Number)  # a hidden sum has a curve
            hidden = replace(reading, column=first + reading.column, hidden=True)
            own = table @ share
            own[..., 0, 0, :] += constant
            constant = 0.0 * constant
            yield (hidden,), own


def _join_missing(
    number: Number, table: Array, missing: Array, there: Array
) -> tuple[Number, Array]:
    """Add a cell for missing numbers."""
    table = np.concatenate([table, np.zeros_like(table[:1])])
    table[:-1, 0] += there
    table[-1, 0] = missing
    return replace(number, missing=len(table) - 1), table


Cut = tuple[Reading, Array]
"""How a column is read, and a table (cells, powers, columns of the weights)."""


@singledispatch
def cut_term(term: Term, weights: Array, schema: Schema) -> Cut:
    """How a term's column is read, and a polynomial for each column of the weights."""
    raise TypeError(f"expected a curve, levels or missing values, got {type(term).__name__}")


@cut_term.register
def _cut_levels(term: Levels, weights: Array, schema: Schema) -> Cut:
    column, place = term.columns[0], {name: i for i, name in enumerate(term.names)}
    others = schema.list_spellings(column, place)
    cells = [*place.items(), *((own, place[name]) for own, name in others.items())]
    numbers, numeric = not schema.categorical[column], find_numeric(schema)[column]
    names = Names(column, tuple(cells), numbers, numeric, len(others))
    return names, term.split(weights)[0][:, None]


@cut_term.register
def _cut_missing(term: Missing, weights: Array, schema: Schema) -> Cut:
    """A number without a curve: no effect, until that of missing numbers is joined."""
    number = Number(term.columns[0], 0.0, 1.0, False, 0.0, 0.0, (0.0,))
    return number, np.zeros((2, 1, weights.shape[1]))


@cut_term.register
def _cut_curve(curve: Curve, weights: Array, schema: Schema) -> Cut:
    """Linear in the first and last cells, a polynomial of the spline's degree in the others."""
    (low, high), places = curve.ends, curve.places
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
        table[1:-1, power] = spline(places[:-1], nu=power) / factorial(power)
    table[[0, -1], 0] = spline(np.array([low, high]))
    table[[0, -1], 1] = curve.slopes(np.array([low, high])) @ weights
    table[:, 0] -= curve.means @ weights
    return number, table


@cut_term.register
def _cut_offset(term: Offset, weights: Array, schema: Schema) -> Cut:
    """A straight line of slope 1."""
    axis = term.axis
    ends = -np.inf, np.inf
    number = Number(term.columns[0], axis.centre, axis.width, axis.tame, *ends, (0.0,))
    table = np.full((2, 2, weights.shape[1]), term.factor)
    table[:, 0] *= term.shift
    return number, table


def _cut_surface(term: Surface, weights: Array, schema: Schema, layers: list[Additive]) -> Cuts:
    """Tables of two columns, or with more hidden sums times curves of the last column."""
    for part, own in term.split(weights):
        if len(part.sides) == 2:
            yield _cut_pair(part, own, schema)
        else:
            yield from _split_surface(part, own, schema, layers)


def _cut_pair(
    surface: Surface, weights: Array, schema: Schema
) -> tuple[tuple[Reading, ...], Array]:
    """Sums of products of the polynomials of both sides."""
    readings, tables, places = [], [], []
    for side, chosen in zip(surface.sides, surface.products.T, strict=True):
        used, place = np.unique(chosen, return_inverse=True)
        reading, table = _cut_side(side, used, schema)
        readings.append(reading)
        tables.append(table)
        places.append(place)
    left, right = tables
    core = np.zeros((left.shape[2], right.shape[2], weights.shape[1]))
    np.add.at(core, (places[0], places[1]), weights)
    return tuple(readings), np.einsum("cpa,dqb,abo->cdpqo", left, right, core, optimize=True)


def _cut_side(side: Term, used: NDArray[np.intp], schema: Schema) -> Cut:
    """How the column of a side is read, and the polynomials of some of its design columns."""
    reading, table = cut_term(side, side.weights(np.eye(side.width)[:, used]), schema)
    return _join_cells(reading, table) if isinstance(reading, Names) else (reading, table)


def _split_surface(
    surface: Surface, weights: Array, schema: Schema, layers: list[Additive]
) -> Cuts:
    """Hidden sums, which are surfaces of all columns but the last, times curves of the last one.

    With the weights as a matrix of the first columns' products by the last one's functions and the
    outputs, W = Σ_r s_r u_r v_rᵀ, hidden sum r is √s_r Σ_a u_ra f_a, its curves √s_r Σ_b v_rb g_b.
    """
    *heads, last = surface.sides
    products, places = np.unique(surface.products[:, :-1], axis=0, return_inverse=True)
    used, other = np.unique(surface.products[:, -1], return_inverse=True)
    core = np.zeros((len(products), len(used), weights.shape[1]))
    np.add.at(core, (places.ravel(), other), weights)
    parts = list(split_outer_products(core.reshape(len(products), -1)))
    group, first = (np.arange(len(products)),), _count_sums(layers)
    head = Surface(surface.columns[:-1], group, tuple(heads), products, np.zeros(len(products)))
    sums = np.array([each for each, _ in parts]).reshape(len(parts), len(products))
    coef = np.concatenate([np.zeros((1, len(parts))), sums.T])
    layers.append(Additive((head,), coef, Identity(), {}, ()))
    reading, table = _cut_side(last, used, schema)
    for r, (_, factors) in enumerate(parts):
        hidden = Number(first + r, 0.0, 1.0, False, -np.inf, np.inf, (0.0,), hidden=True)
        own = table @ factors.reshape(core.shape[1:])
        yield (hidden, reading), np.stack([np.zeros((2, *own.shape)), np.stack([own, own])], 2)


def _join_cells(names: Names, table: Array) -> tuple[Names, Array]:
    """One cell for all levels with the same polynomial."""
    different, joined = np.unique(table, axis=0, return_inverse=True)
    place = joined.ravel().tolist()
    return replace(names, cells=tuple((name, place[cell]) for name, cell in names.cells)), different
