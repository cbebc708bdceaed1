"""Other programs on our data: operon and gplearn, each under a time budget, and lmfit.

lmfit searches no formula: it is told the right one and fits its numbers, which is the limit that
any search can reach on rows with noise.

None is a dependency of ours, and all want their own environment. So this file is also a script
for a Python that has one of them, numpy and sympy, but neither torch nor edgewise::

    python -I peers.py --peer operon --seconds 30 --seed 0 problem.npz result.json

It reads ``x_train`` (N, n), ``y_train`` (N,) or (N, 1) and ``x_test`` (M, n), for lmfit also
``model``, a formula whose numbers are the variables X(n+1) …, and their ``start``; and writes
``{"peer", "formula", "seconds", "test_prediction"}``: the formula in sympy's syntax with the
variables X1 … Xn, or null; one prediction per test row, by the peer's own program, null where it is
not finite. :func:`run` does all this from our side.

Sources: B. Burlacu, G. Kronberger, M. Kommenda, "Operon C++", GECCO 2020 (pyoperon); T. Stephens,
gplearn; M. Newville et al., lmfit.
"""

from __future__ import annotations

import argparse
import ast
import json
import operator
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

Array = np.ndarray

OPERATORS = {
    "add": "add",
    "sub": "sub",
    "mul": "mul",
    "div": "div",
    "square": None,
    "sqrt": "sqrt",
    "exp": None,
    "log": "log",
    "sin": "sin",
    "cos": "cos",
    "tanh": None,
    "asin": None,
    "acos": None,
    "atan": None,
}
"""Each operator as operon calls it, and as gplearn does, which lacks some.

They are enough for every formula of the Feynman list and of our generator: other powers are
products of these or exp of a log, sinh and cosh are sums of exps. The 120 equations were run
without atan, which none of them needs.
"""

TRIES = 3
"""Starts of a program that a signal ends, each with another seed and all of the time."""

POPULATION = 1000
ENOUGH = 1e-6  # relative error at which a search is over; operon computes in float32


class Fit(NamedTuple):
    """What a peer found: a sympy expression in X1 … Xn or None, its predictor, and the time."""

    expression: Any | None
    predict: Callable[[Array], Array]
    seconds: float


def operon_fit(x: Array, y: Array, seconds: float, seed: int, threads: int = 2) -> Fit:
    """Fit operon: two objectives, R² and length, with every constant refined by 5 LM steps.

    Of its Pareto front it takes the formula of least description length, for errors of 1e-4 of the
    standard deviation of y: shorter formulas win where they are as exact as that. The least budget
    is a second, the unit of its clock.

    Shape:
        - x: ``(N, n)``; y: ``(N,)`` or ``(N, 1)``

    Raises:
        ImportError: pyoperon is not installed.
    """
    regressor = import_module("pyoperon.sklearn").SymbolicRegressor
    y = y.reshape(-1)
    scale = float(y.std())
    model = regressor(
        allowed_symbols=",".join([*OPERATORS, "constant", "variable"]),
        objectives=["r2", "length"],
        optimizer_iterations=5,
        model_selection_criterion="minimum_description_length",
        uncertainty=[1e-4 * scale],
        population_size=POPULATION,
        generations=10**9,  # time is the only limit
        max_evaluations=10**12,
        n_threads=threads,
    )
    # With two objectives it never stops by itself, so a short run goes first, and where that isn't
    # exact a fresh one with all of the time. To go on from where a run ended crashes operon 0.6.2
    # every other time.
    for part, longest in enumerate((seconds / 6, seconds)):
        start = time.perf_counter()
        model.set_params(max_time=max(1, round(longest)), random_state=1000 * seed + part).fit(x, y)
        used = time.perf_counter() - start
        if np.sqrt(np.mean((model.predict(x) - y) ** 2)) <= ENOUGH * scale:
            break
    # So many digits after the point, for constants that may be as small as 1e-12.
    formula = model.get_model_string(model.model_, precision=30)
    return Fit(_real(formula, "operon"), model.predict, used)


