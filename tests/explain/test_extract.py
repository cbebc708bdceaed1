"""Tools that read a KAN, on models that contain one; and such models in files."""

import copy
import json

import pytest
import torch
from safetensors.torch import safe_open
from torch import nn

import edgewise as ew
from edgewise.nn import KANConv2d


def network():
    """conv → pool → flatten → KAN, small enough for a test."""
    generator = torch.Generator().manual_seed(0)
    common = {"basis": ew.Gaussian(4), "seed": generator, "dtype": torch.float64}
    return nn.Sequential(
        KANConv2d(1, 2, 2, norm="affine", **common),
        nn.BatchNorm2d(2, dtype=torch.float64),
        nn.MaxPool2d(2),
        nn.Flatten(),
        ew.KAN([8, 3, 1], norm="affine", **common),
    )


def images(n=40):
    return torch.randn(n, 1, 5, 5, generator=torch.Generator().manual_seed(1), dtype=torch.float64)


TOOLS = {
    "plot": lambda m, x: ew.plot(m, x),
    "attribute": ew.attribute,
    "prune": ew.prune,
    "prune_to": ew.prune_to,
    "interactions": ew.explain.interactions,
    "regress": lambda m, x: ew.symbolic.regress(m, x, torch.zeros(len(x), 1)),
}


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_says_which_layers_there_are_and_what_to_do(tool):
    with pytest.raises(
        TypeError, match=r"layers are '0\.layers\.0', '4'; .*edgewise\.explain\.extract"
    ):
        TOOLS[tool](network(), images())
    with pytest.raises(TypeError, match=r"got Linear: it has no KAN layers"):
        TOOLS[tool](nn.Linear(2, 1), images())


def test_rows_are_what_reaches_the_part():
    model, x = network(), images()
    model.train()
    state = copy.deepcopy(model.state_dict())
    kan, rows = ew.explain.extract(model, x, "4")
    model.eval()
    assert kan is model[4]
    assert torch.equal(rows, model[:4](x))
    assert all(torch.equal(v, state[k]) for k, v in model.state_dict().items())
    kan, rows = ew.explain.extract(model, x, "0.layers.0")
    windows = nn.functional.unfold(x, 2).transpose(1, 2).flatten(0, 1)
    assert torch.equal(rows, windows)
    assert torch.allclose(kan(rows), model[0](x).flatten(2).transpose(1, 2).flatten(0, 1))
    few = ew.explain.extract(model, x, "0.layers.0", most=10)[1]
    assert torch.equal(few[[0, -1]], windows[[0, -1]])
    assert len(few) == 10


@pytest.mark.parametrize("name", ["0.layers.0", "4"])
def test_parts_are_read_pruned_and_put_back(name):
    model, x = network(), images()
    kan, rows = ew.explain.extract(model, x, name)
    assert ew.plot(kan, rows).axes
    assert ew.attribute(kan, rows).inputs.shape == (kan.in_features,)
    small = ew.prune(kan, rows, edge_threshold=0, node_threshold=0)
    new = copy.deepcopy(model).eval()
    new.set_submodule(name, small)
    assert torch.allclose(new(x), model.eval()(x), atol=1e-10)
    half = ew.prune(kan, rows, edge_threshold=0.5)
    assert half.report.edges_after < half.report.edges_before


