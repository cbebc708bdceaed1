"""Charts of one bar a row: importances, levels, the steps of a waterfall."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from edgewise.charts.chart import Axis
from edgewise.charts.style import (
    BLUE,
    GREY,
    INK,
    LETTERS,
    SILVER,
    choose_letters,
    page_colour,
    style_axes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

PALE = 0.4
"""The opacity of a faded bar."""


@dataclass(frozen=True)
class Row:
    """One bar with its name on the left and its number on the right.

    Attributes:
        name, detail: what the bar stands for, and more about it.
        start, end: the ends of the bar, as values of the axis.
        text: the number beside it.
        low, high: the ends of its whisker, or None.
        faded: whether the bar is pale, because the effect may be 0.
        whole: whether it is a line and no bar: where a waterfall begins and ends.
        count, share: the number of rows of the table behind it, and its ratio to the largest.
        link: the id of the element of a page that says more.
    """

    name: str
    start: float
    end: float
    text: str
    detail: str = ""
    low: float | None = None
    high: float | None = None
    colour: str = BLUE
    faded: bool = False
    whole: bool = False
    count: str = ""
    share: float = 0.0
    link: str | None = None


@dataclass(frozen=True)
class RowChart:
    """Bars below each other.

    Attributes:
        kind: "sizes" of many things, "levels" of one thing, or "fall" for a waterfall.
        axis: the axis of the bars; it needs ends.
        zero: a value that is marked by a line.
        gap: the row before which some are left out, and how many.
    """

    rows: Sequence[Row]
    kind: Literal["sizes", "levels", "fall"]
    axis: Axis
    zero: float | None = None
    title: str = ""
    gap: tuple[int, int] | None = None

    def draw(self, axes: Axes) -> None:
        """Draw it in matplotlib."""
        style_axes(axes, grid="x", title=self.title)
        y = np.arange(len(self.rows), dtype=np.float64)
        if self.gap is not None:
            axes.text(
                *(self.zero or 0.0, self.gap[0], f"… {self.gap[1]} between"),
                color=GREY, size=LETTERS - 1, ha="center", va="center",
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            )  # fmt: skip
            y[self.gap[0] :] += 1
        for place, row in zip(y, self.rows, strict=True):
            self._draw_row(axes, float(place), row)
        if self.zero is not None:
            axes.axvline(self.zero, color=GREY, linewidth=0.8)
        names = [
            choose_letters(r.name) + (f" = {choose_letters(r.detail)}" if r.detail else "")
            for r in self.rows
        ]
        axes.set_yticks(y, names, parse_math=False)
        axes.set_ylim(max(float(y[-1]) + 0.6 if len(y) else 0.0, 2.4), -0.6)
        self.axis.fit(axes, "x")

    def _draw_row(self, axes: Axes, y: float, row: Row) -> None:
        left, right = sorted((row.start, row.end))
        if row.whole:
            axes.plot(left, y, "D", color=INK, markersize=5.5)
        else:
            alpha = PALE if row.faded else 1.0
            axes.barh(y, right - left, 0.64, left=left, color=row.colour, alpha=alpha)
        if row.low is not None and row.high is not None:
            axes.plot([row.low, row.high], [y, y], color=INK, linewidth=1.0)
        if self.kind == "fall":
            axes.annotate(
                row.text, (right, y), (6, 0), textcoords="offset points",
                size=LETTERS - 1, color=INK, va="center",
            )  # fmt: skip
            if y:
                axes.plot([row.start] * 2, [y - 0.69, y - 0.31], color=SILVER, linewidth=0.8)

    def html(self) -> list[str]:
        """The rows as items of a list; neighbouring rows of the same name show it once."""
        before = [None, *(row.name for row in self.rows)]
        return [
            self._write_row(row, bool(row.detail) and row.name == name and self.kind != "fall")
            for row, name in zip(self.rows, before, strict=False)
        ]

    def _write_row(self, row: Row, again: bool) -> str:
        left, right = np.sort(100 * self.axis.fraction([row.start, row.end]))
        place = f"left:{left:.2f}%"
        bar = f'<i class="mark" style="{place}"></i>'
        if not row.whole:
            shape = f"{place};width:{right - left:.2f}%;background:{page_colour(row.colour)}"
            bar = f'<i class="fill{" faded" * row.faded}" style="{shape}"></i>'
        if self.zero is not None:
            bar += f'<i class="zero" style="left:{100 * self.axis.fraction(self.zero):.2f}%"></i>'
        if row.low is not None and row.high is not None:
            low, high = 100 * self.axis.fraction([row.low, row.high])
            bar += f'<i class="reach" style="left:{low:.2f}%;width:{high - low:.2f}%"></i>'
        name = html.escape(row.name)
        shown = name.replace("_", "_<wbr>")  # where a long name of a column may break
        shown = f'<a href="#{row.link}">{shown}</a>' if row.link else shown
        if row.detail:
            shown = f'{"" if again else shown} <span class="soft">{html.escape(row.detail)}</span>'
        count = f'<span class="rows">{row.count}<i style="width:{100 * row.share:.2f}%"></i></span>'
        kind = "whole" if row.whole else "again" if again else ""
        sought = f' data-name="{name}"' * (self.kind == "sizes") + f' class="{kind}"' * bool(kind)
        return (
            f'<li{sought}><span class="name" title="{name}">{shown}</span>'
            f'<span class="track">{bar}</span><span class="number">{html.escape(row.text)}</span>'
            f"{count if row.count else ''}</li>"
        )
