"""What is frozen stays to the last bit, whatever trains and whichever basis it is."""

from __future__ import annotations

from itertools import cycle

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.training import levenberg_marquardt
from edgewise.training.frozen_parameters import Hold

BASES = [n for n, cls in registry().items() if cls.__module__.startswith("edgewise.")]
GENERATOR = torch.Generator().manual_seed(3)
X = torch.rand(60, 3, generator=GENERATOR) * 1.6 - 0.8
Y = torch.stack([X[:, 0] * X[:, 1], X[:, 2].sin()], 1)
OPTIMIZERS = ["adamw", "adam", "sgd", "muon", "lbfgs"]


def made(basis="bspline", **settings):
    generator = torch.Generator().manual_seed(0)
    return ew.nn.settle(ew.KAN([3, 4, 2], basis=basis, seed=generator, **settings))


def edge_of(model, layer, i, j):
    """Everything that the edge's function is made of."""
    edge = ew.surgery.edge_curve(model, (layer, i, j), X)
    coef, base = model.layers[layer].edge_weights()
    parts = [coef[i, :, j]] + ([] if base is None else [base[i, j]])
    return edge, [p.detach().clone() for p in parts]


def train(model, optimizer="adamw", **settings):
    decay = {} if optimizer == "lbfgs" else {"weight_decay": 0.1}
    return ew.fit(model, X, Y, optimizer=optimizer, steps=6, lr=0.05, progress=False,
                  **decay, **settings)  # fmt: skip


def fixed():
    return ew.surgery.fix_edge(ew.KAN([3, 4, 2]), (0, 0, 1), "sin")


@pytest.mark.parametrize("build", [lambda: ew.KAN([3, 4, 2]), fixed])
def test_a_map_of_inputs_that_has_seen_no_rows_is_not_fixed_silently(build):
    model = build()
    with pytest.warns(UserWarning, match=r"freeze expected .* edgewise.nn.settle\(model, x\)"):
        still = ew.surgery.freeze(model, (0, 1, 2))
    before = ew.surgery.edge_curve(still, (0, 1, 2), X).y
    train(still)
    assert torch.equal(ew.surgery.edge_curve(still, (0, 1, 2), X).y, before)
    ew.surgery.freeze(model, 1)  # without a map of its inputs
    ew.surgery.freeze(ew.nn.settle(model, X), (0, 1, 2))
    seen = build()
    train(seen)
    ew.surgery.freeze(seen, (0, 1, 2))


@pytest.mark.parametrize(
    ("optimizer", "norm"), [*zip(OPTIMIZERS, cycle(["affine", None, "layer"]), strict=False)]
)
def test_an_edge_stays_with_every_optimizer(optimizer, norm):
    model = ew.surgery.freeze(made(norm=norm, coef_scale=True), (0, 1, 2))
    before, parts = edge_of(model, 0, 1, 2)
    others = model.layers[0].coef.detach().clone()
    train(model, optimizer, regularizer=ew.training.Sparsity(1e-3))
    after, now = edge_of(model, 0, 1, 2)
    assert torch.equal(before.y, after.y)
    assert all(torch.equal(a, b) for a, b in zip(parts, now, strict=True))
    moved = (model.layers[0].coef != others).any(1)
    assert moved.sum() == 11
    assert not moved[1, 2]


@pytest.mark.parametrize("basis", BASES)
def test_an_edge_stays_on_every_basis(basis):
    model = ew.surgery.freeze(made(basis), (0, 2, 3))
    before, _ = edge_of(model, 0, 2, 3)
    train(model)
    assert torch.equal(before.y, edge_of(model, 0, 2, 3)[0].y)


@pytest.mark.parametrize(
    "basis",
    [ew.Gaussian(train_centers=True, train_width=True), ew.RSWAF(8, -1.2, 1.2, 0.5, True, True)],
)  # fmt: skip
@pytest.mark.parametrize("placed", [False, True])
def test_trained_centres_stay_with_the_edge(basis, placed):
    model = made(basis)
    if placed:  # every input with centres of its own, of which some may move
        model = ew.grids.fit_range(model, X, tolerance=1.0)
    model = ew.surgery.freeze(model, (0, 1, 2))
    before, _ = edge_of(model, 0, 1, 2)
    grid = model.layers[0].grid[0].detach().clone()
    train(model)
    assert torch.equal(before.y, edge_of(model, 0, 1, 2)[0].y)
    moved = model.layers[0].grid[0] != grid
    assert bool(moved.any()) == placed


def test_a_node_with_its_bias_and_a_layer():
    model = ew.surgery.freeze(made(), (0, None, 1))
    node = model[0]
    before = node(X)[:, 1]
    train(model)
    assert torch.equal(model[0](X)[:, 1], before)
    assert not torch.equal(model[0](X)[:, 0], node(X)[:, 0])
    model = ew.surgery.freeze(made(norm="affine"), 0)
    before = model[0](X)
    train(model, "muon")
    assert torch.equal(model[0](X), before)


def test_frozen_and_free_again():
    model = ew.surgery.freeze(ew.surgery.freeze(made(), (0, 1, 2)), 1)
    assert model.layers[0].frozen.sum() == 1
    assert ew.surgery.unfreeze(model, (0, 1, 2)).layers[0].frozen is None
    assert ew.surgery.unfreeze(model, 0).layers[1].frozen is not None
    assert all(layer.frozen is None for layer in ew.surgery.unfreeze(model).layers)
    assert model.layers[0].frozen is not None


def test_least_squares_leave_it_alone():
    model = ew.surgery.freeze(made().double(), (0, 1, 2))
    before, _ = edge_of(model, 0, 1, 2)
    losses = levenberg_marquardt(model, (X.double(), Y.double()), steps=5)
    assert losses[-1] < losses[0]
    assert torch.equal(before.y, edge_of(model, 0, 1, 2)[0].y)


