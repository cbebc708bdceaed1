"""B-splines on even knots, differentiated as differential equations ask: against the recursion."""

import pytest
import torch

import edgewise as ew
from edgewise.bases.cardinal import pieces
from every_pair import every_pair

POINTS = torch.linspace(-3.7, 3.3, 141, dtype=torch.float64)[:, None].repeat(1, 2)


def differentiate(values, z, weights, order):
    """Σ of weights · the derivatives of some order, by autograd."""
    total = (values(z) * weights).sum(-1)
    for _ in range(order):
        (total,) = torch.autograd.grad(total.sum(), z, create_graph=True)
    return total


def nest_jvp(values, z, order):
    """The same derivatives by torch.func, which the recursion alone answers."""
    if order == 0:
        return values(z)
    return torch.func.jvp(lambda t: nest_jvp(values, t, order - 1), (z,), (torch.ones_like(z),))[1]


@every_pair(degree=[1, 2, 3, 4, 5], grid=[1, 4], name=["evaluate", "derivative"])
def test_every_order_is_that_of_the_recursion(degree, grid, name):
    basis = ew.BSpline(grid, degree, -2, 1.5)
    knots = basis.init_grid(2, dtype=torch.float64)
    values = lambda z: getattr(basis, name)(z, knots)  # noqa: E731
    weights = torch.randn(basis.num_basis, generator=torch.Generator().manual_seed(0)).double()
    for order in range(degree + 1):
        z = POINTS.clone().requires_grad_()
        found = differentiate(values, z, weights, order)
        expected = (nest_jvp(values, POINTS, order) * weights).sum(-1)
        torch.testing.assert_close(found.detach(), expected, rtol=1e-10, atol=1e-10)


def test_pieces_of_the_cubic():
    cubic = torch.tensor(pieces(3, 0)) * 6  # as in de Boor's book
    assert cubic.T.round(decimals=12).tolist() == [
        [1, -3, 3, -1], [4, 0, -6, 3], [1, 3, 3, -3], [0, 0, 0, 1],
    ]  # fmt: skip


@pytest.mark.parametrize("bad", [float("nan"), -1e30, 1e30])
def test_inputs_outside(bad):
    basis = ew.BSpline(3)
    knots = basis.init_grid(1)
    z = torch.tensor([[bad], [0.1]], requires_grad=True)
    values = basis.evaluate(z, knots)
    (slope,) = torch.autograd.grad(values.sum(-1).square().sum(), z, create_graph=True)
    assert bool(values[0].isnan().all()) == (bad != bad)
    assert bool(slope[0].isnan()) == (bad != bad)
    found = torch.cat([values[:, 0], slope], -1)
    assert found[1].isfinite().all()
    if bad == bad:
        assert not found[0].any()


def test_knots_that_are_not_even_or_are_trained_keep_the_recursion():
    basis = ew.BSpline(2)
    (knots,) = basis.init_grid(1, dtype=torch.float64)
    z = POINTS.clone().requires_grad_()
    moved = knots.clone()
    moved[4] += 0.1
    assert torch.autograd.gradcheck(lambda t: basis.evaluate(t, (moved,)).sum(-1), z[60:80])
    trained = knots.clone().requires_grad_()
    (slope,) = torch.autograd.grad(basis.evaluate(z, (trained,))[:, :, 1].sum(), trained)
    assert slope.abs().sum() > 0
