"""Additive models: what they find, what they leave alone, and how large they choose to be."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from growing_models import fit_additive

from edgewise.additive.additive import drop_left_out, list_groups
from edgewise.additive.choose import (
    LEAST_GAIN,
    _fit_candidates,
    _pick,
    _settle,
    calibrate,
    choose_additive,
    list_squares,
    mix_models,
)
from edgewise.additive.curves import split_by_roughness
from edgewise.additive.links import Identity, Log
from edgewise.additive.losses import Binomial, Gaussian, Multiplied, NegativeBinomial
from edgewise.additive.moments import make_design
from edgewise.additive.ridge import STRONGEST
from edgewise.additive.settings import Settings
from edgewise.additive.stages import _start_further, fit_curves, fit_lines, make_problem
from edgewise.additive.surfaces import Sides, make_interaction, score_interactions, score_levels
from edgewise.additive.terms import Levels
from edgewise.sklearn import KANClassifier, KANRegressor


def table(rows=400, columns=4, seed=0):
    return list(np.random.default_rng(seed).uniform(-1, 1, (columns, rows)))


def pairs_of(model):
    return {term.columns for term in model.terms if len(term.columns) == 2}


def halves(rows):
    order = np.arange(rows)
    return [(order[order % 5 != k], order[order % 5 == k]) for k in range(5)]


def test_curves_of_an_additive_function_are_found():
    columns = table()
    y = np.sin(3 * columns[0]) + columns[1] ** 2 + 0.1 * np.random.default_rng(1).normal(size=400)
    *_, model = fit_additive(columns, y[:, None], np.ones(400), Gaussian())
    fresh = table(seed=5)
    truth = np.sin(3 * fresh[0]) + fresh[1] ** 2
    missed = model.effects(fresh)[:, 0] - truth
    assert np.sqrt(np.mean(missed**2)) < 0.035  # .1 √(freedom / rows) is .022
    assert not pairs_of(model)


def test_contributions_add_up():
    columns = table()
    y = columns[0] * columns[1] + columns[2]
    for model in fit_additive(columns, y[:, None], np.ones(400), Gaussian()):
        parts = model.contributions(columns)
        assert parts.shape == (400, len(model.terms), 1)
        np.testing.assert_allclose(model.coef[0] + parts.sum(1), model.effects(columns), atol=1e-10)


def test_the_pair_that_acts_together_is_found_and_no_other():
    columns = table(600, 6)
    y = (
        np.sin(2 * columns[1] * columns[4])
        + columns[0]
        + 0.1 * np.random.default_rng(1).normal(size=600)
    )
    *_, model = fit_additive(columns, y[:, None], np.ones(600), Gaussian())
    assert pairs_of(model) == {(1, 4)}


def test_a_narrow_peak_is_found():
    """Sides of six knots leave 11 % of its variance."""
    columns, fresh = table(3000, 3), table(1000, 3, 5)
    peak, wanted = (
        3 * np.exp(-20 * ((x[0] - 0.3) ** 2 + (x[2] + 0.2) ** 2)) for x in (columns, fresh)
    )
    y = peak + 0.2 * np.random.default_rng(1).normal(size=3000)
    *_, model = fit_additive(columns, y[:, None], np.ones(3000), Gaussian())
    assert pairs_of(model) == {(0, 2)}
    missed = model.effects(fresh)[:, 0] - wanted
    assert np.mean(missed**2) < 0.05 * np.var(wanted)


def test_parts_of_surfaces_that_are_left_out_can_be_dropped():
    columns = table(500, 3)
    y = columns[0] * columns[1] + columns[2] + 0.1 * np.random.default_rng(1).normal(size=500)
    *_, model = fit_additive(columns, y[:, None], np.ones(500), Gaussian())
    small = drop_left_out(model)
    assert pairs_of(small) == {(0, 1)}
    assert len(small.coef) < len(model.coef)
    np.testing.assert_allclose(small.effects(columns), model.effects(columns), atol=1e-12)
    one, whole = small.solutions[0], model.solutions[0]
    assert one.ridge.max() < STRONGEST or len(one.ridge) < len(whole.ridge)
    z, all_z = (make_design(m.terms, columns).dense for m in (small, model))
    variances = [
        np.sum((d[:, s.kept] @ s.covariance) * d[:, s.kept], 1)
        for d, s in ((z, one), (all_z, whole))
    ]
    np.testing.assert_allclose(*variances, rtol=1e-10)


def test_pairs_of_pure_noise_stay_below_the_threshold():
    largest = []
    for seed in range(20):
        columns = table(500, 6, seed)
        noise = np.random.default_rng(100 + seed).normal(size=(500, 1))
        pairs = list(combinations(range(6), 2))
        sides = Sides(columns, np.ones(500), Settings(), {})
        scores = score_interactions(columns, sides, pairs, noise, np.ones((500, 1)), np.ones(500))
        assert len(scores) == 15
        largest.append(max(scores.values()))
    assert np.mean(largest) < 2.5
    assert max(largest) < 4.5


def test_groups_are_left_out_where_restricted_likelihood_says_so():
    """One is only left out if its derivative by the group's variance is negative at 0."""
    one, decisions = np.ones(200), set()
    for seed in range(4):
        columns, g = table(200, 2, seed), np.random.default_rng(seed)
        y = columns[0] ** 2 + 0.5 * columns[0] * columns[1] + 0.3 * g.normal(size=200)
        problem = make_problem(columns, y[:, None], one, Gaussian(), Settings())
        stage = fit_curves(problem)
        pair = make_interaction(problem.sides, (0, 1), columns, one, 6)
        block = pair.design(columns)
        (solution,) = stage.model.solutions
        [ridges] = _start_further(problem, stage, problem.blocks, [(pair, block)])
        covariance = np.eye(200)
        old = make_design(stage.model.terms, columns).dense
        for group, ridge in zip(list_groups(stage.model), solution.ridge, strict=True):
            if ridge < STRONGEST:
                covariance += old[:, group] @ old[:, group].T / ridge
        for group, ridge in zip(pair.groups, ridges[len(solution.ridge) :], strict=True):
            own = block[:, group] @ block[:, group].T
            likelihoods = [
                _restricted_likelihood(solution.noise * (covariance + t * own), y)
                for t in (0.0, 1e-7)
            ]
            assert ridge < STRONGEST or likelihoods[1] < likelihoods[0]
            decisions.add(ridge < STRONGEST)
    assert decisions == {True, False}


