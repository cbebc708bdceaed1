"""Layers."""

from edgewise.nn.conv import KANConv1d, KANConv2d, KANConv3d
from edgewise.nn.derivatives import jets
from edgewise.nn.inspect import explain_engines
from edgewise.nn.linear import KANLinear
from edgewise.nn.norm import Affine, BatchMinMax
from edgewise.nn.rational import Rational, RationalLinear
from edgewise.nn.settling import settle
from edgewise.nn.standard import Standard, StandardAffine
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
    "StandardAffine",
    "explain_engines",
    "jets",
    "settle",
]


def __dir__() -> list[str]:
    return __all__
