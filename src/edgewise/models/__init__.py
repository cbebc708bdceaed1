"""Stacks of layers, and their files."""

from edgewise.models.attention import KANAttention
from edgewise.models.faster_kan_volver import FasterKANvolver
from edgewise.models.io import load, savable, save
from edgewise.models.kan import KAN
from edgewise.models.mlp import MLP, matching_width
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
from edgewise.models.replace import replace_linear
from edgewise.models.separable import SeparableKAN

__all__ = [
    "KAN",
    "MLP",
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
    "SeparableKAN",
    "load",
    "matching_width",
    "replace_linear",
    "savable",
    "save",
]


def __dir__() -> list[str]:
    return __all__
