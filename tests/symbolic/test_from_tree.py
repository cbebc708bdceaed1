"""Formulas as networks, and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

import edgewise as ew
from edgewise.formula.expression import (
    Apply,
    Expression,
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
from edgewise.formula.function import Function
from edgewise.formula.library import LIBRARY
from edgewise.formula.program import Program
from edgewise.symbolic.build import rebuild_layer
from edgewise.symbolic.edges import Bias, Edge, SymbolicEdges
from edgewise.symbolic.from_tree import network_of
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.network import SymbolicKAN
from random_trees import random_trees

X, Y, Z = Input(0), Input(1), Input(2)
NAMES = ["x", "y", "z"]


def rows(count: int = 60) -> np.ndarray:
    return np.random.default_rng(1).uniform(-2, 2, (count, 3))


def values(model: SymbolicKAN, x: np.ndarray) -> np.ndarray:
    with torch.no_grad():
        return model(torch.from_numpy(x))[:, 0].numpy()


def tame_rows(tree: Expression, x: np.ndarray) -> np.ndarray:
    """Where the formula is defined and not beside a singularity: there networks continue it."""
    value = Program(tree).values(x)
    tame = np.isfinite(value) & (np.abs(value) < 1e9)
    for node in tree.walk():
        if isinstance(node, Apply | Power):
            u = np.abs(Program(node.parts[0]).values(x))
            tame &= (u > 1e-8) & (np.abs(u - 1) > 1e-8)
    return tame


def assert_same(tree: Expression, x: np.ndarray) -> None:
    tame = tame_rows(tree, x)
    expected = Program(tree).values(x)[tame]
    network = network_of(tree, NAMES)
    np.testing.assert_allclose(values(network, x)[tame], expected, rtol=1e-9, atol=1e-9)
    again = Program(network.trees()[0]).values(x)[tame]
    np.testing.assert_allclose(again, expected, rtol=1e-9, atol=1e-9)


def test_random_formulas_are_networks() -> None:
    x, defined = rows(), 0
    for tree in random_trees(150, depth=3, seed=4):
        defined += bool(tame_rows(tree, x).any())
        assert_same(tree, x)
    assert defined > 80


@pytest.mark.parametrize(
    "tree",
    [
        power(X, exact(7)),
        power(add(X, exact(1)), exact(-11)),
        power(power(X, exact(2)), exact(1, 3)),
        power(add(power(X, exact(2)), exact(1)), free(2.37)),
        power(apply(LIBRARY["abs"], X), Y),
        power(exact(2), X),
        power(exact(1, 2, "pi"), multiply(X, Y)),
        multiply(X, apply(LIBRARY["exp"], multiply(exact(-1), X))),
        multiply(add(X, exact(1)), add(X, exact(2)), add(X, Y)),
        multiply(free(2.3), add(X, exact(1)), add(Y, exact(2))),
        add(apply(LIBRARY["sin"], X), power(X, 2), apply(LIBRARY["exp"], apply(LIBRARY["sin"], X))),
        add(multiply(X, Y), exact(-3)),
        add(multiply(X, Y), free(0.7)),
        Power(Number(3.0), exact(2)),
        Sum((X, X, exact(2), free(0.5))),
        Product((X, X, Y)),
        X,
        exact(1, 2, "pi"),
        Power(X, Number(2.0)),
        apply(LIBRARY["lorentzian"], add(X, Y)),
        multiply(free(2.5), Z),
    ],
    ids=str,
)  # fmt: skip
def test_chosen_formulas_are_networks(tree: Expression) -> None:
    assert_same(tree, rows())


def test_whole_exponents_of_negative_numbers() -> None:
    """(-2)**x is defined where x is whole, and 0**x where it isn't negative."""
    x = np.array([[k, 0.0, 0.0] for k in range(4)])
    for base in (exact(-2), exact(0)):
        tree = Power(base, X)
        np.testing.assert_allclose(values(network_of(tree, NAMES), x), Program(tree).values(x))


def test_networks_are_shallow() -> None:
    sine = apply(LIBRARY["sin"], add(multiply(exact(3), X), exact(1)))
    depths = {
        add(multiply(exact(2), sine), power(Y, 2), exact(-1)): 1,
        multiply(add(X, exact(1)), power(Y, 2), exact(5)): 1,
        add(multiply(X, Y), exact(1)): 1,
        add(X, sine): 2,
        multiply(X, power(add(X, Y), exact(-1))): 2,
        power(X, exact(9)): 1,
    }
    for tree, depth in depths.items():
        assert len(network_of(tree, NAMES).layers) == depth, tree


def test_two_nodes_share_at_most_one_edge() -> None:
    for tree in random_trees(60, depth=4, seed=9):
        for layer in network_of(tree, NAMES).stack():
            assert len(set(layer.symbolic.ends)) == len(layer.symbolic.ends)


