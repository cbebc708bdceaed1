"""`solve`: solve a differential equation; checks the arguments and chooses the method."""

from __future__ import annotations

import math
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import nn

from edgewise._checks import (
    check_choice,
    check_flags,
    check_numbers,
    quote,
    read_count,
    read_mapping,
)
from edgewise._progress import Progress
from edgewise._threads import patient_threads
from edgewise.equations.answer import DataFit, Solution
from edgewise.equations.arguments import Interval, read_data, read_problem
from edgewise.equations.clock import Clock
from edgewise.equations.completeness import check_dependence, find_missing
from edgewise.equations.conditions import Condition
from edgewise.equations.corners import Gap, find_gaps
from edgewise.equations.correction import estimate_error
from edgewise.equations.fields import Residual
from edgewise.equations.inverse import Measured, infer
from edgewise.equations.judge import judge_conditions
from edgewise.equations.named_networks import MODELS, SolutionWarning, choose_network
from edgewise.equations.network_training import NetworkOptions, PointsGiven
from edgewise.equations.networks import train_networks
from edgewise.equations.parts import Part, in_plain_torch
from edgewise.equations.piece_fits import Computed
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import EquationProblem
from edgewise.equations.refine import refine
from edgewise.equations.shapes import Shape
from edgewise.equations.unknown_curves import InferredCurve, UnknownCurve
from edgewise.equations.windows import march
from edgewise.nn.reading import read_rows

WINDOWS = 5
"""Default number of windows of time for networks."""
WEIGHT = 100.0
"""Default weight of conditions that don't hold by construction of networks."""
ESTIMATE = 0.1
"""Fraction of the time for estimating the error of networks."""
FRESH = 4000
"""Number of points at which the residual of the solution is measured."""


def solve(
    residual: Residual,
    domain: Mapping[str, Interval] | Shape,
    conditions: Sequence[Condition | Sequence[Condition]] = (),
    *,
    constants: Mapping[str, float | Interval] | None = None,
    unknowns: Mapping[str, float | UnknownCurve] | None = None,
    data: tuple[Any, Any] | None = None,
    model: str | nn.Module = "auto",
    windows: int | None = None,
    points: PointsGiven | None = None,
    weight: float = WEIGHT,
    tolerance: float = 1e-6,
    seconds: float = 60.0,
    seed: int = 0,
    progress: bool = True,
) -> Solution:
    """Solve an ordinary or partial differential equation to a tolerance.

    .. math:: R(u, ∂u, x) = 0, \\qquad u(x) = \\sum_{k} C_{k_1 … k_d} \\prod_i T_{k_i}(s_i(x_i))

    Fields are sums of products of Chebyshev polynomials T, which satisfy conditions at the ends of
    coordinates exactly. Gauss-Newton steps (one for linear equations) minimise the residual at
    points. Curves are added until a solution agrees with the next finer one. With
    :func:`~edgewise.equations.initial` values, the solution proceeds in windows of time of adaptive
    length. Coordinates are stretched where the solution has steep fronts. Ctrl-C ends it and
    returns what is solved so far, with ``interrupted=True``.

    Args:
        residual: a function of fields, coordinates and constants by name that returns the
            residual: one tensor, or one for each equation. Fields have derivatives as attributes:
            ``u.dt``, ``u.dxx``, ``u.dxdy``. Arguments that are neither coordinates nor constants
            are fields.
        domain: the interval of each coordinate, or a shape such as
            ``ew.equations.box(x=(0, 2), y=(0, 2)) - ew.equations.disc(x=0, y=0, radius=0.5)``.
        conditions: :func:`~edgewise.equations.dirichlet`, :func:`~edgewise.equations.neumann`,
            :func:`~edgewise.equations.robin`, :func:`~edgewise.equations.periodic`,
            :func:`~edgewise.equations.initial`.
        constants: numbers of the residual by name. A constant with a range (low, high) becomes a
            further coordinate, and the solution covers all its values.
        unknowns: quantities to find from data, by name: constants with first guesses, and on a box
            functions of one coordinate (:func:`~edgewise.equations.curve`). The equation holds
            exactly for each trial value; the data determine the best one.
        data: points, (rows, coordinates), and values of the field there, (rows,); for several
            fields (rows, fields), with NaN for unknown values.
        model: "auto" or "tensor": products of curves, or with four or more coordinates a deep KAN.
            Or a network, of which a copy is trained by :func:`~edgewise.training.gauss_newton`: an
            :class:`edgewise.KAN`, :class:`edgewise.MLP` or :class:`edgewise.models.SeparableKAN`
            with one input for each coordinate (two for periodic ones) and one output for each
            field; "kan", "mlp" and "separable" are such networks with about 850 parameters.
            Boundary and initial values hold by construction.
        windows: number of windows of time for networks; by default 5 if there is a time.
        points: points of the equation for networks, (rows, coordinates), or a function
            (number, seed) that returns them; by default random ones, which are redrawn.
        weight: weight of conditions that don't hold by construction, for networks.
        tolerance: the relative error (L²) to reach.
        seconds: CPU seconds that it may take.
        seed: seed of the points at which errors are measured.
        progress: whether to show the time, and what is reached, on a terminal or in a notebook.

    Returns:
        A :class:`~edgewise.equations.Solution`: ``s(x, t)``, ``s.u.dx(x, t)``, ``s.error``.

    Raises:
        ValueError: if arguments contradict each other, an equation has no field, or a field no
            equation, no point is in the domain, or an interval or a residual is of a size that
            float64 can't compute with.
        TypeError: if `conditions` has something that isn't a condition.

    Warns:
        SolutionWarning: if the error is above the tolerance, or conditions contradict each other or
            seem to be missing.

    Example:
        >>> import math, torch, edgewise as ew
        >>> def poisson(u, x):
        ...     return u.dxx + math.pi**2 * torch.sin(math.pi * x)
        >>> s = ew.solve(poisson, {"x": (-1, 1)}, [ew.equations.dirichlet("x", 0.0)])
        >>> abs(s(0.5).item() - 1) < 1e-6, abs(s.u.dx(0.0).item() - math.pi) < 1e-5
        (True, True)
        >>> s.error < 1e-6
        True

    Reference: Boyd, *Chebyshev and Fourier spectral methods* (2001), chapters 3, 6 and 16.
    """
    check_numbers("solve", tolerance=tolerance, seconds=seconds)
    check_flags("solve", progress=progress)
    seed = read_count("solve", "seed", seed, 0)
    check_numbers("solve", weight=weight)
    if windows is not None:
        windows = read_count("solve", "windows", windows, 1)
    if not isinstance(model, nn.Module):
        check_choice("solve", "model", model, MODELS, "or pass a network")
    constants, unknowns = (
        read_mapping("solve", field, given)
        for field, given in (("constants", constants), ("unknowns", unknowns))
    )
    line = Progress("solve", max(seconds, 1e-9), progress)
    clock = Clock(time.process_time() + seconds, line=line)
    with in_plain_torch(), patient_threads(), line:
        problem = read_problem(residual, domain, conditions, constants, unknowns)
        if points is not None and not callable(points):
            points = read_rows("solve points", points, len(problem.names)).double()
        check_dependence(problem, seed)
        measured = read_data(problem, data)
        gaps = find_gaps(problem, tolerance)
        _warn_of_conditions(find_missing(problem), gaps)
        problem = replace(problem, met=_find_met(problem, gaps), jumps=_find_jumps(problem, gaps))
        trained = choose_network(problem, model)
        if measured and trained is not None:
            raise ValueError(
                'solve expected model="auto" with unknowns, which only products of curves can '
                f"find; got {quote(model)}"
            )
        with torch.no_grad():
            if trained is not None:
                by_time = 1 if problem.time is None else WINDOWS
                options = NetworkOptions(trained, windows or by_time, points, weight)
                answer = _train(problem, options, tolerance, clock, seed)
            elif measured:
                answer = _infer(problem, measured, tolerance, clock, seed)
            else:
                answer = _solve_forward(problem, tolerance, clock, seed)
    if answer.interrupted or not answer.error <= answer.tolerance:
        warnings.warn(_describe_shortfall(answer), SolutionWarning, stacklevel=2)
    return answer


