"""Fits the weights of discovery/calibration.py to development runs.

    python -m benchmarks.discovery.calibrate run --seeds 0:100 --evaluations 20000
    python -m benchmarks.discovery.calibrate fit

The first command runs `edgewise.discover` on :func:`.questions.mixed_cases`, which the report uses
with other seeds, and on laws of handbooks with 1 % of noise in 300 rows and 5 % in 60. It appends a
row for each formula that isn't exact to calibration_development.csv beside this file: its
statistics, and whether it is right. Right is the
form of the truth, or one that differs from it by less than a twentieth of the noise for some choice
of its numbers, which no such rows can tell: exp(28 x) for exp(28 x) - 1.
The second command prints weights: a logistic model by penalised likelihood, each weight of the sign
that its statistic must have. Parts of the cross-validation hold whole seeds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import edgewise as ew
from benchmarks.discovery.cases import Case, Data
from benchmarks.discovery.judge import has_right_form, relative_error
from benchmarks.discovery.questions import law_cases, mixed_cases
from benchmarks.discovery.real_laws import GROUPS, Noise
from edgewise.discovery.calibration import Statistics
from edgewise.formula.expression import Expression
from edgewise.formula.program import Program, refit

Array = NDArray[np.float64]

ROWS = Path(__file__).parent / "calibration_development.csv"
STATISTICS = ("rival", "none", "prior", "constant", "explained", "beyond", "dependence")
COLUMNS = ("name", "seed", "condition", "right", *STATISTICS)
LAWS = ((0.01, 300), (0.05, 60))
"""Noise and rows of the laws that are tried beside the mixed cases."""
SIGNS = (0, 1, 1, -1, -1, -1)
"""Of the weights: more bits over rivals can only speak for a formula, and so on; 0 for any."""
NEGLIGIBLE = 0.05
"""Part of the noise that no rows tell."""
RIDGE = 0.3
"""Penalty on the squares of weights, but for the constant."""


def run_case(case: Case, evaluations: int) -> dict[str, Any] | None:
    """A row; None for what is exact, or no candidate for a law."""
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
    right = is_right(found.winner.tree, data)
    told = {name: getattr(found.evidence.statistics, name) for name in STATISTICS}
    about = (case.name, case.seed, case.condition, int(right))
    return {**dict(zip(COLUMNS, about, strict=False)), **told}


def development_cases(seed: int) -> Iterator[Case]:
    """The mixed cases of a seed, and a law with little and with much noise."""
    yield from mixed_cases([seed])
    for level, rows in LAWS:
        yield from law_cases([seed], GROUPS, Noise(level), rows)


def is_right(tree: Expression, data: Data) -> bool:
    """Whether a formula has the form of the truth, as far as such rows can tell."""
    if data.truth is None or data.points is None:
        return False
    if has_right_form(tree, data):
        return True
    x = data.points(500, 1001)
    truth = Program(data.truth).values(x)
    made = Program(refit(tree, x, truth, steps=100).tree).values(x)
    return relative_error(made, truth) <= NEGLIGIBLE * data.noise


def read_rows(path: Path = ROWS) -> tuple[Array, Array, Array]:
    """Features, whether each formula is right, and seeds; (runs, features), (runs,), (runs,)"""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [Statistics(*(float(row[name]) for name in STATISTICS)) for row in rows]
    right, seeds = (np.array([float(row[name]) for row in rows]) for name in ("right", "seed"))
    return np.stack([t.features() for t in told]), right, seeds


def fit_weights(features: Array, right: Array) -> Array:
    """Weights of greatest penalised likelihood; (features,)"""

    def loss(weights: Array) -> tuple[float, Array]:
        z = features @ weights
        penalised = np.r_[0.0, weights[1:]]
        value = float(np.logaddexp(0, z).sum() - right @ z + 0.5 * RIDGE * penalised @ penalised)
        return value, features.T @ (1 / (1 + np.exp(-z)) - right) + RIDGE * penalised

    bounds = [{0: (None, None), 1: (0.0, None), -1: (None, 0.0)}[sign] for sign in SIGNS]
    made = minimize(loss, np.zeros(len(SIGNS)), jac=True, bounds=bounds, method="L-BFGS-B")
    return np.asarray(made.x)


def cross_validate(features: Array, right: Array, seeds: Array, parts: int = 10) -> Array:
    """The probability of each run by weights that haven't seen its seed; (runs,)"""
    part = seeds % parts
    told = np.empty(len(right))
    for k in range(parts):
        weights = fit_weights(features[part != k], right[part != k])
        told[part == k] = 1 / (1 + np.exp(-features[part == k] @ weights))
    return told


@click.group()
def main() -> None:
    """The weights of the verdict's probability."""


@main.command()
@click.option("--seeds", default="0:100", show_default=True)
@click.option("--evaluations", default=20_000, show_default=True)
def run(seeds: str, evaluations: int) -> None:
    """Run discover on development cases."""
    low, high = map(int, seeds.split(":"))
    if high > 100:
        raise click.BadParameter("seeds from 100 on aren't for development")
    with ROWS.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not file.tell():
            writer.writeheader()
        for case in chain.from_iterable(map(development_cases, range(low, high))):
            row = run_case(case, evaluations)
            if row is not None:
                writer.writerow(row)
                file.flush()


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
