"""Which formula wins and what may be said of it: every reason, on formulas made for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edgewise.discovery import front as fronts
from edgewise.discovery import selection
from edgewise.discovery.calibration import NONE_BITS
from edgewise.discovery.conclusion import _accuracy
from edgewise.discovery.front import Front, Scored, prior_of
from edgewise.discovery.problem import FOLDS, Problem
from edgewise.discovery.selection import (
    choose,
    cross_validate,
    is_preferred,
    pareto,
    polish_front,
    unbiased_length,
)
from edgewise.discovery.strategies import Candidate
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Input,
    add,
    exact,
    free,
    multiply,
    number,
    power,
)
from edgewise.formula.program import Program
from edgewise.formula.signs import call

X, Y = Input(0), Input(1)


def polynomial(degree):
    """With a free number for every power."""
    return add(*(multiply(free(0.11), power(X, k)) for k in range(1, degree + 1)), free(0.13))


def problem(f, sigma=0.0, rows=200, inputs=2, low=0.3, high=2.0, seed=0, **options):
    g = np.random.default_rng(seed)
    x = g.uniform(low, high, (rows, inputs))
    return Problem(x, f(*x.T) + sigma * g.normal(size=rows), **options)


def scored(at, tree, source="terms", fit=True):
    """As the front has it after a search: refitted and cross-validated."""
    data = Data.of(at.x, at.y, at.weight)
    made = data.fit(tree) if fit else data.measure(tree)
    return Scored(made, source, cross_validate(at, made.tree))


MEAN = free(0.7)


# ---- cross-validation -------------------------------------------------------------------------


def test_rows_are_predicted_by_numbers_that_have_not_seen_them():
    """Of a line by least squares, in each of five folds."""
    at = problem(lambda a, b: 2 * a + b, 0.4, rows=43)
    tree = add(multiply(free(1.0), X), multiply(free(1.0), Y), free(0.5))
    a = np.column_stack([at.x, np.ones(43)])
    missed = 0.0
    for fold in range(FOLDS):
        out = at.folds == fold
        c = np.linalg.lstsq(a[~out], at.y[~out], rcond=None)[0]
        missed += float(np.sum((at.y[out] - a[out] @ c) ** 2))
    assert cross_validate(at, tree, steps=20) == pytest.approx(missed / 43, rel=1e-7)


def test_classes_are_told_by_numbers_that_have_not_seen_them():
    """Drawn by lot, they are told no better than by lot; the fitted rows themselves are."""
    at = problem(lambda a: 0 * a, 1.0, rows=43, inputs=1, low=-1, high=1, threshold=0.0)
    at = replace(at, y=np.sign(at.y))
    tree = Data.of(at.x, at.y).fit(polynomial(6), steps=40).tree
    a = at.x ** np.arange(7)
    told = 0
    for fold in range(FOLDS):
        out = at.folds == fold
        c = np.linalg.lstsq(a[~out], at.y[~out], rcond=None)[0]
        told += int(np.sum((a[out] @ c > 0) == (at.y[out] > 0)))
    assert _accuracy(at, scored(at, tree), 0.0) == told / 43
    assert told < np.sum((Program(tree).values(at.x) > 0) == (at.y > 0)) - 3


def test_seven_numbers_through_noise_predict_worse_than_they_fit():
    at = problem(lambda a: 0 * a, 1.0, rows=40, inputs=1, low=-1, high=1)
    data = Data.of(at.x, at.y)
    fit = data.fit(polynomial(6), steps=40)
    assert fit.fvu < 0.95
    assert cross_validate(at, fit.tree, steps=40) > 1.1 * at.variance


def test_weights_count_in_cross_validation():
    at = problem(lambda a, b: a * b, rows=100)
    y, weight = at.y.copy(), np.ones(100)
    y[:20], weight[:20] = 50.0, 0.0
    weighted = replace(at, y=y, weight=weight / weight.mean())
    assert cross_validate(weighted, multiply(free(1.0), X, Y)) < 1e-20
    assert cross_validate(replace(at, y=y), multiply(free(1.0), X, Y)) > 1


def test_what_is_undefined_somewhere_is_infinitely_bad():
    at = problem(lambda a, b: a, rows=50)
    assert cross_validate(at, call("log", add(X, exact(-1)))) == math.inf


def test_folds_are_parts_of_one_size():
    at = problem(lambda a, b: a, rows=53)
    assert sorted(np.bincount(at.folds)) == [10, 10, 11, 11, 11]
    assert not np.array_equal(at.folds, replace(at, seed=1).folds)


# ---- the front --------------------------------------------------------------------------------


def test_the_front_keeps_what_nothing_beats():
    at = problem(lambda a, b: a * b + 0.3 * a, 0.01)
    front = Front(at)
    line = front.offer(Candidate(multiply(free(1.0), X), "a"))
    product = front.offer(Candidate(multiply(free(1.0), X, Y), "b"))
    both = front.offer(Candidate(add(multiply(free(1.0), X, Y), multiply(free(1.0), X)), "c"))
    assert [m.fit.bits for m in front.members] == sorted(m.fit.bits for m in front.members)
    assert both in front.members
    assert front.offer(Candidate(multiply(free(1.0), X, Y), "again")) is None
    worse = add(multiply(free(1.0), call("sin", X)), multiply(free(1.0), call("cos", X)), free(0.1))
    assert front.offer(Candidate(worse, "d")) is None
    for a in front.members:
        for b in front.members:
            assert a is b or not (a.fit.bits <= b.fit.bits and a.fit.fvu <= b.fit.fvu)
    assert front.least == both.fit.fvu
    assert front.shortest is both
    assert line.fit.fvu > product.fit.fvu > both.fit.fvu


def test_formulas_with_as_many_numbers_as_rows_do_not_displace_a_law():
    # Six rows leave five to fit the numbers; polynomials of degree 4 and 5 fit them exactly.
    at = problem(lambda x, y: 366.8 * x**1.5, sigma=0.5, rows=6)
    front = Front(at)
    law = front.offer(Candidate(multiply(free(300), power(X, exact(3, 2))), "terms"))
    assert law is not None
    for degree in (4, 5):
        assert front.offer(Candidate(polynomial(degree), "terms")) is None
    assert front.offer(Candidate(polynomial(3), "terms")) is not None
    assert law in front.members
    assert law in [m for _, m in front.likely]


def test_a_formula_that_is_infinite_somewhere_is_not_taken():
    at = problem(lambda a, b: a, rows=50)
    front = Front(at)
    for tree in (call("log", add(X, exact(-1))), power(add(X, number(-float(at.x[0, 0]))), -1)):
        assert front.offer(Candidate(tree, "a")) is None
        assert front.offer(Candidate(tree, "model", 0.1)) is None
    assert front.members == front.plain == []


def test_plain_models_are_kept_as_they_are():
    at = problem(lambda a, b: a + b, 0.1)
    front = Front(at)
    tree = add(multiply(free(0.9), X), free(0.7))
    kept = front.offer(Candidate(tree, "linear model", 0.25))
    assert kept.tree == tree
    assert kept.mse == 0.25


def test_the_pareto_front_is_what_nothing_shorter_predicts_as_well():
    g = np.random.default_rng(0)
    for _ in range(20):
        some = [
            Scored(Fit(X, 0.1, float(b), 0.0), "a", float(m)) for b, m in g.integers(0, 8, (12, 2))
        ]
        kept = pareto(some, lambda m: (m.fit.bits, m.mse))
        for m in some:
            beaten = any(
                o.fit.bits <= m.fit.bits
                and o.mse <= m.mse
                and (o.fit.bits, o.mse) != (m.fit.bits, m.mse)
                for o in some
            )
            assert ((m.fit.bits, m.mse) in {(k.fit.bits, k.mse) for k in kept}) == (not beaten)


def test_finishing_makes_exact_fits_readable_and_noisy_ones_free_of_pi():
    exactly = problem(lambda a, b: np.pi * a * b)
    front = Front(exactly)
    front.offer(Candidate(add(multiply(free(3.0), X, Y), multiply(free(1e-9), X)), "a"))
    best = choose_shortest(exactly, polish_front(front))
    assert [str(n.exact) for n in best.tree.numbers()] == ["1/1*pi"]
    for seed in range(4):
        noisy = problem(lambda a, b: np.pi * a * b + np.e, 0.2, rows=60, seed=seed)
        front = Front(noisy)
        front.offer(Candidate(add(multiply(free(3.0), X, Y), free(2.0)), "a"))
        for m in polish_front(front):
            for n in m.tree.numbers():
                assert n.exact is None or n.exact.unit == "1"


@pytest.mark.parametrize(("times", "taken"), [(3.9, True), (4.1, False)])
def test_a_finished_formula_may_leave_four_times_as_much(monkeypatch, times, taken):
    at = problem(lambda a, b: a * b)
    front = Front(at)
    near = front.data.measure(multiply(free(1 + 1e-9), X, Y))
    front.members = [Scored(near, "terms")]
    other = replace(near, tree=multiply(free(1 + 2e-9), X, Y), fvu=times * near.fvu)
    monkeypatch.setattr(fronts, "finish", lambda *_, **__: other)
    assert (other.tree in [m.tree for m in polish_front(front)]) == taken


# ---- the choice -------------------------------------------------------------------------------


LONG = call("sin", multiply(free(4.0), call("exp", multiply(X, Y))))
"""A formula that is less likely beforehand than "none of these"."""


def made_up(bits, mse, length=None, fvu=0.1, tree=X, source="terms"):
    return Scored(Fit(tree, fvu, bits, bits if length is None else length), source, mse)


def choose_shortest(at, front):
    """The shorter a description, the likelier."""
    return choose(at, front, lambda m: -m.fit.length)


def test_the_likeliest_of_those_that_predict_as_well_as_a_plain_model_wins():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    best, near, far = made_up(50.0, 0.1 * v), made_up(20.0, 0.103 * v), made_up(5.0, 0.2 * v)
    plain = replace(made_up(300.0, 0.103 * v), is_plain=True)
    assert choose_shortest(at, [far, best, near, plain]) is near
    assert choose_shortest(at, [far, best, plain]) is best
    assert choose_shortest(at, [far, best]) is far
    assert choose_shortest(at, [made_up(1.0, math.inf), far, best]) is far


def test_the_likeliest_formula_wins_over_a_luckier_one():
    """Of few rows a long formula that predicts left-out ones best was lucky."""
    at = problem(lambda a, b: a, rows=20)
    v = at.variance
    lucky, likely = made_up(60.0, 0.001 * v, tree=LONG), made_up(20.0, 0.004 * v, tree=LONG)
    plain = replace(made_up(300.0, 0.01 * v), is_plain=True)
    assert choose_shortest(at, [lucky, likely, plain]) is likely
    better = replace(plain, mse=0.002 * v)
    assert choose_shortest(at, [lucky, likely, better]) is lucky
    # y = x is likelier still, but a plain model predicts far better.
    line = made_up(2.0, 0.2 * v)
    assert choose_shortest(at, [lucky, line, likely, plain]) is likely


def test_a_form_pays_for_having_been_chosen_among_many():
    """A plain model, chosen anew without each fold, doesn't."""
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    plain = replace(made_up(300.0, 0.5 * v), is_plain=True)
    formula = made_up(20.0, 0.45 * v)
    gain = 100 * math.log2(0.5 / 0.45)
    cost = unbiased_length(at, formula) - unbiased_length(at, plain) + gain
    assert cost == pytest.approx(20.0 + selection.SEARCH_BITS)
    assert selection.SEARCH_BITS > 8  # hundreds of forms at least


