"""What a page needs to predict a changed row: the model's source, and what its columns held."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise._pages import embed
from edgewise.additive.columns import Array, Columns
from edgewise.additive.dates import HOUR, YEAR
from edgewise.additive.fitted_range import Seen
from edgewise.additive.outputs import Target, Units
from edgewise.additive.readings import write_share
from edgewise.additive.training_summary import Key

SHOWN = 12
"""Columns whose fields are shown at once; the others unfold."""
MOST_LEVELS = 1000


@dataclass(frozen=True)
class Outlook:
    """The probability of no event until some times, for any relative hazard.

    Attributes:
        lead: the words before the probabilities, with the times.
        hazards: the cumulative hazard of an average row until each time.
    """

    lead: str
    hazards: tuple[float, ...]

    def describe(self, relative: float) -> str:
        """The probabilities of a row as a sentence."""
        shares = (write_share(math.exp(-hazard * relative)) for hazard in self.hazards)
        return f"{self.lead}: {', '.join(shares)}."


@dataclass(frozen=True)
class Changeable:
    """A model that a page can compute.

    Attributes:
        find_limits: of columns and a coverage, the intervals of targets, (rows, 2) or
            (rows, targets, 2); sets of classes, a truth value for each, (rows, classes); or None.
        list_unclear: for each target or class the effects whose bands hold none everywhere.
        write: its source in JavaScript, with contributions, and an interval if it has one; None
            for a model that JavaScript can't compute.
        seen: what its columns held in the fit.
        names: of its columns.
        dates: the positions of the parts of each column of dates, by the column's name.
        outlook: what a relative hazard means; None for other predictions.
        exposure: the position of the column to which predictions are proportional, or None.
    """

    find_limits: Callable[[Columns, float], NDArray[Any] | None]
    list_unclear: Callable[[], Mapping[str, frozenset[Key]]]
    write: Callable[[], str | None]
    seen: Sequence[Seen]
    names: Sequence[str]
    dates: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    outlook: Outlook | None = None
    exposure: int | None = None


@dataclass(frozen=True, eq=False, repr=False)
class ExplainedRows:
    """The data of a :class:`.LocalExplanation`, which says what each field is."""

    names: Sequence[str]
    keys: Sequence[Key]
    columns: Columns
    outputs: Sequence[str]
    units: Sequence[Units]
    base: Array
    parts: Array
    totals: Array
    predictions: Array
    others: Mapping[str, str] = field(default_factory=dict)
    model: Changeable | None = None
    labels: Sequence[str] = ()
    target: Target = field(default_factory=Target)

    @cached_property
    def unclear(self) -> Mapping[str, frozenset[Key]]:
        """The effects of each output whose bands nowhere exclude the neutral value."""
        return {} if self.model is None else self.model.list_unclear()

    @property
    def has_classes(self) -> bool:
        """Whether each row has one of several classes, rather than numbers or labels."""
        return bool(self.others) or self.units[0].exclusive

    def title(self, row: int) -> str:
        """The title of a row: its label in the index of the table, or its number."""
        return self.labels[row] if self.labels else f"Row {row}"


def describe_what_if(
    explained: ExplainedRows, model: Changeable, rows: Sequence[int]
) -> dict[str, Any]:
    """What the template and the script are given of some rows.

    Columns without an effect are left out; the others stand in the order of their effects' sizes.
    """
    units, effects = explained.units[0], list(zip(explained.names, explained.keys, strict=True))
    sizes = np.abs(units.read(explained.parts)).mean(axis=(0, 2))
    every = range(len(model.names))  # which networks may read
    order = [k for j in np.argsort(-sizes, kind="stable") for k in explained.keys[j] or every]
    dated = {k: name for name, parts in model.dates.items() for k in parts.values()}
    fields = dict.fromkeys(dated.get(k, k) for k in order)
    columns = [
        _describe_date(one, model)
        if isinstance(one, str)
        else _describe_column(one, explained, model, rows)
        for one in fields
    ]
    told: dict[str, Any] = {
        "rows": [
            {
                "place": row,
                "title": explained.title(row),
                "values": {
                    name: _make_plain(column[row])
                    for name, column in zip(model.names, explained.columns, strict=True)
                },
            }
            for row in rows
        ],
        "columns": columns,
        "outputs": [str(name) for name in explained.outputs],
        "other": next(iter(explained.others.values()), None),
        "unclear": {
            str(output): [name for name, key in effects if key in explained.unclear.get(output, ())]
            for output in explained.outputs
        },
        "word": units.word,
        "classes": units.is_log_odds,
        "logistic": units.is_logistic,
        "effects": {name: [model.names[k] for k in key] for name, key in effects},
        "outlook": None if model.outlook is None else asdict(model.outlook),
    }
    return told | {"shown": SHOWN, "data": embed(told)}


def _make_plain(value: Any) -> str | float | None:
    if value is None or value != value:
        return None
    return value if isinstance(value, str) else _shorten(value)


def _shorten(value: float) -> float:
    """A number that was once float32, as it was written: 2.0408, not 2.040800094604492."""
    with np.errstate(over="ignore"):
        short = np.float32(value)
    near = bool(np.isfinite(short)) and math.isclose(float(short), value, rel_tol=1e-14)
    return float(str(short)) if near and not float(value).is_integer() else float(value)


def _describe_column(
    k: int, explained: ExplainedRows, model: Changeable, rows: Sequence[int]
) -> dict[str, Any]:
    """Its levels, the given rows' among them, or the ends of its numbers, and if they are whole."""
    seen, levels = model.seen[k], None
    if seen.levels is not None:
        mine = [explained.columns[k][row] for row in rows]
        levels = list(
            dict.fromkeys([*seen.levels[:MOST_LEVELS], *(v for v in mine if v is not None)])
        )
    told = {"levels": levels, "missing": seen.missing, "whole": seen.whole}
    return {"name": model.names[k], "date": None, **told, **_list_ends(seen)}


def _describe_date(name: str, model: Changeable) -> dict[str, Any]:
    """A column of dates: the columns of its parts, and whether it has times of day."""
    places = model.dates[name]
    years = model.seen[places[YEAR]]
    hours = model.seen[places[HOUR]]
    return {
        "name": name,
        "date": {part: model.names[k] for part, k in places.items()},
        "timed": not hours.low == hours.high == 0,
        "levels": None,
        "missing": years.missing,
        "whole": False,
        **_list_ends(years),
    }


def _list_ends(seen: Seen) -> dict[str, float | None]:
    ends = {"low": seen.low, "high": seen.high}
    return {name: _shorten(end) if np.isfinite(end) else None for name, end in ends.items()}
