"""Medians of interleaved measurements, and the training step that is measured."""

from __future__ import annotations

import math
import statistics
import time
import timeit
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
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

    def over(self, other: Timing) -> Timing:
        """The ratio of each round's times."""
        pairs = zip(self.seconds, other.seconds, strict=True)
        return Timing(tuple(ours / theirs for ours, theirs in pairs))


def quartiles(values: tuple[float, ...]) -> tuple[float, float]:
    """Lower and upper quartile of at least two values."""
    low, _, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, high


def time_in_turns(
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
    timers = {name: timeit.Timer(function, timer=clock) for name, function in functions.items()}
    loops = {name: _warm_up(timer) for name, timer in timers.items()}
    rounds = [
        {name: timer.timeit(loops[name]) / loops[name] for name, timer in timers.items()}
        for _ in range(repeats)
    ]
    return {name: Timing(tuple(each[name] for each in rounds)) for name in functions}


def _warm_up(timer: timeit.Timer) -> int:
    """Call until warm; how often to call it in one measurement."""
    spent = 0.0
    for _ in range(3):
        seconds = timer.timeit(1)
        spent += seconds
        if spent > PATIENCE:
            break
    return max(1, math.ceil(SLOT / max(seconds, 1e-6)))


def tell_time(began: float, done: float) -> str:
    """The time spent on a part of the work, and the time left if the rest takes as long.

    Args:
        began: `time.monotonic()` at the start.
        done: the part of the work that is done, from above 0 to 1.
    """
    spent = (time.monotonic() - began) / 60
    return f"{spent:.1f} min spent, about {spent * (1 - done) / done:.1f} min left"


@contextmanager
def use_threads(count: int) -> Iterator[None]:
    """torch with that many threads inside the block."""
    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)


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


def compile_module(owner: nn.Module, threads: int) -> Callable[[Tensor], Tensor]:
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
        call = compile_module(owner, threads)
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
    timing = time_in_turns({"mm": lambda: torch.mm(a, b, out=out)}, repeats)["mm"]
    return float(2 * size**3 / min(timing.seconds) / 1e9)
