"""Derivatives of all orders: of bases, of torch's functions, and by the algebra that both share."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F

import edgewise as ew
from edgewise.bases.base import registry
from edgewise.bases.derivative_orders import Orders
from edgewise.bases.differentiate import differentiate, differentiate_function
from edgewise.bases.taylor import TensorTaylor

F64 = torch.float64


def by_jvp(function, z, order):
    """The function and its derivatives by forward-mode differentiation, over and over."""
    found = [function]
    for _ in range(order):
        below = found[-1]
        found.append(lambda t, f=below: torch.func.jvp(f, (t,), (torch.ones_like(t),))[1])
    return torch.stack([f(z) for f in found])


@pytest.mark.parametrize("tails", [False, True])
@pytest.mark.parametrize("name", sorted(registry()))
def test_derivatives_of_a_basis(name, tails):
    basis = registry()[name](linear_tails=tails)
    grid = basis.init_grid(3, dtype=F64)
    reach = 3.0 if tails else 0.9
    z = reach * (2 * torch.rand(9, 3, dtype=F64, generator=torch.Generator().manual_seed(0)) - 1)
    expected = by_jvp(lambda t: basis.evaluate(t, grid), z, 4)
    size = expected.abs().amax((1, 2, 3), keepdim=True).clamp_min(1)
    made = basis.derivatives(z, grid, 4)
    torch.testing.assert_close(made / size, expected / size, rtol=0, atol=1e-13)


@pytest.mark.parametrize("name", sorted(registry()))
def test_functions_and_slopes_together_are_what_they_are_alone(name):
    basis = registry()[name]()
    grid = basis.init_grid(3, dtype=torch.float64)
    z = torch.linspace(-3, 3, 60, dtype=torch.float64).reshape(20, 3)
    z[3, 1], z[4, 2] = math.nan, 1.7e308
    functions, slopes = basis.functions_and_slopes(z, grid)
    assert torch.equal(functions.nan_to_num(7), basis.functions(z, grid).nan_to_num(7))
    assert torch.equal(slopes.nan_to_num(7), basis.slopes(z, grid).nan_to_num(7))


@pytest.mark.parametrize("basis", [ew.BSpline(4, uniform=False), ew.BSpline(3, 5), ew.Gaussian(5)])
def test_the_slope_of_derivatives_is_the_next_one_and_so_is_the_slope_of_that(basis):
    grid = basis.init_grid(2, dtype=F64)
    z = torch.rand(4, 2, dtype=F64, generator=torch.Generator().manual_seed(1)).requires_grad_()
    every = basis.derivatives(z.detach(), grid, 4)
    made = basis.derivatives(z, grid, 2)
    (slope,) = torch.autograd.grad(made.sum(), z, create_graph=True)
    torch.testing.assert_close(slope, every[1:4].sum((0, -1)))
    (again,) = torch.autograd.grad(slope.sum(), z)
    torch.testing.assert_close(again, every[2:5].sum((0, -1)))


def test_a_trained_grid_has_its_gradient():
    basis = ew.Gaussian(4)
    grid = tuple(t.requires_grad_() for t in basis.init_grid(1, dtype=F64))
    z = torch.tensor([[0.3]], dtype=F64)
    found = torch.autograd.grad(basis.derivatives(z, grid, 2)[2].sum(), grid)
    free = [t.detach().clone().requires_grad_() for t in grid]
    expected = torch.autograd.grad(
        by_jvp(lambda t: basis.evaluate(t, tuple(free)), z, 2)[2].sum(), free
    )
    for one, two in zip(found, expected, strict=True):
        torch.testing.assert_close(one, two)


FUNCTIONS = {
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "silu": F.silu,
    "gelu": F.gelu,
    "softplus": F.softplus,
    "exp": torch.exp,
    "sin": torch.sin,
    "cos": torch.cos,
    "atan": torch.atan,
    "erf": torch.erf,
    "log": lambda z: torch.log(z + 3),
    "sqrt": lambda z: torch.sqrt(z + 3),
    "rsqrt": lambda z: torch.rsqrt(z + 3),
    "square": torch.square,
    "inverse": lambda z: 1 / (z + 3),
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions_of_torch(name):
    z = torch.linspace(-2, 2, 9, dtype=F64)
    shift = 3.0 if name in ("log", "sqrt", "rsqrt", "inverse") else 0.0
    made = differentiate_function(name, z + shift, 5)
    torch.testing.assert_close(made, by_jvp(FUNCTIONS[name], z, 5), rtol=1e-12, atol=1e-13)


def test_formulas_of_users_are_differentiated_as_they_stand():
    def formula(z):
        kinked = torch.where(z > 0, z * z, -z).abs()
        return torch.stack([torch.exp(-z * z), 2 / (1 + kinked), z.clamp(-1, 1) ** 3], -1)

    z = torch.tensor([-1.7, -0.4, 0.3, 1.2], dtype=F64)
    made = TensorTaylor.read(formula(TensorTaylor.begin(z, 3))).derivatives(3)
    torch.testing.assert_close(made, by_jvp(formula, z, 3))


def test_what_has_no_known_derivative_is_named():
    with pytest.raises(TypeError, match="known, got lgamma"):
        torch.lgamma(TensorTaylor.begin(torch.ones(1), 2))


def test_autograd_sees_only_what_is_asked_for():
    calls = []

    def family(z, order):
        calls.append(order)
        return torch.stack([z**3, 3 * z**2, 6 * z, 6 + 0 * z])[: order + 1, ..., None]

    z = torch.tensor([2.0])
    differentiate(family, z, 2)
    assert calls == [2]
    made = differentiate(family, z.requires_grad_(), 2)
    made[..., 0].sum().backward()
    assert calls == [2, 3]
    assert z.grad.item() == 12 + 12 + 6


def test_tables_of_leibniz_and_of_faa_di_bruno():
    orders = Orders.up_to(4, 1)
    assert [sum(n for n, *_ in terms) for terms in orders.compositions] == [1, 1, 2, 5, 15]  # Bell
    assert [sum(n for n, *_ in terms) for terms in orders.products] == [1, 2, 4, 8, 16]
    mixed = Orders.of([(1, 1)])
    assert mixed.indices == ((0, 0), (0, 1), (1, 0), (1, 1))
    assert len(mixed.compositions[3]) == 2  # φ'' h_x h_y + φ' h_xy
    assert Orders.of([(1, 1)]) is mixed


def test_chebyshev_at_the_end_of_its_interval():
    """T_n^(k)(1) = Π_{j<k} (n² - j²) / (2j + 1)."""
    basis = ew.Chebyshev(7)
    made = basis.derivatives(torch.ones(1, dtype=F64), (), 4)[:, 0]
    for k in range(5):
        expected = [math.prod((n * n - j * j) / (2 * j + 1) for j in range(k)) for n in range(8)]
        np.testing.assert_allclose(made[k], expected, rtol=1e-12)


OPERATIONS = {
    "a clamp": lambda t: t.clamp(-0.5, 0.5),
    "an absolute value": lambda t: t.abs(),
    "a cube and a line": lambda t: t * t * t + t,
    "a line and a cube": lambda t: 2 - t + t * t * t,
    "a constant": lambda t: 0 * t + 3,
    "a quotient": lambda t: (t + 3) / (t * t + 1),
    "waves": lambda t: t.sin() * t.cos(),
    "roots": lambda t: (t * t + 1).sqrt() + (t + 4).rsqrt(),
    "logarithms": lambda t: (t + 4).log() + t.asinh() + t.atan(),
    "steps": lambda t: t.sigmoid() - t.tanh() + t.erf(),
    "activations": lambda t: F.silu(t) + F.gelu(t) + F.softplus(t) + t.exp(),
    "parts side by side": lambda t: torch.stack([t, t * t, 0 * t + 1], -1),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_of_taylor_polynomials_are_differentiated_as_torch_does(name):
    """Also at the ends of a clamp, and where polynomials have different lengths."""
    z = torch.tensor([-0.5, 0.5, -1.2, 0.3, 2.0], dtype=F64)
    expected = by_jvp(OPERATIONS[name], z, 4)
    made = OPERATIONS[name](TensorTaylor.begin(z, 4)).derivatives(4)
    torch.testing.assert_close(made, expected, rtol=1e-11, atol=1e-12)


def test_sums_of_polynomials_with_and_without_a_coefficient():
    z = torch.tensor([0.7], dtype=F64)
    line, constant = TensorTaylor.begin(z, 2), TensorTaylor([z])
    for total in (line + constant, constant + line):
        assert total.derivatives(2).ravel().tolist() == [1.4, 1.0, 0.0]
