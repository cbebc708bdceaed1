"""A context in which a search runs on one thread and without floating-point warnings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from threadpoolctl import threadpool_limits


@contextmanager
def single_threaded() -> Iterator[None]:
    """Compute with one thread of torch and one of numpy's BLAS, without numpy's warnings.

    On a few thousand rows more threads gain nothing, and on a busy machine waiting for each other
    makes them ten times slower. Values that aren't finite need no warning, because they count
    against a formula. All settings are restored at the end.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with threadpool_limits(limits=1, user_api="blas"), np.errstate(all="ignore"):
            yield
    finally:
        torch.set_num_threads(threads)
