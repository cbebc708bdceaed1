"""How often discover is right: `python -m benchmarks.discovery QUESTION`, each with its own CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from benchmarks.discovery import calibration, measurements, programs, questions
from benchmarks.discovery.cases import Case, Program
from benchmarks.discovery.judge import r2_of, relative_error, tell_form
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.peers import PEERS, TOLD, find_present
from benchmarks.discovery.real_laws import ERRORS, GROUPS, Noise
from benchmarks.discovery.report import describe, summarise, summary
from benchmarks.discovery.report_rows import COLUMNS, KEY
from benchmarks.discovery.splits import compare
from benchmarks.discovery.tasks import BASES
from benchmarks.options import RESULTS_FOLDER, Names, names, seed_range
from benchmarks.study import Choice, Job, Study, make_group
from edgewise.datasets import feynman as equations

INPUTS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "many": None}
SEEDS = seed_range("0:100")
EVALUATIONS = click.option(
    "--evaluations", type=click.IntRange(1),
    help="Of formulas for each, which unlike seconds are the same on a busy machine.",
)  # fmt: skip
PATIENT = 3600.0
"""Seconds for each where evaluations are the limit: a busy machine finds the same."""

WORK = click.option(
    "--evaluations", type=click.IntRange(1), default=20_000, show_default=True,
    help="Of formulas for each; 5,000 are about a second of a quiet core.",
)  # fmt: skip
EVERY = click.option("--every", type=click.IntRange(1), default=1, help="Each k-th equation only.")
INPUT_COUNT = click.option(
    "--inputs", type=click.Choice(list(INPUTS)), default="1", show_default=True
)
NOISE = click.option("--noise", type=click.FloatRange(0), default=0.0, show_default=True)
TABLES = [table for name in measurements.SETS for table in measurements.list_names(name)]
PYTHON = click.option(
    "--python", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Of an environment that has the programs.",
)  # fmt: skip


def run_case(case: Case, name: str, program: Program, budget: float) -> dict[str, Any]:
    """One row of the results; a program that fails is wrong, and the row says how it failed."""
    data = case.data()
    row = {
        "inputs": data.x.shape[1],
        "rows": len(data.y),
        "difficulty": case.difficulty,
        "truth": case.truth,
    }
    try:
        answer = program(data, budget, case.seed)
        row |= {
            "verdict": answer.verdict,
            "right": case.judge(data, answer),
            "seconds": round(answer.seconds, 3),
            "r2": r2_of(answer.values, data.y_test),
            "relative_error": relative_error(answer.values, data.y_test),
            "formula": answer.formula,
            **answer.about,
            **tell_form(data, answer),
        }
    except Exception as error:  # Whatever a program does, the other rows go on.
        row |= {"right": False, "error": f"{type(error).__name__}: {error}"[-500:]}
    return row


def rows_of(case: Case, name: str, program: Program, budget: float) -> list[dict[str, Any]]:
    """The one row of a job."""
    return [run_case(case, name, program, budget)]


def make_job(case: Case, name: str, program: Program, budget: float) -> Job:
    """Run a program on a case, within a limit of seconds."""
    found = (case.name, case.condition, case.seed, name, float(budget))
    return Job(partial(rows_of, case, name, program, budget), [dict(zip(KEY, found, strict=True))])


Plan = Callable[[Choice], Iterator[Job]]


def ask(
    cases: Callable[[Choice], Iterable[Case]], run: Callable[[Choice], Mapping[str, Program]]
) -> Plan:
    """A job for each case and program."""

    def plan(choice: Choice) -> Iterator[Job]:
        for case in cases(choice):
            for name, program in run(choice).items():
                yield make_job(case, name, program, choice.budget)

    return plan


def make_study(
    name: str,
    help: str,
    plan: Plan,
    options: Sequence[Callable[..., Any]],
    budget: float = 30.0,
    **more: Any,
) -> Study:
    """A study of discovery, by the seconds that a program has for a case."""
    seconds = click.option(
        "--budget", type=click.FloatRange(0, min_open=True), default=budget, show_default=True,
        help="Seconds for each.",
    )  # fmt: skip
    asked = {
        "describe": partial(describe, question=name),
        "excerpt": partial(summarise, question=name),
        "csvs": (f"discovery_{name}",),
    } | more
    return Study(
        name, KEY, COLUMNS, help, plan, options=(*options, seconds), side_by_side=True,
        said="right", **asked,
    )  # fmt: skip


def run_ours(choice: Choice) -> Mapping[str, Program]:
    """Discover, with a number of evaluations if there is one."""
    ours = programs.run_edgewise
    return {
        "edgewise": partial(ours, evaluations=choice.evaluations) if choice.evaluations else ours
    }


def run_beside_baselines(choice: Choice) -> Mapping[str, Program]:
    """Discover, and three models of scikit-learn."""
    return {**run_ours(choice), **programs.BASELINES}


def run_peers(choice: Choice) -> Mapping[str, Program]:
    """Other programs, as far as that Python has them."""
    present = find_present(choice.python, choice.names)
    return {name: partial(programs.run_peer, name, choice.python) for name in present}


def list_formulas(choice: Choice) -> Iterable[Case]:
    """Random formulas."""
    return questions.formula_cases(choice.seeds, INPUTS[choice.inputs], choice.noise)


def list_laws(choice: Choice) -> Iterable[Case]:
    """Real laws, with one level and kind of noise and number of rows."""
    noise = Noise(choice.noise, choice.errors)
    shape = choice.rows, choice.irrelevant
    return questions.law_cases(choice.seeds, choice.groups, noise, *shape, told=choice.told)


def list_measured(choice: Choice) -> Iterator[Case]:
    """Measured tables of some sets."""
    for name in choice.sets:
        yield from measurements.measured_cases(name, choice.seeds, choice.tables)


FOR_PEERS: dict[str, Callable[[Choice], Iterable[Case]]] = {
    "formulas": list_formulas,
    "feynman": lambda choice: questions.feynman_cases(
        equations.names()[:: choice.every], choice.noise
    ),
    "laws": list_laws,
    "measured": list_measured,
    "null": lambda choice: questions.null_cases(choice.seeds),
}
"""The cases of another question, which other programs answer as well."""

LAW_OPTIONS = (
    click.option("--errors", type=click.Choice(ERRORS), default="constant", show_default=True,
                 help="What the noise is."),
    click.option("--rows", type=click.IntRange(5), default=300, show_default=True),
    click.option("--irrelevant", type=click.IntRange(0), default=0, show_default=True,
                 help="Columns that say nothing."),
    names("--groups", GROUPS),
    click.option("--told", is_flag=True, help="Tell the errors of y (sigma=)."),
)  # fmt: skip
MEASURED_OPTIONS = (
    names("--sets", measurements.SETS),
    click.option("--tables", type=Names(TABLES), default="all", help="These only."),
)
ASKED = (
    make_study(
        "formulas", "Random formulas.", ask(list_formulas, run_ours),
        (SEEDS, INPUT_COUNT, NOISE, EVALUATIONS),
    ),
    make_study(
        "feynman", "The 120 Feynman equations.",
        ask(
            lambda choice: questions.feynman_cases(
                choice.only[:: choice.every], choice.noise, choice.units
            ),
            run_ours,
        ),
        (
            click.option("--units", is_flag=True, help="Say the units of all variables."),
            NOISE,
            EVERY,
            click.option(
                "--only", type=Names(equations.names()), default="all", help="These equations only."
            ),
            EVALUATIONS,
        ),
    ),
    make_study(
        "laws", "Real laws of handbooks.", ask(list_laws, run_ours),
        (SEEDS, NOISE, *LAW_OPTIONS, WORK), PATIENT,
        part="laws",
    ),
    make_study(
        "measured", "Measured tables whose law is known: NIST StRD, R's, EmpiricalBench.",
        ask(list_measured, run_ours),
        (
            seed_range("0:1"), *MEASURED_OPTIONS,
            click.option("--evaluations", type=click.IntRange(1), default=300_000,
                         show_default=True, help="Of formulas; a minute of a quiet core."),
        ),
        PATIENT,
        part="measured",
    ),
    make_study(
        "calibration", "Whether 90 % is right in 90 %: fresh tables of all kinds.",
        ask(lambda choice: questions.mixed_cases(choice.seeds, choice.kinds), run_ours),
        (SEEDS, names("--kinds", questions.MIXED), WORK), PATIENT,
        describe=calibration.describe, excerpt=calibration.excerpt, charts=calibration.charts,
        findings=calibration.findings, part="calibration",
    ),
    make_study(
        "null", "Data without a law, where nothing may be claimed.",
        ask(lambda choice: questions.null_cases(choice.seeds, choice.kinds), run_ours),
        (SEEDS, names("--kinds", questions.NULL), WORK), PATIENT,
    ),
    make_study(
        "tables", "Tables of scikit-learn and synthetic ones, beside three models of scikit-learn.",
        ask(lambda choice: questions.table_cases(choice.seeds), run_beside_baselines),
        (seed_range("1000:1020"), EVALUATIONS), 60.0,
    ),
    make_study(
        "tasks", "Twelve tasks with known answers, on each basis.",
        ask(lambda choice: questions.task_cases(choice.bases), run_ours),
        (names("--bases", BASES), EVALUATIONS),
    ),
)  # fmt: skip
PEERS_BESIDE = make_study(
    "peers", "Operon and gplearn on the same rows, time and core; lmfit, told the formula.",
    ask(lambda choice: FOR_PEERS[choice.on](choice), run_peers),
    (
        PYTHON,
        click.option("--on", type=click.Choice(list(FOR_PEERS)),
                     default="formulas", show_default=True),
        names("--names", [*PEERS, *TOLD]),
        SEEDS, INPUT_COUNT, NOISE, EVERY, *LAW_OPTIONS, *MEASURED_OPTIONS,
    ),
    describe=summary,
    choose_csv=lambda choice: f"discovery_{choice.on}",
)  # fmt: skip


def plan_pykan(choice: Choice) -> Iterator[Job]:
    """A job for each task."""
    for case in questions.task_cases(["all"]):
        program = partial(programs.run_pykan, case.name, choice.python)
        yield make_job(case, "pykan", program, choice.budget)


PYKAN = make_study(
    "pykan", "The courses of pykan's tutorials on the twelve tasks.", plan_pykan, (PYTHON,), 300.0,
    describe=partial(describe, question="tasks"), csvs=("discovery_tasks",),
)  # fmt: skip


def markdown(folder: Path) -> str:
    """Everything in a folder of CSVs."""
    found = [(study, study.open(folder).rows()) for study in ASKED]
    return "\n\n".join(study.describe(rows) for study, rows in found if rows) + "\n"


@click.command()
@seed_range("1:21")
@click.option("--tables", type=Names(MEASURED), default="diabetes,wine alcohol", show_default=True)
def splits(seeds: range, tables: list[str]) -> None:
    """How far plain models are behind the best of three, over other splits of measured tables."""
    for name in tables:
        click.echo(compare(name, seeds) + "\n")


@click.command()
@RESULTS_FOLDER
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file.")
def report(results: Path, out: Path | None) -> None:
    """Tables in Markdown of all that is in the CSVs."""
    text = markdown(results)
    if out is None:
        click.echo(text)
    else:
        out.write_text(text, encoding="utf-8")


main = make_group(
    "How often discover is right: each question appends its rows to one CSV.",
    *(study.command for study in (*ASKED, PEERS_BESIDE, PYKAN)),
    splits,
    report,
)
