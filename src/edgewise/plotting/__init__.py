"""Pictures of a network, of one edge and of a basis."""

__all__: list[str] = []
"""Its functions are names of edgewise itself."""


def __dir__() -> list[str]:
    return __all__
