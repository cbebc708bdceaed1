"""The range and the levels of each column of a fit, and which values are outside of them."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Columns
from edgewise.data.csv_files import is_plain
from edgewise.nn.arguments import level_outside


@dataclass(frozen=True)
class Seen:
    """The values of a column in the fit.

    Attributes:
        low, high: the range of its numbers.
        missing: whether some values were missing.
        levels: the levels of a category, or None for numbers.
        whole: whether its numbers are whole, as years and counts are.
    """

    low: float
    high: float
    missing: bool
    levels: tuple[str, ...] | None
    whole: bool = False


def describe_seen(columns: Columns) -> tuple[Seen, ...]:
    """The range or the levels of each column."""
    found = []
    for values in columns:
        if values.dtype == object:
            levels = set(values.tolist())
            missing = None in levels
            found.append(Seen(0.0, 0.0, missing, tuple(sorted(levels - {None}))))
            continue
        known = values[~np.isnan(values)]
        ends = (float(known.min()), float(known.max())) if len(known) else (np.inf, -np.inf)
        whole = bool(len(known)) and bool(np.all(known == np.rint(known)))
        found.append(Seen(*ends, len(known) < len(values), None, whole))
    return tuple(found)


def find_outside(columns: Columns, seen: Sequence[Seen]) -> NDArray[np.bool_]:
    """Which values are outside of the range, or none of the levels, of the fit."""
    return np.stack(
        [_is_outside(values, one) for values, one in zip(columns, seen, strict=True)], 1
    )


def warn_of_spellings(columns: Columns, seen: Sequence[Seen], names: Sequence[str]) -> None:
    """Warn of a new level that is one of the fit but for case, blanks or how a number is written,
    and of numbers where the fit had texts, or the other way round.

    They are predicted as any new level is. Only the first thousand rows are looked at.
    """
    for values, one, name in zip(columns, seen, names, strict=False):
        given, fitted = set(values[:1000].tolist()) - {None}, set(one.levels or ())
        new = sorted(given - fitted) if fitted else []
        known = {_simplify(level): level for level in sorted(fitted)} if new else {}
        alike = [(level, known[_simplify(level)]) for level in new if _simplify(level) in known]
        if not alike and new and len(new) == len(given) and _are_of_other_kinds(given, fitted):
            alike = [(new[0], min(fitted))]
        for level, own in alike[:1]:
            warnings.warn(
                f"column {name!r} has the level {level!r}, which the fit didn't have; it had "
                f"{own!r}. Write levels as in the fit if they are the same: new ones get the mean "
                "of all levels",
                stacklevel=level_outside(),
            )


def _are_of_other_kinds(given: Iterable[str], fitted: Iterable[str]) -> bool:
    """Whether all levels of one kind are numbers, and none of the other are."""
    numbers = [{is_plain(level) for level in levels} for levels in (given, fitted)]
    return numbers in ([{True}, {False}], [{False}, {True}])


def _simplify(level: str) -> str:
    """A level without case and blanks; of a number all digits, however it is written.

    Codes such as 00e158 are no powers of ten.
    """
    text = "".join(level.split()).casefold()
    is_code = "e" in text and is_plain(text) and float(text) in (0.0, np.inf, -np.inf)
    return str(Decimal(text).normalize()) if is_plain(text) and not is_code else text


def _is_outside(values: NDArray[np.generic], seen: Seen) -> NDArray[np.bool_]:
    if seen.levels is not None:
        known = {*seen.levels, None} if seen.missing else set(seen.levels)
        return np.array([value not in known for value in values.tolist()], dtype=bool)
    numbers = values.astype(np.float64)
    beyond = (numbers < seen.low) | (numbers > seen.high)
    return np.asarray(np.where(np.isnan(numbers), not seen.missing, beyond), dtype=bool)
