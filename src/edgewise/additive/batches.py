"""Tables in parts: Parquet files, iterables of frames, partitions of Dask.

A fit runs a function on every part, where that part is, and merges the answers: samples, or sums of
squares and products. Only a few parts are in memory at a time.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial, reduce
from typing import Any, TypeVar

import joblib
import numpy as np
from numpy.typing import NDArray

from edgewise.additive.columns import Array, Columns, read_columns
from edgewise.additive.schema import Schema
from edgewise.additive.values import is_lazy
from edgewise.data.rows import cut, fill_weight
from edgewise.training.distributed import Ranks

ROWS_OF_A_BATCH = 65_536
"""The number of rows of a Parquet file that are read at once."""

Number = tuple[int, int]
"""The number of a batch: that of its part or process, and its position there."""


R = TypeVar("R")
"""A summary of rows that can be merged with that of other rows."""


@dataclass(frozen=True, eq=False)
class Batch:
    """Some rows of a table, without those of weight 0.

    Attributes:
        number: identifies the batch.
        columns: the features.
        targets: one array per target.
        weight: the weights of the rows.
    """

    number: Number
    columns: Columns
    targets: list[NDArray[Any]]
    weight: Array

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.weight)

    def split(self, rows: int) -> Iterator[Batch]:
        """Batches of at most this number of rows."""
        for k, some in enumerate(cut(len(self), rows)):
            columns, targets = ([v[some] for v in each] for each in (self.columns, self.targets))
            yield Batch((self.number[0], k), columns, targets, self.weight[some])


@dataclass(frozen=True)
class Reader:
    """Reads batches: frames with columns of these names, or pairs (x, y) or triples (x, y, weight).

    Attributes:
        targets: the names of the target columns; empty for pairs.
        weight: the name of the column of weights, or None.
        schema: the schema of the features.
    """

    targets: tuple[str, ...]
    weight: str | None
    schema: Schema = field(default_factory=lambda: Schema((), (), False))

    def split(self, raw: Any) -> tuple[Any, Any, Any]:
        """The features, the targets and the weights, or None, of a batch.

        Raises:
            ValueError: if it has no such columns.
        """
        if isinstance(raw, (tuple, list)):
            if self.targets or len(raw) not in (2, 3):
                raise ValueError(
                    "expected batches that are frames, with the name of the target in y, or pairs "
                    f"(x, y) with y=None, got {len(raw)} things with y={list(self.targets)}"
                )
            weight = raw[2] if len(raw) == 3 else None
            return make_frame(raw[0]), make_frame(raw[1]), weight
        frame = make_frame(raw)
        own = [*self.targets, *([] if self.weight is None else [self.weight])]
        names = [str(name) for name in getattr(frame, "columns", [])]
        if not self.targets or not set(own) <= set(names):
            raise ValueError(
                "expected the name of a column of the table as y (and as sample_weight, if "
                f"there is one), got {', '.join(map(repr, own)) or None}: it has "
                f"{', '.join(names[:12]) or 'no names'}"
            )
        y = frame[self.targets[0]] if len(self.targets) == 1 else frame[list(self.targets)]
        weight = None if self.weight is None else frame[self.weight]
        return frame.drop(columns=own), y, weight

    def read(self, number: Number, raw: Any) -> Batch:
        """Read a batch.

        Raises:
            ValueError: if its columns, targets or weights don't fit the first batch.
        """
        x, y, weight = self.split(raw)
        columns = read_columns(x, self.schema)
        targets = [np.asarray(each) for each in list_targets(y)]
        rows = len(columns[0])
        amount = np.asarray(fill_weight(weight, rows), dtype=np.float64)
        if {len(each) for each in (*targets, amount)} != {rows}:
            raise ValueError(f"expected a target and a weight for each of {rows} rows of a batch")
        if not np.all(amount >= 0) or np.isinf(amount).any():
            raise ValueError("sample_weight expected finite numbers of at least 0")
        counted = amount > 0
        if not counted.all():
            columns, targets = ([v[counted] for v in part] for part in (columns, targets))
        return Batch(number, columns, targets, amount[counted])


def make_reader(y: Any, weight: Any) -> Reader:
    """The reader of batches whose targets have these names.

    Raises:
        ValueError: if they aren't names.
    """
    names = (y,) if isinstance(y, str) else () if y is None else y
    listed = isinstance(names, (list, tuple)) and all(isinstance(name, str) for name in names)
    if not listed or not isinstance(weight, (str, type(None))):
        raise ValueError(
            "fit expected the names of columns as y and sample_weight of a table in parts, got "
            f"{type(y).__name__} and {type(weight).__name__}: pairs (x, y) as batches need neither"
        )
    return Reader(tuple(names), weight)


def make_frame(raw: Any) -> Any:
    """A frame of pandas from one of Arrow or polars; anything else unchanged."""
    convert = getattr(raw, "to_pandas", None)
    return raw if convert is None else convert()


def list_targets(y: Any) -> list[Any]:
    if hasattr(y, "iloc"):
        return [y] if y.ndim == 1 else [y.iloc[:, k] for k in range(y.shape[1])]
    values = np.asarray(y)
    return [values] if values.ndim == 1 else list(values.T)


Job = Callable[[Number, Any], Any]
"""A function of a batch's number and the raw batch; it runs where the batch is."""


