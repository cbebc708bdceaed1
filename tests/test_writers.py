"""All that writes a file leaves the old one as it was where there is no room, and says which."""

from __future__ import annotations

import warnings
from contextlib import contextmanager
from functools import cache

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise import export
from edgewise.sklearn import KANRegressor

resource = pytest.importorskip("resource", reason="limits of POSIX")

X = np.random.default_rng(0).normal(size=(40, 2))
T = torch.tensor(X, dtype=torch.float32)


@cache
def table():
    return KANRegressor(cv=2, random_state=0).fit(X, X[:, 0])


@cache
def network():
    return ew.KAN([2, (1, 1), 1], basis=ew.BSpline(3), seed=0)


@cache
def history():
    how = {"steps": 1, "progress": False, "continual": ew.continual.Frozen()}
    return ew.fit(ew.KAN([2, 1], seed=0), T, T[:, :1], **how)


@cache
def found(**more):
    return ew.discover(X, X[:, 0], budget=0.1, library=["x"], progress=False, **more)


@cache
def solved():
    start = ew.equations.initial(1.0)
    return ew.solve(lambda u, t: u.dt + u, {"t": (0, 1)}, [start], seconds=1.0)


@cache
def formula():
    return ew.surgery.from_formula("sin(x0)")


@cache
def tables():
    return export.tabulate(formula(), (-1, 1), cells=2, rows=10)


WRITERS = {
    "network.st": lambda p: ew.save(network(), p),
    "table.st": lambda p: ew.save(table(), p),
    "formula.st": lambda p: formula().save(p),
    "theirs.pt": lambda p: ew.saving.save_foreign(ew.FastKAN([2, 1]), p, "fast-kan"),
    "pykan": lambda p: ew.saving.save_foreign(network(), p, "pykan"),
    "memory": lambda p: history().memory.save(p),
    "history.csv": lambda p: history().to_csv(p),
    "curves.png": lambda p: history().plot(p),
    "discovery.html": lambda p: found().save(p),
    "discoveries.html": lambda p: ew.discovery.Discoveries([found()]).save(p),
    "discovery.png": lambda p: found().card(p),
    "solution.html": lambda p: solved().save(p),
    "solution.png": lambda p: solved().card(p),
    "effects.html": lambda p: table().explain_global().save(p),
    "effects.svg": lambda p: table().explain_global().card(p),
    "rows.html": lambda p: table().explain_local(X[:2]).save(p),
    "explorer.html": lambda p: ew.explore(network(), T).save(p),
    "structure.pdf": lambda p: ew.structure(ew.KAN([2, 1], seed=0), T).plot(p),
    "a.c": lambda p: export.to_c(tables(), p),
    "a.js": lambda p: export.to_javascript(table(), p),
    "a.py": lambda p: export.to_python(table(), p),
    "a.sql": lambda p: export.to_sql(table(), p),
    "a.onnx": lambda p: export.to_onnx(table(), p),
}


@contextmanager
def no_room():
    """Files have at most 100 bytes, as where a disk is full: Python gets the same OSError."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:  # within the test, as pytest itself may write into a file
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("name", WRITERS)
def test_where_there_is_no_room_the_old_file_stays(name, tmp_path):
    if name == "a.onnx":
        pytest.importorskip("onnx")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        WRITERS[name](tmp_path / name)  # all that is made once is made
    files = {path: path.name.encode() for path in tmp_path.iterdir()}
    for path, old in files.items():
        path.write_bytes(old)
    with no_room(), pytest.raises(OSError, match=r"File too large: '.*/" + name):
        WRITERS[name](tmp_path / name)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == files
