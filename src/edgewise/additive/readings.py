"""Effects in words: a sentence for the course of a curve, and its value at any place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from edgewise.additive.columns import Array
from edgewise.additive.curves import find_quantiles
from edgewise.additive.dates import write_value
from edgewise.additive.effects import MISSING, Effect
from edgewise.additive.outputs import Units
from edgewise.charts.numbers import format_factor, format_number, format_percent, round_to_largest
from edgewise.data.rows import pick_evenly

READINGS = 41
"""The number of places of a curve that can be read."""
COVERAGE = 0.9
"""The coverage of the intervals and sets that pages show."""
LARGEST_PARTS = 4
"""The columns that are named of interactions."""
AVERAGE = {"exposure": 1, "offset": 0}
"""The known part of the sum in an average row."""
MIDDLE = 0.95
"""The part of the rows that sentences on curves speak of."""
FEW_ROWS = 20
"""Values with fewer rows are pale and have their number of rows beside their name."""
OBSERVED = "observed sum ÷ expected sum"
"""The name of the score that compares sums over all rows."""
TURN = 0.1
"""A curve turns where it goes back by more than this part of its whole rise or fall."""


@dataclass(frozen=True)
class Reading:
    """The value of a curve at one place.

    Attributes:
        place: on the column's axis.
        text: the value there with its band, and for classes the probability.
    """

    place: float
    text: str


def write_probability(log_odds: float) -> str:
    """A probability in per cent.

    Example:
        >>> [write_probability(log_odds) for log_odds in (0.0, -5.0, 8.0, 10.0)]
        ['50 %', '0.67 %', '99.966 %', 'over 99.99 %']
    """
    return write_share(1 / (1 + np.exp(-log_odds)))


def write_share(share: float) -> str:
    """A probability in per cent, with two digits of it or of what is missing to 100 %."""
    value = 100 * share
    if min(value, 100 - value) < 0.01:
        return "over 99.99 %" if value > 50 else "under 0.01 %"
    if value > 90:
        return f"{100 - float(f'{100 - value:.2g}'):g} %"
    return f"{format_number(value, 2)} %"


def write_interval(low: float, high: float, coverage: float) -> str:
    """Where the target lies, to three digits of how wide it is; "" where an end is infinite.

    Example:
        >>> write_interval(638.04, 668.21, 0.9), write_interval(89.62, 343.9, 0.9)
        ('90 % interval: 638 to 668.2.', '90 % interval: 90 to 344.')
    """
    if not (np.isfinite(low) and np.isfinite(high)):
        return ""
    sure = f"{format_number(100 * coverage)} %"
    ends = (format_number(round_to_largest(end, high - low), 6) for end in (low, high))
    return f"{sure} interval: {' to '.join(ends)}."


def write_set(kept: Sequence[str], classes: Sequence[str], coverage: float) -> str:
    """Which classes are in the set of a row that holds the true one with this probability.

    Example:
        >>> write_set(["well"], ["ill", "well"], 0.9)
        'Only “well” is possible at 90 %.'
        >>> write_set(["ill", "well"], ["ill", "well"], 0.9)
        'Both classes are possible at 90 %.'
        >>> write_set(["a", "b"], ["a", "b", "c"], 0.9)
        '“a” or “b” is possible at 90 %.'
    """
    words = f"{' or '.join(f'“{name}”' for name in kept)} is"
    if len(kept) == 1:
        words = f"Only {words}"
    elif len(kept) == len(classes):
        words = f"{'Both' if len(classes) == 2 else 'All'} classes are"
    return f"{words} possible at {format_number(100 * coverage)} %."


def describe_course(effect: Effect, base: float | None = None) -> str:
    """What the values do, in one sentence without its subject.

    Args:
        base: the log odds of an average row: values are then probabilities of rows that are
            average in all other columns.
    """
    if effect.kind == "deep":
        return _name_parts(effect)
    write = choose_writer(effect) if base is None else lambda value: write_probability(base + value)
    if not effect.is_clear:
        return f"has no clear effect, {_range(effect, write)}"
    if effect.kind in ("pair", "triple"):
        return f"goes {_range(effect, write)}"
    if effect.kind == "levels":
        return _compare(effect, write) + _contrast(effect)
    return _follow(effect, write) + _contrast(effect) + _tell_missing(effect, write)


def tell_few(count: float) -> str:
    """How many rows a value has, in brackets, if they are few."""
    if count >= FEW_ROWS:
        return ""
    return f" ({format_number(count)} row{'s' if count != 1 else ''})"


def _count_values(effect: Any) -> list[tuple[str, float]]:
    """The names of a column's few numbers, and how many rows each has; none of other columns."""
    if not effect.seen.few or len(effect.at) != len(effect.seen.counts):
        return []
    names = [write_value(effect.name, at) for at in effect.at]
    return list(zip(names, effect.seen.counts.tolist(), strict=True))


