"""Which formulas count as found, the tables of that, and other programs beside it."""

import csv
import dataclasses
import io
import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest
import sympy
import torch

from edgewise.bench import discovery, discovery_report, program_results, symbolic_peers
from edgewise.bench.discovery import BASES, ROWS, Outcome, Results, Row, errors, summary
from edgewise.cli import main
from edgewise.datasets import feynman

F64 = torch.float64
BY_NAME = {row.name: row for row in ROWS}


def run(capsys, *args):
    """Exit status, standard output and standard error of ``edgewise bench ARGS``."""
    with pytest.raises(SystemExit) as stop:
        main(["bench", *[str(a) for a in args]])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


def outcome(row="hello", **changes):
    base = Outcome(row, "bspline", True, True, 1e-9, 2e-9, 1.0, 1.5, "x0*x1", "x₀x₁", "products")
    return dataclasses.replace(base, **changes)


# ---- the rows ---------------------------------------------------------------------------------


def test_truths_are_the_targets():
    """What the tables print as the truth is what the rows compute."""
    ascii_ = str.maketrans({"₀": "0", "₁": "1", "₂": "2", "₃": "3", "²": "**2", "³": "**3"})
    written = {
        "hello": "exp(sin(pi*x0)+x1**2)",
        "special": "exp(besselj(0,20*x0)+x1**2)",
        "singular log": "sin(2*(log(x0)+log(x1)))",
        "singular √": "sqrt(x0**2+x1**2)",
        "addition": "(x0+x1)/(1+x0*x1)",
        "product": "x0*x1",
        "features": "x0**2+.3*x1+.1*x2**3",
    }
    assert BY_NAME["hello"].formula.translate(ascii_) == "exp(sin(πx0) + x1**2)"
    for row in ROWS:
        if row.control or type(row) is not Row:
            continue
        text = written["hello" if row.name.startswith("noise") else row.name]
        names = sympy.symbols(f"x0:{row.inputs}")
        f = sympy.lambdify(names, sympy.sympify(text), ["scipy", "numpy"])
        low, high = row.ranges
        g = torch.Generator().manual_seed(0)
        x = low + (high - low) * torch.rand(50, row.inputs, generator=g, dtype=F64)
        rtol = 1e-6 if row.library else 1e-12  # torch's J₀ has 7 digits only, scipy's has 16
        np.testing.assert_allclose(row.target(x), f(*x.numpy().T), rtol=rtol)


def test_controls_are_the_same_every_time_and_no_target_reads_the_global_state():
    x = torch.rand(20, 4, dtype=F64)
    before = torch.get_rng_state()
    for row in ROWS:
        y = row.target(x[:, : row.inputs])
        assert torch.equal(y, row.target(x[:, : row.inputs]))
        assert y.shape == (20,)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.parametrize("basis", BASES)
def test_a_row_is_right(basis):
    found = discovery.run_row(BY_NAME["singular √"], basis, budget=60)
    assert found.right
    assert found.claimed
    assert (found.row, found.basis, found.truth) == ("singular √", basis, "√(x₀² + x₁²)")
    assert sympy.sympify(found.formula) == sympy.sympify("sqrt(x0**2+x1**2)")
    assert found.relative <= 1e-6
    assert found.r2 == pytest.approx(1 - found.relative**2)
    assert 0 < found.seconds < 60


def test_rows_with_noise_are_judged_within_it():
    found = discovery.run_row(BY_NAME["noise 5 %"], "bspline", budget=60)
    assert found.right
    assert 1e-6 < found.relative <= 0.25 * 0.05 or found.relative < 1e-12


def test_a_control_is_right_if_nothing_is_claimed():
    row = BY_NAME["control noise"]
    found = discovery.run_row(row, "bspline", budget=1)
    assert found.right
    assert not found.claimed


