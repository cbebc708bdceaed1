"""`Dataset`: inputs and targets in memory, split into a train and a test part."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

Task = Literal["classification", "regression"]


class Split:
    """A train and a test part."""

    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor

    @property
    def train(self) -> tuple[Tensor, Tensor]:
        """``(x_train, y_train)``."""
        return self.x_train, self.y_train

    @property
    def test(self) -> tuple[Tensor, Tensor]:
        """``(x_test, y_test)``."""
        return self.x_test, self.y_test

    @property
    def in_features(self) -> int:
        """Number of inputs of a model for these rows."""
        return self.x_train.shape[1]


@dataclass(frozen=True, eq=False, repr=False)
class Dataset(Split):
    """A dataset in memory, split into a train and a test part.

    Shape:
        - `x_train`, `x_test`: ``(N, in_features)``, float32
        - `y_train`, `y_test`: ``(N,)`` int64 labels for classification, ``(N, out_features)``
          float32 for regression

    `name` is for messages, `task` is "classification" or "regression". `input_names` and
    `class_names` are empty where the dataset gives none.

    Raises:
        ValueError: the parts do not fit together.

    Example:
        >>> import torch, edgewise as ew
        >>> x, y = torch.rand(50, 3), torch.arange(50) % 4
        >>> ew.datasets.Dataset("mine", x[:40], y[:40], x[40:], y[40:], "classification")
        Dataset('mine', classification, train=40, test=10, in_features=3, out_features=4)
    """

    name: str
    x_train: Tensor
    y_train: Tensor
    x_test: Tensor
    y_test: Tensor
    task: Task
    input_names: tuple[str, ...] = ()
    class_names: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.task not in ("classification", "regression"):
            raise ValueError(f"task must be 'classification' or 'regression', got {self.task!r}")
        y_dim = 1 if self.task == "classification" else 2
        for part, (x, y) in (("train", self.train), ("test", self.test)):
            if x.dim() != 2 or y.dim() != y_dim or len(x) != len(y):
                raise ValueError(
                    f"{self.name}: expected x_{part} of shape (N, in_features) and y_{part} of "
                    f"shape {'(N,)' if y_dim == 1 else '(N, out_features)'}, "
                    f"got {tuple(x.shape)} and {tuple(y.shape)}"
                )

    @property
    def out_features(self) -> int:
        """Number of outputs of a model for this dataset: classes, or regression targets."""
        return self.num_classes if self.task == "classification" else self.y_train.shape[1]

    @property
    def num_classes(self) -> int:
        """Number of classes.

        Raises:
            ValueError: this is a regression dataset.
        """
        if self.task != "classification":
            raise ValueError(
                f"{self.name} is a regression dataset, without classes: use out_features"
            )
        return len(self.class_names) or int(self.y_train.max()) + 1

    def __repr__(self) -> str:
        return (
            f"Dataset({self.name!r}, {self.task}, train={len(self.x_train)}, "
            f"test={len(self.x_test)}, in_features={self.in_features}, "
            f"out_features={self.out_features})"
        )


def unknown_name(name: object, valid: Iterable[str]) -> ValueError:
    """The error for a dataset name that is not one of `valid`."""
    valid = list(valid)
    close = difflib.get_close_matches(str(name).lower(), valid, n=1)
    hint = f" (did you mean {close[0]!r}?)" if close else ""
    return ValueError(f"unknown dataset {name!r}{hint}: expected one of {', '.join(valid)}")


def spread(values: Tensor) -> Tensor:
    """Standard deviation of each column of ``(N, columns)``, exactly 0 for a constant column."""
    constant = (values == values[0]).all(0)  # whose computed std may be a rounding error
    return torch.where(constant, 0.0, values.std(0, correction=0))


def moments(values: Tensor) -> tuple[Tensor, Tensor]:
    """Mean and std of each column of ``(N, columns)``, to divide by: std 1 if it is constant."""
    std = spread(values)
    return values.mean(0), torch.where(std == 0, 1.0, std)
