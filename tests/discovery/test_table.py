"""What comes in: names, classes, weights, scales, screening, and refusals that say what to do."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import torch

from edgewise.discovery.column_scales import LARGE, scale_of
from edgewise.discovery.front import Front
from edgewise.discovery.problem import Problem
from edgewise.discovery.search import screen_inputs
from edgewise.discovery.strategies import Plain
from edgewise.discovery.table import read_table
from edgewise.search.budget import Budget


def read(x, y, weight=None, names=None, output=None):
    return read_table(x, y, weight, names, output)


@pytest.fixture
def x():
    return np.random.default_rng(0).normal(size=(40, 2))


@pytest.mark.parametrize(
    "form",
    [
        lambda x, y: (x, y),
        lambda x, y: (x.tolist(), y.tolist()),
        lambda x, y: (torch.from_numpy(x).requires_grad_(), torch.from_numpy(y)[:, None]),
        lambda x, y: (pd.DataFrame(x), pd.Series(y)),
        lambda x, y: (x.astype(object), y.astype(object)),
    ],
    ids=["numpy", "lists", "tensors", "pandas", "objects"],
)
def test_numbers_in_any_form(form, x):
    table = read(*form(x, x[:, 0] * 3))
    np.testing.assert_array_equal(table.x, x)
    np.testing.assert_array_equal(table.columns[0], x[:, 0] * 3)
    assert table.x.dtype == table.columns[0].dtype == np.float64
    assert table.classes is None
    assert table.weight is None


def test_what_is_given_does_not_change(x):
    y, before = x[:, 0].copy(), x.copy()
    table = read(x, y)
    table.x[:] = 0
    table.columns[0][:] = 0
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(y, before[:, 0])


def test_names_are_those_of_the_columns_unless_others_are_given(x):
    frame = pd.DataFrame(x, columns=["my col", "E"])
    table = read(frame, pd.Series(x[:, 0], name="w"))
    assert (table.names, table.output_names) == (["my col", "E"], ["w"])
    assert read(pd.DataFrame(x), x[:, 0]).names == ["0", "1"]
    assert read(frame, x[:, 0], names=["a", "b"], output="z").names == ["a", "b"]
    assert read(frame, x[:, 0], output="z").output_names == ["z"]
    assert read(x, x[:, 0]).names == ["x0", "x1"]
    assert read(x, x).output_names == ["y0", "y1"]
    assert read(x, pd.DataFrame(x, columns=["u", "v"])).output_names == ["u", "v"]


def test_one_input_may_be_a_vector(x):
    assert read(x[:, 0], x[:, 1]).x.shape == (40, 1)


@pytest.mark.parametrize(
    ("values", "names"),
    [([False, True], [False, True]), ([3, 7], [3, 7]), (["b", "a"], ["a", "b"])],
    ids=["booleans", "whole numbers", "texts"],
)
def test_two_classes_are_minus_1_and_1(values, names, x):
    y = np.array(values * 20)
    table = read(x, y)
    assert table.classes == names
    assert len(table.columns) == 1
    np.testing.assert_array_equal(table.columns[0] > 0, y == names[1])
    assert set(table.columns[0]) == {-1.0, 1.0}


def test_more_classes_have_a_column_each(x):
    y = pd.Series(["cat", "dog", "cow", "dog"] * 10, name="beast")
    table = read(x, y)
    assert table.classes == ["cat", "cow", "dog"]
    assert table.output_names == ["beast=cat", "beast=cow", "beast=dog"]
    for name, column in zip(table.classes, table.columns, strict=True):
        np.testing.assert_array_equal(column, np.where(y == name, 1.0, -1.0))


def test_whole_numbers_are_numbers_if_there_are_more_than_two(x):
    table = read(x, np.arange(40))
    assert table.classes is None
    np.testing.assert_array_equal(table.columns[0], np.arange(40.0))


def test_weights_have_mean_1(x):
    table = read(x, x[:, 0], weight=np.arange(1, 41))
    np.testing.assert_allclose(table.weight, np.arange(1, 41) / 20.5)


@pytest.mark.parametrize("size", [1e-320, 1e300, 1.7e308])
def test_weights_may_have_any_size(size, x):
    np.testing.assert_array_equal(read(x, x[:, 0], weight=np.full(40, size)).weight, np.ones(40))


def test_rows_of_weight_0_are_left_out(x):
    table = read(x, x[:, 0] * 3, weight=np.arange(40) % 3)
    kept = np.arange(40) % 3 > 0
    np.testing.assert_array_equal(table.x, x[kept])
    np.testing.assert_array_equal(table.columns[0], x[kept, 0] * 3)
    assert table.weight.mean() == pytest.approx(1)
    np.testing.assert_allclose(table.weight[1] / table.weight[0], 2)
    with pytest.raises(ValueError, match="5 rows with a weight above 0, got 2"):
        read(x, x[:, 0], weight=np.arange(40) >= 38)


@pytest.mark.parametrize(
    ("weight", "message"),
    [
        (np.ones(39), "40 sample weights"),
        (-np.ones(40), "at least 0"),
        (np.full(40, np.nan), "at least 0"),
        (np.zeros(40), "above 0, got none"),
        (np.ones(40) * 1j, "complex"),
    ],
)
def test_weights_that_are_none(weight, message, x):
    with pytest.raises(ValueError, match=message):
        read(x, x[:, 0], weight=weight)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda x: (x + 0j, x[:, 0]), "x expected real numbers, got torch.complex"),
        (lambda x: (x, x[:, 0] * 1j), "y expected real numbers, got torch.complex"),
        (
            lambda x: (torch.from_numpy(x) + 0j, x[:, 0]),
            "x expected real numbers, got torch.complex",
        ),
        (lambda x: ((x + 1j).tolist(), x[:, 0]), "complex"),
        (lambda x: (pd.DataFrame(x + 1j), x[:, 0]), "x expected real numbers, got torch.complex"),
        (lambda x: (x, pd.Series(x[:, 0] * 1j)), "y expected real numbers, got torch.complex"),
        (lambda x: (np.where(x > 2, np.nan, x), x[:, 0]), "x expected finite numbers"),
        (lambda x: (x, np.where(x[:, 0] > 1, np.inf, x[:, 0])), "y expected finite numbers"),
        (lambda x: (x, x[:30, 0]), r"\(40, 2\) and \(30, 1\)"),
        (lambda x: (x[:4], x[:4, 0]), "at least 5 rows, got 4"),
        (lambda x: (x[:, :0], x[:, 0]), r"got \(40, 0\)"),
        (lambda x: (x[None], x[:, 0]), r"x expected shape \(rows, columns\)"),
        (lambda x: (np.where(x > 0, "a", "b"), x[:, 0]), "encode columns of text"),
        (lambda x: (x, [f"{n}" for n in range(40)]), "at most 20 classes"),
        (lambda x: (x, ["a", None] * 20), "a class in every row"),
    ],
)
def test_data_that_is_refused(change, message):
    x = np.random.default_rng(0).normal(size=(40, 2))
    x[0] = 3.0
    with pytest.raises(ValueError, match=message):
        read(*change(x))


@pytest.mark.parametrize("names", [["a"], ["a", "b", "c"], ["a", "a"], []])
def test_names_that_do_not_fit(names, x):
    with pytest.raises(ValueError, match="2 different names"):
        read(x, x[:, 0], names=names)
    with pytest.raises(ValueError, match="2 output names"):
        read(x, x, output=["a", "b", "c"])


def test_only_extreme_sizes_are_scaled_and_by_powers_of_ten():
    assert [scale_of(np.array([v, 0.1 * v])) for v in (1.0, 1e6, 1e-9, 0.0)] == [1.0] * 4
    for exponent in (-300, -100, 100, 300):
        scale = scale_of(np.array([3.0, -7.0]) * 10.0**exponent)
        assert scale == 10.0**exponent


def test_columns_are_scaled_to_their_middle():
    values = 10 ** np.linspace(20, 30, 101)
    assert scale_of(values, LARGE) == 1e24
    assert scale_of(np.array([3e8, 1e9]), LARGE) == 1e8
    assert scale_of(np.array([300.0, 8e6]), LARGE) == 1.0
    assert scale_of(np.array([0.0, 5e-9]), LARGE) == 1e-10


def screened(x, y):
    """The inputs that a search of these rows looks at."""
    problem = Problem(x, y)
    front = Front(Problem(x, y))
    for candidate in Plain().propose(problem, Budget(60.0)):
        front.offer(candidate)
    return screen_inputs(problem, front)


def test_inputs_that_matter_are_kept():
    g = np.random.default_rng(0)
    x = g.normal(size=(400, 40))
    kept = screened(x, x[:, 3] * x[:, 7] + np.abs(x[:, 11]) + 0.5 * x[:, 20])
    assert {3, 7, 11, 20} <= set(kept)
    assert kept == sorted(kept)
    assert len(kept) == 10


def test_few_inputs_are_all_kept_and_constant_ones_are_the_first_to_go():
    x = np.random.default_rng(0).normal(size=(100, 12))
    assert screened(x[:, :10], x[:, 2]) == list(range(10))
    x[:, 5] = 1.0
    assert 2 in screened(x, x[:, 2])
