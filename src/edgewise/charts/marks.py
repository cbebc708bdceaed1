"""What charts are made of. Each mark draws itself as SVG and in matplotlib."""

from __future__ import annotations

import html
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise._arrays import Array
from edgewise.charts.style import BLUE, GREY, LETTERS, ORANGE, page_colour

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ToFrame = Callable[[Any], Array]
"""A map from values to per cent of a frame, from the left or from the top."""
NOTHING = np.zeros(0)


@dataclass(frozen=True, eq=False, kw_only=True)
class Mark(ABC):
    """One thing in a chart.

    Attributes:
        colour, alpha: colour and opacity of the whole mark.
        label: its name in the legend; None leaves it out.
        gid: an id that finds it among matplotlib's artists.
        title: what a page shows to those who point at it.
    """

    colour: str = BLUE
    alpha: float = 1.0
    label: str | None = None
    gid: str | None = None
    title: str = ""

    @abstractmethod
    def draw(self, axes: Axes) -> None:
        """Draw it in matplotlib."""

    @abstractmethod
    def svg(self, x: ToFrame, y: ToFrame) -> str:
        """Draw it in a square of 100 by 100 that the page stretches; strokes keep their width."""

    def letters(self, x: ToFrame, y: ToFrame) -> str:
        """The part of it that isn't stretched, as HTML above the square."""
        return ""

    def reach(self) -> tuple[Array, Array]:
        """The values across and upwards that the axes must have room for."""
        return NOTHING, NOTHING

    @property
    def look(self) -> dict[str, Any]:
        """The arguments that all artists of matplotlib get."""
        return {"color": self.colour, "alpha": self.alpha, "label": self.label, "gid": self.gid}

    def group(self, kind: str, body: str, width: float = 1.0) -> str:
        """Shapes as SVG in a group whose class the style sheet knows."""
        opacity = f"fill-opacity:{self.alpha:g};stroke-opacity:{self.alpha:g}"
        style = f"color:{page_colour(self.colour)};{opacity};stroke-width:{width:g}px"
        title = f"<title>{html.escape(self.title)}</title>" if self.title else ""
        return f'<g class="{kind}" style="{style}">{title}{body}</g>'


@dataclass(frozen=True, eq=False)
class Line(Mark):
    """A line through points, broken where one isn't finite.

    Attributes:
        x, y: (n,).
        width: of the line; 0 for none.
        dash: whether it is broken.
        dots: the size of a dot at each point; 0 for none.
    """

    x: Array
    y: Array
    width: float = 1.8
    dash: bool = False
    dots: float = 0.0

    def draw(self, axes: Axes) -> None:
        style = ("--" if self.dash else "-") if self.width else ""
        marker = "o" if self.dots else ""
        line = axes.plot(self.x, self.y, linestyle=style, marker=marker, **self.look)[0]
        line.set(linewidth=self.width, markersize=self.dots, markeredgewidth=0)

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        runs = [_write(x(self.x[r]), y(self.y[r])) for r in _find_runs(self.x, self.y)]
        path = "".join("M" + "L".join(run) for run in runs) if self.width else ""
        dash = ' stroke-dasharray="6 4"' if self.dash else ""
        # Strokes of a dot are as short as they can be: their round ends aren't stretched.
        places = [place for run in runs for place in run] if self.dots else []
        spots = "".join(f'<path d="M{place}h.01"/>' for place in places)
        line = self.group("line", f'<path d="{path}"{dash}/>', self.width)
        return line + self.group("dots", spots, 1.3 * self.dots)

    def reach(self) -> tuple[Array, Array]:
        return self.x, self.y


def scatter(x: Array, y: Array, size: float = 4.5, **look: Any) -> Line:
    """A cloud of dots."""
    return Line(x, y, 0.0, dots=size, **look)


def error_bars(x: Array, low: Array, high: Array, width: float = 1.2, **look: Any) -> Line:
    """An upright bar at each x, from low to high."""
    gap = np.full(len(x), np.nan)
    ends = np.stack([low, high, gap], 1).ravel()
    return Line(np.stack([x, x, gap], 1).ravel(), ends, width, **look)