def gplearn_fit(x: Array, y: Array, seconds: float, seed: int, threads: int = 1) -> Fit:
    """Fit gplearn: as many generations as the time allows, and the best program of them all.

    One process whatever `threads` says, because its generations are too short to gain from more.

    Shape:
        - x: ``(N, n)``; y: ``(N,)`` or ``(N, 1)``

    Raises:
        ImportError: gplearn is not installed.
    """
    regressor = import_module("gplearn.genetic").SymbolicRegressor
    y = y.reshape(-1)
    scale = float(y.std())
    model = regressor(
        population_size=POPULATION,
        function_set=(*filter(None, OPERATORS.values()), *_gplearn_functions()),
        metric="rmse",
        parsimony_coefficient=1e-3 * scale,  # its default, for a target of unit scale
        const_range=(-5.0, 5.0),
        warm_start=True,
        low_memory=True,
        random_state=seed,
    )
    start = now = time.perf_counter()
    best = None
    step = 0.0
    # The next generation is expected to last a little longer than the last one.
    while best is None or now + 1.2 * step < start + seconds:
        generations = 1 if best is None else model.generations + 1
        model.set_params(generations=generations).fit(x, y)
        step, now = time.perf_counter() - now, time.perf_counter()
        program = model._program
        if best is None or program.raw_fitness_ < best.raw_fitness_:
            best = program
        if best.raw_fitness_ <= ENOUGH * scale:
            break
    return Fit(_real(_prefix(iter(best.program)), "gplearn"), best.execute, now - start)


def lmfit_fit(x: Array, y: Array, model: str, start: Array) -> Fit:
    """Fit the numbers of a known formula, from where they start, by Levenberg and Marquardt.

    Args:
        model: a formula in X1 … Xn and, for its numbers, X(n+1) ….
        start: values of these numbers.

    Raises:
        ImportError: lmfit is not installed.
    """
    import sympy

    lmfit = import_module("lmfit")
    began = time.perf_counter()
    inputs, count = x.shape[1], x.shape[1] + len(start)
    names = [f"X{k + 1}" for k in range(count)]
    expression = parse(model)
    function = sympy.lambdify(sympy.symbols(names), expression, "numpy")
    parameters = lmfit.Parameters()
    for name, value in zip(names[inputs:], start, strict=True):
        parameters.add(name, value=float(value))

    def values(numbers: Any, rows: Array) -> Array:
        told = [float(numbers[name]) for name in names[inputs:]]
        return np.asarray(function(*rows.T, *told)) * np.ones(len(rows))

    found = lmfit.minimize(
        lambda numbers: values(numbers, x) - y.reshape(-1), parameters, nan_policy="omit"
    ).params
    fitted = expression.subs({sympy.Symbol(n): float(found[n]) for n in names[inputs:]})
    return Fit(fitted, lambda rows: values(found, rows), time.perf_counter() - began)


def _gplearn_functions() -> list[Any]:
    """Functions that gplearn lacks, finite everywhere as it asks."""
    make = import_module("gplearn.functions").make_function

    # Clipped where no formula of use is; and a value outside the domain that fits no target.
    def exp(z: Array) -> Array:
        return np.exp(np.clip(z, -50.0, 50.0))

    def asin(z: Array) -> Array:
        return np.where(np.abs(z) <= 1, np.arcsin(np.clip(z, -1, 1)), 1e6)

    def acos(z: Array) -> Array:
        return np.where(np.abs(z) <= 1, np.arccos(np.clip(z, -1, 1)), 1e6)

    own = {"exp": exp, "asin": asin, "acos": acos, "atan": np.arctan}
    lacking = [name for name, theirs in OPERATORS.items() if theirs is None]
    return [
        make(function=own.get(name) or getattr(np, name), name=name, arity=1, wrap=False)
        for name in lacking
    ]


