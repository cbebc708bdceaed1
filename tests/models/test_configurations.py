"""A model made anew from its description and its tensors computes the same and says the same."""

from __future__ import annotations

import json

import pytest
import torch

import edgewise as ew
from edgewise.models import SeparableKAN
from edgewise.models.kan import KAN

SEED = {"seed": 0, "dtype": torch.float64}


def narrowed(inputs):
    model = KAN([len(inputs), 3, 1], **SEED)
    model.set_inputs(inputs, 3)
    return model


def named(model):
    model.input_names = ["length", "mass", "time"]
    return model


def some_norms():
    model = SeparableKAN(3, 2, rank=2, basis=ew.Chebyshev(4), **SEED)
    layers = model._layers()
    layers[1].set_norm("affine", None, torch.float64)
    return model


MODELS = {
    "plain": lambda: KAN([3, 4, 2], **SEED),
    "named": lambda: named(KAN([3, 4, 2], **SEED)),
    "one input of three": lambda: narrowed([1]),
    "inputs in another order": lambda: narrowed([2, 0]),
    "products": lambda: KAN([3, [2, 2], [1, 3], 2], **SEED),
    "between layers": lambda: KAN([3, 4, 2], post="layernorm_silu", **SEED),
    "no base": lambda: KAN([3, 4, 2], base=None, bias=False, norm=None, **SEED),
    "identity": lambda: KAN([3, 4, 2], base="identity", basis=ew.Gaussian(6, -1.5, 2.5), **SEED),
    "learnt centres": lambda: ew.presets.FasterKAN([3, 4, 2], train_grid=True, **SEED),
    "fast-kan": lambda: ew.FastKAN([3, 4, 2], denominator=0.7, use_base_update=False, **SEED),
    "of one coordinate each": lambda: SeparableKAN(3, 2, rank=4, basis=ew.Chebyshev(5), **SEED),
    "of one coordinate each, one norm": some_norms,
    "perceptron": lambda: ew.MLP([3, 5, 2], activation="tanh", dtype=torch.float64),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
def test_a_model_is_its_description_and_its_tensors(name):
    torch.manual_seed(0)
    model = MODELS[name]()
    x = torch.rand(7, 3, dtype=torch.float64)
    config = json.loads(json.dumps(model.to_config()))
    again = type(model).from_config(config, dtype=torch.float64)
    again.load_state_dict(model.state_dict())
    assert json.loads(json.dumps(again.to_config())) == config
    torch.testing.assert_close(again(x), model(x))
    assert getattr(again, "input_names", None) == getattr(model, "input_names", None)
