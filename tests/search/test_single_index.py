"""Whether y is a function of one term, judged by the neighbours along it."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import edgewise as ew
from edgewise.formula.data import Data
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search import single_index
from edgewise.search.single_index import estimate_fvu

find_indices = partial(single_index.find_indices, seed=0)


def rows(count, inputs, low=0.3, high=2.0, seed=0):
    return np.random.default_rng(seed).uniform(low, high, (count, inputs))


def test_a_line_along_an_index_has_no_pseudo_residuals():
    x = rows(50, 2)
    found = estimate_fvu(np.stack([x[:, 0], x[:, 1], -x[:, 0]]), Data.of(x, 3 - 2 * x[:, 0]))
    assert found[0] < 1e-28
    assert found[2] < 1e-28
    assert found[1] > 0.3


@pytest.mark.parametrize("level", [0.1, 0.5])
def test_the_fvu_is_that_of_the_noise(level):
    x = rows(4000, 1)
    noise = np.random.default_rng(1).standard_normal(4000)
    y = np.sin(5 * x[:, 0]) + level * noise
    (found,) = estimate_fvu(x.T, Data.of(x, y))
    assert found * np.var(y) == pytest.approx(level**2, rel=0.08)


def test_rows_without_weight_do_not_count():
    x = rows(300, 1)
    order = np.argsort(x[:, 0])
    y, weight = np.exp(x[:, 0]), np.ones(300)
    y[order[100:120]] += 5.0
    weight[order[95:125]] = 1e-12
    (found,) = estimate_fvu(x.T, Data.of(x, y, weight))
    assert found < 1e-4 < estimate_fvu(x.T, Data.of(x, y))[0]


def test_copies_of_a_row_are_compared_with_each_other():
    x = np.repeat(rows(40, 1), 3, axis=0)
    (found,) = estimate_fvu(x.T, Data.of(x, np.sin(3 * x[:, 0])))
    assert np.isfinite(found)
    assert found < 1e-2


INDICES = {
    "quotient in a wave": (lambda a, b: np.sin(4 * b * np.exp(-a)), lambda a, b: b * np.exp(-a), 2),
    "shifted": (lambda a, b: np.cos(a**2 * (1 - b) ** 2), lambda a, b: np.abs(a * (1 - b)), 2),
    "five inputs": (
        lambda a, b, c, d, e: np.sin(c * d * np.cos(b) / (a * e)),
        lambda a, b, c, d, e: c * d * np.cos(b) / (a * e),
        5,
    ),
}


@pytest.mark.parametrize("noise", [0.0, 0.05])
@pytest.mark.parametrize("name", INDICES)
def test_the_index_is_found(name, noise):
    f, index, inputs = INDICES[name]
    x = rows(1000, inputs, 1.0)
    y = f(*x.T)
    y = y + noise * y.std() * np.random.default_rng(2).standard_normal(len(y))
    found = find_indices(Data.of(x, y), LIBRARY)
    wanted = index(*x.T)
    ratios = [Program(i.tree).values(x) ** sign / wanted for i in found for sign in (1, -1)]
    assert any(np.abs(np.abs(r) - abs(r[0])).max() < 1e-9 * abs(r[0]) for r in ratios)
    assert all(i.fvu < 2.5 * noise**2 + 2e-3 for i in found)


def test_what_is_no_function_of_one_term_has_no_index():
    x = rows(400, 3)
    y = np.sin(3 * x[:, 0]) + np.cos(5 * x[:, 1]) * x[:, 2]
    assert all(i.fvu > 1e-3 for i in find_indices(Data.of(x, y), LIBRARY))


def test_a_wave_that_the_rows_hardly_resolve_is_much_worse_on_half_of_them():
    x = rows(500, 2, -1.0, 2.0)
    (index, *_) = find_indices(Data.of(x, np.sin(x[:, 0] ** 2 * (1 - x[:, 1]) ** 2 * 4)), LIBRARY)
    assert index.fvu > 1e-3
    assert index.coarse > 4 * index.fvu
    noise = np.random.default_rng(3).standard_normal(500)
    (index, *_) = find_indices(Data.of(x, x[:, 0] * x[:, 1] + 0.3 * noise), LIBRARY)
    assert index.coarse < 2 * index.fvu


def test_too_few_rows_and_a_constant_have_no_index():
    x = rows(11, 2)
    assert find_indices(Data.of(x, x[:, 0]), LIBRARY) == []
    x = rows(40, 2)
    assert find_indices(Data.of(x, np.ones(40)), LIBRARY) == []


def test_discover_finds_a_wave_of_a_product():
    x = rows(500, 2, -1.0, 2.0)
    y = 4 * np.sin(x[:, 0] ** 2 * (1 - x[:, 1]) ** 2)
    found = ew.discover(x, y, evaluations=12_000, budget=1e3, progress=False)
    assert found.verdict.kind == "exact"


def test_a_function_of_a_term_is_found_in_noise_at_once():
    """Single functions are tried first; a search of F took twice as many evaluations."""
    g = np.random.default_rng(5)
    x = g.uniform(0.5, 1.9, (300, 3))
    y = np.tanh(x[:, 0] * x[:, 1] / x[:, 2])
    y += 0.01 * y.std() * g.normal(size=300)
    found = ew.discover(x, y, evaluations=20_000, budget=1e3, progress=False)
    assert str(found.winner) == "tanh(x0*x1/x2)"
    assert found.evaluations < 11_000


def test_the_order_of_a_grid_does_not_matter():
    """Every second row has one value of b, and the rows of each b are in the order of a."""
    x = np.array([(a, b) for a in np.linspace(0.2, 2, 100) for b in (1.0, 3.0)])
    found = find_indices(Data.of(x, np.sin(8 * x[:, 0] * x[:, 1])), LIBRARY)
    assert all(len(i.tree.inputs) == 2 for i in found)
    right = next(i for i in found if np.ptp(Program(i.tree).values(x) / x.prod(1)) < 1e-12)
    assert right.coarse > 4 * right.fvu


def test_rows_where_an_index_is_not_finite_rule_it_out_without_a_warning():
    x = rows(60, 1)
    indices = np.stack([x[:, 0], np.where(x[:, 0] > 1, x[:, 0], np.inf), np.full(60, np.nan)])
    found = estimate_fvu(indices, Data.of(x, x[:, 0] ** 2))
    assert found[0] < 1e-2
    assert np.isinf(found[1:]).all()
    weighted = estimate_fvu(indices, Data.of(x, x[:, 0] ** 2, np.ones(60)))
    assert np.isinf(weighted[1:]).all()


def test_y_that_is_constant_in_every_second_row_is_no_error():
    x = rows(60, 2)
    y = np.where(np.arange(60) % 2, x[:, 0], 1.0)
    assert all(np.isfinite(i.fvu) for i in find_indices(Data.of(x, y), LIBRARY))


def test_constant_columns_have_no_index():
    assert find_indices(Data.of(np.ones((30, 2)), rows(30, 1)[:, 0]), LIBRARY) == []
