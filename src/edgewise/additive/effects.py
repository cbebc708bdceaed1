"""The effects of a model as data: those of columns and interactions, in the table's units."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from edgewise.additive.columns import Array
from edgewise.additive.curves import Curve
from edgewise.additive.outputs import Output, Units
from edgewise.additive.training_summary import (
    INTERACTIONS,
    Cells,
    Key,
    Labels,
    Numbers,
    Summary,
    find_error,
    group_terms,
)
from edgewise.charts.numbers import with_error
from edgewise.charts.scales import Scale
from edgewise.data.rows import cut

GRID = 120
"""The number of points at which a curve is computed, besides its column's kept values."""
VALUES_AT_ONCE = 256
"""The number of values whose bands are computed at once."""
MISSING = "missing"


@dataclass(frozen=True, eq=False)
class Band:
    """Values with the limits of their band."""

    value: Array
    low: Array
    high: Array

    @property
    def parts(self) -> tuple[Array, Array, Array]:
        """The values and both limits."""
        return self.value, self.low, self.high


@dataclass(frozen=True, eq=False, repr=False)
class Effect(ABC):
    """The effect of one column or of several together on one sum.

    Attributes:
        names, key: the names of the columns and their positions.
        units: the units of its values.
        importance, error: the standard deviation of the effect over the rows of the fit (of its
            logarithm if effects multiply), and its standard error.
        edited: whether it was edited.
    """

    names: tuple[str, ...]
    key: Key
    units: Units
    importance: float
    error: float
    edited: bool

    @property
    @abstractmethod
    def kind(self) -> str:
        """Whether it is a "curve", "levels", a "pair", a "triple" or "deep"."""

    @property
    def name(self) -> str:
        """Its name in tables and pictures."""
        return " × ".join(self.names)

    @property
    @abstractmethod
    def bands(self) -> tuple[Band, ...]:
        """Its values everywhere, with their bands."""

    @property
    def is_clear(self) -> bool:
        """Whether a band excludes the neutral value somewhere; an edited effect is always clear."""
        no = self.units.neutral
        return self.edited or any(bool(((b.low > no) | (b.high < no)).any()) for b in self.bands)

    @abstractmethod
    def rows(self) -> dict[str, Any]:
        """The columns of a frame: where, the effect there, its band, and the number of rows."""

    def __repr__(self) -> str:
        size = with_error(self.importance, self.error)
        return f"<{type(self).__name__}: {self.name}, importance {size}>"


@dataclass(frozen=True, eq=False, repr=False)
class NumberEffect(Effect):
    """A curve over a column of numbers.

    Attributes:
        at, band: the points at which it was computed, and the curve there.
        missing: the effect of a missing value, of length 1, or 0 if there is none.
        dots: whether the column has few values, which are drawn as dots.
        seen: the summary of the column.
    """

    kind: ClassVar[str] = "curve"

    at: Array
    band: Band
    missing: Band
    dots: bool
    seen: Numbers

    @property
    def bands(self) -> tuple[Band, ...]:
        return self.band, self.missing

    def rows(self) -> dict[str, Any]:
        at = np.concatenate([self.at, np.full(len(self.missing.value), np.nan)])
        return {"at": at, **_join(self.band, self.missing)}


@dataclass(frozen=True, eq=False, repr=False)
class LevelsEffect(Effect):
    """A value for each level of a category, in their order, or the largest first."""

    kind: ClassVar[str] = "levels"

    levels: tuple[str | None, ...]
    band: Band
    counts: Array

    @property
    def bands(self) -> tuple[Band, ...]:
        return (self.band,)

    def rows(self) -> dict[str, Any]:
        return {"at": list(self.levels), **_join(self.band), "rows": self.counts}


@dataclass(frozen=True, eq=False, repr=False)
class SurfaceEffect(Effect):
    """A surface over two or three columns: bands of shape (cells of the first, second, …)."""

    cells: Cells
    scales: tuple[Scale | None, ...]
    band: Band

    @property
    def kind(self) -> str:
        return {2: "pair", 3: "triple"}[len(self.key)]

    @property
    def bands(self) -> tuple[Band, ...]:
        return (self.band,)

    def rows(self) -> dict[str, Any]:
        flat = Band(*(part.ravel() for part in self.band.parts))
        titles = ["at", *(f"at {k}" for k in range(2, len(self.key) + 1))]
        return {
            **dict(zip(titles, self.cells.points(), strict=True)),
            **_join(flat),
            "rows": self.cells.counts.ravel(),
        }


@dataclass(frozen=True, eq=False, repr=False)
class DeepEffect(Effect):
    """The interactions of any number of columns that networks have found.

    Attributes:
        columns: the names of the columns that take part, those with the largest share first.
        shares: the part of the effect's variance that is gone where a column isn't known, (Sobol's
            total index).
    """

    kind: ClassVar[str] = "deep"
    bands: ClassVar[tuple[Band, ...]] = ()

    columns: tuple[str, ...]
    shares: Array

    @property
    def is_clear(self) -> bool:
        return self.importance > 0

    def rows(self) -> dict[str, Any]:
        return {"at": list(self.columns), "share": self.shares}


