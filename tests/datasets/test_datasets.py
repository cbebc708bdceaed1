"""The room's front door: names, load and the Dataset class."""

from __future__ import annotations

import dataclasses
import doctest
import sys

import pytest
import torch

from edgewise import datasets
from edgewise.datasets import Dataset


def test_names():
    assert datasets.names() == (
        "mnist",
        "fashion_mnist",
        "iris",
        "wine",
        "breast_cancer",
        "digits",
        "diabetes",
        "linnerud",
        "moons",
    )


@pytest.mark.parametrize("name", sorted({*datasets.names()} - {"mnist", "fashion_mnist"}))
def test_load_by_name(name):
    data = datasets.load(name)
    assert data.name == name
    assert data.x_train.dtype == torch.float32
    assert len(data.input_names) == data.in_features


def test_load_passes_options_on(tmp_path, monkeypatch):
    assert len(datasets.load("moons", num=12).x_train) == 12
    asked = []
    monkeypatch.setitem(datasets._LOADERS, "mnist", lambda root: asked.append(root))
    datasets.load("mnist", root=tmp_path)
    assert asked == [tmp_path]


def test_digits_by_name_are_the_ones_scaled_like_mnist():
    assert torch.equal(datasets.load("digits").x_train, datasets.digits().x_train)


@pytest.mark.parametrize(
    ("name", "hint"),
    [("mnits", "mnist"), ("fashion", "fashion_mnist"), ("breast cancers", "breast_cancer")],
)
def test_unknown_name_with_a_suggestion(name, hint):
    with pytest.raises(ValueError, match=f"did you mean '{hint}'") as error:
        datasets.load(name)
    assert all(valid in str(error.value) for valid in datasets.names())


@pytest.mark.parametrize("name", ["breast_cancer", "breast-cancer", "Breast Cancer"])
def test_capitals_and_hyphens_make_no_difference(name):
    assert datasets.load(name).name == "breast_cancer"
    assert datasets.canonical_name("Fashion-MNIST") == "fashion_mnist"


def test_unknown_name_without_a_suggestion():
    with pytest.raises(ValueError, match="unknown dataset 'zzz': expected one of mnist") as error:
        datasets.load("zzz")
    assert "did you mean" not in str(error.value)


def test_dataset_pairs_and_repr():
    x, y = torch.rand(4, 3), torch.tensor([0, 2, 1, 0])
    data = Dataset("toy", x, y, x[:1], y[:1], "classification")
    assert data.train[0] is x
    assert data.train[1] is y
    assert data.test[0].shape == (1, 3)
    assert (data.in_features, data.num_classes, data.out_features) == (3, 3, 3)
    expected = "Dataset('toy', classification, train=4, test=1, in_features=3, out_features=3)"
    assert repr(data) == expected
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.name = "other"


@pytest.mark.parametrize(
    ("x", "y", "task", "message"),
    [
        ((4, 3), (4,), "clustering", "task must be"),
        ((4, 3), (5,), "classification", r"y_train of shape \(N,\), got \(4, 3\) and \(5,\)"),
        ((4, 3), (4,), "regression", r"y_train of shape \(N, out_features\)"),
        ((4, 3, 1), (4,), "classification", "x_train of shape"),
    ],
)
def test_dataset_rejects_parts_that_do_not_fit(x, y, task, message):
    x, y = torch.zeros(x), torch.zeros(y)
    with pytest.raises(ValueError, match=message):
        Dataset("toy", x, y, x, y, task)


def test_docstring_examples():
    for module in (datasets, sys.modules["edgewise.datasets.functions"]):
        result = doctest.testmod(module)
        assert result.attempted > 0
        assert result.failed == 0


def test_import_loads_nothing_optional(forks):
    code = (
        "import sys, edgewise.datasets\n"
        "print([m for m in ('sklearn', 'scipy', 'pandas', 'matplotlib') if m in sys.modules])"
    )
    assert forks.run("-c", code).strip() == "[]"
