"""Functions for single edges: the right one first, with its constants and what it would cost."""

import copy
import itertools
import math

import pytest
import sympy
import torch

import edgewise as ew
from edgewise.formula.continuation import evaluate
from edgewise.formula.printing.text import to_sympy
from edgewise.search import budget
from edgewise.symbolic import LIBRARY, suggest
from edgewise.symbolic.build import as_network, with_edges
from edgewise.symbolic.edges import Edge
from edgewise.training import levenberg_marquardt

F64 = torch.float64
KNOWN = {
    "sin": lambda x: 0.7 * torch.sin(3 * x + 0.4) + 1,
    "exp": lambda x: 2 * torch.exp(-1.5 * x),
    "x": lambda x: -3 * x + 1,
    "x^2": lambda x: (x - 0.3) ** 2,
    "x^3": lambda x: 2 * (x + 0.2) ** 3,
    "tanh": lambda x: torch.tanh(4 * x - 1),
    "gaussian": lambda x: torch.exp(-((3 * x + 0.5) ** 2)),
    "log": lambda x: torch.log(x + 1.3),
    "1/x": lambda x: 1 / (x + 1.6),
    "sqrt": lambda x: torch.sqrt(x + 1.2),
    "0": lambda x: 0 * x + 0.4,
}


def points(columns=2, count=400, seed=0):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(count, columns, generator=g, dtype=F64) * 2 - 1


def model_of(columns, functions, x, grid=24):
    """One layer whose edges are these functions, as near as its splines come."""
    basis = ew.BSpline(grid, 5)
    model = ew.KAN([columns, 1], basis=basis, norm=None, base=None, dtype=F64)
    y = sum(f(x[:, i : i + 1]) for i, f in enumerate(functions))
    levenberg_marquardt(model, (x, y), steps=4)
    return model


@pytest.mark.parametrize("name", KNOWN)
def test_the_right_function_comes_first(name):
    x = points()
    model = model_of(2, (KNOWN[name], lambda x: torch.sin(2 * x)), x)
    found = suggest(model, x, (0, 0, 0))
    best = found[0]
    assert best.function == name
    assert [s.bits for s in found] == sorted(s.bits for s in found)
    assert len(found) == 5
    at = torch.linspace(-0.95, 0.95, 50, dtype=F64)
    values = best.c * LIBRARY[name].torch(best.a * at + best.b) + best.d
    wanted = KNOWN[name](at)
    torch.testing.assert_close(
        values - values.mean(), wanted - wanted.mean(), rtol=0, atol=1e-2
    )  # constants may sit on any edge of a node
    if name != "0":
        assert best.r2 > 1 - 1e-5
        assert best.harm < 1e-5


def test_all_edges_at_once_are_those_alone():
    x = points(3)
    g = torch.Generator().manual_seed(0)
    model = ew.KAN([3, 2, 1], seed=g, dtype=F64)
    model.layers[0].mask = torch.tensor([[1, 1], [1, 0], [1, 1]], dtype=F64)
    every = suggest(model, x, top=3, expressions=False)
    first = {(0, i, o) for i in range(3) for o in range(2)} - {(0, 1, 1)}
    assert set(every) == first | {(1, 0, 0), (1, 1, 0)}
    for place, found in every.items():
        assert len(found) == 3
        if place[1:] != (0, 0):  # some of them will do
            continue
        alone = suggest(model, x, place, top=3, expressions=False)
        assert [s.function for s in alone] == [s.function for s in found]
        assert [s.bits for s in alone] == pytest.approx([s.bits for s in found], rel=1e-6)


def test_expressions_come_where_no_function_will_do():
    x = points(1)
    model = model_of(1, (lambda x: x**3 + 2 * x**2 + 3 * x,), x)
    found = suggest(model, x, (0, 0, 0), floor=1e-9)
    best = found[0]
    z = sympy.Symbol("z")
    polynomial = sympy.nsimplify(to_sympy(best.tree, ["z"]), rational=True, tolerance=1e-4)
    assert sympy.expand(polynomial.diff(z)) == 3 * z**2 + 4 * z + 3  # its constant may be any
    assert (best.a, best.b, best.c) == (1, 0, 1)
    assert best.harm < 1e-9
    assert [s.bits for s in found] == sorted(s.bits for s in found)
    at = torch.linspace(-1, 1, 50, dtype=F64)[:, None]
    values = best.c * evaluate(best.tree, at) + best.d
    gap = values - model(at).detach()  # but for the constant that the node adds
    torch.testing.assert_close(gap - gap.mean(), 0 * gap, rtol=0, atol=1e-4)
    plain = suggest(model, x, (0, 0, 0), floor=1e-9, expressions=False)
    assert {s.tree for s in plain} == {None}
    assert {s.function for s in plain} <= set(LIBRARY)
    assert plain[0].bits > best.bits
    assert suggest(model, x, (0, 0, 0), floor=1e-9)[0] == best


