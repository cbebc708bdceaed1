"""Medians of interleaved measurements, and the training step that is measured."""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

SLOT = 2e-3
"""Seconds that one measurement lasts at least: short calls are repeated within it."""
PATIENCE = 1.0
"""Seconds of warm-up after which a slow function is warm."""


@dataclass(frozen=True)
class Timing:
    """Seconds of a call, measured again and again."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def quartiles(self) -> tuple[float, float]:
        return quartiles(self.seconds)


def quartiles(values: tuple[float, ...]) -> tuple[float, float]:
    """Lower and upper quartile of at least two values."""
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def interleaved(
    functions: Mapping[str, Callable[[], object]],
    repeats: int,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Timing]:
    """Time functions in turns, so that what disturbs the machine disturbs them alike.

    Args:
        functions: what to time, by name.
        repeats: rounds, each with one measurement of every function.
        clock: seconds.

    Raises:
        ValueError: for fewer than two repeats, of which there are no quartiles.
    """
    if repeats < 2:
        raise ValueError(f"expected at least 2 repeats, got {repeats}")
    loops = {name: _warm_up(function, clock) for name, function in functions.items()}
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    gc.collect()
    collecting = gc.isenabled()
    gc.disable()
    try:
        for _ in range(repeats):
            for name, function in functions.items():
                start = clock()
                for _ in range(loops[name]):
                    function()
                seconds[name].append((clock() - start) / loops[name])
    finally:
        if collecting:
            gc.enable()
    return {name: Timing(tuple(values)) for name, values in seconds.items()}


def _warm_up(function: Callable[[], object], clock: Callable[[], float]) -> int:
    """Call until warm; how often to call it in one measurement."""
    begin = clock()
    for _ in range(3):
        start = clock()
        function()
        end = clock()
        if end - begin > PATIENCE:
            break
    return max(1, math.ceil(SLOT / max(end - start, 1e-6)))


def forward(model: Callable[[Tensor], Tensor], x: Tensor) -> Callable[[], object]:
    """The forward pass, as one runs it to get an answer."""

    def run() -> object:
        with torch.no_grad():
            return model(x)

    return run


def step(
    model: Callable[[Tensor], Tensor], owner: nn.Module, x: Tensor, dy: Tensor
) -> Callable[[], object]:
    """A training step without the optimiser: gradients to None, forward, backward."""
    parameters = list(owner.parameters())

    def run() -> None:
        for parameter in parameters:
            parameter.grad = None
        model(x).backward(dy)

    return run


def compiled(owner: nn.Module, threads: int) -> Callable[[Tensor], Tensor]:
    """The module under torch.compile; whatever was compiled before is forgotten."""
    # Every compiled shape counts against a limit, beyond which torch quietly runs eagerly; and
    # the generated code holds the number of threads.
    torch.compiler.reset()
    options: dict[str, Any] = {"cpp.threads": threads}
    call: Callable[[Tensor], Tensor] = torch.compile(owner, dynamic=False, options=options)
    return call


def try_compile(owner: nn.Module, threads: int, x: Tensor, dy: Tensor) -> tuple[Any, str]:
    """The compiled module and "", or None and why it can't be had; it has run once."""
    try:
        call = compiled(owner, threads)
        forward(call, x)()
        step(call, owner, x, dy)()
    except Exception as error:  # any failure of a compiler is a result, not the benchmark's end
        return None, reason(error)
    return call, ""


def reason(error: Exception) -> str:
    """An exception in one short line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def sgemm_peak(size: int = 2048, repeats: int = 10) -> float:
    """GFLOP/s of the best of several float32 products of square matrices."""
    a, b = torch.rand(size, size), torch.rand(size, size)
    out = torch.empty(size, size)
    timing = interleaved({"mm": lambda: torch.mm(a, b, out=out)}, repeats)["mm"]
    return float(2 * size**3 / min(timing.seconds) / 1e9)