def test_powers_that_are_0_almost_everywhere_are_not_taken():
    at = problem(lambda a, b: a)
    front = Front(at)
    for exponent in (9950700.04, -9950700.04):
        assert front.offer(Candidate(power(X, free(exponent)), "terms")) is None
    assert front.offer(Candidate(power(X, free(40.0)), "terms")) is not None
    steep = problem(lambda a, b: a**80, low=0.9, high=1.1)  # A refit goes there from 50.
    front = Front(steep)
    assert front.offer(Candidate(power(X, free(50.0)), "terms")) is None


def test_a_formula_that_predicts_as_well_wins_over_a_plain_model():
    """As well is half a percent of the variance on few rows, a standard error on many."""
    for rows, share, limit in ((30, 0.1, 0.105), (1000, 1e-3, 1e-3 * (1 + math.sqrt(2e-3)))):
        at = problem(lambda a, b: a, rows=rows)
        v = at.variance
        line = replace(made_up(30.0, share * v, source="additive model"), is_plain=True)
        formula = made_up(28.0, 0.999 * limit * v, tree=LONG)
        assert choose_shortest(at, [line, formula]) is formula
        worse = made_up(28.0, 1.001 * limit * v, tree=LONG)
        assert choose_shortest(at, [line, worse]) is line


