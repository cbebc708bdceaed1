"""Estimators as pieces, as Python without packages, as sympy and as texts; see test_served_rows."""

import json
import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
import sympy

from edgewise.additive.columns import read_columns
from edgewise.piecewise import additive_program
from edgewise.piecewise.additive_program import cut_model
from edgewise.piecewise.program import PiecewiseTerm
from edgewise.sklearn import KANClassifier, KANRegressor

ROWS = 1000
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
    return KANClassifier(**settings).fit(frame, np.digitize(y, [-0.5, 1]))


KINDS = ["numbers", "classes"]
"""All others: tests/export/test_served_rows.py."""


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
        for _, readings, table, offset in cut_model(one, model.schema_, []):
            places = [reading.locate(columns[reading.column]) for reading in readings]
            total = total + PiecewiseTerm(readings, table, 1).evaluate(places) + offset
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
    assert "f(x; DROP TABLE data; --" in fit_kind("classes").formula()


def test_a_zero_byte_has_no_place_in_sql():
    frame = pd.DataFrame({"a\0b": np.arange(20.0)})
    model = KANRegressor(cv=2).fit(frame, np.arange(20.0))
    with pytest.raises(ValueError, match="zero byte"):
        model.to_sql()


def test_a_stage_has_the_hidden_sums_of_its_networks(monkeypatch):
    """A model whose pieces read hidden sums hands on the model that makes them."""
    model, layer = (SimpleNamespace(coef=np.array([[c]])) for c in (1.0, 2.0))

    def cut(given, schema, layers):
        if given is model:
            layers.append(layer)
        return iter(())

    monkeypatch.setattr(additive_program, "cut_model", cut)
    monkeypatch.setattr(additive_program, "group_terms", lambda given: {})
    stage, _ = additive_program._make_stage(None, [(model, 3.0, 0.5)])
    assert stage.start.tolist() == [[3.5]]
    assert stage.hidden.start.tolist() == [[2.0]]
    assert stage.hidden.hidden is None