def _warn_of_conditions(missing: Sequence[str], gaps: Sequence[Gap]) -> None:
    """Warn of conditions that seem to be missing, and of those that contradict each other."""
    if missing:
        warnings.warn(
            f"conditions may be missing: {'; '.join(missing)}. Unless the highest derivative "
            "vanishes at an end, there are several solutions, and one of them is returned",
            SolutionWarning,
            stacklevel=3,
        )
    if gaps:
        warnings.warn(
            f"conditions contradict each other: {'; '.join(map(str, gaps))}. The first of each "
            "pair holds, the second only as closely as curves can",
            SolutionWarning,
            stacklevel=3,
        )


def _describe_shortfall(answer: Solution) -> str:
    """Why a solution isn't what was asked for, in words."""
    reached = "" if answer.reached is None else f" up to {answer.reached:g}"
    if answer.interrupted:
        return (
            f"interrupted: the solution{reached}, the best so far, has an estimated error of "
            f"{answer.error:.2g} (tolerance {answer.tolerance:.2g})"
        )
    return (
        f"the solution{reached} has an estimated error of {answer.error:.2g}, above the tolerance "
        f"{answer.tolerance:.2g}: give it more seconds, or look at s.history"
    )


def _find_met(problem: EquationProblem, gaps: Sequence[Gap]) -> frozenset[int]:
    """The indices of the conditions that contradict an earlier one."""
    met = [gap.met for gap in gaps]
    return frozenset(k for k, c in enumerate(problem.every_condition) if c in met)


def _find_jumps(problem: EquationProblem, gaps: Sequence[Gap]) -> tuple[dict[int, float], ...]:
    """The places where conditions of a steady solution contradict each other, by axis."""
    if problem.time is not None:
        return ()
    return tuple({problem.names.index(n): at for n, at in gap.place.items()} for gap in gaps)


