"""A fit that an error or Ctrl-C ends leaves the estimator as it was, whatever it was."""

from __future__ import annotations

import sys

import numpy as np
import pandas as pd
import pytest
from sklearn.exceptions import NotFittedError

import edgewise as ew
from edgewise.sklearn import KANSurvival
from repeats import TIMES

R = np.random.default_rng(0)
FIRST = pd.DataFrame({"a": R.normal(size=50), "b": list("xyxxy") * 10})
SECOND = pd.DataFrame({"c": R.normal(size=50) * 100, "d": list("pq") * 25, "e": R.normal(size=50)})
SHARE = np.linspace(0.05, 0.98, 6 * TIMES)


def count_calls(work, stop=None):
    """How many functions of the package `work` calls; KeyboardInterrupt at the call `stop`."""
    calls = 0

    def look(frame, event, _):
        nonlocal calls
        if event == "call" and "/edgewise/" in frame.f_code.co_filename:
            calls += 1
            if calls == stop:
                sys.setprofile(None)
                raise KeyboardInterrupt

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def regression():
    return ew.KANRegressor(cv=2, random_state=0), FIRST["a"], SECOND["c"]


def classes():
    return ew.KANClassifier(cv=2, random_state=0), FIRST["b"], SECOND["d"]


def lives():
    y = [np.stack([t["b" if "b" in t else "d"].isin(["x", "p"]), x.abs() + 0.1], 1)
         for t, x in ((FIRST, FIRST["a"]), (SECOND, SECOND["e"]))]  # fmt: skip
    return KANSurvival(cv=2, random_state=0), *y


@pytest.mark.parametrize("make", [regression, classes, lives])
def test_an_interrupted_fit_leaves_the_earlier_one(make):
    estimator, y, other = make()
    expected = estimator.fit(FIRST, y).predict(FIRST)
    estimator.fit(SECOND, other)  # once, so that what is made once is made
    calls = count_calls(lambda: estimator.fit(SECOND, other))
    estimator.fit(FIRST, y)
    for share in SHARE:
        with pytest.raises(KeyboardInterrupt):
            count_calls(lambda: estimator.fit(SECOND, other), stop=int(share * calls))
        assert list(estimator.feature_names_in_) == ["a", "b"]
        assert np.array_equal(estimator.predict(FIRST), expected)


def test_an_interrupted_first_fit_leaves_nothing():
    estimator, _, y = regression()
    with pytest.raises(KeyboardInterrupt):
        count_calls(lambda: estimator.fit(SECOND, y), stop=1000)
    assert set(vars(estimator)) == set(estimator.get_params())
    with pytest.raises(NotFittedError):
        estimator.predict(SECOND)


def test_a_fit_that_is_refused_leaves_the_earlier_one():
    estimator, y, other = regression()
    expected = estimator.fit(FIRST, y).predict(FIRST)
    with pytest.raises(ValueError, match="expected"):
        estimator.fit(SECOND, other[:-1])
    assert np.array_equal(estimator.predict(FIRST), expected)


def test_an_interrupted_further_fit_keeps_the_rows_before_it():
    def begin():
        return ew.KANRegressor(cv=2, random_state=0).partial_fit(FIRST, FIRST["a"])

    more = FIRST.assign(a=FIRST["a"] / 2)
    whole, estimator = begin(), begin()
    before = estimator.predict(FIRST)
    calls = count_calls(lambda: whole.partial_fit(more, more["a"] ** 2))
    for share in SHARE:
        with pytest.raises(KeyboardInterrupt):
            count_calls(
                lambda: estimator.partial_fit(more, more["a"] ** 2), stop=int(share * calls * 0.9)
            )
        assert np.array_equal(estimator.predict(FIRST), before)
    estimator.partial_fit(more, more["a"] ** 2)
    assert np.array_equal(estimator.predict(FIRST), whole.predict(FIRST))