def test_a_surface_is_level_where_two_tails_meet():
    """The farthest of 500 rows move neither side, so that a corner without rows isn't wild."""
    columns = table(500, 2, 0)
    for column in columns:
        column[:2] = 20.0, 40.0
    problem = make_problem(columns, columns[0][:, None], np.ones(500), Gaussian(), Settings())
    pair = make_interaction(problem.sides, (0, 1), columns, np.ones(500), 12)
    corner = pair.design([np.array([20.0, 40.0]), np.array([40.0, 20.0])])
    np.testing.assert_array_equal(corner[0], corner[1])


def _restricted_likelihood(covariance, y):
    """Twice the logarithm of it, with a flat prior of the intercept."""
    inverse = np.linalg.inv(covariance)
    flat = inverse.sum()
    left = y - inverse.sum(0) @ y / flat
    return -np.linalg.slogdet(covariance)[1] - np.log(flat) - left @ inverse @ left


def test_levels_of_pure_noise_score_like_chance():
    g, ones = np.random.default_rng(0), np.ones(400)
    scores = [
        score_levels(g.integers(0, 20, 400), g.normal(size=(400, 1)), ones[:, None], ones)
        for _ in range(200)
    ]
    assert abs(np.mean(scores)) < 0.25
    assert np.std(scores) == pytest.approx(1, abs=0.2)


def test_whole_numbers_that_are_names_get_levels():
    g = np.random.default_rng(0)
    school = g.integers(0, 40, 800).astype(float)
    y = g.normal(size=40)[school.astype(int)] + 0.3 * g.normal(size=800)
    *_, model = fit_additive([school], y[:, None], np.ones(800), Gaussian())
    kinds = {type(term).__name__ for term in model.terms}
    assert kinds == {"Curve", "Levels"}
    missed = y - model.effects([school])[:, 0]
    assert missed.std() < 0.32


