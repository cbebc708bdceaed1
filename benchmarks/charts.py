"""What the pictures of measurements have beyond the package's own style."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from benchmarks.markdown import provenance
from edgewise.charts.style import GREY, figure_class, save_figure, style_axes

WIDE = 4.6
"""Inches: on a phone the page shrinks this to four fifths, where letters can still be read.

No chart is wider. What has to be scrolled to the side is overlooked.
"""
LETTER = 0.078
"""Inches of a letter in a legend, on average."""


def make_panels(
    height: float, across: int = 1, down: int = 1, width: float = WIDE, letters: float = 9,
    **options: Any,
) -> tuple[Any, list[Any]]:  # fmt: skip
    """A figure and its panels, line by line, in the package's own style."""
    figure = figure_class("a chart")(figsize=(width, height), layout="constrained")
    panels = list(figure.subplots(down, across, squeeze=False, **options).flat)
    for axes in panels:
        style_axes(axes)
        axes.tick_params(labelsize=letters)
    return figure, panels


def scale_log(axes: Any, which: Literal["x", "y"], ratio: float) -> None:
    """Make an axis logarithmic, with 1, 2 and 5 of each decade as plain numbers if it is short.

    Args:
        which: of the two axes.
        ratio: the greatest value on it, divided by the least.
    """
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.set(**{f"{which}scale": "log"})
    axis = axes.xaxis if which == "x" else axes.yaxis
    if ratio < 1e3:
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
        axis.set_minor_formatter(NullFormatter())


def name_lines(axes: Any, names: Sequence[str]) -> None:
    """Names down the left side, the first at the top."""
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)


def put_legend(figure: Any, panels: Iterable[Any]) -> None:
    """One legend above all panels, each entry once."""
    entries: dict[str, Any] = {}
    for axes in panels:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            entries.setdefault(label, handle)
    figure.legend(
        list(entries.values()),
        list(entries),
        loc="outside upper center",
        ncols=_count_columns(figure, list(entries)),
        frameon=False,
        fontsize=8.5,
    )


def _count_columns(figure: Any, labels: Sequence[str]) -> int:
    """How many columns of a legend fit into a figure, three at most."""
    each = LETTER * max(map(len, labels), default=1) + 0.5
    return max(1, min(3, int(figure.get_size_inches()[0] / each)))


def fingerprint(figure: Any) -> str:
    """A number for what a figure shows: its points, bars and words, to six digits."""
    drawn: list[str] = []
    for axes in figure.axes:
        drawn += [axes.get_title(), axes.get_xlabel(), axes.get_ylabel()]
        drawn += [text.get_text() for text in (*axes.texts, *_list_names(axes))]
        drawn += [_tell_numbers(line.get_label(), line.get_xydata().flat) for line in axes.lines]
        drawn += [_tell_numbers("", patch.get_bbox().extents.flat) for patch in axes.patches]
    return hashlib.sha256("\n".join(drawn).encode()).hexdigest()[:16]


def _list_names(axes: Any) -> list[Any]:
    """The labels of ticks that were put there by hand, such as names."""
    from matplotlib.ticker import FixedLocator

    by_hand = [
        a for a in (axes.xaxis, axes.yaxis) if isinstance(a.get_major_locator(), FixedLocator)
    ]
    return [label for axis in by_hand for label in axis.get_ticklabels()]


def _tell_numbers(name: Any, values: Iterable[float]) -> str:
    return f"{name}: {' '.join(f'{value:.6g}' for value in values)}"


def save_with_provenance(figure: Any, rows: Iterable[Mapping[str, str]], path: Path) -> None:
    """Write a picture that says of which commit, machine and date its rows are."""
    note = provenance(rows)
    drawn = fingerprint(figure)
    # Below the figure's own area; the tight box takes it in.
    figure.text(0.01, -0.01, note, size=6, color=GREY, va="top", wrap=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    save_figure(figure, path, bbox_inches="tight", metadata={"Description": note, "Drawn": drawn})


def save_charts(
    figures: Mapping[str, Any], rows: Sequence[Mapping[str, str]], folder: Path
) -> list[Path]:
    """Write each figure into the folder, under its name; the answer is their paths."""
    paths = [folder / f"{name}.png" for name in figures]
    for path, figure in zip(paths, figures.values(), strict=True):
        save_with_provenance(figure, rows, path)
    return paths
