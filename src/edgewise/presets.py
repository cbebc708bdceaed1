"""Models of other programs and papers, with their settings."""

from edgewise.models.attention import KANAttention
from edgewise.models.faster_kan_volver import FasterKANvolver
from edgewise.models.presets import (
    PRESETS,
    RBFKAN,
    ChebyKAN,
    EfficientKAN,
    FasterKAN,
    FastKAN,
    FourierKAN,
    ImageKAN,
    KALNet,
)

__all__ = [
    "PRESETS",
    "RBFKAN",
    "ChebyKAN",
    "EfficientKAN",
    "FastKAN",
    "FasterKAN",
    "FasterKANvolver",
    "FourierKAN",
    "ImageKAN",
    "KALNet",
    "KANAttention",
]


def __dir__() -> list[str]:
    return __all__
