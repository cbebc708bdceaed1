"""Product nodes: values, gradients, training, pruning, reading, pictures and files."""

import copy

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise import grids
from edgewise.explain.edges import layer_inputs
from edgewise.models.widths import Level, read_levels
from edgewise.nn.product_nodes import multiply_nodes, owners
from edgewise.plotting.drawing import drawing_of

F64 = {"dtype": torch.float64}
WIDTHS = [3, (2, [2, 3]), (0, 1), (1, 1)]


def rows(n=40, features=3, seed=0):
    x = torch.rand(n, features, generator=torch.Generator().manual_seed(seed), **F64)
    return 2 * x - 1


def kan(widths=WIDTHS, seed=0, **settings):
    return ew.KAN(widths, seed=torch.Generator().manual_seed(seed), **F64, **settings)


def by_hand(model, x):
    """The formula, written with loops over nodes."""
    for layer, level in zip(model.stack(), model.levels()[1:], strict=True):
        y = layer.edge_values(x).sum(1) + (0 if layer.bias is None else layer.bias)
        nodes, at = [y[:, o] for o in range(level.sums)], level.sums
        for arity in level.products:
            product = torch.ones_like(y[:, 0])
            for factor in range(arity):
                product = product * y[:, at + factor]
            nodes.append(product)
            at += arity
        x = torch.stack(nodes, 1)
    return x


@pytest.mark.parametrize("basis", ["bspline", "gaussian", "chebyshev", "rswaf"])
@pytest.mark.parametrize("engine", ["reference", None])
def test_values_are_those_of_loops_over_nodes(basis, engine):
    model = kan(basis=basis, engine=engine)
    assert model.widths == [3, 4, 1, 2]
    assert [layer.out_features for layer in model.stack()] == [7, 2, 3]
    x = rows()
    assert (model(x) - by_hand(model, x)).abs().max() < 1e-12
    assert torch.equal(layer_inputs(model, x)[-1], model(x))


def test_gradients_of_x_and_all_parameters():
    model = kan([2, (1, [2, 3]), (0, 1)], basis="gaussian").eval()
    names = list(dict(model.named_parameters()))

    def answer(x, *values):
        return torch.func.functional_call(model, dict(zip(names, values, strict=True)), (x,))

    x = rows(3, 2).requires_grad_()
    assert torch.autograd.gradcheck(answer, (x, *model.parameters()), atol=1e-7)
    assert torch.autograd.gradgradcheck(lambda t: model(t).sum(), (x,), atol=1e-6)


def test_gradients_beside_factors_of_zero():
    y = torch.tensor([[0.0, 0.0, 3.0], [0.0, 2.0, 3.0]], requires_grad=True)
    multiply_nodes(y, [3]).sum().backward()
    assert torch.equal(y.grad, torch.tensor([[0.0, 0.0, 0.0], [6.0, 0.0, 0.0]]))


def test_any_leading_dimensions_and_compile():
    model = kan().eval()
    x = rows(24).reshape(2, 3, 4, 3)
    assert model(x).shape == (2, 3, 4, 2)
    assert model(x[:0]).shape == (0, 3, 4, 2)
    compiled = torch.compile(model, fullgraph=True, backend="aot_eager")
    assert (compiled(x[0, 0]) - model(x[0, 0])).abs().max() < 1e-13


def test_widths_as_users_write_them():
    assert read_levels("KAN", [4, (5, 2), [0, (2, 3)], 1]) == [
        Level(4), Level(5, (2, 2)), Level(0, (2, 3)), Level(1)
    ]  # fmt: skip
    written = [level.written for level in kan([4, (5, [2, 2]), (1, [2, 3]), (2, 0)]).levels()]
    assert written == [4, (5, 2), (1, [2, 3]), 2]
    assert owners(6, [2, 3]) == [0, 1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("widths", "message"),
    [
        ([(2, 1), 1], "inputs as one number"),
        ([2, (0, 0), 1], "nodes of every level"),
        ([2, (1, [1]), 1], "factors of every product"),
        ([2, (1, 2, 3), 1], r"as \(sums, products\)"),
        ([2, (-1, 2), 1], "number of sums"),
        ([2, (1, 0.5), 1], "number of products"),
        ([2, (1, True), 1], "number of products"),
    ],
)
def test_widths_that_make_no_sense(widths, message):
    with pytest.raises(ValueError, match=message):
        ew.KAN(widths)


def test_products_go_without_post():
    with pytest.raises(ValueError, match="sums only"):
        ew.KAN([2, (1, 1), 1], post="layernorm_silu")
    with pytest.raises(ValueError, match="at least 4 outputs"):
        ew.KAN.from_layers([ew.KANLinear(2, 3)], products=[(2, 2)])


