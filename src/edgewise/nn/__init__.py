"""Layers."""

from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine, BatchMinMax

__all__ = ["Affine", "BatchMinMax", "KANLinear"]