def _prefix(nodes: Iterator[Any]) -> str:
    """A gplearn program as gplearn prints it, but with all digits of its constants."""
    node = next(nodes)
    if isinstance(node, int):
        return f"X{node}"
    if isinstance(node, float):
        return repr(float(node))
    return f"{node.name}({', '.join(_prefix(nodes) for _ in range(node.arity))})"


def _real(formula: str, peer: str) -> Any | None:
    """The parsed formula, or None where it has no finite real value anywhere."""
    import sympy

    try:
        expression = parse(formula, peer)
    except (ValueError, RecursionError):  # a constant that is nan, or a tree that is too deep
        return None
    bad = expression.has(sympy.nan, sympy.oo, -sympy.oo, sympy.zoo, sympy.I)
    return None if bad else expression


def parse(formula: str, peer: str = "sympy") -> Any:
    """A sympy expression in X1 … Xn of a formula as operon, gplearn or sympy prints it.

    operon writes infix with ``^`` for powers. gplearn writes function calls, counts its variables
    from X0, and means protected functions: √|z|, log |z|, and a quotient that is 1 where the
    denominator is within 0.001 of 0, which is taken into account for constants only.

    The syntax tree is walked, never run: a formula can come from a file.

    Raises:
        ValueError: something in the formula is no number, variable, operator or known function.
    """
    try:
        tree = ast.parse(formula.replace("^", "**"), mode="eval").body
    except SyntaxError as error:
        raise ValueError(f"not a formula: {formula!r}") from error
    return _build(tree, _functions(peer), 1 if peer == "gplearn" else 0)


