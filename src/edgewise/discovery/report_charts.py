"""The charts of a report as matplotlib figures. Nothing here touches pyplot.

Black and the other colours of :data:`.typeset.THEME` are what :func:`.typeset.svg` turns into the
colours of the page, light or dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._style import (
    BLUE,
    GREY,
    LINE,
    ORANGE,
    choose_label,
    figure_class,
    scale_log,
    style_axes,
)
from edgewise.discovery.formula import Formula
from edgewise.discovery.report_data import Curve, Rows, spans_decades

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

HALF = (3.5, 2.9)
"""Inches of a chart of which two stand side by side; alone it is as wide as a phone."""
WIDE = (4.2, 2.9)
SMALL = (3.6, 2.5)
LETTERS = 9.0
TINY, HUGE = 1e-290, 1e290
"""Beyond these sizes matplotlib can't compute an axis: numbers are drawn as multiples of a unit."""


def draw_observed(rows: Rows, name: str) -> Figure:
    """Predicted against observed; what is right lies on the diagonal."""
    shown = rows.some()
    figure, axes = _start(HALF)
    x, y = shown.predicted, shown.observed
    scale = "log" if spans_decades(np.concatenate([x, y])) else "linear"
    unit = _unit(np.concatenate([x, y]))
    ends = np.array([min(x.min(), y.min()), max(x.max(), y.max())]) / unit
    axes.plot(ends, ends, color="black", linewidth=0.8, alpha=0.55, zorder=1)
    _points(axes, x / unit, y / unit)
    axes.set(xscale=scale, yscale=scale)
    _label(axes, "predicted", f"observed {choose_label(name, '')}".strip(), unit, unit)
    return figure


def draw_residuals(rows: Rows) -> Figure:
    """What is left over against the prediction: a cloud without a shape is how noise looks."""
    shown = rows.some()
    figure, axes = _start(HALF)
    x, y = shown.predicted, shown.residuals
    x_unit, y_unit = _unit(x), _unit(y)
    axes.axhline(0, color="black", linewidth=0.8, alpha=0.55, zorder=1)
    _points(axes, x / x_unit, y / y_unit)
    if spans_decades(x):
        axes.set_xscale("log")
    _label(axes, "predicted", "observed − predicted", x_unit, y_unit)
    return figure


def draw_histogram(rows: Rows) -> Figure:
    """How often each size of residual occurs, over all rows."""
    figure, axes = _start(HALF)
    values = rows.residuals
    unit = _unit(values)
    _bars(axes, values / unit, BLUE)
    axes.axvline(0, color="black", linewidth=0.8, alpha=0.55)
    _label(axes, "observed − predicted", "rows", unit, 1.0)
    return figure


def draw_classes(rows: Rows) -> Figure:
    """The formula's values in each of two classes; the line is what tells them apart."""
    figure, axes = _start(HALF)
    unit = _unit(rows.predicted)
    values = rows.predicted / unit
    edges = _edges(values)
    lower, upper = np.unique(rows.observed)[[0, -1]]
    for label, colour in ((lower, ORANGE), (upper, BLUE)):
        kept = values[rows.observed == label]
        axes.hist(kept, edges, color=colour, alpha=0.6, label=f"class {label:g}")
    axes.axvline((lower / 2 + upper / 2) / unit, color="black", linewidth=0.8, alpha=0.55)
    axes.legend(frameon=False, fontsize=LETTERS)
    _label(axes, "value of the formula", "rows", unit, 1.0)
    return figure


def draw_front(front: Sequence[Formula], winner: int) -> Figure:
    """Length against error of each formula, both as small as possible; needs finite errors."""
    figure, axes = _start(WIDE)
    bits = np.array([f.bits for f in front])
    errors = lift_zeros([f.rmse for f in front])
    unit = _unit(errors)
    errors = errors / unit
    axes.plot(bits, errors, color=BLUE, linewidth=1.2, alpha=0.5, zorder=1)
    for k, (x, y) in enumerate(zip(bits, errors, strict=True)):
        colour = ORANGE if k == winner else BLUE
        axes.plot(x, y, "o", color=colour, markersize=9 if k == winner else 6, clip_on=False)
        axes.annotate(
            f"{k + 1} ★" if k == winner else f"{k + 1}",
            (x, y),
            (5, 6),
            textcoords="offset points",
            color=colour,
            weight="bold" if k == winner else "normal",
            size=LETTERS,
        )
    _label(axes, "length of the formula, bits", "RMSE, cross-validated", 1.0, unit)
    if errors.max() / errors.min() > 3:
        scale_log(axes, "y", errors.max() / errors.min())
    axes.margins(x=0.08, y=0.14)
    return figure


