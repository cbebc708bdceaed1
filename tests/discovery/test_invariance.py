"""What gradients tell: forms, exponents, pairs, and separate blocks of inputs."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from edgewise.discovery import invariance
from edgewise.discovery.integer_exponents import find_lattices, shorten_basis
from edgewise.discovery.invariance import _propose_scaling, search_gradients, take_gradients
from edgewise.discovery.likely_reductions import find_likely_reductions
from edgewise.discovery.numeric import fit_gaussian_process
from edgewise.discovery.pairs import PARTS
from edgewise.discovery.reduction import Gradients, make_state
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, add, exact, multiply, power
from edgewise.formula.program import Program
from edgewise.search.budget import Budget
from every_pair import every_value

FORMS = {
    "a b exp(-c d/(e f))": (lambda x: x[0] * x[1] * np.exp(-x[2] * x[3] / (x[4] * x[5])), 6, 1),
    "a sin(b (c - d))": (lambda x: x[0] * np.sin(x[1] * (x[2] - x[3])), 4, 1),
    "1/(exp(a b/(c d)) - 1)": (lambda x: 1 / np.expm1(x[0] * x[1] / (x[2] * x[3])), 4, 1),
    "k (a b + c d)/(a + c)": (
        lambda x: x[0] * (x[1] * x[2] + x[3] * x[4]) / (x[1] + x[3]),
        5,
        2,
    ),
    "m v/sqrt(1 + v²/c²)": (lambda x: x[0] * x[1] / np.sqrt(1 + (x[1] / x[2]) ** 2), 3, 1),
    "sqrt(a² + b² - 2 a b cos c)": (
        lambda x: np.sqrt(x[0] ** 2 + x[1] ** 2 - 2 * x[0] * x[1] * np.cos(x[2])),
        3,
        2,
    ),
    "sqrt((a - b)² + (c + d)²)": (
        lambda x: np.sqrt((x[0] - x[1]) ** 2 + (x[2] + x[3]) ** 2),
        4,
        1,
    ),
    "tanh(a - 2.4 b) c": (lambda x: np.tanh((x[0] - 2.4 * x[1]) / 3) * x[2], 3, 1),
    "a + (b - a)² c": (lambda x: x[0] + (x[1] - x[0]) ** 2 * x[2], 3, 1),
    "c exp(-a sin b) + c": (lambda x: (np.exp(-x[0] * np.sin(x[1])) + 1) * x[2], 3, 1),
    "a log(d/b)": (lambda x: x[0] * np.log(x[3] / x[1]), 5, 1),
    "a b/(a + b) c": (lambda x: x[0] * x[1] / (x[0] + x[1]) * x[2], 3, 1),
}
"""Formulas, how many inputs they have, and how many are left of them at best."""


def slopes(function, x):
    step = 1e-5 * np.eye(x.shape[1])
    return np.stack([(function((x + h).T) - function((x - h).T)) / 2e-5 for h in step], 1)


def find_invariances(x, gradient, y, **options):
    """Reductions by exact gradients."""
    options = {"most": 8, "budget": Budget(60.0)} | options
    return search_gradients(Gradients.of(x, y, gradient, np.zeros(x.shape[1])), **options)


def is_true(reduction, function, x):
    """Whether the formula's own gradient agrees with the form."""
    gradient = slopes(function, x)
    among = np.abs(gradient).mean(0) > 1e-8
    data = Gradients(x, function(x.T), gradient, np.zeros(x.shape[1]))
    state = make_state(data, reduction.inputs, reduction.prefactor, reduction.offset, among)
    return state is not None and state.reduction.score < 1e-4


@pytest.mark.parametrize("name", FORMS)
def test_forms_from_exact_gradients(name):
    function, inputs, left = FORMS[name]
    x = np.random.default_rng(0).uniform(1, 3, (200, inputs))
    found = find_invariances(x, slopes(function, x), function(x.T))
    assert is_true(found[0], function, x)
    assert len(found[0].inputs) <= left


