"""Written estimators answer hostile rows as they do themselves, in every language and database."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from functools import cache
from importlib.util import find_spec

import numpy as np
import pandas as pd
import pytest
from hostile_models import FIRST_KINDS, KINDS, draw_estimator, has_interval, is_refused, predict
from other_languages import (
    FLAGS,
    call_c,
    check,
    compile_c,
    compilers,
    run_c,
    run_javascript,
    run_onnx,
    run_python,
    run_sql,
)
from sql_engines import has_nan

import edgewise as ew
from edgewise.export import to_onnx
from repeats import TIMES, seeds

# Hostile rows have levels in other spellings, of which predict warns; here answers are compared.
pytestmark = pytest.mark.filterwarnings("ignore:column [\\s\\S]*has the level")
SEEDS = seeds(len(FIRST_KINDS if TIMES == 1 else KINDS))


@pytest.fixture(scope="module", params=SEEDS, ids=[f"{KINDS[s % len(KINDS)]}-{s}" for s in SEEDS])
def seed(request):
    return request.param


draw = cache(draw_estimator)


@pytest.fixture(scope="module")
def served(seed):
    """An estimator of every kind, and rows."""
    return draw(seed)


def test_sql(served, engine):
    model, rows = served
    check(model, rows, run_sql(model, rows, engine, has_nan(engine)))


def test_python(served):
    check(*served, run_python(*served))


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_javascript(served, tmp_path):
    check(*served, run_javascript(*served, tmp_path))


def check_programs(model, rows, folder):
    """A written estimator answers as it does itself, wherever no database is asked."""
    check(model, rows, run_python(model, rows))
    if compilers():
        check(model, rows, run_c(model, rows, folder, compilers()[0]))
    if shutil.which("node"):
        check(model, rows, run_javascript(model, rows, folder))


TRUTHS = {
    "bool": bool,
    "int": int,
    "float": float,
    "text": str,
    "JSON": lambda value: str(value).lower(),
}


@pytest.fixture(scope="module")
def with_truths():
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.normal(size=(120, 1)), columns=["dose"])
    frame["smokes"] = random.uniform(size=120) < 0.5
    frame["ill"] = random.uniform(size=120) < 0.5
    y = frame["dose"] + 2.0 * frame["smokes"] * (1 + frame["ill"])
    return ew.KANRegressor(cv=2, random_state=0).fit(frame, y), frame


def write_truths(frame, write):
    rows = frame.copy()
    for name in ("smokes", "ill"):
        values = [TRUTHS[write](value) for value in frame[name].tolist()]
        rows[name] = pd.Series(values, dtype=None if write != "JSON" else object)
    return rows


@pytest.mark.parametrize("write", TRUTHS)
def test_databases_read_truth_values_as_they_write_them(with_truths, write, engine):
    model, frame = with_truths
    rows = write_truths(frame, write)
    check(model, rows, run_sql(model, rows, engine, has_nan(engine)))


@pytest.mark.parametrize("write", TRUTHS)
def test_truth_values_as_databases_and_json_write_them(with_truths, write, tmp_path):
    model, frame = with_truths
    assert "smokes × ill" in model._program().effects
    rows = write_truths(frame, write)
    np.testing.assert_array_equal(model.predict(rows), model.predict(frame))
    assert not model.outside(rows).any()
    check_programs(model, rows, tmp_path)


def test_texts_and_numbers_are_no_truth_values():
    x = pd.DataFrame({"a": ["True", "1", "true"] * 20})
    y = x["a"].map({"True": 0.0, "1": 1.0, "true": 2.0})
    model = ew.KANRegressor(cv=2, random_state=0).fit(x, y)
    assert len(set(np.round(model.predict(x), 3))) == 3


WHOLES = {
    "float": float,
    "float as text": lambda text: str(float(text)),
    "int": int,
    "Decimal": lambda text: Decimal(text).quantize(Decimal("1.00")),
}


@pytest.fixture(scope="module")
def with_wholes():
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"shop": random.choice(["1", "2", "10", "-3", "0"], 300)})
    frame["rain"] = random.choice(["yes", "no"], 300)
    y = np.sin(2.0 * frame["shop"].astype(int)) * (1 + (frame["rain"] == "yes"))
    return ew.KANRegressor(cv=2, random_state=0).fit(frame, y), frame


def write_wholes(frame, write):
    return frame.assign(shop=pd.Series([WHOLES[write](text) for text in frame["shop"]]))


@pytest.mark.parametrize("write", ["float", "float as text", "int"])
def test_databases_read_texts_that_are_whole_numbers(with_wholes, write, engine):
    """A Decimal is none: no database has it as a text of its own."""
    model, frame = with_wholes
    rows = write_wholes(frame, write)
    check(model, rows, run_sql(model, rows, engine, has_nan(engine)))


@pytest.mark.parametrize("write", WHOLES)
def test_texts_that_are_whole_numbers_may_come_as_numbers(with_wholes, write, tmp_path):
    model, frame = with_wholes
    assert "shop × rain" in model._program().effects
    rows = write_wholes(frame, write)
    np.testing.assert_array_equal(model.predict(rows), model.predict(frame))
    assert not model.outside(rows).any()
    if write != "Decimal":
        check_programs(model, rows, tmp_path)


def test_versions_are_levels_of_their_own():
    x = pd.DataFrame({"version": ["1", "1.0", "2", "2.0"] * 20})
    model = ew.KANRegressor(categorical_features=["version"], cv=2, random_state=0).fit(
        x, np.arange(80) % 4
    )
    np.testing.assert_allclose(model.predict(x[:4]), np.arange(4), atol=0.01)


@pytest.fixture(scope="module")
def with_jumps():
    random = np.random.default_rng(0)
    frame = pd.DataFrame(random.uniform(18, 90, (600, 2)), columns=["age", "seniority"])
    frame.loc[::11, "age"] = np.nan
    y = 3.0 * (frame["age"] >= 25) + 2.0 * (frame["age"] >= 65) + np.sin(frame["seniority"] / 9)
    model = ew.KANRegressor(cv=2, random_state=0).fit(frame, y + 0.1 * random.normal(size=600))
    edges = np.sort(frame["age"].dropna())
    ages = [*edges[:3], *((edges[1:] + edges[:-1]) / 2)[::25], -10.0, 200.0, np.nan]
    return model, pd.DataFrame({"age": ages, "seniority": 50.0})


def test_jumps_in_every_database(with_jumps, engine):
    model, rows = with_jumps
    check(model, rows, run_sql(model, rows, engine, has_nan(engine)))


def test_jumps_in_every_language(with_jumps, tmp_path):
    model, rows = with_jumps
    ages = [reading for reading in model._program().readings() if reading.column == 0]
    assert len(ages) == 2  # a smooth curve, and its jumps
    check_programs(model, rows, tmp_path)
    if find_spec("onnxruntime"):
        check(model, rows, run_onnx(model, rows))


def test_a_code_that_is_no_whole_number_is_missing_in_sql(engine):
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"code": random.integers(0, 40, 800).astype(float)})
    frame.loc[::5, "code"] = np.nan
    effects = random.normal(size=41)
    y = effects[frame["code"].fillna(40).astype(int)]
    model = ew.KANRegressor(cv=2, random_state=0).fit(frame, y)
    assert any(getattr(r, "numbers", False) for r in model._program().readings())
    rows = pd.DataFrame({"code": [3.0, 3.5, 4.0, np.nan, -0.5, 99.0]})
    known, between, _, missing, below, _ = model.predict(rows)
    assert len({known, between, missing, below}) == 4
    check(model, rows, run_sql(model, rows, engine, has_nan(engine)))


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_javascript_says_what_it_refuses(tmp_path):
    x = np.random.default_rng(0).normal(size=(60, 2))
    frame = pd.DataFrame(x, columns=["age", "dose"])
    model = ew.KANRegressor(cv=2, random_state=0).fit(frame, x[:, 0] - x[:, 1])
    (tmp_path / "model.js").write_text(model.to_javascript(name="model"))
    code = """const f = require("./model.js"), told = (row) => {
            try { return f(row); } catch (error) { return `${error.name}: ${error.message}`; }
        };
        const rows = [{age: 0, dose: " "}, {age: "old", dose: 0}, {age: 1e999, dose: 0}, {age: 0}];
        console.log(JSON.stringify(rows.map(told)))"""
    ran = subprocess.run(["node", "-e", code], cwd=tmp_path, capture_output=True, timeout=60)
    largest = "4.49423283715579e+307"  # a quarter of the largest number
    assert json.loads(ran.stdout) == [
        "TypeError: expected a number as dose, got  ",
        "TypeError: expected a number as age, got old",
        f"RangeError: expected age from -{largest} to {largest}, got Infinity",
        "RangeError: expected a row with a column dose",
    ]


@pytest.mark.skipif(not compilers(), reason="needs a compiler of C")
def test_c(served, seed, tmp_path):
    """Compilers and flags take turns; test_c_of_hostile_rows tries every pair of them."""
    flags = list(FLAGS)[seed % len(FLAGS)]
    compiler = compilers()[seed // len(FLAGS) % len(compilers())]
    check(*served, run_c(*served, tmp_path, compiler, flags))


@pytest.mark.skipif(not compilers(), reason="needs a compiler of C")
def test_a_code_that_is_no_whole_number_is_missing_in_c(tmp_path):
    random = np.random.default_rng(0)
    code = random.choice([None, "a", "b", "c"], 200)
    y = np.select([code == "a", code == "b", code == "c"], [1.0, 2.0, 3.0], 9.0)
    model = ew.KANRegressor(cv=2, random_state=0).fit(pd.DataFrame({"code": code}), y)
    library = compile_c(model.to_c(), tmp_path, compilers()[0])
    rows = np.array([[1.0], [1.5], [2.0], [np.nan], [9.0]])
    _, (known, between, other, missing, unseen) = call_c(library.model, rows, 1)
    assert len({float(v[0]) for v in (known, other, missing, unseen)}) == 4
    assert between == missing
    assert missing == pytest.approx(model.predict(pd.DataFrame({"code": [None]})), rel=1e-9)


def test_onnx(served):
    pytest.importorskip("onnxruntime", reason="needs edgewise[onnx]")
    check(*served, run_onnx(*served))


def test_what_is_refused_is_what_predict_refuses(served):
    model, rows = served
    refused = is_refused(model, rows)
    predict(model, rows[~refused])
    for row in np.flatnonzero(refused)[:20]:
        with pytest.raises(ValueError, match="expected"):
            predict(model, rows.iloc[[row]])


def test_intervals_that_predict_refuses_are_not_written(served):
    model, _ = served
    if has_interval(model):
        return
    writers = [model.to_c, model.to_javascript, model.to_python, model.to_sql]
    for write in (*writers, lambda **settings: to_onnx(model, **settings)):
        with pytest.raises(ValueError, match="expected"):
            write(coverage=0.9)


def test_models_cover_what_is_written():
    kinds, readings = set(), set()
    for seed in SEEDS:
        program = draw(seed)[0]._program()
        kinds |= {len(term.readings) for term in program.stages[0].terms}
        readings |= {type(r).__name__ for r in program.stages[0].readings()}
        readings |= {"asinh" for r in program.stages[0].readings() if getattr(r, "tame", False)}
    assert kinds == {1, 2}
    assert readings == {"Number", "Names", "asinh"}
    assert np.isfinite(SEEDS).all()
