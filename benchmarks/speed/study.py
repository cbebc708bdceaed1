"""How fast is a KAN beside the MLP with as many parameters? `python -m benchmarks.speed --help`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import cache, partial
from itertools import product
from typing import Any

import click

from benchmarks import timing
from benchmarks.charts import make_panels, name_lines, put_legend, scale_log
from benchmarks.contention import is_busy
from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table, tell_origin
from benchmarks.options import NETWORK_WIDTHS, TIMING, Counts, counts, names
from benchmarks.records import Row, pick_newest
from benchmarks.speed import networks
from benchmarks.speed.check import ConformanceError, check_model
from benchmarks.speed.measure import PASSES, TIMED, Case, measure
from benchmarks.speed.networks import NETWORKS
from benchmarks.study import Choice, Figures, Job, Rows, Study
from edgewise.charts.style import PALETTE
from edgewise.engines.select import ENGINES

CASE = ("network", "widths", "batch", "threads", "engine", "pass")
SIZE = ("network", "widths", "batch")
SHOWN = "784-64-10"
"""The network of the page's chart."""
BATCHES = ("64", "1024")
"""Shown where they are among the rows; otherwise the first that are."""


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each network, size, number of threads and engine, with a row for each pass."""
    for threads, size, network, engine in product(
        choice.threads,
        networks.sizes(choice.widths, choice.batches),
        choice.networks,
        choice.engines,
    ):
        case = Case(network, *size, threads, engine)
        cases = [asdict(case) | {"pass": name} for name in PASSES]
        yield Job(partial(run, case, choice.repeats, choice.compile), cases)


def run(case: Case, repeats: int, compile: bool) -> Iterator[Row]:
    """A row for each pass, with the case's number of threads."""
    with timing.use_threads(case.threads):
        yield from measure(case, repeats, compile, find_sgemm_peak(case.threads))


@cache
def find_sgemm_peak(threads: int) -> float:
    """GFLOP/s of float32 matrix products with the number of threads that torch is set to."""
    return timing.sgemm_peak()


def check(jobs: list[Job]) -> list[Job]:
    """Compare all that will be timed with the reference; answer what the engines can compute."""
    possible = []
    for job in jobs:
        case = Case(**job.common)
        with timing.use_threads(case.threads):
            try:
                check_model(case.build(), case.batch)
                possible.append(job)
            except ConformanceError as error:
                raise click.ClickException(str(error)) from error
            except ValueError as error:
                click.echo(f"{case.network} by {case.engine} is left out: {error}", err=True)
    return possible


def describe(rows: Rows) -> str:
    """Every measurement of a commit and machine, and the ratios of all sizes side by side."""
    busy = sum(map(is_busy, rows))
    parts = [provenance(rows)]
    if busy:
        parts.append(
            f"{busy} of {len(rows)} measurements are marked busy: other processes needed the "
            "cores meanwhile. Run the benchmark alone."
        )
    for threads, engine in dict.fromkeys((r["threads"], r["engine"]) for r in rows):
        own = [r for r in rows if (r["threads"], r["engine"]) == (threads, engine)]
        parts += [f"## Threads: {threads}; engine: {engine}", times(own), ratios(own)]
    return "\n\n".join(parts)


def times(rows: Rows) -> str:
    """A line for each network and size: both passes beside the MLP's."""
    head = ["layer", "widths", "batch"]
    for name in PASSES:
        head += [f"{name}, ms", "MLP", "ratio (quartiles)", "GFLOP/s"]
    lines = []
    for (network, widths, batch), passes in pivot(
        (r for r in rows if r["kan_ms"]), SIZE, "pass"
    ).items():
        line = [NETWORKS[network].label, widths, batch]
        for name in PASSES:
            line += _columns(passes[name]) if name in passes else [""] * 4
        lines.append(line)
    return table(head, lines)


def _columns(row: Row) -> list[str]:
    faster = row["mlp_ms"]
    if row["compiled_ms"] and float(row["compiled_ms"]) < float(faster or "inf"):
        faster = f"{row['compiled_ms']} c"
    spread = f" ({_short(row['ratio_q1'])}–{_short(row['ratio_q3'])})" if row["ratio_q1"] else ""
    mark = ", busy" if is_busy(row) else ""
    return [row["kan_ms"], faster, f"{_short(row['ratio'])}{spread}{mark}", row["gflops"]]


def ratios(rows: Rows) -> str:
    """Forward+backward relative to the MLP: a line for each network, a column for each size."""
    cells = {
        (network, f"{widths}, {batch}"): _short(passes[PASSES[1]]["ratio"])
        for (network, widths, batch), passes in pivot(rows, SIZE, "pass").items()
        if PASSES[1] in passes
    }
    names, sizes = (list(dict.fromkeys(key[k] for key in cells)) for k in (0, 1))
    lines = [[NETWORKS[n].label, *(cells.get((n, size), "") for size in sizes)] for n in names]
    return table(["layer", *sizes], lines)


def _short(ratio: str) -> str:
    return f"{float(ratio):.2f}" if ratio else ""


def findings(rows: Rows) -> list[str]:
    """Training steps relative to the MLP's: a sentence a machine and batch, newest first.

    Each machine has its newest commit before the older ones of all.
    """
    own = [r for r in rows if r["pass"] == PASSES[1] and r["ratio"]]
    newest = {r["machine"]: r["commit"] for r in own}
    cases = ("commit", "machine", "threads", "batch", "widths")
    told: dict[bool, list[str]] = {True: [], False: []}
    for case, found in reversed(pivot(own, cases, "network").items()):
        commit, machine, _, batch, widths = case
        if widths == SHOWN and batch in BATCHES:
            told[commit == newest[machine]].append(_tell_ratios(case, found))
    return [*told[True], *told[False]]


