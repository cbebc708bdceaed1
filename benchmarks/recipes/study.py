"""KANs inside of real models, by recipe: `python -m benchmarks.recipes --help`."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from benchmarks.charts import make_panels, put_legend, scale_log
from benchmarks.drop_in.networks import MLPS
from benchmarks.markdown import provenance, table
from benchmarks.options import names, seed_range
from benchmarks.recipes.measure import FULL, QUICK, measure, read_curve
from benchmarks.recipes.recipe import NETWORKS
from benchmarks.recipes.recipes import RECIPES
from benchmarks.runs import Runs, pick_rates
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise.charts.style import PALETTE

KEY = ("form", "recipe", "network", "lr", "seed")
PROTOCOL = """\
Every run is torch.optim.Adam with its defaults. All networks of a recipe have about as many
parameters, the same batches and the same steps. Each has the best of {rates} learning rates
({list}) by the mean of its metric at the end. Cells are means over seeds, with the deviation
between them where there are several. "Equal time" is the metric after as many seconds of the
processor as the fastest network of the recipe took for all steps. An arrow says whether a higher or
a lower metric is better."""
HEAD = ("recipe", "metric", "network", "seeds", "parameters", "rate", "at the end", "equal time",
        "ms a step")  # fmt: skip


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each run, without the networks that a recipe doesn't compare."""
    form = QUICK if choice.quick else FULL
    for seed, recipe in product(choice.seeds or form.seeds, choice.recipes):
        compared = [name for name in RECIPES[recipe].networks if name in choice.networks]
        for network, rate in product(compared, form.rates):
            case = (form.name, recipe, network, rate, seed)
            yield one_row(measure, dict(zip(KEY, case, strict=True)), form.part)


def summarize(rows: Rows) -> list[Runs]:
    """The runs of each recipe and network at its best learning rate, in the order of both."""
    known = [row for row in rows if row["recipe"] in RECIPES]
    found = pick_rates(known, lambda row: (row["recipe"], row["network"]), cost)
    recipes, networks = list(RECIPES), list(NETWORKS)
    return sorted(
        found, key=lambda runs: (recipes.index(runs["recipe"]), networks.index(runs["network"]))
    )


def cost(runs: Runs) -> float:
    """The mean metric, or its negative: lower is better."""
    return -runs.mean("metric") if RECIPES[runs["recipe"]].higher else runs.mean("metric")


def within(runs: Runs, seconds: float) -> list[float]:
    """The metric after this many seconds, for each seed."""
    return [read_curve(json.loads(row["curve"]), seconds) for row in runs.rows]


def by_recipe(summaries: Sequence[Runs]) -> dict[str, list[Runs]]:
    """Group runs by recipe."""
    found: dict[str, list[Runs]] = {}
    for runs in summaries:
        found.setdefault(runs["recipe"], []).append(runs)
    return found


def least_seconds(own: Sequence[Runs]) -> float:
    """The seconds of the fastest network of a recipe."""
    return min(runs.mean("seconds") for runs in own)


def describe(rows: Rows) -> str:
    """Markdown: the protocol, the findings, and the table."""
    summaries = summarize(rows)
    if not summaries:
        return ""
    rates = sorted({float(row["lr"]) for row in rows})
    protocol = PROTOCOL.format(
        rates=len(rates),
        list=", ".join(f"{rate:g}" for rate in rates),
    )
    said = "\n".join(f"- {finding}" for finding in findings(rows))
    return "\n\n".join([provenance(rows), protocol, said, tabulate(summaries)])


def tabulate(summaries: Sequence[Runs]) -> str:
    """A table with a row for each network of each recipe."""
    lines = []
    for own in by_recipe(summaries).values():
        seconds = least_seconds(own)
        for runs in own:
            recipe = RECIPES[runs["recipe"]]
            lines.append([
                recipe.name,
                f"{recipe.metric} {'↑' if recipe.higher else '↓'}",
                runs["network"],
                str(len(runs.rows)),
                f"{int(runs['parameters']):,}",
                f"{float(runs['lr']):g}",
                _spread(runs.values("metric")),
                _spread(within(runs, seconds)),
                f"{1e3 * runs.mean('seconds') / int(runs['steps']):.1f}",
            ])  # fmt: skip
    return table(HEAD, lines)


def _spread(values: Any) -> str:
    values = list(values)
    mean = f"{statistics.fmean(values):.3g}"
    return f"{mean} ± {statistics.stdev(values):.2g}" if len(values) > 1 else mean


