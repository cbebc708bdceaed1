"""Formulas of one variable on edges: values, slopes, names, files, refits."""

import copy
import math
import pickle

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.formula.affine import affine, name_of, read_affine
from edgewise.formula.constants import Constant
from edgewise.formula.continuation import evaluate, is_defined
from edgewise.formula.data import tree_bits
from edgewise.formula.expression import (
    Input,
    Number,
    add,
    apply,
    exact,
    free,
    multiply,
    number,
    power,
)
from edgewise.formula.parse import parse_formula
from edgewise.formula.printing.text import to_sympy
from edgewise.formula.program import Program
from edgewise.symbolic import LIBRARY, Function, Library, SymbolicKAN
from edgewise.symbolic.criterion import core_bits, inexact_constants, network_bits
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.snap import snap

F64 = torch.float64
X = Input(0)
SIN, EXP, LOG = (LIBRARY[n] for n in ("sin", "exp", "log"))
CUBIC = add(power(X, 3), multiply(free(2.1), X), free(-0.3))
WAVES = add(multiply(free(0.7), apply(SIN, multiply(free(3.2), X))), apply(SIN, X))
DAMPED = multiply(apply(EXP, multiply(free(-1.3), X)), apply(LIBRARY["cos"], multiply(exact(3), X)))
RATIO = multiply(add(X, free(1.2)), power(add(power(X, 2), free(0.8)), -1))
ROOT = add(power(add(X, free(1.5)), exact(1, 2)), power(X, exact(7)), apply(LOG, add(X, exact(2))))
GROWTH = add(power(free(1.7), X), power(add(X, exact(2)), free(1.3)), power(X, exact(-6)))
TREES = {
    "cubic": CUBIC,
    "waves": WAVES,
    "damped": DAMPED,
    "ratio": RATIO,
    "root": ROOT,
    "growth": GROWTH,
}


def rows(count=40):
    return torch.linspace(0.2, 1.9, count, dtype=F64)[:, None]


def network(tree, c=1.0, hidden=False):
    """The expression on one edge; `hidden` puts sin before it."""
    last = Edge(0, 0, tree, c=Constant(1) if c == 1 else c)
    layers = [SymbolicLayer(SymbolicEdges(1, [0.25], [last]))]
    if hidden:
        first = Edge(0, 0, SIN, 0.9, 0.3, 1.4)
        layers.insert(0, SymbolicLayer(SymbolicEdges(1, [0.6], [first])))
    return SymbolicKAN(layers)


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_values_slopes_and_formula(tree):
    u = rows().requires_grad_()
    program = Program(tree)
    wanted, jacobian = program.values_and_jacobian(u.detach().numpy())
    value = evaluate(tree, u)
    (slope,) = torch.autograd.grad(value.sum(), u)
    assert value[:, 0].detach().numpy() == pytest.approx(wanted, rel=1e-12)
    assert slope[:, 0].numpy() == pytest.approx(
        program.gradient(u.detach().numpy())[:, 0], rel=1e-8
    )
    layer = SymbolicEdges(1, [0.0], [Edge(0, 0, tree)])
    by = layer.derivatives(u.detach(), torch.ones(40, 1, dtype=F64)).numpy()
    assert by[:, program.free] == pytest.approx(jacobian, rel=1e-8)
    assert torch.autograd.gradcheck(lambda v: evaluate(tree, v), (rows(5).requires_grad_(),))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_everywhere_finite_and_defined_where_it_is(tree):
    u = torch.tensor([-1e300, -1e9, -2.0, -1.5, -1.0, 0.0, 1e-12, 3.0, 1e9, 1e300], dtype=F64)
    value = evaluate(tree, u.requires_grad_())
    (slope,) = torch.autograd.grad(value.sum(), u)
    assert value.isfinite().all()
    assert slope.isfinite().all()
    near = torch.tensor([-3.0, -1.9, -1.4, 0.0, 1.0], dtype=F64)
    told = is_defined(tree, near)
    with np.errstate(all="ignore"):
        true = np.isfinite(Program(tree).values(near.numpy()[:, None]))
    assert told.tolist() == true.tolist()