def _contrast(effect: Any) -> str:
    """The difference between the two values of a column, or their ratio if effects multiply.

    The second one of two levels in alphabetical order, such as Yes, is compared with the first.
    """
    is_levels = effect.kind == "levels"
    names = effect.levels if is_levels else [name for name, _ in _count_values(effect)]
    pairs = zip(names, effect.band.value if names else [], strict=True)
    values = [(name, float(value)) for name, value in pairs if name is not None]
    if len(values) != 2 or effect.units.exclusive:
        return ""
    if is_levels:
        values.sort()
    (one, first), (other, second) = values
    if effect.units.is_log_odds:
        ratio = format_factor(float(np.exp(second - first)))
        return f", so the odds at {other} are {ratio} those at {one}"
    if effect.units.neutral:
        return f", so {other} is {effect.units.write(second / first)} of {one}"
    largest = float(np.abs(effect.band.value).max())
    size = format_number(round_to_largest(abs(second - first), largest), 6)
    return f", so {other} is {size} {'above' if second >= first else 'below'} {one}"


def choose_writer(effect: Any) -> Callable[[float], str]:
    """How values of an effect are written: as exactly as the largest one, or each factor."""
    units: Units = effect.units
    if units.neutral:
        return units.write
    largest = float(np.abs(effect.band.value).max(initial=0.0))
    return lambda value: units.write(round_to_largest(value, largest), 6)


def _name_parts(effect: Any) -> str:
    """The columns that take part most."""
    told = [
        f"{name} ({format_percent(share)})"
        for name, share in zip(effect.columns[:LARGEST_PARTS], effect.shares, strict=False)
    ]
    return f"depend most on {', '.join(told)}"


def _follow(effect: Any, write: Callable[[float], str]) -> str:
    """From end to end of the middle of the rows, by the curve's turns."""
    few = _count_values(effect)
    inner = slice(0, len(effect.at)) if len(few) == 2 else _find_middle(effect)
    at, values = effect.at[inner], effect.band.value[inner]
    some = f" ({format_percent(MIDDLE)} of rows)" if len(at) < len(effect.at) else ""
    turns = _find_turns(np.asarray(effect.units.read(values)))

    def tell(k: int) -> str:
        name = write_value(effect.name, at[k]) + (tell_few(few[inner][k][1]) if few else "")
        return f"{write(float(values[k]))} at {name}"

    if len(turns) < 2:
        return f"stays at {write(float(values[0]))}{some}"
    if len(turns) > 4:
        low, high = (tell(int(end(values))) for end in (np.argmin, np.argmax))
        return f"goes up and down between {low} and {high}{some}"
    words = ("rises", "falls") if values[turns[1]] > values[0] else ("falls", "rises")
    first = f"{words[0]} from {tell(0)} to {tell(turns[1])}"
    later = (f", then {words[k % 2]} to {tell(turn)}" for k, turn in enumerate(turns[2:], 1))
    return f"{first}{''.join(later)}{some}"


def _find_middle(effect: Any) -> slice:
    """The points of a curve between which the middle of the rows lies: its ends have few."""
    points, weights = effect.seen.points, effect.seen.weights
    rest = np.array([(1 - MIDDLE) / 2])
    low, high = (side * find_quantiles(side * points, weights, rest)[0] for side in (1, -1))
    first, last = np.searchsorted(effect.at, low), np.searchsorted(effect.at, high, side="right")
    return slice(int(first), max(int(last), int(first) + 1))


def _tell_missing(effect: Any, write: Callable[[float], str]) -> str:
    return "".join(f", and is {write(float(v))} where it is missing" for v in effect.missing.value)