def _train(
    problem: EquationProblem, options: NetworkOptions, tolerance: float, clock: Clock, seed: int
) -> Solution:
    """A solution by networks, with the error estimated by a correction on curves."""
    training = replace(clock, end=clock.end - ESTIMATE * clock.left())
    found = train_networks(problem, options, tolerance, training, seed)
    clock.interrupt = training.interrupt
    left, error = max(clock.left(), 1.0), math.inf
    with clock.until_interrupted():
        error = estimate_error(problem, found.parts, left, seed + 5000)
    return _answer(problem, found.parts, error, tolerance, found.history, seed, clock, found.hard)


def _solve_forward(problem: EquationProblem, tolerance: float, clock: Clock, seed: int) -> Solution:
    """A solution by products of curves, without unknowns."""
    found = _solve_known(problem, tolerance, clock, seed)
    if not found.pieces and clock.interrupt:
        clock.raise_interrupt()
    if not found.pieces:
        raise ValueError(
            "solve expected an equation with a solution for some time, found none in the first "
            "window: check the residual and the conditions, or give it more than "
            f"{clock.end - clock.began:g} s"
        )
    return _answer(problem, found.pieces, found.error, tolerance, found.history, seed, clock)


def _answer(
    problem: EquationProblem,
    pieces: Sequence[Part],
    error: float,
    tolerance: float,
    history: Sequence[Any],
    seed: int,
    clock: Clock,
    hard: frozenset[int] | None = None,
) -> Solution:
    """The solution of pieces; ``hard`` are the conditions that hold by construction."""
    hard = frozenset(range(len(problem.conditions))) if hard is None else hard
    residual, conditions, reached = math.nan, dict[str, str](), None
    with clock.until_interrupted():
        residual = _measure_residual(problem, pieces, seed)
        conditions = judge_conditions(problem, pieces, hard, seed)
    if math.isinf(residual):
        raise ValueError(
            "solve expected a residual of finite values on the domain, got NaN or infinite ones "
            "at the solution: check quotients, roots and logarithms"
        )
    if problem.time is not None:
        reached, end = pieces[-1].ends[problem.time][1], problem.bounds[problem.time][1]
        error = error if reached >= end else max(error, 1.0)
    return Solution(
        problem,
        pieces,
        error,
        tolerance,
        residual,
        conditions,
        history,
        clock.spent(),
        reached=reached,
        interrupted=clock.interrupt is not None,
    )


def _measure_residual(problem: EquationProblem, pieces: Sequence[Part], seed: int) -> float:
    """The root mean square of the residuals at new points; infinite if there are NaNs."""
    squares, whole = 0.0, 0.0
    for k, piece in enumerate(pieces):
        window = problem.window(piece)
        length = 1.0 if window is None else window[1] - window[0]
        rows = problem.draw(max(100, FRESH // len(pieces)), seed + 10_000 + k, window)
        squares += length * float(problem.residuals(piece, rows).square().mean())
        whole += length
    return (squares / whole) ** 0.5 if math.isfinite(squares) else math.inf


def _infer(
    problem: EquationProblem,
    measured: Sequence[Measured],
    tolerance: float,
    clock: Clock,
    seed: int,
) -> Solution:
    tried: list[Computed] = []

    def forward(known: EquationProblem, precision: float, clock: Clock) -> Sequence[Piece] | None:
        tried.append(_solve_known(known, precision, clock, seed))
        return tried[-1].pieces if tried[-1].is_whole else None

    found = infer(problem, measured, forward, tolerance, clock)
    if not found.converged:
        warnings.warn(
            "the unknowns haven't converged to 1 % of their standard errors: give more seconds, "
            "better first guesses, or fewer unknowns",
            SolutionWarning,
            stacklevel=3,
        )
    errors = found.covariance.diagonal().clamp(min=0).sqrt()
    unknowns, place = dict[str, Any](), 0
    for name, curve in found.guessed.curves.items():
        own = slice(place, place + len(curve.coefs))
        unknowns[name] = InferredCurve(curve.curves, curve.coefs, found.covariance[own, own])
        place = own.stop
    history = [step for each in tried for step in each.history]
    error = next((each.error for each in reversed(tried) if each.is_whole), math.inf)
    answer = _answer(found.problem, found.pieces, error, found.precision, history, seed, clock)
    names = list(problem.unknowns)
    return replace(
        answer,
        unknowns={**unknowns, **dict(zip(names, found.values[place:].tolist(), strict=True))},
        standard_errors=dict(zip(names, errors[place:].tolist(), strict=True)),
        data=_compare(answer, measured),
    )


def _compare(answer: Solution, measured: Sequence[Measured]) -> DataFit:
    """The solution beside the measured values of all fields."""
    gaps = [each.values - getattr(answer, each.field)(*each.points.unbind(1)) for each in measured]
    every = torch.cat(gaps)
    return DataFit(len(every), float(every.square().mean().sqrt()))


def _solve_known(problem: EquationProblem, precision: float, clock: Clock, seed: int) -> Computed:
    method = refine if problem.time is None else march
    return method(problem, precision, clock, seed)
