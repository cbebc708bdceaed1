"""Solutions on a whole box, with ever more curves until two of them agree."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass

from edgewise.equations.curves import Curves
from edgewise.equations.problem import (
    Clock,
    Piece,
    Problem,
    Solved,
    Step,
    differ,
    relative,
    solve_piece,
)
from edgewise.equations.stretching import restretch

FIRST = 8
"""Curves of each coordinate at the start."""
MOST_UNKNOWNS = 3000
"""Coefficients of one least-squares problem."""
FRESH = 2000
"""Points that no fit sees."""
SLOW = 40
"""Curves of a coordinate from which on a front is looked for."""


@dataclass(frozen=True, eq=False)
class Refined:
    """An answer on a whole box.

    Attributes:
        piece: the solution.
        error: its relative error, by one with more curves; one that isn't confirmed is an upper
            estimate, the difference to the one before.
        confirmed: whether a finer solution showed the error.
        history: all solutions on the way.
        solved: how the finest was found.
    """

    piece: Piece
    error: float
    confirmed: bool
    history: list[Step]
    solved: Solved


def refine(problem: Problem, tolerance: float, clock: Clock, began: float, seed: int) -> Refined:
    """Solve with more and more curves, until a solution is as near to the next as is asked for.

    The answer is the last but one: its error is what it differs by from the last.
    """
    curves = [Curves.over(low, high, FIRST) for low, high in problem.bounds]
    goal, history = tolerance * 1e-2, list[Step]()
    last: Solved | None = None
    residual, error = math.inf, math.inf
    best: Refined | None = None
    while True:
        guess = None if last is None else last.piece
        solved = solve_piece(problem, curves, guess, None, goal, clock.is_over)
        rows = problem.draw(FRESH, seed)
        fresh = float(problem.residuals(solved.piece, rows).square().mean().sqrt())
        if last is not None:
            error = relative(*differ(problem, last.piece, solved.piece, rows))
            history[-1] = _with_error(history[-1], error)
            # Two solutions that miss the same detail agree, but their residuals stay large.
            small = fresh < residual / 2 or fresh < tolerance * problem.scale(solved.piece, rows)
            if error <= tolerance and small:
                return Refined(last.piece, error, True, history, solved)
        history.append(_step(solved, fresh, began))
        best = Refined(solved.piece, error, False, history, solved)
        last, residual = solved, fresh
        curves = _grow(problem, solved.piece, tolerance)
        if (
            clock.is_over()
            or math.prod(c.count for c in curves) * len(problem.equation.fields) > MOST_UNKNOWNS
        ):
            return best


def _grow(problem: Problem, piece: Piece, tolerance: float) -> list[Curves]:
    """More curves of the coordinates whose last coefficients are largest, or smoother ones."""
    tails = piece.tails()
    worst = max(tails)
    made = []
    for axis, (curves, tail) in enumerate(zip(piece.curves, tails, strict=True)):
        if tail < 0.01 * worst:
            made.append(curves)
            continue
        more = curves.resized(int(curves.count * 1.35) + 2)
        if curves.count >= SLOW and tail > tolerance:
            more = restretch(piece, axis, more)
        made.append(more)
    return made


def _step(solved: Solved, residual: float, began: float) -> Step:
    counts = tuple(c.count for c in solved.piece.curves)
    spent = time.process_time() - began
    return Step(counts, None, solved.newton, residual, math.nan, spent, False)


def _with_error(step: Step, error: float) -> Step:
    return Step(
        step.counts, step.interval, step.newton, step.residual, error, step.seconds, step.taken
    )
