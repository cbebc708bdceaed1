"""Measured tables whose law is known: NIST StRD, laboratory tables of R, EmpiricalBench.

benchmarks/data/measurements.txt lists them with the textbook's forms. These cases are for the
report: nobody looks at them while a search is tuned.

NIST StRD (27 sets, nonlinear regression): right is a winner whose residual deviation is within 1 %
of the certified one, if it has the certified form or no more fitted numbers than it. R's tables and
EmpiricalBench: right is the textbook's form. Whether it is claimed is counted beside.

EmpiricalBench (M. Cranmer, arXiv 2305.01582, repository pysr_paper): Hubble, Kepler, Leavitt and
Bode are tables; for Newton, Planck, Tully–Fisher, Schechter, the ideal gas and Rydberg its
generator draws other rows for each seed, with the noise that its authors write beside each.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from benchmarks.discovery import judge
from benchmarks.discovery.cases import Array, Case, Data
from benchmarks.discovery.dice import Dice
from benchmarks.discovery.real_laws import WIDER
from edgewise.formula.expression import Expression, free
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program, refit

DATA = Path(__file__).parents[1] / "data"
SETS = ("nist", "laboratory", "physics")
NOTHING = 1e-100
POLISH = 200
"""Steps in which the numbers of a form go to the least-squares ones of a table."""


@dataclass(frozen=True)
class Measured:
    """A table and the forms that are right for it.

    Attributes:
        rows: a column and its value, such as "Run=1": only these rows; "" for all.
        target: a column, or log(a column).
        forms: each is right.
        numbers: by name, near the least-squares ones.
        deviation: the certified residual deviation; None where nobody certified one.
    """

    name: str
    file: str
    rows: str
    target: str
    inputs: tuple[str, ...]
    forms: tuple[str, ...]
    numbers: Mapping[str, float]
    deviation: float | None

    def read(self) -> tuple[Array, Array]:
        """Inputs and target; (rows, in) and (rows,)"""
        with (DATA / self.file).open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        if self.rows:
            column, value = self.rows.split("=")
            rows = [row for row in rows if row[column] == value]
        x = np.array([[float(row[name]) for name in self.inputs] for row in rows])
        column = self.target.removeprefix("log(").removesuffix(")")
        y = np.array([float(row[column]) for row in rows])
        return x, np.log(y) if column != self.target else y

    def trees(self, x: Array, y: Array) -> list[Expression]:
        """Each form with its least-squares numbers for these rows: certified ones as they are."""
        trees = [read_form(form, self.inputs, self.numbers) for form in self.forms]
        if self.deviation is not None:
            return trees
        return [refit(tree, x, y, steps=POLISH).tree for tree in trees]


def read_form(text: str, inputs: Sequence[str], numbers: Mapping[str, float]) -> Expression:
    """A form with free numbers in the place of their names."""
    tree, _ = parse_formula(text, [*inputs, *numbers])
    return tree.substitute({len(inputs) + k: free(v) for k, v in enumerate(numbers.values())})


@cache
def read_measured() -> Mapping[str, tuple[Measured, ...]]:
    """The tables of each set."""
    found: dict[str, list[Measured]] = {}
    for line in (DATA / "measurements.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            known = found.setdefault(line.strip("[] "), [])
        elif "|" in line and not line.startswith("#"):
            known.append(_read_line(line))
    return {name: tuple(tables) for name, tables in found.items()}


def _read_line(line: str) -> Measured:
    name, file, rows, target, inputs, forms, numbers, deviation = (
        part.strip() for part in line.split("|")
    )
    pairs = (part.split() for part in numbers.split(","))
    return Measured(
        name,
        file,
        rows,
        target,
        tuple(part.strip() for part in inputs.split(",")),
        tuple(part.strip() for part in forms.split(" or ")),
        {key: float(value) for key, value in pairs},
        float(deviation) if deviation else None,
    )


def measured_cases(name: str, seeds: Iterable[int], only: Sequence[str] = ()) -> Iterator[Case]:
    """The tables of a set; seeds are those of the program, and of generated rows."""
    right = judge.is_as_good if name == "nist" else judge.has_textbook_form
    for seed in seeds:
        for table in read_measured()[name]:
            if not only or table.name in only:
                truth = " or ".join(table.forms)
                data = partial(measured_data, table)
                yield Case("measured", table.name, seed, data, right, name, truth)
        for law in GENERATED if name == "physics" else ():
            if not only or law.name in only:
                data = partial(law.data, seed)
                yield Case("measured", law.name, seed, data, right, name, law.formula)


def measured_data(table: Measured) -> Data:
    """Rows of a table; its forms with least-squares numbers are what is true of it."""
    x, y = table.read()
    truth, *others = table.trees(x, y)
    values = Program(truth).values(x)
    left = y - values
    deviation = np.sqrt(left @ left / max(1, len(y) - len(Program(truth).free)))
    return Data(
        x,
        y,
        x,
        values,
        truth,
        partial(_inside, x, 1.0),
        {"input_names": list(table.inputs)},
        noise=float(deviation / values.std()),
        beyond=partial(_inside, x, WIDER),
        others=tuple(others),
        deviation=table.deviation or float(deviation),
        numbers=len(table.numbers),
    )


def _inside(x: Array, wider: float, rows: int, seed: int) -> Array:
    """Points of the box of some rows, or of one that is wider; positive columns stay positive."""
    low, high = x.min(0), x.max(0)
    share = 0.5 + wider * (Dice(40, seed).uniforms(rows, x.shape[1]) - 0.5)
    inside: Array = np.where(low > 0, np.maximum(low + (high - low) * share, low / wider),
                             low + (high - low) * share)  # fmt: skip
    return inside


@dataclass(frozen=True)
class Generated:
    """A law of EmpiricalBench that is generated.

    Attributes:
        draw: rows and draws → inputs.
        noise: relative, of y.
        error: absolute, of the first input.
    """

    name: str
    formula: str
    numbers: Mapping[str, float]
    inputs: tuple[str, ...]
    draw: Callable[[int, Dice], Array]
    rows: int
    noise: float = 0.0
    error: float = 0.0

    def data(self, seed: int) -> Data:
        """The rows of a seed."""
        dice = Dice(seed, 41)
        truth = read_form(self.formula, self.inputs, self.numbers)
        x = self.draw(self.rows, dice)
        y = Program(truth).values(x)
        noisy = y * (1 + self.noise * dice.normals(self.rows))
        seen = x.copy()
        seen[:, 0] += self.error * dice.normals(self.rows)
        errors = noisy - y if self.noise else Program(truth).values(seen) - y
        x_test = self.points(1000, seed)
        y_test = Program(truth).values(x_test)
        return Data(
            seen,
            noisy,
            x_test,
            y_test,
            truth,
            self.points,
            {"input_names": list(self.inputs)},
            noise=float(np.sqrt(np.mean(errors**2)) / y.std()),
        )

    def points(self, rows: int, seed: int) -> Array:
        """Fresh inputs, but none where the law is nothing beside its greatest value; (rows, in)"""
        truth = read_form(self.formula, self.inputs, self.numbers)
        x = self.draw(10 * rows, Dice(seed, 42))
        y = np.abs(Program(truth).values(x))
        return x[y > NOTHING * y.max()][:rows]


def _draw_box(
    ranges: Sequence[tuple[float, float]], logarithmic: bool, rows: int, dice: Dice
) -> Array:
    """Points of a box, evenly or in logarithms."""
    low, high = np.array(ranges).T
    share = dice.uniforms(rows, len(ranges))
    drawn: Array = low * (high / low) ** share if logarithmic else low + (high - low) * share
    return drawn


def _box(*ranges: tuple[float, float], logarithmic: bool = True) -> Callable[[int, Dice], Array]:
    return partial(_draw_box, ranges, logarithmic)


def _levels(rows: int, dice: Dice) -> Array:
    """Two quantum numbers up to 7, the second greater."""
    pairs = []
    for _ in range(rows):
        low = dice.whole(1, 6)
        pairs.append((low, dice.whole(low + 1, 7)))
    return np.array(pairs, dtype=np.float64)


MASSES, DISTANCES = (1.3e22, 2e30), (3.7e8, 7.37593e12)
GENERATED = (
    Generated("Newton", "G*m1*m2/r**2", {"G": 6.67408e-11}, ("r", "m1", "m2"),
              _box(DISTANCES, MASSES, MASSES), 30, noise=0.1),
    Generated("Planck", "a*nu**3/(exp(b*nu/T) - 1)",
              {"a": 2 * 6.62607004e-34 / 299792458**2, "b": 6.62607004e-34 / 1.38064852e-23},
              ("nu", "T"), _box((1e9, 1e16), (100.0, 6000.0)), 100, noise=0.1),
    Generated("Tully–Fisher", "k*DV**2.5", {"k": 26.1}, ("DV",),
              _box((100.0, 700.0), logarithmic=False), 18, error=30.0),
    Generated("Schechter", "a*L**(-1.2)*exp(-L/b)",
              {"a": 0.002 / 2.5e8 * 2.5e8**1.2, "b": 2.5e8}, ("L",), _box((1e6, 3e9)), 27,
              noise=0.2),
    Generated("Ideal gas", "R*n*T/V", {"R": 8.314}, ("n", "T", "V"),
              _box((1.0, 100.0), (300.0, 400.0), (1.0, 100.0), logarithmic=False), 30, noise=0.1),
    Generated("Rydberg", "1/(R*(1/n1**2 - 1/n2**2))", {"R": 1.097e7}, ("n1", "n2"), _levels, 50,
              noise=0.01),
)  # fmt: skip
"""With the ranges, rows and noise of the benchmark's equations.yml."""


def list_names(name: str) -> list[str]:
    """The names of the tables of a set."""
    generated = [law.name for law in GENERATED] if name == "physics" else []
    return [table.name for table in read_measured()[name]] + generated
