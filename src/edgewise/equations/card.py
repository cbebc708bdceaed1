"""The card of a solution: slices of its field, its residuals, and how it was found."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from edgewise.charts.card import Card, Drawn
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line
from edgewise.charts.scales import LOG
from edgewise.equations.space import Rows

Solution = Any
"""That of :mod:`.answer`, which imports this file."""
SLICES = 5
"""Lines of a chart along one coordinate, for values of another."""
ALONG = 200
"""Points of each line."""


def make_card(solution: Solution) -> Card:
    """What a solution is, how exact, and how it was found."""
    exact = solution.error <= solution.tolerance
    calls = ", ".join(solution.coordinates)
    facts = {
        "estimated relative error": f"{solution.error:.2g}",
        "asked for": f"{solution.tolerance:.2g}",
        "residual, root mean square": f"{solution.residual:.2g}",
        "seconds of the processor": f"{solution.seconds:.3g}",
    }
    for name, value in solution.unknowns.items():
        error = solution.standard_errors.get(name, float("nan"))
        facts[f"{name}, found from data"] = f"{value:.6g} ± {error:.2g}"
    return Card(
        stamp="Solved" if exact else "Not as exact as asked for",
        style="law" if exact else "approximation",
        headline=", ".join(f"{name}({calls})" for name in solution.fields),
        source=_describe_size(solution),
        meaning=f"The error, {solution.error:.2g}, is measured against a finer solution. "
        + "; ".join(f"{name}: {how}" for name, how in solution.conditions.items()),
        charts=_draw_charts(solution),
        facts=facts,
    )


def _describe_size(solution: Solution) -> str:
    pieces = len(solution.pieces)
    numbers = sum(piece.numbers for piece in solution.pieces)
    windows = f" in {pieces} windows of time" if pieces > 1 else ""
    return f"{numbers:,} {solution.pieces[0].kind}{windows}"


def _draw_charts(solution: Solution) -> list[Drawn]:
    """The first field and the residual along the first coordinate; the solutions on the way."""
    name, along = solution.fields[0], solution.coordinates[0]
    x, lines = _slice(solution)
    values = [solution._view(name)(*points.unbind(1)).numpy() for points, _ in lines]
    residuals = [_find_residuals(solution, points) for points, _ in lines]
    field = Chart(
        [
            Line(x=x, y=each, alpha=0.35 + 0.65 * (k + 1) / len(lines), label=label or None)
            for k, (each, (_, label)) in enumerate(zip(values, lines, strict=True))
        ],
        x=Axis(along),
    )
    left_over = Chart(
        [Line(x=x, y=np.stack(residuals).max(0).clip(1e-300), width=1.2)],
        x=Axis(along),
        y=Axis(scale=LOG),
    )
    steps = [step for step in solution.history if np.isfinite(step.residual)]
    seconds = np.array([step.seconds for step in steps])
    way = Chart(
        [Line(x=seconds, y=np.array([s.residual for s in steps]).clip(1e-300), width=1.0, dots=3)],
        x=Axis("seconds"),
        y=Axis(scale=LOG),
    )
    return [
        Drawn(f"{name} along {along}", field),
        Drawn("largest residual", left_over),
        Drawn("residuals on the way", way),
    ]


def _slice(solution: Solution) -> tuple[np.ndarray, list[tuple[Tensor, str]]]:
    """Points along the first coordinate, for values of the second, in the middle of all others."""
    bounds, time = list(solution.problem.bounds), solution.problem.time
    if time is not None and solution.reached is not None:
        bounds[time] = (bounds[time][0], solution.reached)
    x = torch.linspace(bounds[0][0], bounds[0][1], ALONG, dtype=torch.float64)
    middle = torch.tensor([(low + high) / 2 for low, high in bounds], dtype=torch.float64)
    made = []
    values = np.linspace(bounds[1][0], bounds[1][1], SLICES) if len(bounds) > 1 else [None]
    for value in values:
        points = middle.repeat(ALONG, 1)
        points[:, 0] = x
        if value is not None:
            points[:, 1] = value
        label = "" if value is None else f"{solution.coordinates[1]} = {value:.3g}"
        made.append((points, label))
    return x.numpy(), made


def _find_residuals(solution: Solution, points: Tensor) -> np.ndarray:
    """The largest residual of all equations at points; (rows,)"""
    found = torch.zeros(len(points), dtype=torch.float64)
    for piece, chosen in solution._split(points):
        if len(chosen):
            rows = Rows.listed(points[chosen])
            found[chosen] = solution.problem.residuals(piece, rows).abs().amax(0)
    return found.numpy()
