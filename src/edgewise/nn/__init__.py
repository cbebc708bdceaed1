"""Layers."""

from edgewise.nn.conv import KANConv1d, KANConv2d, KANConv3d
from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine, BatchMinMax, Standard
from edgewise.nn.rational import Rational, RationalLinear
from edgewise.nn.transformer import KANFeedForward, KANTransformerBlock

__all__ = [
    "Affine",
    "BatchMinMax",
    "KANConv1d",
    "KANConv2d",
    "KANConv3d",
    "KANFeedForward",
    "KANLinear",
    "KANTransformerBlock",
    "Rational",
    "RationalLinear",
    "Standard",
]


def __dir__() -> list[str]:
    return __all__
