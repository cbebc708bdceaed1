"""What the rows about accuracy say: tables, sentences and charts."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from typing import Any

from scipy.stats import rankdata

from benchmarks.accuracy.data import IMAGES, NAMES, TEST_ROWS
from benchmarks.accuracy.protocol import (
    COMPARISONS,
)
from benchmarks.accuracy.published import QUOTED
from benchmarks.charts import make_panels, put_legend, scale_log
from benchmarks.markdown import provenance, table
from benchmarks.runs import Runs, geometric_mean, group, prefer_full
from benchmarks.study import Figures, Rows
from edgewise.charts.style import BLUE, INK, ORANGE

CELL = ("form", "dataset", "comparison", "model")
TITLES = {
    "width": "the same hidden width",
    "small": "the same number of parameters, small networks",
    "large": "the same number of parameters, large networks",
    "time": "the same number of parameters and steps chosen for equal time",
}
ORDER = ("small", "large", "time", "width")
"""Fair comparisons first: at the same width a KAN has up to nine times the MLP's parameters."""
HEAD = ("data set", "model", "parameters", "multiply-adds", "score", "NLL", "ECE", "seconds",
        "rate, decay, grid", "form")  # fmt: skip
SHOWN = 6
"""Panels of a picture."""


def summarize(rows: Rows) -> list[Runs]:
    """The test runs of each data set, comparison and model, of the better form that there is."""
    good = [row for row in rows if not row["error"]]
    tests = prefer_full([r for r in good if r["kind"] == "test"], "dataset", "comparison")
    trials = group([r for r in good if r["kind"] == "tuning"], *CELL)
    return [Runs(own, trials.get(place, [])) for place, own in group(tests, *CELL).items()]


def is_classes(runs: Runs) -> bool:
    return bool(runs["accuracy"])


def is_mlp(runs: Runs) -> bool:
    return runs["model"].startswith("mlp")


def measure_of(runs: Runs) -> str:
    """The column of its score: accuracy, or R² of numbers."""
    return "accuracy" if is_classes(runs) else "r2"


def score(runs: Runs) -> float:
    """The mean of the chosen setting on the test rows."""
    return runs.mean(measure_of(runs))


def spread(runs: Runs) -> float | None:
    """The deviation of the score between seeds; None of a single one."""
    return runs.deviation(measure_of(runs))


def front(summaries: Sequence[Runs], cost: str) -> list[Runs]:
    """Those that no other one beats in score at the same cost or less, by rising cost."""
    best, kept = float("-inf"), []
    for each in sorted(summaries, key=lambda s: (s.mean(cost), -score(s))):
        if score(each) > best:
            best = score(each)
            kept.append(each)
    return kept


def best_of(summaries: Iterable[Runs], *, mlp: bool) -> Runs | None:
    """That of the MLPs, or of the others, which was best on the rows to tune by.

    The best of many on the test rows would look better than it is.
    """
    own = [s for s in summaries if is_mlp(s) == mlp]
    return max(own, key=lambda s: s.best_trial(measure_of(s))) if own else None


def describe(rows: Rows) -> str:
    """Markdown: the findings, tables for each comparison, and what others published."""
    summaries = summarize(rows)
    if not summaries:
        return ""
    parts = [provenance(rows), "\n".join(f"- {finding}" for finding in findings(rows))]
    for comparison in COMPARISONS:
        own = [s for s in summaries if s["comparison"] == comparison]
        images = [s for s in own if s["dataset"] in IMAGES]
        if own:
            parts += [f"## At {TITLES[comparison]}", _tabulate_scores(own)]
        if images:
            ordered = sorted(images, key=lambda s: (NAMES.index(s["dataset"]), -score(s)))
            parts += ["Of the images:", table(HEAD, [_line(s) for s in ordered])]
    return "\n\n".join([*parts, "## Quoted from others, not measured here", quoted()])


def findings(rows: Rows) -> list[str]:
    """Counts and image sets of the fair comparisons, then those of the same width."""
    summaries = summarize(rows)
    groups = [[s for s in summaries if s["comparison"] == comparison] for comparison in ORDER]
    *fair, wide = [(own, _pairs(own)) for own in groups]
    sentences = [_count(own, pairs) for own, pairs in fair if pairs]
    found = [pair for _, pairs in fair for pair in pairs]
    for dataset in IMAGES:
        sentences += [_compare(kan, mlp) for kan, mlp in found if kan["dataset"] == dataset]
    own, pairs = wide
    sentences += [_count(own, pairs)] if pairs else []
    return sentences + [_compare(*pair) for pair in pairs if pair[0]["dataset"] in IMAGES]


