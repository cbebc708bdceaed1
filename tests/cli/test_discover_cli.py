"""``edgewise discover``: tables as people have them, in; a page, formulas and a model, out."""

import re
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
import sympy
import torch

import edgewise as ew
from edgewise import discovery
from edgewise.cli import main
from edgewise.cli._discover_table import read_table
from edgewise.cli.discover import read_units, write_results
from edgewise.data.targets import read_targets
from edgewise.discovery.formula import Formula
from edgewise.discovery.result import Discoveries, Discovery
from edgewise.formula.expression import Input, add, exact, power
from edgewise.formula.program import Program
from edgewise.formula.verdict import Verdict

ROWS = 300


def run(capsys, *args):
    """Exit status, standard output and standard error of ``edgewise discover ARGS``."""
    with pytest.raises(SystemExit) as stop:
        main(["discover", *[str(a) for a in args]])
    out, err = capsys.readouterr()
    return stop.value.code, out, err


def columns(seed=0):
    g = np.random.default_rng(seed)
    a, b = g.uniform(0.5, 2, (2, ROWS))
    return {"a": a, "b": b, "y": np.sqrt(a**2 + b**2)}


def write(path, table, separator=",", start="", encoding="utf-8"):
    """A table; numbers with all their digits."""
    lines = [separator.join(table)]
    for values in zip(*table.values(), strict=True):
        cells = [v if isinstance(v, str) else repr(float(v)) for v in values]
        lines.append(separator.join(cells))
    path.write_text(start + "\n".join(lines) + "\n", encoding=encoding)
    return path


def made(names, output="y", tree=None, classes=False):
    """A discovery without a search: y = sqrt(x0² + x1²), or another tree."""
    x = np.random.default_rng(0).uniform(0.5, 2, (40, len(names)))
    square = [power(Input(k), exact(2)) for k in range(2)]
    tree = power(add(*square), exact(1, 2)) if tree is None else tree
    y = Program(tree).values(x)
    front = [
        Formula(t, tuple(names), bits, rmse, 1 - rmse, rmse, "by hand")
        for t, bits, rmse in ((exact(2), 3.0, 0.4), (tree, 20.0, 0.0))
    ]
    return Discovery(
        front=front,
        winner=front[1],
        verdict=Verdict("exact", "it leaves nothing but rounding"),
        alternatives=[],
        baseline=0.99,
        seconds=0.1,
        evaluations=10,
        input_names=list(names),
        output_name=output,
        accuracy=0.9 if classes else None,
        x=x,
        y=np.sign(y - 2) if classes else y,
    )


@pytest.fixture
def searches(monkeypatch):
    """What the command passes to discover, which is replaced by a result made by hand."""
    given = []

    def spy(x, y, **options):
        given.append({"x": x, "y": y} | options)
        outputs = options["output_name"]
        names = options["input_names"]
        if isinstance(outputs, list):
            return Discoveries([made(names, output) for output in outputs])
        if np.asarray(y).dtype == object:
            classes = sorted(set(y))
            found = [made(names, f"{outputs}={c}", classes=True) for c in classes]
            return Discoveries(found, classes)
        return made(names, outputs)

    monkeypatch.setattr(discovery, "discover", spy)
    return given


def test_a_table_becomes_a_page_formulas_and_a_model(tmp_path, capsys):
    table = columns()
    path = write(tmp_path / "radius.csv", table)
    out = tmp_path / "out" / "deep"
    code, text, _ = run(capsys, path, "--target", "y", "--budget", 20, "--out", out, "--quiet")
    assert code == 0
    assert "exact: y = sqrt(a**2 + b**2)" in text
    assert (
        f"written to {out}/: report.html formula.txt front.csv card.png model.safetensors" in text
    )
    names = sorted(p.name for p in out.iterdir())
    assert names == ["card.png", "formula.txt", "front.csv", "model.safetensors", "report.html"]
    lines = (out / "formula.txt").read_text(encoding="utf-8").splitlines()
    a, b = sympy.symbols("a b")
    assert sympy.sympify(lines[0]) == sympy.sqrt(a**2 + b**2)
    model = ew.load(out / "model.safetensors")
    assert model.input_names == ["a", "b"]
    x = torch.tensor(np.stack([table["a"], table["b"]], 1))
    with torch.no_grad():
        np.testing.assert_allclose(model(x)[:, 0], table["y"], rtol=1e-12)
    front = pd.read_csv(out / "front.csv")
    assert list(front["output"].unique()) == ["y"]
    assert front["winner"].sum() == 1
    assert front["formula"][front["winner"]].item() == "sqrt(a**2 + b**2)"
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "sqrt(a**2 + b**2)" in page


