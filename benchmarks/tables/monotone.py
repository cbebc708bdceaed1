"""Random models whose effects must rise or fall, tried on random pairs of rows near and far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.sklearn import KANClassifier, KANRegressor

Array = NDArray[np.float64]

SLACK = 1e-12
"""For rounding, as a share of the predictions."""


def draw_model(random: np.random.Generator) -> tuple[Array, list[int], Callable[[Array], Array]]:
    """The columns of a small table of random sizes, their signs, and a model's predictions.

    The first two columns have a sign; the truth keeps to none of them.
    """
    rows = int(random.integers(8, 60))
    x = random.choice([random.normal, random.standard_cauchy, random.exponential])(size=(rows, 3))
    if random.uniform() < 0.3:
        x = np.round(x * 2) / 2  # few different values
    signs = random.choice([-1, 1], 2).tolist()
    y = random.normal(size=rows) + 2 * np.sin(2 * x[:, 0]) + random.normal() * x[:, 1] * x[:, 2]
    if random.uniform() < 0.3:
        y = np.exp(0.5 * np.clip(y, -5, 5))  # for the logarithmic link
    everything = np.arange(rows)
    settings: Any = {"monotonic_cst": [*signs, 0], "cv": [(everything, everything)]}
    if random.uniform() < 0.3:
        return x, signs, KANClassifier(**settings).fit(x, y > np.median(y)).decision_function
    return x, signs, KANRegressor(**settings).fit(x, y).predict


def draw_pairs(
    random: np.random.Generator, x: Array, signs: list[int], count: int
) -> tuple[Array, Array]:
    """Rows, and others that are further in every column with a sign, also far outside."""
    reach = np.quantile(np.abs(x), 0.9, axis=0) * random.choice([0.5, 1, 3, 1e6], (count, 1))
    low = random.uniform(-1, 1, (count, 3)) * reach
    high = low.copy()
    high[:, :2] += np.array(signs) * random.exponential(1, (count, 2)) * reach[:, :2]
    return low, high


def count_violations(models: int, pairs: int, seed: int) -> dict[str, Any]:
    """How many pairs of rows were predicted in the wrong order.

    Also by how much the worst one was, as a share of its prediction, and how many models moved at
    all: one that doesn't violates nothing and shows nothing.
    """
    random = np.random.default_rng(seed)
    violated, worst, moved = 0, 0.0, 0
    for _ in range(models):
        x, signs, predict = draw_model(random)
        low, high = draw_pairs(random, x, signs, pairs)
        below, above = predict(low), predict(high)
        falls = (below - above) / (1 + np.abs(below))
        violated += int(np.sum(falls > SLACK))
        worst = max(worst, float(falls.max()))
        moved += bool(np.any(below < above))
    return {
        "models": models,
        "pairs": pairs,
        "violated": violated,
        "worst": worst,
        "moved": moved,
    }
