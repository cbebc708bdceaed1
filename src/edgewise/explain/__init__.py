"""What a trained network does with data: curves, scores, and smaller networks that do the same."""

__all__: list[str] = []
"""Its functions are names of edgewise itself."""


def __dir__() -> list[str]:
    return __all__
