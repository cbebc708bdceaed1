"""Solve on the whole domain, with more and more curves until two solutions agree."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import replace

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.least_squares import MOST_DENSE
from edgewise.equations.piece_fits import Computed, Solved, differ, relative, solve_piece
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.residual_sizes import measure_residuals, measure_terms
from edgewise.equations.space import Rows
from edgewise.equations.stretching import begin_curves, restretch
from edgewise.equations.unresolved import (
    HUNTED,
    NOTHING,
    Missed,
    find_missed_residuals,
    find_missed_values,
)

FIRST = 8
"""Initial number of curves per coordinate."""
MOST_UNKNOWNS = 20_000
"""Most coefficients of a least squares problem."""
WORK = 7 / 3
"""In three coordinates the work grows as this power of the number of coefficients."""
LEAST_FALL = 0.05
"""The next solution is expected to have at least this fraction of the error."""
FEW = 0.5
"""Relative difference above which two solutions have nothing in common."""
SLOW = 40
"""With more curves of a coordinate, a front is searched for."""


def refine(problem: EquationProblem, tolerance: float, clock: Clock, seed: int) -> Computed:
    """Solve with more and more curves, until two successive solutions agree to the tolerance.

    The result is the last but one; its error is its difference from the last.
    """
    curves = [begin_curves(problem, axis, FIRST) for axis in range(len(problem.bounds))]
    rows, history = problem.draw(HUNTED, seed), list[Step]()
    last: Solved | None = None
    missed = NOTHING
    with clock.until_interrupted():
        while True:
            start = time.process_time()
            guess = None if last is None else last.piece
            solved = solve_piece(problem, curves, guess, None, tolerance * 1e-2, clock.is_over)
            too_large = _count(problem, curves) > MOST_DENSE
            if last is not None and not solved.converged and (too_large or clock.is_over()):
                break
            fresh = measure_residuals(problem, solved.piece, rows)
            if last is not None:
                error = relative(*differ(problem, last.piece, solved.piece, rows))
                history[-1] = replace(history[-1], error=error)
                # Two solutions that miss the same detail agree, but their residuals are large.
                if error <= tolerance:
                    before, own = history[-1].residual, solved.piece
                    missed = _find_missed(problem, own, rows, fresh, before, tolerance, seed)
                if error <= tolerance and missed is NOTHING:
                    history[-1] = replace(history[-1], taken=True)
                    return Computed([last.piece], error, True, history)
            last, step = solved, solved.step(None, fresh, clock)
            history.append(step)
            clock.show(f"{' × '.join(map(str, step.counts))} curves")
            curves = _grow(problem, solved.piece, tolerance, missed)
            growth = _count(problem, curves) / _count(problem, solved.piece.curves)
            foreseen = (time.process_time() - start) * growth**WORK
            if _count(problem, curves) > MOST_UNKNOWNS or foreseen > clock.left():
                break
    if last is None:
        clock.raise_interrupt()
    history[-1] = replace(history[-1], taken=True)
    return Computed([last.piece], _extrapolate(history, missed), False, history)


def _find_missed(
    problem: EquationProblem,
    piece: Piece,
    rows: Rows,
    fresh: float,
    before: float,
    tolerance: float,
    seed: int,
) -> Missed:
    """Find places where a solution misses the equation or given values.

    Args:
        rows: points that it wasn't fitted to.
        fresh: the residuals at these points.
        before: the residuals of the solution before.
        tolerance: the relative error that matters.
    """
    if fresh >= before / 2:
        size = fresh / max(measure_terms(problem, piece, rows), 1e-300)
        if size >= tolerance:
            missed = replace(find_missed_residuals(problem, piece, rows), amount=size)
            # Beside jumps residuals stay large without a detail that is missed.
            if missed.axes or not problem.jumps:
                return missed
    return find_missed_values(problem, piece, None, 1.0, seed, tolerance, {})


def _count(problem: EquationProblem, curves: Sequence[Curves]) -> int:
    """The number of coefficients of all fields."""
    return math.prod(c.count for c in curves) * len(problem.equation.fields)


def _extrapolate(history: Sequence[Step], missed: Missed) -> float:
    r"""The error of the finest solution, extrapolated from the differences d of earlier ones.

    .. math:: d_n \frac{r}{1 - r}, \qquad r = d_n / d_{n-1}

    It is infinite if the differences don't decrease. A single difference bounds the error only if
    it is small. A detail that both solutions miss doesn't show in their difference.
    """
    known = [step.error for step in history if not math.isnan(step.error)]
    if len(known) < 2:
        return max(known[-1], missed.amount) if known and known[-1] < FEW else math.inf
    fall = max(LEAST_FALL, known[-1] / max(known[-2], 1e-300))
    return max(known[-1] * fall / (1 - fall), missed.amount) if fall < 1 else math.inf


def _grow(problem: EquationProblem, piece: Piece, tolerance: float, missed: Missed) -> list[Curves]:
    """More curves, or a better stretching, for coordinates with large last coefficients.

    Coordinates in which something is missed get more curves as well.
    """
    tails = piece.tails()
    worst = max(tails)
    made = []
    for axis, (curves, tail) in enumerate(zip(piece.curves, tails, strict=True)):
        few = axis in missed.axes
        if tail < 0.01 * worst and not few:
            made.append(curves)
            continue
        more = curves.resized(max(int(curves.count * 1.35) + 2, SLOW if few else 0))
        if (curves.count >= SLOW and tail > tolerance) or few:
            places = missed.along(axis) if few else None
            more = restretch(problem, piece, axis, more, places)
        made.append(more)
    return made