@dataclass(frozen=True, eq=False)
class Band(Mark):
    """The area between two curves, broken where one isn't finite.

    Shape:
        x, low, high: (n,)
    """

    x: Array
    low: Array
    high: Array
    alpha: float = field(default=0.18, kw_only=True)

    def draw(self, axes: Axes) -> None:
        axes.fill_between(self.x, self.low, self.high, linewidth=0, **self.look)

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        shapes = ""
        for r in _find_runs(self.low, self.high):
            there = _write(x(self.x[r]), y(self.high[r]))
            back = _write(x(self.x[r]), y(self.low[r]))[::-1]
            shapes += "M" + "L".join([*there, *back]) + "Z"
        return self.group("area", f'<path d="{shapes}"/>')

    def reach(self) -> tuple[Array, Array]:
        return self.x, np.concatenate([self.low, self.high])


@dataclass(frozen=True, eq=False)
class Bars(Mark):
    """Upright bars, such as those of a histogram.

    Shape:
        left, right, top: (n,); bottom: one number for all bars
    """

    left: Array
    right: Array
    top: Array
    bottom: float = 0.0

    def draw(self, axes: Axes) -> None:
        sizes = self.top - self.bottom, self.right - self.left, self.bottom
        axes.bar(self.left, *sizes, align="edge", zorder=1, **self.look)

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        sides = zip(x(self.left), x(self.right), y(self.top), strict=True)
        low = float(y(self.bottom))
        path = "".join(f"M{a:.2f} {low:.2f}V{top:.2f}H{b:.2f}V{low:.2f}Z" for a, b, top in sides)
        return self.group("area", f'<path d="{path}"/>')

    def reach(self) -> tuple[Array, Array]:
        return np.concatenate([self.left, self.right]), np.append(self.top, self.bottom)


def count_values(values: Array, edges: Array | None = None, **look: Any) -> Bars:
    """The histogram of values, in bins between these edges or those of :func:`choose_bins`."""
    edges = choose_bins(values) if edges is None else edges
    counts = np.histogram(values, edges)[0].astype(np.float64)
    return Bars(edges[:-1], edges[1:], counts, **look)


def choose_bins(values: Array) -> Array:
    """Edges of bins by the rule of Freedman and Diaconis, but at least 8 or √n and at most 40 bins.

    A single value has one bin.
    """
    low, high = float(values.min()), float(values.max())
    if not high - low > 1e-12 * max(abs(low), abs(high)):
        width = abs(low) or 1.0
        return np.array([low - width, low + width])
    q1, q3 = np.quantile(values, [0.25, 0.75])
    width = 2 * (q3 - q1) / len(values) ** (1 / 3)
    least = min(max(8, int(len(values) ** 0.5)), 40)
    count = 40 if not width > 0 else int(np.clip(np.ceil((high - low) / width), least, 40))
    return np.linspace(low, high, count + 1)


@dataclass(frozen=True, eq=False)
class Rules(Mark):
    """Straight lines at values, across the chart or upright, over its whole length or a part."""

    at: Sequence[float] | Array
    upright: bool = False
    to: float = 1.0
    width: float = 0.8
    dash: bool = False
    colour: str = field(default=GREY, kw_only=True)

    def draw(self, axes: Axes) -> None:
        draw = axes.vlines if self.upright else axes.hlines
        along = axes.get_xaxis_transform() if self.upright else axes.get_yaxis_transform()
        style: dict[str, Any] = {"linestyles": ":" if self.dash else "-", "linewidths": self.width}
        draw(self.at, 0, self.to, transform=along, zorder=1.5, **style, **self.look)

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        go = f"V{100 - 100 * self.to:g}" if self.upright else f"H{100 * self.to:g}"
        places = (x if self.upright else y)(np.asarray(self.at, dtype=np.float64))
        starts = (f"M{p:.2f} 100" if self.upright else f"M0 {p:.2f}" for p in places)
        dash = ' stroke-dasharray="2 3"' if self.dash else ""
        return self.group("line", f'<path d="{"".join(s + go for s in starts)}"{dash}/>')


