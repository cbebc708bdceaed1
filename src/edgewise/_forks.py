"""Forked processes compute with one thread.

GNU's OpenMP, with which torch computes on Linux, has none of its parent's threads after a fork, and
waits for them for ever: in torch's own operations as well as in our kernels. Whoever wants more
threads in a child of a process that has not computed yet calls ``torch.set_num_threads`` there.
"""

import os
import sys


def _compute_alone() -> None:
    """As torch does in the processes of a DataLoader."""
    set_threads = getattr(sys.modules.get("torch"), "set_num_threads", None)
    if set_threads is not None:
        set_threads(1)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_compute_alone)
