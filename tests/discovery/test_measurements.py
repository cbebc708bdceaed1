"""Measurements: errors of y and of x, counts, replicates, few rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import torch

import edgewise as ew
from edgewise.discovery import search as engine
from edgewise.discovery.card import make_card
from edgewise.discovery.errors_in_x import move_inputs
from edgewise.discovery.noise import weigh_by_noise
from edgewise.discovery.problem import Problem
from edgewise.discovery.replicates import measure_lack_of_fit
from edgewise.discovery.strategies import Forms, Networks, Separated, Strategy
from edgewise.discovery.strategies.network import SplitRows, index_networks
from edgewise.discovery.table import read_table
from edgewise.formula.data import Data
from edgewise.formula.expression import Input, add, free, multiply, power
from edgewise.formula.program import Program
from edgewise.laws.errors import Errors
from edgewise.laws.residual_charts import PredictedRows, draw_histogram, draw_residuals
from edgewise.search.budget import Budget
from edgewise.search.search_schedule import LEVELS

ROWS = 40


@pytest.fixture
def x():
    return np.random.default_rng(0).uniform(1, 3, (ROWS, 2))


def discover(x, y, **options):
    options = {"evaluations": 3000, "budget": 1000.0, "progress": False, **options}
    return ew.discover(x, y, **options)


# ---- errors of y ------------------------------------------------------------------------------


@pytest.mark.parametrize("given", [1.0, 3.0])
def test_a_number_has_one_standard_error_wherever_it_stands(given):
    """With known errors it follows from them, in the formula as in the named law."""
    random = np.random.default_rng(2)
    table = pd.DataFrame({"m": random.uniform(0.1, 1, 40), "k": random.uniform(1, 9, 40)})
    y = 6.1234 * np.sqrt(table["m"] / table["k"]) + 0.02 * random.normal(size=40)
    found = discover(table, y, sigma=0.02 * given)
    ((number, error),) = found.winner.fitted_numbers
    root = np.sqrt(float((table["m"] / table["k"]).sum()))
    assert error == pytest.approx(0.02 * given / root, rel=1e-6)
    law = found.winner.law
    assert law.estimates == {"k1": pytest.approx(number)}  # "k" is a column
    assert law.errors["k1"] == pytest.approx(error)
    assert law.text == "k1*sqrt(m/k)"


def test_a_law_that_its_errors_refute_has_a_name_and_no_numbers():
    random = np.random.default_rng(3)
    table = pd.DataFrame({"m": random.uniform(0.1, 1, 40), "k": random.uniform(1, 9, 40)})
    y = 6.1234 * np.sqrt(table["m"] / table["k"]) + 0.02 * random.normal(size=40)
    found = discover(table, y, sigma=0.002)
    assert found.winner.law.is_refuted
    assert make_card(found).meaning.endswith(f"It has the form of “{found.winner.law.title}”.")
    ((_, error),) = found.winner.fitted_numbers
    root = np.sqrt(float((table["m"] / table["k"]).sum()))
    assert error == pytest.approx(0.02 / root, rel=0.3)  # of the scatter


def read(x, y, sigma, weight=None):
    return read_table(x, y, weight, None, None, sigma)


def test_sigma_is_a_number_an_array_a_column_or_a_word(x):
    y, s = x[:, 0], np.linspace(1, 2, ROWS)
    assert read(x, y, None).errors[0].kind is None
    np.testing.assert_array_equal(read(x, y, 0.5).errors[0].sigma, np.full(ROWS, 0.5))
    np.testing.assert_array_equal(read(x, y, s.tolist()).errors[0].sigma, s)
    both = read(x, x, np.stack([s, 2 * s], 1)).errors
    np.testing.assert_array_equal(both[1].sigma, 2 * both[0].sigma)
    frame = pd.DataFrame({"a": x[:, 0], "error": s, "b": x[:, 1]})
    table = read(frame, y, "error")
    np.testing.assert_array_equal(table.errors[0].sigma, s)
    np.testing.assert_array_equal(table.x, x)
    assert table.names == ["a", "b"]
    assert read(x, y, "counts").errors[0].kind == "poisson"
    kept = np.arange(ROWS) % 2 == 0
    np.testing.assert_array_equal(read(x, y, s, kept).errors[0].sigma, s[kept])


@pytest.mark.parametrize(
    ("sigma", "message"),
    [
        (0.0, "above 0 in sigma, got 0.0"),
        (np.full(ROWS, np.nan), "finite standard deviations"),
        (np.ones(ROWS - 1), r"of shape \(40,\) or \(40, 1\), got \(39, 1\)"),
        ("sideways", "the name of a column, or one of 'constant'"),
    ],
)
def test_what_is_no_sigma(sigma, message, x):
    with pytest.raises(ValueError, match=message):
        read(x, x[:, 0], sigma)
    with pytest.raises(ValueError, match="no sigma or x_sigma for classes"):
        read(x, x[:, 0] > 2, 1.0)


@pytest.mark.parametrize("given", [None, np.linspace(0.5, 1.5, ROWS)], ids=["alone", "weighed"])
def test_weights_and_the_variance_of_noise_give_the_errors_of_rows(given, x):
    sigma = np.geomspace(1e-3, 1e3, ROWS)
    problem = Problem(x, x[:, 0], weight=given, errors=Errors("given", sigma)).weighed_by_errors()
    assert problem.weight.mean() == pytest.approx(1)
    counts = np.ones(ROWS) if given is None else given
    for some in (problem, problem.some_rows(15)):
        rows = np.searchsorted(sigma, some.errors.sigma)
        variance = some.noise_variance / some.weight
        np.testing.assert_allclose(variance, sigma[rows] ** 2 / counts[rows])
    assert Problem(x, x[:, 0]).weighed_by_errors().noise_variance is None


def test_rows_with_large_errors_hardly_count(x):
    y = 3 * x[:, 0] / x[:, 1]
    sigma = np.where(np.arange(ROWS) % 3 == 0, 1e4, 1e-4)
    wrong = y + sigma * np.random.default_rng(1).standard_normal(ROWS)
    found = discover(x, wrong, sigma=sigma)
    np.testing.assert_allclose(found.predict(x), y, rtol=1e-3)


def test_distinct_rows(x):
    assert Problem(x, x[:, 0]).distinct_rows == ROWS
    assert Problem(np.tile(x, (3, 1)), np.tile(x[:, 0], 3)).distinct_rows == ROWS
    codes = np.arange(ROWS)[:, None] % 4.0
    assert Problem(codes, x[:, 0]).distinct_rows == 4


# ---- few rows, and awkward ones ---------------------------------------------------------------


@pytest.mark.parametrize("rows", [5, 6, 19])
def test_few_rows_are_searched(rows):
    g = np.random.default_rng(rows)
    x = g.uniform(0.5, 3, (rows, 1 + rows % 3))
    for y in (g.normal(size=rows), x[:, 0] ** 1.5 * (1 + 0.01 * g.normal(size=rows))):
        found = discover(x, y, evaluations=100)
        assert np.isfinite(found.winner.rmse)
        assert found.predict(x).shape == (rows,)


def test_few_rows_are_left_out_one_by_one(x):
    assert len(set(Problem(x[:12], x[:12, 0]).folds)) == 12
    counts = np.bincount(Problem(x, x[:, 0]).folds)
    assert counts.tolist() == [8] * 5


def test_the_six_planets_of_kepler():
    axes = np.array([0.389, 0.724, 1.0, 1.524, 5.2, 9.51])
    years = np.array([0.24, 0.615, 1.0, 1.88, 11.86, 29.46])
    found = discover(axes, years, evaluations=3_000)
    tried = np.array([0.5, 4.0])
    np.testing.assert_allclose(found.predict(tried[:, None]), tried**1.5, rtol=0.05)


def hostile_tables():
    g, rows = np.random.default_rng(0), 60
    t, u = np.linspace(0, 30, rows), g.uniform(0.5, 1, (rows, 2))
    yield "counts", t, g.poisson(900 * np.exp(-t / 4.2) + 35).astype(float)
    yield "a column of zeros", np.c_[np.zeros(rows), u], g.normal(size=rows)
    yield "one y that isn't 0", u, np.eye(rows)[3]
    yield "huge and tiny columns", u * [1e300, 1e-300], u[:, 0]
    yield "denormal numbers", u * 1e-310, u[:, 0] * 1e-310
    yield "the largest numbers", u * 1.7e308, -u[:, 0] * 1.7e308
    yield "spikes", g.choice([-1e300, 0, 1, 1e300], (rows, 2)), g.choice([0, 1e-300, 1.0], rows)
    yield "repeated rows", np.repeat(g.normal(size=(6, 2)), 10, 0), g.normal(size=rows)
    yield "one row", np.ones((rows, 2)), g.normal(size=rows)
    yield "a pole", t - t[30], 1 / np.where(t == t[30], 1, t - t[30])
    yield "rounding", u, 1 + 1e-15 * g.normal(size=rows)
    yield "equal columns", u[:, [0, 0, 0]], g.normal(size=rows)


HOSTILE = {name: (x, y) for name, x, y in hostile_tables()}


class Together(Strategy):
    """All proposals of several strategies, 500 evaluations each, before any ends the search."""

    @property
    def name(self):
        return "together"

    def propose(self, problem, budget):
        parts = (Networks(), Separated(), Forms(LEVELS[:1], 0))
        some = [part.propose(problem, budget.part(evaluations=500)) for part in parts]
        yield from [candidate for each in some for candidate in each]


PLANS = {"together": (Together(), False), "robust": (Forms(LEVELS[:1], 0), True)}
FAR_OFF = ("one y that isn't 0", "the largest numbers", "spikes", "a pole", "rounding")
"""Tables of which some rows weigh less, or all residuals are rounding: the rest are as without."""


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("plan", "name"),
    [
        *(("together", name) for name in HOSTILE),
        *(("robust", name) for name in FAR_OFF),
    ],
)
def test_no_error_and_no_warning_on_hostile_tables(name, plan, monkeypatch):
    strategy, robust = PLANS[plan]
    monkeypatch.setattr(engine, "make_plan", lambda problem: engine.Plan((strategy,)))
    x, y = HOSTILE[name]
    found = discover(x, y, evaluations=500 if robust else 3000, robust=robust)
    found.predict(x)
    assert found.verdict.kind in ("exact", "law", "approximation")


def test_networks_start_with_functions_whose_domain_holds_all_rows():
    """The fifth of the rows that judges may hold the only 0."""
    x = torch.arange(60.0, dtype=torch.float64).flip(0)[:, None]
    y = torch.exp(-x / 10)
    for train in (48, 60):
        rows = SplitRows(x, y, train, 1.0, torch.Generator().manual_seed(0))
        models = list(index_networks(rows, ew.BSpline(grid=7)))
        assert models
        assert all(bool(model(x).isfinite().all()) for model in models)


# ---- kinds of errors --------------------------------------------------------------------------


def positive(rows=100):
    x = np.random.default_rng(2).uniform(1, 10, (rows, 2))
    return x, 3 * x[:, 0] ** 2 / x[:, 1]


def kind_of(x, y, **options):
    return weigh_by_noise(Problem(x, y, **options))


def test_equal_errors_of_a_power_law_over_decades_are_seen():
    """It is smooth in logarithms only, in which equal errors aren't equal."""
    rng = np.random.default_rng(0)
    x = np.exp(rng.uniform(0, 4, (60, 2)))
    f = 2 * x[:, 0] ** 1.5 / x[:, 1] ** 2
    assert kind_of(x, f + 0.002 * f.std() * np.abs(rng.normal(size=60)))[1:] == ("constant", False)


