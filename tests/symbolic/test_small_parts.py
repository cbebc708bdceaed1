"""Small parts of the search for a network's formula, where a fault would only cost a form."""

from types import SimpleNamespace

import pytest
import torch

from edgewise.formula.expression import Input, apply, exact
from edgewise.formula.library import POWERS
from edgewise.formula.program import Program
from edgewise.symbolic.edge import read_number
from edgewise.symbolic.regress import _batch


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
