"""A normalisation that only Python knows by name still computes, on the reference engine."""

import torch

import edgewise as ew
from edgewise.engines.normalization import NORMALIZATIONS, Normalization
from edgewise.nn.norm_base import Norm


class Sine(Norm):
    name = "sine"
    title = "sine"
    mixes = False

    def affine_map(self):
        return None


def test_a_new_name_needs_no_kernel(monkeypatch):
    formulas = Normalization(
        lambda x, trained: torch.sin(x), lambda dz, x, trained: [dz * torch.cos(x)]
    )
    monkeypatch.setitem(NORMALIZATIONS, "sine", formulas)
    generator = torch.Generator().manual_seed(0)
    layer = ew.KANLinear(3, 2, norm=None, base="silu", seed=generator)
    x = torch.linspace(-2, 2, 15).view(5, 3)
    expected = layer.basis.evaluate(x.sin(), layer.grid).flatten(1) @ layer.coef.flatten(0, 1)
    expected = expected + torch.nn.functional.silu(x) @ layer.base_weight + layer.bias
    layer.norm = Sine()
    torch.testing.assert_close(layer(x), expected)
    reasons = ew.nn.explain_engines(layer, x)
    assert "no kernel for the normalisation sine" in reasons or "extension" in reasons
