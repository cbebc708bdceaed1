"""Did other processes need the cores while we measured?

Threads that meet at barriers wait for whichever of them has no core: beside one busy process, a
step of 1 ms takes 30. Such medians say something about the scheduler and nothing about a KAN.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

TOLERATED = 0.25
"""Cores' worth of other work beyond the free cores that a measurement may meet."""


def watch() -> Callable[[], float | None]:
    """Start watching; the answer, called later, is how many cores the others used since.

    None where the system doesn't say (it needs Linux's ``/proc/stat``).
    """
    before = _busy()

    def others() -> float | None:
        after = _busy()
        if before is None or after is None or after[0] <= before[0]:
            return None
        wall, everybody, own = (b - a for a, b in zip(before, after, strict=True))
        return max(everybody - own, 0.0) / wall

    return others


def crowded(threads: int, others: float | None) -> bool:
    """Whether so many threads and the others needed more cores than there are."""
    return others is not None and threads + others > (os.cpu_count() or 1) + TOLERATED


def _busy() -> tuple[float, float, float] | None:
    """Seconds: on the clock, of all cores at work, and of this process."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
        tick = os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, AttributeError):
        return None
    user, nice, system, _idle, _waiting, *interrupts = (int(f) for f in fields[1:9])
    used = os.times()
    own = used.user + used.system
    return time.perf_counter(), (user + nice + system + sum(interrupts)) / tick, own