def test_names_and_bits():
    assert name_of(CUBIC) == "x**3 + 2.1*x - 0.3"
    assert name_of(multiply(number(-1), apply(SIN, power(X, 2)))) == "-sin(x**2)"
    two_thirds = power(add(X, exact(1)), exact(2, 3))
    assert name_of(two_thirds) == "(x + 1)**(2/3)"
    assert name_of(multiply(exact(1, 2, "pi"), power(X, -1))) == "1/x"
    pi = multiply(exact(1, 2, "pi"), power(X, 2), power(add(X, exact(1)), -1))
    assert name_of(pi) == "pi*x**2/(2*(x + 1))"
    for tree in TREES.values():
        read = sympy.lambdify(sympy.Symbol("x"), sympy.sympify(name_of(tree)), "numpy")
        assert np.abs(read(rows().numpy()) - evaluate(tree, rows()).numpy()).max() < 1e-5
    assert core_bits(X) < core_bits(apply(SIN, X)) == SIN.complexity
    assert core_bits(CUBIC) == tree_bits(CUBIC)
    assert tree_bits(add(X, Input(1), Input(2)), 4) == 3 * (1 + 2) + 1.5 * 2
    assert tree_bits(CUBIC) < tree_bits(add(CUBIC, apply(SIN, X)))


def test_numbers_left_out_of_an_edge_change_nothing():
    plain, given = Edge(0, 0, SIN), Edge(0, 0, SIN, 1.0, 0.0, 1.0, exact(0))
    assert plain.tree.full_key == given.tree.full_key
    assert [n.exact for n in plain.tree.numbers()] == [None] * len(plain.tree.numbers())
    assert (plain.name, Edge(0, 0, CUBIC).tree.full_key) == ("sin", CUBIC.full_key)


@pytest.mark.parametrize("tree", [Input(1), add(X, Input(1))])
def test_only_functions_of_one_variable(tree):
    with pytest.raises(ValueError, match="expected a formula of x0 alone"):
        Edge(0, 0, tree)


def test_copies_and_pickles():
    u = rows()
    for tree in TREES.values():
        edge = Edge(0, 0, tree)
        for other in (copy.deepcopy(edge), pickle.loads(pickle.dumps(edge))):
            assert torch.equal(evaluate(other.tree, u), evaluate(tree, u))
            assert other.name == edge.name


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_in_a_network(tree, hidden, tmp_path):
    model, x = network(tree, 1.5, hidden), rows()
    formula = sympy.lambdify(sympy.Symbol("x0"), model.formula(simplify=False), "numpy")
    wanted = np.broadcast_to(formula(x.numpy()[:, 0]), 40)
    assert model(x)[:, 0].detach().numpy() == pytest.approx(wanted, rel=1e-11)
    layer, slope = model.stack()[-1].symbolic, torch.ones(1, 1, dtype=F64)
    found = layer.derivatives(x[:1], slope)
    parts = torch.autograd.grad(layer(x[:1]).sum(), layer.unknowns())
    expected = torch.cat([p.flatten() for p in parts]) * layer.movable_unknowns()
    torch.testing.assert_close(found[0], expected, rtol=1e-9, atol=1e-12)
    model.save(tmp_path / "m.safetensors")
    for loaded in (ew.load(tmp_path / "m.safetensors"), copy.deepcopy(model)):
        assert torch.equal(loaded(x), model(x))
        assert loaded.stack()[-1].symbolic.edges() == layer.edges()
        assert loaded.formula(simplify=False) == model.formula(simplify=False)


def test_equal_forms_with_other_numbers_stay_apart():
    """Their names are the same to six digits."""
    trees = [multiply(free(2 + d), power(X, 2)) for d in (0.0, 1e-9)]
    edges = [Edge(0, 0, t, 1.0, 0.0, 1.0) for t in trees]
    layer = SymbolicEdges(1, [0.0], edges)
    x = rows()
    torch.testing.assert_close(layer(x), (4 + 1e-9) * x**2, rtol=1e-15, atol=0)
    assert [e.parts.c.value * e.tree.numbers()[1].value for e in layer.edges()] == [2.0, 2 + 1e-9]


