"""Runs are resumed, failures kept, and cases and tables what they say."""

import csv
import io
import pickle
import sys

import numpy as np
import pytest
import sympy
import torch
from click.testing import CliRunner

from benchmarks.discovery import judge, programs, questions, tables
from benchmarks.discovery import study as commands
from benchmarks.discovery.cases import Answer
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.measurements import measured_cases
from benchmarks.discovery.report_rows import COLUMNS as MEASURED_COLUMNS
from benchmarks.discovery.report_rows import KEY, is_wrong_claim
from benchmarks.discovery.tasks import TASKS
from benchmarks.machine import PROVENANCE
from benchmarks.records import Records
from benchmarks.study import Choice, Study
from edgewise.formula.expression import Input
from edgewise.formula.program import Program

CALLS = []
COLUMNS = (*MEASURED_COLUMNS, *PROVENANCE)


def open_records(path):
    return Records(path, KEY, COLUMNS)


def fill(work, records, jobs=1):
    """Run cases with programs, and keep their rows."""
    study = Study("x", KEY, MEASURED_COLUMNS, "", lambda _: [commands.make_job(*w) for w in work])
    study.fill(records, Choice(again=False, jobs=jobs, hours=1.0))


def echo(data, budget, seed, evaluations=None):
    """A program that knows the truth, and claims x0 where there is none."""
    CALLS.append(seed)
    tree = Input(0) if data.truth is None else data.truth
    return Answer(Program(tree).values(data.x_test), str(tree), 0.1, "law", tree)


def fail(data, budget, seed):
    raise RuntimeError('no such\nluck, "really"')


@pytest.fixture
def fake(monkeypatch):
    monkeypatch.setattr(programs, "run_edgewise", echo)
    CALLS.clear()


