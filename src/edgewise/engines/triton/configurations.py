"""The small fixed set of tile sizes, chosen by shape. No search at run time."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Tiles(NamedTuple):
    """How a kernel cuts its work.

    Attributes:
        rows, inputs, outputs: sizes of a tile.
        warps, stages: of a program; how many tiles are on their way at once.
        splits: into how many parts the sum is cut, for a second pass to add.
        programs: how many there are altogether.
    """

    rows: int
    inputs: int
    outputs: int
    warps: int
    stages: int
    splits: int
    programs: int


class Work(NamedTuple):
    """What a choice depends on: sizes, the bytes of a number, the processors of the card.

    ``steps`` are how many functions the programs of a kernel share out among each other, ``kept``
    how many numbers of a point a program hands from one function to the next.
    """

    rows: int
    features: int
    outputs: int
    steps: int
    bytes: int
    processors: int
    kept: int = 0


class _Most(NamedTuple):
    """The largest tiles, for numbers of two bytes and of four."""

    rows: tuple[int, int]
    inputs: tuple[int, int]
    outputs: tuple[int, int]


# The largest whose kernels keep to their registers on an A100 and an H100, with cubic B-splines:
# `python -m benchmarks.triton_kernels` shows it. No card has timed them.
_FORWARD = _Most((64, 64), (32, 16), (128, 64))
_COEFFICIENTS = _Most((32, 32), (64, 64), (128, 64))
_INPUTS = _Most((64, 64), (64, 32), (32, 32))
# A forward kernel that keeps more numbers of each point takes half the inputs to keep to them, too.
_MOST_KEPT = 3


MANY = {"half": 128, "tf32": 128, "tf32x3": 40, "ieee": 16}
"""The number of functions of a local basis from which on only those that aren't 0 at a point are
gathered, by the precision of products. benchmarks/notes/performance.md has the arithmetic, for an
H100."""


@lru_cache(maxsize=4096)
def of_forward(work: Work) -> Tiles:
    """Tiles of rows × outputs; the sum over inputs may be split."""
    rows, inputs, outputs = _sizes(work, _FORWARD)
    inputs = max(16, inputs // 2) if work.kept > _MOST_KEPT else inputs
    programs = _count(work.rows, rows) * _count(work.outputs, outputs)
    splits = _splits(programs, _count(work.features, inputs), work.processors)
    return Tiles(rows, inputs, outputs, _warps(rows * outputs), 3, splits, programs * splits)


@lru_cache(maxsize=4096)
def of_coefficients(work: Work) -> Tiles:
    """Tiles of inputs × outputs of one function; the sum over rows may be split."""
    rows, inputs, outputs = _sizes(work, _COEFFICIENTS)
    programs = _count(work.features, inputs) * _count(work.outputs, outputs) * work.steps
    splits = _splits(programs, _count(work.rows, rows), work.processors)
    return Tiles(rows, inputs, outputs, _warps(inputs * outputs), 3, splits, programs * splits)


@lru_cache(maxsize=4096)
def of_inputs(work: Work) -> Tiles:
    """Tiles of rows × inputs; the sum over outputs may be split."""
    rows, inputs, outputs = _sizes(work, _INPUTS)
    programs = _count(work.rows, rows) * _count(work.features, inputs)
    splits = _splits(programs, _count(work.outputs, outputs), work.processors)
    return Tiles(rows, inputs, outputs, _warps(rows * inputs), 3, splits, programs * splits)


def _sizes(work: Work, most: _Most) -> tuple[int, int, int]:
    """Powers of two that cover the work, 16 at least, as matrix units need, and no more than
    ``most``."""
    kind = 0 if work.bytes == 2 else 1
    rows, inputs, outputs = (
        min(limits[kind], max(16, 1 << max(count - 1, 0).bit_length()))
        for count, limits in zip((work.rows, work.features, work.outputs), most, strict=True)
    )
    return rows, inputs, outputs


def _warps(sums: int) -> int:
    """Eight for a full tile."""
    return max(1, min(8, sums // 256))


def _count(total: int, size: int) -> int:
    return -(-total // size)


def _splits(programs: int, tiles: int, processors: int) -> int:
    """So many parts that every processor has a program, each of at least one tile."""
    return max(1, min(processors // max(programs, 1), tiles))
