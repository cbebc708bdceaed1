"""Everything anew, in a quick form: `make evidence`, or `python -m benchmarks.evidence --help`.

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


@dataclass(frozen=True)
class Step:
    """A question's command.

    Attributes:
        module: that answers it.
        quick: arguments of its quick form; "FOLDER" stands for the folder of the CSVs.
        minutes: of the quick form on two cores, roughly, by which the remaining time is told.
    """

    module: str
    quick: tuple[str, ...]
    minutes: float

    def command(self, folder: Path) -> list[str]:
        """What to run."""
        arguments = [str(folder) if part == "FOLDER" else part for part in self.quick]
        return [sys.executable, "-m", self.module, *arguments]


_QUICK = ("--quick", "--results", "FOLDER")
_SHORT = ("--budget", "3", "--results", "FOLDER")
STEPS = (
    Step("benchmarks.speed", _QUICK, 0.6),
    Step("benchmarks.memory", _QUICK, 0.4),
    Step("benchmarks.convolution", _QUICK, 0.2),
    Step("benchmarks.contention", _QUICK, 0.8),
    Step("benchmarks.grids", _QUICK, 0.2),
    Step("benchmarks.approximation", _QUICK, 0.3),
    Step("benchmarks.equations", (*_QUICK, "--jobs", "2"), 1.0),
    Step("benchmarks.tables", ("run", "--tables", "diabetes,wine,iris", "--folds", "2",
                               "--repeats", "1", "--results", "FOLDER"), 0.6),
    Step("benchmarks.discovery", ("feynman", "--every", "12", *_SHORT), 0.6),
    Step("benchmarks.discovery", ("feynman", "--every", "12", "--noise", "0.01", *_SHORT), 0.6),
    Step("benchmarks.discovery", ("formulas", "--seeds", "0:6", *_SHORT), 0.4),
    Step("benchmarks.discovery", ("null", "--seeds", "0:2", *_SHORT), 0.6),
    Step("benchmarks.export", ("agreement", "--rows", "2000", "--results", "FOLDER"), 0.2),
    Step("benchmarks.export", ("certificates", "--models", "4", "--results", "FOLDER"), 0.2),
    Step("benchmarks.continual", _QUICK, 3.0),
    Step("benchmarks.vision", _QUICK, 0.6),
    Step("benchmarks.accuracy", (*_QUICK, "--jobs", "2"), 3.0),
)  # fmt: skip
"""The originals are missing: their code has to be fetched first (`benchmarks.originals --help`)."""


@click.command()
@click.option(
    "--results",
    type=click.Path(file_okay=False, path_type=Path),
    default=TRIAL,
    show_default=True,
    help="Folder of the CSVs and of the page.",
)
def main(results: Path) -> None:  # fmt: skip
    """The quick form of every question, then the page of them all."""
    failed = run_steps(STEPS, results)
    page = results / "report.html"
    build = [sys.executable, "-m", "benchmarks.report", "--results", str(results)]
    subprocess.run([*build, "--out", str(page)], check=True)
    if failed:
        raise click.ClickException(
            f"{len(failed)} failed: {', '.join(failed)}; the page has the rest"
        )


def run_steps(steps: Sequence[Step], folder: Path) -> list[str]:
    """One after another, their output in a file each; the modules of those that failed."""
    folder.mkdir(parents=True, exist_ok=True)
    total, done, began, failed = sum(s.minutes for s in steps), 0.0, time.monotonic(), []
    for place, step in enumerate(steps, 1):
        spent = (time.monotonic() - began) / 60
        left = (total - done) * (spent / done if done else 1.0)
        words = " ".join([step.module, *(p for p in step.quick if p not in _QUICK)])
        click.echo(
            f"{place}/{len(steps)} {words}: {spent:.1f} min spent, about {left:.1f} min left"
        )
        log = folder / f"{place:02d}_{step.module.rpartition('.')[2]}.log"
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
