"""Which formula wins and what may be said of it: every reason, on formulas made for it."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from edgewise.discovery import selection
from edgewise.discovery.evidence import (
    Evidence,
    count_inner,
    explain_by_smooth,
    extrapolate,
    is_fitted,
)
from edgewise.discovery.problem import FOLDS, Problem
from edgewise.discovery.search import _accuracy
from edgewise.discovery.selection import (
    Front,
    Scored,
    choose,
    cross_validate,
    honest_length,
    pareto,
    polish_front,
)
from edgewise.discovery.stability import form_of, stabilities
from edgewise.discovery.strategies import Candidate
from edgewise.discovery.verdict import LEAST_R2, MOST_EXPLAINED, broken_rules, judge
from edgewise.formula.data import Data, Fit
from edgewise.formula.expression import (
    Input,
    add,
    apply,
    exact,
    free,
    multiply,
    number,
    power,
)
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program

X, Y = Input(0), Input(1)


def call(name, argument):
    return apply(LIBRARY[name], argument)


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
    made = data.fit(tree) if fit else data.judge(tree)
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
    front = Front(Data.of(at.x, at.y))
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


def test_a_formula_that_is_infinite_somewhere_is_not_taken():
    at = problem(lambda a, b: a, rows=50)
    front = Front(Data.of(at.x, at.y))
    for tree in (call("log", add(X, exact(-1))), power(add(X, number(-float(at.x[0, 0]))), -1)):
        assert front.offer(Candidate(tree, "a")) is None
        assert front.offer(Candidate(tree, "model", 0.1)) is None
    assert front.members == front.plain == []


def test_plain_models_are_kept_as_they_are():
    at = problem(lambda a, b: a + b, 0.1)
    front = Front(Data.of(at.x, at.y))
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
        kept = pareto(some)
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
    front = Front(Data.of(exactly.x, exactly.y))
    front.offer(Candidate(add(multiply(free(3.0), X, Y), multiply(free(1e-9), X)), "a"))
    best = choose(exactly, polish_front(front, exactly))
    assert [str(n.exact) for n in best.tree.numbers()] == ["1/1*pi"]
    for seed in range(4):
        noisy = problem(lambda a, b: np.pi * a * b + np.e, 0.2, rows=60, seed=seed)
        front = Front(Data.of(noisy.x, noisy.y))
        front.offer(Candidate(add(multiply(free(3.0), X, Y), free(2.0)), "a"))
        for m in polish_front(front, noisy):
            for n in m.tree.numbers():
                assert n.exact is None or n.exact.unit == "1"


@pytest.mark.parametrize(("times", "taken"), [(3.9, True), (4.1, False)])
def test_a_finished_formula_may_leave_four_times_as_much(monkeypatch, times, taken):
    at = problem(lambda a, b: a * b)
    front = Front(Data.of(at.x, at.y))
    near = front.data.judge(multiply(free(1 + 1e-9), X, Y))
    front.members = [Scored(near, "terms")]
    other = replace(near, tree=multiply(free(1 + 2e-9), X, Y), fvu=times * near.fvu)
    monkeypatch.setattr(selection, "finish", lambda *_, **__: other)
    assert (other.tree in [m.tree for m in polish_front(front, at)]) == taken


# ---- the choice -------------------------------------------------------------------------------


def made_up(bits, mse, length=None, fvu=0.1, tree=X, source="terms"):
    return Scored(Fit(tree, fvu, bits, bits if length is None else length), source, mse)


def test_the_shortest_of_those_that_predict_as_well_wins():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    best, near, far = made_up(50.0, 0.1 * v), made_up(20.0, 0.103 * v), made_up(5.0, 0.2 * v)
    assert choose(at, [far, best, near]) is near
    assert choose(at, [far, best]) is best
    assert choose(at, [made_up(1.0, math.inf), far, best]) is best


def test_no_more_than_half_a_percent_of_the_variance_is_given_away():
    """With so few rows standard errors are wide: 1.5 % would be within them."""
    at = problem(lambda a, b: a, rows=30)
    v = at.variance
    best = made_up(20.0, 0.5 * v)
    near, far = (made_up(23.0, share * v, length=5.0) for share in (0.503, 0.515))
    assert choose(at, [best, far]) is best
    assert choose(at, [best, near]) is near


def test_a_form_pays_for_having_been_chosen_among_many():
    """A plain model, chosen anew without each fold, doesn't."""
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    plain = replace(made_up(300.0, 0.5 * v), is_plain=True)
    formula = made_up(20.0, 0.45 * v)
    gain = 100 * math.log2(0.5 / 0.45)
    cost = honest_length(at, formula) - honest_length(at, plain) + gain
    assert cost == pytest.approx(20.0 + selection.SEARCH_BITS)
    assert selection.SEARCH_BITS > 8  # hundreds of forms at least


