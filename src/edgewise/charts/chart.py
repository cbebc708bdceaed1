"""A chart: marks between two axes, drawn in matplotlib or as HTML that pages hold."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from edgewise.charts.marks import Cells, Mark, Place, blend_colours
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

MOST_ABREAST = 5
"""Names of more cells stand upright."""


@dataclass(frozen=True)
class Axis:
    """One of the two axes of a chart.

    Attributes:
        label: its name.
        scale: how it lies over numbers.
        ends: the least and greatest value; None for those of the marks with some room.
        ticks: None for round numbers.
        write: how numbers are written, to so many digits.
        most: about so many ticks.
        named: whether every cell of a heat map has a tick.
        whole: whether it counts.
    """

    label: str = ""
    scale: Ruler = STRAIGHT
    ends: tuple[float, float] | None = None
    ticks: Ticks | None = None
    write: Callable[[float, int], str] = format_number
    most: int = 5
    named: bool = False
    whole: bool = False

    def choose_ticks(self, across: bool = False) -> Ticks:
        """The ticks, of an axis across those that have room; needs ends."""
        assert self.ends is not None
        ticks = self.ticks
        if ticks is None:
            ticks = self.scale.choose_ticks(*self.ends, self.most, self.write)
        return self.scale.thin(ticks, self.ends) if across and not self.named else ticks

    def fit(self, axes: Axes, which: Literal["x", "y"]) -> None:
        """Prepare an axis of matplotlib that has its marks; a straight one chooses its ticks."""
        is_x = which == "x"
        if self.scale == LOG:
            axes.set(**{f"{which}scale": "log"})
        elif self.scale != STRAIGHT:
            functions = (self.scale.forward, self.scale.inverse)
            (axes.set_xscale if is_x else axes.set_yscale)("function", functions=functions)
        if self.ends is not None:
            axes.set(**{f"{which}lim": self.ends})
        label_axis(axes, which, self.label)
        if self.ticks is None and self.write is format_number and self.scale == STRAIGHT:
            axes.locator_params(axis=which, nbins=self.most + 1, integer=self.whole)
        else:
            fitted = replace(self, ends=axes.get_xlim() if is_x else axes.get_ylim())
            set_ticks(axes.xaxis if is_x else axes.yaxis, fitted.choose_ticks(is_x))


def set_ticks(axis: Any, ticks: Ticks) -> None:
    """Give an axis of matplotlib these ticks and no others."""
    axis.set_ticks([t[0] for t in ticks], [choose_letters(t[1]) for t in ticks], parse_math=False)
    axis.set_ticks([], minor=True)


def label_axis(axes: Axes, which: Literal["x", "y"], label: str) -> None:
    """Name an axis of matplotlib."""
    axis = axes.xaxis if which == "x" else axes.yaxis
    math = is_math(label)
    text = label if math else choose_letters(label, 44)
    axis.set_label_text(text, fontsize=LETTERS + 1, color=GREY, parse_math=math)


@dataclass(frozen=True)
class Chart:
    """Marks, the first one at the back, between two axes.

    Attributes:
        grid: which values have faint lines behind the marks.
        key: of a heat map, the axis of its colours.
    """

    marks: Sequence[Mark]
    x: Axis = field(default_factory=Axis)
    y: Axis = field(default_factory=Axis)
    title: str = ""
    grid: Literal["x", "y", "both"] | None = "y"
    key: Axis | None = None

    def draw(self, axes: Axes) -> None:
        """Draw it in matplotlib."""
        for mark in self.marks:
            mark.draw(axes)
        self.x.fit(axes, "x")
        self.y.fit(axes, "y")
        style_axes(axes, grid=self.grid)
        title_axes(axes, self.title)
        if any(mark.label for mark in self.marks):
            put_legend_above(axes)
        if self.key is not None:
            _draw_key(axes, self.key)

    def fitted(self) -> Chart:
        """The chart with ends of both axes."""
        across, upwards = zip(*(mark.reach() for mark in self.marks), strict=True)
        x = self.x.ends or self.x.scale.pad(np.concatenate(across), 0.04)
        y = self.y.ends or self.y.scale.pad(np.concatenate(upwards), 0.08)
        return replace(self, x=replace(self.x, ends=x), y=replace(self.y, ends=y))

    def html(self, label: str) -> str:
        """Shapes and letters in per cent of a frame, which may be as wide as it likes.

        Args:
            label: what a screen reader says.
        """
        chart = self.fitted()
        x, y = _across(chart.x), _down(chart.y)
        rows, columns = chart.y.choose_ticks(), chart.x.choose_ticks(across=True)
        many = " many" * (len(columns) > MOST_ABREAST)
        named = (" named" + many) * chart.x.named
        rules = chart.grid in ("y", "both")
        lines = "".join(f'<i class="rule" style="top:{float(y(v)):.2f}%"></i>' for v, _ in rows)
        letters = max((len(text) for _, text in rows), default=0)
        wide = "" if chart.y.named else f' style="width:{0.43 * letters + 0.7:.2f}rem"'
        heat = any(isinstance(mark, Cells) for mark in self.marks)
        return (
            f'{_name(chart.y.label, "axis up")}<div class="chart{" heat" * heat}">'
            f'<div class="ys{" named" * chart.y.named}"{wide} aria-hidden="true">'
            f"{_place_texts(rows[::-1], y, 'top')}</div>"
            f'<div class="frame" role="img" aria-label="{html.escape(label)}">{lines * rules}'
            f'<svg viewBox="0 0 100 100" preserveAspectRatio="none">'
            f"{''.join(mark.svg(x, y) for mark in chart.marks)}</svg>"
            f"{''.join(mark.letters(x, y) for mark in chart.marks)}</div>"
            f'<div class="xs{named}" aria-hidden="true">{_place_texts(columns, x, "left")}</div>'
            f"</div>{_name(chart.x.label, 'axis')}{self._legend()}"
        )

    def _legend(self) -> str:
        if self.key is not None and self.key.ends is not None:
            low, high = (html.escape(self.key.write(end, 3)) for end in self.key.ends)
            return f'<div class="key"><span>{low}</span><i></i><span>{high}</span></div>'
        entries = "".join(
            f'<span><i style="background:{page_colour(m.colour)}"></i>{html.escape(m.label)}</span>'
            for m in self.marks
            if m.label
        )
        return f'<p class="legend">{entries}</p>' if entries else ""


def title_axes(axes: Axes, title: str) -> None:
    """Write what a chart shows above its left end."""
    if title:
        text = choose_letters(title, 44)
        axes.set_title(text, loc="left", fontsize=LETTERS + 1, color=INK, parse_math=False)


def _across(axis: Axis) -> Place:
    assert axis.ends is not None
    ends = axis.ends
    return lambda values: 100 * axis.scale.share(values, ends)


def _down(axis: Axis) -> Place:
    across = _across(axis)
    return lambda values: 100 - across(values)


def _place_texts(ticks: Ticks, place: Place, side: str) -> str:
    return "".join(
        f'<span title="{html.escape(text)}" style="{side}:{float(place(value)):.2f}%">'
        f"{html.escape(text)}</span>"
        for value, text in ticks
    )


def _name(label: str, kind: str) -> str:
    return f'<p class="{kind}">{html.escape(label)}</p>' if label else ""


def _draw_key(axes: Axes, key: Axis) -> None:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize

    assert key.ends is not None
    ticks = key.choose_ticks()
    bar = axes.figure.colorbar(ScalarMappable(Normalize(0, 1), blend_colours()), ax=axes)
    places = key.scale.share([value for value, _ in ticks], key.ends)
    set_ticks(bar.ax.yaxis, [(p, text) for p, (_, text) in zip(places, ticks, strict=True)])
    bar.ax.tick_params(labelsize=LETTERS - 1, color=GREY, labelcolor=GREY)
    bar.outline.set_visible(False)
