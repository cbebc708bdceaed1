"""A query means the same in every database, whatever tables and columns are called and hold."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from edgewise.piecewise.source_sql import LEAST_EFFECT
from edgewise.sklearn import KANRegressor

SETTINGS = {"cv": 2, "random_state": 0, "interaction_cst": "no_interactions"}


@pytest.fixture(scope="module")
def patients():
    """A table, and a model of it."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {"bmi": random.normal(size=200), "sex": random.choice(["a", "A", "b"], 200)}
    )
    y = np.sin(frame["bmi"]) + 3 * (frame["sex"] == "A") + 0.01 * random.normal(size=200)
    return frame, KANRegressor(**SETTINGS).fit(frame, y)


def load(engine, table, frame, types, **more):
    columns = {name: frame[name].tolist() for name in frame} | more
    engine.load(table, {"id": list(range(len(frame))), **columns}, {"id": "INTEGER", **types})


def ask(engine, model, table="t", keep=()):
    query = model.to_sql(table, keep=["id", *keep])
    return np.array([row[-1] for row in sorted(engine.ask(query))], dtype=float)


TYPES = {"bmi": "DOUBLE PRECISION", "sex": "TEXT"}


def test_a_column_that_is_not_there_is_an_error(patients, engine):
    """In double quotes SQLite would read its name as a text."""
    frame, model = patients
    load(engine, "t", frame.rename(columns={"bmi": "other"}), {"other": TYPES["bmi"], **TYPES})
    with pytest.raises(Exception, match="bmi"):
        ask(engine, model)


@pytest.mark.parametrize(
    "column",
    ["edgewise_h0_0", "EDGEWISE_x0", "edgewise_known", "edgewise_kind0", "edgewise_row", "step0"],
)
def test_columns_that_are_called_as_those_of_the_query(patients, engine, column):
    frame, model = patients
    frame = frame.head(20)
    load(engine, "t", frame, {**TYPES, column: "INTEGER"}, **{column: [123] * 20})
    for keep in ((), (column,)):
        np.testing.assert_allclose(ask(engine, model, keep=keep), model.predict(frame), rtol=1e-9)


@pytest.mark.parametrize(
    "table", ["edgewise_step0", "edgewise_row", 'x"; drop table y; --', "a.b", "EDGEWISE_STEP1"]
)
def test_tables_of_every_name(patients, engine, table):
    frame, model = patients
    frame = frame.head(20)
    load(engine, table, frame, TYPES)
    np.testing.assert_allclose(ask(engine, model, table), model.predict(frame), rtol=1e-9)


NUMBERS = ["SMALLINT", "BIGINT", "DECIMAL(18, 3)", "DECIMAL(38, 10)", "REAL"]


@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_of_every_type(engine, kind):
    random = np.random.default_rng(1)
    frame = pd.DataFrame({"k": random.integers(0, 50, 200), "v": random.integers(0, 9, 200)})
    model = KANRegressor(**SETTINGS).fit(frame, np.sin(frame["k"] / 7) + frame["v"] % 3)
    load(engine, "t", frame, {"k": kind, "v": kind})
    np.testing.assert_allclose(ask(engine, model), model.predict(frame), rtol=1e-9, atol=1e-9)


def test_a_collation_merges_no_levels(patients, request):
    frame, model = patients
    frame = frame.head(20)
    for name in ("sqlite", "duckdb"):
        from sql_engines import open_engine

        try:
            engine = open_engine(name, request)
        except pytest.skip.Exception:
            continue
        load(engine, "t", frame, {**TYPES, "sex": "VARCHAR COLLATE NOCASE"})
        np.testing.assert_allclose(ask(engine, model), model.predict(frame), rtol=1e-9)
        engine.close()