@pytest.mark.parametrize("kind", ["constant", "relative", "poisson"])
def test_the_kind_of_errors_is_seen(kind):
    x, f = positive()
    g = np.random.default_rng(3)
    y = {
        "constant": f + 2 * g.normal(size=len(f)),
        "relative": f * (1 + 0.1 * g.normal(size=len(f))),
        "poisson": g.poisson(f),
    }[kind].astype(float)
    weighed, found, chosen = kind_of(x, y)
    assert (found, chosen) == (kind, kind != "constant")
    if kind == "relative":
        np.testing.assert_allclose(np.std(np.log(weighed.weight * f**2)), 0, atol=0.2)
        assert weighed.noise_variance is None
    if kind == "poisson":
        variance = weighed.noise_variance / weighed.weight
        np.testing.assert_allclose(np.median(variance / f), 1, atol=0.1)


def test_a_kind_that_is_said_is_taken_and_a_given_weight_is_left_alone():
    x, f = positive()
    y = f + 2 * np.random.default_rng(3).normal(size=len(f))
    said = kind_of(x, y, errors=Errors("relative"))
    assert said[1:] == ("relative", False)
    assert np.corrcoef(np.log(said[0].weight), np.log(f))[0, 1] < -0.9
    weight = np.linspace(0.5, 1.5, len(f))
    weighed, kind, _ = kind_of(x, f * (1 + 0.1 * np.sin(9 * f)), weight=weight)
    assert kind == "constant"
    np.testing.assert_array_equal(weighed.weight, weight)