def test_a_product_is_found():
    x = rows(150, 2)
    y = x.prod(1, keepdim=True)
    model = kan([2, (0, 1)], basis=ew.BSpline(3, 3))
    ew.fit(model, (x, y), optimizer="lbfgs", steps=30, progress=False)
    small = ew.prune(model, x)
    assert small.levels()[-1] == Level(0, (2,))
    assert small.report.edges_after == 2
    found = ew.symbolic.regress(small, x, y, budget=10)
    assert str(found.formula()).replace("1.0*", "") == "x0*x1"
    assert (found(x) - y).abs().max() < 1e-8


def test_a_product_is_found_below_a_curve():
    x = rows(200, 2, seed=1)
    y = x.prod(1, keepdim=True)
    model = kan([2, (0, 1), 1], seed=1, basis=ew.BSpline(3))
    history = ew.fit(model, (x, y), optimizer="lbfgs", steps=40, progress=False)
    assert history is not None
    assert float(ew.evaluate(model, (x, y))["loss"]) < 1e-4 * float(y.var())
    assert ew.prune(model, x).levels() == [Level(2), Level(0, (2,)), Level(1)]


def planted():
    """y = x0 · x1 in a network with a product of three factors and a sum that do nothing."""
    model = kan([3, (1, [2, 3]), 1], norm=None, base="identity")
    for layer in model.stack():
        for p in layer.parameters():
            p.data.zero_()
    first, last = model.stack()
    first.base_weight.data[0, 1] = first.base_weight.data[1, 2] = 1.0
    first.base_weight.data[2, 3:] = 1e-6
    first.base_weight.data[2, 0] = 1.0
    last.base_weight.data[0], last.base_weight.data[1], last.base_weight.data[2] = 1e-5, 1.0, 1e-3
    return model


def test_prune_keeps_whole_products_and_takes_whole_ones_away():
    model, x = planted(), rows(200)
    before = copy.deepcopy(model.state_dict())
    small = ew.prune(model, x)
    assert all(torch.equal(t, before[n]) for n, t in model.state_dict().items())
    assert small.levels() == [Level(2), Level(0, (2,)), Level(1)]
    assert small.inputs == [0, 1]
    assert small.report.widths_before == (3, (1, [2, 3]), 1)
    assert small.report.widths_after == (2, (0, 1), 1)
    assert (small(x) - x[:, :1] * x[:, 1:2]).abs().max() < 1e-4
    assert "(0, 1)" in str(small.report)


def test_prune_leaves_a_factor_that_is_constant():
    model, x = planted(), rows(200)
    first = model.stack()[0]
    first.base_weight.data[1, 2], first.bias.data[2] = 0.0, 3.0
    small = ew.prune_to(model, x, loss_budget=0.001)
    assert small.levels()[1] == Level(0, (2,))
    assert (small(x) - 3 * x[:, :1]).abs().max() < 1e-2


def test_scores_are_handed_on_to_every_factor():
    """pykan's rule: a factor has the score of its product."""
    model, x = kan([3, (1, [2, 3]), 1], basis="gaussian").eval(), rows(200)
    found = ew.attribute(model, x)
    h = layer_inputs(model, x)
    first, last = model.stack()
    top = last.edge_values(h[1]).std(0)[:, 0] / (last(h[1]).std() + 1e-4)
    owner = torch.tensor([0, 1, 1, 2, 2, 2])
    expected = first.edge_values(x).std(0) * top[owner] / (first(x).std(0) + 1e-4)
    assert (found.edges[0] - expected).abs().max() < 1e-9
    assert [len(level) for level in found.nodes] == [3, 3, 1]
    assert [len(level) for level in ew.attribute(model, x, method="spread").nodes] == [3, 3, 1]
    assert {name for name, _ in ew.attribute(planted(), x).rank()[:2]} == {"x0", "x1"}


def test_backward_sparsity_is_finite_and_has_gradients():
    model, x = kan(), rows(50)
    penalty = ew.training.Sparsity(1.0, metric="backward")(model, x)
    penalty.backward()
    assert penalty > 0
    assert all(p.grad.isfinite().all() for p in model.parameters() if p.grad is not None)


def test_files_keep_products(tmp_path):
    model, x = kan(), rows()
    model.input_names = ["a", "b", "c"]
    ew.save(model, tmp_path / "m.safetensors")
    again = ew.load(tmp_path / "m.safetensors")
    assert again.levels() == model.levels()
    assert torch.equal(again(x), model(x))
    assert "products" not in kan([2, 1]).to_config()
    state = copy.deepcopy(model.state_dict())
    other = kan(seed=1)
    other.load_state_dict(state)
    assert torch.equal(other(x), model(x))


