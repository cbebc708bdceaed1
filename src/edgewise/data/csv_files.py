"""CSV files as people have them: any separator, encodings, blank lines; or one clear error."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from edgewise.data.names import list_names

SEPARATORS = "\t;,|"
_NUMBER = re.compile(
    r"[^\w\s]{0,2} ?[-+]?(?!0\d)(\d{1,3}([.,'\s]\d{2,3})+|\d+)([.,]\d+)?"
    r"\s?([^\W\d]{0,3}\d?)[^\w\s]{0,2}"
)
"""Numbers such as -3.5, 12%, $1,234.50, 5 €, <3, 10kg, 80 m2 and 3+; not 007 and 1.2.3."""
MOST_UNITS = 2
"""Most different units in a column of numbers; with more they are codes, such as seats 12A, 12F."""
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?![\d-])|\d{1,2}([./])\d{1,2}\1(\d{4}|\d\d)(?![\d./])")


def read_csv(path: Path) -> tuple[Any, list[str]]:
    """Read a table as a frame of pandas, with notes for the user, one sentence each."""
    import pandas as pd

    text, notes = _decode(path)
    separator, names, has_row_names = _read_head(text, path)
    decimal = "," if separator == ";" and re.search(r"[;\n]-?\d+,\d", text) else "."
    try:
        frame = pd.read_csv(
            io.StringIO(text), sep=separator, decimal=decimal, skipinitialspace=True
        )
    except ValueError as error:  # of pandas' parser
        raise ValueError(f"expected a table with a line of names in {path}: {error}") from error
    if not len(frame):
        raise ValueError(
            f"expected rows in {path}, found none: expected a table with a line of names and rows "
            "below it"
        )
    if len(frame.columns) == len(names):
        frame.columns = names
    nameless = [name for name in frame.columns if not name or name.startswith("Unnamed: ")]
    left_out = len(nameless) + has_row_names
    if left_out:
        notes.append(
            "a column without a name is left out"
            if left_out == 1
            else f"{left_out} columns without a name are left out"
        )
    return frame.drop(columns=nameless).reset_index(drop=True), notes


def _decode(path: Path) -> tuple[str, list[str]]:
    """The text without blank lines at its head."""
    if path.is_char_device():
        raise ValueError(f"expected a table in a file or a pipe, got the device {path}")
    content, notes = path.read_bytes(), []
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("latin-1")
            notes.append("the file is not in UTF-8: it is read as Latin-1")
    if "\0" in text:
        raise ValueError(f"expected a text file of a table, got zero bytes in {path}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # some programs end lines with \r alone
    return re.sub(r"\A(?:[ \t]*\n)+", "", text), notes


def _read_head(text: str, path: Path) -> tuple[str, list[str], bool]:
    """The separator (the most frequent one in the first line), names, and whether rows have names.

    R writes names of rows, for which the line of names has none: pandas takes them for an index.
    """
    if not text.strip():
        raise ValueError(f"expected a table with a line of names in {path}, got an empty file")
    bare = re.sub(r'"[^"]*"', "", text).partition("\n")[0]
    separator = max(SEPARATORS, key=bare.count)
    lines = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=True)
    try:
        first, second = next(lines), next(lines, [])
    except csv.Error as error:
        raise ValueError(f"expected a table with a line of names in {path}: {error}") from error
    names = [" ".join(name.split()) for name in first]
    named = [name for name in names if name]
    if twice := sorted({name for name in named if named.count(name) > 1}):
        raise ValueError(
            f"expected different names of columns, got {list_names(twice)} more than once: rename "
            "all but one"
        )
    return separator, names, len(second) > len(names)


def read_dates(frame: Any, spare: str = "") -> tuple[Any, list[str]]:
    """The table with dates such as 2024-01-31 read, without columns of other dates but ``spare``.

    In 01/02/2024 nobody knows which is the month.
    """
    read: dict[str, Any] = {}
    left_out = []
    for name in frame.columns:
        texts = frame[name].dropna()
        is_text = name != spare and texts.map(lambda value: isinstance(value, str)).any()
        if is_text and texts.astype(str).map(starts_with_date).all():
            dates = _parse_dates(frame[name])
            read |= {} if dates is None else {name: dates}
            left_out += [name] if dates is None else []
    remedy = "write them as 2024-01-31 to use them"
    notes = [f"dates are left out: {list_names(left_out)}; {remedy}"] if left_out else []
    return frame.assign(**read).drop(columns=left_out), notes


def starts_with_date(text: str) -> bool:
    """Whether a text begins with a date such as 2024-01-31, 31.1.2024 or 1/31/24."""
    return bool(_DATE.match(text.strip()))


def _parse_dates(texts: Any) -> Any:
    """Dates of texts that begin with the year; None for others."""
    import pandas as pd

    try:
        return pd.to_datetime(texts.str.strip(), format="ISO8601")
    except (ValueError, AttributeError):
        return None


def find_written_numbers(frame: Any) -> list[str]:
    """A note on columns of texts most of which are numbers written for readers."""
    found = {}
    for name in frame.columns:
        different = frame[name].dropna().unique() if frame[name].dtype.kind not in "biuf" else []
        texts = [str(value).strip() for value in different if not isinstance(value, bool)]
        if len(list_numbers(texts)) > len(texts) / 2:
            found[name] = next((text for text in texts if not is_plain(text)), texts[0])
    listed = ", ".join(f"{name!r} (such as {text!r})" for name, text in found.items())
    return [f"read as categories, not as numbers: {listed}; write plain numbers"] if found else []


def list_numbers(texts: Iterable[str]) -> list[str]:
    """The texts that are numbers, written for programs or for readers."""
    found = [text for text in texts if is_plain(text) or _NUMBER.fullmatch(text.strip())]
    finite = [text for text in found if not is_plain(text) or math.isfinite(float(text))]
    units = {"".join(re.findall(r"[^\d\s.,'+-]", text)) for text in finite if not is_plain(text)}
    return finite if len(units) <= MOST_UNITS else []


def is_plain(text: str) -> bool:
    """Whether a text is a number as programs write it."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def split_names(text: str, columns: Sequence[str]) -> list[str]:
    """The names in "a, b"; a text that is itself the name of a column is not divided."""
    if text in list(columns):
        return [text]
    (parts,) = csv.reader([text], skipinitialspace=True)
    return [part.strip() for part in parts]


def check_columns(names: Iterable[str], frame: Any) -> None:
    """Raise ValueError unless the table has columns of all of these names."""
    for name in names:
        if name not in frame.columns:
            raise ValueError(
                f"there is no column {name!r}: choose from {list_names(frame.columns)}"
            )


def keep_complete(
    frame: Any, names: Sequence[str], why: str = "values are missing or infinite"
) -> tuple[Any, list[str]]:
    """The rows with finite values in these columns, and a note if there are others."""
    import numpy as np

    kept = frame[list(names)].replace([np.inf, -np.inf], np.nan).dropna().index
    missing = len(frame) - len(kept)
    notes = [f"{missing:,} of {len(frame):,} rows left out: {why}"] if missing else []
    return frame.loc[kept], notes
