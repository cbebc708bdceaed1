"""Dates, times of day, durations, cycles and categories with an order, of every library."""

import datetime
import re
import zoneinfo
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import edgewise as ew
from edgewise.additive.columns import read_columns
from edgewise.additive.curves import make_curve
from edgewise.additive.dates import choose_month_ticks, write_value
from edgewise.additive.schema import read_schema
from edgewise.additive.terms import make_levels
from edgewise.sklearn import KANClassifier, KANRegressor, KANSurvival

ROWS = 700
RANDOM = np.random.default_rng(0)
HOURS = np.sort(RANDOM.choice(3 * 365 * 24, ROWS, replace=False))
MOMENTS = pd.Series(pd.Timestamp("2020-01-01") + pd.to_timedelta(HOURS, unit="h"))
GONE = np.arange(ROWS) % 7 == 3
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def arrow(kind):
    return pd.ArrowDtype(kind)


def objects(values):
    return pd.Series(values, dtype=object)


DATES = {
    "datetime64[us]": lambda v: v.astype("datetime64[us]"),
    "datetime64[s]": lambda v: v.astype("datetime64[s]"),
    "zone": lambda v: v.dt.tz_localize("UTC").dt.tz_convert("America/New_York"),
    "offset": lambda v: v.dt.tz_localize(datetime.timezone(datetime.timedelta(hours=2))),
    "timestamp[pyarrow]": lambda v: v.astype(arrow(pa.timestamp("us"))),
    "timestamp with zone[pyarrow]": lambda v: v.dt.tz_localize("UTC").astype(
        arrow(pa.timestamp("us", "Europe/Berlin"))
    ),
    "date32[pyarrow]": lambda v: v.astype(arrow(pa.date32())),
    "date objects": lambda v: objects([None if x is pd.NaT else x.date() for x in v]),
    "datetime objects": lambda v: objects(
        [None if x is pd.NaT else x.to_pydatetime().replace(tzinfo=BERLIN) for x in v]
    ),
    "numpy objects": lambda v: objects([None if x is pd.NaT else np.datetime64(x, "s") for x in v]),
    "Period": lambda v: v.dt.to_period("D"),
    "Period objects": lambda v: objects(v.dt.to_period("D").tolist()),
    "polars Date": lambda v: pl.Series("it", v.to_numpy()).cast(pl.Date),
    "polars Datetime": lambda v: pl.Series("it", v.to_numpy()),
    "polars zone": lambda v: pl.Series("it", v.to_numpy()).dt.replace_time_zone("Asia/Tokyo"),
    "Arrow timestamp": lambda v: pa.array(v),
    "Arrow date": lambda v: pa.array(v).cast(pa.date32(), safe=False),
}
DAYS_ONLY = {"date32[pyarrow]", "date objects", "Period", "Period objects", "polars Date"}
DAYS_ONLY |= {"Arrow date"}


def make_frame(column):
    if isinstance(column, pl.Series):
        return pl.DataFrame({"it": column})
    return (
        pa.table({"it": column}) if isinstance(column, pa.Array) else pd.DataFrame({"it": column})
    )


def tell_local(name, moments):
    """What the clock shows that each case keeps."""
    if name == "zone":
        return moments.dt.tz_localize("UTC").dt.tz_convert("America/New_York").dt.tz_localize(None)
    if name == "timestamp with zone[pyarrow]":
        return moments.dt.tz_localize("UTC").dt.tz_convert(BERLIN).dt.tz_localize(None)
    return moments.dt.floor("D") if name in DAYS_ONLY else moments


@pytest.mark.parametrize("missing", [False, True], ids=["complete", "missing"])
@pytest.mark.parametrize("name", DATES)
def test_dates_become_what_a_calendar_says(name, missing):
    moments = MOMENTS.where(~(GONE & missing))
    table = make_frame(DATES[name](moments))
    schema = read_schema(table)
    assert schema.names == ("it (year)", "it (day of the year)", "it (weekday)", "it (hour)")
    year, day, weekday, hour = read_columns(table, schema)
    local = tell_local(name, moments)
    there = local.notna().to_numpy()
    assert np.array_equal(there, ~(GONE & missing))
    local = local[there]
    np.testing.assert_array_equal(np.floor(year[there]), local.dt.year)
    np.testing.assert_array_equal(day[there], local.dt.day_of_year)
    assert weekday[there].tolist() == local.dt.day_name().tolist()
    np.testing.assert_allclose(hour[there], local.dt.hour, atol=1e-12)
    assert np.isnan(year[~there]).all()
    assert set(weekday[~there]) <= {None}


