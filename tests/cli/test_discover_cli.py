"""``edgewise discover``: tables as people have them, in; a page, formulas and a model, out."""

import subprocess
import sys

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.cli import main
from edgewise.cli.discover import read_table
from edgewise import discovery

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


def test_a_table_becomes_a_page_formulas_and_a_model(tmp_path, capsys):
    table = columns()
    path = write(tmp_path / "radius.csv", table)
    out = tmp_path / "out" / "deep"
    code, text, _ = run(capsys, path, "--target", "y", "--budget", 20, "--out", out, "--quiet")
    assert code == 0
    assert "found: y = sqrt(a**2 + b**2)" in text
    assert f"written to {out}/: report.html formula.txt model.safetensors" in text
    names = sorted(p.name for p in out.iterdir())
    assert names == ["formula.txt", "model.safetensors", "report.html"]
    lines = (out / "formula.txt").read_text(encoding="utf-8").splitlines()
    a, b = sympy.symbols("a b")
    assert sympy.sympify(lines[0]) == sympy.sqrt(a**2 + b**2)
    model = ew.load(out / "model.safetensors")
    assert model.input_names == ["a", "b"]
    x = torch.tensor(np.stack([table["a"], table["b"]], 1))
    with torch.no_grad():
        np.testing.assert_allclose(model(x)[:, 0], table["y"], rtol=1e-12)
    assert model.formula() == sympy.sqrt(a**2 + b**2)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "sqrt(a**2 + b**2)" in page


def test_the_folder_is_named_after_the_table_and_options_reach_the_search(
    tmp_path, capsys, monkeypatch
):
    given = {}
    search = discovery.discover

    def spy(x, y, **options):
        given.update(options)
        return search(x, y, **options | {"budget": 1e-9})

    monkeypatch.setattr(discovery, "discover", spy)
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "radius.v2.csv", columns())
    args = ("radius.v2.csv", "--target", "y", "--inputs", "b, a", "--budget", 7.5, "--seed", 3)
    assert run(capsys, *args)[0] == 0
    assert given == {
        "input_names": ["b", "a"],
        "output_name": "y",
        "budget": 7.5,
        "seed": 3,
        "progress": True,
    }
    assert (tmp_path / "runs" / "discover-radius.v2" / "report.html").exists()
    assert ew.load(tmp_path / "runs/discover-radius.v2/model.safetensors").in_features == 2


# ---- tables -----------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("separator", [",", "\t", ";", ", "])
def test_separators_and_marks(separator, start, tmp_path):
    table = columns()
    path = write(tmp_path / "t.txt", table, separator, start)
    names, x, y, notes = read_table(path, "y", None)
    assert names == ["a", "b"]
    assert x.dtype == y.dtype == torch.float64
    np.testing.assert_array_equal(x, np.stack([table["a"], table["b"]], 1))
    np.testing.assert_array_equal(y, table["y"])
    assert notes == []


def test_inputs_come_in_the_order_asked_for(tmp_path):
    table = columns()
    names, x, _, _ = read_table(write(tmp_path / "t.csv", table), "a", ["y", "b"])
    assert names == ["y", "b"]
    np.testing.assert_array_equal(x, np.stack([table["y"], table["b"]], 1))


@pytest.mark.parametrize("hole", ["", "NA", "nan", "inf", "-inf"])
def test_rows_with_holes_are_left_out_and_counted(hole, tmp_path):
    table = columns()
    kept = np.ones(ROWS, bool)
    cells = {k: [repr(float(v)) for v in values] for k, values in table.items()}
    for name, n in (("a", 3), ("b", 3), ("y", 7), ("y", 299)):
        cells[name][n] = hole
        kept[n] = False
    _, x, y, notes = read_table(write(tmp_path / "t.csv", cells), "y", None)
    np.testing.assert_array_equal(x[:, 0], table["a"][kept])
    np.testing.assert_array_equal(y, table["y"][kept])
    assert notes == ["3 of 300 rows left out: values are missing or infinite"]


def test_holes_in_columns_that_are_not_used_do_no_harm(tmp_path):
    table = columns() | {"other": [""] * ROWS, "text": ["one"] * ROWS}
    _, x, _, notes = read_table(write(tmp_path / "t.csv", table), "y", ["a", "b"])
    assert x.shape == (ROWS, 2)
    assert notes == []


@pytest.mark.parametrize("head", ["", "a,b,y"], ids=["pandas", "R"])
def test_row_numbers_without_a_name_are_left_out_and_said(head, tmp_path):
    table = {"": [str(n) for n in range(ROWS)]} | columns()
    path = write(tmp_path / "t.csv", table)
    if head:  # as R writes it: no name at all, not even an empty one
        path.write_text(path.read_text().replace(",a,b,y", head, 1))
    names, x, _, notes = read_table(path, "y", None)
    assert names == ["a", "b"]
    np.testing.assert_array_equal(x[:, 0], table["a"])
    assert notes == ["a column without a name is left out"]


def test_true_and_false_are_numbers(tmp_path):
    flags = ["True" if v > 1 else "False" for v in columns()["a"]]
    _, x, _, _ = read_table(write(tmp_path / "t.csv", columns() | {"flag": flags}), "y", None)
    np.testing.assert_array_equal(x[:, 2], [float(f == "True") for f in flags])


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
    _, _, y, notes = read_table(write(tmp_path / "t.csv", table), "y", None)
    assert not y.is_floating_point()
    np.testing.assert_array_equal(y == 1, inside)
    assert notes == [f"y has two classes: {note}"]


def test_two_numbers_that_are_not_whole_are_numbers(tmp_path):
    values = np.where(columns()["a"] > 1.2, 0.5, 1.0)
    _, _, y, notes = read_table(write(tmp_path / "t.csv", columns() | {"y": values}), "y", None)
    np.testing.assert_array_equal(y, values)
    assert notes == []


def test_two_classes_end_with_an_accuracy(tmp_path, capsys):
    table = columns()
    table["y"] = ["big" if v > 1.2 else "small" for v in table["a"]]
    path = write(tmp_path / "t.csv", table)
    args = (path, "--target", "y", "--budget", 6, "--out", tmp_path / "out", "--quiet")
    code, text, _ = run(capsys, *args)
    assert code == 0
    assert "y has two classes: big counts as -1, small as 1" in text
    assert float(text.split("test accuracy ")[1].split()[0]) > 0.95


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
            {"kind": ["red", "blue", "green"] * 100},
            ("--target", "kind"),
            "numbers or two classes, got 3 different texts: blue, green, red",
        ),
        (
            {"kind": ["red", "blue", "red"] * 100},
            ("--target", "y", "--inputs", "kind"),
            "turn it into numbers",
        ),
        ({"a": [""] * 290 + ["1"] * 10}, ("--target", "y"), "at least 20 rows"),
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


@pytest.mark.parametrize(
    ("package", "extra"), [("pandas", "data"), ("sympy", "symbolic"), ("matplotlib", "plot")]
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
