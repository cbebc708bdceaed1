"""The properties that wavelets, sines, ReLU-KAN's bumps and recurrences state."""

import math

import numpy as np
import pytest
import torch
from scipy import special
from scipy.integrate import quad

import edgewise as ew

F64 = torch.float64


def values(basis, z):
    z = torch.as_tensor(z, dtype=F64)
    return basis.evaluate(z[:, None], basis.init_grid(1, dtype=F64))[:, 0].numpy()


WAVELETS = [
    ew.bases.Wavelet(1, width=1.0),
    *(ew.bases.Wavelet(1, kind="morlet", width=1.0, frequency=w) for w in (1.0, 2.5, 5.0)),
]


@pytest.mark.parametrize("basis", WAVELETS, ids=str)
def test_wavelets_have_mean_zero_and_power_one(basis):
    centre = basis.lo

    def psi(z):
        return float(values(basis, [z])[0, 0])

    ends = (centre - 12, centre + 12)
    assert quad(psi, *ends, limit=200)[0] == pytest.approx(0, abs=1e-10)
    assert quad(lambda z: psi(z) ** 2, *ends, limit=200)[0] == pytest.approx(1, abs=1e-10)
    assert abs(psi(centre + 6.3)) < 1e-7


def test_wavelets_are_the_published_formulas_up_to_a_factor():
    z = np.linspace(-4, 4, 41) - 2
    u = z + 2
    hat = 2 / (math.sqrt(3) * math.pi**0.25) * (1 - u**2) * np.exp(-(u**2) / 2)
    assert np.allclose(values(ew.bases.Wavelet(1, width=1.0), z)[:, 0], hat, atol=1e-14)
    ours = values(ew.bases.Wavelet(1, kind="morlet", width=1.0), z)[:, 0]
    theirs = np.cos(5 * u) * np.exp(-(u**2) / 2)  # Wav-KAN leaves the 4e-6 out
    assert np.allclose(ours / ours[20], theirs, atol=1e-5)


@pytest.mark.parametrize("kind", ["mexican_hat", "morlet"])
def test_wavelet_grid_derivative(kind):
    basis = ew.bases.Wavelet(4, kind=kind, train_centers=True, train_width=True)
    z = torch.linspace(-3, 3, 10, dtype=F64).reshape(5, 2)
    centers, width, omega = basis.init_grid(2, dtype=F64)
    grid = (centers.clone().requires_grad_(), width.clone().requires_grad_(), omega)
    phi = basis.evaluate(z, grid)
    weights = torch.randn_like(phi)
    exact = torch.autograd.grad((phi * weights).sum(), grid[:2])
    slopes = basis.grid_derivative(z, grid)
    assert slopes[2] is None
    for slope, tensor, true in zip(slopes[:2], grid[:2], exact, strict=True):
        assert torch.allclose((weights * slope).sum_to_size(tensor.shape), true, atol=1e-12)


@pytest.mark.parametrize("per_input", [False, True])
def test_sines_are_bounded_bend_back_and_know_their_grid_derivative(per_input):
    basis = ew.bases.Sine(4, 0.7)
    z = torch.linspace(-9, 9, 30, dtype=F64).reshape(15, 2)
    grid = basis.init_grid(2, dtype=F64)
    if per_input:
        grid = tuple(t + torch.tensor([[0.1], [0.3]], dtype=F64) for t in grid)
    grid = tuple(t.clone().requires_grad_() for t in grid)
    phi = basis.evaluate(z, grid)
    assert phi.abs().max() <= 1
    bend = torch.func.jvp(lambda t: basis.derivative(t, grid), (z,), (torch.ones_like(z),))[1]
    assert torch.allclose(bend, -(grid[0] ** 2) * phi, atol=1e-12)
    weights = torch.randn_like(phi)
    exact = torch.autograd.grad((phi * weights).sum(), grid)
    for slope, tensor, true in zip(basis.grid_derivative(z, grid), grid, exact, strict=True):
        assert torch.allclose((weights * slope).sum_to_size(tensor.shape), true, atol=1e-12)


def test_refined_sines_keep_those_that_they_have():
    basis = ew.bases.Sine(3)
    grid = tuple(t.expand(2, 3) * 1.1 for t in basis.init_grid(2, dtype=F64))
    larger, new = basis.refined(grid, 5)
    assert larger == ew.bases.Sine(5)
    z = torch.randn(6, 2, dtype=F64)
    assert torch.equal(larger.evaluate(z, new)[..., :3], basis.evaluate(z, grid))


