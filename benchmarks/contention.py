"""What does a busy neighbour cost, and did one need the cores while we measured?

Threads that meet at barriers wait for whichever of them has no core: beside one busy process, a
step of 1 ms can take 30. Such medians say something about the scheduler and nothing about a KAN, so
the other benchmarks watch for them. `python -m benchmarks.contention` measures how much it is, and
what is gained by threads that sleep while they wait. Every case has a process of its own.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import click

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.machine import CORES
from benchmarks.markdown import pivot, provenance, table
from benchmarks.options import counts, names
from benchmarks.records import pick_newest
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from benchmarks.timing import quartiles
from benchmarks.training_steps import NETWORKS, WAYS
from edgewise.charts.style import PALETTE

CASE = ("neighbours", "network", "batch", "way")
FIGURES = ("steps", "mean_ms", "ms", "q1_ms", "q3_ms", "cpu_ms")

TOLERATED = 0.25
"""Cores' worth of other work beyond the free cores that a measurement may meet."""


def watch() -> Callable[[], float | None]:
    """Start watching; the answer, called later, is how many cores the others used since.

    None where the system doesn't say (it needs Linux's ``/proc/stat``).
    """
    before = _busy()

    def others() -> float | None:
        after = _busy()
        if before is None or after is None or after[0] <= before[0]:
            return None
        wall, everybody, own = (b - a for a, b in zip(before, after, strict=True))
        return max(everybody - own, 0.0) / wall

    return others


def lacks_cores(threads: int, others: float | None) -> bool:
    """Whether the measured threads and the competing processes needed more cores than there are."""
    return others is not None and threads + others > (os.cpu_count() or 1) + TOLERATED


def in_cores(others: float | None) -> str:
    """What a CSV holds in its column others_cores."""
    return "" if others is None else f"{others:.2f}"


def is_busy(row: Mapping[str, Any]) -> bool:
    """Whether the row says that other processes needed the cores: its times mean nothing then."""
    used = row["others_cores"]
    return lacks_cores(int(row["threads"]), float(used) if used else None)


def _busy() -> tuple[float, float, float] | None:
    """Seconds: on the clock, of all cores at work, and of this process and its past children."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        tick = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, AttributeError):
        return None
    user, nice, system, _idle, _waiting, *interrupts = (int(f) for f in fields[1:9])
    used = os.times()
    own = used.user + used.system + used.children_user + used.children_system
    return time.perf_counter(), (user + nice + system + sum(interrupts)) / tick, own


@contextmanager
def keep_busy(neighbours: int) -> Iterator[None]:
    """So many processes that compute all the time, each with one thread."""
    endless = [sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(endless) for _ in range(neighbours)]
    try:
        yield
    finally:
        for process in processes:
            process.kill()
            process.wait()


def measure(way: str, network: str, batch: int, seconds: float) -> dict[str, str]:
    """Milliseconds of training steps in a process of its own; see :data:`training_steps.WAYS`."""
    task = json.dumps({"way": way, "network": network, "batch": batch, "seconds": seconds})
    environment = {k: v for k, v in os.environ.items() if k != "OMP_WAIT_POLICY"}
    environment |= {"OMP_WAIT_POLICY": "passive"} if way == "passive" else {}
    command = [sys.executable, "-m", "benchmarks.training_steps", task]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    steps, cpu, threads = json.loads(done.stdout.splitlines()[-1])
    values = (statistics.fmean(steps), statistics.median(steps), *quartiles(tuple(steps)), cpu)
    milliseconds = zip(FIGURES[1:], (f"{1e3 * value:.4g}" for value in values), strict=True)
    return {"threads": str(threads), "steps": str(len(steps)), **dict(milliseconds)}


def describe(rows: Rows) -> str:
    """A line for each network, batch and way, with a column for every number of neighbours."""
    neighbours = sorted({row["neighbours"] for row in rows}, key=int)
    cells = {tuple(row[c] for c in ("network", "batch", "way", "neighbours")): row for row in rows}
    head = ["network", "batch", "way", *(f"{n} busy neighbours, ms" for n in neighbours)]
    lines = [
        [*case, *(cells.get((*case, n), {"mean_ms": ""})["mean_ms"] for n in neighbours)]
        for case in dict.fromkeys(key[:3] for key in cells)
    ]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


def measure_beside(
    seconds: float, neighbours: int, network: str, batch: int, way: str
) -> dict[str, str]:
    """The result of :func:`measure` while other processes compute, and the CPU time they used."""
    others = watch()
    with keep_busy(neighbours):
        found = measure(way, network, batch, seconds)
    return found | {"others_cores": in_cores(others())}


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each number of neighbours, network, batch and way."""
    most = CORES if choice.neighbours is None else choice.neighbours
    for case in product(range(most + 1), choice.networks, choice.batches, choice.ways):
        yield one_row(measure_beside, dict(zip(CASE, case, strict=True)), choice.seconds)


