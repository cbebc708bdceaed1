"""Measure a training step on a GPU: time, peak memory, and time as a CUDA graph."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import NamedTuple

WARM_UP = 3
REPEATS = 30


class StepCost(NamedTuple):
    """The measurements of a step on a GPU.

    Attributes:
        milliseconds: the median time by CUDA events.
        peak: peak memory in MiB above the memory before.
        captured: milliseconds of the step replayed as a CUDA graph; None if it can't be recorded.
    """

    milliseconds: float
    peak: float
    captured: float | None


def measure(step: Callable[[], object]) -> StepCost:
    """Measure the time and memory of a step, and its time as a CUDA graph."""
    import torch

    for _ in range(WARM_UP):
        step()
    torch.cuda.synchronize()
    before = torch.cuda.memory_allocated()
    torch.cuda.reset_peak_memory_stats()
    step()
    torch.cuda.synchronize()
    peak = (torch.cuda.max_memory_allocated() - before) / 2**20
    return StepCost(_median(step), peak, _time_graph(step))


def _median(step: Callable[[], object]) -> float:
    import torch

    times = []
    for _ in range(REPEATS):
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
        begin.record()
        step()
        end.record()
        end.synchronize()
        times.append(begin.elapsed_time(end))
    return statistics.median(times)


def _time_graph(step: Callable[[], object]) -> float | None:
    import torch

    graph = torch.cuda.CUDAGraph()
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):  # allocations of the first call mustn't be recorded
        for _ in range(WARM_UP):
            step()
    torch.cuda.current_stream().wait_stream(side)
    try:
        with torch.cuda.graph(graph):
            step()
    except RuntimeError:  # an operation synchronises with the device
        torch.cuda.synchronize()
        return None
    return _median(graph.replay)