def _tabulate_scores(summaries: Sequence[Runs]) -> str:
    """A line a model, a column a data set: accuracies in percent, or R²; and the mean rank.

    The best comes first, by mean rank over the data sets that all of the models have.
    """
    found = {(s["model"], s["dataset"]): s for s in summaries}
    models = list(dict.fromkeys(s["model"] for s in summaries))
    names = [name for name in NAMES if any((model, name) in found for model in models)]
    shared = [name for name in names if all((model, name) in found for model in models)]
    ranks = dict.fromkeys(models, 0.0)
    for name in shared:
        scores = [-score(found[model, name]) for model in models]
        for model, rank in zip(models, rankdata(scores), strict=True):
            ranks[model] += rank / len(shared)
    lines = []
    for model in sorted(models, key=lambda model: ranks[model]):
        own = [found.get((model, name)) for name in names]
        cells = ["" if s is None else f"{score(s) * 100 if is_classes(s) else score(s):.3g}"
                 for s in own]  # fmt: skip
        lines.append([model, f"{ranks[model]:.1f}" if shared else "", *cells])
    return table(["model", "mean rank", *names], lines)


def quoted() -> str:
    """What others published, as a table."""
    lines = [[q.dataset, q.model, q.parameters, f"{q.accuracy:.2f} %", q.source] for q in QUOTED]
    return table(["data set", "model", "parameters", "accuracy", "source"], lines)


def charts(rows: Rows) -> Figures:
    """Figures by name: the score against parameters, and against seconds of training."""
    summaries = [s for s in summarize(rows) if is_classes(s)]
    return {
        "accuracy_parameters": _chart(summaries, "parameters", "parameters"),
        "accuracy_seconds": _chart(summaries, "seconds", "seconds of training, one thread"),
    } if summaries else {}  # fmt: skip


def _pairs(summaries: Sequence[Runs]) -> list[tuple[Runs, Runs]]:
    """The KAN and the MLP that the rows to tune by prefer, for every data set that has both."""
    pairs = []
    for dataset in dict.fromkeys(s["dataset"] for s in summaries):
        own = [s for s in summaries if s["dataset"] == dataset]
        kan, mlp = best_of(own, mlp=False), best_of(own, mlp=True)
        if kan is not None and mlp is not None:
            pairs.append((kan, mlp))
    return pairs


def _verdict(kan: Runs, mlp: Runs) -> int:
    """1 if the KAN is ahead, -1 if it is behind, 0 where seeds or chance may be why.

    Ahead is by more than both deviations between seeds together, and by more than two standard
    errors of a score on so many test rows.
    """
    seeds = (spread(kan) or 0) + (spread(mlp) or 0)
    chance = 2 * _standard_error((score(kan) + score(mlp)) / 2, kan)
    gap = score(kan) - score(mlp)
    return 0 if abs(gap) <= max(seeds, chance) else (1 if gap > 0 else -1)


def _standard_error(expected: float, about: Runs) -> float:
    """√(p (1 - p) / n) of an accuracy; about 2 √R² (1 - R²) / √n of an R²."""
    rows = TEST_ROWS[about["dataset"]]
    if is_classes(about):
        return math.sqrt(expected * (1 - expected) / rows)
    return 2 * math.sqrt(max(expected, 0.0)) * (1 - expected) / math.sqrt(rows)


def _count(summaries: Sequence[Runs], pairs: Sequence[tuple[Runs, Runs]]) -> str:
    """On how many data sets the KAN is ahead, equal and behind, and their names and scores."""
    mlps, kans = (len({s["model"] for s in summaries if is_mlp(s) == mlp}) for mlp in (True, False))
    ahead, equal, behind = ([p for p in pairs if _verdict(*p) == v] for v in (1, 0, -1))
    times = [kan.mean("seconds") / mlp.mean("seconds") for kan, mlp in pairs]
    return (
        f"At {TITLES[summaries[0]['comparison']]}, the best of {kans} KANs is ahead of the better "
        f"of {mlps} MLPs on {len(ahead)} of {len(pairs)} data sets{_list(ahead)}, equal within "
        f"chance on {len(equal)}, and behind on {len(behind)}{_list(behind)}. The best is chosen "
        f"on validation rows and scored on test rows, with {min(len(kan.rows) for kan, _ in pairs)}"
        f" seeds. A KAN's training takes {geometric_mean(times):.2f} of the MLP's time in the "
        f"geometric mean, from {min(times):.2f} to {max(times):.2f}.{_tell_larger(pairs)}"
    )


def _tell_larger(pairs: Sequence[tuple[Runs, Runs]]) -> str:
    """By how much KANs are larger, where they are."""
    most = max(kan.mean("parameters") / mlp.mean("parameters") for kan, mlp in pairs)
    return f" A KAN has up to {most:.1f} times the MLP's parameters." if most > 1.2 else ""


def _list(pairs: Sequence[tuple[Runs, Runs]]) -> str:
    """The data sets in brackets, with the scores of KAN and MLP."""
    told = (
        f"{kan['dataset']} {_tell_mean(kan)} against {_tell_mean(mlp)}{_scale(kan)[1]}"
        for kan, mlp in pairs
    )
    return f" ({', '.join(told)})" if pairs else ""


