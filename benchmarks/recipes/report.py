"""The rows of recipes.csv as sentences, a table and a picture."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.charts import put_legend
from benchmarks.drop_in.networks import MLPS
from benchmarks.drop_in.summary import Row, group_by_rate
from benchmarks.markdown import provenance, table
from benchmarks.recipes.measure import read_curve
from benchmarks.recipes.recipe import NETWORKS, Recipe
from benchmarks.recipes.recipes import RECIPES
from edgewise.charts.style import PALETTE, figure_class, style_axes

PROTOCOL = """\
Every run is torch.optim.Adam with its defaults. All networks of a recipe have about as many
parameters, the same batches and the same steps. Each has the best of {rates} learning rates
({list}) by the mean of its metric at the end. Cells are means over seeds, with the deviation
between them where there are several. "Equal time" is the metric after as many seconds of the
processor as the fastest network of the recipe took for all steps. An arrow says whether a higher or
a lower metric is better."""
HEAD = ("recipe", "metric", "network", "seeds", "parameters", "rate", "at the end", "equal time",
        "ms a step")  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """A network in a recipe at its best learning rate.

    Attributes:
        metrics: the metric at the end, by seed.
        curves: pairs of seconds and metric during training, by seed.
        seconds: the mean duration of a run.
    """

    recipe: Recipe
    network: str
    lr: float
    parameters: int
    steps: int
    metrics: dict[str, float]
    curves: dict[str, list[tuple[float, float]]]
    seconds: float

    @property
    def mean(self) -> float:
        return statistics.fmean(self.metrics.values())

    @property
    def cost(self) -> float:
        """Lower is better."""
        return -self.mean if self.recipe.higher else self.mean

    def within(self, seconds: float) -> list[float]:
        """The metric after this many seconds, for each seed."""
        return [read_curve(curve, seconds) for curve in self.curves.values()]


def summarize(rows: Sequence[Row]) -> list[Outcome]:
    """An outcome for each recipe and network; quick rows are used only if there are no full ones.

    Only learning rates with the most seeds are compared.
    """
    known = [row for row in rows if row["recipe"] in RECIPES]
    groups = group_by_rate(known, lambda row: (row["recipe"], row["network"]))
    found = [
        min(
            (_collect(*place, lr, own) for lr, own in rates.items()),
            key=lambda outcome: (-len(outcome.metrics), outcome.cost),
        )
        for place, rates in groups.items()
    ]
    recipes, networks = list(RECIPES), list(NETWORKS)
    return sorted(found, key=lambda o: (recipes.index(o.recipe.name), networks.index(o.network)))


def _collect(recipe: str, network: str, lr: float, rows: Sequence[Row]) -> Outcome:
    return Outcome(
        RECIPES[recipe],
        network,
        lr,
        int(rows[0]["parameters"]),
        int(rows[0]["steps"]),
        {row["seed"]: float(row["metric"]) for row in rows},
        {row["seed"]: json.loads(row["curve"]) for row in rows},
        statistics.fmean(float(row["seconds"]) for row in rows),
    )


def by_recipe(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    """Group outcomes by recipe."""
    found: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        found.setdefault(outcome.recipe.name, []).append(outcome)
    return found


def least_seconds(own: Sequence[Outcome]) -> float:
    """The seconds of the fastest network of a recipe."""
    return min(outcome.seconds for outcome in own)


def describe(rows: Sequence[Row]) -> str:
    """Markdown: the protocol, the findings, and the table."""
    outcomes = summarize(rows)
    if not outcomes:
        return "Nothing is measured yet."
    rates = sorted({float(row["lr"]) for row in rows})
    protocol = PROTOCOL.format(
        rates=len(rates),
        list=", ".join(f"{rate:g}" for rate in rates),
    )
    said = "\n".join(f"- {finding}" for finding in findings(rows))
    return "\n\n".join([provenance(rows), protocol, said, tabulate(outcomes)])


def tabulate(outcomes: Sequence[Outcome]) -> str:
    """A table with a row for each network of each recipe."""
    lines = []
    for own in by_recipe(outcomes).values():
        seconds = least_seconds(own)
        for outcome in own:
            recipe = outcome.recipe
            lines.append([
                recipe.name,
                f"{recipe.metric} {'↑' if recipe.higher else '↓'}",
                outcome.network,
                str(len(outcome.metrics)),
                f"{outcome.parameters:,}",
                f"{outcome.lr:g}",
                _spread(outcome.metrics.values()),
                _spread(outcome.within(seconds)),
                f"{1e3 * outcome.seconds / outcome.steps:.1f}",
            ])  # fmt: skip
    return table(HEAD, lines)


def _spread(values: Any) -> str:
    values = list(values)
    mean = f"{statistics.fmean(values):.3g}"
    return f"{mean} ± {statistics.stdev(values):.2g}" if len(values) > 1 else mean


def findings(rows: Sequence[Row]) -> list[str]:
    """A sentence for each recipe: the best KAN beside the best MLP."""
    found = []
    for own in by_recipe(summarize(rows)).values():
        mlps = [outcome for outcome in own if outcome.network in MLPS]
        kans = [outcome for outcome in own if outcome.network not in MLPS]
        if mlps and kans:
            mlp, kan = (min(those, key=lambda outcome: outcome.cost) for those in (mlps, kans))
            found.append(_tell(kan, mlp, least_seconds(own)))
    return found


def _tell(kan: Outcome, mlp: Outcome, seconds: float) -> str:
    end, timed = (
        [_spread(values) for values in pair]
        for pair in (
            [outcome.metrics.values() for outcome in (kan, mlp)],
            [outcome.within(seconds) for outcome in (kan, mlp)],
        )
    )
    which = "higher" if kan.recipe.higher else "lower"
    return (
        f"{kan.recipe.model} ({kan.recipe.metric}, {which} is better; {len(kan.metrics)} "
        f"{'seeds' if len(kan.metrics) > 1 else 'seed'}): {kan.network} {end[0]}, "
        f"{mlp.network} {end[1]} with as many parameters and steps; {timed[0]} against {timed[1]} "
        f"in the same time; a step takes {kan.seconds / mlp.seconds:.1f} times as long."
    )


def charts(rows: Sequence[Row]) -> dict[str, Any]:
    """Plot the metric over seconds, one panel for each recipe, for the first seed."""
    groups = by_recipe(summarize(rows))
    if not groups:
        return {}
    lines = -(-len(groups) // 2)
    figure = figure_class("a chart")(figsize=(7, 0.5 + 2 * lines), layout="constrained")
    panels = figure.subplots(lines, 2, squeeze=False).flatten()
    for axes, own in zip(panels, groups.values(), strict=False):
        style_axes(axes)
        for outcome in own:
            seconds, metric = zip(*next(iter(outcome.curves.values())), strict=True)
            colour = PALETTE[NETWORKS.index(outcome.network)]
            axes.plot(seconds, metric, color=colour, label=outcome.network)
        if all(value > 0 for outcome in own for _, value in next(iter(outcome.curves.values()))):
            axes.set_yscale("log")
        axes.set_title(own[0].recipe.model, fontsize=9)
        axes.set_xlabel("seconds", fontsize=8.5)
        axes.set_ylabel(own[0].recipe.metric, fontsize=8.5)
    for axes in panels[len(groups) :]:
        axes.set_visible(False)
    put_legend(figure, panels[: len(groups)])
    return {"recipes": figure}