def test_constraints_on_pairs_are_kept():
    columns = table(600, 4)
    y = columns[0] * columns[1] + columns[2] * columns[3]
    for settings, want in (
        (Settings(order=1), set()),
        (Settings(allowed=(frozenset({0, 1, 2}),)), {(0, 1)}),
        (Settings(fixed=frozenset({3})), {(0, 1)}),
        (Settings(signs={0: 1}), {(2, 3)}),
    ):
        *_, model = fit_additive(columns, y[:, None], np.ones(600), Gaussian(), settings)
        assert pairs_of(model) == want
        assert all(not set(term.columns) & settings.fixed for term in model.terms)


def test_a_row_of_weight_2_counts_as_two_rows():
    g = np.random.default_rng(0)
    columns = table(80, 2)
    y = np.sin(2 * columns[0]) + 0.2 * g.normal(size=80)
    weight = g.integers(1, 4, 80).astype(float)
    times = weight.astype(int)
    *_, one = fit_additive(columns, y[:, None], weight, Gaussian())
    repeated = [np.repeat(column, times) for column in columns]
    *_, other = fit_additive(
        repeated, np.repeat(y, times)[:, None], np.ones(times.sum()), Gaussian()
    )
    np.testing.assert_allclose(one.effects(columns), other.effects(columns), atol=1e-6)


def test_effects_that_multiply_are_recognised():
    columns = table(500, 3)
    y = np.exp(columns[0] + np.sin(3 * columns[1])) * (
        1 + 0.05 * np.random.default_rng(1).normal(size=500)
    )
    losses = [Gaussian(), Gaussian(Log())]
    choice = choose_additive(columns, y[:, None], np.ones(500), losses, Settings(), halves(500))
    assert choice.model.link == Log()
    assert not pairs_of(choice.model)
    added = np.sin(3 * columns[1]) + columns[0] + 5
    added += 0.05 * np.random.default_rng(1).normal(size=500)
    choice = choose_additive(columns, added[:, None], np.ones(500), losses, Settings(), halves(500))
    assert choice.model.link == Identity()


@pytest.mark.parametrize("grows", [True, False])
def test_rows_of_large_means_count_less_only_where_they_vary_more(grows):
    """Then the mean is nearer to the truth than least squares are."""
    columns, one, g = table(600, 2), np.ones(600), np.random.default_rng(1)
    truth = np.exp(1.5 * columns[0] + np.sin(3 * columns[1]))
    y = truth * g.gamma(4, 1 / 4, 600) if grows else truth + 0.02 * g.normal(size=600)
    candidates = list_squares(y, one)
    found, plain = (
        choose_additive(columns, y[:, None], one, losses, Settings(), halves(600))
        for losses in (candidates, [Gaussian(Log())])
    )
    assert found.loss == (Multiplied() if grows else Gaussian(Log()))
    far = [np.std(np.exp(c.model.effects(columns)[:, 0]) - truth) for c in (found, plain)]
    assert far[0] < (0.8 if grows else 1.001) * far[1]


def test_no_pairs_are_tried_with_a_link_that_is_far_behind():
    columns, one = table(500, 3), np.ones(500)
    y = np.exp(columns[0] + 2 * columns[1] + columns[0] * columns[2])
    y *= 1 + 0.05 * np.random.default_rng(1).normal(size=500)
    losses = [Gaussian(), Gaussian(Log())]
    choice = choose_additive(columns, y[:, None], one, losses, Settings(), halves(500))
    assert ("log", 2) in choice.losses
    assert ("identity", 2) not in choice.losses
    assert ("identity", 0) not in choice.losses
    assert (0, 2) in pairs_of(choice.model)


def test_no_lines_are_fitted_for_a_loss_that_is_given_up(monkeypatch):
    columns, one, fitted = table(500, 2), np.ones(500), set()
    y = np.exp(columns[0] + 2 * columns[1])[:, None]

    def note(problem, *like):
        fitted.add(problem.loss)
        return fit_lines(problem, *like)

    monkeypatch.setattr("edgewise.additive.cross_validation.fit_lines", note)
    losses = [Gaussian(), Gaussian(Log())]
    choice = choose_additive(columns, y, one, losses, Settings(), halves(500))
    assert fitted == {choice.loss} == {Gaussian(Log())}


