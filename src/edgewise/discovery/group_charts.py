"""Tables and charts of the groups for the page of a grouped discovery."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from edgewise._pages import mark_safe
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Line, Mark, scatter
from edgewise.charts.numbers import format_number, with_error
from edgewise.charts.scales import choose_scale
from edgewise.charts.style import BLACK, ORANGE

MOST_DRAWN, MOST_LISTED = 24, 200
CURVE_POINTS = 81


class Grouped(Protocol):
    """The part of :class:`.grouped.GroupedDiscovery` that its page shows."""

    @property
    def groups(self) -> Any: ...
    @property
    def group(self) -> Any: ...
    @property
    def parameters(self) -> list[str]: ...
    @property
    def input_names(self) -> list[str]: ...
    @property
    def whole(self) -> Any: ...
    def predict(self, x: Any, group: Any) -> Any: ...


def describe_groups(found: Grouped) -> dict[str, Any]:
    """The table and the charts of the groups."""
    labels = found.groups.index.tolist()
    rows = []
    for label in labels[:MOST_LISTED]:
        row = found.groups.loc[label]
        pairs = [(float(row[p]), float(row[f"± {p}"])) for p in found.parameters]
        rows.append((str(label), [_write(*pair) for pair in pairs]))
    drawn = [
        {"title": str(label), "picture": mark_safe(_draw(found, label).html(f"group {label}"))}
        for label in labels[:MOST_DRAWN]
    ]
    return {
        "names": found.parameters,
        "rows": rows,
        "more": max(0, len(labels) - MOST_LISTED),
        "charts": drawn,
        "undrawn": max(0, len(labels) - MOST_DRAWN),
    }


def _write(value: float, error: float) -> str:
    if not np.isfinite(error) or error <= 0:
        return format_number(value)
    return with_error(value, error)


def _draw(found: Grouped, label: Any) -> Chart:
    """A group's rows and its curve; with several inputs, observed against predicted."""
    mine = found.group == label
    width = len(found.input_names)
    x, y = found.whole.x[mine, :width], found.whole.y[mine]
    if width == 1:
        at = np.linspace(x.min(), x.max(), CURVE_POINTS)
        curve = found.predict(at[:, None], label)
        marks: list[Mark] = [scatter(x[:, 0], y, 3.5, alpha=0.5)]
        good = np.isfinite(curve)
        marks.append(Line(at[good], curve[good], width=2.0, colour=ORANGE))
        return Chart(marks, Axis(found.input_names[0]), Axis(found.whole.output_name))
    told = found.predict(x, label)
    good = np.isfinite(told)
    every = np.concatenate([told[good], y[good]])
    ends = np.array([every.min(), every.max()])
    scale = choose_scale(every)
    marks = [Line(ends, ends, width=0.8, colour=BLACK, alpha=0.55)]
    marks.append(scatter(told[good], y[good], 3.5, alpha=0.5))
    return Chart(marks, Axis("predicted", scale), Axis(found.whole.output_name, scale))
