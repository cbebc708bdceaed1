"""What the rows say: every loss over that of the better of boosting and a linear model."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import rankdata, studentized_range

from benchmarks.charts import make_panels, name_lines, put_legend, scale_log
from benchmarks.runs import geometric_mean
from benchmarks.study import Figures, Rows
from edgewise.charts.style import BLUE, GREEN, GREY, ORANGE, YELLOW

OTHERS = {"ebm": "EBM", "lightgbm": "LightGBM", "pygam": "pyGAM", "network": "an MLP (network)"}
"""The programs beside boosting and a linear model, as sentences call them."""
TITLES = {"kan": "KAN", "boosting": "boosting", "linear": "linear", **OTHERS}
CLIPPED = 3.0
"""Ratios of the chart beyond which a mark stands at the edge, with its number."""


def describe(rows: Sequence[Mapping[str, str]]) -> str:
    """Markdown: a line a table, then geometric means, mean ranks and median seconds.

    The last column is the share of targets within the intervals, or sets of classes, of KANs, where
    90 % should be. Below stands by how much mean ranks must differ to tell two models apart
    (Nemenyi, 5 %).
    """
    losses = read_losses(rows)
    seconds: dict[str, list[float]] = {}
    for row in rows:
        if row["loss"]:
            seconds.setdefault(row["model"], []).append(float(row["seconds"]))
    best = find_rivals(losses)
    models = sorted({model for each in losses.values() for model in each})
    held = {row["table"]: float(row["covered"]) for row in rows if row.get("covered")}
    heads = ["table", *models, *(["held"] if held else [])]
    lines = [_line(heads), _line(["---"] * len(heads))]
    ratios: dict[str, list[float]] = {model: [] for model in models}
    for table in best:
        cells = []
        for model in models:
            ratio = losses[table].get(model, np.nan) / best[table]
            cells.append("–" if np.isnan(ratio) else f"{ratio:.3f}")
            ratios[model] += [] if np.isnan(ratio) else [ratio]
        if held:
            cells.append(f"{held[table]:.1%}" if table in held else "–")
        lines.append(_line([table, *cells]))
    rest = [""] if held else []
    lines.append(_line(["geometric mean", *(_format_mean(ratios[m]) for m in models), *rest]))
    shared = [table for table in best if len(losses[table]) == len(models)]
    if shared:
        ranks = np.mean([rankdata([losses[t][m] for m in models]) for t in shared], axis=0)
        means = (_format_mean([losses[t][m] / best[t] for t in shared]) for m in models)
        lines.append(_line([f"of the {len(shared)} that all have", *means, *rest]))
        lines.append(_line(["mean rank on those", *(f"{rank:.2f}" for rank in ranks), *rest]))
    lines.append(_line(["median s", *(f"{np.median(seconds[m]):.2f}" for m in models), *rest]))
    if len(models) > 1 and shared:
        far = critical_difference(len(models), len(shared))
        lines += ["", f"Mean ranks that differ by less than {far:.2f} are no different (Nemenyi)."]
    return "\n".join(lines)


def read_losses(rows: Sequence[Mapping[str, str]]) -> dict[str, dict[str, float]]:
    """By table and model, of the fits that ended."""
    losses: dict[str, dict[str, float]] = {}
    for row in rows:
        if row["loss"]:
            losses.setdefault(row["table"], {})[row["model"]] = float(row["loss"])
    return losses


def find_rivals(losses: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """By table the loss of the better of boosting and a linear model, of those that ended."""
    rivals = {
        t: [each[m] for m in ("linear", "boosting") if m in each] for t, each in losses.items()
    }
    return {table: min(found) for table, found in rivals.items() if found}


def compare_two(rows: Sequence[Mapping[str, str]], one: str, other: str) -> str:
    """How often one model is ahead of another, by how much, and where it is the farthest behind."""
    losses = read_losses(rows).items()
    ratios = {t: each[one] / each[other] for t, each in losses if {one, other} <= set(each)}
    if not ratios:
        return ""
    ahead = sum(ratio < 1 for ratio in ratios.values())
    behind = sorted((t for t in ratios if ratios[t] > 1.01), key=lambda t: -ratios[t])
    told = ", ".join(f"{t} {ratios[t]:.3f}" for t in behind) or "none"
    return (
        f"{one} is ahead of {other} on {ahead} of {len(ratios)} tables; its loss is "
        f"{_format_mean(list(ratios.values()))} of that one's in the geometric mean. More than 1 % "
        f"behind: {told}."
    )


def _format_mean(ratios: Sequence[float]) -> str:
    return f"{np.exp(np.mean(np.log(ratios))):.3f}"


def critical_difference(models: int, tables: int) -> float:
    """How far apart mean ranks of so many models on so many tables are by chance, at most.

    That is Nemenyi's q √(k(k + 1) / 6N), with q of the studentized range at 5 % (Demšar, 2006).
    """
    q = studentized_range.ppf(0.95, models, np.inf) / np.sqrt(2)
    return float(q * np.sqrt(models * (models + 1) / (6 * tables)))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def findings(rows: Rows) -> list[str]:
    """The KAN's loss over the better of boosting's and the linear model's."""
    ratios = {table: best["kan"] for table, best in relate_tables(rows).items() if "kan" in best}
    if not ratios:
        return []
    ahead = sum(ratio <= 1 for ratio in ratios.values())
    worst = max(ratios, key=lambda t: ratios[t])
    return [
        f"On {ahead} of {len(ratios)} tables the KAN without any setting is as good as the better "
        f"of gradient boosting and a linear model, or better; its loss is "
        f"{statistics.median(ratios.values()):.3f} of that one's in the median, "
        f"{geometric_mean(ratios.values()):.3f} in the geometric mean{_tell_extreme(ratios)}, and "
        f"at worst ({worst}) {ratios[worst]:.3g} times as large.",
        *compare_others(read_losses(rows)),
    ]


