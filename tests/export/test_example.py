"""The lines of docs/export.md, from a table to a C function."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

DOCS = Path(__file__).parents[2] / "docs" / "export.md"


NUMBER = r"-?\d+(?:,\d{3})*(?:\.\d+)?(?:e[+-]\d+)?"


def words(text):
    """The text with a sign for each number."""
    return re.sub(NUMBER, "#", text).split()


def numbers(text):
    """The numbers of the text in order."""
    return [float(number.replace(",", "")) for number in re.findall(NUMBER, text)]


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_from_a_table_to_a_function(tmp_path, monkeypatch, capsys):
    code, _, after = DOCS.read_text().split("```python\n")[1].partition("```")
    assert len(code.strip().splitlines()) <= 20
    monkeypatch.chdir(tmp_path)
    space: dict = {}
    exec(code, space)
    printed = capsys.readouterr().out
    assert "proven bound" in printed
    shown = after.split("```")[1]
    assert words(printed) == words(shown)
    # Engines and machines round differently, which 100 steps of training amplify.
    assert numbers(printed) == pytest.approx(numbers(shown), rel=0.05)
    flags = ["-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"]
    subprocess.run(["gcc", *flags, "-o", "progress.so", "progress.c"], check=True)
    library = ctypes.CDLL(str(tmp_path / "progress.so"))
    x = np.ascontiguousarray(space["x"].numpy())
    found = np.zeros((len(x), 1), dtype=np.float32)
    for a, b in zip(x, found, strict=True):
        library.progress(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
    expected = space["model"](space["x"]).detach().numpy()
    assert np.abs(found - expected).max() <= space["tables"].report.bound.max()
