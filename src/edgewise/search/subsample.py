"""Choose evenly spaced rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def pick_evenly(count: int, most: int) -> NDArray[np.int64]:
    """At most ``most`` of the indices below ``count``, evenly spaced, both ends included."""
    if count <= most:
        return np.arange(count)
    return np.linspace(0, count - 1, most).round().astype(np.int64)
