"""Models in other languages predict what they do here: Python alone, SQL, sympy."""

import ctypes
import json
import shutil
import sqlite3
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import sympy

from edgewise.additive.columns import read_columns
from edgewise.piecewise.additive_program import cut_model
from edgewise.piecewise.program import Term
from edgewise.sklearn import KANClassifier, KANRegressor

ROWS = 10_000
HOSTILE = {
    "a": "x; DROP TABLE data; --",
    "tail": 'it\'s "quoted"',
    "code": "edgewise_k0",
    "level": "naïve\nname {0} %s \\",
    "few": "SELECT",
    "flag": " ",
}
LEVELS = ["plain", "it's", 'say "hi"', "'); DROP TABLE data; --", "ünï\tcode\n", "3", "{scales}"]


def draw_table(rows, seed=0):
    """Numbers, heavy tails, whole numbers that are names, levels, truth values, missing values."""
    random = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "a": random.normal(size=rows),
            "tail": random.standard_cauchy(rows) ** 3,
            "code": random.integers(0, 12, rows),
            "level": random.choice(LEVELS, rows),
            "few": random.integers(0, 3, rows).astype(float),
            "flag": random.choice([True, False], rows),
        }
    )
    frame.loc[random.uniform(size=rows) < 0.1, "a"] = np.nan
    frame.loc[random.uniform(size=rows) < 0.1, "level"] = None
    return frame


def draw_target(frame):
    random = np.random.default_rng(1)
    y = np.nan_to_num(frame["a"]) * (frame["level"] == "plain") + np.sin(77.0 * frame["code"])
    y = y + frame["few"] * np.arcsinh(frame["tail"]) / 3 + 2 * (frame["level"] == "it's")
    y = y + frame["flag"] * (frame["level"] == "3")
    return y + 0.1 * random.normal(size=len(frame))


def draw_new(seed=5):
    """Rows further out than any that was fitted, with levels that weren't there."""
    frame = draw_table(ROWS, seed)
    random = np.random.default_rng(seed)
    frame["a"] = 3 * frame["a"]
    frame.loc[random.uniform(size=ROWS) < 0.1, "level"] = "unseen"
    frame.loc[random.uniform(size=ROWS) < 0.1, "code"] = 99
    frame.loc[random.uniform(size=ROWS) < 0.1, "few"] = 0.5
    frame.loc[random.uniform(size=ROWS) < 0.01, "tail"] = 1e200
    frame.loc[random.uniform(size=ROWS) < 0.01, "tail"] = -1e200
    return frame.rename(columns=HOSTILE)


def fit_kind(kind):
    frame = draw_table(500)
    y, frame = draw_target(frame), frame.rename(columns=HOSTILE)
    settings = {"cv": 2, "random_state": 0}
    if kind == "numbers":
        return KANRegressor(**settings).fit(frame, 1e3 * y + 5e3)
    if kind == "bounded":
        return KANRegressor(bounds=(-1, None), **settings).fit(frame, y)
    if kind == "targets":
        return KANRegressor(**settings).fit(frame, np.stack([y, np.exp(y / 3)], 1))
    if kind == "multiplied":
        positive = np.exp(frame[HOSTILE["a"]].fillna(0) + (frame[HOSTILE["level"]] == "it's"))
        return KANRegressor(**settings).fit(frame, positive)
    if kind == "two classes":
        return KANClassifier(**settings).fit(frame, np.where(y > 0.5, "yes, it's", "no"))
    return KANClassifier(**settings).fit(frame, np.digitize(y, [-0.5, 1]))


KINDS = ["numbers", "bounded", "targets", "multiplied", "two classes", "three classes"]


@pytest.fixture(scope="module", params=KINDS)
def model(request):
    return fit_kind(request.param)


def test_the_models_have_what_is_to_be_tested():
    terms = fit_kind("numbers").models_[0].terms
    kinds = {type(t).__name__ for t in terms}
    assert kinds == {"Curve", "Levels", "Missing", "Surface"}
    sides = {frozenset(type(s).__name__ for s in t.sides) for t in terms if len(t.columns) == 2}
    assert frozenset({"Curve", "Levels"}) in sides
    assert frozenset({"Curve"}) in sides
    assert any(getattr(t, "tame", False) for t in terms)
    assert fit_kind("multiplied").models_[0].link.name == "log"


