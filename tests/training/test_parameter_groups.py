"""What weight decay acts on: coefficients and weights, in every kind of model."""

import copy

import pytest
import torch
from torch import nn

import edgewise as ew
from edgewise.training import parameter_groups

from .helpers import same


def decayed(model):
    """The names of the parameters that decay, after a check that every one is in one group."""
    groups = parameter_groups(model, weight_decay=0.1)
    names = {p: name for name, p in model.named_parameters()}
    listed = [p for group in groups for p in group["params"]]
    assert len(listed) == len(set(listed))
    assert set(listed) == {p for p in model.parameters() if p.requires_grad}
    assert {group["weight_decay"] for group in groups} <= {0.1, 0.0}
    return sorted(names[p] for group in groups if group["weight_decay"] for p in group["params"])


def trained_grid():
    layer = ew.KANLinear(
        2, 3, basis=ew.Gaussian(4, train_centers=True, train_width=True), coef_scale=True,
        norm="affine",
    )  # fmt: skip
    centers = torch.linspace(-1, 1, 4).repeat(2, 1)
    layer.set_basis(layer.basis, (centers, torch.ones(2, 4)))
    assert layer.centers.dim() == 2
    return layer


def symbolic():
    model = ew.KAN([2, 3, 1])
    return ew.surgery.fix_edge(model, (0, 0, 0), "sin", torch.rand(50, 2))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (trained_grid, ["base_weight", "coef"]),
        (lambda: ew.KANLinear(2, 3, base=None), ["coef"]),
        (lambda: ew.KANLinear(2, 3, norm="layer"), ["base_weight", "coef"]),
        (lambda: ew.nn.KANConv2d(1, 2, 3), ["layers.0.base_weight", "layers.0.coef"]),
        (lambda: ew.presets.KALNet([2, 3]), ["layers.0.base_weight", "layers.0.coef"]),
        (lambda: ew.nn.RationalLinear(8, 4), ["weight"]),
        (lambda: nn.Sequential(nn.Embedding(5, 3), nn.LayerNorm([2, 3]), nn.Linear(3, 1)), [
            "2.weight"
        ]),
        (lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True), [
            "in_proj_weight", "out_proj.weight"
        ]),
        (lambda: nn.LSTM(2, 3), ["weight_hh_l0", "weight_ih_l0"]),
        (lambda: nn.Sequential(nn.Conv1d(1, 2, 3), nn.BatchNorm1d(2), nn.PReLU()), ["0.weight"]),
        (lambda: nn.BatchNorm1d(2), []),
    ],
)  # fmt: skip
def test_what_decays(make, expected):
    assert decayed(make()) == expected


def test_constants_of_formulas_stay():
    names = decayed(symbolic())
    assert names
    assert {name.rpartition(".")[2] for name in names} == {"coef", "base_weight"}


def test_shared_and_frozen_parameters():
    linear = nn.Linear(3, 3)
    tied = nn.ModuleDict({"embed": nn.Embedding(3, 3), "head": linear})
    tied["embed"].weight = linear.weight
    assert decayed(tied) == ["embed.weight"]  # its first name; a weight of a layer decays
    twice = nn.Sequential(linear, linear)
    assert decayed(twice) == ["0.weight"]
    linear.weight.requires_grad_(False)
    assert decayed(twice) == []


def test_rates_are_in_every_group_or_in_none():
    model = nn.Linear(2, 2)
    assert [group["lr"] for group in parameter_groups(model, lr=0.3)] == [0.3, 0.3]
    assert all("lr" not in group for group in parameter_groups(model))


def test_fit_divides_alike():
    x = torch.rand(40, 2)
    first = ew.KAN([2, 3, 1], seed=torch.Generator().manual_seed(0))
    second = copy.deepcopy(first)
    settings = {"steps": 5, "progress": False}
    ew.fit(first, x, x[:, :1], lr=0.02, weight_decay=0.7, **settings)
    groups = parameter_groups(second, lr=0.02, weight_decay=0.7)
    ew.fit(second, x, x[:, :1], optimizer=torch.optim.AdamW(groups, fused=True), **settings)
    assert same(first, second)


@pytest.mark.parametrize("optimizer", ["adamw", "sgd", "muon"])
def test_a_bias_that_holds_the_targets_level_does_not_decay(optimizer):
    """Without gradients only decay moves anything."""
    model = ew.KAN([2, 3, 1])
    with torch.no_grad():
        model.layers[1].bias.fill_(5.0)
    before = copy.deepcopy(model)
    ew.fit(
        model, torch.rand(9, 2), torch.zeros(9, 1), steps=3, lr=0.1, weight_decay=0.5,
        optimizer=optimizer, loss=lambda prediction, target: 0 * prediction.sum(), progress=False,
    )  # fmt: skip
    for old, new in zip(before.stack(), model.stack(), strict=True):
        assert torch.equal(old.bias, new.bias)
        for a, b in ((old.coef, new.coef), (old.base_weight, new.base_weight)):
            shrunk = (b.norm() / a.norm()).item()
            assert torch.allclose(b, a * shrunk)
            # SGD's decay goes through its momentum, so that it is more than 0.95³.
            assert shrunk == pytest.approx(0.95**3) if optimizer != "sgd" else 0 < shrunk < 0.95**3


def test_errors():
    with pytest.raises(ValueError, match="parameter_groups expected weight_decay ≥ 0, got -1"):
        parameter_groups(nn.Linear(2, 2), weight_decay=-1)
    with pytest.raises(ValueError, match="parameter_groups expected lr ≥ 0"):
        parameter_groups(nn.Linear(2, 2), lr=-1)
    with pytest.raises(ValueError, match="expected a model with trainable parameters, got none"):
        parameter_groups(nn.ReLU())
    with pytest.raises(TypeError, match=r"expected a torch\.nn\.Module"):
        parameter_groups(3)


def test_wide_layers_have_smaller_rates():
    model = ew.KAN([3, 16, 64, 1])
    groups = parameter_groups(model, lr=0.1, weight_decay=0.2, base_width=8)
    rates = {id(p): group["lr"] for group in groups for p in group["params"]}
    decays = {id(p): group["weight_decay"] for group in groups for p in group["params"]}
    for layer, rate in zip(model.layers, (0.1, 0.05, 0.0125), strict=True):
        assert rates[id(layer.coef)] == rates[id(layer.base_weight)] == pytest.approx(rate)
        assert rates[id(layer.bias)] == 0.1
        assert decays[id(layer.coef)] == 0.2
        assert decays[id(layer.bias)] == 0
    assert sum(len(group["params"]) for group in groups) == len(list(model.parameters()))
    with pytest.raises(ValueError, match="expected lr, got base_width alone"):
        parameter_groups(model, base_width=8)
