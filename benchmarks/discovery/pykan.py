"""pykan on the tasks with known answers, each by the course that its own tutorials lead.

pykan is no dependency of ours, and wants its own environment. So this file is also a script for a
Python that has pykan, but not edgewise::

    python -I pykan.py --row hello problem.npz result.json

It reads ``x_train`` (N, n), ``y_train`` (N, 1), ``x_test`` and ``y_test``, and writes ``{"row",
"course", "formulas", "seconds", "test_prediction"}``: the last formula in sympy's syntax with the
variables X1 … Xn, as it is and with its constants rounded to four digits, as the tutorials do.
:func:`run` does all this from our side.

Source: https://github.com/KindXiaoming/pykan, ``hellokan.ipynb`` and ``tutorials/``, release 0.2.8.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

LIBRARY = ("x", "x^2", "x^3", "x^4", "exp", "log", "sqrt", "tanh", "sin", "abs")
Course = Callable[[Any, Mapping[str, Any]], Any]


def _hello(width: Sequence[int]) -> Course:
    """The automatic course: sparse fit, prune, refine, auto_symbolic, fit."""

    def course(kan: Any, data: Mapping[str, Any]) -> Any:
        model = kan.KAN(width=list(width), grid=3, k=3, seed=42)
        model.fit(data, opt="LBFGS", steps=50, lamb=0.001)
        model = model.prune()
        model.fit(data, opt="LBFGS", steps=50)
        model = model.refine(10)
        model.fit(data, opt="LBFGS", steps=50)
        model.auto_symbolic(lib=list(LIBRARY))
        model.fit(data, opt="LBFGS", steps=50)
        return model

    return course


def _by_hand(names: Sequence[str], grid: int, seed: int, *, adam: int = 0) -> Course:
    """Its user says which function stands where; a last fit sets the constants."""

    def course(kan: Any, data: Mapping[str, Any]) -> Any:
        model = kan.KAN(width=[2, 1, 1], grid=grid, k=3, seed=seed)
        model.fit(data, opt="LBFGS", steps=20)
        for (layer, i), name in zip(((0, 0), (0, 1), (1, 0)), names, strict=True):
            model.fix_symbolic(layer, i, 0, name)
        if adam:
            options = {"update_grid": False, "singularity_avoiding": True}
            model.fit(data, opt="Adam", lr=1e-3, steps=adam, **options)
        else:
            model.fit(data, opt="LBFGS", steps=20)
        return model

    return course


def _special(kan: Any, data: Mapping[str, Any]) -> Any:
    torch = import_module("torch")
    model = kan.KAN(width=[2, 1, 1], grid=3, k=3, seed=2)
    model.fit(data, opt="LBFGS", steps=20)
    model = model.refine(20)
    model.fit(data, opt="LBFGS", steps=20)
    kan.add_symbolic("J0", torch.special.bessel_j0, c=1)
    model.fix_symbolic(0, 0, 0, "J0", a_range=(-40, 40))
    model.fix_symbolic(0, 1, 0, "x^2")
    model.fix_symbolic(1, 0, 0, "exp")
    model.fit(data, opt="LBFGS", steps=20)
    return model


def _addition(kan: Any, data: Mapping[str, Any]) -> Any:
    model = kan.KAN(width=[2, 1, 1], grid=10, k=3)
    model.fit(data, opt="LBFGS", steps=20)
    model.fix_symbolic(0, 0, 0, "arctanh")
    model.fix_symbolic(0, 1, 0, "arctanh")
    model.fit(data, opt="LBFGS", steps=20, update_grid=False)
    model.fix_symbolic(1, 0, 0, "tanh")
    options = {"update_grid": False, "singularity_avoiding": True}
    model.fit(data, opt="Adam", lr=1e-3, steps=2000, **options)
    return model


def _product(kan: Any, data: Mapping[str, Any]) -> Any:
    model = kan.KAN(width=[2, [5, 2], 1], base_fun="identity")
    model.fit(data, steps=20, lamb=0.01, lamb_coef=1.0)
    model = model.prune()
    model.fit(data, steps=20)
    model.auto_symbolic()
    model.fit(data, steps=20)
    return model


def _moons(kan: Any, data: Mapping[str, Any]) -> Any:
    model = kan.KAN(width=[2, 1], grid=3, k=3)
    model.fit(data, opt="LBFGS", steps=20)
    model.auto_symbolic(lib=[*LIBRARY, "tan"])
    return model


HAND, AUTO = "functions given by hand", "automatic"
COURSES: dict[str, tuple[str, Course]] = {
    "hello": (AUTO, _hello((2, 5, 1))),
    "special": (HAND, _special),
    "singular log": (HAND, _by_hand(("log", "log", "sin"), 5, 2)),
    "singular √": (HAND, _by_hand(("x^2", "x^2", "sqrt"), 5, 0, adam=1000)),
    "addition": (HAND, _addition),
    "product": (AUTO, _product),
    "features": (AUTO, _hello((4, 5, 1))),
    "noise 1 %": (AUTO, _hello((2, 5, 1))),
    "noise 5 %": (AUTO, _hello((2, 5, 1))),
    "moons": (AUTO, _moons),
    "control bumps": (AUTO, _hello((3, 5, 1))),
    "control noise": (AUTO, _hello((3, 5, 1))),
}


def _formulas(kan: Any, model: Any) -> list[str]:
    """The first output's, exact and rounded, in X1 … Xn."""
    sympy = import_module("sympy")
    expression = model.symbolic_formula()[0][0]
    bessel = sympy.Function("J0")
    plain = expression.replace(bessel, lambda z: sympy.besselj(0, z))
    return [re.sub(r"\bx_(\d+)", r"X\1", str(e)) for e in (plain, kan.ex_round(plain, 4))]


