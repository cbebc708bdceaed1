"""A model as a program of polynomials: how columns are read, a table of cells, norms, a link.

Networks become such programs by :func:`edgewise.export.tabulate`; estimators are such programs
already. There is one printer for each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._arrays import Array
from edgewise._shown import shown_as_text
from edgewise.additive.columns import Columns
from edgewise.additive.reasons import Texts, title_targets, word_effects
from edgewise.certify.stack import Standardize
from edgewise.nn.reading import read_features
from edgewise.piecewise.cells import Accepted, Places, Reading, Uniform

WEIGHT_BITS = 12
"""Powers of t are whole numbers of 2^-12 where tables are integers."""
BASE = "(base)"
"""The name of the constant among contributions."""


@dataclass(frozen=True, eq=False)
class PiecewiseTerm:
    """Polynomials of one column or of two: Σ_pq table[cell, other, p, q, o] t^p v^q.

    A value in no cell adds nothing.

    Attributes:
        readings: how its one or two columns are read.
        table: (cells, cells, powers, powers, outputs); for one column the second sizes are 1.
        effect: the number of the effect that it belongs to, from 1.
        first: the first output to which it contributes.
    """

    readings: tuple[Reading, ...]
    table: Array
    effect: int
    first: int = 0

    @property
    def outputs(self) -> slice:
        """The outputs to which it contributes."""
        return slice(self.first, self.first + self.table.shape[-1])

    def evaluate(self, places: Sequence[Places]) -> Array:
        """Its values at the places found by its readings, (rows, outputs)."""
        (cell, t), *others = places
        other, v = others[0] if others else (0, t)
        chosen = np.moveaxis(self.table[cell, other], 0, -2)  # (p, q, rows, outputs)
        powers = [_horner(inner, v[:, None]) for inner in chosen] if others else chosen[:, 0]
        value = _horner(powers, t[:, None])
        value[(cell < 0) | (np.asarray(other) < 0)] = 0.0
        return value


Term = PiecewiseTerm
"""Its name in pickles of version 0.1.0."""


def _horner(coefficients: Any, t: Array) -> Array:
    value = coefficients[-1] + 0.0 * t  # NaN where t is
    for coefficient in coefficients[-2::-1]:
        value = value * t + coefficient
    return np.asarray(value)


@dataclass(frozen=True, eq=False)
class CellTable:
    """Polynomials on uniform cells for every input of a stage: the edges of a layer.

    Σ_p table[i, cell, p, o] scale[p, o] t^p with u = (x_i - low_i) · inverse_i, cell = ⌊u⌋ and
    t = u - cell; x_i is first clipped to [low_i, high_i].

    Attributes:
        standardized: whether it reads x after LayerNorm.
        low, high, inverse: (in,), float32 numbers.
        values: (in, cells, degree + 1, out), in float32, int16 or int8.
        scale: (degree + 1, out); ones for float32.
    """

    standardized: bool
    low: Array
    high: Array
    inverse: Array
    values: NDArray[Any]
    scale: Array

    @property
    def cells(self) -> int:
        return int(self.values.shape[1])

    @property
    def degree(self) -> int:
        return int(self.values.shape[2]) - 1

    def terms(self) -> Iterator[PiecewiseTerm]:
        """A term for each input, in float64."""
        ends = (self.low.tolist(), self.high.tolist(), self.inverse.tolist())
        for i, (low, high, inverse) in enumerate(zip(*ends, strict=True)):
            reading = Uniform(i, low, high, inverse, self.cells, self.standardized)
            yield PiecewiseTerm((reading,), (self.values[i] * self.scale)[:, None, :, None], i + 1)


Table = CellTable
"""Its name in pickles of version 0.1.0."""


@dataclass(frozen=True, eq=False)
class Stage:
    """y_o = Σ_k start_ko + Σ over tables and terms.

    Attributes:
        start: (1 or more, outputs): the base, and the constants of effects.
        tables: the tables; their input i is effect i + 1.
        hidden: a stage of the same inputs, whose sums some terms read: the first layers of
            networks.
    """

    start: Array
    tables: tuple[CellTable, ...] = ()
    terms: tuple[PiecewiseTerm, ...] = ()
    norm: Standardize | None = None
    hidden: Stage | None = None

    @property
    def width(self) -> int:
        """Number of its outputs."""
        return int(self.start.shape[1])

    def every_term(self) -> Iterator[PiecewiseTerm]:
        """The terms of the tables, then its own terms."""
        for table in self.tables:
            yield from table.terms()
        yield from self.terms

    def readings(self) -> list[Reading]:
        """All distinct readings."""
        return list(dict.fromkeys(r for term in self.every_term() for r in term.readings))

    def input_readings(self) -> list[Reading]:
        """All distinct readings of its inputs, those of its hidden sums included."""
        hidden = [] if self.hidden is None else self.hidden.input_readings()
        return list(dict.fromkeys([*hidden, *(r for r in self.readings() if not r.hidden)]))

    def sums(self, columns: Columns) -> Array:
        """The sums, (rows, outputs)."""
        total = np.zeros((len(columns[0]), self.width))
        self.add_up(columns, lambda k: total)
        return total

    def add_up(self, columns: Columns, totals: Callable[[int], Array]) -> None:
        """Add the start and each effect k to ``totals(k)``, (rows, outputs)."""
        normed = columns if self.norm is None else _standardize(self.norm, columns)
        hidden = [] if self.hidden is None else list(self.hidden.sums(columns).T)
        for k, start in enumerate(self.start):
            totals(k)[:] += start
        found: dict[Reading, Places] = {}
        for term in self.every_term():
            for reading in term.readings:
                if reading not in found:
                    read = normed if reading.standardized else columns
                    read = hidden if reading.hidden else read
                    found[reading] = reading.locate(read[reading.column])
            value = term.evaluate([found[reading] for reading in term.readings])
            totals(term.effect)[:, term.outputs] += value


def _standardize(norm: Standardize, columns: Columns) -> Columns:
    x = np.stack(columns, 1)
    away = x - x.mean(1, keepdims=True)
    z = away / np.sqrt(np.square(away).mean(1, keepdims=True) + norm.eps)
    return list((z * norm.weight + norm.bias).T)


@dataclass(frozen=True, eq=False)
class Answer:
    """How sums become predictions: h(sum) clipped to bounds, or the probabilities of classes.

    Attributes:
        links: the link of each sum: "identity" or "log"; "logistic" for two classes and for
            shares, "softmax" for more classes.
        limits: the interval to which each sum is clipped before an exponential is taken.
        bounds: the bounds of predictions.
        classes: the labels of the classes, or None for numbers.
        single: whether a prediction is a number rather than a list.
        outputs: the names of several targets or labels.
        rising: whether predictions are put in rising order, as quantiles of one target are.
    """

    links: tuple[str, ...]
    limits: tuple[tuple[float, float], ...]
    bounds: tuple[float, float] = (-np.inf, np.inf)
    classes: tuple[str | int | float | bool, ...] | None = None
    single: bool = False
    outputs: tuple[str, ...] = ()
    rising: bool = False


@shown_as_text
@dataclass(frozen=True, eq=False)
class Interval:
    """A prediction interval of each target, or a prediction set of classes or of each label.

    Target k lies between μ + below · eˢ and μ + above · eˢ, where s is the stage's sum k and μ the
    estimator's prediction before edits; the interval always includes the prediction. The set
    contains the classes whose probability is at least ``least``, and the most likely one; that of a
    label contains 0 or 1 or both in the same way.

    Attributes:
        coverage: the probability.
        stage: the logarithms of the expected size of each target's error; then, if ``edited``, the
            sums of the estimator without edits.
        edited: whether the estimator was edited.
        limits: the interval to which each logarithm is clipped.
        ends: below and above, for each target.
        least: the least probability of a class in the set, or for each label that of 0 or 1;
            empty for targets.
    """

    coverage: float
    stage: Stage
    edited: bool
    limits: tuple[tuple[float, float], ...] = ()
    ends: tuple[tuple[float, float], ...] = ()
    least: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class TableReport:
    """The accuracy and size of tables.

    Attributes:
        bound: a proven bound of |tables - model| for each output, on the whole domain.
        measured: the largest difference found on random inputs, for each output.
        bytes: the size of all tables.
        cells: the number of cells of each stage.
        rows: the number of random inputs.

    Example:
        >>> import edgewise as ew
        >>> model = ew.surgery.from_formula("x0**2", basis="bspline")
        >>> report = ew.export.tabulate(model, (-1, 1), cells=8).report
        >>> report.cells, report.bytes  # 8 cells of three powers in float32
        ((8,), 96)
        >>> bool(report.measured.max() <= report.bound.max() < 1e-5)
        True
    """

    bound: Array
    measured: Array
    bytes: int
    cells: tuple[int, ...]
    rows: int

    def __str__(self) -> str:
        return (
            f"proven bound {self.bound.max():.3g}, measured {self.measured.max():.3g} on "
            f"{self.rows:,} inputs, {self.bytes:,} bytes, cells {list(self.cells)}"
        )


NO_REPORT = TableReport(np.zeros(0), np.zeros(0), 0, (), 0)
"""The report of estimators, whose programs are exact."""


@dataclass(frozen=True, eq=False)
class Program:
    """A model that needs only look-ups, arithmetic and possibly a link.

    Calling it computes the same as the exported programs of a network, in float64; rows with NaN
    give NaN.

    Attributes:
        stages: the stages in order.
        inputs: the columns of x that the first stage reads.
        input_names: the names of all columns.
        categorical: which columns hold categories.
        numeric: which columns hold numbers, as categories or not.
        answer: how the last stage's sums become predictions.
        effects: the names of contributions: "(base)", then each column and pair that has an
            effect. None for a network of several stages, whose inputs aren't additive.
        domain: (in_features, 2), the domain of a network on which the bound holds.
        report: the accuracy and size of a network's tables; empty for an estimator.
        interval: the interval of an estimator, if requested.
        accepted: the numbers of each column of an estimator; empty for a network, which holds all
            within its domain.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("exp(x0) + x1", basis="bspline")
        >>> tables = ew.export.tabulate(model, (-1, 1), tolerance=1e-3)
        >>> x = torch.rand(10, 2, dtype=torch.float64)
        >>> bool(abs(tables(x) - model(x).detach().numpy()).max() <= tables.report.bound.max())
        True
    """

    stages: tuple[Stage, ...]
    inputs: tuple[int, ...]
    input_names: tuple[str, ...]
    categorical: tuple[bool, ...]
    numeric: tuple[bool, ...]
    answer: Answer
    effects: tuple[str, ...] = ()
    domain: Array = field(default_factory=lambda: np.zeros((0, 2)))
    report: TableReport = NO_REPORT
    interval: Interval | None = None
    accepted: tuple[Accepted, ...] = ()

    @property
    def in_features(self) -> int:
        return len(self.input_names)

    @property
    def out_features(self) -> int:
        return self.stages[-1].width

    def readings(self) -> list[Reading]:
        """How columns are read, including those of the interval."""
        found = self.stages[0].input_readings()
        more = [] if self.interval is None else self.interval.stage.input_readings()
        return list(dict.fromkeys([*found, *more]))

    @property
    def is_network(self) -> bool:
        """Whether it is a tabulated network, which maps rows of numbers to the last sums."""
        return bool(self.stages[0].tables)

    @property
    def dtype(self) -> str:
        """The type of the tables: float32, int16 or int8; float64 for an estimator."""
        return str(self.stages[0].tables[0].values.dtype) if self.is_network else "float64"

    def sums(self, columns: Columns) -> Array:
        """The last stage's sums, the arguments of the link, (rows, outputs)."""
        h = self._read(columns)
        for stage in self.stages:
            h = list(stage.sums(h).T)
        return np.stack(h, 1)

    def _read(self, columns: Columns) -> Columns:
        """The columns that the first stage reads, clipped to the domain of a network."""
        chosen = [columns[i] for i in self.inputs]
        if not self.is_network:
            return chosen
        return [np.clip(x, *self.domain[i]) for i, x in zip(self.inputs, chosen, strict=True)]

    def contributions(self, columns: Columns) -> Array:
        """The contribution of each effect to each row's sums, (rows, effects, outputs)."""
        parts = np.zeros((len(self.effects), len(columns[0]), self.out_features))
        self.stages[0].add_up(self._read(columns), lambda k: parts[k])
        return parts.swapaxes(0, 1)

    def __call__(self, x: Any) -> Array:
        """The output of the tables, (rows, in_features) → (rows, out_features).

        Raises:
            ValueError: if the rows have another number of features.
        """
        return self.sums(list(read_features("tables", x, self.in_features).T))


def list_reasons(program: Program) -> Texts:
    """The reasons that may be told for each target or class and each effect but the base."""
    classes = program.answer.classes
    titles = title_targets(program.answer.outputs) if classes is None else classes
    return word_effects(program.effects[1:], titles, classes is not None)