def test_a_power_law_over_many_decades_at_its_real_constants():
    g = np.random.default_rng(5)
    m1, m2, r = (10 ** g.uniform(low, high, 100) for low, high in ((20, 30), (20, 30), (6, 12)))
    force = 6.674e-11 * m1 * m2 / r**2
    measured = force * (1 + 0.1 * g.normal(size=100))
    found = discover(np.c_[m1, m2, r], measured, evaluations=10_000)
    assert found.noise.kind == "relative"
    assert found.noise.level == pytest.approx(0.1, rel=0.3)
    np.testing.assert_allclose(found.predict(np.c_[m1, m2, r]) / force, 1, atol=0.2)


def test_counts_with_zeros():
    t = np.linspace(0, 30, 60)
    rate = 200 * np.exp(-t / 4.2) + 0.5
    found = discover(t, np.random.default_rng(1).poisson(rate), evaluations=2000)
    assert (found.noise.kind, found.noise.is_known) == ("poisson", True)
    np.testing.assert_allclose(found.noise.sigma[:10], np.sqrt(rate[:10]), rtol=0.2)


# ---- errors of x ------------------------------------------------------------------------------


def deming(x, y, ratio):
    """Slope and intercept of the line by errors of both, `ratio` that of y's variance to x's."""
    (xx, xy), (_, yy) = np.cov(x, y)
    half = yy - ratio * xx
    slope = (half + np.sqrt(half**2 + 4 * ratio * xy**2)) / (2 * xy)
    return slope, y.mean() - slope * x.mean()


