"""Few cases in which every two values of two parameters meet, or every value occurs.

All combinations grow as a product, while a fault mostly needs one value or two that meet (Kuhn,
Wallace and Gallo 2004). Where code branches on three at once, the case is written out.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations, product
from typing import Any

import pytest


def every_pair(**values: Iterable[Any]) -> pytest.MarkDecorator:
    """As pytest.mark.parametrize of each name, with fewer combinations. Of a mapping: its keys."""
    listed = [list(v) for v in values.values()]
    cases = [tuple(v[k] for v, k in zip(listed, at, strict=True)) for at in choose(listed)]
    return _parametrize(values, cases)


def every_value(**values: Iterable[Any]) -> pytest.MarkDecorator:
    """As many cases as the longest list has values: for parameters that no code reads together."""
    listed = [list(v) for v in values.values()]
    most = max(map(len, listed))
    return _parametrize(values, [tuple(v[k % len(v)] for v in listed) for k in range(most)])


def _parametrize(names: Iterable[str], cases: list[tuple[Any, ...]]) -> pytest.MarkDecorator:
    ids = ["-".join(map(_say, case)) for case in cases]
    return pytest.mark.parametrize(tuple(names), cases, ids=ids)


def choose(listed: list[list[Any]]) -> list[tuple[int, ...]]:
    """Positions: always the combination with the most pairs that haven't met, until all have."""
    pairs = {at: _pairs(at) for at in product(*(range(len(v)) for v in listed))}
    left = set().union(*pairs.values())
    chosen = []
    while left:
        best = max(pairs, key=lambda at: len(pairs[at] & left))
        chosen.append(best)
        left -= pairs.pop(best)
    return chosen


def _pairs(at: tuple[int, ...]) -> set[tuple[tuple[int, int], ...]]:
    return set(combinations(enumerate(at), min(2, len(at))))


def _say(value: Any) -> str:
    name = value if isinstance(value, str) else getattr(value, "__name__", None)
    return name or str(value)
