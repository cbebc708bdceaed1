"""Everything anew: `make evidence` in a quick form, `python -m benchmarks.evidence --full` in full.

Every question is a command of its own that goes on where it stopped; this one calls them one after
another, says how long it will take, and builds the page from what they left.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from benchmarks.options import TRIAL
from benchmarks.records import RESULTS


@dataclass(frozen=True)
class Step:
    """A question's command.

    Attributes:
        module: that answers it.
        arguments: all but the folder of the CSVs.
        minutes: on two cores, roughly, by which the remaining time is told.
    """

    module: str
    arguments: tuple[str, ...]
    minutes: float

    def command(self, folder: Path) -> list[str]:
        """What to run."""
        return [sys.executable, "-m", self.module, *self.arguments, "--results", str(folder)]


_JOBS = ("--jobs", "2")
_SHORT, _WORK = ("--budget", "3"), ("--evaluations", "5000")
QUICK = (
    Step("benchmarks.speed", ("--quick",), 0.6),
    Step("benchmarks.jets", ("--quick",), 0.1),
    Step("benchmarks.memory", ("--quick",), 0.4),
    Step("benchmarks.convolution", ("--quick",), 0.2),
    Step("benchmarks.contention", ("--quick",), 0.8),
    Step("benchmarks.grids", ("--quick",), 0.2),
    Step("benchmarks.approximation", ("--quick",), 0.3),
    Step("benchmarks.equations", ("--quick", *_JOBS), 1.0),
    Step("benchmarks.processes", ("--quick", *_JOBS), 0.5),
    Step("benchmarks.drop_in", ("--quick", *_JOBS), 0.4),
    Step("benchmarks.recipes", ("--quick",), 0.5),
    Step("benchmarks.tables", ("run", "--tables", "diabetes,wine,iris", "--folds", "2",
                               "--repeats", "1"), 0.6),
    Step("benchmarks.discovery", ("feynman", "--every", "24", *_SHORT), 0.3),
    Step("benchmarks.discovery", ("feynman", "--every", "24", "--noise", "0.01", *_SHORT), 0.3),
    Step("benchmarks.discovery", ("formulas", "--seeds", "0:3", *_SHORT), 0.2),
    Step("benchmarks.discovery", ("laws", "--seeds", "0:3", "--noise", "0.01", *_WORK), 0.2),
    Step("benchmarks.discovery", ("calibration", "--seeds", "0:1", *_WORK), 0.1),
    Step("benchmarks.discovery", ("null", "--seeds", "0:1", "--kinds", "coded,few", *_WORK), 0.2),
    Step("benchmarks.groups", ("--quick", *_JOBS), 0.8),
    Step("benchmarks.trained_formulas", ("--quick", *_JOBS), 0.1),
    Step("benchmarks.export", ("agreement", "--rows", "2000"), 0.2),
    Step("benchmarks.export", ("certificates", "--models", "4"), 0.2),
    Step("benchmarks.continual", ("--quick",), 3.0),
    Step("benchmarks.vision", ("--quick",), 0.6),
    Step("benchmarks.accuracy", ("--quick", *_JOBS), 3.0),
)  # fmt: skip
"""The originals are missing, here and below: their code has to be fetched first
(`benchmarks.originals --help`)."""
FULL = (
    Step("benchmarks.speed", ("--widths", "784-64-10", "--batches", "64,1024"), 8),
    Step("benchmarks.jets", (), 0.5),
    Step("benchmarks.memory", (), 4),
    Step("benchmarks.convolution", ("--batches", "1,4,16"), 3),
    Step("benchmarks.contention", (), 4),
    Step("benchmarks.grids", (), 1),
    Step("benchmarks.approximation", (), 4),
    Step("benchmarks.equations", _JOBS, 44),
    Step("benchmarks.processes", _JOBS, 4),
    Step("benchmarks.drop_in", _JOBS, 60),
    Step("benchmarks.deep", _JOBS, 12),
    Step("benchmarks.learning_rates", (), 16),
    Step("benchmarks.recipes", (), 22),
    Step("benchmarks.tables", ("run", "--models", "kan,linear,boosting", "--repeats", "1",
                               "--most-rows", "3000"), 20),
    Step("benchmarks.discovery", ("feynman", *_JOBS), 5),
    Step("benchmarks.discovery", ("feynman", "--noise", "0.001", *_JOBS), 15),
    Step("benchmarks.discovery", ("feynman", "--noise", "0.01", *_JOBS), 16),
    Step("benchmarks.discovery", ("feynman", "--noise", "0.1", *_JOBS), 17),
    Step("benchmarks.discovery", ("formulas", "--seeds", "1000:1100", *_JOBS), 8),
    Step("benchmarks.discovery", ("formulas", "--seeds", "1000:1100", "--noise", "0.01",
                                  *_JOBS), 10),
    Step("benchmarks.discovery", ("laws", "--seeds", "1000:1100", "--noise", "0.01", *_JOBS), 6),
    Step("benchmarks.discovery", ("measured", "--evaluations", "30000", *_JOBS), 5),
    Step("benchmarks.discovery", ("calibration", "--seeds", "1000:1015", *_JOBS), 3),
    Step("benchmarks.discovery", ("null", "--seeds", "1000:1006", *_JOBS), 4),
    Step("benchmarks.discovery", ("tasks", *_JOBS), 3),
    Step("benchmarks.groups", ("--evaluations", "20000", *_JOBS), 18),
    Step("benchmarks.trained_formulas", _JOBS, 2),
    Step("benchmarks.export", ("agreement",), 1),
    Step("benchmarks.export", ("certificates", "--models", "200"), 12),
    Step("benchmarks.continual", (), 12),
    Step("benchmarks.vision", (), 30),
    Step("benchmarks.accuracy", _JOBS, 110),
)  # fmt: skip
"""Less than eight hours of two cores, of which what is in the CSVs already takes none. The cores of
a machine with others on it may take twice as long."""


@click.command()
@click.option("--full", is_flag=True, help="What the documentation rests on, in eight hours.")
@click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    help=f"Folder of the CSVs and of the page. [default: {TRIAL}; benchmarks/results for --full]",
)
def main(full: bool, results: Path | None) -> None:
    """The quick form of every question, or the full one, then the page of them all."""
    logs, results = results or TRIAL, results or (RESULTS if full else TRIAL)
    failed = run_steps(FULL if full else QUICK, results, logs)
    page = results / "report.html"
    build = [sys.executable, "-m", "benchmarks.report", "--results", str(results)]
    subprocess.run([*build, "--out", str(page)], check=True)
    if failed:
        raise click.ClickException(
            f"{len(failed)} failed: {', '.join(failed)}; the page has the rest"
        )


def run_steps(steps: Sequence[Step], folder: Path, logs: Path) -> list[str]:
    """One after another, their output in a file each; the modules of those that failed."""
    logs.mkdir(parents=True, exist_ok=True)
    total, done, began, failed = sum(s.minutes for s in steps), 0.0, time.monotonic(), []
    for place, step in enumerate(steps, 1):
        spent = (time.monotonic() - began) / 60
        left = (total - done) * (spent / done if done else 1.0)
        words = " ".join([step.module, *step.arguments])
        click.echo(
            f"{place}/{len(steps)} {words}: {spent:.1f} min spent, about {left:.1f} min left"
        )
        log = logs / f"{place:02d}_{step.module.rpartition('.')[2]}.log"
        with log.open("w") as file:
            code = subprocess.run(
                step.command(folder), stdout=file, stderr=subprocess.STDOUT, check=False
            ).returncode
        if code:
            failed.append(step.module)
            last = (log.read_text(errors="replace").strip().splitlines() or ["no output"])[-1]
            click.echo(f"  failed ({log}): {last}", err=True)
        done += step.minutes
    click.echo(f"done in {(time.monotonic() - began) / 60:.1f} min")
    return failed


if __name__ == "__main__":
    main()