@pytest.mark.parametrize("rows", [12, 30, 300])
def test_a_likelier_formula_may_predict_as_many_bits_worse(rows):
    """A plain model has the prior of "none of these"; rows/2 log2(MSE) are bits, too."""
    at = problem(lambda a, b: a, rows=rows)
    prior = prior_of(made_up(2.0, 0.1), at.inputs)
    limit = 0.1 * at.variance * 2 ** (2 * (NONE_BITS - prior) / rows)
    line = replace(made_up(300.0, 0.1 * at.variance), is_plain=True)
    for factor, winner in ((0.99, False), (1.01, True)):
        formula = made_up(2.0, factor * limit)
        assert is_preferred(at, formula, line) is not winner
        if limit < 0.3 * at.variance:
            assert (choose_shortest(at, [line, formula]) is line) is winner


def test_a_plain_model_wins_over_no_short_formula_that_predicts_better():
    """Neither beats the mean by the bits of its selection, as twelve rows tell too little."""
    at = problem(lambda a, b: a, rows=12)
    v = at.variance
    mean = replace(made_up(1.0, v, tree=free(1.0)), is_plain=True)
    curves = replace(made_up(300.0, 0.1 * v), is_plain=True)
    short, wavy = made_up(40.0, 0.09 * v), made_up(40.0, 0.09 * v, tree=LONG)
    assert choose_shortest(at, [mean, curves, short]) is short
    assert choose_shortest(at, [mean, curves, wavy]) is curves
    assert choose_shortest(at, [mean, curves, replace(short, mse=0.11 * v)]) is curves


