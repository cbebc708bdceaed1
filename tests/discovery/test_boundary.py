"""The boundary that a formula draws between two classes, without what is done to all of it."""

import numpy as np
import pytest

from edgewise.discovery.boundary import find_boundary
from edgewise.formula.expression import Input, Number, add, exact, multiply, power
from edgewise.formula.program import Program
from edgewise.formula.signs import call

SUM = add(power(Input(0), exact(2)), power(Input(1), exact(2)))


WRAPPED = {
    "a line": (add(multiply(Number(-2.5), SUM), exact(1)), -0.3),
    "a steep step": (call("arctan", add(multiply(Number(-2308.0), SUM), Number(1771.0))), 0.0),
    "two functions": (call("tanh", call("exp", multiply(exact(-1), SUM))), 0.4),
    "a logarithm": (call("log", SUM), -1.0),
    "a cube": (power(add(SUM, Number(-0.7)), exact(3)), -0.01),
    "a root": (power(SUM, exact(1, 2)), 0.5),
    "beyond the range": (call("tanh", SUM), 1.5),
    "a sine": (call("sin", multiply(exact(5), SUM)), 0.2),
}


@pytest.mark.parametrize(("tree", "level"), WRAPPED.values(), ids=WRAPPED)
def test_the_classes_stay_what_they_are(tree, level):
    x = np.random.default_rng(0).uniform(-1, 1, (2000, 2))
    found = find_boundary(tree, level)
    values = Program(found.tree).values(x)
    upper = values > found.level if found.above else values < found.level
    np.testing.assert_array_equal(upper, Program(tree).values(x) > level)


@pytest.mark.parametrize(
    "name", ["a line", "a steep step", "two functions", "a logarithm", "a cube"]
)
def test_the_outer_functions_are_gone(name):
    found = find_boundary(*WRAPPED[name])
    assert found.tree == SUM


def test_the_level_is_where_the_step_was():
    found = find_boundary(*WRAPPED["a steep step"])
    assert found.level == pytest.approx(1771 / 2308)
    assert found.sign == "<"
    assert find_boundary(*WRAPPED["a root"]).level == pytest.approx(0.25)
    assert find_boundary(*WRAPPED["beyond the range"]).tree == WRAPPED["beyond the range"][0]
