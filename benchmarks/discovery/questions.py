"""The cases of each question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

import numpy as np
import torch

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Array, Case, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.formulas import RandomFormula, random_formula
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.tables import Table, lawless, random_table
from benchmarks.discovery.tasks import BASES, TASKS
from benchmarks.discovery.units import UNITS
from edgewise.datasets import feynman
from edgewise.formula.printing import to_text

ROWS = 1000
"""To fit, and as many fresh ones to judge by."""

NULL_KINDS = ("noise", "permuted", "lawless")


def formula_cases(
    seeds: Iterable[int], inputs: int | None, noise: float = 0.0, rows: int = ROWS
) -> Iterator[Case]:
    """Random formulas of one variable, or of two to five (None)."""
    name = "many" if inputs is None else str(inputs)
    for seed in seeds:
        formula = random_formula(seed, inputs)
        yield Case(
            "formulas",
            f"random {name}",
            seed,
            partial(_formula_data, formula, noise, rows),
            judge.is_of_right_form if noise else judge.is_equal,
            condition=_condition(noise),
            truth=to_text(formula.tree, _names(formula.inputs)),
            difficulty=formula.difficulty,
        )


def _formula_data(formula: RandomFormula, noise: float, rows: int) -> Data:
    x, y = formula.sample(rows, 1)
    x_test, y_test = formula.sample(ROWS, 2)
    noisy = y + noise * y.std() * Dice(formula.seed, 8).normals(rows) if noise else y
    return Data(x, noisy, x_test, y_test, formula.tree, formula.points)


def feynman_cases(
    names: Sequence[str], noise: float = 0.0, units: bool = False, seed: int = 0
) -> Iterator[Case]:
    """The Feynman equations, with noise, with units."""
    for name in names:
        yield Case(
            "feynman",
            name,
            seed,
            partial(_feynman_data, name, noise, units, seed),
            judge.is_of_right_form if noise else judge.is_equal,
            condition=_condition(noise, units),
            truth=feynman.get(name).formula,
        )


def _feynman_data(name: str, noise: float, units: bool, seed: int) -> Data:
    equation = feynman.get(name)
    rows = equation.dataset(ROWS, ROWS, seed=seed, noise=noise, dtype=torch.float64)
    x, y, x_test, y_test = (part.numpy() for part in (*rows.train, *rows.test))
    options: dict[str, object] = {"input_names": list(equation.variables)}
    if units:
        options["units"] = UNITS[name].variables
        options["output_unit"] = UNITS[name].output
    truth = tree_of(equation.formula, {v: k for k, v in enumerate(equation.variables)})

    def points(count: int, again: int) -> Array:
        fresh = equation.dataset(count, 0, seed=10_000 + again, dtype=torch.float64)
        drawn: Array = fresh.x_train.numpy()
        return drawn

    return Data(x, y[:, 0], x_test, y_test[:, 0], truth, points, options)


def _condition(noise: float, units: bool = False) -> str:
    parts = [f"noise {noise:g}"] if noise else []
    return ", ".join([*parts, *(["units"] if units else [])])


def null_cases(seeds: Iterable[int], kinds: Sequence[str] = NULL_KINDS) -> Iterator[Case]:
    """Data without a law: noise, permuted targets, functions that no short formula is."""
    for seed in seeds:
        for kind in kinds:
            yield Case("null", kind, seed, partial(NULL[kind], seed), judge.is_unclaimed)


def _pure_noise(seed: int) -> Data:
    """Normal, uniform, exponential or heavy-tailed noise beside one to ten inputs."""
    dice = Dice(seed, 9)
    rows = round(60 * (1000 / 60) ** dice.uniform())
    x = dice.uniforms(rows + ROWS, dice.whole(1, 10))
    u, normal = dice.uniforms(rows + ROWS), dice.normals(rows + ROWS)
    shapes = {"normal": normal, "uniform": u, "skewed": -np.log1p(-u), "heavy": normal / (0.1 + u)}
    y = shapes[dice.choose(list(shapes))]
    return Data(x[:rows], y[:rows], x[rows:], y[rows:])


def _permuted(seed: int) -> Data:
    """The rows of a random formula, or of a random table, with y in another order."""
    dice = Dice(seed, 10)
    if seed % 2:
        data = _formula_data(random_formula(seed), 0.0, dice.whole(60, ROWS))
    else:
        data = _random_table(seed)
    order = dice.shuffle(range(len(data.y)))
    return Data(data.x, data.y[order], data.x_test, data.y_test)


def _lawless(seed: int) -> Data:
    return _table_data(lawless(seed))


NULL = {"noise": _pure_noise, "permuted": _permuted, "lawless": _lawless}


def _measured(name: str) -> Data:
    data: Data = MEASURED[name](0)
    return data


def _random_table(seed: int) -> Data:
    return _table_data(random_table(seed))


def _table_data(table: Table) -> Data:
    options = {"robust": True} if table.law.heavy else {}
    return Data(table.x, table.y, table.x_test, table.y_test, table.law.tree, table.points, options)


def table_cases(seeds: Iterable[int], measured: Sequence[str] = tuple(MEASURED)) -> Iterator[Case]:
    """Tables of scikit-learn, and noisy synthetic ones; what counts is R² on other rows."""
    for name in measured:
        yield Case("tables", name, 0, partial(_measured, name), judge.has_right_form_if_known)
    for seed in seeds:
        table = random_table(seed)
        truth = to_text(table.law.tree, _names(table.law.inputs)) if table.law.tree else ""
        yield Case(
            "tables",
            table.law.kind,
            seed,
            partial(_random_table, seed),
            judge.has_right_form_if_known if table.law.tree else judge.is_unclaimed,
            truth=truth,
        )


def task_cases(bases: Sequence[str] = tuple(BASES), seed: int = 0) -> Iterator[Case]:
    """The tasks with known answers, on each basis."""
    for task in TASKS:
        for basis in bases:
            yield task.case(seed, basis)


def _names(count: int) -> tuple[str, ...]:
    return tuple(f"x{k}" for k in range(count))
