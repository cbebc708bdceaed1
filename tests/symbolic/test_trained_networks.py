"""Formulas of networks trained without care: random starts, hidden nodes that aren't needed."""

import pytest
import torch

import edgewise as ew


def draw_rows(seed, columns=2):
    generator = torch.Generator().manual_seed(seed)
    return 2 * torch.rand(400, columns, generator=generator, dtype=torch.float64) - 1


def find_formula(widths, y, x, seed, **basis):
    model = ew.KAN(widths, seed=seed, **basis).double()
    ew.fit(model, (x, y), optimizer="lbfgs", steps=30, progress=False)
    return ew.symbolic.regress(model, x, y, evaluations=40_000)


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_a_product_is_found_whatever_the_start(seed):
    """It is a difference of squares whose scale is free; trained curves are bent a little."""
    x = draw_rows(seed)
    found = find_formula([2, 2, 1], x[:, :1] * x[:, 1:], x, seed)
    assert found.report.verdict.kind == "exact"
    assert str(found.formula()) == "x0*x1"


def test_nodes_that_the_formula_does_not_need_are_left_out():
    x = draw_rows(1)
    found = find_formula([2, 4, 1], x[:, :1] * x[:, 1:], x, 1)
    assert str(found.formula()) == "x0*x1"
    assert found.widths[1] <= 3


def test_a_root_is_found_although_other_curves_are_nearer_to_the_trained_ones():
    x = draw_rows(1)
    y = (x.square().sum(1, keepdim=True) + 0.5).sqrt()
    found = find_formula([2, 1, 1], y, x, 1)
    assert str(found.formula()) == "sqrt(x0**2 + x1**2 + 1/2)"


def test_a_formula_has_no_terms_of_rounding_and_free_scales_are_one():
    x = draw_rows(2, columns=3)
    found = find_formula([3, 2, 1], x[:, :1] * x[:, 1:2] + x[:, 2:], x, 2)
    assert str(found.formula()) == "x0*x1 + x2"


@pytest.mark.parametrize("seed", [0, 1])
def test_functions_are_those_that_y_asks_for_where_the_curves_resemble_others(seed):
    """A cubic polynomial is no sine and no tanh; a sum of three curves hides each of them."""
    x = 2 * draw_rows(seed)
    y = (3 * x[:, :1]).sin() + (2 * x[:, 1:]).tanh()
    found = find_formula([2, 1], y, x, seed, basis="chebyshev")
    assert str(found.formula()) == "sin(3*x0) + tanh(2*x1)"
    x = 0.9 * draw_rows(seed)
    y = x.sum(1, keepdim=True) / (1 + x.prod(1, keepdim=True))
    found = find_formula([2, 1, 1], y, x, seed)
    assert str(found.formula()) == "tanh(atanh(x0) + atanh(x1))"