@pytest.mark.parametrize(("claimed", "control"), [(True, True), (True, False), (False, False)])
def test_wrong_answers_are_wrong(claimed, control, monkeypatch):
    """A false formula, a claim about noise, and a formula that isn't claimed."""
    formula = sympy.Symbol("x0") * (1.0 if claimed else sympy.Symbol("x1"))
    answer = result(formula, ["x0", "x1"], found=claimed)
    monkeypatch.setattr(discovery, "discover", lambda *_, **__: answer)
    row = dataclasses.replace(BY_NAME["product"], control=control)
    assert not discovery.run_row(row, "bspline", 1).right


def test_an_equation_is_right():
    found = discovery.run_equation("I.12.1", budget=60)
    assert found.right
    assert found.claimed
    assert (found.row, found.basis) == ("I.12.1", "all")
    assert sympy.sympify(found.formula) == sympy.Symbol("mu") * sympy.Symbol("Nn")
    assert found.truth == feynman.get("I.12.1").formula


# ---- errors -----------------------------------------------------------------------------------


def result(formula, names, found=True):
    """As much of a Discovery as is judged."""
    return SimpleNamespace(
        formula=sympy.sympify(formula),
        input_names=names,
        found=found,
        seconds=1.5,
        winner=SimpleNamespace(source="made up"),
    )


def test_errors_are_those_of_the_expression():
    x = torch.rand(200, 2, generator=torch.Generator().manual_seed(0), dtype=F64) + 1
    y = (x[:, 0] * x[:, 1])[:, None]
    a, b = sympy.symbols("x0 x1")
    assert errors(result(a * b, ["x0", "x1"]), x, y) == (0.0, 0.0)
    rmse, relative = errors(result(a * b + 0.5, ["x0", "x1"]), x, y)
    assert rmse == pytest.approx(0.5)
    assert relative == pytest.approx(0.5 / float(y.std()))
    assert errors(result(a * b * (1 + 1e-5), ["x0", "x1"]), x, y)[1] > 1e-6
    assert errors(result(a * b, ["x1", "x0"]), x, y) == (0.0, 0.0)
    assert errors(result(a / b, ["x0", "x1"]), x, y)[1] > 0.1
    rmse, _ = errors(result(2, ["x0", "x1"]), x, y)  # a constant
    assert rmse == pytest.approx(float((y - 2).square().mean().sqrt()))
    other = [sympy.Symbol("lambda"), sympy.Symbol("a b")]
    assert errors(result(other[0] * other[1], ["lambda", "a b"]), x.float(), y)[1] < 1e-6


@pytest.mark.parametrize("formula", ["sqrt(x0 - 1.5)", "log(x0 - 1.5)", "1/(x0 - x0)", "zoo"])
def test_formulas_without_values_somewhere_are_infinitely_wrong(formula):
    x = torch.rand(200, 2, generator=torch.Generator().manual_seed(0), dtype=F64) + 1
    rmse, relative = errors(result(formula, ["x0", "x1"]), x, x[:, :1])
    assert rmse == relative == float("inf")


# ---- tables -----------------------------------------------------------------------------------


