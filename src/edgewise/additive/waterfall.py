"""How the prediction of one row comes about, step by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.effects import Units
from edgewise.charts.numbers import format_number


@dataclass(frozen=True)
class Step:
    """One bar.

    Attributes:
        name, value: of the effect, and what the row has in its columns.
        text: how large it is.
        start, end: places on an axis where effects add up.
        whole: whether it is the base or the sum, and not an effect.
    """

    name: str
    value: str
    text: str
    start: float
    end: float
    whole: bool = False


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

    def steps(self, most: int) -> list[Step]:
        """Base, the largest effects, what is left of them in one, and the sum."""
        own, units = np.asarray(self.units.read(self.parts), dtype=np.float64), self.units
        place = float(units.read(self.base))
        shown = len(own) if len(own) <= most else most - 1
        steps = [Step("base", "", format_number(self.base, 5), place, place, True)]
        for name, value, size, told in zip(
            self.names[:shown], self.values, own, self.parts, strict=False
        ):
            steps.append(Step(name, value, units.write(told), place, place + float(size)))
            place += float(size)
        if shown < len(own):
            rest = float(own[shown:].sum())
            text = units.write(float(units.show(rest)))
            name = f"{len(own) - shown} smaller ones"
            steps.append(Step(name, "", text, place, place + rest))
        end = float(units.read(self.total))
        return [*steps, Step("sum", "", format_number(self.total, 5), end, end, True)]