def test_a_line_with_errors_in_x_is_that_of_deming():
    g = np.random.default_rng(0)
    true = g.uniform(0, 3, 60)
    x, y = true + 0.3 * g.normal(size=60), 2.3 * true + 0.7 + 0.2 * g.normal(size=60)
    errors = Errors("given", np.full(60, 0.2), np.full((60, 1), 0.3))
    line = add(multiply(free(2.0), Input(0)), free(1.0))
    moved = move_inputs(Problem(x[:, None], y, errors=errors).weighed_by_errors(), line).problem
    slope, level = deming(x, y, (0.2 / 0.3) ** 2)
    assert abs(np.polyfit(x, y, 1)[0] - slope) > 0.1
    made = Program(moved.data.fit(line).tree).values(np.array([[0.0], [1.0]]))
    np.testing.assert_allclose(made, [level, level + slope], rtol=1e-6)


def test_a_line_whose_errors_are_known_in_x_alone():
    """Its likeliest slope is the covariance over the variance of the true x."""
    g = np.random.default_rng(0)
    true = g.uniform(0, 3, 60)
    x, y = true + 0.3 * g.normal(size=60), 2.3 * true + 0.7 + 0.2 * g.normal(size=60)
    line = add(multiply(free(2.0), Input(0)), free(1.0))
    problem = Problem(x[:, None], y, errors=Errors(x_sigma=np.full((60, 1), 0.3)))
    moved = move_inputs(problem, line).problem
    made = Program(moved.data.fit(line).tree).values(np.array([[0.0], [1.0]]))
    slope = np.cov(x, y, bias=True)[0, 1] / (x.var() - 0.3**2)
    np.testing.assert_allclose(np.diff(made), slope, rtol=1e-6)