def test_powers_that_are_0_almost_everywhere_are_not_taken():
    at = problem(lambda a, b: a)
    front = Front(Data.of(at.x, at.y))
    for exponent in (9950700.04, -9950700.04):
        assert front.offer(Candidate(power(X, free(exponent)), "terms")) is None
    assert front.offer(Candidate(power(X, free(40.0)), "terms")) is not None
    steep = problem(lambda a, b: a**80, low=0.9, high=1.1)  # A refit goes there from 50.
    front = Front(Data.of(steep.x, steep.y))
    assert front.offer(Candidate(power(X, free(50.0)), "terms")) is None


def test_a_formula_that_predicts_as_well_wins_over_a_plain_model():
    """As well is half a percent of the variance on few rows, a standard error on many."""
    for rows, share, limit in ((30, 0.1, 0.105), (1000, 1e-3, 1e-3 * (1 + math.sqrt(2e-3)))):
        at = problem(lambda a, b: a, rows=rows)
        v = at.variance
        line = replace(made_up(30.0, share * v, source="additive model"), is_plain=True)
        formula, worse = made_up(28.0, 0.999 * limit * v), made_up(28.0, 1.001 * limit * v)
        assert choose(at, [line, formula]) is formula
        assert choose(at, [line, worse]) is line


def test_no_short_formula_beats_the_mean_by_chance():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    mean = replace(made_up(6.0, v, tree=MEAN, source="mean model"), is_plain=True)
    lucky, real = made_up(8.0, 0.99 * v), made_up(8.0, 0.8 * v)
    assert choose(at, [mean, lucky]) is mean
    assert choose(at, [mean, lucky, real]) is real


def test_an_average_of_plain_models_wins_where_it_predicts_as_well():
    at = problem(lambda a, b: a, rows=200)
    v = at.variance
    line = replace(made_up(30.0, 0.5 * v, source="linear model"), is_plain=True)
    near, far = (
        replace(made_up(300.0, share * v, source="blend model"), is_plain=True)
        for share in (0.505, 0.515)
    )
    assert choose(at, [line, near]) is near
    assert choose(at, [line, far]) is line
    short = made_up(10.0, 0.5 * v)  # and a short formula is taken before it
    assert choose(at, [line, near, short]) is short


def test_numbers_that_are_refitted_without_each_fold_cost_nothing_more():
    at = problem(lambda a, b: a, rows=200)
    one, two = (
        made_up(20.0 + 0.5 * math.log2(200) * n, 0.1, tree=t)
        for n, t in ((1, multiply(free(1.1), X)), (2, add(multiply(free(1.1), X), free(0.3))))
    )
    assert honest_length(at, one) == pytest.approx(honest_length(at, two))


def test_exact_formulas_go_first_the_shortest_of_them():
    at = problem(lambda a, b: a, rows=200)
    short, long = made_up(30.0, 1e-30, fvu=1e-30), made_up(60.0, 0.0, fvu=1e-31)
    rough = made_up(5.0, 1e-9, length=-1e6, fvu=1e-9)
    assert choose(at, [long, rough, short]) is short
    # But for one that isn't defined where others are.
    assert choose(at, [replace(short, mse=math.inf), long, rough]) is long


