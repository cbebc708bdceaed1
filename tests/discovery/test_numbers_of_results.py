"""Each number that a result tells is the one that its formula has, by definitions written out."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from test_group_parts import GROUPS, LABELS, NOISY, ROWS, SLOPES, form_of_line
from test_selection import X, Y, call, problem, scored

from edgewise.discovery import grouped
from edgewise.discovery.baselines import plain_candidates
from edgewise.discovery.calibration import NONE_BITS
from edgewise.discovery.group_joint import fit_joint, standard_errors
from edgewise.discovery.groups import make_form, predict
from edgewise.discovery.lasso import MOST_STEPS, trace_path
from edgewise.discovery.misfit import explain_by_smooth, extrapolate, measure_dependence
from edgewise.discovery.posterior import weigh_classes
from edgewise.discovery.problem import Problem
from edgewise.discovery.smooth import SIZES, fit_smooth
from edgewise.discovery.verdict import EXPONENT_BITS, SEEN, _describe_rivals, weigh
from edgewise.formula.expression import Product, Sum, free
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict
from edgewise.search.budget import Budget

BASE = fit_joint(form_of_line(common=(1,)), GROUPS)


def within_groups(values):
    """The mean over all rows of each group's weighted mean of some values."""
    means = [np.average(values[p], weights=GROUPS.weight[p]) for p in GROUPS.parts]
    return float(np.dot(GROUPS.rows, means)) / len(GROUPS.y)


def other(tree, longer, dominated=True):
    """A form that is longer in all, and has a longer tree; or the shorter tree on the front."""
    numbers = np.tile([1.0, 0.5], (3, 1))
    made = make_form(tree, numbers, GROUPS, ())
    bits = BASE.bits + (1.0 if dominated else -5.0)
    return replace(made, bits=bits, length=BASE.length + longer)


WAVES = Sum((Product((free(1.0), call("sin", X))), Product((free(0.5), call("cos", Y)))))
CURVES = Sum((Product((free(1.0), call("exp", X))), Product((free(0.5), call("cos", Y)))))
LOGS = Sum((Product((free(1.0), call("log", X))), Product((free(0.5), call("log", Y)))))


@pytest.fixture(scope="module")
def told():
    forms = [BASE, other(WAVES, 2.0), other(CURVES, 9.0), other(LOGS, 3.0, dominated=False)]
    budget = Budget(9.0)
    budget.spend(17)
    columns = SimpleNamespace(names=("u", "v"))
    return grouped._result(forms, Verdict("approximation", "made"), GROUPS, columns, "w", budget)


def test_errors_of_a_grouped_formula_are_those_of_its_rows(told):
    left = GROUPS.y - predict(BASE, GROUPS)
    missed, variance = within_groups(left**2), np.var(GROUPS.y)
    winner = told.whole.winner
    assert winner.train_rmse == pytest.approx(math.sqrt(missed))
    assert winner.rmse == pytest.approx(math.sqrt(missed))  # too few rows for folds
    assert winner.r2 == pytest.approx(1 - missed / variance)
    assert winner.bits == BASE.bits
    alone = within_groups(
        (GROUPS.y - [np.average(GROUPS.y[p], weights=GROUPS.weight[p]) for p in GROUPS.parts
                     for _ in GROUPS.y[p]]) ** 2
    )  # fmt: skip
    assert told.whole.baseline == pytest.approx(1 - alone / variance)


def test_numbers_of_groups_are_those_of_the_fit(told):
    assert told.whole.evaluations == 17
    assert told.whole.own_numbers == ("a",)
    assert told.whole.input_names == ["u", "v", "a"]
    assert told.whole.output_name == "w"
    assert told.groups.index.tolist() == ["a", "b", "c"]
    assert told.groups["a"].tolist() == pytest.approx(list(SLOPES.values()), abs=0.1)
    np.testing.assert_allclose(told.groups["a"], BASE.numbers[:, 0])
    np.testing.assert_allclose(told.groups["± a"], standard_errors(BASE, GROUPS)[:, 0])
    assert told.group.tolist() == sorted(LABELS)
    np.testing.assert_allclose(told.whole.predict(told.whole.x), predict(BASE, GROUPS))
    np.testing.assert_allclose(
        told.predict(ROWS, group=LABELS), told.predict(ROWS, LABELS.tolist())
    )
    np.testing.assert_allclose(NOISY, told.predict(ROWS, group=LABELS), atol=0.3)
    np.testing.assert_allclose(told.predict(ROWS[LABELS == "b"], group="b"),
                               told.predict(ROWS, group=LABELS)[LABELS == "b"])  # fmt: skip
    for rows, labels in ((ROWS[:, :1], LABELS), (ROWS, LABELS[:5])):
        with pytest.raises(ValueError, match="a group for each row"):
            told.predict(rows, group=labels)


def test_alternatives_are_nearly_as_likely_and_not_on_the_front(told):
    alternatives = [str(f) for f in told.whole.alternatives]
    assert len(alternatives) == 1
    assert "sin" in alternatives[0]
    assert [("log" in str(f)) for f in told.whole.front] == [True, False]


def test_large_groups_are_cross_validated():
    x = np.tile(ROWS[:20], (2, 1))
    label = np.repeat([0, 1], 20)
    y = np.where(label, 3.0, 1.0) * x[:, 0] + 0.3 * np.sin(40 * x[:, 1])
    groups = grouped.Groups.of(x, y, None, label)
    form = fit_joint(make_form(Product((free(1.0), X)), np.ones((2, 1)), groups, ()), groups)
    missed = 0.0
    for part in groups.parts:
        for fold in range(5):
            out = np.arange(20) % 5 == fold
            u, v = groups.x[part, 0], groups.y[part]
            slope = float(u[~out] @ v[~out]) / float(u[~out] @ u[~out])
            missed += float(np.square(v[out] - slope * u[out]).sum())
    assert grouped._cross_validate(form, groups) == pytest.approx(missed / 40, rel=1e-6)