def test_the_front_has_the_weights_that_errors_of_inputs_give(monkeypatch):
    g = np.random.default_rng(0)
    x = g.uniform(0.5, 3, (60, 1))
    problem = Problem(x, np.exp(x[:, 0]), errors=Errors(x_sigma=np.full((60, 1), 0.1)))
    problem = replace(problem, y=problem.y + 0.05 * g.normal(size=60))
    seen = []

    def correct(given, front, budget):
        seen.append(front.data.weight)
        return front

    monkeypatch.setattr(engine, "_correct", correct)
    short = engine.search_short(problem, Budget(1e9, 1000))
    engine.run_search(problem, Budget(1e9, 1000), n_jobs=1, report=lambda *_: None, short=short)
    # Where the curve is steep, an error of x adds much to that of y.
    steep, flat = np.argmax(x[:, 0]), np.argmin(x[:, 0])
    assert seen[0][steep] < 0.1 * seen[0][flat]


@pytest.mark.parametrize("known", [True, False])
def test_a_law_with_errors_of_its_inputs_has_its_name(known):
    """Its numbers and their errors are those of orthogonal regression."""
    g = np.random.default_rng(2)
    true = np.linspace(0.2, 8, 60)
    x, y = true + 0.05 * g.normal(size=60), 3 * true / (1.3 + true) + 0.03 * g.normal(size=60)
    errors = {"sigma": 0.03 if known else None, "x_sigma": 0.05}
    law = discover(x, y, input_names=["S"], **errors).winner.law
    fitted = ew.fit_law("michaelis_menten", x, y, sigma=0.03, x_sigma=0.05)
    assert law.law.name == "michaelis_menten"
    for name, value in fitted.estimates.items():
        assert law.estimates[name] == pytest.approx(value, abs=0.2 * fitted.errors[name])
        assert law.errors[name] == pytest.approx(fitted.errors[name], rel=0.05 if known else 0.3)


def test_errors_of_inputs_by_their_names(x):
    frame = pd.DataFrame({"a": x[:, 0], "b": x[:, 1], "s": np.linspace(1, 2, ROWS)})

    def read_x_sigma(x_sigma):
        return read_table(frame, x[:, 0], None, None, None, None, x_sigma).errors[0].x_sigma

    np.testing.assert_array_equal(read_x_sigma({"a": 0.5}), read_x_sigma([0.5, 0, 0]))
    by_column = np.c_[np.zeros(ROWS), frame["s"]]
    np.testing.assert_array_equal(read_x_sigma({"b": "s"}), by_column)
    turned = pd.DataFrame({"b": frame["s"], "s": 0.0, "a": 0.5})
    np.testing.assert_array_equal(
        read_x_sigma(turned), np.c_[np.full(ROWS, 0.5), frame["s"], np.zeros(ROWS)]
    )


def test_columns_of_errors_are_no_inputs(x):
    s, e = np.linspace(1, 2, ROWS), np.linspace(3, 4, ROWS)
    frame = pd.DataFrame({"e": e, "a": x[:, 0], "s": s})

    def read_both(table, sigma, x_sigma):
        return read_table(table, x[:, 0], None, None, None, sigma, x_sigma)

    for x_sigma in ("e", {"a": "e"}):
        table = read_both(frame, "s", x_sigma)
        assert table.names == ["a"]
        np.testing.assert_array_equal(table.errors[0].sigma, s)
        np.testing.assert_array_equal(table.errors[0].x_sigma, e[:, None])
    numbered = read_both(frame.set_axis([0, 1, 2], axis=1), "2", {"1": "0"})
    assert numbered.names == ["1"]
    np.testing.assert_array_equal(numbered.errors[0].x_sigma, e[:, None])
    with pytest.raises(ValueError, match="expected numbers, got object"):
        read_both(dict(frame), "s", None)


