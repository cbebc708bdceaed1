"""Pictures out of marks: scales, ticks, numbers, and what draws itself as SVG and in matplotlib."""

__all__: list[str] = []
"""Nothing here is for users: rooms import from its files."""


def __dir__() -> list[str]:
    return __all__
