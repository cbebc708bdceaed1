"""Layers without memory, and the way from there to layers that are as if they were built."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys

import pytest
import torch
from sharded_run import spoil
from torch import nn
from torch._subclasses import FakeTensorMode

import edgewise as ew
from edgewise.bases.base import registry
from edgewise.models import PRESETS
from edgewise.nn.norm import NORMS

BASES = {
    "uniform": ew.BSpline(7, 2, -2, 3),
    "knots for each input": ew.BSpline(5, uniform=False),
    "gaussian": ew.Gaussian(6, -1, 4, width=0.7, train_centers=True, train_width=True),
    "rswaf": ew.RSWAF(5, inv_denominator=0.9, train_grid=True),
    "legendre": ew.bases.Legendre(4),
    "fourier": ew.Fourier(3),
}


def same(a, b):
    first, second = a.state_dict(), b.state_dict()
    assert first.keys() == second.keys()
    for name, tensor in first.items():
        assert torch.equal(tensor, second[name]), name
        assert tensor.dtype == second[name].dtype


@pytest.mark.parametrize("norm", [None, "layer", "affine", "tanh"])
@pytest.mark.parametrize("basis", BASES.values(), ids=BASES)
def test_from_meta_to_the_layer_that_was_meant(basis, norm):
    arguments = {"basis": basis, "norm": norm, "coef_scale": True}
    expected = ew.KANLinear(3, 4, **arguments, seed=torch.Generator().manual_seed(3))
    with torch.device("meta"):
        within = ew.KANLinear(3, 4, **arguments)
    for layer in (within, ew.KANLinear(3, 4, **arguments, device="meta")):
        assert all(t.is_meta for t in layer.state_dict().values())
        layer.to_empty(device="cpu")
        spoil(layer)
        layer.reset_parameters(seed=torch.Generator().manual_seed(3))
        same(layer, expected)
        x = torch.randn(7, 3)
        assert torch.equal(layer(x), expected(x))


@pytest.mark.parametrize("name", PRESETS)
def test_presets_keep_their_own_initialisation(name):
    expected = PRESETS[name]([4, 5, 2], seed=3)
    model = PRESETS[name]([4, 5, 2], device="meta")
    for made in (model, copy.deepcopy(model)):
        made.to_empty(device="cpu")
        spoil(made)
        made.reset_parameters(seed=torch.Generator().manual_seed(3))
        same(made, expected)
    assert torch.equal(pickle.loads(pickle.dumps(expected)).layers[0].coef, expected.layers[0].coef)


def test_a_selection_and_a_mask_come_back():
    model = ew.KAN([2, 3], seed=torch.Generator().manual_seed(0))
    model.set_inputs([4, 1], 5)
    model.layers[0].mask = torch.ones(2, 3)
    expected = copy.deepcopy(model)
    spoil(model)
    model.reset_parameters(seed=torch.Generator().manual_seed(0))
    same(model, expected)
    x = torch.randn(6, 5)
    assert torch.equal(model(x), expected(x))


@pytest.mark.parametrize("norm", [*NORMS, None])
def test_a_training_step_without_numbers_has_shapes(norm):
    """As tools do that lay out memory or count operations before a model is built."""
    model = ew.KAN([3, 4, 2], norm=norm)
    with torch.device("meta"):
        empty = ew.KAN([3, 4, 2], norm=norm)
        y = empty(torch.randn(5, 3))
    y.sum().backward()
    assert y.shape == (5, 2)
    assert empty.layers[0].coef.grad.shape == model.layers[0].coef.shape
    before = copy.deepcopy(model)
    with FakeTensorMode(allow_non_fake_inputs=True):
        assert model(torch.randn(5, 3)).shape == (5, 2)
    same(model, before)


def build_selected():
    model = ew.KAN([2, 3], seed=torch.Generator().manual_seed(0))
    model.set_inputs([4, 1], 5)
    return model


FORMULA = ew.surgery.from_formula("sin(2*x0) + exp(x1)*x2")


DEFAULTS = {
    **{name: (3, lambda name=name: ew.KAN([3, 4, 1], basis=name)) for name in registry()},
    "selected": (5, build_selected),
    "formula": (3, lambda: type(FORMULA).from_config(FORMULA.to_config())),
    "rational": (6, lambda: ew.nn.RationalLinear(6, 2, groups=2, start="silu")),
    "block": (8, lambda: ew.nn.KANTransformerBlock(8, 2, hidden_features=4)),
    "replaced": (3, lambda: ew.replace_linear(torch.nn.Sequential(torch.nn.Linear(3, 3)))),
}


@pytest.mark.parametrize(("features", "make"), DEFAULTS.values(), ids=DEFAULTS)
def test_tensors_loaded_one_by_one_into_a_model_without_memory(features, make):
    """As transformers' from_pretrained does, which fills other buffers with anything."""
    expected = make().eval()
    with torch.device("meta"):
        model = make().eval()
    assert all(t.is_meta for t in model.state_dict().values())
    loaded = expected.state_dict()
    for name, tensor in [*model.named_parameters(), *model.named_buffers()]:
        owner, _, key = name.rpartition(".")
        parent = model.get_submodule(owner)
        value = loaded[name] if name in loaded else torch.full_like(tensor, 77, device="cpu")
        table = parent._parameters if key in parent._parameters else parent._buffers
        table[key] = torch.nn.Parameter(value) if key in parent._parameters else value
    x = torch.randn(7, 4, features, dtype=next(expected.parameters()).dtype)
    assert torch.equal(model(x), expected(x))