@pytest.mark.parametrize(
    ("x_sigma", "message"),
    [
        ({"c": 1.0}, "x_sigma of x0, x1, got 'c'"),
        (-1.0, "at least 0 in x_sigma, got -1.0"),
        ([1.0, 2.0, 3.0], r"\(2,\) or \(40, 2\), got \(3,\)"),
        (np.ones((2, ROWS)), r"\(2,\) or \(40, 2\), got \(2, 40\)"),
        (pd.DataFrame({"x0": np.ones(ROWS), "c": 1.0}), "x_sigma of x0, x1, got 'c'"),
    ],
)
def test_what_is_no_x_sigma(x_sigma, message, x):
    with pytest.raises(ValueError, match=message):
        read_table(x, x[:, 0], None, None, None, None, x_sigma)


# ---- replicates and outliers ------------------------------------------------------------------


def test_repeated_rows_tell_lack_of_fit():
    g = np.random.default_rng(4)
    x = np.repeat(np.linspace(0, 2, 8), 5)[:, None]
    y = x[:, 0] ** 2 + 0.1 * g.normal(size=40)
    square = power(Input(0), 2)
    right = measure_lack_of_fit(Data.of(x, y), square)
    assert right.freedom == (8, 32)
    assert right.pure_error == pytest.approx(0.1, rel=0.3)
    assert right.probability > 0.01
    wrong = measure_lack_of_fit(Data.of(x, y), add(multiply(free(2.0), Input(0)), free(-0.3)))
    assert wrong.freedom == (6, 32)
    assert wrong.probability < 1e-6
    means = y.reshape(8, 5).mean(1)
    ratio = 5 * np.sum((means - x[::5, 0] ** 2) ** 2) / 8 / right.pure_error**2
    assert right.ratio == pytest.approx(ratio)
    assert measure_lack_of_fit(Data.of(x[::5], y[::5]), square) is None
    assert measure_lack_of_fit(Data.of(x, x[:, 0]), square) is None  # repeats that agree exactly
    pole = power(Input(0), -1)  # x = 0 is a row
    assert measure_lack_of_fit(Data.of(x, y), pole) is None


def test_outliers_are_listed_and_drawn():
    x = np.random.default_rng(0).uniform(1, 3, (60, 1))
    y = 2 * x[:, 0] + 0.05 * np.random.default_rng(1).normal(size=60)
    y[[7, 30]] += 5
    found = discover(x, y, robust=True, evaluations=300)
    assert found.outliers.tolist() == [7, 30]
    assert "rows far off" in found.html()
    assert not len(discover(x, y, evaluations=300).outliers)


@pytest.mark.parametrize(("factor", "told"), [(1.0, "as large as"), (0.5, "larger than")])
def test_the_page_tells_the_reduced_chi_square(factor, told):
    """χ² is Σ ((observed - predicted) / σ)², with as many degrees of freedom as rows less numbers.

    With half the true errors it is four times as large.
    """
    g = np.random.default_rng(4)
    x = pd.DataFrame({"t": g.uniform(1, 3, 80), "w": g.uniform(0, 1, 80)})
    sigma = np.where(np.arange(80) % 2, 0.05, 0.2)
    y = 1.37 * x["t"] ** 2 + sigma * g.standard_normal(80)
    given = factor * sigma
    found = discover(x, y, sigma=given, evaluations=600)
    chi2 = found.noise.chi2
    expected = float(np.sum(((y - found.predict(x)) / given) ** 2))
    assert chi2.value == pytest.approx(expected, rel=1e-6)
    assert chi2.freedom == 80 - found.winner.tree.free_count
    assert chi2.reduced == pytest.approx(expected / chi2.freedom)
    shown = found.html()
    assert f"Reduced χ² {chi2.reduced:.3g}" in shown
    assert f"the residuals are {told} the errors of y let expect" in shown
    assert "Residuals against w" in shown  # an input that the formula doesn't have


