"""Read entries of a description from a file, with checks for damaged files."""

from __future__ import annotations

from typing import Any


def mapping(value: Any, what: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"expected {what} as a mapping, got {value!s:.80}")
    return value


def entry(config: dict[str, Any], name: str) -> Any:
    if name not in config:
        raise ValueError(f"expected an entry {name!r}, got only {', '.join(map(str, config))}")
    return config[name]


def sequence(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"expected {what} as a list, got {value!s:.80}")
    return list(value)


def count(value: Any, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"expected {what} to be an integer, got {value!s:.80}")
    return value


def index(value: Any, size: int, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < size:
        raise ValueError(f"expected {what} from 0 to {size - 1}, got {value!s:.80}")
    return value
