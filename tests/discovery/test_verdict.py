"""What may be said of a formula: classes, their shares, statistics and sentences."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from test_selection import MEAN, X, Y, call, polynomial, problem, scored

import edgewise as ew
from edgewise.discovery.calibration import (
    LEAST_LAW,
    NONE_BITS,
    WEIGHTS,
    Statistics,
    calibrate,
)
from edgewise.discovery.misfit import (
    explain_by_smooth,
    extrapolate,
    list_orders,
    measure_dependence,
)
from edgewise.discovery.posterior import add_neighbours, weigh_classes
from edgewise.discovery.problem import Problem
from edgewise.discovery.verdict import judge, list_objections, unit_bits
from edgewise.formula.exactness import LEAST_R2, MOST_EXPLAINED
from edgewise.formula.expression import Number, add, exact, free, multiply, power
from edgewise.formula.program import Program


def judged(at, winner, others=()):
    process = at.numeric if at.rows >= 4 else None
    front = [scored(at, MEAN, "mean model"), *others, winner]
    return judge(at, winner, add_neighbours(weigh_classes(at, front, process), at))


def verdict(at, winner, others=()):
    return judged(at, winner, others).verdict


def test_an_exact_formula_is_exact():
    at = problem(lambda a, b: a * b)
    found = verdict(at, scored(at, multiply(X, Y)))
    assert (found.kind, found.probability) == ("exact", 1.0)


@pytest.mark.parametrize(("error", "kind"), [(1e-13, "exact"), (1e-11, "other"), (1e-9, "other")])
def test_what_is_wrong_in_the_eleventh_digit_is_not_exact(error, kind):
    at = problem(lambda a, b: a * b)
    y = at.y + error * at.variance**0.5 * np.sin(40 * at.x[:, 0]) * np.sqrt(2)
    at = replace(at, y=y)
    found = verdict(at, scored(at, multiply(X, Y)))
    assert (found.kind == "exact") == (kind == "exact")


LAWS = {
    "product": (lambda a, b: a * b, multiply(X, Y), 0.02),
    "Michaelis-Menten": (
        lambda a, b: 2.1 * a / (0.7 + a),
        multiply(free(2.0), X, power(add(X, free(0.6)), -1)),
        0.003,
    ),
    "Cobb-Douglas": (
        lambda a, b: a**0.751 * b**0.251,
        multiply(free(1.1), power(X, free(0.7)), power(Y, free(0.3))),
        0.01,
    ),
    "decay": (
        lambda a, b: np.exp(-1.37 * a) * b,
        multiply(free(1.1), call("exp", multiply(free(-1.3), X)), Y),
        0.005,
    ),
}


@pytest.mark.parametrize("name", LAWS)
def test_a_law_under_noise_is_a_law(name):
    f, tree, noise = LAWS[name]
    at = problem(f, noise, rows=300)
    found = judged(at, scored(at, tree), [scored(at, add(tree, free(0.01)))])
    assert found.alternatives == []
    assert found.evidence.share > 0.99
    assert found.verdict.probability == calibrate(found.evidence.statistics) > 0.5
    claimed = found.verdict.kind == "law"
    assert claimed == (found.verdict.probability >= LEAST_LAW)
    assert claimed == ("look like noise" in found.verdict.reason)
    assert claimed or name != "product"


def test_a_constant_is_never_found():
    for y in (lambda a, b: 0 * a + 2.5, lambda a, b: 0 * a):
        for sigma in (0.0, 1.0):
            at = problem(y, sigma)
            for tree in (exact(5, 2), free(2.5), exact(0), exact(-1, 3)):
                found = verdict(at, scored(at, tree))
                assert found.kind == "approximation"
                assert "constant" in found.reason


def test_what_explains_little_is_no_law():
    at = problem(lambda a, b: 0.4 * a, 1.0, rows=800)
    found = verdict(at, scored(at, add(multiply(free(1.0), X), free(0.1))))
    assert found.kind == "approximation"
    assert "it explains only" in found.reason


def test_a_plain_model_is_an_approximation():
    at = problem(lambda a, b: 1.5 * a - 0.7 * b, 0.05)
    line = scored(at, add(multiply(free(1.0), X), multiply(free(1.0), Y), free(0.1)))
    found = verdict(at, replace(line, source="additive model", is_plain=True))
    assert found.kind == "approximation"
    assert found.probability is None
    assert "additive model" in found.reason


def test_many_numbers_are_a_curve_through_the_data():
    at = problem(lambda a: np.sin(3 * a), 0.02, inputs=1, rows=300)
    assert verdict(at, scored(at, polynomial(9))).kind == "approximation"


@pytest.mark.parametrize("factor", [False, True])
@pytest.mark.parametrize(("levels", "kind"), [(4, "approximation"), (40, "law")])
def test_repeated_rows_tell_how_large_errors_are_but_no_form(levels, kind, factor):
    """A wave with a constant has four numbers, and fits any values of four levels."""
    g = np.random.default_rng(7)
    level, beside = np.tile(np.linspace(1, 4, levels), 160 // levels), g.uniform(1, 2, 160)
    x = np.stack([level, beside], 1)[:, : 1 + factor]
    wave = add(multiply(free(1.9), call("sin", add(multiply(free(4.0), X), free(0.8)))), free(0.2))
    tree = multiply(wave, Y) if factor else wave
    at = Problem(x, Program(tree).values(x) + 0.01 * g.normal(size=160))
    found = judged(at, scored(at, tree))
    assert found.verdict.kind == kind
    if kind == "approximation":
        assert "too many numbers for so few rows" in found.verdict.reason


def test_repeated_rows_count_once_for_the_probability():
    """Six levels, each measured twenty times, tell a form hardly better than six rows."""
    g = np.random.default_rng(8)
    few = np.repeat(np.linspace(1, 4, 6), 20)[:, None]
    many = np.linspace(1, 4, 120)[:, None]
    line = add(multiply(free(2.3), X), free(0.4))
    told = []
    for x in (few, many):
        at = Problem(x, Program(line).values(x) + 0.01 * g.normal(size=120))
        evidence = judged(at, scored(at, line)).evidence
        told.append(
            evidence.statistics.constant / (evidence.one.bits - evidence.posterior.constant)
        )
    np.testing.assert_allclose(told, [6 / 120, 1])


def test_on_few_rows_chance_alone_finds_something():
    """The best of many formulas of pure noise explains much of it, and is none."""
    g = np.random.default_rng(3)
    x, y = g.uniform(0.3, 2, (25, 2)), g.normal(size=25)
    at = Problem(x, y)
    waves = [
        multiply(free(1.0), call(f, multiply(exact(k, 2), v)))
        for f in ("sin", "cos")
        for k in range(2, 40)
        for v in (X, Y, multiply(X, Y), add(X, Y), multiply(X, power(Y, -1)))
    ]
    alike = [abs(np.corrcoef(Program(w).values(x), y)[0, 1]) for w in waves]
    best = scored(at, add(waves[int(np.argmax(alike))], free(0.1)))
    assert 1 - best.mse / at.variance > LEAST_R2
    found = judged(at, best)
    assert found.verdict.kind == "approximation"
    assert any("chance" in one for one in list_objections(found.evidence))


def test_extrapolation_of_a_right_form_is_as_good_as_its_numbers_are_known():
    """The ratio is 1 on average, also of a line whose slope is hardly known."""
    line = add(multiply(free(1.0), X), free(0.1))
    ratios = []
    for seed in range(40):
        at = problem(lambda a: 0.5 * a, 1.0, rows=60, inputs=1, seed=seed)
        beyond, error = extrapolate(at, line)
        ratios.append(beyond)
    assert error == pytest.approx(np.std(ratios), rel=0.4)
    assert np.mean(ratios) == pytest.approx(1, abs=0.3)


def test_a_cubic_holds_within_and_not_beyond():
    at = problem(lambda a: np.sin(2.4 * a), 0.02, inputs=1, rows=400, low=-1.2, high=1.2)
    cubic = scored(at, polynomial(3))
    beyond, error = extrapolate(at, cubic.tree)
    assert beyond > 1 + 8 * error
    beyond, error = extrapolate(at, scored(at, call("sin", multiply(free(2.0), X))).tree)
    assert beyond < 1 + 3 * error
    found = judged(at, cubic)
    assert found.verdict.kind == "approximation"
    assert any("outer" in one for one in list_objections(found.evidence))


def test_extrapolation_asks_only_of_inputs_that_are_used():
    at = problem(lambda a, b: a, 0.1)
    one = extrapolate(at, multiply(free(1.0), X))
    other = extrapolate(replace(at, x=at.x * [1, -7]), multiply(free(1.0), X))
    assert one == other


def test_neighbours_see_waves_that_are_too_short_for_the_smooth_rival():
    def waves(a, b):
        return a * b + 0.5 * np.sin(40 * a) * np.sin(40 * b)

    at = problem(waves, low=0.0, high=1.0, rows=1000)
    line = scored(at, multiply(X, Y))
    assert measure_dependence(at, line.tree) > 5
    noisy = problem(lambda a, b: a * b, 0.5, low=0.0, high=1.0, rows=1000)
    assert measure_dependence(noisy, line.tree) < 2
    twice = np.tile(np.arange(500), 2)  # a copy of a row says nothing about noise
    copies = problem(lambda a, b: a * b, 0.5, low=0.0, high=1.0, rows=1000)
    copies = replace(copies, x=copies.x[twice], y=copies.y[twice])
    assert measure_dependence(copies, line.tree) < 2


@pytest.mark.parametrize("rows", [40, 80])
def test_an_approximation_is_seen_along_its_own_parts_among_columns_without_influence(rows):
    x = np.random.default_rng(1).uniform(0.1, 3, (rows, 5))
    ratio = multiply(X, power(Y, -1))
    near = multiply(free(1.3), ratio, power(add(ratio, free(1.0)), -1))
    at = replace(problem(lambda *a: a[0], inputs=5, rows=rows), x=x)
    at = replace(at, y=np.tanh(0.7 * x[:, 0] / x[:, 1]))
    assert measure_dependence(at, scored(at, near).tree) > 5


def test_p_values_of_noise_are_uniform():
    found = []
    for seed in range(200):
        at = problem(lambda a, b: a * b, 0.0, rows=60)
        noise = np.random.default_rng(seed).standard_normal(60)
        at = replace(at, y=at.y + 0.1 * noise)
        found.append(measure_dependence(at, multiply(X, Y)))
    below = [float(np.mean(np.array(found) > level)) for level in (1, 2, 3)]
    assert below[0] < 0.16
    assert below[1] < 0.04
    assert below[2] < 0.015
    assert below[0] > 0.02


def test_rows_are_ordered_by_each_part_once():
    x = np.random.default_rng(0).uniform(0.1, 2, (30, 2))
    tree = multiply(free(3.0), power(multiply(X, power(Y, -1)), 2))
    assert len(list_orders(tree, x)) == 3  # x, y, and x/y like its square and its multiple


def test_structure_in_what_is_left_is_named():
    at = problem(lambda a, b: a * b + 0.05 * np.sin(4 * b), 0.02, rows=300)
    wave = multiply(free(0.04), call("sin", multiply(free(4.0), Y)))
    wrong, right = (scored(at, t) for t in (multiply(X, Y), add(multiply(X, Y), wave)))
    assert explain_by_smooth(at, wrong.tree) > 0.3
    assert explain_by_smooth(at, right.tree) < MOST_EXPLAINED
    found = verdict(at, wrong)
    assert found.kind == "approximation"
    assert "aren't noise" in found.reason


@pytest.mark.parametrize(("noise", "told"), [(0.1, False), (0.003, True)])
def test_neighbours_count_where_the_rows_do_not_tell_them_apart(noise, told):
    """tanh and others pass through noisy rows of a bend as well as the arctan that it is."""
    g = np.random.default_rng(0)
    x = g.uniform(0.2, 1.5, (300, 1))
    at = Problem(x, 1.7 * np.arctan(1.3 * x[:, 0]) + noise * g.normal(size=300))
    tree = multiply(free(1.7), call("arctan", multiply(free(1.3), X)))
    found = judged(at, scored(at, tree))
    assert (found.alternatives == []) == told
    if not told:
        assert found.verdict.kind == "approximation"


def test_two_inputs_that_say_the_same_share_the_probability():
    g = np.random.default_rng(0)
    x = g.uniform(0.5, 2, (60, 2))
    x[:, 1] = x[:, 0] * np.exp(0.002 * g.normal(size=60))
    at = Problem(x, x[:, 0] + 0.05 * g.normal(size=60))
    one, two = scored(at, multiply(free(1.0), X)), scored(at, multiply(free(1.0), Y))
    posterior = weigh_classes(at, [one, two], at.numeric)
    assert sum(posterior.shares) == pytest.approx(1)
    assert min(posterior.shares[:2]) > 0.1
    found = judge(at, one, posterior)
    assert found.alternatives == [two]
    assert found.verdict.kind == "approximation"
    assert any("another formula fits" in text for text in list_objections(found.evidence))


def test_spellings_of_one_law_are_one_class_and_larger_ones_no_rivals():
    at = problem(lambda a, b: 2.1 * a / (0.7 + a), 0.02, rows=300)
    one = scored(at, power(add(multiply(free(0.3), power(X, -1)), free(0.5)), -1))
    two = scored(at, multiply(free(2.0), X, power(add(X, free(0.6)), -1)))
    wide = scored(at, add(free(2.0), multiply(free(-1.2), power(add(X, free(0.6)), -1))))
    posterior = weigh_classes(at, [one, two, wide], at.numeric)
    assert len(posterior.classes) == 1
    assert {id(m) for m in (posterior.classes[0].best, *posterior.classes[0].others)} == {
        id(one),
        id(two),
        id(wide),
    }


def test_a_term_that_is_clear_of_zero_makes_a_class_of_its_own():
    at = problem(lambda a, b: a**2 * (b - 0.3), 0.05, rows=300)
    product = multiply(free(1.1), power(X, 2), Y)
    wide = scored(at, multiply(power(X, 2), add(multiply(free(1.1), Y), free(-0.2))))
    narrow = scored(at, product)
    posterior = weigh_classes(at, [narrow, wide], at.numeric)
    assert posterior.classes[0].best is wide
    assert [c.best for c in posterior.classes[1:]] == [narrow]


def test_where_a_curve_is_likelier_none_of_these_is():
    at = problem(lambda a, b: a * b + 0.3 * np.sin(5 * b) * a, 0.02, rows=200)
    posterior = weigh_classes(at, [scored(at, multiply(X, Y))], at.numeric)
    assert posterior.shares[-1] > 0.99
    at = problem(lambda a, b: a * b, 0.02, rows=200)
    posterior = weigh_classes(at, [scored(at, multiply(X, Y))], at.numeric)
    assert posterior.shares[-1] < 1e-6
    assert NONE_BITS > 0


def test_statistics_move_the_probability_the_right_way():
    usual = Statistics(
        rival=12, none=30, prior=30, constant=200, explained=0.0, beyond=0.5, dependence=0.4
    )
    here = calibrate(usual)
    assert 0 < here < 1
    for better in ({"rival": 25}, {"prior": 20}, {"constant": 2000}):
        assert calibrate(replace(usual, **better)) > here
    for worse in ({"explained": 0.1}, {"none": -20}, {"rival": 1}, {"dependence": 4.0}):
        assert calibrate(replace(usual, **worse)) < here
    assert len(WEIGHTS) == len(usual.features())
    limits = Statistics(1e9, 1e9, 1e9, 1e9, 1.0, 1e9, 1e9)
    assert np.isfinite(limits.features()).all()


def test_values_of_a_winner_are_those_that_are_judged():
    """A wrong number, not refitted, is seen."""
    at = problem(lambda a, b: a * b, 0.01)
    winner = scored(at, multiply(exact(11, 10), X, Y), fit=False)
    assert winner.fit.fvu > 0.01
    assert Program(winner.tree).values(at.x) == pytest.approx(1.1 * at.x[:, 0] * at.x[:, 1])
    assert verdict(at, winner).kind == "approximation"


def test_units_raise_the_probability():
    rng = np.random.default_rng(5)
    x = rng.uniform(1, 3, (120, 2))
    y = 3.2 * x[:, 0] ** 2 * x[:, 1]
    y += 0.02 * y.std() * rng.standard_normal(120)
    plain = Problem(x, y)
    known = replace(plain, dimensions=np.array([[1, 0], [0, 1], [2, 1]]))
    tree = multiply(Number(3.2), power(X, exact(2)), Y)
    found = []
    for at in (plain, known):
        winner = scored(at, tree)
        posterior = weigh_classes(at, [winner], at.numeric)
        found.append(judge(at, winner, posterior).verdict.probability)
    assert unit_bits(known) == pytest.approx(2 * math.log2(7))
    assert found[0] < found[1] < 1


@pytest.mark.parametrize("told", [(), ("few rows",), ("few rows", "noise")])
def test_chance_is_an_objection_only_where_there_is_no_other(told, monkeypatch):
    sentences = [lambda evidence, text=text: text for text in (None, *told)]
    monkeypatch.setattr("edgewise.discovery.verdict.SENTENCES", sentences)
    (*found,) = list_objections(SimpleNamespace(probability=0.25))
    chance = "only 25 % of formulas of this length with this much evidence are right"
    assert found == (list(told) or [chance])


@pytest.mark.parametrize(("seed", "sigma"), [(4, "relative"), (7, None)])
def test_a_missing_value_written_as_0_makes_no_law(seed, sigma):
    """A root beside a pole in the row of 0 describes all rows of a saturation and this one."""
    x = np.random.default_rng(seed).uniform(0.1, 5, 60)
    y = np.r_[0.0, (3 * x / (1.2 + x))[1:]]
    found = ew.discover(x, y, sigma=sigma, evaluations=3_000, budget=300, progress=False)
    assert found.verdict.kind == "approximation"
