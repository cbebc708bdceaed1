"""Linear tails: within its domain a basis is as it was, and beyond it goes on as lines."""

import dataclasses
from typing import ClassVar

import pytest
import torch

import edgewise as ew
from edgewise.bases import Basis, registry
from edgewise.bases.base import find_engine_basis

F64 = torch.float64
PLAIN = [cls() for _, cls in sorted(registry().items()) if cls.__module__.startswith("edgewise")]
PLAIN += [
    *(ew.BSpline(4, degree, -2, 1.5) for degree in (1, 2, 4, 5)),
    *(ew.BSpline(4, degree, -2, 1.5, uniform=False) for degree in (1, 3)),
    ew.bases.Wavelet(5, kind="morlet", frequency=2.0),
    ew.bases.Jacobi(5, 0.3, -0.4),
    ew.Chebyshev(1),
]


def with_tails(basis):
    return dataclasses.replace(basis, linear_tails=True)


def ends(basis):
    """A grid of two inputs, and for each of them both ends of its domain."""
    grid = basis.init_grid(2, dtype=F64)
    lo, hi = (torch.as_tensor(t, dtype=F64).expand(2) for t in basis.ends(grid))
    return grid, lo, hi


@pytest.fixture(params=PLAIN, ids=str)
def plain(request):
    return request.param


def test_within_the_domain_nothing_changes(plain):
    grid, lo, hi = ends(plain)
    z = lo + (hi - lo) * torch.linspace(0, 1, 42, dtype=F64)[1:-1, None]
    tails = with_tails(plain)
    torch.testing.assert_close(tails.evaluate(z, grid), plain.evaluate(z, grid))
    torch.testing.assert_close(tails.derivative(z, grid), plain.derivative(z, grid))


def test_beyond_it_they_are_lines_with_the_value_and_the_slope_at_the_end(plain):
    grid, lo, hi = ends(plain)
    tails = with_tails(plain)
    for end, side in ((lo, -1), (hi, 1)):
        # From within: the last spline function of a grid ends at its last knot.
        near = end - side * 1e-9
        value, slope = plain.evaluate(near, grid), plain.derivative(near, grid)
        for far in (0.0, 1e-3, 1.0, 7.0, 1e4):
            z = end + side * far
            expected = value + slope * (side * far)
            close = {"atol": 1e-6 * (1 + far), "rtol": 1e-6}
            torch.testing.assert_close(tails.evaluate(z, grid), expected, **close)
            if far:
                torch.testing.assert_close(tails.derivative(z, grid), slope, atol=1e-6, rtol=1e-6)


def test_they_are_smooth_at_the_ends(plain):
    """Continuous with their first derivative, as values and as autograd's slopes."""
    grid, lo, hi = ends(plain)
    tails, step = with_tails(plain), 1e-7
    for end in (lo, hi):
        found = []
        for side in (-1, 1):
            z = (end + side * step).requires_grad_()
            phi = tails.evaluate(z, grid)
            slopes = [torch.autograd.grad(f, z, retain_graph=True)[0] for f in phi.sum(0)]
            found.append((phi.detach(), torch.stack(slopes, -1), tails.derivative(z, grid)))
        size = 1 + max(float(t.detach().abs().max()) for side in found for t in side)
        for before, after in zip(*found, strict=True):
            assert float((before - after).detach().abs().max()) <= 1e-4 * size


def test_derivative_is_the_derivative_everywhere(plain):
    grid, lo, hi = ends(plain)
    z = lo + (hi - lo) * torch.linspace(-1.03, 2.04, 57, dtype=F64)[:, None]
    tails = with_tails(plain)
    _, slope = torch.func.jvp(lambda t: tails.evaluate(t, grid), (z,), (torch.ones_like(z),))
    torch.testing.assert_close(tails.derivative(z, grid), slope)


def test_gradients_within_and_beyond(plain):
    grid, lo, hi = ends(plain)
    tails = with_tails(plain)
    grid = tuple(t.clone() for t in grid)
    z = (lo + (hi - lo) * torch.tensor([-0.63, 0.13, 0.57, 1.41], dtype=F64)[:, None]).detach()
    z.requires_grad_()
    assert torch.autograd.gradcheck(lambda t: tails.evaluate(t, grid), (z,))
    assert torch.autograd.gradgradcheck(lambda t: tails.evaluate(t, grid), (z,), atol=1e-4)


@pytest.mark.parametrize(
    "basis",
    [
        ew.Gaussian(5, train_centers=True, train_width=True),
        ew.RSWAF(5, train_grid=True, train_inv_denominator=True),
        ew.bases.Wavelet(4, kind="morlet", frequency=2.0, train_centers=True, train_width=True),
        ew.bases.Sine(3, train_frequency=True, train_phase=True),
    ],
    ids=str,
)
def test_gradients_of_a_trained_grid(basis):
    tails = with_tails(basis)
    grid = tuple(t.clone().requires_grad_() for t in basis.init_grid(2, dtype=F64))
    z = torch.tensor([[-3.3, 2.9], [0.2, -0.7], [4.1, -5.0]], dtype=F64)
    assert torch.autograd.gradcheck(lambda *g: tails.evaluate(z, g), grid)


