"""Trees of the Feynman equations are the equations, and their units are consistent."""

import numpy as np
import pytest
import torch

from benchmarks.discovery.equations import tree_of
from benchmarks.discovery.units import UNITS, dimension_of, parse
from edgewise.datasets import feynman
from edgewise.formula.program import Program


def tree(equation):
    return tree_of(equation.formula, {name: k for k, name in enumerate(equation.variables)})


def test_every_equation_is_consistent():
    for equation in feynman.EQUATIONS:
        units = UNITS[equation.name]
        assert tuple(units.variables) == equation.variables, equation.name
        inputs = [parse(unit) for unit in units.variables.values()]
        assert dimension_of(tree(equation), inputs) == parse(units.output), equation.name


def test_trees_have_the_values_of_the_equations():
    for equation in feynman.EQUATIONS:
        x, y = equation.dataset(50, 50, dtype=torch.float64).train
        values = Program(tree(equation)).values(x.numpy())
        np.testing.assert_allclose(values, y[:, 0].numpy(), rtol=1e-9, err_msg=equation.name)


def test_units_that_do_not_fit_are_seen():
    length, time = parse("m"), parse("s")
    names = {"a": 0, "b": 1}
    assert dimension_of(tree_of("a/b**2", names), [length, time]) == parse("m/s^2")
    assert dimension_of(tree_of("sqrt(a*a)", names), [length, time]) == length
    with pytest.raises(ValueError, match="adds different dimensions"):
        dimension_of(tree_of("a + b", names), [length, time])
    with pytest.raises(ValueError, match="function of what has a dimension"):
        dimension_of(tree_of("exp(a)", names), [length, time])
    with pytest.raises(ValueError, match="function of what has a dimension"):
        dimension_of(tree_of("2**b", names), [length, time])
    with pytest.raises(ValueError, match="got 'ft'"):
        parse("kg*ft/s")


def test_the_base_units_of_the_si_table_are_what_they_should_be():
    assert parse("kg*m/s^2/V^2") == parse("m*kg/V^2/s^2")
    assert parse("1/m") == tuple(-e for e in parse("m"))
    assert parse("1") == parse("m/m")


@pytest.mark.parametrize("formula", ["a +", "open('a')", "a.real", "c", "lambda: a", "a @ a", ""])
def test_what_is_no_formula_is_refused_and_never_run(formula):
    with pytest.raises(ValueError, match="expected a formula"):
        tree_of(formula, {"a": 0})
