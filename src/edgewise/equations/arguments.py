"""Read the arguments of `solve`: an equation with its conditions, and measured values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import fields as dataclass_fields
from itertools import product
from typing import Any

import torch
from torch import Tensor

from edgewise._checks import quote, read_number
from edgewise.equations.answer import Solution
from edgewise.equations.conditions import Condition, read_conditions
from edgewise.equations.fields import Residual, read_equation
from edgewise.equations.inverse import Measured
from edgewise.equations.problem import EquationProblem
from edgewise.equations.shape_makers import box, read_interval
from edgewise.equations.shapes import Shape, Slab
from edgewise.equations.unknown_curves import FreeCurve, UnknownCurve
from edgewise.nn.reading import read_real

Interval = tuple[float, float]
SIZES = 1e-60, 1e60
"""The largest value of each field among data is within these."""
FIRST_CURVES = 4
"""Initial number of coefficients of an unknown curve."""


def read_problem(
    residual: Residual,
    domain: Mapping[str, Interval] | Shape,
    conditions: Sequence[Condition | Sequence[Condition]],
    constants: Mapping[str, float | Interval],
    unknowns: Mapping[str, float | UnknownCurve],
) -> EquationProblem:
    """The equation on its domain with its conditions."""
    ranges = {n: v for n, v in constants.items() if isinstance(v, (tuple, list))}
    shape, bounds = _read_domain(domain, ranges, [*constants, *unknowns])
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
    made = EquationProblem(
        equation, tuple(bounds.values()), at_ends, known, numbers,
        time=times.pop() if times else None, curves=free, shape=shape, on_shape=on_shape,
    )  # fmt: skip
    if curves and made.cut_axes:
        raise ValueError(
            f"solve expected unknown functions on a box, got {', '.join(curves)} on a shape: find "
            "constants there, or take a box"
        )
    made = made.with_corners()
    if made.time is not None and made.time in made.cut_axes:
        raise ValueError(
            f"solve expected a shape that stays the same in {made.names[made.time]}, got one that "
            "changes with it"
        )
    _check_slopes(made)
    for condition in on_shape:
        made.borders(condition)  # raises an error if it isn't on the border
    return made


def _read_domain(
    domain: Mapping[str, Interval] | Shape, ranges: Mapping[str, Any], others: Sequence[str]
) -> tuple[Shape | None, dict[str, Interval]]:
    """The shape, if it is one, and the interval of each coordinate, constants with ranges last."""
    named = isinstance(domain, Mapping) and all(isinstance(name, str) for name in domain)
    if not isinstance(domain, Shape) and not (named and domain):
        raise TypeError(
            f"solve expected a domain such as {{'x': (0, 1)}}, got {domain!r:.80}: name coordinates"
        )
    shape = domain if isinstance(domain, Shape) else None
    intervals = domain.bounds if isinstance(domain, Shape) else domain
    if shape is not None and (open_in := sorted(set(shape.coordinates) - set(intervals))):
        raise ValueError(
            f"solve expected a domain with bounds, got one without in {', '.join(open_in)}: "
            "intersect it with a box"
        )
    for name in intervals:
        if not name.isidentifier() or name in others:
            raise ValueError(
                f"solve expected coordinates called like arguments of the residual, and unlike its "
                f"constants and unknowns, got {name!r}: call it otherwise"
            )
    given = {**intervals, **ranges}
    return shape, {name: read_interval("solve", name, pair) for name, pair in given.items()}


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


def _check_slopes(problem: EquationProblem) -> None:
    """Raise ValueError for initial slopes of a field whose first derivative the equation gives."""
    slopes = [c for c in problem.conditions if c.kind == "initial" and 1 in c.terms]
    for condition, name in product(slopes, problem.equation.fields):
        axis = problem.names.index(str(condition.where))
        if condition.field in (None, name) and problem.equation.highest(axis, name) < 2:
            raise ValueError(
                f"solve expected no initial slope of {name}, which the equation determines, "
                f"because it has no second derivative by {condition.where}: leave it out"
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


def read_data(problem: EquationProblem, data: tuple[Any, Any] | None) -> list[Measured]:
    """Series of measured values, one for each field; empty if there are no unknowns."""
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
    points, columns = _read_tables(data, len(problem.bounds), len(fields))
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
    _check_sizes(fields, columns)
    return [
        Measured(name, points[known], column[known])
        for name, column, known in told
        if bool(known.any())
    ]


def _read_tables(data: Any, coordinates: int, fields: int) -> tuple[Tensor, Tensor]:
    """Points and values of data; (rows, coordinates), (rows, fields)"""
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise ValueError(f"solve expected data as (points, values), got {quote(data)}")
    points, values = (
        read_real(f"solve {name}", part).detach().cpu().double()
        for name, part in zip(("points of data", "values of data"), data, strict=True)
    )
    columns = values[:, None] if values.dim() == 1 else values
    points = points[:, None] if points.dim() == coordinates == 1 else points
    length = tuple(columns.shape[:1])
    if points.shape != (*length, coordinates) or columns.shape != (*length, fields):
        raise ValueError(
            f"solve expected data of shapes (rows, {coordinates}) and (rows, {fields}), got "
            f"{tuple(points.shape)} and {tuple(values.shape)}"
        )
    return points, columns


def _check_sizes(fields: Sequence[str], columns: Tensor) -> None:
    """Raise ValueError where squares of values, or of their errors, would be infinite or vanish."""
    for name, column in zip(fields, columns.unbind(1), strict=True):
        largest = float(column.nan_to_num(0.0).abs().amax())
        if largest and not SIZES[0] <= largest <= SIZES[1]:
            raise ValueError(
                f"solve expected values of data from {SIZES[0]:g} to {SIZES[1]:g} in size, got "
                f"{largest:.3g} as the largest of {name}: measure {name} in another unit"
            )


def _check_points(problem: EquationProblem, points: Tensor) -> None:
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
