"""Other programs on our tasks, each result in a file of its own.

operon and gplearn on the Feynman equations, pykan on the rows with known answers.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import torch

from edgewise.bench import pykan_rows, symbolic_peers
from edgewise.bench.discovery import PART_OF_NOISE, SAME, Moons, Row
from edgewise.bench.report import write_atomically
from edgewise.datasets import feynman
from edgewise.symbolic.formula import to_numpy

UNREADABLE = (ValueError, NameError, TypeError, SyntaxError)
ROWS = 1000  # to fit, and as many fresh ones to judge


def path_of(folder: Path, peer: str, name: str) -> Path:
    """Where the result of a program on an equation or a row is kept."""
    plain = name.replace("√", "sqrt").replace("%", "percent")
    return folder / f"{plain.replace(' ', '_')}.{peer}.json"


def _kept(path: Path, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What is in the file, which is made where there is none."""
    if not path.exists():
        write_atomically(path, json.dumps(make()))
    result: dict[str, Any] = json.loads(path.read_text())
    return result


def run(
    python: Path, peer: str, name: str, budget: float, threads: int, seed: int, folder: Path
) -> str:
    """Run one program on one equation, unless its file is there; a line about the result.

    The error is that of the program's own predictions on fresh points or of its formula in float64,
    whichever is smaller, so that nobody loses by how a formula is printed.
    """
    path = path_of(folder, peer, name)
    result = _kept(path, lambda: _result(python, peer, name, budget, threads, seed))
    if "error" in result:
        return str(result["error"]).splitlines()[-1]
    return f"relative error {result['relative_rmse']:.1e} in {result['seconds']:.1f} s"


def _result(
    python: Path, peer: str, name: str, budget: float, threads: int, seed: int
) -> dict[str, Any]:
    equation = feynman.get(name)
    data = equation.dataset(ROWS, ROWS, seed=seed, dtype=torch.float64)
    x_train, y_train = (t.numpy() for t in data.train)
    x, y = data.x_test.numpy(), data.y_test[:, 0].numpy()
    try:
        found = symbolic_peers.run(
            python, peer, x_train, y_train, x, seconds=budget, seed=seed, threads=threads
        )
    except (RuntimeError, subprocess.TimeoutExpired) as error:
        return {"peer": peer, "equation": name, "budget": budget, "error": str(error)}
    errors = [_relative(found.pop("test_prediction"), y)]
    if found["formula"] is not None:
        try:
            errors.append(_relative(_values(found["formula"], x), y))
        except UNREADABLE as error:
            found["unreadable"] = str(error)  # its own predictions count, on which nothing is lost
    return {**found, "equation": name, "budget": budget, "relative_rmse": min(errors)}


def _values(formula: str, x: np.ndarray) -> np.ndarray:
    """Of a formula in X1 … Xn, at each row; NaN where it isn't real."""
    import sympy

    names = sympy.symbols(f"X1:{x.shape[1] + 1}")
    function = to_numpy(symbolic_peers.parse(formula), names)
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(function(*x.T), dtype=float), len(x))


def _relative(prediction: np.ndarray, y: np.ndarray) -> float:
    error = float(np.sqrt(np.mean((prediction - y) ** 2)) / y.std())
    return error if np.isfinite(error) else float("inf")


def run_pykan(python: Path, row: Row, limit: float, threads: int, seed: int, folder: Path) -> str:
    """pykan on one row, unless its file is there; a line about the result."""
    path = path_of(folder, "pykan", row.name)
    result = _kept(path, lambda: _pykan(python, row, limit, threads, seed))
    if "error" in result:
        return str(result["error"]).splitlines()[-1]
    verdict = "right" if result["right"] else "wrong"
    return f"{verdict}, RMSE {result['rmse']:.1e} in {result['seconds']:.1f} s: {result['formula']}"


def _pykan(python: Path, row: Row, limit: float, threads: int, seed: int) -> dict[str, Any]:
    """Judged by its formula, its rounded formula or its own predictions, the best of them.

    For a control every formula is wrong, as pykan can't say that there is none.
    """
    x_train, y_train, x, y = (part.numpy() for part in row.data(seed))
    data = {"x_train": x_train, "y_train": y_train, "x_test": x, "y_test": y}
    about = {"peer": "pykan", "row": row.name, "limit": limit, "seed": seed, "threads": threads}
    try:
        found = pykan_rows.run(python, row.name, data, limit, threads)
    except subprocess.TimeoutExpired:
        return {**about, "error": f"no result in {limit:g} s"}
    except RuntimeError as error:
        return {**about, "error": str(error)}
    exact = found["formulas"][0]
    judged = [(exact, _judged(row, found["test_prediction"], y[:, 0]))]
    for formula in found["formulas"]:
        with suppress(*UNREADABLE):  # the predictions stay
            judged.append((formula, _judged(row, _values(formula, x), y[:, 0])))
    formula, best = min(judged, key=lambda pair: pair[1]["rmse"])
    kept = {"course": found["course"], "seconds": found["seconds"]}
    return {**about, **kept, "formula": formula, **best}


def _judged(row: Row, values: np.ndarray, y: np.ndarray) -> dict[str, Any]:
    rmse = float(np.sqrt(np.mean((values - y) ** 2)))
    if isinstance(row, Moons):  # trained on the labels 0 and 1, as its tutorial does
        accuracy = float(np.mean((values > 0.5) == (y > 0.5)))
        return {"rmse": (1 - accuracy) ** 0.5, "accuracy": accuracy, "right": accuracy >= row.least}
    same = _relative(values, y) <= max(SAME, PART_OF_NOISE * row.noise)
    rmse = rmse if np.isfinite(rmse) else float("inf")
    return {"rmse": rmse, "accuracy": None, "right": same and not row.control}
