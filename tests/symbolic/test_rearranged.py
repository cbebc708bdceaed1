"""Networks rearranged: as columns, as pykan's tensors, as curves, by node; none changes a value."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.formula.continuation import evaluate
from edgewise.formula.expression import Number
from edgewise.formula.library import LIBRARY
from edgewise.interop.pykan_files import Description
from edgewise.symbolic import SymbolicKAN, earlier_files
from edgewise.symbolic.build import as_network, layer_places, multiply_layer, with_edges
from edgewise.symbolic.columns import columns_of
from edgewise.symbolic.curve_fits import grid_of
from edgewise.symbolic.edge_targets import differentiate_layers
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.pykan import needs_functions, network_from_pykan, network_to_pykan
from edgewise.symbolic.report import EdgeReport, Report

F64 = torch.float64
NAMES = ("sin", "tanh", "exp", "x^2", "x", "gaussian")


def random_layer(inputs, outputs, g, several):
    """Functions on most edges; some nodes multiply, by several edges each where that is asked."""
    ends = [(i, o) for i in range(inputs) for o in range(outputs) if several or g.random() < 0.7]
    g.shuffle(ends)
    edges = [Edge(int(i), int(o), LIBRARY[g.choice(NAMES)], *g.uniform(-1, 1, 4)) for i, o in ends]
    products = [o for o in range(outputs) if g.random() < 0.4]
    return SymbolicLayer(SymbolicEdges(inputs, g.uniform(-1, 1, outputs), edges, products))


def random_network(seed):
    """One layer multiplies outputs of the layer below, as the products of a KAN do."""
    g = np.random.default_rng(seed)
    widths = [2, *g.integers(1, 5, 2).tolist(), 4]
    layers = [random_layer(n, m, g, several=True) for n, m in pairwise(widths)]
    sums = SymbolicLayer(SymbolicEdges(4, g.uniform(-1, 1, 5), [
        Edge(i, o, LIBRARY["sin"], 0.8, 0.1, 0.7) for i in range(4) for o in range(5)
    ], []))  # fmt: skip
    biases = [Bias(Number(v)) for v in g.uniform(-1, 1, 2)]
    added = multiply_layer(5, [2, 2], [Bias(Number(0.5)), *biases], like=torch.zeros(1, dtype=F64))
    return SymbolicKAN([*layers, sums, added])


def rows(columns, count=30):
    return torch.from_numpy(np.random.default_rng(7).uniform(-0.9, 0.9, (count, columns)))


def by_columns(layers, x):
    """What the layers of sums with products above them say, edge by edge."""
    for layer in layers:
        assert x.shape[1] == layer.in_features
        sums = torch.tensor(layer.bias, dtype=F64).repeat(len(x), 1)
        for e in layer.edges:
            sums[:, e.o] += evaluate(e.tree, x[:, e.i])
        if layer.numeric is not None:
            sums += layer.numeric(x)
        plain = sums.shape[1] - sum(layer.products)
        factors = sums[:, plain:].split(list(layer.products), 1)
        made = [f.prod(1) + a for f, a in zip(factors, layer.added, strict=True)]
        x = torch.stack([*sums[:, :plain].unbind(1), *made], 1)
    return x


@pytest.mark.parametrize("seed", range(8))
def test_columns_and_pykans_tensors_compute_the_same(seed):
    model, x = random_network(seed), rows(2)
    wanted = model(x).detach()
    layers = columns_of(model)
    torch.testing.assert_close(by_columns(layers, x), wanted)
    assert (2, 2) in [layer.products for layer in layers]
    state, products, functions, base = network_to_pykan(model)
    description = Description(base, products, functions)
    assert needs_functions(state, description)
    again = network_from_pykan(state, description, LIBRARY)
    torch.testing.assert_close(again(x), wanted)


def test_a_checkpoint_needs_functions_for_a_function_or_a_bias_of_a_product():
    state, products, functions, base = network_to_pykan(random_network(0))
    description, zero = Description(base, products, functions), torch.tensor(0.0)
    kept = ("node_bias", "symbolic_fun")
    plain = {k: v * zero if k.startswith(kept) else v for k, v in state.items()}
    assert not needs_functions(plain, description)
    assert not needs_functions(plain, None)
    for layer, factors in enumerate(products):
        name = f"node_bias_{layer}"
        for one in torch.eye(len(plain[name])):  # products are the last nodes
            is_product = bool(one[len(one) - len(factors) :].any())
            assert needs_functions({**plain, name: one}, description) == is_product
        mask = f"symbolic_fun.{layer}.mask"
        assert needs_functions({**plain, mask: torch.ones_like(plain[mask])}, description)


@pytest.mark.parametrize("widths", [[2, [2, 2], 1], [2, [1, 3], [2, 1], 2], [3, 2, 1]])
def test_a_kan_is_the_same_as_curves_and_as_columns_with_formulas_on_some_edges(widths):
    model, x = ew.KAN(widths, basis=ew.BSpline(4), norm=None, seed=0, dtype=F64), rows(widths[0])
    network = as_network(model)
    torch.testing.assert_close(network(x), model(x))
    assert len(layer_places(model)) == len(model.layers)
    for layer, place in zip(model.layers, layer_places(model), strict=True):
        assert network.stack()[place].in_features == layer.in_features
    mixed = with_edges(network, {(0, 1, 0): (Edge(1, 0, LIBRARY["sin"], 2.0, 0.1, 0.3), 0.5)})
    torch.testing.assert_close(by_columns(columns_of(mixed), x), mixed(x))


@pytest.mark.parametrize("seed", range(4))
def test_derivatives_of_layers_are_those_of_the_outputs_by_their_nodes(seed):
    model, x = random_network(seed), rows(2, 6)
    layers = model.stack()
    residual = rows(layers[-1].out_features, 6)
    found = differentiate_layers(model, x, model(x).detach() + residual)
    without = differentiate_layers(model, x, None)
    h = x
    for k, layer in enumerate(layers):
        torch.testing.assert_close(found[k].inputs, h)
        h = layer(h).detach()

        def outputs(node, above=layers[k + 1 :]):
            for each in above:
                node = each(node[None])[0]
            return node

        gradients = torch.stack([torch.func.jacrev(outputs)(row) for row in h])
        torch.testing.assert_close(found[k].squares, gradients.square().sum(1))
        torch.testing.assert_close(found[k].wanted, (gradients * residual[..., None]).sum(1))
        assert not without[k].wanted.any()


def test_derivatives_by_nodes_that_no_output_reads_are_zero():
    first = SymbolicLayer(SymbolicEdges(1, [0.0], [Edge(0, 0, LIBRARY["sin"])], []))
    model = SymbolicKAN([first, SymbolicLayer(SymbolicEdges(1, [2.0], [], []))])
    hidden, last = differentiate_layers(model, rows(1, 4), None)
    assert hidden.squares.tolist() == [[0.0]] * 4
    assert last.squares.tolist() == [[1.0]] * 4


@pytest.mark.parametrize("name", ["sin", "tanh", "exp", "gaussian", "log", "x^2", "1/x"])
@pytest.mark.parametrize("reach", [2.0, 16.0])
def test_grids_are_even_in_sign_and_the_same_under_any_default_type(name, reach):
    f, like = LIBRARY[name], torch.zeros(1, dtype=F64)
    grid = grid_of(f, reach, like)
    scales = sorted({abs(a) for a, _ in grid})
    assert max(scales) <= max(reach, 4.0) + 1
    if not f.symmetric and f.free != "both":
        assert sorted(a for a, _ in grid) == sorted(s * a for a in scales for s in (1, -1))
    low, high = f.domain
    for a, b in grid:
        if f.free not in ("shift", "scale", "both") and not f.period and high - low > 1e6:
            assert b.min() == pytest.approx(-abs(a) - 3)
            assert b.max() == pytest.approx(abs(a) + 3)
            assert b.sort().values.diff().max() < 0.8
    torch.set_default_dtype(F64)
    try:
        for (a, b), (c, d) in zip(grid, grid_of(f, reach, like), strict=True):
            assert a == c
            assert torch.equal(b, d)
    finally:
        torch.set_default_dtype(torch.float32)


# ---- earlier files, reports -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "is_edge_frozen", "is_bias_frozen"),
    [
        ([True, True, True, True], False, False),
        ([False, True, True, True], True, False),
        ([False, False, False, True], True, True),
        (["1/2*1", False, False, True], True, False),
        (["1/2*1", "1/1*1", "2/1*1", True], False, False),
    ],
)
def test_fixed_numbers_of_earlier_files_freeze_an_edge_and_three_its_bias(
    signs, is_edge_frozen, is_bias_frozen
):
    layer = {"edges": [[0, 1, "sin", signs]], "bias": [True, True], "products": []}
    numbers = torch.tensor([[0.5, 1.25, 2.5, 0.0]])
    made = earlier_files._with_trees(layer, numbers, torch.zeros(2), None)
    assert (made["edges"][0][3:] == [earlier_files.FROZEN]) == is_edge_frozen
    assert [b[1:] == [earlier_files.FROZEN] for b in made["bias"]] == [False, is_bias_frozen]


def test_a_report_names_functions_and_curves_and_took_no_longer_than_its_call():
    edges = [EdgeReport(0, 0, 0, "sin", 0.5, "a"), EdgeReport(0, 1, 0, None, None, "b")]
    assert str(Report(edges)).splitlines()[-3:-1] == [
        "  a: sin  R² 0.500000",
        "  b: (curve)",
    ]
    x = torch.linspace(-1, 1, 50)[:, None]
    before = perf_counter()
    report = ew.symbolic.regress(ew.surgery.from_formula("sin(3*x0)"), x, library=["sin"]).report
    assert 0 < report.seconds <= perf_counter() - before