def _read_and_run(
    reader: Reader | None, step: Callable[[Batch], Any], number: Number, raw: Any
) -> Any:
    return step(raw if reader is None else reader.read(number, raw))


class Source(ABC):
    """The batches of a table, which can be read several times."""

    @abstractmethod
    def first(self) -> Any:
        """The first raw batch with rows, or None."""

    @abstractmethod
    def run(self, job: Job) -> Any:
        """Run a job on every batch, and merge the answers; None without a batch."""


@dataclass(frozen=True, eq=False)
class Parts:
    """All rows of a table in parts.

    Attributes:
        source, reader: the source and the reader of the batches; None if they are read already.
        total: the sum of the weights, once known.
    """

    source: Source
    reader: Reader | None
    total: float = 0.0

    def run(self, step: Callable[[Batch], R]) -> R:
        """Call a function with every batch, and merge the answers.

        Raises:
            ValueError: if no batch has rows.
        """
        answer: R = check_answer(self.source.run(partial(_read_and_run, self.reader, step)))
        return answer


def read_first(source: Source, reader: Reader) -> tuple[Any, Any]:
    """The features and the targets of the first batch.

    Raises:
        ValueError: if no batch has rows.
    """
    x, y, _ = reader.split(check_answer(source.first()))
    return x, y


def cut_rows(columns: Columns, targets: list[NDArray[Any]], weight: Array) -> Parts:
    """Rows in memory as parts, without those of weight 0."""
    counted = weight > 0
    if not counted.all():
        columns, targets = ([v[counted] for v in each] for each in (columns, targets))
    whole = Batch((0, 0), columns, targets, weight[counted])
    source = LocalSource(lambda: ((b.number, b) for b in whole.split(ROWS_OF_A_BATCH)))
    return Parts(source, None, float(weight.sum()))


def merge_all(answers: Iterable[Any]) -> Any:
    """Merge all answers but None; None if there are no others."""
    found = (answer for answer in answers if answer is not None)
    start = next(found, None)
    return start if start is None else reduce(lambda one, other: one.merge(other), found, start)


def check_answer(answer: Any) -> Any:
    """The merged answer; ValueError if there was no batch with rows."""
    if answer is None:
        raise ValueError("Found batches with 0 sample(s) while a minimum of 1 is required.")
    return answer


@dataclass(frozen=True, eq=False)
class LocalSource(Source):
    """Batches that this process reads.

    Attributes:
        open: iterates over them from the start, each with its number.
        jobs: the number of threads.
    """

    open: Callable[[], Iterator[tuple[Number, Any]]]
    jobs: int | None = None

    def first(self) -> Any:
        return next((raw for _, raw in self.open() if _count(raw)), None)

    def run(self, job: Job) -> Any:
        batches = ((number, raw) for number, raw in self.open() if _count(raw))
        if self.jobs in (None, 1):
            return merge_all(job(number, raw) for number, raw in batches)
        work = joblib.Parallel(self.jobs, prefer="threads", return_as="generator")
        return merge_all(work(joblib.delayed(job)(number, raw) for number, raw in batches))


