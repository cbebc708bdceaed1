"""``bench approximation`` in words, numbers and a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from edgewise.bench.approximation import (
    CELLS,
    KINDS,
    Relation,
    best,
    match,
    points,
    radial,
    relate,
    smooth_error,
    splines,
)
from edgewise.bench.report import records_csv

NAMES = {"gaussian": "Gaussian", "rswaf": "RSWAF"}
SHOWN = 16  # cells of the grid in the picture


def chosen(found: Sequence[Relation], kind: str, cells: int, beyond: int) -> list[Relation]:
    """The widths of one grid."""
    return [r for r in found if (r.kind, r.cells, r.beyond) == (kind, cells, beyond)]


def to_csv(found: Sequence[Relation]) -> str:
    """Every measurement."""
    return records_csv(Relation, found)


def markdown(found: Sequence[Relation]) -> str:
    """Best widths, what the published ones cost, and what happens at the ends."""
    return "\n\n".join([_matches(), _best_widths(found), _fixed_widths(found), _ends(found)]) + "\n"


def _matches() -> str:
    lines = [
        "One radial function for one cubic B-spline:",
        "",
        "| function | width, spacings | inv_denominator · spacing | height | RMS error | worst |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        for width in (None, 1.0) if kind == "gaussian" else (None,):
            m = match(kind, width)
            inverse = f"{1 / m.width:.3f}" if kind == "rswaf" else ""
            lines.append(
                f"| {NAMES[kind]}{', best' if width is None else ''} | {m.width:.3f} | {inverse} | "
                f"{m.height:.3f} | {m.mean:.2%} | {m.worst:.2%} |"
            )
    return "\n".join(lines)


def _best_widths(found: Sequence[Relation]) -> str:
    lines = [
        "The best width (in spacings) of radial functions on the splines' own points, for one "
        "B-spline in the middle and for random splines, in float64 and with coefficients rounded "
        "to float32; condition numbers of the maps there and back at that last width:",
        "",
        "| function | cells | one, worst | one, mean | random, worst | random, mean | "
        "random, float32 | RMS error there | there | back |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        for cells in dict.fromkeys(r.cells for r in found):
            some = chosen(found, kind, cells, 1)
            measures = ("single_worst", "single_mean", "random_worst", "random_mean")
            widths = " | ".join(f"{best(some, m).width:.2f}" for m in measures)
            rounded = best(some, "float32_mean")
            lines.append(
                f"| {NAMES[kind]} | {cells} | {widths} | {rounded.width:.2f} | "
                f"{rounded.float32_mean:.1e} | {rounded.condition_there:.1e} | "
                f"{rounded.condition_back:.1e} |"
            )
    return "\n".join(lines)


def _fixed_widths(found: Sequence[Relation]) -> str:
    cells = max(r.cells for r in found if r.cells <= SHOWN)
    lines = [
        f"What a width costs, {cells} cells: RMS error over random splines relative to theirs, and "
        "of smooth functions (a constant and waves of 8 spacings); condition number of the "
        f"functions themselves. The splines draw the smooth ones to {_spline_smooth(cells):.1e}.",
        "",
        "| function | width | random splines | worst | smooth functions | condition |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        for width in (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0):
            r = relate(kind, cells, width)
            lines.append(
                f"| {NAMES[kind]} | {width} | {r.random_mean:.1e} | {r.random_worst:.1e} | "
                f"{r.smooth_mean:.1e} | {r.condition:.1e} |"
            )
    return "\n".join(lines)


def _spline_smooth(cells: int) -> float:
    return smooth_error(splines(cells), cells)


def _ends(found: Sequence[Relation]) -> str:
    cells = max(r.cells for r in found if r.cells <= SHOWN)
    lines = [
        f"At the ends, {cells} cells (RMS error of random splines in the first and in a middle "
        "cell), with centres in the domain only and with one more beyond each end:",
        "",
        "| function | width | first cell | middle | first cell, one more | middle, one more |",
        "|---|---|---|---|---|---|",
    ]
    for kind in KINDS:
        for width in (1.0, 1.5, 2.0):
            a, b = relate(kind, cells, width, 0), relate(kind, cells, width, 1)
            lines.append(
                f"| {NAMES[kind]} | {width} | {a.end_cell:.1e} | {a.middle_cell:.1e} | "
                f"{b.end_cell:.1e} | {b.middle_cell:.1e} |"
            )
    return "\n".join(lines)


def draw(found: Sequence[Relation], path: Path) -> None:
    """Four panels: the functions, error against width, conditioning, and the ends."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 7.2), layout="constrained")
    (first, second), (third, fourth) = figure.subplots(2, 2)
    _draw_functions(first)
    colours = {"gaussian": "#0072B2", "rswaf": "#D55E00"}
    for kind in KINDS:
        for cells, style in zip((CELLS[0], SHOWN), (":", "-"), strict=True):
            some = chosen(found, kind, cells, 1)
            if not some:
                continue
            widths = [r.width for r in some]
            label = f"{NAMES[kind]}, {cells} cells"
            line = {"color": colours[kind], "linestyle": style, "label": label}
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
        axes.axvline(1, color="0.8", zorder=0)
    second.set_ylim(bottom=2e-7)
    second.legend(fontsize=8, frameon=False, loc="lower left", ncols=2)
    _draw_ends(fourth, colours)
    for axes in (first, second, third, fourth):
        axes.spines[["top", "right"]].set_visible(False)
        axes.title.set_size(11)
    figure.savefig(path, dpi=150)


def _draw_functions(axes) -> None:  # type: ignore[no-untyped-def]
    from edgewise.bench.approximation import _cubic

    x = torch.linspace(-3, 3, 601, dtype=torch.float64)
    axes.plot(x, _cubic(x), color="0.15", linewidth=2.5, label="cubic B-spline")
    g, r = match("gaussian"), match("rswaf")
    axes.plot(
        x, g.height * torch.exp(-((x / g.width) ** 2)), "--", color="#0072B2",
        label=f"Gaussian, width {g.width:.2f} (RMS error {g.mean:.1%})",
    )  # fmt: skip
    axes.plot(
        x, r.height / torch.cosh(x / r.width) ** 2, "--", color="#D55E00",
        label=f"RSWAF, width {r.width:.2f} (RMS error {r.mean:.1%})",
    )  # fmt: skip
    axes.set(xlabel="spacings", title="One function of each", ylim=(-0.03, 1.0))
    axes.legend(fontsize=8, frameon=False, loc="upper right")


def _draw_ends(axes, colours) -> None:  # type: ignore[no-untyped-def]
    cells, width = SHOWN, 1.0
    x, b = points(cells), splines(cells)
    scale = b.square().sum(1).mean().sqrt()
    for kind in KINDS:
        for beyond, style in ((0, ":"), (1, "-")):
            r = radial(kind, cells, width, beyond)
            there = torch.linalg.lstsq(r, b).solution
            error = (r @ there - b).square().sum(1).sqrt() / scale
            label = f"{NAMES[kind]}, {'one centre beyond' if beyond else 'none beyond the ends'}"
            axes.plot(x, error, style, color=colours[kind], label=label)
    axes.set(yscale="log", xlabel="place, in spacings", title=f"Error by place, width {width:g}")
    axes.legend(fontsize=8, frameon=False)
