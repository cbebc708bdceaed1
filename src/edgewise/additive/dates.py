"""Dates, times of day and durations as columns of numbers and of names.

A date has a trend, a season, a day of the week and an hour, each with an effect of its own. A
column of dates therefore becomes four columns of a model; those of the season and the hour are
cyclic. They are local times in the column's time zone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from edgewise.charts.numbers import format_number
from edgewise.charts.scales import Ticks

Dates = NDArray[np.datetime64]

YEAR, SEASON, WEEKDAY, HOUR = "year", "day of the year", "weekday", "hour"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CYCLES = {SEASON: (1.0, 367.0), HOUR: (0.0, 24.0)}
"""The ends of each cycle."""
UNITS = {"days": 86_400.0, "hours": 3_600.0, "minutes": 60.0, "seconds": 1.0}
"""Units of durations, in seconds."""
SHORTEST = 1.5
"""With fewer years, a season can't be separated from a trend."""


def _find_years(dates: Dates) -> Any:
    """Years with their fractions, such as 2024.5 in the middle of it."""
    year = dates.astype("datetime64[Y]")
    start, end = (each.astype(dates.dtype) for each in (year, year + 1))
    return 1970 + year.astype(np.int64) + (dates - start) / (end - start)


def _find_seasons(dates: Dates) -> Any:
    start = dates.astype("datetime64[Y]").astype("datetime64[D]")
    return 1.0 + (dates.astype("datetime64[D]") - start).astype(np.int64)


def _find_weekdays(dates: Dates) -> Any:
    days = dates.astype("datetime64[D]").astype(np.int64) + 3  # 1970 began on a Thursday
    return np.array(WEEKDAYS, dtype=object)[days % 7]


def _find_hours(dates: Dates) -> Any:
    return (dates - dates.astype("datetime64[D]")) / np.timedelta64(1, "h")


PARTS: dict[str, Callable[[Dates], Any]] = {
    YEAR: _find_years,
    SEASON: _find_seasons,
    WEEKDAY: _find_weekdays,
    HOUR: _find_hours,
}
"""The parts of a date; a time of day has only the hour."""


def take_part(part: str, dates: Dates) -> NDArray[Any]:
    """A part of dates: numbers with NaN, or names with None, where a date is missing.

    Example:
        >>> dates = np.array(["2024-02-29T18:30", "NaT"], dtype="datetime64[us]")
        >>> [take_part(part, dates)[0] for part in ("day of the year", "weekday", "hour")]
        [np.float64(60.0), 'Thursday', np.float64(18.5)]
    """
    gone = np.isnat(dates)
    found = PARTS[part](np.where(gone, np.datetime64(0, "us"), dates))
    found[gone] = None if found.dtype == object else np.nan
    return np.asarray(found)


def find_part(name: str) -> str:
    """The part of dates that a column holds, by its name; "" for other columns.

    The name ends with the part, such as "(day of the year)". A pair of columns, whose name has a
    "×", is none.
    """
    part = name[name.rfind("(") + 1 : -1] if name.endswith(")") and " × " not in name else ""
    return part if part in PARTS else ""


def write_value(name: str, value: float) -> str:
    """A number of a column as readers know it: of dates with months, hours as times.

    Args:
        name: of the column, as :func:`find_part` takes it.

    Example:
        >>> write_value("hired (day of the year)", 151.0), write_value("height", 1.8512)
        ('31 May', '1.851')
        >>> write_value("hired (year)", 2021.67), write_value("age (year)", 21.67)
        ('Sep 2021', '21.67')
        >>> write_value("hired (hour)", 16.35)
        '16:21'
    """
    part = find_part(name)
    if part == YEAR and 1000 < value < 3000 and value % 1 > 0:  # no age, and no whole year
        start, end = datetime(int(value), 1, 1), datetime(int(value) + 1, 1, 1)
        day = start + value % 1 * (end - start) + timedelta(minutes=1)  # more than rounding
        return f"{MONTHS[day.month - 1]} {day.year}"
    if part == HOUR and 0 <= value <= 24:
        hour, minute = divmod(int(60 * value + 0.5), 60)
        return f"{hour}:{minute:02}"
    if part != SEASON:
        return format_number(value, 4)
    day = datetime(2001, 1, 1) + timedelta(days=min(max(round(value), 1), 365) - 1)
    return f"{day.day} {MONTHS[day.month - 1]}"


