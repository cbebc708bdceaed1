"""The charts of a discovery's page: the classes, the front, the effects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise._arrays import Array
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import (
    Band,
    Line,
    Mark,
    Rules,
    Text,
    choose_bins,
    count_values,
    scatter,
)
from edgewise.charts.numbers import format_number
from edgewise.charts.scales import STRAIGHT, choose_scale
from edgewise.charts.style import BLACK, BLUE, ORANGE
from edgewise.discovery.formula import Formula
from edgewise.discovery.report_data import Dependence
from edgewise.laws.residual_charts import PredictedRows, count_rows, draw_zero

ROUNDING = 1e-13
"""Errors below this fraction of the largest one are rounding errors."""
ROOM = np.array([0.07, 0.1])
"""How much of a chart's width and height the number of a formula takes."""


def draw_classes(rows: PredictedRows, names: Sequence[Any] | None) -> Chart:
    """Histograms of the formula's values in two classes, with the threshold between them.

    Args:
        names: of the lower class and the upper one; their values by default.
    """
    edges = choose_bins(rows.predicted)
    lower, upper = np.unique(rows.observed)[[0, -1]]
    low_name, high_name = names or (f"class {format_number(v)}" for v in (lower, upper))
    bars = [
        count_values(
            rows.predicted[rows.observed == label],
            edges,
            colour=colour,
            alpha=0.6,
            label=str(name),
        )
        for label, name, colour in ((lower, low_name, ORANGE), (upper, high_name, BLUE))
    ]
    border = draw_zero(lower / 2 + upper / 2, upright=True)
    return Chart([*bars, border], Axis("value of the formula"), count_rows(*bars))


def draw_front(front: Sequence[Formula], winner: int) -> Chart:
    """Error against length of each formula; errors must be finite.

    Errors of 0 and rounding errors are drawn below a break of the logarithmic axis, with tick 0.
    """
    bits = np.array([f.bits for f in front])
    errors, floor = lift_zeros([f.rmse for f in front])
    marks: list[Mark] = [Line(bits, errors, width=1.2, alpha=0.5)]
    x_scale, scale = choose_scale(bits, 30), choose_scale(errors, 3)
    named = _choose_named(x_scale.forward(bits), scale.forward(errors), winner)
    for k, (x, y) in enumerate(zip(bits, errors, strict=True)):
        wins = k == winner
        colour = ORANGE if wins else BLUE
        marks.append(scatter(bits[[k]], errors[[k]], 9 if wins else 6, colour=colour))
        if k in named:
            marks.append(Text(x, y, f"{k + 1} ★" if wins else f"{k + 1}", wins, colour=colour))
    ends = scale.pad(errors, 0.14)
    ticks = None
    if floor is not None:
        edge = 3 * floor
        ticks = [(floor, "0"), *(t for t in scale.choose_ticks(*ends) if t[0] > edge)]
        marks.append(Rules([edge], dash=True))
    x_axis = Axis("length of the formula, bits", x_scale, ends=x_scale.pad(bits, 0.08))
    return Chart(marks, x_axis, Axis("RMSE, cross-validated", scale, ends, ticks))


def _choose_named(x: Array, y: Array, winner: int) -> set[int]:
    """The formulas whose numbers have room: the winner, and those far enough from others."""
    places = np.stack([(v - v.min()) / (np.ptp(v) or 1.0) for v in (x, y)], 1)
    order = sorted(range(len(x)), key=lambda k: k != winner)
    named: list[int] = []
    for k in order:
        gaps = np.abs(places[named] - places[k]) / ROOM
        if not len(gaps) or gaps.max(1).min() >= 1:
            named.append(k)
    return set(named)


def lift_zeros(errors: Sequence[float]) -> tuple[Array, float | None]:
    """Errors for a logarithmic axis, and the position that stands for 0.

    Errors of 0, and rounding errors, move to a position below all others.
    """
    values = np.array(errors, dtype=np.float64)
    zero = values <= ROUNDING * values.max()
    if not zero.any():
        return values, None
    floor = float(values[~zero].min(initial=1.0 if zero.all() else np.inf)) / 10
    return np.where(zero, floor, values), floor


def find_common_ends(curves: Sequence[Dependence]) -> tuple[float, float]:
    """The ends of an axis on which the bands of all curves have room."""
    return STRAIGHT.pad([end for curve in curves for end in (*curve.low, *curve.high)], 0.08)


def draw_curve(curve: Dependence, name: str, output_name: str, ends: tuple[float, float]) -> Chart:
    """The partial dependence of the formula on one input, with ticks where the data lies."""
    marks = [
        Band(curve.at, curve.low, curve.high),
        Rules(curve.rug, upright=True, to=0.04, colour=BLACK, alpha=0.3),
        Line(curve.at, curve.mean, width=2.0),
    ]
    x = Axis(name, choose_scale(curve.at))
    return Chart(marks, x, Axis(f"mean of {output_name}", ends=ends))