@pytest.mark.parametrize("make", [build_selected, lambda: copy.deepcopy(FORMULA)])
def test_what_no_file_holds_is_there_on_every_way_from_the_device_meta(make):
    expected, model = make(), make()
    model.to("meta").to_empty(device="cpu")
    model.load_state_dict(expected.state_dict())
    x = torch.randn(7, 5 if make is build_selected else 3).to(next(model.parameters()).dtype)
    assert torch.equal(model(x), expected(x))
    assert torch.equal(pickle.loads(pickle.dumps(model))(x), expected(x))


@pytest.mark.parametrize("basis", ["gaussian", ew.Gaussian(5)])
def test_a_network_of_a_config_begins_as_its_basis_does(basis):
    expected = ew.KAN([3, 4, 1], basis=basis, seed=torch.Generator().manual_seed(3))
    model = ew.KAN.from_config(expected.to_config())
    model.reset_parameters(seed=torch.Generator().manual_seed(3))
    same(model, expected)


def test_grids_that_moved_begin_again():
    layer = ew.KANLinear(3, 2, basis=ew.Gaussian(4, -1, 2))
    centers, width = (t.clone() for t in layer.grid)
    layer.set_basis(layer.basis, (torch.rand(3, 4).sort().values, torch.rand(3, 1)))
    layer.reset_parameters()
    assert torch.equal(layer.centers, centers.expand(3, 4))
    assert torch.equal(layer.width, width.expand(3, 1))


# torch warns of every check of a shape.
@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_a_traced_model_computes_what_the_model_does():
    model = ew.KAN([3, 4, 2])
    model(2 + torch.randn(50, 3))
    model.eval()
    traced = torch.jit.trace(model, torch.rand(5, 3))
    x = torch.randn(9, 3)
    torch.testing.assert_close(traced(x), model(x))


@pytest.mark.filterwarnings("ignore::torch.jit.TracerWarning")
def test_tracing_the_native_engine_says_what_to_do():
    model = ew.KAN([3, 4, 2], engine="native")
    with pytest.raises(ValueError, match=r"torch\.jit\.trace .*torch\.export"):
        torch.jit.trace(model, torch.rand(5, 3))


WITHOUT_COMPILER = """
import sys
import edgewise as ew
from edgewise.engines.conformance import BASES
for basis in (*BASES, ew.bases.Sine(3)):
    ew.KANLinear(3, 2, basis=basis, device="meta")
assert "torch._dynamo" not in sys.modules
"""


def test_layers_on_meta_need_no_compiler():
    """Files are read so; to import torch's compiler takes seconds, as its arithmetic there does."""
    subprocess.run([sys.executable, "-c", WITHOUT_COMPILER], check=True)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # torch's, of torch.jit.script
@pytest.mark.parametrize(
    "make",
    [
        lambda: ew.KANLinear(2, 1),
        lambda: ew.KAN([2, 1]),
        lambda: ew.models.MLP([2, 3, 1]),
        lambda: ew.nn.Rational(8),
        lambda: ew.nn.Affine(2),
        lambda: ew.nn.KANConv2d(1, 2, 3),
        lambda: nn.Sequential(nn.Linear(2, 2), ew.KANLinear(2, 1)),
    ],
)
def test_scripting_says_what_to_do(make):
    with pytest.raises(TypeError, match=r"torch\.jit\.script, .* use torch\.export\.export\(model"):
        torch.jit.script(make())
