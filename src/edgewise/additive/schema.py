"""What the columns of a table are: numbers, levels, or dates, of which several columns are made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from edgewise._checks import find_items, quote
from edgewise.additive.dates import (
    CYCLES,
    HOUR,
    PARTS,
    SEASON,
    SHORTEST,
    WEEKDAY,
    YEAR,
    choose_unit,
    find_zone,
)
from edgewise.additive.kinds import (
    FRACTION,
    LARGEST,
    SPELLINGS,
    WHOLE,
    Columns,
    as_series,
    find_kind,
    holds_numbers,
    holds_truths,
    holds_wholes,
    label_level,
    warn_of_merged_cells,
    warn_of_texts,
)


@dataclass(frozen=True)
class Origin:
    """Where a column of a model comes from.

    Attributes:
        name: the name of the table's column.
        part: "" for the values themselves, a part of dates, or a unit of durations.
        zone: the time zone of dates, or "".
    """

    name: str
    part: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Schema:
    """The columns of a model, read from a table.

    Attributes:
        names: the names of the columns.
        categorical: whether each holds categories; all others hold numbers.
        named: whether the table that was fitted had names of its own.
        numeric: whether each held numbers, as categories or not; empty if a file of an earlier
            version doesn't say.
        origins: the origin of each column; empty if all are columns of the table.
        ordered: the positions of categories that have an order, and their levels.
        rounds: the positions of cyclic numbers, and the ends of their cycles.
        truths: the positions of truth values, which may also be written as
            :data:`~edgewise.additive.kinds.SPELLINGS` says.
        wholes: the positions of categories with texts such as "1" and none such as "1.0", which
            is then another spelling of "1".
    """

    names: tuple[str, ...]
    categorical: tuple[bool, ...]
    named: bool
    numeric: tuple[bool, ...] = ()
    origins: tuple[Origin, ...] = ()
    ordered: tuple[tuple[int, tuple[str, ...]], ...] = ()
    rounds: tuple[tuple[int, tuple[float, float]], ...] = ()
    truths: tuple[int, ...] = ()
    wholes: tuple[int, ...] = ()

    @property
    def orders(self) -> dict[int, tuple[str, ...]]:
        """The levels of categories that have an order, by position."""
        return dict(self.ordered)

    @property
    def cycles(self) -> dict[int, tuple[float, float]]:
        """The ends of the cycles of cyclic numbers, by position."""
        return dict(self.rounds)

    @property
    def sources(self) -> tuple[Origin, ...]:
        """The origin of each column."""
        return self.origins or tuple(Origin(name) for name in self.names)

    @property
    def table(self) -> tuple[str, ...]:
        """The names of the table's columns."""
        return tuple(dict.fromkeys(origin.name for origin in self.sources))

    @property
    def dates(self) -> dict[str, dict[str, int]]:
        """The positions of the parts of each column of dates, by the column's name."""
        found: dict[str, dict[str, int]] = {}
        for k, origin in enumerate(self.sources):
            if origin.part in PARTS:
                found.setdefault(origin.name, {})[origin.part] = k
        return {name: places for name, places in found.items() if YEAR in places}

    def list_spellings(self, k: int, names: Iterable[str | None]) -> dict[str, str]:
        """Other spellings of levels of the column at position k, and how the fit calls these."""
        if k in self.truths:
            return {own: name for own, name in SPELLINGS.items() if name in names}
        if k in self.wholes:
            return {f"{n}{FRACTION}": n for n in names if n is not None and WHOLE.fullmatch(n)}
        return {}

    def find(self, name: Any) -> tuple[int, ...]:
        """The positions of a column of the table or of a part of it, by name or position.

        Raises:
            ValueError: if there is none.
        """
        table = self.table
        if isinstance(name, (int, np.integer)) and 0 <= name < len(table):
            name = table[int(name)]
        found = tuple(
            k for k, origin in enumerate(self.sources) if name in (origin.name, self.names[k])
        )
        if not found:
            raise ValueError(
                f"expected a column among {', '.join(self.names[:12])}, or a position below "
                f"{len(table)}, got {name!r}"
            )
        return found

    def find_each(self, argument: str, given: Any) -> list[tuple[int, ...]]:
        """The positions of each of several columns; ValueError unless they are a list of such."""
        return [self.find(name) for name in list_columns(argument, given)]

    def find_short_seasons(self, columns: Columns) -> frozenset[int]:
        """Seasons of dates whose time span is too short to separate them from a trend."""
        spans = {
            origin.name: float(np.ptp(known)) if len(known) else 0.0
            for origin, values in zip(self.sources, columns, strict=False)
            if origin.part == YEAR
            for known in [values[~np.isnan(values)]]
        }
        return frozenset(
            k
            for k, origin in enumerate(self.sources)
            if origin.part == SEASON and spans.get(origin.name, 0.0) < SHORTEST
        )

    def append(self, name: str) -> Schema:
        """The schema with a further column of numbers at the end."""
        while name in self.names or name in self.table:
            name += "_"
        return replace(
            self,
            names=(*self.names, name),
            categorical=(*self.categorical, False),
            numeric=(*self.numeric, True),
            origins=(*self.origins, Origin(name)) if self.origins else (),
        )

    def head(self) -> Schema:
        """The schema without the last column, which was appended."""
        return replace(
            self,
            names=self.names[:-1],
            categorical=self.categorical[:-1],
            numeric=self.numeric[:-1],
            origins=self.origins[:-1],
        )


