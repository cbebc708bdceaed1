"""Every basis, every way to compute it."""

import pytest
import torch
from every_basis import ALL, BASES


@pytest.fixture(autouse=True)
def poisoned_memory():
    """Fill uninitialised memory with NaN, so that an output nobody wrote can't pass."""
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = True
    yield
    torch.use_deterministic_algorithms(False)


@pytest.fixture(autouse=True)
def _two_threads(two_threads):
    """All tests here run on two threads."""


@pytest.fixture(params=ALL, ids=str)
def basis(request):
    return request.param


@pytest.fixture(params=BASES, ids=lambda b: b.name)
def default_basis(request):
    return request.param
