"""The plain models that formulas are compared with, function by function, against brute force."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from edgewise.additive.curves import Curve
from edgewise.discovery import baselines
from edgewise.discovery.baselines import (
    PlainModel,
    _average,
    _best_average,
    _blend,
    _fit_mean,
    _line_tree,
    _quadratic_columns,
    _quadratic_tree,
    _solve_ridge,
    _strongest,
    plain_candidates,
)
from edgewise.discovery.lasso import (
    BLENDS,
    JITTER,
    MOST_STEPS,
    Path,
    SparseFit,
    _choose,
    _fold_means,
    _predict_folds,
    _predict_nested,
    fit_sparse,
    trace_path,
    usable_columns,
)
from edgewise.discovery.problem import Problem
from edgewise.discovery.smooth import SIZES, fit_smooth
from edgewise.formula.expression import Number
from edgewise.formula.program import Program

G = np.random.default_rng(0)
X = G.normal(size=(60, 4))
WEIGHT = G.uniform(0.3, 2, 60)
Y = 1.5 * X[:, 0] - 0.8 * X[:, 2] + 0.3 * G.normal(size=60) + 4
FOLDS = np.arange(60) % 5


def objective(coef, penalty, x=X, y=Y, weight=WEIGHT):
    """½ Σ w (y - Xβ)² + λ Σ|β| of centred columns, Σ w = 1."""
    w = weight / weight.sum()
    left = (y - w @ y) - (x - w @ x) @ coef
    return 0.5 * float(w @ left**2) + penalty * np.abs(coef).sum()


# ---- the lasso --------------------------------------------------------------------------------


def test_the_path_minimises_the_penalised_squares():
    path = trace_path(X, Y, WEIGHT, most=MOST_STEPS)
    assert (np.diff(path.penalties) < 0).all()
    for penalty in (*path.penalties[1:-1], *(0.3 * path.penalties[:2] + 0.7 * path.penalties[1:3])):
        (coef,) = path.at(np.array([penalty]), 1.0)
        least = objective(coef, penalty)
        for k in range(4):
            for step in (-1e-3, 1e-3):
                moved = coef.copy()
                moved[k] += step
                assert objective(moved, penalty) >= least - 1e-9
    w = WEIGHT / WEIGHT.sum()
    np.testing.assert_allclose(path.mean, w @ X)
    assert path.middle == pytest.approx(w @ Y)


def test_refits_are_least_squares_of_the_columns_in_use():
    path = trace_path(X, Y, WEIGHT, most=MOST_STEPS)
    root = np.sqrt(WEIGHT / WEIGHT.sum())
    x, y = (X - path.mean) * root[:, None], (Y - path.middle) * root
    for k in range(len(path.coefs) - 1):
        used = np.flatnonzero((path.coefs[k] != 0) | (path.coefs[k + 1] != 0))
        c = np.linalg.lstsq(x[:, used], y, rcond=None)[0]
        np.testing.assert_allclose(path.refits[k, used], c, rtol=1e-5)
        assert (np.delete(path.refits[k], used) == 0).all()
    np.testing.assert_array_equal(path.refits[-1], path.refits[-2])
    assert JITTER < 1e-6


def test_a_path_of_nothing_and_of_few_steps():
    flat = trace_path(X, np.ones(60), WEIGHT, most=MOST_STEPS)
    assert (flat.penalties.shape, flat.coefs.shape, flat.refits.shape) == ((1,), (1, 4), (1, 4))
    assert not flat.coefs.any()
    assert not flat.refits.any()
    assert len(trace_path(X, Y, WEIGHT, most=1).penalties) == 2


PATH = Path(
    np.array([1.0]), 5.0, np.array([4.0, 2.0, 1.0]), np.array([[0.0], [2.0], [3.0]]),
    np.array([[5.0], [6.0], [6.0]]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("penalty", "blend", "coef"),
    [
        (5.0, 1.0, 0.0),
        (5.0, 0.0, 0.0),
        (4.0, 1.0, 0.0),
        (3.0, 1.0, 1.0),
        (3.0, 0.0, 5.0),
        (3.0, 0.5, 3.0),
        (2.0, 1.0, 2.0),
        (1.5, 1.0, 2.5),
        (1.0, 1.0, 3.0),
        (0.1, 1.0, 3.0),
        (0.1, 0.0, 6.0),
    ],
)
def test_between_its_steps_the_path_is_a_line(penalty, blend, coef):
    assert PATH.at(np.array([penalty]), blend)[0, 0] == pytest.approx(coef)
    columns = np.array([[1.0], [4.0]])
    predicted = PATH.predict(columns, np.array([penalty]), blend)
    np.testing.assert_allclose(predicted[:, 0], 5 + coef * (columns[:, 0] - 1))


def test_losses_that_are_equal_up_to_rounding_are_taken_in_their_middle():
    losses = np.array([9.0, 5, 3, 3, 3, 8, 9, 9, 9, 9, 9, 9])
    assert len(BLENDS) == 3
    assert _choose(losses) == 3  # of places 2 and 3 of the first blend
    losses = np.array([9.0, 5, 4, 8, 9, 2, 2, 2, 9, 9, 9, 9])
    assert _choose(losses) == 6
    losses = np.array([9.0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 1.0, 1.0 + 8e-9])
    assert _choose(losses) == 11
    losses[-1] = 1.0 + 1e-8
    assert _choose(losses) == 10


def test_folds_are_predicted_by_the_paths_of_the_others():
    penalties = np.array([0.5, 0.05])
    predicted = _predict_folds(X, Y, WEIGHT, FOLDS, penalties, 50)
    assert predicted.shape == (60, 3, 2)
    for fold in (0, 4):
        out = fold == FOLDS
        path = trace_path(X[~out], Y[~out], WEIGHT[~out], 50)
        for k, blend in enumerate(BLENDS):
            np.testing.assert_allclose(predicted[out, k], path.predict(X[out], penalties, blend))


def test_each_fold_is_predicted_with_what_suits_the_others():
    predicted = np.tile(np.array([1.0, 2.0, 3.0])[None, :, None], (4, 1, 1))
    squares = np.array([[9.0, 9, 1], [9, 9, 1], [9, 2, 9], [9, 0, 9]])
    folds = np.array([0, 0, 1, 1])
    np.testing.assert_array_equal(_predict_nested(predicted, squares, folds), [2, 2, 3, 3])


def test_a_fold_has_the_weighted_mean_of_the_others():
    y, weight, folds = np.array([1.0, 2, 4]), np.array([1.0, 3, 2]), np.array([0, 1, 2])
    np.testing.assert_allclose(_fold_means(y, weight, folds), [14 / 5, 9 / 3, 7 / 4])


def test_columns_that_vary_and_differ_are_usable():
    x = X.copy()
    columns = np.column_stack(
        [x[:, 0], np.ones(60), 3 - 2 * x[:, 0], x[:, 1], np.where(x[:, 1] > 0, np.inf, 0), -x[:, 1]]
    )
    assert usable_columns(columns, WEIGHT).tolist() == [0, 3]
    shifted = np.column_stack([1e6 + x[:, 0], 1e12 + x[:, 0]])
    assert usable_columns(shifted, WEIGHT).tolist() == [0]
    tiny = np.column_stack([1e-140 * x[:, 0], 1e-160 * x[:, 1]])
    assert usable_columns(tiny, WEIGHT).tolist() == [0]
    ignored = x[:, :1].copy()
    weight = WEIGHT.copy()
    weight[30:] = 0
    ignored[:30] = 2.0
    assert usable_columns(ignored, weight).tolist() == []


def test_a_sparse_fit_is_told_in_the_units_of_the_columns():
    columns = X * [1e3, 1.0, 1e-3, 1.0] + [5.0, 0.0, 2.0, 0.0]
    made, plain = fit_sparse(columns, Y, WEIGHT, FOLDS), fit_sparse(X, Y, WEIGHT, FOLDS)
    np.testing.assert_allclose(made.coef * [1e3, 1.0, 1e-3, 1.0], plain.coef, rtol=1e-6, atol=1e-9)
    np.testing.assert_allclose(
        columns @ made.coef + made.intercept, X @ plain.coef + plain.intercept, rtol=1e-6
    )
    np.testing.assert_allclose(made.predictions, plain.predictions, rtol=1e-6)
    assert made.mse == pytest.approx(np.average((Y - made.predictions) ** 2, weights=WEIGHT))
    assert np.sign(plain.coef[[0, 2]]).tolist() == [1, -1]


def test_a_constant_is_fitted_by_means():
    made = fit_sparse(X, np.full(60, 3.0), WEIGHT, FOLDS)
    assert not made.coef.any()
    assert made.intercept == pytest.approx(3)
    none = fit_sparse(np.ones((60, 2)), Y, WEIGHT, FOLDS)
    assert none.intercept == pytest.approx(np.average(Y, weights=WEIGHT))
    np.testing.assert_allclose(none.predictions, _fold_means(Y, WEIGHT, FOLDS))
    assert none.mse == pytest.approx(np.average((Y - none.predictions) ** 2, weights=WEIGHT))


# ---- averages of models -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("count", [1, 2, 4])
def test_the_best_average_minimises_the_error_on_the_simplex(count, seed):
    errors = np.random.default_rng(seed).normal(size=(200, count)) * [1, 1.3, 2, 0.9][:count]
    gram = errors.T @ errors
    found = _best_average(gram, 200)
    assert found.sum() == pytest.approx(1)
    assert (found >= 0).all()
    level = 1e-6 * np.trace(gram) / count + 0.5 / np.sqrt(200) * gram.diagonal().min()
    ridge = gram + level * np.eye(count)
    best = minimize(
        lambda p: p @ ridge @ p,
        np.full(count, 1 / count),
        bounds=[(0, 1)] * count,
        constraints={"type": "eq", "fun": lambda p: p.sum() - 1},
    )
    assert found @ ridge @ found <= 1.001 * best.fun + 1e-9


def test_small_parts_of_an_average_are_left_out():
    assert _best_average(np.diag([1.0, 1e4]), 10**12).tolist() == [1.0, 0.0]
    both = _best_average(np.diag([1.0, 30.0]), 10**12)
    np.testing.assert_allclose(both, [30 / 31, 1 / 31], rtol=1e-3)
    assert _best_average(np.zeros((3, 3)), 9).tolist() == [1.0, 0.0, 0.0]
    np.testing.assert_allclose(_best_average(np.ones((2, 2)), 9), [0.5, 0.5])


def problem(**settings):
    return Problem(X, Y, **settings)


def test_a_blend_predicts_each_fold_by_the_average_that_suits_the_others():
    at = problem()
    g = np.random.default_rng(5)
    models = [
        PlainModel(n, Number(float(k)), Y + g.normal(size=60), 1.0) for k, n in enumerate("ab")
    ]
    made = _blend(at, np.ones(60), models)
    left = np.stack([Y - m.predictions for m in models], 1)
    for fold in np.unique(at.folds):
        out = at.folds == fold
        parts = _best_average(left[~out].T @ left[~out], int((~out).sum()))
        wanted = Y[out] - left[out] @ parts
        np.testing.assert_allclose(made.predictions[out], wanted)
    parts = _best_average(left.T @ left, 60)
    assert Program(made.tree).values(X[:1])[0] == pytest.approx(parts @ [0.0, 1.0])
    assert made.mse == pytest.approx(np.mean((Y - made.predictions) ** 2))
    assert made.name == "blend"
    assert _blend(at, np.ones(60), models[:1]) is None
    exact = PlainModel("exact", Number(0.0), Y, 0.0)
    assert _blend(at, np.ones(60), [exact, models[1]]) is None


# ---- linear and quadratic models --------------------------------------------------------------


def test_means_and_their_folds():
    at = problem()
    slopes, level = _average(X, Y, WEIGHT)
    assert not slopes.any()
    assert level == pytest.approx(np.average(Y, weights=WEIGHT))
    model = _fit_mean(at, WEIGHT)
    np.testing.assert_allclose(model.predictions, _fold_means(Y, WEIGHT, at.folds))
    assert model.mse == pytest.approx(np.average((Y - model.predictions) ** 2, weights=WEIGHT))


def test_ridge_is_least_squares_where_rows_are_many_and_exact():
    y = X @ [1.0, -2.0, 0.0, 3.0] + 5
    slopes, level = _solve_ridge(X * [1, 1e4, 1, 1e-4], y, WEIGHT)
    np.testing.assert_allclose(slopes * [1, 1e4, 1, 1e-4], [1, -2, 0, 3], atol=1e-6)
    assert level == pytest.approx(5, abs=1e-6)
    slopes, level = _solve_ridge(np.ones((60, 2)), Y, WEIGHT)
    assert not slopes.any()
    assert level == pytest.approx(np.average(Y, weights=WEIGHT))


def test_a_line_is_written_with_the_slopes_that_it_has():
    tree = _line_tree(np.array([2.0, 0.0, -1.0]), 0.5)
    assert tree.inputs == {0, 2}
    np.testing.assert_allclose(Program(tree).values(X), 2 * X[:, 0] - X[:, 2] + 0.5)


def test_the_inputs_that_correlate_most_with_y_by_value_or_square_are_kept():
    y = X[:, 3] ** 2 + 0.5 * X[:, 1]
    at = Problem(X, y)
    every = np.arange(4)
    assert _strongest(at, np.ones(60), every, 2).tolist() == [1, 3]
    assert _strongest(at, np.ones(60), every, 1).tolist() == [3]
    assert _strongest(at, np.ones(60), np.array([0, 1, 2]), 1).tolist() == [1]
    weight = np.where(np.arange(60) < 20, 1e-9, 1.0)
    moved = np.where(np.arange(60) < 20, 50 * X[:, 0], y)
    assert _strongest(Problem(X, moved), weight, every, 1).tolist() == [3]


@pytest.mark.parametrize("origin", [np.zeros(4), np.array([0.5, -1.0, 2.0, 0.0])])
def test_a_quadratic_is_multiplied_out(origin):
    inputs = np.array([0, 2, 3])
    columns = _quadratic_columns(X - origin, inputs)
    chosen = (X - origin)[:, inputs]
    pairs = [chosen[:, a] * chosen[:, b] for a in range(3) for b in range(a, 3)]
    np.testing.assert_allclose(columns, np.column_stack([chosen, *pairs]))
    coef = np.array([1.0, 0.0, -2.0, 0.5, 0.0, 3.0, -1.0, 0.25, 0.0])
    tree = _quadratic_tree(SparseFit(coef, 0.75, Y, 0.0), inputs, origin)
    np.testing.assert_allclose(Program(tree).values(X), columns @ coef + 0.75, atol=1e-12)


def test_kinds_that_equal_an_earlier_one_are_left_out():
    names = [m.name for m in plain_candidates(Problem(X, Y))]
    assert names[:2] == ["mean", "linear"]
    assert len(set(names)) == len(names)
    constant = plain_candidates(Problem(X, np.full(60, 2.0)))
    assert [m.name for m in constant] == ["mean"]
    weight = np.zeros(60)
    weight[0] = 60.0
    one = plain_candidates(Problem(X, Y, weight=weight))
    assert [m.name for m in one] == ["mean"]
    assert one[0].mse == pytest.approx(0, abs=1e-20)
    assert Program(one[0].tree).values(X[:1])[0] == pytest.approx(Y[0])
    for model in plain_candidates(Problem(X, Y)):
        assert model.mse == pytest.approx(np.mean((Y - model.predictions) ** 2))


def test_many_rows_allow_fewer_quadratic_inputs(monkeypatch):
    asked = []

    def record(columns, y, weight, folds):
        asked.append(columns.shape[1])
        return SparseFit(np.zeros(columns.shape[1]), 0.0, y, 1.0)

    monkeypatch.setattr(baselines, "fit_sparse", record)
    g = np.random.default_rng(1)
    for inputs, tries in ((25, 2), (26, 1)):
        asked.clear()
        at = Problem(g.normal(size=(40, inputs)), g.normal(size=40))
        baselines._fit_quadratic(at, np.ones(40))
        assert asked == [inputs * (inputs + 3) // 2] * tries
    monkeypatch.setattr(baselines, "MOST_QUADRATIC", 12)
    asked.clear()
    baselines._fit_quadratic(at, np.ones(40))
    assert asked == [12 * 15 // 2] * 2
    monkeypatch.setattr(baselines, "MOST_QUADRATIC", 64)
    monkeypatch.setattr(baselines, "QUADRATIC_WORK", 40 * 11**4 / 4 * 1.01)
    asked.clear()
    baselines._fit_quadratic(at, np.ones(40))
    assert asked == [11 * 14 // 2] * 2


# ---- curves as formulas -----------------------------------------------------------------------


def test_a_smooth_model_is_written_as_it_predicts():
    y = np.sin(2 * X[:, 0]) + X[:, 1] ** 2 + 0.5 * X[:, 2] * X[:, 3]
    made = fit_smooth(X, y, np.ones(60), np.arange(4), sizes=SIZES, whole=None)
    for smooth in (made.additive, made.largest):
        np.testing.assert_allclose(
            Program(smooth.tree()).values(X), smooth.predict(X), rtol=1e-6, atol=1e-8
        )
    assert any(isinstance(term, Curve) for term, _ in made.additive.model.weights())
    np.testing.assert_array_equal(made.kept, np.arange(60))


def test_rows_of_weight_0_are_left_out_of_a_smooth_model_and_knots_are_kept():
    y = np.sin(2 * X[:, 0]) + X[:, 1]
    whole = fit_smooth(X, y, np.ones(60), np.arange(2), sizes=0, whole=None)
    weight = np.where(np.arange(60) < 10, 0.0, 1.0)
    moved = np.where(weight > 0, y, 99.0)
    part = fit_smooth(X, moved, weight, np.arange(2), sizes=0, whole=None)
    np.testing.assert_array_equal(part.kept, np.arange(10, 60))
    assert np.abs(part.additive.predict(X[10:]) - y[10:]).mean() < 0.2
    same = fit_smooth(X, y, weight, np.arange(2), whole, sizes=0)
    assert same.additive.shift == whole.additive.shift
    other = fit_smooth(X, y, weight, np.arange(3), whole, sizes=0)
    assert other.additive.shift != whole.additive.shift
