"""The waterfall of one row: from the base, effect by effect, to the prediction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.effects import Units
from edgewise.additive.readings import write_probability
from edgewise.charts.chart import Axis
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import Row, RowChart
from edgewise.charts.style import BLUE, ORANGE

LEAST = 0.1
"""An effect that is smaller, relative to the largest one, is no reason."""


@dataclass(frozen=True, eq=False)
class Waterfall:
    """The effects of one row on one output, the largest first.

    Attributes:
        output, units: the target or class, and what its effects are.
        names, values: of the effects, and what the row has in their columns.
        parts: the effects, as they are told.
        base, total: where it begins and ends.
        prediction: the total, or the share of the class.
        other: the class against which this one stands, of two.
    """

    output: str
    units: Units
    names: tuple[str, ...]
    values: tuple[str, ...]
    parts: Array
    base: float
    total: float
    prediction: float
    other: str | None = None

    @property
    def headline(self) -> str:
        """The prediction in words."""
        if not self.units.is_log_odds:
            return format_number(self.prediction, 5)
        share = f"{format_number(100 * self.prediction)} %"
        return share if self.other is None else f"{share} (else {self.other})"

    @property
    def reason(self) -> str:
        """The largest effects in each direction, as a sentence."""
        sizes = np.asarray(self.units.read(self.parts), dtype=np.float64)
        sides: list[str] = []
        for verb, side in (("Raised", sizes > 0), ("Lowered", sizes < 0)):
            largest = np.flatnonzero(side & (np.abs(sizes) > LEAST * np.abs(sizes).max()))[:2]
            told = (f"{self.names[k]} {self.values[k]} ({self._write(k)})" for k in largest)
            if len(largest):
                sides.append(f"{verb if not sides else verb.lower()} by {' and '.join(told)}")
        return f"{'; '.join(sides)}." if sides else "No effect changes the base."

    def _write(self, k: int) -> str:
        return self.units.write(float(self.parts[k]), 2)

    def chart(self, most: int) -> RowChart:
        """The base, the largest effects one by one, all others together, and their sum."""
        units, count = self.units, len(self.parts)
        shown = count if count <= most else most - 1
        sizes = np.asarray(units.read(self.parts), dtype=np.float64)
        names, values = self.names[:shown], self.values[:shown]
        if shown < count:
            names, values = (*names, f"{count - shown} smaller ones"), (*values, "")
            sizes = np.append(sizes[:shown], sizes[shown:].sum())
        places = units.show(np.cumsum([units.read(self.base), *sizes]))
        rows = [self._mark_place("base", self.base)]
        for k, (name, value) in enumerate(zip(names, values, strict=True)):
            start, end, told = places[k], places[k + 1], float(units.show(sizes[k]))
            colour = BLUE if end >= start else ORANGE
            rows.append(Row(name, start, end, units.write(told), value, colour=colour))
        rows.append(self._mark_place("sum", self.total))
        label = self.output if units.word == "factor" else units.word
        axis = Axis(label, units.scale, units.scale.pad([*places, self.total], 0.08))
        return RowChart(rows, "fall", axis, title=f"{self.output}: {self.headline}")

    def _mark_place(self, name: str, value: float) -> Row:
        share = write_probability(value) if self.other is not None else ""
        return Row(name, value, value, format_number(value, 4), share, whole=True)
