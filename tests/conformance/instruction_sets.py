"""The instruction sets that the kernels have on this machine; without kernels, the formulas."""

from contextlib import contextmanager, nullcontext

import pytest
from cases import name_case

from edgewise.engines import native

ISAS = ("reference",) if native.unavailable() else native.isa_levels()


@contextmanager
def use(isa):
    """Inside, that instruction set computes, and failures name it."""
    chosen = nullcontext() if isa == "reference" else native.use_isa(isa)
    with chosen, name_case(isa=isa):
        yield


@pytest.fixture(params=ISAS)
def isa(request):
    with use(request.param):
        yield request.param
