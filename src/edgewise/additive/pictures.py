"""Effects as matplotlib figures. Nothing here touches pyplot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._style import (
    BLUE,
    GREY,
    INK,
    LINE,
    ORANGE,
    SILVER,
    choose_label,
    figure_class,
    style_axes,
)
from edgewise.additive.columns import Array
from edgewise.additive.effects import MISSING, Band, Effect, Units
from edgewise.additive.ticks import (
    choose_curve_ticks,
    choose_effect_ticks,
    choose_levels,
    list_cell_ticks,
    pad,
)
from edgewise.additive.waterfall import Waterfall

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OWNER = "An explanation's figure"
LETTERS = 9.0
MOST_LEVELS, LEVELS_OF_A_PANEL = 24, 12
MOST_BARS = 18
MOST_PANELS = 8
HISTOGRAM = 0.16
"""Share of the height of a picture that its histogram has."""


def draw_effect(effect: Effect) -> Figure:
    """One effect by itself."""
    height = 3.3
    if effect.kind == "levels":
        height = 0.9 + 0.24 * min(len(effect.rows()["at"]), MOST_LEVELS + 1)
    figure = figure_class(OWNER)(figsize=(5.6, max(height, 1.8)), layout="constrained")
    DRAW[effect.kind](figure.subplots(), effect, MOST_LEVELS)
    return figure


def draw_overview(effects: Sequence[Effect], title: str) -> Figure:
    """Importances, and the most important effects beside each other."""
    shown = effects[:MOST_PANELS]
    across = 3
    down = -(-(len(shown) + 1) // across)
    figure = figure_class(OWNER)(figsize=(4.1 * across, 3.1 * down), layout="constrained")
    panels = figure.subplots(down, across, squeeze=False).ravel()
    draw_importances(panels[0], effects)
    for axes, effect in zip(panels[1:], shown, strict=False):
        DRAW[effect.kind](axes, effect, LEVELS_OF_A_PANEL)
    for axes in panels[len(shown) + 1 :]:
        axes.set_axis_off()
    if title:
        figure.suptitle(_name(title), parse_math=False)
    return figure


def draw_importances(axes: Axes, effects: Sequence[Effect]) -> None:
    """The standard deviation of each effect over the rows, with its standard error."""
    shown = effects[:MOST_BARS]
    y = np.arange(len(shown))
    sizes, errors = [e.importance for e in shown], [e.error for e in shown]
    colours = [ORANGE if effect.edited else BLUE for effect in shown]
    axes.barh(y, sizes, 0.62, color=colours, xerr=errors, error_kw=_WHISKER)
    _start(axes, "Importance", grid="x")
    axes.set_yticks(y, [_name(effect.name) for effect in shown], parse_math=False)
    axes.set_ylim(max(len(shown), 4) - 0.4, -0.6)
    axes.set_xlim(left=0)
    more = len(effects) - len(shown)
    word = "logarithm of factor" if effects and effects[0].units.neutral else "effect"
    _label(axes, f"standard deviation of {word}" + (f", {more} more" if more else ""), "")


_WHISKER = {"ecolor": INK, "elinewidth": 1.0, "capsize": 0}


def _draw_curve(axes: Axes, effect: Any, most: int) -> None:
    """A curve with its band over a histogram of the data; missing values stand beside it."""
    units, seen = effect.units, effect.seen
    x = seen.scale.forward(effect.at)
    value, low, high = _own(effect.band, units)
    apart = _own(effect.missing, units)
    floor, top = pad(np.concatenate([low, high, *apart]), 0.0)
    floor -= (top - floor) * HISTOGRAM / (1 - HISTOGRAM)
    _start(axes, effect.name)
    _draw_histogram(axes, seen)
    axes.axhline(0.0, color=GREY, linewidth=0.8)
    colour = ORANGE if effect.edited else BLUE
    axes.fill_between(x, low, high, color=colour, alpha=0.18, linewidth=0)
    marker = "o" if effect.dots else ""
    axes.plot(x, value, color=colour, linewidth=1.8, marker=marker, markersize=4.5)
    ends = float(x[0]), float(x[-1])
    room = (ends[1] - ends[0]) or 1.0
    ticks = choose_curve_ticks(effect)
    places = seen.scale.forward(np.array([t[0] for t in ticks])).tolist()
    labels = [t[1] for t in ticks]
    right = ends[1] + 0.03 * room
    if len(apart[0]):
        right = ends[1] + 0.12 * room
        axes.errorbar(
            right,
            apart[0],
            [apart[0] - apart[1], apart[2] - apart[0]],
            fmt="D",
            color=colour,
            markersize=5,
            elinewidth=1.2,
        )
        kept = [k for k, place in enumerate(places) if right - place > 0.18 * room]
        places, labels = [*(places[k] for k in kept), right], [*(labels[k] for k in kept), MISSING]
        right += 0.06 * room
    axes.set_xticks(places, labels)
    margin = 0.16 * room / max(len(x) - 1, 1) if seen.few else 0.0
    axes.set_xlim(ends[0] - 0.03 * room - margin, right + margin)
    axes.set_ylim(floor, top)
    _tell_effects(axes.yaxis, units, floor + (top - floor) * HISTOGRAM, top)
    _label(axes, "", units.word)


def _draw_histogram(axes: Axes, seen: Any) -> None:
    if seen.few:
        x = seen.scale.forward(seen.points)
        width = 0.25 * float(np.diff(x).min()) if len(x) > 1 else 0.1
        left, widths = x - width / 2, np.full(len(x), width)
    else:
        edges = seen.scale.forward(seen.edges)
        left, widths = edges[:-1], np.diff(edges)
    heights = HISTOGRAM * seen.counts / seen.counts.max()
    axes.bar(
        left,
        heights,
        widths * 0.92,
        align="edge",
        color=SILVER,
        transform=axes.get_xaxis_transform(),
        zorder=1,
    )


def _draw_levels(axes: Axes, effect: Any, most: int) -> None:
    """A bar for each level with its band; of very many those with the largest effects."""
    kept, gap = choose_levels(len(effect.levels), most)
    value, low, high = (part[kept] for part in _own(effect.band, effect.units))
    y = np.arange(len(kept), dtype=np.float64)
    y[gap:] += 1.0 if gap < len(kept) else 0.0
    colour = ORANGE if effect.edited else BLUE
    _start(axes, effect.name, grid="x")
    whiskers = np.stack([value - low, high - value])
    axes.barh(y, value, 0.66, color=colour, xerr=whiskers, error_kw=_WHISKER)
    axes.axvline(0.0, color=GREY, linewidth=0.8)
    labels = [_name(MISSING if effect.levels[k] is None else effect.levels[k]) for k in kept]
    axes.set_yticks(y, labels, parse_math=False)
    if gap < len(kept):
        text = f"… {len(effect.levels) - len(kept)} between"
        axes.text(0.0, gap, text, color=GREY, size=LETTERS - 1, ha="center", va="center")
    axes.set_ylim(max(float(y[-1]) + 0.6, 2.4), -0.6)
    left, right = pad(np.concatenate([low, high]), 0.0)
    axes.set_xlim(left, right)
    _tell_effects(axes.xaxis, effect.units, left, right)
    _label(axes, effect.units.word, "")


def _draw_pair(axes: Axes, effect: Any, most: int) -> None:
    """A heat map, paler where there are no rows."""
    from matplotlib.colors import LinearSegmentedColormap, TwoSlopeNorm

    value, _, _ = _own(effect.band, effect.units)
    top = float(np.abs(value).max()) or 1.0
    colours = LinearSegmentedColormap.from_list("effects", [ORANGE, "#FFFFFF", BLUE])
    shown = np.where(effect.cells.counts > 0, 1.0, 0.3)
    image = colours(TwoSlopeNorm(0.0, -top, top)(value.T))
    image[..., 3] = shown.T
    axes.imshow(image, origin="lower", aspect="auto", interpolation="nearest")
    _start(axes, effect.name, grid=None)
    for axis, k in ((axes.xaxis, 0), (axes.yaxis, 1)):
        places, labels = list_cell_ticks(effect, k, 5)
        axis.set_ticks(places, [_name(text, 14) for text in labels], parse_math=False)
    _label(axes, effect.names[0], effect.names[1])
    from matplotlib.cm import ScalarMappable

    bar = axes.figure.colorbar(ScalarMappable(TwoSlopeNorm(0.0, -top, top), colours), ax=axes)
    _tell_effects(bar.ax.yaxis, effect.units, -top, top)
    bar.ax.tick_params(labelsize=LETTERS - 1, color=GREY, labelcolor=GREY)
    bar.outline.set_visible(False)


DRAW: dict[str, Callable[[Any, Any, int], None]] = {
    "curve": _draw_curve,
    "levels": _draw_levels,
    "pair": _draw_pair,
}
"""By the kind of effect."""


def draw_waterfall(fall: Waterfall) -> Figure:
    """From the base to the prediction of one row, the largest effects first."""
    steps = fall.steps(MOST_BARS)
    figure = figure_class(OWNER)(figsize=(6.4, 1.2 + 0.3 * len(steps)), layout="constrained")
    axes = figure.subplots()
    _start(axes, f"{fall.output}: {fall.headline}", grid="x")
    for k, step in enumerate(steps):
        colour = BLUE if step.end > step.start else ORANGE
        left, right = sorted((step.start, step.end))
        if step.whole:
            axes.plot(left, k, "D", color=INK, markersize=5.5)
        else:
            axes.barh(k, right - left, 0.62, left=left, color=colour)
        axes.text(right, k, f"  {step.text}", size=LETTERS - 1, color=INK, va="center")
        if k:
            axes.plot([step.start] * 2, [k - 0.69, k - 0.31], color=SILVER, linewidth=0.8)
    names = [f"{_name(s.name)} = {_name(s.value)}" if s.value else _name(s.name) for s in steps]
    axes.set_yticks(range(len(steps)), names, parse_math=False)
    axes.set_ylim(len(steps) - 0.4, -0.6)
    ends = np.array([place for step in steps for place in (step.start, step.end)])
    left, right = float(ends.min()), float(ends.max())
    room = (right - left) or 1.0
    axes.set_xlim(left - 0.04 * room, right + 0.16 * room)
    ticks = fall.ticks(left, right)
    axes.set_xticks([t[0] for t in ticks], [t[1] for t in ticks])
    _label(axes, fall.units.word if fall.units.neutral == 0.0 else fall.output, "")
    return figure


# Parts of every picture.


def _own(band: Band, units: Units) -> tuple[Array, Array, Array]:
    """A band where effects add up, so that equal factors are equally far apart."""
    return units.read(band.value), units.read(band.low), units.read(band.high)


def _start(axes: Axes, title: str, grid: Any = "y") -> None:
    style_axes(axes, grid=grid)
    axes.spines[["left", "bottom"]].set_color(LINE)
    axes.tick_params(labelsize=LETTERS, color=LINE, labelcolor=GREY)
    axes.set_title(_name(title, 44), loc="left", fontsize=LETTERS + 1, color=INK, parse_math=False)


def _tell_effects(axis: Any, units: Units, low: float, high: float) -> None:
    ticks = choose_effect_ticks(units, low, high)
    axis.set_ticks([t[0] for t in ticks], [t[1] for t in ticks])


def _label(axes: Axes, x: str, y: str) -> None:
    axes.set_xlabel(_name(x, 44), fontsize=LETTERS, color=GREY, parse_math=False)
    axes.set_ylabel(_name(y, 44), fontsize=LETTERS, color=GREY, parse_math=False)


def _name(text: str, longest: int = 24) -> str:
    """A name that fits and that the font has letters for."""
    half = longest // 2
    short = text if len(text) <= longest else text[:half] + "…" + text[1 + half - longest :]
    return "".join(c if choose_label(c, "") else "□" for c in short)
