"""Tables as people have them: short, wide, empty, constant, huge, misnamed."""

import warnings

import numpy as np
import pandas as pd
import polars as pl
import pytest

from edgewise.additive.schema import read_schema
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival


def fit(frame, y, **settings):
    return KANRegressor(cv=2, random_state=0, **settings).fit(frame, y)


def draw(rows=100, seed=0):
    random = np.random.default_rng(seed)
    x = random.uniform(-1, 1, rows)
    return random, x, np.sin(3 * x) + 0.05 * random.normal(size=rows)


def test_twenty_rows():
    _, x, y = draw(20)
    assert fit(x[:, None], y).score(x[:, None], y) > 0.9


@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_hardly_any_rows(rows):
    _, x, y = draw(rows)
    assert np.isfinite(fit(x[:, None], y).predict(x[:, None])).all()


def test_more_columns_than_rows():
    random, x, y = draw(30)
    table = np.column_stack([x, random.normal(size=(30, 50))])
    assert fit(table, y, interaction_cst="no_interactions").score(table, y) > 0.5


def test_columns_that_say_nothing_or_the_same():
    _, x, y = draw()
    clean = fit(pd.DataFrame({"x": x}), y)
    frame = pd.DataFrame(
        {"x": x, "again": x, "constant": 7.0, "empty": np.nan, "none": None, "one": "level"}
    )
    model = fit(frame, y)
    assert model.score(frame, y) > clean.score(frame[["x"]], y) - 0.02
    other = frame.assign(constant=-1e9, empty=3.0, one="another")
    assert np.allclose(model.predict(other), model.predict(frame))


def test_complex_numbers_are_refused_by_name():
    _, x, y = draw(40)
    with pytest.raises(ValueError, match=r"'when' holds complex numbers.*a column each"):
        fit(pd.DataFrame({"x": x, "when": x * 1j}), y)


def test_levels_and_missing_values_that_the_fit_has_not_seen():
    random, x, y = draw()
    level = random.choice(["a", "b"], 100)
    frame = pd.DataFrame({"x": x, "level": level})
    model = fit(frame, y + 3 * (level == "a"))
    probe = pd.DataFrame({"x": [0.0, 0.0, 0.0, np.nan], "level": ["a", "b", "new", None]})
    a, b, new, missing = model.predict(probe)
    assert b < new < a  # the mean
    assert np.isfinite(missing)


def test_missing_values_say_something():
    random, x, y = draw(200)
    hidden = random.uniform(size=200) < 0.3
    frame = pd.DataFrame({"x": np.where(hidden, np.nan, x)})
    model = fit(frame, np.where(hidden, 5.0, y))
    assert abs(model.predict(pd.DataFrame({"x": [np.nan]}))[0] - 5) < 0.1


def test_levels_are_the_same_as_integers_floats_and_text():
    random, x, y = draw(150)
    code = random.integers(0, 5, 150)
    target = y + np.array([0, 3, -2, 4, 1])[code]
    whole = pd.DataFrame({"x": x, "code": code})
    model = fit(whole, target, categorical_features=["code"])
    assert model.score(whole, target) > 0.95
    for kind in (float, str, "category"):
        assert np.allclose(model.predict(whole.astype({"code": kind})), model.predict(whole))


def test_numbers_in_a_column_of_objects():
    _, x, y = draw()
    numbers = pd.DataFrame({"x": x})
    objects = numbers.astype(object)
    assert np.allclose(fit(objects, y).predict(objects), fit(numbers, y).predict(numbers))


def test_truth_values():
    random, x, y = draw()
    frame = pd.DataFrame({"x": x, "yes": random.uniform(size=100) < 0.5})
    target = y + 2 * frame["yes"]
    assert fit(frame, target).score(frame, target) > 0.95


@pytest.mark.parametrize("scale", [1e-150, 1e150])
def test_any_scale(scale):
    _, x, y = draw()
    plain, scaled = x[:, None], scale * x[:, None]
    assert np.allclose(fit(scaled, y).predict(scaled), fit(plain, y).predict(plain), atol=1e-6)
    targets = scale * y
    assert fit(plain, targets).score(plain, targets) > 0.95
    assert np.allclose(fit(plain, targets).predict(plain) / scale, fit(plain, y).predict(plain))


def test_heavy_tails():
    random, _, _ = draw()
    x = random.standard_cauchy(300) ** 3
    y = np.sign(x) * np.log1p(np.abs(x))
    model = fit(x[:, None], y)
    assert model.score(x[:, None], y) > 0.9
    assert np.isfinite(model.predict(np.array([[1e300], [-1e300]]))).all()