def table(text, first):
    """The rows of the Markdown table whose first heading is ``first``."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    rows = []
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            break
        rows.append([c.strip() for c in line.replace("\\|", "¦").strip("|").split("|")])
    return rows


def test_a_summary_counts_and_names_the_false_claims():
    rows = [outcome(seconds=s) for s in (1.0, 2.0, 30.0)]
    rows += [outcome(right=False, claimed=True, seconds=3.0), outcome(right=False, claimed=False)]
    assert summary(rows) == "3 of 5 right (60%), 1 claimed wrongly, median 2.0 s"
    assert summary([]) == "0 of 0 right (0%), 0 claimed wrongly, median 0.0 s"


def test_markdown_of_rows():
    rows = [outcome(), outcome("bumps", right=False, rmse=0.25, formula="Abs(x0)|" + "x" * 90)]
    text = discovery_report.markdown(Results({"machine": "mine"}, rows))
    assert text.startswith("- machine: mine\n")
    first, second = table(text, "row")
    assert first == ["hello", "x₀x₁", "bspline", "yes", "1.0e-09", "1.5", "`x0*x1`"]
    assert second[3:5] == ["no", "2.5e-01"]
    assert second[6] == "`Abs(x0)¦" + "x" * 51 + "…`"
    assert "All rows: 1 of 2 right (50%), 1 claimed wrongly, median 1.5 s." in text
    assert "| equation |" not in text


def made_up_peers(folder, names):
    for n, name in enumerate(names):
        found = {"relative_rmse": [1e-8, 0.5, 0.01][n], "seconds": float(n + 1)}
        program_results.path_of(folder, "operon", name).write_text(json.dumps(found))
    path = program_results.path_of(folder, "gplearn", names[0])
    path.write_text(json.dumps({"error": "it broke"}))


def test_markdown_of_equations_beside_other_programs(tmp_path):
    names = ["I.6.2a", "Goldstein 3.16", "I.12.1"]
    made_up_peers(tmp_path, names)
    ours = [
        outcome(names[0], seconds=3.0),
        outcome(names[1], right=False, relative=0.2, r2=0.96, seconds=9.0),
        outcome(names[2], relative=1e-7, seconds=5.0),
    ]
    text = discovery_report.markdown(Results({}, equations=ours), tmp_path)
    assert table(text, "program") == [
        ["edgewise", "3", "2 (67%)", "2", "1.0e-07", "5.0"],
        ["operon", "3", "1 (33%)", "2", "1.0e-02", "2.0"],
        ["gplearn", "1", "0 (0%)", "0", "inf", "–"],
    ]
    assert [row[:4] for row in table(text, "equation")] == [
        ["I.6.2a", "`x₀x₁`", "yes", "1.000000"],
        ["Goldstein 3.16", "`x₀x₁`", "no", "0.960000"],
        ["I.12.1", "`x₀x₁`", "yes", "1.000000"],
    ]
    alone = discovery_report.markdown(Results({}, equations=ours))
    assert [row[0] for row in table(alone, "program")] == ["edgewise"]


def test_csv_has_every_field():
    rows = [outcome(), outcome(formula='a, "b"')]
    read = list(csv.DictReader(io.StringIO(discovery_report.to_csv(rows))))
    assert [r["formula"] for r in read] == ["x0*x1", 'a, "b"']
    assert set(read[0]) == {f.name for f in dataclasses.fields(Outcome)}
    assert float(read[0]["relative"]) == 2e-9


# ---- other programs ---------------------------------------------------------------------------

MADE_UP = """
import pathlib
class SymbolicRegressor:
    def __init__(self, **options):
        self.model_ = "a tree"

    def set_params(self, **options):
        return self

    def fit(self, x, y):
        with open(pathlib.Path(__file__).with_name("runs"), "a") as file:
            file.write(f"{x.shape} {y.shape}\\n")
        if x.shape[1] > 2:
            raise RuntimeError("too many variables")

    def predict(self, x):
        return x[:, 0] * x[:, 1] + 0.01

    def get_model_string(self, model, precision):
        return "(X1 * X2)"