def test_grids_that_move_leave_it_alone():
    model = ew.surgery.freeze(made(), (0, 1, 2))
    before, _ = edge_of(model, 0, 1, 2)
    second = model.layers[1].grid[0].clone()
    train(model, grid_update_every=2)
    assert torch.equal(before.y, edge_of(model, 0, 1, 2)[0].y)
    assert model.layers[1].grid[0].shape != second.shape


def test_files_pruning_and_copies_keep_what_is_frozen(tmp_path):
    model = ew.surgery.freeze(made(), (0, None, 3))
    model.layers[1].coef.data[1] = 0
    model.layers[1].base_weight.data[1] = 0
    ew.save(model, tmp_path / "model")
    assert torch.equal(ew.load(tmp_path / "model").layers[0].frozen, model.layers[0].frozen)
    small = ew.prune(model, X, edge_threshold=0, node_threshold=0)
    assert small.widths == [3, 3, 2]
    assert small.layers[0].frozen.tolist() == 4 * [[False, False, True]]
    other = made()
    other.load_state_dict(model.state_dict())
    assert torch.equal(other.layers[0].frozen, model.layers[0].frozen)


def test_a_run_goes_on_from_its_checkpoint_with_frozen_edges(tmp_path):
    whole, halves = ew.surgery.freeze(made(), (0, 1, 2)), ew.surgery.freeze(made(), (0, 1, 2))
    ew.fit(whole, X, Y, steps=8, progress=False)
    ew.fit(halves, X, Y, steps=4, progress=False, checkpoint_dir=tmp_path)
    ew.fit(halves, X, Y, steps=8, progress=False, checkpoint_dir=tmp_path, resume=True)
    assert torch.equal(whole(X), halves(X))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_numbers_of_a_function_train_or_stay(optimizer):
    fixed = ew.surgery.fix_edge(made(), (0, 0, 1), "sin", numbers=(1.5, 0.0, 0.8, 0.0))
    fixed = ew.surgery.fix_edge(fixed, (1, 1, 0), "x^2", numbers=(1.0, 0.5, 0.3, 0.0))
    still = ew.surgery.freeze(fixed, (0, 0, 1))
    before = ew.surgery.edge_curve(still, (0, 0, 1), X).y
    train(fixed, optimizer)
    train(still, optimizer)
    moved = fixed.stack()[0].symbolic.edges()[0].parts.values
    assert moved[:3] != (1.5, 0.0, 0.8)
    assert moved[3] == 0  # a constant beside a sum belongs to the node
    assert torch.equal(ew.surgery.edge_curve(still, (0, 0, 1), X).y, before)
    assert still.stack()[1].symbolic.edges()[0].parts.values[0] != 1.0
    again = ew.surgery.unfreeze(still, (0, 0, 1))
    train(again, optimizer)
    assert not torch.equal(ew.surgery.edge_curve(again, (0, 0, 1), X).y, before)


def test_a_network_of_functions_trains_down_to_its_formula():
    y = 2 * torch.sin(1.5 * X[:, :1] + 0.2) + X[:, 1:2].exp()
    model = ew.nn.settle(ew.KAN([3, 1]))
    for i, f in enumerate(("sin", "exp", "x")):
        model = ew.surgery.fix_edge(model, (0, i, 0), f, numbers=(1, 0, 1, 0))
    model = ew.surgery.freeze(model, (0, 1, 0))
    history = ew.fit(model, X, y, optimizer="lbfgs", steps=60, progress=False)
    assert history.loss[-1] < 1e-9
    edges = {e.i: e for e in model.stack()[0].symbolic.edges()}
    assert edges[1].parts.values == (1, 0, 1, 0)
    assert abs(abs(edges[0].parts.a.value) - 1.5) < 1e-3


def test_files_keep_a_frozen_function(tmp_path):
    model = ew.surgery.freeze(ew.surgery.fix_edge(made(), (0, 0, 1), "sin"), (0, None, 1))
    ew.save(model, tmp_path / "model")
    layer = ew.load(tmp_path / "model").stack()[0]
    assert layer.symbolic.edges()[0].frozen
    assert not layer.symbolic.free_bias[1]
    assert layer.numeric.frozen[:, 1].all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ew.surgery.freeze(made(), 2), "layer from 0 to 1, got 2"),
        (lambda: ew.surgery.freeze(made(), (0, -1, None)), "i, an input, from 0 to 2, got -1"),
        (lambda: ew.surgery.unfreeze(made(), (None, 1, None)), "layer from 0 to 1, got None"),
        (lambda: train(ew.surgery.freeze(ew.surgery.freeze(made(), 0), 1)), "something to train"),
    ],
)
def test_what_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("of", [int, np.int64])
def test_layers_and_edges_are_named_by_whole_numbers_of_numpy_too(of):
    model = ew.surgery.freeze(made(), of(0))
    assert bool(model.layers[0].frozen.all())
    fewer = ew.surgery.unfreeze(model, (of(0), of(1), of(2)))
    assert fewer.layers[0].frozen.sum() == model.layers[0].frozen.numel() - 1
    assert ew.surgery.unfreeze(model, of(0)).layers[0].frozen is None


def test_gradients_of_what_is_held_are_0_before_an_optimizer_sees_them():
    held, other = (torch.nn.Parameter(torch.ones(3)) for _ in range(2))
    free = torch.tensor([True, False, True])
    hold = Hold(fixed=[other], parts=[(held, free), (torch.nn.Parameter(torch.ones(3)), free)])
    (held.square().sum() + other.sum()).backward()
    hold.mask_gradients()
    assert held.grad.tolist() == [2.0, 0.0, 2.0]
    assert other.grad is None
