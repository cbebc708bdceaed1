"""What isn't a checkpoint of ours to read: a clear error, nothing lost and nothing run."""

import pickle

import pytest
import torch
from golden import Golden

import edgewise as ew


class Bomb:
    """Unpickled, it would leave a file behind."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return (open, (str(self.path), "w"))


@pytest.mark.parametrize("protocol", ["pickle", "torch"])
def test_a_pickle_with_code_is_refused_and_not_run(tmp_path, protocol):
    trap = tmp_path / "ran"
    path = tmp_path / "their.pt"
    content = {"layers.0.rbf.grid": torch.zeros(3), "bomb": Bomb(trap)}
    if protocol == "torch":
        torch.save(content, path)
    else:
        path.write_bytes(pickle.dumps(content))
    with pytest.raises(ValueError, match="nothing of it was run"):
        ew.load_foreign(path)
    assert not trap.exists()


def test_a_whole_pickled_module_is_refused(tmp_path):
    torch.save(torch.nn.Linear(2, 2), tmp_path / "m.pt")
    with pytest.raises(ValueError, match=r"save model.state_dict\(\) instead"):
        ew.load_foreign(tmp_path / "m.pt")


def test_truncated_checkpoints(tmp_path):
    path = tmp_path / "m.pt"
    torch.save(Golden("fastkan_default").section("state/"), path)
    whole = path.read_bytes()
    for keep in (0, 1, 100, len(whole) // 2, len(whole) - 10):
        path.write_bytes(whole[:keep])
        with pytest.raises(ValueError, match=r"(can't be read|nothing of it was run)"):
            ew.load_foreign(path)
    (tmp_path / "x.safetensors").write_bytes(whole[:50])
    with pytest.raises(ValueError, match="damaged"):
        ew.load_foreign(tmp_path / "x.safetensors")


def test_checkpoints_of_something_else(tmp_path):
    path = tmp_path / "m.pt"
    torch.save(torch.nn.Linear(2, 2).state_dict(), path)
    with pytest.raises(ValueError, match=r"expected a checkpoint of fast-kan.*got the keys weight"):
        ew.load_foreign(path)
    torch.save([1, 2], path)
    with pytest.raises(ValueError, match="got list"):
        ew.load_foreign(path)
    torch.save({}, path)
    with pytest.raises(ValueError, match="expected a state dict"):
        ew.load_foreign(path)
    with pytest.raises(FileNotFoundError):
        ew.load_foreign(tmp_path / "none.pt")


def test_ambiguous_keys_ask_for_the_format(tmp_path):
    state = Golden("fastkan_nobase_grid20").section("state/")
    torch.save(state, tmp_path / "m.pt")
    with pytest.raises(ValueError, match="fast-kan and faster-kan-denominator alike"):
        ew.load_foreign(tmp_path / "m.pt")
    with pytest.raises(ValueError, match="pass denominator="):
        ew.load_foreign(tmp_path / "m.pt", format="faster-kan-denominator")
    with pytest.raises(ValueError, match="format to be one of"):
        ew.load_foreign(tmp_path / "m.pt", format="kan")
    with pytest.raises(ValueError, match="settings among"):
        ew.load_foreign(tmp_path / "m.pt", width=3)


def test_a_state_dict_that_does_not_fit_changes_nothing():
    state = Golden("fastkan_default").section("state/")
    for widths in ([5, 6, 3], [5, 3], [4, 7, 3]):
        model = ew.FastKAN(widths, dtype=torch.float64)
        before = {k: v.clone() for k, v in model.state_dict().items()}
        with pytest.raises(ValueError, match=r"(fit this model|layers for widths)"):
            model.load_state_dict(state)
        after = model.state_dict()
        assert all(torch.equal(before[k], after[k]) for k in before)
    with pytest.raises(ValueError, match="a LayerNorm: False here, True there"):
        ew.FastKAN([5, 7, 3], use_layernorm=False).load_state_dict(state)
    with pytest.raises(ValueError, match="a base branch: False here"):
        ew.FastKAN([5, 7, 3], use_base_update=False).load_state_dict(state)


def test_a_missing_tensor_is_not_filled_in():
    state = Golden("fastkan_default").section("state/")
    del state["layers.1.spline_linear.weight"]
    model = ew.FastKAN([5, 7, 3], dtype=torch.float64)
    with pytest.raises(RuntimeError, match="Missing key"):
        model.load_state_dict(state)
    state = Golden("fastkan_default").section("state/")
    del state["layers.1.base_linear.bias"]
    with pytest.raises(ValueError, match=r"base_linear\.bias"):
        model.load_state_dict(state)


def test_wrong_shapes_name_them(tmp_path):
    state = Golden("fastkan_default").section("state/")
    state["layers.0.spline_linear.weight"] = torch.zeros(7, 41, dtype=torch.float64)
    torch.save(state, tmp_path / "m.pt")
    with pytest.raises(ValueError, match=r"spline_linear\.weight \(7, 41\)"):
        ew.load_foreign(tmp_path / "m.pt")
    spline = Golden("efficientkan_default").section("state/")
    spline["layers.0.grid"] = spline["layers.0.grid"].flip(1)
    torch.save(spline, tmp_path / "s.pt")
    with pytest.raises(ValueError, match="ascending"):
        ew.load_foreign(tmp_path / "s.pt")


def test_a_kan_of_splines_refuses_pykans_functions_and_products():
    model = ew.KAN([5, 7, 3], basis=ew.BSpline(), coef_scale=True, dtype=torch.float64)
    state = Golden("pykan_default").section("state/")
    state["symbolic_fun.0.mask"] = torch.ones_like(state["symbolic_fun.0.mask"])
    with pytest.raises(ValueError, match="functions with names"):
        model.load_state_dict(state)
    state = Golden("pykan_default").section("state/")
    state["subnode_scale_0"] = torch.ones(9, dtype=torch.float64)
    with pytest.raises(ValueError, match="7 nodes above 9"):
        model.load_state_dict(state)


def test_pykan_masks_and_affine_nodes_are_folded_in():
    state = Golden("pykan_default").section("state/")
    state["act_fun.0.mask"][1, 2] = 0
    for k, n in ((0, 7), (1, 3)):
        for key in ("node_scale", "node_bias", "subnode_scale", "subnode_bias"):
            state[f"{key}_{k}"] = torch.rand(n, dtype=torch.float64) + 0.5
    model = ew.KAN([5, 7, 3], basis=ew.BSpline(), coef_scale=True, dtype=torch.float64)
    model.load_state_dict(state)
    x = Golden("pykan_default")["x"]

    def theirs(x, k):
        basis = ew.BSpline(5, 3, uniform=False)
        phi = basis.evaluate(x, (state[f"act_fun.{k}.grid"],))
        spline = torch.einsum("big,iog->bio", phi, state[f"act_fun.{k}.coef"])
        silu = torch.nn.functional.silu(x)[..., None]
        edge = state[f"act_fun.{k}.scale_base"] * silu + state[f"act_fun.{k}.scale_sp"] * spline
        total = (state[f"act_fun.{k}.mask"] * edge).sum(1)
        total = state[f"subnode_scale_{k}"] * total + state[f"subnode_bias_{k}"]
        return state[f"node_scale_{k}"] * total + state[f"node_bias_{k}"]

    assert torch.allclose(model(x), theirs(theirs(x, 0), 1), atol=1e-12)


def test_faster_kan_export_keeps_the_function_for_any_inv_denominator():
    model = ew.presets.FasterKAN([5, 7, 3], inv_denominator=0.7, dtype=torch.float64)
    x = torch.randn(9, 5, dtype=torch.float64)
    state = ew.saving.to_foreign(model, "faster-kan")
    again = ew.presets.FasterKAN([5, 7, 3], dtype=torch.float64)
    again.load_state_dict(state)
    assert torch.allclose(again(x), model(x), atol=1e-12)


@pytest.mark.parametrize(
    ("model", "fmt", "message"),
    [
        (lambda: ew.FastKAN([5, 3]), "efficient-kan", "a BSpline basis"),
        (lambda: ew.FastKAN([5, 3]), "rbf-kan", "norm=None"),
        (lambda: ew.KAN([5, 3], basis=ew.BSpline(), norm="tanh"), "efficient-kan", "norm=None"),
        (lambda: ew.presets.KALNet([5, 3]), "kal-net", "batch_minmax"),
        (lambda: ew.KAN([5, 3], basis=ew.bases.Legendre()), "kal-net", "post=layernorm_silu"),
        (lambda: ew.KAN([5, 3], basis=ew.Fourier()), "fourier-kan", "no base branch"),
        (lambda: ew.FastKAN([5, 3]), "kan", "format to be one of"),
        (lambda: ew.FastKAN([5, 3], denominator=2.0), "fast-kan", "width is the spacing"),
        (lambda: ew.FastKAN([5, 3], base_activation=torch.tanh), "fast-kan", "activation silu"),
        (
            lambda: ew.KAN([5, 3], basis=ew.Gaussian(width=2.0)),
            "rbf-kan",
            "width is the spacing",
        ),
        (
            lambda: ew.presets.EfficientKAN([5, 3], base_activation="identity"),
            "efficient-kan",
            "silu",
        ),
    ],
)
def test_what_a_format_cannot_express_is_refused(model, fmt, message):
    with pytest.raises(ValueError, match=message):
        ew.saving.to_foreign(model(), fmt)


def test_layers_are_put_in_order_by_number_and_prefixes_may_differ(tmp_path):
    from safetensors.torch import save_file

    model = ew.presets.ChebyKAN([3] * 13, dtype=torch.float64)
    state = {
        k.replace("layers.", "module.layers."): v
        for k, v in ew.saving.to_foreign(model, "cheby-kan").items()
    }
    save_file(state, tmp_path / "m.safetensors")  # sorts its keys: layers.10 before layers.2
    x = torch.randn(4, 3, dtype=torch.float64)
    assert torch.equal(ew.load_foreign(tmp_path / "m.safetensors")(x), model(x))


def test_float32_checkpoints_keep_uniform_knots_uniform(tmp_path):
    state = {k: v.float() for k, v in Golden("efficientkan_default").section("state/").items()}
    torch.save(state, tmp_path / "m.pt")
    model = ew.load_foreign(tmp_path / "m.pt", base="silu")
    assert model.layers[0].basis == ew.BSpline(5, 3, -1.0, 1.0)
    assert model.layers[0].coef.dtype == torch.float32
    adapted = ew.load_foreign(save(Golden("efficientkan_adapted_grid"), tmp_path), base="silu")
    assert not adapted.layers[0].basis.uniform


def save(golden, folder):
    torch.save(golden.section("state/"), folder / "their.pt")
    return folder / "their.pt"


def test_loading_keeps_the_parameters_that_an_optimizer_holds():
    model = ew.presets.FasterKAN([5, 7, 3], train_grid=True)
    held = {k: p.data_ptr() for k, p in model.named_parameters()}
    model.requires_grad_(False)
    model.load_state_dict(Golden("fasterkan_published_forward").section("state/"))
    assert {k: p.data_ptr() for k, p in model.named_parameters()} == held
    assert not any(p.requires_grad for p in model.parameters())


def test_a_wrong_shape_anywhere_changes_nothing():
    for key, shape in (
        ("layers.1.base_linear.weight", (7, 9)),
        ("layers.1.base_linear.bias", (1,)),
    ):
        state = Golden("fastkan_default").section("state/")
        state[key] = torch.zeros(shape, dtype=torch.float64)
        model = ew.FastKAN([5, 7, 3], dtype=torch.float64)
        before = {k: v.clone() for k, v in model.state_dict().items()}
        with pytest.raises(ValueError, match="doesn't fit this model"):
            model.load_state_dict(state)
        assert all(torch.equal(before[k], v) for k, v in model.state_dict().items())


def test_files_are_read_onto_the_cpu_and_as_tensors_only(tmp_path, monkeypatch):
    """A checkpoint of a machine with a GPU names a device that this one may not have."""
    asked, load = [], torch.load
    monkeypatch.setattr(torch, "load", lambda *a, **k: asked.append(k) or load(*a, **k))
    torch.save(Golden("fastkan_default").section("state/"), tmp_path / "m.pt")
    ew.load_foreign(tmp_path / "m.pt", base="silu")
    assert asked == [{"map_location": "cpu", "weights_only": True}]


def test_a_checkpoint_of_a_larger_model_is_told_where_its_kan_is(tmp_path):
    whole = {"encoder.weight": torch.ones(4, 4), "encoder.bias": torch.ones(4)}
    theirs = ew.saving.to_foreign(ew.FastKAN([4, 3, 2], seed=1), "fast-kan")
    whole |= {f"head.kan.{key}": value for key, value in theirs.items()}
    torch.save(whole, tmp_path / "whole.pt")
    with pytest.raises(ValueError, match=r"keys below 'head\.kan\.' are fast-kan's"):
        ew.load_foreign(tmp_path / "whole.pt")
