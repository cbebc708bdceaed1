"""The card of a solution: pictures of a field and its residuals, the error, and key facts."""

from __future__ import annotations

from typing import Any

from edgewise.charts.card import Card, Drawn
from edgewise.charts.numbers import format_number, with_error
from edgewise.equations.judge import CONSTRUCTED
from edgewise.equations.solution_charts import (
    Residuals,
    draw_history,
    draw_map,
    draw_residuals,
    draw_slices,
    find_ranges,
    sample_residuals,
)

Solution = Any
"""A :class:`.answer.Solution`; :mod:`.answer` imports this file."""


def make_card(solution: Solution, residuals: Residuals | None = None) -> Card:
    """The card of a solution.

    Args:
        residuals: the residuals of the solution, if they are known already.
    """
    exact = solution.error <= solution.tolerance
    calls = ", ".join(solution.coordinates)
    found = solution.standard_errors.items()
    wanted = "error that the data's noise allows" if solution.unknowns else "asked for"
    facts = {
        f"{name}, found from data": with_error(solution.unknowns[name], error)
        for name, error in found
    } | {
        "estimated relative error": format_number(solution.error, 2),
        wanted: format_number(solution.tolerance, 2),
        "residual, root mean square": format_number(solution.residual, 2),
        "CPU seconds": format_number(solution.seconds),
    }
    return Card(
        stamp="Solved" if exact else "Error above the tolerance",
        style="law" if exact else "approximation",
        headline=", ".join(f"{name}({calls})" for name in solution.fields),
        source=f"for {', '.join(_list_ranges(solution))}",
        meaning=f"The error, {format_number(solution.error, 2)}, is measured against a finer "
        f"solution. {_describe_conditions(solution)}",
        charts=_draw_charts(solution, residuals or sample_residuals(solution)),
        facts=facts,
    )


def _describe_conditions(solution: Solution) -> str:
    """A sentence on which conditions hold by construction and which only approximately."""
    loose = [name for name, how in solution.conditions.items() if how != CONSTRUCTED]
    if not solution.conditions:
        return ""
    if not loose:
        return "All conditions hold by construction."
    return f"Conditions that hold approximately: {', '.join(loose)}."


def _list_ranges(solution: Solution) -> list[str]:
    """From where to where each coordinate goes; of a shape that of the box around it."""
    ranges = zip(solution.coordinates, find_ranges(solution), strict=True)
    ends = [(name, *map(format_number, ends)) for name, ends in ranges]
    return [f"{name} from {low} to {high}" for name, low, high in ends]


def _draw_charts(solution: Solution, residuals: Residuals) -> list[Drawn]:
    """The first field as a map and slices, or two fields of one coordinate, and the residuals."""
    shown = solution.fields[: 1 if len(solution.coordinates) > 1 else 2]
    charts = [
        draw_map(solution, shown[0]),
        *(draw_slices(solution, name) for name in shown),
        draw_residuals(solution, residuals, 0),
        draw_history(solution),
    ]
    return [Drawn(chart.title, chart) for chart in charts if chart is not None][:3]
