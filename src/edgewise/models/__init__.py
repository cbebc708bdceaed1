"""Stacks of layers."""

from edgewise.models.io import load, save
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
    KALNet,
)

__all__ = [
    "KAN",
    "MLP",
    "PRESETS",
    "RBFKAN",
    "ChebyKAN",
    "EfficientKAN",
    "FastKAN",
    "FasterKAN",
    "FourierKAN",
    "KALNet",
    "load",
    "matching_width",
    "save",
]
