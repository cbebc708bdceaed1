"""How long does it take to move the grids of a small network to where many rows are?

`python -m benchmarks.grids --help` from the root of the repository. Seconds are those of the clock;
beside them stand those of the processor, which mean something on a busy machine, too.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import click
import torch
from torch import Tensor

import edgewise as ew
from benchmarks.charts import make_panels, name_lines
from benchmarks.markdown import provenance, table
from benchmarks.options import counts, names
from benchmarks.records import Row
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise import grids
from edgewise.charts.style import BLUE, SILVER

WIDTHS = [20, 16, 1]

VERBS: dict[str, Callable[[ew.KAN, Tensor], object]] = {
    "adapt": lambda model, x: grids.adapt(model, x),
    "fit_range": lambda model, x: grids.fit_range(model, x),
    "refine": lambda model, x: grids.refine(model, 10, x, even=True),
    "convert": lambda model, x: grids.convert(model, ew.Gaussian(12), x),
}


def measure(repeats: int, verb: str, rows: int) -> dict[str, Any]:
    """The fastest of some calls on one core, on normal inputs, most of which leave the grid."""
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN(WIDTHS, seed=generator)
    x = torch.randn(rows, WIDTHS[0], generator=generator)
    clocks = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # how much these calls change is not the question here
        for _ in range(repeats):
            wall, cpu = time.perf_counter(), time.process_time()
            VERBS[verb](model, x)
            clocks.append((time.perf_counter() - wall, time.process_time() - cpu))
    seconds, cpu_seconds = (f"{min(times):.4g}" for times in zip(*clocks, strict=True))
    about = {"widths": "-".join(map(str, WIDTHS)), "basis": str(model.layers[0].basis)}
    return about | {"repeats": repeats, "seconds": seconds, "cpu_seconds": cpu_seconds}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each function and number of rows."""
    for verb, rows in product(choice.verbs, choice.rows):
        yield one_row(measure, {"verb": verb, "rows": rows}, choice.repeats)


def describe(rows: Rows) -> str:
    """A line for each function, number of rows and commit."""
    columns = ("verb", "rows", "seconds", "cpu_seconds", "commit")
    head = ["function", "rows", "seconds", "of the processor", "commit"]
    lines = [[row[c] for c in columns] for row in rows]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def findings(rows: Rows) -> list[str]:
    """Seconds at the newest commit, and at the first one for the same rows."""
    sentences = []
    for verb in dict.fromkeys(r["verb"] for r in rows):
        own = [r for r in rows if r["verb"] == verb]
        last = [r for r in own if r["commit"] == own[-1]["commit"]]
        for now in last:
            then = [r for r in own if r["rows"] == now["rows"] and r["commit"] != now["commit"]]
            before = f", where it took {_tell_seconds(then[0])} before" if then else ""
            sentences.append(
                f"grids.{verb} moves the grids of a network of widths {now['widths']} to "
                f"{int(now['rows']):,} rows in {_tell_seconds(now)} on one core{before}."
            )
    return sentences


def _tell_seconds(row: Row) -> str:
    seconds = float(row["seconds"])
    return f"{seconds:,.0f} s" if seconds >= 10 else f"{seconds:.2g} s"


def charts(rows: Rows) -> Figures:
    """Seconds of each function at each commit."""
    cases = list(dict.fromkeys((r["verb"], r["rows"], r["commit"]) for r in rows))
    figure, (axes,) = make_panels(0.9 + 0.32 * len(cases))
    seconds = [float(r["seconds"]) for r in rows]
    last = {r["verb"]: r["commit"] for r in rows}
    colours = [BLUE if last[verb] == commit else SILVER for verb, _, commit in cases]
    axes.barh(range(len(cases)), seconds, 0.7, color=colours)
    name_lines(axes, [f"{v}, {int(n):,} rows, {c[:7]}" for v, n, c in cases])
    axes.set_xlabel("seconds on one core; blue: newest", size=9.5)
    return {"grids": figure}


STUDY = Study(
    "grids",
    key=("verb", "rows", "commit", "machine"),
    columns=("verb", "rows", "widths", "basis", "repeats", "seconds", "cpu_seconds"),
    help="Moving the grids of KAN([20, 16, 1]), into grids.csv.",
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--verbs", VERBS, "adapt"),
        counts("--rows", "10000,100000,1000000"),
        click.option("--repeats", type=click.IntRange(1), default=3, show_default=True),
    ),
    quick={"rows": [10_000], "repeats": 1},
    title="How long does it take to move a grid?",
    about="What moves the grids of a small network to where the rows are, before and after it was "
    "made faster.",
    listed=("verb", "rows", "widths", "seconds", "cpu_seconds"),
)
main = STUDY.command

if __name__ == "__main__":
    main()
