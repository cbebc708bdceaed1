"""Every file that the original programs wrote: outputs and gradients, at 1e-10 in float64."""

import pytest
import torch
from golden import FOLDER, Golden

import edgewise as ew
from edgewise import interop

F64 = {"dtype": torch.float64}
TOLERANCE = 1e-10


def fast_kan(widths, config, **more):
    return ew.FastKAN(
        widths,
        config.get("grid_min", -2.0),
        config.get("grid_max", 2.0),
        config.get("num_grids", 8),
        config.get("use_base_update", True),
        **more,
        **F64,
    )


# Name → (the model with the original's arguments, what load_foreign has to be told).
SILU = {"base": "silu"}  # what no file tells
CASES = {
    "fastkan_default": (lambda c: fast_kan(c["layers_hidden"], c), SILU),
    "fastkan_grid4": (lambda c: fast_kan(c["layers_hidden"], c), SILU),
    "fastkan_nobase_grid20": (
        lambda c: fast_kan(c["layers_hidden"], c),
        {"format": "fast-kan"},
    ),
    "fastkan_layer_nonorm": (lambda c: fast_kan([5, 3], c, use_layernorm=False), SILU),
    "fastkan_playground_denominator": (
        lambda c: fast_kan([5, 3], c, exponent=c["exponent"], denominator=c["denominator"]),
        SILU | {"denominator": 1.7},
    ),
    "fasterkan_denominator": (
        lambda c: ew.presets.FasterKAN(
            [5, 3],
            c["grid_min"],
            c["grid_max"],
            c["num_grids"],
            denominator=c["denominator"],
            **F64,
        ),
        {"format": "faster-kan-denominator", "denominator": 0.15},
    ),
    "fasterkan_published_forward": (lambda c: ew.presets.FasterKAN(c["layers_hidden"], **F64), {}),
    "rbfkan_default": (lambda c: ew.presets.RBFKAN(c["layers_hidden"], **F64), SILU),
    "efficientkan_default": (lambda c: ew.presets.EfficientKAN(c["layers_hidden"], **F64), SILU),
    "efficientkan_g8k2": (
        lambda c: ew.presets.EfficientKAN(
            c["layers_hidden"],
            c["grid_size"],
            c["spline_order"],
            grid_range=c["grid_range"],
            **F64,
        ),
        SILU,
    ),
    "efficientkan_adapted_grid": (
        lambda c: ew.presets.EfficientKAN(c["layers_hidden"], c["grid_size"], **F64),
        SILU,
    ),
    "kalnet_default": (
        lambda c: ew.presets.KALNet(c["layers_hidden"], c["polynomial_order"], **F64),
        SILU,
    ),
    "chebykan_layer": (lambda c: ew.presets.ChebyKAN([5, 3], c["degree"], **F64), {}),
    "fourierkan_layer": (lambda c: ew.presets.FourierKAN([5, 3], c["gridsize"], **F64), {}),
    **{
        name: (
            lambda c: ew.KAN(
                c["width"], basis=ew.BSpline(c["grid"], c["k"]), coef_scale=True, **F64
            ),
            SILU,
        )
        for name in ("pykan_default", "pykan_adapted_grid", "pykan_g7k2")
    },
}

EXPORTS = {"fastkan_playground_denominator": "fast-kan-playground"}  # keys don't tell


def test_every_golden_file_has_a_case():
    assert {path.stem for path in FOLDER.glob("*.npz")} == set(CASES) | {"fastkan_attention"}


def check(model, golden, state):
    """Outputs, input gradient and parameter gradients of ``model``, which holds ``state``."""
    x = golden["x"].clone().requires_grad_()
    y = model(x)
    assert (y - golden["y"]).abs().max() <= TOLERANCE
    (y * golden["gy"]).sum().backward()
    if "gx" in golden:
        assert (x.grad - golden["gx"]).abs().max() <= TOLERANCE
    theirs = golden.section("grad/")
    ours = gradients_in_their_layout(model, golden, state)
    for key, expected in theirs.items():
        assert ours[key].shape == expected.shape, key
        assert (ours[key] - expected).abs().max() <= TOLERANCE, key


def format_of(golden, state, model):
    return EXPORTS.get(golden.name) or interop.recognize(state, model.layers[0].basis)[0]


def gradients_in_their_layout(model, golden, state):
    """Our gradients under their keys: export is linear, so it maps gradients as it maps weights.

    Where export folds something in, the fold is the identity for these files.
    """
    name = format_of(golden, state, model)
    twin = ew.KAN.from_config(model.to_config(), dtype=torch.float64)
    twin.load_state_dict(model.state_dict())
    for p, q in zip(twin.parameters(), model.parameters(), strict=True):
        p.data = q.grad.clone()
    # Scales multiply: the coefficients' gradient is already the unscaled ones'.
    return prefixed_like(ew.saving.to_foreign(twin, name), state)


