"""Pruned models against the rules written out with loops: what goes, what stays, what it costs."""

import copy
import inspect
import pickle
from itertools import cycle

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise import grids
from edgewise.models import PRESETS

F64 = torch.float64
WIDTHS = [4, 5, 4, 2]
BASES = (
    ew.BSpline(4),
    ew.Gaussian(5, -1, 1, train_centers=True),
    ew.RSWAF(5, -1, 1, inv_denominator=2.0),
    ew.bases.Legendre(3),
    ew.Chebyshev(3),
    ew.Fourier(2),
)
SETTINGS = {
    "scaled": {"coef_scale": True, "bias": False},
    "affine": {"norm": "affine", "base": "identity"},
    "layer": {"norm": "layer"},
    "batch": {"norm": "batch_minmax", "basis": ew.bases.Legendre(3)},
    "post": {"post": "layernorm_silu", "norm": "tanh"},
}


def build(widths, name, seed=0):
    g = torch.Generator().manual_seed(seed)
    if name in PRESETS:
        return PRESETS[name](widths, seed=g, dtype=F64)
    basis = next((b for b in BASES if b.name == name), ew.BSpline(3))
    common = {"basis": basis, "norm": None, "seed": g, "dtype": F64}
    return ew.KAN(widths, **{**common, **SETTINGS.get(name, {})})


def uneven(name, seed=0, widths=WIDTHS):
    """A model with edges of very different strength, and grids of its own for every input."""
    model = build(widths, name, seed)
    x = points(columns=widths[0])
    if name in ("bspline", "gaussian", "rswaf", "legendre"):
        model = grids.adapt(model, x, mix=0.5)
    g = torch.Generator().manual_seed(seed + 1)
    for layer in model.layers:
        size = 10 ** (-3 * torch.rand(layer.in_features, layer.out_features, generator=g))
        size = size.double()
        layer.coef.data *= size[:, None]
        if layer.base_weight is not None:
            layer.base_weight.data *= size
        if layer.bias is not None:
            layer.bias.data.normal_(generator=g).mul_(0.1)
    return model


def points(rows=150, columns=4, seed=1, spread=1.0):
    g = torch.Generator().manual_seed(seed)
    return (torch.rand(rows, columns, generator=g, dtype=F64) * 2 - 1) * spread


def largest(a, b, x):
    with torch.no_grad():
        return float((a(x) - b(x)).abs().max())


def is_free(model, level):
    return model.layers[level].norm_name not in ("layer", "batch_minmax") and (
        level == 0 or model.post is None
    )


def expected_edges(model, x, edge, node, inputs):
    """The rules of `prune`, edge by edge."""
    scores = ew.attribute(model, x)
    keep = [s >= edge * s.max() for s in scores.edges]
    thresholds = [inputs or 0.0] + [node] * (len(keep) - 1)
    for level, share in enumerate(thresholds):
        for i, score in enumerate(scores.nodes[level].tolist()):
            if score < share * float(scores.nodes[level].max()):
                keep[level][i] = False
                if level:
                    keep[level - 1][:, i] = False
    for output in range(model.widths[-1]):
        o = output
        for level in reversed(range(len(keep))):
            i = int(scores.edges[level][:, o].argmax())
            keep[level][i, o] = True
            o = i
    changed = True
    while changed:
        changed = False
        for level in range(1, len(keep)):
            for i in range(model.widths[level]):
                into, out = keep[level - 1][:, i], keep[level][i]
                if is_free(model, level) and into.any() != out.any():
                    into[:], out[:] = False, False
                    changed = True
    return keep


def masked(model, x, keep):
    """The whole model with these edges only, and the means of the others in its biases."""
    new, h = copy.deepcopy(model), model.select(x)
    with torch.no_grad():
        for k, (old, layer) in enumerate(zip(model.layers, new.layers, strict=True)):
            mean = (old.edge_values(h).mean(0) * ~keep[k]).sum(0)
            layer.bias = torch.nn.Parameter(mean if old.bias is None else old.bias + mean)
            layer.mask = keep[k].double()
            h = model.posts[k](old(h)) if model.post else old(h)
    return new


NAMES = [b.name for b in BASES] + list(PRESETS) + list(SETTINGS)


SHARES = [(3e-2, 1e-2, None), (0.2, 0.3, 0.5), (1.0, 1.0, 1.0)]


