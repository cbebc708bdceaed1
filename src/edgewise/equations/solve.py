"""Solve differential equations."""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from edgewise.equations.answer import Solution
from edgewise.equations.conditions import Condition, read_conditions
from edgewise.equations.corners import find_gaps
from edgewise.equations.fields import Residual, read_equation
from edgewise.equations.least_squares import Target
from edgewise.equations.problem import Clock, Piece, Problem
from edgewise.equations.refine import refine
from edgewise.equations.space import Rows
from edgewise.equations.windows import march
from edgewise.nn.arguments import check_integer, check_numbers

Interval = tuple[float, float]
MODELS = ("auto", "tensor")
DATA_WEIGHT = 1e-6
"""Of data beside residuals: the equation holds, and data choose among its solutions."""
FRESH = 4000
"""Points at which the residual of the answer is measured."""


class SolutionWarning(UserWarning):
    """An answer that isn't as exact as was asked for, or conditions that disagree."""


def solve(
    residual: Residual,
    domain: Mapping[str, Interval],
    conditions: Sequence[Condition | Sequence[Condition]] = (),
    *,
    constants: Mapping[str, float | Interval] | None = None,
    unknowns: Mapping[str, float] | None = None,
    data: tuple[Any, Any] | None = None,
    model: str = "auto",
    tolerance: float = 1e-6,
    seconds: float = 60.0,
    seed: int = 0,
) -> Solution:
    """Solve a differential equation, ordinary or partial, to a tolerance.

    .. math:: R(u, ∂u, x) = 0, \\qquad u(x) = \\sum_{k} C_{k_1 … k_d} \\prod_i T_{k_i}(s_i(x_i))

    Fields are sums of products of Chebyshev curves, which obey conditions at the ends of
    coordinates exactly; their coefficients make the residual small at points by Gauss-Newton steps,
    one for linear equations. Curves are added until a solution agrees with the next finer one.
    Where :func:`~edgewise.equations.initial` values are given, windows of time follow each other,
    whose length follows the solution, and coordinates are stretched where fronts stand.

    Args:
        residual: a function of fields, coordinates and constants by name that answers what should
            be 0: one tensor, or one an equation. Fields have derivatives as attributes: ``u.dt``,
            ``u.dxx``, ``u.dxdy``. Arguments that are neither coordinates nor constants are fields.
        domain: the interval of each coordinate.
        conditions: :func:`~edgewise.equations.dirichlet`, :func:`~edgewise.equations.neumann`,
            :func:`~edgewise.equations.robin`, :func:`~edgewise.equations.periodic`,
            :func:`~edgewise.equations.initial`.
        constants: numbers of the residual by name; with a range, (low, high), the constant is one
            more coordinate, and the solution answers for all of them.
        unknowns: constants that are found, with first guesses; with data.
        data: points, (rows, coordinates), and values of the field there, (rows,); of several fields
            (rows, fields), NaN where one isn't known.
        model: "auto" or "tensor": products of curves.
        tolerance: the relative error (L²) that is asked for.
        seconds: of the processor at most.
        seed: of the points at which errors are measured.

    Returns:
        A :class:`~edgewise.equations.Solution`: ``s(x, t)``, ``s.u.dx(x, t)``, ``s.error``.

    Raises:
        ValueError: if arguments don't fit each other.
        TypeError: if a condition isn't one.

    Warns:
        SolutionWarning: if the error isn't as small as was asked for, or conditions disagree.

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
    began = time.process_time()
    check_numbers("solve", tolerance=tolerance, seconds=seconds)
    check_integer("solve", "seed", seed)
    if model not in MODELS:
        raise ValueError(f"solve expected model to be one of {', '.join(MODELS)}; got {model!r}")
    problem = _read(residual, domain, conditions, constants or {}, unknowns or {}, data)
    gaps = find_gaps(problem, tolerance)
    if gaps:
        warnings.warn(
            f"conditions meet and differ: {'; '.join(map(str, gaps))}. The first of each pair is "
            "kept, the second met as nearly as curves can",
            SolutionWarning,
            stacklevel=2,
        )
    clock = Clock(began + seconds)
    with torch.no_grad():
        if problem.time is not None and not problem.unknowns:
            answer = _march(problem, tolerance, clock, began, seed, bool(gaps))
        else:
            answer = _refine(problem, tolerance, clock, began, seed)
    if not answer.error <= tolerance:
        reached = "" if answer.reached is None else f" up to {answer.reached:g}"
        warnings.warn(
            f"the solution{reached} has an estimated error of {answer.error:.2g}, not "
            f"{tolerance:.2g}: give it more seconds, or look at s.history",
            SolutionWarning,
            stacklevel=2,
        )
    return answer


def _march(
    problem: Problem, tolerance: float, clock: Clock, began: float, seed: int, rough: bool
) -> Solution:
    found = march(problem, tolerance, clock, began, seed, rough)
    if not found.pieces:
        raise ValueError(
            "solve expected an equation with a solution for some time, found none in the first "
            "window: check the residual and the conditions, or give it more than "
            f"{clock.end - began:g} s"
        )
    end = problem.bounds[problem.time or 0][1]
    error = found.error if found.reached >= end else max(found.error, 1.0)
    return _answer(
        problem, found.pieces, error, tolerance, found.history, began, seed, found.reached
    )


def _refine(problem: Problem, tolerance: float, clock: Clock, began: float, seed: int) -> Solution:
    found = refine(problem, tolerance, clock, began, seed)
    return _answer(problem, [found.piece], found.error, tolerance, found.history, began, seed, None)


def _answer(
    problem: Problem,
    pieces: Sequence[Piece],
    error: float,
    tolerance: float,
    history: Sequence[Any],
    began: float,
    seed: int,
    reached: float | None,
) -> Solution:
    squares, whole = 0.0, 0.0
    for k, piece in enumerate(pieces):
        window = None if problem.time is None else piece.curves[problem.time].ends
        length = 1.0 if window is None else window[1] - window[0]
        rows = problem.draw(max(100, FRESH // len(pieces)), seed + 10_000 + k, window)
        squares += length * float(problem.residuals(piece, rows).square().mean())
        whole += length
    return Solution(
        problem,
        pieces,
        error,
        tolerance,
        (squares / whole) ** 0.5,
        {repr(condition): "by construction" for condition in problem.conditions},
        history,
        time.process_time() - began,
        unknowns=pieces[-1].constants,
        standard_errors=pieces[-1].errors,
        reached=reached,
    )


def _read(
    residual: Residual,
    domain: Mapping[str, Interval],
    conditions: Sequence[Condition | Sequence[Condition]],
    constants: Mapping[str, float | Interval],
    unknowns: Mapping[str, float],
    data: tuple[Any, Any] | None,
) -> Problem:
    ranges = {n: v for n, v in constants.items() if isinstance(v, (tuple, list))}
    bounds = {name: _read_interval(name, given) for name, given in {**domain, **ranges}.items()}
    known = {n: float(v) for n, v in constants.items() if n not in ranges}  # type: ignore[arg-type]
    if both := sorted(set(known) & set(unknowns)):
        raise ValueError(f"solve expected {', '.join(both)} among constants or unknowns, got both")
    if unknowns and data is None:
        raise ValueError(
            f"solve expected data that tell {', '.join(unknowns)}, got none: pass data=(points, "
            "values)"
        )
    equation = read_equation(residual, list(bounds), {**known, **unknowns})
    read = read_conditions(conditions, list(bounds), equation.fields)
    for condition in read:
        if not isinstance(condition.where, str):
            raise ValueError(
                f"solve expected conditions at the ends of one coordinate, got {condition}"
            )
    times = {list(bounds).index(str(c.where)) for c in read if c.kind == "initial"}
    if len(times) > 1:
        raise ValueError("solve expected initial values of one coordinate, got several")
    return Problem(
        equation,
        tuple(bounds.values()),
        tuple(read),
        known,
        dict(unknowns),
        [] if data is None else _read_data(data, equation.fields, len(bounds)),
        times.pop() if times else None,
    )


def _read_interval(name: str, given: Any) -> Interval:
    if not isinstance(given, (tuple, list)) or len(given) != 2 or not given[0] < given[1]:
        raise ValueError(f"solve expected {name} in an interval (low, high), got {given!r}")
    return float(given[0]), float(given[1])


def _read_data(data: tuple[Any, Any], fields: Sequence[str], coordinates: int) -> list[Target]:
    points, values = (torch.as_tensor(part, dtype=torch.float64) for part in data)
    columns = values[:, None] if values.dim() == 1 else values
    if points.shape != (len(columns), coordinates) or columns.shape[1] != len(fields):
        raise ValueError(
            f"solve expected data of shapes (rows, {coordinates}) and (rows, {len(fields)}), got "
            f"{tuple(points.shape)} and {tuple(values.shape)}"
        )
    made = []
    for name, column in zip(fields, columns.unbind(1), strict=True):
        told = ~column.isnan()
        if bool(told.any()):
            ones: Tensor = torch.ones(int(told.sum()), dtype=torch.float64)
            terms = {(0,) * coordinates: ones}
            made.append(Target(name, Rows.listed(points[told]), terms, column[told], DATA_WEIGHT))
    return made
