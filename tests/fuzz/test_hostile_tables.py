"""Frames and targets that nobody hopes for, in the estimators of tables: they fit, or say why not.

What fitted predicts finite numbers, explains itself, and comes back from a file as it was.
"""

from __future__ import annotations

import datetime
import decimal
import warnings

import numpy as np
import pandas as pd
import pytest
from fuzzing import TIMES, check_message, often
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.sklearn import KANClassifier, KANRegressor

few = settings(often, max_examples=4 * TIMES)


def repeat(*values):
    return lambda n: [values[k % len(values)] for k in range(n)]


COLUMNS = {
    "numbers": lambda n: np.linspace(-1, 1, n),
    "whole": lambda n: np.arange(n),
    "constant": lambda n: np.full(n, 3.5),
    "missing": lambda n: np.full(n, np.nan),
    "some missing": repeat(1.0, np.nan, 2.0),
    "one value": lambda n: [None] * (n - 1) + [1.0] if n else [],
    "infinite": repeat(1.0, np.inf, -2.0),
    "huge": lambda n: np.linspace(-1e300, 1e300, n),
    "tiny": lambda n: np.linspace(0, 1e-300, n),
    "far": lambda n: 1e15 + np.arange(n),
    "outlier": lambda n: np.r_[np.zeros(max(n - 1, 0)), np.full(min(n, 1), 1e30)],
    "half": lambda n: np.linspace(-1, 1, n).astype(np.float16),
    "unsigned": lambda n: (2**64 - 1 - np.arange(n, dtype=np.uint64)),
    "beyond 64 bits": repeat(10**30, 1, 2),
    "booleans": repeat(True, False),
    "texts": repeat("a", "b", "", " ", "nan", "None"),
    "hostile texts": repeat("<script>", "x'; --", "\0", "💥", "a" * 1000),
    "all different": lambda n: [f"id {k}" for k in range(n)],
    "mixed": repeat(1, "a", None, 2.5, True),
    "objects": repeat(object(), [1], {2}),
    "bytes": repeat(b"a", b"b"),
    "complex": repeat(1 + 2j, 3j),
    "dates": lambda n: pd.date_range("2020-01-01", periods=n),
    "durations": lambda n: pd.to_timedelta(np.arange(n), unit="s"),
    "days": repeat(datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)),
    "decimals": repeat(decimal.Decimal("1.5"), decimal.Decimal("NaN"), decimal.Decimal(2)),
    "categories": lambda n: pd.Categorical(repeat("a", "b", None)(n), ["a", "b", "unused"]),
    "no categories": lambda n: pd.Categorical([None] * n),
    "numbers as categories": lambda n: pd.Categorical(repeat(3, 1)(n)),
    "nullable": lambda n: pd.array(repeat(1, None, 3)(n), dtype="Int64"),
    "nullable booleans": lambda n: pd.array(repeat(True, None)(n), dtype="boolean"),
    "strings": lambda n: pd.array(repeat("a", None)(n), dtype="string"),
    "sparse": lambda n: pd.arrays.SparseArray(np.arange(n) % 3.0),
    "periods": lambda n: pd.period_range("2020", periods=n, freq="M"),
    "intervals": lambda n: pd.interval_range(0, n) if n else [],
}  # fmt: skip
LABELS = ("a", "b", "", 0, 1, 2.5, None, ("a", 1), "a b", "<b>", "x" * 200, True, np.nan)
TARGETS = {
    **COLUMNS,
    "two columns": lambda n: np.stack([np.arange(n), -np.arange(n)], 1),
    "frame": lambda n: pd.DataFrame({"a": np.arange(n), "b": np.arange(n) % 3}),
    "no": lambda n: None,
    "scalar": lambda n: 3.0,
    "too short": lambda n: np.arange(n - 1) if n else [],
    "one class": repeat("a"),
    "rare class": lambda n: ["b"] + ["a"] * (n - 1) if n else [],
    "three classes": repeat("a", "b", "c"),
}
SETTINGS = {
    "monotonic_cst": (None, [1], {0: 1}, {"a": -1}, {"no": 1}, 1, "x", [2, 0], np.array([1, -1])),
    "convexity_cst": (None, [1], {0: 1}, {"a": 5}),
    "interactions": ("pairs", "x", None, 3),
    "interaction_cst": (None, "pairs", "no_interactions", "x", [[0, 1]], [["a", "b"]], [0], 3),
    "exclude": ((), [0], ["a"], ["no"], "a", 3, None),
    "categorical_features": (None, [0], ["a"], [True], "from_dtype", "x", 3),
    "cv": (2, 3, 1, 0, -1, "x", None, 10**9),
    "random_state": (0, 7, -1, "x", 0.5),
}