def test_years_have_fractions_and_leap_days_a_place():
    dates = pd.Series(
        pd.to_datetime(["1600-02-29T00:00:00", "2023-07-02T12:00:00", "2399-12-31T23:59:59"])
    )
    year, day, *_ = read_columns(
        pd.DataFrame({"it": dates}), read_schema(pd.DataFrame({"it": dates}))
    )
    np.testing.assert_allclose(year, [1600 + 59 / 366, 2023.5, 2400], atol=1e-7)
    assert day.tolist() == [60, 183, 365]


FITTED = ["date objects", "Period", "zone", "polars Datetime", "Arrow timestamp"]


@pytest.mark.parametrize("name", FITTED)
def test_fit_predict_and_exports_agree_on_dates_with_missing_ones(name):
    table = make_frame(DATES[name](MOMENTS.where(~GONE)))
    local = tell_local(name, MOMENTS)
    y = np.sin(2 * np.pi * local.dt.day_of_year / 366) + (local.dt.day_of_week >= 5)
    y = np.where(GONE, 2.0, y)
    model = KANRegressor(cv=2, random_state=0).fit(table, y)
    assert model.score(table, y) > 0.98
    inputs = model.expand(table)
    source: dict = {}
    exec(model.to_python(), source)  # it is our own source
    some = inputs.iloc[:40].astype(object).where(inputs.iloc[:40].notna(), None)
    rows = [source["predict"](row) for row in some.to_dict("records")]
    np.testing.assert_allclose(np.ravel(rows), model.predict(table)[:40], atol=1e-9)
    network = model.to_kan()(model.encode(table))[:, 0].detach().numpy()
    np.testing.assert_allclose(network, model.predict(table), atol=1e-9)
    assert model.outside(table).shape == (ROWS, 1)


def test_the_view_of_the_documentation_makes_the_parts_in_sql():
    view = (Path(__file__).parents[2] / "docs/how-to/columns.md").read_text().split("```sql")[1]
    table = pd.DataFrame({"id": range(ROWS), "sold": MOMENTS.where(~GONE)})
    y = np.where(GONE, 3.0, np.sin(MOMENTS.dt.day_of_year / 60) + (MOMENTS.dt.day_of_week >= 5))
    model = KANRegressor(cv=2, random_state=0, exclude=["id"]).fit(table, y)
    database = duckdb.connect()
    database.register("sales", table)
    database.execute(view.split("```")[0])
    found = database.execute(model.to_sql("parts", keep=["id"])).df().sort_values("id")
    np.testing.assert_allclose(found["prediction"], model.predict(table), atol=1e-9)


def test_season_and_hour_end_as_they_began_and_are_found():
    local = MOMENTS.dt
    season, hour = 2 * np.pi * local.day_of_year / 366, 2 * np.pi * local.hour / 24
    truth = (np.sin(season) + 0.5 * np.cos(hour) + 0.1 * (local.year - 2020)).to_numpy()
    y = truth + 0.2 * RANDOM.normal(size=ROWS)
    table = pd.DataFrame({"when": MOMENTS})
    model = KANRegressor(random_state=0).fit(table, y)
    assert np.sqrt(np.mean((model.predict(table) - truth) ** 2)) < 0.07
    ends = pd.DataFrame({"when": pd.to_datetime(["2021-05-05T00:00:00", "2021-05-05T23:59:59"])})
    first, last = model.predict(ends)
    assert abs(first - last) < 1e-3
    assert {"when (day of the year)", "when (hour)"} <= set(
        model.explain_global().frame()["effect"]
    )
    assert "when (hour)" in model.explain_global().html()


def test_dates_of_less_than_a_year_and_a_half_have_a_trend_alone():
    table = pd.DataFrame({"when": pd.date_range("2021-01-01", periods=400)})
    model = KANRegressor(cv=2, random_state=0).fit(table, np.arange(400.0) ** 2)
    assert "when (day of the year)" not in set(model.explain_global().frame()["effect"])
    assert model.score(table, np.arange(400.0) ** 2) > 0.99