def choose_ticks(name: str, low: float, high: float, ticks: Ticks) -> Ticks:
    """Round ticks of a column as readers know its dates; those of other columns as they are."""
    part = find_part(name)
    if part == SEASON:
        return choose_month_ticks(low, high)
    if part == HOUR:
        return [(at, write_value(name, at)) for at, _ in ticks]
    return choose_year_ticks(ticks) if part == YEAR else ticks


def choose_year_ticks(ticks: Ticks) -> Ticks:
    """The ticks that are whole years; all, with their months, if that leaves few."""
    whole = [(at, text) for at, text in ticks if float(at).is_integer()]
    return whole if len(whole) > 1 else [(at, write_value(f"({YEAR})", at)) for at, _ in ticks]


def choose_month_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """The first days of months between two days of the year; of a long time every third."""
    starts = np.arange("2001-01", "2002-01", dtype="datetime64[M]").astype("datetime64[D]")
    days = (starts - starts[0]).astype(np.int64) + 1
    every = 3 if high - low > 200 else 1
    months = list(zip(days.tolist(), MONTHS, strict=True))[::every]
    return [(float(day), month) for day, month in months if low <= day <= high]


def find_zone(series: Any) -> str:
    """The name of the time zone of a series of dates; "" without one.

    Raises:
        ValueError: if some dates have a zone and others none, or pandas doesn't know it by name.
    """
    import pandas as pd

    zones = _list_zones(series)
    if len(zones) > 1 and "" in zones:
        raise ValueError("holds dates with and without a time zone: give all one, or none")
    zone = min(zones, default="")
    try:
        pd.Timestamp(0, tz=zone or None)
    except (ValueError, KeyError, TypeError, LookupError) as error:
        raise ValueError(
            f"has the time zone {zone!r}, which has no name: convert it with "
            "dt.tz_convert('UTC') or to a named one"
        ) from error
    return zone


def _list_zones(series: Any) -> set[str]:
    if hasattr(series.dtype, "tz"):
        return {str(series.dtype.tz)}
    if series.dtype.kind == "M" and not hasattr(series.dtype, "pyarrow_dtype"):
        return {""}
    zones = {getattr(value, "tzinfo", None) for value in series.dropna().tolist()}
    return {"" if zone is None else str(zone) for zone in zones}


def read_dates(series: Any, zone: str) -> Dates:
    """The dates of a series by the clock of a zone, in microseconds; NaT where one is missing.

    Args:
        zone: "" for dates without one.

    Raises:
        ValueError: if the series has no zone and should have one, or the other way round.
    """
    import pandas as pd

    if series.isna().all():
        return np.full(len(series), np.datetime64("NaT", "us"))
    if bool(find_zone(series)) != bool(zone):
        wanted = f"in a time zone, such as {zone}" if zone else "without a time zone"
        raise ValueError(f"expected dates {wanted}, as in the fit: convert it with dt.tz_localize")
    if series.dtype.kind != "M" or hasattr(series.dtype, "pyarrow_dtype"):
        values = [_start(value) for value in series.tolist()]
        series = pd.Series(pd.to_datetime(values, utc=bool(zone)))
    if zone:
        series = series.dt.tz_convert(zone).dt.tz_localize(None)
    return np.asarray(series.to_numpy(dtype="datetime64[us]"))


def _start(value: Any) -> Any:
    """The first moment of a period; anything else unchanged."""
    return getattr(value, "start_time", value)


def read_times(series: Any) -> Dates:
    """Times of day as dates of a day in 1970."""
    day, found = np.datetime64(0, "us"), np.full(len(series), np.datetime64("NaT", "us"))
    for k, (value, gone) in enumerate(zip(series.tolist(), series.isna(), strict=True)):
        if not gone:
            seconds = 3600 * value.hour + 60 * value.minute + value.second
            found[k] = day + np.timedelta64(1_000_000 * seconds + value.microsecond, "us")
    return found


def read_durations(series: Any, unit: str) -> NDArray[np.float64]:
    """Durations in a unit; NaN where one is missing."""
    import pandas as pd

    lengths = pd.to_timedelta(pd.Series(series.tolist(), dtype=object))
    return np.asarray(lengths.dt.total_seconds(), dtype=np.float64) / UNITS[unit]


def choose_unit(series: Any) -> str:
    """The largest unit in which half of the durations are 1 or more."""
    lengths = np.abs(read_durations(series, "seconds"))
    size = float(np.median(lengths[~np.isnan(lengths)])) if not np.isnan(lengths).all() else 0.0
    return next((unit for unit, length in UNITS.items() if size >= length), "seconds")
