"""Fits the weights of group verdicts in discovery/calibration.py to development runs.

    python -m benchmarks.discovery.calibrate_groups run --seeds 0:2
    python -m benchmarks.discovery.calibrate_groups fit

The first command runs `edgewise.discover(group=…)` on the laws of :mod:`benchmarks.groups` with 1 %
and with 10 % of noise, and appends a row for each form that isn't exact to groups_development.csv.
The second prints the weights, and in a cross-validation by laws how many forms are claimed.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from unittest.mock import patch

import click
import numpy as np

import edgewise as ew
from benchmarks.discovery.calibrate import (
    Row,
    append_rows,
    cross_validate,
    fit_weights,
    read_seeds,
)
from benchmarks.groups import LAWS, draw, is_right
from edgewise.discovery import grouped
from edgewise.discovery.calibration import LEAST_LAW, GroupStatistics, calibrate

ROWS = Path(__file__).parent / "groups_development.csv"
STATISTICS = ("lead", "prior", "constant")
COLUMNS = ("law", "seed", "noise", "right", *STATISTICS)
NOISES = (0.01, 0.1)
SIGNS = (0, 1, -1)
"""Of the weights, as in :data:`.calibrate.SIGNS`."""


def run_case(law: str, noise: float, seed: int, evaluations: int) -> Row | None:
    """The statistics of the winner and whether it is right; None if it is exact or constant."""
    drawn = draw(LAWS[law], noise, seed)
    with patch.object(grouped, "calibrate", wraps=calibrate) as asked:
        found = ew.discover(
            drawn.x, drawn.y, group=drawn.group, evaluations=evaluations, budget=1e4, progress=False
        )
    assert isinstance(found, ew.discovery.GroupedDiscovery)
    if not asked.called:
        return None
    (statistics,) = asked.call_args.args
    each = {name: f"{getattr(statistics, name):.6g}" for name in STATISTICS}
    right = int(is_right(found, drawn, LAWS[law]))
    return {"law": law, "seed": seed, "noise": noise, "right": right, **each}


def run_laws(seed: int, noise: float, evaluations: int) -> Iterator[Row]:
    """The rows of all laws."""
    rows = (run_case(law, noise, seed, evaluations) for law in LAWS)
    return (row for row in rows if row is not None)


@click.group()
def main() -> None:
    """The weights of the probability of a form of several groups."""


@main.command()
@click.option("--seeds", default="0:2", show_default=True)
@click.option("--evaluations", default=40_000, show_default=True)
def run(seeds: str, evaluations: int) -> None:
    """Run discover on development cases."""
    cases = product(read_seeds(seeds), NOISES)
    append_rows(ROWS, COLUMNS, (run_laws(seed, noise, evaluations) for seed, noise in cases))


@main.command()
def fit() -> None:
    """Print the weights, and what is claimed by weights that haven't seen a law."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = [GroupStatistics(*(float(row[name]) for name in STATISTICS)) for row in rows]
    features = np.stack([statistics.features() for statistics in told])
    right = np.array([float(row["right"]) for row in rows])
    laws = np.array([list(LAWS).index(row["law"]) for row in rows])
    weights = fit_weights(features, right, SIGNS)
    click.echo("GROUP_WEIGHTS = (" + ", ".join(f"{w:.2f}" for w in weights) + ")")
    claimed = cross_validate(features, right, laws, signs=SIGNS) >= LEAST_LAW
    click.echo(
        f"{len(rows)} forms, {int(right.sum())} right, {claimed.sum()} claimed, "
        f"{int((claimed & (right == 0)).sum())} of them wrong"
    )


if __name__ == "__main__":
    main()