def check_different(names: Iterable[Any]) -> None:
    """Raise ValueError if two columns of a table have one name."""
    names = list(names)
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"expected different names of columns, got {twice!r} twice: rename one")


def read_schema(
    table: Any, categorical: Any = None, cyclic: Any = None, groups: Any = None
) -> Schema:
    """Read the schema of a table: text, categories, intervals and booleans are categories.

    All other columns hold numbers (integers, floats and Decimals of any library, nullable, sparse
    or objects), or dates, times of day or durations, which become numbers and weekdays.

    Args:
        table: a frame of pandas, polars or Arrow, or an array of shape (rows, columns).
        categorical: names, positions, or a mask of columns of numbers to treat as categories;
            None or "from_dtype" for none.
        cyclic: the ends of a cycle, by name or position of a column of numbers.
        groups: the name or position of a column of groups of rows, which are categories.

    Raises:
        ValueError: if columns share a name, hold complex numbers or lists, or if ``categorical`` or
            ``cyclic`` names none.
    """
    columns, names, named = split_table(table)
    chosen = _find_categorical(categorical, names)
    if groups is not None:
        chosen[find_column("groups", groups, names)] = True
    found: list[_Found] = []
    for column, name, is_chosen in zip(columns, names, chosen, strict=True):
        found += _describe(column, name, is_chosen)
    made = [one.name for one in found]
    check_different(made)
    origins = tuple(one.origin for one in found)
    orders = tuple((k, one.order) for k, one in enumerate(found) if one.order)
    schema = Schema(
        tuple(made),
        tuple(one.categorical for one in found),
        named,
        tuple(one.numeric for one in found),
        origins if any(origin.part for origin in origins) else (),
        orders,
        truths=tuple(k for k, one in enumerate(found) if one.truth),
        wholes=tuple(k for k, one in enumerate(found) if one.whole),
    )
    own = {k: CYCLES[o.part] for k, o in enumerate(origins) if o.part in CYCLES}
    return replace(schema, rounds=tuple((own | _read_cycles(cyclic, schema)).items()))


@dataclass(frozen=True)
class _Found:
    """One column of a model; :class:`Schema` describes all."""

    name: str
    origin: Origin
    categorical: bool
    numeric: bool
    order: tuple[str, ...] = ()
    truth: bool = False
    whole: bool = False


