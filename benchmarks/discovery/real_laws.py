"""Tables of real laws: forms of handbooks, with random constants, ranges, noise and rows.

The laws stand in benchmarks/data/laws.txt, each with the ranges of its constants and inputs and its
source. Those under [known] are in the library of :mod:`edgewise.laws`, the *held* ones aren't, so
that nothing there knows their form: those under [development] are drawn by seeds below 1,000, those
under [report] by the reported ones.

What is drawn for a seed: the law (a shuffled list is gone through, so that a hundred seeds in a row
hold nearly all of them), its constants (to four digits, logarithmic where their range is wider than
a factor of 3), for each input whether it is spaced evenly or in its logarithm (only where it spans
a factor of 8), and whether a single input stands on a grid. Rows, noise and irrelevant columns are
drawn as well, where nobody asks for some.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.discovery.dice import Dice
from edgewise.formula.expression import Expression, free
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program

Array = NDArray[np.float64]

LAWS = Path(__file__).parents[1] / "data" / "laws.txt"
GROUPS = ("known", "held")
DIGITS = 4
LOGARITHMIC, SPACED = 3.0, 8.0
"""Ratios of a range's ends above which a constant is, and an input may be, drawn in logarithms."""

LEVELS = (0.0, 0.001, 0.01, 0.05, 0.1)
ERRORS = ("constant", "relative", "counts")
FEWEST, MOST = 6, 300
REPORTED = 1000
"""The first seed of the report: development looks at those below only."""

WIDER = 1.3
"""How much wider than the ranges the box is in which a form has to hold, too."""


@dataclass(frozen=True)
class Law:
    """A form with the ranges of its constants and inputs.

    Attributes:
        constants: by name, the least and the greatest value.
        inputs: by name, the ends of its range as formulas of the constants.
        group: "known", or "development" or "report", which are held.
    """

    name: str
    formula: str
    constants: Mapping[str, tuple[float, float]]
    inputs: Mapping[str, tuple[str, str]]
    source: str
    group: str


@dataclass(frozen=True)
class Noise:
    """Errors of y.

    Attributes:
        level: of constant errors, their standard deviation over that of y; of relative ones, over
            each y; of counts, 1/√(the mean count).
        errors: "constant", "relative" or "counts".
    """

    level: float = 0.0
    errors: str = "constant"

    def __str__(self) -> str:
        if not self.level:
            return ""
        return f"noise {self.level:g}" + ("" if self.errors == "constant" else f" {self.errors}")


@dataclass(frozen=True, eq=False)
class LawTable:
    """A law with its constants, ready to be drawn from.

    Attributes:
        tree: the formula, all of whose decimal numbers may be fitted.
        ranges: of the inputs; (in, 2)
        logarithmic: of each input, whether it is uniform in its logarithm.
        grid: whether a single input stands on a grid.
    """

    seed: int
    law: Law
    tree: Expression
    ranges: Array
    logarithmic: tuple[bool, ...]
    grid: bool

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.law.inputs)

    def points(self, rows: int, seed: int, wider: float = 1.0) -> Array:
        """Rows of inputs, in a box that is so many times as wide; (rows, in)"""
        return self._place(Dice(self.seed, 21, seed).uniforms(rows, len(self.ranges)), wider)

    def inputs(self, rows: int) -> Array:
        """The rows of the table; (rows, in)"""
        if self.grid:
            return self._place(np.linspace(0.0, 1.0, rows)[:, None])
        return self.points(rows, 0)

    def _place(self, share: Array, wider: float = 1.0) -> Array:
        """Shares of the ranges as inputs; positive ranges stay positive."""
        share = 0.5 + wider * (share - 0.5)
        columns = []
        for (low, high), logarithmic, u in zip(self.ranges, self.logarithmic, share.T, strict=True):
            if logarithmic:
                columns.append(low * (high / low) ** u)
                continue
            column = low + (high - low) * u
            columns.append(np.maximum(column, low / wider) if low > 0 else column)
        return np.stack(columns, axis=1)

    def values(self, x: Array) -> Array:
        """The law at rows of inputs; (rows,)"""
        return np.asarray(Program(self.tree).values(x), dtype=np.float64)


@cache
def read_laws() -> tuple[Law, ...]:
    """All laws of the file."""
    laws, group = [], ""
    for line in LAWS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            group = line.strip("[] ")
        elif "|" in line and not line.startswith("#"):
            laws.append(_read_law(line, group))
    return tuple(laws)


def _read_law(line: str, group: str) -> Law:
    name, formula, constants, inputs, source = (part.strip() for part in line.split("|"))
    return Law(
        name,
        formula,
        {k: (float(low), float(high)) for k, (low, high) in _read_ranges(constants).items()},
        _read_ranges(inputs),
        source,
        group,
    )


def _read_ranges(text: str) -> dict[str, tuple[str, str]]:
    """``K 0.1..2, S K..5*K`` as names and ends."""
    found = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, ends = part.split(None, 1)
        low, high = ends.split("..")
        found[name] = (low.strip(), high.strip())
    return found


