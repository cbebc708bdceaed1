"""A KAN or an MLP of the same size in thirty tasks: `python -m benchmarks.drop_in --help`."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence
from itertools import product

import click

from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.drop_in.measure import FULL, QUICK, RATES, Form, measure
from benchmarks.drop_in.networks import LAYERS, MLPS, NETWORKS
from benchmarks.drop_in.summary import CEILING, FLOOR, Relation, label, mean_loss, relate, summarize
from benchmarks.drop_in.tasks import FAMILIES, TASKS
from benchmarks.markdown import provenance, table
from benchmarks.options import names, seed_range
from benchmarks.runs import geometric_mean
from benchmarks.study import Choice, Figures, Job, Rows, Study, one_row
from edgewise.bases import registry
from edgewise.charts.style import PALETTE

KEY = ("form", "task", "network", "layers", "lr", "seed")
COLUMNS = (*KEY, "family", "steps", "parameters", "loss", "curve", "seconds", "error")
QUICK_TASKS = ["fast-wave", "teacher-tanh", "wine", "digits", "series", "flow"]
COMPARED = [
    *MLPS,
    "kan",
    *(f"kan-{name}" for name in ("gaussian", "chebyshev", "fourier", "rswaf")),
]
PROTOCOL = f"""\
Every run is {{steps:,}} steps of torch.optim.Adam with its defaults on batches of 128, and its
figure is the test loss at the end. A network's figure is that of the best of {len(RATES)} learning
rates ({", ".join(f"{rate:g}" for rate in RATES)}) by the mean test loss over seeds, which are the
very rows that it is judged by, for all networks alike. The MLP is the better of two, with SiLU and
with tanh, so it has twice as many tries. A ratio is (loss + {FLOOR:g}) / (MLP's loss + {FLOOR:g}),
the geometric mean over seeds; a loss counts for {CEILING:g} at most. "Steps" is the part of the
steps after which the MLP's final loss is first seen, the median; ∞ where it isn't reached."""
CLIPPED = 0.1, 20.0
"""Ratios beyond these are drawn at the edge of the picture."""
MARKERS = "oDs^vP*"


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each run; those of one seed and task, which share its rows, are adjacent."""
    form = QUICK if choice.quick else FULL
    seeds = choice.seeds or form.seeds
    for case in product(seeds, choice.tasks, choice.networks):
        yield from plan_rates(form, *case, choice.layers)


def plan_rates(form: Form, seed: int, task: str, network: str, layers: int) -> Iterator[Job]:
    """A job for each learning rate; an MLP has two hidden layers, however many a KAN has."""
    depth = LAYERS if network in MLPS else layers
    for rate in RATES:
        case = dict(zip(KEY, (form.name, task, network, depth, rate, seed), strict=True))
        yield one_row(measure, case, form.steps)


def describe(rows: Rows) -> str:
    """Markdown: the protocol, the findings, and tables by family and by task."""
    relations = relate(summarize(rows))
    if not relations:
        return ""
    parts = [
        provenance(rows),
        PROTOCOL.format(steps=max(int(row["steps"]) for row in rows)),
        "\n".join(f"- {finding}" for finding in findings(rows)),
        "Ratios by family, geometric means:",
        tabulate_families(relations),
        "Ratios by task, in brackets the learning rate and the part of the steps:",
        tabulate_tasks(relations),
    ]
    failed = sorted({f"{label(r)} on {r['task']}: {r['error']}" for r in rows if r["error"]})
    return "\n\n".join([*parts, *(["Failed: " + "; ".join(failed)] if failed else [])])


def findings(rows: Rows) -> list[str]:
    """A sentence for each KAN, the best one first, and one for the worst task of that."""
    summaries = summarize(rows)
    relations = relate(summaries)
    kans = [name for name in rank(relations) if name not in MLPS]
    told = [_tell(name, _pick(relations, name)) for name in kans]
    if kans:
        worst = max(_pick(relations, kans[0]), key=lambda r: r.ratio).task
        losses = sorted((mean_loss(s), label(s.rows[0])) for s in summaries if s["task"] == worst)
        listed = ", ".join(f"{name} {loss:.2g}" for loss, name in losses)
        told.append(f"Test losses on {worst}, where {kans[0]} is farthest behind: {listed}.")
    return told


def _tell(name: str, own: Sequence[Relation]) -> str:
    ratios = sorted(own, key=lambda r: r.ratio)
    worst = ratios[-1]
    more = sum(r.ratio > 1 for r in own)
    reached = sum(math.isfinite(r.share) for r in own)
    middle = statistics.median(r.share for r in own)
    half = (
        f", and on half of all tasks within {_percent(middle)} of the steps" if middle < 1 else ""
    )
    return (
        f"{_title(name)}, dropped in for an MLP with as many parameters and trained alike by Adam, "
        f"has {geometric_mean(r.ratio for r in own):.2f} of the better MLP's test loss in the "
        f"geometric mean of {len(own)} tasks{_tell_best(ratios)}, and "
        f"{statistics.median(r.ratio for r in own):.2f} in the median. Its loss is higher on "
        f"{more} tasks, at worst {worst.ratio:.3g} times as high ({worst.task}). On {reached} "
        f"tasks its test loss falls to the MLP's last one at some step, if only for a time{half}."
    )


def _tell_best(ratios: Sequence[Relation]) -> str:
    """The mean without the two lowest ratios, and these."""
    if len(ratios) < 3:
        return ""
    first, second, *rest = ratios
    return (
        f" ({geometric_mean(r.ratio for r in rest):.2f} without {first.task}, {first.ratio:.2g}, "
        f"and {second.task}, {second.ratio:.2g})"
    )


def _title(name: str) -> str:
    """The network as a sentence calls it."""
    if name == "kan":
        return "The default KAN"
    kind, _, basis = name.partition("-")
    return f"KAN(widths, basis={basis!r})" if kind == "kan" and basis in registry() else name


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def rank(relations: Sequence[Relation]) -> list[str]:
    """Sort the networks by the geometric mean of their ratios, the best first."""
    names = dict.fromkeys(r.network for r in relations)
    return sorted(names, key=lambda n: geometric_mean(r.ratio for r in _pick(relations, n)))


def _pick(relations: Sequence[Relation], network: str) -> list[Relation]:
    return [r for r in relations if r.network == network]


def tabulate_families(relations: Sequence[Relation]) -> str:
    """A row for each network: geometric means, tasks at most the MLP's loss, worst task, steps."""
    head = ["network", "tasks", "all", *FAMILIES, "≤ 1", "≤ 1.1", "worst", "steps"]
    lines = []
    for name in rank(relations):
        own = _pick(relations, name)
        families = [[r.ratio for r in own if r.family == family] for family in FAMILIES]
        worst = max(own, key=lambda r: r.ratio)
        lines.append([
            name,
            str(len(own)),
            f"{geometric_mean(r.ratio for r in own):.3f}",
            *(f"{geometric_mean(ratios):.3f}" if ratios else "" for ratios in families),
            *(str(sum(r.ratio <= limit for r in own)) for limit in (1.0, 1.1)),
            f"{worst.ratio:.3g} ({worst.task})",
            _short(statistics.median(r.share for r in own)),
        ])  # fmt: skip
    return table(head, lines)


def tabulate_tasks(relations: Sequence[Relation]) -> str:
    """A row for each task: the MLP's loss, then the ratio of each network."""
    names = rank(relations)
    cells = {(r.task, r.network): r for r in relations}
    lines = []
    for task in TASKS:
        mlp = next((r.mlp for r in relations if r.task == task), None)
        if mlp is not None:
            found = [cells.get((task, name)) for name in names]
            kind, rate = mlp["network"].removeprefix("mlp-"), float(mlp["lr"])
            about = f"{mean_loss(mlp):.3g} ({kind}, {rate:g})"
            lines.append([task, about, *("" if r is None else _cell(r) for r in found)])
    return table(["task", "MLP's loss", *names], lines)


def _cell(relation: Relation) -> str:
    return f"{relation.ratio:.3g} ({relation.lr:g}, {_short(relation.share)})"


def _short(share: float) -> str:
    return f"{share:.2g}" if math.isfinite(share) else "∞"


def charts(rows: Rows) -> Figures:
    """Plot the ratio of every network on every task."""
    relations = relate(summarize(rows))
    tasks = [task for task in TASKS if any(r.task == task for r in relations)]
    kans = [name for name in rank(relations) if name not in MLPS][: len(MARKERS)]
    if not kans:
        return {}
    figure, (axes,) = make_panels(1.5 + 0.24 * len(tasks), letters=8.5)
    axes.axvline(1.0, color="black", linewidth=0.8)
    low, high = CLIPPED
    for name, colour, marker in zip(kans, PALETTE, MARKERS, strict=False):
        own = _pick(relations, name)
        x = [min(max(r.ratio, low), high) for r in own]
        y = [tasks.index(r.task) for r in own]
        axes.plot(x, y, marker, color=colour, markersize=4.5, alpha=0.8, label=name)
    axes.set_xscale("log")
    axes.set_xlim(low / 1.1, high * 1.1)
    name_lines(axes, tasks)
    axes.set_xlabel("test loss over that of the better MLP", fontsize=9)
    put_legend(figure, [axes])
    return {"drop_in": figure}


STUDY = Study(
    "drop_in",
    key=KEY,
    columns=COLUMNS,
    help="""Train a KAN or an MLP of the same size on each of thirty tasks, and write drop_in.csv.

    Every run is 1,000 steps of torch's Adam with its defaults at one of three learning rates, and
    is one row. A benchmark that was stopped resumes. A network is judged at its best learning rate.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--tasks", TASKS),
        names("--networks", NETWORKS, ",".join(COMPARED)),
        click.option(
            "--layers",
            type=click.IntRange(1),
            default=LAYERS,
            show_default=True,
            help="Hidden layers of a KAN; an MLP has two.",
        ),
        seed_range(None, "[default: 1000:1003; 0 for --quick]"),
    ),
    quick={"tasks": QUICK_TASKS, "networks": COMPARED[:4]},
    side_by_side=True,
    said="loss",
    title="Can I put one where an MLP is, and train it as before?",
    about="Thirty tasks, from formulas and tables to a transformer block and a normalising flow: a "
    "KAN, or an MLP of as many parameters, in the same model; 1,000 steps of plain Adam. A network "
    "has the one of three learning rates with the least mean test loss, so the rate is chosen by "
    "the rows that judge it, for KANs and MLPs alike. The MLP is the better of two. The ratio of a "
    f"task is (loss + {FLOOR:g}) / (MLP's loss + {FLOOR:g}), the geometric mean over the seeds of "
    f"both; losses count as {CEILING:g} at most. Poisson's equation is also in the "
    "two sections below, with other training; docs/are-kans-good.md puts the answers together.",
    listed=("form", "task", "network", "layers", "lr", "seed", "parameters", "loss", "seconds"),
)
main = STUDY.command
