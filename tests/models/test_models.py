"""KAN, presets, MLP, saving: arguments, counts of parameters, initial weights, damaged files."""

import json
import math
import os
import re

import pytest
import torch

import edgewise as ew
from edgewise.models import PRESETS, io, matching_width


def count(model):
    return sum(p.numel() for p in model.parameters())


@pytest.mark.parametrize(
    ("model", "parameters"),
    [
        # Published counts; the originals also count their fixed centres as parameters.
        (lambda: ew.FastKAN([784, 64, 10], -3, 3, 4), 255_858 - 2 * 4),
        (lambda: ew.FastKAN([784, 64, 10]), 459_114),
        (lambda: ew.presets.EfficientKAN([784, 64, 10]), 508_160),
        (lambda: ew.MLP([784, 320, 10]), 254_410),
        (lambda: ew.presets.FasterKAN([784, 64, 10]), 784 * 64 * 8 + 64 * 10 * 8 + 2 * (784 + 64)),
        (lambda: ew.presets.RBFKAN([784, 64, 10]), 784 * 64 * 9 + 64 + 64 * 10 * 9 + 10),
        (lambda: ew.presets.KALNet([784, 64, 10]), 784 * 64 * 5 + 64 * 10 * 5 + 2 * (64 + 10)),
        (lambda: ew.presets.ChebyKAN([784, 64, 10], 9), 10 * (784 * 64 + 64 * 10)),
        (lambda: ew.presets.FourierKAN([784, 64, 10], 3), 6 * (784 * 64 + 64 * 10) + 64 + 10),
        (lambda: ew.presets.ImageKAN([784, 64, 10]), 785 * 64 + 64 * 10 * 9 + 10 + 2 * 64),
    ],
)
def test_parameter_counts_are_the_published_ones(model, parameters):
    assert count(model()) == parameters


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_trains_and_survives_a_file(name, tmp_path):
    model = PRESETS[name]([3, 5, 2], seed=0)
    x = torch.randn(20, 3)
    assert model(x).shape == (20, 2)
    assert model(x[:0]).shape == (0, 2)
    model(x).square().mean().backward()
    assert all(p.grad.isfinite().all() for p in model.parameters())
    ew.save(model, tmp_path / "m.safetensors")
    assert torch.equal(ew.load(tmp_path / "m.safetensors")(x), model(x))


@pytest.mark.parametrize("name", PRESETS)
def test_presets_take_device_dtype_and_seed(name):
    before = torch.get_rng_state()
    models = [PRESETS[name]([4, 3], seed=1, dtype=torch.float64) for _ in range(2)]
    assert all(p.dtype == torch.float64 for p in models[0].parameters())
    assert torch.equal(models[0].layers[0].coef, models[1].layers[0].coef)
    assert torch.equal(before, torch.get_rng_state())


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16])
def test_every_preset_can_be_built_in_half_precision(name, dtype):
    assert PRESETS[name]([4, 3], dtype=dtype)(torch.rand(5, 4, dtype=dtype)).dtype == dtype


def test_initial_weights_are_the_originals():
    g = torch.Generator().manual_seed(0)
    fast = ew.FastKAN([100, 50], seed=g).layers[0]
    assert float(fast.coef.detach().std()) == pytest.approx(0.1, rel=0.02)
    assert float(fast.base_weight.detach().abs().max()) == pytest.approx(0.1, rel=0.01)
    xavier = math.sqrt(6 / (100 * 4 + 50))
    may = ew.FastKAN([100, 50], -3, 3, 4, denominator=1.7, exponent=2, seed=g).layers[0]
    assert float(may.coef.detach().abs().max()) == pytest.approx(xavier, rel=0.01)
    assert float(may.width) == pytest.approx(1.7)
    faster = ew.presets.FasterKAN([100, 50], seed=g).layers[0]
    assert float(faster.coef.detach().abs().max()) == pytest.approx(math.sqrt(6 / 850), rel=0.01)
    kal = ew.presets.KALNet([100, 50], seed=g).layers[0]
    assert float(kal.coef.detach().abs().max()) == pytest.approx(math.sqrt(3 / 400), rel=0.01)
    cheby = ew.presets.ChebyKAN([100, 50], seed=g).layers[0]
    assert float(cheby.coef.detach().std()) == pytest.approx(1 / 500, rel=0.02)
    fourier = ew.presets.FourierKAN([100, 50], 4, smooth_initialization=True, seed=g).layers[0]
    assert float(fourier.coef.detach()[:, 5].std()) == pytest.approx(0.1 / 4, rel=0.03)
    rbf = ew.presets.RBFKAN([100, 50], seed=g).layers[0]
    assert float(rbf.coef.detach().std()) == pytest.approx(0.1, rel=0.02)