def test_exact_is_a_trillionth_of_the_spread():
    g = np.random.default_rng(0)
    x = g.normal(size=(100, 1))
    assert Problem(x, g.normal(size=100)).exact_fvu == pytest.approx(1e-24)
    single = Problem(x, g.normal(size=100).astype(np.float32).astype(np.float64))
    assert single.exact_fvu == pytest.approx(1e-13)
    whole = Problem(x, g.integers(0, 9, 100).astype(float))
    assert whole.exact_fvu == pytest.approx(1e-24)


# ---- the verdict ------------------------------------------------------------------------------


def verdict(at, winner, others=(), numeric=None):
    return judge(at, [scored(at, MEAN, "mean model"), *others, winner], winner, numeric).verdict


def test_an_exact_formula_is_exact():
    at = problem(lambda a, b: a * b)
    found = verdict(at, scored(at, multiply(X, Y)))
    assert found.kind == "exact"


@pytest.mark.parametrize(("error", "kind"), [(1e-13, "exact"), (1e-11, "other"), (1e-9, "other")])
def test_what_is_wrong_in_the_eleventh_digit_is_not_exact(error, kind):
    at = problem(lambda a, b: a * b)
    y = at.y + error * at.variance**0.5 * np.sin(40 * at.x[:, 0]) * np.sqrt(2)
    at = replace(at, y=y)
    found = verdict(at, scored(at, multiply(X, Y)))
    assert (found.kind == "exact") == (kind == "exact")


def test_a_law_under_noise_is_a_law():
    at = problem(lambda a, b: a * b, 0.02)
    found = verdict(at, scored(at, multiply(X, Y)), [scored(at, multiply(free(1.0), X))], 1e-3)
    assert found.kind == "law"
    assert found.stability == 1.0
    assert "looks like noise" in found.reason


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
    assert "of the variance only" in found.reason


def test_a_plain_model_is_an_approximation():
    at = problem(lambda a, b: 1.5 * a - 0.7 * b, 0.05)
    line = scored(at, add(multiply(free(1.0), X), multiply(free(1.0), Y), free(0.1)))
    assert verdict(at, line).kind == "law"
    found = verdict(at, replace(line, source="additive model", is_plain=True))
    assert found.kind == "approximation"
    assert "additive model" in found.reason


def test_numbers_within_functions_bend_a_curve_to_anything():
    tree = multiply(free(1.2), call("sin", add(multiply(free(2.3), X), free(0.7))))
    assert count_inner(tree) == 2
    assert count_inner(power(add(multiply(free(2.3), X), Y), -1)) == 1
    assert count_inner(multiply(free(2.3), power(X, 2))) == 0
    at = problem(lambda a: np.sin(3 * a), 0.02, inputs=1, rows=300)
    found = verdict(
        at, scored(at, call("sin", add(power(X, free(1.1)), multiply(free(2.1), X), free(0.1))))
    )
    assert found.kind == "approximation"
    assert "within functions" in found.reason


@pytest.mark.parametrize(("numbers", "kind"), [(1, "law"), (4, "approximation")])
def test_a_long_formula_is_a_law_only_with_few_numbers_of_its_own(numbers, kind):
    """Each number that is fitted counts as three nodes more."""

    # Over a shorter range a polynomial says as much with as few numbers.
    def waves(a, b):
        return sum(np.sin(k * a) for k in range(1, 6)) + b

    at = problem(waves, 0.02, rows=600, low=-3.0, high=4.0)
    one, *others = [call("sin", multiply(exact(k), X)) for k in range(1, 6)]
    numbered = [multiply(free(1.01), t) for t in (one, *others)][:numbers]
    tree = add(*numbered, *[one, *others][numbers:], Y)
    found = verdict(at, scored(at, tree))
    assert found.kind == kind, found.reason