@pytest.mark.parametrize(
    ("name", "shares"),
    [*zip(NAMES, cycle(SHARES), strict=False), *((NAMES[0], s) for s in SHARES[1:])],
)
def test_pruned_is_the_masked_model_with_means_in_its_biases(name, shares):
    model, x = uneven(name), points()
    edge, node, inputs = shares
    keep = expected_edges(model, x, edge, node, inputs)
    small = ew.prune(model, x, edge_threshold=edge, node_threshold=node, input_threshold=inputs)
    assert largest(masked(model, x, keep), small, x) < 1e-12
    report = small.report
    assert report.edges_before == 4 * 5 + 5 * 4 + 4 * 2
    assert report.edges_after == sum(int(k.sum()) for k in keep)
    alive = [k.any(1) if is_free(model, n) else torch.ones(len(k)) for n, k in enumerate(keep)]
    assert report.widths_after == tuple(small.widths) == (*(int(a.sum()) for a in alive), 2)
    assert report.change == pytest.approx(grids.changes.change(model, small, x), rel=1e-9)
    if not all(is_free(model, n) for n in range(3)) and edge > 0.1:
        assert report.nodes_kept
        assert "stay" in str(report)


@pytest.mark.parametrize("name", NAMES)
def test_dead_nodes_go_and_the_function_stays(name):
    """Also far from the data of the pruning."""
    model, x = build(WIDTHS, name), points()
    model.layers[0].mask = torch.ones(4, 5, dtype=F64)
    model.layers[0].mask[:, 1] = 0  # node 1 gets nothing: a constant
    model.layers[0].mask[3] = 0  # input 3 has no effect
    model.layers[1].mask = torch.ones(5, 4, dtype=F64)
    model.layers[1].mask[2] = 0  # node 2 has no effect
    model.layers[1].mask[:, 3] = 0
    if is_free(model, 1) and model.layers[0].bias is not None:
        model.layers[0].bias.data.fill_(0.3)
    small = ew.prune(model, x, edge_threshold=0, node_threshold=0)
    free = [is_free(model, n) for n in range(3)]
    assert small.widths == [4 - free[0], 5 - 2 * free[1], 4 - free[2], 2]
    away = x if name == "batch" else points(spread=5.0)
    with torch.no_grad():
        size = float(model(away).abs().max())  # 1e8 for polynomials out there
    assert largest(model, small, away) < 1e-13 * max(size, 1)
    assert small.report.change < 1e-14


def test_dead_ends_are_followed_through_the_layers():
    model, x = build([3, 4, 4, 4, 1], "bspline"), points(columns=3)
    for k in range(4):
        rows, columns = model.layers[k].in_features, model.layers[k].out_features
        model.layers[k].mask = torch.ones(rows, columns, dtype=F64)
    model.layers[0].mask[:] = 0  # every node of level 1 is constant but the first two
    model.layers[0].mask[:, :2] = 1
    model.layers[1].mask[:2, 1] = 0  # and so is node 1 of level 2, through them
    model.layers[2].mask[1, :3] = 0
    model.layers[2].mask[[0, 2, 3], 3] = 0  # and node 3 of level 3, through that
    small = ew.prune(model, x, edge_threshold=0, node_threshold=0)
    assert small.widths == [3, 2, 3, 3, 1]
    assert small.report.nodes_removed == ((2, 3), (1,), (3,))
    assert largest(model, small, points(columns=3, spread=3.0)) < 1e-13


def test_weights_of_zero_count_as_no_edge():
    model, x = build([3, 4, 1], "efficientkan"), points(columns=3)
    model.layers[1].coef_scale.data[1:] = 0
    model.layers[1].base_weight.data[1:] = 0
    small = ew.prune(model, x, edge_threshold=0, node_threshold=0)
    assert small.widths == [3, 1, 1]
    assert (small.report.edges_before, small.report.edges_after) == (13, 4)
    assert small.layers[0].bias is None  # nothing to fold
    assert largest(model, small, x) < 1e-14


def test_a_new_bias_holds_the_mean():
    model, x = uneven("efficientkan"), points()
    small = ew.prune(model, x, edge_threshold=0.3)
    assert model.layers[2].bias is None
    assert small.layers[2].bias.requires_grad
    with torch.no_grad():
        torch.testing.assert_close(
            ew.prune(ew.KAN.from_layers([model.layers[0]]), x, edge_threshold=0.9)(x).mean(0),
            model.layers[0](x).mean(0),
        )


