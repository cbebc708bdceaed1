"""Expressions of one variable as functions of edges: values, slopes, formulas, files, refits."""

import copy
import math
import pickle

import numpy as np
import pytest
import sympy
import torch

import edgewise as ew
from edgewise.formula.constants import Constant
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
from edgewise.formula.program import Program
from edgewise.symbolic import LIBRARY, Function, Library, SymbolicKAN
from edgewise.symbolic.composite import make_function
from edgewise.symbolic.criterion import formula_bits, inexact_constants
from edgewise.symbolic.edges import Edge, SymbolicEdges, SymbolicLayer
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
    last = Edge(0, 0, make_function(tree), Constant(1), Constant(0), Constant(1) if c == 1 else c)
    layers = [SymbolicLayer(SymbolicEdges(1, [0.25], [last]))]
    if hidden:
        first = Edge(0, 0, SIN, 0.9, 0.3, 1.4)
        layers.insert(0, SymbolicLayer(SymbolicEdges(1, [0.6], [first])))
    return SymbolicKAN(layers)


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_values_slopes_and_formula(tree):
    function, u = make_function(tree), rows()
    wanted = Program(tree).values(u.numpy())
    assert function(u)[:, 0].numpy() == pytest.approx(wanted, rel=1e-12)
    z = sympy.Symbol("z")
    formula = sympy.lambdify(z, function.sympy(z), "numpy")
    assert formula(u.numpy()[:, 0]) == pytest.approx(wanted, rel=1e-12)
    numbers = tuple(torch.tensor(n.value, dtype=F64) for n in tree.numbers())
    value, slope, by = function.derivatives(u, numbers)
    assert value[:, 0].numpy() == pytest.approx(wanted, rel=1e-12)
    assert slope[:, 0].numpy() == pytest.approx(Program(tree).gradient(u.numpy())[:, 0], rel=1e-8)
    program = Program(tree)
    jacobian = program.values_and_jacobian(u.numpy())[1]
    for n, place in enumerate(program.free):
        assert by[place][:, 0].numpy() == pytest.approx(jacobian[:, n], rel=1e-8)
    assert torch.autograd.gradcheck(function, (u[:5].clone().requires_grad_(),))


@pytest.mark.parametrize("tree", TREES.values(), ids=TREES)
def test_everywhere_finite_and_defined_where_it_is(tree):
    u = torch.tensor([-1e300, -1e9, -2.0, -1.5, -1.0, 0.0, 1e-12, 3.0, 1e9, 1e300], dtype=F64)
    function = make_function(tree)
    value, slope = function.value_and_slope(u)
    assert value.isfinite().all()
    assert slope.isfinite().all()
    near = torch.tensor([-3.0, -1.9, -1.4, 0.0, 1.0], dtype=F64)
    told = function.is_defined(near)
    with np.errstate(all="ignore"):
        true = np.isfinite(Program(tree).values(near.numpy()[:, None]))
    assert told.tolist() == true.tolist()


def test_names_and_bits():
    assert make_function(CUBIC).name == "x**3 + 2.1*x - 0.3"
    assert make_function(multiply(number(-1), apply(SIN, power(X, 2)))).name == "-sin(x**2)"
    two_thirds = power(add(X, exact(1)), exact(2, 3))
    assert make_function(two_thirds).name == "(x + 1)**(2/3)"
    pi = multiply(exact(1, 2, "pi"), power(X, -1))
    assert make_function(pi).name == "pi/(2*x)"
    for tree in TREES.values():
        name = make_function(tree).name
        z = sympy.Symbol("x")
        read = sympy.sympify(name)
        gap = sympy.lambdify(z, read - make_function(tree).sympy(z), "numpy")(rows().numpy())
        assert np.abs(gap).max() < 1e-5
    assert make_function(apply(SIN, X)).complexity == SIN.complexity + 1
    assert make_function(CUBIC).complexity == tree_bits(CUBIC)
    assert tree_bits(CUBIC) < tree_bits(add(CUBIC, apply(SIN, X)))


@pytest.mark.parametrize("tree", [Input(1), add(X, Input(1)), exact(2)])
def test_only_functions_of_one_variable(tree):
    with pytest.raises(ValueError, match="expected an expression of x0 alone"):
        make_function(tree)


def test_copies_and_pickles():
    u = rows()
    for tree in TREES.values():
        function = make_function(tree)
        for other in (copy.deepcopy(function), pickle.loads(pickle.dumps(function))):
            assert torch.equal(other(u), function(u))
            assert other.name == function.name


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
    edges = [Edge(0, 0, make_function(t)) for t in trees]
    layer = SymbolicEdges(1, [0.0], edges)
    x = rows()
    torch.testing.assert_close(layer(x), (4 + 1e-9) * x**2, rtol=1e-15, atol=0)
    assert [e.numbers[0].value for e in layer.edges()] == [2.0, 2 + 1e-9]


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
    assert label == make_function(refitted.stack()[0].symbolic.edges()[0].function.tree).name
    assert label != truth.edge_labels()[0][0][0]
    found = snap(refitted, x, y)
    assert not found.formula(simplify=False).atoms(sympy.Float)
    assert inexact_constants(found) == 0 < inexact_constants(refitted)
    assert formula_bits(found, 1e-20, 200) < formula_bits(refitted, 1e-20, 200)
    z = sympy.Symbol("x0")
    difference = found.formula() - make_function(simple).sympy(z) - sympy.Rational(1, 4)
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
