"""Tables of polynomials that stand for a network, and what is known of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.certify.stack import Standardize
from edgewise.nn.reading import read_array

Array = NDArray[np.float64]
WEIGHT_BITS = 12
"""Powers of t are whole numbers of 2^-12 where tables are integers."""


@dataclass(frozen=True, eq=False)
class Table:
    """Polynomials of every edge of one part of a stage.

    Σ_p table[i, cell, p, o] scale[p, o] t^p with u = (x_i - low_i) · inverse_i, cell = ⌊u⌋ and
    t = u - cell; x_i is moved into [low_i, high_i] first.

    Attributes:
        standardized: whether it reads what LayerNorm made of x.
        low, high, inverse: (in,), numbers of float32.
        values: (in, cells, degree + 1, out): float32, int16 or int8.
        scale: (degree + 1, out); of ones for float32.
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


@dataclass(frozen=True, eq=False)
class TableStage:
    """y_o = bias_o + Σ over tables and inputs."""

    tables: tuple[Table, ...]
    bias: Array
    norm: Standardize | None


@dataclass(frozen=True, eq=False)
class TableReport:
    """What is known of tables.

    Attributes:
        bound: of |tables - model| for each output, proven for every input in the domain.
        measured: the greatest difference found on random inputs, for each output.
        bytes: of all tables.
        cells: of each stage.
        rows: how many inputs were measured.

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


@dataclass(frozen=True, eq=False)
class Tables:
    """A network that needs nothing but additions, multiplications and look-ups.

    Calling it computes what the written programs compute, in float64; of rows with NaN it is NaN.

    Attributes:
        stages: in their order.
        inputs: which features of x the first stage reads.
        in_features: how many x has.
        input_names: their names.
        domain: (in_features, 2); the bound holds for inputs in it.
        dtype: of the tables.
        report: bound, measured difference, size.

    Example:
        >>> import torch, edgewise as ew
        >>> model = ew.surgery.from_formula("exp(x0) + x1", basis="bspline")
        >>> tables = ew.export.tabulate(model, (-1, 1), tolerance=1e-3)
        >>> x = torch.rand(10, 2, dtype=torch.float64)
        >>> bool(abs(tables(x) - model(x).detach().numpy()).max() <= tables.report.bound.max())
        True
    """

    stages: tuple[TableStage, ...]
    inputs: tuple[int, ...]
    in_features: int
    input_names: tuple[str, ...]
    domain: Array
    dtype: str
    report: TableReport

    @property
    def out_features(self) -> int:
        return len(self.stages[-1].bias)

    def __call__(self, x: Any) -> Array:
        """The tables' answer, (rows, in_features) → (rows, out_features)."""
        h = read_array("tables", x)
        if h.ndim != 2 or h.shape[1] != self.in_features:
            raise ValueError(
                f"expected rows of {self.in_features} features, got shape {h.shape}: reshape a "
                "single row with x[None]"
            )
        h = h[:, list(self.inputs)]
        for stage in self.stages:
            h = run_stage(stage, h)
        return h


def run_stage(stage: TableStage, x: Array) -> Array:
    """One stage in float64, (rows, in) → (rows, out)."""
    z, total = x, np.tile(stage.bias, (len(x), 1))
    if stage.norm is not None:
        away = x - x.mean(1, keepdims=True)
        z = away / np.sqrt(np.square(away).mean(1, keepdims=True) + stage.norm.eps)
        z = z * stage.norm.weight + stage.norm.bias
    for table in stage.tables:
        held = np.clip(z if table.standardized else x, table.low, table.high)
        u = (held - table.low) * table.inverse
        cell = np.minimum(np.nan_to_num(u).astype(np.int64), table.cells - 1)
        t = u - cell
        for i in range(x.shape[1]):
            chosen = table.values[i, cell[:, i]] * table.scale  # (rows, degree + 1, out)
            value = chosen[:, -1]
            for p in reversed(range(table.degree)):
                value = value * t[:, i, None] + chosen[:, p]
            total += value
    return total


def check_tables(owner: str, tables: Any) -> None:
    """Raise TypeError unless these are tables of :func:`edgewise.export.tabulate`."""
    if not isinstance(tables, Tables):
        raise TypeError(
            f"{owner} expected tables, got {type(tables).__name__}: write a network as "
            f"{owner}(edgewise.export.tabulate(model, domain)), a KANRegressor or KANClassifier by "
            "its own to_python() or to_sql(), or as ONNX"
        )
