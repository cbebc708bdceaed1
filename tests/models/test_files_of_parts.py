"""Files of modules with KAN layers: the same function again, or the part that is in the way."""

import inspect
import json

import pytest
import torch
from safetensors import safe_open
from torch import nn

import edgewise as ew
from edgewise.models.torch_layers import TORCH


def generator():
    return torch.Generator().manual_seed(0)


def volver():
    model = ew.presets.FasterKANvolver([6, 3], view=(1, 16, 20), seed=generator())
    model.feature_extractor.initial_layers[-1].gamma.data.fill_(0.3)
    model.kan = ew.prune(model.kan, torch.randn(20, 256, generator=generator()), edge_threshold=0.3)
    return model


def narrow_block():
    kat = nn.Sequential(
        ew.nn.RationalLinear(8, 16, start="identity", groups=4, seed=generator()),
        nn.Dropout(0.1),
        ew.nn.RationalLinear(16, 8, groups=2, degrees=(3, 2), bias=False, seed=generator()),
    )
    return ew.nn.KANTransformerBlock(8, 4, kat, causal=True, recompute=True, seed=generator())


def refined_attention():
    model = ew.presets.KANAttention(4, 6, 5, 3, 2, gating=False, bias_before_softmax=True)
    model.linear_k = ew.KANLinear(6, 6, basis=ew.Chebyshev(3), norm=None)
    return model


TOKENS = (torch.randn(2, 5, 8, generator=generator()),)
MODULES = {
    "layer": (lambda: ew.KANLinear(8, 3, basis=ew.BSpline(4), coef_scale=True), TOKENS),
    "convolution": (
        lambda: ew.nn.KANConv1d(5, 4, 3, padding="same", norm="layer", basis=ew.Gaussian(3)),
        TOKENS,
    ),
    "FasterKANvolver": (volver, (torch.rand(3, 320, generator=generator()),)),
    "block": (lambda: ew.nn.KANTransformerBlock(8, 2, basis="chebyshev"), TOKENS),
    "KAT's block": (narrow_block, TOKENS),
    "feed-forward": (lambda: ew.nn.KANFeedForward(8, 5, 3, dropout=0.2, base=None), TOKENS),
    "rational": (lambda: ew.nn.Rational(8, groups=2, start="gelu"), TOKENS),
    "attention": (
        lambda: ew.presets.KANAttention(4, 6, 5, 3, 2),
        tuple(torch.randn(2, 7, n, generator=generator()) for n in (4, 6, 5)),
    ),
    "refined attention": (
        refined_attention,
        tuple(torch.randn(2, 7, n, generator=generator()) for n in (4, 6, 5)),
    ),
    "replaced": (
        lambda: ew.replace_linear(nn.Sequential(nn.Linear(8, 8), nn.GELU(), nn.Linear(8, 2)), "2"),
        TOKENS,
    ),
    "ImageKAN": (lambda: ew.presets.ImageKAN([8, 5, 2]), TOKENS),
    "torch-conv-kan": (
        lambda: nn.Sequential(
            ew.nn.KANConv1d(5, 4, 3), nn.InstanceNorm1d(4, affine=True), nn.PReLU(4)
        ),
        TOKENS,
    ),
}


@pytest.mark.parametrize("name", MODULES)
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_file_holds_the_same_function(name, dtype, tmp_path):
    make, inputs = MODULES[name]
    model, inputs = make().to(dtype).eval(), [x.to(dtype) for x in inputs]
    ew.save(model, tmp_path / "m.safetensors")
    random = torch.get_rng_state()
    again = ew.load(tmp_path / "m.safetensors").eval()
    assert torch.equal(torch.get_rng_state(), random)
    assert type(again) is type(model)
    assert torch.equal(again(*inputs), model(*inputs))
    assert repr(again) == repr(model)
    assert {k: v.dtype for k, v in again.state_dict().items()} == {
        k: v.dtype for k, v in model.state_dict().items()
    }
    ew.save(again, tmp_path / "again.safetensors")
    files = [(tmp_path / f"{n}.safetensors").read_bytes() for n in ("m", "again")]
    assert files[0] == files[1]


def test_settings_that_no_tensor_shows_are_in_the_file(tmp_path):
    ew.save(narrow_block(), tmp_path / "m.safetensors")
    block = ew.load(tmp_path / "m.safetensors")
    assert (block.causal, block.recompute, block.num_heads) == (True, True, 4)
    assert block.feed_forward[0].rational.start == "identity"
    assert block.feed_forward[2].rational.degrees == (3, 2)


