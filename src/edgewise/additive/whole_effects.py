"""The whole effect of one column as one spline or one list of values, and back to terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.interpolate import BSpline, PPoly, insert

from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve, make_bare, set_values
from edgewise.additive.joined_splines import DEGREE, find_control_points, join_points
from edgewise.additive.outputs import Output
from edgewise.additive.terms import Levels, Missing, Term
from edgewise.additive.training_summary import Key, Numbers, group_terms

Terms = list[tuple[Term, Array]]
"""New terms with their coefficients, for one output."""


@dataclass(frozen=True, eq=False)
class Spline:
    """The effect of a column of numbers on one output, on the scale of the sum of effects.

    Attributes:
        curve: its B-splines.
        coef: (splines,).
        missing: the effect of a missing value.
        amounts: the sum of each B-spline's values over the rows, (splines,).
    """

    curve: Curve
    coef: Array
    missing: float
    amounts: Array


@dataclass(frozen=True, eq=False)
class Values:
    """The effect of a category on one output: levels and their values.

    Attributes:
        names, values: of the levels.
        ordered: how many of the first levels have an order.
        unknown: the value of a level that wasn't in the fit.
    """

    names: tuple[str | None, ...]
    values: Array
    ordered: int = 0
    unknown: float = 0.0


def clip_spline(spline: Spline, low: float, high: float) -> Spline:
    """min(max(f, low), high), exactly, as a B-spline again.

    Where f crosses a limit, knots of multiplicity ``degree`` are inserted. Then the coefficients of
    the pieces beyond the limit can be set without changing the others. If the linear continuation
    past an end would cross a limit, the curve is constant there instead.
    """
    knots, coef, degree = spline.curve.knots, spline.coef, spline.curve.degree
    start, end = float(knots[0]), float(knots[-1])
    near = 1e-9 * (end - start)
    whole = BSpline(knots, coef, degree)
    pieces = PPoly.from_spline(whole)
    found = [pieces.solve(limit, extrapolate=False) for limit in (low, high) if np.isfinite(limit)]
    roots = np.unique(np.concatenate([np.zeros(0), *found]))
    roots = roots[(roots > start + near) & (roots < end - near)]
    roots = roots[np.diff(roots, prepend=start) > near]
    breaks = np.r_[start, roots, end]
    middles = whole((breaks[:-1] + breaks[1:]) / 2)
    for x in roots:
        times = degree - int(np.sum(knots == x))
        if times > 0:
            knots, coef, _ = insert(float(x), (knots, coef, degree), times)
            coef = coef[: len(knots) - degree - 1]
    places = np.array([knots[i + 1 : i + degree + 1].mean() for i in range(len(coef))])
    for left, right, middle in zip(breaks[:-1], breaks[1:], middles, strict=True):
        if not low <= middle <= high:
            inside = (places > left - near / 8) & (places < right + near / 8)
            coef = np.where(inside, low if middle < low else high, coef)
    curve = replace(spline.curve, knots=knots)
    if _leaves(BSpline(knots, coef, degree), curve.reach, low, high):
        curve = replace(curve, reach=0.0)
    return replace(
        spline, curve=curve, coef=coef, missing=float(np.clip(spline.missing, low, high))
    )


def _leaves(spline: Any, reach: float, low: float, high: float) -> bool:
    """Whether the linear continuation of a curve past its ends crosses a limit."""
    ends = np.array([spline.t[0], np.nextafter(spline.t[-1], -np.inf)])
    steps = spline.derivative()(ends) * np.array([-1, 1]) * (ends[1] - ends[0])
    with np.errstate(invalid="ignore"):
        beyond = spline(ends) + np.where(steps == 0, 0.0, steps * reach)
    return bool(np.any((beyond < low) | (beyond > high)))


def find_terms(output: Output, key: Key) -> list[tuple[Term, Array]]:
    """The terms of a column whose weights for this output aren't 0, with these weights."""
    weights = list(output.model.weights())
    mine = [weights[k] for k in group_terms(output.model).get(key, [])]
    return [(term, coef[:, output.place]) for term, coef in mine if coef[:, output.place].any()]


