"""One look for every picture: colours, axes and files. Nothing here touches pyplot."""

from __future__ import annotations

import os
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from edgewise._files import replace_file

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"
SKY, YELLOW, BLACK = "#56B4E9", "#E69F00", "#000000"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, YELLOW, BLACK)
"""Colours that tell curves apart: M. Okabe's and K. Ito's, for colour-blind readers, too. Blue is
what a network or a fit does, orange what it is compared with."""
INK, GREY, SILVER, LINE, PAPER = "#333333", "#666666", "#BBBBBB", "#DDDDDD", "#F4F4F4"
"""Greys from letters to backgrounds, each lighter than the one before."""
PALE_BLUE = "#8DBBDB"
"""The colour of a cloud of points under a blue curve."""
ON_PAGES = {
    BLUE: "var(--blue)",
    ORANGE: "var(--orange)",
    GREY: "var(--soft)",
    SILVER: "var(--bar)",
    LINE: "var(--line)",
}
"""What pages call these colours: their dark form has others."""
LETTERS = 9.0
"""Points of the letters in charts."""
LONGEST_LABEL = 26


def page_colour(colour: str) -> str:
    """A colour as pages write it; black is the colour of their letters."""
    return ON_PAGES.get(colour, "currentColor" if colour in (INK, BLACK) else colour)


def figure_class(owner: str) -> type[Figure]:
    """Matplotlib's Figure, shown by notebooks."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ImportError(
            f"{owner} needs matplotlib, which is not installed: run `pip install edgewise[plot]`"
        ) from error
    return _show_in_notebooks(Figure)


@cache
def _show_in_notebooks(figure: type[Figure]) -> type[Figure]:
    """Figures that Jupyter shows as pictures by themselves, since nothing here touches pyplot."""

    class ShownFigure(figure):  # type: ignore[valid-type, misc]
        def _repr_png_(self) -> bytes:
            content = BytesIO()
            self.savefig(content, format="png", bbox_inches="tight")
            return content.getvalue()

    ShownFigure.__qualname__ = "ShownFigure"
    return ShownFigure


def __getattr__(name: str) -> Any:
    """The class of our figures by its name, which is how pickle asks for it."""
    if name == "ShownFigure":
        return figure_class("a figure")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def style_axes(
    axes: Axes,
    *,
    grid: Literal["x", "y", "both"] | None = "both",
    title: str = "",
) -> None:
    """Remove the box around the axes, and draw faint lines behind the data.

    Args:
        grid: the axes whose ticks get a line, "x", "y" or "both"; None for no lines.
        title: the title above the left end.
    """
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(SILVER)
    axes.tick_params(which="both", color=SILVER, labelcolor=INK, labelsize=LETTERS)
    if grid is not None:
        axes.grid(True, which="major", axis=grid, color=LINE, linewidth=0.6)
        axes.set_axisbelow(True)
    if title:
        text = choose_letters(title, 44)
        axes.set_title(text, loc="left", fontsize=LETTERS + 1, color=INK, parse_math=False)


def put_legend_above(axes: Axes) -> None:
    """Put the legend above the axes, where it covers no curve."""
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1, 1),
        ncols=3,
        frameon=False,
        borderpad=0,
        fontsize=LETTERS,
        markerscale=1.6,
    )


def is_math(text: str) -> bool:
    """Whether a name is written as a formula between dollar signs; a single one doesn't count."""
    return len(text) > 2 and text.startswith("$") and text.endswith("$")


def choose_letters(text: str, longest: int = 24) -> str:
    """A text without its middle if it is too long, and with boxes for letters the font lacks."""
    half = longest // 2
    short = text if len(text) <= longest else text[:half] + "…" + text[1 + half - longest :]
    return "".join(c if choose_label(c) else "□" for c in short)


def choose_label(name: str) -> str:
    """The name, or "" if it is too long or the font lacks a letter of it."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    font = get_font(findfont(FontProperties()))
    drawable = name.isprintable() and all(font.get_char_index(ord(c)) for c in name)
    return name if drawable and 0 < len(name) <= LONGEST_LABEL else ""


def begin_large(text: str) -> str:
    """The sentence with a capital letter at its beginning and one full stop at its end.

    Example:
        >>> begin_large("no formula was found")
        'No formula was found.'
    """
    text = text.strip().rstrip(".")
    return f"{text[:1].upper()}{text[1:]}."


def save_figure(figure: Figure, path: str | os.PathLike[str] | None, **options: Any) -> Figure:
    """Write a figure to ``path``, whole or not at all, unless that is None; return the figure.

    The suffix picks the format; without one it is a PNG. ``options`` go to matplotlib.
    """
    if path is not None:
        path = Path(path)
        with replace_file(
            path if path.suffix or not path.name else path.with_suffix(".png")
        ) as temporary:
            figure.savefig(temporary, **{"dpi": 200, **options})
    return figure
