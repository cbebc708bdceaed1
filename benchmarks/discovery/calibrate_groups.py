"""Fits the weights of group verdicts in discovery/calibration.py to development runs.

    python -m benchmarks.discovery.calibrate_groups run --seeds 0:2
    python -m benchmarks.discovery.calibrate_groups fit

The first command runs `edgewise.discover(group=…)` on the laws of :mod:`benchmarks.groups` with 1 %
and with 10 % of noise, and appends a row for each form that isn't exact to groups_development.csv.
The second prints the weights, and in a cross-validation by laws how many forms are claimed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from unittest.mock import patch

import click
import numpy as np

import edgewise as ew
from benchmarks.discovery.calibrate import cross_validate, fit_weights
from benchmarks.groups import LAWS, draw, is_right
from edgewise.discovery import grouped
from edgewise.discovery.calibration import LEAST_LAW, GroupStatistics

ROWS = Path(__file__).parent / "groups_development.csv"
STATISTICS = ("lead", "prior", "constant")
COLUMNS = ("law", "seed", "noise", "right", *STATISTICS)
NOISES = (0.01, 0.1)
SIGNS = (0, 1, -1)
"""Of the weights, as in :data:`.calibrate.SIGNS`."""


def run_case(law: str, noise: float, seed: int, evaluations: int) -> dict[str, object] | None:
    """The statistics of the winner and whether it is right; None if it is exact or constant."""
    drawn, told = draw(LAWS[law], noise, seed), list[GroupStatistics]()

    def measure(*of: grouped.Any) -> GroupStatistics:
        told.append(measure_lead(*of))
        return told[-1]

    measure_lead = grouped.measure_lead
    with patch.object(grouped, "measure_lead", measure):
        found = ew.discover(
            drawn.x, drawn.y, group=drawn.group, evaluations=evaluations, budget=1e4, progress=False
        )
    assert isinstance(found, ew.discovery.GroupedDiscovery)
    if not told:
        return None
    each = {name: f"{getattr(told[0], name):.6g}" for name in STATISTICS}
    right = int(is_right(found, drawn, LAWS[law]))
    return {"law": law, "seed": seed, "noise": noise, "right": right, **each}


@click.group()
def main() -> None:
    """The weights of the probability of a form of several groups."""


@main.command()
@click.option("--seeds", default="0:2", show_default=True)
@click.option("--evaluations", default=40_000, show_default=True)
def run(seeds: str, evaluations: int) -> None:
    """Run discover on development cases."""
    low, high = map(int, seeds.split(":"))
    if high > 100:
        raise click.BadParameter("seeds from 100 on aren't for development")
    with ROWS.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if not file.tell():
            writer.writeheader()
        for seed in range(low, high):
            for noise in NOISES:
                rows = (run_case(law, noise, seed, evaluations) for law in LAWS)
                writer.writerows(row for row in rows if row is not None)
                file.flush()


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
