"""One tidy CSV per question: a row a run, appended as it ends, so that a run can be resumed."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

RESULTS = Path(__file__).parent / "results"

Row = Mapping[str, Any]
Read = TypeVar("Read", bound=Row)


class Records:
    """The rows of one question.

    Args:
        path: of the CSV; it need not exist.
        key: the columns that tell one run from another; a run that is there isn't run again.
        columns: all columns of the file, in its order.
    """

    def __init__(self, path: Path, key: Sequence[str], columns: Sequence[str]) -> None:
        self.path = path
        self.columns = tuple(columns)
        self._key = tuple(key)
        self._known = {self.key(row) for row in self.rows()}

    def key(self, row: Row) -> tuple[str, ...]:
        """What tells it from others."""
        return tuple(_text(row[column]) for column in self._key)

    def __contains__(self, row: Row) -> bool:
        return self.key(row) in self._known

    def rows(self) -> list[dict[str, str]]:
        """All that is there, each run once, the last of those of the same key.

        Raises:
            ValueError: if the file has other columns.
        """
        text = self.path.read_text(encoding="utf-8") if self.path.exists() else ""
        whole = text[: text.rfind("\n") + 1]  # a line that was cut off as it was written is none
        if not whole:
            return []
        reader = csv.DictReader(io.StringIO(whole, newline=""))
        if tuple(reader.fieldnames or ()) != self.columns:
            raise ValueError(
                f"expected the columns {', '.join(self.columns)} in {self.path}, got "
                f"{', '.join(reader.fieldnames or ['none'])}: choose another --results"
            )
        return list({self.key(row): row for row in reader}.values())

    def append(self, row: Row) -> None:
        """Write a row at the end of the file.

        Raises:
            ValueError: if it has a column that no file has.
        """
        if unknown := set(row) - set(self.columns):
            raise ValueError(f"expected columns of {self.columns}, got {sorted(unknown)}")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        new = _is_new(self.path)
        with self.path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            if new:
                writer.writerow(self.columns)
            writer.writerow([_text(row.get(column)) for column in self.columns])
            file.flush()
            os.fsync(file.fileno())
        self._known.add(self.key(row))

    def drop_superseded(self) -> None:
        """Rewrite the file without rows of runs that were measured again."""
        from edgewise._files import write_text  # benchmarks.mutation imports edgewise elsewhere

        rows = self.rows()
        if not rows or self.path.read_text(encoding="utf-8").count("\n") == len(rows) + 1:
            return
        text = io.StringIO()
        writer = csv.DictWriter(text, self.columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_text(self.path, text.getvalue())


def _text(value: Any) -> str:
    """As the file holds it: numbers with all their digits, nothing for None, one line."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    return " ".join(str(value).split())


def _is_new(path: Path) -> bool:
    """Whether the file is empty or missing; a last line that was cut off is removed."""
    if not path.exists():
        return True
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)
    return whole == 0


def pick_newest(rows: Sequence[Read]) -> list[Read]:
    """The rows of the commit and machine that the last row is of."""
    return [r for r in rows if all(r[c] == rows[-1][c] for c in ("commit", "machine"))]
