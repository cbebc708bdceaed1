"""The waterfall of one row: from the base, effect by effect, to the prediction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array
from edgewise.additive.outputs import Units
from edgewise.additive.readings import write_probability, write_share
from edgewise.charts.chart import Axis
from edgewise.charts.numbers import format_number, round_to_largest
from edgewise.charts.rows import Row, RowChart
from edgewise.charts.style import BLUE, ORANGE, begin_large

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
        unclear: which effects may be none: their bands hold none everywhere.
        spread: where the target lies, or which classes it may be, in words; "" if unknown.
        rate: the prediction per unit of exposure in words; "" without an exposure.
    """

    output: str
    units: Units
    names: tuple[str, ...]
    values: tuple[str, ...]
    parts: Array
    base: float
    total: float
    prediction: float
    other: str | None
    unclear: NDArray[np.bool_]
    spread: str
    rate: str

    @property
    def headline(self) -> str:
        """The prediction in words."""
        share = self.units.is_log_odds
        told = write_share(self.prediction) if share else self.units.write_sum(self.prediction)
        return f"{self.output}: {told}"

    @property
    def reason(self) -> str:
        """The largest effects in each direction, and the largest ones that may be none."""
        sizes = np.asarray(self.units.read(self.parts), dtype=np.float64)
        large = np.abs(sizes) > LEAST * np.abs(sizes).max(initial=0.0)
        kinds = {
            "raised by": large & (sizes > 0) & ~self.unclear,
            "lowered by": large & (sizes < 0) & ~self.unclear,
            "unclear:": large & self.unclear,
        }
        told = [f"{word} {self._list(some)}" for word, some in kinds.items() if some.any()]
        return begin_large("; ".join(told) or "no effect differs from that of an average row")

    def _list(self, some: NDArray[np.bool_]) -> str:
        """The two largest of some effects, with their values, written as in the chart."""
        largest = self._find_largest(np.asarray(self.units.read(self.parts)))
        return " and ".join(
            f"{self.names[k]} {self.values[k]} ({self._write(float(self.parts[k]), largest)})"
            for k in np.flatnonzero(some)[:2]
        )

    def _find_largest(self, sizes: Array) -> float:
        """The largest effect, which tells to how many decimals all are written; 0 for factors."""
        return 0.0 if self.units.neutral else float(np.abs(sizes).max(initial=0.0))

    def _write(self, part: float, largest: float) -> str:
        return self.units.write(round_to_largest(part, largest), 6 if largest else 3)

    def chart(self, most: int) -> RowChart:
        """An average row, the largest effects one by one, all others together, and this row.

        Effects that change nothing are left out.
        """
        units = self.units
        sizes = np.asarray(units.read(self.parts), dtype=np.float64)
        count = int(np.count_nonzero(sizes))
        shown = count if count <= most else most - 1
        names, values = self.names[:shown], self.values[:shown]
        if shown < count:
            names, values = (*names, f"{count - shown} smaller ones"), (*values, "")
            sizes = np.append(sizes[:shown], sizes[shown:count].sum())
        places = units.show(np.cumsum([units.read(self.base), *sizes]))
        largest = self._find_largest(sizes)
        rows = [self._mark_place("average row", self.base, largest)]
        for k, (name, value) in enumerate(zip(names, values, strict=True)):
            start, end = places[k], places[k + 1]
            colour = BLUE if end >= start else ORANGE
            faded = bool(self.unclear[k] if k < shown else self.unclear[k:count].all())
            detail = ", ".join(filter(None, (value, "unclear" * faded)))
            rows.append(
                Row(
                    name,
                    start,
                    end,
                    self._write(float(units.show(sizes[k])), largest),
                    detail,
                    colour=colour,
                    faded=faded,
                )
            )
        rows.append(self._mark_place("this row", self.total, largest))
        label = self.output if units.word == "factor" else units.word
        axis = Axis(label, units.scale, units.scale.pad([*places, self.total], 0.08))
        return RowChart(rows, "fall", axis, title=self.headline)

    def _mark_place(self, name: str, value: float, largest: float) -> Row:
        """Where the waterfall begins or ends, as exactly as its effects."""
        share = write_probability(value) if self.units.is_logistic else ""
        rounded = format_number(round_to_largest(value, largest), 6)
        text = rounded if largest else self.units.write_sum(value)
        return Row(name, value, value, text, share, whole=True)
