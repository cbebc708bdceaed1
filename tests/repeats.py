"""How often tests that draw their cases try: EDGEWISE_FUZZ, a number, multiplies the cases.

By default they are few and always the same. A longer run draws others than those.
"""

import os

TIMES = int(os.environ.get("EDGEWISE_FUZZ", "1"))


def seeds(count):
    """The seeds of so many cases, or of TIMES as many fresh ones."""
    first = 0 if TIMES == 1 else 1000
    return range(first, first + TIMES * count)