def test_statistics_of_a_formula_are_those_of_its_class_and_its_residuals():
    at = problem(lambda a, b: 2 * a + b * b, sigma=0.05, rows=60)
    at = replace(at, dimensions=np.array([[1], [1], [1]]))
    right = scored(at, Sum((Product((free(1.0), X)), Product((free(1.0), Y, Y)))))
    wrong = scored(at, Sum((Product((free(1.0), X)), Product((free(1.0), Y)))))
    mean = scored(at, free(1.0))
    posterior = replace(weigh_classes(at, [right, wrong, mean], None), none=-30.0)
    one, two = posterior.find(right), posterior.find(wrong)
    found = weigh(at, right, posterior)
    ratio, error = extrapolate(at.distinct, right.tree)
    assert vars(found.statistics) == pytest.approx(
        {
            "rival": one.bits - two.bits,
            "none": one.bits + one.prior + 30 - NONE_BITS,
            "prior": one.prior - EXPONENT_BITS,
            "constant": one.bits - posterior.constant,
            "explained": explain_by_smooth(at.distinct, right.tree),
            "beyond": (ratio - 1) / error,
            "dependence": measure_dependence(at, right.tree),
        }
    )
    assert found.fvu == pytest.approx(right.mse / np.var(at.y))
    assert weigh(at, mean, posterior) is None
    alone = replace(posterior, classes=posterior.classes[:1])
    assert weigh(at, right, alone).statistics.rival == math.inf


@pytest.mark.parametrize(("behind", "words"), [(99.0, None), (0.0, "another formula fits")])
def test_rivals_are_other_classes_that_are_seen(behind, words):
    at = problem(lambda a, b: 2 * a, sigma=0.05, rows=30)
    right, wrong = scored(at, Product((free(1.0), X))), scored(at, Product((free(1.0), Y)))
    posterior = replace(weigh_classes(at, [right, wrong], None), none=-math.inf)
    one, two = (replace(c, bits=50.0) for c in posterior.classes)
    posterior = replace(posterior, classes=(one, replace(two, bits=50.0 - behind)))
    found = weigh(at, one.best, posterior)
    assert len(found.rivals) == (posterior.shares[1] >= SEEN)
    said = _describe_rivals(found)
    assert said is None if words is None else words in said


def test_a_plain_model_that_equals_an_earlier_one_is_left_out():
    at = problem(lambda a, b: 3 * a + b, sigma=0.1, rows=40)
    models = plain_candidates(at)
    keys = [m.tree.key for m in models]
    assert len(keys) == len(set(keys))
    for model in models:
        np.testing.assert_allclose(model.mse, np.mean((at.y - model.predictions) ** 2))
    assert [m.name for m in plain_candidates(Problem(at.x, np.ones(40)))] == ["mean"]


@pytest.mark.parametrize(("size", "zero"), [(1.0, 50.0), (2.0**30, 0.0), (2.0**-30, 0.0)])
def test_units_and_zeros_change_no_plain_model(size, zero):
    at = problem(lambda a, b: 3 * a + b * b, sigma=0.1, rows=40)
    moved = Problem(size * at.x + zero, size * at.y + zero)
    for one, other in zip(plain_candidates(at), plain_candidates(moved), strict=True):
        assert one.name == other.name
        rounding = {"additive": 1e-3, "blend": 1e-3}.get(one.name, 1e-9)  # iterated, or solved
        np.testing.assert_allclose(other.predictions, size * one.predictions + zero, rounding)
        known = Program(one.tree).values(at.x)
        changed = Program(other.tree).values(moved.x)
        np.testing.assert_allclose(changed, size * known + zero, rounding)


@pytest.mark.parametrize("size", [1e-9, 1e-3, 1.0, 1e4, 1e12])
def test_smooth_curves_as_formulas_have_their_values_in_any_unit(size):
    x = np.linspace(0.3, 2.0, 60)
    rows = size * np.stack([x, x[::-1] ** 2], 1)
    made = fit_smooth(
        rows, np.sin(3 * x) + x, np.ones(60), np.arange(2), sizes=SIZES, whole=None
    ).largest
    at = rows[::7]
    np.testing.assert_allclose(Program(made.tree()).values(at), made.predict(at), atol=1e-5)


@pytest.mark.parametrize(("times", "size"), [(500, 1.0), (1, 2.0**-40), (1, 2.0**40)])
def test_the_path_of_a_lasso_depends_neither_on_the_unit_of_y_nor_on_copies_of_rows(times, size):
    g = np.random.default_rng(0)
    x = g.normal(size=(60, 4))
    y = x @ [1.0, 3e-3, 3e-4, 0.0] + 1e-5 * g.normal(size=60)
    one = trace_path(x, y, np.ones(60), most=MOST_STEPS)
    other = trace_path(
        np.tile(x, (times, 1)), size * np.tile(y, times), np.ones(60 * times), most=MOST_STEPS
    )
    at = one.penalties[0] * np.geomspace(0.99, 1e-4, 20)
    for blend in (0.0, 0.5, 1.0):
        found = other.at(size * at, blend) / size
        np.testing.assert_allclose(found, one.at(at, blend), rtol=1e-6, atol=1e-9)
    assert one.at(at, 1.0)[-1].astype(bool).tolist() == [True, True, True, False]
