"""Threads that sleep while they wait, so that a busy machine doesn't make them ten times slower."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import torch

CHUNK = 1 << 15
"""Elements for which torch takes one more thread in an operation that goes number by number."""


@contextmanager
def patient_threads() -> Iterator[None]:
    """Let torch's threads sleep, not spin, when they wait for each other; nothing else changes.

    At the end of every parallel operation threads wait for the last of them. GNU's OpenMP spins
    meanwhile, up to 16 ms long, on the very core that the last one needs if other programs compute
    too: in a container, on a shared server, beside a browser. It spins a thousandth of that once it
    manages more threads than there are cores. So helpers of ours start threads of their own here,
    which sleep until the block ends. The number of threads that compute is as before, and so is
    every bit of what they compute. Other implementations of OpenMP don't mind.

    The environment variable ``OMP_WAIT_POLICY=passive``, set before torch is imported, does the
    same for the whole process; the command ``edgewise`` sets it.

    Source: `GOMP_SPINCOUNT <https://gcc.gnu.org/onlinedocs/libgomp/GOMP_005fSPINCOUNT.html>`_.

    Example:
        >>> import torch, edgewise as ew
        >>> model, x = ew.KAN([2, 5, 1]), torch.rand(1000, 2)
        >>> with ew.training.patient_threads():  # around a training loop of your own
        ...     model(x).sum().backward()
    """
    threads = torch.get_num_threads()
    end = Event()
    helpers = [_Helper(threads, end) for _ in range(count_helpers(threads, _count_cores()))]
    try:
        for helper in helpers:
            helper.start()
        for helper in helpers:
            helper.is_ready.wait()
        yield
    finally:
        end.set()
        for helper in helpers:
            if helper.ident is not None:
                helper.join()


def count_helpers(threads: int, cores: int) -> int:
    """How many teams of so many threads, beside torch's own, are more threads than cores.

    The first thread of every team but ours counts for nothing.
    """
    return (cores - 1) // (threads - 1) if threads > 1 else 0


def _count_cores() -> int:
    """Those that this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


class _Helper(Thread):
    """Starts its team of OpenMP threads, and keeps it until the end."""

    def __init__(self, threads: int, end: Event) -> None:
        super().__init__(name="edgewise-patient-threads", daemon=True)
        self.is_ready = Event()
        self._threads = threads
        self._end = end

    def run(self) -> None:
        try:
            torch.zeros(self._threads * CHUNK, dtype=torch.uint8, device="cpu").add_(1)
        finally:
            self.is_ready.set()
        self._end.wait()