def _tell_ratios(case: Sequence[Any], found: Mapping[str, Row]) -> str:
    *_, threads, batch, _ = case
    ratios = {name: float(row["ratio"]) for name, row in found.items()}
    low, high = min(ratios, key=lambda n: ratios[n]), max(ratios, key=lambda n: ratios[n])
    few = sum(ratio <= 1 for ratio in ratios.values())
    newest = max(found.values(), key=lambda row: row["date"])
    return (
        f"{few} of {len(ratios)} layers take no more time for forward and backward than the MLP "
        f"with as many parameters, at batch {batch} on {threads} thread"
        f"{'' if threads == '1' else 's'}: from {ratios[low]:.2f} ({NETWORKS[low].label}) to "
        f"{ratios[high]:.2f} of its time ({NETWORKS[high].label}); "
        f"{tell_origin(newest)}."
    )


def charts(rows: Rows) -> Figures:
    """Ratios to the MLP: a panel for each widths and thread count, a line for each network.

    They are of the newest commit, and of the page's network if there are any of it.
    """
    rows = [r for r in pick_newest(rows) if r["pass"] == PASSES[1] and r["ratio"]]
    rows = [r for r in rows if r["widths"] == SHOWN] or rows
    if not rows:
        return {}
    shown = [key for key in NETWORKS if key in {r["network"] for r in rows}]
    panels = list(dict.fromkeys((r["widths"], r["threads"]) for r in rows))
    height = 1.2 + (0.7 + 0.27 * len(shown)) * len(panels)
    figure, drawn = make_panels(height, 1, len(panels), letters=8.5, sharex=True)
    for axes, (widths, threads) in zip(drawn, panels, strict=True):
        own = [r for r in rows if (r["widths"], r["threads"]) == (widths, threads)]
        _draw_panel(axes, own, shown)
        axes.set_title(f"{widths}, {threads} thread{'s' if threads != '1' else ''}", size=9)
    figure.supxlabel(
        "forward+backward, time over that of the MLP\nwith as many parameters; bars: quartiles",
        size=9,
    )
    put_legend(figure, drawn)
    return {"speed": figure}


def _draw_panel(axes: Any, rows: Rows, names: Sequence[str]) -> None:
    batches = sorted({r["batch"] for r in rows}, key=int)
    shown = [b for b in BATCHES if b in batches] or batches[: len(PALETTE)]
    axes.axvline(1, color="0.25", linewidth=1.0, label="as fast as the MLP")
    for k, batch in enumerate(shown):
        own = [r for r in rows if r["batch"] == batch]
        ratios = [float(r["ratio"]) for r in own]
        shift = 0.17 * (2 * k - len(shown) + 1)
        # A row without quartiles has no bar.
        low = [max(0, r - float(o["ratio_q1"] or r)) for r, o in zip(ratios, own, strict=True)]
        high = [max(0, float(o["ratio_q3"] or r) - r) for r, o in zip(ratios, own, strict=True)]
        axes.errorbar(
            ratios,
            [names.index(r["network"]) + shift for r in own],
            xerr=[low, high],
            fmt="o",
            color=PALETTE[BATCHES.index(batch) if batch in BATCHES else 2 + k % 2],
            markersize=4.5,
            elinewidth=1.2,
            label=f"batch {batch}",
        )
    scale_log(axes, "x", 100)
    name_lines(axes, [NETWORKS[name].label for name in names])


STUDY = Study(
    "speed",
    key=(*CASE, "commit", "machine"),
    columns=(
        *(*CASE, "parameters", "mlp_parameters", "repeats"),
        *(f"{who}_{figure}" for who in TIMED for figure in ("ms", "q1_ms", "q3_ms")),
        *("compile_failure", "ratio", "ratio_q1", "ratio_q3", "gflops", "sgemm_gflops"),
        "others_cores",
    ),
    help="""Time KANs beside MLPs of the same size, into speed.csv.

    Medians of interleaved rounds in float32, forward and forward+backward, against the two-layer
    ReLU network with as many parameters, eager and under torch.compile. Everything is first
    compared with the float64 reference; where that fails, nothing is timed and the exit status
    is 1. What is in the CSV for this commit and machine isn't timed again. All networks, widths
    and batches take hours: choose some, or say --quick.
    """,
    plan=plan,
    check=check,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--networks", NETWORKS),
        click.option(
            "--batches", type=Counts(), help="[default: 64,256,1024,8192; 1000 for 2-5-1]"
        ),
        counts("--threads", "all,1", CORES),
        names("--engines", ["auto", *(engine.name for engine in ENGINES)], "auto"),
        NETWORK_WIDTHS,
        *TIMING,
    ),
    quick={"networks": ["cubic5", "gaussian8"], "widths": [SHOWN], "batches": [64, 1024],
           "threads": [CORES], "repeats": 10},
    cores=CORES,
    newest=True,
    said="ratio",
    title="Are they slow?",
    about="A training step of two-layer KANs (784-64-10, all edges with the layer's functions) "
    "beside the MLP with as many parameters, eager or compiled, whichever is faster. An MLP with "
    "as many parameters as a fine grid is large, so finer grids look fast. Batches of 64 are "
    "slower than those of 1,024, and newer commits time more layers. The chart shows the newest "
    "commit on one machine. GPUs aren't measured here.",
    listed=("network", "widths", "batch", "threads", "pass", "kan_ms", "mlp_ms", "compiled_ms",
            "ratio", "gflops"),
)  # fmt: skip
main = STUDY.command
