"""Foreign files again, by the formulas that their programs publish, with numbers of every size.

The recorded files are what one run of each program wrote; here each tensor is drawn anew, so that
none is by chance 0, 1 or what a default would be.
"""

import re
from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from golden import Golden
from test_golden import CASES, SILU, format_of, prefixed_like

import edgewise as ew
from edgewise.interop.splines import bspline

F64 = torch.float64
FIXED = ("grid", "mask", "affine", "arange", "inv_denominator", "centers")


def redrawn(state, seed=0):
    """The same keys and shapes with other numbers, but for grids and switches."""
    g = torch.Generator().manual_seed(seed)
    return {
        key: value
        if key.rsplit(".", 1)[-1] in FIXED or not value.is_floating_point()
        else torch.randn(value.shape, generator=g, dtype=F64) / 2 + 0.3
        for key, value in state.items()
    }


@pytest.mark.parametrize("name", CASES)
def test_there_and_back_is_every_number(name):
    golden = Golden(name)
    model = CASES[name][0](golden.config)
    fmt = format_of(golden, golden.section("state/"), model)
    state = redrawn(golden.section("state/"))
    model.load_state_dict(state)
    back = prefixed_like(ew.saving.to_foreign(model, fmt), state)
    again = CASES[name][0](golden.config)
    again.load_state_dict(back)
    x = golden["x"]
    torch.testing.assert_close(again(x), model(x), rtol=1e-12, atol=1e-12)
    if not name.startswith("pykan"):  # whose affine maps of nodes are folded into other tensors
        for key, value in state.items():
            if "inv_denominator" not in key:  # of which the published program makes nothing
                assert torch.equal(back[key], value), key


def fast_kan_layer(state, x, width):
    z = x
    if "layernorm.weight" in state:
        z = F.layer_norm(x, x.shape[-1:], state["layernorm.weight"], state["layernorm.bias"])
    u = (z[..., None] - state["rbf.grid"]) / width
    y = torch.exp(-(u**2)).flatten(-2) @ state["spline_linear.weight"].t()
    if "base_linear.weight" in state:
        y = y + F.linear(F.silu(x), state["base_linear.weight"], state["base_linear.bias"])
    return y


@pytest.mark.parametrize(
    ("name", "width"),
    [("fastkan_layer_nonorm", None), ("fastkan_playground_denominator", 1.7)],
)
def test_fast_kan_by_its_formula(name, width, tmp_path):
    state = redrawn(Golden(name).section("state/"))
    torch.save(state, tmp_path / "m.pt")
    settings = SILU if width is None else SILU | {"denominator": width}
    model = ew.load_foreign(tmp_path / "m.pt", **settings)
    grid = state["rbf.grid"]
    width = width or float(grid[-1] - grid[0]) / (len(grid) - 1)
    x = Golden(name)["x"]
    torch.testing.assert_close(model(x), fast_kan_layer(state, x, width), rtol=1e-11, atol=1e-11)
    basis = model.layers[0].basis
    assert (basis.lo, basis.hi) == pytest.approx((float(grid[0]), float(grid[-1])))


@pytest.mark.parametrize("denominator", [0.15, 0.4])
def test_faster_kan_by_its_formula(denominator, tmp_path):
    golden = Golden("fasterkan_denominator")
    state, x = redrawn(golden.section("state/")), golden["x"]
    torch.save(state, tmp_path / "m.pt")
    settings = {"format": "faster-kan-denominator", "denominator": denominator}
    model = ew.load_foreign(tmp_path / "m.pt", **settings)
    z = F.layer_norm(x, x.shape[-1:], state["layernorm.weight"], state["layernorm.bias"])
    t = torch.tanh((z[..., None] - state["rbf.grid"]) / denominator)
    y = (1 - t**2).flatten(-2) @ state["spline_linear.weight"].t()
    torch.testing.assert_close(model(x), y, rtol=1e-11, atol=1e-11)
    basis = model.layers[0].basis
    ends = float(state["rbf.grid"][0]), float(state["rbf.grid"][-1])
    assert (basis.lo, basis.hi) == pytest.approx(ends)