def test_an_expression_does_not_depend_on_the_time_that_it_takes(monkeypatch):
    """Of a clock of which every look at it shows a second more."""
    x = points(1)
    model = model_of(1, (lambda x: torch.sin(3 * x) * torch.exp(-x),), x)
    expected = suggest(model, x, (0, 0, 0), floor=1e-9, budget=1e9)
    assert expected[0].tree is not None
    clock = itertools.count()
    monkeypatch.setattr(budget, "thread_time", lambda: float(next(clock)))
    assert suggest(model, x, (0, 0, 0), floor=1e-9, budget=1e9) == expected
    assert next(clock) > 20


def test_harm_is_what_the_exchange_costs():
    """To first order, so exactly at the last layer."""
    x = points(2, 256)
    model = model_of(2, (lambda x: torch.sin(2 * x), lambda x: x**2), x)
    network = as_network(model)
    with torch.no_grad():
        y = network(x)
        for s in suggest(model, x, (0, 0, 0), top=20):
            edge = Edge(0, 0, LIBRARY[s.function], s.a, s.b, s.c)
            new = with_edges(network, {(0, 0, 0): (edge, s.d)})
            cost = float((new(x) - y).square().mean() / (y - y.mean(0)).square().mean())
            assert s.harm == pytest.approx(cost, rel=1e-3, abs=1e-9), s.function


def test_edges_that_do_not_matter_may_be_anything():
    """A node that nothing depends on: leaving it out costs nothing."""
    x = points(2)
    g = torch.Generator().manual_seed(0)
    model = ew.KAN([2, 2, 1], seed=g, dtype=F64)
    model.layers[1].mask = torch.tensor([[1.0], [0.0]], dtype=F64)
    dead = suggest(model, x, (0, 0, 1))[0]
    live = suggest(model, x, (0, 0, 0), expressions=False)[0]  # these would only fit better
    assert dead.function == "0"
    assert dead.harm < 1e-9 < live.bits
    assert dead.bits < 1e-3


def test_floor_trades_fit_for_simplicity():
    x = points(1)
    model = model_of(1, (lambda x: torch.sin(0.3 * x),), x)
    assert suggest(model, x, (0, 0, 0), floor=1e-2)[0].function == "x"
    # The splines miss the sine by 1.5e-11 of its variance, and tanh misses them by 2.2e-10.
    assert suggest(model, x, (0, 0, 0), floor=5e-11)[0].function == "sin"


def test_library_reach_and_top():
    x = points(1)
    model = model_of(1, (lambda x: torch.sin(20 * x),), x, grid=40)
    assert suggest(model, x, (0, 0, 0), reach=24)[0].function == "sin"
    (cos,) = suggest(model, x, (0, 0, 0), reach=24, library=LIBRARY.without("sin"), top=1)
    assert (cos.function, cos.r2) == ("cos", pytest.approx(1, abs=1e-4))
    few = suggest(model, x, (0, 0, 0), library=["x", "tanh"], top=9, expressions=False)
    assert {s.function for s in few} == {"x", "tanh"}


def test_nothing_given_is_changed():
    x = points(count=100)
    model = ew.KAN([2, 1]).train()
    before, state = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    suggest(model, x.float(), (0, 0, 0), budget=0.5)
    assert torch.equal(torch.get_rng_state(), state)
    assert all(torch.equal(v, before[k]) for k, v in model.state_dict().items())
    assert model.training
    assert model.layers[0].coef.dtype == torch.float32


def test_what_can_not_be():
    x, model = points(), ew.KAN([2, 1], dtype=F64)
    model.layers[0].mask = torch.tensor([[1.0], [0.0]], dtype=F64)
    for edge in ((0, 1, 0), (1, 0, 0), (0, 0), (0, 0, 1)):
        with pytest.raises(ValueError, match=r"expected an edge \(layer, input, output\) of the"):
            suggest(model, x, edge)
    with pytest.raises(
        ValueError, match=r"mixes the inputs: suggest\(edgewise\.surgery\.unmix\(model, x\)"
    ):
        suggest(ew.KAN([2, 1], norm="layer"), x)
    with pytest.raises(TypeError, match=r"suggest expected a KAN .*got Linear"):
        suggest(torch.nn.Linear(2, 1), x)
    with pytest.raises(ValueError, match="expected inputs with last dimension 2, got"):
        suggest(model, points(3))
    with pytest.raises(ValueError, match="x expected finite numbers"):
        suggest(model, x * math.nan)
    with pytest.raises(ValueError, match=r"x expected real numbers, got torch\.complex"):
        suggest(model, x * 1j)
    with pytest.raises(ValueError, match=r"suggest expected x within 1e±70, got .*rescale"):
        suggest(model, x * 1e100)
    for wrong in ({"reach": 0.0}, {"floor": 0.0}, {"floor": -1.0}):
        with pytest.raises(ValueError, match=r"suggest expected .* > 0 and at most 10000, got"):
            suggest(model, x, **wrong)
    with pytest.raises(ValueError, match=r"suggest expected a library .*got none"):
        suggest(model, x, library=LIBRARY.only())
