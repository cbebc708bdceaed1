"""Least squares with a ridge for each group of coefficients, by restricted maximum likelihood."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import linalg

Array = NDArray[np.float64]
Groups = Sequence[NDArray[np.intp]]

WEAKEST, STRONGEST = 1e-7, 1e12
LEAST_FREEDOM = 1e-3
"""A group with fewer effective degrees of freedom than this is left out at once."""


@dataclass(frozen=True, eq=False)
class Solution:
    """The solution of penalised least squares.

    Attributes:
        coef: (columns,); the first is the intercept, which isn't penalised.
        ridge: the strength λ of each group.
        noise: the variance φ of the residuals.
        freedom: the effective number of coefficients.
        covariance: of the coefficients that aren't left out, divided by φ.
        kept: the positions of these coefficients.
    """

    coef: Array
    ridge: Array
    noise: float
    freedom: float
    covariance: Array
    kept: NDArray[np.intp]


def solve_groups(
    gram: Array,
    moment: Array,
    square: float,
    rows: float,
    groups: Groups,
    ridge: Array,
    *,
    noise: float | None = None,
    weakest: float = WEAKEST,
    rounds: int = 60,
    worth: float = 0.0,
    tolerance: float = 0.03,
) -> Solution:
    """Minimise ½‖y - Z β‖² + ½ Σ_g λ_g ‖β_g‖², with each λ_g at its restricted maximum likelihood.

    At the maximum the size of each group is what its prior variance φ/λ_g lets expect. Fellner's
    and Schall's update finds it:

    .. math:: λ_g ← φ\\,(|g| - λ_g\\,\\mathrm{tr}\\,V_{gg}) / ‖β_g‖², \\qquad V = (Z'Z + Λ)^{-1}.

    Args:
        gram, moment, square: Z'Z, Z'y and y'y.
        rows: the number of rows, or the sum of their weights.
        groups: positions of the columns of each group.
        ridge: the first strengths, one a group; a group at ``STRONGEST`` stays left out.
        noise: φ where it is known, as for classes; None estimates it.
        weakest: the least strength.
        rounds: the most updates.
        worth: after convergence leave out groups of one column with fewer degrees of freedom than
            this, and of several columns with fewer than twice this, then go on.
        tolerance: converged when no logarithm of a strength changes by more.

    Source: Wood and Fasiolo, *A generalized Fellner-Schall method for smoothing parameter
    optimization* (2017).
    """
    ridge = ridge.copy()
    alive = [k for k in range(len(groups)) if ridge[k] < STRONGEST]
    for turn in range(max(rounds, 1)):
        kept, slices = _gather(groups, alive)
        part = gram[np.ix_(kept, kept)]
        diagonal = np.zeros(len(kept))
        for k, place in zip(alive, slices, strict=True):
            diagonal[place] = ridge[k]
        covariance, coef = _solve(part, diagonal, moment[kept])
        spread = np.diag(covariance)
        freedom = len(kept) - float(spread @ diagonal)
        if noise is None:
            left = square - 2 * coef @ moment[kept] + coef @ part @ coef
            scale = max(float(left), 1e-12 * max(square, 1e-300)) / max(rows - freedom, 1.0)
        else:
            scale = noise
        change, dead, weak = 0.0, [], []
        for k, place in zip(alive, slices, strict=True):
            free = len(groups[k]) - ridge[k] * float(spread[place].sum())
            size = float(coef[place] @ coef[place])
            new = scale * max(free, 1e-12) / max(size, 1e-300)
            new = min(max(new, weakest), STRONGEST)
            weight = 1.0 if free > 0.05 else 0.1
            change = max(change, weight * abs(math.log(new / ridge[k])))
            ridge[k] = new
            if free < LEAST_FREEDOM:
                ridge[k] = STRONGEST
                dead.append(k)
            elif free < worth * min(len(groups[k]), 2):
                weak.append(k)
        if change < tolerance and not dead:
            if not weak:
                break
            ridge[weak] = STRONGEST
            dead = weak
        if turn + 1 < rounds:
            alive = [k for k in alive if k not in dead]
    whole = np.zeros(len(moment))
    whole[kept] = coef
    return Solution(whole, ridge, scale, freedom, covariance, kept)


def _gather(groups: Groups, alive: list[int]) -> tuple[NDArray[np.intp], list[slice]]:
    """Positions of the intercept and of the remaining groups, and the place of each group there."""
    slices, end = [], 1
    for k in alive:
        slices.append(slice(end, end + len(groups[k])))
        end += len(groups[k])
    parts = [np.zeros(1, dtype=np.intp), *(groups[k] for k in alive)]
    return np.concatenate(parts), slices


def _solve(gram: Array, diagonal: Array, moment: Array) -> tuple[Array, Array]:
    """(gram + diagonal)⁻¹, symmetric, and its product with the moment.

    A tiny ridge makes a singular matrix positive definite. Unknowns are scaled so that the
    diagonal is 1, which keeps rounding errors small.
    """
    matrix = gram.copy()
    matrix.flat[:: len(gram) + 1] += diagonal + 1e-10 * np.trace(gram) / len(gram)
    scale = 1 / np.sqrt(np.diag(matrix))
    scales = np.outer(scale, scale)
    # LAPACK is called directly: for small matrices scipy's wrappers take a third of the time.
    lower, failed = linalg.lapack.dpotrf(matrix * scales, lower=1, clean=1)
    if failed:
        raise linalg.LinAlgError("the matrix of the rows isn't positive definite")
    below, _ = linalg.lapack.dpotri(lower, lower=1)
    inverse = below + below.T  # above the diagonal there are zeros
    inverse.flat[:: len(gram) + 1] /= 2
    inverse *= scales
    coef = inverse @ moment
    # One step of iterative refinement squares the relative error of the inverse.
    return inverse, coef + inverse @ (moment - matrix @ coef)
