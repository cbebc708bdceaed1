"""The HTML page of a solution: card, fields, residuals, conditions and history."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any

from edgewise._pages import make_environment
from edgewise.charts.card import Drawn
from edgewise.charts.chart import Chart
from edgewise.charts.numbers import format_number
from edgewise.equations.card import make_card
from edgewise.equations.solution_charts import (
    draw_history,
    draw_map,
    draw_points,
    draw_residuals,
    draw_slices,
    sample_residuals,
)

Solution = Any
"""A :class:`.answer.Solution`; :mod:`.answer` imports this file."""
DRAWINGS = (draw_map, draw_slices)
"""The charts of each field."""
STEP = ("from", "to", "residual", "seconds", "used")
"""The last columns of the table of solutions; the first ones count curves."""
MOST_STEPS = 500
"""Most rows of the table of solutions; the last ones are shown."""


def write_page(solution: Solution) -> str:
    """The whole page, in UTF-8."""
    names, shown = solution.coordinates, solution.history[-MOST_STEPS:]
    sampled = sample_residuals(solution)
    card = make_card(solution, sampled)
    card = replace(card, charts=card.charts[:2])  # residuals stand beside each other below
    told = {drawn.title for drawn in card.charts}
    return (
        make_environment("edgewise.equations", "The page of a solution", "symbolic")
        .get_template("solution.html.j2")
        .render(
            card=card,
            fields=_title(
                (draw(solution, name) for name in solution.fields[1:] for draw in DRAWINGS), told
            ),
            residuals=_title(
                (draw_residuals(solution, sampled, axis) for axis in range(len(names))), told
            ),
            conditions=solution.conditions,
            history=_title(
                [draw_history(solution), *(draw_points(solution, a) for a in range(len(names)))],
                told,
            ),
            way=_describe_way(solution),
            columns=[*(f"curves of {name}" for name in names), *STEP],
            steps=[_describe_step(step, len(names)) for step in shown],
        )
    )


def _title(charts: Iterable[Chart | None], told: Collection[str]) -> list[Drawn]:
    """The charts with their titles, without those that the card shows."""
    return [Drawn(c.title, c) for c in charts if c is not None and c.title not in told]


def _describe_way(solution: Solution) -> str:
    """How many numbers, windows and solutions there are, and the time."""
    tried, pieces = len(solution.history), len(solution.pieces)
    numbers = sum(piece.numbers for piece in solution.pieces)
    windows = f" in {pieces} windows of time" if pieces > 1 else ""
    count = f"{tried} solution{'s' * (tried != 1)} in {solution.seconds:.3g} CPU seconds"
    return f"{numbers:,} {solution.pieces[0].kind}{windows}; {count}."


def _describe_step(step: Any, count: int) -> list[str]:
    """The cells of one row."""
    counts = [str(number) for number in step.counts] + [""] * (count - len(step.counts))
    ends = ("", "") if step.interval is None else map(format_number, step.interval)
    used = "in the answer" if step.taken else ""
    return [*counts, *ends, format_number(step.residual, 2), format_number(step.seconds), used]