def test_a_module_that_occurs_twice_is_one_again(tmp_path):
    act, layer = nn.ReLU(), ew.KANLinear(3, 3)
    model = nn.Sequential(layer, act, nn.Sequential(nn.Linear(3, 3), act), layer)
    x = torch.randn(4, 3)
    ew.save(model, tmp_path / "m.safetensors")
    again = ew.load(tmp_path / "m.safetensors")
    assert len(again) == 4
    assert torch.equal(again(x), model(x))
    assert again[3] is again[0]
    assert again[2][1] is again[1]


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (nn.MaxPool1d(2, ceil_mode=True), (2, 3, 5)),
        (nn.MaxPool1d(3, 1, dilation=2), (2, 3, 7)),
        (nn.AvgPool1d(3, 1, 1, count_include_pad=False), (2, 3, 7)),
        (nn.LayerNorm(3, elementwise_affine=False), (2, 3)),
        (nn.LayerNorm(3, bias=False), (2, 3)),
        (nn.GroupNorm(3, 3, affine=False), (2, 3)),
        (nn.LeakyReLU(0.3), (2, 3)),
        (nn.Softplus(3.0, 1.0), (2, 3)),
        (nn.ELU(0.2), (2, 3)),
        (nn.Softmax(dim=0), (2, 3)),
    ],
    ids=repr,
)
def test_arguments_of_torchs_layers_are_kept(layer, shape, tmp_path):
    x = torch.randn(shape, generator=torch.Generator().manual_seed(0))
    ew.save(nn.Sequential(layer), tmp_path / "m.safetensors")
    again = ew.load(tmp_path / "m.safetensors")
    assert torch.equal(again(x), layer(x))
    assert repr(again[0]) == repr(layer)


def test_no_argument_of_a_layer_of_torch_is_forgotten():
    """Each one is in the table, or refused where it isn't its default."""
    aside = {"device", "dtype", "args", "kwargs", "bias", "init"}  # init is the weight
    for kind, fields in TORCH.items():
        own = set(inspect.signature(getattr(nn, kind)).parameters) - aside
        assert set(fields) <= own, kind
        assert own - set(fields) <= {"return_indices", "divisor_override"}, kind


class Own(nn.Sequential):
    def forward(self, x):
        return super().forward(x) + x


class OwnLayer(ew.KANLinear):
    def forward(self, x):
        return 2 * super().forward(x)


class OwnKAN(ew.KAN):
    def forward(self, x):
        return 2 * super().forward(x)


def swapped():
    block = ew.nn.KANTransformerBlock(8, 2)
    block.norm1 = nn.RMSNorm(8)
    return block


REFUSED = {
    "own class": (lambda: Own(nn.Linear(2, 2)), "got a Own"),
    "own part": (lambda: nn.Sequential(Own(nn.Linear(2, 2))), "got '0', a Own"),
    "own layer": (lambda: nn.Sequential(OwnLayer(2, 2)), "got '0', a OwnLayer"),
    "own KAN": (lambda: OwnKAN([2, 1]), "read back as a KAN"),
    "own layer in a KAN": (lambda: ew.KAN.from_layers([OwnLayer(2, 2)]), "a OwnLayer"),
    "deep": (
        lambda: nn.Sequential(nn.Linear(2, 2), nn.Sequential(nn.Bilinear(2, 2, 2))),
        r"got '1\.0', a Bilinear",
    ),
    "feed-forward": (
        lambda: ew.nn.KANTransformerBlock(8, 2, nn.Bilinear(8, 8, 8)),
        "got 'feed_forward', a Bilinear",
    ),
    "another norm": (swapped, "got 'norm1', a RMSNorm, where a file would make a LayerNorm"),
    "a list": (lambda: nn.ModuleList([ew.KAN([2, 1])]), "got a ModuleList"),
    "indices": (lambda: nn.Sequential(nn.MaxPool1d(2, return_indices=True)), "return_indices=True"),
    "old spectral norm": (
        lambda: nn.Sequential(nn.utils.spectral_norm(nn.Linear(3, 3)), ew.KANLinear(3, 2)),
        "0.weight_orig",
    ),
    "two types": (
        lambda: nn.Sequential(ew.KANLinear(3, 3), nn.Linear(3, 2, dtype=torch.bfloat16)),
        "bfloat16 where torch.float32 is declared",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_files_cannot_hold_is_named_before_anything_is_written(name, tmp_path):
    make, words = REFUSED[name]
    with pytest.raises(ValueError, match=words) as error:
        ew.save(make(), tmp_path / "m.safetensors")
    assert "model.state_dict()" in str(error.value)
    assert not list(tmp_path.iterdir())


def test_what_is_no_module_is_refused(tmp_path):
    with pytest.raises(ValueError, match="got dict"):
        ew.save({}, tmp_path / "m.safetensors")
    with pytest.raises(ValueError, match="meta"):
        ew.save(ew.KANLinear(2, 1, device="meta"), tmp_path / "m.safetensors")
    assert not list(tmp_path.iterdir())


def test_files_of_earlier_versions_are_read(tmp_path):
    """They name fewer arguments of torch's layers."""
    model = nn.Sequential(nn.MaxPool1d(2), nn.Dropout(0.5), nn.ReLU(), nn.LayerNorm(2))
    ew.save(model, tmp_path / "m.safetensors")
    with safe_open(tmp_path / "m.safetensors", framework="pt") as file:
        config = json.loads(file.metadata()["edgewise"])
    for part, later in zip(
        config["parts"].values(),
        (("ceil_mode", "dilation"), ("inplace",), ("inplace",), ("elementwise_affine",)),
        strict=True,
    ):
        for field in later:
            del part["settings"][field]
    from edgewise.models.io import model_state, write

    write(tmp_path / "old.safetensors", config, model_state(model))
    assert repr(ew.load(tmp_path / "old.safetensors")) == repr(model)