def _describe(column: Any, name: str, chosen: bool) -> list[_Found]:
    """The columns of a model that come from one column of the table."""
    kind, series = find_kind(column, name), as_series(column)
    if kind in ("numbers", "levels"):
        category = chosen or kind == "levels"
        if kind == "levels" and not chosen:
            warn_of_texts(series, name)
        warn_of_merged_cells(series, name)
        numeric = not category or holds_numbers(column)
        order, truth = _find_order(series), holds_truths(series)
        whole = category and holds_wholes(series)
        return [_Found(name, Origin(name), category, numeric, order, truth, whole)]
    if chosen:
        raise ValueError(
            f"column {name!r} holds {kind} and can't be categories, too: leave it out of "
            "categorical_features"
        )
    if kind == "durations":
        unit = choose_unit(series)
        return [_Found(f"{name} ({unit})", Origin(name, unit), False, True)]
    try:
        zone = find_zone(series) if kind == "dates" else ""
    except ValueError as error:
        raise ValueError(f"column {name!r} {error}") from error
    return [
        _Found(f"{name} ({part})", Origin(name, part, zone), part == WEEKDAY, part != WEEKDAY)
        for part in (PARTS if kind == "dates" else (HOUR,))
    ]


def _find_order(series: Any) -> tuple[str, ...]:
    """The levels of a column of ordered categories; empty for other columns."""
    if not getattr(series.dtype, "ordered", False):
        return ()
    return tuple(dict.fromkeys(label_level(value) for value in series.dtype.categories))


def _read_cycles(given: Any, schema: Schema) -> dict[int, tuple[float, float]]:
    """The ends of the cycles of columns."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise ValueError(
            f"cyclic expected a dictionary such as {{'hour': (0, 24)}}, got {type(given).__name__}"
        )
    cycles = {}
    for name, ends in given.items():
        (place, *more) = schema.find(name)
        try:
            low, high = (float(end) for end in ends)
        except (TypeError, ValueError):
            low, high = np.nan, np.nan
        if more or schema.categorical[place] or not 0 < high - low < LARGEST:
            raise ValueError(
                "cyclic expected a column of numbers and where its cycle begins and ends, such as "
                f"{{'hour': (0, 24)}}, got {name!r}: {ends!r:.60}"
            )
        cycles[place] = low, high
    return cycles


def split_table(table: Any) -> tuple[list[Any], list[str], bool]:
    """The columns, their names, and whether the table has names itself."""
    if hasattr(table, "column_names"):  # an Arrow table
        names = [str(name) for name in table.column_names]
        return [column.to_pandas() for column in table.columns], names, True
    if hasattr(table, "columns"):  # a frame of pandas or polars
        names = [str(name) for name in table.columns]
        take = table.iloc.__getitem__ if hasattr(table, "iloc") else None
        columns = [
            take((slice(None), i)) if take else table.to_series(i) for i in range(len(names))
        ]
        return columns, names, True
    rows = table.toarray() if hasattr(table, "toarray") else np.asarray(table)
    if rows.ndim != 2:
        raise ValueError(
            f"expected a table of shape (rows, columns), got {rows.shape}: reshape a single "
            "column with x.reshape(-1, 1)"
        )
    return list(rows.T), [f"x{i}" for i in range(rows.shape[1])], False


def list_columns(argument: str, given: Any) -> list[Any]:
    """Several columns, or several sets of them; ValueError if it is one text or none at all."""
    found = find_items(given)
    if found is None:
        raise ValueError(f"{argument} expected a list of columns, got {quote(given)}")
    return found


def _find_categorical(given: Any, names: Sequence[str]) -> list[bool]:
    """A mask of the columns that the caller declares as categories."""
    if given is None or (isinstance(given, str) and given == "from_dtype"):
        return [False] * len(names)
    chosen = list_columns("categorical_features", given)
    if len(chosen) == len(names) and all(isinstance(v, (bool, np.bool_)) for v in chosen):
        return [bool(v) for v in chosen]
    places = {find_column("categorical_features", each, names) for each in chosen}
    return [k in places for k in range(len(names))]


def find_column(owner: str, name: Any, names: Sequence[str]) -> int:
    """The position of a column, by name or position; ValueError if there is none."""
    if isinstance(name, (int, np.integer)) and -len(names) <= name < len(names):
        return int(name) % len(names)
    if isinstance(name, str) and name in names:
        return list(names).index(name)
    raise ValueError(
        f"{owner} expected a column among {', '.join(names[:12])}, or a position below "
        f"{len(names)}, got {name!r}"
    )
