"""`python -m benchmarks.discovery QUESTION`: each question appends to one CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click

from benchmarks.discovery import programs, questions
from benchmarks.discovery.cases import Case, Program
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.peers import PEERS
from benchmarks.discovery.records import open_records
from benchmarks.discovery.run import run
from benchmarks.discovery.splits import compare
from benchmarks.discovery.tasks import BASES
from benchmarks.options import AGAIN, JOBS, RESULTS_FOLDER, Names, seed_range
from edgewise.datasets import feynman as equations

INPUTS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "many": None}


def programs_by_name(python: Path | None, evaluations: int | None = None) -> dict[str, Program]:
    """Ours, and the peers where a Python is known that has them."""
    known: dict[str, Program] = {
        "edgewise": partial(programs.run_edgewise, evaluations=evaluations)
        if evaluations
        else programs.run_edgewise
    }
    if python is not None:
        known |= {name: partial(programs.run_peer, name, python) for name in PEERS}
    return known


def _options(budget: float) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Those of all questions."""
    options = [
        click.option("--budget", type=click.FloatRange(0, min_open=True), default=budget,
                     show_default=True, help="Seconds for each."),
        JOBS,
        AGAIN,
        RESULTS_FOLDER,
    ]  # fmt: skip

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _run(
    question: str,
    cases: Iterable[Case],
    chosen: dict[str, Program],
    budget: float,
    jobs: int,
    again: bool,
    results: Path,
) -> None:
    work = [(case, name, program, budget) for case in cases for name, program in chosen.items()]
    run(work, open_records(results / f"discovery_{question}.csv"), jobs, again)


SEEDS = seed_range("0:100")
EVALUATIONS = click.option(
    "--evaluations", type=click.IntRange(1),
    help="Of formulas for each, which unlike seconds are the same on a busy machine.",
)  # fmt: skip
EVERY = click.option("--every", type=click.IntRange(1), default=1, help="Each k-th equation only.")
INPUT_COUNT = click.option(
    "--inputs", type=click.Choice(list(INPUTS)), default="1", show_default=True
)
NOISE = click.option("--noise", type=click.FloatRange(0), default=0.0, show_default=True)


@click.group()
def main() -> None:
    """How often discover is right: each question appends its rows to one CSV."""


@main.command()
@SEEDS
@INPUT_COUNT
@NOISE
@EVALUATIONS
@_options(30.0)
def formulas(
    seeds: range, inputs: str, noise: float, evaluations: int | None, **options: Any
) -> None:
    """Random formulas."""
    cases = questions.formula_cases(seeds, INPUTS[inputs], noise)
    _run("formulas", cases, programs_by_name(None, evaluations), **options)


@main.command()
@click.option("--units", is_flag=True, help="Say the units of all variables.")
@NOISE
@EVERY
@click.option("--only", type=Names(equations.names()), default="all", help="These equations only.")
@EVALUATIONS
@_options(30.0)
def feynman(
    units: bool, noise: float, every: int, only: list[str], evaluations: int | None, **options: Any
) -> None:
    """The 120 Feynman equations."""
    cases = questions.feynman_cases(only[::every], noise, units)
    _run("feynman", cases, programs_by_name(None, evaluations), **options)


@main.command()
@SEEDS
@click.option("--kinds", type=Names(questions.NULL_KINDS), default="all", show_default=True)
@EVALUATIONS
@_options(20.0)
def null(seeds: range, kinds: list[str], evaluations: int | None, **options: Any) -> None:
    """Data without a law, where nothing may be claimed."""
    cases = questions.null_cases(seeds, kinds)
    _run("null", cases, programs_by_name(None, evaluations), **options)


@main.command()
@seed_range("1000:1020")
@EVALUATIONS
@_options(60.0)
def tables(seeds: range, evaluations: int | None, **options: Any) -> None:
    """Tables of scikit-learn and synthetic ones, beside three models of scikit-learn."""
    chosen = {**programs_by_name(None, evaluations), **programs.BASELINES}
    _run("tables", questions.table_cases(seeds), chosen, **options)


@main.command()
@seed_range("1:21")
@click.option("--tables", type=Names(MEASURED), default="diabetes,wine alcohol", show_default=True)
def splits(seeds: range, tables: list[str]) -> None:
    """How far plain models are behind the best of three, over other splits of measured tables."""
    for name in tables:
        click.echo(compare(name, seeds) + "\n")


@main.command()
@click.option("--bases", type=Names(BASES), default="all", show_default=True)
@EVALUATIONS
@_options(30.0)
def tasks(bases: list[str], evaluations: int | None, **options: Any) -> None:
    """Twelve tasks with known answers, on each basis."""
    cases = questions.task_cases(bases)
    _run("tasks", cases, programs_by_name(None, evaluations), **options)


PYTHON = click.option(
    "--python", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Of an environment that has the programs.",
)  # fmt: skip


@main.command()
@PYTHON
@click.option("--on", type=click.Choice(["formulas", "feynman", "null"]), default="formulas",
              show_default=True)  # fmt: skip
@click.option("--names", type=Names(PEERS), default="all", show_default=True)
@SEEDS
@INPUT_COUNT
@NOISE
@EVERY
@_options(30.0)
def peers(
    python: Path,
    on: str,
    names: list[str],
    seeds: range,
    inputs: str,
    noise: float,
    every: int,
    **options: Any,
) -> None:
    """Operon and gplearn on the same rows, time and core."""
    cases = {
        "formulas": lambda: questions.formula_cases(seeds, INPUTS[inputs], noise),
        "feynman": lambda: questions.feynman_cases(equations.names()[::every], noise),
        "null": lambda: questions.null_cases(seeds),
    }
    chosen = {name: programs_by_name(python)[name] for name in names}
    _run(on, cases[on](), chosen, **options)


@main.command()
@PYTHON
@_options(300.0)
def pykan(python: Path, budget: float, jobs: int, again: bool, results: Path) -> None:
    """The courses of pykan's tutorials on the twelve tasks."""
    work = [
        (case, "pykan", partial(programs.run_pykan, case.name, python), budget)
        for case in questions.task_cases(["all"])
    ]
    run(work, open_records(results / "discovery_tasks.csv"), jobs, again)


@main.command()
@RESULTS_FOLDER
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
def report(results: Path, out: Path | None) -> None:
    """Tables in Markdown of all that is in the CSVs."""
    from benchmarks.discovery.report import markdown

    text = markdown(results)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
