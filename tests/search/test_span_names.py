"""Formulas in a span of curves."""

import numpy as np
import pytest

from edgewise.formula.expression import Input
from edgewise.formula.library import LIBRARY
from edgewise.formula.parse import parse_formula
from edgewise.formula.program import Program
from edgewise.search.span_names import Span, name_span

SPANS = {
    "one function": ("exp(-1.3*x)",),
    "a root and a wave": ("sqrt(x)", "sin(2.26*x)"),
    "two waves": ("cos(0.9*x)", "sin(2.5*x)"),
    "powers": ("1", "x", "x**2"),
    "powers of a function": ("x", "x*tanh(x)", "x*tanh(x)**2"),
    "a square": ("x**2", "x*exp(-x)", "exp(-2*x)"),
}


def mixed(texts, noise=0.0, seed=0):
    """The points t, the functions at them, and as many random combinations of these."""
    g = np.random.default_rng(seed)
    t = g.uniform(0.2, 2.4, 400)
    functions = np.stack([np.ones(400) * Program(read(f)).values(t[:, None]) for f in texts])
    curves = g.normal(size=(len(texts), len(texts))) @ functions
    return t, functions, curves + noise * np.std(curves) * g.normal(size=curves.shape)


def read(text):
    return parse_formula(text, ["x"])[0]


@pytest.mark.parametrize("texts", SPANS.values(), ids=SPANS.keys())
def test_functions_are_found_in_random_combinations_of_them(texts):
    t, functions, curves = mixed(texts)
    best = name_span(Span.of(t, curves, 1e-13), LIBRARY, 16.0)[0]
    assert len(best) == len(texts)
    found = np.stack([np.ones(400) * Program(m.tree).values(t[:, None]) for m in best])
    solution = np.linalg.lstsq(found.T, functions.T, rcond=None)[0]
    np.testing.assert_allclose(found.T @ solution, functions.T, atol=1e-5)


def test_a_span_has_the_directions_that_are_larger_than_the_errors():
    t, _, curves = mixed(("sqrt(x)", "sin(2.26*x)"))
    both = np.stack([*curves, 2 * curves[0] - curves[1]])
    assert Span.of(t, both, 1e-13).dimensions == 2
    assert Span.of(t, curves[:1], 1e-13).dimensions == 1
    assert Span.of(t, both, 1e-2).dimensions == 1


def test_floors_grow_where_a_direction_is_small():
    t, _, curves = mixed(("sqrt(x)", "sin(2.26*x)"))
    near = np.stack([curves[0], curves[0] + 1e-2 * curves[1]])
    floors = Span.of(t, near, 1e-13).floors
    assert floors[0] == pytest.approx(1e-13)
    assert floors[1] > 1e3 * floors[0]


def test_a_span_without_simple_functions_has_no_names():
    g = np.random.default_rng(3)
    t = np.sort(g.uniform(0.2, 2.4, 400))
    curves = np.cumsum(g.normal(size=(2, 400)), axis=1)
    assert name_span(Span.of(t, curves, 1e-12), LIBRARY, 16.0) == []


def test_the_part_outside_of_a_span_is_that_of_a_projection():
    t, _, curves = mixed(("sqrt(x)", "sin(2.26*x)"))
    span = Span.of(t, curves, 1e-13)
    member = span.measure(Input(0))
    values = member.values
    rest = values - span.basis @ np.linalg.lstsq(span.basis, values, rcond=None)[0]
    assert member.outside == pytest.approx(rest @ rest / (values @ values), rel=1e-9)
    assert span.measure(read("sqrt(x)")).outside < 1e-14
    assert span.measure(read("log(x - 1)")) is None  # not finite
