"""The Feynman equations with operon and gplearn, each result in a file of its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import torch

from edgewise.bench import symbolic_peers
from edgewise.bench.report import write_atomically
from edgewise.datasets import feynman

ROWS = 1000  # to fit, and as many fresh ones to judge


def path_of(folder: Path, peer: str, name: str) -> Path:
    """Where the result of a program on an equation is kept."""
    return folder / f"{name.replace(' ', '_')}.{peer}.json"


def run(
    python: Path, peer: str, name: str, budget: float, threads: int, seed: int, folder: Path
) -> str:
    """Run one program on one equation, unless its file is there; a line about the result.

    The error is that of the program's own predictions on fresh points or of its formula in float64,
    whichever is smaller, so that nobody loses by how a formula is printed.
    """
    path = path_of(folder, peer, name)
    if not path.exists():
        result = _result(python, peer, name, budget, threads, seed)
        write_atomically(path, json.dumps(result))
    result = json.loads(path.read_text())
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
        errors.append(_relative(_values(found["formula"], x), y))
    return {**found, "equation": name, "budget": budget, "relative_rmse": min(errors)}


def _values(formula: str, x: np.ndarray) -> np.ndarray:
    """Of a formula in X1 … Xn, at each row; NaN where it isn't real."""
    import sympy

    names = sympy.symbols(f"X1:{x.shape[1] + 1}")
    function = sympy.lambdify(names, symbolic_peers.parse(formula), "numpy")
    with np.errstate(all="ignore"):
        return np.broadcast_to(np.asarray(function(*x.T), dtype=float), len(x))


def _relative(prediction: np.ndarray, y: np.ndarray) -> float:
    error = float(np.sqrt(np.mean((prediction - y) ** 2)) / y.std())
    return error if np.isfinite(error) else float("inf")
