"""The lines of docs/export.md, from a CSV to a C function."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

DOCS = Path(__file__).parents[2] / "docs" / "export.md"


@pytest.mark.skipif(shutil.which("gcc") is None, reason="needs gcc")
def test_from_a_table_to_a_function(tmp_path, monkeypatch, capsys):
    code = DOCS.read_text().split("```python\n")[1].split("```")[0]
    assert len(code.strip().splitlines()) <= 20
    random = np.random.default_rng(0)
    frame = pd.DataFrame(
        {
            "cement": random.uniform(100, 500, 200),
            "water": random.uniform(120, 240, 200),
            "age": random.uniform(1, 90, 200),
        }
    )
    frame["strength"] = frame["cement"] / 10 - frame["water"] / 12 + 8 * np.log(frame["age"])
    frame.to_csv(tmp_path / "concrete.csv", index=False)
    monkeypatch.chdir(tmp_path)
    space: dict = {}
    exec(code, space)
    assert "proven bound" in capsys.readouterr().out
    flags = ["-std=c99", "-O2", "-Wall", "-Wextra", "-Werror", "-fPIC", "-shared"]
    subprocess.run(["gcc", *flags, "-o", "strength.so", "strength.c"], check=True)
    library = ctypes.CDLL(str(tmp_path / "strength.so"))
    x = np.ascontiguousarray(space["x"].numpy())
    found = np.zeros((len(x), 1), dtype=np.float32)
    for a, b in zip(x, found, strict=True):
        library.strength(ctypes.c_void_p(a.ctypes.data), ctypes.c_void_p(b.ctypes.data))
    expected = space["model"](space["x"]).detach().numpy()
    assert np.abs(found - expected).max() <= space["tables"].report.bound.max()