@dataclass(frozen=True, eq=False)
class Text(Mark):
    """Words above a place, to its right."""

    x: float
    y: float
    text: str
    bold: bool = False

    def draw(self, axes: Axes) -> None:
        font: dict[str, Any] = {
            "color": self.colour,
            "size": LETTERS,
            "weight": "bold" if self.bold else "normal",
        }
        axes.annotate(self.text, (self.x, self.y), (5, 6), textcoords="offset points", **font)

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        return ""

    def letters(self, x: ToFrame, y: ToFrame) -> str:
        place = f"left:{float(x(self.x)):.2f}%;top:{float(y(self.y)):.2f}%"
        style = f"{place};color:{page_colour(self.colour)}" + ";font-weight:700" * self.bold
        return f'<span class="note" style="{style}">{html.escape(self.text)}</span>'


@dataclass(frozen=True, eq=False)
class HeatMap(Mark):
    """A heat map: positive values are blue, negative ones orange, uncertain ones pale.

    Attributes:
        depth: the values, from -1 to 1; cell (i, j) is around i across and j upwards.
        shown: how certain each is, from 0 to 1.
        titles: what a page shows to those who point at a cell, or nothing.

    Shape:
        depth, shown: (n, m); titles: lists of n lists of m texts
    """

    depth: Array
    shown: Array
    titles: Sequence[Sequence[str]] = ()

    def draw(self, axes: Axes) -> None:
        image = blend_colours()(self.depth.T / 2 + 0.5)
        image[..., 3] = self.shown.T
        axes.imshow(image, origin="lower", aspect="auto", interpolation="nearest")

    def svg(self, x: ToFrame, y: ToFrame) -> str:
        """Cells as unit squares, which one transform puts in their places."""
        (left, right), (low, high) = (
            to(np.array([-0.5, count - 0.5]))
            for to, count in zip((x, y), self.depth.shape, strict=True)
        )
        n, m = self.depth.shape
        place = (
            f"translate({left:.2f} {low:.2f}) scale({(right - left) / n:g} {(high - low) / m:g})"
        )
        cells = self._list_cells() if self.titles else self._join_cells()
        return f'<g shape-rendering="crispEdges" transform="{place}">{"".join(cells)}</g>'

    def _list_cells(self) -> Iterator[str]:
        """A square with its title for each cell."""
        for (i, j), (kind, opacity) in self._colours():
            title = html.escape(self.titles[i][j])
            yield (
                f'<rect class="{kind}" x="{i}" y="{j}" width="1" height="1" '
                f'fill-opacity="{opacity}"><title>{title}</title></rect>'
            )

    def _join_cells(self) -> Iterator[str]:
        """A path for each colour, a fifth of the text of as many squares."""
        paths: dict[tuple[str, str], list[str]] = {}
        for (i, j), colour in self._colours():
            paths.setdefault(colour, []).append(f"M{i} {j}h1v1h-1z")
        for (kind, opacity), squares in paths.items():
            yield f'<path class="{kind}" fill-opacity="{opacity}" d="{"".join(squares)}"></path>'

    def _colours(self) -> Iterator[tuple[tuple[int, ...], tuple[str, str]]]:
        """The class and the opacity of each cell."""
        for place in np.ndindex(*self.depth.shape):
            depth = float(self.depth[place])
            yield place, ("up" if depth >= 0 else "down", f"{abs(depth) * self.shown[place]:.2f}")

    def reach(self) -> tuple[Array, Array]:
        n, m = self.depth.shape
        return np.array([-0.5, n - 0.5]), np.array([-0.5, m - 0.5])


def blend_colours() -> Any:
    """A colour map of matplotlib: orange at 0, white at 1/2, blue at 1."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("effects", [ORANGE, "#FFFFFF", BLUE])


def _find_runs(*values: Array) -> list[slice]:
    """The runs of places at which all of the values are finite."""
    finite = np.isfinite(np.sum([np.isfinite(v) * 0 + v * 0 for v in values], axis=0))
    ends = np.flatnonzero(np.diff(np.concatenate([[False], finite, [False]])))
    return [slice(a, b) for a, b in ends.reshape(-1, 2)]


def _write(x: Array, y: Array) -> list[str]:
    return [f"{a:.2f} {b:.2f}" for a, b in zip(x, y, strict=True)]