@given(st.floats(0, 1), st.floats(0, 1), st.none() | st.floats(0, 1), st.integers(0, 5), st.data())
@settings(max_examples=15, deadline=None)
def test_never_prunes_everything(edge, node, inputs, seed, data):
    name = data.draw(st.sampled_from(["bspline", "fastkan", "kalnet", "efficientkan"]))
    model, x = uneven(name, seed), points(40)
    small = ew.prune(model, x, edge_threshold=edge, node_threshold=node, input_threshold=inputs)
    assert min(small.widths) >= 1
    assert small.widths[-1] == 2
    assert small(x).isfinite().all()
    reached = torch.ones(small.widths[0], dtype=torch.bool)
    for layer in small.layers:
        there = torch.ones(layer.in_features, layer.out_features)
        there = there if layer.mask is None else layer.mask
        reached = (there.bool() & reached[:, None]).any(0)
    assert reached.all()  # a path from an input to every output


def test_thresholds_are_nested():
    model, x = uneven("bspline"), points()
    edges = [
        ew.prune(model, x, edge_threshold=t, node_threshold=0).report.edges_after
        for t in (0, 0.01, 0.1, 0.5, 1)
    ]
    assert edges == sorted(edges, reverse=True)
    assert edges[0] == 48
    assert edges[-1] >= 3 + 1


@pytest.mark.parametrize("dead", [0, 1, 2])
def test_a_model_without_a_live_path_becomes_its_constants(dead):
    model, x = build(WIDTHS, "bspline"), points()
    layer = model.layers[dead]
    layer.mask = torch.zeros(layer.in_features, layer.out_features, dtype=F64)
    small = ew.prune(model, x)
    assert small.widths == [1, 1, 1, 2]
    assert largest(model, small, points(spread=3.0)) < 1e-14


def test_a_constant_output_stays():
    model, x = build(WIDTHS, "gaussian"), points()
    model.layers[2].mask = torch.ones(4, 2, dtype=F64)
    model.layers[2].mask[:, 0] = 0
    small = ew.prune(model, x)
    assert small.widths[-1] == 2
    assert float(small(x).detach()[:, 0].std()) == 0


# ---- what is kept -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bspline", "fastkan", "kalnet", "affine", "scaled"])
def test_settings_stay(name):
    model, x = uneven(name), points()
    model.layers[1].engine = "reference"
    model.layers[0].coef.requires_grad_(False)
    model.train()
    model.layers[1].eval()
    small = ew.prune(model, x, edge_threshold=0.2, node_threshold=0.2)
    for old, new in zip(model.layers, small.layers, strict=True):
        assert new.basis is not None
        assert new.basis == old.basis
        for setting in ("norm_name", "base", "engine", "training"):
            assert getattr(new, setting) == getattr(old, setting)
        assert (new.coef_scale is None) == (old.coef_scale is None)
        assert new.coef.requires_grad == old.coef.requires_grad
        assert new.coef.is_contiguous()
        assert new.extra_repr()
    assert small.post == model.post
    assert small.training


def test_a_grid_per_input_and_trained_grids_are_cut():
    model, x = uneven("gaussian"), points()
    assert model.layers[0].grid[0].shape[0] == 4
    model.layers[0].centers.requires_grad_(False)
    small = ew.prune(model, x, input_threshold=0.6)
    (kept,) = [small.inputs]
    assert 0 < len(kept) < 4
    assert torch.equal(small.layers[0].grid[0], model.layers[0].grid[0][kept])
    assert not small.layers[0].centers.requires_grad
    assert small.layers[1].centers.requires_grad


def test_the_same_x_goes_in_and_pruning_can_go_on():
    model = uneven("bspline")
    x = points(columns=6)
    model.set_inputs([5, 0, 3, 2], 6)
    model.input_names = list("abcdef")
    small = ew.prune(model, x, input_threshold=0.6)
    assert small.in_features == 6
    assert set(small.inputs) < {5, 0, 3, 2}
    assert small.inputs == [i for i in (5, 0, 3, 2) if i in small.inputs]
    gone = {"abcdef"[i] for i in {5, 0, 3, 2} - set(small.inputs)}
    assert set(small.report.inputs_removed) == gone
    assert small.input_names == model.input_names
    again = ew.prune(small, x, edge_threshold=0.5)
    assert again(x).shape == (150, 2)
    assert again.report.widths_before == tuple(small.widths)