def test_efficient_kan_starts_with_splines_through_noise():
    model = ew.presets.EfficientKAN([30, 40], 5, 3, seed=torch.Generator().manual_seed(0))
    layer = model.layers[0].double()
    points = torch.linspace(-1, 1, 6).double()[:-1, None].expand(5, 30)
    curves = torch.einsum(
        "big,igo->bio", layer.basis.evaluate(points, layer.grid), layer.coef.detach()
    )
    assert float(curves.abs().max()) == pytest.approx(0.1 / 5 / 2, rel=0.01)
    assert float(curves.std()) == pytest.approx(0.1 / 5 / math.sqrt(12), rel=0.05)
    assert float(layer.base_weight.detach().abs().max()) == pytest.approx(30**-0.5, rel=0.01)
    assert float(layer.coef_scale.detach().abs().max()) == pytest.approx(30**-0.5, rel=0.01)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ew.KAN([5]), "at least two widths"),
        (lambda: ew.KAN([5, 0, 1]), "every width to be an integer ≥ 1, got 0"),
        (lambda: ew.FastKAN([0, 3]), "every width"),
        (lambda: ew.MLP([3, 0]), "every width"),
        (lambda: ew.MLP([3, 1], "swish"), "activation among"),
        (lambda: ew.KAN([2, 3, 1], basis=[ew.Gaussian()]), "one basis or 2"),
        (lambda: ew.KAN([2, 1], post="relu"), "post to be None or"),
        (lambda: ew.KAN.from_layers([]), "at least one layer"),
        (
            lambda: ew.KAN.from_layers([ew.KANLinear(2, 3), ew.KANLinear(4, 1)]),
            "with 3 inputs after one with 3 outputs, got 4",
        ),
        (lambda: ew.FastKAN([1, 3]), "at least 2 input features"),
        (lambda: matching_width(0, 1, 1), "positive numbers"),
    ],
)
def test_bad_architectures_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("make", [ew.KAN, ew.MLP, *PRESETS.values()])
def test_widths_one_by_one_are_refused_with_the_list_to_write(make):
    name = make.__name__
    with pytest.raises(TypeError, match=rf"one list, got 3, 4, 1: write {name}\(\[3, 4, 1\]\)"):
        make(3, 4, 1)


@pytest.mark.parametrize(
    ("make", "widths"),
    [
        (ew.FastKAN, [1, 8, 1]),
        (ew.FastKAN, [3, 1, 2]),
        (ew.presets.FasterKAN, (1, 8, 1)),
        (ew.presets.ImageKAN, [4, 1, 2]),
        (lambda widths: ew.KAN(widths, norm="layer"), [1, 8, 1]),
        (lambda widths: ew.KANLinear(widths[0], widths[1], norm="layer"), [1, 8]),
    ],
)
def test_advice_for_a_single_feature_works_as_it_stands(make, widths):
    """A call is typed as it is written, and settings are added to the call that failed."""
    with pytest.raises(ValueError, match=r"at least 2 input features.*got") as caught:
        make(widths)
    advice = str(caught.value)
    if "write " in advice:
        models = [eval(advice.rpartition("write ")[2], {"ew": ew} | vars(ew))]
    else:
        kind = ew.KAN if len(widths) > 2 else ew.KANLinear
        given = (widths,) if kind is ew.KAN else widths
        settings = re.findall(r'norm=(None|"affine")', advice.partition("use ")[2])
        assert settings
        models = [kind(*given, norm=eval(setting)) for setting in settings]
    for model in models:
        y = model(torch.rand(5, widths[0]))
        assert y.shape == (5, widths[-1])
        assert y.std(0).min() > 0