@every_value(name=list(FORMS)[:4], noise=[0.01, 0.0])
def test_forms_from_a_numeric_model(name, noise):
    function, inputs, left = FORMS[name]
    rng = np.random.default_rng(1)
    x = rng.uniform(1, 3, (600, inputs))
    y = function(x.T)
    y = y + noise * y.std() * rng.standard_normal(600)
    found = search_gradients(
        take_gradients(x, fit_gaussian_process(x, y, rows=400), seed=0), most=8, budget=Budget(60.0)
    )
    true = [r for r in found if is_true(r, function, x[:200])]
    assert min(len(r.inputs) for r in true) <= left


@pytest.mark.parametrize("name", ["m v/sqrt(1 + v²/c²)", "a b/(a + b) c", "a log(d/b)"])
def test_the_likeliest_reductions_of_noisy_rows_are_true(name):
    """10 % of noise: here the gradients allow hundreds of wrong forms."""
    function, inputs, left = FORMS[name]
    rng = np.random.default_rng(2)
    x = rng.uniform(1, 3, (600, inputs))
    y = function(x.T)
    y = y + 0.1 * y.std() * rng.standard_normal(600)
    model = fit_gaussian_process(x, y, rows=400)
    found = find_likely_reductions(Data.of(x, y, None), model, Budget(60.0), most=3, seed=0)
    true = [r for r in found if is_true(r, function, x[:200])]
    assert min(len(r.inputs) for r in true) <= left


def test_a_formula_without_symmetry_is_left_alone():
    x = np.random.default_rng(2).uniform(1, 3, (200, 3))

    def function(x):
        return np.sin(2 * x[0] * x[1]) + np.log(x[1] + x[2]) * x[0] + np.exp(x[2] - x[0])

    assert find_invariances(x, slopes(function, x), function(x.T)) == []


def test_a_reduction_makes_the_reduced_problem_and_takes_its_solution_back():
    function, inputs, _ = FORMS["a + (b - a)² c"]
    x = np.random.default_rng(3).uniform(1, 3, (50, inputs))
    y = function(x.T)
    for reduction in find_invariances(x, slopes(function, x), y)[:5]:
        new, rest = reduction.apply(x, y)
        assert new.shape == (50, len(reduction.inputs))
        tree = add(exact(2), *(Input(k) for k in range(new.shape[1])))
        solved, whole = Program(tree).values(new), Program(reduction.expand(tree)).values(x)
        factor = 1.0 if reduction.prefactor is None else Program(reduction.prefactor).values(x)
        np.testing.assert_allclose(whole - y, factor * (solved - rest), rtol=1e-9, atol=1e-9)


def test_the_score_is_the_part_of_the_gradient_that_contradicts():
    x = np.random.default_rng(4).uniform(1, 2, (100, 2))
    gradient = np.stack([np.ones(100), np.full(100, 1.1)], 1)
    data = Gradients(x, x[:, 0] + 1.1 * x[:, 1], gradient, np.full(2, 0.1))
    every = np.ones(2, dtype=bool)
    wrong = make_state(data, [add(Input(0), Input(1))], None, None, every)
    # Relative to the slopes, (1, 1) has to be explained by multiples of (1, 1/1.1).
    direction = np.array([1, 1 / 1.1]) / np.hypot(1, 1 / 1.1)
    rest = np.ones(2) - direction * direction.sum()
    assert wrong.reduction.score == pytest.approx(np.abs(rest).max(), rel=1e-6)
    right = make_state(data, [add(Input(0), multiply(exact(11, 10), Input(1)))], None, None, every)
    assert right.reduction.score < 1e-8


def test_errors_of_gradients_excuse_what_they_explain():
    rng = np.random.default_rng(5)
    x = rng.uniform(1, 2, (200, 2))
    clean = np.stack([x[:, 1], x[:, 0]], 1)
    gradient = clean + 0.2 * rng.standard_normal((200, 2))
    y = x[:, 0] * x[:, 1]
    tree, every = [multiply(Input(0), Input(1))], np.ones(2, dtype=bool)
    assert make_state(Gradients(x, y, gradient, np.zeros(2)), tree, None, None, every) is None
    state = make_state(Gradients(x, y, gradient, np.full(2, 0.2)), tree, None, None, every)
    assert state.reduction.strain < 1