def test_constraints_of_dates_are_those_of_their_parts():
    table = pd.DataFrame({"when": MOMENTS, "x": RANDOM.normal(size=ROWS)})
    y = np.sin(np.arange(ROWS) / 50) + table["x"]
    model = KANRegressor(cv=2, random_state=0, monotonic_cst=[1, 0], exclude=["when (hour)"])
    model.fit(table, y)
    effects = model.explain_global()
    assert np.all(np.diff(effects["when (year)"].band.value) >= -1e-12)
    assert "when (hour)" not in set(effects.frame()["effect"])
    gone = KANRegressor(cv=2, random_state=0, exclude=["when"]).fit(table, y)
    assert set(gone.explain_global().frame()["effect"]) == {"x"}
    with pytest.raises(ValueError, match="goes round"):
        KANRegressor(monotonic_cst={"when (hour)": 1}).fit(table, y)


@pytest.mark.parametrize(
    ("fitted", "given", "message"),
    [
        ("datetime64[us]", lambda v: v.dt.tz_localize("UTC"), "expected dates without a time zone"),
        ("zone", lambda v: v, "expected dates in a time zone, such as America/New_York"),
        ("datetime64[us]", lambda v: v.astype(str), "expected dates, as in the fit, got levels"),
        ("datetime64[us]", lambda v: v - v[0], "expected dates, as in the fit, got durations"),
    ],
)
def test_another_kind_of_column_is_refused_by_name(fitted, given, message):
    schema = read_schema(make_frame(DATES[fitted](MOMENTS)))
    with pytest.raises(ValueError, match=f"column 'it' {message}"):
        read_columns(make_frame(given(MOMENTS)), schema)