def _find_turns(values: Array) -> list[int]:
    """The ends of a curve, and where it turns by a part of its range that can be seen."""
    least = TURN * float(np.ptp(values))
    if least <= 0:
        return [0]
    turns, way, low, high = [0], 0, 0, 0
    for k, value in enumerate(values):
        high = k if way >= 0 and value >= values[high] else high
        low = k if way <= 0 and value <= values[low] else low
        if way >= 0 and values[high] - value > least:
            turns, way, low = [*turns, high] if way else turns, -1, k
        elif way <= 0 and value - values[low] > least:
            turns, way, high = [*turns, low] if way else turns, 1, k
    last = len(values) - 1
    ends_there = abs(values[last] - values[turns[-1]]) <= least and len(turns) > 1
    return turns if ends_there else [*turns, last]


def _compare(effect: Any, write: Callable[[float], str]) -> str:
    """The levels with the largest and the least effect."""
    value = effect.band.value
    names = [
        (MISSING if name is None else name) + tell_few(count)
        for name, count in zip(effect.levels, effect.counts, strict=True)
    ]
    low, high = int(np.argmin(value)), int(np.argmax(value))
    if len(names) < 2:
        return f"is {write(float(value[0]))} for {names[0]}"
    return (
        f"goes from {write(float(value[low]))} for {names[low]} to {write(float(value[high]))} "
        f"for {names[high]}"
    )


def _range(effect: Any, write: Callable[[float], str]) -> str:
    value = effect.band.value
    return f"from {write(float(value.min()))} to {write(float(value.max()))}"


def find_log_odds(
    effects: Mapping[str, Sequence[Effect]], bases: Mapping[str, float]
) -> Mapping[str, float]:
    """The log odds of each of several classes in an average row against all others together."""
    first = next(iter(effects.values()), ())
    if len(bases) < 2 or not (first and first[0].units.exclusive):
        return bases
    every = np.array([*bases.values()])
    rest = [np.logaddexp.reduce(np.delete(every, k)) for k in range(len(every))]
    return dict(zip(bases, (every - rest).tolist(), strict=True))


def list_facts(
    output: str, effects: Sequence[Effect], base: float, known: Mapping[str, str]
) -> dict[str, str]:
    """How many effects are clear, and what is predicted for an average row.

    Args:
        known: the columns that are an exposure or an offset, and which of the two.
    """
    facts = {"clear effects": _count_clear(effects)}
    if effects and effects[0].units.is_log_odds:
        return facts | {f"probability of {output} for an average row": write_probability(base)}
    told = effects[0].units.write_sum(base) if effects else format_number(base, 4)
    given = [f"{name} = {AVERAGE[kind]}" for name, kind in known.items()]
    where = f" with {' and '.join(given)}" if given else ""
    return facts | {f"predicted {output} of an average row{where}": told}


def _count_clear(effects: Sequence[Effect]) -> str:
    """How many columns have a clear effect, and how many pairs and triples where there are any."""
    told = []
    for size, word in ((1, "columns"), (2, "pairs"), (3, "triples")):
        some = [effect for effect in effects if len(effect.key) == size]
        if some or size == 1:
            told.append(f"{sum(effect.is_clear for effect in some)} of {len(some)} {word}")
    return " and ".join(told)


def list_readings(card: Sequence[Any], base: float | None) -> list[Reading]:
    """The values of curves at places of the first one from end to end; none of other effects.

    Args:
        card: the layers of a chart (:class:`~edgewise.additive.pictures.Layer`).
        base: the log odds of a row without effects, where effects are added to log odds.
    """
    effect = card[0].effect
    if effect.kind != "curve":
        return []
    chosen = pick_evenly(len(effect.at), READINGS)
    if card[0].model:
        return [_compare_at(card, float(effect.at[k])) for k in chosen]
    return [Reading(float(effect.at[k]), _read_at(effect, k, base)) for k in chosen]


def _read_at(effect: Any, k: int, base: float | None) -> str:
    write = choose_writer(effect)
    value, low, high = (float(part[k]) for part in effect.band.parts)
    few = _count_values(effect)
    name = write_value(effect.name, float(effect.at[k])) + (tell_few(few[k][1]) if few else "")
    text = f"{name}: {write(value)}"
    text += f" ({write(low)} to {write(high)})"
    return text if base is None else f"{text}, {write_probability(base + value)}"


def _compare_at(card: Sequence[Any], place: float) -> Reading:
    """The value of each model's curve at one place."""
    values = [float(np.interp(place, e.at, e.band.value)) for e, _, _ in card]
    told = (
        f"{layer.model} {choose_writer(layer.effect)(v)}"
        for layer, v in zip(card, values, strict=True)
    )
    where = write_value(card[0].effect.name, place)
    return Reading(place, f"{where}: {', '.join(told)}")
