"""Are the layers faster than the programs that they come from? `python -m benchmarks.originals`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from benchmarks.charts import WIDE, put_legend
from benchmarks.contention import is_busy
from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table, tell_origin
from benchmarks.options import NETWORK_WIDTHS, TIMING, Counts
from benchmarks.originals.checkouts import build_ours
from benchmarks.originals.measure import CODES, find_cases, measure
from benchmarks.records import Row, pick_newest
from benchmarks.speed.check import ConformanceError, check_model
from benchmarks.speed.networks import widths_of
from benchmarks.study import Choice, Figures, Job, Rows, Study
from edgewise.charts.style import BLUE, GREY, SILVER, figure_class, style_axes

MIB = 2**20
SHADES = dict(zip(CODES, (GREY, SILVER, BLUE), strict=True))
CASE = ("program", "widths", "batch", "threads")


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each program and size, with a row for each code."""
    try:
        cases, skipped = find_cases(choice.checkouts, choice.widths, choice.batches, CORES)
    except FileNotFoundError as error:
        raise click.UsageError(f"{error}: say --checkouts") from error
    for name, why in skipped.items():
        click.echo(f"{name} is left out: {why}", err=True)
    for case in cases:
        common = {column: getattr(case, column) for column in CASE}
        yield Job(
            partial(measure, case, choice.repeats, choice.compile),
            [common | {"code": code} for code in CODES],
        )


def check(jobs: list[Job]) -> list[Job]:
    """Compare ours with the reference before anything is timed."""
    for job in jobs:
        case = job.common
        try:
            check_model(build_ours(case["program"], widths_of(case["widths"])), case["batch"])
        except ConformanceError as error:
            raise click.ClickException(str(error)) from error
    return jobs


def describe(rows: Rows) -> str:
    """KAN-benchmarking's columns, a line for each code, and how many times ours is as fast."""
    head = ["program", "widths", "batch", "threads", "code", "forward ms", "backward ms"]
    head += ["forward MiB", "backward MiB", "parameters", "trainable"]
    head += ["ours, times as fast", "difference"]
    lines = []
    for case, codes in pivot(rows, CASE, "code").items():
        for code in (c for c in CODES if c in codes):
            lines.append([*case, *_columns(codes[code])])
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def _columns(row: Row) -> list[str]:
    memory = [
        f"{int(row[c]) / MIB:.2f}" if row[c] else "" for c in ("forward_bytes", "backward_bytes")
    ]
    faster = f"{float(row['times_faster']):.1f} ×" if row["times_faster"] else row["failure"]
    if is_busy(row):
        faster += " (busy)"
    sizes = [f"{int(row[c]):,}" if row[c] else "" for c in ("parameters", "trainable")]
    times = [row["forward_ms"], row["backward_ms"]]
    return [row["code"], *times, *memory, *sizes, faster, row["difference"]]


def findings(rows: Rows) -> list[str]:
    """How many times as fast as the programs' own code."""
    sentences = []
    for code, name in (("original", "as it is"), ("original, compiled", "under torch.compile")):
        own = [r for r in pick_newest(rows) if r["code"] == code and r["times_faster"]]
        if own:
            low, high = (pick(own, key=lambda r: float(r["times_faster"])) for pick in (min, max))
            sentences.append(
                f"Against the original programs' own code {name}, training steps here are "
                f"{float(low['times_faster']):.1f} ({low['program']}) to "
                f"{float(high['times_faster']):.1f} times as fast ({high['program']}), in "
                f"{len(own)} comparisons; {tell_origin(own[-1])}."
            )
    return sentences


def charts(rows: Rows) -> Figures:
    """Forward and backward of each code: a panel for each size, bars for each program."""
    panels: dict[tuple[str, ...], dict[str, dict[str, Row]]] = {}
    for (program, *size), codes in pivot(pick_newest(rows), CASE, "code").items():
        panels.setdefault(tuple(size), {})[program] = codes
    heights = [0.6 + sum(len(codes) + 0.6 for codes in p.values()) for p in panels.values()]
    figure = figure_class("a chart")(
        figsize=(WIDE, 1.3 + 0.24 * sum(heights)), layout="constrained"
    )
    grid = figure.subplots(len(panels), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, (size, programs) in zip(grid, panels.items(), strict=True):
        _draw_panel(axes, programs)
        axes.set_title("{}, batch {}, threads {}".format(*size), size=9)
    figure.supxlabel("milliseconds, forward and (paler) backward", size=10)
    put_legend(figure, grid)
    return {"originals": figure}


def _draw_panel(axes: Any, programs: Mapping[str, Mapping[str, Row]]) -> None:
    ticks, names, top = [], [], 0.0
    for program, codes in programs.items():
        for code in (c for c in CODES if c in codes and codes[c]["forward_ms"]):
            ms = float(codes[code]["forward_ms"]), float(codes[code]["backward_ms"])
            axes.barh(top, ms[0], 0.8, color=SHADES[code], label=code)
            axes.barh(top, ms[1], 0.8, left=ms[0], color=SHADES[code], alpha=0.5)
            axes.annotate(
                f"{sum(ms):.3g}", (sum(ms), top), (3, 0),
                textcoords="offset points", va="center", size=7,
            )  # fmt: skip
            ticks.append(top)
            names.append(f"{program}: {code}")
            top += 1
        top += 0.6
    axes.set_yticks(ticks, names)
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.tick_params(axis="y", length=0)
    axes.tick_params(labelsize=7.5)
    style_axes(axes, grid="x")
    axes.spines["left"].set_visible(False)


STUDY = Study(
    "originals",
    key=(*CASE, "code", "commit", "machine"),
    columns=(
        *(*CASE, "code", "forward_ms", "backward_ms", "times_faster", "forward_bytes"),
        *("backward_bytes", "parameters", "trainable", "repeats", "difference", "failure"),
        "others_cores",
    ),
    help="""Time the original programs beside ours, into originals.csv.

    They are fast-kan, efficient-kan, faster-kan, RBF-KAN, ChebyKAN and pykan, each built from its
    own checkout, and timed in turns with the network of ours that has its configuration. Ours is
    first compared with the float64 reference.
    """,
    plan=plan,
    check=check,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        click.option(
            "--checkouts",
            type=click.Path(file_okay=False, path_type=Path),
            default=Path("checkouts"),
            show_default=True,
            help="A folder with clones of the programs.",
        ),
        click.option("--batches", type=Counts(), help="[default: 64,1024,100; 1000 for pykan]"),
        NETWORK_WIDTHS,
        *TIMING,
    ),
    quick={"batches": [64, 1000], "repeats": 5, "compile": False},
    cores=CORES,
    newest=True,
    title="Faster than the programs they come from?",
    about="The original programs' own code beside the same layers here, with the same weights.",
    listed=("program", "widths", "batch", "threads", "code", "forward_ms", "backward_ms",
            "times_faster", "difference"),
    command_line="python -m benchmarks.originals --checkouts DIR",
)  # fmt: skip
main = STUDY.command