"""


@pytest.fixture
def peer(tmp_path):
    """A Python with a made-up operon that finds X1 X2, and the file that counts its fits."""
    home = tmp_path / "home" / "pyoperon"
    home.mkdir(parents=True)
    (home / "__init__.py").touch()
    (home / "sklearn.py").write_text(MADE_UP)
    python = tmp_path / "home" / "python"
    python.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nsys.argv = sys.argv[2:]\n"
        f"sys.path[0] = {str(home.parent)!r}\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    python.chmod(0o755)
    return python, home / "runs"


def test_peers_are_run_once_judged_by_the_better_of_two_and_errors_kept(peer, tmp_path):
    python, runs = peer
    folder = tmp_path / "results"
    folder.mkdir()

    def go(name):
        return program_results.run(python, "operon", name, 1.0, 1, 0, folder)

    assert go("I.12.1").startswith("relative error 0.0e+00 in ")
    found = json.loads((folder / "I.12.1.operon.json").read_text())
    assert found["formula"] == "X1*X2"
    assert found["relative_rmse"] == 0.0  # of the formula: its predictions are .01 away
    assert (found["peer"], found["equation"], found["budget"]) == ("operon", "I.12.1", 1.0)
    assert "test_prediction" not in found
    count = len(runs.read_text().splitlines())
    assert runs.read_text().startswith("(1000, 2) (1000,)")
    go("I.12.1")
    assert len(runs.read_text().splitlines()) == count

    assert "too many variables" in go("I.14.3")
    broken = json.loads((folder / "I.14.3.operon.json").read_text())
    assert "too many variables" in broken["error"]
    assert broken["equation"] == "I.14.3"
    count = len(runs.read_text().splitlines())
    assert "too many variables" in go("I.14.3")
    assert len(runs.read_text().splitlines()) == count
    assert sorted(p.name for p in folder.iterdir()) == ["I.12.1.operon.json", "I.14.3.operon.json"]


def test_names_with_spaces_are_files(tmp_path):
    path = program_results.path_of(tmp_path, "operon", "Goldstein 3.16")
    assert path == tmp_path / "Goldstein_3.16.operon.json"
    assert len({program_results.path_of(tmp_path, "operon", n) for n in feynman.names()}) == 120


@pytest.mark.parametrize(
    ("formula", "prediction", "expected"),
    [
        ("X1*X2", 2.0, 0.0),
        ("X1", 0.0, 0.0),
        (None, 0.1, "offset"),
        ("log(X1 - 3)", 0.1, "offset"),
        ("3", np.nan, "constant"),
        (None, np.nan, "inf"),
    ],
)
def test_the_smaller_error_counts(formula, prediction, expected, monkeypatch):
    data = feynman.get("I.12.1").dataset(1000, 1000, seed=0, dtype=F64)
    y = data.y_test[:, 0].numpy()
    want = {
        "offset": 0.1 / y.std(),
        "constant": np.sqrt(np.mean((y - 3) ** 2)) / y.std(),
        "inf": np.inf,
    }.get(expected, expected)

    def made_up(python, peer, x, y_train, x_test, **options):
        assert x.shape == x_test.shape == (1000, 2)
        assert options == {"seconds": 5, "seed": 0, "threads": 2}
        return {"formula": formula, "seconds": 1.0, "test_prediction": y + prediction}

    monkeypatch.setattr(symbolic_peers, "run", made_up)
    found = program_results._result("python", "operon", "I.12.1", 5, 2, 0)
    assert found["relative_rmse"] == pytest.approx(want, abs=1e-12)


def test_a_formula_that_cannot_be_read_leaves_the_predictions(monkeypatch):
    data = feynman.get("I.12.1").dataset(1000, 1000, seed=0, dtype=F64)

    def made_up(*args, **options):
        prediction = data.y_test[:, 0].numpy() + 0.1
        return {"formula": "erf(X1)", "seconds": 1.0, "test_prediction": prediction}

    monkeypatch.setattr(symbolic_peers, "run", made_up)
    found = program_results._result("python", "operon", "I.12.1", 5, 2, 0)
    assert found["relative_rmse"] == pytest.approx(0.1 / data.y_test.numpy().std())
    assert "erf" in found["unreadable"]


# ---- pykan ------------------------------------------------------------------------------------

MADE_UP_KAN = """
import pathlib, sympy, torch
x, y = sympy.symbols("x_1 x_2")
class KAN:
    def __init__(self, **options):
        self.options = options
        pathlib.Path("model").mkdir()  # as pykan does, wherever it stands

    def fit(self, data, **options):
        assert data["train_input"].dtype == torch.float64 == torch.get_default_dtype()
        assert data["train_label"].shape == data["test_label"].shape == (1000, 1)
        if self.options["width"][0] > 3:
            raise RuntimeError("too wide")

    def prune(self):
        return self

    def refine(self, grid):
        return self

    def auto_symbolic(self, lib=None):
        pass

    def fix_symbolic(self, layer, i, j, name, **options):
        pass

    def symbolic_formula(self):
        formulas = {"hello": sympy.exp(y**2 + sympy.sin(3.14159265 * x)) + 1e-5,
                    "special": sympy.Function("J0")(20 * x)}
        return [[formulas["special" if self.options["width"] == [2, 1, 1] else "hello"]]]

    def __call__(self, x):
        return x.sum(1, keepdim=True) / 0

