"""The rows of vision.csv as sentences, tables and pictures."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.charts import put_legend
from benchmarks.markdown import provenance, table
from benchmarks.vision.networks import KINDS
from benchmarks.vision.protocol import COMPARISONS, DATASETS
from edgewise.charts.style import BLUE, ORANGE, figure_class, style_axes

Row = Mapping[str, str]
TITLES = {"mnist": "MNIST", "fashion_mnist": "Fashion-MNIST"}
SAME = {
    "channels": "as many channels",
    "parameters": "as many parameters",
    "time": "as many parameters and seconds",
}
HEAD = ("data set", "model", "parameters", "passes", "seconds", "accuracy, %", "NLL")


@dataclass(frozen=True)
class Summary:
    """The seeds of one cell."""

    dataset: str
    comparison: str
    model: str
    parameters: int
    passes: float
    seconds: float
    accuracies: tuple[float, ...]
    nll: float
    tuned: float

    @property
    def accuracy(self) -> float:
        return statistics.mean(self.accuracies)

    @property
    def spread(self) -> float:
        return statistics.stdev(self.accuracies) if len(self.accuracies) > 1 else 0.0

    @property
    def said(self) -> str:
        return f"{100 * self.accuracy:.2f} ± {100 * self.spread:.2f}"


def summarize(rows: Sequence[Row]) -> list[Summary]:
    """One for each cell that has test runs."""
    cells: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        cells.setdefault((row["dataset"], row["comparison"], row["model"]), []).append(row)
    found = []
    for cell, own in cells.items():
        tests = [row for row in own if row["kind"] == "test"]
        trials = [float(row["accuracy"]) for row in own if row["kind"] == "trial"]
        if tests:
            mean = {c: statistics.mean(float(row[c]) for row in tests) for c in
                    ("parameters", "passes", "seconds", "nll")}  # fmt: skip
            found.append(Summary(
                *cell, round(mean["parameters"]), mean["passes"], mean["seconds"],
                tuple(float(row["accuracy"]) for row in tests), mean["nll"],
                max(trials, default=0.0),
            ))  # fmt: skip
    return found


def findings(rows: Sequence[Row]) -> list[str]:
    """A sentence for each comparison and data set: the KAN and the CNN that tuning prefers."""
    sentences = []
    for comparison in COMPARISONS:
        parts = []
        for dataset in DATASETS:
            own = [s for s in summarize(rows) if (s.dataset, s.comparison) == (dataset, comparison)]
            kans = [s for s in own if KINDS[s.model].is_kan]
            cnns = [s for s in own if not KINDS[s.model].is_kan]
            if kans and cnns:
                kan, cnn = (max(group, key=lambda s: s.tuned) for group in (kans, cnns))
                parts.append(f"{TITLES[dataset]} {kan.said} % against {cnn.said} %, in "
                             f"{kan.seconds / cnn.seconds:.1f} times the seconds")  # fmt: skip
        if parts:
            sentences.append(f"With {SAME[comparison]}, convolutional KANs against CNNs: "
                             f"{'; '.join(parts)}.")  # fmt: skip
    return sentences


def describe(rows: Sequence[Row]) -> str:
    """Markdown: the findings, then a table for each comparison."""
    summaries = summarize(rows)
    if not summaries:
        return "Nothing is measured yet."
    parts = [provenance(rows), "\n".join(f"- {sentence}" for sentence in findings(rows))]
    for comparison in COMPARISONS:
        own = [s for s in summaries if s.comparison == comparison]
        own.sort(key=lambda s: (DATASETS.index(s.dataset), -s.accuracy))
        lines = [[TITLES[s.dataset], s.model, f"{s.parameters:,}", f"{s.passes:.1f}",
                  f"{s.seconds:.1f}", s.said, f"{s.nll:.3f}"] for s in own]  # fmt: skip
        parts += [f"## With {SAME[comparison]}", table(HEAD, lines)] if own else []
    return "\n\n".join(parts)


def charts(rows: Sequence[Row]) -> dict[str, Any]:
    """Accuracy of every network by data set, in the comparison with as many parameters."""
    own = [s for s in summarize(rows) if s.comparison == "parameters"]
    datasets = [d for d in DATASETS if any(s.dataset == d for s in own)]
    if not datasets:
        return {}
    figure = figure_class("a chart")(figsize=(4.6, 2.6), layout="constrained")
    panels = figure.subplots(1, len(datasets), squeeze=False, sharey=True)[0]
    names = [name for name in KINDS if any(s.model == name for s in own)]
    for axes, dataset in zip(panels, datasets, strict=True):
        style_axes(axes)
        axes.set_title(TITLES[dataset], fontsize=10)
        for s in (s for s in own if s.dataset == dataset):
            kan = KINDS[s.model].is_kan
            place = [names.index(s.model)] * len(s.accuracies)
            axes.plot([100 * a for a in s.accuracies], place, "o", alpha=0.7,
                      color=BLUE if kan else ORANGE, label="KAN" if kan else "CNN")  # fmt: skip
        axes.set_yticks(range(len(names)), names)
        axes.set_ylim(len(names) - 0.5, -0.5)
        axes.set_xlabel("test accuracy, %", fontsize=9)
        axes.tick_params(labelsize=9)
    put_legend(figure, panels)
    return {"vision": figure}
