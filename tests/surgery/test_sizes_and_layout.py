"""More room and another order leave the function alone; parts of a network are networks."""

from __future__ import annotations

from itertools import combinations

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry

BASES = [n for n, cls in registry().items() if cls.__module__.startswith("edgewise.")]
X = torch.rand(80, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64) * 1.6 - 0.8


def made(basis="bspline", widths=(3, 4, 5, 2), **settings):
    generator = torch.Generator().manual_seed(0)
    return ew.KAN(list(widths), basis=basis, seed=generator, dtype=torch.float64, **settings)


def masked(model):
    model.layers[1].mask = torch.ones_like(model.layers[1].coef[:, 0])
    model.layers[1].mask[1, 2] = 0
    return ew.surgery.freeze(model, (1, 2, 3))


@pytest.mark.parametrize("norm", ["auto", "affine"])
@pytest.mark.parametrize("basis", BASES)
def test_wider_and_deeper_is_the_same_function(basis, norm):
    model = masked(made(basis, norm=norm, coef_scale=True))
    before = model(X)
    wide = ew.surgery.expand_width(model, 1, 2, seed=torch.Generator().manual_seed(1))
    wide = ew.surgery.expand_width(wide, 2, 1, seed=torch.Generator().manual_seed(1))
    assert wide.widths == [3, 6, 6, 2]
    torch.testing.assert_close(wide(X), before, rtol=0, atol=1e-13)
    for level in (None, 0, 1, 3):
        for x in (None, X):
            deep = ew.surgery.expand_depth(wide, level, x)
            torch.testing.assert_close(deep(X), before, rtol=0, atol=1e-13)
    assert torch.equal(model(X), before)
    assert wide.layers[1].mask.sum() == 6 * 6 - 1
    assert wide.layers[1].frozen.nonzero().tolist() == [[2, 3]]


@pytest.mark.parametrize(
    "edit", [lambda m: ew.surgery.expand_width(m, 1, 3), ew.surgery.expand_depth]
)
def test_the_new_room_is_used(edit):
    model = edit(made())
    y = (3 * X[:, :2]).sin()
    before = {n: p.detach().clone() for n, p in model.named_parameters()}
    ew.fit(model, X, y, steps=5, progress=False)
    for name, parameter in model.named_parameters():
        changed = parameter != before[name]
        assert changed.any(), name
        if name.endswith("coef"):
            assert changed.any((1, 2)).all()


def test_grids_of_their_own_come_along():
    model = ew.grids.refine(ew.grids.adapt(made(), X), 8)
    wide = ew.surgery.expand_width(model, 1, 2)
    torch.testing.assert_close(wide(X), model(X), rtol=0, atol=1e-13)
    assert wide.layers[1].grid[0].shape == (6, model.layers[1].grid[0].shape[1])


@pytest.mark.parametrize("settings", [{}, {"norm": "layer"}, {"post": "layernorm_silu"}])
@pytest.mark.parametrize("basis", BASES)
def test_another_order_is_the_same_function(basis, settings):
    model = masked(made(basis, coef_scale=True, **settings))
    for parameter in model.posts.parameters():
        parameter.data.add_(torch.rand(parameter.shape, generator=torch.Generator().manual_seed(2)))
    swapped = ew.surgery.auto_swap(model, X)
    torch.testing.assert_close(swapped(X), model(X), rtol=0, atol=1e-12)
    costs = [ew.surgery.connection_cost(m, X) for m in (swapped, model)]
    assert costs[0] < costs[1]
    assert swapped.layers[1].frozen.sum() == 1


@pytest.mark.parametrize("basis", ["bspline", "gaussian", "fourier"])
def test_no_exchange_of_two_nodes_sorts_a_level_better(basis):
    model = made(basis, widths=(3, 5, 2))
    swapped = ew.surgery.auto_swap(model, X)
    found = ew.surgery.connection_cost(swapped, X)
    for a, b in combinations(range(5), 2):
        order = torch.arange(5)
        order[[a, b]] = order[[b, a]]
        assert ew.surgery.connection_cost(permuted(swapped, order), X) >= found * (1 - 1e-9)
    assert found <= ew.surgery.connection_cost(model, X)


def test_nodes_that_multiply_come_along():
    model = made(widths=(3, (3, [2, 3, 2]), (2, 1), 2))
    before = model(X)
    for edit in (
        lambda m: ew.surgery.expand_width(m, 1, 2),
        lambda m: ew.surgery.expand_width(m, 1, 2, arity=3),
        lambda m: ew.surgery.expand_depth(m, 1),
        ew.surgery.expand_depth,
        lambda m: ew.surgery.auto_swap(m, X),
        lambda m: ew.surgery.freeze(m, (0, 1, 8)),
    ):
        torch.testing.assert_close(edit(model)(X), before, rtol=0, atol=1e-12)
    wide = ew.surgery.expand_width(ew.surgery.expand_width(model, 1, 2), 1, 1, arity=3)
    assert [(level.sums, level.products) for level in wide.levels()[1:2]] == [(5, (2, 3, 2, 3))]
    costs = [ew.surgery.connection_cost(m, X) for m in (ew.surgery.auto_swap(model, X), model)]
    assert costs[0] < costs[1]
    fixed = ew.surgery.fix_edge(model, (1, 2, 2), "sin", X)
    assert fixed.report.layer == 2  # behind the layer that multiplies
    free = ew.surgery.free_edge(fixed, (2, 2, 2), X)
    inside = (fixed[:2](X).abs() < 1).all(1)  # of the grid, beyond which splines are 0
    assert (free(X) - fixed(X))[inside].abs().max() < 0.1
    edge, same = (
        ew.surgery.edge_curve(model, (1, 2, 2), X),
        ew.surgery.edge_curve(fixed, (2, 2, 2), X),
    )
    torch.testing.assert_close(edge.x, same.x)


