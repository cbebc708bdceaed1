"""Linear layers of other models as KAN layers that begin as the same function."""

import copy

import pytest
import torch
from torch import nn
from torch.nn.utils import parametrizations

import edgewise as ew

KINDS = {
    "mlp": (lambda: nn.Sequential(nn.Linear(4, 9), nn.GELU(), nn.Linear(9, 3)), (5, 4)),
    "no bias": (lambda: nn.Sequential(nn.Linear(4, 3, bias=False)), (5, 4)),
    "encoder": (lambda: nn.TransformerEncoderLayer(8, 2, 16, batch_first=True), (2, 5, 8)),
    "alone": (lambda: nn.Linear(4, 3), (2, 5, 4)),
}


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("basis", ["bspline", "gaussian", "chebyshev", "wavelet"])
@pytest.mark.parametrize("kind", KINDS)
def test_begins_as_the_same_function(kind, basis, training):
    torch.manual_seed(0)
    make, shape = KINDS[kind]
    model = make().train(training)
    if kind == "encoder":
        model.dropout.p = model.dropout1.p = model.dropout2.p = model.self_attn.dropout = 0.0
    x = torch.randn(shape)
    state = copy.deepcopy(model.state_dict())
    new = ew.replace_linear(model, basis=basis, coef_scale=True)
    assert torch.allclose(new(x), model(x), atol=1e-6)
    assert all(torch.equal(v, state[k]) for k, v in model.state_dict().items())
    with torch.no_grad():  # the fast path of inference reads weights
        assert torch.allclose(new(x), model(x), atol=1e-6)
    layers = [m for m in new.modules() if isinstance(m, ew.KANLinear)]
    assert len(layers) == sum(type(m) is nn.Linear for m in model.modules())
    assert all(m.training == training for m in layers)
    new(x).square().sum().backward()
    assert all(layer.coef.grad.abs().max() > 0 for layer in layers)
    assert all(layer.base_weight.grad.abs().max() > 0 for layer in layers)


def _make_t5():
    from transformers import T5Config, T5ForConditionalGeneration

    sizes = {"d_model": 16, "d_kv": 8, "d_ff": 24, "num_layers": 1, "num_heads": 2}
    ends = {"decoder_start_token_id": 0, "pad_token_id": 0}
    return T5ForConditionalGeneration(T5Config(vocab_size=30, **sizes, **ends))


def _make_gpt2():
    from transformers import GPT2Config, GPT2LMHeadModel

    sizes = {"n_embd": 16, "n_layer": 1, "n_head": 2, "vocab_size": 30}
    return GPT2LMHeadModel(GPT2Config(**sizes, bos_token_id=0, eos_token_id=0))


@pytest.mark.filterwarnings("ignore")  # transformers warns of itself
@pytest.mark.parametrize(
    ("make", "where", "count"),
    [
        (_make_t5, "*.DenseReluDense.w?", 4),
        (_make_gpt2, "*.mlp.c_*", 2),
        (_make_gpt2, "*.c_attn", 1),
    ],
)
def test_models_of_transformers_begin_as_the_same_function(make, where, count):
    """T5 reads the type of its layers' weights; the layers of GPT-2 keep W transposed."""
    torch.manual_seed(0)
    model = make().eval()
    tokens = torch.arange(12).reshape(2, 6)
    new = ew.replace_linear(model, where)
    assert torch.allclose(
        new(input_ids=tokens, labels=tokens).logits,
        model(input_ids=tokens, labels=tokens).logits,
        atol=1e-5,
    )
    assert sum(isinstance(m, ew.KANLinear) for m in new.modules()) == count


def test_the_weight_of_the_linear_part_is_that_of_the_layer_before():
    layer = nn.Linear(4, 3, dtype=torch.float64)
    assert torch.equal(ew.replace_linear(layer).weight, layer.weight)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ("a.0", ["a.0"]),
        ("a.*", ["a.0", "a.2"]),
        (["b", "a.2"], ["a.2", "b"]),
        (lambda name, layer: layer.out_features == 4, ["a.0", "a.2"]),
        (None, ["a.0", "a.2", "b"]),
    ],
)
def test_where(where, expected):
    parts = {"a": nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 4)), "b": nn.Linear(4, 2)}
    new = ew.replace_linear(nn.ModuleDict(parts), where)
    assert [n for n, m in new.named_modules() if isinstance(m, ew.KANLinear)] == expected


def test_a_layer_that_is_used_twice_stays_one():
    layer = nn.Linear(3, 3)
    new = ew.replace_linear(nn.Sequential(layer, nn.Tanh(), layer))
    assert new[0] is new[2]
    assert isinstance(new[0], ew.KANLinear)


def test_keeps_type_and_attention():
    encoder = ew.replace_linear(nn.TransformerEncoderLayer(8, 2, 16, dtype=torch.float64))
    assert encoder.linear1.coef.dtype == torch.float64
    assert type(encoder.self_attn.out_proj).__name__ == "NonDynamicallyQuantizableLinear"


def tied():
    model = nn.ModuleDict({"embed": nn.Embedding(7, 4), "head": nn.Linear(4, 7)})
    model["head"].weight = model["embed"].weight
    return model


@pytest.mark.parametrize(
    ("make", "where", "message"),
    [
        (
            lambda: nn.Sequential(nn.Linear(2, 2)),
            "1",
            "where= to choose a layer, got '1', which chooses none of '0': leave it out",
        ),
        (lambda: nn.ReLU(), None, "with an nn.Linear in it, got ReLU, which has none: pass a"),
        (
            lambda: nn.Sequential(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU()), nn.ReLU()),
            None,
            "got Sequential, which has none among 2 ReLU, 1 Conv2d: pass a model that has some",
        ),
        (lambda: nn.Sequential(*[nn.Identity()] * 3), "0", "which has none among 1 Identity: pass"),
        (lambda: ew.KAN([2, 3, 1]), None, "got KAN, which has none among 2 KANLinear, 1 Select"),
        (tied, None, "'head', which shares one with another module"),
        (
            lambda: nn.Sequential(parametrizations.weight_norm(nn.Linear(2, 2))),
            None,
            "has none among 1 ParametrizedLinear, 1 _WeightNorm: ",  # torch's type for it
        ),
    ],
)
def test_what_cannot_be_replaced(make, where, message):
    with pytest.raises(ValueError, match=message):
        ew.replace_linear(make(), where)


def test_hooks_are_refused():
    layer = nn.Linear(2, 2)
    layer.register_forward_hook(lambda *_: None)
    with pytest.raises(ValueError, match="'0' with hooks"):
        ew.replace_linear(nn.Sequential(layer))


def test_other_arguments_are_refused():
    with pytest.raises(TypeError, match="basis, norm, coef_scale or engine, got base"):
        ew.replace_linear(nn.Linear(2, 2), base="silu")
    with pytest.raises(TypeError, match=r"expected a torch\.nn\.Module"):
        ew.replace_linear(3)
