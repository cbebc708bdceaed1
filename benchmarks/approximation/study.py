"""Radial functions beside a B-spline grid, and growing grids: `python -m benchmarks.approximation`.

docs/theory/rbf-vs-bspline.md rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from itertools import product
from typing import Any

import click
import torch

from benchmarks.approximation import ladders, relation
from benchmarks.approximation.ladders import BASES, LADDERS, Ladder
from benchmarks.approximation.relation import (
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
from benchmarks.charts import make_panels, put_legend, scale_log
from benchmarks.machine import CORES
from benchmarks.markdown import table
from benchmarks.options import names
from benchmarks.records import Row
from benchmarks.study import Choice, Figures, Job, Rows, Study, make_command, one_row
from edgewise.charts.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALETTE,
    SILVER,
    figure_class,
    style_axes,
)

KEY = ("kind", "cells", "beyond", "width")
LADDER_KEY = ("ladder", "basis", "size", "seed")
NAMES = {"gaussian": "Gaussian", "rswaf": "RSWAF"}
COLOUR = {"gaussian": BLUE, "rswaf": ORANGE}
SHOWN = 16
"""Cells of the grid in the picture."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for every width on every grid."""
    cells, widths = relation.CELLS, relation.WIDTHS
    if choice.quick:
        cells, widths = (5, 16), widths[::4]
    for case in product(KINDS, cells, (0, 1), widths):
        yield one_row(measure, dict(zip(KEY, case, strict=True)))


def measure(kind: str, cells: int, beyond: int, width: float) -> dict[str, str]:
    """A relation with six digits, more than any table shows."""
    values = asdict(relate(kind, cells, width, beyond))
    return {name: f"{value:.6g}" for name, value in values.items() if name not in KEY}


def select(relations: Sequence[Relation], kind: str, cells: int, beyond: int) -> list[Relation]:
    """Those of one grid, at all widths."""
    return [r for r in relations if (r.kind, r.cells, r.beyond) == (kind, cells, beyond)]


def describe(rows: Rows) -> str:
    """Best widths, what the published ones cost, and what happens at the ends."""
    relations = [Relation.from_row(row) for row in rows]
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


def charts(rows: Rows) -> Figures:
    """Four panels: the functions, error against width, conditioning, and the ends."""
    relations = [Relation.from_row(row) for row in rows]
    figure = figure_class("a chart")(figsize=(10, 7.2), layout="constrained")
    (first, second), (third, fourth) = figure.subplots(2, 2)
    _draw_functions(first)
    for kind in KINDS:
        for cells, style in zip((relation.CELLS[0], SHOWN), (":", "-"), strict=True):
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
    return {"approximation": figure}


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


def plan_ladders(choice: Choice) -> Iterator[Job]:
    """A job for every whole ladder with every basis: a rung starts from the one below."""
    for name, basis in product(choice.ladders if choice.rungs else (), BASES):
        ladder = LADDERS[name].shortened(choice.rungs)
        cases = [{"ladder": name, "basis": basis, "size": size, "seed": 0} for size in ladder.sizes]
        yield Job(partial(climb, ladder, basis), cases)


def climb(ladder: Ladder, basis: str) -> Iterator[Row]:
    """A row for each rung."""
    for rung in ladders.climb(ladder, BASES[basis])[0]:
        figures = {"train_rmse": f"{rung.train:.4g}", "test_rmse": f"{rung.test:.4g}"}
        yield figures | {"size": rung.size, "seconds": f"{rung.seconds:.2f}"}


def describe_ladders(rows: Rows) -> str:
    """A table for each ladder."""
    parts = []
    for name, ladder in LADDERS.items():
        own = [row for row in rows if row["ladder"] == name]
        if own:
            parts.append(f"Ladder {name}, test RMSE:\n\n{ladder_table(own, ladder)}\n")
    return "\n".join(parts)


def ladder_table(rows: Rows, ladder: Ladder) -> str:
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


def find_ladders(rows: Rows) -> list[str]:
    """The last rung of each basis."""
    sentences = []
    for ladder in dict.fromkeys(r["ladder"] for r in rows):
        own = [r for r in rows if r["ladder"] == ladder]
        size = max((r["size"] for r in own), key=int)
        told = ", ".join(
            f"{r['basis']} {float(r['test_rmse']):.0e}" for r in own if r["size"] == size
        )
        sentences.append(
            f"With {size} cells on every edge, the formula of the ladder “{ladder}” is learned to "
            f"a test RMSE of {told}."
        )
    return sentences


def draw_ladders(rows: Rows) -> Figures:
    """A panel a ladder: the test error against the size of the grid, by basis."""
    names = list(dict.fromkeys(r["ladder"] for r in rows))
    bases = list(dict.fromkeys(r["basis"] for r in rows))
    figure, panels = make_panels(2.9, len(names), sharey=True)
    for axes, name in zip(panels, names, strict=True):
        for basis in bases:
            own = sorted((r for r in rows if (r["ladder"], r["basis"]) == (name, basis)),
                         key=lambda r: int(r["size"]))  # fmt: skip
            axes.plot([int(r["size"]) for r in own], [float(r["test_rmse"]) for r in own], "-o",
                      color=PALETTE[bases.index(basis)], markersize=4, label=basis)  # fmt: skip
        published = LADDERS[name].published
        axes.plot(LADDERS[name].sizes, published, ":", color=GREY, label="pykan, published")
        scale_log(axes, "x", 20)
        axes.set_yscale("log")
        axes.set_title(name, size=10)
    panels[0].set_ylabel("test RMSE", size=10)
    figure.supxlabel("cells of the grid", size=10)
    put_legend(figure, panels)
    return {"ladders": figure}


STUDY = Study(
    "approximation",
    key=KEY,
    columns=tuple(Relation.__dataclass_fields__),
    help="""How radial functions relate to a B-spline grid, into approximation.csv.

    The error of drawing cubic splines with Gaussians and RSWAFs on the same points, by width and
    number of cells; the condition of the map in both directions; the ends of the grid. Then, into
    approximation_ladders.csv, the formulas that a growing grid of every basis has to fit.
    """,
    plan=plan,
    describe=describe,
    charts=charts,
    quick={},
    cores=CORES,
)
GROWTH = Study(
    "ladders",
    key=LADDER_KEY,
    columns=(*LADDER_KEY, "train_rmse", "test_rmse", "seconds"),
    plan=plan_ladders,
    describe=describe_ladders,
    findings=find_ladders,
    charts=draw_ladders,
    options=(
        names("--ladders", LADDERS),
        click.option(
            "--rungs", type=click.IntRange(0, 5), default=5, show_default=True, help="Of them."
        ),
    ),
    quick={"ladders": ["fitting"], "rungs": 1},
    cores=CORES,
    csvs=("approximation_ladders",),
    title="What do finer grids gain?",
    about="A small network learns a formula while its grid is refined step by step.",
    listed=("ladder", "basis", "size", "seed", "test_rmse", "seconds"),
    command_line="python -m benchmarks.approximation",
)
main = make_command(STUDY, GROWTH)
