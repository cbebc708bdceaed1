"""What other programs print, read as sympy; and the script's protocol, with peers made up here."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import sympy

from benchmarks.discovery import peers, programs
from benchmarks.discovery.cases import Data
from benchmarks.discovery.peers import Fit, parse
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program

X = np.random.default_rng(0).uniform(0.5, 2, (50, 3))
X1, X2, X3 = X.T


def values(expression):
    """Of an expression in X1, X2 and X3, at X."""
    names = sympy.symbols("X1:4")
    return sympy.lambdify(names, expression, "numpy")(*X.T) * np.ones(len(X))


# As the programs printed them.
OPERON = [
    (
        "((-0.904778) + (6.210256 * tanh((0.247793 * X1))))",
        -0.904778 + 6.210256 * np.tanh(0.247793 * X1),
    ),
    (
        "(sqrt(abs(((-9.823124) * X1))) + ((0.050807 * X2) - 2.643509))",
        np.sqrt(9.823124 * X1) + 0.050807 * X2 - 2.643509,
    ),
    ("((1.000 * X2) / (sqrt(1 + ((-2.000) * X1) ^ 2)))", X2 / np.sqrt(1 + 4 * X1**2)),
    ("(((-2.000) * X1) ^ 2)", 4 * X1**2),
    (
        "((0.999109 * X1) ^ cos((log((0.5 * X2)) - exp(((-0.538747) * X3)))))",
        (0.999109 * X1) ** np.cos(np.log(0.5 * X2) - np.exp(-0.538747 * X3)),
    ),
    (
        "(asin((0.25 * X1)) - (acos((0.25 * X2)) / sin(1.680000)))",
        np.arcsin(X1 / 4) - np.arccos(X2 / 4) / np.sin(1.68),
    ),
]
GPLEARN = [
    ("sub(X2, 0.500)", X3 - 0.5),
    (
        "add(X0, div(log(X0), div(sqrt(X1), add(-2.294, X2))))",
        X1 + np.log(X1) / (np.sqrt(X2) / (X3 - 2.294)),
    ),
    ("sqrt(mul(-2.0, X1))", np.sqrt(2 * X2)),
    ("log(sub(X0, 3.0))", np.log(3 - X1)),
    ("asin(mul(0.4, sin(square(X1))))", np.arcsin(0.4 * np.sin(X2**2))),
    ("div(acos(cos(X0)), tanh(exp(X2)))", X1 / np.tanh(np.exp(X3))),
    # its own values where a quotient or a logarithm has none
    ("add(div(X0, sub(X1, X1)), log(mul(0.0, X2)))", 1.0),
]


@pytest.mark.parametrize(("formula", "expected"), OPERON)
def test_operon_prints_infix(formula, expected):
    np.testing.assert_allclose(values(parse(formula, "operon")), expected, rtol=1e-12)


@pytest.mark.parametrize(("formula", "expected"), GPLEARN)
def test_gplearn_prints_calls_of_protected_functions(formula, expected):
    np.testing.assert_allclose(values(parse(formula, "gplearn")), expected, rtol=1e-12)


def test_what_sympy_prints_is_read_back():
    for peer, cases in (("operon", OPERON), ("gplearn", GPLEARN)):
        for formula, expected in cases:
            again = parse(str(parse(formula, peer)))
            np.testing.assert_allclose(values(again), expected, rtol=1e-12)
    np.testing.assert_array_equal(values(parse("re(X1*X2)")), X1 * X2)
    assert parse("X12**2/2 + pi - E") == sympy.Symbol("X12") ** 2 / 2 + sympy.pi - sympy.E


@pytest.mark.parametrize(
    "formula",
    ["", "X1 +", "Y1 + 1", "nan", "X1.real", "open('X1')", "lambda: X1", "X1 @ X2", "'X1'"],
)
def test_what_is_no_formula_is_refused_and_never_run(formula):
    with pytest.raises(ValueError, match="formula"):
        parse(formula)


def test_unknown_peers():
    with pytest.raises(ValueError, match="'operon', 'gplearn' or 'sympy', got 'eureqa'"):
        parse("X1", "eureqa")


def test_gplearn_programs_keep_the_digits_of_their_constants():
    def f(name, arity):
        return SimpleNamespace(name=name, arity=arity)

    nodes = [f("div", 2), f("sin", 1), 0, f("mul", 2), np.float64(1 / 3), 2]
    text = peers._prefix(iter(nodes))
    assert text == "div(sin(X0), mul(0.3333333333333333, X2))"
    np.testing.assert_allclose(values(parse(text, "gplearn")), 3 * np.sin(X1) / X3)


@pytest.mark.parametrize("formula", ["nan", "(X1 / 0)", "sqrt((-2.0))", "log(0)"])
def test_formulas_without_real_values_are_none(formula):
    assert peers._real(formula, "operon") is None


def fake(x, y, seconds, seed, threads):
    """A peer that finds a line through its first variable, and says what it was given."""
    assert x.shape == (50, 3)
    assert y.shape == (50, 1)
    expression = 2 * sympy.Symbol("X1") + seed
    return Fit(expression, lambda z: np.where(z[:, 0] > 1, np.nan, 2 * z[:, 0] + seed), seconds)


def test_script_reads_a_problem_and_writes_a_result(tmp_path, monkeypatch):
    monkeypatch.setitem(peers.PEERS, "operon", fake)
    problem, result = tmp_path / "problem.npz", tmp_path / "result.json"
    np.savez(problem, x_train=X.astype("f4"), y_train=X[:, :1], x_test=[[0.25, 0, 0], [2, 0, 0]])
    options = ["--peer", "operon", "--seconds", "1.5", "--seed", "7"]
    peers.main([*options, str(problem), str(result)])
    assert json.loads(result.read_text()) == {
        "peer": "operon",
        "formula": "2*X1 + 7",
        "seconds": 1.5,
        "test_prediction": [7.5, None],
    }


def test_script_writes_null_where_there_is_no_formula(tmp_path, monkeypatch):
    monkeypatch.setitem(peers.PEERS, "gplearn", lambda *_: Fit(None, lambda z: z[:, 1], 0.5))
    problem, result = tmp_path / "problem.npz", tmp_path / "result.json"
    np.savez(problem, x_train=X, y_train=X1, x_test=X[:4])
    peers.main(["--peer", "gplearn", "--seconds", "1", str(problem), str(result)])
    found = json.loads(result.read_text())
    assert found["formula"] is None
    assert found["test_prediction"] == X2[:4].tolist()


def test_run_goes_through_another_python(tmp_path):
    """Which has operon's module, made up here, and cannot see this package's folder."""
    (tmp_path / "pyoperon").mkdir()
    (tmp_path / "pyoperon" / "__init__.py").touch()
    (tmp_path / "pyoperon" / "sklearn.py").write_text(MADE_UP)
    python = tmp_path / "python"
    python.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nassert sys.argv[1] == '-I'\n"
        f"sys.argv = sys.argv[2:]\nsys.path[0] = {str(tmp_path)!r}\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
        "assert 'torch' not in sys.modules and 'edgewise' not in sys.modules\n"
    )
    python.chmod(0o755)
    found = peers.run(python, "operon", X, X1 * X2, X[:5], seconds=2, seed=3)
    assert found["peer"] == "operon"
    assert parse(found["formula"]) == sympy.sympify("X1*X2")
    assert 0 < found["seconds"] < 2
    np.testing.assert_array_equal(found["test_prediction"], X1[:5] * X2[:5])


MADE_UP = """
class SymbolicRegressor:
    def __init__(self, **options):
        assert options["objectives"] == ["r2", "length"]
        self.model_ = "a tree"

    def set_params(self, max_time, random_state):
        assert isinstance(max_time, int) and max_time == 1 and random_state == 3000
        return self

    def fit(self, x, y):
        assert x.shape == (50, 3) and y.shape == (50,)

    def predict(self, x):
        return x[:, 0] * x[:, 1]

    def get_model_string(self, model, precision):
        assert model == self.model_
        return "(X1 * X2)"
