"""Datasets sampled from functions."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest
import torch

from edgewise.datasets import create_dataset


def f(x):
    return torch.exp(torch.sin(torch.pi * x[:, 0]) + x[:, 1] ** 2)


def test_shapes_and_values():
    data = create_dataset(f, 2, num_train=70, num_test=30, dtype=torch.float64)
    assert data.x_train.shape == (70, 2)
    assert data.y_train.shape == (70, 1)
    assert data.x_test.shape == (30, 2)
    assert data.y_test.shape == (30, 1)
    for x, y in (data.train, data.test):
        torch.testing.assert_close(y[:, 0], f(x))
        assert x.min() >= -1
        assert x.max() <= 1
    assert (data.in_features, data.out_features) == (2, 1)
    assert not torch.isin(data.x_test, data.x_train).any()


def test_counts_and_seeds_of_numpy_count_as_python_s():
    one, other = (
        create_dataset(f, n(2), num_train=n(7), num_test=n(3), seed=n(5)) for n in (int, np.int64)
    )
    assert torch.equal(one.x_train, other.x_train)
    assert torch.equal(one.y_test, other.y_test)


def test_points_fill_the_ranges():
    data = create_dataset(f, 2, num_train=2000, num_test=0, ranges=[(0, 1), (-5, 3)])
    assert data.x_test.shape == (0, 2)
    low, high = data.x_train.amin(0), data.x_train.amax(0)
    torch.testing.assert_close(low, torch.tensor([0.0, -5.0]), atol=0.05, rtol=0)
    torch.testing.assert_close(high, torch.tensor([1.0, 3.0]), atol=0.05, rtol=0)
    torch.testing.assert_close(data.x_train.mean(0), torch.tensor([0.5, -1.0]), atol=0.2, rtol=0)


def test_one_range_for_all_inputs():
    data = create_dataset(f, 2, ranges=(2, 3))
    assert data.x_train.min() >= 2
    assert data.x_train.max() <= 3


@pytest.mark.parametrize("seed", [0, 7])
def test_deterministic_and_global_random_state_untouched(seed):
    torch.manual_seed(123)
    before = torch.get_rng_state()
    first = create_dataset(f, 2, noise=0.1, seed=seed)
    assert torch.equal(torch.get_rng_state(), before)
    torch.manual_seed(456)
    second = create_dataset(f, 2, noise=0.1, seed=seed)
    for field in dataclasses.fields(first):
        assert torch.equal(getattr(first, field.name), getattr(second, field.name))
    other = create_dataset(f, 2, noise=0.1, seed=seed + 1)
    assert not torch.equal(first.x_train, other.x_train)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float16, torch.bfloat16])
def test_same_points_in_every_dtype(dtype):
    exact = create_dataset(f, 2, noise=0.1, normalize_y=True, dtype=torch.float64)
    data = create_dataset(f, 2, noise=0.1, normalize_y=True, dtype=dtype)
    for field in dataclasses.fields(data):
        value = getattr(data, field.name)
        assert value.dtype == dtype
        assert torch.equal(value, getattr(exact, field.name).to(dtype))


def test_noise_is_relative_and_only_on_train():
    def two(x):
        return torch.stack([x[:, 0], 100 * x[:, 1]], 1)

    clean = create_dataset(two, 2, num_train=20000, dtype=torch.float64)
    noisy = create_dataset(two, 2, num_train=20000, noise=0.2, dtype=torch.float64)
    assert torch.equal(clean.x_train, noisy.x_train)
    assert torch.equal(clean.y_test, noisy.y_test)
    ratio = (noisy.y_train - clean.y_train).std(0) / clean.y_train.std(0)
    torch.testing.assert_close(ratio, torch.full((2,), 0.2).double(), rtol=0.03, atol=0)


def test_normalisation_uses_train_statistics_and_can_be_undone():
    plain = create_dataset(f, 2, ranges=(0, 3), dtype=torch.float64)
    data = create_dataset(
        f, 2, ranges=(0, 3), normalize_x=True, normalize_y=True, dtype=torch.float64
    )
    for values in (data.x_train, data.y_train):
        torch.testing.assert_close(values.mean(0), torch.zeros_like(values[0]))
        torch.testing.assert_close(values.std(0, correction=0), torch.ones_like(values[0]))
    torch.testing.assert_close(data.x_test * data.x_std + data.x_mean, plain.x_test)
    torch.testing.assert_close(data.denormalize_y(data.y_test), plain.y_test)
    assert torch.equal(plain.denormalize_y(plain.y_test), plain.y_test)
    assert plain.x_mean.tolist() == [0, 0]
    assert plain.x_std.tolist() == [1, 1]


def test_constant_outputs_are_not_divided_by_zero():
    data = create_dataset(lambda x: x[:, 0] * 0 + 0.1, 1, normalize_y=True, noise=0.1)
    assert data.y_std.tolist() == [1.0]
    torch.testing.assert_close(data.y_train, torch.zeros(1000, 1))


@pytest.mark.parametrize("out", [None, 1, 3])
def test_output_shapes(out):
    data = create_dataset(
        lambda x: x.sum(1) if out is None else x.sum(1, keepdim=True).expand(-1, out), 2
    )
    assert data.y_train.shape == (1000, out or 1)
    assert data.y_mean.shape == (out or 1,)


def test_function_may_be_a_module_or_work_in_place():
    data = create_dataset(torch.nn.Linear(2, 1).double(), 2)
    assert not data.y_train.requires_grad
    data = create_dataset(lambda x: x.mul_(2).sum(1), 2)
    torch.testing.assert_close(data.y_train[:, 0], 2 * data.x_train.sum(1))


@pytest.mark.parametrize(
    ("bad", "shape"),
    [
        (lambda x: x.sum(), r"\(\)"),
        (lambda x: x.sum(0), r"\(2,\)"),
        (lambda x: x.sum(1)[None], r"\(1, 15\)"),
        (lambda x: x[:, :0], r"\(15, 0\)"),
        (lambda x: x[:, :, None], r"\(15, 2, 1\)"),
    ],
)
def test_wrong_output_shape(bad, shape):
    with pytest.raises(ValueError, match=rf"f must map \(15, 2\) to .*, got shape {shape}"):
        create_dataset(bad, 2, num_train=10, num_test=5)


@pytest.mark.parametrize("bad", [lambda x: 1.0, lambda x: x.numpy(), lambda x: x[:, 0] * 1j])
def test_wrong_output_type(bad):
    with pytest.raises(TypeError, match="real torch tensor"):
        create_dataset(bad, 2)


def test_non_finite_values_name_the_first_bad_point():
    x = create_dataset(lambda x: x[:, 0], 1, dtype=torch.float64, num_train=50, num_test=50)
    points = torch.cat([x.x_train, x.x_test])[:, 0]
    first = points[points < 0][0].item()
    count = int((points < 0).sum())
    with pytest.raises(ValueError, match=r"not finite") as error:
        create_dataset(lambda x: x[:, 0].log(), 1, num_train=50, num_test=50)
    assert f"at {count} of 100 points: first f([{first}]) = [nan]" in str(error.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"num_train": 0}, "num_train to be an integer ≥ 1"),
        ({"num_test": -1}, "num_test to be an integer ≥ 0"),
        ({"noise": -0.1}, "noise from 0"),
        ({"noise": float("nan")}, "noise from 0"),
        ({"ranges": (1, -1)}, "low < high"),
        ({"ranges": (0, float("inf"))}, "finite"),
        ({"ranges": [(0, 1)] * 3}, "or 2 of these"),
        ({"ranges": (0, 1, 2)}, "or 2 of these"),
    ],
)
def test_wrong_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        create_dataset(f, 2, **arguments)


def test_wrong_in_features_and_dtype():
    with pytest.raises(ValueError, match="in_features to be an integer ≥ 1"):
        create_dataset(f, 0)
    with pytest.raises(TypeError, match=r"floating-point type, got torch\.int64"):
        create_dataset(f, 2, dtype=torch.int64)


def test_device():
    data = create_dataset(f, 2, device="meta")
    assert {value.device.type for value in vars(data).values()} == {"meta"}


def test_frozen_with_a_short_repr():
    data = create_dataset(f, 2)
    with pytest.raises(dataclasses.FrozenInstanceError):
        data.x_train = data.x_test
    assert "train=1000, test=1000, in_features=2, out_features=1" in repr(data)