def test_an_mlp_says_what_inputs_it_expects():
    with pytest.raises(ValueError, match="MLP expected inputs with last dimension 2, got shape"):
        ew.MLP([2, 1])(torch.ones(1, 12))


def test_an_mlp_can_be_read_by_torch_fx():
    model, x = ew.MLP([2, 3, 1]), torch.rand(5, 2)
    assert torch.equal(torch.fx.symbolic_trace(model)(x), model(x))


@pytest.mark.parametrize("parameters", [1_000, 254_410, 10_000_000])
@pytest.mark.parametrize("depth", [1, 3])
def test_the_matching_mlp_is_the_nearest(parameters, depth):
    h = matching_width(parameters, 784, 10, depth)
    gaps = [
        abs(count(ew.MLP([784, *[w] * depth, 10], device="meta")) - parameters)
        for w in (max(h - 1, 1), h, h + 1)
    ]
    assert min(gaps) == gaps[1]
    assert ew.MLP.matching(parameters, 784, 10, depth=depth, device="meta").widths[1] == h


def test_a_basis_for_each_layer():
    model = ew.KAN([2, 3, 1], basis=[ew.BSpline(7), ew.Gaussian(4)])
    assert [layer.basis.num_basis for layer in model.layers] == [10, 4]
    assert model.widths == [2, 3, 1]


