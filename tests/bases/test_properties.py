"""The mathematical property that each basis states, and its values against other programs."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import chebyshev, legendre
from scipy.interpolate import BSpline as ScipyBSpline

import edgewise as ew
from edgewise.bases import Basis, registry
from edgewise.bases.points import equidistant

F64 = torch.float64


def values(basis, z, grid=None):
    grid = basis.init_grid(1, dtype=F64) if grid is None else grid
    return basis.evaluate(torch.as_tensor(z, dtype=F64)[:, None], grid)[:, 0]


ALL = [
    ew.Gaussian(),
    ew.RSWAF(),
    *(ew.BSpline(6, degree, -2, 1.5) for degree in range(1, 6)),
    ew.BSpline(4, 3, uniform=False),
    ew.bases.Legendre(6),
    ew.Chebyshev(6),
    ew.Fourier(4),
    ew.bases.Jacobi(5, 0.3, -0.4),
    ew.bases.Gegenbauer(5, 1.7),
    ew.bases.Hermite(5),
    ew.bases.Sine(4),
    ew.bases.Wavelet(),
    ew.bases.Wavelet(5, kind="morlet", frequency=2.0),
    ew.bases.ReLUKAN(),
]
POLYNOMIALS = (
    ew.bases.Legendre,
    ew.Chebyshev,
    ew.bases.Jacobi,
    ew.bases.Gegenbauer,
    ew.bases.Hermite,
)


@pytest.mark.parametrize("basis", ALL, ids=str)
def test_derivative_is_the_derivative(basis):
    z = torch.linspace(-1.93, 1.47, 41, dtype=F64)[:, None]
    grid = basis.init_grid(1, dtype=F64)
    _, slope = torch.func.jvp(lambda t: basis.evaluate(t, grid), (z,), (torch.ones_like(z),))
    assert torch.allclose(basis.derivative(z, grid), slope, atol=1e-12)
    assert torch.allclose(Basis.derivative(basis, z, grid), slope, atol=1e-12)


@pytest.mark.parametrize("basis", ALL, ids=str)
def test_what_is_not_a_number_has_neither_value_nor_slope(basis):
    z = torch.tensor([[torch.nan], [0.3]], dtype=F64)
    grid = basis.init_grid(1, dtype=F64)
    least = 2 if isinstance(basis, POLYNOMIALS) else 0  # the first are 1 and z
    for found in (basis.evaluate(z, grid), basis.derivative(z, grid)):
        assert found[0, 0, least:].isnan().all()
        assert found[1].isfinite().all()


@pytest.mark.parametrize(
    "basis",
    [ew.Gaussian(5, train_centers=True, train_width=True), ew.RSWAF(5), ew.bases.ReLUKAN(5)],
    ids=str,
)
@pytest.mark.parametrize("per_input", [False, True])
def test_grid_derivative_is_the_derivative(basis, per_input):
    z = torch.linspace(-3, 3, 10, dtype=F64).reshape(5, 2)
    centers, width = basis.init_grid(2, dtype=F64)
    if per_input:
        centers = centers + torch.tensor([[0.1], [-0.2]], dtype=F64)
        width = width * torch.linspace(0.8, 1.2, 10, dtype=F64).reshape(2, 5)
    grid = tuple(t.clone().requires_grad_() for t in (centers, width))
    phi = basis.evaluate(z, grid)
    weights = torch.randn_like(phi)
    exact = torch.autograd.grad((phi * weights).sum(), grid)
    for slope, tensor, true in zip(basis.grid_derivative(z, grid), grid, exact, strict=True):
        assert torch.allclose((weights * slope).sum_to_size(tensor.shape), true, atol=1e-12)


@pytest.mark.parametrize("degree", range(1, 6))
def test_bspline_against_scipy(degree):
    basis = ew.BSpline(5, degree, -1, 2)
    (knots,) = basis.init_grid(1, dtype=F64)
    z = np.linspace(-1, 2, 60, endpoint=False)
    theirs = ScipyBSpline.design_matrix(z, knots.numpy(), degree).toarray()
    assert np.abs(values(basis, z).numpy() - theirs).max() <= 1e-14


@given(
    degree=st.integers(1, 5),
    cells=st.integers(1, 9),
    shifts=st.lists(st.floats(0, 1), min_size=30, max_size=30),
)
@settings(max_examples=60, deadline=None)
def test_bspline_partition_of_unity_and_support_on_any_knots(degree, cells, shifts):
    basis = ew.BSpline(cells, degree, uniform=False)
    steps = torch.tensor(shifts[: basis.num_knots - 1], dtype=F64).clamp_min(1e-3)
    knots = torch.cat([torch.zeros(1, dtype=F64), steps.cumsum(0)])
    lo, hi = knots[degree], knots[-degree - 1]
    z = lo + (hi - lo) * torch.arange(0, 1, 0.02, dtype=F64)
    phi = values(basis, z, (knots[None],))
    assert phi.min() >= 0
    assert (phi.sum(1) - 1).abs().max() <= 1e-12
    assert (phi != 0).sum(1).max() <= degree + 1
    for g in range(basis.num_basis):
        outside = (z < knots[g]) | (z >= knots[g + degree + 1])
        assert not phi[outside, g].any()


def test_bspline_repeated_knots_stay_finite():
    basis = ew.BSpline(3, 2, uniform=False)
    knots = torch.tensor([[0.0, 0, 0, 0.5, 0.5, 1, 1, 1]], dtype=F64)
    z = torch.linspace(-0.5, 1.5, 81, dtype=F64)[:, None].requires_grad_()
    phi = basis.evaluate(z, (knots,))
    (slope,) = torch.autograd.grad(phi.sum(), z)
    assert phi.isfinite().all()
    assert slope.isfinite().all()
    inside = (z[:, 0] >= 0) & (z[:, 0] < 1)
    assert torch.allclose(phi[inside].sum(-1), torch.ones(()).double())


@pytest.mark.parametrize("far", [-1e38, -7.0, 7.0, 1e38])
def test_bspline_is_zero_outside_its_knots(far):
    z = torch.tensor([far])
    assert not values(ew.BSpline(), z).any()
    assert not ew.BSpline().derivative(z[:, None], ew.BSpline().init_grid(1)).any()


@pytest.mark.parametrize(
    ("basis", "theirs"),
    [(ew.bases.Legendre(7), legendre.legvander), (ew.Chebyshev(7), chebyshev.chebvander)],
    ids=["legendre", "chebyshev"],
)
def test_polynomials_against_numpy(basis, theirs):
    z = np.linspace(-1.3, 1.3, 50)
    assert np.allclose(values(basis, z).numpy(), theirs(z, 7), atol=1e-12)


def test_legendre_is_orthogonal():
    nodes, weights = legendre.leggauss(12)
    phi = values(ew.bases.Legendre(6), nodes).numpy()
    exact = np.diag(2 / (2 * np.arange(7) + 1))
    assert np.allclose(phi.T @ (weights[:, None] * phi), exact, atol=1e-13)


def test_chebyshev_is_orthogonal_under_its_weight():
    nodes, weights = chebyshev.chebgauss(12)
    phi = values(ew.Chebyshev(6), nodes).numpy()
    exact = np.pi / 2 * np.eye(7)
    exact[0, 0] = np.pi
    assert np.allclose(phi.T @ (weights[:, None] * phi), exact, atol=1e-13)


def test_chebyshev_has_finite_gradients_at_the_ends():
    z = torch.tensor([[-1.0], [1.0]], dtype=F64, requires_grad=True)
    (slope,) = torch.autograd.grad(ew.Chebyshev(5).evaluate(z, ())[..., 5].sum(), z)
    assert torch.allclose(slope, torch.full_like(slope, 25.0))  # T'_n(±1) = (±1)^{n+1} n²


def test_fourier_is_orthogonal_and_periodic():
    z = torch.arange(64, dtype=F64) * (2 * math.pi / 64)
    phi = values(ew.Fourier(5), z)
    gram = phi.T @ phi * (2 * math.pi / 64)
    assert torch.allclose(gram, math.pi * torch.eye(10, dtype=F64), atol=1e-12)
    assert torch.allclose(values(ew.Fourier(5), z + 2 * math.pi), phi, atol=1e-12)
    k = torch.arange(1, 6, dtype=F64)
    direct = torch.cat([torch.cos(z[:, None] * k), torch.sin(z[:, None] * k)], 1)
    assert torch.allclose(phi, direct, atol=1e-13)


def test_gaussian_and_rswaf_formulas():
    z = torch.linspace(-4, 4, 33, dtype=F64)
    c = torch.linspace(-2, 2, 8, dtype=F64)
    gaussian = torch.exp(-(((z[:, None] - c) / (4 / 7)) ** 2))
    assert torch.allclose(values(ew.Gaussian(), z), gaussian, atol=1e-15)
    rswaf = 1 / torch.cosh((z[:, None] - c) * 1.5) ** 2
    assert torch.allclose(values(ew.RSWAF(8, -2, 2, 1.5), z), rswaf, atol=1e-15)


def test_gaussian_is_numerically_local():
    z = torch.tensor([9.5, -9.5]) * 0.5
    assert values(ew.Gaussian(1, width=0.5), z - 2.0 + 0).shape == (2, 1)
    basis = ew.Gaussian(1, -1.0, 1.0, 0.5)
    phi = basis.evaluate((basis.lo + 9.4 * 0.5 + torch.tensor([[0.0]])), basis.init_grid(1))
    assert float(phi) < 1.2e-38


@pytest.mark.parametrize("name", sorted(registry()))
def test_every_basis_survives_its_description(name):
    basis = registry()[name]()
    assert Basis.from_config(basis.to_config()) == basis
    assert hash(basis) == hash(registry()[name]())
    low, high = basis.domain(basis.init_grid(3))
    assert low < high


@pytest.mark.parametrize("wrap", [np.asarray, lambda v: torch.from_numpy(np.asarray(v))])
@pytest.mark.parametrize("name", sorted(registry()))
def test_settings_that_come_out_of_data_are_plain_numbers(name, wrap):
    plain = registry()[name]()
    settings = {k: v for k, v in plain.to_config().items() if isinstance(v, (int, float))}
    settings = {k: v for k, v in settings.items() if not isinstance(v, bool)}
    made = registry()[name](**{k: wrap(v)[()] for k, v in settings.items()})
    assert made == plain
    assert {type(getattr(made, k)) for k in settings} <= {int, float}
    assert hash(made) == hash(plain)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ew.Gaussian(0), "num to be an integer ≥ 1, got 0"),
        (lambda: ew.Gaussian(8, 2, -2), "lo < hi"),
        (lambda: ew.Gaussian(width=-1.0), "width to be positive"),
        (lambda: ew.RSWAF(8, 2, -2), "lo < hi"),
        (lambda: ew.BSpline(5, 3, 2, -2), "lo < hi"),
        (lambda: ew.RSWAF(inv_denominator=0.0), "inv_denominator to be positive"),
        (lambda: ew.BSpline(5, 0), "degree"),
        (lambda: ew.BSpline(5, 6), "degree from 1 to 5, got 6"),
        (lambda: ew.BSpline(0), "grid"),
        (lambda: ew.BSpline(2.5), "integer"),
        (lambda: ew.bases.Legendre(-1), "degree"),
        (lambda: ew.Chebyshev(True), "degree"),
        (lambda: ew.Fourier(0), "num"),
        (lambda: Basis.from_config({"name": "ripple"}), "got 'ripple'"),
        (lambda: Basis.from_config({"name": "gaussian", "knots": 3}), "no setting knots"),
    ],
)
def test_bad_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_a_new_basis_is_one_class():
    """What DESIGN promises: define it, and layers, saving and gradients know it."""
    from dataclasses import dataclass
    from typing import ClassVar

    @dataclass(frozen=True)
    class Monomial(Basis):
        name: ClassVar[str] = "test_monomial"
        degree: int = 3

        @property
        def num_basis(self):
            return self.degree

        def grid_shapes(self, in_features):
            return ()

        def domain(self, grid):
            return -1.0, 1.0

        def evaluate(self, z, grid):
            return torch.stack([z**k for k in range(1, self.degree + 1)], -1)

    try:
        layer = ew.KANLinear(2, 3, basis=Monomial(4), dtype=F64)
        x = torch.randn(5, 2, dtype=F64)
        slopes = layer.basis.derivative(x, ())
        assert torch.allclose(slopes[..., 2], 3 * x**2)
        assert ew.KANLinear.from_config(layer.to_config()).basis == Monomial(4)
        layer(x).sum().backward()
    finally:
        from edgewise.bases import base

        del base._REGISTRY["test_monomial"]


def test_a_name_is_taken_once():
    from dataclasses import dataclass
    from typing import ClassVar

    with pytest.raises(TypeError, match="a name of its own"):

        @dataclass(frozen=True)
        class Mine(ew.Gaussian):
            pass

    with pytest.raises(TypeError, match="got 'gaussian', taken"):

        @dataclass(frozen=True)
        class Other(ew.Fourier):
            name: ClassVar[str] = "gaussian"

    assert registry()["gaussian"] is ew.Gaussian


@pytest.mark.parametrize(
    "name", sorted(n for n, c in registry().items() if "edgewise" in c.__module__)
)
@pytest.mark.parametrize("size", [4, 7])
def test_the_formulas_are_told_by_the_shapes_of_the_tensors(name, size):
    basis = registry()[name]().resized(size)
    grid = basis.init_grid(3)
    again = registry()[name].from_shapes(basis.num_basis, tuple(tuple(t.shape) for t in grid))
    z = torch.linspace(-0.9, 0.9, 12).reshape(4, 3)
    assert torch.equal(again.evaluate(z, grid), basis.evaluate(z, grid))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_equidistant_up_to_rounding_and_no_further(dtype):
    for lo, hi, count in [(-2, 2, 8), (0.1, 0.7, 31), (-5, -1, 2), (3, 3.5, 1)]:
        points = torch.linspace(lo, hi, count, dtype=torch.float64).to(dtype)
        assert equidistant(points)
        assert equidistant(torch.stack([points, points + 1]))
        if count > 2:
            points[1] += 20 * torch.finfo(dtype).eps * max(abs(lo), abs(hi))
            assert not equidistant(points)
            assert not equidistant(torch.stack([points - points, points]))


@pytest.mark.parametrize(
    "basis", [b for b in ALL if not isinstance(b, ew.bases.Wavelet | ew.bases.ReLUKAN)], ids=str
)
def test_what_a_basis_makes_of_a_grid_is_where_the_grid_is(basis):
    """The default device has no say in it."""
    grid = basis.init_grid(1, device="cpu", dtype=F64)
    places = basis.points(grid)
    with torch.device("meta"):
        made = [*basis.refined(grid, basis.num_basis + 4)[1], basis.breaks(grid)]
        if places is not None:
            made += basis.placed(places, grid)[1]
    assert {t.device.type for t in made} == {"cpu"}
