"""Effects that rise, fall, or bend one way only, by the order of their spline coefficients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.optimize import nnls

from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve
from edgewise.additive.ridge import RidgeSolution
from edgewise.additive.terms import Levels, Term


def list_inequalities(
    terms: Sequence[Term],
    places: Sequence[slice],
    signs: Mapping[int, int],
    bends: Mapping[int, int],
    width: int,
) -> Array | None:
    """A with A @ coef ≥ 0 for curves with a sign or a bend; None without any.

    A row is for two neighbouring coefficients of a spline, or two levels.

    A spline's slope is a sum of B-splines of one degree less, which are nowhere negative, times
    p (c_{i+1} - c_i) / (t_{i+p+1} - t_{i+1}). So it doesn't fall where the c don't, and it is
    convex where these numbers don't fall (de Boor, *A practical guide to splines*, 1978).
    """
    rows: list[NDArray[np.float64]] = []
    for term, place in zip(terms, places, strict=True):
        if isinstance(term, Levels) and term.transform is not None:
            sign = signs.get(term.columns[0], 0)
            rows += _place(sign * np.diff(term.transform[: term.ordered], axis=0), place, width)
        if not isinstance(term, Curve):
            continue
        steps = np.diff(term.transform, axis=0)
        slopes = steps / _spacing(term)[:, None]
        for sign, lines in (
            (signs.get(term.columns[0], 0), steps),
            (bends.get(term.columns[0], 0), np.diff(slopes, axis=0)),
        ):
            rows += _place(sign * lines, place, width)
    return np.concatenate(rows) if rows else None


def _place(lines: Array, place: slice, width: int) -> list[Array]:
    """Rows over all coefficients of lines over those of one term; none if they are all 0."""
    if not lines.any():
        return []
    part = np.zeros((len(lines), width))
    part[:, place] = lines
    return [part]


def _spacing(curve: Curve) -> Array:
    """The knots under each two neighbouring splines: t_{i+p+1} - t_{i+1}."""
    count = len(curve.transform) - 1
    after = curve.knots[curve.degree + 1 :][:count]
    return after - curve.knots[1 : count + 1]


def hold_inequalities(solution: RidgeSolution, rule: Array) -> Array:
    """The coefficients that obey a rule and are nearest to a solution, by its covariance.

    With the covariance V = L L' and θ = L⁻¹ β this is the projection of θ on the cone A L θ ≥ 0.
    The difference is a nonnegative combination of the cone's normals, found by nonnegative least
    squares (Moreau, 1962).

    Args:
        rule: A, as :func:`list_inequalities` makes it.
    """
    some = rule[:, solution.kept]
    lower = linalg.cholesky(solution.covariance, lower=True)
    normals = some @ lower
    size = np.linalg.norm(normals, axis=1)
    if not size.any():  # all such curves are left out; scipy's nnls crashes without columns
        return solution.coef
    held = size > 1e-12 * size.max()
    normals = normals[held] / size[held, None]
    start = linalg.solve_triangular(lower, solution.coef[solution.kept], lower=True)
    steps, _ = nnls(normals.T, -start, maxiter=50 * len(normals) + 50)
    kept = lower @ (start + normals.T @ steps)
    coef = solution.coef.copy()
    coef[solution.kept] = kept
    return coef


def hold_shape(
    term: Term, weights: Array, signs: Mapping[int, int], bends: Mapping[int, int]
) -> Array:
    """Spline coefficients that obey their constraint exactly, without rounding errors."""
    if isinstance(term, Levels) and term.ordered:
        sign = signs.get(term.columns[0], 0)
        some = weights[: term.ordered]
        some = np.maximum.accumulate(some * sign) * sign if sign else some
        return np.concatenate([some, weights[term.ordered :]])
    if not isinstance(term, Curve):
        return weights
    sign, bend = (rule.get(term.columns[0], 0) for rule in (signs, bends))
    if bend:
        space = _spacing(term)[:, None]
        slopes = np.maximum.accumulate(np.diff(weights, axis=0) / space * bend) * bend
        slopes = np.maximum(slopes * sign, 0.0) * sign if sign else slopes
        return np.concatenate([weights[:1], weights[:1] + np.cumsum(slopes * space, axis=0)])
    return np.maximum.accumulate(weights * sign) * sign if sign else weights