def test_no_short_formula_beats_the_mean_by_chance():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    mean = replace(made_up(6.0, v, tree=MEAN, source="mean model"), is_plain=True)
    lucky, real = made_up(8.0, 0.99 * v), made_up(8.0, 0.8 * v)
    assert choose_shortest(at, [mean, lucky]) is mean
    assert choose_shortest(at, [mean, lucky, real]) is real


def test_an_average_of_plain_models_wins_where_it_predicts_as_well():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    line = replace(made_up(30.0, 0.5 * v, source="linear model"), is_plain=True)
    near, far = (
        replace(made_up(300.0, share * v, source="blend model"), is_plain=True)
        for share in (0.505, 0.515)
    )
    assert choose_shortest(at, [line, near]) is near
    assert choose_shortest(at, [line, far]) is line
    short = made_up(10.0, 0.5 * v)  # and a short formula is taken before it
    assert choose_shortest(at, [line, near, short]) is short


@pytest.mark.parametrize("rows", [60, 400])
def test_the_mean_wins_over_luck(rows):
    """Of y that has nothing to do with x, the best of ten lines by chance isn't taken for more."""
    g = np.random.default_rng(0)
    at = problem(lambda a, b: a, rows=rows)
    mean = replace(made_up(6.0, at.variance, tree=MEAN, source="mean model"), is_plain=True)
    taken = []
    for _ in range(300):
        x, y = g.normal(size=(10, rows)), g.normal(size=rows)
        errors = [np.mean((y - each * (each @ y) / (each @ each)) ** 2) for each in x]
        share = min(errors) / np.mean(y**2)
        line = replace(made_up(30.0, share * at.variance, source="linear model"), is_plain=True)
        taken.append(choose_shortest(at, [mean, line]) is line)
    assert np.mean(taken) < 0.03
    clear = replace(made_up(30.0, 0.7 * at.variance, source="linear model"), is_plain=True)
    assert choose_shortest(at, [mean, clear]) is clear


