"""Random tables of 5 to 30 rows, most of which can't tell much more than the mean of y.

y is noise, or noise and a line, a sine or the levels of a category, .3, 1 or 3 times as large.
There are 1 to 5 columns, normal or uniform, of which the effect uses the first or none; half of
the targets are shifted by 5 to 10, where nearly all are positive. Errors are of 400 further rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.tables.models import MODELS

EFFECTS = ("none", "line", "curve", "level")
SIZES = (0.3, 1.0, 3.0)
LEVELS = ("a", "b", "c")
FEWEST, MOST, JUDGED = 5, 30, 400


@dataclass(frozen=True)
class FewRows:
    """A table to fit and one to judge by."""

    effect: str
    x: pd.DataFrame
    y: np.ndarray
    others: pd.DataFrame
    truth: np.ndarray


def draw_few_rows(seed: int) -> FewRows:
    """The tables of a seed; the effects of seeds take turns."""
    random = np.random.default_rng(seed)
    effect = EFFECTS[seed % len(EFFECTS)]
    rows, columns = int(random.integers(FEWEST, MOST + 1)), int(random.integers(1, 6))
    size, is_normal = float(random.choice(SIZES)), bool(random.integers(2))
    shift = float(random.uniform(5, 10)) if random.integers(2) else 0.0
    levels = random.normal(size=len(LEVELS))

    def make(count: int) -> tuple[pd.DataFrame, np.ndarray]:
        shape = count, columns
        values = random.normal(size=shape) if is_normal else random.uniform(-1.7, 1.7, shape)
        codes = random.integers(len(LEVELS), size=count)
        x = pd.DataFrame(values, columns=[f"x{i}" for i in range(columns)])
        first = {
            "none": np.zeros(count),
            "line": values[:, 0],
            "curve": 1.4 * np.sin(2 * values[:, 0]),
            "level": levels[codes],
        }
        if effect == "level":
            x["level"] = pd.Categorical.from_codes(codes, list(LEVELS))
        return x, shift + size * first[effect] + random.normal(size=count)

    return FewRows(effect, *make(rows), *make(JUDGED))


def measure_few_rows(seed: int) -> dict[str, Any]:
    """Root mean square errors of the mean, of a linear model and of ours."""
    table = draw_few_rows(seed)

    def judge(predictions: Any) -> float:
        return float(np.sqrt(np.mean((table.truth - predictions) ** 2)))

    linear, kan = (MODELS[name](False).fit(table.x, table.y) for name in ("linear", "kan"))
    return {
        "effect": table.effect,
        "rows": len(table.y),
        "columns": table.x.shape[1],
        "mean": judge(table.y.mean()),
        "linear": judge(linear.predict(table.others)),
        "kan": judge(kan.predict(table.others)),
    }


def describe_few_rows(rows: list[dict[str, Any]]) -> str:
    """Ratios to the mean's error, by geometric mean, and how many are above 1.2."""
    frame = pd.DataFrame(rows).astype({"mean": float, "linear": float, "kan": float, "rows": int})
    lines = [
        "| rows | tables | over the mean | over linear | above 1.2 | worst |",
        "|---|---|---|---|---|---|",
    ]
    for low, high in ((FEWEST, 14), (15, MOST), (FEWEST, MOST)):
        some = frame[frame.rows.between(low, high)]
        by_mean, by_linear = some.kan / some["mean"], some.kan / some.linear
        lines.append(
            f"| {low} to {high} | {len(some)} | {np.exp(np.log(by_mean).mean()):.3f} "
            f"| {np.exp(np.log(by_linear).mean()):.3f} | {(by_mean > 1.2).sum()} "
            f"| {by_mean.max():.2f} |"
        )
    return "\n".join(lines)
