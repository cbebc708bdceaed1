"""torch's quantisation leaves KAN layers as they are, and its user is told."""

import copy

import pytest
import torch
import torch.ao.quantization as ao
from torch import nn
from torch.ao.quantization.quantize_fx import prepare_fx

import edgewise as ew

pytestmark = [
    pytest.mark.filterwarnings("ignore:torch.ao.quantization is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:.*quantized tensor creation functions:UserWarning"),
    pytest.mark.filterwarnings("ignore:Please use quant_min and quant_max:UserWarning"),
]
TOLD = r"KANLinear stays in torch\.float32: .*edgewise\.prune"


@pytest.fixture
def model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), ew.KAN([4, 5, 2]), ew.MLP([2, 3, 2])).eval()


def same_layers(a, b):
    first, second = a[1].state_dict(), b[1].state_dict()
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_quantize_dynamic_says_what_stays_and_quantises_the_rest(model):
    with pytest.warns(UserWarning, match=TOLD) as told:
        small = ao.quantize_dynamic(model)
    assert sum("KANLinear" in str(each.message) for each in told) == 2
    assert "quantized" in type(small[0]).__module__
    same_layers(small, model)
    assert not hasattr(model[1].layers[0], "qconfig")  # torch works on a copy
    x = torch.rand(50, 3)
    assert (small(x) - model(x)).abs().max() < 0.1 * model(x).std()


def test_prepare_and_convert_say_it_too(model):
    model.qconfig = ao.get_default_qconfig()
    with pytest.warns(UserWarning, match=TOLD):
        prepared = ao.prepare(model)
    assert copy.deepcopy(prepared)[1].layers[0].qconfig is not None
    prepared(torch.rand(20, 3))
    converted = ao.convert(prepared)
    assert "quantized" in type(converted[0]).__module__
    assert type(converted[1].layers[0]) is ew.KANLinear
    same_layers(converted, model)
    assert not hasattr(converted[1].layers[0], "qconfig")  # torch takes it away again


def test_the_configuration_is_an_attribute_like_any_other():
    layer = ew.KANLinear(2, 1)
    assert not hasattr(layer, "qconfig")
    with pytest.raises(AttributeError):
        del layer.qconfig
    with pytest.warns(UserWarning, match=TOLD):
        layer.qconfig = None
    layer.qconfig = "other"  # told once
    assert layer.qconfig == "other"
    del layer.qconfig
    assert not hasattr(layer, "qconfig")


def test_tracing_by_fx_says_what_to_do_instead(model):
    with pytest.raises(TypeError, match=r"Proxy of torch\.fx.*torch\.export"):
        prepare_fx(model, ao.get_default_qconfig_mapping(), (torch.rand(5, 3),))
    with pytest.raises(TypeError, match=r"KANLinear .*Proxy of torch\.fx"):
        torch.fx.symbolic_trace(nn.Sequential(ew.KANLinear(2, 1)))


def test_a_layer_that_is_a_leaf_is_traced():
    class Tracer(torch.fx.Tracer):
        def is_leaf_module(self, module, name):
            return isinstance(module, ew.KANLinear) or super().is_leaf_module(module, name)

    model = nn.Sequential(nn.Linear(3, 2), ew.KANLinear(2, 1))
    traced = torch.fx.GraphModule(model, Tracer().trace(model))
    x = torch.rand(5, 3)
    torch.testing.assert_close(traced(x), model(x))