def draw_frame(data, rows):
    kinds = data.draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=0, max_size=3), label="X")
    frame = pd.concat([pd.Series(COLUMNS[k](rows)) for k in kinds], axis=1) if kinds else None
    if frame is None:
        return pd.DataFrame(index=range(rows))
    if data.draw(st.booleans(), label="named"):
        names = st.lists(st.sampled_from(LABELS), min_size=len(kinds), max_size=len(kinds))
        frame.columns = data.draw(names, label="names")
    return frame


def make_estimator(data, kind):
    chosen = data.draw(st.lists(st.sampled_from(sorted(SETTINGS)), max_size=2, unique=True))
    given_ = {name: data.draw(st.sampled_from(SETTINGS[name]), label=name) for name in chosen}
    return kind(**{"random_state": 0, **given_})


def same(a, b):
    """Whether two arrays are equal, NaN and texts included."""
    return pd.DataFrame(a).equals(pd.DataFrame(b))


def use(model, x, path):
    """Everything that a fitted estimator says; each fits, or says why not."""
    answers = [model.predict(x), model.outside(x)]
    if isinstance(model, KANRegressor):
        assert np.isfinite(answers[0]).all()
        answers.append(model.predict_interval(x))
    else:
        assert np.isfinite(model.predict_proba(x)).all()
        assert np.isin(answers[0], model.classes_).all()
    assert model.explain_global().html()
    assert len(model.explain_local(x.iloc[:2]).frame())
    model.formula()
    ew.save(model, path)
    again = ew.load(path)
    assert same(again.predict(x), answers[0])
    for write in (model.to_python, model.to_sql, model.to_c, model.to_javascript):
        try:
            assert write()
        except ValueError as error:
            check_message(error)


@pytest.mark.parametrize("kind", [KANRegressor, KANClassifier])
@few
@given(data=st.data())
def test_odd_frames(kind, data, tmp_path_factory):
    rows = data.draw(st.sampled_from([0, 1, 2, 5, 30, 60]), label="rows")
    frame = draw_frame(data, rows)
    target = data.draw(st.sampled_from(sorted(TARGETS)), label="y")
    model = make_estimator(data, kind)
    before = frame.copy(deep=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model.fit(frame, TARGETS[target](rows))
        except (ValueError, TypeError) as error:
            check_message(error)
        else:
            use(model, frame, tmp_path_factory.mktemp("table") / "model")
    pd.testing.assert_frame_equal(frame, before)


@few
@given(data=st.data())
def test_other_columns_than_those_that_were_fitted(data):
    model = KANRegressor(cv=2, random_state=0).fit(
        pd.DataFrame({"a": np.linspace(0, 1, 40), "b": repeat("u", "v")(40)}), np.arange(40.0)
    )
    frame = draw_frame(data, data.draw(st.integers(0, 5)))
    if data.draw(st.booleans(), label="of these names") and frame.shape[1] >= 2:
        frame = frame.iloc[:, :2].set_axis(["a", "b"], axis=1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for call in (model.predict, model.outside, model.predict_interval, model.explain_local):
            try:
                answer = call(frame)
            except (ValueError, TypeError) as error:
                check_message(error)
            else:
                if call == model.predict:
                    assert np.isfinite(answer).all()