@pytest.mark.parametrize("name", ["bspline", "efficientkan", "kalnet", "layer"])
def test_a_pruned_model_survives_a_file(name, tmp_path):
    model, x = uneven(name), points()
    small = ew.prune(model, x, edge_threshold=0.2, node_threshold=0.2, input_threshold=0.3)
    ew.save(small, tmp_path / "small.safetensors")
    loaded = ew.load(tmp_path / "small.safetensors")
    assert torch.equal(loaded(x), small(x))
    assert loaded.report is None
    assert pickle.loads(pickle.dumps(small)).report == small.report


@pytest.mark.filterwarnings("ignore:layers.* functions never fire")
@pytest.mark.parametrize("optimizer", ["lbfgs", "adamw"])
def test_a_pruned_model_trains_and_masked_edges_stay_masked(optimizer):
    model, x = uneven("bspline"), points()
    y = torch.stack([x[:, 0] ** 2, x[:, 1]], 1)
    small = ew.prune(model, x, edge_threshold=0.05, node_threshold=0)
    there = [(layer.edge_weights()[0] != 0).any(1) for layer in small.layers]
    assert not all(edges.all() for edges in there)
    before = ew.evaluate(small, (x, y))["loss"]
    ew.fit(small, (x, y), optimizer=optimizer, steps=5, progress=False)
    assert ew.evaluate(small, (x, y))["loss"] < before
    for edges, layer in zip(there, small.layers, strict=True):
        coef, base_weight = layer.edge_weights()
        assert torch.equal((coef != 0).any(1), edges)
        assert torch.equal(base_weight != 0, edges)


def test_float32():
    model, x = uneven("bspline").float(), points().float()
    small = ew.prune(model, x, edge_threshold=0.1)
    assert {p.dtype for p in small.parameters()} == {torch.float32}
    assert small.layers[0].mask is None or small.layers[0].mask.dtype == torch.float32


# ---- to a budget ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "budget"),
    [
        *(("bspline", budget) for budget in (0.0, 1e-3, 0.05, 10.0)),
        *(("fastkan", 1e-3), ("kalnet", 0.05), ("fourierkan", 0.05)),
    ],
)
def test_the_change_stays_within_the_budget(name, budget):
    model, x = uneven(name), points()
    small = ew.prune_to(model, x, loss_budget=budget)
    assert small.report.change <= max(budget, 1e-13)
    assert grids.changes.change(model, small, x) <= max(budget, 1e-13)
    if budget == 10:
        assert small.report.edges_after <= 3 * 2  # a path for each output


def test_a_greater_budget_leaves_less():
    model, x = uneven("bspline"), points()
    budgets = (1e-4, 1e-2, 0.1, 1.0)
    edges = [ew.prune_to(model, x, loss_budget=b).report.edges_after for b in budgets]
    assert edges == sorted(edges, reverse=True)
    assert edges[0] > edges[-1]


@pytest.mark.parametrize("kind", ["mse", "classes", "callable"])
def test_the_loss_stays_within_the_budget(kind):
    model, x = uneven("bspline"), points()
    noise = torch.Generator().manual_seed(3)
    with torch.no_grad():
        y = model(x)
    if kind == "classes":
        y = (y[:, 0] > y[:, 0].median()).long()
    else:
        y = y + 0.1 * y.std() * torch.randn(y.shape, generator=noise, dtype=F64)
    loss = {"callable": lambda p, t: (p - t).abs().mean()}.get(kind)
    small = ew.prune_to(model, x, y, loss_budget=0.05, loss=loss)
    before, after = (ew.evaluate(m, (x, y), loss=loss)["loss"] for m in (model, small))
    assert after <= 1.05 * before
    assert small.report.edges_after < 40


def test_a_planted_network_is_found():
    """Edges of a small network, hidden among others of a thousandth of their size."""
    g = torch.Generator().manual_seed(0)
    model = ew.KAN([10, 6, 1], norm=None, basis=ew.BSpline(4), dtype=F64, seed=g)
    weak = torch.full((10, 6), 1e-3, dtype=F64)
    weak[[2, 7], [1, 4]] = 1
    for layer, size in zip(model.layers, (weak, torch.ones(6, 1, dtype=F64)), strict=True):
        layer.coef.data.mul_(size[:, None])
        layer.base_weight.data.mul_(size)
    x = points(columns=10)
    for small in (
        ew.prune(model, x, input_threshold=1e-2),
        ew.prune_to(model, x, loss_budget=0.02),
    ):
        assert small.inputs == [2, 7]
        assert small.widths == [2, 2, 1]
        assert small.report.inputs_removed == (0, 1, 3, 4, 5, 6, 8, 9)
        assert small.report.nodes_removed == ((0, 2, 3, 5),)
        assert small.report.edges_removed == 66 - 4
        assert str(small.report).startswith("[10, 6, 1] → [2, 2, 1], 66 → 4 edges")