def prefixed_like(exported, state):
    """Layer files of the originals have no "layers.0." prefix."""
    if set(exported) == set(state):
        return exported
    return {key.removeprefix("layers.0."): value for key, value in exported.items()}


@pytest.mark.parametrize("name", CASES)
def test_preset_with_their_arguments_and_state_dict(name):
    golden = Golden(name)
    make, _ = CASES[name]
    model = make(golden.config)
    state = golden.section("state/")
    model.load_state_dict(state)
    check(model, golden, state)


def load_as_part(model, state):
    """Load a state dict below "head.kan." of a larger model that has this one there."""
    head = torch.nn.ModuleDict({"kan": model})
    larger = torch.nn.ModuleDict({"encoder": torch.nn.Linear(4, 4), "head": head})
    encoder = {"encoder.weight": torch.ones(4, 4), "encoder.bias": torch.ones(4)}
    whole = encoder | {f"head.kan.{key}": value for key, value in state.items()}
    keys = list(whole)
    told = larger.load_state_dict(whole)
    assert not told.missing_keys
    assert not told.unexpected_keys
    assert list(whole) == keys


@pytest.mark.parametrize("name", CASES)
def test_state_dict_as_a_part_of_a_larger_model(name):
    golden = Golden(name)
    make, _ = CASES[name]
    model, state = make(golden.config), golden.section("state/")
    load_as_part(model, state)
    check(model, golden, state)


@pytest.mark.parametrize("name", CASES)
def test_load_infers_the_architecture(name, tmp_path):
    golden = Golden(name)
    _, settings = CASES[name]
    state = golden.section("state/")
    torch.save({"state_dict": state}, tmp_path / "their.pt")
    model = ew.load_foreign(tmp_path / "their.pt", **settings)
    check(model, golden, state)


@pytest.mark.parametrize("name", CASES)
def test_export_writes_the_layout_back(name, tmp_path):
    golden = Golden(name)
    make, _ = CASES[name]
    state = golden.section("state/")
    model = make(golden.config)
    model.load_state_dict(state)
    fmt = format_of(golden, state, model)
    exported = prefixed_like(ew.saving.to_foreign(model, fmt), state)
    assert set(exported) == set(state)
    for key, value in exported.items():
        assert value.shape == state[key].shape, key
        if "inv_denominator" not in key and "symbolic_fun" not in key:
            assert torch.equal(value, state[key]), key


@pytest.mark.parametrize("name", CASES)
def test_our_own_file_keeps_the_numbers(name, tmp_path):
    golden = Golden(name)
    make, _ = CASES[name]
    model = make(golden.config)
    model.load_state_dict(golden.section("state/"))
    ew.save(model, tmp_path / "ours.safetensors")
    again = ew.load(tmp_path / "ours.safetensors")
    assert torch.equal(again(golden["x"]), model(golden["x"]))


def test_attention(tmp_path):
    golden = Golden("fastkan_attention")
    c = golden.config
    dims = [c[k] for k in ("q_dim", "k_dim", "v_dim", "head_dim", "num_heads", "gating")]
    state = golden.section("state/")
    built, part = (ew.presets.KANAttention(*dims, **F64) for _ in range(2))
    built.load_state_dict(state)
    load_as_part(part, state)
    torch.save(state, tmp_path / "their.pt")
    for model in (built, part, ew.load_foreign(tmp_path / "their.pt", num_heads=2, **SILU)):
        q, k, v = (golden[name].clone().requires_grad_() for name in "qkv")
        y = model(q, k, v, golden["bias"])
        assert (y - golden["y"]).abs().max() <= TOLERANCE
        (y * golden["gy"]).sum().backward()
        for name, tensor in zip("qkv", (q, k, v), strict=True):
            assert (tensor.grad - golden[f"g{name}"]).abs().max() <= TOLERANCE
        for key, expected in golden.section("grad/").items():
            name, leaf = key.split(".", 1)
            layer = getattr(model, name)
            ours = {
                "layernorm.weight": lambda k: k.norm.weight.grad,
                "layernorm.bias": lambda k: k.norm.bias.grad,
                "spline_linear.weight": lambda k: k.coef.grad.permute(2, 0, 1).flatten(1),
                "base_linear.weight": lambda k: k.base_weight.grad.t(),
                "base_linear.bias": lambda k: k.bias.grad,
            }[leaf](layer)
            assert (ours - expected).abs().max() <= TOLERANCE, key