def test_lines_are_enough_for_a_linear_law():
    columns = table(150, 8)
    y = sum(columns) + np.random.default_rng(1).normal(size=150)
    choice = choose_additive(
        columns, y[:, None], np.ones(150), [Gaussian()], Settings(), halves(150)
    )
    fresh = table(1000, 8, seed=9)
    design = np.c_[np.ones(150), np.stack(columns, 1)]
    least_squares = np.linalg.lstsq(design, y, rcond=None)[0]
    truth = sum(fresh)
    ours = choice.model.effects(fresh)[:, 0] - truth
    theirs = np.c_[np.ones(1000), np.stack(fresh, 1)] @ least_squares - truth
    assert np.std(ours) < 1.15 * np.std(theirs)


def test_whole_numbers_that_are_no_names_have_a_smooth_curve():
    """Each of these ages has a mean of its own by chance, and says nothing by it."""
    kept = 0
    for seed in range(100, 108):
        g = np.random.default_rng(seed)
        age, other = g.integers(18, 90, 1500).astype(float), g.normal(size=1500)
        y = (np.sin(age / 12) + other**2 + g.normal(size=1500))[:, None]
        settings, one = Settings(order=1), np.ones(1500)
        choice = choose_additive([age, other], y, one, [Gaussian()], settings, halves(1500))
        kept += any(isinstance(term, Levels) for term in choice.model.terms)
    assert kept == 0


def test_schools_keep_values_of_their_own_when_folds_choose():
    g = np.random.default_rng(0)
    school = g.integers(0, 60, 600).astype(float)
    y = (g.normal(size=60)[school.astype(int)] + g.normal(size=600))[:, None]
    choice = choose_additive([school], y, np.ones(600), [Gaussian()], Settings(), halves(600))
    assert any(isinstance(term, Levels) for term in choice.model.terms)


def test_a_mixture_is_no_surer_than_its_parts():
    columns = table(300, 3)
    y = (columns[0] + 0.3 * np.random.default_rng(0).normal(size=300))[:, None]
    lines, curves, *_ = fit_additive(
        columns, y, np.ones(300), Gaussian(), Settings(order=1, levels=False)
    )
    mixed = mix_models([lines, curves], [0.7, 0.3])
    d = np.random.default_rng(1).normal(size=(200, len(curves.coef)))

    def deviation(model):
        one = model.solutions[0]
        part = d[:, one.kept]
        return np.sqrt(one.noise * np.einsum("ij,jk,ik->i", part, one.covariance, part))

    assert np.allclose(mixed.coef[: len(lines.coef)], 0.7 * lines.coef + 0.3 * curves.coef)
    told, both = deviation(mixed), 0.7 * deviation(lines) + 0.3 * deviation(curves)
    assert np.all(told >= both * (1 - 1e-9))
    assert np.all(told <= np.maximum(deviation(lines), deviation(curves)) * (1 + 1e-9))


def test_shares_of_classes_are_calibrated():
    g = np.random.default_rng(1)
    columns = table(3000, 3)
    share = 1 / (1 + np.exp(-2 * np.sin(3 * columns[0]) - columns[1]))
    y = (g.uniform(size=3000) < share).astype(float)[:, None]
    choice = choose_additive(columns, y, np.ones(3000), [Binomial()], Settings(), halves(3000))
    choice = calibrate(choice, y, np.ones(3000))
    fresh = table(20_000, 3, seed=7)
    true = 1 / (1 + np.exp(-2 * np.sin(3 * fresh[0]) - fresh[1]))
    got = choice.model.link.mean(choice.model.effects(fresh))[:, 0]
    assert np.sqrt(np.mean((got - true) ** 2)) < 0.03
    for low in (0.1, 0.3, 0.5, 0.7):
        inside = (got > low) & (got < low + 0.2)
        # √(.24 / rows of a bin) is .02: the labels themselves say no more.
        assert abs(got[inside].mean() - true[inside].mean()) < 0.04