def test_dates_where_there_were_numbers_or_names_are_refused():
    for column, word in ((np.arange(ROWS), "numbers"), (["a", "b"] * (ROWS // 2), "categories")):
        schema = read_schema(pd.DataFrame({"it": column}))
        with pytest.raises(ValueError, match=f"'it' expected {word}, as in the fit, got dates"):
            read_columns(pd.DataFrame({"it": MOMENTS}), schema)
    mixed = pd.DataFrame({"it": objects([MOMENTS[0], MOMENTS[1].tz_localize("UTC")])})
    with pytest.raises(ValueError, match="'it' holds dates with and without a time zone"):
        read_schema(mixed)


LENGTHS = pd.Series(pd.to_timedelta(HOURS, unit="h"))
DURATIONS = {
    "timedelta64": lambda v: v,
    "duration[pyarrow]": lambda v: v.astype(arrow(pa.duration("us"))),
    "objects": lambda v: objects([None if x is pd.NaT else x.to_pytimedelta() for x in v]),
    "numpy objects": lambda v: objects(
        [None if x is pd.NaT else np.timedelta64(x.to_pytimedelta()) for x in v]
    ),
    "polars": lambda v: pl.Series("it", v.to_numpy()),
    "Arrow": lambda v: pa.array(v),
}


@pytest.mark.parametrize("missing", [False, True], ids=["complete", "missing"])
@pytest.mark.parametrize("name", DURATIONS)
def test_durations_are_numbers_of_a_unit(name, missing):
    gone = GONE & missing
    table = make_frame(DURATIONS[name](LENGTHS.where(~gone)))
    schema = read_schema(table)
    assert schema.names == ("it (days)",)
    np.testing.assert_allclose(read_columns(table, schema)[0], np.where(gone, np.nan, HOURS / 24))
    short = make_frame(DURATIONS[name](LENGTHS.where(~gone) / 20_000))
    assert read_schema(short).names == ("it (minutes)",)


def test_times_of_day_are_hours():
    times = [datetime.time(k % 24, 30) if k % 5 else None for k in range(60)]
    for table in (
        pd.DataFrame({"it": objects(times)}),
        pl.DataFrame({"it": times}),
        pa.table({"it": pa.array(times)}),
    ):
        schema = read_schema(table)
        assert schema.names == ("it (hour)",)
        assert schema.cycles == {0: (0.0, 24.0)}
        expected = [k % 24 + 0.5 if k % 5 else np.nan for k in range(60)]
        np.testing.assert_allclose(read_columns(table, schema)[0], expected)


# Cycles.


def test_a_cyclic_curve_is_smooth_where_it_begins_again():
    x = RANDOM.uniform(0.5, 23, 400)
    curve = make_curve(0, x, np.ones(400), 12, cycle=(0.0, 24.0))
    ends = np.array([0.0, 24.0])
    step = 1e-3
    values, later, earlier = (
        curve.design([np.clip(ends + shift, 0, 24)]) for shift in (0.0, step, -step)
    )
    np.testing.assert_allclose(values[0], values[1], atol=1e-9)
    forward, backward = (later[0] - values[0]) / step, (values[1] - earlier[1]) / step
    np.testing.assert_allclose(forward, backward, atol=1e-2 * np.abs(forward).max())


def test_numbers_that_go_round():
    hour = np.arange(600) % 24
    table = pd.DataFrame({"hour": hour, "x": RANDOM.normal(size=600)})
    truth = np.cos(2 * np.pi * (hour - 3) / 24)
    y = truth + 0.3 * RANDOM.normal(size=600)
    model = KANRegressor(random_state=0, cyclic={"hour": (0, 24)}).fit(table, y)
    np.testing.assert_allclose(*model.predict(pd.DataFrame({"hour": [0, 24], "x": [0.0, 0.0]})))
    assert np.sqrt(np.mean((model.predict(table) - truth) ** 2)) < 0.08
    with pytest.raises(ValueError, match="'hour' expected numbers from 0 to 24"):
        model.predict(table.assign(hour=25))
    for cyclic in ({"hour": (24, 0)}, {"hour": 24}, ["hour"], {"day": (0, 7)}):
        with pytest.raises(ValueError, match="expected a"):
            KANRegressor(cyclic=cyclic).fit(table, y)


# Categories with an order.


def order(values, levels):
    return pd.Categorical(values, levels, ordered=True)


SIZES = ["XS", "S", "M", "L", "XL"]


def test_steps_of_ordered_levels_are_shrunk_and_levels_without_rows_lie_between():
    values = np.array(["XS"] * 40 + ["S"] * 30 + ["L"] * 50 + [None] * 10, dtype=object)
    term = make_levels(0, values, np.ones(130), SIZES)
    assert term.names == (*SIZES, None)
    assert term.ordered == 5
    coef = RANDOM.normal(size=(term.width, 1))
    weights = term.weights(coef)[:, 0]
    assert np.isclose(weights[2], (weights[1] + weights[3]) / 2)
    assert weights[4] == weights[3]
    rows = [np.array([*SIZES, None, "?"], dtype=object)]
    np.testing.assert_allclose(term.design(rows) @ coef, term.multiply(rows, term.weights(coef)))
    amounts = RANDOM.normal(size=(7, 2))
    np.testing.assert_allclose(term.gather(rows, amounts), term.design(rows).T @ amounts)
    np.testing.assert_allclose(term.design([values])[:120].mean(0)[:2], 0, atol=0.2)


def test_few_rows_borrow_from_neighbours():
    """With a steady rise and few rows a level, values that know the order are closer to it."""
    errors = []
    for seed in range(8):
        random = np.random.default_rng(seed)
        codes = random.integers(0, 12, 60)
        levels = [f"grade {k:02}" for k in range(12)]
        y = 0.3 * codes + random.normal(size=60)
        names = np.array(levels)[codes]
        every = pd.DataFrame({"it": order(levels, levels)})
        pair = []
        for given, held in (
            (pd.DataFrame({"it": order(names, levels)}), every),
            (pd.DataFrame({"it": names}), every.astype(str)),
        ):
            model = KANRegressor(cv=3, random_state=0).fit(given, y)
            pair.append(np.mean((model.predict(held) - 0.3 * np.arange(12)) ** 2))
        errors.append(pair)
    ordered, free = np.mean(errors, axis=0)
    assert ordered < 0.8 * free


@pytest.mark.parametrize(("unit", "hours"), [("h", True), ("D", False)])
def test_days_have_no_hour_on_pages(unit, hours):
    """Of dates without a time of day the hour isn't named among columns without an effect."""
    day = MOMENTS.dt.floor(unit)
    table = pd.DataFrame({"day": day, "x": np.linspace(-1, 1, ROWS)})
    model = KANRegressor(cv=2, random_state=0).fit(table, 3 * table["x"])
    explained = model.explain_global()
    named = {effect.name for effect in explained.effects["x"]} | {*explained.unused}
    assert ("day (hour)" in named) == hours
    assert "day (weekday)" in named


def test_ordered_levels_can_be_held_to_rise_and_are_exported(tmp_path):
    random = np.random.default_rng(1)
    codes = random.integers(0, 5, 300)
    y = np.array([0.0, 1.0, 0.8, 2.0, 2.1])[codes] + 0.1 * random.normal(size=300)
    table = pd.DataFrame(
        {"size": order(np.array(SIZES)[codes], SIZES), "x": random.normal(size=300)}
    )
    model = KANRegressor(cv=2, random_state=0, monotonic_cst={"size": 1}).fit(table, y)
    effect = model.explain_global()["size"]
    assert list(effect.levels) == SIZES
    assert np.all(np.diff(effect.band.value) >= 0)
    free = KANRegressor(cv=2, random_state=0).fit(table, y).explain_global()["size"]
    assert free.band.value[2] < free.band.value[1]
    source: dict = {}
    exec(model.to_python(), source)
    rows = [source["predict"](row) for row in table.astype({"size": str}).to_dict("records")]
    np.testing.assert_allclose(np.ravel(rows), model.predict(table), atol=1e-9)
    network = model.to_kan()(model.encode(table))[:, 0].detach().numpy()
    np.testing.assert_allclose(network, model.predict(table), atol=1e-9)
    with pytest.raises(ValueError, match="monotonic_cst"):
        model.edit("size", "replace", values={"XL": -9.0})
    ew.save(model, tmp_path / "model.safetensors")
    again = ew.load(tmp_path / "model.safetensors")
    np.testing.assert_array_equal(again.predict(table), model.predict(table))
    assert again.schema_ == model.schema_


@pytest.mark.parametrize("make", [KANClassifier, KANSurvival])
def test_classes_and_survival_take_dates_and_orders(make, tmp_path):
    table = pd.DataFrame(
        {"when": MOMENTS, "size": order(np.array(SIZES)[np.arange(ROWS) % 5], SIZES)}
    )
    late = (MOMENTS.dt.day_of_week >= 5).to_numpy()
    lives = np.array(
        list(zip(np.ones(ROWS, bool), np.arange(1, ROWS + 1) - 0.5 * late, strict=True)), "?,f8"
    )
    model = make(cv=2, random_state=0).fit(table, late if make is KANClassifier else lives)
    ew.save(model, tmp_path / "model.safetensors")
    again = ew.load(tmp_path / "model.safetensors")
    np.testing.assert_array_equal(again.predict(table), model.predict(table))


def test_seasons_are_told_by_months():
    assert [text for _, text in choose_month_ticks(1, 366)] == ["Jan", "Apr", "Jul", "Oct"]
    assert choose_month_ticks(40, 100) == [(60.0, "Mar"), (91.0, "Apr")]
    told = [write_value("x (day of the year)", day) for day in (1, 59, 60, 366)]
    assert told == ["1 Jan", "28 Feb", "1 Mar", "31 Dec"]


def test_hours_are_told_as_times():
    hours = (0.0, 9.0, 16.35, 18.5, 23.999, 24.0)
    told = [write_value("x (hour)", hour) for hour in hours]
    assert told == ["0:00", "9:00", "16:21", "18:30", "24:00", "24:00"]
    assert write_value("x (hour)", 30.5) == "30.5"
    assert write_value("x (hour) × y (hour)", 18.5) == "18.5"
    when = pd.date_range("2024-01-01", periods=600, freq="7h23min")
    y = np.sin(2 * np.pi * when.hour / 24) + when.minute / 60
    model = KANRegressor(cv=2, random_state=0).fit(pd.DataFrame({"when": when}), y)
    page = model.explain_global().html()
    assert ">10:00<" in page
    assert not re.search(r"\d at \d+\.\d", page)


def test_many_ordered_levels_are_told_in_their_order():
    """That of the categories, not that of the effects."""
    levels = [f"level {k}" for k in np.random.default_rng(0).permutation(40)]
    codes = np.arange(400) % 40
    table = pd.DataFrame({"it": order(np.array(levels)[codes], levels)})
    effect = KANRegressor(cv=2, random_state=0).fit(table, np.sin(codes)).explain_global()["it"]
    assert list(effect.levels) == levels
