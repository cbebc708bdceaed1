"""A table whose effects are known, with numbers, categories, missing values and a pair."""

import numpy as np
import pandas as pd

EFFECT_OF_B = np.array([0.1, 1, -1, 2, 0.3, -2, 0, 1, -1, 0.5, 1.5, -0.5])
LEVELS = {"x": 1.0, "y": 0.0, "z": -1.0}


def make_table(rows=400, seed=0):
    """Columns a (missing values), b (whole numbers that are names), c (levels), d (heavy tails)."""
    random = np.random.default_rng(seed)
    table = pd.DataFrame(
        {
            "a": random.normal(size=rows),
            "b": random.integers(0, 12, rows),
            "c": random.choice(list("xyz"), rows),
            "d": random.standard_t(2, rows),
        }
    )
    table.loc[::9, "a"] = np.nan
    total = np.sin(2 * table.a.fillna(2.0)) + EFFECT_OF_B[table.b] + table.c.map(LEVELS)
    return table, (total + 0.8 * np.tanh(table.d) * (table.c == "x")).to_numpy(), random
