"""A chart: marks between two axes, drawn in matplotlib or as HTML that pages hold."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from edgewise.charts.marks import HeatMap, Mark, ToFrame, blend_colours
from edgewise.charts.numbers import format_number
from edgewise.charts.scales import LOG, STRAIGHT, Ruler, Ticks
from edgewise.charts.style import (
    GREY,
    INK,
    LETTERS,
    choose_letters,
    is_math,
    page_colour,
    put_legend_above,
    style_axes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LETTER = 0.025
"""The width of a letter of a tick, as a fraction of a small chart's width."""
MOST_ABREAST = 5
"""With more cells their names stand upright."""


@dataclass(frozen=True)
class Axis:
    """One of the two axes of a chart.

    Attributes:
        scale: the map from numbers to places.
        ends: the least and greatest value; None takes them from the marks, with a margin.
        ticks: values with their texts; None for round numbers.
        write: writes a number with a given number of digits.
        most: the approximate number of ticks.
        named: whether every cell of a heat map has a tick.
        whole: whether its values are counts, so that ticks are whole numbers.
    """

    label: str = ""
    scale: Ruler = STRAIGHT
    ends: tuple[float, float] | None = None
    ticks: Ticks | None = None
    write: Callable[[float, int], str] = format_number
    most: int = 5
    named: bool = False
    whole: bool = False

    def fraction(self, values: Any) -> Any:
        """Values as fractions of the way from one end to the other."""
        if self.ends is None:
            raise ValueError("expected an axis with ends, got None")
        return self.scale.fraction(values, self.ends)

    def choose_ticks(self) -> Ticks:
        """Its ticks, or round numbers between its ends."""
        if self.ticks is not None or self.ends is None:
            return self.ticks or ()
        return self.scale.choose_ticks(*self.ends, self.most, self.write)

    def thin_ticks(self) -> Ticks:
        """Ticks that have room beside each other: all, or every second, …"""
        ticks, step = self.choose_ticks(), 1
        places = self.fraction([value for value, _ in ticks])
        halves = np.array([LETTER * (len(text) + 1) / 2 for _, text in ticks])
        while np.any(np.diff(places[::step]) < halves[::step][:-1] + halves[::step][1:]):
            step += 1
        return ticks if self.named else ticks[::step]

    def fit(self, axes: Axes, which: Literal["x", "y"]) -> None:
        """Set up matplotlib's axis after the marks are drawn; it chooses ticks of linear scales."""
        is_x = which == "x"
        axis = axes.xaxis if is_x else axes.yaxis
        if self.scale == LOG:
            axes.set(**{f"{which}scale": "log"})
        elif self.scale != STRAIGHT:
            functions = (self.scale.forward, self.scale.inverse)
            (axes.set_xscale if is_x else axes.set_yscale)("function", functions=functions)
        if self.ends is not None:
            axes.set(**{f"{which}lim": self.ends})
        math = is_math(self.label)
        label = self.label if math else choose_letters(self.label, 44)
        axis.set_label_text(label, fontsize=LETTERS + 1, color=INK, parse_math=math)
        if self.ticks is None and self.write is format_number and self.scale == STRAIGHT:
            axes.locator_params(axis=which, nbins=self.most + 1, integer=self.whole)
        else:
            fitted = replace(self, ends=axes.get_xlim() if is_x else axes.get_ylim())
            _set_ticks(axis, fitted.thin_ticks() if is_x else fitted.choose_ticks())


def axis_of_cells(label: str, at: Any, scale: Ruler = STRAIGHT, most: int = 5) -> Axis:
    """The axis of a heat map whose cells lie around numbers; round numbers have ticks.

    Args:
        at: the number in the middle of each cell, in order.
        most: the approximate number of ticks.
    """
    ticks = scale.choose_ticks(float(at[0]), float(at[-1]), most)
    places = np.interp(scale.forward([t[0] for t in ticks]), scale.forward(at), np.arange(len(at)))
    placed = [(float(place), text) for place, (_, text) in zip(places, ticks, strict=True)]
    return Axis(label, ends=(-0.5, len(at) - 0.5), ticks=placed)


def _set_ticks(axis: Any, ticks: Ticks) -> None:
    """Give an axis of matplotlib these ticks and no others."""
    axis.set_ticks([t[0] for t in ticks], [choose_letters(t[1]) for t in ticks], parse_math=False)
    axis.set_ticks([], minor=True)


