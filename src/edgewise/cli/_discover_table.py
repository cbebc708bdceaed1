"""Read a CSV or TSV file as inputs, targets and weights of a discovery."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from edgewise.data.csv_files import check_columns, keep_complete, read_csv, split_names
from edgewise.data.names import list_names


@dataclass(frozen=True, eq=False)
class DiscoveryData:
    """The data of a discovery.

    Attributes:
        x: (rows, in), numbers.
        y: (rows,) numbers, two classes as 0 and 1, or strings for more classes; (rows, targets)
            numbers for several targets.
        weight, sigma: (rows,), or None.
        notes: notes for the user, one sentence each.
    """

    names: list[str]
    x: Any
    y: Any
    weight: Any
    sigma: Any
    notes: list[str]


def read_table(
    path: Path,
    targets: str,
    inputs: str | None = None,
    weight: str | None = None,
    sigma: str | None = None,
) -> tuple[list[str], DiscoveryData]:
    """The names of the targets, and the table without rows with missing values.

    Args:
        targets, inputs: names of columns, separated by commas; a name with a comma is enclosed in
            double quotes.
        weight: the column of the rows' weights.
        sigma: the column of the targets' errors.

    Raises:
        ValueError: if the file isn't a table, or columns are missing or have a wrong type.
    """
    import numpy as np

    frame, notes = read_csv(path)
    wanted = split_names(targets, frame.columns)
    chosen = None if inputs is None else split_names(inputs, frame.columns)
    options = {"--weight": weight, "--sigma": sigma}
    taken = {option: name for option, name in options.items() if name is not None}
    names = _input_names(frame, wanted, chosen, taken)
    extra = [_check_numbers(frame, name, option) for option, name in taken.items()]
    whole, left_out = keep_complete(frame, [*names, *wanted, *extra])
    y, said = _targets(whole, wanted)
    weights, errors = (
        None if name is None else whole[name].to_numpy(np.float64) for name in (weight, sigma)
    )
    x = whole[names].to_numpy(np.float64)
    return wanted, DiscoveryData(names, x, y, weights, errors, [*notes, *left_out, *said])


def _input_names(
    frame: Any, targets: list[str], inputs: list[str] | None, options: dict[str, str]
) -> list[str]:
    columns = list(frame.columns)
    taken = [*targets, *options.values()]
    names = [name for name in columns if name not in taken] if inputs is None else inputs
    check_columns([*taken, *names], frame)
    if len(set(taken)) < len(taken):
        raise ValueError(
            f"{' and '.join(['--target', *options])} expected different columns, got "
            f"{list_names(taken)}"
        )
    if set(taken) & set(names) or len(set(names)) < len(names):
        without = " and ".join(repr(name) for name in taken)
        raise ValueError(f"--inputs expected different columns without {without}, got {names}")
    if not names:
        raise ValueError(f"expected a column beside {taken[0]!r} to look for a formula in")
    if texts := [name for name in names if not _is_number(frame[name])]:
        raise ValueError(_describe_texts(frame, names, texts))
    return names


def _describe_texts(frame: Any, names: list[str], texts: list[str]) -> str:
    """The error message for inputs that are text."""
    value = str(frame[texts[0]].dropna().iloc[0])
    if _is_complex(value):
        return (
            f"expected real numbers in the inputs, got complex ones in {list_names(texts)} (such "
            f"as {value!r}): make columns of their real and imaginary parts"
        )
    rest = [name for name in names if name not in texts]
    listed = quote(",".join(rest))
    remedy = f"leave them out with --inputs {listed}" if rest else "turn it into numbers"
    return (
        f"expected numbers in the inputs, got text in {list_names(texts)} (such as {value!r}): "
        f"{remedy}"
    )


def _check_numbers(frame: Any, name: str, option: str) -> str:
    if not _is_number(frame[name]):
        value = str(frame[name].dropna().iloc[0])
        raise ValueError(
            f"{option} expected a column of numbers, got text in {name!r} (such as {value!r})"
        )
    return name


def _targets(frame: Any, targets: list[str]) -> tuple[Any, list[str]]:
    """y, and notes on its classes."""
    import numpy as np

    if len(targets) == 1:
        return _target(frame[targets[0]])
    if texts := [name for name in targets if not _is_number(frame[name])]:
        raise ValueError(
            f"several targets expected numbers, got text in {list_names(texts)}: look for the "
            "formulas of classes one target at a time"
        )
    return frame[targets].to_numpy(np.float64), []


def _target(column: Any) -> tuple[Any, list[str]]:
    """A target as numbers, or as classes if it has two integers, booleans or text."""
    import numpy as np

    values = sorted(column.unique())
    number = _is_number(column)
    two = len(values) == 2 and not (number and any(float(v) % 1 for v in values))
    if number and not two:
        return column.to_numpy(np.float64, copy=True), []
    texts = [str(v) for v in values]
    if texts and all(map(_is_complex, texts)):
        raise ValueError(
            f"the target {column.name!r} expected real numbers, got complex ones (such as "
            f"{texts[0]!r}): make columns of their real and imaginary parts"
        )
    if two:
        notes = [f"{column.name} has two classes: {texts[0]} counts as -1, {texts[1]} as 1"]
        if number:
            return column.to_numpy(np.int64, copy=True), notes
    else:
        listed = list_names(texts)
        notes = [f"{column.name} has {len(texts)} classes, each with a formula: {listed}"]
    return np.array([str(v) for v in column], dtype=object), notes


def _is_complex(text: str) -> bool:
    """Whether a text is a complex number in Python's or the usual notation."""
    text = text.strip().strip("()").replace(" ", "").replace("i", "j")
    try:
        complex(text)
    except ValueError:
        return False
    return "j" in text


def _is_number(column: Any) -> bool:
    """Whether a column holds numbers or booleans; an empty column does, too."""
    from pandas.api.types import is_numeric_dtype

    return is_numeric_dtype(column) or column.dropna().empty
