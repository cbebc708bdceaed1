"""Solve an equation forward in time, in windows whose lengths adapt to the solution."""

from __future__ import annotations

import math
from dataclasses import replace

import torch
from torch import Tensor

from edgewise.equations.chebyshev_curves import Curves
from edgewise.equations.clock import Clock, Step
from edgewise.equations.piece_fits import Computed, Solved, differ, relative, solve_piece
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.residual_sizes import measure_residuals, measure_terms
from edgewise.equations.space import Rows, apply_each
from edgewise.equations.stretching import begin_curves, restretch
from edgewise.equations.unresolved import (
    HUNTED,
    NOTHING,
    Missed,
    find_missed_residuals,
    find_missed_values,
    measure_drift,
    measure_smooth_drift,
)

TIME_CURVES = {1: 16, 2: 9}
"""Curves of time per window, by the number of coordinates: more of them cost more in space."""
TIME_CURVES_MANY = 7
FIRST_SPACE = {2: 16}
"""Curves of a space coordinate at the start."""
FIRST_SPACE_MANY = 8
FINER = {1: 1.25, 2: 1.25}
"""The factor by which solutions that estimate the error have more curves."""
FINER_MANY = 1.2
MOST_SPACE = 400
FIRST_LOCAL, FIRST_LOCAL_MANY = {1: 0.3, 2: 0.3}, 0.1
"""The size of a window's last coefficients that is allowed, relative to the tolerance: errors add
up. It is smaller where a second march is expensive."""
ROUGH = 40
"""If the start of a window needs more curves than this, it has a jump or a kink."""
SLOW, SLOW_WAVES = 40, 256
"""Polynomials, and waves, of a coordinate above which a front is searched for."""
FRESH = 1000
"""Points of a window that aren't fitted."""
DRIFT = 10.0
"""The allowed bound on the drift of a smooth solution in a window, relative to its tolerance: the
bound is far from sharp."""
MISSED = 0.01
"""Residuals are large if they exceed this fraction of their terms."""
LONGEST = 2.5
"""The largest ratio of a window's length to the previous one's; it is 1 after a failure."""
LEAST_PART = 1e-9
"""The least length of a window, relative to the whole time."""
REST = 0.01
"""Initial values are small below this fraction of the field's size."""


def march(problem: EquationProblem, tolerance: float, clock: Clock, seed: int) -> Computed:
    """Solve window by window, repeatedly and more accurately, until the total error is small.

    Args:
        tolerance: the allowed relative error of the whole solution.
    """
    local = tolerance * FIRST_LOCAL.get(len(problem.bounds), FIRST_LOCAL_MANY)
    history = list[Step]()
    best = _Marching(problem, tolerance, local, clock, seed, history, None).run()
    while not best.confirmed and not clock.is_over() and local > 1e-14:
        local *= max(1e-3, min(0.1, 0.3 * tolerance / best.error))
        found = _Marching(problem, tolerance, local, clock, seed, history, best).run()
        if (found.reached, -found.error) > (best.reached, -best.error):
            best = found
    return best


