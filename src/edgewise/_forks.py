"""Forked processes compute with one thread, and with worker processes of their own.

GNU's OpenMP, with which torch computes on Linux, has none of its parent's threads after a fork, and
waits for them for ever: in torch's own operations as well as in our kernels. Whoever wants more
threads in a child of a process that has not computed yet calls ``torch.set_num_threads`` there.

joblib keeps its worker processes for the next call; the thread that hands them work isn't there in
a child either, which would wait for the answers for ever.
"""

import os
import sys


def _compute_alone() -> None:
    """As torch does in the processes of a DataLoader; joblib starts workers when it needs some."""
    set_threads = getattr(sys.modules.get("torch"), "set_num_threads", None)
    if set_threads is not None:
        set_threads(1)
    workers = sys.modules.get("joblib.externals.loky.reusable_executor")
    if workers is not None:
        vars(workers).update(_executor=None, _executor_kwargs=None)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_compute_alone)