def test_leading_dimensions_and_single_rows():
    model = uneven("bspline")
    x = points(60).reshape(6, 10, 4)
    small, flat = (ew.prune(model, t, edge_threshold=0.1) for t in (x, x.reshape(60, 4)))
    assert small.report == flat.report
    with torch.no_grad():
        assert ew.prune_to(model, x, model(x), loss_budget=0.1)(x).shape == (6, 10, 2)
    assert ew.prune(model, x[0, 0], edge_threshold=0.5).widths == WIDTHS  # one row has no spread


# ---- what must not happen ---------------------------------------------------------------------


def test_nothing_is_mutated():
    model, x = uneven("kalnet"), points()
    model.train()
    model.layers[0].eval()
    before, modes = copy.deepcopy(model.state_dict()), [m.training for m in model.modules()]
    state, data = torch.get_rng_state(), x.clone()
    small = ew.prune(model, x, edge_threshold=0.5, input_threshold=0.5)
    y = model(x).detach()
    ew.prune_to(model, x, loss_budget=0.1)
    ew.prune_to(model, x, y, loss_budget=0.1)
    small.layers[0].coef.data.fill_(7.0)
    assert [m.training for m in model.modules()] == modes
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.equal(x, data)
    assert model.report is None
    assert model.inputs is None


def test_errors_say_what_to_do():
    model, x = uneven("bspline"), points()
    with pytest.raises(TypeError, match="expected a KAN"):
        ew.prune(torch.nn.Linear(4, 2), x)
    with pytest.raises(ValueError, match="edge_threshold from 0 to 1, got 2"):
        ew.prune(model, x, edge_threshold=2)
    with pytest.raises(ValueError, match=r"input_threshold from 0 to 1, got -0\.1"):
        ew.prune(model, x, input_threshold=-0.1)
    with pytest.raises(ValueError, match="node_threshold from 0 to 1, got nan"):
        ew.prune(model, x, node_threshold=float("nan"))
    with pytest.raises(ValueError, match="loss_budget ≥ 0, got -1"):
        ew.prune_to(model, x, loss_budget=-1)
    with pytest.raises(ValueError, match="expected targets y for loss='mse'"):
        ew.prune_to(model, x, loss="mse")
    with pytest.raises(ValueError, match="at least one row"):
        ew.prune(model, x[:0])
    with pytest.raises(ValueError, match="targets of the predictions' shape"):
        ew.prune_to(model, x, x)
    model.layers[1].coef.data[0] = torch.nan
    with pytest.raises(ValueError, match="NaN or Inf in layer 1"):
        ew.prune(model, x)


def test_thresholds_are_those_that_are_stated():
    defaults = {k: p.default for k, p in inspect.signature(ew.prune).parameters.items()}
    stated = {"edge_threshold": 3e-2, "node_threshold": 1e-2, "input_threshold": None}
    assert {name: defaults[name] for name in stated} == stated
    assert inspect.signature(ew.prune_to).parameters["loss_budget"].default == 0.01
    model, x = ew.KAN([4, 5, 2], dtype=F64), points()
    assert ew.prune(model, x).report == ew.prune(model, x, **stated).report


def test_thresholds_by_their_old_names():
    model, x = ew.KAN([4, 5, 2], dtype=F64), points()
    with pytest.warns(DeprecationWarning, match="prune takes edge_threshold= instead of edge= now"):
        old = ew.prune(model, x, edge=0.5)
    assert old.report == ew.prune(model, x, edge_threshold=0.5).report


def test_an_argument_has_one_name_at_a_time():
    model, x = ew.KAN([2, 1], seed=0), torch.rand(20, 2)
    with (
        pytest.warns(DeprecationWarning, match="instead of edge="),
        pytest.raises(TypeError, match="got both edge_threshold= and its old name edge="),
    ):
        ew.prune(model, x, edge=0.1, edge_threshold=0.2)
