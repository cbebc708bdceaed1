"""Every basis, every way to compute it."""

import pytest
import torch

import edgewise as ew
from edgewise.bases import registry


@pytest.fixture(autouse=True)
def poisoned_memory():
    """Fill uninitialised memory with NaN, so that an output nobody wrote can't pass."""
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = True
    yield
    torch.use_deterministic_algorithms(False)


@pytest.fixture(autouse=True)
def _two_threads():
    """Kernels split their work, whatever number of threads the tests were started with."""
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


# Beside the defaults of each registered basis: settings that take other paths.
EXTRA = [
    ew.Gaussian(5, -1, 1, 0.7, train_centers=True, train_width=True),
    ew.Gaussian(1, width=1.0),
    ew.RSWAF(4, inv_denominator=2.0, train_grid=True, train_inv_denominator=True),
    *(ew.BSpline(4, degree) for degree in (1, 2, 4, 5)),
    ew.BSpline(3, 3, uniform=False),
    ew.Legendre(0),
    ew.Legendre(1),
    ew.Chebyshev(1),
    ew.Fourier(1),
    ew.Jacobi(0),
    ew.Jacobi(3, -0.5, 0.5),
    ew.Gegenbauer(1, 0.5),
    ew.Sine(4, train_frequency=True, train_phase=True),
    ew.Wavelet(5, kind="morlet", frequency=1.5, train_centers=True, train_width=True),
    ew.ReLUKAN(6, -1, 1, 0.9, train_centers=True, train_width=True),
]
BASES = [cls() for name, cls in sorted(registry().items()) if cls.__module__[:8] == "edgewise"]
ALL = BASES + EXTRA


@pytest.fixture(params=ALL, ids=str)
def basis(request):
    return request.param


@pytest.fixture(params=BASES, ids=lambda b: b.name)
def default_basis(request):
    return request.param
