"""Many small cases in one test: pytest's own parameters cost more than what they'd check here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any


@contextmanager
def name_case(**case: Any) -> Iterator[None]:
    """Whatever fails inside says in which case."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"in the case {case}") from error


def combine(**values: Any) -> Iterator[dict[str, Any]]:
    """Every combination of one value each, as keyword arguments."""
    for chosen in product(*values.values()):
        yield dict(zip(values, chosen, strict=True))
