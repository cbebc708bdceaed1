"""Layers."""

from edgewise.nn.attention import KANAttention
from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine, BatchMinMax

__all__ = ["Affine", "BatchMinMax", "KANAttention", "KANLinear"]