def test_classes_without_an_exception_are_doubted_less_than_those_with_one():
    g = np.random.default_rng(0)
    x = pd.DataFrame({"kind": g.choice(list("abcd"), 500), "other": g.normal(size=500)})
    y = np.where(x["kind"].isin(["a", "b"]), "yes", "no")
    strange = y.copy()
    strange[7] = "no" if y[7] == "yes" else "yes"
    doubts = []
    for labels in (y, strange):
        model = KANClassifier(random_state=0).fit(x, labels)
        doubts.append(float(model.predict_proba(x).min(1).mean()))
    assert doubts[0] < 1e-4
    assert 1e-3 < doubts[1] < 1e-2


def test_classes_that_one_column_tells_apart():
    x = np.random.default_rng(0).normal(size=(300, 3))
    y = np.where(x[:, 1] > 0.2, "yes", "no")
    model = KANClassifier(random_state=0).fit(x, y)
    assert model.score(x, y) > 0.99
    shares = model.predict_proba(x)
    assert np.isfinite(shares).all()
    right = shares[np.arange(300), (y == "yes").astype(int)]
    assert np.mean(np.log(right)) > -0.05


def test_noise_alone_gives_the_mean():
    g = np.random.default_rng(0)
    x, y = g.normal(size=(300, 5)), g.normal(size=300)
    model = KANRegressor(random_state=0).fit(x, y)
    assert model.predict(g.normal(size=(500, 5))).std() < 0.2


def test_the_same_seed_gives_the_same_model_and_nothing_is_changed():
    g = np.random.default_rng(0)
    x, y = g.normal(size=(200, 3)), g.normal(size=200)
    x[::9, 1] = np.nan
    before = x.copy()
    state = np.random.get_state()[1].copy()  # noqa: NPY002
    one = KANRegressor(random_state=3).fit(x, y).predict(x)
    two = KANRegressor(random_state=3).fit(x, y).predict(x)
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(x, before)
    np.testing.assert_array_equal(np.random.get_state()[1], state)  # noqa: NPY002


@pytest.mark.parametrize("loss", [Gaussian(), Binomial()])
def test_a_fold_says_nothing_of_the_targets_of_other_rows(loss):
    """Knots are those of all rows, and ridges start where those of all rows are."""
    columns = table()
    y = (np.sin(3 * columns[0]) + 0.3 * np.random.default_rng(1).normal(size=400) > 0) * 1.0
    fit, judge = halves(400)[0]
    other = y.copy()
    other[judge] = 1 - other[judge]
    found = []
    for target in (y, other):
        whole = make_problem(columns, target[:, None], np.ones(400), loss, Settings())
        curves = fit_curves(whole.take(fit), fit_curves(whole).model)
        found.append(curves.model.effects([column[judge] for column in columns]))
    np.testing.assert_allclose(*found, atol=0.02 * np.std(found[0]))


@pytest.mark.parametrize(("spare", "size"), [(0.0, 1), (0.95, 2)])
def test_larger_models_need_a_gain_in_what_models_can_lower(spare, size):
    """0.2 % less is too little of a loss of 1, and enough of the 0.05 that models can lower."""
    losses = {("log", 1): 1.0, ("log", 2): 1.0 - 0.9 * LEAST_GAIN}
    assert _pick(losses, spare) == ("log", size)


def test_directions_without_variance_are_left_out():
    """Of variances 0, 1e-14, and 1 one direction is left, of variance 1 in its coordinates."""
    gram = np.diag([0.0, 1e-14, 4.0])
    transform, groups = split_by_roughness(gram, np.diag([3.0, 2.0, 0.0]))
    assert transform.shape == (3, 1)
    np.testing.assert_allclose(transform.T @ gram @ transform, [[1.0]])
    assert [list(group) for group in groups] == [[0]]


def test_each_candidate_is_fitted_with_the_loss_that_it_settled():
    g = np.random.default_rng(0)
    x = g.uniform(-1, 1, 60)
    y = g.negative_binomial(3, 0.4, 60).astype(float)[:, None]
    candidates = [NegativeBinomial(), Gaussian()]
    problem = make_problem([x], y, np.ones(60), candidates[0], Settings())
    counts, plain = _fit_candidates(problem, candidates)
    assert counts.problem.loss == _settle(problem) != candidates[0]
    assert plain.problem.loss == candidates[1]
