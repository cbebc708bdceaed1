"""Names, texts, numbers and choices as SQL for SQLite, DuckDB and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise._arrays import Array


class Quoter:
    """Quoted names of columns, and unused names."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._prefix = "edgewise_"
        while any(name.lower().startswith(self._prefix) for name in names):
            self._prefix += "_"

    def column(self, position: int) -> str:
        """A column of the table; without the table's name SQLite would read an absent column as a
        text."""
        return f"{self.own('row')}.{quote_name(self._names[position])}"

    def own(self, letter: str, number: int | str = "") -> str:
        """The name of a column or step of the query itself."""
        return f"{self._prefix}{letter}{number}"


def quote_name(name: str) -> str:
    """A name as SQL writes it.

    Raises:
        ValueError: if it holds a zero byte, which no SQL text can.
    """
    if "\0" in name:
        raise ValueError(f"expected names without a zero byte, got {name!r}: rename the column")
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """A text as SQL writes it; as :func:`quote_name`."""
    return "'" + quote_name(text)[1:-1].replace('""', '"').replace("'", "''") + "'"


def choose(choices: Sequence[tuple[str, str]], rest: str) -> str:
    """The value of the first condition that is true."""
    whens = " ".join(f"WHEN {condition} THEN {value}" for condition, value in choices)
    return f"CASE {whens} ELSE {rest} END" if choices else rest


def write_float(value: float) -> str:
    """A float64 number; without an exponent DuckDB would read a decimal."""
    text = repr(float(value))
    text = text if "e" in text else f"{text}e0"
    return f"({text})" if text.startswith("-") else text


def cast_double(text: str) -> str:
    """Cast a text to a float64 number; REAL has 24 or 53 bits."""
    return f"CAST({text} AS DOUBLE PRECISION)"


def switch(cell: str, cells: Sequence[str], rest: str) -> str:
    """The value of the cell with that number."""
    whens = " ".join(f"WHEN {k} THEN {value}" for k, value in enumerate(cells))
    return f"CASE {cell} {whens} ELSE {rest} END"


def write_polynomial(coefficients: Array, t: str) -> str:
    """Σ c_k t^k by Horner's rule."""
    return nest([write_float(c) for c in coefficients], t)


def nest(coefficients: Sequence[str], t: str) -> str:
    """a + t * (b + t * c), without zeros at the end."""
    kept = list(coefficients)
    while len(kept) > 1 and kept[-1] in ("0.0e0", "(-0.0e0)"):
        kept.pop()
    text = kept[-1]
    for coefficient in reversed(kept[:-1]):
        text = f"{coefficient} + {t} * ({text})"
    return f"({text})" if len(kept) > 1 else text


def hold(text: str, low: float, high: float) -> str:
    """A value clipped to two ends, of which one or both may be infinite."""
    ends = [
        (f"{text} < {write_float(low)}", write_float(low)),
        (f"{text} > {write_float(high)}", write_float(high)),
    ]
    return choose([end for end, b in zip(ends, (low, high), strict=True) if np.isfinite(b)], text)


def write_label(label: str | int | float | bool) -> str:
    """The label of a class."""
    return quote_text(label) if isinstance(label, str) else repr(+label)  # +True is 1
