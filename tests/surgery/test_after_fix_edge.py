"""After `fix_edge` a network is read, pruned, named and deepened as before: pykan's own loop."""

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import Jet
from edgewise.formula.parse import parse_formula
from edgewise.symbolic import SymbolicKAN
from edgewise.symbolic.bounds import FunctionPart
from edgewise.training import levenberg_marquardt

F64 = torch.float64


def formula(text):
    return parse_formula(text, ["x0"])[0]


def rows(columns, count=300, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return 2 * torch.rand(count, columns, generator=generator, dtype=F64) - 1


def trained(widths, x, y, steps=8):
    model = ew.KAN(widths, basis=ew.BSpline(12), norm=None, dtype=F64, seed=0)
    levenberg_marquardt(model, (x, y), steps=steps)
    return model


@pytest.fixture(scope="module")
def fixed():
    """y = sin(3 x0) + x1² + 0 · x2, its first edge a function."""
    x = rows(3)
    y = torch.sin(3 * x[:, :1]) + x[:, 1:2] ** 2
    model = trained([3, 1], x, y)
    return ew.surgery.fix_edge(model, (0, 0, 0), "sin", x), x, y


def test_the_loop_of_pykan(fixed):
    """fix, prune, suggest, fix, and what is left is the formula."""
    model, x, y = fixed
    small = ew.prune(model, x)
    assert isinstance(small, SymbolicKAN)
    assert (small.widths, small.inputs) == ([2, 1], [0, 1])
    assert small.report.edges_removed == 1
    assert small.report.change < 1e-3
    assert small.edge_labels() == [[["sin"], [None]]]
    options = ew.symbolic.suggest(small, x, library=["x", "x^2", "sin"], expressions=False)
    assert {tuple(edge): found[0].function for edge, found in options.items()} == {(0, 1, 0): "x^2"}
    with pytest.raises(ValueError, match="is a curve, not masked; got"):
        ew.symbolic.suggest(small, x, (0, 0, 0))
    named = ew.surgery.fix_edge(small, (0, 1, 0), options[0, 1, 0][0].function, x).refine(x, y)
    assert named.is_symbolic
    x0, x1 = sympy.symbols("x0 x1")
    wanted = sympy.lambdify((x0, x1), named.formula())(*x[:, :2].T.numpy())
    assert abs(wanted - y[:, 0].numpy()).max() < 1e-9


def test_scores_are_those_of_the_curves_that_the_functions_came_from():
    x = rows(2)
    y = torch.exp(torch.sin(3 * x[:, :1]) + x[:, 1:] ** 2)
    model = trained([2, 2, 1], x, y, steps=4)
    before = ew.attribute(model, x)
    some = ew.surgery.fix_edge(model, (0, 0, 0), "sin", x)
    place = ew.attribute(some, x)
    assert [e.shape for e in place.edges] == [e.shape for e in before.edges]
    values = [layer.edge_values(h) for layer, h in zip(some.stack(), [x, some[0](x)], strict=True)]
    for method in ("backward", "spread"):
        scores = ew.attribute(some, x, method=method)
        assert scores.input_names == ("x0", "x1")
        if method == "spread":
            for found, value in zip(scores.edges, values, strict=True):
                torch.testing.assert_close(found, value.std(0))
    for ours, drawn in zip(place.edges, some.edge_scores(x), strict=True):
        torch.testing.assert_close(ours, drawn)
    pairs = ew.explain.interactions(some, x)
    torch.testing.assert_close(pairs, pairs.T)


def test_products_go_or_stay_whole():
    """x0 x1 + 0 · x2 as a product of two factors: neither goes without the other."""
    x = rows(3)
    model = ew.KAN([3, (1, 1), 1], basis=ew.BSpline(8), norm=None, dtype=F64, seed=0)
    levenberg_marquardt(model, (x, x[:, :1] * x[:, 1:2]), steps=20)
    some = ew.surgery.fix_edge(model, (1, 0, 0), "x", x)
    assert some.product_nodes() == [[], [1], []]
    torch.testing.assert_close(some(x), ew.prune(some, x, edge_threshold=0, node_threshold=0)(x))
    for edge in (1e-2, 0.5, 1.0):
        small = ew.prune(some, x, edge_threshold=edge, node_threshold=0.2)
        for k, (layer, nodes) in enumerate(zip(small.stack(), small.product_nodes(), strict=True)):
            for o in nodes:
                assert len([end for end in layer.symbolic.ends if end[1] == o]) == 2, (edge, k)
        gap = (small(x) - some(x)).detach()
        change = float(gap.square().mean().sqrt() / some(x).detach().std())
        assert small.report.change == pytest.approx(change, rel=1e-2, abs=1e-9)
    # As with a KAN, a product hands its score on to each factor whole.
    scores = ew.attribute(some, x)
    assert scores.edges[1][1, 1] == pytest.approx(float(scores.nodes[2][1]))
    assert scores.edges[1][2, 1] == pytest.approx(float(scores.nodes[2][1]))


def test_what_goes_is_made_up_for_on_average(fixed):
    model, x, _ = fixed
    small = ew.prune(model, x, edge_threshold=0.9)
    assert float((small(x) - model(x)).detach().mean()) == pytest.approx(0, abs=1e-9)
    within = ew.prune_to(model, x, loss_budget=0.01)
    assert (within.report.edges_removed, within.report.change < 0.01) == (1, True)


def test_a_layer_more_hands_on_what_it_gets(fixed):
    model, x, y = fixed
    for level in (0, 1):
        deeper = ew.surgery.expand_depth(model, level, x)
        torch.testing.assert_close(deeper(x), model(x))
        assert deeper.widths == [3, 3, 1] if level == 0 else [3, 1, 1]
        assert len(deeper.stack()[level].numeric_ends()) == deeper.widths[level] ** 2
        again = deeper.refine(x, y, 2)
        missed, before = ((m(x) - y).detach().square().mean() for m in (again, model))
        assert missed <= before
    formula = ew.surgery.from_formula("sin(x0) + x1")
    deeper = ew.surgery.expand_depth(formula)
    assert sympy.simplify(deeper.formula() - formula.formula()) == 0
    assert deeper.widths == [*formula.widths, 1]


def test_the_model_itself_is_untouched_and_files_keep_the_result(fixed, tmp_path):
    model, x, _ = fixed
    before = {name: t.clone() for name, t in model.state_dict().items()}
    small = ew.prune(model, x)
    assert all(torch.equal(t, before[name]) for name, t in model.state_dict().items())
    small.save(tmp_path / "small.safetensors")
    torch.testing.assert_close(ew.load(tmp_path / "small.safetensors")(x), small(x))


def test_functions_of_several_inputs_are_expanded_together_as_alone():
    """Pieces of inputs in any order, and features that only one of them has."""
    functions = FunctionPart(
        ((formula("exp(0.3*x0)"), formula("x0**3")), (formula("tanh(x0)"),)),
        np.ones((2, 2, 1)),
    )
    inputs, start = np.array([1, 0, 1, 0, 0]), Interval.of(np.linspace(-1, 1, 5))
    together = functions.expand(inputs, Jet.begin(start, np.full(5, 0.1)))
    for k, i in enumerate(inputs):
        alone = functions.expand(np.array([i]), Jet.begin(start[k : k + 1], np.full(1, 0.1)))
        for one, other in zip(together.parts, alone.parts, strict=True):
            assert np.array_equal(one.lo[k], other.lo[0])
            assert np.array_equal(one.hi[k], other.hi[0])
    assert float(together.parts[0].lo[0, 1]) == 0  # the second input has one function


def test_tables_and_certificates_hold_for_functions(fixed):
    """Curves and functions beside each other, within the proven bound."""
    model, x, _ = fixed
    some = ew.surgery.fix_edge(model, (0, 2, 0), "gaussian", numbers=(1.3, 0.2, 0.1, 0.4))
    tables = ew.export.tabulate(some, (-1, 1), tolerance=1e-4, dtype="float32")
    gap = abs(tables(x.numpy()) - some(x).detach().numpy()).max()
    assert gap <= tables.report.bound.max() <= 1e-4
    assert tables.report.measured.max() <= tables.report.bound.max()
    proof, values = ew.export.certify(some, (-1, 1), boxes=2), some(x).detach()
    assert proof.low[0] <= float(values.min())
    assert float(values.max()) <= proof.high[0]
    named = ew.surgery.from_formula("exp(sin(2*x0) + x1**3)*0.3 + tanh(x1)")
    tables = ew.export.tabulate(named, (-1, 1), tolerance=1e-4)
    rows = x[:, :2]
    assert abs(tables(rows.numpy()) - named(rows).detach().numpy()).max() <= 1e-4
    unbounded = ew.surgery.fix_edge(model, (0, 2, 0), "log", numbers=(1, 3, 1, 0))
    with pytest.raises(
        ValueError, match=r"tabulate expected functions among exp, .* got log, whose bounds"
    ):
        ew.export.tabulate(unbounded, (-1, 1))
