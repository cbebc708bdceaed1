"""The rows of approximation.csv in words, numbers and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import torch

from benchmarks.approximation.ladders import BASES, Ladder
from benchmarks.approximation.relation import (
    CELLS,
    KINDS,
    Relation,
    best,
    cubic,
    match,
    points,
    radial,
    relate,
    smooth_error,
    splines,
)
from benchmarks.charts import save_with_provenance
from benchmarks.markdown import table
from edgewise.charts.style import BLUE, INK, ORANGE, SILVER, figure_class, style_axes

NAMES = {"gaussian": "Gaussian", "rswaf": "RSWAF"}
COLOUR = {"gaussian": BLUE, "rswaf": ORANGE}
SHOWN = 16
"""Cells of the grid in the picture."""


def select(relations: Sequence[Relation], kind: str, cells: int, beyond: int) -> list[Relation]:
    """Those of one grid, at all widths."""
    return [r for r in relations if (r.kind, r.cells, r.beyond) == (kind, cells, beyond)]


def markdown(relations: Sequence[Relation]) -> str:
    """Best widths, what the published ones cost, and what happens at the ends."""
    return (
        "\n\n".join(
            [_matches(), _best_widths(relations), _fixed_widths(relations), _ends(relations)]
        )
        + "\n"
    )


def _matches() -> str:
    head = ["function", "width, spacings", "inv_denominator · spacing", "height"]
    lines = []
    for kind, width in (("gaussian", None), ("gaussian", 1.0), ("rswaf", None)):
        m = match(kind, width)
        inverse = f"{1 / m.width:.3f}" if kind == "rswaf" else ""
        name = f"{NAMES[kind]}{', best' if width is None else ''}"
        figures = [f"{m.height:.3f}", f"{m.mean:.2%}", f"{m.worst:.2%}"]
        lines.append([name, f"{m.width:.3f}", inverse, *figures])
    text = "One radial function for one cubic B-spline:"
    return f"{text}\n\n{table([*head, 'RMS error', 'worst'], lines)}"


def _best_widths(relations: Sequence[Relation]) -> str:
    text = (
        "The best width (in spacings) of radial functions on the splines' own points, for one "
        "B-spline in the middle and for random splines, in float64 and with coefficients rounded "
        "to float32; condition numbers of the maps there and back at that last width:"
    )
    head = ["function", "cells", "one, worst", "one, mean", "random, worst", "random, mean"]
    head += ["random, float32", "RMS error there", "there", "back"]
    lines = []
    for kind in KINDS:
        for cells in dict.fromkeys(r.cells for r in relations):
            some = select(relations, kind, cells, 1)
            measures = ("single_worst", "single_mean", "random_worst", "random_mean")
            widths = [f"{best(some, m).width:.2f}" for m in measures]
            r = best(some, "float32_mean")
            errors = [r.float32_mean, r.condition_there, r.condition_back]
            line = [NAMES[kind], str(cells), *widths, f"{r.width:.2f}"]
            lines.append(line + [f"{e:.1e}" for e in errors])
    return f"{text}\n\n{table(head, lines)}"


def _fixed_widths(relations: Sequence[Relation]) -> str:
    cells = max(r.cells for r in relations if r.cells <= SHOWN)
    text = (
        f"What a width costs, {cells} cells: RMS error over random splines relative to theirs, and "
        "of smooth functions (a constant and waves of 8 spacings); condition number of the "
        f"functions themselves. The splines draw the smooth ones to {_spline_smooth(cells):.1e}."
    )
    lines = []
    for kind in KINDS:
        for width in (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0):
            r = relate(kind, cells, width)
            figures = [r.random_mean, r.random_worst, r.smooth_mean, r.condition]
            lines.append([NAMES[kind], str(width), *(f"{f:.1e}" for f in figures)])
    head = ["function", "width", "random splines", "worst", "smooth functions", "condition"]
    return f"{text}\n\n{table(head, lines)}"


def _spline_smooth(cells: int) -> float:
    return smooth_error(splines(cells), cells)


def _ends(relations: Sequence[Relation]) -> str:
    cells = max(r.cells for r in relations if r.cells <= SHOWN)
    text = (
        f"At the ends, {cells} cells (RMS error of random splines in the first and in a middle "
        "cell), with centres in the domain only and with one more beyond each end:"
    )
    lines = []
    for kind in KINDS:
        for width in (1.0, 1.5, 2.0):
            a, b = relate(kind, cells, width, 0), relate(kind, cells, width, 1)
            figures = [a.end_cell, a.middle_cell, b.end_cell, b.middle_cell]
            lines.append([NAMES[kind], str(width), *(f"{f:.1e}" for f in figures)])
    head = ["function", "width", "first cell", "middle", "first cell, one more"]
    return f"{text}\n\n{table([*head, 'middle, one more'], lines)}"


def ladder_table(rows: Sequence[Mapping[str, str]], ladder: Ladder) -> str:
    """A line for each size, test RMSE for each basis, pykan's published one last."""
    cells = {(row["basis"], row["size"]): row for row in rows}
    names = [name for name in BASES if name in {basis for basis, _ in cells}]
    lines = []
    for size, published in zip(ladder.sizes, ladder.published, strict=True):
        own = [cells.get((name, str(size))) for name in names]
        if any(own):
            errors = [f"{float(row['test_rmse']):.1e}" if row else "" for row in own]
            lines.append([str(size), *errors, f"{published:.1e}"])
    last = {row["basis"]: row["seconds"] for row in rows}
    seconds = [f"{float(last[name]):.1f}" if last[name] else "" for name in names]
    lines.append(["seconds", *seconds, ""])
    return table(["grid", *names, "pykan, published"], lines)