def test_the_mean_wins_over_plain_models_that_predict_no_better():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    mean = replace(made_up(6.0, 1.01 * v, tree=MEAN, source="mean model"), is_plain=True)
    line, blend = (
        replace(made_up(30.0, share * v, source=source), is_plain=True)
        for share, source in ((1.009, "linear model"), (1.012, "blend model"))
    )
    assert choose_shortest(at, [line, blend, mean]) is mean
    better = replace(line, mse=0.9 * v)
    assert choose_shortest(at, [better, mean]) is better


def test_numbers_that_are_refitted_without_each_fold_cost_nothing_more():
    at = problem(lambda a, b: a, rows=200)
    one, two = (
        made_up(20.0 + 0.5 * math.log2(200) * n, 0.1, tree=t)
        for n, t in ((1, multiply(free(1.1), X)), (2, add(multiply(free(1.1), X), free(0.3))))
    )
    assert unbiased_length(at, one) == pytest.approx(unbiased_length(at, two))


def test_exact_formulas_go_first_the_shortest_of_them():
    at = problem(lambda a, b: a, rows=200)
    short, long = made_up(30.0, 1e-30, fvu=1e-30), made_up(60.0, 0.0, fvu=1e-31)
    rough = made_up(5.0, 1e-9, length=-1e6, fvu=1e-9)
    assert choose_shortest(at, [long, rough, short]) is short
    # But for one that isn't defined where others are.
    assert choose_shortest(at, [replace(short, mse=math.inf), long, rough]) is long


def test_exact_is_a_trillionth_of_the_spread():
    g = np.random.default_rng(0)
    x = g.normal(size=(100, 1))
    assert Problem(x, g.normal(size=100)).exact_fvu == pytest.approx(1e-24)
    single = Problem(x, g.normal(size=100).astype(np.float32).astype(np.float64))
    assert single.exact_fvu == pytest.approx(1e-13)
    whole = Problem(x, g.integers(0, 9, 100).astype(float))
    assert whole.exact_fvu == pytest.approx(1e-24)


def test_numbers_that_become_exact_pay_with_their_digits_under_a_prior_of_a_law():
    at = problem(lambda a, b: a * b)
    tree = add(multiply(free(2.0), X), free(3.5))
    before = Scored(Fit(tree, 0.1, 20.0, 0.0), "a law", prior_bits=5.0)
    rounded = add(multiply(exact(2), X), exact(7, 2))
    after = selection.respell(before, Fit(rounded, 0.1, 20.0, 0.0))
    digits = math.log2(3) + math.log2(8) + math.log2(2) + 2
    assert after.prior_bits == pytest.approx(5 + digits)
    assert selection.respell(replace(before, prior_bits=None), before.fit).prior_bits is None
    assert fronts.prior_of(after, at.inputs) == after.prior_bits