def test_options_reach_the_search_and_the_folder_is_named_after_the_table(
    tmp_path, capsys, monkeypatch, searches
):
    monkeypatch.chdir(tmp_path)
    table = columns() | {"w": np.linspace(0, 1, ROWS)}
    write(tmp_path / "radius.v2.csv", table)
    args = ("--inputs", "b, a", "--budget", 7.5, "--seed", 3, "--jobs", 2, "--robust")
    units = ("--units", "a=m,b = m", "--output-unit", "m", "--weight", "w")
    assert run(capsys, "radius.v2.csv", "--target", "y", *args, *units)[0] == 0
    (given,) = searches
    np.testing.assert_array_equal(given.pop("x"), np.stack([table["b"], table["a"]], 1))
    np.testing.assert_array_equal(given.pop("y"), table["y"])
    np.testing.assert_array_equal(given.pop("sample_weight"), table["w"])
    assert given == {
        "input_names": ["b", "a"],
        "output_name": "y",
        "units": {"a": "m", "b": "m"},
        "output_unit": "m",
        "robust": True,
        "budget": 7.5,
        "seed": 3,
        "n_jobs": 2,
        "progress": True,
        "sigma": None,
    }
    assert (tmp_path / "runs" / "discover-radius.v2" / "report.html").exists()
    assert ew.load(tmp_path / "runs/discover-radius.v2/model.safetensors").in_features == 2


def test_without_options_nothing_is_asked_for(tmp_path, capsys, searches):
    path = write(tmp_path / "t.csv", columns())
    assert run(capsys, path, "--target", "y", "--out", tmp_path / "out", "--quiet")[0] == 0
    (given,) = searches
    assert [given[k] for k in ("units", "output_unit", "sample_weight")] == [None] * 3
    assert (given["robust"], given["n_jobs"], given["progress"]) == (False, 1, False)
    assert given["budget"] == 60


def test_several_targets(tmp_path, capsys, searches):
    table = columns() | {"z, too": columns()["a"]}
    quoted = {(f'"{k}"' if "," in k else k): v for k, v in table.items()}
    path, out = write(tmp_path / "t.csv", quoted), tmp_path / "out"
    args = ("--target", 'y,"z, too"', "--out", out, "--quiet")
    code, text, err = run(capsys, path, *args)
    assert (code, err) == (0, "")
    (given,) = searches
    assert given["output_name"] == ["y", "z, too"]
    assert given["input_names"] == ["a", "b"]
    np.testing.assert_array_equal(given["y"], np.stack([table["y"], table["z, too"]], 1))
    cards = ["card-y.png", "card-z_too.png"]
    models = ["model-y.safetensors", "model-z_too.safetensors"]
    assert text.endswith(f"report.html formula.txt front.csv {' '.join(cards + models)}\n")
    lines = (out / "formula.txt").read_text().splitlines()
    assert lines[0] == "# y ="
    assert lines[3] == "# z, too ="
    assert all(sympy.sympify(line) is not None for line in lines if not line.startswith("#"))
    assert list(pd.read_csv(out / "front.csv")["output"]) == ["y", "y", "z, too", "z, too"]
    assert "Formulas for y, z, too" in (out / "report.html").read_text(encoding="utf-8")