def test_a_part_becomes_a_formula():
    inner = nn.Linear(2, 1, bias=False, dtype=torch.float64)
    kan = ew.KAN([1, 1], basis=ew.BSpline(6, 3, -2, 2), norm=None, dtype=torch.float64)
    x = torch.rand(200, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2 - 1
    with torch.no_grad():
        inner.weight.copy_(torch.tensor([[1.0, -0.5]]))
        phi = kan.layers[0].features(inner(x))[:, 0]
        found = torch.linalg.lstsq(phi, torch.sin(2 * inner(x)), driver="gelsd").solution
        kan.layers[0].coef.copy_(found[None, :-1])
        kan.layers[0].base_weight.copy_(found[None, -1])
        kan.layers[0].bias.zero_()
    part, rows = ew.explain.extract(nn.Sequential(inner, kan), x, "1")
    formula = ew.symbolic.regress(part, rows, torch.sin(2 * rows))
    assert "sin" in str(formula.formula(0))


def test_grids_and_engines_go_over_all_layers():
    model, x = network().eval(), images()
    found = ew.grids.convert(model, ew.BSpline(8), x)
    assert [type(m.basis) for m in found.model.modules() if isinstance(m, ew.KANLinear)] == [
        ew.BSpline
    ] * 3
    assert found.worst_edge < 0.2
    assert ew.nn.explain_engines(model, x).count("\n") == 2


def test_bad_names_are_refused():
    with pytest.raises(ValueError, match=r"a KAN or KAN layer \('0\.layers\.0', '4'\), got '0'"):
        ew.explain.extract(network(), images(), "0")
    idle = nn.ModuleDict({"a": ew.KAN([2, 1])})
    with pytest.raises(TypeError, match="has no forward"):  # a ModuleDict can't be called
        ew.explain.extract(idle, torch.rand(3, 2), "a")


def test_a_sequential_in_a_file_is_bitwise_the_same(tmp_path):
    model, x = network(), images()
    model(x)  # running statistics
    layers = [model, nn.Sequential(nn.Linear(1, 2, dtype=torch.float64), ew.KANLinear(
        2, 2, basis=ew.bases.Wavelet(3, kind="morlet"), dtype=torch.float64))]  # fmt: skip
    for each, data in zip(layers, (x, x[:, 0, 0, :1]), strict=True):
        each.eval()
        ew.save(each, tmp_path / "m.safetensors")
        again = ew.load(tmp_path / "m.safetensors").eval()
        assert torch.equal(again(data), each(data))
        assert repr(again) == repr(each)


@pytest.mark.parametrize(
    "damage",
    [
        lambda c: c["parts"]["0"].update(model="Upsample"),
        lambda c: c["parts"]["0"]["settings"].update(kernel_size=[3, 3]),
        lambda c: c["parts"]["0"]["settings"]["layers"].pop(),
        lambda c: c["parts"]["2"]["settings"].update(return_indices=True),
        lambda c: c.update(parts=3),
        lambda c: c["parts"]["2"]["settings"].update(kernel_size=0.5),
        lambda c: c["parts"]["2"]["settings"].update(stride=0),
        lambda c: c["parts"]["2"]["settings"].update(padding=10**30),
        lambda c: c["parts"]["3"]["settings"].update(start_dim=0.5),
        lambda c: c["parts"]["3"]["settings"].update(end_dim=True),
        lambda c: c["parts"]["1"]["settings"].update(eps="x"),
        lambda c: c["parts"]["1"]["settings"].update(track_running_stats=1),
    ],
)
def test_a_damaged_description_is_a_value_error(damage, tmp_path):
    from edgewise.models.io import model_state, write

    ew.save(network(), tmp_path / "m.safetensors")
    with safe_open(tmp_path / "m.safetensors", framework="pt") as file:
        config = json.loads(file.metadata()["edgewise"])
    damage(config)
    write(tmp_path / "bad.safetensors", config, model_state(network()))
    with pytest.raises(ValueError, match="expected weights that fit their description"):
        ew.load(tmp_path / "bad.safetensors")


class ByName(nn.Module):
    """It calls its KAN by the name of the argument."""

    def __init__(self):
        super().__init__()
        generator = torch.Generator().manual_seed(0)
        self.kan = ew.KAN([2, 1], seed=generator, dtype=torch.float64)
        self.layer = ew.KANLinear(2, 2, norm=None, seed=generator, dtype=torch.float64)

    def forward(self, x):
        return self.kan(x=self.layer(x=x))


def test_parts_may_be_called_by_name():
    model = ByName()
    x = torch.rand(30, 2, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    _, rows = ew.explain.extract(model, x, "kan")
    assert torch.equal(rows, model.layer(x))
    assert torch.equal(ew.explain.extract(model, x, "layer")[1], x)
    assert list(ew.grids.coverage(model, x).layers) == ["kan.layers.0", "layer"]
    assert torch.allclose(ew.grids.refine(model, 9, x)(x), model(x), atol=1e-4)
    errors = ew.training.levenberg_marquardt(model, (x, x.prod(1, keepdim=True)), steps=3)
    assert errors == sorted(errors, reverse=True)