def read_at(terms: Sequence[tuple[Term, Array]], key: Key, values: Any) -> Array:
    table = [values] * (key[0] + 1)
    parts = [term.multiply(table, coef[:, None])[:, 0] for term, coef in terms]
    return np.asarray(np.sum(parts, axis=0))


def read_missing(output: Output, key: Key) -> float:
    terms = find_terms(output, key)
    return float(read_at(terms, key, np.array([np.nan]))[0]) if terms else 0.0


def read_values(output: Output, key: Key) -> Values:
    terms = find_terms(output, key)
    if not terms:
        return Values((), np.zeros(0))
    names = tuple(dict.fromkeys(n for t, _ in terms if isinstance(t, Levels) for n in t.names))
    ordered = max((term.ordered for term, _ in terms if isinstance(term, Levels)), default=0)
    unknown = "?" * (1 + max(len(name or "") for name in names))  # longer than each
    values = read_at(terms, key, np.array([*names, unknown], dtype=object))
    return Values(names, values[:-1], ordered, float(values[-1]))


def read_spline(output: Output, seen: Numbers, key: Key) -> Spline:
    """The whole effect of a column: its curve, with the effects of missing values and of levels.

    With levels of whole numbers it is a polygon through the numbers of the fit.

    Raises:
        ValueError: if the column has no effect.
    """
    terms = find_terms(output, key)
    if not terms:
        raise ValueError("expected a column that has an effect, got one without: replace it")
    missing = float(read_at(terms, key, np.array([np.nan]))[0])
    curves = [(term, coef) for term, coef in terms if isinstance(term, Curve)]
    names = [n for term, _ in terms if isinstance(term, Levels) for n in term.names if n]
    if names or not curves:
        at = np.array(sorted({float(n) for n in names} or set(seen.points.tolist())))
        coef = read_at(terms, key, at)
        if len(at) < 2:
            at, coef = np.r_[at[0], at[0] + 1.0], np.r_[coef, coef]
        u = seen.scale.forward(at)
        curve = make_bare(key[0], seen.scale, np.r_[u[0], u, u[-1]], 1)
    else:
        # B-splines add up to 1: a constant is added to every coefficient.
        parts = [(curve, own - curve.means @ own) for curve, own in curves]
        curve, coef = parts[0] if len(parts) == 1 else _join(parts)
        known = read_at(terms, key, seen.points[:1]) - read_at(curves, key, seen.points[:1])
        coef = coef + known
    amounts = curve.splines(curve.coordinate(seen.points)).T @ seen.weights
    return Spline(curve, coef, missing, np.asarray(amounts))


def _join(parts: Sequence[tuple[Curve, Array]]) -> tuple[Curve, Array]:
    """The sum of curves, a smooth one and its jumps, as one cubic spline."""
    points = join_points(curve for curve, _ in parts)
    knots = np.r_[[points[0]] * DEGREE, points, [points[-1]] * DEGREE]
    coef = np.sum([find_control_points(curve.pieces(own), knots) for curve, own in parts], axis=0)
    return replace(parts[0][0], knots=knots, degree=DEGREE), coef


def list_terms(spline: Spline) -> Terms:
    """The terms of a spline: a curve shifted by the effect of a missing value, and that effect."""
    coef = spline.coef + spline.missing
    curve = set_values(spline.curve, coef)
    terms: Terms = [(curve, np.ones(1))]
    if spline.missing:
        terms.append((Missing(curve.columns, (np.arange(1),), 0.5), np.array([spline.missing])))
    return terms


def list_levels(key: Key, found: Values) -> Terms:
    """A term of these levels, whose last coefficient is the effect of an unknown one."""
    count = len(found.names)
    shares = np.r_[np.zeros(count), -1.0]
    levels = Levels(
        key, (np.arange(count + 1),), found.names, shares, found.ordered, is_population=True
    )
    return [(levels, np.r_[found.values - found.unknown, found.unknown])]
