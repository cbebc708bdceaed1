"""Effects as charts, for figures and for pages. Nothing here touches pyplot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.effects import MISSING, Effect, Units
from edgewise.additive.waterfall import Waterfall
from edgewise.charts.chart import Axis, Chart
from edgewise.charts.marks import Band, Bars, Cells, Line, Mark, Rules, scatter
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import Row, RowChart
from edgewise.charts.scales import Ticks
from edgewise.charts.style import BLUE, ORANGE, SILVER, choose_letters, figure_class

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OWNER = "An explanation's figure"
MOST_LEVELS, LEVELS_OF_A_PANEL = 24, 12
MOST_BARS = 18
MOST_PANELS = 8
HISTOGRAM = 0.16
"""The height of a histogram, as a fraction of that of the picture."""
CELLS_WITH_WORDS = 150


def draw_effect(effect: Effect) -> Figure:
    """One effect by itself."""
    height = 3.3
    if effect.kind == "levels":
        height = 0.9 + 0.24 * min(len(effect.rows()["at"]), MOST_LEVELS + 1)
    figure = figure_class(OWNER)(figsize=(5.6, max(height, 1.8)), layout="constrained")
    chart_effect(effect, MOST_LEVELS).draw(figure.subplots())
    return figure


def draw_overview(effects: Sequence[Effect], title: str) -> Figure:
    """Importances, and the most important effects beside each other."""
    shown = effects[:MOST_PANELS]
    across = 3
    down = -(-(len(shown) + 1) // across)
    figure = figure_class(OWNER)(figsize=(4.1 * across, 3.1 * down), layout="constrained")
    panels = figure.subplots(down, across, squeeze=False).ravel()
    chart_importances(effects, MOST_BARS).draw(panels[0])
    for axes, effect in zip(panels[1:], shown, strict=False):
        chart_effect(effect, LEVELS_OF_A_PANEL).draw(axes)
    for axes in panels[len(shown) + 1 :]:
        axes.set_axis_off()
    if title:
        figure.suptitle(choose_letters(title), parse_math=False)
    return figure


def draw_waterfall(fall: Waterfall) -> Figure:
    """From the base to the prediction of one row, the largest effects first."""
    chart = fall.chart(MOST_BARS)
    size = 6.4, 1.2 + 0.3 * len(chart.rows)
    figure = figure_class(OWNER)(figsize=size, layout="constrained")
    chart.draw(figure.subplots())
    return figure


def write_importance(effect: Effect) -> str:
    """An importance with its standard error."""
    error = f" ± {format_number(effect.error, 2)}" if effect.error else ""
    return format_number(effect.importance) + error


def chart_importances(
    effects: Sequence[Effect], most: int, prefix: str = "", linked: int = 0
) -> RowChart:
    """The standard deviation of each effect over the rows, with its standard error.

    Args:
        prefix, linked: of the ids of what tells more of an effect, and how many have one.
    """
    rows = [
        Row(
            effect.name,
            0.0,
            effect.importance,
            write_importance(effect),
            low=max(effect.importance - effect.error, 0.0) if effect.error else None,
            high=effect.importance + effect.error,
            colour=_colour(effect),
            link=f"{prefix}-{k}" if k < linked else None,
        )
        for k, effect in enumerate(effects[:most])
    ]
    more = len(effects) - len(rows)
    word = "logarithm of factor" if effects and effects[0].units.neutral else "effect"
    label = f"standard deviation of {word}" + (f", {more} more" if more else "")
    largest = max((row.high or 0.0 for row in rows), default=0.0) or 1.0
    return RowChart(rows, "sizes", Axis(label, ends=(0.0, largest)), title="Importance")


def chart_effect(effect: Effect, most: int) -> Chart | RowChart:
    """One effect; of very many levels those with the largest effects."""
    return CHARTS[effect.kind](effect, most)


def _colour(effect: Effect) -> str:
    return ORANGE if effect.edited else BLUE


def _axis(units: Units, ends: tuple[float, float]) -> Axis:
    return Axis(units.word, units.scale, ends, write=units.write, most=4)


def _chart_curve(effect: Any, most: int) -> Chart:
    """A curve with its band over a histogram of the data; missing values stand beside it."""
    seen, band, missing, units = effect.seen, effect.band, effect.missing, effect.units
    scale, colour = units.scale, _colour(effect)
    values = np.concatenate([band.low, band.high, missing.low, missing.high, [units.neutral]])
    floor, top = scale.forward(scale.pad(values))
    height = (top - floor) * HISTOGRAM / (1 - HISTOGRAM)
    shares = floor - height + height * seen.counts / seen.counts.max()
    left, right = _list_bars(seen)
    base = float(scale.inverse(floor - height))
    marks: list[Mark] = [
        Bars(left, right, scale.inverse(shares), base, colour=SILVER),
        Rules([units.neutral]),
        Band(effect.at, band.low, band.high, colour=colour),
        Line(effect.at, band.value, colour=colour, dots=4.5 * effect.dots),
    ]
    ends = seen.scale.forward(effect.at[[0, -1]])
    room = float(ends[1] - ends[0]) or 1.0
    margin = room * (0.06 if seen.few else 0.02)
    first, last = ends[0] - margin, ends[1] + margin
    ticks = _choose_curve_ticks(effect)
    if len(missing.value):
        at = float(seen.scale.inverse(last + 0.09 * room))
        text = f"{MISSING}: {units.write(float(missing.value[0]))}"
        reach = np.concatenate([missing.low, missing.high])
        marks.append(Line(np.array([at, at]), reach, 1.2, colour=colour))
        marks.append(scatter(np.array([at]), missing.value, 6.0, title=text, colour=colour))
        kept = [t for t in ticks if seen.scale.forward(t[0]) <= last - 0.08 * room]
        ticks, last = [*kept, (at, MISSING)], last + 0.13 * room
    x_ends = float(seen.scale.inverse(first)), float(seen.scale.inverse(last))
    y = _axis(units, (base, float(scale.inverse(top))))
    inside = y.scale.choose_ticks(
        float(scale.inverse(floor)), float(scale.inverse(top)), 4, y.write
    )
    x = Axis("", seen.scale, x_ends, ticks)
    return Chart(marks, x, Axis(units.word, scale, y.ends, inside), effect.name)


def _list_bars(seen: Any) -> tuple[Array, Array]:
    """The sides of the bars of a histogram: around values, or between edges."""
    if not seen.few:
        edges = seen.scale.forward(seen.edges)
        gap = 0.04 * np.diff(edges)
        return seen.scale.inverse(edges[:-1] + gap), seen.scale.inverse(edges[1:] - gap)
    at = seen.scale.forward(seen.points)
    half = 0.3 * min(float(np.diff(at).min()), 0.1 * float(np.ptp(at))) if len(at) > 1 else 0.05
    return seen.scale.inverse(at - half), seen.scale.inverse(at + half)


def _choose_curve_ticks(effect: Any) -> Ticks:
    """The values themselves where there are few, else round ones."""
    values = effect.at.tolist()
    if effect.seen.few and len(values) <= 8:
        short = [format_number(value, 4) for value in values]
        exact = len(set(short)) < len(short) or all(float(value).is_integer() for value in values)
        texts = [format_number(value, 6) for value in values] if exact else short
        return list(zip(values, texts, strict=True))
    return effect.seen.scale.choose_ticks(values[0], values[-1])


def _chart_levels(effect: Any, most: int) -> RowChart:
    """A bar for each level with its band; of very many those with the largest effects."""
    units, band = effect.units, effect.band
    rows = [
        Row(
            MISSING if name is None else name,
            units.neutral,
            float(band.value[k]),
            units.write(float(band.value[k])),
            low=float(band.low[k]),
            high=float(band.high[k]),
            colour=_colour(effect) if band.value[k] >= units.neutral else ORANGE,
            count=format_number(float(effect.counts[k])),
            share=float(effect.counts[k] / effect.counts.max()),
        )
        for k, name in enumerate(effect.levels)
    ]
    ends = units.scale.pad([*band.low, *band.high, units.neutral], 0.02)
    axis = _axis(units, ends)
    shown, gap = choose_levels(len(rows), most)
    between = (gap, f"… {len(rows) - len(shown)} between") if gap < len(shown) else None
    kept = [rows[k] for k in shown]
    return RowChart(kept, "levels", axis, units.neutral, effect.name, between)


def choose_levels(count: int, most: int) -> tuple[list[int], int]:
    """The levels that are shown, in the order of their effects, and the place of the gap."""
    if count <= most:
        return list(range(count)), count
    half = most // 2
    return [*range(half), *range(count - half, count)], half


def _chart_pair(effect: Any, most: int) -> Chart:
    """A heat map, paler where there are no rows."""
    units, value, counts = effect.units, effect.band.value, effect.cells.counts
    own = np.asarray(units.read(value))
    top = float(np.abs(own).max()) or 1.0
    titles = [
        [
            f"{units.write(float(v))}, {format_number(float(n))} rows"
            for v, n in zip(*line, strict=True)
        ]
        for line in zip(value, counts, strict=True)
        if value.size <= CELLS_WITH_WORDS
    ]
    x, y = (_axis_of_cells(effect, side) for side in (0, 1))
    low, high = (float(units.show(end)) for end in (-top, top))
    cells = Cells(own / top, np.where(counts > 0, 1.0, 0.3), titles)
    return Chart([cells], x, y, effect.name, grid=None, key=_axis(units, (low, high)))


def _axis_of_cells(effect: Any, side: int, most: int = 5) -> Axis:
    """Every level of a column, or round numbers where the middle of a cell is."""
    at, scale = effect.cells.sides[side], effect.scales[side]
    ends = -0.5, len(at) - 0.5
    if scale is None or len(at) <= most:
        texts = [
            MISSING if v is None else v if scale is None else format_number(float(v), 6) for v in at
        ]
        return Axis(effect.names[side], ends=ends, ticks=list(enumerate(texts)), named=True)
    ticks = scale.choose_ticks(float(at[0]), float(at[-1]), most)
    places = np.interp(scale.forward([t[0] for t in ticks]), scale.forward(at), np.arange(len(at)))
    placed = [(float(place), text) for place, (_, text) in zip(places, ticks, strict=True)]
    return Axis(effect.names[side], ends=ends, ticks=placed)


CHARTS: dict[str, Callable[[Any, int], Chart | RowChart]] = {
    "curve": _chart_curve,
    "levels": _chart_levels,
    "pair": _chart_pair,
}
"""The function that draws each kind of effect."""
