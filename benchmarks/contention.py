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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from typing import Any

import click

from benchmarks.machine import CORES, PROVENANCE, describe_run
from benchmarks.markdown import provenance, table
from benchmarks.options import Counts, Names, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.timing import quartiles
from benchmarks.training_steps import NETWORKS, WAYS

KEY = ("neighbours", "network", "batch", "way", "commit", "machine")
FIGURES = ("steps", "mean_ms", "ms", "q1_ms", "q3_ms", "cpu_ms")
COLUMNS = (*KEY[:-2], "threads", *FIGURES, "others_cores", *PROVENANCE)

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
    """Whether so many threads and the others needed more cores than there are."""
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


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each network, batch and way, with a column for every number of neighbours."""
    if not rows:
        return "Nothing is measured yet."
    neighbours = sorted({row["neighbours"] for row in rows}, key=int)
    cells = {tuple(row[c] for c in ("network", "batch", "way", "neighbours")): row for row in rows}
    head = ["network", "batch", "way", *(f"{n} busy neighbours, ms" for n in neighbours)]
    lines = [
        [*case, *(cells.get((*case, n), {"mean_ms": ""})["mean_ms"] for n in neighbours)]
        for case in dict.fromkeys(key[:3] for key in cells)
    ]
    return f"{provenance(rows)}\n\n{table(head, lines)}"


@click.command()
@click.option("--batches", type=Counts(), default="64,1024", show_default=True)
@click.option("--networks", type=Names(NETWORKS), default="all", show_default=True)
@click.option("--ways", type=Names(WAYS), default="all", show_default=True)
@click.option("--neighbours", type=click.IntRange(0), help="At most. [default: one a core]")
@click.option("--seconds", type=float, default=3.0, show_default=True, help="Of every case.")
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """Training steps alone, and beside up to one process for each core, into contention.csv."""
    records = Records(choose_folder(results, quick) / "contention.csv", KEY, COLUMNS)
    if quick:
        options |= {"batches": [64], "seconds": 0.5}
    most = CORES if options["neighbours"] is None else options["neighbours"]
    counts = () if report else range(most + 1)
    for case in product(counts, options["networks"], options["batches"], options["ways"]):
        row = dict(zip(KEY, case, strict=False)) | describe_run()
        if again or row not in records:
            others = watch()
            with keep_busy(case[0]):
                row |= measure(case[3], case[1], case[2], options["seconds"])
            records.append(row | {"others_cores": in_cores(others())})
    click.echo(markdown(records.newest()))


if __name__ == "__main__":
    main()