def test_a_column_of_amounts_is_as_good_as_its_logarithm():
    def measure(x, y):
        model = KANRegressor(interactions=None, cv=2, random_state=0).fit(x[:150], y[:150])
        return np.square(model.predict(x[150:]) - y[150:]).mean()

    ratios = []
    for seed in range(6):
        random = np.random.default_rng(seed)
        log = random.normal(0, 2, (800, 2))
        y = log[:, 0] + np.sin(1.5 * log[:, 1]) + 0.5 * random.normal(size=800)
        ratios.append(measure(np.exp(log), y) / measure(log, y))
    assert np.exp(np.mean(np.log(ratios))) < 1.1


def test_a_level_for_each_row():
    _, x, y = draw(60)
    frame = pd.DataFrame({"x": x, "name": [f"row {i}" for i in range(60)]})
    model = fit(frame, y)
    _, held, truth = draw(60, seed=5)
    new = pd.DataFrame({"x": held, "name": [f"other {i}" for i in range(60)]})
    assert model.score(new, truth) > 0.7


def test_two_columns_of_one_name():
    _, x, y = draw()
    frame = pd.DataFrame(np.stack([x, x], 1), columns=["x", "x"])
    for estimator in (KANRegressor(), KANClassifier()):
        with pytest.raises(ValueError, match=r"different names of columns.*'x' twice: rename"):
            estimator.fit(frame, y > 0)


@pytest.mark.parametrize("estimator", [KANRegressor, KANClassifier])
def test_no_rows_and_no_columns(estimator):
    _, x, y = draw()
    with pytest.raises(ValueError, match="0 sample"):
        estimator().fit(pd.DataFrame({"x": []}), [])
    with pytest.raises(ValueError, match="0 feature"):
        estimator().fit(pd.DataFrame(index=range(100)), y > 0)
    with pytest.raises(ValueError, match="0 sample"):
        estimator().fit(pd.DataFrame({"x": x}), y > 0).predict(pd.DataFrame({"x": []}))


def test_infinity_is_refused_by_name():
    _, x, y = draw()
    frame = pd.DataFrame({"x": np.where(x > 0.9, np.inf, x)})
    with pytest.raises(ValueError, match=r"'x'.*inf"):
        fit(frame, y)


@pytest.mark.parametrize(
    ("write", "kind", "example"),
    [
        (lambda k: f"${k},234.50", "as text", "$10,234.50"),
        (lambda k: f"1.234,5{k}", "as text", "1.234,510"),
        (lambda k: f"{k}.5%", "as text", "10.5%"),
        (lambda k: f"{k} m2", "as text", "10 m2"),
        (lambda k: f"({k} €)", "as text", "(10 €)"),
        (lambda k: "n/a" if k == 12 else f"{k}.5", "beside text", "n/a"),
        (lambda k: "length" if k == 12 else k, "beside text", "length"),
        (lambda k: None if k == 12 else f"{k}", None, ""),  # whole numbers may be codes
        (lambda k: f"{k}{'ABCDEF'[k % 6]}", None, ""),  # seats
        (lambda k: f"0{k}", None, ""),
        (lambda k: f"10.0.0.{k}", None, ""),
        (lambda k: f"x{k}.5", None, ""),
        (lambda k: k if k % 3 == 0 else f"a{k}", None, ""),
        (lambda k: f"{k % 3}kg", None, ""),  # a few levels
        (lambda k: np.nan if k % 3 else f"A{k}", None, ""),
    ],
)
def test_numbers_for_readers_are_pointed_out(write, kind, example):
    table = pd.DataFrame({"a": pd.Series([write(k) for k in range(10, 40)], dtype=object)})
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        read_schema(table)
        read_schema(table, categorical=["a"])
    said = [str(w.message) for w in told]
    assert [f"numbers {kind}, such as {example!r}" in each for each in said] == [True] * bool(kind)


@pytest.mark.parametrize(
    ("values", "warns"),
    [
        (["1.5", "2", None], True),
        (["1e3", "-2", "7"], True),
        (["1", "2", "3"], False),
        (["94110", "07030", "10001"], False),
        (["1.5", "two", "3"], False),
        ([True, False, None], False),
        ([None, None, None], False),
    ],
)
@pytest.mark.parametrize("package", [pd.Series, pl.Series])
def test_numbers_as_text_are_pointed_out(values, warns, package):
    frame = {"a": package(values * 4), "b": package([0.5] * 12)}
    table = pd.DataFrame(frame) if package is pd.Series else pl.DataFrame(frame)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        read_schema(table)
        read_schema(table, categorical=["a"])
    assert ["holds numbers as text" in str(w.message) for w in told] == [True] * warns