def test_exact_numbers_stay_exact_and_others_are_free() -> None:
    tree = add(
        multiply(exact(1, 2, "pi"), apply(LIBRARY["sin"], multiply(free(3.1), X))), exact(2, 3)
    )
    edges = network_of(tree, NAMES).stack()[0].symbolic
    (edge,), (bias,) = edges.edges(), edges.biases()
    assert str(edge.parts.c.exact) == "1/2*pi"
    assert str(bias.number.exact) == "2/3*1"
    assert edge.parts.a.exact is None
    assert len(edge.numbers) == 2
    assert edges.movable_unknowns().sum() == 1


def test_refining_moves_the_free_numbers_alone() -> None:
    x = torch.from_numpy(rows(200))
    truth = add(multiply(exact(2), apply(LIBRARY["sin"], multiply(free(1.3), X))), free(0.4))
    start = add(multiply(exact(2), apply(LIBRARY["sin"], multiply(free(1.2), X))), free(0.1))
    y = network_of(truth, NAMES)(x).detach()
    found = network_of(start, NAMES).refine(x, y).trees()[0]
    numbers = {n.value: n.exact for n in found.numbers()}
    assert numbers.pop(2.0) is not None
    assert sorted(numbers) == pytest.approx([0.4, 1.3], abs=1e-9)


def test_unused_inputs_are_left_out_and_names_are_safe() -> None:
    model = network_of(multiply(X, Z), ["E", "my col", "lambda"])
    assert model.inputs == [0, 2]
    assert model.in_features == 3
    assert model.input_names == ["E_", "my_col", "lambda_"]
    x = rows(5)
    np.testing.assert_allclose(values(model, x), x[:, 0] * x[:, 2])


def test_a_formula_comes_back_as_it_was() -> None:
    for tree in [
        add(multiply(exact(2), apply(LIBRARY["sin"], multiply(exact(3), X))), exact(-1)),
        multiply(X, power(add(Y, exact(1)), exact(-1))),
        add(power(X, 3), power(X, 2), X),
        multiply(exact(1, 3, "pi"), X, apply(LIBRARY["exp"], multiply(exact(-1), X))),
        power(X, exact(7)),
    ]:
        again = network_of(tree, NAMES).trees()[0]
        assert again == tree
        assert all(n.exact is not None for n in again.numbers())


def test_files_hold_networks_of_formulas(tmp_path: Path) -> None:
    x = rows()
    for k, tree in enumerate([power(X, exact(7)), *random_trees(8, depth=3, seed=12)]):
        model = network_of(tree, NAMES)
        ew.save(model, tmp_path / f"{k}.safetensors")
        again = ew.load(tmp_path / f"{k}.safetensors")
        assert isinstance(again, SymbolicKAN)
        np.testing.assert_array_equal(values(again, x), values(model, x))
        assert again.trees()[0] == model.trees()[0]
        assert [n.exact for n in again.trees()[0].numbers()] == [
            n.exact for n in model.trees()[0].numbers()
        ]


def test_functions_of_users_are_edges() -> None:
    import sympy

    bessel = Function("J0", torch.special.bessel_j0, lambda z: sympy.besselj(0, z))
    tree = multiply(Y, apply(bessel, multiply(exact(2), X)))
    x = rows()
    expected = x[:, 1] * torch.special.bessel_j0(torch.from_numpy(2 * x[:, 0])).numpy()
    np.testing.assert_allclose(values(network_of(tree, NAMES), x), expected, rtol=1e-12)
    assert network_of(tree, NAMES).trees()[0] == tree


def test_what_is_no_formula_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 2 names"):
        network_of(add(X, Y), ["x"])
    numeric = ew.KANLinear(2, 1)
    numeric.mask = torch.tensor([[True], [False]])
    edge = Edge(1, 0, LIBRARY["sin"])
    layer = SymbolicLayer(SymbolicEdges(2, torch.zeros(1), [edge]), numeric)
    with pytest.raises(ValueError, match="a curve on 1 edges of layer 0"):
        SymbolicKAN([layer]).trees()[0]


@pytest.mark.parametrize("kept", [(), ((0, 0),)])
def test_a_rebuilt_layer_has_the_curves_that_are_kept_and_no_others(kept) -> None:
    numeric = ew.KANLinear(2, 1)
    numeric.mask = torch.ones(2, 1)
    edge, bias = Edge(1, 0, LIBRARY["sin"]), torch.zeros(1)
    layer = SymbolicLayer(SymbolicEdges(2, bias, [edge]), numeric)
    made = rebuild_layer(layer, [edge], [Bias.of(0.0)], kept)
    assert (made.numeric is None) == (not kept)
    assert made.numeric_ends() == list(kept)
    assert torch.equal(layer.numeric.mask, torch.ones(2, 1))
    plain = SymbolicLayer(SymbolicEdges(2, bias, [edge]))
    assert rebuild_layer(plain, [edge], [Bias.of(0.0)], kept).numeric is None