@dataclass(frozen=True, eq=False)
class DaskSource(Source):
    """Partitions of a frame of Dask, computed where Dask computes them."""

    frame: Any

    def first(self) -> Any:
        found = (partition.compute() for partition in self.frame.partitions)
        return next((raw for raw in found if len(raw)), None)

    def run(self, job: Job) -> Any:
        from dask.delayed import delayed

        run, merge = delayed(_run_part), delayed(merge_all)
        answers = [run(job, k, part) for k, part in enumerate(self.frame.to_delayed())]
        while len(answers) > 1:
            answers = [merge(answers[k : k + 8]) for k in range(0, len(answers), 8)]
        return answers[0].compute() if answers else None


def _run_part(job: Job, number: int, raw: Any) -> Any:
    return job((number, 0), raw) if _count(raw) else None


def _count(raw: Any) -> int:
    """The number of rows of a raw batch."""
    first = raw[0] if isinstance(raw, (tuple, list)) else raw
    return len(first) if not hasattr(first, "num_rows") else int(first.num_rows)


def open_source(table: Any, ranks: Ranks, jobs: int | None) -> Source:
    """The batches of a table in parts; under torchrun each process reads its own.

    Raises:
        ValueError: if they can be read only once.
        FileNotFoundError: if there is no such file or folder.
    """
    if _is_dask(table):
        return DaskSource(table)
    if isinstance(table, (str, os.PathLike)):
        from pyarrow import dataset

        if not os.path.exists(table):
            raise FileNotFoundError(
                f"fit expected a file or folder of Parquet, got no {table!r:.200}"
            )
        table = dataset.dataset(os.fspath(table), format="parquet")
    if hasattr(table, "get_fragments"):
        return LocalSource(lambda: _read_fragments(table, ranks), jobs)
    make = table if callable(table) else lambda: table
    probe = make()
    if hasattr(probe, "__next__") and (not callable(table) or make() is probe):
        raise ValueError(
            f"fit expected batches that it can read several times, got {type(probe).__name__}: "
            "pass a function that makes them, or a list"
        )
    return LocalSource(lambda: (((ranks.rank, k), b) for k, b in enumerate(make())), jobs)


def _read_fragments(table: Any, ranks: Ranks) -> Iterator[tuple[Number, Any]]:
    """Batches of this process's row groups, a contiguous part of all of them."""
    parts = [
        group
        for fragment in table.get_fragments()
        for group in (
            fragment.split_by_row_group() if hasattr(fragment, "row_groups") else [fragment]
        )
    ]
    # The first process gets at least one part, if there is one: it decides on the columns.
    start, end = (-(-len(parts) * k // ranks.size) for k in (ranks.rank, ranks.rank + 1))
    for k in range(start, end):
        batches = parts[k].to_batches(
            schema=table.schema, batch_size=ROWS_OF_A_BATCH, batch_readahead=2, fragment_readahead=1
        )
        yield from (((k, j), batch) for j, batch in enumerate(batches))


def _is_dask(table: Any) -> bool:
    return hasattr(table, "to_delayed") and hasattr(table, "partitions")


def holds_parts(table: Any) -> bool:
    """Whether a table comes in parts, rather than as a frame or an array."""
    if isinstance(table, (str, os.PathLike)) or hasattr(table, "get_fragments") or _is_dask(table):
        return True
    if is_lazy(table):
        return False
    if any(hasattr(table, name) for name in ("shape", "__array__", "columns", "column_names")):
        return False
    if isinstance(table, (list, tuple)):
        first = table[0] if len(table) else None
        pair = first[0] if isinstance(first, tuple) and len(first) in (2, 3) else first
        return hasattr(pair, "columns") or getattr(pair, "ndim", 0) == 2
    return callable(table) or hasattr(table, "__iter__")
