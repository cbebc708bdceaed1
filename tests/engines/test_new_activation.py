"""A base activation that only Python knows by name still computes, on the reference engine."""

import torch

import edgewise as ew
from edgewise.engines.activation import ACTIVATIONS, Activation


def test_a_new_name_needs_no_kernel(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, "sine", Activation(torch.sin, torch.cos, "sine"))
    layer = ew.KANLinear(3, 2, base="sine", seed=torch.Generator().manual_seed(0))
    twin = ew.KANLinear(3, 2, base=torch.sin, seed=torch.Generator().manual_seed(0))
    x = torch.linspace(-2, 2, 15).view(5, 3)
    assert torch.equal(layer(x), twin(x))
    assert layer.to_config()["base"] == "sine"
    assert "no kernel for the base activation sine" in ew.nn.explain_engines(layer, x) or (
        "extension" in ew.nn.explain_engines(layer, x)
    )
