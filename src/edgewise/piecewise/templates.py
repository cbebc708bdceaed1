"""Templates of source code, filled in one pass: users' texts are never looked at again."""

from __future__ import annotations

import re
from collections.abc import Mapping


def fill(template: str, values: Mapping[str, str]) -> str:
    """A template in which each %(key)s is a value.

    Raises:
        KeyError: if there is no value for one.

    Example:
        >>> fill("%(name)s = %(data)s", {"name": "DATA", "data": "%(name)s"})
        'DATA = %(name)s'
    """
    return re.sub(r"%\((\w+)\)s", lambda found: values[found[1]], template)
