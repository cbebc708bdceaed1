"""The pages for those who come from other programs: every name is there, and every row runs."""

from __future__ import annotations

import contextlib
import copy
import functools
import inspect
import io
import re
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import torch

import edgewise as ew
from edgewise.models.foreign_names import CLASSES, METHODS

ROOT = Path(__file__).parent.parent.parent
PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
         for name in ("reference/pykan", "from-others")}  # fmt: skip
NAMES = {
    "reference/pykan": ROOT / "tests" / "data" / "pykan-0.2.8-names.txt",
    "from-others": ROOT / "tests" / "data" / "fast-kans-names.txt",
}
MODULES = {"compiler", "experiment", "feynman", "hypothesis", "spline", "utils"}


def rows_of(page):
    """(section, names, code) of every row of a page's tables."""
    section = ""
    for line in PAGES[page].splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        cells = re.match(r"\| `([^`]*)` \| `([^`]*)` \|", line)
        if cells:
            yield section, cells[1], cells[2]


def told(page):
    """The names and arguments that a page tells of: "MultKAN.fit" and "MultKAN.fit lamb"."""
    found = set()
    for section, text, _ in rows_of(page):
        name, arguments = re.fullmatch(r"([\w.]+)(?:\((.*)\))?", text).groups()
        whole = name if name == section else f"{section}.{name}"
        found.add(whole)
        found |= {f"{whole} {a.strip()}" for a in (arguments or "").split(",") if a.strip()}
    return found


@pytest.mark.parametrize("page", PAGES)
def test_no_name_is_missing_and_none_is_made_up(page):
    listed = set()
    for line in NAMES[page].read_text().splitlines():
        name, *arguments = line.split()
        listed |= {name, *(f"{name} {a}" for a in arguments)}
    assert listed - told(page) == set()
    assert told(page) - listed == set()


def f(x):
    return torch.sin(x[:, 0] - x[:, 1])


@pytest.fixture(scope="module")
def trained():
    generator = torch.Generator().manual_seed(0)
    x = torch.rand(60, 2, generator=generator) * 1.8 - 0.9
    y = torch.sin(2 * x[:, :1]) + x[:, 1:] ** 2
    model = ew.KAN([2, 5, 1], seed=generator)
    ew.fit(model, x[:50], y[:50], steps=5, lr=0.02, progress=False)
    named = ew.KAN([2, 1], seed=generator)
    for i, function in enumerate(("sin", "x^2")):
        named = ew.surgery.fix_edge(named, (0, i, 0), function, numbers=(1, 0, 1, 0))
    mlp = ew.MLP([2, 5, 1])
    small = ew.KAN([2, 1], seed=generator)
    data = {"x": x[:50], "y": y[:50], "x_val": x[50:], "y_val": y[50:]}
    return data, {"model": model, "named": named, "mlp": mlp, "small": small}


@pytest.mark.filterwarnings("ignore::edgewise.grids.ChangeWarning")
@pytest.mark.parametrize(
    ("page", "code"), sorted({(page, code) for page in PAGES for _, _, code in rows_of(page)})
)
def test_every_row_runs(page, code, trained, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    data, models = trained
    scope = {"ew": ew, "torch": torch, "copy": copy, "f": f, "folder": str(tmp_path / "folder")}
    Path(scope["folder"]).mkdir()
    scope |= data | copy.deepcopy(models)
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        exec(compile(code, page, "exec"), scope)
    plt.close("all")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]


def arguments_of(name):
    lines = NAMES["reference/pykan"].read_text().splitlines()
    return next(line.split()[1:] for line in lines if line.split()[0] == name)


SIZES = {"MultKAN": [[2, 1]], "KANLayer": [2, 1], "fit": [None, None]}
FOREIGN = [
    (row, make, argument)
    for row, name, make in (
        ("MultKAN", "MultKAN", ew.KAN),
        ("KANLayer", "KANLayer", ew.KANLinear),
        ("fit", "MultKAN.fit", ew.fit),
    )
    for argument in arguments_of(name)
    if argument not in inspect.signature(make).parameters
]


@pytest.mark.parametrize(("row", "make", "argument"), FOREIGN)
def test_an_argument_of_pykan_is_answered_with_its_row(row, make, argument):
    with pytest.raises(TypeError, match=rf"got {argument}=: write .+ instead") as caught:
        make(*SIZES[row], **{argument: 1})
    named = re.search(r"\(row (\w+)\((\w+)\) of docs/reference/pykan.md\)", str(caught.value))
    section = "MultKAN." if named[1] == "fit" else ""
    assert f"{section}{named[1]} {named[2]}" in told("reference/pykan")


def test_methods_of_pykan_are_answered_with_their_row():
    model = ew.KAN([2, 1])
    lines = NAMES["reference/pykan"].read_text().splitlines()
    theirs = {line.split()[0].removeprefix("MultKAN.") for line in lines
              if line.startswith("MultKAN.")}  # fmt: skip
    theirs -= {"to", "forward"}  # torch's own
    assert theirs == set(METHODS)
    for name in theirs:
        assert not hasattr(model, name)
        with pytest.raises(AttributeError, match=rf"row {name} of docs/reference/pykan.md"):
            getattr(model, name)
        called = re.findall(r"ew\.([\w.]+)", METHODS[name])
        for path in called:
            target = ew
            for part in path.split("."):
                target = getattr(target, part)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = model.nothing


def test_classes_of_other_programs_are_answered_with_ours():
    lines = [line for path in NAMES.values() for line in path.read_text().splitlines()]
    theirs = {re.split(r"[. ]", re.sub(r"^[\w-]*kan\.", "", line))[0] for line in lines}
    theirs = {name for name in theirs if name[0].isupper()} - set(dir(ew)) - set(ew._MOVED)
    assert theirs <= set(CLASSES)
    for name, (program, ours) in CLASSES.items():
        with pytest.raises(AttributeError, match=f"edgewise has no {name}; instead of {program}'s"):
            getattr(ew, name)
        for path in re.findall(r"ew\.([\w.]+)", ours):
            assert functools.reduce(getattr, path.split("."), ew)
    with pytest.raises(AttributeError, match="No edgewise attribute Nothing"):
        _ = ew.Nothing