def draw(relations: Sequence[Relation], rows: Sequence[Mapping[str, str]], path: Path) -> None:
    """Four panels: the functions, error against width, conditioning, and the ends."""
    figure = figure_class("a chart")(figsize=(10, 7.2), layout="constrained")
    (first, second), (third, fourth) = figure.subplots(2, 2)
    _draw_functions(first)
    for kind in KINDS:
        for cells, style in zip((CELLS[0], SHOWN), (":", "-"), strict=True):
            some = select(relations, kind, cells, 1)
            if not some:
                continue
            widths = [r.width for r in some]
            label = f"{NAMES[kind]}, {cells} cells"
            line = {"color": COLOUR[kind], "linestyle": style, "label": label}
            second.plot(widths, [r.random_mean for r in some], **line)
            if cells == SHOWN:
                faint = line | {"linestyle": "--", "label": f"{NAMES[kind]}, smooth functions"}
                second.plot(widths, [r.smooth_mean for r in some], alpha=0.6, **faint)
            third.plot(widths, [r.condition for r in some], **line)
    for axes, title in (
        (second, "RMS error of drawing random splines, and smooth functions"),
        (third, "Condition number of the functions"),
    ):
        axes.set(xscale="log", yscale="log", xlabel="width, in spacings", title=title)
        axes.set_xticks([0.5, 1, 2, 4], ["0.5", "1", "2", "4"])
        axes.set_xticks([], minor=True)
        axes.axvline(1, color=SILVER, zorder=0)
    second.set_ylim(bottom=2e-7)
    second.legend(fontsize=8, frameon=False, loc="lower left", ncols=2)
    _draw_ends(fourth)
    for axes in (first, second, third, fourth):
        style_axes(axes, grid=None)
        axes.title.set_size(11)
    save_with_provenance(figure, rows, path)


def _draw_functions(axes: Any) -> None:
    x = torch.linspace(-3, 3, 601, dtype=torch.float64)
    axes.plot(x, cubic(x), color=INK, linewidth=2.5, label="cubic B-spline")
    shapes = {"gaussian": lambda u: torch.exp(-(u**2)), "rswaf": lambda u: torch.cosh(u) ** -2}
    for kind, shape in shapes.items():
        m = match(kind)
        label = f"{NAMES[kind]}, width {m.width:.2f} (RMS error {m.mean:.1%})"
        axes.plot(x, m.height * shape(x / m.width), "--", color=COLOUR[kind], label=label)
    axes.set(xlabel="spacings", title="One function of each", ylim=(-0.03, 1.0))
    axes.legend(fontsize=8, frameon=False, loc="upper right")


def _draw_ends(axes: Any) -> None:
    cells, width = SHOWN, 1.0
    x, b = points(cells), splines(cells)
    scale = b.square().sum(1).mean().sqrt()
    for kind in KINDS:
        for beyond, style in ((0, ":"), (1, "-")):
            r = radial(kind, cells, width, beyond)
            there = torch.linalg.lstsq(r, b).solution
            error = (r @ there - b).square().sum(1).sqrt() / scale
            label = f"{NAMES[kind]}, {'one centre beyond' if beyond else 'none beyond the ends'}"
            axes.plot(x, error, style, color=COLOUR[kind], label=label)
    axes.set(yscale="log", xlabel="place, in spacings", title=f"Error by place, width {width:g}")
    axes.legend(fontsize=8, frameon=False)
