"""How fast is a KAN beside the MLP with as many parameters? The numbers of ``bench speed``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from edgewise.bench import rows
from edgewise.bench.check import check_model
from edgewise.bench.contention import crowded, watch
from edgewise.bench.memory import NO_PEAK, Peak, measure_peak, saved_bytes
from edgewise.bench.rows import Row
from edgewise.bench.timing import (
    Timing,
    forward,
    interleaved,
    quartiles,
    sgemm_peak,
    step,
    try_compile,
)

PASSES = ("forward", "forward+backward")
SAVED_BATCH, PEAK_BATCH = 1024, 8192
SAVED_TARGET, PEAK_TARGET = 1.5, 2.0
SMALL_TARGET_MS = 0.4
"""Forward+backward of pykan's first example by the row that has its configuration."""
SMALL_ROW = "cubic5"


@dataclass(frozen=True)
class Options:
    """What to measure, and how often."""

    rows: Sequence[Row]
    cells: Sequence[tuple[str, int]]
    threads: Sequence[int]
    repeats: int = 20
    compile: bool = True


@dataclass(frozen=True)
class Cell:
    """One measurement: a row at a shape, batch, thread count and pass, beside its MLP."""

    row: Row
    shape: str
    batch: int
    threads: int
    mode: str
    parameters: int
    mlp_parameters: int
    kan: Timing
    mlp: Timing
    mlp_compiled: Timing | None
    compile_failure: str
    gflops: float
    sgemm: float
    others: float | None = None
    """Cores that other processes used meanwhile."""

    @property
    def crowded(self) -> bool:
        """Whether other processes needed the cores: the times mean nothing then."""
        return crowded(self.threads, self.others)

    @property
    def fastest_mlp(self) -> Timing:
        """Eager or compiled, whichever has the lower median."""
        found = [t for t in (self.mlp, self.mlp_compiled) if t is not None]
        return min(found, key=lambda timing: timing.median)

    @property
    def ratio(self) -> float:
        """KAN's median over the MLP's."""
        return self.kan.median / self.fastest_mlp.median

    @property
    def ratio_quartiles(self) -> tuple[float, float]:
        """Quartiles of the ratios within each round."""
        pairs = zip(self.kan.seconds, self.fastest_mlp.seconds, strict=True)
        return quartiles(tuple(a / b for a, b in pairs))

    @property
    def target(self) -> float | None:
        """The greatest ratio that the project accepts here, if it has said so."""
        if self.mode != PASSES[1] or self.shape == rows.SMALL_SHAPE:
            return None
        return self.row.targets.get(self.batch)

    @property
    def target_ms(self) -> float | None:
        """The longest time that the project accepts here, if it has said so."""
        small = (self.shape, self.batch) == (rows.SMALL_SHAPE, rows.SMALL_BATCH)
        ours = self.row.key == SMALL_ROW and self.mode == PASSES[1]
        return SMALL_TARGET_MS if small and ours else None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one, or if others needed the cores."""
        if self.crowded:
            return None
        if self.target is not None:
            return self.ratio <= self.target
        return None if self.target_ms is None else self.kan.median * 1e3 <= self.target_ms


@dataclass(frozen=True)
class Memory:
    """What a row keeps for backward, and its peak, beside its MLP's; bytes, or None."""

    row: Row
    shape: str
    saved: int | None = None
    mlp_saved: int | None = None
    peak: Peak = NO_PEAK
    mlp_peak: Peak = NO_PEAK

    @property
    def saved_ratio(self) -> float | None:
        return self.saved / self.mlp_saved if self.saved and self.mlp_saved else None

    @property
    def peak_ratio(self) -> float | None:
        ours, theirs = self.peak.step, self.mlp_peak.step
        return None if ours is None or not theirs else ours / theirs


@contextmanager
def use_threads(count: int) -> Iterator[None]:
    """torch with that many threads inside the block."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def check(options: Options) -> None:
    """Compare everything that will be timed with the reference engine.

    Raises:
        ConformanceError: if one differs.
    """
    for threads in options.threads:
        with use_threads(threads):
            for row in options.rows:
                for shape, batch in options.cells:
                    check_model(rows.build(row, rows.widths_of(shape)), batch)


def measure(options: Options) -> Iterator[Cell]:
    """Time every cell, forward and forward+backward."""
    for threads in options.threads:
        with use_threads(threads):
            peak = sgemm_peak()
            for shape, batch in options.cells:
                for row in options.rows:
                    yield from _cell(row, shape, batch, threads, peak, options)


def _cell(
    row: Row, shape: str, batch: int, threads: int, sgemm: float, options: Options
) -> Iterator[Cell]:
    widths = rows.widths_of(shape)
    kan = rows.build(row, widths)
    mlp = rows.matching_mlp(kan, widths)
    x, dy = rows.inputs(widths, batch)
    call: Any = None
    failure = "not asked for"
    if options.compile:
        call, failure = try_compile(mlp, threads, x, dy)
    passes: dict[str, Callable[[Any, Any], Callable[[], object]]] = {
        PASSES[0]: lambda model, owner: forward(model, x),
        PASSES[1]: lambda model, owner: step(model, owner, x, dy),
    }
    for mode, prepare in passes.items():
        functions = {"kan": prepare(kan, kan), "mlp": prepare(mlp, mlp)}
        if call is not None:
            functions["compiled"] = prepare(call, mlp)
        others = watch()
        timings = interleaved(functions, options.repeats)
        used = others()
        work = rows.flops(row, kan, batch, backward=mode == PASSES[1])
        yield Cell(
            row,
            shape,
            batch,
            threads,
            mode,
            rows.count(kan),
            rows.count(mlp),
            timings["kan"],
            timings["mlp"],
            timings.get("compiled"),
            failure,
            work / timings["kan"].median / 1e9,
            sgemm,
            used,
        )


def measure_memory(options: Options) -> Iterator[Memory]:
    """Saved tensors and peaks of every row and shape whose batches are among the cells."""
    threads = max(options.threads)
    for shape in dict.fromkeys(shape for shape, _ in options.cells):
        widths = rows.widths_of(shape)
        for row in options.rows:
            found = Memory(row, shape)
            kan = rows.build(row, widths)
            mlp = rows.matching_mlp(kan, widths)
            if (shape, SAVED_BATCH) in options.cells:
                x: Tensor = rows.inputs(widths, SAVED_BATCH)[0]
                found = replace(found, saved=saved_bytes(kan, x), mlp_saved=saved_bytes(mlp, x))
            if (shape, PEAK_BATCH) in options.cells:
                spec = {"widths": widths, "batch": PEAK_BATCH, "threads": threads}
                found = replace(
                    found,
                    peak=measure_peak({**spec, "row": row.key}),
                    mlp_peak=measure_peak({**spec, "parameters": rows.count(kan)}),
                )
            if found != Memory(row, shape):
                yield found
