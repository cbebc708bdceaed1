"""Values compared part by part: type, numbers and texts, but for the seconds that work took."""

from __future__ import annotations

from types import FunctionType
from typing import Any

import numpy as np
import pandas as pd
import sympy
import torch
from matplotlib.figure import Figure


def list_parts(value):
    """The parts of a value by name; None if it has none."""
    if isinstance(value, dict):
        return {"number": len(value), **dict(enumerate(value.items()))}
    if isinstance(value, sympy.Basic):  # it keeps what has been asked about it
        return None
    if isinstance(value, set | frozenset):
        return {"parts": sorted(map(repr, value))}
    if isinstance(value, np.ndarray) and value.dtype == object:
        return dict(enumerate(value.ravel().tolist()))
    if isinstance(value, list | tuple):
        return {"number": len(value), **dict(enumerate(value))}
    slots = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
    if not slots and not hasattr(value, "__dict__"):
        return None
    own = {name: getattr(value, name) for name in slots if hasattr(value, name)}
    parts = {**own, **getattr(value, "__dict__", {})}
    return {name: parts[name] for name in sorted(parts) if name != "seconds"}


def compare(a: Any, b: Any, place: str, seen: dict[int, Any] | None = None) -> None:
    """Fail where two values differ in type, numbers or texts.

    Args:
        seen: what is compared already, by its id, which is held as long as the value is.
    """
    seen = {} if seen is None else seen
    assert type(a) is type(b), place
    if id(a) in seen or isinstance(a, Figure):
        return
    seen[id(a)] = a
    if isinstance(a, torch.Tensor):
        assert (a.dtype, a.device, a.requires_grad) == (b.dtype, b.device, b.requires_grad), place
        a, b = a.detach().numpy(), b.detach().numpy()
    if isinstance(a, np.ndarray) and a.dtype != object:
        np.testing.assert_array_equal(a, b, place)
    elif isinstance(a, pd.DataFrame):
        pd.testing.assert_frame_equal(*(f.drop(columns="seconds", errors="ignore") for f in (a, b)))
    elif isinstance(a, pd.Series):
        assert a.equals(b), place
    elif isinstance(a, FunctionType | type):
        assert a.__qualname__ == b.__qualname__, place
    elif isinstance(a, torch.Generator):
        assert torch.equal(a.get_state(), b.get_state()), place
    elif (parts := list_parts(a)) is None:
        assert repr(a) == repr(b), place
    else:
        others = list_parts(b)
        assert list(parts) == list(others), place
        for name in parts:
            compare(parts[name], others[name], f"{place}.{name}", seen)
