"""`Bar`, a progress bar of tqdm that forked processes can't block for each other."""

import os
import threading

from tqdm import tqdm


class Bar(tqdm):
    """A bar of tqdm whose lock is this process's alone.

    tqdm's own lock, which hidden bars take, too, is shared with forked processes: once one of them
    is killed while it holds the lock, all others wait for ever. It also fixes the start method of
    ``multiprocessing``.
    """

    monitor_interval = 0  # no thread that looks after bars
    _lock = threading.RLock()


def _renew_lock() -> None:
    """In a forked child, where no thread is left that could release it."""
    Bar.set_lock(threading.RLock())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew_lock)