def invoke(*args):
    """The output of a command that must succeed."""
    result = CliRunner().invoke(commands.main, [str(a) for a in args], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def read(folder, question):
    with (folder / f"discovery_{question}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


# ---- records ----------------------------------------------------------------------------------


def row(**changes):
    return {"case": "a", "condition": "", "seed": 1, "program": "p", "budget": 2.0, **changes}


def test_rows_are_found_again_with_all_their_digits(tmp_path):
    records = open_records(tmp_path / "new" / "x.csv")
    assert row() not in records
    records.append(row(r2=1 / 3, formula='x, "y"\nz', right=None))
    assert row() in records
    assert row(seed=2) not in records
    again = open_records(records.path)
    assert row(budget=2) not in again or row(budget=2.0) in again
    assert row() in again
    (found,) = again.rows()
    assert found["r2"] == "0.333333333333333"
    assert found["formula"] == 'x, "y" z'
    assert found["right"] == found["error"] == ""
    assert tuple(found) == COLUMNS


def test_the_last_of_equal_rows_counts(tmp_path):
    records = open_records(tmp_path / "x.csv")
    records.append(row(r2=0.1))
    records.append(row(r2=0.2))
    records.append(row(seed=2, formula='x, "y"'))
    assert records.rows()[0]["r2"] == "0.2"
    told = records.rows()
    records.drop_superseded()
    with records.path.open(newline="") as file:
        assert list(csv.DictReader(file)) == told == records.rows()


def test_other_columns_are_refused(tmp_path):
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ValueError, match="got a, b: choose another --results"):
        open_records(tmp_path / "x.csv")
    with pytest.raises(ValueError, match="got \\['colour'\\]"):
        open_records(tmp_path / "y.csv").append(row(colour="red"))


# ---- running ----------------------------------------------------------------------------------


def test_what_is_in_the_csv_is_not_run_again(tmp_path, fake):
    args = ("formulas", "--inputs", "1", "--budget", 1, "--results", tmp_path)
    invoke(*args, "--seeds", "3:5")
    assert CALLS == [3, 4]
    invoke(*args, "--seeds", "3:6")
    assert CALLS == [3, 4, 5]
    invoke(*args, "--seeds", "5", "--noise", 0.1)
    assert CALLS == [3, 4, 5, 5]
    invoke(*args, "--seeds", "5", "--again")
    assert CALLS == [3, 4, 5, 5, 5]
    rows = read(tmp_path, "formulas")
    assert [r["seed"] for r in rows] == ["3", "4", "5", "5"]
    assert [r["condition"] for r in rows] == ["", "", "", "noise 0.1"]
    for r in rows:
        assert (r["case"], r["verdict"], r["right"], r["rows"]) == (
            "random 1",
            "law",
            "True",
            "1000",
        )
        assert float(r["relative_error"]) < 1e-12
        assert r["commit"]
        assert r["machine"]
        assert r["torch"] == torch.__version__
        assert r["difficulty"] in "1234"
        assert sympy.sympify(r["truth"]).free_symbols == {sympy.Symbol("x0")}


def test_a_program_that_fails_is_wrong_and_the_rest_goes_on(tmp_path):
    cases = list(questions.formula_cases(range(2), 1))
    records = open_records(tmp_path / "x.csv")
    fill([(cases[0], "p", fail, 1.0), (cases[1], "p", echo, 1.0)], records)
    first, second = records.rows()
    assert (first["right"], first["error"]) == ("False", 'RuntimeError: no such luck, "really"')
    assert first["verdict"] == ""
    assert second["right"] == "True"


def test_claims_of_nothing_are_wrong_claims(tmp_path, fake):
    kinds = ["noise", "permuted", "lawless"]
    invoke("null", "--seeds", "0:2", "--kinds", ",".join(kinds), "--results", tmp_path)
    rows = read(tmp_path, "null")
    assert [r["case"] for r in rows] == kinds * 2
    assert all(r["right"] == "False" and is_wrong_claim(r) for r in rows)
    text = commands.markdown(tmp_path)
    assert "| edgewise |  | noise | 3600 | 2 | 0 (0%) | 2 | 0 + 2 |" in text
    assert text.count("| law |") == 6


def test_units_and_noise_of_the_equations(tmp_path, fake):
    args = ("--only", "I.12.1,II.3.24", "--results", tmp_path)
    invoke("feynman", *args)
    invoke("feynman", *args, "--units", "--noise", 0.01, "--every", 2)
    rows = read(tmp_path, "feynman")
    assert [(r["case"], r["condition"]) for r in rows] == [
        ("I.12.1", ""),
        ("II.3.24", ""),
        ("I.12.1", "noise 0.01, units"),
    ]
    assert all(r["right"] == "True" for r in rows)
    (case,) = questions.feynman_cases(["II.3.24"], noise=0.01, units=True)
    data = case.data()
    assert data.options == {
        "input_names": ["Pwr", "r"],
        "units": {"Pwr": "kg*m^2/s^3", "r": "m"},
        "output_unit": "kg/s^3",
    }
    clean = Program(data.truth).values(data.x)
    assert np.std(data.y - clean) / clean.std() == pytest.approx(0.01, rel=0.1)
    np.testing.assert_allclose(Program(data.truth).values(data.x_test), data.y_test, rtol=1e-12)
    assert not np.isin(data.points(500, 1)[:, 0], data.points(500, 2)[:, 0]).any()
    assert not np.isin(data.points(500, 1)[:, 0], data.x[:, 0]).any()


def test_tables_beside_the_baselines(tmp_path, fake, monkeypatch):
    monkeypatch.setattr(questions, "table_cases", lambda seeds: _few(seeds))
    invoke("tables", "--seeds", "0:2", "--results", tmp_path)
    rows = read(tmp_path, "tables")
    assert {r["program"] for r in rows} == {"edgewise", "ridge", "lasso", "additive"}
    r2 = {(r["case"], r["program"]): float(r["r2"]) for r in rows}
    assert r2["linear", "ridge"] == pytest.approx(0.5, abs=0.1)  # as much noise as signal
    assert r2["polynomial", "lasso"] > r2["polynomial", "ridge"] + 0.02
    text = commands.markdown(tmp_path)
    assert "| linear | 0 |" in text
    right = {(r["case"], r["program"]): r["right"] for r in rows}
    assert right["linear", "edgewise"] == "True"
    assert right["linear", "ridge"] == ""


def _few(seeds, table_cases=questions.table_cases):
    return table_cases(seeds, [])


def test_every_case_can_go_to_another_process():
    cases = [
        *questions.formula_cases([0], None),
        *questions.feynman_cases(["I.12.1"]),
        *questions.null_cases([0, 1]),
        *questions.table_cases(range(10)),
        *questions.task_cases(),
        *questions.mixed_cases([0]),
        *measured_cases("physics", [0]),
    ]
    for case in cases:
        again = pickle.loads(pickle.dumps(case))
        np.testing.assert_array_equal(again.data().y, case.data().y)


# ---- tables and tasks -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_tables_are_what_they_say(seed):
    table = tables.random_table(seed)
    assert table.law.kind == list(tables.LAWS)[seed % 10]
    assert 60 <= len(table.x) <= 1000
    assert table.x.shape == (len(table.y), table.law.inputs)
    assert np.isfinite(table.y).all()
    spread = table.law.mean(table.x_test).std()
    missed = (table.y - table.law.mean(table.x)) / spread
    if table.law.heavy:
        np.testing.assert_array_equal(table.y_test, table.law.mean(table.x_test))
        assert np.median(np.abs(missed)) == pytest.approx(0.3 * 0.8165, rel=0.4)
    else:
        assert missed.std() == pytest.approx(table.law.noise, rel=0.35)
        test = (table.y_test - table.law.mean(table.x_test)) / spread
        assert test.std() == pytest.approx(table.law.noise, rel=0.1)
    again = tables.random_table(seed)
    np.testing.assert_array_equal(again.y, table.y)
    correlation = np.corrcoef(table.x_test[:, 0], table.x_test[:, 1])[0, 1]
    assert correlation == pytest.approx(table.law.correlation, abs=0.08)


@pytest.mark.parametrize("seed", range(6))
def test_no_polynomial_explains_what_has_no_law(seed):
    from sklearn.linear_model import LinearRegression
    from sklearn.preprocessing import PolynomialFeatures

    table = tables.lawless(seed)
    assert 3 <= table.law.inputs <= 6
    assert table.law.tree is None
    x, y = table.x_test, table.law.mean(table.x_test)
    features = PolynomialFeatures(2).fit_transform(x)
    assert LinearRegression().fit(features, y).score(features, y) < 0.97


def test_permuted_rows_have_the_same_values_elsewhere():
    for seed, original in ((0, tables.random_table(0)), (1, None)):
        (case,) = questions.null_cases([seed], ["permuted"])
        data = case.data()
        if original is not None:
            assert sorted(data.y) == sorted(original.y)
            assert (data.y != original.y).mean() > 0.9
        assert 60 <= len(data.y) <= 1000
        assert data.truth is None


@pytest.mark.parametrize("name", MEASURED)
def test_measured_tables(name):
    data = MEASURED[name](0)
    assert len(data.x) >= 100
    assert len(data.x_test) >= 40
    assert np.isfinite(data.x).all()
    assert np.isfinite(data.y).all()
    if data.truth is not None:  # what is left out of the formula is small
        values = Program(data.truth).values(data.x_test)
        assert judge.r2_of(values, data.y_test) > 0.85


def test_answers_of_the_tasks_are_what_their_rows_hold():
    ascii_ = str.maketrans({"₀": "0", "₁": "1", "₂": "2", "₃": "3", "²": "**2", "³": "**3"})
    written = {
        "special": "exp(besselj(0,20*x0)+x1**2)",
        "singular log": "sin(2*(log(x0)+log(x1)))",
        "singular √": "sqrt(x0**2+x1**2)",
        "addition": "(x0+x1)/(1+x0*x1)",
        "product": "x0*x1",
        "features": "x0**2+.3*x1+.1*x2**3",
    }
    hello = "exp(sin(pi*x0)+x1**2)"
    assert TASKS[0].formula.translate(ascii_) == "exp(sin(πx0) + x1**2)"
    for task in TASKS[:9]:
        names = sympy.symbols(f"x0:{task.inputs}")
        text = sympy.sympify(written.get(task.name, hello))
        x = task.points(50, 0)
        expected = sympy.lambdify(names, text, ["scipy", "numpy"])(*x.T)
        rtol = 1e-6 if task.name == "special" else 1e-12  # torch's J₀ has 7 digits only
        np.testing.assert_allclose(task.function(torch.from_numpy(x)), expected, rtol=rtol)
        data = task.case(0, "rswaf").data()
        assert data.options["bases"][0].name == "rswaf"
        if data.truth is not None:
            np.testing.assert_allclose(Program(data.truth).values(data.x_test), data.y_test)


# ---- programs ---------------------------------------------------------------------------------


def test_values_of_expressions():
    x = np.random.default_rng(0).uniform(1, 2, (20, 2))
    values = programs.values_of(sympy.sympify("a*b"), ["a", "b"], x)
    np.testing.assert_allclose(values, x[:, 0] * x[:, 1])
    real = sympy.Symbol("b", real=True)
    np.testing.assert_allclose(programs.values_of(real**2, ["a", "b"], x), x[:, 1] ** 2)
    np.testing.assert_array_equal(programs.values_of(sympy.Integer(2), ["a", "b"], x), 2.0)
    assert np.isnan(programs.values_of(sympy.zoo, ["a", "b"], x)).all()
    assert np.isnan(programs.values_of(sympy.sympify("sqrt(a - 5)"), ["a", "b"], x)).all()


MADE_UP = """
class SymbolicRegressor:
    def __init__(self, **options):
        self.model_ = "a tree"
    def set_params(self, **options):
        return self
    def fit(self, x, y):
        pass
    def predict(self, x):
        return x[:, 0] * x[:, 1] + 0.01
    def get_model_string(self, model, precision):
        return "(X1 * X2)"
"""
MADE_UP_KAN = """
import sympy, torch
x, y = sympy.symbols("x_1 x_2")
class KAN:
    def __init__(self, **options):
        pass
    def fit(self, data, **options):
        assert data["train_label"].shape == (1000, 1)
    def prune(self):
        return self
    def refine(self, grid):
        return self
    def auto_symbolic(self, lib=None):
        pass
    def symbolic_formula(self):
        return [[sympy.exp(y**2 + sympy.sin(3.14159265358979 * x))]]
    def __call__(self, x):
        return x.sum(1, keepdim=True) / 0
def ex_round(expression, digits):
    return expression.xreplace({n: round(n, digits) for n in expression.atoms(sympy.Float)})
"""


@pytest.fixture
def python(tmp_path):
    """A Python with a made-up operon and a made-up pykan."""
    home = tmp_path / "home"
    (home / "pyoperon").mkdir(parents=True)
    (home / "pyoperon" / "__init__.py").touch()
    (home / "pyoperon" / "sklearn.py").write_text(MADE_UP)
    (home / "kan.py").write_text(MADE_UP_KAN)
    script = home / "python"
    script.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nsys.argv = sys.argv[2:]\n"
        f"sys.path[0] = {str(home)!r}\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    script.chmod(0o755)
    return script


def test_a_peer_is_judged_by_the_better_of_its_formula_and_its_predictions(python):
    (case,) = questions.feynman_cases(["I.12.1"])
    row = commands.run_case(
        case, "operon", programs.partial(programs.run_peer, "operon", python), 1.0
    )
    assert row["right"] is True
    assert row["relative_error"] < 1e-12  # of the formula: its predictions are .01 away
    assert row["formula"] == "X1*X2"
    assert row["verdict"] == ""


def test_pykan_on_a_task(python):
    case = next(c for c in questions.task_cases(["all"]) if c.name == "hello")
    row = commands.run_case(
        case, "pykan", programs.partial(programs.run_pykan, "hello", python), 60.0
    )
    assert "error" not in row
    assert row["right"] is True
    assert row["source"] == "automatic"


# ---- commands ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("formulas", "--seeds", "a:b"), "expected seeds such as 1000:1100, got 'a:b'"),
        (("null", "--kinds", "noise,nothing"), "got 'nothing'"),
        (("feynman", "--only", "I.1"), "got 'I.1'"),
        (("peers", "--seeds", "0"), "Missing option '--python'"),
    ],
)
def test_wrong_arguments(args, message, tmp_path):
    result = CliRunner().invoke(commands.main, [*args, *(["--results", str(tmp_path)])])
    assert result.exit_code != 0
    assert message in result.output