def _compare(kan: Runs, mlp: Runs) -> str:
    words = {
        1: "is more accurate than",
        0: "is, within chance, as accurate as",
        -1: "is less accurate than",
    }
    sizes = [int(runs["parameters"]) for runs in (kan, mlp)]
    return (
        f"{kan['dataset']}, {TITLES[kan['comparison']]}: {kan['model']} ({sizes[0]:,} parameters) "
        f"{words[_verdict(kan, mlp)]} {mlp['model']} ({sizes[1]:,}): {_tell_score(kan)} against "
        f"{_tell_score(mlp)}, in {kan.mean('seconds') / mlp.mean('seconds'):.2f} of its training "
        "time."
    )


def _tell_score(runs: Runs) -> str:
    factor, unit, digits = _scale(runs)
    deviation = spread(runs)
    around = "" if deviation is None else f" ± {factor * deviation:.{digits}f}"
    return f"{_tell_mean(runs)}{around}{unit}"


def _tell_mean(runs: Runs) -> str:
    factor, _, digits = _scale(runs)
    return f"{factor * score(runs):.{digits}f}"


def _scale(runs: Runs) -> tuple[int, str, int]:
    """The factor of a score, its unit and its digits."""
    return (100, " %", 2) if is_classes(runs) else (1, " R²", 3)


def _line(s: Runs) -> list[str]:
    rate, decay, grid = s["lr"], s["weight_decay"], s["grid"]
    sizes = ", ".join(f"{k} {v}" for k, v in json.loads(grid).items())
    return [
        s["dataset"],
        s["model"],
        f"{int(s['parameters']):,}",
        f"{int(s['multiply_adds']):,}",
        _tell_score(s),
        f"{s.mean('nll'):.3f}",
        f"{s.mean('ece'):.3f}" if is_classes(s) else "",
        f"{s.mean('seconds'):.1f}",
        ", ".join(part for part in (f"{float(rate):g}", f"{float(decay):g}", sizes) if part),
        f"{s['form']}, {len(s.rows)} seed{'s' if len(s.rows) > 1 else ''}",
    ]


def _chart(summaries: Sequence[Runs], cost: str, label: str) -> Any:
    names = [n for n in NAMES if n in {s["dataset"] for s in summaries}][:SHOWN]
    across = min(len(names), 2)
    down = -(-len(names) // across)
    figure, panels = make_panels(0.9 + 2.1 * down, across, down, letters=8)
    for axes, name in zip(panels, names, strict=False):
        _draw_panel(axes, [s for s in summaries if s["dataset"] == name], cost)
        quick = any(s["form"] == "quick" for s in summaries if s["dataset"] == name)
        axes.set_title(f"{name}{', with short training' if quick else ''}", size=10)
    for axes in panels[len(names) :]:
        axes.set_visible(False)
    figure.supxlabel(label, size=10)
    figure.supylabel("test accuracy, %", size=10)
    put_legend(figure, panels[: len(names)])
    return figure


def _draw_panel(axes: Any, summaries: Sequence[Runs], cost: str) -> None:
    for mlp, colour, name in ((False, BLUE, "KAN"), (True, ORANGE, "MLP")):
        own = [s for s in summaries if is_mlp(s) == mlp]
        x, y = [s.mean(cost) for s in own], [100 * score(s) for s in own]
        axes.plot(x, y, "o", color=colour, markersize=4, alpha=0.7, label=name)
        line = front(own, cost)
        x, y = [s.mean(cost) for s in line], [100 * score(s) for s in line]
        # The best one stays the best for all that costs more: the front goes on to the right.
        if own:
            x.append(max(s.mean(cost) for s in summaries))
            y.append(y[-1])
        axes.plot(x, y, "-", color=colour, linewidth=1.5, drawstyle="steps-post",
                  label=f"{name}, best so far")  # fmt: skip
    costs = [s.mean(cost) for s in summaries]
    for each in front(summaries, cost)[-1:]:
        place = each.mean(cost)
        is_left = place < math.sqrt(min(costs) * max(costs))
        axes.annotate(
            each["model"],
            (place, 100 * score(each)),
            textcoords="offset points",
            xytext=(4 if is_left else -4, 5),
            ha="left" if is_left else "right",
            size=8,
            color=INK,
        )
    from matplotlib.ticker import EngFormatter

    # At least a factor of 8, so that there are several round numbers on the axis.
    pad = max(1.2, math.sqrt(8 * min(costs) / max(costs)))
    scale_log(axes, "x", 100)
    if cost == "parameters":
        axes.xaxis.set_major_formatter(EngFormatter(sep=""))
    axes.set_xlim(min(costs) / pad, max(costs) * pad)
    # Those that barely learn would press all others into one line.
    best = max(100 * score(s) for s in summaries)
    low = min((100 * score(s) for s in summaries if 100 * score(s) > best - 12), default=best)
    axes.set_ylim(low - 0.08 * (best - low + 1), best + 0.15 * (best - low + 1))
