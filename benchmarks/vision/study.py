"""Convolutions of KAN edges beside ordinary ones: `python -m benchmarks.vision --help`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product

from benchmarks.accuracy.protocol import Cell
from benchmarks.charts import make_panels, name_lines, put_legend
from benchmarks.markdown import provenance, table
from benchmarks.options import names
from benchmarks.runs import Runs, group
from benchmarks.study import Choice, Figures, Job, Rows, Study
from benchmarks.vision.networks import KINDS
from benchmarks.vision.protocol import (
    COMPARISONS,
    DATASETS,
    FIRST_SEED,
    FULL,
    QUICK,
    RATES,
    measure,
)
from edgewise.charts.style import BLUE, ORANGE

CELL = ("form", "dataset", "comparison", "model")
TITLES = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}
SAME = {
    "parameters": "as many parameters",
    "time": "as many parameters and steps chosen for equal time",
    "channels": "as many channels",
}
HEAD = ("data set", "model", "parameters", "passes", "seconds", "accuracy, %", "NLL")


def plan(choice: Choice) -> Iterator[Job]:
    """A job for each cell: the trials of its learning rate, then a run of each seed."""
    form = QUICK if choice.quick else FULL
    known = group(choice.known, *CELL)
    seeds = range(FIRST_SEED, FIRST_SEED + form.seeds)
    numbers = [("trial", k) for k in range(len(RATES))] + [("test", seed) for seed in seeds]
    for parts in product(choice.datasets, choice.comparisons, choice.models):
        common = dict(zip(CELL, (form.name, *parts), strict=True))
        own = {(r["kind"], r["number"]): r for r in known.get((form.name, *parts), [])}
        cases = [common | {"kind": kind, "number": number} for kind, number in numbers]
        yield Job(partial(measure, Cell(*parts), form, own), cases)


def summarize(rows: Rows) -> list[Runs]:
    """The test runs of each cell that has some."""
    found = []
    for own in group(rows, *CELL[1:]).values():
        tests, trials = ([r for r in own if r["kind"] == kind] for kind in ("test", "trial"))
        found += [Runs(tests, trials)] if tests else []
    return found


def _tell(runs: Runs) -> str:
    deviation = runs.deviation("accuracy") or 0.0
    return f"{100 * runs.mean('accuracy'):.2f} ± {100 * deviation:.2f}"


def findings(rows: Rows) -> list[str]:
    """A sentence for each comparison, fair ones first: the KAN and the CNN that tuning prefers."""
    sentences = []
    for comparison in SAME:
        parts = []
        for dataset in DATASETS:
            own = [
                s
                for s in summarize(rows)
                if (s["dataset"], s["comparison"]) == (dataset, comparison)
            ]
            kans = [s for s in own if KINDS[s["model"]].is_kan]
            cnns = [s for s in own if not KINDS[s["model"]].is_kan]
            if kans and cnns:
                kan, cnn = (max(g, key=lambda s: s.best_trial("accuracy")) for g in (kans, cnns))
                longer, larger = (kan.mean(c) / cnn.mean(c) for c in ("seconds", "parameters"))
                parts.append(
                    f"{TITLES[dataset]} {_tell(kan)} % against {_tell(cnn)} %, with "
                    f"{larger:.1f} times the parameters in {longer:.1f} times the seconds"
                )
        if parts:
            sentences.append(f"With {SAME[comparison]}, convolutional KANs against CNNs: "
                             f"{'; '.join(parts)}.")  # fmt: skip
    return sentences


def describe(rows: Rows) -> str:
    """Markdown: the findings, then a table for each comparison."""
    summaries = summarize(rows)
    if not summaries:
        return ""
    parts = [provenance(rows), "\n".join(f"- {sentence}" for sentence in findings(rows))]
    for comparison in COMPARISONS:
        own = [s for s in summaries if s["comparison"] == comparison]
        own.sort(key=lambda s: (DATASETS.index(s["dataset"]), -s.mean("accuracy")))
        lines = [[TITLES[s["dataset"]], s["model"], f"{round(s.mean('parameters')):,}",
                  f"{s.mean('passes'):.1f}", f"{s.mean('seconds'):.1f}", _tell(s),
                  f"{s.mean('nll'):.3f}"] for s in own]  # fmt: skip
        parts += [f"## With {SAME[comparison]}", table(HEAD, lines)] if own else []
    return "\n\n".join(parts)


def charts(rows: Rows) -> Figures:
    """Accuracy of every network by data set, in the comparison with as many parameters."""
    own = [s for s in summarize(rows) if s["comparison"] == "parameters"]
    datasets = [d for d in DATASETS if any(s["dataset"] == d for s in own)]
    if not datasets:
        return {}
    figure, panels = make_panels(2.6, len(datasets), sharey=True)
    shown = [name for name in KINDS if any(s["model"] == name for s in own)]
    for axes, dataset in zip(panels, datasets, strict=True):
        axes.set_title(TITLES[dataset], fontsize=10)
        for s in (s for s in own if s["dataset"] == dataset):
            kan, values = KINDS[s["model"]].is_kan, s.values("accuracy")
            style = {"color": BLUE, "label": "KAN"} if kan else {"color": ORANGE, "label": "CNN"}
            place = [shown.index(s["model"])] * len(values)
            axes.plot([100 * v for v in values], place, "o", alpha=0.7, **style)
        name_lines(axes, shown)
        axes.set_xlabel("test accuracy, %", fontsize=9)
    put_legend(figure, panels)
    return {"vision": figure}


STUDY = Study(
    "vision",
    key=(*CELL, "kind", "number"),
    columns=(*CELL, "kind", "number", "lr", "parameters", "passes", "seconds", "nll", "accuracy"),
    help="""Convolutional KANs beside CNNs on images, into vision.csv.

    With as many channels, as many parameters, and as many parameters and seconds; the learning
    rate of each is tuned on training images apart. One thread; 8,000 images and three seeds take
    about half an hour, --quick a minute.
    """,
    plan=plan,
    describe=describe,
    findings=findings,
    charts=charts,
    options=(
        names("--datasets", DATASETS),
        names("--comparisons", COMPARISONS),
        names("--models", KINDS),
    ),
    quick={"models": ["cnn-relu", "kan-gaussian"]},
    said="accuracy",
    title="And on images, as convolutions?",
    about="Two small convolutions and a layer on top, with curves on the edges or with weights; "
    "the learning rate of each is chosen on training images apart. The chart shows the networks "
    "with as many parameters, ± is the standard deviation between seeds.",
    listed=("form", "dataset", "comparison", "model", "number", "parameters", "passes", "seconds",
            "accuracy", "nll"),
    keeps=lambda row: row["kind"] == "test",
)  # fmt: skip
main = STUDY.command