def test_reports_count_and_list(tmp_path):
    records = open_records(tmp_path / "discovery_formulas.csv")
    base = {"condition": "", "program": "edgewise", "budget": 30.0, "machine": "m", "commit": "c"}
    for seed, right, verdict in (
        (1, True, "exact"),
        (2, False, "law"),
        (3, False, "approximation"),
    ):
        records.append(
            {
                **base,
                "case": "random 1",
                "seed": seed,
                "difficulty": 2,
                "right": right,
                "verdict": verdict,
                "relative_error": 10.0**-seed,
                "seconds": seed,
                "formula": "a|b",
                "truth": "a",
                "date": "2026-01-01 10:00",
            }
        )
    out = tmp_path / "report.md"
    invoke("report", "--results", tmp_path, "--out", out)
    text = out.read_text()
    assert "- edgewise: commit c; m; 2026-01-01" in text
    assert "| edgewise |  | random 1 | 30 | 3 | 1 (33%) | 2 | 0 + 1 | 1.0e-02 | 2.0 | 0 |" in text
    assert "| random 1  2 | `a` | law | 1.0e-02 | `a\\|b` |" in text
    assert "random 1  1 |" not in text


def test_a_csv_reads_as_one_table(tmp_path, fake):
    invoke("tasks", "--bases", "rswaf", "--results", tmp_path)
    text = (tmp_path / "discovery_tasks.csv").read_text()
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(COLUMNS)
    assert len(rows) == 13
    assert {len(r) for r in rows} == {len(COLUMNS)}
    right = {r[0]: r[COLUMNS.index("right")] for r in rows[1:]}
    assert right["noise 1 %"] == "True"  # of this task the judge has a tree, and so has the fake
    assert right["control noise"] == "False"