def test_a_target_whose_name_has_a_comma_is_one(tmp_path, capsys, searches):
    table = {"a": columns()["a"], "b": columns()["b"], '"p,q"': columns()["y"]}
    path = write(tmp_path / "t.csv", table)
    assert run(capsys, path, "--target", "p,q", "--out", tmp_path / "out", "--quiet")[0] == 0
    assert searches[0]["output_name"] == "p,q"


def test_more_than_two_classes(tmp_path, capsys, searches):
    kinds = ["red", "green", "blue"] * (ROWS // 3)
    path = write(tmp_path / "t.csv", columns() | {"y": kinds})
    out = tmp_path / "out"
    code, text, _ = run(capsys, path, "--target", "y", "--out", out, "--quiet")
    assert code == 0
    assert "y has 3 classes, each with a formula: blue, green, red" in text
    assert list(searches[0]["y"]) == kinds
    assert "A formula for each class" in (out / "report.html").read_text(encoding="utf-8")
    files = {p.name for p in out.glob("model-*")}
    assert len(files) == 3


def test_formulas_have_safe_names_and_say_which(tmp_path):
    names = ["E", "my\ncol"]
    written = write_results(made(names, "lambda"), tmp_path)
    assert written[0] == "report.html"
    lines = (tmp_path / "formula.txt").read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    formulas = [line for line in lines if not line.startswith("#")]
    safe = [line[2:].split(":")[0] for line in comments]
    assert [line.split(": ")[1] for line in comments] == ["E", "my col"]
    assert len(formulas) == 2
    u, v = map(sympy.Symbol, safe)
    assert sympy.sympify(formulas[0]) == sympy.sqrt(u**2 + v**2)
    assert sympy.sympify(formulas[1]) == 2


def test_a_formula_that_is_no_network_is_written_without_one(tmp_path, capsys, monkeypatch):
    def refuse(self):
        raise ValueError("expected a formula of sums, got x**y")

    monkeypatch.setattr(Discovery, "model", property(refuse))
    (tmp_path / "model.safetensors").write_text("of an earlier search")
    written = write_results(made(["a", "b"]), tmp_path)
    assert written == ["report.html", "formula.txt", "front.csv", "card.png"]
    said = "model.safetensors is left out: expected a formula of sums, got x**y"
    assert said in capsys.readouterr().out
    assert not (tmp_path / "model.safetensors").exists()


def test_units_of_a_file(tmp_path):
    path = tmp_path / "units.json"
    path.write_text('{"g": "m/s^2", "l": "m"}')
    assert read_units(str(path), ["l", "g", "t"]) == {"g": "m/s^2", "l": "m"}
    assert read_units("g=m/s^2, l = m", ["l", "g"]) == {"g": "m/s^2", "l": "m"}
    assert read_units('"a,b"=m,a=b=s', ["a,b", "a=b"]) == {"a,b": "m", "a=b": "s"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("g", "--units expected NAME=UNIT once for each input"),
        ("g=", "NAME=UNIT"),
        ("=m", "NAME=UNIT"),
        ("g=m,g=s", "NAME=UNIT"),
        ("h=m", "--units expected names of inputs, got h: choose from g, l"),
    ],
)
def test_wrong_units(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        read_units(text, ["g", "l"])


@pytest.mark.parametrize("content", ["[1]", '{"g": 1}', "{", "\xff"])
def test_wrong_files_of_units(content, tmp_path):
    path = tmp_path / "units.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(ValueError, match="--units expected"):
        read_units(str(path), ["g"])


INTERRUPTED = """
import os, pty, signal, sys
from edgewise.cli import main
child, terminal = pty.fork()  # in a pipe no progress would be shown
if not child:
    # Where the tests run in the background of a shell, children ignore Ctrl-C from the start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
seen = b""
while b", error " not in seen:  # the search has begun
    more = os.read(terminal, 1024)
    assert more, seen
    seen += more
os.kill(child, signal.SIGINT)
try:
    while more := os.read(terminal, 1024):
        seen += more
except OSError:  # the terminal's other end is closed
    pass
assert os.waitpid(child, 0)[1] == 0, seen
print(seen.decode())
"""


def test_ctrl_c_writes_what_was_found(tmp_path, forks):
    g = np.random.default_rng(0)
    table = {k: g.normal(size=80) for k in "abcdy"}  # noise: nothing ends the search early
    path, out = write(tmp_path / "noise.csv", table), tmp_path / "out"
    options = ["--target", "y", "--budget", "200", "--out", out]
    assert "written to" in forks.run("-c", INTERRUPTED, "discover", path, *options)
    names = {p.name for p in out.iterdir()}
    assert {"formula.txt", "front.csv", "report.html"} <= names


# ---- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("separator", [",", "\t", ";", ", "])
def test_separators_and_marks(separator, start, tmp_path):
    table = columns()
    path = write(tmp_path / "t.txt", table, separator, start)
    targets, found = read_table(path, "y")
    assert targets == ["y"]
    assert found.names == ["a", "b"]
    assert found.x.dtype == found.y.dtype == np.float64
    np.testing.assert_array_equal(found.x, np.stack([table["a"], table["b"]], 1))
    np.testing.assert_array_equal(found.y, table["y"])
    assert found.weight is None
    assert found.notes == []


@pytest.mark.parametrize(
    ("encoding", "separator", "decimal", "said"),
    [
        ("utf-16", "|", ".", []),
        ("latin-1", ",", ".", ["the file is not in UTF-8: it is read as Latin-1"]),
        ("utf-8", ";", ",", []),
    ],
)
def test_files_that_fit_reads_are_read_the_same(encoding, separator, decimal, said, tmp_path):
    rows = [["größe", "y"], ["1.5", "2"], ["2.25", "4"]]
    lines = (separator.join(cell.replace(".", decimal) for cell in row) for row in rows)
    (tmp_path / "t.csv").write_bytes(("\n" + "\n".join(lines) + "\n").encode(encoding))
    _, found = read_table(tmp_path / "t.csv", "y")
    assert found.names == ["größe"]
    assert found.x[:, 0].tolist() == [1.5, 2.25]
    assert found.notes[: len(said)] == said


def test_inputs_come_in_the_order_asked_for(tmp_path):
    table = columns()
    _, found = read_table(write(tmp_path / "t.csv", table), "a", "y,b")
    assert found.names == ["y", "b"]
    np.testing.assert_array_equal(found.x, np.stack([table["y"], table["b"]], 1))


@pytest.mark.parametrize("hole", ["", "NA", "nan", "inf", "-inf"])
def test_rows_with_holes_are_left_out_and_counted(hole, tmp_path):
    table = columns()
    kept = np.ones(ROWS, bool)
    cells = {k: [repr(float(v)) for v in values] for k, values in table.items()}
    for name, n in (("a", 3), ("b", 3), ("y", 7), ("y", 299)):
        cells[name][n] = hole
        kept[n] = False
    cells["w"] = [repr(float(n)) for n in range(ROWS)]
    _, found = read_table(write(tmp_path / "t.csv", cells), "y", weight="w")
    np.testing.assert_array_equal(found.x[:, 0], table["a"][kept])
    np.testing.assert_array_equal(found.y, table["y"][kept])
    np.testing.assert_array_equal(found.weight, np.arange(ROWS)[kept])
    assert found.names == ["a", "b"]
    assert found.notes == ["3 of 300 rows left out: values are missing or infinite"]


def test_a_column_of_errors_is_no_input(tmp_path):
    table = columns() | {"e": np.linspace(1, 2, ROWS)}
    _, found = read_table(write(tmp_path / "t.csv", table), "y", sigma="e")
    np.testing.assert_array_equal(found.sigma, table["e"])
    assert found.names == ["a", "b"]


def test_holes_in_columns_that_are_not_used_do_no_harm(tmp_path):
    table = columns() | {"other": [""] * ROWS, "text": ["one"] * ROWS}
    _, found = read_table(write(tmp_path / "t.csv", table), "y", "a,b")
    assert found.x.shape == (ROWS, 2)
    assert found.notes == []


@pytest.mark.parametrize("head", ["", "a,b,y"], ids=["pandas", "R"])
def test_row_numbers_without_a_name_are_left_out_and_said(head, tmp_path):
    table = {"": [str(n) for n in range(ROWS)]} | columns()
    path = write(tmp_path / "t.csv", table)
    if head:  # as R writes it: no name at all, not even an empty one
        path.write_text(path.read_text().replace(",a,b,y", head, 1))
    _, found = read_table(path, "y")
    assert found.names == ["a", "b"]
    np.testing.assert_array_equal(found.x[:, 0], table["a"])
    assert found.notes == ["a column without a name is left out"]


def test_true_and_false_are_numbers(tmp_path):
    flags = ["True" if v > 1 else "False" for v in columns()["a"]]
    _, found = read_table(write(tmp_path / "t.csv", columns() | {"flag": flags}), "y")
    np.testing.assert_array_equal(found.x[:, 2], [float(f == "True") for f in flags])


@pytest.mark.parametrize(
    ("low", "high", "note"),
    [
        ("no", "yes", "no counts as -1, yes as 1"),
        ("0", "1", "0 counts as -1, 1 as 1"),
        ("2", "5", "2 counts as -1, 5 as 1"),
        ("False", "True", "False counts as -1, True as 1"),
    ],
)
def test_two_classes(low, high, note, tmp_path):
    inside = columns()["a"] > 1.2
    table = columns() | {"y": [high if v else low for v in inside]}
    _, found = read_table(write(tmp_path / "t.csv", table), "y")
    read, _ = read_targets("discover", found.y)
    np.testing.assert_array_equal(read[:, 0] == 1, inside)
    assert found.notes == [f"y has two classes: {note}"]


def test_two_numbers_that_are_not_whole_are_numbers(tmp_path):
    values = np.where(columns()["a"] > 1.2, 0.5, 1.0)
    _, found = read_table(write(tmp_path / "t.csv", columns() | {"y": values}), "y")
    np.testing.assert_array_equal(found.y, values)
    assert found.notes == []


def test_two_classes_end_with_an_accuracy(tmp_path, capsys):
    table = columns()
    table["y"] = ["big" if v > 1.2 else "small" for v in table["a"]]
    path = write(tmp_path / "t.csv", table)
    args = (path, "--target", "y", "--budget", 1, "--out", tmp_path / "out", "--quiet")
    code, text, _ = run(capsys, *args)
    assert code == 0
    assert "y has two classes: big counts as -1, small as 1" in text
    assert float(text.split("accuracy ")[1].split()[0]) > 0.95


# ---- errors -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "args", "message"),
    [
        ({}, (), "Missing option '--target'"),
        ({}, ("--target", "z"), "there is no column 'z': choose from a, b, y"),
        ({}, ("--target", "y", "--inputs", "a,c"), "there is no column 'c': choose from a, b, y"),
        ({}, ("--target", "y", "--inputs", "a,y"), "different columns without 'y'"),
        ({}, ("--target", "y", "--inputs", "a,a"), "different columns without 'y'"),
        ({}, ("--target", "y", "--budget", "0"), "Invalid value for '--budget'"),
        (
            {"kind": ["red", "blue", "red"] * 100},
            ("--target", "y"),
            "got text in kind (such as 'red'): leave them out with --inputs a,b",
        ),
        (
            {"kind": [f"kind {n}" for n in range(ROWS)]},
            ("--target", "kind"),
            "at most 20 classes in y, got 300 different texts",
        ),
        (
            {"a": ["1+2j", "2-1j", "3j"] * 100},
            ("--target", "y"),
            "expected real numbers in the inputs, got complex ones in a (such as '1+2j')",
        ),
        (
            {"y": ["1+2i", "(2-1j)", "3j"] * 100},
            ("--target", "y"),
            "the target 'y' expected real numbers, got complex ones",
        ),
        (
            {"kind": ["red", "blue", "red"] * 100},
            ("--target", "y,kind"),
            "several targets expected numbers, got text in kind",
        ),
        ({}, ("--target", "y,y"), "--target expected different columns, got y, y"),
        ({}, ("--target", "y", "--weight", "w"), "there is no column 'w'"),
        ({}, ("--target", "y", "--weight", "y"), "expected different columns"),
        (
            {"w": ["red", "blue", "red"] * 100},
            ("--target", "y", "--weight", "w"),
            "--weight expected a column of numbers, got text in 'w' (such as 'red')",
        ),
        ({"w": [-1.0] * ROWS}, ("--target", "y", "--weight", "w"), "weights of at least 0"),
        ({}, ("--target", "y", "--sigma", "w"), "there is no column 'w'"),
        ({}, ("--target", "y", "--sigma", "b", "--errors", "relative"), "--sigma or --errors, got"),
        ({"e": [0.0] * ROWS}, ("--target", "y", "--sigma", "e"), "above 0 in sigma, got 0.0"),
        ({}, ("--target", "y", "--units", "c=m"), "names of inputs, got c: choose from a, b"),
        ({}, ("--target", "y", "--units", "nowhere.json"), "nowhere.json"),
        ({}, ("--target", "y", "--units", "a=m^^2"), "m^^2"),
        ({}, ("--target", "y", "--jobs", "0"), "Invalid value for '--jobs'"),
        (
            {"kind": ["red", "blue", "red"] * 100},
            ("--target", "y", "--inputs", "kind"),
            "turn it into numbers",
        ),
        ({"a": [""] * 296 + ["1"] * 4}, ("--target", "y"), "at least 5 rows"),
    ],
)
def test_wrong_arguments_exit_2_with_one_line(change, args, message, tmp_path, capsys):
    path = write(tmp_path / "t.csv", columns() | change)
    code, _, err = run(capsys, path, *args, "--out", tmp_path / "out", "--quiet")
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert not list(tmp_path.rglob("report.html"))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "expected a table with a line of names"),
        (b"\xff\xfe\x00binary\x00", "expected a table with a line of names"),
        (b"y\n" + b"1\n" * 30, "expected a column beside 'y'"),
        (b"a,y\n" + b"1,2,3\n1,2\n1,2,3,4\n" * 9, "expected a table with a line of names"),
    ],
)
def test_what_is_no_table(content, message, tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    code, _, err = run(capsys, path, "--target", "y", "--out", tmp_path / "out")
    assert code == 2
    assert message in err
    assert len(err.strip().splitlines()) == 1
    assert run(capsys, tmp_path / "nowhere.csv", "--target", "y")[0] == 2
    assert "got the device" in run(capsys, "/dev/zero", "--target", "y")[2]


@pytest.mark.parametrize(
    ("package", "extra"),
    [
        ("pandas", "data"),
        ("sympy", "symbolic"),
        ("sklearn", "symbolic"),
        ("jinja2", "symbolic"),
        ("matplotlib", "plot"),
    ],
)
def test_what_is_not_installed_is_said_before_the_search(
    package, extra, tmp_path, capsys, monkeypatch
):
    from edgewise.cli import discover as command

    module = sys.modules["edgewise.cli.discover"]
    find = module.find_spec
    monkeypatch.setattr(module, "find_spec", lambda name: None if name == package else find(name))
    monkeypatch.setattr(discovery, "discover", None)
    path = write(tmp_path / "t.csv", columns())
    code, _, err = run(capsys, path, "--target", "y", "--out", tmp_path / "out")
    assert code == 1
    assert f"discover needs {package}, which is not installed" in err
    assert f"pip install edgewise[{extra}]" in err
    assert not (tmp_path / "out").exists()
    assert command is not None


def test_help_imports_neither_torch_nor_pandas():
    code = (
        "import sys, contextlib, io\n"
        "from edgewise.cli import main\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):\n"
        "    main(['discover', '--help'])\n"
        "print(sorted({'torch', 'numpy', 'pandas', 'sympy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