"""


def test_programs_that_are_told_the_formula_get_it_with_other_numbers(monkeypatch):
    tree, _ = parse_formula("2.5*a*exp(-0.7*b) + 2*a", ["a", "b"])
    points = X[:, :2]
    values = Program(tree).values(points)
    data = Data(points, values, points, values, tree)
    asked = {}

    def run(python, name, x, y, x_test, *, told, **options):
        asked.update(told)
        return {"test_prediction": values, "formula": "2.5*X1*exp(-0.7*X2) + 2*X1", "seconds": 0.1}

    monkeypatch.setattr(peers, "run", run)
    answer = programs.run_peer("lmfit", Path("python"), data, 1.0, 3)
    names = sympy.symbols("X1:5")
    model = sympy.lambdify(names, parse(asked["model"]), "numpy")
    np.testing.assert_allclose(model(*points.T, 2.5, -0.7), values, rtol=1e-12)
    assert np.abs(asked["start"] / [2.5, -0.7] - 1).max() < 0.2
    assert (asked["start"] != [2.5, -0.7]).all()
    assert answer.tree is not None
    with pytest.raises(ValueError, match="known formula"):
        programs.run_peer("lmfit", Path("python"), replace(data, truth=None), 1.0, 3)


def test_only_programs_that_are_there_are_asked(monkeypatch):
    monkeypatch.setattr(peers, "MODULES", {"operon": "json", "gplearn": "no_such_module"})
    assert peers.find_present(sys.executable, ["operon", "gplearn"]) == ["operon"]


def test_run_says_why_it_failed():
    with pytest.raises(RuntimeError, match=r"(?s)operon failed in .*No module named 'pyoperon'"):
        peers.run(sys.executable, "operon", X, X1, X[:5], seconds=1)


def test_one_that_crashes_is_started_again(tmp_path):
    """By a signal; it has three tries, each with another seed."""
    python, log = tmp_path / "python", tmp_path / "log"
    python.write_text(f'#!/bin/sh\necho "${{10}}" >> {log}\nkill -SEGV $$\n')
    python.chmod(0o755)
    with pytest.raises(RuntimeError, match=r"operon failed in .* with exit status -11"):
        peers.run(python, "operon", X, X1, X[:5], seconds=1, seed=7)
    seeds = [int(line) for line in log.read_text().splitlines()]
    assert len(seeds) == len(set(seeds)) == 3


def test_importing_it_needs_no_peer_and_no_sympy():
    code = (
        "import sys, benchmarks.discovery.peers\n"
        "print([m for m in ('sympy', 'gplearn', 'pyoperon') if m in sys.modules])"
    )
    root = Path(peers.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "[]"
