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
    solved = solution.error <= solution.tolerance
    calls = ", ".join(solution.coordinates)
    known = {n: v for n, v in solution.problem.constants.items() if n not in solution.unknowns}
    given = [f"{name} = {format_number(value)}" for name, value in known.items()]
    fit = solution.data
    facts = {
        f"{name} ± standard error": with_error(solution.unknowns[name], error)
        for name, error in solution.standard_errors.items()
    }
    if fit is not None:
        facts[f"RMS misfit of {fit.count:,} values"] = format_number(fit.misfit, 2)
    facts |= {
        "numerical error, relative": format_number(solution.error, 2),
        "tolerance" if fit is None else "tolerance, small beside the data's noise": format_number(
            solution.tolerance, 2
        ),
        "residual of the equation, root mean square": format_number(solution.residual, 2),
        "CPU seconds": format_number(solution.seconds),
    }
    return Card(
        stamp="Solved" if solved else "Error above the tolerance",
        style="law" if solved else "approximation",
        headline=", ".join(f"{name}({calls})" for name in solution.fields),
        source=f"for {', '.join([*_list_ranges(solution), *given])}",
        meaning=f"{_describe_error(solution)} {_describe_conditions(solution)}",
        charts=_draw_charts(solution, residuals or sample_residuals(solution)),
        facts=facts,
    )


def _describe_error(solution: Solution) -> str:
    """What the error is, and what it isn't."""
    told = f"The relative error, {format_number(solution.error, 2)}, is estimated from a finer "
    told += "solution."
    if solution.data is None:
        return told
    return f"{told} It is that of the computation; the data's noise is in the standard errors."


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
