"""Datasets, in memory: MNIST, Fashion-MNIST, small real tables, and samples of functions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from edgewise.datasets import feynman
from edgewise.datasets._dataset import Dataset, unknown_name
from edgewise.datasets._download import DatasetError
from edgewise.datasets.augment import ShiftedImages
from edgewise.datasets.functions import FunctionDataset, create_dataset
from edgewise.datasets.mnist import fashion_mnist, mnist
from edgewise.datasets.tables import NAMES, digits, moons, table

__all__ = [
    "Dataset",
    "DatasetError",
    "FunctionDataset",
    "ShiftedImages",
    "canonical_name",
    "create_dataset",
    "digits",
    "fashion_mnist",
    "feynman",
    "load",
    "mnist",
    "moons",
    "names",
    "table",
]


def __dir__() -> list[str]:
    return __all__


# By name, digits are those scaled like MNIST: that entry replaces the plain table's.
_LOADERS: dict[str, Callable[..., Dataset]] = {
    "mnist": mnist,
    "fashion_mnist": fashion_mnist,
    **{name: partial(table, name) for name in NAMES},
    "digits": digits,
    "moons": moons,
}


def names() -> tuple[str, ...]:
    """The names that :func:`load` knows.

    Example:
        >>> import edgewise as ew
        >>> ew.datasets.names()[:4]
        ('mnist', 'fashion_mnist', 'iris', 'wine')
    """
    return tuple(_LOADERS)


def load(name: str, **options: Any) -> Dataset:
    """Load a dataset by its name; `options` go to the function that loads it.

    Capitals and hyphens make no difference: "Fashion-MNIST" is "fashion_mnist".
    Those functions are :func:`mnist`, :func:`fashion_mnist`, :func:`digits`, :func:`moons`, and
    :func:`table` for all others.

    Raises:
        ValueError: unknown name.
        DatasetError: its files could not be had.

    Example:
        >>> load("iris", test_fraction=0.2)
        Dataset('iris', classification, train=120, test=30, in_features=4, out_features=3)
    """
    return _LOADERS[canonical_name(name)](**options)


def canonical_name(name: str) -> str:
    """The name of a dataset as :func:`names` has it: "Fashion-MNIST" is "fashion_mnist".

    Raises:
        ValueError: unknown name.

    Example:
        >>> canonical_name("fashion-mnist")
        'fashion_mnist'
    """
    plain = str(name).lower().replace("-", "_").replace(" ", "_")
    if plain not in _LOADERS:
        raise unknown_name(name, _LOADERS)
    return plain
