"""The rows of accuracy.csv as sentences, tables and pictures."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from typing import Any

from scipy.stats import rankdata

from benchmarks.accuracy.data import IMAGES, NAMES, TEST_ROWS
from benchmarks.accuracy.protocol import COMPARISONS
from benchmarks.accuracy.published import QUOTED
from benchmarks.accuracy.summary import Row, Summary, best_of, front, summarize
from benchmarks.charts import put_legend
from benchmarks.markdown import provenance, table
from edgewise.charts.style import BLUE, INK, ORANGE, figure_class, scale_log, style_axes

TITLES = {
    "width": "the same hidden width",
    "small": "the same number of parameters, small",
    "large": "the same number of parameters, large",
    "time": "the same number of parameters and training time",
}
HEAD = ("data set", "model", "parameters", "multiply-adds", "score", "NLL", "ECE", "seconds",
        "rate, decay, grid", "form")  # fmt: skip
SHOWN = 6
"""Panels of a picture."""


def describe(rows: Sequence[Row]) -> str:
    """Markdown: the findings, tables for each comparison, and what others published."""
    summaries = summarize(rows)
    if not summaries:
        return "Nothing is measured yet."
    parts = [provenance(rows), "\n".join(f"- {finding}" for finding in findings(rows))]
    for comparison in COMPARISONS:
        own = [s for s in summaries if s.comparison == comparison]
        images = [s for s in own if s.dataset in IMAGES]
        if own:
            parts += [f"## At {TITLES[comparison]}", _tabulate_scores(own)]
        if images:
            ordered = sorted(images, key=lambda s: (NAMES.index(s.dataset), -s.score))
            parts += ["Of the images:", table(HEAD, [_line(s) for s in ordered])]
    return "\n\n".join([*parts, "## Quoted from others, not measured here", quoted()])


def findings(rows: Sequence[Row]) -> list[str]:
    """Sentences that the numbers make: a count for each comparison, then each image set."""
    summaries = summarize(rows)
    sentences = []
    for comparison in COMPARISONS:
        own = [s for s in summaries if s.comparison == comparison]
        pairs = _pairs(own)
        if pairs:
            sentences.append(_count(comparison, pairs))
    for dataset in IMAGES:
        for comparison in COMPARISONS:
            own = [s for s in summaries if (s.dataset, s.comparison) == (dataset, comparison)]
            sentences += [_compare(kan, mlp) for kan, mlp in _pairs(own)]
    return sentences


def _tabulate_scores(summaries: Sequence[Summary]) -> str:
    """A line a model, a column a data set: accuracies in percent, or R²; and the mean rank.

    The best comes first, by mean rank over the data sets that all of the models have.
    """
    found = {(s.model, s.dataset): s for s in summaries}
    models = list(dict.fromkeys(s.model for s in summaries))
    names = [name for name in NAMES if any((model, name) in found for model in models)]
    shared = [name for name in names if all((model, name) in found for model in models)]
    ranks = dict.fromkeys(models, 0.0)
    for name in shared:
        scores = [-found[model, name].score for model in models]
        for model, rank in zip(models, rankdata(scores), strict=True):
            ranks[model] += rank / len(shared)
    lines = []
    for model in sorted(models, key=lambda model: ranks[model]):
        own = [found.get((model, name)) for name in names]
        cells = ["" if s is None else f"{s.score * 100 if s.is_classes else s.score:.3g}"
                 for s in own]  # fmt: skip
        lines.append([model, f"{ranks[model]:.1f}" if shared else "", *cells])
    return table(["model", "mean rank", *names], lines)


def quoted() -> str:
    """What others published, as a table."""
    lines = [[q.dataset, q.model, q.parameters, f"{q.accuracy:.2f} %", q.source] for q in QUOTED]
    return table(["data set", "model", "parameters", "accuracy", "source"], lines)


def charts(rows: Sequence[Row]) -> dict[str, Any]:
    """Figures by name: the score against parameters, and against seconds of training."""
    summaries = [s for s in summarize(rows) if s.is_classes]
    return {
        "accuracy_parameters": _chart(summaries, "parameters", "parameters"),
        "accuracy_seconds": _chart(summaries, "seconds", "seconds of training, one thread"),
    } if summaries else {}  # fmt: skip


def _pairs(summaries: Sequence[Summary]) -> list[tuple[Summary, Summary]]:
    """The KAN and the MLP that the rows to tune by prefer, for every data set that has both."""
    pairs = []
    for dataset in dict.fromkeys(s.dataset for s in summaries):
        own = [s for s in summaries if s.dataset == dataset]
        kan, mlp = best_of(own, mlp=False), best_of(own, mlp=True)
        if kan is not None and mlp is not None:
            pairs.append((kan, mlp))
    return pairs


def _verdict(kan: Summary, mlp: Summary) -> int:
    """1 if the KAN is ahead, -1 if it is behind, 0 where seeds or chance may be why.

    Ahead is by more than both deviations between seeds together, and by more than two standard
    errors of a score on so many test rows.
    """
    seeds = (kan.spread or 0) + (mlp.spread or 0)
    chance = 2 * _standard_error((kan.score + mlp.score) / 2, kan)
    gap = kan.score - mlp.score
    return 0 if abs(gap) <= max(seeds, chance) else (1 if gap > 0 else -1)


def _standard_error(score: float, about: Summary) -> float:
    """√(p (1 - p) / n) of an accuracy; about 2 √R² (1 - R²) / √n of an R²."""
    rows = TEST_ROWS[about.dataset]
    if about.is_classes:
        return math.sqrt(score * (1 - score) / rows)
    return 2 * math.sqrt(max(score, 0.0)) * (1 - score) / math.sqrt(rows)


def _count(comparison: str, pairs: Sequence[tuple[Summary, Summary]]) -> str:
    verdicts = [_verdict(kan, mlp) for kan, mlp in pairs]
    return (
        f"At {TITLES[comparison]}, the KAN that the validation rows choose is ahead of their MLP "
        f"on {verdicts.count(1)} of {len(pairs)} data sets, equal within chance on "
        f"{verdicts.count(0)}, and behind on {verdicts.count(-1)}."
    )


def _compare(kan: Summary, mlp: Summary) -> str:
    words = {
        1: "is more accurate than",
        0: "is, within chance, as accurate as",
        -1: "is less accurate than",
    }
    return (
        f"{kan.dataset}, {TITLES[kan.comparison]}: {kan.model} ({kan.parameters:,} parameters) "
        f"{words[_verdict(kan, mlp)]} {mlp.model} ({mlp.parameters:,}): {_score(kan)} against "
        f"{_score(mlp)}, in {kan.seconds / mlp.seconds:.2f} of its training time."
    )


def _score(summary: Summary) -> str:
    factor, unit = (100, " %") if summary.is_classes else (1, " R²")
    digits = 2 if summary.is_classes else 3
    spread = "" if summary.spread is None else f" ± {factor * summary.spread:.{digits}f}"
    return f"{factor * summary.score:.{digits}f}{spread}{unit}"


def _line(s: Summary) -> list[str]:
    rate, decay, grid = s.settings
    sizes = ", ".join(f"{k} {v}" for k, v in json.loads(grid).items())
    return [
        s.dataset,
        s.model,
        f"{s.parameters:,}",
        f"{s.multiply_adds:,}",
        _score(s),
        f"{s.nll:.3f}",
        "" if s.ece is None else f"{s.ece:.3f}",
        f"{s.seconds:.1f}",
        ", ".join(part for part in (f"{float(rate):g}", f"{float(decay):g}", sizes) if part),
        f"{s.form}, {s.seeds} seed{'s' if s.seeds > 1 else ''}",
    ]


def _chart(summaries: Sequence[Summary], cost: str, label: str) -> Any:
    names = [n for n in NAMES if n in {s.dataset for s in summaries}][:SHOWN]
    across = min(len(names), 3)
    down = -(-len(names) // across)
    figure = figure_class("a chart")(figsize=(1.2 + 3.1 * across, 0.8 + 2.9 * down),
                                     layout="constrained")  # fmt: skip
    panels = figure.subplots(down, across, squeeze=False)
    for axes, name in zip(panels.flat, names, strict=False):
        _draw_panel(axes, [s for s in summaries if s.dataset == name], cost)
        quick = any(s.form == "quick" for s in summaries if s.dataset == name)
        axes.set_title(f"{name}{', with short training' if quick else ''}", size=10)
    for axes in panels.flat[len(names) :]:
        axes.set_visible(False)
    figure.supxlabel(label, size=10)
    figure.supylabel("test accuracy, %", size=10)
    put_legend(figure, panels.flat[: len(names)])
    return figure


def _draw_panel(axes: Any, summaries: Sequence[Summary], cost: str) -> None:
    for mlp, colour, name in ((False, BLUE, "KAN"), (True, ORANGE, "MLP")):
        own = [s for s in summaries if s.is_mlp == mlp]
        x, y = [getattr(s, cost) for s in own], [100 * s.score for s in own]
        axes.plot(x, y, "o", color=colour, markersize=4, alpha=0.7, label=name)
        line = front(own, cost)
        x, y = [getattr(s, cost) for s in line], [100 * s.score for s in line]
        axes.plot(x, y, "-", color=colour, linewidth=1.5, label=f"{name}, Pareto front")
    costs = [getattr(s, cost) for s in summaries]
    for each in front(summaries, cost)[-1:]:
        place = getattr(each, cost)
        is_left = place < math.sqrt(min(costs) * max(costs))
        axes.annotate(
            each.model,
            (place, 100 * each.score),
            textcoords="offset points",
            xytext=(4 if is_left else -4, 5),
            ha="left" if is_left else "right",
            size=8,
            color=INK,
        )
    # At least a factor of 8, so that there are several round numbers on the axis.
    pad = max(1.2, math.sqrt(8 * min(costs) / max(costs)))
    scale_log(axes, "x", 100)
    axes.set_xlim(min(costs) / pad, max(costs) * pad)
    # Those that barely learn would press all others into one line.
    best = max(100 * s.score for s in summaries)
    low = min((100 * s.score for s in summaries if 100 * s.score > best - 12), default=best)
    axes.set_ylim(low - 0.08 * (best - low + 1), best + 0.15 * (best - low + 1))
    style_axes(axes)
    axes.tick_params(labelsize=8.5)