@pytest.mark.parametrize("name", ["cubic", "waves", "damped", "ratio"])
def test_refits_and_snapping_reach_the_numbers_inside(name):
    tree = TREES[name]
    truth, x = network(tree), rows(200)
    simple = tree.with_numbers(
        [n if n.exact is not None else Number(round(n.value * 2) / 2) for n in tree.numbers()]
    )
    y = network(simple)(x).detach()
    refitted = truth.refine(x, y)
    assert float((refitted(x) - y).detach().abs().max()) < 1e-7
    label = refitted.edge_labels()[0][0][0]
    assert label == name_of(refitted.stack()[0].symbolic.edges()[0].tree)
    assert label != truth.edge_labels()[0][0][0]
    found = snap(refitted, x, y)
    assert not found.formula(simplify=False).atoms(sympy.Float)
    assert inexact_constants(found) == 0 < inexact_constants(refitted)
    assert network_bits(found, 1e-20, 200) < network_bits(refitted, 1e-20, 200)
    difference = found.formula() - to_sympy(simple, ["x0"]) - sympy.Rational(1, 4)
    assert sympy.simplify(sympy.nsimplify(difference)) == 0


def test_functions_of_ones_own_inside(tmp_path):
    mine = LIBRARY.with_functions(Function("erf", torch.erf, lambda z: sympy.erf(z)))
    tree = add(multiply(free(2.0), apply(mine["erf"], X)), power(X, 2))
    model, x = network(tree), rows()
    torch.testing.assert_close(model(x), 2 * torch.erf(x) + x**2 + 0.25)
    model.save(tmp_path / "m.safetensors")
    torch.testing.assert_close(
        SymbolicKAN.load(tmp_path / "m.safetensors", library=mine)(x), model(x)
    )
    with pytest.raises(ValueError, match=r"erf.*library"):
        ew.load(tmp_path / "m.safetensors")


def test_libraries_of_names():
    assert list(Library.of(["sin", "exp"])) == ["sin", "exp"]
    assert Library.of(LIBRARY) is LIBRARY
    own = Function("erf", torch.erf, lambda z: sympy.erf(z))
    assert Library.of(["x", own])["erf"] is own
    with pytest.raises(ValueError, match=r"expected functions among .*got 'bessel'"):
        Library.of(["bessel"])
    for wrong in ("sin", 3, [3], None):
        with pytest.raises(TypeError, match="expected "):
            Library.of(wrong)
    assert Library.of(["sin"]).identity is LIBRARY["x"]
    assert math.isclose(Library.of(["sin"]).identity(torch.tensor(2.0)), 2.0)


PARTS = {
    "sin": affine(SIN, 2.5, 0.5, 3.0, 1.0),
    "x^2": affine(LIBRARY["x^2"], 2.5, 0.5, 3.0, 1.0),
    "x": affine(LIBRARY["x"], 2.5, 0.5, 3.0, 1.0),
    "log": affine(LOG, 1.5, exact(2), exact(3), exact(1, 2)),
    "0": affine(LIBRARY["0"], 2.5, 0.5, 3.0, 1.0),
}


@pytest.mark.parametrize("name", PARTS)
def test_a_formula_is_read_as_a_function_between_four_numbers(name):
    tree = PARTS[name]
    parts = read_affine(tree)
    assert name_of(tree) == parts.function.name == name
    torch.testing.assert_close(evaluate(parts.tree, rows()), evaluate(tree, rows()))
    if name != "0":
        assert parts.values == ((2.5, 0.5, 3, 1) if name != "log" else (1.5, 2, 3, 0.5))
        assert parts.tree == tree


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_other_formulas_are_read_whole(tree):
    parts = read_affine(tree)
    assert parts.function is None
    torch.testing.assert_close(evaluate(parts.tree, rows()), evaluate(tree, rows()))
    scaled = read_affine(affine(tree, c=2.5, d=1.0))
    assert scaled.c.value * (1 if parts.c.exact else 1 / parts.c.value) == 2.5


@pytest.mark.parametrize(
    ("text", "single"),
    [("2*sin(3*x0 + 1) - 1", True), ("4*x0 + 2", True), ("x0**2.7", True), ("3", True),
     ("x0*sin(x0)", False), ("x0 + sin(x0)", False), ("sin(cos(x0))", False)],
)  # fmt: skip
def test_a_single_function_is_told_from_other_formulas(text, single):
    assert read_affine(parse_formula(text, ["x0"])[0]).is_single is single