@pytest.mark.parametrize(("noise", "kind"), [(0.005, "law"), (0.05, "approximation")])
def test_noise_hides_which_function_has_a_number_of_its_own(noise, kind):
    at = problem(lambda a, b: np.exp(-1.37 * a) * b, noise, rows=600)
    tree = multiply(call("exp", multiply(free(-1.37), X)), Y)
    found = verdict(at, scored(at, tree))
    assert found.kind == kind, found.reason
    assert ("number of their own" in found.reason) == (kind == "approximation")


def test_many_numbers_are_a_curve_through_the_data():
    at = problem(lambda a: np.sin(3 * a), 0.02, inputs=1, rows=300)
    found = verdict(at, scored(at, polynomial(9)))
    assert found.kind == "approximation"
    assert "a curve through the data" in found.reason


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
    found = verdict(at, best)
    assert found.kind == "approximation"
    assert "chance" in found.reason


@pytest.mark.parametrize(("bits", "kind"), [(12.0, "approximation"), (36.0, "law")])
def test_a_law_saves_more_bits_than_the_best_of_millions_does_by_chance(bits, kind):
    """A search tries about 2^24 formulas."""
    at = problem(lambda a, b: a * b, 0.02)
    mean, winner = scored(at, MEAN), scored(at, multiply(X, Y))
    mean = replace(mean, fit=replace(mean.fit, length=winner.fit.length + bits))
    found = judge(at, [mean, winner], winner, None).verdict
    assert found.kind == kind
    assert ("chance" in found.reason) == (kind == "approximation")


def test_a_law_leaves_no_more_than_a_numeric_model():
    at = problem(lambda a, b: a * b, 0.05)
    winner = scored(at, multiply(X, Y))
    left = winner.mse / at.variance
    found = verdict(at, winner, numeric=0.5 * left)
    assert found.kind == "approximation"
    assert "numeric model" in found.reason
    assert verdict(at, winner, numeric=left).kind == "law"


def test_a_law_holds_beyond_the_rows_that_it_was_fitted_to():
    """sin(x) by a cubic: as good as noise within, wrong outside."""
    at = problem(lambda a: np.sin(2.4 * a), 0.02, inputs=1, rows=400, low=-1.2, high=1.2)
    cubic = scored(at, polynomial(3))
    sine = scored(at, call("sin", multiply(free(2.0), X)))
    beyond, most = extrapolate(at, cubic.tree)
    assert beyond > 2 * most
    beyond, most = extrapolate(at, sine.tree)
    assert beyond <= most
    found = verdict(at, cubic)
    assert found.kind == "approximation"
    assert "outer" in found.reason


def test_extrapolation_of_a_right_form_is_as_good_as_its_numbers_are_known():
    """The ratio is 1 on average, also of a line whose slope is hardly known."""
    line = add(multiply(free(1.0), X), free(0.1))
    ratios = []
    for seed in range(40):
        at = problem(lambda a: 0.5 * a, 1.0, rows=60, inputs=1, seed=seed)
        beyond, most = extrapolate(at, line)
        ratios.append(beyond)
        assert most == pytest.approx(1 + 4 * math.sqrt(2 / 15), rel=0.2)
    assert np.mean(ratios) == pytest.approx(1, abs=0.3)


def test_extrapolation_asks_only_of_inputs_that_are_used():
    at = problem(lambda a, b: a, 0.1)
    one = extrapolate(at, multiply(free(1.0), X))
    other = extrapolate(replace(at, x=at.x * [1, -7]), multiply(free(1.0), X))
    assert one == other


def test_what_a_law_leaves_is_noise():
    at = problem(lambda a, b: a * b + 0.05 * np.sin(4 * b), 0.02, rows=300)
    wrong, right = (
        scored(at, multiply(X, Y)),
        scored(at, add(multiply(X, Y), multiply(free(0.04), call("sin", multiply(free(4.0), Y))))),
    )
    assert explain_by_smooth(at, wrong.tree) > 0.3
    assert explain_by_smooth(at, right.tree) < MOST_EXPLAINED
    found = verdict(at, wrong)
    assert found.kind == "approximation"
    assert verdict(at, right).kind == "law"


