"""Edges that become functions and curves again, and what an edge does, on every basis."""

from __future__ import annotations

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry
from edgewise.surgery import edge_curve, fix_edge

BASES = [n for n, cls in registry().items() if cls.__module__.startswith("edgewise.")]
X = torch.rand(60, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64) * 1.6 - 0.8


def made(basis="bspline", widths=(3, 4, 2), **settings):
    generator = torch.Generator().manual_seed(0)
    model = ew.KAN(list(widths), basis=basis, seed=generator, dtype=torch.float64, **settings)
    return model.eval()


def states(model):
    return {name: t.clone() for name, t in model.state_dict().items()}


def unchanged(model, before):
    return all(torch.equal(t, before[name]) for name, t in model.state_dict().items())


@pytest.mark.parametrize("basis", BASES)
def test_an_edge_becomes_a_function_and_the_rest_stays(basis):
    model = made(basis, coef_scale=True)
    before = states(model)
    edge = ew.surgery.edge_curve(model, (0, 1, 2), X)
    fixed = ew.surgery.fix_edge(model, (0, 1, 2), "sin", numbers=(1.5, 0.25, 2.0, -0.5))
    assert unchanged(model, before)
    h = model[0](X)
    h[:, 2] += 2 * torch.sin(1.5 * X[:, 1] + 0.25) - 0.5 - edge.y
    torch.testing.assert_close(fixed(X), model[1](h), rtol=0, atol=1e-12)
    assert fixed.edge_labels()[0][1][2] == "sin"


@pytest.mark.parametrize("basis", BASES)
def test_a_curve_that_draws_a_function(basis):
    fixed = ew.surgery.fix_edge(made(basis), (0, 0, 1), "x^2", numbers=(1.0, 0.5, -0.7, 0.2))
    free = ew.surgery.free_edge(fixed, (0, 0, 1), X)
    assert (0, 1) in free.stack()[0].numeric_ends()
    assert not free.stack()[0].symbolic.ends
    error = (free(X) - fixed(X)).square().mean().sqrt() / fixed(X).std()
    assert error < 0.05, float(error)


def test_a_curve_that_draws_a_function_of_its_basis_exactly():
    fixed = ew.surgery.fix_edge(made("bspline"), (0, 0, 1), "x^2", numbers=(1.0, 0.5, -0.7, 0.2))
    free = ew.surgery.free_edge(fixed, (0, 0, 1), X)
    torch.testing.assert_close(free(X), fixed(X), rtol=0, atol=1e-9)


def test_the_fit_finds_what_the_curve_is():
    basis = ew.BSpline(8, linear_tails=True)
    model = made(basis, widths=(1, 1), base=None, norm="standard")  # linear in what is trained
    t = torch.linspace(-1, 1, 400, dtype=torch.float64)[:, None]
    ew.fit(model, t, 0.5 * torch.sin(2 * t + 0.3) + 0.1, optimizer="lbfgs", steps=60,
           progress=False)  # fmt: skip
    fixed = ew.surgery.fix_edge(model, (0, 0, 0), "sin", t)
    found = fixed.report
    assert found.r2 > 1 - 1e-6
    assert abs(abs(found.a) - 2) < 0.02
    assert abs(abs(found.c) - 0.5) < 0.02
    assert (fixed(t) - model(t)).abs().max() < 1e-3
    assert str(fixed.formula()).count("sin") == 1


def test_a_layer_without_curves_gets_new_ones():
    model = made(widths=(1, 1))
    fixed = ew.surgery.fix_edge(model, (0, 0, 0), "exp", numbers=(1.0, 0.0, 1.0, 0.0))
    assert fixed.stack()[0].numeric is None
    t = torch.linspace(2, 3, 50, dtype=torch.float64)[:, None]
    free = ew.surgery.free_edge(fixed, (0, 0, 0), t, basis="chebyshev")
    torch.testing.assert_close(free(t), fixed(t), rtol=1e-3, atol=0)


