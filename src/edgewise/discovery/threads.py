"""A context in which a search runs on one thread and without floating-point warnings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch
from threadpoolctl import threadpool_limits


@contextmanager
def undisturbed() -> Iterator[None]:
    """Compute with one thread of torch and one of numpy's BLAS, without numpy's warnings.

    More threads gain nothing on a few thousand rows, and where the machine is busy they wait for
    each other: ten times as long. A formula that isn't finite at some rows is judged by that, so
    there is nothing to warn of. Everything is put back at the end.
    """
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with threadpool_limits(limits=1, user_api="blas"), np.errstate(all="ignore"):
            yield
    finally:
        torch.set_num_threads(threads)
