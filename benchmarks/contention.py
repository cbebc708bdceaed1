"""What does a busy neighbour cost, and did one need the cores while we measured?

Threads that meet at barriers wait for whichever of them has no core: beside one busy process, a
step of 1 ms can take 30. Such medians say something about the scheduler and nothing about a KAN, so
the other benchmarks watch for them. `python -m benchmarks.contention` measures how much it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from benchmarks.machine import CORES, PROVENANCE, describe_run
from benchmarks.markdown import provenance, table
from benchmarks.options import Counts, add_record_options, choose_folder
from benchmarks.records import Records
from benchmarks.speed import networks
from benchmarks.timing import step, time_in_turns, use_threads

KEY = ("neighbours", "threads", "batch", "commit", "machine")
COLUMNS = (*KEY[:-2], "network", "widths", "repeats", "ms", "q1_ms", "q3_ms", *PROVENANCE)
NETWORK, WIDTHS = "cubic5", "784-64-10"

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
    """Seconds: on the clock, of all cores at work, and of this process."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        tick = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, AttributeError):
        return None
    user, nice, system, _idle, _waiting, *interrupts = (int(f) for f in fields[1:9])
    used = os.times()
    own = used.user + used.system
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


def measure(threads: int, batch: int, repeats: int) -> dict[str, str]:
    """Milliseconds of forward and backward of one network."""
    widths = networks.widths_of(WIDTHS)
    model = networks.build(NETWORK, widths)
    run = step(model, model, *networks.inputs(widths, batch))
    with use_threads(threads):
        timing = time_in_turns({"step": run}, repeats)["step"]
    figures = zip(("ms", "q1_ms", "q3_ms"), (timing.median, *timing.quartiles), strict=True)
    return {name: f"{1e3 * value:.4g}" for name, value in figures}


def markdown(rows: Sequence[Mapping[str, str]]) -> str:
    """A line for each case."""
    if not rows:
        return "Nothing is measured yet."
    columns = ("neighbours", "threads", "batch", "ms", "q1_ms", "q3_ms")
    head = ["busy neighbours", "threads", "batch", "step, ms", "lower quartile", "upper quartile"]
    return f"{provenance(rows)}\n\n{table(head, [[row[c] for c in columns] for row in rows])}"


@click.command()
@click.option("--batches", type=Counts(), default="64,1024", show_default=True)
@click.option("--threads", type=Counts(CORES), default="all,1", show_default=True)
@click.option("--repeats", type=click.IntRange(2), default=40, show_default=True)
@add_record_options
def main(results: Path | None, again: bool, report: bool, quick: bool, **options: Any) -> None:
    """A training step alone, and beside one process for each core, into contention.csv."""
    records = Records(choose_folder(results, quick) / "contention.csv", KEY, COLUMNS)
    if quick:
        options |= {"batches": [64], "repeats": 5}
    for neighbours in () if report else range(CORES + 1):
        for threads in options["threads"]:
            for batch in options["batches"]:
                case = {"neighbours": neighbours, "threads": threads, "batch": batch}
                row = case | {"network": NETWORK, "widths": WIDTHS, "repeats": options["repeats"]}
                row |= describe_run()
                if again or row not in records:
                    with keep_busy(neighbours):
                        records.append(row | measure(threads, batch, options["repeats"]))
    click.echo(markdown(records.newest()))


if __name__ == "__main__":
    main()
