"""The rows as one table: every loss over that of the better of boosting and a linear model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import rankdata, studentized_range


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