def add_symbolic(name, function, c):
    pass

def ex_round(expression, digits):
    return expression.xreplace({n: round(n, digits) for n in expression.atoms(sympy.Float)})
"""


@pytest.fixture
def pykan(tmp_path):
    """A Python with a made-up pykan."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "kan.py").write_text(MADE_UP_KAN)
    python = home / "python"
    python.write_text(
        f"#!{sys.executable}\nimport runpy, sys\nsys.argv = sys.argv[2:]\n"
        f"sys.path[0] = {str(home)!r}\n"
        "runpy.run_path(sys.argv[0], run_name='__main__')\n"
    )
    python.chmod(0o755)
    return python


def test_pykan_is_judged_by_its_formula_as_it_is_or_rounded(pykan, tmp_path, capsys):
    folder = tmp_path / "results"
    args = ("pykan-rows", "--python", pykan, "--out", folder)
    names = "hello,special,noise 5 %,features,control noise"
    assert run(capsys, *args, "--rows", names)[0] == 0

    def read(name):
        return json.loads((folder / f"{name}.pykan.json").read_text())

    hello = read("hello")
    assert hello["course"] == "automatic"
    assert hello["formula"] == "exp(X2**2 + sin(3.1416*X1))"  # rounding loses the offset, and π
    x_test, y_test = (part.numpy() for part in discovery.ROWS[0].data(0)[2:])
    rounded = np.exp(x_test[:, 1] ** 2 + np.sin(3.1416 * x_test[:, 0]))
    assert hello["rmse"] == pytest.approx(np.sqrt(np.mean((rounded - y_test[:, 0]) ** 2)))
    assert not hello["right"]  # it isn't 1e-6 of the spread
    assert read("noise_5_percent")["right"]
    assert read("special")["formula"] == "besselj(0, 20*X1)"
    assert read("special")["course"] == "functions given by hand"
    assert not read("control_noise")["right"]  # whatever it is
    assert "too wide" in read("features")["error"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "results"]

    rows = [outcome("hello"), outcome("hello", basis="rswaf"), outcome("features")]
    text = discovery_report.markdown(Results({}, rows), folder)
    lines = table(text, "row")
    assert [line[2] for line in lines] == [
        "bspline",
        "rswaf",
        "*pykan*, automatic",
        "bspline",
        "*pykan*",
    ]
    assert lines[2][3:5] == ["no", f"{hello['rmse']:.1e}"]
    assert "too wide" in lines[4][6]


def test_pykan_is_found_from_where_one_stands_and_what_cannot_be_read_is_left_out(
    pykan, tmp_path, capsys, monkeypatch
):
    home = tmp_path / "home" / "kan.py"
    home.write_text(home.read_text().replace("sympy.exp(y**2", "sympy.zoo * sympy.exp(y**2"))
    home.write_text(home.read_text().replace("x.sum(1, keepdim=True) / 0", "x[:, :1] + 0.5"))
    monkeypatch.chdir(tmp_path)
    args = ("pykan-rows", "--python", "home/python", "--rows", "hello", "--out", tmp_path)
    assert run(capsys, *args)[0] == 0
    found = json.loads((tmp_path / "hello.pykan.json").read_text())
    x, y = (part.numpy() for part in discovery.ROWS[0].data(0)[2:])
    assert found["rmse"] == pytest.approx(np.sqrt(np.mean((x[:, 0] + 0.5 - y[:, 0]) ** 2)))


