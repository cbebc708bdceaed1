"""Statistics and sentences of a verdict, one by one, with limits on both sides."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from scipy import stats

import edgewise as ew
from edgewise.discovery.calibration import NONE_BITS, WEIGHTS, Statistics, calibrate
from edgewise.discovery.column_scales import Scales, check_scales, scale_of, tidy
from edgewise.discovery.curves import UnknownCurve, list_curves, pick_arguments
from edgewise.discovery.errors_in_x import (
    _count_bits,
    _own_variance,
    _weigh,
    move_inputs,
    weigh_by_slopes,
)
from edgewise.discovery.front import Scored
from edgewise.discovery.known import Known, check_alone
from edgewise.discovery.misfit import (
    _correlate_along,
    _rank,
    correlate_nearest,
    count_carrying_rows,
    explain_by_smooth,
    extrapolate,
    list_orders,
    measure_dependence,
)
from edgewise.discovery.next_measurement import _vary
from edgewise.discovery.penalised_spline import PenalisedSpline, even_knots, penalise_bends
from edgewise.discovery.posterior import FormClass, Posterior
from edgewise.discovery.prior import (
    EXPONENTS,
    FUNCTIONS,
    NODES,
    PRODUCTS,
    SUMS,
    _arity_bits,
    _rareness,
    formula_bits,
)
from edgewise.discovery.problem import Problem
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.discovery.threads import single_threaded
from edgewise.discovery.verdict import (
    Evidence,
    given_bits,
    list_objections,
    unit_bits,
)
from edgewise.formula.data import Data, Fit
from edgewise.formula.exactness import MOST_EXPLAINED
from edgewise.formula.expression import Input, add, apply, exact, free, multiply, power
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.laws.errors import Errors

X, Y = Input(0), Input(1)
G = np.random.default_rng(0)
ROWS = G.uniform(0.3, 2, (50, 2))


# ---- neighbours along an order ----------------------------------------------------------------


@pytest.mark.parametrize("count", [8, 20, 100])
def test_the_correlation_along_an_order_has_bartletts_weights(count):
    e = np.random.default_rng(1).normal(size=count)
    lags = min(4, count // 4)
    weights = {k: 1 - (k - 1) / (lags + 1) for k in range(1, lags + 1)}
    total = sum(w * sum(e[n] * e[n + k] for n in range(count - k)) for k, w in weights.items())
    variance = sum(w**2 * (count - k) for k, w in weights.items())
    wanted = total / np.mean(e**2) / math.sqrt(variance)
    assert _correlate_along(e) == pytest.approx(wanted)


def test_nearest_rows_are_nearest_by_ranks():
    x = np.array([[0.0, 0.1], [1.0, 0.2], [1.1, 9.0], [30.0, 9.5], [50.0, 0.3], [1e6, 0.4]])
    assert _rank(x).T.tolist() == [[0, 1, 2, 3, 4, 5], [0, 1, 4, 5, 2, 3]]
    e = np.array([1.0, 2.0, -1.0, -3.0, 0.5, 4.0])
    products = 2 * (1.0 * 2.0 + 1.0 * 3.0 + 0.5 * 4.0)  # of three pairs, each counted twice
    assert correlate_nearest(e, x) == pytest.approx(products / np.mean(e**2) / math.sqrt(12))


def test_each_order_and_its_reverse_is_listed_once():
    tree = add(apply(LIBRARY["exp"], X), multiply(exact(-1), Y))
    orders = list_orders(tree, ROWS)
    values = [ROWS[:, 0], ROWS[:, 1], np.exp(ROWS[:, 0]) - ROWS[:, 1]]
    wanted = {np.argsort(v).tobytes() for v in values} | {np.argsort(-v).tobytes() for v in values}
    assert len(orders) == 3
    assert {o.tobytes() for o in orders} <= wanted
    assert list_orders(apply(LIBRARY["log"], add(X, exact(-1))), ROWS)  # undefined parts are not


def test_independent_residuals_have_uniform_p_values_and_alike_neighbours_do_not():
    def at(noise):
        return Problem(ROWS, ROWS[:, 0] + noise)

    quiet = [measure_dependence(at(np.random.default_rng(k).normal(size=50)), X) for k in range(60)]
    assert np.mean(np.array(quiet) > 1) < 0.25
    assert max(quiet) < 4
    order = np.argsort(np.argsort(ROWS[:, 0]))
    assert measure_dependence(at(np.sin(order / 4)), X) > 5
    assert measure_dependence(at(np.zeros(50)), X) == 0
    assert measure_dependence(at(np.full(50, np.nan)), X) == 0
    few = Problem(ROWS[:7], ROWS[:7, 0] + np.sin(order[:7] / 4))
    assert measure_dependence(few, X) == 0


def test_one_outlier_counts_as_four_deviations():
    noise = np.random.default_rng(2).normal(size=50)
    huge = noise.copy()
    huge[7], noise[7] = 1e9, 1e3
    first, second = (measure_dependence(Problem(ROWS, ROWS[:, 0] + e), X) for e in (noise, huge))
    assert first == pytest.approx(second, abs=1e-6)


def test_residuals_are_weighted():
    weight = np.where(np.arange(50) < 10, 1e-12, 1.25)
    e = np.where(np.arange(50) < 10, 1e3 * np.sin(9 * ROWS[:, 0]), 0.1 * G.normal(size=50))
    heavy = explain_by_smooth(Problem(ROWS, ROWS[:, 0] + e), X)
    light = explain_by_smooth(Problem(ROWS, ROWS[:, 0] + e, weight=weight), X)
    assert light < 0.3
    assert heavy >= 0


# ---- outer rows -------------------------------------------------------------------------------


def test_extrapolation_is_the_prediction_error_of_linear_regression():
    """(y - ŷ)² of outer rows over σ² (1 + x (AᵀA)⁻¹ xᵀ), by the fit to inner rows."""
    x = np.random.default_rng(4).uniform(-1, 1, (40, 1))
    y = 2 * x[:, 0] + 1 + 0.3 * np.random.default_rng(5).normal(size=40)
    line = add(multiply(free(1.0), X), free(0.1))
    ratio, error = extrapolate(Problem(x, y), line)
    ranks = np.abs(_rank(x)[:, 0] / 39 - 0.5)
    inner = ranks <= np.quantile(ranks, 0.75)
    a = np.column_stack([x, np.ones(40)])
    c, left, *_ = np.linalg.lstsq(a[inner], y[inner], rcond=None)
    freedom = inner.sum() - 2
    spread = 1 + np.einsum(
        "ri,ij,rj->r", a[~inner], np.linalg.inv(a[inner].T @ a[inner]), a[~inner]
    )
    wanted = np.mean((y[~inner] - a[~inner] @ c) ** 2 / spread) / (left[0] / freedom)
    assert ratio == pytest.approx(wanted, rel=1e-6)
    assert error == pytest.approx(math.sqrt(2 / (~inner).sum() + 2 / freedom))


def test_too_few_rows_and_undefined_formulas_in_extrapolation():
    assert extrapolate(Problem(ROWS[:7], ROWS[:7, 0]), X) == (1.0, 1.0)
    undefined = apply(LIBRARY["log"], add(X, exact(-1)))
    assert extrapolate(Problem(ROWS, ROWS[:, 0]), undefined) == (math.inf, 1.0)
    same = Problem(np.ones((9, 1)), np.arange(9.0))
    assert extrapolate(same, X)[1] > 0


# ---- calibration ------------------------------------------------------------------------------

PLAIN = Statistics(10.0, 15.0, 40.0, 100.0, 0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("changes", "features"),
    [
        ({}, (1, 0, 1, 2, 0, 0)),
        ({"rival": 35.0, "none": 55.0}, (1, 3, 3, 2, 0, 0)),
        ({"rival": -5.0}, (1, 0, 0, 2, 0, 0)),
        ({"rival": 20.0, "none": 35.0}, (1, 1.5, 2, 2, 0, 0)),
        ({"constant": 10.0}, (1, 0, 1, 4, 0, 0)),
        ({"constant": 1.0}, (1, 0, 1, 4, 0, 0)),
        ({"constant": 1e9}, (1, 0, 1, 4 / math.log10(3000), 0, 0)),
        ({"explained": 0.04}, (1, 0, 1, 2, 1, 0)),
        ({"explained": 0.9}, (1, 0, 1, 2, 5, 0)),
        ({"explained": -1.0}, (1, 0, 1, 2, 0, 0)),
        ({"dependence": 2.0}, (1, 0, 1, 2, 0, 0)),
        ({"dependence": 4.5}, (1, 0, 1, 2, 0, 2.5)),
        ({"dependence": 99.0}, (1, 0, 1, 2, 0, 5)),
    ],
)
def test_features_of_the_logistic_model(changes, features):
    found = replace(PLAIN, **changes)
    lead = min(found.rival, found.none - found.prior + NONE_BITS)
    assert lead <= found.rival
    np.testing.assert_allclose(found.features(), features, atol=1e-12)
    logit = np.dot(WEIGHTS, found.features())
    assert calibrate(found) == pytest.approx(1 / (1 + math.exp(-logit)))


def test_evidence_against_a_formula_lowers_its_probability():
    best = Statistics(30.0, 60.0, 40.0, 1000.0, 0.0, 0.0, 0.0)
    for worse in (
        replace(best, rival=5.0),
        replace(best, none=25.0),
        replace(best, prior=90.0),
        replace(best, constant=20.0),
        replace(best, explained=0.1),
        replace(best, dependence=5.0),
    ):
        assert calibrate(worse) < calibrate(best)


# ---- the prior --------------------------------------------------------------------------------


def bits_of(count, table):
    return -math.log2(count / sum(table.values()))


def test_parts_of_sums_and_products_have_frequencies():
    for table in (SUMS, PRODUCTS):
        for parts, count in table.items():
            assert _arity_bits(table, parts) == pytest.approx(bits_of(count, table))
        last = max(table)
        beyond = _arity_bits(table, last + 3) - _arity_bits(table, last)
        assert beyond == pytest.approx(6)


def test_a_formula_costs_the_sum_of_its_nodes():
    kind = {name: bits_of(count, NODES) for name, count in NODES.items()}
    function = bits_of(FUNCTIONS["exp"], FUNCTIONS)
    assert formula_bits(X, 4) == pytest.approx(kind["input"] + 2)
    assert formula_bits(free(3.0), 1) == pytest.approx(kind["number"])
    assert formula_bits(exact(1), 1) == pytest.approx(kind["number"] + 1)
    assert formula_bits(apply(LIBRARY["exp"], X), 1) == pytest.approx(
        kind["function"] + function + kind["input"]
    )
    nested = apply(LIBRARY["exp"], apply(LIBRARY["exp"], X))
    assert formula_bits(nested, 1) == pytest.approx(
        2 * kind["function"] + 2 * function + math.log2(147 / 11) + kind["input"]
    )
    both = multiply(X, Y)  # of two orders
    assert formula_bits(both, 2) == pytest.approx(
        kind["product"] + bits_of(PRODUCTS[2], PRODUCTS) + 2 * (kind["input"] + 1) - 1
    )
    square = power(X, 2)
    exponents = sum(EXPONENTS.values()) + 6 + 51
    assert formula_bits(square, 1) == pytest.approx(
        kind["power"] + kind["input"] - math.log2(EXPONENTS[2.0] / exponents)
    )
    for value, more in ((1.3, 0.0), (2.0, 0.0), (-8.0, 4.0)):
        assert formula_bits(power(X, free(value)), 1) == pytest.approx(
            kind["power"] + kind["input"] - math.log2(51 / exponents) + more
        )
    unknown = apply(LIBRARY["arcsinh"], X)
    assert formula_bits(unknown, 1) == pytest.approx(
        kind["function"] + kind["input"] - math.log2(0.5 / sum(FUNCTIONS.values()))
    )
    tower = power(X, Y)
    assert formula_bits(tower, 2) == pytest.approx(
        kind["power"] + 2 * (kind["input"] + 1) - math.log2(6 / exponents)
    )


@pytest.mark.parametrize(
    ("exponent", "rare"), [(0.5, 2), (-1.5, 6), (2 / 3, 6), (4.0, 4), (0.0, 1)]
)
def test_the_rareness_of_an_exponent_is_the_product_of_its_parts(exponent, rare):
    assert _rareness(exponent) == rare


# ---- lack of fit ------------------------------------------------------------------------------


def test_lack_of_fit_is_the_f_test_against_the_means_of_groups():
    g = np.random.default_rng(3)
    x = np.repeat([0.0, 1.0, 2.0, 5.0], [2, 3, 1, 4])[:, None]
    y = 1 + 2 * x[:, 0] + g.normal(size=10)
    weight = g.uniform(0.5, 2, 10)
    data = Data.of(x, y, weight / weight.mean())
    tree = add(multiply(free(2.1), X), free(0.7))
    found = measure_lack_of_fit(data, tree, unit=10.0)
    pure = lack = 0.0
    for value in np.unique(x):
        mine = x[:, 0] == value
        w = data.weight[mine]
        mean = np.average(y[mine], weights=w)
        pure += w @ (y[mine] - mean) ** 2
        lack += w.sum() * (mean - 2.1 * value - 0.7) ** 2
    assert found.freedom == (2, 6)
    assert found.pure_error == pytest.approx(10 * math.sqrt(pure / 6))
    assert found.ratio == pytest.approx((lack / 2) / (pure / 6))
    assert found.probability == pytest.approx(stats.f.sf(found.ratio, 2, 6))
    assert str(found) == f"F(2, 6) = {found.ratio:.3g}, p = {found.probability:.2g}"


@pytest.mark.parametrize(
    ("x", "numbers", "freedom"),
    [
        ([0, 1, 2, 3], 1, None),
        ([0, 0, 1, 1], 2, None),
        ([0, 0, 1, 1], 1, (1, 2)),
        ([0, 0, 1, 2], 2, (1, 1)),
    ],
)
def test_lack_of_fit_needs_degrees_of_freedom(x, numbers, freedom):
    x = np.array(x, dtype=float)[:, None]
    tree = multiply(free(1.0), X) if numbers == 1 else add(multiply(free(1.0), X), free(0.1))
    found = measure_lack_of_fit(Data.of(x, np.array([0.0, 0.3, 1.0, 1.4])), tree)
    assert (None if found is None else found.freedom) == freedom
    exact_rows = Data.of(x, x[:, 0])
    assert measure_lack_of_fit(exact_rows, tree) is None


# ---- sentences --------------------------------------------------------------------------------


def evidence(shares=(10.0, 1.0), none=-20.0, rows=300, **changes):
    classes = tuple(FormClass(Scored(Fit(X, 0.1, 1.0, 1.0), "terms"), bits, 0.0) for bits in shares)
    statistics = replace(Statistics(9.0, 30.0, 20.0, 100.0, 0.0, 0.0, 0.0), **changes)
    return Evidence(Posterior(classes, none, 0.0), classes[0], statistics, 0.0004, rows)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (evidence((10.0, 3.4)), "another formula fits the rows about as well"),
        (evidence((10.0, 9.0, 9.0)), "2 other formulas fit the rows about as well"),
        (evidence(none=3.4), "a smooth curve without a formula describes the rows"),
        (evidence(explained=0.05), "a smooth function of the inputs predicts 5 % of them"),
        (evidence(explained=7.0), "predicts 100 % of them"),
        (evidence(dependence=3.1), "its residuals (2 % of the spread) aren't noise: rows with"),
        (evidence(beyond=4.1), "on the outer rows"),
        (evidence(constant=20.0), "chance alone"),
        (evidence(), "of formulas of this length with this much evidence are right"),
    ],
)
def test_each_objection_has_its_sentence(one, words):
    (text,) = list_objections(one)
    assert words in text


@pytest.mark.parametrize(
    "one",
    [
        evidence((10.0, 3.3)),
        evidence(none=3.3),
        evidence(explained=MOST_EXPLAINED),
        evidence(explained=0.4, rows=7),  # of seven errors so much is predicted by chance
        evidence(dependence=3.0),
        evidence(beyond=4.0),
        evidence(constant=20.1),
    ],
)
def test_below_its_limit_nothing_is_objected(one):
    (text,) = list_objections(one)
    assert text.startswith("only")


def test_shares_and_rivals_of_the_winner():
    one = evidence((10.0, 9.0, 3.0))
    weights = np.exp2([10.0, 9.0, 3.0, -20.0])
    assert one.share == pytest.approx(weights[0] / weights.sum())
    assert one.none == pytest.approx(weights[3] / weights.sum())
    assert one.rivals == [one.posterior.classes[1].best]
    assert one.probability == calibrate(one.statistics)
    assert one.rms == "2 % of the spread"


def test_units_add_bits_by_their_rank():
    assert unit_bits(Problem(ROWS, ROWS[:, 0])) == 0
    dimensions = np.array([[1, 0], [2, 0], [0, 1]])
    assert unit_bits(Problem(ROWS, ROWS[:, 0], dimensions=dimensions)) == 2 * math.log2(7)
    assert given_bits(Problem(ROWS, ROWS[:, 0])) == 0


# ---- columns of extreme size ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "scale"),
    [(1.0, 1.0), (1e30, 1.0), (1.01e30, 1e30), (1e-30, 1.0), (9.9e-31, 1e-32), (3.2e31, 1e30)],
)
def test_powers_of_a_hundred_divide_extreme_values(size, scale):
    assert scale_of(np.array([size, -size, size])) == pytest.approx(scale)
    assert scale_of(np.zeros(3)) == 1


def test_values_of_many_decades_are_divided_by_their_middle():
    assert scale_of(np.array([1e31, 1e33, 1e35])) == pytest.approx(1e32)
    assert scale_of(np.array([0.0, 0.0, 1e33])) == pytest.approx(1e32)
    assert scale_of(np.array([1e-9, 1e-9, 1e35])) == pytest.approx(1e22)
    assert scale_of(np.array([1e9]), ordinary=1e7) == pytest.approx(1e8)


def test_scaled_problems_and_formulas_come_back():
    x = ROWS * [1e12, 1.0]
    at = Problem(x, 1e40 * ROWS[:, 0] * ROWS[:, 1], threshold=1e40, names=("a", "b", "y"))
    scales = Scales.of(at)
    assert scales.columns.tolist() == [1e12, 1.0]
    assert scales.output == pytest.approx(1e40)
    assert not scales.are_one
    small = scales.divide(at)
    np.testing.assert_allclose(small.x * scales.columns, x)
    np.testing.assert_allclose(small.y * scales.output, at.y)
    assert (small.unit, small.threshold, small.names) == (scales.output, 1e40 / scales.output, ())
    found = multiply(X, Y)
    told = scales.restore(found)
    np.testing.assert_allclose(
        Program(told).values(x), Program(found).values(small.x) * scales.output
    )
    assert scales.agree(told, found, at)
    assert scales.agree(found, found, at)
    assert not scales.agree(multiply(exact(2), told), found, at)
    plain = Problem(ROWS, ROWS[:, 0])
    ones = Scales.of(plain)
    assert ones.are_one
    assert ones.divide(plain) is plain
    assert ones.restore(found) is found
    given = replace(at, known=Known(start=(X,)))
    assert Scales.of(given).columns.tolist() == [1.0, 1.0]


def test_columns_that_would_be_scaled_are_refused_where_that_cannot_be():
    check_scales("form", ROWS, ROWS[:, 0])
    with pytest.raises(ValueError, match="column 1 of x"):
        check_scales("form", ROWS * [1, 1e40], ROWS[:, 0])
    with pytest.raises(ValueError, match="largest of y"):
        check_scales("form", ROWS, 1e40 * ROWS[:, 0])


def test_restored_formulas_are_tidied_and_long_ones_are_not():
    data = Data.of(ROWS, 2 * ROWS[:, 0] + 0.01 * G.normal(size=50))
    fit = data.fit(multiply(free(2.0), X))
    assert tidy(fit.tree, fit, data).numbers()[0].error > 0
    long = add(*(multiply(free(0.1), power(X, k)) for k in range(1, 17)))
    assert tidy(long, fit, data) is long


# ---- prior knowledge, curves, threads ---------------------------------------------------------


def test_start_formulas_follow_their_columns():
    known = Known(start=(X, add(X, Y), Input(2)))
    kept = known.of_columns([2, 0])
    assert [t.key for t in kept.start] == ["x1", "x0"]
    assert Known().is_empty
    assert not known.is_empty
    assert not Known(template=SimpleNamespace()).is_empty
    assert not Known(limits=SimpleNamespace()).is_empty


def test_keywords_that_exclude_each_other():
    check_alone("form", start=None, units=None)
    with pytest.raises(ValueError, match="form without units"):
        check_alone("form", start=None, units=3)


def test_curves_have_bands_of_two_standard_errors():
    curve = UnknownCurve("f", np.array([[1.0], [2.0]]), np.array([3.0, 4.0]), np.full(2, 0.5), ())
    np.testing.assert_allclose(curve.low, [3 - 0.98, 4 - 0.98])
    np.testing.assert_allclose(curve.high, [3 + 0.98, 4 + 0.98])
    assert list(curve.table().columns) == ["u", "f", "low", "high"]
    two = replace(curve, at=np.array([[1.0, 5.0], [2.0, 6.0]]))
    assert list(two.table().columns) == ["u0", "u1", "f", "low", "high"]
    np.testing.assert_allclose(two.table()["u1"], [5, 6])
    assert list_curves(None) == {}


@pytest.mark.parametrize("arguments", [1, 2])
def test_curves_are_shown_over_the_range_of_their_arguments(arguments):
    at = G.uniform(1, 3, (400, arguments))
    fitted = SimpleNamespace(
        template=SimpleNamespace(unknowns=[SimpleNamespace(name="f"), SimpleNamespace(name="g")]),
        arguments=lambda k: at + 10 * k,
        curve=lambda k, u: (u.sum(1), np.ones(len(u))),
        notes=("a",),
    )
    found = list_curves(fitted)
    assert list(found) == ["f", "g"]
    for k, curve in enumerate(found.values()):
        assert curve.at.shape == (101, arguments)
        np.testing.assert_allclose(curve.value, curve.at.sum(1))
        assert curve.notes == ("a",)
        if arguments == 1:
            assert (curve.at.min(), curve.at.max()) == (at.min() + 10 * k, at.max() + 10 * k)
        else:
            assert set(map(tuple, curve.at)) <= set(map(tuple, at + 10 * k))


def test_points_are_spread_like_the_rows():
    u = np.random.default_rng(1).exponential(size=(500, 1))
    found = pick_arguments(u, 5)[:, 0]
    np.testing.assert_allclose(found, np.quantile(u, [0, 0.25, 0.5, 0.75, 1]))
    assert pick_arguments(np.ones((9, 1)), 5).tolist() == [[1.0]]
    assert len(pick_arguments(u[:3], 5)) == 3
    assert pick_arguments(ROWS, 5).shape == (5, 2)


def test_a_search_runs_on_one_thread_and_leaves_the_number_as_it_was():
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with single_threaded():
            assert torch.get_num_threads() == 1
            assert not np.isfinite(np.array(1.0) / np.array(0.0))
        assert torch.get_num_threads() == 2
        with pytest.raises(KeyError), single_threaded():
            raise KeyError
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)


def test_proposed_points_vary_one_input_and_keep_its_sign():
    x = np.array([[1.0, -4.0, -1.0], [3.0, -2.0, 1.0], [2.0, -3.0, 0.0]])
    first, second, third = _vary(x, [0, 1, 2])
    for k, points in enumerate((first, second, third)):
        others = np.delete(points, k, axis=1)
        assert (others == np.delete(np.median(x, 0), k)).all()
    assert (first[:, 0].min(), first[:, 0].max()) == (0.5, 4.0)
    assert (second[:, 1].min(), second[:, 1].max()) == (-5.0, -1.0)
    assert (third[:, 2].min(), third[:, 2].max()) == (-2.0, 2.0)
    inside = first[:, 0]
    assert {1.0, 2.0, 3.0} <= set(inside)
    up, down = _vary(np.array([[0.0, -2.0], [1.0, -1.0], [2.0, 0.0]]), [0, 1])
    assert (up[:, 0].min(), up[:, 0].max()) == (0.0, 3.0)
    assert (down[:, 1].min(), down[:, 1].max()) == (-3.0, 0.0)


# ---- errors of inputs -------------------------------------------------------------------------


def test_own_errors_of_y_are_what_errors_of_inputs_leave():
    added = np.full(50, 0.3)
    plain = Problem(ROWS, ROWS[:, 0])
    np.testing.assert_allclose(_own_variance(plain, added, 1.0), 0.7)
    np.testing.assert_allclose(_own_variance(plain, added, 0.1), 0.001)
    weight = np.linspace(0.5, 1.5, 50)
    weighted = replace(plain, weight=weight)
    np.testing.assert_allclose(_own_variance(weighted, added, 1.0), 0.7 / weight)
    known = replace(weighted, noise_variance=0.2)
    np.testing.assert_allclose(_own_variance(known, added, 1.0), 0.2 / weight)


def test_variances_of_rows_become_weights():
    variance = np.linspace(1, 4, 50)
    made = _weigh(Problem(ROWS, ROWS[:, 0]), variance)
    np.testing.assert_allclose(made.weight * variance, made.weight[0] * variance[0])
    assert made.weight.mean() == pytest.approx(1)
    assert made.noise_variance is None
    known = _weigh(Problem(ROWS, ROWS[:, 0], noise_variance=9.0), variance)
    np.testing.assert_allclose(known.noise_variance / known.weight, variance)
    plain = Problem(ROWS, ROWS[:, 0])
    assert _weigh(plain, np.full(50, np.inf)) is plain


def test_bits_are_those_of_a_normal_likelihood():
    left, variance = G.normal(size=50), G.uniform(0.5, 2, 50)
    known = -stats.norm(0, np.sqrt(variance)).logpdf(left).sum() / math.log(2)
    constant = 25 * math.log2(2 * math.pi)
    assert _count_bits(left, variance, True) == pytest.approx(known - constant)
    scale = np.mean(left**2 / variance)
    unknown = -stats.norm(0, np.sqrt(scale * variance)).logpdf(left).sum() / math.log(2)
    assert _count_bits(left, variance, False) == pytest.approx(
        unknown - constant - 25 / math.log(2)
    )


def test_without_errors_of_inputs_nothing_moves():
    plain = Problem(ROWS, ROWS[:, 0])
    assert weigh_by_slopes(plain) is plain
    assert move_inputs(plain, X).problem is plain
    none = replace(plain, errors=Errors(x_sigma=np.zeros((50, 2))))
    assert weigh_by_slopes(none) is none
    assert move_inputs(none, X).bits == 0


def test_orthogonal_regression_of_a_line_is_demings():
    """With equal errors of x and y the slope has a closed form."""
    g = np.random.default_rng(6)
    true = g.uniform(0, 4, 80)
    x = (true + 0.3 * g.normal(size=80))[:, None]
    y = 1 + 2 * true + 0.3 * g.normal(size=80)
    at = Problem(x, y, noise_variance=0.09, errors=Errors(x_sigma=np.full((80, 1), 0.3)))
    tree = add(multiply(free(1.5), X), free(0.5))
    moved = move_inputs(at, tree)
    line = moved.problem.data.fit(tree)
    xx, yy, xy = np.var(x), np.var(y), np.cov(x[:, 0], y, bias=True)[0, 1]
    slope = (yy - xx + math.sqrt((yy - xx) ** 2 + 4 * xy**2)) / (2 * xy)
    assert max(n.value for n in line.tree.numbers()) == pytest.approx(slope, rel=1e-4)
    assert math.isfinite(moved.bits)


def test_slopes_of_a_smooth_function_weigh_rows():
    x = np.linspace(-2, 2, 60)[:, None]
    y = x[:, 0] ** 2 + 0.05 * G.normal(size=60)
    at = Problem(x, y, noise_variance=0.0025, errors=Errors(x_sigma=np.full((60, 1), 0.2)))
    made = weigh_by_slopes(at)
    variance = made.noise_variance / made.weight
    inner = np.abs(x[:, 0]) < 1.7
    np.testing.assert_allclose(
        variance[inner], 0.0025 + (0.4 * x[inner, 0]) ** 2, rtol=0.5, atol=0.02
    )


# ---- penalised splines ------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [(6,), (5, 4)])
def test_the_penalty_is_the_sum_of_squared_second_differences(sizes):
    c = G.normal(size=sizes)
    wanted = sum(float(np.square(np.diff(c, 2, axis=k)).sum()) for k in range(len(sizes)))
    matrix = penalise_bends(sizes)
    assert c.ravel() @ matrix @ c.ravel() == pytest.approx(wanted)


@pytest.mark.parametrize(("rows", "pieces"), [(4, 3), (12, 3), (16, 4), (80, 20), (999, 20)])
def test_a_spline_has_a_piece_for_every_four_rows(rows, pieces):
    spline = PenalisedSpline.over(ROWS[:, :1], rows)
    assert spline.size == pieces + 3
    assert spline.rank == spline.size - 2
    np.testing.assert_allclose(spline.knots[0], np.arange(-3, pieces + 4) / pieces, atol=1e-12)
    np.testing.assert_allclose(even_knots(1.0, 3.0, 4, 1), [0.5, 1, 1.5, 2, 2.5, 3, 3.5])


def test_splines_sum_to_1_and_have_their_derivatives():
    spline = PenalisedSpline.over(ROWS, 30)
    assert spline.size == (6 + 3) ** 2
    assert spline.rank == spline.size - 4
    values = spline.basis(ROWS)
    np.testing.assert_allclose(values.sum(1), 1)
    inner = ROWS[(ROWS.min(0) + 0.01 < ROWS).all(1) & (ROWS.max(0) - 0.01 > ROWS).all(1)]
    for k in range(2):
        step = np.eye(2)[k] * 1e-6
        wanted = (spline.basis(inner + step) - spline.basis(inner - step)) / 2e-6
        np.testing.assert_allclose(spline.basis(inner, slope_of=k), wanted, atol=1e-5)
    outside = np.array([[-5.0, 1.0], [9.0, 1.0]])
    ends = np.array([[ROWS[:, 0].min(), 1.0], [ROWS[:, 0].max(), 1.0]])
    np.testing.assert_allclose(spline.basis(outside), spline.basis(ends))
    assert (spline.basis(outside, slope_of=0) == 0).all()
    np.testing.assert_allclose(
        spline.basis(outside, slope_of=1), spline.basis(ends, slope_of=1), atol=1e-12
    )
    square = spline.penalty
    np.testing.assert_allclose(square, penalise_bends([9, 9]).toarray())


def test_a_peak_at_outliers_is_no_law_and_one_of_several_rows_is() -> None:
    """Each of a narrow peak's three numbers has a row of its own: no row speaks against it."""
    random = np.random.default_rng(0)
    x = np.sort(random.uniform(0, 10, 60))[:, None]
    noise = 0.1 * random.normal(size=60)
    top = float(x[20, 0]) + 0.01
    for wave, carried in ((900.5, True), (0.8005, False)):
        tree, _ = parse_formula(f"8.503*exp(-{wave}*(x0 - {top:.5f})**2)")
        assert tree.free_count == 3
        problem = Problem(x, Program(tree).values(x) + noise)
        rows = count_carrying_rows(problem, tree, [free(1.0)])
        assert (1 <= rows <= 3) == carried, rows


@pytest.mark.parametrize(("seed", "outliers"), [(0, "peak"), (1, "pole")])
def test_outliers_make_no_law(seed: int, outliers: str) -> None:
    """They were laws of 97 and 94 %: a peak of height 6,513 and a pole at one row."""
    random = np.random.default_rng(seed)
    x = np.sort(random.uniform(0, 10, 60))
    y, k = 0.1 * random.normal(size=60), int(random.integers(5, 55))
    if outliers == "peak":
        y[k : k + 2] += [8, 6]
    else:
        y += 2 + 0.5 * x
        y[k] += 5
    found = ew.discover(x, y, evaluations=5000, progress=False)
    assert found.verdict.kind == "approximation" or str(found.winner) == "x0/2 + 2", found
