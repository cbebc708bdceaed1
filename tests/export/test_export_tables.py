"""Tables stay within their proven bounds, in every language that they are written in."""

from __future__ import annotations

import ctypes
import json
import shutil
import sqlite3
import subprocess
from importlib.util import find_spec
from types import SimpleNamespace

import numpy as np
import other_languages
import pytest
import torch
from other_languages import FLAGS, compilers
from sql_engines import has_nan

import edgewise as ew
from edgewise.bases import registry
from edgewise.certify.evaluate import evaluate_stack
from edgewise.certify.stack import read_stack

HOSTILE = ['a"*/ x', "b\\", "'); DROP TABLE data; --", "</script>\u2028\n??/"]
BASES = [name for name, kind in registry().items() if kind.__module__.startswith("edgewise.")]


def make_model(widths=(4, 3, 2), names=HOSTILE, seed=0, **settings):
    model = ew.KAN(list(widths), seed=torch.Generator().manual_seed(seed), **settings)
    model.input_names = list(names) if names else None
    return model


def make_rows(rows, features, low=-2.0, high=2.0, seed=0):
    """Random rows, and the corners of the domain."""
    x = np.random.default_rng(seed).uniform(low, high, (rows, features)).astype(np.float32)
    x[: rows // 10] = np.where(x[: rows // 10] > (low + high) / 2, high, low)
    return x.astype(np.float64)


def off(model, answers, x):
    return np.abs(answers - evaluate_stack(read_stack("test", model), x)).max(0)


def compile_c(source, folder):
    (folder / "model.c").write_text(source)
    flags = ["-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-pedantic", "-fPIC", "-shared"]
    subprocess.run(
        ["gcc", *flags, "-o", folder / "model.so", folder / "model.c"], check=True, timeout=120
    )
    return ctypes.CDLL(str(folder / "model.so"))


def call_c(library, x, outputs):
    x = np.ascontiguousarray(x, dtype=np.float32)
    y = np.zeros((len(x), outputs), dtype=np.float32)
    for a, b in zip(x, y, strict=True):
        library.model(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
    return y


@pytest.mark.parametrize(
    ("basis", "norm"),
    [*((basis, None) for basis in BASES), *(("bspline", n) for n in ("affine", "tanh", "layer"))],
)
def test_no_difference_exceeds_the_bound(basis, norm):
    model = make_model(basis=basis, norm=norm)
    if norm == "affine":
        with torch.no_grad():
            for layer in model.stack():
                layer.norm.scale.uniform_(0.5, 1.5), layer.norm.shift.normal_(0, 0.3)
    x = make_rows(2000, 4)
    for degree, dtype in ((1, "int8"), (3, "float32")):
        tables = ew.export.tabulate(model, (-2, 2), degree=degree, dtype=dtype, rows=100)
        assert (off(model, tables(x), x) <= tables.report.bound).all()


def test_the_bound_is_below_a_tolerance_and_not_idle():
    model = make_model(basis="gaussian", norm="tanh")
    tables = ew.export.tabulate(model, (-2, 2), degree=3, tolerance=2e-3)
    x = make_rows(5000, 4)
    assert tables.report.bound.max() <= 2e-3
    assert tables.report.bound.max() < 300 * off(model, tables(x), x).max()
    assert "proven bound" in str(tables.report)


def test_a_wrong_coefficient_is_found():
    """The proof measures tables as they are: with a coefficient moved, its bound moves."""
    from edgewise.certify import layer_polynomials as curves
    from edgewise.piecewise import polynomial_tables

    part = read_stack("test", make_model(basis="gaussian", norm=None)).stages[0].parts[0]
    frame = polynomial_tables._frame(np.full(4, -2.0), np.full(4, 2.0), 16)
    first = next(curves.trace_curves(part, frame))
    fit = polynomial_tables._fit(part, frame, 3)[0]
    before = polynomial_tables._measure(first, frame, 0, fit)
    fit[7, 0, 1] += 0.25
    after = polynomial_tables._measure(first, frame, 0, fit)
    assert after[0] == before[0]
    assert 0.25 - before[1] <= after[1] <= 0.25 + before[1] + 1e-9


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
@pytest.mark.parametrize(
    ("degree", "dtype"), [(0, "int8"), (1, "int8"), (3, "int16"), (2, "float32")]
)
@pytest.mark.parametrize("norm", [None, "layer"])
def test_c(degree, dtype, norm, tmp_path):
    model = make_model(basis="gaussian", norm=norm)
    tables = ew.export.tabulate(model, (-2, 2), degree=degree, dtype=dtype, cells=64, rows=100)
    library = compile_c(ew.export.to_c(tables), tmp_path)
    x = make_rows(3000, 4)
    assert (off(model, call_c(library, x, 2), x) <= tables.report.bound).all()
    inputs = (ctypes.c_char_p * 4).in_dll(library, "model_inputs")
    assert [name.decode() for name in inputs] == HOSTILE
    bound = (ctypes.c_double * 2).in_dll(library, "model_bound")
    np.testing.assert_array_equal(list(bound), tables.report.bound)
    far = np.array([[1e30, -1e30, np.nan, np.inf]])
    assert np.isfinite(call_c(library, far, 2)).all()


@pytest.mark.skipif(shutil.which("node") is None, reason="needs node")
@pytest.mark.parametrize("norm", [None, "layer"])
def test_javascript(norm, tmp_path):
    model = make_model(norm=norm)
    tables = ew.export.tabulate(model, (-2, 2), degree=2, dtype="int16", cells=64, rows=100)
    ew.export.to_javascript(tables, tmp_path / "model.js")
    x = make_rows(3000, 4)
    (tmp_path / "x.json").write_text(json.dumps(x.tolist()))
    code = (
        'const f = require("./model.js"), x = require("./x.json");'
        "console.log(JSON.stringify([x.map(f), f.inputs, f.bound]))"
    )
    ran = subprocess.run(
        ["node", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    answers, inputs, bound = json.loads(ran.stdout)
    assert (off(model, np.array(answers), x) <= tables.report.bound).all()
    assert inputs == HOSTILE
    assert bound == tables.report.bound.tolist()
    assert "</script>" not in (tmp_path / "model.js").read_text()


@pytest.mark.parametrize("norm", [None, "layer"])
def test_python(norm):
    model = make_model(norm=norm)
    tables = ew.export.tabulate(model, (-2, 2), degree=1, dtype="int8", rows=100)
    space: dict = {}
    exec(ew.export.to_python(tables, name="answer"), space)
    x = make_rows(3000, 4)
    assert (off(model, space["answer"](x), x) <= tables.report.bound).all()
    assert space["INPUTS"] == HOSTILE


def make_hostile_rows(tables, seed=0):
    """Rows within the domain and beyond it, on borders of cells and an ulp beside them, and NaN."""
    random = np.random.default_rng(seed)
    table, count = tables.stages[0].tables[0], tables.in_features
    borders = table.low + np.arange(table.cells + 1)[:, None] / table.inverse
    special = np.array([0.0, -0.0, 5e-324, -1e-310, 1e300, -1e300, np.inf, -np.inf, np.nan])
    x = make_rows(600, count, seed=seed)
    for i in range(count):
        near = np.concatenate([np.nextafter(borders[:, i], end) for end in (-9, 9)])
        values = np.concatenate([borders[:, i], near, special])
        chosen = random.uniform(size=len(x)) < 0.4
        x[chosen, i] = random.choice(values, len(x))[chosen]
    return x


MADE = [(None, 3, "float32"), ("layer", 2, "float32"), ("tanh", 1, "int8"), (None, 0, "int16")]


def make_tables(norm, degree, dtype, widths=(4, 3, 2)):
    model = make_model(widths, norm=norm)
    return model, ew.export.tabulate(model, (-2, 2), degree=degree, dtype=dtype, cells=8, rows=10)


def load_numbers(engine, table, x):
    """Rows with a key; of a database that has no NaN they are NULL."""
    values = {"key": list(range(len(x)))}
    for k, name in enumerate(HOSTILE):
        values[name] = [v if has_nan(engine) or v == v else None for v in x[:, k].tolist()]
    engine.load(table, values, dict.fromkeys(values, "DOUBLE PRECISION") | {"key": "INTEGER"})


@pytest.mark.parametrize(("norm", "degree", "dtype"), MADE)
def test_sql(norm, degree, dtype, engine):
    model, tables = make_tables(norm, degree, dtype)
    x = make_hostile_rows(tables)
    load_numbers(engine, 't"x', x)
    found = sorted(engine.ask(ew.export.to_sql(tables, table='t"x', keep=["key"])))
    answers = np.array(found, dtype=float)[:, 1:]  # None is NaN
    np.testing.assert_allclose(answers, tables(x), atol=1e-9)
    known = ~np.isnan(x).any(1)
    assert np.isnan(answers[~known]).all()
    assert (off(model, answers[known], np.clip(x[known], -2, 2)) <= tables.report.bound).all()


@pytest.mark.parametrize(("norm", "degree", "dtype"), MADE)
def test_python_javascript_and_onnx_of_hostile_rows(norm, degree, dtype, tmp_path):
    _, tables = make_tables(norm, degree, dtype)
    x = make_hostile_rows(tables)
    space: dict = {}
    exec(ew.export.to_python(tables, name="answer"), space)
    np.testing.assert_allclose(space["answer"](x), tables(x), atol=1e-9)
    if find_spec("onnxruntime"):
        from other_languages import open_session

        session = open_session(ew.export.to_onnx(tables))
        np.testing.assert_allclose(session.run(None, {"x": x})[0], tables(x), atol=1e-9)
    if shutil.which("node"):
        ew.export.to_javascript(tables, tmp_path / "model.js")
        rows = json.dumps(x.tolist()).replace("Infinity", "1e999").replace("NaN", "null")
        (tmp_path / "x.json").write_text(rows)
        code = (
            'const f = require("./model.js"), x = require("./x.json");'
            "const missing = (v) => (v === null ? NaN : v);"
            "console.log(JSON.stringify(x.map((row) => f(row.map(missing)))))"
        )
        command = ["node", "-e", code]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
        np.testing.assert_allclose(
            np.array(json.loads(ran.stdout), dtype=float), tables(x), atol=1e-9
        )


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize(("flags", "made"), list(zip(FLAGS, MADE, strict=True)), ids=list(FLAGS))
def test_c_of_hostile_rows(flags, made, compiler, tmp_path):
    """A NaN is the least of its domain, whatever the compiler takes for granted."""
    if compiler not in compilers():
        pytest.skip(f"needs {compiler}")
    model, tables = make_tables(*made)
    with np.errstate(over="ignore"):
        x = make_hostile_rows(tables).astype(np.float32)
    library = other_languages.compile_c(ew.export.to_c(tables), tmp_path, compiler, flags)
    meant = np.clip(np.nan_to_num(x.astype(np.float64), nan=-2.0), -2, 2)
    assert (off(model, call_c(library, x, 2), meant) <= tables.report.bound).all()


@pytest.mark.parametrize(("degree", "dtype"), [(0, "float32"), (2, "float32"), (1, "int8")])
def test_contributions_of_a_layer(degree, dtype, tmp_path):
    """In every language what an input adds to the outputs; the base is the bias."""
    model = make_model(widths=(4, 2), norm="layer")
    tables = ew.export.tabulate(model, (-2, 2), degree=degree, dtype=dtype, cells=8, rows=100)
    x = make_rows(50, 4)
    expected = tables.contributions(list(x.T))
    np.testing.assert_allclose(expected.sum(1), tables(x), atol=1e-12)
    np.testing.assert_allclose(expected[:, 0], np.tile(tables.stages[0].start, (50, 1)))
    space: dict = {}
    exec(ew.export.to_python(tables, contributions=True), space)
    assert space["EFFECTS"] == ["(base)", *HOSTILE]
    np.testing.assert_allclose(space["contributions"](x), expected, atol=1e-12)
    base = sqlite3.connect(":memory:")
    columns = ", ".join('"' + name.replace('"', '""') + '" REAL' for name in HOSTILE)
    base.execute(f"CREATE TABLE data ({columns})")
    base.executemany("INSERT INTO data VALUES (?, ?, ?, ?)", x.tolist())
    found = np.array(base.execute(ew.export.to_sql(tables, contributions=True)).fetchall())
    base.close()
    np.testing.assert_allclose(found[:, 2:].reshape(expected.shape), expected, atol=1e-12)
    if shutil.which("node"):
        ew.export.to_javascript(tables, tmp_path / "model.js", contributions=True)
        code = (
            'const f = require("./model.js"); console.log(JSON.stringify(%s.map(f.contributions)))'
        )
        command = ["node", "-e", code % json.dumps(x.tolist())]
        ran = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True, timeout=60)
        np.testing.assert_allclose(json.loads(ran.stdout), expected, atol=1e-12)
    if shutil.which("gcc"):
        library = compile_c(ew.export.to_c(tables, contributions=True), tmp_path)
        parts = np.zeros((len(x), *expected.shape[1:]))
        for a, b in zip(x.astype(np.float32), parts, strict=True):
            library.model_contributions(
                ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data)
            )
        np.testing.assert_allclose(parts.sum(1), call_c(library, x, 2), atol=1e-6)
        assert (np.abs(parts - expected).sum(1) <= 4 * tables.report.bound).all()


def test_a_deep_network_has_no_contributions():
    tables = ew.export.tabulate(make_model(), (-2, 2), cells=2, rows=10)
    for write in (ew.export.to_c, ew.export.to_javascript, ew.export.to_python, ew.export.to_sql):
        with pytest.raises(ValueError, match=r"network of one layer .* got one of 2"):
            write(tables, contributions=True)


def test_models_that_read_some_inputs_and_posts():
    layers = [ew.KANLinear(3, 3, seed=torch.Generator().manual_seed(0)) for _ in range(2)]
    model = ew.KAN.from_layers(layers, post="layernorm_silu")
    model.set_inputs([4, 0, 2], 5)
    layers[0].mask = torch.tensor([[1.0, 0, 1], [0, 1, 1], [1, 1, 0]])
    x = make_rows(500, 5)
    with torch.no_grad():
        expected = model(torch.tensor(x, dtype=torch.float32)).numpy()
    np.testing.assert_allclose(evaluate_stack(read_stack("t", model), x), expected, atol=1e-3)
    tables = ew.export.tabulate(model, (-2, 2), rows=100)
    assert (off(model, tables(x), x) <= tables.report.bound).all()


@pytest.mark.parametrize("norm", [None, "layer"])
def test_missing_numbers_stay_missing(norm):
    """Of rows with NaN the answer is NaN, of others what it was."""
    tables = ew.export.tabulate(make_model(norm=norm, names=None), (-2, 2), cells=4, rows=10)
    space: dict = {}
    exec(ew.export.to_python(tables, name="answer"), space)
    x = make_rows(3, 4)
    x[1, 2] = np.nan
    for answer in (tables, space["answer"]):
        y = answer(x)
        assert np.isnan(y[1]).all()
        assert np.array_equal(y[[0, 2]], answer(x[[0, 2]]))
    level = ew.export.tabulate(make_model(norm=norm), (-2, 2), degree=0, cells=4, rows=10)
    assert np.isnan(level(x)[1]).all()


def test_wrong_arguments():
    model = make_model(names=None)
    tabulate = ew.export.tabulate
    with pytest.raises(TypeError, match="expected a KAN"):
        tabulate(torch.nn.Linear(2, 2), (-1, 1))
    for settings, message in (
        ({"degree": 4}, "degree to be an integer from 0 to 3, got 4"),
        ({"dtype": "int4"}, "dtype among"),
        ({"tolerance": 0.0}, "tolerance to be positive"),
        ({"cells": 0}, "cells to be an integer from 1 to 4096"),
        ({"rows": torch.ones(2)}, "rows to be an integer ≥ 0"),
        ({"degree": torch.ones(2)}, "degree to be an integer from 0"),
        ({"dtype": ["float32"]}, "dtype among"),
        ({"tolerance": torch.ones(2)}, "tolerance to be positive"),
    ):
        with pytest.raises(ValueError, match=message):
            tabulate(model, (-1, 1), **settings)
    small = make_model(widths=(1, 1), names=None)
    tables = (
        tabulate(small, (-1, 1), degree=np.int64(1), cells=np.uint8(4), rows=10).stages[0].tables
    )
    assert tables[0].values.shape == (1, 4, 2, 1)
    with pytest.raises(ValueError, match="the bound stays at"):
        tabulate(small, (-1, 1), degree=1, dtype="int8", tolerance=1e-9)
    for domain in ((1, -1), (0, np.inf), [(0, 1)] * 3):
        with pytest.raises(ValueError, match="expected a domain"):
            tabulate(model, domain)
    for domain in ("x", (0, 1j), torch.ones(2, dtype=torch.complex64)):
        with pytest.raises(ValueError, match=r"domain expected (real )?numbers"):
            tabulate(model, domain)
    tabulate(model, torch.tensor([-1.0, 1.0], requires_grad=True), rows=10)
    with pytest.raises(ValueError, match="depends on the other rows"):
        tabulate(make_model(norm="batch_minmax", names=None), (-1, 1))
    own = make_model(norm="tanh", names=None)
    own.layers[0].norm.mixes = True  # one of the user's
    for refuse in (tabulate, ew.certify):
        known = "normalisation that treats features one by one or standardises rows"
        with pytest.raises(ValueError, match=known):
            refuse(own, (-1, 1))
    tables = tabulate(model, (-1, 1), rows=10)
    for name in ("", "a b", "int", "x;y", "1a", None, "function"):
        writers = (ew.export.to_c, ew.export.to_javascript, ew.export.to_python)
        for write in writers[: 2 if name is None else 3]:  # Python has names of its own
            with pytest.raises(ValueError, match="expected a name"):
                write(tables, name=name)
    for write in (ew.export.to_c, ew.export.to_javascript, ew.export.to_python, ew.export.to_sql):
        with pytest.raises(TypeError, match=r"expected tables or a fitted estimator, got KAN: "):
            write(model)
        with pytest.raises(ValueError, match="not fitted"):
            write(ew.KANRegressor())
    with pytest.raises(ValueError, match="rows of 4 features"):
        tables(np.zeros(4))


@pytest.mark.parametrize("domain", [(-1e4, 1e4), (-1e7, 1e7)])
def test_tables_beyond_float32_are_refused(domain):
    """T_5 of T_5 of 10⁴ is some 10¹⁰⁰."""
    model = ew.KAN([2, 2, 1], basis=ew.Chebyshev(5), norm=None, seed=0)
    with pytest.raises(ValueError, match=r"numbers on the domain are within float32, got"):
        ew.export.tabulate(model, domain)
    with torch.no_grad():
        model.layers[0].coef.fill_(torch.nan)
    with pytest.raises(ValueError, match=r"finite|float32"):
        ew.export.tabulate(model, (-1, 1))


def test_tables_by_their_old_name():
    tables = ew.export.tabulate(ew.KAN([2, 1], seed=0, norm=None), (-1, 1))
    with pytest.warns(DeprecationWarning, match="takes model= instead of tables= now"):
        assert ew.export.to_c(tables=tables) == ew.export.to_c(tables)


@pytest.mark.parametrize(
    ("most_cells", "most_bytes", "finer"),
    [(10**6, 10**9, True), (31, 10**9, False), (32, 10**9, True), (10**6, 1, False)],
)
def test_tables_grow_up_to_a_number_of_cells_and_of_bytes(
    most_cells, most_bytes, finer, monkeypatch
):
    from edgewise.piecewise import polynomial_tables as made

    def plan(cells):
        table = SimpleNamespace(cells=cells, values=np.zeros(cells))
        return SimpleNamespace(
            stage=None, reach=None, own=np.ones(1) / cells, table=SimpleNamespace(tables=[table])
        )

    monkeypatch.setattr(made, "MOST_CELLS", most_cells)
    monkeypatch.setattr(made, "MOST_BYTES", most_bytes)
    monkeypatch.setattr(made, "_plan", lambda stage, reach, degree, dtype, cells: plan(cells))
    arguments = [plan(16)], np.ones((1, 1)), 2, "float32", 1e-3, 1.0
    if finer:
        assert made._refine(*arguments)[0].table.tables[0].cells == 32
    else:
        with pytest.raises(ValueError, match="expected a tolerance within reach"):
            made._refine(*arguments)


def test_texts_of_pieces_have_their_constant_and_every_term_that_is_not_0():
    from edgewise.piecewise.cells import Number
    from edgewise.piecewise.formulas import _describe

    reading = Number(0, 1.0, 2.0, False, -1.0, 1.0, (0.0, 0.5))
    table = np.array([[0.0, 0.0, 3.0], [1.0, 2.0, 0.0], [0.0, 0.0, 0.0]])
    _, _, pieces = _describe(reading, "a", table, 3)
    assert pieces == [
        "u < 0: 0 + 3 t^2  [0]", "u < 0.5: 1 + 2 t  [0]", "else: 0  [0.5]", "missing: 0",
    ]  # fmt: skip
