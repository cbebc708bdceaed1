"""Models of torch that hold KAN layers in the place of nn.Linear, and read their weights."""

import pytest
import torch
from torch import nn
from torch.nn import functional

import edgewise as ew
from edgewise.nn.linear_part import LinearPart


def make_encoder(base):
    torch.manual_seed(0)
    layer = nn.TransformerEncoderLayer(8, 2, 12, batch_first=True)
    layer.linear1, layer.linear2 = ew.KANLinear(8, 12, base=base), ew.KANLinear(12, 8, base=base)
    return nn.TransformerEncoder(layer, 2).eval()


@pytest.mark.parametrize("base", ["identity", "silu"])
def test_a_transformer_calls_its_layers_where_it_needs_no_gradients(base):
    """Without gradients torch's fast path would compute from the weights alone."""
    encoder, x = make_encoder(base), torch.randn(2, 5, 8)
    padded = torch.arange(5).expand(2, 5) > torch.tensor([[4], [2]])
    with_gradients = encoder(x), encoder(x, src_key_padding_mask=padded)[~padded]
    with torch.no_grad():
        without = encoder(x), encoder(x, src_key_padding_mask=padded)[~padded]
        exported = torch.export.export(encoder, (x,)).module()(x)
    torch.testing.assert_close(without, with_gradients)
    torch.testing.assert_close(exported, with_gradients[0])


def test_nobody_computes_a_whole_layer_from_its_linear_part():
    layer, x = ew.KANLinear(4, 3), torch.randn(2, 5, 4)
    with pytest.raises(TypeError, match=r"linear expected the weight of an nn\.Linear, got that"):
        functional.linear(x, layer.weight, layer.bias)
    attention = nn.MultiheadAttention(4, 2, batch_first=True)
    attention.out_proj = ew.KANLinear(4, 4)
    for mode in (True, False):
        with pytest.raises(TypeError, match=r"keep nn\.Linear where a model reads weights, as nn"):
            attention.train(mode)(x, x, x)


def test_type_size_and_numbers_can_be_read():
    layer = ew.KANLinear(4, 3, coef_scale=True, dtype=torch.float64)
    weight = layer.weight
    assert isinstance(weight, LinearPart)
    assert (weight.shape, weight.dtype, weight.device.type) == ((3, 4), torch.float64, "cpu")
    assert type(weight + 1) is type(weight.detach()) is torch.Tensor
    x = torch.randn(6, 4, dtype=torch.float64)
    line = x @ layer.weight.t()
    torch.testing.assert_close(line, x @ layer.base_weight)
    line.sum().backward()
    torch.testing.assert_close(layer.base_weight.grad, x.sum(0)[:, None].expand(4, 3))


class Casting(nn.Module):
    """Reads the type of a layer's weight first, as T5 does."""

    def __init__(self):
        super().__init__()
        self.wo = ew.KANLinear(3, 2)

    def forward(self, x):
        return self.wo(x.to(self.wo.weight.dtype)) if torch.is_tensor(self.wo.weight) else x


def test_weights_are_read_under_every_tracer():
    model, x = Casting().eval(), torch.randn(5, 3)
    expected = model(x)
    compiled = torch.compile(model, fullgraph=True, backend="eager")
    torch.testing.assert_close(compiled(x), expected)
    torch.testing.assert_close(torch.export.export(model, (x,)).module()(x), expected)
    torch.testing.assert_close(torch.func.vmap(model)(x), expected)
