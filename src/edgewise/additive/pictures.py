"""Effects as charts, for figures and for pages. Nothing here touches pyplot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.dates import choose_ticks
from edgewise.additive.effects import MISSING, Effect
from edgewise.additive.outputs import Units
from edgewise.additive.readings import FEW_ROWS, choose_writer, tell_few
from edgewise.additive.waterfall import Waterfall
from edgewise.charts.chart import LETTER, Axis, Chart, axis_of_cells
from edgewise.charts.marks import Band, Bars, HeatMap, Line, Mark, Rules, error_bars, scatter
from edgewise.charts.numbers import format_number, format_percent, round_to_largest, with_error
from edgewise.charts.rows import PALE, Row, RowChart
from edgewise.charts.scales import Scale, Ticks
from edgewise.charts.style import BLUE, ORANGE, SILVER, choose_letters, figure_class

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OWNER = "An explanation's figure"
MOST_LEVELS, LEVELS_OF_A_PANEL = 24, 12
MOST_BARS = 18
MOST_PANELS = 8
MOST_TICKS = 5
"""The most ticks along a side of a heat map."""
HISTOGRAM = 0.16
"""The height of a histogram, as a fraction of that of the picture."""
CELLS_WITH_WORDS = 150
MOST_POINTS = 8
"""The most values of a column of which each has an error bar; more make a curve."""


def draw_effect(effect: Effect) -> Figure:
    """One effect by itself."""
    height = 3.3
    if effect.kind == "levels":
        height = 0.9 + 0.24 * min(len(effect.rows()["at"]), MOST_LEVELS + 1)
    figure = figure_class(OWNER)(figsize=(5.6, max(height, 1.8)), layout="constrained")
    chart_overlay(make_overlay(effect), MOST_LEVELS).draw(figure.subplots())
    return figure


def draw_overview(effects: Sequence[Effect], title: str) -> Figure:
    """Importances, and the most important effects beside each other."""
    shown, across = effects[:MOST_PANELS], 3
    down = -(-(len(shown) + 1) // across)
    figure = figure_class(OWNER)(figsize=(4.1 * across, 3.1 * down), layout="constrained")
    panels = figure.subplots(down, across, squeeze=False).ravel()
    chart_importances([make_overlay(e) for e in effects], MOST_BARS).draw(panels[0])
    for axes, effect in zip(panels[1:], shown, strict=False):
        chart_overlay(make_overlay(effect), LEVELS_OF_A_PANEL).draw(axes)
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
    if not effect.error:
        return format_number(effect.importance)
    return with_error(effect.importance, effect.error)


def find_common_ends(overlays: Sequence[Sequence[Layer]]) -> list[float]:
    """The least and the greatest end of a band among the clear effects, or all if none is clear."""
    every = [layer.effect for overlay in overlays for layer in overlay]
    some = [effect for effect in every if effect.is_clear] or every
    ends = [end.ravel() for e in some for band in e.bands for end in (band.low, band.high)]
    return [f(np.concatenate(ends)) for f in (np.min, np.max)] if ends else []


class Layer(NamedTuple):
    """An effect in a chart that perhaps shows the same column's in another model, too.

    Attributes:
        model: the name of its model; "" where there is one only.
    """

    effect: Any
    model: str
    colour: str


Overlay = Sequence[Layer]
"""The effects of the same columns, one for each model that has one."""


def make_overlay(effect: Effect) -> Overlay:
    """One effect by itself."""
    return [Layer(effect, "", ORANGE if effect.edited else BLUE)]


def chart_importances(
    overlays: Sequence[Overlay], most: int, prefix: str = "", linked: int = 0
) -> RowChart:
    """The standard deviation of each effect over the rows, with its standard error.

    Args:
        prefix, linked: of the ids of what tells more of an effect, and how many have one.
    """
    rows = [
        Row(
            layer.effect.name,
            0.0,
            layer.effect.importance,
            write_importance(layer.effect),
            layer.model,
            low=max(layer.effect.importance - layer.effect.error, 0.0)
            if layer.effect.error
            else None,
            high=layer.effect.importance + layer.effect.error,
            colour=layer.colour,
            link=f"{prefix}-{k}" if k < linked else None,
        )
        for k, overlay in enumerate(overlays[:most])
        for layer in overlay
    ]
    more = len(overlays) - len(overlays[:most])
    factors = bool(overlays) and overlays[0][0].effect.units.neutral
    word = "logarithm of factor" if factors else "effect"
    label = f"standard deviation of {word}" + (f", {more} more" if more else "")
    largest = max((row.high or 0.0 for row in rows), default=0.0) or 1.0
    return RowChart(rows, "sizes", Axis(label, ends=(0.0, largest)), title="Importance")


def chart_overlay(overlay: Overlay, most: int, hold: Sequence[float] = ()) -> Chart | RowChart:
    """The effects of one column in one chart; they are of one kind. Of surfaces it shows the first.

    Args:
        hold: values for which its axis must have room, so that several charts have one scale.
    """
    return CHARTS[overlay[0].effect.kind](overlay, most, hold)


def _axis(units: Units, ends: tuple[float, float]) -> Axis:
    return Axis(units.word, units.scale, ends, write=units.write, most=4)


def _chart_curve(overlay: Overlay, most: int, hold: Sequence[float]) -> Chart:
    """Curves with their bands over a histogram; missing values stand beside them."""
    effects = [layer.effect for layer in overlay]
    seen, units = effects[0].seen, effects[0].units
    scale = units.scale
    bands = [end for e in effects for band in e.bands for end in (band.low, band.high)]
    floor, top = scale.forward(scale.pad(np.concatenate([*bands, [units.neutral, *hold]])))
    height = (top - floor) * HISTOGRAM / (1 - HISTOGRAM)
    shares = floor - height + height * seen.counts / seen.counts.max()
    base, low, high = map(float, scale.inverse(np.array([floor - height, floor, top])))
    marks: list[Mark] = [
        Bars(*_list_bars(seen), scale.inverse(shares), base, colour=SILVER),
        Rules([units.neutral]),
    ]
    ends = seen.scale.forward([min(e.at[0] for e in effects), max(e.at[-1] for e in effects)])
    room = float(ends[1] - ends[0]) or 1.0
    for k, layer in enumerate(overlay):
        marks += _mark_curve(layer, 0.02 * room * (k - (len(overlay) - 1) / 2))
    margin = room * (0.06 if seen.few else 0.02)
    first, last = ends[0] - margin, ends[1] + margin
    ticks = _choose_curve_ticks(effects[0])
    beside = [layer for layer in overlay if layer.effect.missing.value.size]
    if beside:
        gap = (last - ends[1]) / room + 0.09
        if seen.few and ticks:  # the last value's tick has room beside it
            share = _find_room(ticks[-1][1], MISSING)
            gap = max(gap, 1.15 * share / (1 - share))
        middles = ends[1] + room * (gap + 0.05 * np.arange(len(beside)))
        places = seen.scale.inverse(middles)
        for at, layer in zip(places, beside, strict=True):
            marks += _mark_missing(float(at), layer)
        last, middle = middles[-1] + 0.04 * room, middles.mean()
        kept = [
            (at, text)
            for at, text in ticks
            if middle - seen.scale.forward(at) >= (last - first) * _find_room(text, MISSING)
        ]
    x_ends = float(seen.scale.inverse(first)), float(seen.scale.inverse(last))
    if beside:
        ticks = Axis("", seen.scale, x_ends, kept).thin_ticks()
        ticks = [*ticks, (float(places.mean()), MISSING)]
    y = _axis(units, (base, high))
    inside = y.scale.choose_ticks(low, high, 4, y.write)
    x = Axis("", seen.scale, x_ends, ticks)
    return Chart(marks, x, Axis(units.word, scale, y.ends, inside), effects[0].name)


def _mark_curve(layer: Layer, aside: float) -> list[Mark]:
    """A curve with its band; a few values, between which nothing lies, each moved by ``aside``."""
    e, look = layer.effect, dict[str, Any](colour=layer.colour, label=layer.model or None)
    if len(e.at) > MOST_POINTS or not e.dots:
        band = Band(e.at, e.band.low, e.band.high, colour=layer.colour)
        return [band, Line(e.at, e.band.value, dots=4.5 * e.dots, **look)]
    at = e.seen.scale.inverse(e.seen.scale.forward(e.at) + aside)
    few, marks = np.isin(e.at, e.seen.points[e.seen.counts < FEW_ROWS]), list[Mark]()
    for alpha, some in ((1.0, ~few), (PALE, few)):
        part = type(e.band)(*(each[some] for each in e.band.parts))
        marks += _mark_points(at[some], part, alpha=alpha, **look) if some.any() else []
    return marks


def _find_room(*texts: str) -> float:
    """How far apart two ticks must be at least, in parts of the axis."""
    return LETTER * sum(len(text) + 1 for text in texts) / 2


def _mark_missing(at: float, layer: Layer) -> list[Mark]:
    """The effect of a missing value with its band, at a place beside the curve."""
    missing = layer.effect.missing
    text = f"{MISSING}: {layer.effect.units.write(float(missing.value[0]))}"
    return _mark_points(np.array([at]), missing, colour=layer.colour, title=text)


def _mark_points(at: Array, band: Any, colour: str, **look: Any) -> list[Mark]:
    """Values with their bands, each by itself."""
    bars = error_bars(at, band.low, band.high, colour=colour, alpha=look.get("alpha", 1.0))
    return [bars, scatter(at, band.value, 6.0, colour=colour, **look)]


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
        if len(values) > 2:  # there is no room for more
            return list(zip(values, texts, strict=True))
        rows = dict(zip(effect.seen.points.tolist(), effect.seen.counts.tolist(), strict=True))
        counts = [rows.get(value, FEW_ROWS) for value in values]
        return [(v, t + tell_few(n)) for v, t, n in zip(values, texts, counts, strict=True)]
    ticks = effect.seen.scale.choose_ticks(values[0], values[-1])
    return choose_ticks(effect.name, values[0], values[-1], ticks)


def _chart_levels(overlay: Overlay, most: int, hold: Sequence[float]) -> RowChart:
    """A bar for each level with its band; of very many those with the largest effects."""
    units = overlay[0].effect.units
    levels = list(dict.fromkeys(level for layer in overlay for level in layer.effect.levels))
    shown, gap = choose_levels(len(levels), most)
    rows = [
        _make_level_row(layer, layer.effect.levels.index(levels[k]))
        for k in shown
        for layer in overlay
        if levels[k] in layer.effect.levels
    ]
    ends = [end for e, _, _ in overlay for end in (*e.band.low, *e.band.high)]
    axis = _axis(units, units.scale.pad([*ends, units.neutral, *hold], 0.02))
    before = sum(levels[k] in layer.effect.levels for k in shown[:gap] for layer in overlay)
    between = (before, len(levels) - len(shown)) if gap < len(shown) else None
    return RowChart(rows, "levels", axis, units.neutral, overlay[0].effect.name, between)


def _make_level_row(layer: Layer, k: int) -> Row:
    """The bar of one level; of a model by itself, its colour is that of its sign."""
    effect, model, colour = layer
    units, band = effect.units, effect.band
    value = float(band.value[k])
    return Row(
        MISSING if effect.levels[k] is None else effect.levels[k],
        units.neutral,
        value,
        choose_writer(effect)(value),
        model,
        low=float(band.low[k]),
        high=float(band.high[k]),
        colour=colour if model or value >= units.neutral else ORANGE,
        faded=float(effect.counts[k]) < FEW_ROWS,
        count=format_number(float(effect.counts[k])),
        share=float(effect.counts[k] / effect.counts.max()),
    )


def choose_levels(count: int, most: int) -> tuple[list[int], int]:
    """The levels that are shown, in the order of their effects, and the place of the gap."""
    if count <= most:
        return list(range(count)), count
    half = most // 2
    return [*range(half), *range(count - half, count)], half


def _chart_surface(overlay: Overlay, most: int, hold: Sequence[float]) -> Chart:
    """A heat map, paler where there are no rows; of three columns one for each cell of the third.

    These stand beside each other, with an empty column between.
    """
    effect = overlay[0].effect
    units, value, counts = effect.units, effect.band.value, effect.cells.counts
    own = np.asarray(units.read(value))
    top = float(np.abs([*own.ravel(), *np.ravel(units.read(hold))]).max()) or 1.0
    titles = [
        [
            f"{units.write(float(v))}, {format_number(float(n))} rows"
            for v, n in zip(*line, strict=True)
        ]
        for line in zip(value, counts, strict=True)
        if value.ndim == 2 and value.size <= CELLS_WITH_WORDS
    ]
    x, y = (_axis_of_cells(effect, side) for side in (0, 1))
    if value.ndim > 2:
        x = _axis_of_slices(effect)
    low, high = (float(units.show(end)) for end in (-top, top))
    shown = np.where(counts > 0, 1.0, 0.3)
    cells = HeatMap(_lay_out(own / top), _lay_out(shown), titles)
    return Chart([cells], x, y, effect.name, grid=None, key=_axis(units, (low, high)))


def _lay_out(values: Array) -> Array:
    """The slices of three columns along the first, with zeros between them; two as they are."""
    if values.ndim < 3:
        return values
    slices = np.moveaxis(values, 2, 0)
    apart = np.pad(slices, [(0, 0), (0, 1), (0, 0)])
    return np.asarray(apart.reshape(-1, values.shape[1])[:-1])


def _axis_of_slices(effect: Any) -> Axis:
    """The value of the third column of each slice, whose width is the range of the first."""
    at, _, slices = (
        write_cells(*each) for each in zip(effect.cells.sides, effect.scales, strict=True)
    )
    wide = len(at) + 1
    ticks = [
        (k * wide + (len(at) - 1) / 2, f"{effect.names[2]} = {text}")
        for k, text in enumerate(slices)
    ]
    label = f"{effect.names[0]}, {at[0]} to {at[-1]} in each"
    return Axis(label, ends=(-0.5, wide * len(slices) - 1.5), ticks=ticks, named=True)


def write_cells(at: Any, scale: Scale | None) -> list[str]:
    """The names of levels, or the numbers in the middle of cells."""
    if scale is None:
        return [MISSING if value is None else str(value) for value in at]
    largest = float(np.abs(at).max())
    return [format_number(round_to_largest(float(value), largest), 6) for value in at]


def _axis_of_cells(effect: Any, side: int) -> Axis:
    """Every level of a column, or round numbers where the middle of a cell is."""
    at, scale = effect.cells.sides[side], effect.scales[side]
    if scale is None or len(at) <= MOST_TICKS:
        ticks = list(enumerate(write_cells(at, scale)))
        return Axis(effect.names[side], ends=(-0.5, len(at) - 0.5), ticks=ticks, named=True)
    return axis_of_cells(effect.names[side], at, scale, MOST_TICKS)


def _chart_deep(overlay: Overlay, most: int, hold: Sequence[float]) -> RowChart:
    """How much each column takes part in the interactions that networks have found."""
    names = list(dict.fromkeys(name for layer in overlay for name in layer.effect.columns))
    rows = [
        Row(name, 0.0, share, format_percent(share), layer.model, colour=layer.colour)
        for name in names[:most]
        for layer in overlay
        for own, share in zip(layer.effect.columns, layer.effect.shares.tolist(), strict=True)
        if own == name
    ]
    largest = max(float(layer.effect.shares.max()) for layer in overlay) or 1.0
    axis = Axis("part of the variance that needs the column", ends=(0.0, largest))
    return RowChart(rows, "levels", axis, 0.0, overlay[0].effect.name)


CHARTS: dict[str, Callable[[Overlay, int, Sequence[float]], Chart | RowChart]] = {
    "curve": _chart_curve,
    "levels": _chart_levels,
    "pair": _chart_surface,
    "triple": _chart_surface,
    "deep": _chart_deep,
}
"""The function that draws each kind of effect."""
