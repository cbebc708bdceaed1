"""The front end in the package is what its sources build; the command writes the page."""

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
import torch
from click.testing import CliRunner

import edgewise as ew
from edgewise.cli import cli
from edgewise.explorer.page import STATIC, read_static
from edgewise.formula.library import LIBRARY

FRONT = Path(__file__).parents[2] / "frontend"


def test_the_bundle_is_of_these_sources():
    """Whoever changes frontend/ runs `npm run build` there: the bundle says what it was made of."""
    found = hashlib.sha256()
    files = sorted(f"src/{p.name}" for p in (FRONT / "src").iterdir())
    for name in [*files, "package-lock.json", "vite.config.ts"]:
        found.update((FRONT / name).read_bytes())
    assert read_static("explorer.js").startswith(f"/* sources {found.hexdigest()} */")


def test_the_page_is_tested_with_the_functions_of_the_library():
    """frontend/tests/functions.test.ts compares the page's functions with this file: whoever
    changes the library writes it anew."""
    expected = {
        name: {
            "bits": f.complexity,
            "free": f.free,
            "symmetric": f.symmetric,
            "period": f.period,
            "domain": list(map(str, f.domain)),
            "pole": f.pole is not None,
            "alias": f.alias is not None,
        }
        for name, f in LIBRARY.items()
    }
    assert json.loads((FRONT / "tests" / "functions.json").read_text()) == expected


@pytest.mark.network
@pytest.mark.skipif(shutil.which("npm") is None, reason="there is no npm to build with")
def test_the_sources_build_this_bundle(tmp_path):
    """In a copy, with the packages of package-lock.json: byte for byte."""
    copy = tmp_path / "frontend"
    shutil.copytree(FRONT, copy, ignore=shutil.ignore_patterns("node_modules"))
    options = {"cwd": copy, "capture_output": True, "text": True}
    if (FRONT / "node_modules").is_dir():
        os.symlink(FRONT / "node_modules", copy / "node_modules")
    else:
        fetched = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], **options)
        if fetched.returncode:
            pytest.skip(f"npm can't fetch the packages: {fetched.stderr[-200:]}")
    for command in (["npm", "test"], ["npm", "run", "build"]):
        done = subprocess.run(command, env={**os.environ, "OUT": str(tmp_path / "out")}, **options)
        assert done.returncode == 0, done.stdout + done.stderr
    for name in ("explorer.js", "explorer.css"):
        assert (tmp_path / "out" / name).read_bytes() == (STATIC / name).read_bytes()


def test_the_bundle_needs_nothing_else():
    style, code = read_static("explorer.css"), read_static("explorer.js")
    assert set(re.findall(r"url\((.{5})", style)) == {"data:"}
    assert not re.findall(r"^import |\bimport\(", code, flags=re.MULTILINE)
    assert len(style) + len(code) < 700_000


# ---- edgewise explore ---------------------------------------------------------------------------


def write_table(path, columns):
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n")


def run(*arguments):
    return CliRunner().invoke(cli, ["explore", *map(str, arguments)])


@pytest.fixture
def files(tmp_path):
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN([2, 3, 1], norm=None, seed=generator)
    ew.save(model, tmp_path / "model.safetensors")
    x = torch.rand(30, 2, generator=generator)
    table = {"a": x[:, 0].tolist(), "b": x[:, 1].tolist(), "y": x.sum(1).tolist()}
    write_table(tmp_path / "data.csv", table)
    return tmp_path


def payload_of(path):
    (text,) = re.findall(r'id="edgewise-payload">(.*?)</script>', path.read_text(encoding="utf-8"))
    return json.loads(text)


def test_the_command_writes_a_page(files):
    done = run(files / "model.safetensors", files / "data.csv", "-o", files / "page.html")
    assert done.exit_code == 0, done.output
    assert "page.html" in done.output
    payload = payload_of(files / "page.html")
    assert (payload["input_names"], payload["output_names"]) == (["a", "b"], ["y"])
    assert payload["y"]["shape"] == [30, 1]


def test_columns_are_chosen_by_name(files):
    rest = ("--inputs", "b,a", "--target", "y", "-o", files / "page.html")
    done = run(files / "model.safetensors", files / "data.csv", *rest)
    assert done.exit_code == 0, done.output
    assert payload_of(files / "page.html")["input_names"] == ["b", "a"]


def test_the_command_begins_with_edits(files):
    edit = {"do": "remove", "edges": [[0, 0, 0]], "constants": [0.5]}
    log = {"edgewise_edits": 1, "widths": [2, 3, 1], "edits": [edit]}
    edited = ew.explorer.apply_edits(ew.load(files / "model.safetensors"), log)
    ew.save(edited, files / "edited.safetensors")
    done = run(files / "edited.safetensors", files / "data.csv", "-o", files / "page.html")
    assert done.exit_code == 0, done.output
    assert payload_of(files / "page.html")["log"] == log


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--inputs", "a"], "expected 2 columns"),
        (["--inputs", "a,z"], "no column 'z'"),
        (["--target", "z"], "no column 'z'"),
        (["--rows", "1"], "rows"),
    ],
)
def test_wrong_columns_are_refused(arguments, words, files):
    done = run(files / "model.safetensors", files / "data.csv", *arguments)
    assert done.exit_code == 2
    assert words in done.output


def test_the_command_opens_an_estimator_and_repeats_its_log(tmp_path):
    names = ["a", "b", "y"]
    x = torch.rand(80, 3, generator=torch.Generator().manual_seed(1)).double()
    x[:, 2] += x[:, 0]
    columns = {name: x[:, k].tolist() for k, name in enumerate(names)}
    write_table(tmp_path / "data.csv", columns)
    frame = pd.DataFrame(columns)
    model = ew.KANRegressor(cv=2, random_state=0).fit(frame[["a", "b"]], frame["y"])
    ew.save(model, tmp_path / "model.safetensors")
    edit = {"feature": ["a"], "action": "flatten", "options": {}, "by": "Ada"}
    log = {"edgewise_table_edits": 1, "columns": ["a", "b"], "outputs": ["y"], "edits": [edit]}
    (tmp_path / "edits.json").write_text(json.dumps(log))
    given = [tmp_path / "model.safetensors", tmp_path / "data.csv"]
    done = run(*given, "--edits", tmp_path / "edits.json")
    assert done.exit_code == 0, done.output
    payload = payload_of(tmp_path / "model-explorer.html")
    assert (payload["kind"], payload["y"]["shape"]) == ("table", [80, 1])
    assert [(one["feature"], one["by"]) for one in payload["log"]["edits"]] == [(["a"], "Ada")]
    for more, words in (
        (["--inputs", "a"], "columns of its fit"),
        (["--target", "z"], "no column"),
    ):
        done = run(*given, *more)
        assert done.exit_code == 2
        assert words in done.output


def test_other_models_are_refused(files):
    ew.save(ew.MLP([2, 3, 1]), files / "mlp.safetensors")
    done = run(files / "mlp.safetensors", files / "data.csv")
    assert done.exit_code != 0
    assert "KAN" in done.output