def lift_zeros(errors: Sequence[float]) -> Any:
    """Errors for a logarithmic axis, which has no 0: what is exact stands below all others."""
    values = np.array(errors, dtype=np.float64)
    least = values[values > 0].min() if (values > 0).any() else 1.0
    return np.where(values > 0, values, least / 10)


def draw_curve(curve: Curve, name: str, output_name: str) -> Figure:
    """The mean of the formula over the data as a function of one input, and where the data lies."""
    figure, axes = _start(SMALL)
    finite = curve.mean[np.isfinite(curve.mean)]
    x_unit = _unit(curve.at)
    y_unit = _unit(np.concatenate([finite, curve.low[np.isfinite(curve.low)]]))
    at = curve.at / x_unit
    axes.fill_between(
        at, curve.low / y_unit, curve.high / y_unit, color=BLUE, alpha=0.15, linewidth=0
    )
    axes.plot(at, curve.mean / y_unit, color=BLUE, linewidth=2)
    axes.plot(
        curve.rug / x_unit,
        np.full(len(curve.rug), 0.02),
        "|",
        color="black",
        alpha=0.3,
        markersize=6,
        markeredgewidth=0.7,
        transform=axes.get_xaxis_transform(),
    )
    if spans_decades(curve.at):
        axes.set_xscale("log")
    axes.margins(y=0.12)
    mean = f"mean of {choose_label(output_name, 'the formula')}"
    _label(axes, choose_label(name, "input"), mean, x_unit, y_unit)
    return figure


# Parts of every chart.


def _start(size: tuple[float, float]) -> tuple[Figure, Axes]:
    figure = figure_class("Discovery.html")(figsize=size, layout="constrained")
    axes = figure.subplots()
    style_axes(axes, grid="y", left=False)  # as in the explorer and on the page of a table
    axes.spines["bottom"].set_color(LINE)
    axes.tick_params(which="both", length=0, labelsize=LETTERS, labelcolor=GREY)
    return figure, axes


def _points(axes: Axes, x: Any, y: Any) -> None:
    alpha = 0.8 if len(x) <= 60 else 0.45
    size = 4.5 if len(x) <= 200 else 3.5
    axes.plot(x, y, "o", color=BLUE, alpha=alpha, markersize=size, markeredgewidth=0)


def _bars(axes: Axes, values: Any, colour: str) -> None:
    axes.hist(values, _edges(values), color=colour, alpha=0.75)


def _edges(values: Any) -> Any:
    """Bins as wide as Freedman and Diaconis say, 8 to 40 of them; one value fills one bin."""
    low, high = float(values.min()), float(values.max())
    if not high - low > 1e-12 * max(abs(low), abs(high)):
        width = abs(low) or 1.0
        return np.array([low - width, low + width])
    q1, q3 = np.quantile(values, [0.25, 0.75])
    width = 2 * (q3 - q1) / len(values) ** (1 / 3)
    count = 40 if not width > 0 else int(np.clip(np.ceil((high - low) / width), 8, 40))
    return np.linspace(low, high, count + 1)


def _unit(values: Any) -> float:
    """1, or a power of ten by which numbers too large or too small for an axis are divided."""
    size = float(np.abs(values).max()) if len(values) else 0.0
    if size == 0 or TINY < size < HUGE:
        return 1.0
    return float(10.0 ** np.clip(np.floor(np.log10(size)), -300, 300))


def _label(axes: Axes, x: str, y: str, x_unit: float, y_unit: float) -> None:
    for axis, text, unit in ((axes.xaxis, x, x_unit), (axes.yaxis, y, y_unit)):
        suffix = "" if unit == 1 else f" / {unit:.0e}"
        axis.set_label_text(text + suffix, fontsize=LETTERS + 1, color=GREY, parse_math=False)