def run(
    python: str | Path, row: str, data: Mapping[str, np.ndarray], seconds: float, threads: int = 1
) -> dict[str, Any]:
    """Run a row's course in a Python that has pykan and return what the script wrote.

    Null predictions are nan.

    Shape:
        - data: x_train ``(N, n)``, y_train ``(N, 1)``, x_test ``(M, n)``, y_test ``(M, 1)``

    Raises:
        RuntimeError: the script failed; with the end of what it printed.
        subprocess.TimeoutExpired: it took longer than ``seconds``.
    """
    with tempfile.TemporaryDirectory() as folder:
        problem, result = Path(folder, "problem.npz"), Path(folder, "result.json")
        np.savez(problem, allow_pickle=False, **data)
        options = ["--row", row, "--threads", str(threads), str(problem), str(result)]
        # -I keeps this folder off the path; pykan writes its checkpoints where it stands.
        command = [str(Path(python).absolute()), "-I", __file__, *options]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, cwd=folder)
        if done.returncode:
            raise RuntimeError(f"pykan failed in {python}: {done.stderr.strip()[-2000:]}")
        found: dict[str, Any] = json.loads(result.read_text())
    found["test_prediction"] = np.array(found["test_prediction"], dtype=float)
    return found


def main(arguments: list[str] | None = None) -> None:
    """The script: one row, and its result."""
    parser = argparse.ArgumentParser(description="Lead pykan's course on one row.")
    parser.add_argument("--row", choices=COURSES, required=True)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("problem", type=Path, help="x_train, y_train, x_test, y_test as .npz")
    parser.add_argument("result", type=Path, help="where to write the result, as .json")
    options = parser.parse_args(arguments)
    torch, kan = import_module("torch"), import_module("kan")
    torch.set_num_threads(options.threads)
    torch.set_default_dtype(torch.float64)
    with np.load(options.problem) as file:
        data = {
            f"{part}_{what}": torch.from_numpy(file[f"{letter}_{part}"])
            for part in ("train", "test")
            for letter, what in (("x", "input"), ("y", "label"))
        }
    name, course = COURSES[options.row]
    start = time.perf_counter()
    model = course(kan, data)
    formulas = _formulas(kan, model)
    seconds = time.perf_counter() - start
    predicted = model(data["test_input"]).detach()[:, 0].tolist()
    result = {
        "row": options.row,
        "course": name,
        "formulas": formulas,
        "seconds": seconds,
        "test_prediction": [v if np.isfinite(v) else None for v in predicted],
    }
    options.result.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
