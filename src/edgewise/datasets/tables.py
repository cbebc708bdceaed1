"""Small tables that scikit-learn bundles, and its two moons."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import torch

from edgewise._memory import check_memory
from edgewise.datasets._dataset import Dataset, moments, unknown_name

_CLASSIFICATION = ("iris", "wine", "breast_cancer", "digits")
_REGRESSION = ("diabetes", "linnerud")
NAMES = _CLASSIFICATION + _REGRESSION


def _sklearn(module: str) -> Any:
    try:
        return import_module(f"sklearn.{module}")
    except ImportError as error:
        raise ImportError(
            "this dataset comes with scikit-learn, which is not installed: "
            "pip install edgewise[data]"
        ) from error


def table(
    name: str, *, test_fraction: float = 0.25, seed: int = 0, standardize: bool = True
) -> Dataset:
    """Load a small real table: iris, wine, breast_cancer, digits, diabetes or linnerud.

    Classification tables are split so that each class has the same share of both parts.

    Args:
        test_fraction: share of the rows that goes into the test part, in (0, 1).
        seed: of the split; the global random state is neither read nor changed.
        standardize: shift and scale x to mean 0 and std 1, by the statistics of the train part. y
            is never scaled: regression targets keep the units of the table.

    Shape:
        - `x_train`, `x_test`: ``(N, in_features)``, float32
        - `y_train`, `y_test`: ``(N,)`` int64 labels, or ``(N, out_features)`` float32 for diabetes
          (1 target) and linnerud (3 targets)

    Raises:
        ValueError: unknown name, or `test_fraction` out of range or too small for the classes.
        ImportError: scikit-learn is not installed.

    Example:
        >>> import edgewise as ew
        >>> data = ew.datasets.table("diabetes")
        >>> data
        Dataset('diabetes', regression, train=331, test=111, in_features=10, out_features=1)
        >>> data.input_names[:3], bool(data.x_train.mean(0).abs().max() < 1e-6)
        (('age', 'sex', 'bmi'), True)

    Source: scikit-learn's `sklearn.datasets`, which cites the origin of each table.
    """
    if name not in NAMES:
        raise unknown_name(name, NAMES)
    # diabetes comes scaled by the statistics of all its rows, test rows included: take it raw.
    options = {"scaled": False} if name == "diabetes" else {}
    bunch = getattr(_sklearn("datasets"), f"load_{name}")(**options)
    return _split(
        name,
        bunch.data,
        bunch.target,
        test_fraction=test_fraction,
        seed=seed,
        standardize=standardize,
        input_names=bunch.feature_names,
        class_names=bunch.target_names if name in _CLASSIFICATION else None,
    )


def digits() -> Dataset:
    """Load scikit-learn's handwritten digits: 8×8 grey values, ten classes.

    Unlike ``table("digits")`` the pixels are scaled the way those of MNIST are; the split, one
    quarter for the test part, is always the same.

    Shape:
        - `x_train`: ``(1347, 64)``, `x_test`: ``(450, 64)``; pixels / 8 - 1, in [-1, 1]
        - `y_train`: ``(1347,)``, `y_test`: ``(450,)``; the digit

    Raises:
        ImportError: scikit-learn is not installed.

    Example:
        >>> import edgewise as ew
        >>> data = ew.datasets.digits()
        >>> data
        Dataset('digits', classification, train=1347, test=450, in_features=64, out_features=10)
        >>> float(data.x_train.min()), float(data.x_train.max())
        (-1.0, 1.0)

    Source: E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI, 1998.
    """
    bunch = _sklearn("datasets").load_digits()
    return _split(
        "digits",
        bunch.data / 8.0 - 1.0,
        bunch.target,
        test_fraction=0.25,
        seed=0,
        input_names=bunch.feature_names,
        class_names=bunch.target_names,
    )


def moons(num: int = 1000, noise: float = 0.1, seed: int = 0) -> Dataset:
    """Draw two interleaving half circles in the plane, one per class.

    Args:
        num: points in the train part, and again in the test part.
        noise: standard deviation of the Gaussian noise on each coordinate; the circles have
            radius 1.
        seed: the global random state is neither read nor changed.

    Shape:
        - `x_train`, `x_test`: ``(num, 2)``; `y_train`, `y_test`: ``(num,)``, 0 or 1

    Raises:
        ValueError: `num` is below 2 or `noise` is negative.
        ImportError: scikit-learn is not installed.

    Example:
        >>> import torch, edgewise as ew
        >>> data = ew.datasets.moons(100, noise=0.0)
        >>> upper = data.x_train[data.y_train == 0]
        >>> torch.allclose(upper.norm(dim=1), torch.ones(len(upper)))  # a circle about the origin
        True

    Source: scikit-learn's `sklearn.datasets.make_moons`.
    """
    if num < 2 or not noise >= 0:
        raise ValueError(f"expected num >= 2 and noise >= 0, got {num} and {noise}")
    remedy = "take fewer points"
    check_memory("moons", "points", 4 * num, remedy, device="cpu", dtype=torch.float64)
    x, y = _sklearn("datasets").make_moons(2 * num, noise=noise, random_state=seed)
    return _split(
        "moons",
        x,
        y,
        test_fraction=0.5,
        seed=seed,
        input_names=("x", "y"),
        class_names=("upper", "lower"),
    )


def _split(
    name: str,
    x: np.ndarray,
    y: np.ndarray,
    *,
    test_fraction: float,
    seed: int,
    input_names: Sequence[str],
    class_names: Sequence[Any] | None,
    standardize: bool = False,
) -> Dataset:
    """Split rows into a train and a test part; a table without class names is a regression."""
    if not 0 < test_fraction < 1:
        raise ValueError(f"test_fraction must be between 0 and 1, exclusive, got {test_fraction}")
    train, test = _sklearn("model_selection").train_test_split(
        np.arange(len(x)),
        test_size=float(test_fraction),
        random_state=seed,
        stratify=None if class_names is None else y,
    )
    inputs = torch.as_tensor(x, dtype=torch.float64)
    x_train, x_test = inputs[train], inputs[test]
    if standardize:
        mean, std = moments(x_train)
        x_train, x_test = (x_train - mean) / std, (x_test - mean) / std
    if class_names is None:
        targets = torch.as_tensor(y, dtype=torch.float32).reshape(len(x), -1)
    else:
        targets = torch.as_tensor(y, dtype=torch.int64)
    return Dataset(
        name,
        x_train.float(),
        targets[train],
        x_test.float(),
        targets[test],
        "regression" if class_names is None else "classification",
        input_names=tuple(str(entry) for entry in input_names),
        class_names=tuple(str(entry) for entry in (() if class_names is None else class_names)),
    )