def test_faster_kan_takes_the_width_up_in_the_whole_affine_map():
    model = ew.presets.FasterKAN([5, 7, 3], inv_denominator=0.7, dtype=F64)
    with torch.no_grad():
        for layer in model.layers:
            layer.norm.weight.uniform_(0.5, 2.0)
            layer.norm.bias.uniform_(-1.0, 1.0)
    again = ew.presets.FasterKAN([5, 7, 3], dtype=F64)
    again.load_state_dict(ew.saving.to_foreign(model, "faster-kan"))
    x = torch.randn(9, 5, dtype=F64)
    torch.testing.assert_close(again(x), model(x), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize(
    ("name", "settings", "width"),
    [
        ("fastkan_grid4", SILU, None),
        ("rbfkan_default", SILU, None),
        ("fastkan_playground_denominator", SILU | {"denominator": 1.7}, 1.7),
        ("fasterkan_published_forward", {"format": "faster-kan"}, 1.0),
        ("fasterkan_denominator", {"format": "faster-kan-denominator", "denominator": 0.4}, 2.5),
    ],
)
def test_the_width_that_a_file_is_read_with(name, settings, width, tmp_path):
    """To a few roundings: the spacing, what was said, or 1, in the layer and in its description."""
    torch.save(Golden(name).section("state/"), tmp_path / "m.pt")
    for layer in ew.load_foreign(tmp_path / "m.pt", **settings).layers:
        centers, got = layer.grid
        spacing = float(centers[-1] - centers[0]) / (len(centers) - 1)
        wanted = torch.full_like(got, spacing if width is None else width)
        torch.testing.assert_close(got, wanted, rtol=1e-12, atol=0)
        (_, stated) = layer.basis.init_grid(1, dtype=F64)
        torch.testing.assert_close(stated.to(got), wanted, rtol=1e-12, atol=0)


@pytest.mark.parametrize("scaled", [True, False])
def test_efficient_kan_with_and_without_a_scaler(scaled, tmp_path):
    golden = Golden("efficientkan_default")
    state, x = redrawn(golden.section("state/")), golden["x"]
    if not scaled:  # its enable_standalone_scale_spline=False
        state = {k: v for k, v in state.items() if "spline_scaler" not in k}
    torch.save(state, tmp_path / "m.pt")
    model = ew.load_foreign(tmp_path / "m.pt", **SILU)
    assert {layer.coef_scale is not None for layer in model.layers} == {scaled}
    h = x
    for k in range(2):
        own = {key.split(".")[-1]: v for key, v in state.items() if f"layers.{k}." in key}
        phi = ew.BSpline(5, 3, uniform=False).evaluate(h, (own["grid"],))
        weight = own["spline_weight"]
        if scaled:
            weight = weight * own["spline_scaler"][..., None]
        h = F.silu(h) @ own["base_weight"].t() + torch.einsum("...ig,oig->...o", phi, weight)
    torch.testing.assert_close(model(x), h, rtol=1e-11, atol=1e-11)
    back = ew.saving.to_foreign(model, "efficient-kan")
    assert back.keys() == state.keys()
    for layer in model.layers:
        layer.mask = torch.rand(layer.in_features, layer.out_features).round().double()
    again = ew.presets.EfficientKAN([5, 7, 3], enable_standalone_scale_spline=scaled, dtype=F64)
    again.load_state_dict(ew.saving.to_foreign(model, "efficient-kan"))
    torch.testing.assert_close(again(x), model(x), rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("off", [1.1, 0.9, 1 + 1e-4])
@pytest.mark.parametrize("fmt", ["fast-kan", "rbf-kan"])
def test_a_width_that_is_not_the_spacing_is_refused(fmt, off):
    norm = {"fast-kan": "layer", "rbf-kan": None}[fmt]
    spacing = ew.Gaussian(6).spacing
    layer = ew.KANLinear(3, 2, basis=ew.Gaussian(6, width=spacing), norm=norm)
    assert ew.saving.to_foreign(ew.KAN.from_layers([layer]), fmt)
    layer = ew.KANLinear(3, 2, basis=ew.Gaussian(6, width=off * spacing), norm=norm)
    with pytest.raises(ValueError, match="width is the spacing"):
        ew.saving.to_foreign(ew.KAN.from_layers([layer]), fmt)


@pytest.mark.parametrize("dtype", [torch.float32, F64])
def test_knots_are_uniform_up_to_a_few_roundings_and_no_further(dtype):
    (knots,) = ew.BSpline(5).init_grid(1, dtype=dtype)
    rows = knots.repeat(3, 1)
    eps = torch.finfo(dtype).eps
    assert bspline(rows, 8)[0].uniform
    assert bspline(rows * (1 + 2 * eps), 8)[0].uniform
    off = knots.clone()
    off[5] += 100 * eps
    basis, kept = bspline(off.repeat(3, 1), 8)
    assert not basis.uniform
    assert torch.equal(kept, off.repeat(3, 1))
    one = rows.clone()
    one[1] += 3 * eps  # rows that differ are kept, however little
    assert not bspline(one, 8)[0].uniform


@pytest.mark.parametrize("numbers", [2, 3, 1000])
def test_views_that_repeat_a_number_are_refused(numbers, tmp_path):
    state = Golden("fastkan_layer_nonorm").section("state/")
    state["base_linear.bias"] = torch.ones(1, dtype=F64).expand(numbers)
    torch.save(state, tmp_path / "m.pt")
    with pytest.raises(ValueError, match="plain tensors with all of their numbers"):
        ew.load_foreign(tmp_path / "m.pt")


def with_tails(model):
    for layer in model.modules():
        if isinstance(layer, ew.KANLinear):
            layer.basis = replace(layer.basis, linear_tails=True)
    return model


@pytest.mark.parametrize("name", CASES)
def test_linear_tails_end_where_their_numbers_begin(name):
    """A model whose functions go on as lines becomes their program's function, far out too."""
    golden = Golden(name)
    state = redrawn(golden.section("state/"))
    theirs = CASES[name][0](golden.config)
    theirs.load_state_dict(state)
    model = with_tails(CASES[name][0](golden.config))
    x = 9 * golden["x"]
    before = model(x).detach()
    model.load_state_dict(state)
    assert not any(layer.basis.linear_tails for layer in model.layers)
    assert torch.equal(model(x), theirs(x))
    assert not torch.equal(model(x), before)


def test_a_kan_of_today_becomes_theirs_if_it_was_told_their_base():
    theirs = ew.presets.EfficientKAN([3, 4, 2], dtype=F64)
    basis = ew.BSpline(lo=-2.0, hi=2.0, linear_tails=True)
    rest = {"basis": basis, "coef_scale": True, "bias": False, "dtype": F64}
    state = redrawn(ew.saving.to_foreign(theirs, "efficient-kan"))
    theirs.load_state_dict(state)
    untold = ew.KAN([3, 4, 2], **rest)
    before = {k: v.clone() for k, v in untold.state_dict().items()}
    with pytest.raises(ValueError, match=r"expected base=.*efficient-kan .*base=\"silu\""):
        untold.load_state_dict(state)
    assert all(torch.equal(before[k], v) for k, v in untold.state_dict().items())
    told = ew.KAN([3, 4, 2], base="silu", **rest)
    told.load_state_dict(state)
    x = 5 * torch.randn(50, 3, dtype=F64)
    assert torch.equal(told.eval()(x), theirs(x))


WITH_BASE = [name for name, (_, settings) in CASES.items() if "base" in settings]


@pytest.mark.parametrize("name", WITH_BASE)
def test_the_base_activation_is_asked_for_where_it_matters(name, tmp_path):
    """No file tells it, and without base weights nobody has to; KAL-Net has it elsewhere, too."""
    state = redrawn(Golden(name).section("state/"))
    torch.save(state, tmp_path / "m.pt")
    others = {k: v for k, v in CASES[name][1].items() if k != "base"}
    with pytest.raises(ValueError, match="expected base="):
        ew.load_foreign(tmp_path / "m.pt", **others)
    if name.startswith("kal"):
        return
    for nothing in (k for k in state if re.search(r"base_linear.weight|base_weight|scale_base", k)):
        state[nothing] = torch.zeros_like(state[nothing])
    torch.save(state, tmp_path / "none.pt")
    x = Golden(name)["x"]
    by_name = ew.load_foreign(tmp_path / "none.pt", base="identity", **others)
    assert torch.equal(ew.load_foreign(tmp_path / "none.pt", **others)(x), by_name(x))


@pytest.mark.parametrize("name", [n for n in WITH_BASE if not n.startswith(("kal", "pykan"))])
@pytest.mark.parametrize(
    "base", ["identity", torch.tanh, torch.nn.GELU()], ids=("identity", "tanh", "gelu")
)
def test_another_base_activation_is_computed(name, base, tmp_path):
    """Against the layer's own formula: base weights times the activation that was told."""
    state = redrawn(Golden(name).section("state/"))
    state = {k: v for k, v in state.items() if "layers.1" not in k}
    torch.save(state, tmp_path / "m.pt")
    model = ew.load_foreign(tmp_path / "m.pt", **(CASES[name][1] | {"base": base}))
    none = {k: torch.zeros_like(v) if "base" in k else v for k, v in state.items()}
    torch.save(none, tmp_path / "none.pt")
    curves = ew.load_foreign(tmp_path / "none.pt", **CASES[name][1])
    x = Golden(name)["x"]
    weight = next(v for k, v in state.items() if re.search(r"base_(linear\.)?weight", k))
    bias = next((v for k, v in state.items() if "base_linear.bias" in k), None)
    wanted = curves(x) + F.linear(x if base == "identity" else base(x), weight, bias)
    torch.testing.assert_close(model(x), wanted, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize(
    ("name", "base", "message"),
    [
        ("kalnet_default", "identity", "no other activation after its layers"),
        ("efficientkan_default", None, "activation of base weights, got base=None"),
        ("fastkan_default", "tanh", "expected base to be"),
    ],
)
def test_base_activations_that_cannot_be(name, base, message, tmp_path):
    torch.save(Golden(name).section("state/"), tmp_path / "m.pt")
    with pytest.raises(ValueError, match=message):
        ew.load_foreign(tmp_path / "m.pt", base=base)


@pytest.mark.parametrize("name", CASES)
def test_linear_tails_do_not_leave(name):
    golden = Golden(name)
    state = golden.section("state/")
    model = CASES[name][0](golden.config)
    model.load_state_dict(state)
    fmt = format_of(golden, state, model)
    ew.saving.to_foreign(model, fmt)
    told = (
        rf"beyond their domain .* made with basis=edgewise\.{type(model.layers[0].basis).__name__}"
    )
    with pytest.raises(ValueError, match=told):
        ew.saving.to_foreign(with_tails(model), fmt)


def test_attention_with_linear_tails_takes_numbers_without():
    golden = Golden("fastkan_attention")
    c = golden.config
    dims = [c[k] for k in ("q_dim", "k_dim", "v_dim", "head_dim", "num_heads", "gating")]
    model, theirs = (ew.presets.KANAttention(*dims, dtype=F64) for _ in range(2))
    for each in (with_tails(model), theirs):
        each.load_state_dict(golden.section("state/"))
    q, k, v = (9 * golden[name] for name in "qkv")
    assert torch.equal(model(q, k, v), theirs(q, k, v))


def test_tails_end_nowhere_if_a_state_dict_does_not_fit():
    model = with_tails(ew.presets.EfficientKAN([2, 3, 1]))
    with pytest.raises(ValueError, match="doesn't fit this model"):
        model.load_state_dict(
            ew.saving.to_foreign(ew.presets.EfficientKAN([2, 4, 1]), "efficient-kan")
        )
    assert all(layer.basis.linear_tails for layer in model.layers)
