"""`solve`: solve a differential equation; checks the arguments and chooses the method."""

from __future__ import annotations

import math
import re
import time
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import fields as dataclass_fields
from typing import Any

import torch
from torch import Tensor, nn

from edgewise._checks import check_integer, check_numbers, quote, read_mapping, read_number
from edgewise.bases import Chebyshev
from edgewise.equations.answer import Solution
from edgewise.equations.completeness import check_dependence, find_missing
from edgewise.equations.conditions import Condition, read_conditions
from edgewise.equations.corners import Gap, find_gaps
from edgewise.equations.correction import estimate_error
from edgewise.equations.fields import Residual, read_equation
from edgewise.equations.inverse import Measured, infer
from edgewise.equations.judge import judge_conditions
from edgewise.equations.networks import Options, PointsGiven, train_networks
from edgewise.equations.parts import Part, in_plain_torch
from edgewise.equations.pieces import Piece
from edgewise.equations.problem import Clock, FreeCurve, Problem, Step
from edgewise.equations.refine import refine
from edgewise.equations.shapes import Shape, Slab, box, read_interval
from edgewise.equations.unknown_curves import InferredCurve, UnknownCurve
from edgewise.equations.windows import march
from edgewise.models import KAN, MLP, SeparableKAN
from edgewise.nn.inspect import count_trainable
from edgewise.nn.reading import read_real, read_rows

Interval = tuple[float, float]
MODELS = ("auto", "tensor", "kan", "mlp", "separable")
TENSOR = ("auto", "tensor")
MOST_COORDINATES = 3
"""Most coordinates for products of curves, whose number grows exponentially with them."""
WINDOWS = 5
"""Default number of windows of time for networks."""
WEIGHT = 100.0
"""Default weight of conditions that don't hold by construction of networks."""
ESTIMATE = 0.1
"""Fraction of the time for estimating the error of networks."""
FIRST_CURVES = 4
"""Initial number of coefficients of an unknown curve."""
FRESH = 4000
"""Number of points at which the residual of the solution is measured."""


