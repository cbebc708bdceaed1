"""Fits of several groups, reductions and units, function by function."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from edgewise.discovery.boundary import find_boundary
from edgewise.discovery.constant_columns import ConstantColumns
from edgewise.discovery.group_joint import fit_joint, standard_errors
from edgewise.discovery.group_moves import align, sort_parts
from edgewise.discovery.group_starts import (
    linear_places,
    propose_starts,
    solve_linear,
    take_best,
    wave_places,
)
from edgewise.discovery.group_sums import _undo, explain
from edgewise.discovery.grouped_search import drop_all
from edgewise.discovery.groups import (
    Groups,
    fit_own,
    make_form,
    measure_errors,
    predict,
    step_each,
)
from edgewise.discovery.reduction import (
    SLACK,
    WORST,
    Gradients,
    Reduction,
    _evaluate,
    _is_idle,
    _project,
    make_state,
)
from edgewise.discovery.unit_text import Dimension
from edgewise.discovery.units import (
    ANY,
    _circuits,
    _cost,
    _dimension,
    _first_independent,
    _independent,
    _monomials_of,
    _rank,
    _solve,
    _spread,
    _whole,
)
from edgewise.formula.data import Data, number_bits, tree_bits
from edgewise.formula.expression import (
    Input,
    Power,
    Product,
    Sum,
    add,
    apply,
    exact,
    free,
    free_each,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.search.links import LINKS

X, Y = Input(0), Input(1)
G = np.random.default_rng(0)
SIZES = (7, 9, 12)
LABELS = np.repeat(["b", "a", "c"], SIZES)
ROWS = G.uniform(0.5, 2, (28, 2))
SLOPES = {"a": 1.0, "b": 2.0, "c": -1.5}
TRUTH = np.array([SLOPES[k] for k in LABELS]) * ROWS[:, 0] + 0.7 * ROWS[:, 1]
NOISY = TRUTH + 0.05 * G.normal(size=28)
WEIGHT = G.uniform(0.5, 2, 28)
GROUPS = Groups.of(ROWS, NOISY, WEIGHT, LABELS)
LINE = Sum((Product((free(1.0), X)), Product((free(0.5), Y))))


def form_of_line(common=(), groups=GROUPS):
    numbers = np.tile([1.0, 0.5], (groups.count, 1))
    return make_form(LINE, numbers, groups, common)


# ---- groups -----------------------------------------------------------------------------------


def test_rows_are_sorted_by_the_labels_of_their_groups():
    assert GROUPS.labels == ["a", "b", "c"]
    assert GROUPS.rows.tolist() == [9, 7, 12]
    assert GROUPS.count == 3
    assert GROUPS.place.tolist() == [0] * 9 + [1] * 7 + [2] * 12
    for label, part in zip("abc", GROUPS.parts, strict=True):
        np.testing.assert_array_equal(GROUPS.x[part], ROWS[label == LABELS])
        np.testing.assert_array_equal(GROUPS.y[part], NOISY[label == LABELS])
        np.testing.assert_array_equal(GROUPS.weight[part], WEIGHT[label == LABELS])
    for k, part in enumerate(GROUPS.parts):
        assert GROUPS.variance[k] == pytest.approx(
            np.average(
                (GROUPS.y[part] - np.average(GROUPS.y[part], weights=GROUPS.weight[part])) ** 2,
                weights=GROUPS.weight[part],
            )
        )
        assert (GROUPS.root[part] ** 2).mean() == pytest.approx(1)
    np.testing.assert_allclose(GROUPS.sum(GROUPS.x), [GROUPS.x[p].sum(0) for p in GROUPS.parts])


def test_some_rows_of_each_group():
    assert GROUPS.some_rows(12, 0) is GROUPS
    some = GROUPS.some_rows(8, 0)
    assert some.rows.tolist() == [8, 7, 8]
    for part, whole in zip(some.parts, GROUPS.parts, strict=True):
        assert set(some.y[part]) <= set(GROUPS.y[whole])
        places = [GROUPS.y[whole].tolist().index(v) for v in some.y[part]]
        assert places == sorted(set(places))
    np.testing.assert_array_equal(some.y, GROUPS.some_rows(8, 0).y)
    assert not np.array_equal(some.y, GROUPS.some_rows(8, 1).y)


def test_numbers_enter_at_the_rows_of_their_group():
    numbers = np.array([[1.0, 5.0], [2.0, 5.0], [3.0, 5.0]])
    form = replace(form_of_line([1]), numbers=numbers)
    own, common = GROUPS.spread(form)
    assert own.tolist() == [1.0] * 9 + [2.0] * 7 + [3.0] * 12
    assert common == 5.0
    assert form.own == [0]
    values = own * GROUPS.x[:, 0] + 5 * GROUPS.x[:, 1]
    np.testing.assert_allclose(predict(form, GROUPS), values)
    residual, mse = measure_errors(form, GROUPS, numbers)
    np.testing.assert_allclose(residual, (GROUPS.y - values) * GROUPS.root)
    for k, part in enumerate(GROUPS.parts):
        assert mse[k] == pytest.approx(
            np.average((GROUPS.y - values)[part] ** 2, weights=GROUPS.weight[part])
        )
    _, broken = measure_errors(form, GROUPS, np.where(numbers == 2, np.nan, numbers))
    assert np.isinf(broken[1])
    assert np.isfinite(broken[[0, 2]]).all()
    for tree, slope in zip(form.trees(), (1.0, 2.0, 3.0), strict=True):
        assert [n.value for n in tree.numbers()] == [slope, 5.0]


def test_the_mean_of_each_group_is_described_in_as_many_bits_as_y_alone():
    means = [np.average(d.y, weights=d.weight) for d in GROUPS.data]
    form = make_form(free(1.0), np.array(means)[:, None], GROUPS, ())
    np.testing.assert_allclose(form.fvu, 1.0)
    assert form.length == pytest.approx(GROUPS.plain_length)


def test_common_numbers_are_described_once():
    own, shared = form_of_line(), form_of_line([1])
    each = sum(number_bits(n) + 1 for n in GROUPS.rows)
    assert own.bits == pytest.approx(tree_bits(LINE, 2) + 2 * each)
    assert shared.bits == pytest.approx(tree_bits(LINE, 2) + each + number_bits(28) + 1)
    _, mse = measure_errors(own, GROUPS, own.numbers)
    np.testing.assert_allclose(own.fvu, mse / GROUPS.variance)
    data = sum(0.5 * n * math.log2(f) for n, f in zip(GROUPS.rows, own.fvu, strict=True))
    assert own.length == pytest.approx(own.bits + data)
    undefined = make_form(
        apply(LIBRARY["log"], add(X, free(-9.0))), np.full((3, 1), -9.0), GROUPS, common=()
    )
    assert undefined.length == math.inf


def test_exact_forms_leave_rounding_in_every_group():
    clean = Groups.of(ROWS, TRUTH, None, LABELS)
    numbers = np.array([[1.0, 0.7], [2.0, 0.7], [-1.5, 0.7]])
    assert make_form(LINE, numbers, clean, common=()).is_exact(clean)
    off = numbers.copy()
    off[1, 0] += 1e-6
    assert not make_form(LINE, off, clean, common=()).is_exact(clean)
    assert not form_of_line().is_exact(GROUPS)


def test_trees_of_one_form_are_aligned():
    a = add(multiply(free(2.0), X), free(5.0))
    b = Sum((free(7.0), multiply(X, free(3.0))))
    tree = align([a, b])
    assert sort_parts(tree).key == tree.key
    assert sorted(n.each.tolist() for n in tree.numbers()) == [[2.0, 3.0], [5.0, 7.0]]
    assert align([a, multiply(free(2.0), X)]) is None
    same = align([a, add(multiply(free(3.0), X), free(5.0))])
    assert [n.value for n in same.numbers() if n.each is None] == [5.0]


# ---- fits -------------------------------------------------------------------------------------


def weighted_line(part):
    root = np.sqrt(GROUPS.weight[part])
    a = GROUPS.x[part] * root[:, None]
    return np.linalg.lstsq(a, GROUPS.y[part] * root, rcond=None)[0]


def test_own_numbers_are_least_squares_in_each_group():
    form = fit_own(form_of_line(), GROUPS)
    for k, part in enumerate(GROUPS.parts):
        np.testing.assert_allclose(form.numbers[k], weighted_line(part), rtol=1e-6)
    same = fit_own(form_of_line(), GROUPS, steps=0)
    np.testing.assert_array_equal(same.numbers, form_of_line().numbers)


def test_a_damped_step_solves_the_scaled_normal_equations_of_each_group():
    form = form_of_line()
    damping = np.array([1e-3, 0.5, 2.0])
    residual, _ = measure_errors(form, GROUPS, form.numbers)
    moved = step_each(form, GROUPS, form.numbers, [0, 1], residual, damping)
    for k, part in enumerate(GROUPS.parts):
        a = GROUPS.x[part] * GROUPS.root[part][:, None]
        normal = a.T @ a
        normal += damping[k] * np.diag(np.diag(normal))
        step = np.linalg.solve(normal, a.T @ residual[part])
        np.testing.assert_allclose(moved[k] - form.numbers[k], step, rtol=1e-9)
    one = step_each(form, GROUPS, form.numbers, [1], residual, damping)
    np.testing.assert_array_equal(one[:, 0], form.numbers[:, 0])
    assert (one[:, 1] != form.numbers[:, 1]).all()
    residual[0] = np.nan  # of the first group
    stays = step_each(form, GROUPS, form.numbers, [0, 1], residual, damping)
    np.testing.assert_array_equal(stays[0], form.numbers[0])
    np.testing.assert_allclose(stays[1:], moved[1:])


def test_joint_fits_minimise_the_product_of_the_groups_variances():
    """Σ n_g log(mse_g) has no smaller value nearby."""
    form = fit_joint(form_of_line([1]), GROUPS, steps=40)
    assert len(set(form.numbers[:, 1])) == 1

    def cost(numbers):
        _, mse = measure_errors(form, GROUPS, numbers)
        return GROUPS.rows @ np.log(mse)

    least = cost(form.numbers)
    for k in range(3):
        for step in (-1e-3, 1e-3):
            moved = form.numbers.copy()
            moved[k, 0] += step
            assert cost(moved) > least
    for step in (-1e-3, 1e-3):
        moved = form.numbers.copy()
        moved[:, 1] += step
        assert cost(moved) > least
    alone = fit_joint(form_of_line(), GROUPS)
    np.testing.assert_allclose(alone.numbers, fit_own(form_of_line(), GROUPS, 20).numbers)


def test_errors_are_those_of_linear_regression_with_the_noise_of_each_group():
    form = fit_joint(form_of_line([1]), GROUPS, steps=40)
    errors = standard_errors(form, GROUPS)
    _, mse = measure_errors(form, GROUPS, form.numbers)
    spent = 1 + GROUPS.rows / 28
    noise = mse * GROUPS.rows / (GROUPS.rows - spent)
    a = np.zeros((28, 4))
    for k, part in enumerate(GROUPS.parts):
        scale = (GROUPS.root[part] / np.sqrt(noise[k]))[:, None]
        a[part, k : k + 1] = GROUPS.x[part, :1] * scale
        a[part, 3:] = GROUPS.x[part, 1:] * scale
    wanted = np.sqrt(np.diag(np.linalg.inv(a.T @ a)))
    np.testing.assert_allclose(errors[:, 0], wanted[:3], rtol=1e-5)
    np.testing.assert_allclose(errors[:, 1], wanted[3], rtol=1e-5)
    nothing = make_form(X, np.empty((3, 0)), GROUPS, common=())
    assert standard_errors(nothing, GROUPS).shape == (3, 0)


# ---- starts -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "places"),
    [
        (add(multiply(free(2.0), X), free(1.0)), {2.0, 1.0}),
        (multiply(free(2.0), apply(LIBRARY["exp"], multiply(free(3.0), X))), {2.0}),
        (add(apply(LIBRARY["sin"], multiply(free(3.0), X)), free(1.0)), {1.0}),
        (multiply(X, add(multiply(free(4.0), Y), free(5.0))), {4.0, 5.0}),
        (multiply(exact(7), add(multiply(free(4.0), Y), exact(5))), {4.0}),
        (power(add(X, free(2.0)), 2), set()),
        (free(3.0), {3.0}),
    ],
)
def test_linear_numbers_are_factors_and_constants_of_the_outermost_sum(tree, places):
    values = [n.value for n in tree.numbers()]
    found = linear_places(tree)
    assert {values[k] for k in found} == places
    x = np.array([[0.7, 1.3]])
    for k in found:  # the value is linear in them
        numbers = tree.numbers()
        at = [
            float(
                Program(
                    tree.with_numbers([free(v) if n == k else m for n, m in enumerate(numbers)])
                ).values(x)[0]
            )
            for v in (0.0, 1.0, 2.0)
        ]
        assert at[2] - at[1] == pytest.approx(at[1] - at[0])


def test_frequencies_stand_beside_an_input_within_a_wave():
    wave = apply(LIBRARY["sin"], add(multiply(free(3.0), Y), free(0.2)))
    tree = add(multiply(free(2.0), wave), multiply(free(5.0), X))
    values = [n.value for n in tree.numbers()]
    assert [(values[k], i) for k, i in wave_places(tree)] == [(3.0, 1)]
    within = apply(LIBRARY["sin"], power(multiply(free(3.0), X), 2))
    assert list(wave_places(within)) == []
    assert list(wave_places(apply(LIBRARY["exp"], multiply(free(3.0), X)))) == []


def test_linear_numbers_are_solved_in_one_step():
    solved = solve_linear(form_of_line(), GROUPS)
    for k, part in enumerate(GROUPS.parts):
        np.testing.assert_allclose(solved.numbers[k], weighted_line(part), rtol=1e-6)


def test_starts_are_rotated_led_by_the_best_and_scattered():
    tree = multiply(free(1.0), apply(LIBRARY["exp"], multiply(free(1.0), X)))
    form = make_form(tree, np.array([[1.0, 0.1], [2.0, 0.2], [3.0, 0.3]]), GROUPS, common=())
    best = int(np.argmin(form.fvu))
    starts = list(propose_starts(form, GROUPS, 0))
    np.testing.assert_array_equal(starts[0], form.numbers[[2, 0, 1]])
    np.testing.assert_array_equal(starts[1], form.numbers[[1, 2, 0]])
    np.testing.assert_array_equal(starts[2], form.numbers[[best] * 3])
    rest = np.array(starts[3:])
    assert len(rest) == 12
    outer = linear_places(tree)[0]
    assert (rest[:, :, outer] == form.numbers[best, outer]).all()
    ratios = np.log(rest[:, :, 1 - outer] / form.numbers[best, 1 - outer])
    assert ratios.std() == pytest.approx(0.8, rel=0.3)
    again = list(propose_starts(form, GROUPS, 0))
    np.testing.assert_array_equal(again[5], starts[5])
    assert not np.array_equal(list(propose_starts(form, GROUPS, 1))[5], starts[5])


def test_frequencies_are_tried_by_quarter_turns():
    tree = apply(LIBRARY["sin"], multiply(free(1.0), X))
    form = make_form(tree, np.ones((3, 1)), GROUPS, common=())
    starts = [s[:, 0] for s in propose_starts(form, GROUPS, 0)][3:]
    width = np.array([np.ptp(GROUPS.x[p, 0]) for p in GROUPS.parts])
    waves = starts[:-12]
    np.testing.assert_allclose(waves[0] * width / (2 * np.pi), 0.25)
    np.testing.assert_allclose(np.diff(np.array(waves) * width / (2 * np.pi), axis=0), 0.25)
    assert len(waves) == 6  # of seven rows up to 7/4 turns


def test_of_two_fits_the_better_one_in_each_group():
    good = fit_own(form_of_line(), GROUPS)
    mixed = good.numbers.copy()
    mixed[1] += 1.0
    one = make_form(LINE, mixed, GROUPS, (), "one")
    other = form_of_line()
    best = take_best(other, one, GROUPS)
    np.testing.assert_array_equal(best.numbers[[0, 2]], mixed[[0, 2]])
    assert (best.fvu <= np.minimum(one.fvu, other.fvu) + 1e-15).all()
    assert take_best(good, other, GROUPS) is good


# ---- sums of terms ----------------------------------------------------------------------------


def test_what_pairs_explain_is_the_r2_of_weighted_regression():
    values, target = G.normal(size=(5, 40)), G.normal(size=40)
    values[4] = 2 * values[0] + 1
    weight = G.uniform(0.5, 2, 40)
    weight /= weight.sum()
    found = explain(values, target, weight)
    root = np.sqrt(weight)
    total = weight @ (target - weight @ target) ** 2
    for i in range(5):
        for j in range(5):
            a = np.column_stack([*values[sorted({i, j})], np.ones(40)]) * root[:, None]
            c = np.linalg.lstsq(a, target * root, rcond=None)[0]
            wanted = 1 - np.sum((target * root - a @ c) ** 2) / total
            if {i, j} == {0, 4}:
                wanted = 0.0  # they say the same
            assert found[i, j] == pytest.approx(wanted, abs=1e-9)


@pytest.mark.parametrize(("below", "undone"), [(4, True), (5, False)])
def test_rows_outside_the_range_of_a_function_lose_their_weight(below, undone):
    """At most 15 % of 28 rows."""
    link = next(k for k in LINKS if k.function == "exp")
    y = np.exp(ROWS[:, 0])
    y[[0, 8, 17, 20, 25][:below]] = -0.1
    groups = Groups.of(ROWS, y, None, LABELS)
    found = _undo(link, groups, LIBRARY)
    assert (found is not None) == undone
    if undone:
        target, weight = found
        inside = groups.y > 0
        np.testing.assert_allclose(target[inside], np.log(groups.y[inside]))
        assert (weight[~inside] == 0).all()
        assert (weight[inside] > 0).all()
        np.testing.assert_allclose(
            weight[inside] / weight[inside][0], (groups.y[inside] / groups.y[inside][0]) ** 2
        )
    assert _undo(link, groups, LIBRARY.only("x", "sin")) is None


# ---- reductions -------------------------------------------------------------------------------

REDUCTION = Reduction((multiply(X, Y),), X, exact(3), 0.0, 0.0)


def test_a_reduced_problem_and_its_solution_belong_together():
    data = Data.of(ROWS, 3 + ROWS[:, 0] * np.sin(ROWS[:, 0] * ROWS[:, 1]), np.ones(28))
    x, y = REDUCTION.apply(data.x, data.y)
    np.testing.assert_allclose(x[:, 0], ROWS.prod(1))
    np.testing.assert_allclose(y, np.sin(ROWS.prod(1)))
    whole = REDUCTION.expand(apply(LIBRARY["sin"], X))
    np.testing.assert_allclose(Program(whole).values(ROWS), data.y)
    reduced = REDUCTION.reduce(data)
    np.testing.assert_allclose(reduced.weight, ROWS[:, 0] ** 2 / np.mean(ROWS[:, 0] ** 2))
    assert REDUCTION.size == sum(t.size for t in REDUCTION.trees)
    assert REDUCTION.numbers == 0
    bare = Reduction((), None, None, 0.0, 0.0)
    x, y = bare.apply(data.x, data.y)
    assert x.shape == (28, 0)
    np.testing.assert_array_equal(y, data.y)
    assert bare.reduce(data).weight is data.weight
    undefined = replace(REDUCTION, inputs=(apply(LIBRARY["log"], add(X, exact(-1))),))
    assert undefined.reduce(data) is None


def test_gradients_have_errors_no_larger_than_themselves():
    made = Gradients.of(ROWS, NOISY, ROWS * [1, -1], np.array([0.1, 9.0]))
    np.testing.assert_allclose(made.error, [0.1, np.abs(ROWS[:, 1]).mean()])
    assert made.slack == SLACK
    np.testing.assert_allclose(made.size, np.abs(ROWS).mean(0))
    idle = Gradients.of(ROWS, NOISY, ROWS * [1, 0], np.zeros(2))
    ratio = idle.size * ROWS.std(0)
    assert ratio[1] == pytest.approx(1e-12 * ratio[0])


def test_values_and_gradients_of_trees_and_of_nothing():
    values, slopes = _evaluate(None, ROWS, 2.0)
    assert (values == 2).all()
    assert (slopes == 0).all()
    values, slopes = _evaluate(multiply(X, Y), ROWS, 2.0)
    np.testing.assert_allclose(values, ROWS.prod(1))
    np.testing.assert_allclose(slopes, ROWS[:, ::-1])


def test_gradients_are_projected_on_those_of_the_new_inputs():
    gradient, jacobian = G.normal(size=(6, 3)), G.normal(size=(6, 2, 3))
    coordinates, spread, rest = _project(gradient, jacobian, np.array([0.1, 0.2, 0.0]))
    for n in range(6):
        c = np.linalg.lstsq(jacobian[n].T, gradient[n], rcond=None)[0]
        np.testing.assert_allclose(coordinates[n], c, rtol=1e-6)
        np.testing.assert_allclose(rest[n], gradient[n] - jacobian[n].T @ c, atol=1e-7)
        pseudo = np.linalg.pinv(jacobian[n].T)
        np.testing.assert_allclose(
            spread[n], np.sqrt((pseudo**2) @ np.array([0.01, 0.04, 0.0])), rtol=1e-6
        )
    none, _, rest = _project(gradient, np.empty((6, 0, 3)), np.zeros(3))
    assert none.shape == (6, 0)
    assert rest is gradient


def gradients_of(f, error=0.0):
    step = 1e-6 * np.eye(2)
    slopes = [(f(*(ROWS + s).T) - f(*(ROWS - s).T)) / 2e-6 for s in step]
    return Gradients.of(ROWS, f(*ROWS.T), np.stack(slopes, 1), np.full(2, error))


BOTH = np.ones(2, dtype=bool)


def test_a_form_that_gradients_agree_with_becomes_a_state():
    data = gradients_of(lambda a, b: 3 + a * np.sin(a * b))
    made = make_state(data, [multiply(X, Y)], X, exact(3), BOTH)
    np.testing.assert_allclose(made.x[:, 0], ROWS.prod(1))
    np.testing.assert_allclose(made.y, np.sin(ROWS.prod(1)))
    np.testing.assert_allclose(made.slopes[:, 0], np.cos(ROWS.prod(1)), rtol=1e-4, atol=1e-5)
    assert made.reduction.score < 1e-5
    assert made.fingerprint == (1, f"{made.reduction.score:.4g}")
    assert made.key == f"{[multiply(X, Y).key]} {X} {exact(3)}"
    longer = make_state(data, [X, Y], None, None, BOTH)
    assert made.rank < longer.rank
    size = made.reduction.size + 5
    assert made.rank == pytest.approx(1 + made.reduction.strain + 0.02 * size)
    assert make_state(data, [X], None, None, BOTH) is None
    assert make_state(data, [apply(LIBRARY["log"], add(X, exact(-1)))], X, None, BOTH) is None


def test_errors_of_gradients_excuse_a_form():
    data = gradients_of(lambda a, b: a + 0.06 * b)
    without = [X]
    assert make_state(data, without, None, None, BOTH) is None
    unsure = gradients_of(lambda a, b: a + 0.06 * b, error=0.2)
    assert make_state(unsure, without, None, None, BOTH) is None  # errors are 0.06 at most
    only_first = np.array([True, False])
    found = make_state(data, without, None, None, only_first)
    assert found.reduction.score < WORST


def test_new_inputs_without_influence_are_idle():
    y, slopes = NOISY, np.ones((28, 1))
    made = [multiply(X, Y)]
    x = ROWS.prod(1)[:, None]
    spread = x.std()
    assert not _is_idle(made, x, y, slopes, np.zeros(1))
    assert _is_idle(made, x, y, slopes, np.array([0.67]))
    assert not _is_idle(made, x, y, slopes, np.array([0.66]))
    tiny = 1e-3 * y.std() / spread
    assert _is_idle(made, x, y, 0.99 * tiny * slopes, np.zeros(1))
    assert not _is_idle(made, x, y, 1.01 * tiny * slopes, np.zeros(1))
    assert not _is_idle([X], x, y, 0 * slopes, np.ones(1))  # an input of before stays


# ---- units ------------------------------------------------------------------------------------


def fractions(*values):
    return tuple(map(Fraction, values))


def test_the_cost_of_a_monomial_grows_with_exponents_denominators_and_inputs():
    costs = [_cost(fractions(*e))[0] for e in ((1, 0), (1, 1), (2, 0), (Fraction(1, 2), 0))]
    assert costs == [Fraction(3, 2), 3, Fraction(5, 2), 3]
    assert _cost(fractions(2, 1)) < _cost(fractions(1, 2))


def test_linear_equations_with_one_solution_are_solved():
    assert _solve([(1, 0), (0, 2)], (3, 1)) == [3, Fraction(1, 2)]
    assert _solve([(1, 0, 1), (0, 2, 0)], (3, 1, 3)) == [3, Fraction(1, 2)]
    assert _solve([(1, 0, 1), (0, 2, 0)], (3, 1, 4)) is None
    assert _solve([(1, 0), (2, 0)], (3, 0)) is None
    assert _solve([(0, 1), (1, 0)], (5, 7)) == [7, 5]
    assert _solve([(2, 4)], (1, 2)) == [Fraction(1, 2)]


def test_the_first_independent_vectors():
    vectors = [(1, 2), (2, 4), (0, 0), (0, 1), (5, 5)]
    assert _first_independent(vectors) == [0, 3]
    assert _first_independent(vectors, 1) == [0]
    assert _rank(vectors) == 2
    assert _independent(vectors, 2) == ((1, 2), (0, 1))


def test_circuits_are_minimal_groups_and_monomials_have_the_dimension():
    inputs = [(1, 0), (1, 0), (0, 1), (1, 1), (0, 0)]
    found = set(_circuits(inputs))
    table = np.array(inputs, dtype=object)
    for e in found:
        assert not any(sum(v * row for v, row in zip(e, table, strict=True)))
    assert fractions(0, 0, 0, 0, 1) in found
    assert any(e[0] and e[1] and not any(e[2:]) for e in found)
    assert any(e[0] and e[2] and e[3] for e in found)
    for e in _monomials_of(inputs, (2, 1)):
        assert tuple(sum(v * row for v, row in zip(e, table, strict=True))) == (2, 1)
    assert _spread([2, 0], fractions(5, 7), 4) == fractions(7, 0, 5, 0)
    assert _whole(fractions(Fraction(1, 2), Fraction(-1, 3))) == fractions(3, -2)
    assert _whole(fractions(-2, -4, 0)) == fractions(1, 2, 0)
    assert _whole(fractions(-1, 1)) == fractions(1, -1)


METRE, SECOND, NONE = fractions(1, 0), fractions(0, 1), fractions(0, 0)
ZERO = exact(0)


@pytest.mark.parametrize(
    ("tree", "dimension"),
    [
        (X, METRE),
        (multiply(X, power(Y, -2)), fractions(1, -2)),
        (add(X, multiply(free(2.0), X)), METRE),
        (Sum((X, ZERO)), METRE),
        (add(X, Y), None),
        (ZERO, ANY),
        (free(2.0), NONE),
        (power(X, free(2.0)), None),
        (power(X, exact(1, 2)), (Fraction(1, 2), Fraction(0))),
        (power(free(2.0), X), None),
        (power(multiply(X, power(X, -1)), free(0.3)), NONE),
        (apply(LIBRARY["sin"], X), None),
        (apply(LIBRARY["sin"], multiply(X, power(X, -1))), NONE),
        (apply(LIBRARY["abs"], X), METRE),
        (apply(LIBRARY["sign"], X), NONE),
        (multiply(apply(LIBRARY["sin"], X), Y), None),
        (Power(X, exact(2, 1, "pi")), None),
        (Power(X, Y), None),
        (apply(LIBRARY["sin"], Product((ZERO, X))), NONE),
        (Sum((X, exact(1))), None),
    ],
)
def test_dimensions_of_formulas(tree, dimension):
    assert _dimension(tree, [METRE, SECOND, NONE]) == dimension


def test_dimensions_multiply_and_are_written():
    speed = Dimension.of({"m": 1, "s": -1})
    assert str(speed) == "m*s^-1"
    assert str(speed**2 / speed) == "m*s^-1"
    assert str(speed / speed) == "1"
    assert str(speed ** Fraction(1, 2)) == "m^(1/2)*s^(-1/2)"
    assert speed["m"] == 1
    assert speed["kg"] == 0


def test_only_positive_constant_columns_are_constants():
    x = np.column_stack([np.full(5, 3.0), np.full(5, -2.0), np.arange(5.0), np.full(5, 4.0)])
    dimensions = np.array([[1], [1], [0], [2], [1]])
    found = ConstantColumns.of(x, dimensions)
    assert found.places == (0, 3)
    made = found.complete(multiply(free(6.0), Input(2)))
    np.testing.assert_allclose(Program(made).values(x), 6 * x[:, 2])
    assert made.inputs == {0, 2}
    assert found.complete(Input(0)) is None
    assert ConstantColumns.of(x[:, 1:3], dimensions[[1, 2, 4]]).complete(X) is None


@pytest.mark.parametrize(
    ("tree", "level", "left", "at", "sign"),
    [
        (add(X, free(3.0)), 1.0, X, -2.0, ">"),
        (multiply(free(-2.0), X), 1.0, X, -0.5, "<"),
        (power(X, 3), -8.0, X, -2.0, ">"),
        (power(X, exact(1, 2)), 3.0, X, 9.0, ">"),
        (power(X, 2), 4.0, power(X, 2), 4.0, ">"),
        (power(X, exact(1, 2)), -3.0, power(X, exact(1, 2)), -3.0, ">"),
        (apply(LIBRARY["exp"], X), 2.0, X, math.log(2), ">"),
        (apply(LIBRARY["exp"], X), -2.0, apply(LIBRARY["exp"], X), -2.0, ">"),
        (apply(LIBRARY["tanh"], X), 0.5, X, math.atanh(0.5), ">"),
        (apply(LIBRARY["sin"], X), 0.5, apply(LIBRARY["sin"], X), 0.5, ">"),
        (add(X, Y), 1.0, add(X, Y), 1.0, ">"),
        (multiply(X, Y), 1.0, multiply(X, Y), 1.0, ">"),
    ],
)
def test_outer_steps_of_a_boundary_are_undone(tree, level, left, at, sign):
    found = find_boundary(tree, level)
    assert found.tree.key == left.key
    assert found.level == pytest.approx(at)
    assert found.sign == sign


@pytest.mark.parametrize("number", [exact(2), free(2.0)])
@pytest.mark.parametrize("turn", [1, -1])
def test_a_sum_with_a_number_has_the_dimension_of_its_other_terms(number, turn):
    """(x2 + 2) x2 with x2 in m and y in m²: the 2 is a length, which the column x0 gives."""
    x = np.column_stack([np.full(5, 4.0), np.full(5, 3.0), np.linspace(1, 2, 5)])
    found = ConstantColumns.of(x, np.array([[1, 0], [0, 1], [1, 0], [2, 0]]))
    inner = Sum((Input(2), number)[::turn])
    made = found.complete(multiply(inner, Input(2)))
    np.testing.assert_allclose(Program(made).values(x), (x[:, 2] + 2) * x[:, 2])
    assert made.inputs == {0, 2}
    settled, dimension = found._settle(inner)
    assert dimension == (1, 0)
    assert settled.inputs == {0, 2}


def test_an_exact_form_loses_what_one_group_alone_needs():
    """The last group has its wave in sin(0.6 x - 1.5)^2, which has twice the frequency."""
    x = np.linspace(0, 10, 60)
    waves = [(1.4, 2.05, 0.8, 2.9), (2.3, 2.3, 1.0, 2.2), (-2.3, 1.2, -3 + np.pi / 2, 3.4)]
    y = np.concatenate([f + b * np.sin(c * x + d) for b, c, d, f in waves])
    groups = Groups.of(np.tile(x, 3)[:, None], y, None, np.repeat([0, 1, 2], 60))
    b, c, d = np.array([[1.4, 2.3, 0.0], [2.05, 2.3, 8e12], [0.8, 1.0, -2e13]])
    f, a = np.array([[2.9, 2.2, 1.1], [1e-18, 0.0, 4.6]])
    wave = apply(LIBRARY["sin"], add(multiply(free_each(c), X), free_each(d)))
    junk = power(apply(LIBRARY["sin"], add(multiply(free(0.6), X), free(-1.5))), 2)
    tree = add(free_each(f), multiply(free_each(b), wave), multiply(free_each(a), junk))
    form = groups.form(tree)
    assert form.is_exact(groups)
    short = drop_all(form, groups, seed=0)
    assert short.is_exact(groups)
    assert short.tree.free_count == 4