class _Marching:
    """One march through the whole time, optionally starting like another one.

    Windows are judged relative to the size of their fields, or to a larger size in windows before.
    Fields that begin near 0 are judged by the size they will have: near t = 0 they may be
    t f(x/√t), whose last coefficients are as large, relative to it, in the shortest window.
    """

    def __init__(
        self,
        problem: EquationProblem,
        tolerance: float,
        local: float,
        clock: Clock,
        seed: int,
        history: list[Step],
        like: Computed | None,
    ) -> None:
        self.problem, self.tolerance, self.local, self.clock = problem, tolerance, local, clock
        self.seed, self.rough, self.history = seed, problem.is_rough, history
        self.is_smooth_box = problem.shape is None and not self.rough
        self.axis = _time_of(problem)
        self.start, self.end = problem.bounds[self.axis]
        count = len(problem.bounds)
        self.time_curves = TIME_CURVES.get(count, TIME_CURVES_MANY)
        self.finer_by = FINER.get(count, FINER_MANY)
        first = FIRST_SPACE.get(count, FIRST_SPACE_MANY)
        self.space = [begin_curves(problem, axis, first) for axis in range(count)]
        self.length = self.end - self.start
        if like is not None and like.pieces:
            self.space = list(like.pieces[0].curves)
            self.length = like.pieces[0].ends[self.axis][1] - self.start
        fields = len(problem.equation.fields)
        self.apart, self.size = torch.zeros(fields).double(), torch.zeros(fields).double()
        self.pieces, self.finer = list[Piece](), list[Piece]()
        self.largest: dict[str, float] = {}
        self.expected = dict[str, float]() if like is None else like.expected
        self.places = [torch.zeros(0).double() for _ in range(count)]
        self.unseen, self.drifted = 0.0, 0.0

    def run(self) -> Computed:
        with self.clock.until_interrupted():
            self._advance()
        error = self._error() if self.pieces else math.inf
        now, history, expected = self._now(), self.history, self.expected
        whole = now >= self.end
        confirmed = whole and error <= self.tolerance
        return Computed(self.pieces, error, confirmed, history, now, whole, expected)

    def _now(self) -> float:
        """The time up to which the solution extends."""
        return self.pieces[-1].ends[self.axis][1] if self.pieces else self.start

    def _advance(self) -> None:
        """Add windows until the end, or until the errors are too large or the time is up."""
        now, length, longest = self.start, self.length, LONGEST
        shortest = LEAST_PART * (self.end - self.start)
        while now < self.end and length >= shortest and not self.clock.is_over():
            length = min(length, self.end - now)
            if now + 1.2 * length > self.end:
                length = self.end - now
            solved, begins = self._try(now, now + length)
            tails = solved.piece.tails(self._sizes(solved.piece))
            retry = self._shorten(tails[self.axis], solved)
            if self._smooth(solved.piece, tails, begins):
                retry = retry or 1.0
            if retry is None:
                self.unseen = 0.0
                retry = self._steady(solved.piece, tails) or self._follow(solved.piece)
            if retry is not None:
                length *= retry
                longest = 1.0 if retry < 1 else longest
                continue
            if not self._take(solved):
                length, longest = 0.5 * length, 1.0
                continue
            now = self._now()
            if self._error_at_end() > 2 * self.tolerance and now < self.end:
                break
            length *= min(longest, self._lengthen(tails[self.axis]))
            longest = LONGEST

    def _error(self) -> float:
        return relative(self.apart, self.size)

    def _error_at_end(self) -> float:
        """The least relative error of the whole solution, with what fields are expected to be."""
        whole = self._expected_squares() * (self.end - self.start)
        return relative(self.apart, torch.maximum(self.size, whole))

    def _expected_squares(self) -> Tensor:
        """The expected mean squares of the fields; (fields,)"""
        each = [self.expected.get(name, 0.0) for name in self.problem.equation.fields]
        return torch.tensor(each, dtype=torch.float64).square()

    def _sizes(self, piece: Piece) -> dict[str, float]:
        """The largest coefficient of each field in all windows so far, or its expected size."""
        every = [piece.sizes(), self.largest, self.expected]
        return {name: max(sizes.get(name, 0.0) for sizes in every) for name in piece.coefs}

    def _expect(self, piece: Piece) -> dict[str, float]:
        """The root mean square of the fields of a first solution that begin near 0.

        Without borders fields are smooth from the beginning, and nothing is expected of them.
        """
        if all(c.kind == "initial" for c in self.problem.every_condition):
            return {}
        rows = self.problem.draw(FRESH, self.seed, piece.ends[self.axis])
        made, zero = dict[str, float](), (0,) * len(piece.ends)
        for name in self.problem.equation.fields:
            size = _root_mean_square(piece.evaluate(name, rows, zero))
            given = self.problem.initial_values(name, rows)
            made |= {name: size} if _root_mean_square(given) < REST * size else {}
        return made

    # One window.

    def _try(self, low: float, high: float) -> tuple[Solved, list[float]]:
        """Solve a window; return also the size of the last coefficients of its initial values."""
        curves = self._curves(low, high)
        before = self.pieces[-1] if self.pieces else None
        guess = _continue(self.problem, curves, before, self.axis)
        goal = self.local * 1e-2
        solved = solve_piece(self.problem, curves, guess, before, goal, self.clock.is_over)
        if solved.converged and not self.pieces and not self.expected:
            self.expected = self._expect(solved.piece)
        rows = self.problem.draw(FRESH, self.seed + len(self.pieces), (low, high))
        fresh = measure_residuals(self.problem, solved.piece, rows)
        self.history.append(solved.step((low, high), fresh, self.clock))
        start = solved.piece.start(self.axis)
        return solved, start.tails(self._sizes(solved.piece))

    def _curves(self, low: float, high: float) -> list[Curves]:
        made = list(self.space)
        made[self.axis] = Curves.over(low, high, self.time_curves)
        return made

    def _shorten(self, tail: float, solved: Solved) -> float | None:
        """The factor by which a window has to be shortened, or None."""
        if not solved.converged or tail != tail:
            return 0.3
        if tail > self.local:
            return min(0.85, max(0.15, 0.8 * (self.local / tail) ** (1 / (self.time_curves - 1))))
        return None

    def _steady(self, piece: Piece, tails: list[float]) -> float | None:
        """The factor of its length with which a window is solved again because of its residuals.

        It is 1 if only the curves of space change, and None if the residuals are small. Residuals
        finer than these curves don't shrink with the window: large ones take more curves. A jump
        that curves don't resolve yet has such residuals, too; the finer solution shows how little
        they matter.
        """
        if self.rough and any(t > self.local for a, t in enumerate(tails) if a != self.axis):
            return None
        low, high = piece.curves[self.axis].ends
        rows = self.problem.draw(HUNTED, self.seed + len(self.pieces), (low, high))
        room = self.local * (1.0 if self.rough else DRIFT)
        drift = measure_drift(self.problem, piece, rows, high - low, self.expected)
        if drift <= room:
            return None
        resolved = drift
        if self.is_smooth_box:
            resolved = measure_smooth_drift(self.problem, piece, high - low, self.expected)
        if resolved > room:
            return max(0.1, min(0.5, (room / resolved) ** 0.5))
        missed = find_missed_residuals(self.problem, piece, rows)
        drift = measure_smooth_drift(self.problem, piece, high - low, self.expected, missed.places)
        if drift > room:
            return self._resolve(piece, replace(missed, amount=drift))
        size = measure_residuals(self.problem, piece, rows)
        if size < MISSED * measure_terms(self.problem, piece, rows):
            return None
        few = [a for a, c in enumerate(self.space) if a != self.axis and c.count < MOST_SPACE]
        for axis in few:
            self.space[axis] = self._refine(piece, axis, self.space[axis], False)
        return 1.0 if few else 0.5

    def _follow(self, piece: Piece) -> float | None:
        """The same if the finer solution misses part of the given values."""
        before = self.pieces[-1] if self.pieces else None
        seed = self.seed + len(self.pieces)
        missed = find_missed_values(
            self.problem, piece, before, self.finer_by, seed, self.local, self.expected
        )
        return None if missed is NOTHING else self._resolve(piece, missed)

    def _resolve(self, piece: Piece, missed: Missed) -> float | None:
        """Choose a shorter window or more curves of space where something isn't resolved."""
        axes = [a for a in missed.axes if a != self.axis and self.space[a].count < MOST_SPACE]
        for axis in axes:
            places = torch.cat([self.places[axis], missed.along(axis)]).unique()
            curves = self.space[axis].resized(max(self.space[axis].count, SLOW))
            self.places[axis] = places
            self.space[axis] = self._refine(piece, axis, curves, False)
        if not axes and self.axis not in missed.axes:
            self.unseen = max(self.unseen, missed.amount)
        if self.axis in missed.axes:
            return 0.5
        return 1.0 if axes else None

    def _lengthen(self, tail: float) -> float:
        room = (self.local / max(tail, 1e-300)) ** (1 / (self.time_curves - 1))
        return min(LONGEST, max(0.5, 0.9 * room))

    def _smooth(self, piece: Piece, tails: list[float], begins: list[float]) -> bool:
        """Use stretched or more curves of space where the last coefficients are large.

        A window can't be smoother than its initial values: a jump at a corner is left as it is.
        """
        changed = False
        for axis, curves in enumerate(self.space):
            if axis == self.axis:
                continue
            rough = self.rough and tails[axis] < 3 * begins[axis]
            most = ROUGH if rough else MOST_SPACE
            if tails[axis] > self.local and curves.count < most:
                self.space[axis] = self._refine(piece, axis, curves, rough)
                changed = True
            elif tails[axis] < 1e-3 * self.local:
                self.space[axis] = curves.resized(max(8, int(0.93 * curves.count)))
        return changed

    def _refine(self, piece: Piece, axis: int, curves: Curves, rough: bool) -> Curves:
        slow = SLOW_WAVES if curves.repeats and not len(self.places[axis]) else SLOW
        if curves.count >= slow and not rough:
            found = restretch(self.problem, piece, axis, curves, self.places[axis])
            if found.stretch is not curves.stretch:
                return found
        return curves.resized(int(1.25 * curves.count) + 2)

    def _take(self, solved: Solved) -> bool:
        """Add a window to the solution if it can also be solved with more curves."""
        piece = solved.piece
        curves = [c.resized(int(self.finer_by * c.count) + 2) for c in piece.curves]
        before = self.finer[-1] if self.finer else None
        goal = self.local * 1e-3
        finer = solve_piece(self.problem, curves, piece, before, goal, self.clock.is_over)
        if not finer.converged:
            return False
        low, high = piece.curves[self.axis].ends
        rows = self.problem.draw(FRESH, self.seed + len(self.pieces), (low, high))
        apart, size = differ(self.problem, piece, finer.piece, rows)
        self.drifted += self._drift_unseen(finer.piece, rows)
        whole = torch.maximum(size, self._expected_squares())
        apart = apart + (self.unseen**2 + self.drifted**2) * whole
        self.largest = self._sizes(piece)
        self.apart, self.size = self.apart + apart * (high - low), self.size + size * (high - low)
        self.pieces.append(piece)
        self.finer.append(finer.piece)
        self.history[-1] = replace(self.history[-1], taken=True)
        name = self.problem.names[self.axis]
        self.clock.show(f"{name} = {high:.3g} of {self.end:g}, error {self._error_at_end():.1g}")
        return True

    def _drift_unseen(self, finer: Piece, rows: Rows) -> float:
        """A bound on how far residuals that even the finer solution misses move the fields."""
        low, high = finer.ends[self.axis]
        bound = measure_drift(self.problem, finer, rows, high - low, self.expected)
        if bound <= self.local or not self.is_smooth_box:
            return 0.0
        hunted = self.problem.draw(HUNTED, self.seed + len(self.pieces), (low, high))
        places = find_missed_residuals(self.problem, finer, hunted).places
        smooth = measure_smooth_drift(self.problem, finer, high - low, self.expected, places)
        return min(bound, smooth)


def _root_mean_square(values: Tensor) -> float:
    return float(values.square().mean().sqrt())


def _time_of(problem: EquationProblem) -> int:
    if problem.time is None:
        raise ValueError("march expected a problem with a time, got one without initial values")
    return problem.time


def _continue(
    problem: EquationProblem, curves: list[Curves], before: Piece | None, axis: int
) -> Piece | None:
    """The initial values of a window continued as constants; None on shapes, whose lift does so."""
    if problem.cut_axes:
        return None
    space = [c for a, c in enumerate(curves) if a != axis]
    points, coefs = [c.nodes() for c in space], dict[str, Tensor]()
    for name in problem.equation.fields:
        values = torch.zeros([c.count for c in space], dtype=torch.float64)
        for functional in problem.functionals(name, before):
            if functional.axis == axis and 0 in functional.terms:
                values = functional.value(points)
        coefs[name] = apply_each([c.transform for c in space], values).unsqueeze(axis)
    constant = [c.resized(1) if a == axis else c for a, c in enumerate(curves)]
    return Piece(tuple(constant), coefs)