@pytest.mark.parametrize("products", [[[2]], [[7], [], []], [["2"], [2], [2]], 3, [[1], [2], [2]]])
def test_damaged_descriptions_are_refused(products):
    config = kan().to_config() | {"products": products}
    with pytest.raises((ValueError, TypeError)):
        ew.KAN.from_config(config)


def test_grids_move_below_products():
    model, x = kan([3, (1, 1), 1]), rows(300)
    fine = grids.refine(model, 9, x)
    assert (fine(x) - model(x)).abs().max() < 1e-9
    assert fine.products == model.products
    assert grids.adapt(fine, x, tolerance=1.0).products == model.products
    assert grids.convert(model, ew.Gaussian(12), x, tolerance=1.0).model.products == model.products


def test_unmix_goes_through_products():
    model, x = ew.FastKAN([2, (1, 1), 1], seed=torch.Generator().manual_seed(0)), rows(300, 2)
    plain = ew.surgery.unmix(model, x.float(), tolerance=1.0)
    assert plain.products == model.products
    assert not plain.mixes_features


def test_extract_and_for_data():
    model, x = kan(), rows(80)
    inner, reached = ew.explain.extract(torch.nn.Sequential(torch.nn.Identity(), model), x, "1")
    assert inner is model
    assert torch.equal(reached, x)
    y = 100 + 10 * x[:, :2]
    begun = ew.KAN.for_data([3, (2, 1), (1, 1)], 50 * x, y, **F64)
    assert begun(50 * x).isfinite().all()
    assert abs(begun(50 * x)[:, 0].mean() - y[:, 0].mean()) < 10
    history = ew.fit(begun, (50 * x, y), steps=2, progress=False)
    assert history is not None


def test_pictures_show_products():
    pytest.importorskip("matplotlib")
    model, x = kan([3, (1, [2, 3]), (0, 1)]), rows(60)
    drawing = drawing_of(model, x)
    assert drawing.multiply == [[False] * 3, [False, True, True], [True]]
    assert drawing.layers[0].owner == [0, 1, 1, 2, 2, 2]
    figure = ew.plot(model, x)
    (axes,) = figure.axes
    lines = [c for c in axes.collections if c.get_gid() == "factors"]
    assert [len(c.get_segments()) for c in lines] == [5, 2]
    few = drawing_of(model, x, max_nodes=1)
    assert len(few.nodes[1]) == 1
    assert few.more == [0, 2, 0]
    label = ew.plotting.plot_edge(model, x, (0, 0, 4)).axes[0].get_ylabel()
    assert label == "adds to factor 1 of h₂"
    assert (
        ew.plotting.plot_edge(model, x, (1, 0, 0)).axes[0].get_ylabel() == "adds to factor 0 of y"
    )


def test_suggestions_count_layers_as_the_kan_does():
    model, x = planted(), rows(100)
    for p in model.stack()[1].parameters():
        p.data += 1e-3
    every = ew.symbolic.suggest(model, x, library=["x"], expressions=False)
    assert {index[0] for index in every} == {0, 1}
    assert ew.symbolic.suggest(model, x, (1, 0, 0), library=["x"], expressions=False)[0].r2 > 0.9


def test_presets_take_products():
    for make in (ew.FastKAN, ew.presets.EfficientKAN, ew.presets.ChebyKAN, ew.presets.FasterKAN):
        assert make([3, (2, 1), 1])(torch.rand(5, 3)).shape == (5, 1)


def test_networks_with_products_are_changed_by_hand():
    model, x = kan([3, (1, 1), (1, 1), 1]), rows()
    wide = ew.surgery.expand_width(model, 1, 2, seed=torch.Generator().manual_seed(0))
    assert wide.levels()[1] == Level(3, (2,))
    assert (wide(x) - model(x)).abs().max() < 1e-12
    deep = ew.surgery.expand_depth(model, 1, x)
    assert deep.levels()[1:3] == [Level(1, (2,)), Level(2)]
    assert (deep(x) - model(x)).abs().max() < 1e-12
    assert (model[1:](layer_inputs(model, x)[1]) - model(x)).abs().max() < 1e-12
    assert torch.equal(model[np.int64(0)](x), model[0](x))
    fixed = ew.surgery.fix_edge(model, (1, 0, 2), "x", numbers=(2.0, 0.0, 1.0, 0.5))
    expected = copy.deepcopy(model)
    h = layer_inputs(model, x)[1]
    outputs = model.stack()[1](h)
    outputs[:, 2] += 2 * h[:, 0] + 0.5 - model.stack()[1].edge_values(h)[:, 0, 2]
    assert (fixed(x) - expected[2](expected.combine(1, outputs))).abs().max() < 1e-12
    assert ew.surgery.edge_curve(model, (1, 0, 2), x).y.shape == (40,)
    assert (ew.surgery.auto_swap(model, x)(x) - model(x)).abs().max() < 1e-12