class SolutionWarning(UserWarning):
    """A solution with an error above the tolerance, or conditions that contradict each other."""


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
) -> Solution:
    """Solve an ordinary or partial differential equation to a tolerance.

    .. math:: R(u, ∂u, x) = 0, \\qquad u(x) = \\sum_{k} C_{k_1 … k_d} \\prod_i T_{k_i}(s_i(x_i))

    Fields are sums of products of Chebyshev polynomials T, which satisfy conditions at the ends of
    coordinates exactly. Gauss-Newton steps (one for linear equations) minimise the residual at
    points. Curves are added until a solution agrees with the next finer one. With
    :func:`~edgewise.equations.initial` values, the solution proceeds in windows of time of adaptive
    length. Coordinates are stretched where the solution has steep fronts.

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
        unknowns: quantities to find from data, by name: constants with first guesses, and functions
            of one coordinate (:func:`~edgewise.equations.curve`). The equation holds exactly for
            each trial value; the data determine the best one.
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

    Returns:
        A :class:`~edgewise.equations.Solution`: ``s(x, t)``, ``s.u.dx(x, t)``, ``s.error``.

    Raises:
        ValueError: if arguments contradict each other, an equation has no field, or a field no
            equation.
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
    began = time.process_time()
    check_numbers("solve", tolerance=tolerance, seconds=seconds)
    check_integer("solve", "seed", seed)
    check_numbers("solve", weight=weight)
    if windows is not None:
        check_integer("solve", "windows", windows, 1)
    if not isinstance(model, nn.Module) and model not in MODELS:
        raise ValueError(
            f"solve expected model to be one of {', '.join(MODELS)}, or a network; got {model!r}"
        )
    constants, unknowns = (
        read_mapping("solve", field, given)
        for field, given in (("constants", constants), ("unknowns", unknowns))
    )
    with in_plain_torch():
        problem = _read(residual, domain, conditions, constants, unknowns)
        if points is not None and not callable(points):
            points = read_rows("solve points", points, len(problem.names)).double()
        check_dependence(problem, seed)
        measured = _read_data(problem, data)
        if missing := find_missing(problem):
            warnings.warn(
                f"conditions may be missing: {'; '.join(missing)}. Unless the highest derivative "
                "vanishes at an end, there are several solutions, and one of them is returned",
                SolutionWarning,
                stacklevel=2,
            )
        gaps = find_gaps(problem, tolerance)
        problem = replace(problem, met=_find_met(problem, gaps))
        trained = _choose_network(problem, model)
        if measured and trained is not None:
            raise ValueError(
                'solve expected model="auto" with unknowns, which only products of curves can '
                f"find; got {model!r}"
            )
        if gaps:
            warnings.warn(
                f"conditions contradict each other: {'; '.join(map(str, gaps))}. The first of each "
                "pair holds, the second only as closely as curves can",
                SolutionWarning,
                stacklevel=2,
            )
        clock = Clock(began + seconds)
        with torch.no_grad():
            if trained is not None:
                by_time = 1 if problem.time is None else WINDOWS
                options = Options(trained, windows or by_time, points, weight)
                answer = _train(problem, options, tolerance, clock, began, seed)
            elif measured:
                answer = _infer(problem, measured, tolerance, clock, began, seed, bool(gaps))
            elif problem.time is not None:
                answer = _march(problem, tolerance, clock, began, seed, bool(gaps))
            else:
                answer = _refine(problem, tolerance, clock, began, seed)
    if not answer.error <= answer.tolerance:
        reached = "" if answer.reached is None else f" up to {answer.reached:g}"
        warnings.warn(
            f"the solution{reached} has an estimated error of {answer.error:.2g}, above the "
            f"tolerance {answer.tolerance:.2g}: give it more seconds, or look at s.history",
            SolutionWarning,
            stacklevel=2,
        )
    return answer


def _find_met(problem: Problem, gaps: Sequence[Gap]) -> frozenset[int]:
    """The indices of the conditions that contradict an earlier one."""
    met = [gap.met for gap in gaps]
    return frozenset(k for k, c in enumerate(problem.every_condition) if c in met)


def _choose_network(problem: Problem, model: str | nn.Module) -> nn.Module | None:
    """The network to train; None if the solution is a sum of products of curves."""
    if isinstance(model, nn.Module):
        return model
    size = len(problem.names)
    if model == "tensor" or (model == "auto" and size <= MOST_COORDINATES):
        return None
    if model == "auto":
        warnings.warn(
            f"products of curves are too many for {size} coordinates, so a deep KAN is trained: "
            "give it more seconds=, or pass a model= of your own",
            SolutionWarning,
            stacklevel=3,
        )
    repeat = sum(c.kind == "periodic" for c in problem.conditions)
    inputs, outputs = size + repeat, len(problem.equation.fields)
    make = {"mlp": make_mlp, "separable": make_separable}.get(model, make_kan)
    return make(inputs, outputs)


def make_kan(inputs: int, outputs: int) -> nn.Module:
    """A KAN with two hidden layers of eight nodes, whose Chebyshev curves start as lines."""
    return KAN(
        [inputs, 8, 8, outputs], basis=Chebyshev(8), init="line", seed=0, dtype=torch.float64
    )


def make_mlp(inputs: int, outputs: int) -> nn.Module:
    """An MLP with three hidden layers of tanh units and the number of parameters of the KAN."""
    size = count_trainable(make_kan(inputs, outputs))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return MLP.matching(size, inputs, outputs, depth=3, activation="tanh", dtype=torch.float64)


def make_separable(inputs: int, outputs: int) -> nn.Module:
    """A sum of eight products of Chebyshev curves of degree 24."""
    return SeparableKAN(inputs, outputs, rank=8, basis=Chebyshev(24), seed=0, dtype=torch.float64)


def _train(
    problem: Problem, options: Options, tolerance: float, clock: Clock, began: float, seed: int
) -> Solution:
    """A solution by networks, with the error estimated by a correction on curves."""
    share = Clock(clock.end - ESTIMATE * clock.left())
    found = train_networks(problem, options, tolerance, share, began, seed)
    error = estimate_error(problem, found.parts, max(clock.left(), 1.0), seed + 5000)
    answer = _answer(problem, found.parts, error, tolerance, found.history, began, seed, None)
    return replace(answer, conditions=judge_conditions(problem, found.parts, found.hard, seed))


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
    pieces: Sequence[Part],
    error: float,
    tolerance: float,
    history: Sequence[Any],
    began: float,
    seed: int,
    reached: float | None,
) -> Solution:
    squares, whole = 0.0, 0.0
    for k, piece in enumerate(pieces):
        window = None if problem.time is None else piece.ends[problem.time]
        length = 1.0 if window is None else window[1] - window[0]
        rows = problem.draw(max(100, FRESH // len(pieces)), seed + 10_000 + k, window)
        squares += length * float(problem.residuals(piece, rows).square().mean())
        whole += length
    if not math.isfinite(squares):
        raise ValueError(
            "solve expected a residual of finite values on the domain, got NaN or infinite ones "
            "at the solution: check quotients, roots and logarithms"
        )
    return Solution(
        problem,
        pieces,
        error,
        tolerance,
        (squares / whole) ** 0.5,
        judge_conditions(problem, pieces, frozenset(range(len(problem.conditions))), seed),
        history,
        time.process_time() - began,
        reached=reached,
    )


def _read(
    residual: Residual,
    domain: Mapping[str, Interval] | Shape,
    conditions: Sequence[Condition | Sequence[Condition]],
    constants: Mapping[str, float | Interval],
    unknowns: Mapping[str, float | UnknownCurve],
) -> Problem:
    named = isinstance(domain, Mapping) and all(isinstance(name, str) for name in domain)
    if not isinstance(domain, Shape) and not (named and domain):
        raise TypeError(
            f"solve expected a domain such as {{'x': (0, 1)}}, got {domain!r:.80}: name coordinates"
        )
    ranges = {n: v for n, v in constants.items() if isinstance(v, (tuple, list))}
    shape = domain if isinstance(domain, Shape) else None
    intervals = domain.bounds if isinstance(domain, Shape) else domain
    if shape is not None and (open_in := sorted(set(shape.coordinates) - set(intervals))):
        raise ValueError(
            f"solve expected a domain with bounds, got one without in {', '.join(open_in)}: "
            "intersect it with a box"
        )
    given = {**intervals, **ranges}
    bounds = {name: read_interval("solve", name, pair) for name, pair in given.items()}
    known = {n: read_number("solve", n, v) for n, v in constants.items() if n not in ranges}
    if both := sorted(set(known) & set(unknowns)):
        raise ValueError(f"solve expected {', '.join(both)} among constants or unknowns, got both")
    curves = {name: u for name, u in unknowns.items() if isinstance(u, UnknownCurve)}
    numbers = {n: read_number("solve", n, u) for n, u in unknowns.items() if n not in curves}
    equation = read_equation(residual, list(bounds), {**known, **numbers})
    free = {name: _begin_curve(name, u, bounds, equation.fields) for name, u in curves.items()}
    solved = [name for name in equation.fields if name not in free]
    _check_names(list(bounds), solved)
    read = read_conditions(conditions, list(bounds), solved)
    at_ends = tuple(c for c in read if isinstance(c.where, str) and c.kind != "relation")
    on_shape = tuple(c for c in read if c not in at_ends)
    if on_shape and shape is None:
        shape = box(**bounds)
    elif shape is not None and not on_shape and all(isinstance(f, Slab) for f in shape.factors()):
        shape = None  # a box, whose conditions are at ends of coordinates
    times = {list(bounds).index(str(c.where)) for c in at_ends if c.kind == "initial"}
    if len(times) > 1:
        raise ValueError("solve expected initial values of one coordinate, got several")
    made = Problem(
        equation, tuple(bounds.values()), at_ends, known, numbers,
        time=times.pop() if times else None, curves=free, shape=shape, on_shape=on_shape,
    )  # fmt: skip
    made = made.with_corners()
    if made.time is not None and made.time in made.cut_axes:
        raise ValueError(
            f"solve expected a shape that stays the same in {made.names[made.time]}, got one that "
            "changes with it"
        )
    for condition in on_shape:
        made.borders(condition)  # raises an error if it isn't on the border
    return made


def _check_names(coordinates: Sequence[str], fields: Sequence[str]) -> None:
    """Raise ValueError for names that a derivative or a solution would have twice."""
    for name in coordinates:
        others = "|".join(re.escape(other) for other in coordinates if other != name)
        if others and re.fullmatch(f"(d?({others}))+", name):
            raise ValueError(
                f"solve expected coordinates that derivatives tell apart, got {name} beside "
                f"{', '.join(n for n in coordinates if n != name)}: d{name} could be either"
            )
    own = {*dir(Solution), *(f.name for f in dataclass_fields(Solution))}
    if taken := [name for name in fields if name in own]:
        raise ValueError(
            f"solve expected fields of other names than what a solution has, got {taken[0]}: call "
            "it otherwise"
        )


def _begin_curve(
    name: str, unknown: UnknownCurve, bounds: Mapping[str, Interval], fields: Sequence[str]
) -> FreeCurve:
    if unknown.coordinate not in bounds or name not in fields:
        raise ValueError(
            f"solve expected an unknown curve that the residual takes, of one of the coordinates "
            f"{', '.join(bounds)}; got {name} of {unknown.coordinate}"
        )
    axis = list(bounds).index(unknown.coordinate)
    count = min(FIRST_CURVES, unknown.most)
    return FreeCurve(axis, *unknown.begin(*bounds[unknown.coordinate], count), unknown.most)


def _read_data(problem: Problem, data: tuple[Any, Any] | None) -> list[Measured]:
    """Series of measured values, one for each field; empty if there are no unknowns.

    Raises:
        ValueError: if there are unknowns without data or data without unknowns, or shapes differ.
    """
    unknown = [*problem.unknowns, *problem.curves]
    if unknown and data is None:
        raise ValueError(
            f"solve expected data to find {', '.join(unknown)}, got none: pass data=(points, "
            "values)"
        )
    if data is not None and not unknown:
        raise ValueError(
            "solve expected unknowns to find from the data, got none: pass unknowns={name: guess}"
        )
    if data is None:
        return []
    fields = [name for name in problem.equation.fields if name not in problem.curves]
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise ValueError(f"solve expected data as (points, values), got {quote(data)}")
    points, values = (
        read_real(f"solve {name}", part).detach().cpu().double()
        for name, part in zip(("points of data", "values of data"), data, strict=True)
    )
    columns = values[:, None] if values.dim() == 1 else values
    wanted = len(problem.bounds)
    points = points[:, None] if points.dim() == wanted == 1 else points
    if points.shape != (len(columns), wanted) or columns.shape[1] != len(fields):
        raise ValueError(
            f"solve expected data of shapes (rows, {wanted}) and (rows, {len(fields)}), got "
            f"{tuple(points.shape)} and {tuple(values.shape)}"
        )
    _check_points(problem, points)
    if bool(columns.isinf().any()):
        raise ValueError("solve expected finite values of data, got infinite ones: leave them out")
    series = zip(fields, columns.unbind(1), strict=True)
    told = [(name, column, ~column.isnan()) for name, column in series]
    numbers = len(problem.unknown_values())
    if (rows := sum(int(known.sum()) for _, _, known in told)) <= numbers:
        raise ValueError(
            f"solve expected more data than its {numbers} unknown numbers, got {rows} values"
        )
    return [
        Measured(name, points[known], column[known])
        for name, column, known in told
        if bool(known.any())
    ]


def _check_points(problem: Problem, points: Tensor) -> None:
    """Raise ValueError unless all points lie in the domain: elsewhere curves mean nothing."""
    low, high = torch.tensor(problem.bounds, dtype=torch.float64).unbind(1)
    margin = 1e-9 * (high - low)
    inside = ((points >= low - margin) & (points <= high + margin)).all(1)
    outside = ~(inside & problem.contains(points, 1e-9))
    if bool(outside.any()):
        raise ValueError(
            f"solve expected points of data in the domain, got {points[outside][0].tolist()}, "
            f"{int(outside.sum())} of {len(points)} outside: widen it, or leave them out"
        )


def _infer(
    problem: Problem,
    measured: Sequence[Measured],
    tolerance: float,
    clock: Clock,
    began: float,
    seed: int,
    rough: bool,
) -> Solution:
    tried: list[_Known] = []

    def forward(known: Problem, precision: float, clock: Clock) -> Sequence[Piece] | None:
        tried.append(_solve_known(known, precision, clock, seed, rough))
        return tried[-1].pieces if tried[-1].whole else None

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
    answer = _answer(
        found.problem, found.pieces, tried[-1].error, found.precision, history, began, seed, None
    )
    names = list(problem.unknowns)
    return replace(
        answer,
        unknowns={**unknowns, **dict(zip(names, found.values[place:].tolist(), strict=True))},
        standard_errors=dict(zip(names, errors[place:].tolist(), strict=True)),
    )


@dataclass(frozen=True)
class _Known:
    """A solution without unknowns: pieces, error, history, and whether it is complete."""

    pieces: Sequence[Piece]
    error: float
    history: Sequence[Step]
    whole: bool


def _solve_known(
    problem: Problem, precision: float, clock: Clock, seed: int, rough: bool = False
) -> _Known:
    began = time.process_time()
    if problem.time is None:
        refined = refine(problem, precision, clock, began, seed)
        return _Known([refined.piece], refined.error, refined.history, True)
    marched = march(problem, precision, clock, began, seed, rough)
    whole = marched.reached >= problem.bounds[problem.time][1]
    return _Known(marched.pieces, marched.error, marched.history, whole)
