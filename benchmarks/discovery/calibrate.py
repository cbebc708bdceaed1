"""Fits the weights of discovery/calibration.py to development runs.

    python -m benchmarks.discovery.calibrate run --seeds 0:100 --draw 1 --evaluations 20000
    python -m benchmarks.discovery.calibrate fit

The first command runs `edgewise.discover` on :func:`.questions.mixed_cases`, which the report uses
with other seeds, and on laws of handbooks with 1 % of noise in 300 rows and 5 % in 60. The laws
that no library knows are known ones that are taken out of it (:mod:`.withheld`). It appends a row
for each formula that isn't exact to calibration_development.csv beside this file: its statistics,
and whether it has the right form, as :mod:`.judge` tells for the report.
The second command prints weights: a logistic model by penalised likelihood, each weight of the sign
that its statistic must have. Parts of the cross-validation hold whole seeds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import edgewise as ew
from benchmarks.discovery.cases import Case
from benchmarks.discovery.dice import draw_again
from benchmarks.discovery.programs import answer_of
from benchmarks.discovery.questions import law_cases, mixed_cases
from benchmarks.discovery.real_laws import GROUPS, Noise, law_table
from benchmarks.discovery.withheld import withhold
from edgewise.discovery.calibration import Statistics

Array = NDArray[np.float64]
Row = Mapping[str, Any]

ROWS = Path(__file__).parent / "calibration_development.csv"
STATISTICS = ("rival", "none", "prior", "constant", "explained", "beyond", "dependence")
COLUMNS = ("name", "draw", "seed", "condition", "right", *STATISTICS)
KINDS = ("formula", "known law", "no law")
"""Of the mixed cases; the laws that no library knows are withheld ones."""
LAWS = ((0.01, 300), (0.05, 60))
"""Noise and rows of the laws that are tried beside the mixed cases."""
SIGNS = (0, 1, 1, -1, -1, -1)
"""Of the weights: more bits over rivals can only speak for a formula, and so on; 0 for any."""
WITHHELD = 1000
"""What is added to the draw of laws that are withheld, so that they are others than the known."""
RIDGE = 0.3
"""Penalty on the squares of weights, but for the constant."""


def run_case(case: Case, evaluations: int) -> dict[str, Any] | None:
    """The statistics of the winner, and whether it is right; None if none can be a law or exact."""
    data = case.data()
    found = ew.discover(
        data.x,
        data.y,
        evaluations=evaluations,
        budget=1e4,
        seed=case.seed,
        progress=False,
        **data.options,
    )
    if found.evidence is None:
        return None
    right = case.name != "no law" and bool(case.judge(data, answer_of(found, data, 0.0)))
    statistics = found.evidence.statistics
    told = {name: f"{getattr(statistics, name):.6g}" for name in STATISTICS}
    return {"seed": case.seed, "condition": case.condition, "right": int(right), **told}


def run_seed(seed: int, draw: int, evaluations: int) -> Iterator[dict[str, Any]]:
    """The rows of a seed: tables of each kind, and a law with little and with much noise."""
    with draw_again(draw):
        cases = list(mixed_cases([seed], KINDS))
        for level, rows in LAWS:
            cases += law_cases([seed], GROUPS, Noise(level), rows)
        rows_of_cases = [(case.name, run_case(case, evaluations)) for case in cases]
    with draw_again(WITHHELD + draw), withhold(law_table(seed, ("known",))):
        (case,) = mixed_cases([seed], ["known law"])
        rows_of_cases.append(("withheld law", run_case(case, evaluations)))
    for name, row in rows_of_cases:
        if row is not None:
            yield {"name": name, "draw": draw, **row}


def read_seeds(text: str) -> range:
    """The seeds of "low:high", all below 100: the others are for reports."""
    low, high = map(int, text.split(":"))
    if high > 100:
        raise click.BadParameter("seeds from 100 on aren't for development")
    return range(low, high)


def append_rows(path: Path, columns: Sequence[str], parts: Iterable[Iterable[Row]]) -> None:
    """Append rows to a CSV, whole parts at once, so that an interrupted run leaves whole ones."""
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        if not file.tell():
            writer.writeheader()
            file.flush()
        for rows in parts:
            writer.writerows(rows)
            file.flush()


def read_rows(path: Path = ROWS) -> tuple[Array, Array, Array]:
    """Features, whether each formula is right, and seeds; (runs, features), (runs,), (runs,)"""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [Statistics(*(float(row[name]) for name in STATISTICS)) for row in rows]
    right, seeds = (np.array([float(row[name]) for row in rows]) for name in ("right", "seed"))
    return np.stack([t.features() for t in told]), right, seeds


def fit_weights(features: Array, right: Array, signs: Sequence[int] = SIGNS) -> Array:
    """Weights of greatest penalised likelihood; (features,)"""

    def loss(weights: Array) -> tuple[float, Array]:
        z = features @ weights
        penalised = np.r_[0.0, weights[1:]]
        value = float(np.logaddexp(0, z).sum() - right @ z + 0.5 * RIDGE * penalised @ penalised)
        return value, features.T @ (1 / (1 + np.exp(-z)) - right) + RIDGE * penalised

    bounds = [{0: (None, None), 1: (0.0, None), -1: (None, 0.0)}[sign] for sign in signs]
    made = minimize(loss, np.zeros(len(signs)), jac=True, bounds=bounds, method="L-BFGS-B")
    return np.asarray(made.x)


def cross_validate(
    features: Array, right: Array, seeds: Array, parts: int = 10, signs: Sequence[int] = SIGNS
) -> Array:
    """The probability of each run by weights that haven't seen its seed; (runs,)"""
    part = seeds % parts
    told = np.empty(len(right))
    for k in range(parts):
        weights = fit_weights(features[part != k], right[part != k], signs)
        told[part == k] = 1 / (1 + np.exp(-features[part == k] @ weights))
    return told


@click.group()
def main() -> None:
    """The weights of the verdict's probability."""


@main.command()
@click.option("--seeds", default="0:100", show_default=True)
@click.option("--draw", default=1, show_default=True, help="Other tables for the same seeds.")
@click.option("--evaluations", default=20_000, show_default=True)
def run(seeds: str, draw: int, evaluations: int) -> None:
    """Run discover on development cases."""
    append_rows(ROWS, COLUMNS, (run_seed(s, draw, evaluations) for s in read_seeds(seeds)))


@main.command()
def fit() -> None:
    """Print the weights, and how often formulas of each probability are right."""
    features, right, seeds = read_rows()
    click.echo("WEIGHTS = (" + ", ".join(f"{w:.2f}" for w in fit_weights(features, right)) + ")")
    told = cross_validate(features, right, seeds)
    for low, high in ((0, 0.1), (0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        here = (told >= low) & (told < high)
        if here.any():
            click.echo(
                f"{low:.0%} to {min(high, 1):.0%}: {here.sum()} formulas, claimed "
                f"{told[here].mean():.1%}, right {right[here].mean():.1%}"
            )


if __name__ == "__main__":
    main()