def test_residuals_that_a_smooth_function_predicts_are_named():
    at = problem(lambda a, b: a * b + 0.06 * np.sin(9 * b), 0.02, rows=300)
    found = verdict(at, scored(at, multiply(X, Y)))
    assert found.kind == "approximation"
    assert "isn't noise" in found.reason


def test_the_share_of_resamples_is_reported_and_decides(monkeypatch):
    at = problem(lambda a, b: a * b, 0.05)
    winner, other = scored(at, multiply(X, Y)), scored(at, multiply(free(1.0), X))
    for share, kind in ((0.9, "approximation"), (0.95, "law")):
        monkeypatch.setattr(Evidence, "stability", (share, [other]))
        made = judge(at, [scored(at, MEAN), other, winner], winner, None)
        assert made.verdict.kind == kind
        assert made.verdict.stability == share
        assert made.alternatives == [other]
        assert f"{share:.0%}" in made.verdict.reason


def test_two_forms_that_the_data_cannot_tell_apart_share_the_resamples():
    g = np.random.default_rng(0)
    x = g.uniform(0.5, 2, (60, 2))
    x[:, 1] = x[:, 0] * np.exp(0.002 * g.normal(size=60))  # two inputs that say the same
    at = Problem(x, x[:, 0] + 0.05 * g.normal(size=60))
    one, two = scored(at, multiply(free(1.0), X)), scored(at, multiply(free(1.0), Y))
    share, others = stabilities(at, [one, two], one)
    other_share, _ = stabilities(at, [one, two], two)
    assert share + other_share == pytest.approx(1)
    assert 0.1 < share < 0.9
    assert others == [two]


def test_resamples_of_one_form_count_together():
    at = problem(lambda a, b: 1.5 * a, 0.05)
    a = scored(at, multiply(free(1.0), X))
    b = scored(at, multiply(exact(3, 2), X))
    share, others = stabilities(at, [a, b], b)
    assert share == 1.0
    assert others == []
    assert form_of(multiply(free(1.0), X)) == form_of(multiply(free(7.0), X))
    assert form_of(multiply(free(1.0), X)) != form_of(multiply(free(1.0), Y))


def test_numbers_that_count_as_fitted():
    assert is_fitted(free(0.37))
    assert is_fitted(exact(317, 10))
    for simple in (exact(2), exact(1, 2), exact(-1), exact(1, 1, "pi")):
        assert not is_fitted(simple)


def test_values_of_a_winner_are_those_that_are_judged():
    """A wrong number, not refitted, is seen."""
    at = problem(lambda a, b: a * b, 0.01)
    winner = scored(at, multiply(exact(11, 10), X, Y), fit=False)
    assert winner.fit.fvu > 0.01
    assert Program(winner.tree).values(at.x) == pytest.approx(1.1 * at.x[:, 0] * at.x[:, 1])
    assert verdict(at, winner).kind == "approximation"


def test_all_rules_that_are_broken_are_told_and_the_first_is_the_reason():
    at = problem(lambda a, b: a * b + 0.06 * np.sin(9 * b), 0.02, rows=300)
    winner = scored(at, add(multiply(X, Y), multiply(free(0.01), power(X, free(2.0071)))))
    found = judge(at, [scored(at, MEAN), winner], winner, winner.mse / at.variance / 2)
    told = [rule.sentence(found.evidence) for rule in broken_rules(found.evidence)]
    assert found.verdict.reason == told[0]
    assert any("best numeric model" in one for one in told)
    assert any("isn't noise" in one for one in told)
    constant = scored(at, MEAN)
    found = judge(at, [constant], constant, None)
    assert len(list(broken_rules(found.evidence))) == 1