@dataclass(frozen=True)
class Chart:
    """Marks between two axes; the first mark is at the back.

    Attributes:
        grid: the axes whose ticks have faint lines behind the marks.
        key: the axis of the colours of a heat map.
        depths: the colours at the ends of the key: from -1, orange, over 0, pale, to 1, blue.
    """

    marks: Sequence[Mark]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    title: str = ""
    grid: Literal["x", "y", "both"] | None = "y"
    key: Axis | None = None
    depths: tuple[int, int] = (-1, 1)

    def draw(self, axes: Axes) -> None:
        """Draw it in matplotlib."""
        for mark in self.marks:
            mark.draw(axes)
        self.x.fit(axes, "x")
        self.y.fit(axes, "y")
        style_axes(axes, grid=self.grid, title=self.title)
        if any(mark.label for mark in self.marks):
            put_legend_above(axes)
        if self.key is not None:
            _draw_key(axes, self.key, self.depths)

    def fitted(self) -> Chart:
        """The chart with ends of both axes."""
        across, upwards = zip(*(mark.reach() for mark in self.marks), strict=True)
        x = self.x.ends or self.x.scale.pad(np.concatenate(across), 0.04)
        y = self.y.ends or self.y.scale.pad(np.concatenate(upwards), 0.08)
        return replace(self, x=replace(self.x, ends=x), y=replace(self.y, ends=y))

    def html(self, label: str) -> str:
        """The chart as HTML: shapes and letters in per cent of a frame of any width.

        Args:
            label: what a screen reader says.
        """
        chart = self.fitted()
        rows, columns = chart.y.choose_ticks(), chart.x.thin_ticks()

        def x(values: Any) -> Any:
            return 100 * chart.x.fraction(values)

        def y(values: Any) -> Any:
            return 100 - 100 * chart.y.fraction(values)

        abreast = " named" * self.x.named + " many" * (self.x.named and len(columns) > MOST_ABREAST)
        heat = " heat" * any(isinstance(mark, HeatMap) for mark in self.marks)
        letters = max((len(text) for _, text in rows), default=0)
        wide = "" if self.y.named else f' style="width:{0.43 * letters + 0.7:.2f}rem"'
        lines = (f'<i class="rule" style="top:{y(v):.2f}%"></i>' for v, _ in rows if self.grid)
        over = f'<p class="axis up">{html.escape(self.y.label)}</p>' if self.y.label else ""
        under = f'<p class="axis">{html.escape(self.x.label)}</p>' if self.x.label else ""
        return (
            f'{over}<div class="chart{heat}"><div class="ys{" named" * self.y.named}"{wide} '
            f'aria-hidden="true">{_place_texts(rows[::-1], y, "top")}</div>'
            f'<div class="frame" role="img" aria-label="{html.escape(label)}">{"".join(lines)}'
            f'<svg viewBox="0 0 100 100" preserveAspectRatio="none">'
            f"{''.join(mark.svg(x, y) for mark in self.marks)}</svg>"
            f"{''.join(mark.letters(x, y) for mark in self.marks)}</div>"
            f'<div class="xs{abreast}" aria-hidden="true">{_place_texts(columns, x, "left")}</div>'
            f"</div>{under}{self._legend()}"
        )

    def _legend(self) -> str:
        if self.key is not None and self.key.ends is not None:
            low, high = (html.escape(self.key.write(end, 3)) for end in self.key.ends)
            side = {(0, 1): " above", (-1, 0): " below"}.get(self.depths, "")
            return f'<div class="key{side}"><span>{low}</span><i></i><span>{high}</span></div>'
        entries = "".join(
            f'<span><i style="background:{page_colour(m.colour)};opacity:{m.alpha:g}"></i>'
            f"{html.escape(m.label)}</span>"
            for m in self.marks
            if m.label
        )
        return f'<p class="legend">{entries}</p>' if entries else ""


def _place_texts(ticks: Ticks, place: ToFrame, side: str) -> str:
    return "".join(
        f'<span title="{html.escape(text)}" style="{side}:{place(value):.2f}%">'
        f"{html.escape(text)}</span>"
        for value, text in ticks
    )


def _draw_key(axes: Axes, key: Axis, depths: tuple[int, int]) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import LinearSegmentedColormap, LogNorm, Normalize

    places = np.linspace(*depths, 65) / 2 + 0.5
    colours = LinearSegmentedColormap.from_list("key", blend_colours()(places))
    norm = (LogNorm if key.scale == LOG else Normalize)(*(key.ends or ()))
    bar = axes.figure.colorbar(ScalarMappable(norm, colours), ax=axes)
    _set_ticks(bar.ax.yaxis, key.choose_ticks())
    bar.ax.tick_params(labelsize=LETTERS - 1, color=GREY, labelcolor=GREY)
    bar.outline.set_visible(False)
