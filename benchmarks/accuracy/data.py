"""The data sets: images and tables, each split into rows to fit, to tune by, and to judge by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import torch
from sklearn.model_selection import train_test_split
from torch import Tensor

from benchmarks.tables.data import load as load_table
from benchmarks.tables.models import encode_columns, prepare
from edgewise import datasets

IMAGES = ("mnist", "fashion_mnist")
BUNDLED = ("digits", "iris", "wine", "breast_cancer", "diabetes")
PACKAGED = (
    *("diamonds", "NOxEmissions", "Males", "Hedonic", "Star"),
    *("titanic", "Treatment", "Car"),
)
"""Those of the package pydataset; no others of it."""
NAMES = (*IMAGES, *BUNDLED, *PACKAGED)
TEST_ROWS = {
    "mnist": 10_000, "fashion_mnist": 10_000, "digits": 450, "iris": 38, "wine": 45,
    "breast_cancer": 143, "diabetes": 111, "diamonds": 2500, "NOxEmissions": 2022, "Males": 1090,
    "Hedonic": 127, "Star": 1437, "titanic": 329, "Treatment": 669, "Car": 1164,
}  # fmt: skip
"""How many rows judge: what chance does to a score follows from it."""
MOST_ROWS = 10_000
"""Of a table: the same ones are drawn of a larger one."""

Rows = tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Split:
    """A data set: all of a model's choices are made with ``fit`` and ``tune``.

    Attributes:
        name: of the data set.
        fit: rows that trials train on.
        tune: rows that compare trials.
        test: rows that only the chosen setting is judged by.
        is_classes: whether the targets are classes; other targets have mean 0 and deviation 1.
        unit: what a target's deviation is in the table's own unit; 1 for classes.
    """

    name: str
    fit: Rows
    tune: Rows
    test: Rows
    is_classes: bool
    unit: float = 1.0

    @property
    def train(self) -> Rows:
        """What the chosen setting trains on: everything but the test rows."""
        (x, y), (xt, yt) = self.fit, self.tune
        return torch.cat([x, xt]), torch.cat([y, yt])

    @property
    def in_features(self) -> int:
        return self.fit[0].shape[1]

    @property
    def out_features(self) -> int:
        if not self.is_classes:
            return self.fit[1].shape[1]
        return int(max(int(y.max()) for _, y in (self.fit, self.tune, self.test))) + 1


@cache
def load(name: str, most_rows: int | None = None) -> Split:
    """A data set by name; its parts are the same each time.

    The test rows are those of the data set where it has some, else a quarter, drawn with seed 0;
    rows to tune by are a sixth of the others.

    Args:
        most_rows: fewer rows to train and tune with, for a quick look.
    """
    if name in (*IMAGES, "digits"):
        data = datasets.load(name)
        x, y, test, classes, unit = data.x_train, data.y_train, data.test, True, 1.0
    else:
        x, y, test, classes, unit = _load_table(name)
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(0))[:most_rows]
    tune, fit = order[: len(order) // 6], order[len(order) // 6 :]
    return Split(name, (x[fit], y[fit]), (x[tune], y[tune]), test, classes, unit)


def _load_table(name: str) -> tuple[Tensor, Tensor, Rows, bool, float]:
    """Columns as numbers and, for a target that is one, scaled; by what the train rows say."""
    table = load_table(name, MOST_ROWS)
    rows = np.arange(len(table.y))
    classes = np.unique(table.y.astype(str), return_inverse=True)[1]
    train, test = train_test_split(
        rows, test_size=0.25, random_state=0, stratify=classes if table.is_classes else None
    )
    frame = prepare(table.x)
    columns = encode_columns().fit(frame.iloc[train])
    x_train, x_test = (_tensor(columns.transform(frame.iloc[part])) for part in (train, test))
    if table.is_classes:
        y_train, y_test = (torch.as_tensor(classes[part]) for part in (train, test))
        return x_train, y_train, (x_test, y_test), True, 1.0
    target = table.y.to_numpy(float)[:, None]
    mean, unit = target[train].mean(), float(target[train].std())
    y_train, y_test = (_tensor((target[part] - mean) / unit) for part in (train, test))
    return x_train, y_train, (x_test, y_test), False, unit


def _tensor(values: Any) -> Tensor:
    return torch.as_tensor(np.asarray(values), dtype=torch.float32)