def assert_same(model, rows, got):
    """Predictions as a list a row; of classes the likeliest and all shares."""
    if isinstance(model, KANRegressor):
        expected = model.predict(rows).reshape(len(rows), -1)
        got = np.array(got, dtype=float)
        assert np.all(np.abs(got - expected) <= 1e-9 * (1 + np.abs(expected)))
        return
    assert [row[0] for row in got] == model.predict(rows).tolist()
    shares = np.array([row[1:] for row in got], dtype=float)
    assert np.abs(shares - model.predict_proba(rows)).max() < 1e-9


def test_pieces_have_the_same_sum(model):
    rows = draw_new()
    columns = read_columns(rows, model.schema_)
    for one in getattr(model, "models_", None) or [model.model_]:
        total, effects = one.coef[0] + np.zeros((len(rows), 1)), one.effects(columns)
        for readings, table, offset in cut_model(one, model.schema_.categorical):
            places = [reading.locate(columns[reading.column]) for reading in readings]
            total = total + Term(readings, table, 1).evaluate(places) + offset
        assert np.all(np.abs(total - effects) <= 1e-11 * (1 + abs(effects)))


RUNNER = """
import json, sys
space = {}
exec(compile(open(sys.argv[1], encoding="utf-8").read(), "model", "exec"), space)
loaded = [name for name in sys.modules if name.split(".")[0] in ("numpy", "edgewise", "torch")]
assert not loaded, loaded
for line in open(sys.argv[2], encoding="utf-8"):
    row = json.loads(line)
    value = space["predict"](row)
    if "predict_proba" in space:
        value = [value, *space["predict_proba"](row)]
    print(json.dumps(value if isinstance(value, list) else [value]))
"""


