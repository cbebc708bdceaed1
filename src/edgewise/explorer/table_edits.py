"""Read and write logs of an estimator's edits as JSON."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from edgewise.additive.edit import Edit, make_edit
from edgewise.additive.outputs import Output
from edgewise.explorer.edits import list_entries

VERSION = 1
LONGEST_TEXT = 200
"""Most characters of a name, a date or a note."""


def write_table_log(
    edits: Sequence[Edit], names: Sequence[str], outputs: Sequence[Output]
) -> dict[str, Any]:
    """A log that :func:`read_table_log` can read."""
    return {
        "edgewise_table_edits": VERSION,
        "columns": list(names),
        "outputs": [output.name for output in outputs],
        "edits": [_write_edit(edit) for edit in edits],
    }


def _write_edit(edit: Edit) -> dict[str, Any]:
    """Values as JSON; levels become pairs, because JSON has no key for a missing value."""
    options = {
        name: [list(pair) for pair in value.items()] if isinstance(value, Mapping) else value
        for name, value in edit.options.items()
    }
    return {**vars(edit), "feature": list(edit.feature), "options": options}


def read_table_log(
    owner: str, log: Any, names: Sequence[str], outputs: Sequence[Output]
) -> tuple[Edit, ...]:
    """The edits of a log: those of an estimator, or as data, as JSON or in a file.

    Nothing in a log is ever evaluated.

    Raises:
        ValueError: if it is damaged, or made for an estimator of other columns or outputs.
        FileNotFoundError: if it is a path at which there is no file.
    """
    if isinstance(log, (list, tuple)) and all(isinstance(one, Edit) for one in log):
        log = write_table_log(log, names, outputs)
    made_for = {"columns": list(names), "outputs": [one.name for one in outputs]}
    edits = list_entries(owner, log, {"edgewise_table_edits": VERSION}, made_for)
    return tuple(_read_edit(owner, k, edit, names, outputs) for k, edit in enumerate(edits))


def _read_edit(
    owner: str, k: int, edit: Any, names: Sequence[str], outputs: Sequence[Output]
) -> Edit:
    try:
        feature, options = edit["feature"], edit.get("options", {})
        if not isinstance(feature, list) or not all(isinstance(one, str) for one in feature):
            raise ValueError("its feature isn't a list of names")
        known = {name: _read_option(value) for name, value in options.items()}
        found = make_edit(feature, str(edit["action"]), known, edit.get("output"), outputs, names)
        losses = [edit.get(name) for name in ("before", "after")]
        rows = edit.get("rows", 0)
        if not all(one is None or _is_number(one) for one in losses) or not _is_number(rows):
            raise ValueError("its losses aren't numbers")
        texts = {name: edit.get(name) for name in ("by", "on", "note")}
        if not all(
            one is None or (isinstance(one, str) and len(one) <= LONGEST_TEXT)
            for one in texts.values()
        ):
            raise ValueError("its name, date and note aren't texts")
        return replace(found, before=losses[0], after=losses[1], rows=int(rows), **texts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{owner}: edit {k} of the log is damaged: {error}") from error


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _read_option(value: Any) -> Any:
    """A number, None, a list of numbers, or levels with their numbers."""
    if value is None or _is_number(value):
        return value
    if isinstance(value, list) and all(map(_is_number, value)):
        return value
    if isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and _is_number(pair[1]) for pair in value
    ):
        return dict(value)
    raise ValueError(f"expected numbers in its options, got {str(value)[:60]!r}")
