"""Choose tile sizes of kernels by the shape, from a small fixed set; nothing is tuned by trials."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple


class Tiles(NamedTuple):
    """The tiling of a kernel's work.

    Attributes:
        rows, inputs, outputs: sizes of a tile.
        warps, stages: warps of a program, and the number of tiles in flight.
        splits: the number of parts of the sum, which a second pass adds up.
        programs: the total number of programs.
    """

    rows: int
    inputs: int
    outputs: int
    warps: int
    stages: int
    splits: int
    programs: int


class Work(NamedTuple):
    """The quantities that a choice depends on: sizes, bytes of a number, processors of the card.

    ``steps`` is the number of functions that the programs of a kernel share, ``kept`` the number of
    values per point that a program passes from one function to the next.
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


# The largest tiles whose kernels don't spill registers on an A100 and an H100, with cubic B-splines
# (`python -m benchmarks.triton_kernels`). They haven't been timed on a card.
_FORWARD = _Most((64, 64), (32, 16), (128, 64))
_COEFFICIENTS = _Most((32, 32), (64, 64), (128, 64))
_INPUTS = _Most((64, 64), (64, 32), (32, 32))
# A forward kernel that keeps more values per point takes half the inputs to avoid spilling.
_MOST_KEPT = 3


MANY = {"half": 128, "tf32": 128, "tf32x3": 40, "ieee": 16}
"""With at least this many functions of a local basis, only those that aren't 0 at a point are
gathered; by the precision of products. benchmarks/notes/performance.md derives it for an H100."""


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
    """Powers of two that cover the work: at least 16 (for matrix units), and at most ``most``."""
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
    """The number of parts that gives every processor a program, each with at least one tile."""
    return max(1, min(processors // max(programs, 1), tiles))