def test_python_alone(model, tmp_path):
    rows = draw_new()
    (tmp_path / "model.py").write_text(model.to_python(), encoding="utf-8")
    with open(tmp_path / "rows.jsonl", "w", encoding="utf-8") as file:
        for row in rows.to_dict("records"):
            file.write(json.dumps(row) + "\n")
    command = [sys.executable, "-I", "-S", "-c", RUNNER]
    done = subprocess.run(
        [*command, str(tmp_path / "model.py"), str(tmp_path / "rows.jsonl")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert_same(model, rows, [json.loads(line) for line in done.stdout.splitlines()])


def query(rows, sql):
    """The result of a query on a table "my data" with a column id."""
    connection = sqlite3.connect(":memory:")
    connection.create_function("LN", 1, lambda x: None if x is None else np.log(x))
    connection.create_function("SQRT", 1, lambda x: None if x is None else np.sqrt(x))
    connection.create_function("EXP", 1, lambda x: None if x is None else np.exp(x))
    rows.assign(id=range(len(rows))).to_sql("my data", connection, index=False)
    found = connection.execute(sql).fetchall()
    assert connection.execute('SELECT COUNT(*) FROM "my data"').fetchone() == (len(rows),)
    return [row[1:] for row in sorted(found)]


def test_sql(model):
    rows = draw_new()
    assert_same(model, rows, query(rows, model.to_sql("my data", keep=["id"])))


def compile_c(source, folder):
    """The library of a source, and its table of floats or doubles for rows of a frame."""
    (folder / "model.c").write_text(source)
    flags = ["-std=c99", "-O1", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fPIC", "-shared"]
    command = ["gcc", *flags, "-o", folder / "model.so", folder / "model.c", "-lm"]
    subprocess.run(command, check=True, timeout=120)
    library = ctypes.CDLL(str(folder / "model.so"))
    if "model_level(" in source:
        library.model_level.restype = ctypes.c_double
        library.model_level.argtypes = ctypes.c_int, ctypes.c_char_p
    return library


def call_c(function, x, answers):
    """The function's own value and what it writes, for each row of x."""
    written = np.zeros((len(x), answers))
    values = [
        function(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
        for a, b in zip(x, written, strict=True)
    ]
    return values, written


def as_doubles(library, model, rows):
    """The columns of a table as the C function takes them."""
    x = np.zeros((len(rows), rows.shape[1]))
    for k, column in enumerate(read_columns(rows, model.schema_)):
        if model.schema_.categorical[k]:
            texts = [None if v is None else v.encode() for v in column]
            column = [library.model_level(k, text) for text in texts]
        x[:, k] = column
    return x


def assert_parts(model, rows, parts, names):
    """Contributions are those of the explanation, and add up to the argument of the link."""
    told = model.explain_local(rows)
    assert names == ["(base)", *told.names]
    outputs = getattr(model, "models_", None) or [model.model_]
    shifts = getattr(model, "_shift", [0.0]), getattr(model, "_scale", [1.0])
    scaled = [
        (shift, scale) if one.link.name == "identity" else (0.0, 1.0)
        for one, shift, scale in zip(outputs, *shifts, strict=True)
    ]
    columns = read_columns(rows, model.schema_)
    sums = [s + f * one.effects(columns) for one, (s, f) in zip(outputs, scaled, strict=True)]
    sums = np.concatenate(sums, 1)
    assert parts.shape == (len(rows), len(names), sums.shape[1])
    assert np.all(np.abs(parts.sum(1) - sums) <= 1e-9 * (1 + np.abs(sums)))
    expected = np.stack([u.read(told.parts[..., k]) for k, u in enumerate(told.units)], 2)
    assert np.all(np.abs(parts[:, 1:] - expected) <= 1e-9 * (1 + np.abs(expected)))


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_c(model, tmp_path):
    rows = draw_new()
    library = compile_c(model.to_c(), tmp_path)
    classes = getattr(model, "classes_", [])
    count = len(classes) or len(model.models_)
    values, written = call_c(library.model, as_doubles(library, model, rows), count)
    if len(classes):
        written = [[classes[v], *w] for v, w in zip(values, written, strict=True)]
    assert_same(model, rows, written)


def run_javascript(source, rows, folder):
    """Answers, with the shares of classes; contributions of some rows, and their names."""
    (folder / "model.js").write_text(source, encoding="utf-8")
    text = json.dumps(rows.astype(object).where(rows.notna(), None).to_dict("records"))
    (folder / "rows.json").write_text(text)
    code = (
        'const f = require("./model.js"), rows = require("./rows.json");'
        "const shares = f.shares || (() => []), few = rows.slice(0, 300);"
        "const answers = rows.map((row) => [].concat(f(row), shares(row)));"
        "console.log(JSON.stringify([answers, few.map(f.contributions), f.effects]))"
    )
    ran = subprocess.run(
        ["node", "-e", code], cwd=folder, capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(ran.stdout)


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
def test_javascript(model, tmp_path):
    rows = draw_new()
    answers, parts, effects = run_javascript(
        model.to_javascript(contributions=True), rows, tmp_path
    )
    assert_same(model, rows, answers)
    assert_parts(model, rows.head(300), np.array(parts), effects)


def test_odd_columns_in_every_language(tmp_path):
    """One number or none; levels that are called like what is missing, or are numbers, truths."""
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "one": np.where(random.random(120) < 0.4, np.nan, 3.0),
            "toString": random.choice(["x", None, "<NA>"], 120),
            "size": random.choice([0.5, 1e-5, 3.0, 1e20], 120),
            "flag": random.choice([True, False], 120),
        }
    )
    y = frame["one"].isna() + 2.0 * (frame["toString"] == "x") + (frame["size"] == 1e-5)
    settings = {"cv": 2, "random_state": 0, "categorical_features": ["size"]}
    model = KANRegressor(**settings).fit(frame, y + frame["flag"])
    space = {}
    exec(model.to_python(contributions=True), space)
    rows = frame.to_dict("records")
    assert_same(model, frame, [[space["predict"](row)] for row in rows])
    parts = np.array([space["contributions"](row) for row in rows])
    assert_parts(model, frame, parts, space["EFFECTS"])
    names = {0.5: "0.5", 1e-5: "1e-05", 3.0: "3.0", 1e20: "100000000000000000000"}
    written = frame.assign(size=frame["size"].map(names))
    assert_same(model, frame, query(written, model.to_sql("my data", keep=["id"])))
    if shutil.which("gcc"):
        library = compile_c(model.to_c(), tmp_path)
        _, written = call_c(library.model, as_doubles(library, model, frame), 1)
        assert_same(model, frame, written)
        assert library.model_level(1, b"new") == -1
        assert np.isnan([library.model_level(1, text) for text in (None, b"<NA>")]).all()
    if shutil.which("node"):
        answers, _, _ = run_javascript(model.to_javascript(contributions=True), frame, tmp_path)
        assert_same(model, frame, answers)
    with pytest.raises(KeyError):
        space["predict"]({"one": 3.0})
    nothing = KANRegressor(exclude=list(frame), cv=2).fit(frame, y)
    exec(nothing.to_python(contributions=True), space)
    assert np.isclose(space["predict"](rows[0]), nothing.predict(frame)[0], rtol=1e-12)
    assert space["EFFECTS"] == ["(base)"]
    if shutil.which("gcc"):
        (folder := tmp_path / "nothing").mkdir()  # of the same path no library is loaded twice
        _, written = call_c(compile_c(nothing.to_c(), folder).model, np.zeros((2, 4)), 1)
        assert_same(nothing, frame.head(2), written)
    assert_same(nothing, frame, query(frame, nothing.to_sql("my data", keep=["id"])))


def test_contributions_of_python_sql_and_c(model, tmp_path):
    rows = draw_new().head(300)
    space = {}
    exec(model.to_python(contributions=True), space)
    python = np.array([space["contributions"](row) for row in rows.to_dict("records")])
    assert_parts(model, rows, python, space["EFFECTS"])
    sql = model.to_sql("my data", keep=["id"], contributions=True)
    found = np.array(query(rows, sql), dtype=object)
    assert_same(model, rows, found[:, : -python[0].size])
    parts = found[:, -python[0].size :].astype(float).reshape(python.shape)
    assert np.all(np.abs(parts - python) <= 1e-9 * (1 + np.abs(python)))
    assert '"effect of naïve\nname {0} %s \\' in sql
    if shutil.which("gcc"):
        library = compile_c(model.to_c(contributions=True), tmp_path)
        x = as_doubles(library, model, rows)
        _, parts = call_c(library.model_contributions, x, python[0].size)
        assert np.all(np.abs(parts.reshape(python.shape) - python) <= 1e-9 * (1 + np.abs(python)))
        names = (ctypes.c_char_p * len(space["EFFECTS"])).in_dll(library, "model_effects")
        assert [name.decode() for name in names] == space["EFFECTS"]


def test_sympy_of_an_additive_model():
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"a b": random.normal(size=200), "cut": random.choice(["x", "y"], 200)})
    frame["tail"] = random.standard_cauchy(200) ** 3
    y = np.sin(frame["a b"]) + (frame["cut"] == "x") + np.arcsinh(frame["tail"])
    model = KANRegressor(cv=2, random_state=0, interaction_cst="no_interactions").fit(frame, y)
    expression = model.to_sympy()
    assert {str(s) for s in expression.free_symbols} == {"a b", "cut = x", "cut = y", "tail"}
    a, tail = (sympy.Symbol(name, real=True) for name in ("a b", "tail"))
    for i, row in enumerate(frame.head(8).to_dict("records")):
        values = {a: row["a b"] * 3, tail: row["tail"]}
        values |= {sympy.Symbol(f"cut = {level}"): int(row["cut"] == level) for level in "xy"}
        probe = frame.head(8).assign(**{"a b": frame["a b"] * 3}).iloc[[i]]
        assert abs(float(expression.subs(values)) - model.predict(probe)[0]) < 1e-9
    with pytest.raises(ValueError, match="no_interactions"):
        fit_kind("numbers").to_sympy()


def test_the_formula_can_be_read():
    random = np.random.default_rng(0)
    frame = pd.DataFrame({"size": random.choice([1.0, 2.0], 100), "cut": list("ab") * 50})
    y = 10 * frame["size"] + 4 * (frame["cut"] == "a") + 0.01 * random.normal(size=100)
    model = KANRegressor(cv=2, random_state=0, interaction_cst="no_interactions").fit(frame, y)
    text = model.formula(digits=3)
    assert text.splitlines()[0] == f"prediction = {y.mean():.3g} + f(size) + f(cut)"
    assert "  'a': 2\n" in text
    assert "  'b': -2\n" in text
    assert "held within" in text
    assert len(text.splitlines()) < 15
    assert "f(x; DROP TABLE data; --" in fit_kind("three classes").formula()


def test_a_zero_byte_has_no_place_in_sql():
    frame = pd.DataFrame({"a\0b": np.arange(20.0)})
    model = KANRegressor(cv=2).fit(frame, np.arange(20.0))
    with pytest.raises(ValueError, match="zero byte"):
        model.to_sql()