class TestFiles:
    """A damaged file is an error that says so; the target of a save is whole or absent."""

    def test_not_there(self, tmp_path):
        with pytest.raises(FileNotFoundError, match="no such file"):
            ew.load(tmp_path / "x.safetensors")

    def test_others_may_read_it(self, tmp_path):
        ew.save(ew.KAN([2, 3, 1]), tmp_path / "m.safetensors")
        (tmp_path / "plain").touch()
        modes = [(tmp_path / n).stat().st_mode for n in ("m.safetensors", "plain")]
        assert modes[0] == modes[1]

    def test_truncated_anywhere(self, tmp_path):
        path = tmp_path / "m.safetensors"
        ew.save(ew.KAN([2, 3, 1]), path)
        whole = path.read_bytes()
        for keep in (0, 4, 9, 200, len(whole) // 2, len(whole) - 1):
            path.write_bytes(whole[:keep])
            with pytest.raises(ValueError, match="damaged"):
                ew.load(path)

    def test_without_our_description(self, tmp_path):
        from safetensors.torch import save_file

        save_file({"a": torch.zeros(2)}, tmp_path / "a.safetensors")
        with pytest.raises(ValueError, match="without our description"):
            ew.load(tmp_path / "a.safetensors")

    def test_description_and_weights_disagree(self, tmp_path):
        from safetensors.torch import save_file

        model = ew.KAN([2, 3, 1])
        config = model.to_config()
        for wrong in (ew.KAN([2, 4, 1]).to_config(), {"model": "Transformer"}, {"model": "KAN"}):
            save_file(
                model.state_dict(),
                tmp_path / "a.safetensors",
                metadata={"edgewise": json.dumps(wrong)},
            )
            with pytest.raises(ValueError, match="fit their description"):
                ew.load(tmp_path / "a.safetensors")
        assert config["layers"][0]["basis"]["name"] == "bspline"

    def test_a_failed_save_leaves_the_old_file_and_no_other(self, tmp_path):
        path = tmp_path / "m.safetensors"
        ew.save(ew.KAN([2, 3, 1]), path)
        before = path.read_bytes()
        with pytest.raises(ValueError, match="base activation with a name"):
            ew.save(ew.KAN([2, 3, 1], base=torch.sin), path)
        with pytest.raises(ValueError, match="which files can't describe"):
            ew.save(torch.nn.Bilinear(2, 1, 1), path)
        assert path.read_bytes() == before
        assert [p.name for p in tmp_path.iterdir()] == ["m.safetensors"]

    def test_a_folder_is_no_file(self, tmp_path):
        with pytest.raises(ValueError, match="got a folder"):
            ew.load(tmp_path)
        with pytest.raises(ValueError, match="got a folder"):
            ew.load_foreign(tmp_path)

    @pytest.mark.parametrize("name", ["pipe", "/dev/zero"])
    def test_what_has_no_end_is_not_read(self, name, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        for load in (ew.load, ew.load_foreign):
            with pytest.raises(ValueError, match="got a pipe or a device"):
                load(tmp_path / name)

    def test_what_is_declared_is_not_allocated(self, tmp_path, forks):
        from safetensors.torch import save_file

        configs = [ew.KAN([2, 1], basis=basis).to_config() for basis in (None, ew.Gaussian())]
        huge = [ew.MLP([2, 1]).to_config() | {"widths": [20_000, 20_000]}]
        for config in configs:
            for change in (
                {"in_features": 20_000, "out_features": 20_000},
                {"basis": config["layers"][0]["basis"] | {"num": 10**8}},
                {"basis": config["layers"][0]["basis"] | {"grid": 10**8}},
                {"grid_shapes": [[20_000, 20_000] for _ in config["layers"][0]["grid_shapes"]]},
                {"mask": True, "out_features": 10**9},
            ):
                huge.append(config | {"layers": [config["layers"][0] | change]})
            huge.append(config | {"in_features": 10**9, "inputs": [0]})
        for k, config in enumerate(huge):
            save_file(
                {"layers.0.coef": torch.zeros(1)},
                tmp_path / f"{k}.safetensors",
                metadata={"edgewise": json.dumps(config)},
            )
        megabytes = float(forks.run("-c", REFUSED, tmp_path))
        assert megabytes < 60


REFUSED = """
import pathlib, sys
import edgewise as ew

def peak():  # getrusage would count what the process was before, a copy of its parent
    lines = pathlib.Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))

def refuse(path):
    try:
        ew.load(path)
    except ValueError as error:
        assert "fit their description" in str(error), error
    else:
        raise AssertionError(path)

paths = sorted(pathlib.Path(sys.argv[1]).iterdir())
refuse(paths[0])
before = peak()
for path in paths:
    refuse(path)
print((peak() - before) / 1024)
"""


@pytest.mark.parametrize("name", ["Gaussian", "RSWAF"])
def test_trained_widths_were_scalars_once_and_such_files_still_load(name, tmp_path):
    settings = {"Gaussian": {"train_width": True}, "RSWAF": {"train_inv_denominator": True}}[name]
    model = ew.KAN([2, 3, 1], basis=getattr(ew, name)(4, **settings))
    with torch.no_grad():
        for layer in model.layers:
            assert layer.grid[1].shape == (1,)
            layer.grid[1].mul_(1.3)
    config = io.model_config(model)
    for layer in config["layers"]:
        layer["grid_shapes"][1] = []
    state = model.state_dict()
    old = {k: v[0] if k.endswith(("width", "inv_denominator")) else v for k, v in state.items()}
    io.write(tmp_path / "old", config, old)
    again = ew.load(tmp_path / "old")
    assert all(torch.equal(again.state_dict()[k], v) for k, v in state.items())
    x = torch.rand(5, 2)
    assert torch.equal(again(x), model(x))


def test_a_trained_width_that_never_moved_is_made_anew_in_a_new_type():
    basis = ew.Gaussian(4, train_width=True)
    layer = ew.KANLinear(2, 1, basis=basis).to(torch.float64)
    assert float(layer.width.detach()) == basis.spacing


@pytest.mark.parametrize(
    ("q", "k", "v", "fits"),
    [
        ((2, 5), (2, 4), (2, 4), True), ((5,), (4,), (4,), True), ((1, 5), (3, 4), (3, 4), True),
        ((2, 5), (2, 4), (2, 3), False), ((2, 5), (3, 4), (3, 4), False),
        ((2, 5), (3, 4), (3, 3), False), ((2, 5), (2, 4), (1, 4), False),
    ],
)  # fmt: skip
def test_attention_says_what_shapes_fit(q, k, v, fits):
    model = ew.presets.KANAttention(3, 3, 3, 2, 1)
    tensors = [torch.randn(*shape, 3) for shape in (q, k, v)]
    if fits:
        assert model(*tensors).shape[-2:] == (q[-1], 3)
    else:
        with pytest.raises(ValueError, match="KANAttention expected q"):
            model(*tensors)