def test_per_input_ends():
    basis = ew.BSpline(3, 3, uniform=False, linear_tails=True)
    (knots,) = basis.init_grid(2, dtype=F64)
    knots = knots * torch.tensor([[1.0], [10.0]]) + torch.tensor([[0.0], [5.0]])
    z = torch.tensor([[-1.0, -5.0], [1.0, 15.0]], dtype=F64)
    inner = basis.functions(z.lerp(z.mean(0), 1e-9), (knots,))
    slopes = basis.slopes(z.lerp(z.mean(0), 1e-9), (knots,))
    steps = torch.tensor([[-2.0, -20.0], [2.0, 20.0]], dtype=F64)
    expected = inner + slopes * steps[..., None]
    found = basis.evaluate(z + steps, (knots,))
    torch.testing.assert_close(found, expected, atol=1e-6, rtol=1e-6)


def test_splines_of_degree_1_by_hand():
    """Hats over [-1, 1] with cells of 1: the outer two go on falling and rising."""
    basis = ew.BSpline(2, 1, -1, 1, linear_tails=True)
    grid = basis.init_grid(1, dtype=F64)
    z = torch.tensor([[-3.0], [-1.0], [-0.5], [0.0], [0.5], [1.0], [3.0]], dtype=F64)
    expected = torch.tensor(
        [
            [3.0, -2.0, 0.0],
            [1.0, 0.0, 0.0],
            [0.5, 0.5, 0.0],
            [0.0, 1.0, 0.0],
            [0.0, 0.5, 0.5],
            [0.0, 0.0, 1.0],
            [0.0, -2.0, 3.0],
        ],
        dtype=F64,
    )
    torch.testing.assert_close(basis.evaluate(z, grid)[:, 0], expected)
    slopes = torch.tensor([[-1.0, 1.0, 0.0], [0.0, -1.0, 1.0]], dtype=F64)
    torch.testing.assert_close(basis.derivative(z[[0, -1]], grid)[:, 0], slopes)


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf])
def test_what_is_not_finite_stays_so(plain, value):
    z = torch.tensor([[value, 0.3], [0.2, 0.1]], dtype=F64)
    tails, grid = with_tails(plain), plain.init_grid(2, dtype=F64)
    found = tails.evaluate(z, grid)
    assert not found[0, 0].isfinite().any()
    assert found[0, 1].isfinite().all()
    assert found[1].isfinite().all()


def test_a_description_says_so_and_none_is_as_it_was(plain):
    tails = with_tails(plain)
    assert "linear_tails" not in plain.to_config()
    assert tails.to_config() == plain.to_config() | {"linear_tails": True}
    assert Basis.from_config(tails.to_config()) == tails != plain
    grid = plain.init_grid(2, dtype=F64)
    shapes = tuple(tuple(t.shape) for t in grid)
    z = torch.linspace(-9, 9, 12, dtype=F64).reshape(6, 2)
    for basis in (plain, tails):
        again = find_engine_basis(basis.engine_name, basis.num_basis, shapes)
        assert again.linear_tails == basis.linear_tails
    assert tails.engine_name != plain.engine_name
    if plain == type(plain)():
        again = find_engine_basis(tails.engine_name, tails.num_basis, shapes)
        torch.testing.assert_close(again.evaluate(z, grid), tails.evaluate(z, grid))


def test_a_formula_of_ones_own_without_functions_has_no_tails():
    @dataclasses.dataclass(frozen=True)
    class Ramp(Basis):
        name: ClassVar[str] = "test_ramp_without_tails"
        num_basis: ClassVar[int] = 1

        def grid_shapes(self, in_features):
            return ()

        def domain(self, grid):
            return -1.0, 1.0

        def evaluate(self, z, grid):
            return z[..., None]

    try:
        with pytest.raises(ValueError, match=r"to define functions\(z, grid\)"):
            ew.KANLinear(2, 1, basis=Ramp(linear_tails=True))(torch.rand(3, 2))
    finally:
        from edgewise.bases import base

        del base._REGISTRY["test_ramp_without_tails"]


@pytest.mark.parametrize("kind", [ew.Gaussian, ew.RSWAF, ew.bases.ReLUKAN, ew.bases.Wavelet])
def test_a_single_centre_has_no_tails(kind):
    with pytest.raises(ValueError, match="expected at least 2 centres with linear_tails=True"):
        kind(1, linear_tails=True)
    assert kind(1).num_basis == 1
    two = kind(2, linear_tails=True)
    assert two.evaluate(torch.tensor([[-2.0], [0.5]]), two.init_grid(1)).std(0).min() > 1e-3