def test_a_fixed_network_is_named_to_its_end():
    """pykan's way: some edges by hand, the rest by itself, with the first ones as they are."""
    x = torch.rand(300, 2, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2 - 1
    y = torch.sin(2 * x[:, :1]) + x[:, 1:] ** 2
    model = made(widths=(2, 1))
    ew.fit(model, x, y, optimizer="lbfgs", steps=30, progress=False)
    fixed = ew.surgery.freeze(
        ew.surgery.fix_edge(model, (0, 0, 0), "sin", numbers=(2, 0, 1, 0)), (0, 0, 0)
    )
    named = ew.symbolic.regress(fixed, x, y, library=["x", "x^2", "exp"], budget=2.0,
                                expressions=False)  # fmt: skip
    assert named.is_symbolic
    edges = {(e.i, e.o): e for e in named.stack()[0].symbolic.edges()}
    assert edges[0, 0].parts.values == (2, 0, 1, 0)
    assert edges[1, 0].name == "x^2"
    assert named.report.r2 > 1 - 1e-8


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("norm", ["auto", "layer"])
def test_a_curve_and_its_parts(basis, norm):
    model = made(basis, norm=norm, base="silu", coef_scale=True)
    model.layers[0].mask = torch.ones(3, 4, dtype=torch.float64)
    model.layers[0].mask[2, 1] = 0
    layer = model.layers[1]
    h = model[0](X)
    for i, j in ((0, 0), (3, 1)):
        edge = ew.surgery.edge_curve(model, (1, i, j), X)
        torch.testing.assert_close(edge.y, layer.edge_values(h)[:, i, j], rtol=0, atol=1e-12)
        base = layer.base_weight[i, j] * torch.nn.functional.silu(h[:, i])
        torch.testing.assert_close(edge.base, base, rtol=0, atol=1e-12)
        assert torch.equal(edge.x, h[:, i])
    assert edge.norm == ("LayerNorm" if norm == "layer" else None)
    assert not ew.surgery.edge_curve(model, (0, 2, 1), X).y.any()


def test_the_parts_of_a_function():
    fixed = ew.surgery.fix_edge(made(), (0, 1, 2), "sin", numbers=(1.5, 0.25, 2.0, -0.5))
    edge = ew.surgery.edge_curve(fixed, (0, 1, 2), X)
    expected = 2 * torch.sin(1.5 * X[:, 1] + 0.25)  # -0.5 is in the node's bias
    torch.testing.assert_close(edge.symbolic, expected)
    assert not edge.curve.any()
    assert not edge.base.any()


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda m: fix_edge(m, (2, 0, 0), "sin"), ValueError, "layer from 0 to 1, got 2"),
        (lambda m: fix_edge(m, (0, 3, 0), "sin"), ValueError, "i, an input, from 0 to 2"),
        (lambda m: fix_edge(m, (0, 0, 0), "sinus"), ValueError, "expected functions among"),
        (lambda m: fix_edge(m, (0, 0, 0), "sin", X, numbers=(1, 0, 1, 0)), ValueError, "got both"),
        (lambda m: fix_edge(m, (0, 0, 0), "sin", numbers=(1, 0)), ValueError, "a, b, c and d"),
        (lambda m: fix_edge(m, (0, 0, 0), "sin", X[:1]), ValueError, "that varies on x"),
        (lambda m: ew.surgery.free_edge(m, (0, 0, 0), X), ValueError, "an edge that is a function"),
        (lambda m: edge_curve(m, (0, 0, 9), X), ValueError, "j, an output, from 0 to 3, got 9"),
        (lambda m: edge_curve(ew.MLP([3, 1]), (0, 0, 0), X), TypeError, "expected a KAN"),
        (
            lambda m: fix_edge(ew.FastKAN([3, 2]), (0, 0, 0), "sin", X),
            ValueError,
            "ew.surgery.unmix",
        ),
    ],
)  # fmt: skip
def test_what_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call(made())


def test_layer_i_and_j_one_by_one_still_work():
    model = ew.nn.settle(made(widths=(3, 2)), X)
    with pytest.warns(DeprecationWarning, match=r"edge_curve takes edge=\(layer, i, j\) now"):
        old = edge_curve(model, 0, 1, 1, X).y
    assert torch.equal(old, edge_curve(model, (0, 1, 1), X).y)
    with pytest.warns(DeprecationWarning, match="freeze takes"):
        held = ew.surgery.freeze(model, layer=0, j=1)
    assert torch.equal(
        held.layers[0].frozen, ew.surgery.freeze(model, (0, None, 1)).layers[0].frozen
    )
    with pytest.raises(ValueError, match=r"expected edge=\(layer, input, output\)"):
        edge_curve(model, (0, 1), X)


def test_a_report_by_its_old_names():
    fixed = fix_edge(made(), (0, 0, 0), "sin", numbers=(1, 0, 1, 0))
    with pytest.warns(DeprecationWarning, match=r"SymbolicKAN\.report now"):
        assert fixed.fixing is fixed.report
    small = ew.prune(ew.nn.settle(made(), X), X)
    with pytest.warns(DeprecationWarning, match=r"KAN\.report now"):
        assert small.pruning is small.report


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_each_number_of_an_edge_is_finite(place, value):
    numbers = [1.0, 0.0, 1.0, 0.0]
    numbers[place] = value
    with pytest.raises(ValueError, match="fix_edge expected " + "abcd"[place]):
        fix_edge(made(), (0, 0, 0), "sin", numbers=numbers)