def findings(rows: Rows) -> list[str]:
    """A sentence for each recipe: the best KAN beside the best MLP."""
    found = []
    for own in by_recipe(summarize(rows)).values():
        mlps = [runs for runs in own if runs["network"] in MLPS]
        kans = [runs for runs in own if runs["network"] not in MLPS]
        if mlps and kans:
            mlp, kan = (min(those, key=cost) for those in (mlps, kans))
            found.append(_tell(kan, mlp, least_seconds(own)))
    return found


def _tell(kan: Runs, mlp: Runs, seconds: float) -> str:
    recipe, seeds = RECIPES[kan["recipe"]], len(kan.rows)
    ours, theirs = (_spread(runs.values("metric")) for runs in (kan, mlp))
    timed = " against ".join(_spread(within(runs, seconds)) for runs in (kan, mlp))
    longer = kan.mean("seconds") / mlp.mean("seconds")
    return (
        f"{recipe.model} ({recipe.metric}, {'higher' if recipe.higher else 'lower'} is better; "
        f"{seeds} {'seeds' if seeds > 1 else 'seed'}): {kan['network']} {ours}, {mlp['network']} "
        f"{theirs} with as many parameters and steps; {timed} in the same time; a step takes "
        f"{longer:.1f} times as long. At the end they differ by {_weigh(kan, mlp)}."
    )


def _weigh(kan: Runs, mlp: Runs) -> str:
    """Whether the means are farther apart than the deviations between seeds."""
    apart = abs(kan.mean("metric") - mlp.mean("metric"))
    both = sum(runs.deviation("metric") or 0.0 for runs in (kan, mlp))
    return f"{'more' if apart > both else 'no more'} than both deviations between seeds together"


def charts(rows: Rows) -> Figures:
    """Plot the metric over seconds, one panel for each recipe, for the first seed."""
    groups = by_recipe(summarize(rows))
    if not groups:
        return {}
    lines = -(-len(groups) // 2)
    figure, panels = make_panels(0.5 + 1.9 * lines, 2, lines, letters=8)
    for axes, own in zip(panels, groups.values(), strict=False):
        curves = {runs["network"]: json.loads(runs["curve"]) for runs in own}
        for network, curve in curves.items():
            colour = PALETTE[NETWORKS.index(network)]
            axes.plot(*zip(*curve, strict=True), color=colour, label=network)
        values = [value for curve in curves.values() for _, value in curve]
        if min(values) > 0:
            scale_log(axes, "y", max(values) / min(values))
        recipe = RECIPES[own[0]["recipe"]]
        axes.set_title(recipe.model.replace(", ", ",\n"), fontsize=8.5)
        axes.set_xlabel("seconds", fontsize=8.5)
        axes.set_ylabel(recipe.metric, fontsize=8.5)
    for axes in panels[len(groups) :]:
        axes.set_visible(False)
    put_legend(figure, panels[: len(groups)])
    return {"recipes": figure}


STUDY = Study(
    "recipes",
    key=KEY,
    columns=(*KEY, "steps", "parameters", "metric", "seconds", "curve"),
    help="""Train models that contain a KAN or an MLP of the same size, and write recipes.csv.

    Every run is torch's Adam with its defaults at one of three learning rates, on one core, and is
    one row. A benchmark that was stopped resumes. A network is judged at its best learning rate.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--recipes", RECIPES),
        names("--networks", NETWORKS),
        seed_range(None, "[default: 1000:1003; 0 for --quick]"),
    ),
    quick={},
    said="metric",
    part="recipes",
    excerpt=lambda rows: tabulate(summarize(rows)),
    title="And in real models?",
    about="timm's vision transformer, transformers' GPT-2, a flow, a graph network, an "
    "autoencoder, a physics loss, and gymnasium's CartPole and Acrobot, with a KAN or an MLP of as "
    "many parameters inside; plain Adam. The best of three learning rates and the best network of "
    "each kind are chosen by the metric that is told; ± is the standard deviation between seeds. "
    "The output of kan-zero is 0 at first; kan-zero-raw doesn't standardise its inputs, either; "
    "kan-encoder has a KAN as encoder and an MLP as decoder. Poisson's equation is also in the "
    "sections before and after this one, with other training; docs/are-kans-good.md puts the "
    "answers together.",
    listed=("form", "recipe", "network", "lr", "seed", "parameters", "metric", "seconds"),
)
main = STUDY.command
