"""Random tables with known parts: curves, steps, levels, pairs and pairs of cells.

Columns are correlated, and the first six have effects. The kinds of seeds take turns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.tables.data import Table

Array = NDArray[np.float64]

JUDGED = 4000
WITH_EFFECTS = 6
PAIRS = 3
LEVELS = {"shop": 300, "city": 40}


@dataclass(frozen=True)
class Kind:
    """What the tables of a kind have.

    Attributes:
        rows, columns: of the table to fit; 0 columns are 5 to 9 by chance.
        steps: the share of columns whose effects are steps; the others' are curves.
        products, cells: the size of each of three pairs: products, or 0 and 1 like a checkerboard
            of four cells, beside a curve or steps of about 1.
        is_levelled: whether there are two columns of 300 and 40 levels.
        is_heavy: whether columns and errors have heavy tails.
        missing: the share of missing values.
        classes: the probability that y is a class, and the share of that class.
        is_count: whether y is a count.
    """

    rows: int = 1500
    columns: int = 0
    steps: float = 0.0
    products: float = 0.0
    cells: float = 0.0
    is_levelled: bool = False
    is_heavy: bool = False
    missing: float = 0.0
    classes: tuple[float, float] = (0.4, 0.35)
    is_count: bool = False


KINDS = {
    "few": Kind(rows=200, products=1.0),
    "smooth": Kind(),
    "steps": Kind(steps=1.0),
    "levels": Kind(rows=2500, is_levelled=True),
    "heavy": Kind(is_heavy=True, classes=(0.0, 0.0)),
    "rare": Kind(rows=4000, steps=0.5, classes=(1.0, 0.01)),
    "pairs": Kind(products=2.0),
    "cells": Kind(cells=3.0),
    "behind": Kind(steps=1.0, products=2.0),
    "missing": Kind(steps=0.5, missing=0.15),
    "wide": Kind(rows=600, columns=40, steps=0.5),
    "counts": Kind(steps=0.5, products=0.5, classes=(0.0, 0.0), is_count=True),
}


def draw_made_up(seed: int) -> tuple[Table, int]:
    """The table of a seed, named by its kind, and how many of its first rows are to be fitted."""
    random = np.random.default_rng(seed)
    name = list(KINDS)[seed % len(KINDS)]
    kind = KINDS[name]
    rows = kind.rows + JUDGED
    x, z = _draw_columns(random, kind, rows)
    effects = _draw_effects(random, kind, z)
    x = pd.DataFrame(x).add_prefix("x")
    for label, count in LEVELS.items() if kind.is_levelled else ():
        codes = _draw_codes(random, count, rows)
        x[label] = pd.Series(codes).map(lambda code, label=label: f"{label}{code}")
        some = random.uniform(size=count) < random.choice([0.5, 1.0])
        effects += (random.normal(size=count) * some)[codes]
    y, is_classes = _draw_target(random, kind, effects / effects.std())
    return Table(name, x, pd.Series(y), is_classes), kind.rows


def _draw_columns(random: np.random.Generator, kind: Kind, rows: int) -> tuple[Array, Array]:
    """The columns as the table has them, and standardised without tails and gaps."""
    columns = kind.columns or int(random.integers(5, 10))
    mix = np.eye(columns) + 0.4 * random.normal(size=(columns, columns))
    z = random.normal(size=(rows, columns)) @ mix
    x = np.sign(z) * np.expm1(1.5 * np.abs(z)) if kind.is_heavy else z.copy()
    x[random.uniform(size=x.shape) < kind.missing] = np.nan
    z = np.where(np.isnan(x), 0.0, z)
    return x, z / z.std(0)


def _draw_effects(random: np.random.Generator, kind: Kind, z: Array) -> Array:
    """The sums of all effects of numbers."""
    effects = np.zeros(len(z))
    count = min(WITH_EFFECTS, z.shape[1])
    for column in z.T[:count]:
        has_steps = random.uniform() < kind.steps
        effects += (_draw_steps if has_steps else _draw_curve)(random, column)
    parts: list[tuple[float, Callable[[Array, Array], Array]]] = [
        (kind.products, np.multiply),
        (kind.cells, lambda a, b: np.asarray((a > 0) ^ (b > 0.3), dtype=np.float64)),
    ]
    for size, combine in parts:
        for _ in range(PAIRS if size else 0):
            i, j = random.choice(count, 2, replace=False)
            effects += size * combine(z[:, i], z[:, j])
    return effects


def _draw_steps(random: np.random.Generator, x: Array) -> Array:
    """Four levels, between three quantiles by chance."""
    cuts = np.quantile(x, np.sort(random.uniform(0.05, 0.95, 3)))
    return np.asarray(random.normal(size=4)[np.searchsorted(cuts, x)])


def _draw_curve(random: np.random.Generator, x: Array) -> Array:
    """A sine and a line."""
    size, phase, slope = random.normal(size=3)
    return np.asarray(size * np.sin(1.5 * x + phase) + 0.5 * slope * x)


def _draw_codes(random: np.random.Generator, count: int, rows: int) -> NDArray[np.intp]:
    """Levels that are all as frequent, or of which some are much more frequent than others."""
    if random.uniform() < 0.5:
        return random.integers(0, count, rows)
    return np.minimum((5 * random.pareto(1.0, rows)).astype(int), count - 1)


def _draw_target(
    random: np.random.Generator, kind: Kind, effects: Array
) -> tuple[NDArray[np.float64] | NDArray[np.str_], bool]:
    """y for sums of effects of deviation 1, and whether it is a class."""
    is_class, share = kind.classes
    if random.uniform() < is_class:
        logits = 3.75 * (effects - np.quantile(effects, 1 - share))
        labels = random.uniform(size=len(effects)) < 1 / (1 + np.exp(-logits))
        return np.where(labels, "yes", "no"), True
    if kind.is_count:
        return random.poisson(np.exp(0.7 * effects)).astype(np.float64), False
    noise = random.choice([0.1, 0.4, 1.0])
    tails = random.standard_t(2.5, len(effects)) if kind.is_heavy else None
    return effects + noise * (random.normal(size=len(effects)) if tails is None else tails), False
