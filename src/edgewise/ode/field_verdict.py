"""The verdict on the equation of a field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise.discovery.calibration import LEAST_LAW
from edgewise.formula.exactness import DIGITS_EACH
from edgewise.formula.verdict import Verdict, refuse_unclaimed
from edgewise.ode.field_fit import (
    CLEAR,
    Estimate,
    Model,
    Sides,
    count_independent,
    estimate,
    integrate_splines,
    measure_noise,
)
from edgewise.ode.field_terms import CandidateTerm, Integrals, Question
from edgewise.ode.pde_result import FieldEquation
from edgewise.ode.windows import FieldWindows

NOISE_ALONE = 1.5
"""A law's residuals are at most this many times what noise explains, apart from chance."""
UNSEEN = 3.0
"""On unseen times, a law's residuals are at most this many times those of the fit, apart from
chance."""
MOST_SHIFT = 0.2
"""A law's factors change by at most this fraction on wider cells, apart from chance."""
ROUNDING = 1e-5
"""Fractions of the left side below this are errors of quadrature."""
EXACT = 1e-10
"""An exact equation leaves at most this fraction unexplained: noise-free, finely sampled data."""
LEAST = 0.5
"""Smallest fraction of the left side that a law explains."""


def unseen_share(
    rows: Sides,
    best: Model,
    noise: Sequence[tuple[Array, Array]],
    fitted: NDArray[np.bool_],
    held: NDArray[np.bool_],
) -> float | None:
    """The residuals of the equation on later times, divided by those of the fit."""
    if not held.any() or not best.places:
        return None
    early = rows.some(fitted)
    made = estimate(early, best.places, [(c[fitted], y[fitted]) for c, y in noise])
    late = rows.some(held)
    right = late.columns[:, list(best.places)] @ made.values + late.source @ made.source
    missed = float(np.mean((late.left - right) ** 2))
    base = made.share * float(np.mean(early.without_source()[1] ** 2))
    floor = ROUNDING * float(np.mean(rows.left**2))
    return max(missed - floor, 0.0) / max(base, 1e-300) if base > floor else missed / floor


def measure_shift(
    integrals: Integrals,
    chosen: Sequence[CandidateTerm],
    made: Estimate,
    splines: Array,
    ask: Question,
) -> float:
    """How far factors move if points are smoothed on wider cells, relative to themselves.

    Smoothing bends waves of few cells, and the equation then has terms that describe the bias.

    Returns:
        the largest shift beyond standard errors, as a fraction of a factor; 0 for measured grids
    """
    coarser = integrals.fields.coarser
    if coarser is None or not chosen:
        return 0.0
    wide = Integrals(coarser, integrals.symbols, FieldWindows.of(coarser), coarser)
    columns, left = wide.columns(chosen), wide.left(ask)
    noise = measure_noise(wide, chosen, ask)
    source = np.empty((len(left), 0))
    if ask.source is not None:
        source = integrate_splines(wide, ask.source, splines.shape[1])[1]
    rows = Sides(columns, left, source, count_independent(noise, source))
    other = estimate(rows, range(len(chosen)), noise)
    chance = CLEAR * np.hypot(made.errors, other.errors)
    shift = np.maximum(np.abs(other.values - made.values) - chance, 0.0)
    return float(np.max(shift / np.abs(made.values)))


def judge(
    best: Model,
    made: Estimate,
    unseen: float | None,
    moved: float,
    probability: float,
    independent: float,
) -> Verdict:
    chance = 1 + 4 * float(np.sqrt(2 / independent))
    if not best.places:
        return Verdict("approximation", "no terms shorten the description of the data")
    if made.share > 1 - LEAST:
        return Verdict("approximation", f"it explains only {1 - made.share:.0%} of the left side")
    ratio = made.share / max(made.expected, 1e-300)
    if made.share > ROUNDING and ratio > NOISE_ALONE * chance:
        return Verdict(
            "approximation",
            f"its residuals are {ratio:.3g} times the noise: a term is missing, or the field has "
            "details finer than the points",
        )
    if not moved <= MOST_SHIFT:
        reason = (
            f"a factor changes by {moved:.0%} if the points are smoothed less finely: the field "
            "has details finer than the points"
        )
        return Verdict("approximation", reason)
    if unseen is None:
        reason = "there are too few times for a test on unseen ones, which takes about 40"
        return Verdict("approximation", reason)
    if unseen > UNSEEN * chance:
        return Verdict("approximation", f"residuals are {unseen:.3g} times larger on unseen times")
    if probability < LEAST_LAW:
        reason = f"other terms fit about as well, with a probability of {1 - probability:.0%}"
        return Verdict("approximation", reason, probability=probability)
    left = f"it leaves {made.share:.1e} of the left side unexplained"
    digits = -np.log10(max(made.share, 1e-300))
    if made.share <= EXACT and DIGITS_EACH * len(best.places) <= digits:
        reason = f"{left}, and no more on unseen times"
        return Verdict("exact", reason, probability=probability)
    reason = f"{left} (noise explains {made.expected:.1e}), and no more on unseen times"
    return Verdict("law", reason, probability=probability)


def judge_together(equations: Sequence[FieldEquation]) -> Verdict:
    refused = refuse_unclaimed({one.left: one.verdict for one in equations})
    if refused is not None:
        return refused
    worst = max(equations, key=lambda one: one.share)
    exact = all(one.verdict.kind == "exact" for one in equations)
    sure = float(np.prod([one.verdict.probability or 1.0 for one in equations]))
    return Verdict("exact" if exact else "law", worst.verdict.reason, probability=sure)