def test_relukan_is_the_published_formula_on_its_grid():
    cells, span = 5, 3  # on [0, 1]: starts (j - k)/G, ends (j + 1)/G for j = 0 … G + k - 1
    starts = (np.arange(cells + span) - span) / cells
    ends = starts + (span + 1) / cells
    z = np.linspace(-0.7, 1.7, 97)[:, None]
    product = np.maximum(ends - z, 0) * np.maximum(z - starts, 0)
    theirs = product**2 * 16 / (ends - starts) ** 4
    middle = (starts + ends) / 2
    basis = ew.bases.ReLUKAN(cells + span, middle[0], middle[-1])
    assert np.allclose(values(basis, z[:, 0]), theirs, atol=1e-14)


@pytest.mark.parametrize("far", [-1e38, -4.0, 4.0, 1e38])
def test_relukan_is_zero_outside_its_support(far):
    basis = ew.bases.ReLUKAN(4, -1, 1, 0.5)
    z, grid = torch.tensor([[far]]), basis.init_grid(1)
    for found in (basis.evaluate(z, grid), basis.derivative(z, grid)):
        assert not found.any()
    assert all(not t.any() for t in basis.grid_derivative(z, grid))


SCIPY = {
    "jacobi": (ew.bases.Jacobi(7, 0.5, -0.3), lambda n, z: special.eval_jacobi(n, 0.5, -0.3, z)),
    "jacobi-1": (
        ew.bases.Jacobi(7, -0.5, -0.5),
        lambda n, z: special.eval_jacobi(n, -0.5, -0.5, z),
    ),
    "gegenbauer": (ew.bases.Gegenbauer(7, 1.3), lambda n, z: special.eval_gegenbauer(n, 1.3, z)),
    "gegenbauer-": (ew.bases.Gegenbauer(7, -0.2), lambda n, z: special.eval_gegenbauer(n, -0.2, z)),
    "hermite": (
        ew.bases.Hermite(7),
        lambda n, z: special.eval_hermitenorm(n, z) / math.sqrt(math.factorial(n)),
    ),
}


@pytest.mark.parametrize("name", SCIPY)
def test_recurrences_against_scipy(name):
    basis, theirs = SCIPY[name]
    z = np.linspace(-1.3, 1.3, 50)
    expected = np.stack([theirs(n, z) for n in range(8)], 1)
    assert np.allclose(values(basis, z), expected, rtol=1e-11, atol=1e-11)


def gram(phi, weights):
    return phi.T @ (weights[:, None] * phi)


def test_recurrences_are_orthogonal_under_their_weights():
    z, w = special.roots_jacobi(12, 0.5, -0.3)
    found = gram(values(ew.bases.Jacobi(6, 0.5, -0.3), z), w)
    assert np.abs(found - np.diag(np.diag(found))).max() < 1e-13
    z, w = special.roots_gegenbauer(12, 1.3)
    found = gram(values(ew.bases.Gegenbauer(6, 1.3), z), w)
    assert np.abs(found - np.diag(np.diag(found))).max() < 1e-12
    z, w = special.roots_hermitenorm(12)
    assert np.allclose(gram(values(ew.bases.Hermite(6), z), w / w.sum()), np.eye(7), atol=1e-12)


def test_special_cases_are_the_polynomials_that_we_have():
    z = np.linspace(-1, 1, 21)
    legendre = values(ew.bases.Legendre(5), z)
    assert np.allclose(values(ew.bases.Jacobi(5, 0, 0), z), legendre, atol=1e-13)
    assert np.allclose(values(ew.bases.Gegenbauer(5, 0.5), z), legendre, atol=1e-13)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ew.bases.Wavelet(kind="haar"), "kind among mexican_hat, morlet, got 'haar'"),
        (lambda: ew.bases.Wavelet(0), "num to be an integer ≥ 1"),
        (lambda: ew.bases.Wavelet(width=0.0), "width to be positive"),
        (
            lambda: ew.bases.Wavelet(kind="morlet", frequency=0.1),
            "frequency ≥ 1 and finite, got 0.1",
        ),
        (lambda: ew.bases.Sine(0), "num to be an integer ≥ 1"),
        (lambda: ew.bases.Sine(frequency=-1.0), "frequency to be positive"),
        (lambda: ew.bases.ReLUKAN(4, 1, -1), "lo < hi"),
        (lambda: ew.bases.ReLUKAN(width=-1.0), "width to be positive"),
        (lambda: ew.bases.Jacobi(3, -1.0), "alpha more than -1 and ≤ 100, got -1.0"),
        (lambda: ew.bases.Jacobi(3, 0.0, math.nan), "beta more than -1"),
        (lambda: ew.bases.Gegenbauer(3, -0.5), "order more than -0.5"),
        (lambda: ew.bases.Gegenbauer(3, 0.0), "order other than 0"),
        (lambda: ew.bases.Hermite(-1), "degree to be an integer ≥ 0"),
    ],
)
def test_bad_settings_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
