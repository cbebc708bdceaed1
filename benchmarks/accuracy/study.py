"""Accuracy at equal width, parameters and time: `python -m benchmarks.accuracy --help`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import product

from benchmarks.accuracy.data import NAMES, load
from benchmarks.accuracy.models import CANDIDATES
from benchmarks.accuracy.protocol import (
    COMPARISONS,
    FULL,
    QUICK,
    TRIALS,
    Cell,
    Form,
    measure,
    parameters_for,
)
from benchmarks.accuracy.report import CELL, charts, describe, findings
from benchmarks.options import SEED_COUNT, names
from benchmarks.records import Row
from benchmarks.runs import group
from benchmarks.study import Choice, Job, Study

KEY = (*CELL, "kind", "number")


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each cell: its trials, then a run of the chosen setting for each seed."""
    form = QUICK if choice.quick else FULL
    known = group(choice.known, *CELL)
    numbers = [("tuning", k) for k in range(TRIALS)]
    numbers += [("test", k) for k in range(choice.seeds or (1 if choice.quick else 3))]
    for comparison, dataset, model in product(choice.comparisons, choice.datasets, choice.models):
        cell = Cell(dataset, comparison, model)
        common = {"form": form.name, **cell.columns}
        rows = known.get(tuple(common.values()), [])
        own = {(row["kind"], int(row["number"])): row for row in rows}
        cases = [common | {"kind": kind, "number": number} for kind, number in numbers]
        work = _guess_work(cell, form) if len(own) < len(cases) else 1.0
        yield Job(partial(_run, cell, form, len(cases) - TRIALS, own), cases, work)


def _run(cell: Cell, form: Form, seeds: int, known: Mapping[tuple[str, int], Row]) -> Iterator[Row]:
    yield from measure(cell, load(cell.dataset, form.most_rows), form, seeds, known)


def _guess_work(cell: Cell, form: Form) -> float:
    """Proportional to the time that a cell takes, roughly."""
    split = load(cell.dataset, form.most_rows)
    parameters = parameters_for(cell.comparison, split)
    return form.steps(split, cell.comparison) * (1000 + parameters / 50)


STUDY = Study(
    "accuracy",
    key=KEY,
    columns=(
        *(*KEY, "lr", "weight_decay", "grid", "hidden", "parameters", "multiply_adds", "steps"),
        *("seconds", "accuracy", "r2", "rmse", "nll", "ece", "error"),
    ),
    help="""Every preset and basis beside MLPs, each tuned by the same budget, into accuracy.csv.

    A row a run: kind "tuning" for the trials, which are judged by rows to tune by, and "test" for
    the setting that they chose, a row a seed. What is in the CSV isn't measured again, so a run
    that was stopped goes on. Seconds are those of a core that one thread used.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--datasets", NAMES),
        names("--models", CANDIDATES),
        names("--comparisons", COMPARISONS),
        SEED_COUNT,
    ),
    quick={
        "datasets": ["mnist", "digits", "breast_cancer", "diabetes"],
        "models": ["mlp-relu", "mlp-silu", "imagekan", "fastkan", "efficientkan", "kan-bspline",
                   "kan-gaussian", "kan-chebyshev"],
    },
    side_by_side=True,
    part="tables",
    excerpt=lambda rows: describe(rows).replace("\n## ", "\n### "),
    title="Are KANs as accurate as ordinary networks?",
    about="Images and tables: every KAN beside two-layer perceptrons (MLPs), each tuned by the "
    "same budget on rows apart from the test. Ahead or behind is by more than both standard "
    "deviations between seeds together, and by more than two standard errors of a score on so many "
    "test rows. Anything less is “equal within chance”: three seeds can't tell which is better. "
    "The charts have six of the data sets.",
    listed=("form", "dataset", "comparison", "model", "number", "parameters", "multiply_adds",
            "seconds", "accuracy", "r2", "nll", "ece"),
    keeps=lambda row: row["kind"] == "test",
)  # fmt: skip
main = STUDY.command
