"""Times, memory and CUDA graphs of a step on a GPU."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import NamedTuple

WARM_UP = 3
REPEATS = 30


class Step(NamedTuple):
    """What a step takes on a GPU.

    Attributes:
        milliseconds: by CUDA events, the median.
        peak: MiB above what was there before.
        captured: milliseconds of the step replayed as a CUDA graph; None where it can't be
            recorded.
    """

    milliseconds: float
    peak: float
    captured: float | None


def measure(step: Callable[[], object]) -> Step:
    """Time the step, its memory, and the graph that records it."""
    import torch

    for _ in range(WARM_UP):
        step()
    torch.cuda.synchronize()
    before = torch.cuda.memory_allocated()
    torch.cuda.reset_peak_memory_stats()
    step()
    torch.cuda.synchronize()
    peak = (torch.cuda.max_memory_allocated() - before) / 2**20
    return Step(_median(step), peak, _time_graph(step))


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
    with torch.cuda.stream(side):  # what a first call allocates mustn't be recorded
        for _ in range(WARM_UP):
            step()
    torch.cuda.current_stream().wait_stream(side)
    try:
        with torch.cuda.graph(graph):
            step()
    except RuntimeError:  # something in it waits for the device
        torch.cuda.synchronize()
        return None
    return _median(graph.replay)