def test_pykan_that_takes_too_long_has_no_result(tmp_path, capsys):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexec sleep 60\n")
    python.chmod(0o755)
    args = ("pykan-rows", "--python", python, "--rows", "hello", "--limit", 1)
    assert run(capsys, *args, "--out", tmp_path)[0] == 0
    assert json.loads((tmp_path / "hello.pykan.json").read_text())["error"] == "no result in 1 s"


def test_moons_of_pykan_are_told_apart_at_a_half():
    moons = next(row for row in discovery.ROWS if row.name == "moons")
    y = np.array([0.0, 0.0, 1.0, 1.0])
    found = program_results._judged(moons, np.array([-3.0, 0.4, 0.6, np.nan]), y)
    assert (found["accuracy"], found["rmse"], found["right"]) == (0.75, 0.5, False)


# ---- commands ---------------------------------------------------------------------------------


def test_bench_discovery_writes_tables(tmp_path, capsys):
    made_up_peers(tmp_path, ["I.12.1"])
    out = tmp_path / "out"
    args = ("--rows", "product", "--bases", "bspline", "--only", "I.12.1", "--budget", 10)
    code, text, _ = run(capsys, "discovery", *args, "--peers", tmp_path, "--out", out)
    assert code == 0
    assert "rows: 1 of 1 right (100%), 0 claimed wrongly" in text
    assert "equations: 1 of 1 right (100%)" in text
    written = (out / "discovery.md").read_text()
    assert [row[0] for row in table(written, "program")] == ["edgewise", "operon", "gplearn"]
    assert table(written, "row")[0][:4] == ["product", "x₀x₁", "bspline", "yes"]
    assert "edgewise bench discovery" in written or "command" in written
    for name, row in (("discovery.csv", "product"), ("feynman.csv", "I.12.1")):
        read = csv.DictReader(io.StringIO((out / name).read_text()))
        assert [r["row"] for r in read] == [row]


def test_bench_discovery_writes_no_table_of_equations_that_were_not_asked_for(tmp_path, capsys):
    args = ("--rows", "product", "--bases", "bspline", "--budget", 10, "--out", tmp_path / "out")
    code, text, _ = run(capsys, "discovery", *args)
    assert code == 0
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["discovery.csv", "discovery.md"]
    assert "feynman.csv" not in text


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("discovery", "--rows", "hallo"), "--rows expected names among hello, "),
        (("discovery", "--bases", "wavelet"), "got 'wavelet'"),
        (("discovery", "--rows", "none", "--only", "I.1.1"), "--only expected names among"),
        (("symbolic-peers", "--python", sys.executable, "--programs", "eureqa"), "got 'eureqa'"),
        (("symbolic-peers",), "Missing option '--python'"),
    ],
)
def test_wrong_arguments(args, message, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, *args)
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1


def test_bench_symbolic_peers(peer, tmp_path, capsys):
    python, runs = peer
    out = tmp_path / "results"
    args = ("symbolic-peers", "--python", python, "--programs", "operon", "--out", out)
    fits = []
    for _ in range(2):
        code, text, _ = run(capsys, *args, "--only", "I.12.1,I.14.3", "--budget", 1)
        assert code == 0
        first, second = text.splitlines()
        assert first.split()[:4] == ["I.12.1", "operon", "relative", "error"]
        assert second.split()[:2] == ["I.14.3", "operon"]
        assert "too many variables" in second
        fits.append(runs.read_text())
    assert fits[0] == fits[1]
    assert sorted(p.name for p in out.iterdir()) == ["I.12.1.operon.json", "I.14.3.operon.json"]


def test_bench_sparsity_prints_ratios(capsys):
    code, text, _ = run(capsys, "sparsity", "--bases", "rswaf", "--batches", 32, "--repeats", 2)
    assert code == 0
    assert "- machine: " in text
    (line,) = table(text, "basis")
    assert line[:2] == ["rswaf", "32"]
    assert all(float(number) > 0 for number in line[2:])
    assert len(line) == 7
    code, _, error = run(capsys, "sparsity", "--bases", "spline")
    assert code != 0
    assert "'spline'" in error
