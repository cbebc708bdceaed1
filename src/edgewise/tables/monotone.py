"""Effects that only rise or only fall, by the order of their spline coefficients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg
from scipy.optimize import nnls

from edgewise.tables.columns import Array
from edgewise.tables.ridge import Solution
from edgewise.tables.terms import Curve, Term


@dataclass(frozen=True, eq=False)
class Inequalities:
    """``rows`` @ coef ≥ 0, one row for each two neighbouring coefficients of a spline."""

    rows: Array


def list_inequalities(
    terms: Sequence[Term], places: Sequence[slice], signs: Mapping[int, int], width: int
) -> Inequalities | None:
    """That the spline coefficients of columns with a sign are in order; None without any.

    A B-spline whose coefficients don't fall doesn't fall: its derivative is a sum of their
    differences times B-splines of one degree less, which are nowhere negative (de Boor, 1978).
    """
    rows: list[NDArray[np.float64]] = []
    for term, place in zip(terms, places, strict=True):
        if isinstance(term, Curve) and term.columns[0] in signs:
            steps = np.diff(term.transform, axis=0) * signs[term.columns[0]]
            part = np.zeros((len(steps), width))
            part[:, place] = steps
            rows.append(part)
    return Inequalities(np.concatenate(rows)) if rows else None


def hold_inequalities(solution: Solution, rule: Inequalities) -> Array:
    """The coefficients nearest to a solution, by its own covariance, that obey a rule.

    With V = L L' the covariance and θ = L⁻¹ β this is the nearest point θ of the cone A L θ ≥ 0.
    What it moves by is a sum of the cone's normals, none of them backwards, which is a
    least-squares problem in numbers that aren't negative (Moreau, 1962).
    """
    some = rule.rows[:, solution.kept]
    lower = linalg.cholesky(solution.covariance, lower=True)
    normals = some @ lower
    size = np.linalg.norm(normals, axis=1)
    normals = normals[size > 1e-12 * size.max()] / size[size > 1e-12 * size.max(), None]
    start = linalg.solve_triangular(lower, solution.coef[solution.kept], lower=True)
    steps, _ = nnls(normals.T, -start, maxiter=50 * len(normals) + 50)
    kept = lower @ (start + normals.T @ steps)
    coef = np.zeros_like(solution.coef)
    coef[solution.kept] = kept
    return coef


def order_weights(weights: Array, sign: int) -> Array:
    """Spline coefficients in exact order, where rounding has left them a hair apart from it."""
    return np.maximum.accumulate(weights * sign) * sign if sign else weights
