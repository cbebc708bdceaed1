"""Propose the next measurement: where the winner of a search and its rivals differ most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from edgewise._arrays import Array
from edgewise.charts.numbers import format_number
from edgewise.discovery.findings import Findings
from edgewise.discovery.formula import Formula

PLACES = 41
"""Points along each input."""
BEYOND = 0.5
"""How far they reach beyond the data on either side, in units of its range."""


@dataclass(frozen=True)
class Measurement:
    """A point at which two formulas differ.

    Attributes:
        at: the inputs by name.
        winner, rival: the predictions of the winner and of the other formula.
        formula: the other formula.
        error: the standard deviation to expect of a measurement there.
        is_inside: whether the place lies within the range of the data.
    """

    at: dict[str, float]
    winner: float
    rival: float
    formula: Formula
    error: float
    is_inside: bool

    @property
    def clarity(self) -> float:
        """The difference of both predictions, in standard deviations of one measurement."""
        return abs(self.winner - self.rival) / self.error

    def __str__(self) -> str:
        """The proposal in one sentence."""
        place = ", ".join(f"{name} = {format_number(value)}" for name, value in self.at.items())
        where = "within" if self.is_inside else "outside"
        return (
            f"At {place}, {where} the range of the data, it predicts {format_number(self.winner)} "
            f"and {self.formula.brief(4)} predicts {format_number(self.rival)}: they differ by "
            f"{format_number(self.clarity, 2)} standard errors of a measurement."
        )


def propose_measurements(discovery: Findings) -> list[Measurement]:
    """The points at which a measurement would best distinguish the winner from its first rival.

    Each input is varied by itself, with the others at their medians, over the range of the data and
    half of that range on either side; an input with one sign keeps it. The rival is the first of
    ``discovery.alternatives``.

    Returns:
        The clearest point within the range of the data and the clearest one outside; none without
        a rival, and none of groups, in which each formula has numbers of its own.
    """
    grouped = discovery.own_numbers is not None
    if not discovery.alternatives or not len(discovery.x) or grouped:
        return []
    winner, rival = discovery.winner, discovery.alternatives[0]
    used = sorted(winner.tree.inputs | rival.tree.inputs)
    points = np.concatenate(list(_vary(discovery.x, used)))
    low, high = discovery.x.min(0), discovery.x.max(0)
    inside = ((points >= low) & (points <= high)).all(1)
    with np.errstate(all="ignore"):
        ours, others = winner.predict(points), rival.predict(points)
        noise, errors = discovery.noise, np.full(len(points), winner.rmse)
        if noise is not None:
            errors = noise.expect(discovery.y, ours)
        clarity = np.abs(ours - others) / errors
    found = []
    for chosen in (inside, ~inside):
        ranked = np.where(chosen & np.isfinite(clarity), clarity, -1.0)
        best = int(ranked.argmax())
        if ranked[best] > 0:
            at = {discovery.input_names[k]: float(points[best, k]) for k in used}
            values = float(ours[best]), float(others[best]), rival, float(errors[best])
            found.append(Measurement(at, *values, bool(inside[best])))
    return found


def _vary(x: Array, used: list[int]) -> Iterator[Array]:
    """Rows in which one of the inputs varies."""
    middle = np.median(x, axis=0)
    for k in used:
        low, high = float(x[:, k].min()), float(x[:, k].max())
        reach = BEYOND * (high - low)
        ends = low - reach, high + reach
        if low >= 0:  # such as a time or an amount, which may be nothing below 0
            ends = max(ends[0], low / 2), ends[1]
        elif high <= 0:
            ends = ends[0], min(ends[1], high / 2)
        points = np.tile(middle, (2 * PLACES, 1))
        points[:, k] = np.concatenate([np.linspace(low, high, PLACES), np.linspace(*ends, PLACES)])
        yield points