def _tell_extreme(ratios: Mapping[str, float]) -> str:
    """The mean without the table that moves it most."""
    table = max(ratios, key=lambda t: abs(math.log(ratios[t])))
    rest = [ratio for name, ratio in ratios.items() if name != table]
    if not rest:
        return ""
    return f" ({geometric_mean(rest):.3f} without {table}, where it is {ratios[table]:.3f})"


def compare_others(losses: Mapping[str, Mapping[str, float]]) -> list[str]:
    """How the KAN stands beside the programs that aren't in the first comparison, and all."""
    parts = []
    for model, title in OTHERS.items():
        ratios = [own["kan"] / own[model] for own in losses.values() if {"kan", model} <= set(own)]
        if ratios:
            lower = sum(ratio < 1 for ratio in ratios)
            parts.append(f"{title} on {lower} of {len(ratios)} ({geometric_mean(ratios):.3f})")
    own = [each for each in losses.values() if "kan" in each and len(each) > 1]
    best = sum(each["kan"] <= min(each.values()) for each in own)
    return (
        [
            f"Beside the other programs in the same rows, the KAN's loss is lower than that of "
            f"{', of '.join(parts)}; in brackets its loss over theirs, geometric mean. It has the "
            f"lowest loss of all on {best} of {len(own)} tables."
        ]
        if parts
        else []
    )


def relate_tables(rows: Rows) -> dict[str, dict[str, float]]:
    """By table and model: the loss over that of the better of boosting and a linear model."""
    losses = read_losses(rows)
    rivals = find_rivals(losses)
    return {t: {m: loss / best for m, loss in losses[t].items()} for t, best in rivals.items()}


def charts(rows: Rows) -> Figures:
    """A line a table: each model's loss over the better of boosting's and the linear model's."""
    found = relate_tables(rows)
    if not found:
        return {}
    listed = sorted(found, key=lambda table: found[table].get("kan", 0.0))
    figure, (axes,) = make_panels(1.3 + 0.22 * len(listed))
    colours = {"boosting": ORANGE, "linear": GREY, "ebm": GREEN, "lightgbm": YELLOW, "kan": BLUE}
    for model, colour in colours.items():
        points = [
            (min(found[n][model], CLIPPED), k) for k, n in enumerate(listed) if model in found[n]
        ]
        if points:
            axes.plot(*zip(*points, strict=True), "o", color=colour, markersize=5, clip_on=False,
                      label=TITLES[model])  # fmt: skip
    for k, name in enumerate(listed):
        beyond = sorted(found[name][m] for m in colours if found[name].get(m, 0.0) > CLIPPED)
        if beyond:
            told = ", ".join(f"{v:,.0f} ×" for v in beyond)
            axes.annotate(f"→ {told}", (CLIPPED, k), (6, 0), textcoords="offset points",
                          va="center", size=8.5)  # fmt: skip
    axes.axvline(1, color=GREY, linewidth=1)
    scale_log(axes, "x", CLIPPED)
    axes.set_xlim(right=CLIPPED)
    name_lines(axes, listed)
    axes.tick_params(axis="y", labelsize=8.5)
    axes.set_xlabel("loss over that of boosting or a linear model,\nwhichever is better", size=9.5)
    put_legend(figure, [axes])
    return {"tables": figure}