def law_table(seed: int, groups: tuple[str, ...] = GROUPS) -> LawTable:
    """The law of a seed among those of some groups, with its constants and ranges."""
    laws = list_laws(groups, report=seed >= REPORTED)
    law = Dice(0, 20).shuffle(laws)[seed % len(laws)]
    dice = Dice(seed, 22)
    while True:
        table = _draw(seed, law, dice)
        if _is_sane(table):
            return table


def list_laws(groups: tuple[str, ...] = GROUPS, report: bool = False) -> list[Law]:
    """The laws of some groups; those that are held are of development, or of the report."""
    held = "report" if report else "development"
    wanted = {held if group == "held" else group for group in groups}
    return [law for law in read_laws() if law.group in wanted]


def _draw(seed: int, law: Law, dice: Dice) -> LawTable:
    constants = {name: _draw_constant(dice, *ends) for name, ends in law.constants.items()}
    ranges = np.array([[_value(end, constants) for end in ends] for ends in law.inputs.values()])
    spaced = [bool(low > 0 and high / low > SPACED) for low, high in ranges]
    return LawTable(
        seed,
        law,
        tree_of_law(law, constants),
        ranges,
        tuple(wide and dice.chance(0.5) for wide in spaced),
        len(ranges) == 1 and dice.chance(0.4),
    )


def _draw_constant(dice: Dice, low: float, high: float) -> float:
    if low > 0 and high / low > LOGARITHMIC:
        value = math.exp(dice.uniform(math.log(low), math.log(high)))
    else:
        value = dice.uniform(low, high)
    return float(f"{value:.{DIGITS}g}")


def _value(text: str, constants: Mapping[str, float]) -> float:
    tree, names = parse_formula(text, list(constants))
    return float(Program(tree).values(np.array([[constants[name] for name in names] or [0.0]]))[0])


def tree_of_law(law: Law, constants: Mapping[str, float]) -> Expression:
    """The law with free numbers in the place of its constants."""
    inputs = len(law.inputs)
    tree, _ = parse_formula(law.formula, [*law.inputs, *constants])
    return tree.substitute({inputs + k: free(v) for k, v in enumerate(constants.values())})


def _is_sane(table: LawTable) -> bool:
    """Whether its values are finite and differ, at the points of any table that it may make."""
    y = table.values(np.concatenate([table.points(500, 1), table.inputs(MOST)]))
    return bool(np.isfinite(y).all() and y.std() > 1e-3 * abs(y.mean()))


def draw_noise(seed: int, table: LawTable) -> Noise:
    """Of a random level and kind; counts only of what is positive."""
    dice = Dice(seed, 23)
    positive = bool((table.values(table.points(500, 1)) > 0).all())
    kinds = {"constant": 6, "relative": 3, "counts": 2 if positive else 0}
    return Noise(dice.choose(LEVELS), dice.weigh(kinds))


def draw_rows(seed: int) -> int:
    """From 6 to 300, logarithmically."""
    return round(FEWEST * (MOST / FEWEST) ** Dice(seed, 24).uniform())


def draw_irrelevant(seed: int) -> int:
    """Columns that say nothing: mostly none, at most two."""
    return Dice(seed, 25).weigh({0: 6, 1: 2, 2: 2})


def add_noise(seed: int, y: Array, noise: Noise) -> tuple[Array, Array]:
    """Values with errors, and the standard deviation of each error; (rows,) and (rows,)

    Raises:
        ValueError: for counts of values that aren't positive.
    """
    if not noise.level:
        return y, np.zeros_like(y)
    dice = Dice(seed, 26)
    return NOISES[noise.errors](dice, y, noise.level)


def _constant(dice: Dice, y: Array, level: float) -> tuple[Array, Array]:
    sigma = np.full(len(y), level * float(y.std()))
    return y + sigma * dice.normals(len(y)), sigma


def _relative(dice: Dice, y: Array, level: float) -> tuple[Array, Array]:
    sigma = level * np.abs(y)
    return y + sigma * dice.normals(len(y)), sigma


def _counts(dice: Dice, y: Array, level: float) -> tuple[Array, Array]:
    from scipy.stats import poisson

    if not (y > 0).all():
        raise ValueError(f"expected positive values to count, got {y.min():g}")
    size = count_scale(y, level)
    counts = poisson.ppf(dice.uniforms(len(y)), size * y)
    return np.asarray(counts, dtype=np.float64), np.sqrt(size * y)


def count_scale(y: Array, level: float) -> float:
    """What values are multiplied by before they are counted, so that the mean is 1/level²."""
    return 1 / (level**2 * float(y.mean()))


NOISES: Mapping[str, Callable[[Dice, Array, float], tuple[Array, Array]]] = {
    "constant": _constant,
    "relative": _relative,
    "counts": _counts,
}
"""How errors are drawn, by their kind."""