@pytest.mark.parametrize(
    ("values", "warns"),
    [
        (["2024-01-31", "2024-2-1 10:00", None], True),
        (["31.12.2024", "1.2.2024", "5.5.2024"], True),
        (["12/31/24 0:00", "1/2/24 9:30", "7/4/24"], True),
        (["2024-01-31", "later", "2024-02-01"], False),
        (["10.0.12.5", "192.168.10.21", "10.0.12.7"], False),
        (["2024-10-12-7", "2024-10-13-1", "2024-10-14-2"], False),
        ([None, None, None], False),
    ],
)
def test_dates_as_text_are_pointed_out(values, warns):
    table = pd.DataFrame({"a": values * 4, "b": [0.5] * 12})
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        read_schema(table)
        read_schema(table, categorical=["a"])
        read_schema(table.assign(a=table["a"].astype("category")))
    assert ["pandas.to_datetime" in str(w.message) for w in told] == [True] * warns


def test_texts_as_targets_are_refused_with_a_remedy():
    with pytest.raises(ValueError, match="use KANClassifier for texts"):
        KANRegressor().fit(np.arange(10.0)[:, None], ["yes", "no"] * 5)


@pytest.mark.parametrize(
    "missing", [None, pd.NA, pd.NaT, float("nan")], ids=["None", "NA", "NaT", "NaN"]
)
@pytest.mark.parametrize("kind", [list, pd.Series, lambda v: np.array(v, dtype=object)])
def test_missing_targets_are_refused(missing, kind):
    y = kind([missing, *np.arange(9.0)])
    with pytest.raises(ValueError, match="y contains NaN"):
        KANRegressor().fit(np.arange(10.0)[:, None], y)
    with pytest.raises(ValueError, match="a class in every row"):
        KANClassifier().fit(np.arange(10.0)[:, None], kind([missing, *[0.0, 1.0] * 4, 1.0]))


def test_a_column_with_the_name_of_a_part_of_a_date_is_refused():
    times = pd.DataFrame({"d": pd.date_range("2020-01-01", periods=40, freq="37D")})
    for part in read_schema(times).names:
        if part != "d":
            with pytest.raises(ValueError, match="expected different names of columns"):
                read_schema(times.assign(**{part: 1.0}))


MERGED = {
    "levels": ["north", None, "south", None, None, None, "east", None, None, "west"] + [None] * 20,
    "quarters": ["Q1", None, None, "Q2", None, None] * 5,
    "years": [2020.0, np.nan, np.nan, 2020.0, np.nan, np.nan] * 5,
    "categories": pd.Categorical(["a", None, None, "b", None] + [None] * 10 + ["c"] + [None] * 14),
}
NOT_MERGED = {
    "sparse measurements": [0.5, None, 1.5, None, None, 2.5] + [None] * 24,
    "rare levels": ["a", None, "a", None, None, "b"] + [None] * 24,
    "a first row without": [None, "a", None, None, "b", None, None, "c"] + [None] * 22,
    "every second known": ["a", "b", "c"] * 5 + [None] * 15,
    "all missing": [None] * 30,
}


@pytest.mark.parametrize("kind", [*MERGED, *NOT_MERGED])
@pytest.mark.parametrize("convert", [pd.Series, pl.Series])
def test_merged_cells_are_pointed_out(kind, convert):
    values = (MERGED | NOT_MERGED)[kind]
    if convert is pl.Series and kind == "categories":
        values = [None if value != value else value for value in values]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read_schema(
            pd.DataFrame({"region": values})
            if convert is pd.Series
            else pl.DataFrame({"region": values}, strict=False)
        )
    told = [str(each.message) for each in caught]
    assert len(told) == (kind in MERGED)
    assert all("merged cells" in text and "ffill()" in text for text in told)


@pytest.mark.parametrize(
    "y", [pd.date_range("2024", periods=30), pd.to_timedelta(np.arange(30), unit="D")], ids=type
)
@pytest.mark.parametrize("convert", [pd.Series, np.asarray, lambda y: pd.DataFrame({"y": y})])
def test_dates_and_durations_as_targets_are_refused(y, convert):
    """They were nanoseconds or whatever the unit of the dtype is."""
    x = np.random.default_rng(0).normal(size=(30, 1))
    with pytest.raises(ValueError, match=r"y expected numbers, got (dates|durations), .* 86_400"):
        KANRegressor().fit(x, convert(y))
    lives = pd.DataFrame({"event": True, "time": y})
    with pytest.raises(ValueError, match="times of y expected numbers, got"):
        KANSurvival().fit(x, lives)
