"""Charts of a solution: maps and slices of fields, residuals, and the residual over time."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from edgewise._arrays import Array
from edgewise.charts.chart import Axis, Chart, axis_of_cells
from edgewise.charts.marks import HeatMap, Line, scatter
from edgewise.charts.numbers import format_number
from edgewise.charts.scales import LOG
from edgewise.equations.parts import split_points
from edgewise.equations.pieces import Piece
from edgewise.equations.space import Rows

Solution = Any
"""A :class:`.answer.Solution`; :mod:`.answer` imports the card, which uses these charts."""
CELLS = 40
"""Cells of a map along each coordinate."""
SLICES = 5
"""Lines of a chart of slices, each for one value of the second coordinate."""
ALONG = 200
"""Points of each line."""
POINTS = 12_000
"""Number of points at which residuals are sampled."""


class Residuals(NamedTuple):
    """The largest residual of all equations at new points.

    Shape:
        points: (rows, coordinates); sizes: (rows,)
    """

    points: Tensor
    sizes: Array


def draw_map(solution: Solution, name: str) -> Chart | None:
    """A map of a field over the first two coordinates, with the others at their middle.

    Blue is above 0 and orange below. A field of one sign has one colour, from pale to full: from 0,
    or for a field far from 0 from its value nearest to 0. None if there is only one coordinate.
    """
    if len(solution.coordinates) < 2:
        return None
    across, upwards = (_cells(ends) for ends in find_ranges(solution)[:2])
    points = _fill(solution, torch.cartesian_prod(across, upwards))
    values = solution._view(name)(*points.unbind(1)).reshape(CELLS, CELLS).numpy()
    known = np.isfinite(values)
    shown = values[known] if known.any() else np.zeros(1)
    low, high = float(shown.min()), float(shown.max())
    low, high, depths = _choose_colours(low, high)
    pale = (low + high) / 2 if depths == (-1, 1) else low if depths == (0, 1) else high
    reach = max(high - pale, pale - low) or 1.0
    titles = [[_describe(solution, p, v) for p, v in zip(*line, strict=True)]
              for line in zip(points.reshape(CELLS, CELLS, -1), values, strict=True)]  # fmt: skip
    cells = HeatMap(np.where(known, (values - pale) / reach, 0.0), known.astype(float), titles)
    first, second = solution.coordinates[:2]
    x, y = axis_of_cells(first, across.numpy()), axis_of_cells(second, upwards.numpy())
    title = f"{name} over {first} and {second}"
    return Chart([cells], x, y, title, grid=None, key=Axis(ends=(low, high)), depths=depths)


def _choose_colours(low: float, high: float) -> tuple[float, float, tuple[int, int]]:
    """The ends of the key of values from low to high, and their depths."""
    if low < 0 < high:
        most = max(-low, high)
        return -most, most, (-1, 1)
    if low >= 0:
        return 0.0 if low < (high - low) / 2 else low, high, (0, 1)
    return low, 0.0 if -high < (high - low) / 2 else high, (-1, 0)


def draw_slices(solution: Solution, name: str) -> Chart:
    """A field along the first coordinate for several values of the second, others at the middle."""
    lines = _list_slices(solution)
    marks = [
        Line(
            x=points[:, 0].numpy(),
            y=solution._view(name)(*points.unbind(1)).numpy(),
            alpha=0.35 + 0.65 * (k + 1) / len(lines),
            label=label if k in (0, len(lines) - 1) and label else None,
        )
        for k, (points, label) in enumerate(lines)
    ]
    along = solution.coordinates[0]
    return Chart(marks, Axis(along), title=f"{name} along {along}")


def sample_residuals(solution: Solution) -> Residuals:
    """The residuals at random points of the domain, up to the time that was reached."""
    time = solution.problem.time
    window = None if time is None else find_ranges(solution)[time]
    points = solution.problem.draw(POINTS, 0, window).points[0]
    found = torch.zeros(len(points), dtype=torch.float64)
    for piece, chosen in split_points(solution.pieces, time, points):
        if len(chosen):
            rows = Rows.listed(points[chosen])
            found[chosen] = solution.problem.residuals(piece, rows).abs().amax(0)
    return Residuals(points, found.numpy())


def draw_residuals(solution: Solution, residuals: Residuals, axis: int) -> Chart:
    """The largest residual for each value of a coordinate, at new points."""
    ends = find_ranges(solution)[axis]
    place = np.digitize(residuals.points[:, axis].numpy(), np.linspace(*ends, CELLS + 1)[1:-1])
    largest = np.full(CELLS, np.nan)
    np.fmax.at(largest, place, residuals.sizes)
    line = Line(x=_cells(ends).numpy(), y=largest.clip(1e-300), width=1.2)
    along = solution.coordinates[axis]
    return Chart([line], Axis(along), Axis(scale=LOG), f"largest residual along {along}")


def draw_points(solution: Solution, axis: int) -> Chart | None:
    """The density of the points along a coordinate, 1 where they are even.

    Polynomials have more near the ends of their interval; fronts attract them. None for networks,
    whose points are drawn anew on the way.
    """
    ends = find_ranges(solution)[axis]
    found = [p.curves[axis].nodes(ALONG) for p in solution.pieces if isinstance(p, Piece)]
    if not found:
        return None
    counts, _ = np.histogram(torch.cat(found).numpy(), CELLS, ends)
    line = Line(x=_cells(ends).numpy(), y=counts * CELLS / max(counts.sum(), 1), width=1.2)
    along = solution.coordinates[axis]
    return Chart([line], Axis(along), title=f"density of computed points along {along}")


def draw_history(solution: Solution) -> Chart | None:
    """The residual of each solution on the way against CPU seconds; None if there is only one."""
    steps = [step for step in solution.history if np.isfinite(step.residual)]
    if len(steps) < 2:
        return None
    seconds = np.array([step.seconds for step in steps])
    residuals = np.array([step.residual for step in steps])
    dots = scatter(seconds, residuals.clip(1e-300), 4)
    return Chart([dots], Axis("seconds"), Axis(scale=LOG), "residual of each solution tried")


def find_ranges(solution: Solution) -> list[tuple[float, float]]:
    """The interval of each coordinate; that of time ends where the solution ends."""
    bounds, time = list(solution.problem.bounds), solution.problem.time
    if time is not None and solution.reached is not None:
        bounds[time] = (bounds[time][0], solution.reached)
    return bounds


def _cells(ends: tuple[float, float]) -> Tensor:
    """The midpoints of cells between two ends."""
    low, high = ends
    return low + (high - low) * (torch.arange(CELLS, dtype=torch.float64) + 0.5) / CELLS


def _fill(solution: Solution, first: Tensor) -> Tensor:
    """Points with given first coordinates and all others at their middle."""
    middle = torch.tensor([(low + high) / 2 for low, high in find_ranges(solution)])
    points = middle.double().repeat(len(first), 1)
    points[:, : first.shape[1]] = first
    return points


def _list_slices(solution: Solution) -> list[tuple[Tensor, str]]:
    """The points of each line, and its label."""
    bounds = find_ranges(solution)
    x = torch.linspace(*bounds[0], ALONG, dtype=torch.float64)
    if len(bounds) == 1:
        return [(x[:, None], "")]
    made = []
    for value in np.linspace(*bounds[1], SLICES):
        points = torch.stack([x, torch.full_like(x, float(value))], 1)
        made.append(
            (_fill(solution, points), f"{solution.coordinates[1]} = {format_number(value)}")
        )
    return made


def _describe(solution: Solution, point: Tensor, value: float) -> str:
    """The tooltip of a cell."""
    place = ", ".join(
        f"{name} {format_number(float(at))}"
        for name, at in zip(solution.coordinates[:2], point, strict=False)
    )
    return f"{place}: {format_number(value)}" if np.isfinite(value) else f"{place}: outside"
