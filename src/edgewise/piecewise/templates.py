"""Source code from templates, filled in one pass: users' texts are never interpreted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np


def fill(template: str, values: Mapping[str, str]) -> str:
    """Replace each %(key)s of a template by its value.

    Raises:
        KeyError: if there is no value for one.

    Example:
        >>> fill("%(name)s = %(data)s", {"name": "DATA", "data": "%(name)s"})
        'DATA = %(name)s'
    """
    return re.sub(r"%\((\w+)\)s", lambda found: values[found[1]], template)


def list_data(part: Any) -> Any:
    """A part of a program as dictionaries, lists, numbers and texts for source code."""
    if isinstance(part, np.ndarray | np.generic):
        return part.tolist()
    if is_dataclass(part):
        items = {f.name: list_data(getattr(part, f.name)) for f in fields(part)}
        return {"kind": type(part).__name__, **items}
    return [list_data(each) for each in part] if isinstance(part, tuple) else part