def find_effects(
    output: Output,
    summary: Summary,
    names: Sequence[str],
    coverage: float,
    edited: frozenset[Key],
) -> list[Effect]:
    """All effects of columns and interactions on an output, the most important first.

    Args:
        coverage: the coverage of the bands: the effect plus or minus a quantile of the normal
            distribution times its standard error, from the posterior of the coefficients.
        edited: columns and pairs that were edited.
    """
    width = float(norm.ppf(0.5 + coverage / 2))
    effects = []
    for key, members in group_terms(output.model).items():
        spread = summary.spreads[output.number][key]
        common = {
            "names": tuple(names[k] for k in key) or (INTERACTIONS,),
            "key": key,
            "units": output.units,
            "importance": float(spread.value[output.place]) * output.size,
            "error": float(spread.error[output.place]) * output.size,
            "edited": key in edited,
        }
        reader = _Reader(output, tuple(members), key, len(names), width, key in edited)
        if not key:
            effects += _read_deep(output, summary, names, common)
        elif len(key) > 1:
            effects.append(_read_surface(reader, summary, common))
        elif key[0] in summary.labels:
            effects.append(_read_levels(reader, summary.labels[key[0]], common))
        else:
            effects.append(_read_numbers(reader, summary.numbers[key[0]], common))
    return sorted(effects, key=lambda effect: (-effect.importance, effect.key))


@dataclass(frozen=True, eq=False)
class _Reader:
    """Evaluates one effect and its band at given values."""

    output: Output
    members: tuple[int, ...]
    key: Key
    count: int
    width: float
    edited: bool

    def list_corners(self) -> list[Array]:
        """Where its polygons bend, as jumps do below and above a cut."""
        terms = [self.output.model.terms[k] for k in self.members]
        polygons = [term for term in terms if isinstance(term, Curve) and term.degree == 1]
        return [term.axis.inverse(term.places) for term in polygons]

    def read(self, *values: NDArray[Any]) -> Band:
        if not len(values[0]):
            return Band(np.zeros(0), np.zeros(0), np.zeros(0))
        model, place = self.output.model, self.output.place
        table = [np.zeros(len(values[0]))] * self.count
        for k, column in zip(self.key, values, strict=True):
            table[k] = column
        weights, places = list(model.weights()), model.places()
        parts = [weights[k][0].multiply(table, weights[k][1])[:, place] for k in self.members]
        positions = [np.arange(places[k].start, places[k].stop) for k in self.members]
        errors = []
        for part in cut(len(values[0]), VALUES_AT_ONCE):
            some = [column[part] for column in table]
            design = np.concatenate([model.terms[k].design(some) for k in self.members], 1)
            errors.append(find_error(model, place, design, np.concatenate(positions)))
        error = np.concatenate(errors) * (not self.edited)
        value, reach = np.sum(parts, axis=0) * self.output.size, error * self.width
        reach = reach * self.output.size
        show = self.output.units.show
        return Band(show(value), show(value - reach), show(value + reach))


def _read_numbers(reader: _Reader, seen: Numbers, common: dict[str, Any]) -> Effect:
    at = np.unique(seen.points)
    if not seen.few and not np.all(at == np.round(at)):
        u = seen.scale.forward(seen.edges[[0, -1]])
        grid = seen.scale.inverse(np.linspace(u[0], u[1], GRID))
        more = [at, grid, *reader.list_corners()]
        at = np.unique(np.clip(np.concatenate(more), *seen.edges[[0, -1]]))
    nothing = np.full(1 if seen.missing else 0, np.nan)
    return NumberEffect(
        **common,
        at=at,
        band=reader.read(at),
        missing=reader.read(nothing),
        dots=seen.few,
        seen=seen,
    )


def _read_levels(reader: _Reader, seen: Labels, common: dict[str, Any]) -> Effect:
    names = np.array(seen.names, dtype=object)
    band = reader.read(names)
    order = np.argsort(0 * band.value if seen.ordered else -band.value, kind="stable")
    band = Band(band.value[order], band.low[order], band.high[order])
    return LevelsEffect(**common, levels=tuple(names[order]), band=band, counts=seen.counts[order])


def _read_surface(reader: _Reader, summary: Summary, common: dict[str, Any]) -> Effect:
    cells = summary.cells[reader.key]
    flat = reader.read(*cells.points())
    band = Band(*(part.reshape(cells.counts.shape) for part in flat.parts))
    scales = tuple(summary.numbers[k].scale if k in summary.numbers else None for k in reader.key)
    return SurfaceEffect(**common, cells=cells, scales=scales, band=band)


def _read_deep(
    output: Output, summary: Summary, names: Sequence[str], common: dict[str, Any]
) -> list[Effect]:
    """The effect of networks, if there is any on this output."""
    if not common["importance"]:
        return []
    shares = {k: float(v[output.place]) for k, v in summary.shares[output.number].items()}
    order = sorted(shares, key=lambda k: (-shares[k], k))
    columns = tuple(names[k] for k in order)
    return [DeepEffect(**common, columns=columns, shares=np.array([shares[k] for k in order]))]


def _join(*bands: Band) -> dict[str, Array]:
    return {
        "effect": np.concatenate([band.value for band in bands]),
        "low": np.concatenate([band.low for band in bands]),
        "high": np.concatenate([band.high for band in bands]),
    }
