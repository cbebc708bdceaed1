"""Flops of fused layers, as torch's counter sees them, are those of the plain formula."""

import importlib.util
import sys

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

import edgewise as ew
from edgewise.engines import flops, native
from every_pair import every_pair

needs_extension = pytest.mark.skipif(native.unavailable() is not None, reason="not built")


def count(step):
    with FlopCounterMode(display=False) as counter:
        step()
    return counter.get_total_flops()


# Bases whose values torch computes without a product of matrices.
@needs_extension
@every_pair(
    basis=[ew.Gaussian(5), ew.Chebyshev(4), ew.Fourier(2)],
    settings=[
        *({}, {"base": None}, {"norm": "layer"}, {"coef_scale": True}),
        {"norm": "tanh", "base": "silu"},
    ],
    frozen=[(), ("coef",), ("base_weight",), ("coef", "base_weight")],
)
def test_fused_layers_count_what_the_plain_formula_multiplies(basis, settings, frozen):
    def counts(engine):
        layer = ew.KANLinear(3, 2, basis=basis, engine=engine, seed=0, **settings)
        for name in frozen:
            if getattr(layer, name) is not None:
                getattr(layer, name).requires_grad_(False)
        x = torch.randn(7, 3)
        forward = count(lambda: layer(x))
        both = count(lambda: layer(x).sum().backward()) if layer.bias.requires_grad else 0
        through = count(lambda: layer(x.clone().requires_grad_()).sum().backward())
        return forward, both, through

    assert counts("native") == counts("reference")
    assert counts("native")[0] > 0


@needs_extension
def test_jets_count_every_derivative():
    layer = ew.KANLinear(3, 2, basis=ew.Chebyshev(4), base="silu", seed=0)
    x = torch.randn(7, 3)
    parts = len(ew.jets(layer, x, 2).parts)
    one = count(lambda: layer(x))
    assert count(lambda: layer.jets(x, 2)) == parts * one
    again = count(lambda: layer.jets(x, 2).parts.sum().backward())
    assert again == 2 * parts * one  # x needs no gradient


def test_a_counter_imported_later_knows_the_operators(monkeypatch):
    monkeypatch.delitem(sys.modules, flops.COUNTER)
    finders = list(sys.meta_path)
    flops.register()
    assert len(sys.meta_path) == len(finders) + 1
    assert importlib.util.find_spec(flops.COUNTER) is not None  # a look-up imports nothing
    __import__(flops.COUNTER)
    assert sys.meta_path == finders
    found = sys.modules[flops.COUNTER].flop_registry
    assert {str(op) for op in found} >= {f"edgewise.{name}" for name in flops.FORMULAS}