def findings(rows: Rows) -> list[str]:
    """What busy neighbours make of a step, by the way of using threads."""
    cases = pivot(pick_newest(rows), ("network", "batch", "neighbours"), "way")
    sentences = []
    for (network, batch, neighbours), ways in cases.items():
        if neighbours != "0" and {"all threads", "fit"} <= set(ways):
            plain, ours = (float(ways[w]["mean_ms"]) for w in ("all threads", "fit"))
            others = max(float(ways[w]["others_cores"] or 0) for w in ("all threads", "fit"))
            sentences.append(
                f"While other processes used {others:.1f} cores, a step of the {network} at batch "
                f"{batch} took {plain:,.0f} ms in a loop of one's own with all threads, and "
                f"{ours:,.0f} ms in fit."
            )
    return sorted(sentences)


def charts(rows: Rows) -> Figures:
    """A panel a number of neighbours, a line a case, a mark a way of using threads."""
    own = pick_newest(rows)
    numbers = sorted({r["neighbours"] for r in own}, key=int)
    ways = list(dict.fromkeys(r["way"] for r in own))
    cases = list(dict.fromkeys((r["network"], r["batch"]) for r in own))
    height = 1.5 + 0.35 * len(cases)
    figure, panels = make_panels(height, len(numbers), sharex=True, sharey=True)
    for axes, number in zip(panels, numbers, strict=True):
        for way in ways:
            part = [r for r in own if (r["neighbours"], r["way"]) == (number, way)]
            axes.plot(
                [float(r["mean_ms"]) for r in part],
                [cases.index((r["network"], r["batch"])) for r in part],
                "o", color=PALETTE[ways.index(way)], label=way,
            )  # fmt: skip
        axes.set_xscale("log")
        axes.set_title(f"{number} busy neighbours", size=10)
    name_lines(panels[0], [f"{network}, batch {batch}" for network, batch in cases])
    figure.supxlabel("mean milliseconds of a training step", size=10)
    put_legend(figure, panels)
    return {"contention": figure}


STUDY = Study(
    "contention",
    key=(*CASE, "commit", "machine"),
    columns=(*CASE, "threads", *FIGURES, "others_cores"),
    help="Training steps alone, and beside up to one process for each core, into contention.csv.",
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        counts("--batches", "64,1024"),
        names("--networks", NETWORKS),
        names("--ways", WAYS),
        click.option("--neighbours", type=click.IntRange(0), help="At most. [default: one a core]"),
        click.option(
            "--seconds", type=float, default=3.0, show_default=True, help="Of every case."
        ),
    ),
    quick={"batches": [64], "seconds": 0.5},
    cores=CORES,
    newest=True,
    title="What do busy neighbours cost?",
    about="A training step while other processes need the cores, too, by the way of using threads. "
    "The machine had other work all the time (column others cores).",
    listed=("neighbours", "network", "batch", "way", "threads", "mean_ms", "ms", "cpu_ms",
            "others_cores"),
)  # fmt: skip
main = STUDY.command

if __name__ == "__main__":
    main()
