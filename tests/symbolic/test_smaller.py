"""Parts of trained networks: their number of nodes is that of the formula."""

import copy
import math

import pytest
import torch

import edgewise as ew
from edgewise._bars import Bar
from edgewise.formula.library import LIBRARY
from edgewise.search.budget import Budget
from edgewise.symbolic.build import as_network
from edgewise.symbolic.criterion import variance_of
from edgewise.symbolic.naming import NamingTask
from edgewise.symbolic.smaller import GOOD_FVU, _draw_curves, _take_nodes, find_smaller


def draw(f, inputs, low=-1.0):
    x = low + (1 - low) * torch.rand(400, inputs, dtype=torch.float64, generator=seeded(0))
    return x, f(*x.T)[:, None]


def seeded(seed):
    return torch.Generator().manual_seed(seed)


def task_of(x, y, budget=None):
    budget = budget or Budget(math.inf, 100_000)
    return NamingTask(x, y, variance_of(y), LIBRARY, 16.0, budget, True, 1e-12, Bar(disable=True))


def train(widths, x, y, steps=10, **settings):
    model = ew.KAN(widths, seed=0, **settings).double()
    ew.fit(model, x, y, optimizer="lbfgs", steps=steps, progress=False)
    return as_network(model)


@pytest.mark.parametrize(
    ("f", "widths", "expected"),
    [
        (lambda a, b: torch.exp(torch.sin(3 * a) + b**2), [2, 4, 1], [2, 1, 1]),
        (lambda a, b: a * b, [2, 4, 1], [2, 2, 1]),
    ],
)
def test_a_formula_has_its_own_number_of_nodes(f, widths, expected):
    x, y = draw(f, 2)
    model, task = train(widths, x, y), task_of(x, y)
    before = copy.deepcopy(model.state_dict())
    state = torch.random.get_rng_state()
    small = find_smaller(model, task)
    assert small.widths == expected
    assert task.fvu(small) < task.fvu(model)
    assert torch.equal(torch.random.get_rng_state(), state)
    assert all(torch.equal(value, before[name]) for name, value in model.state_dict().items())


def test_curves_are_refined_where_they_explain_more():
    x, y = draw(lambda a: torch.sin(4 * a), 1)
    small = find_smaller(train([1, 1], x, y), task_of(x, y))
    assert small.stack()[0].numeric.basis.grid > 3
    noise = torch.randn(y.shape, dtype=y.dtype, generator=seeded(1))
    noisy = y + noise
    coarse = find_smaller(train([1, 1], x, noisy), task_of(x, noisy))
    assert coarse.stack()[0].numeric.basis.grid == 3


def test_a_network_in_a_local_minimum_starts_anew():
    x, y = draw(lambda a, b, c: a * b**2 * c, 3, low=0.5)
    model = train([3, 1, 1], x, y)
    with torch.no_grad():  # the last curve is flat, so that nothing below it moves
        model.stack()[1].numeric.coef.zero_()
        model.stack()[1].numeric.base_weight.zero_()
        model.stack()[0].numeric.coef.zero_()
        model.stack()[0].numeric.base_weight.zero_()
    task = task_of(x, y)
    assert task.fvu(model) > 0.5
    assert task.fvu(find_smaller(model, task)) < GOOD_FVU


def test_random_curves_are_those_of_the_seed_and_begin_at_the_mean():
    x, y = draw(lambda a, b: a + b, 2)
    model = train([2, 2, 1], x, y)
    first, again, other = (_draw_curves(model, seed) for seed in (0, 0, 1))
    torch.testing.assert_close(first(x), again(x), rtol=0, atol=0)
    assert not torch.allclose(first(x), other(x))
    assert not any(bias.number.value for layer in first.stack() for bias in layer.symbolic.biases())


def test_a_part_is_the_sum_of_its_nodes():
    x, y = draw(lambda a, b: a * b, 2)
    model = train([2, 3, 1], x, y)
    bias = model.stack()[1].symbolic.biases()[0].number.value
    parts = [_take_nodes(model, ((node,),))(x) - bias for node in range(3)]
    torch.testing.assert_close(sum(parts) + bias, model(x), rtol=1e-10, atol=1e-10)


def test_without_a_budget_with_functions_or_frozen_curves_it_is_the_network():
    x, y = draw(lambda a, b: a + b, 2)
    model = train([2, 2, 1], x, y)
    assert find_smaller(model, task_of(x, y, Budget(math.inf, 0))) is model
    fixed = ew.surgery.fix_edge(model, (0, 0, 0), "x", x)
    assert find_smaller(as_network(fixed), task_of(x, y)).widths == [2, 2, 1]
    trained = ew.KAN([2, 2, 1], seed=0).double()
    ew.fit(trained, x, y, steps=1, progress=False)
    frozen = as_network(ew.surgery.freeze(trained, (0, 0, 0)))
    assert find_smaller(frozen, task_of(x, y)) is frozen


def test_other_bases_have_smaller_parts_too():
    x, y = draw(lambda a, b: torch.exp(torch.sin(3 * a) + b**2), 2)
    for basis in ("gaussian", "chebyshev", "fourier"):
        model, task = train([2, 3, 1], x, y, basis=basis), task_of(x, y)
        small = find_smaller(model, task)
        assert small.widths == [2, 1, 1]
        assert task.fvu(small) < min(task.fvu(model), 1e-3)