def test_postgresql_refuses_collations_that_merge_levels(patients, postgres_server):
    if postgres_server is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    from sql_engines import Postgres

    frame, model = patients
    engine = Postgres(postgres_server)
    try:
        engine.run(
            "CREATE COLLATION merged (provider=icu, locale='und-u-ks-level2', deterministic=false)"
        )
    except RuntimeError:
        pytest.skip("needs PostgreSQL with ICU")
    load(engine, "t", frame.head(20), {**TYPES, "sex": "TEXT COLLATE merged"})
    with pytest.raises(RuntimeError, match="collation"):
        ask(engine, model)


def test_a_text_among_numbers_has_no_answer_in_sqlite(patients, request):
    """Of its column's type SQLite makes a wish; a text that is a number is read as one."""
    from sql_engines import open_engine

    frame, model = patients
    frame = frame.head(3)
    for kind in ("DOUBLE PRECISION", "TEXT", "INTEGER", ""):
        engine = open_engine("sqlite", request)
        texts = [str(float(frame["bmi"][0])), "about 3", ""]
        load(engine, "t", frame.assign(bmi=texts), {**TYPES, "bmi": kind})
        answers = ask(engine, model)
        engine.close()
        assert np.isnan(answers[1:]).all()
        assert kind == "" or abs(answers[0] - model.predict(frame)[0]) < 1e-9


def test_levels_that_are_numbers_are_compared_as_numbers(engine):
    levels = np.array([0.5, 1e-5, 3.0, 1e20, 0.3, 0.1 + 0.2, -0.0, 123456789.0])
    frame = pd.DataFrame({"size": np.tile(levels, 20)})
    y = np.sin(3.0 * np.tile(np.arange(8), 20))
    model = KANRegressor(categorical_features=["size"], **SETTINGS).fit(frame, y)
    rows = pd.DataFrame({"size": [*levels, 4.0, np.inf, np.nextafter(0.3, 1)]})
    load(engine, "t", rows, {"size": "DOUBLE PRECISION"})
    # One of the sums of effects of size 1 is 3e-10, all but their rounding.
    np.testing.assert_allclose(ask(engine, model), model.predict(rows), rtol=1e-9, atol=1e-15)
    texts = KANRegressor(categorical_features=["size"], **SETTINGS).fit(frame.astype(str), y)
    rows = pd.DataFrame({"size": ["0.5", "0.50", "1e20", "1e+20", "3", "3.0"]})
    engine.run("DROP TABLE t")
    load(engine, "t", rows, {"size": "TEXT"})
    with pytest.warns(UserWarning, match=r"has the level '0\.50', which the fit didn't have"):
        expected = texts.predict(rows)
    np.testing.assert_allclose(ask(engine, texts), expected, rtol=1e-9, atol=1e-15)


def test_what_cannot_be_told_is_refused(patients):
    frame, model = patients
    with pytest.raises(ValueError, match=r"aren't called as a result, got 'prediction'"):
        model.to_sql(keep=["Prediction"])
    small = KANRegressor(**SETTINGS).fit(frame, np.sin(frame["bmi"]) * LEAST_EFFECT / 10)
    with pytest.raises(ValueError, match=r"effects of a size above 1e-100, got .*: Postgre"):
        small.to_sql()
    large = [2**53, 2**53 + 1, 5, 6]
    frame = pd.DataFrame({"id": pd.Series(large * 20)})
    model = KANRegressor(categorical_features=["id"], **SETTINGS).fit(frame, np.arange(80.0) % 4)
    with pytest.raises(ValueError, match=r"levels that float64 tells apart .* make them texts"):
        model.to_sql()


def test_many_levels_and_columns(engine):
    """Of 700 effects a sum of one after another would be too deep for SQLite."""
    random = np.random.default_rng(2)
    frame = pd.DataFrame({"level": [f"level {k % 600}" for k in range(1200)]})
    y = random.normal(size=600)[np.arange(1200) % 600] + 0.01 * random.normal(size=1200)
    model = KANRegressor(**SETTINGS).fit(frame, y)
    load(engine, "t", frame.head(50), {"level": "TEXT"})
    np.testing.assert_allclose(ask(engine, model), model.predict(frame.head(50)), rtol=1e-9)