def test_no_chi_square_without_all_errors():
    x = np.random.default_rng(0).uniform(1, 3, (60, 1))
    y = 2 * x[:, 0] + 0.05 * np.random.default_rng(1).normal(size=60)
    for errors in ({}, {"sigma": 0.05, "x_sigma": 0.01}, {"sigma": 0.05, "robust": True}):
        found = discover(x, y, evaluations=300, **errors)
        assert found.noise.chi2 is None
        assert "χ²" not in found.html()


def test_residuals_against_an_input_have_its_values():
    column = np.array([3.0, 4.0])
    rows = PredictedRows(np.array([1.0, 2.0]), np.array([1.1, 1.9]), 0, inputs={"t (s)": column})
    chart = draw_residuals(rows, "m", "t (s)")
    np.testing.assert_allclose(chart.marks[1].x, column)
    np.testing.assert_allclose(chart.marks[1].y, [-0.1, 0.1])
    assert (chart.x.label, chart.y.label) == ("t (s)", "observed − predicted (m)")


def test_error_bars_are_drawn():
    rows = PredictedRows(np.array([1.0, 2.0]), np.array([1.1, 1.9]), 0, np.array([0.5, 0.25]))
    bars = draw_residuals(rows).marks[1]
    np.testing.assert_allclose(bars.y, [-0.6, 0.4, np.nan, -0.15, 0.35, np.nan])


@pytest.mark.parametrize("differs", [True, False])
def test_the_histogram_shows_errors_over_their_sigma_where_it_differs(differs):
    """Rows of two instruments: in units of sigma all errors are ±1, raw they are ±1 and ±100."""
    sigma = np.where(np.arange(40) % 2, 1.0, 100.0 if differs else 1.0)
    error = sigma * np.where(np.arange(40) % 4 < 2, 1.0, -1.0)
    chart = draw_histogram(PredictedRows(5 + error, np.full(40, 5.0), 0, sigma), "V")
    assert chart.x.label == (
        "(observed − predicted) / σ of the row" if differs else "observed − predicted (V)"
    )
    bars = chart.marks[0]
    assert bars.left[0] >= -1.01
    assert bars.right[-1] <= 1.01


@pytest.mark.parametrize("noise", [0.0, 0.01])
def test_formulas_of_large_columns_are_readable(noise):
    x = 10 ** np.random.default_rng(3).uniform(8, 12, 80)
    y = 1.7 * np.sqrt(x) * (1 + noise * np.random.default_rng(4).normal(size=80))
    found = discover(x, y, evaluations=500)
    assert found.winner.complexity <= 5, str(found.winner)
    np.testing.assert_allclose(found.predict(x), 1.7 * np.sqrt(x), rtol=0.01)


@pytest.mark.parametrize(("size", "first"), [(1, 1e-300), (1, 1e300), (1e300, 1e-113)])
def test_errors_whose_squares_leave_float64_are_refused(size, first):
    x = np.linspace(1, 2, 20)[:, None]
    for sigma in (np.full(20, first), np.r_[first, np.full(19, size)]):
        with pytest.raises(ValueError, match=r"sigma between 1e-100 and 1e\+100 times the largest"):
            ew.discover(x, size * x[:, 0], sigma=sigma, progress=False)


@pytest.mark.parametrize("wrong", ["y", "residual", None])
def test_inputs_that_cannot_be_found_have_no_likelihood(wrong, monkeypatch):
    from edgewise.discovery import errors_in_x

    find = errors_in_x.find_true_inputs

    def damaged(*given):
        found = find(*given)
        if wrong == "y":
            return replace(found, slopes=found.slopes * np.nan)
        return replace(found, residual=found.residual * np.nan) if wrong else found

    monkeypatch.setattr(errors_in_x, "find_true_inputs", damaged)
    x = np.linspace(0, 3, 30)
    problem = Problem(x[:, None], 2 * x + 1, errors=Errors(x_sigma=np.full((30, 1), 0.1)))
    moved = move_inputs(problem, add(multiply(free(2.0), Input(0)), free(1.0)))
    assert (moved.problem is problem) is (wrong is not None)