def permuted(model, order):
    from edgewise.surgery.layout import reorder

    return reorder(model, [torch.arange(3), order, torch.arange(2)])


@pytest.mark.parametrize(
    ("orders", "message"),
    [
        ([[0, 1, 2], [0, 1, 2, 3, 4]], "expected 3 orders, one a level, got 2"),
        ([[0, 1, 2], [0, 1, 1, 3, 4], [0, 1]], r"each node once at level 1, got \[0, 1, 1, 3, 4\]"),
        ([[0, 1, 2], [0, 1, 2], [0, 1]], "each node once at level 1"),
        ([[0, 1, 2], [0.5, 1, 2, 3, 4], [0, 1]], "each node once at level 1"),
        ([[1, 0, 2], [0, 1, 2, 3, 4], [0, 1]], "all nodes, unmoved, at level 0"),
        ([[0, 1, 2], [0, 1, 2, 3, 4], [1, 0]], "all nodes, unmoved, at level 2"),
        ([[0, 1, 2], [4, 1, 2, 3, 0], [0, 1]], "nodes that add first at level 1"),
    ],
)
def test_what_is_no_order_of_the_nodes_is_refused(orders, message):
    """A node named twice took another's place without a word."""
    model = ew.KAN([3, [3, 2], 2], seed=0)
    with pytest.raises(ValueError, match=message):
        ew.surgery.reorder(model, [torch.tensor(order) for order in orders])
    x = torch.rand(5, 3)
    same = ew.surgery.reorder(model, [[0, 1, 2], [2, 0, 1, 4, 3], [0, 1]])
    torch.testing.assert_close(same(x), model(x))
    with pytest.raises(TypeError, match="expected a KAN"):
        ew.surgery.reorder(torch.nn.Linear(2, 2), orders)


def test_parts_are_networks_of_copies():
    model = made(post="layernorm_silu")
    model.input_names = ["a", "b", "c"]
    torch.testing.assert_close(model[1:](model[0](X)), model(X), rtol=0, atol=0)
    torch.testing.assert_close(model[-1](model[:-1](X)), model(X), rtol=0, atol=0)
    assert [len(model), len(model[:2]), model[1:].widths] == [3, 2, [4, 5, 2]]
    assert model[:1].input_names == ["a", "b", "c"]
    assert model[1:].input_names is None
    before = model(X)
    with torch.no_grad():
        model[0].layers[0].coef.zero_()
    assert torch.equal(model(X), before)
    assert [part.widths for part in model] == [[3, 4], [4, 5], [5, 2]]


def test_a_part_in_front_reads_what_the_whole_reads():
    model = ew.KAN([2, 3, 1], dtype=torch.float64)
    model.set_inputs([2, 0], 3)
    torch.testing.assert_close(model[1:](model[:1](X)), model(X), rtol=0, atol=0)
    fixed = ew.surgery.fix_edge(model, (0, 0, 0), "sin", numbers=(1, 0, 1, 0))
    torch.testing.assert_close(fixed[1](fixed[:1](X)), fixed(X), rtol=0, atol=0)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda m: m[3], IndexError, "range"),
        (lambda m: m[::2], ValueError, "follow each other"),
        (lambda m: m[2:2], ValueError, "at least one"),
        (lambda m: m["a"], TypeError, "a layer's number or a slice"),
        (lambda m: ew.surgery.expand_width(m, 3, 1), ValueError, "hidden level from 1 to 2, got 3"),
        (lambda m: ew.surgery.expand_width(m, 1, 0), ValueError, "nodes to be an integer ≥ 1"),
        (
            lambda m: ew.surgery.expand_width(ew.FastKAN([3, 3, 1]), 1, 1),
            ValueError,
            "ew.surgery.unmix",
        ),
        (lambda m: ew.surgery.expand_depth(m, 4), ValueError, "level from 0 to 3, got 4"),
        (
            lambda m: ew.surgery.expand_depth(ew.presets.KALNet([3, 2])),
            ValueError,
            "follow each other directly",
        ),
        (lambda m: ew.surgery.auto_swap(ew.MLP([3, 1]), X), TypeError, "expected a KAN"),
    ],
)
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call(made())


def test_new_nodes_of_a_drawn_or_loaded_network_get_random_edges(tmp_path):
    drawn = ew.surgery.from_formula("sin(x0*x1)", basis=ew.BSpline(8), spare=1, seed=0)
    assert drawn.layers[0].coef[..., 1].any()
    ew.save(ew.KAN([2, 3, 1], seed=0), tmp_path / "model.safetensors")
    wide = ew.surgery.expand_width(ew.load(tmp_path / "model.safetensors"), 1, 2, seed=0)
    assert wide.layers[0].base_weight[:, 3:].any() or wide.layers[0].coef[..., 3:].any()
