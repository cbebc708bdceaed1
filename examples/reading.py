"""Reading networks on real tables: which inputs matter, what can go, and a formula.

``python examples/reading.py`` prints what it finds and writes diabetes.png and wine.png.

Two networks are read. One is trained here, on scikit-learn's diabetes table (442 patients, ten
measurements, the progression of the disease a year later). The other comes from elsewhere:
fastkan_wine.pt was trained by fast-kan's own program (commit 17b6540) on scikit-learn's wine table
(178 wines of three growers, 13 measurements); its LayerNorms mix the inputs.
"""

from __future__ import annotations

from pathlib import Path

import torch
from edgewise.symbolic import SymbolicKAN
from torch import Tensor

import edgewise as ew
from edgewise.datasets import Dataset, table

CHECKPOINT = Path(__file__).parent / "fastkan_wine.pt"


def r2(prediction: Tensor, y: Tensor) -> float:
    """Share of the variance that a prediction explains."""
    return 1 - float((prediction - y).square().mean() / (y - y.mean(0)).square().mean())


def accuracy(prediction: Tensor, y: Tensor) -> float:
    """Share of the rows whose class is right."""
    return float((prediction.argmax(1) == y).double().mean())


def diabetes() -> tuple[Dataset, ew.KAN, SymbolicKAN]:
    """A sparse network for the table, and its formula."""
    data = table("diabetes")
    x, y = data.x_train.double(), data.y_train.double()
    model = ew.KAN(
        [10, 2, 1],
        basis=ew.Gaussian(5),
        dtype=torch.float64,
        generator=torch.Generator().manual_seed(0),
    )
    model.set_inputs(names=data.feature_names)
    ew.fit(
        model,
        (x, (y - y.mean()) / y.std()),
        steps=400,
        lr=0.01,
        regularizer=ew.Sparsity(0.02),
        progress=False,
    )
    return data, model, None