def test_exponents_of_hidden_units():
    rng = np.random.default_rng(6)
    groups = np.array([[1, 0, -1, 2], [0, 1, 1, 0]])
    prefactor = np.array([0, 0, 0.5, 1])
    t = rng.uniform(1, 2, 300)
    rows = t[:, None] * prefactor + rng.standard_normal((300, 2)) @ groups
    rows += 0.01 * rng.standard_normal(rows.shape)
    lattice = next(find_lattices(rows, t, np.full(4, 0.05)))
    assert np.linalg.matrix_rank(np.concatenate([groups, lattice.groups])) == 2
    away = np.array([float(f) for f in lattice.prefactor]) - prefactor
    assert np.linalg.matrix_rank(np.concatenate([groups, away[None]])) == 2


def test_no_exponents_where_there_are_none():
    rows = np.random.default_rng(7).standard_normal((300, 4))
    assert list(find_lattices(rows, None, np.full(4, 0.05))) == []


def test_a_column_that_one_outlier_alone_fills_is_no_pivot():
    rows = np.zeros((50, 2))
    rows[:, 0], rows[7, 1] = 1.0, 1.0
    assert [m.groups for m in find_lattices(rows, None, np.full(2, 0.05))] == [((1, 0),)]


def test_short_bases_span_the_same():
    rows = [(1, 0, 3, -2), (0, 1, 2, -1)]
    short = shorten_basis(rows)
    assert np.linalg.matrix_rank(np.array([*rows, *short])) == 2
    assert sum(abs(v) for row in short for v in row) < 10
    assert all(isinstance(Fraction(v), Fraction) for row in short for v in row)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_slopes_of_the_catalogue(part):
    x = np.random.default_rng(9).uniform(0.2, 1.2, (30, 1))
    program = Program(part.tree(Input(0)))
    told = program.gradient(x)[:, 0]
    if part.logarithm:
        told = told / program.values(x)
    np.testing.assert_allclose(part.slope(x[:, 0]), told, rtol=1e-9)


def test_powers_of_inputs_that_change_sign():
    x = np.random.default_rng(10).uniform(-2, 2, (200, 3))

    def function(x):
        return np.exp(-(x[0] ** 2 + x[1] ** 2)) + x[2]

    found = find_invariances(x, slopes(function, x), function(x.T))
    disc = add(power(Input(0), 2), power(Input(1), 2))
    assert any(disc in r.inputs for r in found)
    assert is_true(found[0], function, x)


def test_a_search_for_symmetries_ends_with_its_budget(monkeypatch):
    """With ten inputs it takes as long as a whole search of thirty seconds."""
    x = np.random.default_rng(0).normal(size=(60, 5))
    gradient, y = slopes(lambda x: np.sin(x[0] + 2 * x[1]) * x[2] + x[3] * x[4], x), x[:, 0]
    made = []
    monkeypatch.setattr(
        invariance, "make_state", lambda *given: made.append(1) or make_state(*given)
    )
    find_invariances(x, gradient, y)
    assert len(made) > 8
    made.clear()
    find_invariances(x, gradient, y, budget=Budget(1e-9))
    assert len(made) <= 2  # all inputs, and one step


def test_proposals_name_the_inputs_of_the_function_that_is_left():
    """y = x0 f(x1 x2), y = f(x0 x1), and y = x0 x1, of which nothing else is left."""
    x = np.random.default_rng(0).uniform(0.5, 2, (400, 3))
    u = x[:, 1] * x[:, 2]
    inner = np.cos(u)[:, None] * x[:, 2:0:-1]
    slopes = np.column_stack([np.sin(u), x[:, :1] * inner])
    assert ("x0", ["x1*x2"]) in scalings_of(x, x[:, 0] * np.sin(u), slopes)
    assert (None, ["x0*x1"]) in scalings_of(x[:, 1:], np.sin(u), inner)
    product = np.column_stack([x[:, 1], x[:, 0]])
    assert ("x0*x1", []) in scalings_of(x[:, :2], x[:, 0] * x[:, 1], product)


def scalings_of(x, y, slopes):
    """The factor and the new inputs that are proposed for exact slopes."""
    reduction = SimpleNamespace(inputs=[Input(k) for k in range(x.shape[1])])
    state = SimpleNamespace(reduction=reduction, x=x, y=y, slopes=slopes, error=1e-9)
    return [
        (front and front.key, [group.key for group in groups])
        for groups, front, _ in _propose_scaling(state)
    ]
