"""Evaluation against torch, derivatives against differences, refits against textbook answers."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from edgewise.formula.expression import (
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program, refit
from edgewise.formula.signs import call
from random_trees import random_trees

X, Y = Input(0), Input(1)


@pytest.mark.parametrize("name", [n for n in LIBRARY if n != "0"])
def test_functions_are_those_of_torch_and_undefined_outside(name):
    f = LIBRARY[name]
    u = np.linspace(-2.5, 2.5, 401)  # 0 and ±1 among them
    inside = f.is_defined(torch.from_numpy(u), -1e-9).numpy()
    with np.errstate(all="ignore"):
        got = f.evaluate(u)
    want = f.torch(torch.from_numpy(u)).numpy()
    np.testing.assert_allclose(got[inside], want[inside], rtol=1e-12, atol=1e-14)
    outside = ~f.is_defined(torch.from_numpy(u), 1e-9).numpy()
    assert not np.isfinite(got[outside]).any()


@pytest.mark.parametrize("name", [n for n in LIBRARY if n != "0"])
def test_slopes_are_derivatives(name):
    u = np.linspace(0.11, 0.93, 40) * (-1.0 if name == "sign" else 1.0)
    f = LIBRARY[name]
    h = 1e-6
    want = (f.evaluate(u + h) - f.evaluate(u - h)) / (2 * h)
    np.testing.assert_allclose(f.differentiate(u, f.evaluate(u)), want, rtol=2e-8, atol=1e-9)


TREES = {
    "sum": add(multiply(free(1.3), X), multiply(free(-0.7), Y), free(0.4)),
    "three factors": multiply(add(X, free(0.2)), add(Y, free(1.1)), add(multiply(X, Y), free(2.0))),
    "square": Power(add(multiply(free(1.5), X), free(0.1)), exact(2)),
    "inverse": Power(add(multiply(free(1.5), X), free(0.3)), exact(-1)),
    "root": Power(add(multiply(free(1.5), X), free(0.3)), exact(1, 2)),
    "cube": Power(add(multiply(free(1.5), X), free(0.3)), exact(3)),
    "fourth": Power(add(X, free(0.3)), exact(4)),
    "free exponent": Power(add(X, free(0.5)), free(1.7)),
    "exponent of inputs": Power(add(X, free(0.5)), add(multiply(free(0.8), Y), free(0.1))),
    "base alone": Power(free(1.8), Y),
    "nested": call("exp", call("sin", add(multiply(free(2.1), X, Y), free(0.3)))),
    "input twice": add(power(X, 3), multiply(free(2.0), call("log", X), X)),
}


def differences(f, at, h=1e-6):
    """Central differences, one column a coordinate."""
    columns = []
    for k in range(len(at)):
        up, down = list(at), list(at)
        up[k] += h
        down[k] -= h
        columns.append((f(up) - f(down)) / (2 * h))
    return np.stack(columns, -1)


@pytest.mark.parametrize("name", TREES)
def test_the_jacobian_is_the_derivative_by_the_free_numbers(name):
    x = np.random.default_rng(0).uniform(0.3, 1.7, (25, 2))
    program = Program(TREES[name])

    def at(values):
        numbers = list(program.numbers)
        for place, value in zip(program.free, values, strict=True):
            numbers[place] = value
        return program.values(x, numbers)

    values, jacobian = program.values_and_jacobian(x)
    np.testing.assert_array_equal(values, program.values(x))
    assert jacobian.shape == (25, len(program.free))
    if program.free:
        want = differences(at, [program.numbers[k] for k in program.free])
        np.testing.assert_allclose(jacobian, want, rtol=1e-7, atol=1e-8)


@pytest.mark.parametrize("name", TREES)
def test_the_gradient_is_the_derivative_by_the_inputs(name):
    x = np.random.default_rng(1).uniform(0.3, 1.7, (25, 2))
    program, h = Program(TREES[name]), 1e-6
    want = np.stack(
        [(program.values(x + h * e) - program.values(x - h * e)) / (2 * h) for e in np.eye(2)], 1
    )
    np.testing.assert_allclose(program.gradient(x), want, rtol=1e-7, atol=1e-8)


def test_derivatives_of_random_trees():
    x = np.random.default_rng(1).uniform(0.5, 1.5, (6, 3))
    checked = 0
    for tree in random_trees(80, depth=3, seed=5):
        program, h = Program(tree), 1e-6
        got = program.gradient(x)
        want = np.stack(
            [(program.values(x + h * e) - program.values(x - h * e)) / (2 * h) for e in np.eye(3)],
            1,
        )
        good = np.isfinite(want) & (np.abs(program.values(x)) < 1e3)[:, None]
        good &= (np.abs(want) < 1e4) & np.isfinite(got)
        checked += good.any()
        np.testing.assert_allclose(got[good], want[good], rtol=1e-4, atol=1e-4)
    assert checked > 40


def test_adjoints_are_derivatives_by_every_part():
    part = add(multiply(free(2.0), X), free(0.5))
    tree = multiply(call("sin", part), Y)
    x = np.random.default_rng(2).uniform(0.3, 1.7, (9, 2))
    program = Program(tree)
    values, slopes = program.all_values_and_adjoints(x)
    at = next(place for node, place in program.places if node is part)
    np.testing.assert_allclose(values[at], 2 * x[:, 0] + 0.5)
    np.testing.assert_allclose(slopes[at], np.cos(2 * x[:, 0] + 0.5) * x[:, 1])


@pytest.mark.parametrize(
    ("base", "exponent", "slope"), [(0, 1.5, 0), (np.inf, -1.5, 0), (2, 3, 8 * np.log(2))]
)
def test_a_power_has_a_slope_by_its_exponent_where_it_is_0(base, exponent, slope):
    program = Program(power(Input(0), free(exponent)))
    _, slopes = program.values_and_jacobian(np.array([[float(base)]]))
    assert slopes[0, 0] == pytest.approx(slope)


def test_a_constant_has_a_value_at_every_row():
    assert Program(exact(5, 2)).values(np.zeros((4, 1))).tolist() == [2.5] * 4


# ---- refits -----------------------------------------------------------------------------------


def test_a_refit_finds_numbers_that_it_starts_away_from():
    x = np.linspace(0, 3, 80)[:, None]
    y = 1.7 * np.exp(-0.9 * x[:, 0]) + 0.3
    tree = add(multiply(free(1.0), call("exp", multiply(free(-0.5), X))), free(0.1))
    found = refit(tree, x, y, steps=30)
    assert found.mse < 1e-24
    values = sorted(n.value for n in found.tree.numbers())
    np.testing.assert_allclose(values, [-0.9, 0.3, 1.7], rtol=1e-9)
    assert found.evaluations > 1


def test_a_refit_of_a_line_is_weighted_least_squares():
    g = np.random.default_rng(0)
    x, weight = g.uniform(-1, 1, (60, 1)), g.uniform(0.1, 2, 60)
    weight /= weight.mean()
    y = 2 * x[:, 0] + 1 + g.normal(size=60)
    found = refit(add(multiply(free(1.0), X), free(0.1)), x, y, weight)
    slope, offset = np.polyfit(x[:, 0], y, 1, w=np.sqrt(weight))
    values = sorted(n.value for n in found.tree.numbers())
    np.testing.assert_allclose(values, sorted([slope, offset]), rtol=1e-8)
    want = np.average((y - slope * x[:, 0] - offset) ** 2, weights=weight)
    assert found.mse == pytest.approx(want, rel=1e-9)


def test_exact_numbers_stay_and_the_others_make_up_for_them():
    x = np.linspace(0.1, 1, 30)[:, None]
    tree = add(multiply(exact(2), X), free(0.1))
    found = refit(tree, x, 3 * x[:, 0]).tree
    two, offset = found.numbers()
    assert (two.value, two.exact is None) == (2.0, False)
    assert offset.value == pytest.approx(float(x.mean()), rel=1e-9)


def test_rows_of_weight_0_do_not_matter():
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, (50, 1))
    y = 0.5 * x[:, 0] + 2
    weight = np.ones(50)
    y[:10], weight[:10] = 1e3, 0.0
    found = refit(add(multiply(free(1.0), X), free(0.1)), x, y, weight / weight.mean())
    assert found.mse < 1e-20


def test_no_refit_is_worse_than_its_start_and_none_invents_a_domain():
    g = np.random.default_rng(3)
    x = g.uniform(0.2, 2, (40, 2))
    for name, tree in TREES.items():
        y = g.normal(size=40)
        before = float(np.mean((y - Program(tree).values(x)) ** 2))
        found = refit(tree, x, y, steps=10)
        assert found.mse <= before * (1 + 1e-12), name
        again = float(np.mean((y - Program(found.tree).values(x)) ** 2))
        assert found.mse == pytest.approx(again, rel=1e-9), name
    undefined = call("log", add(X, Number(-5.0)))
    assert refit(undefined, x, x[:, 0]).mse == np.inf


def test_a_refit_stops_at_its_goal():
    x = np.linspace(0, 3, 80)[:, None]
    y = 1.7 * np.exp(-0.9 * x[:, 0]) + 0.3
    tree = Sum((Product((free(1.0), call("exp", multiply(free(-0.5), X)))), free(0.1)))
    early, late = (refit(tree, x, y, steps=30, goal=goal) for goal in (1e-3, 0.0))
    assert early.evaluations < late.evaluations
    assert late.mse < early.mse <= 1e-3
