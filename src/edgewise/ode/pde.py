"""`discover_pde`: discover partial differential equations from measured fields."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._checks import check_choice, read_count, read_list
from edgewise.discovery.formula import Formula
from edgewise.formula import printing
from edgewise.formula.data import tree_bits
from edgewise.formula.expression import Number, add, multiply
from edgewise.formula.parse import parse_formula
from edgewise.ode.field_fit import (
    CLEAR,
    Estimate,
    Model,
    Sides,
    count_independent,
    describe_with_source,
    estimate,
    list_sources,
    measure_noise,
    probability_of,
    select,
    weigh_with_noise,
)
from edgewise.ode.field_reading import read_fields
from edgewise.ode.field_terms import CandidateTerm, Integrals, Question, Symbols, list_terms
from edgewise.ode.field_verdict import judge, judge_together, measure_shift, unseen_share
from edgewise.ode.fields import DEEPEST
from edgewise.ode.pde_result import FieldEquation, PdeDiscovery, Source
from edgewise.ode.windows import FieldWindows

ROUNDED = 1e-9
"""Windows may overlap by this fraction of all times, which is rounding."""
HELD = 0.3
"""Fraction of the times, the last ones, that is held out while terms are chosen."""
NEAR, WEIGHED_COPIES = 100.0, 12
"""Sets of terms within 100 bits of the best are compared in units of the noise, which is estimated
from 12 noisy copies of the fields."""
SEEN = 0.3
"""An unknown source is shown up to this many half widths beyond the centre of the last window."""


def discover_pde(
    t: Any,
    fields: Any,
    space: Any,
    *,
    inputs: Any = None,
    order: int = 1,
    degree: int = 3,
    derivatives: int = 4,
    terms: Sequence[str] = (),
    source: str | None = None,
    seed: int = 0,
) -> PdeDiscovery:
    """Discover equations of fields, ∂u/∂t = Σ cₖ·(product of fields and derivatives).

    Both sides are integrated over windows with test functions φ(t, x, …) = Π (1 - s²)¹² (the weak
    form). Where a term is a derivative of a product of fields, integration by parts moves the
    derivatives to φ, so that noise is averaged and never differentiated. Other terms, such as
    v·u_x, are computed from smoothed fields. The terms with the shortest description of the data
    are chosen on the first 70 % of the times and judged on the rest. Their factors are fitted to
    all times, and corrected for the bias from noise in the columns.

    Args:
        t: increasing times.
        fields: an array, or a mapping of names to arrays; each field gets an equation.
        space: the coordinates of each axis, as a mapping of names to arrays, a list (x, y, z), or
            one array. For scattered points, t, each coordinate and each field have one value per
            point; the fields are then smoothed onto a grid, which loses accuracy if points are few.
        inputs: known fields, such as a velocity, as a mapping like `fields`; they may only occur on
            the right-hand side.
        order: order of the time derivative, 1 or 2; with 2 the first one is a candidate term.
        degree: highest degree of the products of fields that multiply a derivative.
        derivatives: highest order of spatial derivatives, at most 4.
        terms: further candidates as strings of fields, coordinates and derivatives, such as
            "sin(u)", "x*u_x" or "u_x**4".
        source: the name of a coordinate. An unknown function of it is added to the right-hand side
            and fitted as a curve.
        seed: seed of the noise from which errors are estimated.

    Returns:
        The equations, with standard errors and a verdict.

    Shape:
        t: (steps,); fields: (steps, points of x, points of y, …) each

    Raises:
        ValueError: if shapes don't fit, coordinates don't increase, values aren't finite, there
            are fewer than 20 along an axis, an axis or a field ranges over less than 1e-40 or more
            than 1e40, or a single value varies more than all others of its field.

    Warns:
        UserWarning: if single values on a grid are far from all of their neighbours. They are
            replaced by what the neighbours give.

    Reference: Messenger and Bortz, *Weak SINDy for partial differential equations*, J. Comput.
    Phys. 443, 2021.

    Example:
        >>> import numpy as np, edgewise as ew
        >>> t, x = np.linspace(0, 1, 40), np.linspace(0, 2 * np.pi, 60)
        >>> modes = [np.exp(-0.5 * k**2 * t)[:, None] * np.sin(k * x + k) for k in (1, 2, 3)]
        >>> found = ew.ode.discover_pde(t, {"u": sum(modes)}, {"x": x})
        >>> found.equations[0].values.round(3).tolist()
        [0.5]
    """
    began = time.perf_counter()
    for name, value, most in (("order", order, 2), ("derivatives", derivatives, DEEPEST)):
        read_count("discover_pde", name, value, 1)
        if value > most:
            raise ValueError(
                f"discover_pde expected {name} to be at most {most}, got {value}: pass further "
                "terms as strings, terms=[…]"
            )
    read_count("discover_pde", "degree", degree, 1)
    seed = read_count("discover_pde", "seed", seed, 0)
    texts = tuple(read_list("discover_pde", "terms", terms))
    data = read_fields(t, fields, space, inputs)
    if source is not None:
        check_choice("discover_pde", "source", source, data.axis_names, "name a coordinate")
    windows = FieldWindows.of(data)
    integrals = Integrals(data, Symbols.of(data, derivatives), windows, data)
    axis = None if source is None else data.axis_names.index(source)
    equations = []
    for k in range(data.unknown):
        question = Question(k, order, degree, derivatives, texts, axis, seed)
        equations.append(_find_equation(integrals, question))
    return PdeDiscovery(
        equations,
        judge_together(equations),
        np.array([one.measured for one in data.noise]),
        data.names,
        data.axis_names,
        time.perf_counter() - began,
    )


def _find_equation(integrals: Integrals, ask: Question) -> FieldEquation:
    data, symbols = integrals.fields, integrals.symbols
    terms = list_terms(data, symbols, ask.field, ask.degree, ask.deepest, ask.order)
    terms += [CandidateTerm(parse_formula(text, symbols.names)[0]) for text in ask.texts]
    columns, left = integrals.columns(terms), integrals.left(ask)
    splines, source = np.empty((0, 0)), np.empty((len(left), 0))
    noise = measure_noise(integrals, [], ask)
    rows = Sides(columns, left, source, count_independent(noise, source))
    fitted, held = _split(integrals.windows, ask.source == 0)
    number = 0.5 * np.log2(max(rows.independent, 4.0)) + 1
    own = [tree_bits(t.tree, len(symbols.names)) + symbols.derivative_bits(t.tree) for t in terms]
    bits = np.array(own) + number
    if ask.source is not None:
        splines, source = _choose_source(integrals, ask.source, rows, fitted, bits)
        rows = replace(rows, source=source, independent=count_independent(noise, source))
    models = select(rows.some(fitted), bits)
    models = _weigh_with_noise(models, rows, fitted, bits, integrals, terms, ask)
    best, noise, final = _keep_significant(models[0], rows, integrals, terms, ask)
    chosen = [terms[k] for k in best.places]
    probability, rival = probability_of(best, models, rows.some(fitted))
    unseen = unseen_share(rows, best, noise, fitted, held)
    moved = measure_shift(integrals, chosen, final, splines, ask)
    verdict = judge(best, final, unseen, moved, probability, rows.independent)
    texts = [printing.to_shown_text(term.tree, symbols.names) for term in chosen]
    right = rows.columns[:, list(best.places)] @ final.values + rows.source @ final.source
    shown = {"fitted": (right[fitted], left[fitted]), "unseen": (right[held], left[held])}
    return FieldEquation(
        left=f"{data.names[ask.field]}_{'t' * ask.order}",
        right=_formula(chosen, final, integrals, bits[list(best.places)].sum(), left),
        terms=texts,
        values=final.values,
        errors=final.errors,
        verdict=verdict,
        share=final.share,
        expected=final.expected,
        rival=_describe(rival, terms, symbols.names),
        source=_source(integrals, ask.source, splines, final),
        windows={k: v for k, v in shown.items() if len(v[0])},
    )


def _choose_source(
    integrals: Integrals, axis: int, rows: Sides, fitted: NDArray[np.bool_], bits: Array
) -> tuple[Array, Array]:
    """The splines of a source and their integrals, as many as the shortest description has.

    Each number of splines is weighed with its own best terms: with too few splines, powers of a
    field that is nearly at rest would stand in for the rest of the source.
    """

    def length(made: tuple[Array, Array]) -> float:
        return describe_with_source(replace(rows, source=made[1]).some(fitted), bits)

    return min(list_sources(integrals, axis), key=length)


def _weigh_with_noise(
    models: list[Model],
    rows: Sides,
    fitted: NDArray[np.bool_],
    bits: Array,
    integrals: Integrals,
    terms: Sequence[CandidateTerm],
    ask: Question,
) -> list[Model]:
    """The likely models by their residuals in units of noise; all as they are without any."""
    near = [m for m in models if m.places and m.length <= models[0].length + NEAR]
    used = sorted({k for m in near for k in m.places})
    if not any(one.size for one in integrals.smooth.noise) or not used:
        return models
    chosen = [terms[k] for k in used]
    made = measure_noise(integrals, chosen, ask, WEIGHED_COPIES)
    noise = [(c[fitted], y[fitted]) for c, y in made]
    return weigh_with_noise(near, rows.some(fitted), bits, used, noise) or models


def _keep_significant(
    model: Model, rows: Sides, integrals: Integrals, terms: Sequence[CandidateTerm], ask: Question
) -> tuple[Model, list[tuple[Array, Array]], Estimate]:
    """Drop insignificant terms, one at a time."""
    noise = measure_noise(integrals, [terms[k] for k in model.places], ask)
    places = list(model.places)
    while True:
        made = estimate(rows, places, noise)
        ratio = np.abs(made.values) / np.maximum(made.errors, 1e-300)
        if len(places) < 2 or ratio.min() > CLEAR:
            return Model(tuple(places), model.length), noise, made
        weakest = int(np.argmin(ratio))
        del places[weakest]
        noise = [(np.delete(c, weakest, axis=1), y) for c, y in noise]


def _split(windows: FieldWindows, whole: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Windows to fit, and windows of later times that don't overlap them; all to fit if too few."""
    times = windows.axes[0]
    first, last = float(times.points[0]), float(times.points[-1])
    cut = last - max(HELD * (last - first), 2 * times.half)
    slack = ROUNDED * (last - first)
    early = times.centres + times.half <= cut + slack
    late = times.centres - times.half >= cut - slack
    if whole or early.sum() < 2 or not late.any():
        early, late = np.ones_like(early), np.zeros_like(late)
    rest = windows.count // len(times.centres)
    return np.repeat(early, rest), np.repeat(late, rest)


def _formula(
    chosen: Sequence[CandidateTerm], made: Estimate, integrals: Integrals, bits: float, left: Array
) -> Formula:
    parts = [
        multiply(Number(float(value), error=float(error)), term.tree)
        for term, value, error in zip(chosen, made.values, made.errors, strict=True)
    ]
    tree = add(*parts) if parts else Number(0.0)
    size = float(np.sqrt(np.mean(left**2)))
    rmse = float(np.sqrt(made.share)) * size
    names = tuple(integrals.symbols.names)
    return Formula(tree, names, float(bits), rmse, 1 - made.share, rmse, "weak form")


def _describe(model: Model | None, terms: Sequence[CandidateTerm], names: Sequence[str]) -> str:
    if model is None:
        return ""
    return " + ".join(f"c*{printing.to_shown_text(terms[k].tree, names)}" for k in model.places)


def _source(
    integrals: Integrals, axis: int | None, splines: Array, made: Estimate
) -> Source | None:
    if axis is None:
        return None
    data, windows = integrals.fields, integrals.windows.axes[axis]
    at = data.axes[axis]
    seen = np.abs(at - windows.centres[:, None]).min(0) <= SEEN * windows.half
    return Source(data.axis_names[axis], at[seen], (splines @ made.source)[seen])