_OPERATORS: dict[type[ast.AST], Callable[..., Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.USub: operator.neg,
}


SAME = ("exp", "sin", "cos", "tanh", "asin", "acos", "atan")


def _functions(peer: str) -> dict[str, Callable[..., Any]]:
    """What the function names of `peer` mean."""
    import sympy

    same = {name: getattr(sympy, name) for name in SAME}
    # sympy prints re() where it doesn't know that variables are real.
    plain = {**same, "sqrt": sympy.sqrt, "log": sympy.log, "re": sympy.re, "im": sympy.im}
    plain |= {"abs": sympy.Abs, "Abs": sympy.Abs}
    plain |= {name: getattr(sympy, name) for name in ("tan", "atanh", "sign", "besselj")}
    if peer in ("operon", "sympy"):
        return plain
    if peer != "gplearn":
        raise ValueError(f"peer must be 'operon', 'gplearn' or 'sympy', got {peer!r}")

    def vanishes(z: Any) -> bool:
        return bool(z.is_number and abs(z) <= 0.001)

    return {
        **same,
        "add": operator.add,
        "sub": operator.sub,
        "mul": operator.mul,
        "div": lambda a, b: sympy.Integer(1) if vanishes(b) else a / b,
        "sqrt": lambda z: sympy.sqrt(sympy.Abs(z)),
        "log": lambda z: sympy.Integer(0) if vanishes(z) else sympy.log(sympy.Abs(z)),
        "square": lambda z: z**2,
    }


def _build(node: ast.expr, functions: Mapping[str, Callable[..., Any]], shift: int) -> Any:
    """Sympy expression of a syntax tree; `shift` is added to the numbers of variables."""
    import sympy

    match node:
        case ast.Constant(value=int(value) | float(value)):
            return sympy.sympify(value)
        case ast.Name(id=name) if name[0] == "X" and name[1:].isdecimal():
            return sympy.Symbol(f"X{int(name[1:]) + shift}")
        case ast.Name(id="pi" | "E" as name):
            return getattr(sympy, name)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _OPERATORS:
            return _OPERATORS[type(op)](_build(operand, functions, shift))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            sides = (_build(side, functions, shift) for side in (left, right))
            return _OPERATORS[type(op)](*sides)
        case ast.Call(func=ast.Name(id=name), args=args) if name in functions:
            return functions[name](*(_build(argument, functions, shift) for argument in args))
    raise ValueError(f"unexpected {ast.unparse(node)!r} in a formula")


PEERS: dict[str, Callable[..., Fit]] = {"operon": operon_fit, "gplearn": gplearn_fit}
TOLD: dict[str, Callable[..., Fit]] = {"lmfit": lmfit_fit}
"""Programs that are told the formula."""

MODULES = {"operon": "pyoperon", "gplearn": "gplearn", "lmfit": "lmfit"}


def find_present(python: str | Path, peers: Iterable[str]) -> list[str]:
    """Those of some peers that a Python has."""
    asked = list(peers)
    look = (
        "import importlib.util, sys; print(*map(importlib.util.find_spec, sys.argv[1:]), sep='|')"
    )
    command = [str(python), "-I", "-c", look, *(MODULES[peer] for peer in asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = done.stdout.strip().split("|")
    return [peer for peer, where in zip(asked, found, strict=True) if where != "None"]


def run(
    python: str | Path,
    peer: str,
    x_train: Array,
    y_train: Array,
    x_test: Array,
    *,
    seconds: float,
    seed: int = 0,
    threads: int = 2,
    told: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Run a peer in another Python and return what it wrote, with nan for null predictions.

    One that crashes is started again.

    Args:
        told: the ``model`` and its ``start``, for a program that is told the formula.

    Shape:
        - x_train: ``(N, n)``; y_train: ``(N,)`` or ``(N, 1)``; x_test: ``(M, n)``

    Raises:
        RuntimeError: the script failed; with the end of what it printed.
        subprocess.TimeoutExpired: it took a minute more than twice its budget.
    """
    with tempfile.TemporaryDirectory() as folder:
        problem, result = Path(folder, "problem.npz"), Path(folder, "result.json")
        np.savez(problem, x_train=x_train, y_train=y_train, x_test=x_test, **(told or {}))
        for again in range(TRIES):
            options = ["--peer", peer, "--seconds", str(seconds), "--threads", str(threads)]
            options += ["--seed", str(seed + 100_000 * again), str(problem), str(result)]
            # -I keeps this folder, whose files have common names, off the path of their imports.
            command = [str(python), "-I", __file__, *options]
            done = subprocess.run(command, capture_output=True, text=True, timeout=2 * seconds + 60)
            if done.returncode >= 0:
                break
        if done.returncode:
            how = f"exit status {done.returncode}: {done.stderr.strip()[-2000:]}"
            raise RuntimeError(f"{peer} failed in {python} with {how}")
        found = json.loads(result.read_text())
    found["test_prediction"] = np.array(found["test_prediction"], dtype=float)
    return found


def main(arguments: list[str] | None = None) -> None:
    """The script: fit one problem and write the result."""
    parser = argparse.ArgumentParser(description="Fit a peer to one problem.")
    parser.add_argument("--peer", choices=[*PEERS, *TOLD], required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("problem", type=Path, help="x_train, y_train and x_test, as .npz")
    parser.add_argument("result", type=Path, help="where to write the result, as .json")
    options = parser.parse_args(arguments)
    with np.load(options.problem) as data:
        x_train, y_train, x_test = (
            np.asarray(data[name], dtype=float) for name in ("x_train", "y_train", "x_test")
        )
        told = (str(data["model"]), data["start"]) if options.peer in TOLD else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, of overflows and their own defaults
        if told is not None:
            fit = TOLD[options.peer](x_train, y_train, *told)
        else:
            more = (options.seconds, options.seed, options.threads)
            fit = PEERS[options.peer](x_train, y_train, *more)
        predicted = np.asarray(fit.predict(x_test), dtype=float).reshape(-1)
    result = {
        "peer": options.peer,
        "formula": None if fit.expression is None else str(fit.expression),
        "seconds": fit.seconds,
        "test_prediction": [float(v) if np.isfinite(v) else None for v in predicted],
    }
    options.result.write_text(json.dumps(result))


if __name__ == "__main__":
    main()
