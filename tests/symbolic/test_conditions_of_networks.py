"""Functions of edges under other scales, their bounds, and what files of networks may not say."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from edgewise.certify.intervals import Interval
from edgewise.certify.taylor_models import Jet
from edgewise.formula.affine import affine, read_affine
from edgewise.formula.expression import (
    Input,
    Number,
    Power,
    Product,
    Sum,
    add,
    apply,
    exact,
    free,
    multiply,
    power,
)
from edgewise.formula.library import LIBRARY, Library
from edgewise.formula.program import Program
from edgewise.symbolic import SymbolicKAN
from edgewise.symbolic.bounds import KNOWN, FunctionPart
from edgewise.symbolic.build import exchange, with_edges
from edgewise.symbolic.criterion import constant_counts, constants, count_constants, inexact_inside
from edgewise.symbolic.earlier_files import _core, _renumber, _with_trees
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.entries import count, index, sequence
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.node_scales import _line, _plainest, _read_from, _scaled, choose_scales
from edgewise.symbolic.pykan import _find, _read_edges
from edgewise.symbolic.suggestions import check_search, check_size

X = Input(0)
Z = np.linspace(0.15, 0.95, 9)[:, None]


def values(tree, z=Z):
    return np.broadcast_to(Program(tree).values(z), len(z))


def call(name, argument=X):
    return apply(LIBRARY[name], argument)


def network(*layers):
    """Layers as (inputs, biases, edges, products)."""
    return SymbolicKAN([SymbolicLayer(SymbolicEdges(*layer)) for layer in layers])


# ---- scales -----------------------------------------------------------------------------------

LINES = [
    (1.0, 0.0, 1.0, 0.0),
    (0.5, 0.2, -3.0, 0.7),
    (-0.4, 0.45, 2.0, -1.0),
    (0.9, -0.1, 0.5, 0.0),
]


@pytest.mark.parametrize("name", LIBRARY)
@pytest.mark.parametrize("numbers", LINES)
def test_the_plainest_form_is_the_same_function_with_as_few_numbers_as_it_needs(name, numbers):
    parts = read_affine(affine(LIBRARY[name], *numbers))
    with np.errstate(all="ignore"):
        made, wanted = _plainest(parts), values(parts.tree)
        known = np.isfinite(wanted)
        np.testing.assert_allclose(values(made.tree)[known], wanted[known], rtol=1e-7, atol=1e-9)
    f = LIBRARY[name]
    if f.free in ("scale", "both") and known.any() and name != "sign":  # of two equal values
        assert abs(made.a.value) == 1
    if f.free in ("shift", "both") and known.any():
        assert made.b.value == 0
    if f.free == "both" and known.any():  # a and b are settled, so neither is fitted
        assert made.a.exact is not None
        assert made.b.exact is not None


def test_phases_of_waves_are_within_a_quarter_turn():
    for b in np.linspace(-20, 20, 41):
        made = _plainest(read_affine(affine(LIBRARY["sin"], 2.0, float(b), 1.5, 0.0)))
        assert abs(made.b.value) <= math.pi / 2 + 1e-6
        np.testing.assert_allclose(values(made.tree), 1.5 * np.sin(2 * Z[:, 0] + b), atol=1e-9)


def test_lines_of_functions_are_known_where_both_points_are():
    assert _line(LIBRARY["x"], 3.0, 2.0) == pytest.approx((3.0, 2.0))
    assert _line(LIBRARY["log"], 3.0, 0.0) == pytest.approx((1.0, math.log(3)))
    assert _line(LIBRARY["log"], -1.0, 0.0) is None
    assert _line(LIBRARY["exp"], 0.0, 1.0) is None  # a constant
    assert _line(LIBRARY["exp"], 1.0, 2.0) == pytest.approx((math.e**2, 0.0))


TREES = [
    call("sin", Sum((Product((free(2.0), X)), free(0.3)))),
    Sum((Product((free(2.0), call("sin"))), free(0.5))),
    Sum((call("sin"), Product((free(2.0), power(X, 2))))),
    Product((free(3.0), Sum((call("sin"), power(X, 2))))),
    Product((call("sin"), call("exp"))),
]


@pytest.mark.parametrize("tree", TREES)
def test_edges_are_multiplied_and_read_from_other_nodes(tree):
    edge = Edge(0, 0, tree)
    whole = values(edge.tree)
    np.testing.assert_allclose(values(_scaled(edge, -2.5).tree), -2.5 * whole)
    assert _scaled(edge, 1) is edge
    moved = _read_from(edge, 0.5, 0.1)
    np.testing.assert_allclose(values(moved.tree), values(edge.tree, 0.5 * Z + 0.1))
    assert _read_from(edge, 1.0, 0.0) is edge


@pytest.mark.parametrize("seed", range(12))
def test_other_scales_of_nodes_change_no_value_and_no_frozen_edge(seed):
    g = np.random.default_rng(seed)
    names = ["x", "x^2", "x^3", "exp", "sin", "cos", "tanh", "gaussian", "arctan", "sinh", "abs"]

    def edge(i, o):
        a, b, c = g.uniform(0.3, 1.2, 3) * [1, 0.3, g.choice([-1, 1])]
        tree = affine(LIBRARY[g.choice(names)], float(a), float(b), float(c))
        return Edge(i, o, tree, frozen=bool(g.random() < 0.15))

    first = [edge(i, o) for i in range(2) for o in range(3)]
    products = [2] if seed % 2 else []
    model = network(
        (2, list(g.uniform(0.1, 0.4, 3)), first, products),
        (3, [0.2], [edge(i, 0) for i in range(3)], []),
    )
    x = torch.from_numpy(g.uniform(0.2, 0.9, (30, 2)))
    made = choose_scales(model)
    torch.testing.assert_close(made(x), model(x), rtol=1e-9, atol=1e-9)
    for old, new in zip(model.stack(), made.stack(), strict=True):
        held = {(e.i, e.o): e.tree.full_key for e in old.symbolic.edges() if e.frozen}
        kept = {(e.i, e.o): e.tree.full_key for e in new.symbolic.edges() if e.frozen}
        assert held == kept


# ---- bounds -----------------------------------------------------------------------------------

BOUNDED = [
    *(apply(LIBRARY[name], Sum((Product((free(1.3), X)), free(0.2)))) for name in KNOWN),
    Product((call("sin"), call("exp"), free(-2.0))),
    Sum((call("tanh"), power(X, 3), free(-2.0))),
    power(Sum((X, free(-0.4))), 12),
]


@pytest.mark.parametrize("tree", BOUNDED, ids=lambda t: t.key)
@pytest.mark.parametrize("width", [1e-9, 0.1, 0.7])
def test_bounds_hold_all_values_and_are_near_them_where_the_piece_is_small(tree, width):
    part = FunctionPart(((tree,),), np.ones((1, 1, 1)))
    part.check("test")
    low = np.array([-0.5, 0.1])
    pieces = Jet.begin(Interval(low, low + width), np.ones(2))
    made = part.expand(np.zeros(2, dtype=int), pieces).range
    for k in range(2):
        told = values(tree, np.linspace(low[k], low[k] + width, 101)[:, None])
        assert made.lo[k, 0] <= told.min() <= told.max() <= made.hi[k, 0]
        assert made.hi[k, 0] - made.lo[k, 0] <= np.ptp(told) + 40 * width


@pytest.mark.parametrize(
    "tree",
    [power(X, -1), power(X, exact(1, 2)), power(X, 13), Power(X, X), call("log"), call("abs")],
    ids=lambda t: t.key,
)
def test_functions_without_bounds_are_named(tree):
    with pytest.raises(ValueError, match="whose bounds aren't known"):
        FunctionPart(((tree,),), np.ones((1, 1, 1))).check("test")


# ---- counts and edits -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "numbers"),
    [
        (X, 0),
        (free(2.0), 1),
        (exact(2), 1),
        (exact(-1), 0),
        (power(X, 2), 0),
        (Power(X, free(2.0)), 1),
        (Power(Sum((X, exact(3))), exact(2)), 1),
        (Sum((Product((free(2.0), X)), exact(1), free(1.0))), 2),
    ],
)
def test_fitted_numbers_are_all_but_exponents_and_signs(tree, numbers):
    assert count_constants(tree) == numbers


@pytest.mark.parametrize(
    ("name", "needed"), [("sin", 3), ("exp", 2), ("log", 2), ("x", 1), ("tanh", 3)]
)
def test_numbers_that_a_function_needs(name, needed):
    assert constants(call(name)) == needed
    loose = Edge(0, 0, affine(LIBRARY[name], 0.3, 0.4, 0.5))
    inexact, simple = constant_counts(loose)
    assert inexact + simple == constants(loose.parts.core)
    assert constant_counts(Edge(0, 0, loose.tree, frozen=True)) == (0, 0)
    assert constant_counts(Edge(0, 0, call(name)))[0] == 0


def test_edges_are_exchanged_alone():
    model = network(
        (1, [0.0, 0.1], [Edge(0, 0, call("sin")), Edge(0, 1, call("exp"))], []),
        (2, [0.2], [Edge(0, 0, call("exp")), Edge(1, 0, call("tanh"))], []),
    )
    assert inexact_inside(model) == 0
    x = torch.linspace(0.1, 0.9, 20, dtype=torch.float64)[:, None]
    same = with_edges(model, {(0, 0, 1): (Edge(0, 1, call("exp")), 0.5)})
    h = model.stack()[0](x)
    torch.testing.assert_close(same.stack()[0](x), h + torch.tensor([0.0, 0.5]))
    gone = with_edges(model, {(0, 0, 0): (Edge(0, 0, exact(0)), 0.3)})
    torch.testing.assert_close(gone.stack()[0](x)[:, 0], torch.full((20,), 0.3, dtype=x.dtype))
    assert len(gone.stack()[0].symbolic.edges()) == 1
    for place in ((0, 0, 0), (1, 1, 0)):
        made = exchange(model, place, Edge(place[1], place[2], call("tanh")), x)
        k, i, o = place
        at = x if k == 0 else h
        old, new = (m.stack()[k].edge_values(at)[:, i, o] for m in (model, made))
        missed = (new - new.mean() - old + old.mean()).square().mean()
        assert missed < 0.05 * old.var()
        torch.testing.assert_close(made.stack()[k](at).mean(0), model.stack()[k](at).mean(0))


# ---- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [1.0, "1", True, -1, None])
def test_counts_of_files_are_whole_numbers(value):
    with pytest.raises(ValueError, match="an integer"):
        count(value, "it")
    with pytest.raises(ValueError, match="from 0 to 2"):
        index(value, 3, "it")
    assert (count(0, "it"), index(2, 3, "it"), index(0, 3, "it")) == (0, 2, 0)
    with pytest.raises(ValueError, match="from 0 to 2"):
        index(3, 3, "it")
    for wrong in ("ab", {}, 3):
        with pytest.raises(ValueError, match="as a list"):
            sequence(wrong, "it")
    assert sequence((1, 2), "it") == [1, 2]


def earlier(**changes):
    layer = {
        "edges": [[0, 0, "sin", [True, True, True, True]]],
        "bias": [True],
        "products": [],
    }
    given = {"affine": torch.tensor([[2.0, 0.0, 1.0, 0.0]]), "bias": torch.zeros(1), "inner": None}
    given |= {k: v for k, v in changes.items() if k in given}
    return _with_trees(layer | {k: v for k, v in changes.items() if k == "edges"}, **given)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"affine": None}, "4 numbers of each of 1 edges"),
        ({"affine": torch.zeros(1, 3)}, "4 numbers of each of 1 edges"),
        ({"affine": torch.zeros(2, 4)}, "4 numbers of each of 1 edges"),
        ({"bias": torch.zeros(2)}, "1 biases"),
        ({"edges": [[0, 0, "sin"]]}, "expected an edge"),
        ({"edges": [[0, 0, "sin", [True] * 4, "other"]]}, "expected an edge"),
        ({"edges": [[0, 0, "sin", [True] * 3]]}, "expected 4 constants"),
        ({"edges": [[0, 0, 5, [True] * 4]]}, "the name of a function"),
        ({"edges": [[0, 0, "sin", [True, 5, True, True]]]}, "expected true, false or a constant"),
        ({"inner": torch.ones(1)}, "got more"),
        ({"edges": [[0, 0, ["apply", "sin", ["number", 1.0, None, None]], [True] * 4]]}, "fewer"),
    ],
)
def test_earlier_files_that_do_not_fit_together(changes, words):
    assert len(earlier()["edges"]) == 1
    with pytest.raises(ValueError, match=words):
        earlier(**changes)


def test_functions_of_earlier_files():
    nothing = iter([])
    assert _core("x", nothing) == ["input", 0]
    assert _core("0", nothing)[:2] == ["number", 0.0]
    assert _core("sin", nothing) == ["apply", "sin", ["input", 0]]
    assert _core("x^2", nothing) == ["power", ["input", 0], ["number", 2.0, "2/1*1", None]]
    assert _core("sqrt", nothing)[2][1] == 0.5
    assert _core("made up", nothing) == ["apply", "made up", ["input", 0]]
    tree = ["sum", ["number", 1.0, None, None], ["number", 2.0, "2/1*1", None]]
    assert _renumber(tree, iter([7.0, 8.0])) == [
        "sum", ["number", 7.0, None, None], ["number", 2.0, "2/1*1", None]
    ]  # fmt: skip
    with pytest.raises(ValueError, match="fewer"):
        _renumber(["number", 1.0, None], iter([1.0]))


def test_functions_of_pykan_by_its_names_or_ours():
    assert _find("sgn", LIBRARY).name == "sign"
    assert _find("tanh", LIBRARY).name == "tanh"
    with pytest.raises(ValueError, match="a function among"):
        _find("nothing", LIBRARY)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"symbolic.mask": torch.ones(1, 2)}, "expected functions of 2 inputs for 2 outputs"),
        ({"symbolic.affine": torch.ones(2, 2, 3)}, "expected functions of 2 inputs for 2 outputs"),
        ({"names": [["sin", "exp"]]}, "names of functions for 2 outputs"),
        ({"names": [["sin", "exp"], ["0"]]}, "names of functions for 2 outputs"),
    ],
)
def test_edges_of_pykan_fit_together(changes, words):
    names = [["sin", "exp"], ["0", "x"]]
    leaves = {
        "symbolic.mask": torch.tensor([[1.0, 0.0], [1.0, 1.0]]),
        "symbolic.affine": torch.arange(16.0).reshape(2, 2, 4),
        "coef": torch.zeros(2, 5, 2),
    }
    scale, bias = torch.tensor([2.0, 3.0]), torch.zeros(2)
    edges = _read_edges(leaves, names, scale, bias, LIBRARY)
    assert [(e.i, e.o) for e in edges] == [(0, 0), (1, 1)]
    assert bias.tolist() == [2 * 3.0, 3 * (11.0 + 15.0)]
    np.testing.assert_allclose(values(edges[0].tree), 2 * 2.0 * np.sin(0 * Z[:, 0] + 1))
    wrong = leaves | {k: v for k, v in changes.items() if k in leaves}
    with pytest.raises(ValueError, match=words):
        _read_edges(wrong, changes.get("names", names), scale, bias, LIBRARY)


@pytest.mark.parametrize("reach", [0.0, -1.0, 1.1e4, math.nan, "2", True])
def test_searches_have_bounds(reach):
    with pytest.raises(ValueError, match="expected reach > 0"):
        check_search("test", LIBRARY, reach=reach)
    check_search("test", LIBRARY, reach=1e4)
    with pytest.raises(ValueError, match="a library of functions"):
        check_search("test", Library(()), reach=1.0)


@pytest.mark.parametrize(
    ("size", "fits"), [(0.0, True), (1.0, True), (1e71, False), (1e-71, False)]
)
def test_numbers_whose_squares_overflow_are_refused(size, fits):
    given = torch.tensor([0.0, -size], dtype=torch.float64)
    if fits:
        check_size("test", "y", given)
    else:
        with pytest.raises(ValueError, match="within 1e±70"):
            check_size("test", "y", given)


def test_sums_and_single_functions_are_told_apart():
    assert read_affine(multiply(free(2.0), call("sin"))).is_single
    assert not read_affine(add(call("sin"), power(X, 2))).is_single
    assert isinstance(free(1.0), Number)
