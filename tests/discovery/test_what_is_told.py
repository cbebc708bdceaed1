"""The end of a search: what was found, told as people write it."""

from __future__ import annotations

import numpy as np
import pytest
from test_selection import X, Y, problem

from edgewise.discovery.conclusion import conclude as conclude_search
from edgewise.discovery.front import Front
from edgewise.discovery.strategies import Candidate, Plain
from edgewise.formula.constants import Constant
from edgewise.formula.expression import Expression, exact, free, multiply, power
from edgewise.formula.printing import to_text
from edgewise.formula.shape import take_out_roots
from edgewise.search.budget import Budget


def conclude(at, tree):
    """The end of a search that came upon this formula beside the plain models."""
    front = Front(at)
    for candidate in Plain().propose(at, Budget(1e9)):
        front.offer(candidate)
    front.offer(Candidate(tree, "terms"))
    return conclude_search(front, at)


def told(tree: Expression) -> str:
    return to_text(tree, ("l", "g"))


def test_a_law_may_have_a_multiple_of_pi():
    """While formulas compete none has; the one that is claimed may."""
    at = problem(lambda a, b: 2 * np.pi * np.sqrt(a / b), 0.01)
    found = conclude(at, multiply(free(6.0), power(multiply(X, power(Y, -1)), 0.5)))
    assert found.judgement.verdict.kind == "law"
    assert told(found.winner.tree) == "2*pi*sqrt(l/g)"
    assert any(member is found.winner for member in found.front)


def test_free_numbers_of_a_law_have_standard_errors():
    at = problem(lambda a, b: 6.1234 * np.sqrt(a / b), 0.001)
    found = conclude(at, multiply(free(6.0), power(multiply(X, power(Y, -1)), 0.5)))
    assert found.judgement.verdict.kind == "law"
    (number,) = (n for n in found.winner.tree.numbers() if n.exact is None)
    at_most = 0.001 / np.sqrt(200) / np.sqrt(np.mean(at.x[:, 0] / at.x[:, 1]))
    assert number.error == pytest.approx(at_most, rel=0.2)


def test_in_an_approximation_no_number_becomes_pi():
    at = problem(lambda a, b: 2 * np.pi * np.sqrt(a / b) + 0.5 * np.sin(5 * a * b), 0.01)
    found = conclude(at, multiply(free(6.0), power(multiply(X, power(Y, -1)), 0.5)))
    assert found.judgement.verdict.kind == "approximation"
    assert "pi" not in told(found.winner.tree)


HALF = exact(1, 2)
PI_SQUARED = exact(4, 9, "pi^2")


@pytest.mark.parametrize(
    ("base", "exponent", "expected"),
    [
        (multiply(PI_SQUARED, X), HALF, "2*pi*sqrt(l)/3"),
        (multiply(PI_SQUARED, X), exact(-1, 2), "3/(2*pi*sqrt(l))"),
        (multiply(exact(9), X), HALF, "3*sqrt(l)"),
        (multiply(exact(2), X), HALF, "sqrt(2*l)"),
        (multiply(exact(4, 1, "pi"), X), HALF, "sqrt(4*pi*l)"),
        (multiply(exact(-4), X), HALF, "sqrt(-4*l)"),
        (multiply(free(4.0), X), HALF, "2.0*sqrt(l)"),
    ],
)
def test_a_number_stands_before_a_root_where_it_is_fitted_or_has_a_simple_root(
    base, exponent, expected
):
    assert told(take_out_roots(power(base, exponent))) == expected


def test_roots_and_inverses_of_constants():
    assert Constant(4, 9, "1/pi^2").root() == Constant(2, 3, "1/pi")
    assert Constant(4, 3).root() is None
    assert Constant(4, 1, "e").root() is None
    assert Constant(-2, 3, "pi").invert() == Constant(-3, 2, "1/pi")
    assert Constant(0).invert() is None
    assert Constant(2, 1, "e").invert() is None
