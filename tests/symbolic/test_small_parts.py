"""Small parts of the search for a network's formula, where a fault would only cost a form."""

from types import SimpleNamespace

import pytest
import torch

import edgewise as ew
from edgewise.formula.expression import Input, apply, exact
from edgewise.formula.library import LIBRARY, POWERS
from edgewise.formula.program import Program
from edgewise.symbolic import SymbolicKAN
from edgewise.symbolic.build import as_network
from edgewise.symbolic.columns import _take
from edgewise.symbolic.earlier_files import _number
from edgewise.symbolic.edge import read_number
from edgewise.symbolic.edges import Edge, SymbolicEdges
from edgewise.symbolic.mixed_layer import SymbolicLayer
from edgewise.symbolic.naming import _batch
from edgewise.symbolic.regress import _state


@pytest.mark.parametrize("function", POWERS, ids=lambda f: f.name)
def test_functions_that_are_powers_are_these_powers(function):
    z = torch.linspace(0.4, 2.5, 30, dtype=torch.float64)
    top, bottom = function.power
    torch.testing.assert_close(function.torch(z), z ** (top / bottom))
    tree = apply(function, Input(0))  # a power, since it is one
    values = torch.from_numpy(Program(tree).values(z[:, None].numpy()))
    torch.testing.assert_close(values, function.torch(z))


@pytest.mark.parametrize(
    ("harms", "floor", "least", "count"),
    [
        ([0.3, 0.3, 0.3, 0.3], 0.5, 1, 1),
        ([0.3, 0.3, 0.3, 0.3], 0.7, 1, 2),
        ([0.3, 0.3, 0.3, 0.3], 0.5, 3, 3),
        ([0.1, 0.1, 0.1], 9.0, 1, 3),
        ([5.0], 0.5, 1, 1),
    ],
)
def test_a_batch_does_together_no_more_harm_than_the_floor(harms, floor, least, count):
    """But for a few at least, so that the search goes on."""
    options = {k: [SimpleNamespace(harm=harm)] for k, harm in enumerate(harms)}
    assert _batch(list(options), options, floor, least) == list(range(count))


def test_a_number_stays_exact_within_four_roundings_of_its_value():
    third, eps = exact(1, 3), 2.0**-20
    for inside, far in ((True, 3.9), (False, 4.1)):
        value = third.value * (1 + far * eps)
        found = read_number(third, value, eps)
        assert (found is third) == inside
        assert inside or (found.exact is None and found.value == value)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_every_output_has_a_statement(count):
    edges = [Edge(0, o, apply(LIBRARY["sin"], Input(0))) for o in range(count)]
    model = SymbolicKAN([SymbolicLayer(SymbolicEdges(1, [0.0] * count, edges, ()))])
    outputs = [statement.subject for statement in _state(model)]
    assert outputs == (["y"] if count == 1 else [f"y{k}" for k in range(count)])


@pytest.mark.parametrize(
    ("mark", "value", "exact"),
    [
        (True, 2.0, None), (True, 0.5, None), (False, 2.0, "2/1*1"), (False, -3.0, "-3/1*1"),
        (False, 0.5, None), ("1/2*pi", 9.0, "1/2*pi"),
    ],
)  # fmt: skip
def test_fixed_integers_of_earlier_files_are_exact(mark, value, exact):
    assert _number(mark, value)[2] == exact


def test_curves_in_columns_stay_where_they_are():
    """The default device has no say in it."""
    (layer,) = as_network(ew.KAN([2, 3], basis=ew.BSpline(4), norm=None)).stack()
    with torch.device("meta"):
        found = _take(layer, [1, 0], [2, 0], 1)
    assert {t.device.type for t in (*found.parameters(), *found.buffers())} == {"cpu"}
    x = torch.rand(6, 2, dtype=torch.float64)
    made, whole = found(x), layer.numeric(x[:, [1, 0]])
    torch.testing.assert_close(made, torch.stack([whole[:, 2], whole[:, 0], 0 * made[:, 2]], 1))
