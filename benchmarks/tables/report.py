"""The rows as one table: every loss over that of the better of boosting and a linear model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.stats import rankdata


def describe(rows: Sequence[Mapping[str, str]]) -> str:
    """Markdown: a line a table, then mean ranks, geometric means and median seconds."""
    losses: dict[str, dict[str, float]] = {}
    seconds: dict[str, list[float]] = {}
    for row in rows:
        if row["loss"]:
            losses.setdefault(row["table"], {})[row["model"]] = float(row["loss"])
            seconds.setdefault(row["model"], []).append(float(row["seconds"]))
    whole = [t for t, each in losses.items() if {"linear", "boosting"} <= set(each)]
    models = sorted({model for each in losses.values() for model in each})
    lines = [_line(["table", *models]), _line(["---"] * (len(models) + 1))]
    ratios: dict[str, list[float]] = {model: [] for model in models}
    for table in whole:
        best = min(losses[table]["linear"], losses[table]["boosting"])
        cells = []
        for model in models:
            ratio = losses[table].get(model, np.nan) / best
            cells.append("–" if np.isnan(ratio) else f"{ratio:.3f}")
            ratios[model] += [] if np.isnan(ratio) else [ratio]
        lines.append(_line([table, *cells]))
    means = [f"{np.exp(np.mean(np.log(ratios[m]))):.3f}" for m in models]
    lines.append(_line(["geometric mean", *means]))
    common = [m for m in models if len(ratios[m]) == len(whole)]
    ranks = np.array([rankdata([losses[t][m] for m in common]) for t in whole]).mean(0)
    place = dict(zip(common, ranks, strict=True))
    lines.append(_line(["mean rank", *(f"{place[m]:.2f}" if m in place else "–" for m in models)]))
    lines.append(_line(["median s", *(f"{np.median(seconds[m]):.2f}" for m in models)]))
    return "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
