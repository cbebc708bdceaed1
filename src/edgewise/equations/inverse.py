"""Inverse problems: find constants and curves of an equation from measured values of its fields.

The equation holds exactly, so only the unknown numbers θ are fitted (variable projection):

.. math:: \\min_θ \\sum_i w_i^2 (u(x_i; θ) - y_i)^2, \\qquad R(u(θ), θ) = 0

Each step solves the equation for the current θ, and with the same linear problem for ∂u/∂θ. These
give a damped Gauss-Newton step and the covariance of θ. There is no trade-off between data and
equation, so no weight has to be chosen.

Reference: Bock, *Recent advances in parameter identification techniques for O.D.E.* (1983).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import torch
from torch import Tensor

from edgewise._covariance import estimate_covariance
from edgewise._gauss_newton import Attempt, Tenfold, Trial, descend
from edgewise.equations.clock import Clock
from edgewise.equations.parts import evaluate_parts
from edgewise.equations.piece_fits import solve_piece
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.sensitivities import differentiate_pieces

COARSE = 1e-3
"""Tolerance of the first solutions, while the fit is still poor."""
SHARE = 0.2
"""Errors of solutions are at most this fraction of the uncertainty from noise."""
PATIENCE = 3.0
"""A solution for other numbers takes at most this many times the longest before, and a second."""
FINE = 3.0
"""Curves of another solution are reused if their last coefficients are below this times the
precision."""
STEPS = 25
ROUNDS = 4
"""Most fits, each with weights from the residuals of the one before."""

Forward = Callable[[EquationProblem, float, Clock], Sequence[Piece] | None]
"""A solver: (problem without unknowns, tolerance, clock) → pieces of its solution, or None."""


@dataclass(frozen=True, eq=False)
class Measured:
    """Values of one field at points.

    Attributes:
        points: (rows, coordinates).
        values: (rows,).
    """

    field: str
    points: Tensor
    values: Tensor


@dataclass(frozen=True, eq=False)
class Inferred:
    """The result of a fit of unknown numbers θ to data.

    Attributes:
        values: θ.
        covariance: the covariance matrix of θ, (numbers, numbers).
        pieces: the solution for θ.
        problem: the problem with θ filled in.
        guessed: the problem with θ as first guesses.
        criterion: Akaike's criterion, corrected for few data.
        converged: whether further steps would change θ by less than 1 % of its standard errors.
        scales: root mean square residual of each series of data.
        precision: the tolerance of the solutions.
    """

    values: Tensor
    covariance: Tensor
    pieces: Sequence[Piece]
    problem: EquationProblem
    guessed: EquationProblem
    criterion: float
    converged: bool
    scales: tuple[float, ...]
    precision: float


def infer(
    problem: EquationProblem,
    data: Sequence[Measured],
    forward: Forward,
    tolerance: float,
    clock: Clock,
) -> Inferred:
    """Fit the unknown numbers of a problem to data.

    Akaike's criterion chooses the number of coefficients of each curve, and two more are added, so
    that the truncation error is small compared with the standard errors.

    Args:
        tolerance: tolerance of the solutions; it is relaxed as far as noise allows.
    """
    found = _Inference(problem, data, forward, tolerance, clock).run(None)
    for name in problem.curves:
        while (more := _grow(found.guessed, name)) is not None and not clock.is_over():
            finer = None
            with clock.until_interrupted():
                finer = _Inference(more, data, forward, tolerance, clock).run(found)
            if finer is None:
                break
            better = finer.criterion < found.criterion
            found = finer
            if not better:
                break
    return found


def _grow(problem: EquationProblem, name: str) -> EquationProblem | None:
    """The problem with two more coefficients of a curve; None if it has the most allowed."""
    curve = problem.curves[name]
    count = curve.curves.count + 2
    if count > curve.most:
        return None
    coefs = torch.cat([curve.coefs, torch.zeros(2, dtype=torch.float64)])
    finer = replace(curve, curves=curve.curves.resized(count), coefs=coefs)
    return replace(problem, curves={**problem.curves, name: finer})


@dataclass(frozen=True, eq=False)
class _At:
    """The solution and residuals at some θ."""

    values: Tensor
    pieces: Sequence[Piece]
    problem: EquationProblem
    misfits: Tensor


class _Inference:
    def __init__(
        self,
        problem: EquationProblem,
        data: Sequence[Measured],
        forward: Forward,
        tolerance: float,
        clock: Clock,
    ) -> None:
        self.problem, self.data, self.forward, self.clock = problem, data, forward, clock
        self.tolerance = tolerance
        self.precision = max(tolerance, COARSE)
        self.sizes = [_size(each.values) or 1.0 for each in data]
        self.scales = list(self.sizes)
        self.longest = 0.0

    def run(self, near: Inferred | None) -> Inferred:
        """Run the fit, starting from the pieces of a similar solution if there is one."""
        if near is not None:
            self.scales, self.precision = list(near.scales), near.precision
        at = self._solve(self.problem.unknown_values(), near)
        if at is None:
            if self.clock.interrupt:
                self.clock.raise_interrupt()
            raise ValueError(
                "solve expected a solution for the first guess of the unknowns, found none: try "
                "another guess"
            )
        if self._measure_zeros(at):
            at = self._solve(at.values) or at
        converged, rounds = False, ROUNDS
        # After each fit, update the weights and the tolerance from the scatter of the data.
        while True:
            at, slopes = self._descend(at)
            scatter, rounds = self._scatter(at), rounds - 1
            precision = self._needed(scatter)
            settled = all(0.7 < s / w < 1.4 for s, w in zip(scatter, self.scales, strict=True))
            exact = precision >= 0.5 * self.precision or self.precision <= self.tolerance
            converged = settled and exact and not self.clock.is_over()
            if converged or not rounds or self.clock.is_over():
                break
            self.scales = scatter
            self.precision = min(self.precision, precision)
            at = self._solve(at.values) or at
        free = max(1, len(at.misfits) - len(at.values))
        variance = float(at.misfits @ at.misfits) / free
        covariance, untold = estimate_covariance(slopes, variance)
        untold[: len(untold) - len(self.problem.unknowns)] = False  # curves: large is enough
        covariance.diagonal()[untold] = math.inf
        return Inferred(
            at.values, covariance, at.pieces, at.problem, self.problem.guessing(at.values),
            self._criterion(at), converged, tuple(self.scales), self.precision,
        )  # fmt: skip

    # One θ.

    def _solve(self, values: Tensor, near: _At | Inferred | None = None) -> _At | None:
        """The solution for some numbers, on the curves of a similar one if these suffice."""
        problem = self.problem.with_known(values)
        pieces: Sequence[Piece] | None = None
        began = time.process_time()
        with self.clock.until_interrupted():
            if near is not None:
                pieces = solve_again(problem, near.pieces, self.precision, self.clock)
            if not pieces:
                pieces = self.forward(problem, self.precision, self.clock)
        if not pieces:
            return None
        self.longest = max(self.longest, time.process_time() - began)
        parts = [
            (evaluate_parts(pieces, problem.time, each.field, each.points) - each.values) / scale
            for each, scale in zip(self.data, self.scales, strict=True)
        ]
        return _At(values, pieces, problem, torch.cat(parts))

    def _try(self, values: Tensor, near: _At) -> _At | None:
        """The solution for other numbers, None if it takes far longer than those before.

        A step may lead to numbers for which the equation is hard, such as a viscosity near 0.
        """
        whole = self.clock
        end = min(whole.end, time.process_time() + PATIENCE * self.longest + 1)
        self.clock = replace(whole, end=end)
        try:
            found = self._solve(values, near)
        finally:
            whole.interrupt, self.clock, trial = self.clock.interrupt, whole, self.clock
        late = trial.is_over() and not whole.is_over()
        return None if late else found

    def _slopes(self, at: _At) -> Tensor:
        """The derivatives of the residuals by θ; (rows, numbers)"""
        changes = differentiate_pieces(self.problem.guessing(at.values), at.pieces)
        columns = []
        for own in changes:
            parts = [
                evaluate_parts(own, at.problem.time, each.field, each.points) / scale
                for each, scale in zip(self.data, self.scales, strict=True)
            ]
            columns.append(torch.cat(parts))
        return torch.stack(columns, 1)

    def _descend(self, at: _At) -> tuple[_At, Tensor]:
        """The best θ, and the derivatives of its residuals by θ."""
        reached = list[tuple[_At, Tensor]]()

        def linearise(trial: Trial) -> Attempt | None:
            here: _At = trial.point
            slopes = self._slopes(here)
            reached.append((here, slopes))
            matrix, right = slopes.t() @ slopes, slopes.t() @ here.misfits
            diagonal = matrix.diagonal().clamp(min=1e-300)
            free = max(1, len(here.misfits) - len(here.values))
            noise = float(here.misfits @ here.misfits) / free
            unsolved = math.inf  # the length of the shortest step without a solution

            def attempt(damping: float) -> Trial | None:
                nonlocal unsolved
                step = -torch.linalg.lstsq(
                    matrix + (damping * diagonal).diag(), right[:, None]
                ).solution[:, 0]
                # A step below 1 % of the standard errors isn't worth taking.
                length = float((step @ matrix @ step).clamp(min=0).sqrt())
                if damping <= 1 and length < 1e-2 * math.sqrt(noise * len(step)):
                    return trial
                if self.clock.is_over() or length > 0.6 * unsolved:
                    return None
                found = self._try(here.values + step, here)
                if found is None or not bool(found.misfits.isfinite().all()):
                    unsolved = length
                    return None
                return Trial(found, float(found.misfits @ found.misfits))

            return attempt

        begin = Trial(at, float(at.misfits @ at.misfits))
        with self.clock.until_interrupted():
            found, _ = descend(
                begin, linearise, Tenfold(1e-3, 1e-2), steps=STEPS, tries=8, slow=1e-9
            )
            if found.point is not reached[-1][0]:
                reached.append((found.point, self._slopes(found.point)))
        return reached[-1] if reached else (at, self._slopes(at))

    # How exact.

    def _scatter(self, at: _At) -> list[float]:
        """Root mean squares of the residuals, at least the error of the solution."""
        return [
            max(misfit, self.tolerance * size)
            for misfit, size in zip(self._misfits(at), self.sizes, strict=True)
        ]

    def _misfits(self, at: _At) -> list[float]:
        parts = at.misfits.split([len(each.values) for each in self.data])
        return [_size(p) * scale for p, scale in zip(parts, self.scales, strict=True)]

    def _measure_zeros(self, at: _At) -> bool:
        """Whether there are series of zeros: their size is that of what is predicted for them."""
        zeros = [k for k, each in enumerate(self.data) if not bool(each.values.any())]
        misfits = self._misfits(at)
        for k in zeros:
            self.sizes[k] = self.scales[k] = misfits[k] or 1.0
        return bool(zeros)

    def _criterion(self, at: _At) -> float:
        count, numbers = len(at.misfits), len(at.values)
        logs = sum(
            len(each.values) * math.log(s)
            for s, each in zip(self._scatter(at), self.data, strict=True)
        )
        few = numbers * (numbers + 1) / max(1, count - numbers - 1)
        return 2 * (logs + numbers + few)

    def _needed(self, scatter: Sequence[float]) -> float:
        """The tolerance of solutions that is small compared with the uncertainty from noise."""
        parts = [
            SHARE * s / (size * math.sqrt(len(each.values)))
            for s, size, each in zip(scatter, self.sizes, self.data, strict=True)
        ]
        return max(self.tolerance, min(parts))


def solve_again(
    problem: EquationProblem, pieces: Sequence[Piece], precision: float, clock: Clock
) -> list[Piece] | None:
    """A solution on the curves of another one; None if these don't resolve it."""
    made: list[Piece] = []
    largest: dict[str, float] = {}
    for piece in pieces:
        before = made[-1] if made else None
        solved = solve_piece(problem, piece.curves, piece, before, 1e-2 * precision, clock.is_over)
        own = solved.piece.sizes()
        largest = {name: max(size, largest.get(name, 0.0)) for name, size in own.items()}
        if not solved.converged or max(solved.piece.tails(largest)) > FINE * precision:
            return None
        made.append(solved.piece)
    return made


def _size(values: Tensor) -> float:
    """The root mean square, whose squares don't overflow."""
    largest = float(values.abs().amax())
    return largest * float((values / largest).square().mean().sqrt()) if largest else 0.0
