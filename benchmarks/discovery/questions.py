"""The formulas and tables that each question about discovery is asked of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import torch

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Array, Case, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.formulas import RandomFormula, random_formula
from benchmarks.discovery.measured import MEASURED
from benchmarks.discovery.real_laws import (
    FEWEST,
    LEVELS,
    WIDER,
    LawTable,
    Noise,
    add_noise,
    count_scale,
    draw_irrelevant,
    draw_noise,
    draw_rows,
    law_table,
)
from benchmarks.discovery.tables import Table, lawless, random_table
from benchmarks.discovery.tasks import BASES, TASKS
from benchmarks.discovery.units import UNITS
from benchmarks.discovery.without_law import KINDS, table_without_law
from edgewise.datasets import feynman
from edgewise.formula.expression import free, multiply
from edgewise.formula.printing import to_text

ROWS = 1000
"""To fit, and as many fresh ones to judge by."""


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
    return Data(x, noisy, x_test, y_test, formula.tree, formula.points, noise=noise)


def law_cases(
    seeds: Iterable[int],
    groups: Sequence[str],
    noise: Noise,
    rows: int,
    irrelevant: int = 0,
    told: bool = False,
) -> Iterator[Case]:
    """Real laws, all with noise of one kind and as many rows."""
    for seed in seeds:
        yield law_case(law_table(seed, tuple(groups)), noise, rows, irrelevant, told)


def law_case(
    table: LawTable, noise: Noise, rows: int, irrelevant: int = 0, told: bool = False
) -> Case:
    """The table of one law, with the errors of y if they are to be told."""
    words = [
        str(noise),
        f"{rows} rows",
        f"{irrelevant} irrelevant" if irrelevant else "",
        "errors told" if told else "",
    ]
    return Case(
        "laws",
        table.law.name,
        table.seed,
        partial(_law_data, table, noise, rows, irrelevant, told),
        judge.is_of_right_form if noise.level else judge.is_equal,
        condition=", ".join(filter(None, words)),
        truth=to_text(table.tree, table.names),
    )


def _law_data(table: LawTable, noise: Noise, rows: int, irrelevant: int, told: bool) -> Data:
    x = table.inputs(rows)
    y, sigma = add_noise(table.seed, table.values(x), noise)
    counted = noise.level and noise.errors == "counts"
    scale = count_scale(table.values(x), noise.level) if counted else 1.0
    x_test = table.points(ROWS, 1)
    y_test = scale * table.values(x_test)

    def columns(x: Array, seed: int) -> Array:
        return np.concatenate([x, Dice(table.seed, 27, seed).uniforms(len(x), irrelevant)], axis=1)

    def points(count: int, seed: int, wider: float = 1.0) -> Array:
        return columns(table.points(count, 10_000 + seed, wider), seed)

    return Data(
        columns(x, 0),
        y,
        columns(x_test, 1),
        y_test,
        multiply(free(scale), table.tree) if counted else table.tree,
        points,
        {
            "input_names": [*table.names, *(f"z{k}" for k in range(irrelevant))],
            **({"sigma": sigma} if told else {}),
        },
        noise=float(np.sqrt(np.mean(sigma**2)) / y_test.std()),
        beyond=partial(points, wider=WIDER),
    )


MIXED = ("formula", "known law", "held law", "no law")
"""What verdicts are calibrated on; "held" laws are in no library."""


def mixed_cases(seeds: Iterable[int], kinds: Iterable[str] = MIXED) -> Iterator[Case]:
    """Tables of all kinds, with random noise, rows from few to many, and irrelevant columns."""
    for seed in seeds:
        for kind in kinds:
            case = _mixed_case(kind, seed)
            yield replace(case, question="calibration", name=kind, seed=seed)


def _mixed_case(kind: str, seed: int) -> Case:
    if kind == "no law":
        (case,) = null_cases([seed], [list(NULL)[seed % len(NULL)]])
        return replace(case, condition=case.name)
    rows, dice = draw_rows(seed), Dice(seed, 28)
    if kind == "formula":
        inputs = dice.weigh({1: 4, 2: 3, 3: 2})
        noise = dice.choose(LEVELS)
        (case,) = formula_cases([seed], inputs, noise, max(rows, 10 * inputs))
        told = [str(Noise(noise)), f"{max(rows, 10 * inputs)} rows"]
        return replace(case, condition=", ".join(filter(None, told)))
    table = law_table(seed, (kind.split()[0],))
    rows = max(rows, FEWEST * len(table.ranges))
    return law_case(table, draw_noise(seed, table), rows, draw_irrelevant(seed))


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

    return Data(x, y[:, 0], x_test, y_test[:, 0], truth, points, options, noise=noise)


def _condition(noise: float, units: bool = False) -> str:
    parts = [f"noise {noise:g}"] if noise else []
    return ", ".join([*parts, *(["units"] if units else [])])


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


NULL: Mapping[str, Callable[[int], Data]] = {
    "noise": _pure_noise,
    "permuted": _permuted,
    "lawless": _lawless,
    **{kind: partial(table_without_law, kind) for kind in KINDS},
}
"""Tables without a law by their kind: seed → rows."""


def null_cases(seeds: Iterable[int], kinds: Iterable[str] = tuple(NULL)) -> Iterator[Case]:
    """Data without a law: noise, permuted targets, functions that no short formula is, codes."""
    for seed in seeds:
        for kind in kinds:
            yield Case("null", kind, seed, partial(NULL[kind], seed), judge.is_unclaimed)


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
