"""Tables bundled with scikit-learn."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import sklearn.datasets
import torch

from edgewise.datasets import digits, moons, table

# name: rows, in_features, out_features
CLASSIFICATION = {
    "iris": (150, 4, 3),
    "wine": (178, 13, 3),
    "breast_cancer": (569, 30, 2),
    "digits": (1797, 64, 10),
}
REGRESSION = {"diabetes": (442, 10, 1), "linnerud": (20, 3, 3)}


@pytest.mark.parametrize("name", [*CLASSIFICATION, *REGRESSION])
def test_every_row_is_there_once_and_unscaled_when_asked(name):
    rows, in_features, out_features = (CLASSIFICATION | REGRESSION)[name]
    data = table(name, standardize=False)
    assert (data.in_features, data.out_features) == (in_features, out_features)
    assert len(data.input_names) == in_features
    options = {"scaled": False} if name == "diabetes" else {}
    x, y = getattr(sklearn.datasets, f"load_{name}")(return_X_y=True, **options)
    ours = np.concatenate(
        [
            torch.cat([data.x_train, data.x_test]).numpy(),
            torch.cat([data.y_train, data.y_test]).reshape(rows, -1).numpy(),
        ],
        1,
    )
    theirs = np.concatenate([x, y.reshape(rows, -1)], 1).astype(np.float32)
    assert sorted(map(tuple, ours)) == sorted(map(tuple, theirs))


@pytest.mark.parametrize("name", CLASSIFICATION)
def test_classification_is_stratified_and_standardised(name):
    data = table(name, test_fraction=0.4)
    assert data.task == "classification"
    assert data.num_classes == len(data.class_names) == CLASSIFICATION[name][2]
    assert data.y_train.dtype == torch.int64
    share = data.y_train.bincount() / data.y_train.numel()
    assert (share - data.y_test.bincount() / data.y_test.numel()).abs().max() < 0.02
    x = data.x_train.double()
    constant = (x == x[0]).all(0)
    torch.testing.assert_close(x.mean(0), torch.zeros_like(x[0]), atol=1e-6, rtol=0)
    torch.testing.assert_close(x.std(0, correction=0), 1.0 - constant.double(), atol=1e-6, rtol=0)
    assert data.x_test.isfinite().all()


def test_standardisation_uses_no_test_statistics():
    raw, data = table("wine", standardize=False), table("wine")
    mean, std = raw.x_train.mean(0), raw.x_train.std(0, correction=0)
    torch.testing.assert_close(data.x_test, (raw.x_test - mean) / std, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", REGRESSION)
def test_regression_keeps_the_units_of_y(name):
    data = table(name)
    assert data.task == "regression"
    assert data.y_train.dtype == torch.float32
    assert data.y_train.shape[1] == REGRESSION[name][2]
    assert torch.equal(data.y_train, table(name, standardize=False).y_train)
    assert data.class_names == ()
    with pytest.raises(ValueError, match="use out_features"):
        _ = data.num_classes


def test_split_depends_on_seed_and_fraction_only():
    np.random.seed(0)  # noqa: NPY002
    numpy_state, torch_state = np.random.get_state()[1].copy(), torch.get_rng_state()  # noqa: NPY002
    first = table("iris", seed=3)
    moons(10)
    assert np.array_equal(np.random.get_state()[1], numpy_state)  # noqa: NPY002
    assert torch.equal(torch.get_rng_state(), torch_state)
    assert torch.equal(first.x_train, table("iris", seed=3).x_train)
    assert not torch.equal(first.x_train, table("iris", seed=4).x_train)
    assert len(table("iris", test_fraction=0.2).x_test) == 30


@pytest.mark.parametrize("fraction", [0.0, 1.0, -0.5, 2, float("nan")])
def test_wrong_test_fraction(fraction):
    with pytest.raises(ValueError, match="test_fraction must be between 0 and 1"):
        table("iris", test_fraction=fraction)


def test_unknown_table():
    with pytest.raises(ValueError, match=r"'boston': expected one of iris, wine"):
        table("boston")


def test_digits_are_scaled_like_mnist():
    data = digits()
    assert data.x_train.shape == (1347, 64)
    assert data.x_test.shape == (450, 64)
    assert (data.x_train.min().item(), data.x_train.max().item()) == (-1.0, 1.0)
    assert set(data.x_train.unique().tolist()) == {k / 8 - 1 for k in range(17)}
    assert data.class_names == tuple("0123456789")


def test_moons():
    data = moons(num=201, noise=0.0, seed=1)
    assert data.x_train.shape == data.x_test.shape == (201, 2)
    assert data.y_train.bincount().tolist() in ([100, 101], [101, 100])
    x = torch.cat([data.x_train, data.x_test])
    y = torch.cat([data.y_train, data.y_test])
    centre = torch.where(y[:, None] == 0, torch.zeros(2), torch.tensor([1.0, 0.5]))
    torch.testing.assert_close((x - centre).norm(dim=1), torch.ones(402))
    assert torch.equal(data.x_train, moons(201, 0.0, 1).x_train)
    assert not torch.equal(moons(201, 0.1, 1).x_train, moons(201, 0.1, 2).x_train)


@pytest.mark.parametrize(("num", "noise"), [(1, 0.1), (10, -0.1), (10, float("nan"))])
def test_moons_wrong_arguments(num, noise):
    with pytest.raises(ValueError, match="num >= 2 and noise >= 0"):
        moons(num, noise)


@pytest.mark.parametrize("loader", [digits, moons, lambda: table("iris")])
def test_without_scikit_learn_the_remedy_is_named(loader, monkeypatch):
    for module in ("sklearn", "sklearn.datasets"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ImportError, match=r"pip install edgewise\[data\]"):
        loader()
