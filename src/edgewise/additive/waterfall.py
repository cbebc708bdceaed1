"""The waterfall of one row: from the base, effect by effect, to the prediction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.effects import Units
from edgewise.charts.chart import Axis
from edgewise.charts.numbers import format_number
from edgewise.charts.rows import Row, RowChart
from edgewise.charts.style import BLUE, ORANGE


@dataclass(frozen=True, eq=False)
class Waterfall:
    """The effects of one row on one output, the largest first.

    Attributes:
        output, units: the target or class, and what its effects are.
        names, values: of the effects, and what the row has in their columns.
        parts: the effects, as they are told.
        base, total: where it begins and ends.
        prediction: the total, or the share of the class.
    """

    output: str
    units: Units
    names: tuple[str, ...]
    values: tuple[str, ...]
    parts: Array
    base: float
    total: float
    prediction: float

    @property
    def headline(self) -> str:
        """The prediction in words."""
        if self.units.word == "log odds":
            return f"{self.prediction:.1%} (log odds {format_number(self.total)})"
        return format_number(self.prediction, 5)

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
        rows = [_mark_place("base", self.base)]
        for k, (name, value) in enumerate(zip(names, values, strict=True)):
            start, end, told = places[k], places[k + 1], float(units.show(sizes[k]))
            colour = BLUE if end >= start else ORANGE
            rows.append(Row(name, start, end, units.write(told), value, colour=colour))
        rows.append(_mark_place("sum", self.total))
        label = self.output if units.word == "factor" else units.word
        axis = Axis(label, units.scale, units.scale.pad([*places, self.total], 0.08))
        return RowChart(rows, "fall", axis, title=f"{self.output}: {self.headline}")


def _mark_place(name: str, value: float) -> Row:
    return Row(name, value, value, format_number(value, 5), whole=True)
