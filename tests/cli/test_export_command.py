"""``edgewise export`` writes files by the ending of the target."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from click.testing import CliRunner

import edgewise as ew
from edgewise.cli import cli


@pytest.fixture
def saved(tmp_path):
    model = ew.KAN([2, 2, 1], seed=torch.Generator().manual_seed(0))
    ew.save(model, tmp_path / "model.safetensors")
    return tmp_path / "model.safetensors"


def run(*arguments):
    return CliRunner().invoke(cli, ["export", *map(str, arguments)])


@pytest.mark.parametrize(
    ("ending", "text"),
    [("c", "void model("), ("js", "module.exports"), ("py", "def model("), ("sql", "SELECT")],
)
def test_sources(saved, ending, text):
    target = saved.with_name(f"out.{ending}")
    ran = run(saved, target, "--domain", "-1,1", "--tolerance", "0.05", "--degree", 3)
    assert ran.exit_code == 0, ran.output
    assert "proven bound" in ran.output
    assert text in target.read_text()


@pytest.mark.parametrize(
    ("ending", "text"),
    [
        ("c", "void model_contributions("),
        ("js", "answer.contributions"),
        ("py", "def contributions("),
        ("sql", '"effect of x0"'),
        ("onnx", "contributions"),
    ],
)
def test_estimators(tmp_path, ending, text):
    x = np.random.default_rng(0).uniform(-1, 1, (60, 2))
    ew.save(ew.KANRegressor(cv=2, random_state=0).fit(x, x[:, 0]), tmp_path / "model.safetensors")
    target = tmp_path / f"out.{ending}"
    ran = run(tmp_path / "model.safetensors", target, "--contributions")
    assert ran.exit_code == 0, ran.output
    assert text in target.read_bytes().decode(errors="ignore")


def test_mistakes_are_said_in_one_line(saved):
    for arguments, message in (
        ((saved, "out.txt"), "expected a target ending in"),
        ((saved, "out.c"), "expected --domain"),
        ((saved, "out.c", "--domain", "1"), "two numbers"),
        ((saved, "out.c", "--domain", "-1,1", "--name", "a;b"), "expected a name"),
    ):
        ran = run(*arguments)
        assert ran.exit_code == 2
        assert message in ran.output
