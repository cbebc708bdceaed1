"""Fits that are merged and subtracted, to rounding; pickles of earlier versions."""

import copy
import gzip
import pickle
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from made_up_tables import make_table

from edgewise.sklearn import KANClassifier, KANRegressor, merge, subtract, without_rows

DATA = Path(__file__).parents[1] / "data"


def draw(rows, seed):
    table, y, random = make_table(rows, seed)
    return table, y + 0.5 * random.normal(size=rows), random.uniform(0.5, 2, rows)


PARTS = [draw(250, seed) for seed in range(3)]
HELD = draw(500, 9)[0]


def join(parts):
    tables, ys, weights = zip(*parts, strict=True)
    return pd.concat(tables, ignore_index=True), np.concatenate(ys), np.concatenate(weights)


@pytest.fixture(scope="module")
def fits():
    first = KANRegressor(cv=2, random_state=0).partial_fit(*PARTS[0])
    return [first, *(without_rows(first).partial_fit(*part) for part in PARTS[1:])]


def test_a_merged_fit_is_that_of_all_rows_in_any_order(fits):
    whole = without_rows(fits[0]).partial_fit(*join(PARTS)).predict(HELD)
    for order in ([0, 1, 2], [2, 0, 1]):
        merged = merge([fits[k] for k in order])
        np.testing.assert_allclose(merged.predict(HELD), whole, atol=1e-10 * np.abs(whole).max())
    step = copy.copy(fits[0]).partial_fit(*PARTS[2]).partial_fit(*PARTS[1])
    np.testing.assert_allclose(step.predict(HELD), whole, atol=1e-10 * np.abs(whole).max())
    total = sum(weight.sum() for *_, weight in PARTS)
    assert np.isclose(merged.summary_.rows, total)
    assert np.abs(fits[0].predict(HELD) - whole).max() > 0.01


def test_what_is_subtracted_is_gone(fits):
    whole, without = merge(fits), merge(fits[:2])
    rest = subtract(whole, fits[2])
    expected = without.predict(HELD)
    np.testing.assert_allclose(rest.predict(HELD), expected, atol=1e-8 * np.abs(expected).max())
    assert np.isclose(rest.summary_.rows, without.summary_.rows)
    rows = rest._growth.sample.finish()
    assert len(rows.weight) == 500
    with pytest.raises(ValueError, match="fewer rows than all"):
        subtract(fits[2], whole)


@pytest.mark.parametrize("has_pairs", [False, True])
def test_what_stays_is_the_merged_fit_of_the_first_rows(has_pairs):
    """Without pairs it is the first fit itself, which otherwise is found step by step."""
    random = np.random.default_rng(0)
    x = random.normal(size=(900, 3))
    y = np.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2] + 0.3 * random.normal(size=900)
    constraint = None if has_pairs else "no_interactions"
    first = KANRegressor(cv=2, random_state=0, interaction_cst=constraint)
    first.partial_fit(x[:500], y[:500])
    pairs = [term for term in first.models_[0].terms if len(term.columns) == 2]
    assert bool(pairs) == has_pairs
    other = without_rows(first).partial_fit(x[500:], y[500:])
    rest = subtract(merge([first, other]), other)
    expected = (merge([first]) if has_pairs else first).predict(x)
    np.testing.assert_allclose(rest.predict(x), expected, atol=1e-10 * np.abs(expected).max())
    if has_pairs:
        assert np.abs(first.predict(x) - expected).max() < 0.2 * expected.std()


def test_rows_that_are_there_twice_are_subtracted_once(fits):
    """Of equal rows as many go as are told, also where those that stay are the same."""
    again = without_rows(fits[0]).partial_fit(*(each[:100] for each in PARTS[0]))
    for twice in (again, fits[0]):
        rest = subtract(merge([fits[0], twice]), twice)
        expected = fits[0].predict(HELD)
        np.testing.assert_allclose(rest.predict(HELD), expected, atol=1e-8 * np.abs(expected).max())
        assert len(rest._growth.sample.finish().weight) == len(PARTS[0][1])


def test_terms_must_agree_and_sums_must_be_there(fits):
    with pytest.raises(ValueError, match="expected estimators of the same terms"):
        merge([fits[0], KANRegressor(cv=2, random_state=0).partial_fit(*PARTS[1])])
    with pytest.raises(ValueError, match="expected KANRegressors that began with partial_fit"):
        merge([fits[0], KANRegressor(cv=2, random_state=0).fit(*PARTS[1])])
    with pytest.raises(ValueError, match="at least one"):
        merge([])


def test_many_levels_are_merged_too():
    random = np.random.default_rng(5)
    tables = [
        pd.DataFrame({"who": random.integers(0, 60, 400).astype(str), "x": random.normal(size=400)})
        for _ in range(2)
    ]
    effect = random.normal(size=60)
    ys = [effect[t["who"].astype(int)] + t["x"] for t in tables]
    first = KANRegressor(cv=2, random_state=0).partial_fit(tables[0], ys[0])
    other = without_rows(first).partial_fit(tables[1], ys[1])
    whole = copy.copy(first).partial_fit(tables[1], ys[1]).predict(tables[0])
    np.testing.assert_allclose(merge([other, first]).predict(tables[0]), whole, atol=1e-9)


def test_pickles_of_version_0_1_0_predict_and_can_be_cloned():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn tells when its own version is another
        held = pickle.loads(gzip.decompress((DATA / "estimators-0.1.0.pkl.gz").read_bytes()))
    rows, regressor, classifier = pd.DataFrame(held["rows"]), held["regressor"], held["classifier"]
    np.testing.assert_allclose(regressor.predict(rows), held["predicted"], atol=1e-9)
    np.testing.assert_allclose(regressor.predict_interval(rows), held["interval"], atol=1e-9)
    np.testing.assert_allclose(classifier.predict_proba(rows), held["shares"], atol=1e-9)
    assert type(classifier)(**classifier.get_params()).cv == 2
    assert isinstance(classifier, KANClassifier)
    assert "x" in regressor.explain_global().html()
    assert "KANClassifier" in repr(classifier)
    assert regressor.outside(rows).shape == (5, 2)
    assert np.isfinite(regressor.partial_fit(rows, np.ones(5)).predict(rows)).all()
