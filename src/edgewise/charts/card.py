"""The card of a result: what was found, how sure it is and how well it fits, at a glance.

The same card stands at the top of a page, in a notebook and, as a picture of 1,200 by 630, in a
chat or on a slide.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edgewise._pages import make_environment, mark_safe
from edgewise.charts.rows import RowChart
from edgewise.charts.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LINE,
    ORANGE,
    choose_letters,
    figure_class,
    save_figure,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH, HEIGHT, DPI = 12.0, 6.3, 100
"""Inches of the picture, and its pixels for each."""
TONES = {"exact": GREEN, "law": BLUE, "approximation": ORANGE, "nothing": GREY, "model": BLUE}
"""The colour of each style of card; pages have the same ones under these names."""
FACTS = 4
"""The most facts of the picture; a page shows all."""
WIDE = 44
"""A formula with more letters has the whole width of a page, so that it breaks less often."""
LEFT, RIGHT, MIDDLE = 0.045, 0.955, 0.56
"""Margins of the picture, and where the charts beside a text begin."""
LARGEST, SMALLEST = 34.0, 11.0
"""Points of the letters of formulas."""
INCHES_A_LETTER = 0.0076
"""The width of a letter of text, in inches, for each of its points."""


@dataclass(frozen=True)
class Drawn:
    """A chart with its title.

    Attributes:
        picture: draws itself in matplotlib, and as HTML if it is a chart.
        large: whether it gets more room than the words beside it.
    """

    title: str
    picture: Any
    large: bool = False

    @property
    def markup(self) -> Any:
        """The chart as HTML for a page."""
        if isinstance(self.picture, RowChart):
            items = "".join(self.picture.html())
            return mark_safe(f'<ul class="{self.picture.kind}">{items}</ul>')
        return mark_safe(self.picture.html(self.title))


@dataclass(frozen=True)
class FormulaOnCard:
    """The formula of a card.

    Attributes:
        text: in one line.
        lines: the same in LaTeX, broken into lines; none where mathtext can't set it.
        meanings: what short names in it stand for.
        units: the units of its names, in words.
    """

    text: str
    lines: Sequence[str] = ()
    html: str | None = None
    meanings: Mapping[str, str] = field(default_factory=dict)
    units: str = ""

    @property
    def markup(self) -> Any:
        """The drawing as HTML for a page, or None."""
        return None if self.html is None else mark_safe(self.html)

    @property
    def wide(self) -> bool:
        """Whether it needs the whole width of a page."""
        return len(self.text) > WIDE


@dataclass(frozen=True)
class Card:
    """The card of a result.

    Attributes:
        stamp: one or two words, such as "Law, 97 %".
        style: a key of `TONES`, for its colour.
        headline: what was found.
        source: the data that it was found in.
        meaning: what a reader may conclude.
        reason: why the reader may.
        charts: at most three.
        facts: numbers by their names.
    """

    stamp: str
    style: str
    headline: str
    source: str
    meaning: str
    reason: str = ""
    formula: FormulaOnCard | None = None
    charts: Sequence[Drawn] = ()
    facts: Mapping[str, str] = field(default_factory=dict)

    def figure(self) -> Figure:
        """The card as a figure of 1,200 by 630 pixels, 100 for each inch.

        Raises:
            ImportError: matplotlib is not installed.
        """
        figure = figure_class("A card")(figsize=(WIDTH, HEIGHT), dpi=DPI)
        tone = TONES[self.style]
        _draw_bar(figure, tone)
        _write(figure, LEFT, 0.905, self.stamp, 15, color=tone, weight="bold")
        headline = choose_letters(self.headline, 72)
        size = 24 * min(1.0, 48 / len(headline))
        _write(figure, LEFT, 0.83, headline, size, weight="bold")
        _write(figure, LEFT, 0.775, choose_letters(self.source, 110), 13, color=GREY)
        if len(self.charts) > 1:
            self._draw_row(figure)
        else:
            self._draw_sides(figure)
        _draw_facts(figure, dict(list(self.facts.items())[:FACTS]))
        return figure

    def save(self, path: str | os.PathLike[str] | None) -> Figure:
        """The card as a figure, which is also written to a file unless the path is None.

        Raises:
            ImportError: matplotlib is not installed.
        """
        return save_figure(self.figure(), path, dpi=DPI)

    def _draw_sides(self, figure: Figure) -> None:
        """Draw words and the formula on the left, the chart on the right."""
        left = 0.36 if any(drawn.large for drawn in self.charts) else MIDDLE + 0.04
        edge = left - 0.05 if self.charts else RIGHT
        low = 0.68
        if self.formula is not None:
            low = _draw_formula(figure, self.formula, edge)
        _draw_text(figure, self.meaning, low, edge)
        for drawn in self.charts:
            place = (left, 0.33, RIGHT - left, 0.37)
            axes = figure.add_axes((left, 0.23, 0.97 - left, 0.55) if drawn.large else place)
            drawn.picture.draw(axes)
            _write(figure, left, 0.735, drawn.title, 11.5, color=GREY)

    def _draw_row(self, figure: Figure) -> None:
        """Draw a sentence, and below it the charts in a row with their titles."""
        _draw_text(figure, self.meaning, 0.73, RIGHT, 0.61)
        count = len(self.charts)
        room = (RIGHT - LEFT) / count
        for k, drawn in enumerate(self.charts):
            axes = figure.add_axes((LEFT + k * room + 0.045, 0.285, room - 0.075, 0.275))
            drawn.picture.draw(axes)


def _write(figure: Figure, x: float, y: float, text: str, size: float, **look: Any) -> None:
    figure.text(x, y, text, size=size, parse_math=False, **({"color": INK} | look))


def _draw_bar(figure: Figure, colour: str) -> None:
    from matplotlib.patches import Rectangle

    place: dict[str, Any] = {"transform": figure.transFigure, "color": colour, "linewidth": 0}
    figure.add_artist(Rectangle((0, 0.984), 1, 0.016, **place))


def _draw_text(
    figure: Figure,
    text: str,
    top: float,
    edge: float,
    floor: float = 0.27,
    sizes: Sequence[float] = (13.5, 12.0, 11.0),
) -> None:
    """Draw words in lines between two heights, in the largest letters that fit, or cut off."""
    text = choose_letters(text, 1000).replace(" %", "\N{NO-BREAK SPACE}%")
    for size in sizes:
        letters = int((edge - LEFT) * WIDTH / (INCHES_A_LETTER * size))
        step = 1.45 * size / 72 / HEIGHT
        lines = textwrap.wrap(text, letters)
        room = max(1, int((top - floor) / step))
        if len(lines) <= room:
            break
    else:
        lines = [*lines[: room - 1], lines[room - 1][: letters - 2] + " …"]
    for k, line in enumerate(lines):
        _write(figure, LEFT, top - (k + 1) * step, line, size)


def _draw_formula(figure: Figure, formula: FormulaOnCard, edge: float) -> float:
    """Draw the formula as large as the room allows; return the height where it ends."""
    room, top, floor = (edge - LEFT) * WIDTH * 72, 0.72, 0.4
    if not formula.lines:
        _draw_text(figure, formula.text, top, edge, sizes=[12.0])
        return floor
    tall = 2.9 if any("frac" in line for line in formula.lines) else 2.2
    size = LARGEST * min(1.0, room / _measure(formula.lines, LARGEST))
    size = max(min(size, (top - floor) * HEIGHT * 72 / (tall * len(formula.lines))), SMALLEST)
    step = tall * size / 72 / HEIGHT
    for k, line in enumerate(formula.lines):
        look: dict[str, Any] = {"math_fontfamily": "stix", "va": "center", "color": INK}
        figure.text(LEFT, top - (k + 0.5) * step, f"${line}$", size=size, **look)
    low = top - len(formula.lines) * step
    if formula.units:
        _write(figure, LEFT, low - 0.02, formula.units, 11, color=GREY)
        low -= 0.03
    return low - 0.01


def _measure(lines: Sequence[str], size: float) -> float:
    """The width of the widest line, in points."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(size=size, math_fontfamily="stix")
    parser: Any = text_to_path.mathtext_parser
    return max(float(parser.parse(f"${line}$", dpi=72, prop=font).width) for line in lines)


def _draw_facts(figure: Figure, facts: Mapping[str, str]) -> None:
    from matplotlib.lines import Line2D

    line = Line2D([LEFT, RIGHT], [0.215, 0.215], color=LINE, linewidth=1)
    figure.add_artist(line)
    room = (RIGHT - LEFT) / FACTS
    for k, (name, value) in enumerate(facts.items()):
        x = LEFT + k * room
        _write(figure, x, 0.135, choose_letters(value, 18), 19, weight="bold")
        for n, part in enumerate(textwrap.wrap(choose_letters(name, 64), 30)[:2]):
            _write(figure, x, 0.09 - 0.037 * n, part, 11.5, color=GREY)


def write_cards(cards: Sequence[Card]) -> str:
    """The cards as a piece of HTML with its own style, for notebooks.

    Raises:
        ImportError: jinja2 is not installed.
    """
    environment = make_environment(None, "A card", "symbolic")
    return environment.get_template("card.html.j2").render(cards=cards)
